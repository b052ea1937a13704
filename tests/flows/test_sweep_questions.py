"""What a sweep leaves out has nothing to do: it ends as if every step had looked for itself, whatever there is."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from db import Session
from db.models import (
    Absence,
    Account,
    Base,
    Coordination,
    Directive,
    Explanation,
    Heartbeat,
    Obstacle,
    Outbox,
    Person,
    Snooze,
    Unit,
)
from domain.calendar import OFFICE_ZONE
from domain.ladder import Rhythm
from domain.lifecycle import State
from domain.office import Meeting, Office
from domain.rights import Role
from scheduler.sweeps import AT_ONCE, STEPS
from services.digests import queue_digests
from services.folding import REMINDER
from services.packs import queue_packs
from services.part_reminders import LOOKED
from services.recurring import ADOPTED
from tests.flows.house import House, at

T = TypeVar("T")
DRAWN = {"code", "hash", "previous_hash"}  # anew each time
KEPT_AT_THE_END = {"passages", "phases", "kept_figures"}  # of a transaction, which is not reached here
HOURS = ("00:00", "06:30", "07:29", "07:30", "07:30", "08:30", "11:00", "14:00", "16:00", "17:30", "19:59", "20:00")
WHAT = ("lost", "due", "again", "helped", "raised", "explained", "snoozed", "said", "away")
DAYS = ("29/02", "01/03", "02/03", "04/03", "11/03", "05/03", "06/03", "07/03", "08/03", "01/05", "02/05")


class Enough(Exception):
    """Takes back what was only tried."""


class Dice(random.Random):
    """What is drawn for a state of the house."""

    def moment(self, now: datetime) -> datetime:
        """Around now, and often right at a moment that counts."""
        morning = datetime.combine(now.astimezone(OFFICE_ZONE).date(), time(7, 30), OFFICE_ZONE)
        return self.choice(
            [
                now, morning, morning + timedelta(hours=6, minutes=30), now - timedelta(seconds=1),
                now + timedelta(seconds=1), now + timedelta(hours=self.randint(-200, 200)),
            ]
        )  # fmt: skip

    def day(self, now: datetime) -> date:
        return now.astimezone(OFFICE_ZONE).date() + timedelta(days=self.choice([-30, -3, -1, 0, 1, 3, 7, 30]))

    def maybe(self, what: Callable[[], T], chance: float = 0.5) -> T | None:
        return what() if self.random() < chance else None


def _office(dice: Dice) -> Office:
    rhythm = replace(
        Rhythm(), urgent_ignores_quiet=dice.random() < 0.5, morning=dice.choice([time(7, 30), time(6, 0), time(11, 0)])
    )
    meeting = Meeting(weekday=dice.randint(0, 4), pack_weekday=dice.randint(0, 4), is_sent=dice.random() < 0.8)
    return Office(rhythm=rhythm, meeting=meeting)


async def _put(session: Session, dice: Dice, now: datetime) -> None:
    """Little of anything, so that often but one thing is due."""
    units, people = list(await session.scalars(select(Unit.id))), list(await session.scalars(select(Person)))
    chance = {what: dice.choice([0.0, 0.0, 0.0, 0.3, 0.8]) for what in WHAT}
    ids = [person.id for person in people]
    empty = dice.maybe(lambda: dice.choice(units), 0.4)
    for person in people:
        person.active = dice.random() > 0.15 and person.unit_id != empty
        person.role = dice.choice(list(Role)) if dice.random() < 0.1 else person.role
        person.digest_time = dice.maybe(lambda: time(dice.randint(6, 11), dice.choice([0, 30])), 0.3)
        person.evening_time = dice.maybe(lambda: time(dice.choice([14, 16, 19])), 0.3)
        if dice.random() < 0.7 and person.role is Role.LEADER:
            session.add(_account(dice, now, person.id))
    for account in await session.scalars(select(Account)):
        account.unreachable_since = dice.maybe(lambda: dice.moment(now), chance["lost"])
        account.revoked_at = dice.maybe(lambda: dice.moment(now), chance["lost"] / 2)
    directives = [_directive(dice, now, units, ids, chance) for _ in range(dice.randint(1, 6))]
    session.add_all(directives)
    await session.flush()
    for directive in directives:
        session.add_all(_about(dice, now, directive.id, units, ids, chance))
    session.add_all(_rows(dice, now, ids, [d.id for d in directives], chance))
    if dice.random() < chance["away"]:
        one, other = dice.sample(ids, 2)
        day = now.astimezone(OFFICE_ZONE).date()
        session.add(Absence(person_id=one, deputy_id=other, first_day=day, last_day=day, made_by=one, made_at=now))
    for name in (LOOKED, ADOPTED):
        if dice.random() < 0.7:
            session.add(Heartbeat(name=name, at=dice.moment(now), details={}))


def _account(dice: Dice, now: datetime, person: int) -> Account:
    chat = f"{person}.{dice.random()}"
    return Account(channel="test", external_id=chat, chat=chat, person_id=person, linked_at=now, seen_at=now)


def _directive(dice: Dice, now: datetime, units: list[int], people: list[int], chance: dict[str, float]) -> Directive:
    last = dice.maybe(lambda: dice.day(now), 0.8)
    is_again, state = last is not None and dice.random() < 0.5, dice.choice([*State, State.ISSUED, State.IN_PROGRESS])
    row = Directive(
        text="Việc", lead_unit_id=None if state is State.DRAFT else dice.choice(units), state=state,
        last_day=last, first_last_day=last, deadline_date=last, made_by=people[0], made_at=now,
        issued_at=now - timedelta(days=9), assigned_at=now - timedelta(days=9),
        deadline_time=dice.maybe(lambda: time(17)) if last else None, urgency=dice.maybe(lambda: "urgent", 0.3),
        waits_since=dice.maybe(lambda: now - timedelta(days=4), 0.3),
        contact_id=dice.maybe(lambda: dice.choice(people), 0.3),
        next_reminder_at=dice.maybe(lambda: dice.moment(now), chance["due"]),
        recurring="hằng tháng" if is_again else None, deadline_text="hằng tháng" if is_again else None,
    )  # fmt: skip
    if is_again and last and dice.random() < chance["again"]:
        row.cycle, row.next_occurrence_at = f"month/1 0-{last.day}", dice.moment(now)
    return row


def _about(
    dice: Dice, now: datetime, directive: int, units: list[int], people: list[int], chance: dict[str, float]
) -> list[Base]:
    """What hangs on a directive."""
    found: list[Base] = []
    if dice.random() < chance["helped"]:
        found.append(Coordination(directive_id=directive, unit_id=dice.choice(units), written="phối hợp"))
    if dice.random() < chance["raised"]:
        mention = dice.maybe(lambda: dice.moment(now))
        found.append(Obstacle(directive_id=directive, text="vướng", opened_at=now, mention_at=mention))
    if dice.random() < chance["explained"]:
        found.append(
            Explanation(
                directive_id=directive, unit_id=units[0], asked_by=people[0], asked_at=now, due_day=dice.day(now),
                closed_at=dice.maybe(lambda: now, 0.2), reminded_at=dice.maybe(lambda: now, 0.2),
            )
        )  # fmt: skip
    if dice.random() < chance["snoozed"]:
        said = dice.maybe(lambda: now, 0.2)
        found.append(
            Snooze(
                directive_id=directive, person_id=dice.choice(people), until=dice.moment(now), made_at=now, said_at=said
            )
        )  # fmt: skip
    return found


def _rows(
    dice: Dice, now: datetime, people: list[int], directives: list[int], chance: dict[str, float]
) -> list[Outbox]:
    """Messages of the day, of today and of before, in any state."""
    found = []
    for person in people:
        for kind in (REMINDER, "digest", "digest:evening", "pack"):
            if dice.random() < chance["said"] / 2:
                end = dice.choice(["next", dice.day(now).isoformat()])
                found.append(
                    Outbox(
                        kind=kind.partition(":")[0], key=f"{kind}:{person}:{end}", person_id=person, created_at=now,
                        state=dice.choice(["queued", "sent", "uncertain", "moot", "failed", "sending"]),
                        directives=directives[:1], payload={"own": directives[:1]} if directives else {}, priority=2,
                    )
                )  # fmt: skip
    return found


async def _content(session: Session) -> dict[str, list[dict[str, Any]]]:
    session.expire_all()
    return {
        table.name: [
            {name: value for name, value in row.items() if name not in DRAWN}
            for row in (await session.execute(select(table).order_by(*table.primary_key))).mappings()
        ]
        for table in Base.metadata.sorted_tables
        if table.name not in KEPT_AT_THE_END
    }


async def _all_steps(house: House) -> dict[str, Any]:
    """What there would be if each step looked for itself; it has not been."""
    content: dict[str, Any] = {}
    with suppress(Enough):
        async with house.database.write() as session:
            for step in STEPS:
                while await step(session, house.now, house.office, AT_ONCE):
                    pass
            await queue_digests(session, house.now, house.office)
            await queue_packs(session, house.now, house.office)
            await session.flush()
            content = await _content(session)
            raise Enough
    return content


@pytest.mark.parametrize("seed", range(40))
async def test_a_sweep_leaves_out_only_what_has_nothing_to_do(house: House, seed: int) -> None:
    dice = Dice(seed)
    house.now, house.office = at(dice.choice(DAYS), dice.choice(HOURS)), _office(dice)
    async with house.database.write() as session:
        await _put(session, dice, house.now)
    expected = await _all_steps(house)
    await house.sweep()
    async with house.looking() as session:
        found = await _content(session)
    for table, rows in expected.items():
        assert found[table] == rows, table
