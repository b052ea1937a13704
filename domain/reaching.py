"""Who cannot be written to, and why: plain facts for the list that the office gets each week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Why(StrEnum):
    """Why somebody cannot be written to."""

    NEVER = "never"  # never linked an account
    REVOKED = "revoked"  # all accounts were ended: a lost phone
    BLOCKED = "blocked"  # the platform refuses us: the chat was blocked or deleted


@dataclass(frozen=True)
class Unreached:
    """A person who cannot be written to. ``since`` is the local day it began; None for who was never linked."""

    id: int
    key: str
    name: str
    position: str
    unit: str
    why: Why
    since: date | None = None


@dataclass(frozen=True)
class SilentUnit:
    """A unit of which nobody can be told anything, and how many open directives it leads."""

    id: int
    name: str
    open: int


@dataclass(frozen=True)
class Silence:
    """Everybody who cannot be written to: units of which it is nobody, and all people."""

    units: tuple[SilentUnit, ...] = ()
    people: tuple[Unreached, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.units or self.people)
