"""Which clause of one document is which clause of another, by their words: order and numbering may have changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from domain.spelling import fold

ALIKE = 0.5  # of 1; below it two clauses are two tasks
SAME_LEAD, SAME_PLACE = 0.12, 0.05  # who leads says much of a short clause, where it stands says little


@dataclass(frozen=True)
class Clause:
    """A task as one document has it.

    Args:
        words: the task, best without the phrase of its deadline.
        lead: who leads, as written.
        ref: where it stands: "II.2".
    """

    words: str
    lead: str = ""
    ref: str = ""

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """Its words without diacritics."""
        return tuple(fold(self.words).split())

    @cached_property
    def shape(self) -> frozenset[str | tuple[str, str]]:
        """Its words, and its pairs of neighbours."""
        return frozenset(self.tokens) | frozenset(pairwise(self.tokens))

    @cached_property
    def leader(self) -> str:
        """Its lead, in one spelling."""
        return fold(self.lead)


def likeness(a: Clause, b: Clause) -> float:
    """How much of their words two clauses share: 0 to 1, by Dice's coefficient over words and neighbours."""
    if not a.shape or not b.shape:
        return 0.0
    return 2 * len(a.shape & b.shape) / (len(a.shape) + len(b.shape))


def contained(part: Clause, whole: Clause) -> float:
    """How much of the first's words the second has: 0 to 1."""
    return len(part.shape & whole.shape) / len(part.shape) if part.shape else 0.0


def same_words(a: Clause, b: Clause) -> bool:
    """Whether they say the same, however it is spelled and wherever a line was broken inside a word."""
    return "".join(a.tokens) == "".join(b.tokens)


def pairs(olds: Sequence[Clause], news: Sequence[Clause]) -> list[tuple[int, int]]:
    """The clauses that are the same task: (place among the old, place among the new), each at most once.

    The likest pair is taken first; of equal ones, the earlier.
    """
    candidates = sorted(_candidates(olds, news))
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    found = []
    for _, old, new in candidates:
        if old not in taken_old and new not in taken_new:
            taken_old.add(old)
            taken_new.add(new)
            found.append((old, new))
    return sorted(found)


def _candidates(olds: Sequence[Clause], news: Sequence[Clause]) -> Iterator[tuple[float, int, int]]:
    for i, old in enumerate(olds):
        for j, new in enumerate(news):
            score = likeness(old, new)
            if score >= ALIKE or (score >= ALIKE - SAME_LEAD and old.leader and old.leader == new.leader):
                bonus = SAME_LEAD * (old.leader == new.leader) + SAME_PLACE * (bool(old.ref) and old.ref == new.ref)
                yield -(score + bonus), i, j


def is_place(point: str, ref: str) -> bool:
    """Whether a point as another document names it ("II.2", "2.1") is this place ("II.2.1", "II.2.2.1-1")."""
    named, place = point.lower().split("."), ref.lower().partition("-")[0].split(".")
    if len(named) > len(place) or not named:
        return False
    if named == place[-len(named) :]:
        return True
    rest = iter(place)
    return named[0] == place[0] and named[-1] == place[-1] and all(part in rest for part in named)


def by_place(point: str, refs: Sequence[str]) -> int | None:
    """The one place that a point names; None where there is none, or more than one."""
    exact = [i for i, ref in enumerate(refs) if ref.lower() == point.lower()]
    found = exact or [i for i, ref in enumerate(refs) if is_place(point, ref)]
    return found[0] if len(found) == 1 else None
