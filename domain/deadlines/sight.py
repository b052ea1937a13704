"""A point with the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from domain.deadlines import context as c
from domain.deadlines.points import Point
from domain.deadlines.words import Folded, Pattern

LOOK_BACK = 200  # characters; a clause is rarely longer
LOOK_AHEAD = 120


@dataclass(frozen=True)
class Sight:
    """A point with what surrounds it.

    Args:
        point: the point.
        left: its sentence before it, without the hour that belongs to it.
        left_at: where ``left`` begins in the folded text.
        right: what follows.
        bare: no diacritics.
        end: where the point ends, with an hour that follows it.
        hour: the hour that stands beside it.
    """

    point: Point
    left: str
    left_at: int
    right: str
    bare: bool
    end: int
    hour: time | None = None

    def ends(self, marker: Pattern) -> re.Match[str] | None:
        """The marker at the end of the left side."""
        return marker.pick(self.bare).search(self.left)

    def left_has(self, words: Pattern) -> bool:
        """Whether the words stand in the same sentence on the left."""
        return words.pick(self.bare).search(self.left) is not None

    def goes_on(self, words: Pattern) -> bool:
        """Whether the right side begins with the words."""
        return words.pick(self.bare).match(self.right) is not None

    def alone(self, marker_start: int) -> bool:
        """Whether nothing but the marker and the point stands in the sentence."""
        rest = re.split(r"[.;\n]", self.right)[0]
        return not re.search(r"\w", self.left[:marker_start]) and not re.search(r"\w", rest)


def look(point: Point, text: Folded, bare: bool) -> Sight:
    """The point's surroundings, with the hour taken out of the left side."""
    at = max(0, point.start - LOOK_BACK)
    ends = [m.end() for m in c.SENTENCE_END.pick(bare).finditer(text.text, at, point.start)]
    at = ends[-1] if ends else at
    left, right = text.text[at : point.start], text.text[point.end : point.end + LOOK_AHEAD]
    if hour := c.TIME_BEFORE.pick(bare).search(left):
        return Sight(point, left[: hour.start()], at, right, bare, point.end, _hour(hour))
    if closing := c.END_OF_DAY.pick(bare).search(left):
        return Sight(point, left[: closing.start()], at, right, bare, point.end)
    after = c.TIME_AFTER.pick(bare).match(right)
    if after and _hour(after):
        return Sight(point, left, at, right[after.end() :], bare, point.end + after.end(), _hour(after))
    return Sight(point, left, at, right, bare, point.end)


def _hour(match: re.Match[str]) -> time | None:
    hour, minute = int(match["h"]), int(match["min"] or 0)
    return time(hour % 24, minute) if hour <= 24 and minute < 60 else None
