"""Units that help are reminded of their part in the message of the day: it is looked through once each working morning.

The days are those of the ladder, sparser: no earlier than "sắp đến hạn", and once a week when the lead unit is late.
Nothing is stored with a part, so that nothing need be put right when a deadline changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time

from db import Session
from db.queries import reminders as people_queries
from db.queries import vitals
from db.queries.parts import OpenPart, open_parts
from db.queries.reminders import Hearer
from domain.calendar import OFFICE_ZONE
from domain.ladder import Course, Rhythm, mentions
from domain.lifecycle import State
from domain.office import Office
from domain.rights import Role
from services.absences import replaced, there
from services.folding import HELPED, Told, fold
from services.outbox import local_day
from services.reminders import is_open

LOOKED = "parts"  # a heartbeat: until when the parts were looked through
_LATE_EVERY = 5  # working days between two mentions while the lead unit is late


async def is_due(session: Session, now: datetime, office: Office) -> bool:
    """Whether the parts are still to be looked through today."""
    if not is_open(now, office):
        return False
    looked = await vitals.beat(session, LOOKED)
    return looked is None or looked.at < office.rhythm.morning_of(local_day(now))


async def fold_parts(session: Session, now: datetime, office: Office, limit: int = 500) -> int:
    """Put the parts that are to be mentioned into the messages of the day, once each working day.

    To be done before what is due is folded, which it joins.

    Args:
        session: a write transaction.
        now: aware.
        office: whose morning it is.
        limit: not used: a morning's parts are few.

    Returns:
        how many parts are said; 0 when there is nothing to do now.
    """
    if not is_open(now, office):
        return 0
    morning = office.rhythm.morning_of(local_day(now))
    looked = await vitals.beat(session, LOOKED)
    if looked is not None and looked.at >= morning:
        return 0
    await vitals.note(session, LOOKED, now)
    due = _Due(looked.at if looked else morning, now, office)
    parts = [part for part in await open_parts(session) if due.is_mentioned(part)]
    if not parts:
        return 0
    listeners = await _Listeners.of(session, parts, now)
    told: dict[int, Told] = defaultdict(Told)
    for part in parts:
        for person in listeners.hearing(part):
            told[person].add(HELPED, part.directive_id, now)
    await fold(session, told, now, later=list(told))
    return len(parts)


@dataclass
class _Due:
    """Which parts are mentioned at a moment; thousands have a handful of courses, each is looked at once."""

    since: datetime
    now: datetime
    office: Office
    _known: dict[Course, bool] = field(default_factory=dict)

    def is_mentioned(self, part: OpenPart) -> bool:
        course = self._course(part)
        if course not in self._known:
            found = mentions(course, self.since, self.now, self.office.calendar, self._rhythm)
            self._known[course] = any(m.officer and (m.at > self.since or m.at == self._morning) for m in found)
        return self._known[course]

    @property
    def _morning(self) -> datetime:
        return self.office.rhythm.morning_of(local_day(self.now))

    @property
    def _rhythm(self) -> Rhythm:
        usual = self.office.rhythm
        near = tuple(n for n in usual.before_days if n <= usual.soon_days)
        return replace(usual, before_days=near, before_hours=0, overdue_every=_LATE_EVERY)

    def _course(self, part: OpenPart) -> Course:
        given = (part.assigned_at or self.now).astimezone(OFFICE_ZONE)
        midnight = datetime.combine(given.date(), time(), OFFICE_ZONE)  # so that parts of one day share their course
        state = State.ISSUED if part.acknowledged_at is None else State.IN_PROGRESS
        return Course(state, midnight, part.last_day)


@dataclass(frozen=True)
class _Listeners:
    """Who can be told of a unit's part today: who took it, else the officers, else the head."""

    units: Mapping[int, Sequence[Hearer]]
    deputies: Mapping[int, int]

    @classmethod
    async def of(cls, session: Session, parts: Sequence[OpenPart], now: datetime) -> _Listeners:
        instead = await replaced(session, local_day(now))
        units = there(await people_queries.hearers(session, {part.unit_id for part in parts}), instead)
        return cls(units, {person: deputy for person, deputy in instead.items() if deputy is not None})

    def hearing(self, part: OpenPart) -> list[int]:
        unit = self.units.get(part.unit_id, ())
        taken = [p.id for p in unit if p.id == part.acknowledged_by]
        officers = [p.id for p in unit if p.role is not Role.HEAD]
        found = taken or officers or [p.id for p in unit]
        return list(dict.fromkeys(self.deputies.get(person, person) for person in found))
