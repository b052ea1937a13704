"""Who was told what of a directive, and how they reacted: plain facts that services gather and texts put into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class How(StrEnum):
    """How somebody reacted to a message. Later in this list says more."""

    PRESSED = "pressed"  # a button under it
    ANSWERED = "answered"  # in words
    ACKNOWLEDGED = "acknowledged"  # "Đã nhận"


class Fate(StrEnum):
    """What became of a message."""

    WAITS = "waits"  # in the queue
    SENT = "sent"
    DOUBTFUL = "doubtful"  # nobody knows whether it arrived
    UNLINKED = "unlinked"  # not sent: the person had no account
    REVOKED = "revoked"  # not sent: the person's account was taken back
    BLOCKED = "blocked"  # not sent: the person has blocked the chat, or deleted it
    BROKEN = "broken"  # not sent for another reason


NOT_SENT = frozenset({Fate.UNLINKED, Fate.REVOKED, Fate.BLOCKED, Fate.BROKEN})


@dataclass(frozen=True)
class Hearer:
    """Somebody who was to be told."""

    id: int
    name: str
    unit: str


@dataclass(frozen=True)
class Reaction:
    """The first time somebody reacted in this way. ``at`` is aware."""

    how: How
    at: datetime


@dataclass(frozen=True)
class Heard:
    """One message about a directive.

    Attributes:
        number: of the message; later ones have higher numbers.
        who: to whom.
        kind: a kind of the outbox.
        event: what news are about: a word of the audit.
        time: of reminders: the how-manieth since the present unit has the directive.
        fate: what became of it.
        at: when it was sent, else since when it waits or when it failed; aware.
        reactions: in the order they came.
    """

    number: int
    who: Hearer
    kind: str
    event: str | None
    time: int | None
    fate: Fate
    at: datetime
    reactions: tuple[Reaction, ...] = ()


@dataclass(frozen=True)
class Hearing:
    """All that was said to people about a directive.

    Attributes:
        messages: the newest first.
        silent: who was told and has neither reacted to a message nor done anything about the directive since.
        unreached: who was not told at all, and why not.
    """

    messages: tuple[Heard, ...]
    silent: tuple[Hearer, ...]
    unreached: tuple[tuple[Hearer, Fate], ...]
