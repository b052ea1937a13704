"""What an officer's words can do, and the acts of one message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What an officer's words do."""

    ACKNOWLEDGE = "acknowledge"  # đã nhận
    PROGRESS = "progress"  # đang làm, được 60%
    DONE = "done"  # xong
    DIFFICULTY = "difficulty"  # vướng
    EXTENSION = "extension"  # xin gia hạn
    DECLINE = "decline"  # không đúng đơn vị
    QUESTION = "question"  # hỏi lại
    NONE = "none"  # không liên quan đến việc nào


@dataclass(frozen=True)
class Act:
    """One thing said of one directive.

    Args:
        directive: its number; None where it must be asked.
        kind: what is said.
        percent: the share done, 0 to 100.
        until: the later deadline asked for.
        difficulty: what stands in the way, as written.
        reason: why more time is asked for, as written.
        unit: the unit named as the right one, as written.
        text: the words of this act, as written.
    """

    directive: int | None
    kind: Kind
    percent: int | None = None
    until: date | None = None
    difficulty: str | None = None
    reason: str | None = None
    unit: str | None = None
    text: str = ""


@dataclass(frozen=True)
class Reading:
    """A message's acts, and whether they must be confirmed before anything changes."""

    acts: tuple[Act, ...]
    doubt: bool
