"""What a newer notice changes: what the clerk is shown before anything happens, and what a unit is told after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from texts.engine import render

_COUNTED = (
    ("new", "nhiệm vụ mới"),
    ("deadline", "đổi hạn"),
    ("lead", "đổi đơn vị chủ trì"),
    ("words", "sửa nội dung"),
    ("dropped", "không còn"),
    ("same", "giữ nguyên"),
)


@dataclass(frozen=True)
class Comparison:
    """A notice beside the one it amends.

    Attributes:
        kind: replaces, amends, corrects; None where it amends none.
        number: the earlier one's, as written.
        source: the earlier one in words; None where it is not here.
        counts: of each kind of difference: new, deadline, lead, words, dropped, same.
        applied: changes made already.
        held: changes that cannot be made in the directive's present state.
        newer: a notice that amends this very one and came in before it, in words.
        more: further earlier notices that are here: what becomes of each, and which it is in words.
        missing: further ones that are not here: the same with their numbers.
    """

    kind: str | None
    number: str | None = None
    source: str | None = None
    counts: dict[str, int] | None = None
    applied: int = 0
    held: int = 0
    newer: str | None = None
    more: Sequence[tuple[str, str]] = ()
    missing: Sequence[tuple[str, str]] = ()

    @property
    def parts(self) -> list[str]:
        """The counts in words, without the empty ones."""
        counts = self.counts or {}
        return [f"{counts[name]} {words}" for name, words in _COUNTED if counts.get(name)]


@dataclass(frozen=True)
class ChangeCard:
    """One change before it is confirmed. ``before`` and ``after`` pairs are None where that part stays."""

    place: int
    total: int
    id: int
    state: str
    text: str
    source: str
    units: int  # how many units the directive was given to
    dropped: bool
    deadline: tuple[date | None, date | None] | None
    lead: tuple[str, str] | None
    helpers: tuple[str, str] | None
    words: str | None
    quote: str | None
    pending: date | None  # a request for more time that would be closed
    is_past: bool  # the new deadline has passed
    held: str | None
    asked: bool
    unissued: bool
    left_out: Sequence[str] = ()  # units that have it and are excepted now
    added: Sequence[str] = ()  # units that were excepted and are meant now


@dataclass(frozen=True)
class ChangedLine:
    """What became of one directive, for its unit."""

    id: int
    text: str
    old_unit: str | None = None
    new_unit: str | None = None
    has_deadline: bool = False
    before: date | None = None
    after: date | None = None
    closed_request: bool = False
    words: str | None = None
    helpers: str | None = None
    cancelled: bool = False


def comparison(facts: Comparison) -> str:
    """What stands under a notice's figures where it amends another; empty where there is nothing to say."""
    return render("amending_comparison", c=facts, parts=facts.parts)


def card(facts: ChangeCard) -> str:
    """One change, to be confirmed."""
    return render("amending_card", c=facts)


def applied(made: int, left: int) -> str:
    """What was made so at once."""
    return render("amending_applied", made=made, left=left)


def told(source: str, unit: str, lines: Sequence[ChangedLine]) -> str:
    """To a unit: what a notice changed in its directives."""
    return render("amending_told", source=source, unit=unit, lines=lines)
