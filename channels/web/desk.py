"""What the page asks of the program around it: who is there, what time it is, how time moves on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

MOVES = ("+1h", "+1d", "morning")
"""How far the clock can be moved: an hour, a day, to 07:30 of the next working day."""


@dataclass(frozen=True)
class Persona:
    """Someone a visitor can be on the page, or a group in which they can be several."""

    chat: str
    name: str
    position: str
    unit: str
    role: str  # "leader" | "clerk" | "head" | "officer" | "admin" | "stranger" | "group"
    group: str  # the heading they stand under in the list
    speakers: tuple[str, ...] = ()  # of a group: the chats of those a visitor can write as in it


class Desk(Protocol):
    """The office behind the page."""

    def people(self) -> list[Persona]:
        """Everyone a visitor can be, in the order they are to be listed."""

    def now(self) -> datetime:
        """The office's moment; aware, Asia/Ho_Chi_Minh."""

    async def move(self, to: str) -> None:
        """Move the clock on by one of ``MOVES`` and let everything happen that falls due on the way."""

    def sample_notice(self) -> tuple[str, bytes, str]:
        """A notice to try the program with: file name, content, media type."""

    def calendar_note(self) -> str:
        """What kind of day it is: "ngày làm việc", "cuối tuần", a holiday's name."""

    def suggestions(self, chat: str) -> list[str]:
        """A few things this person could say now."""
