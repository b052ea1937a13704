"""A point with the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from domain.deadlines import context as c
from domain.deadlines.hours import hour_of
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
        after_colon: other words and a colon stand before ``left``.
        ordered: the text is known to be a task.
        words: the point's own words.
        issued: the document's date.
    """

    point: Point
    left: str
    left_at: int
    right: str
    bare: bool
    end: int
    hour: time | None = None
    after_colon: bool = False
    ordered: bool = False
    words: str = ""
    issued: date | None = None

    def ends(self, marker: Pattern) -> re.Match[str] | None:
        """The marker at the end of the left side."""
        return marker.pick(self.bare).search(self.left)

    def left_has(self, words: Pattern) -> bool:
        """Whether the words stand in the same sentence on the left."""
        return words.pick(self.bare).search(self.left) is not None

    def starts(self, words: Pattern) -> bool:
        """Whether the point's own words begin so."""
        return words.pick(self.bare).match(self.words) is not None

    def goes_on(self, words: Pattern) -> bool:
        """Whether the right side begins with the words."""
        return words.pick(self.bare).match(self.right) is not None

    def alone(self, marker_start: int) -> bool:
        """Whether nothing but the marker and the point stands in the sentence."""
        rest = re.split(r"[.;\n]", self.right)[0]
        return not self.after_colon and not re.search(r"\w", self.left[:marker_start]) and not re.search(r"\w", rest)


def look(point: Point, text: Folded, bare: bool) -> Sight:
    """The point's surroundings, with the hour taken out of the left side."""
    at = _sentence_start(point, text, bare)
    colon = text.text[at - 1 : at] == ":"
    left, right = text.text[at : point.start], text.text[point.end : point.end + LOOK_AHEAD]
    words = text.text[point.start : point.end]
    if hour := c.TIME_BEFORE.pick(bare).search(left):
        named = hour_of(hour, _part(point, text, bare))
        return Sight(point, left[: hour.start()], at, right, bare, point.end, named, colon, words=words)
    if closing := c.END_OF_DAY.pick(bare).search(left):
        return Sight(point, left[: closing.start()], at, right, bare, point.end, None, colon, words=words)
    after = c.TIME_AFTER.pick(bare).match(right)
    if after and (late := hour_of(after, _part(point, text, bare))):
        return Sight(point, left, at, right[after.end() :], bare, point.end + after.end(), late, colon, words=words)
    return Sight(point, left, at, right, bare, point.end, None, colon, words=words)


def _sentence_start(point: Point, text: Folded, bare: bool) -> int:
    """Where the point's sentence begins. A label ("Thời hạn báo cáo:") belongs to what it is the label of."""
    at = max(0, point.start - LOOK_BACK)
    starts = [at, *(m.end() for m in c.SENTENCE_END.pick(bare).finditer(text.text, at, point.start))]
    last = starts.pop()
    if starts and text.text[last - 1] == ":" and c.LABEL.pick(bare).search(text.text[starts[-1] : last]):
        return starts[-1]
    return last


def _part(point: Point, text: Folded, bare: bool) -> str:
    """The part of the day with which the point begins: "chiều mai"."""
    found = c.PART.pick(bare).match(text.text, point.start, point.end)
    return found[1] if found else ""
