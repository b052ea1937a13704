"""One message a person and day: what waits is folded into it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.queries.outbox import BULK
from db.queries.reminders import Queued
from services.outbox import local_day


@dataclass(frozen=True)
class Message:
    """What one person is to hear, and since when it is due (aware)."""

    directives: list[int]
    meant_for: datetime

    @property
    def payload(self) -> dict[str, Any]:
        """As the outbox keeps it."""
        return {"meant_for": self.meant_for.isoformat()}


def merged(waiting: Iterable[Queued], ids: Sequence[int], meant_for: datetime) -> Message:
    """What is due now, then what the waiting messages have besides."""
    waiting = list(waiting)
    together = dict.fromkeys([*ids, *(i for row in waiting for i in row.directives)])
    moments = [meant_for, *(row.meant_for for row in waiting if row.meant_for)]
    return Message(list(together), min(moments))


def row_of(kind: str, person: int, message: Message, now: datetime) -> dict[str, Any]:
    """An outbox row of today."""
    return {
        "kind": kind,
        "key": key_of(kind, person, local_day(now)),
        "person_id": person,
        "payload": message.payload,
        "directives": message.directives,
        "priority": BULK,
        "created_at": now,
    }


def key_of(kind: str, person: int, day: date) -> str:
    """What a person gets of a kind on a day is said once."""
    return f"{kind}:{person}:{day.isoformat()}"


def by_person(rows: Iterable[Queued]) -> dict[int, list[Queued]]:
    """The rows of each person."""
    grouped: dict[int, list[Queued]] = defaultdict(list)
    for row in rows:
        grouped[row.person_id].append(row)
    return grouped
