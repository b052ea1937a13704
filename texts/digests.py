"""A leader's digest in words, cut to the room there is, and the hours it comes at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from domain.digests import Changes, DigestFacts, ExplanationLine, Part
from texts.approving import waited
from texts.engine import number, render
from texts.leaders import percent
from texts.obstacles import days_open

OFFICE_HOUR = "Giờ chung"
NO_EVENING = "Không gửi chiều"
EVENING = "Chiều"
CHOSEN = "✓ "
PRESSING = "Trễ lâu"
GREENED = 2  # units named


@dataclass(frozen=True)
class Room:
    """How much a section may hold: lines, those of what needs a leader's word, and characters of a task."""

    lines: int
    pressing: int
    chars: int


@dataclass(frozen=True)
class Hours:
    """When a leader's digests come, local. ``is_default``: the morning is the office's."""

    morning: time
    is_default: bool
    evening: time | None


def digest(facts: DigestFacts, room: Room) -> str:
    """A leader's morning, or evening, in so much room; what is left out is counted."""
    is_one_line = facts.is_empty and facts.part is not Part.ASKED
    return render(
        "leaders_digest_empty" if is_one_line else "leaders_digest",
        d=facts,
        f=facts.figures,
        rate=percent(facts.figures.rate_of_all),
        room=room,
        changed=_changed(facts.changes) if facts.changes else (),
        greened=GREENED,
        explanations=_explanations(facts, room),
        days_open=days_open,
        waited=waited,
    )


def _explanations(facts: DigestFacts, room: Room) -> list[ExplanationLine]:
    """Answers, and requests not answered in time that no line of what is pressing tells of already."""
    told = {item.view.id for item in facts.pressing.items[: room.pressing]}
    return [line for line in facts.explanations if line.text is not None or line.number not in told]


def _changed(c: Changes) -> list[str]:
    named = (
        (c.done, "+{} hoàn thành"),
        (c.overdue, "+{} quá hạn"),
        (c.given, "+{} giao mới"),
        (c.extended, "{} được gia hạn"),
        (c.blocked, "{} vướng mắc mới"),
        (c.cleared, "{} hết vướng mắc"),
    )
    return [words.format(number(count)) for count, words in named if count]


def nothing() -> str:
    """To who asks before anything was given."""
    return render("leaders_digest_nothing")


def hours(chosen: Hours) -> str:
    """When the digests come, and how that is changed."""
    return render("leaders_digest_hours", h=chosen)


def not_for_you() -> str:
    """To who gets no digest."""
    return render("leaders_digest_not_for_you")
