"""What a year of timed work must hold, worked out from the rules' own words and not from the ladder's code.

``-s`` shows the table.
"""

from __future__ import annotations

import time as clock
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from db.models import Outbox
from domain.calendar import OFFICE_ZONE, OfficeCalendar
from domain.lifecycle import State
from tests.flows.year import DIRECTIVES, FIRST, LAST, Facts, Year, days, open_year

LONGEST_S = 120.0  # of processor time: twice what it is to take, as on a machine that does many other things too
WITH_UNIT = {State.ISSUED, State.IN_PROGRESS}
CALENDAR = OfficeCalendar()
MORNING, EVENING, DAWN = "07:30", "20:00", "06:30"
Mention = tuple[int, date, int]  # directive, working day, person


# --- the rules, once more: slow and plain -----------------------------------------------------------------------


def working_days_after(start: date, end: date) -> int:
    return sum(CALENDAR.is_working(day) for day in days(start + timedelta(days=1), end))


def moved_forward(day: date) -> date:
    """A rung on a day off is said on the working day before."""
    while not CALENDAR.is_working(day):
        day -= timedelta(days=1)
    return day


@dataclass(frozen=True)
class Rungs:
    """Why a directive is to be mentioned on a morning."""

    before: bool = False
    unacknowledged: int = 0  # working days
    late: int = 0  # working days, on the days that count: 1, 3, 5, ...

    @property
    def any(self) -> bool:
        return self.before or self.unacknowledged > 0 or self.late > 0


def rungs_of(facts: Facts, today: date) -> Rungs:
    assert facts.assigned_at is not None
    given = facts.assigned_at.astimezone(OFFICE_ZONE).date()
    silent = working_days_after(given, today) if facts.state == State.ISSUED and today > given else 0
    before = False
    if facts.last_day and today <= facts.last_day:
        before = today > given and any(moved_forward(facts.last_day - timedelta(days=n)) == today for n in (7, 3, 1, 0))
    days_late = working_days_after(facts.last_day, today) if facts.last_day and today > facts.last_day else 0
    return Rungs(before, silent if silent in (1, 3, 5) else 0, days_late if days_late % 2 else 0)


# --- what happened ----------------------------------------------------------------------------------------------


@dataclass
class Told:
    """What people were told in the year."""

    own: Counter[Mention] = field(default_factory=Counter)
    escalated: Counter[Mention] = field(default_factory=Counter)
    hours: Counter[int] = field(default_factory=Counter)

    def take(self, rows: Iterable[Outbox]) -> None:
        for row in rows:
            if row.state != "sent" or row.sent_at is None:
                continue
            day = row.sent_at.astimezone(OFFICE_ZONE).date()
            if row.kind == "reminder":
                self.own.update((i, day, row.person_id or 0) for i in row.payload.get("own", ()))
                self.escalated.update((i, day, row.person_id or 0) for i in row.payload.get("escalated", ()))
            if row.kind == "pressing":
                self.hours.update(row.directives)


@pytest.fixture
async def year(data_folder: Path) -> AsyncIterator[Year]:
    there = await open_year(data_folder, seed=2024)
    yield there
    await there.database.close()


@pytest.mark.timeout(600)
async def test_a_year_of_reminders(year: Year) -> None:
    started, waited = clock.process_time(), clock.monotonic()
    await year.pass_by()
    used, lasted = clock.process_time() - started, clock.monotonic() - waited
    rows = await year.rows()
    told = Told()
    told.take(rows)
    due = _expected(year)
    print(_table(year, rows, due, told, used, lasted))  # noqa: T201
    _every_rung_once(year, due, told)
    _the_office_after_three_days(year, due, told)
    _nothing_outside_hours(year, rows)
    _one_a_day(rows)
    _said_is_heard(year, rows)
    assert {row.state for row in rows} <= {"sent", "moot", "queued"}
    assert used < LONGEST_S


def _expected(year: Year) -> dict[tuple[int, date], Rungs]:
    """Every directive and morning on which something is to be said."""
    found = {}
    for day, directives in year.mornings.items():
        for number, facts in directives.items():
            if facts.state in WITH_UNIT and (rungs := rungs_of(facts, day)).any:
                found[number, day] = rungs
    return found


def _every_rung_once(year: Year, due: dict[tuple[int, date], Rungs], told: Told) -> None:
    """The contact, or both officers, on each morning that counts, once; the head where the ladder says so."""
    heads = {year.people[f"tp{n}"]: year.units[f"u{n}"] for n in range(18)}
    officers: dict[int, set[int]] = defaultdict(set)
    for n in range(18):
        officers[year.units[f"u{n}"]] = {year.people[f"cv{n}{x}"] for x in "ab"}
    to_officers = {m for m in told.own if m[2] not in heads}
    wanted: set[Mention] = set()
    for number, day in due:
        facts = year.mornings[day][number]
        hearing = {facts.contact} if facts.contact else officers[facts.unit]
        wanted |= {(number, day, person) for person in hearing if person}
    assert to_officers == wanted
    assert set(told.own.values()) == {1}
    head_of = {unit: head for head, unit in heads.items()}
    for (number, day), rungs in due.items():
        head = head_of[year.mornings[day][number].unit]
        if rungs.late or rungs.unacknowledged > 2:
            assert (number, day, head) in told.own, (number, day, rungs)
    extra = [m for m in told.own if m[2] in heads and not _head_is_due(due.get((m[0], m[1])))]
    # one more each: eight working hours without an acknowledgement, on that day or the next working morning
    assert set(Counter(number for number, _, _ in extra).values()) <= {1}
    for number, day, _ in extra:
        given = year.mornings[day][number].assigned_at if number in year.mornings[day] else None
        assert given is not None
        assert 1 <= working_days_after(given.astimezone(OFFICE_ZONE).date(), day) <= 3


def _head_is_due(rungs: Rungs | None) -> bool:
    return rungs is not None and (rungs.late > 0 or rungs.unacknowledged > 2)


def _the_office_after_three_days(year: Year, due: dict[tuple[int, date], Rungs], told: Told) -> None:
    clerks = [year.people[f"vt{n}"] for n in range(3)]
    wanted = {(number, day, clerk) for (number, day), r in due.items() if r.late >= 3 for clerk in clerks}
    assert set(told.escalated) == wanted
    assert set(told.escalated.values()) <= {1}


def _nothing_outside_hours(year: Year, rows: list[Outbox]) -> None:
    for row in rows:
        if row.state != "sent" or row.priority == 0:
            continue
        assert row.sent_at is not None
        local = row.sent_at.astimezone(OFFICE_ZONE)
        said = f"{local:%H:%M}"
        assert DAWN <= said < EVENING, (row.kind, local)
        if row.priority == 2:
            assert CALENDAR.is_working(local.date()), (row.kind, local)
            assert said >= MORNING


def _one_a_day(rows: list[Outbox]) -> None:
    bulk = Counter((r.person_id, _day(r)) for r in rows if r.state == "sent" and r.priority == 2)
    assert max(bulk.values()) == 1


def _said_is_heard(year: Year, rows: list[Outbox]) -> None:
    """What the database calls sent stands in the chats, and nothing else does."""
    assert len(year.channel.heard) >= sum(row.state == "sent" for row in rows)
    assert not [heard for heard in year.channel.heard if "gửi lại" in heard.text]


def _day(row: Outbox) -> date:
    assert row.sent_at is not None
    return row.sent_at.astimezone(OFFICE_ZONE).date()


# --- the table --------------------------------------------------------------------------------------------------


def _table(
    year: Year, rows: list[Outbox], due: dict[tuple[int, date], Rungs], told: Told, used: float, lasted: float
) -> str:
    by_kind = Counter(row.kind for row in rows if row.state == "sent")
    months = [_month(year, n, rows, due) for n in range(1, 13)]
    ends = Counter(str(f.state) for f in year.mornings[max(year.mornings)].values())
    lines = [
        f"\n{FIRST} to {LAST}: {DIRECTIVES} directives, {len(year.people)} people, {len(year.mornings)} working days",
        f"{'month':>7}{'open':>7}{'before':>8}{'silent':>8}{'overdue':>8}{'messages':>10}{'most a day':>12}",
        *months,
        "sent: " + ", ".join(f"{kind} {count}" for kind, count in by_kind.most_common()),
        f"in their last hours: {sum(told.hours.values())}; at the end: {dict(ends)}",
        f"{used:.1f} s of processor time, {lasted:.1f} s on the clock",
    ]
    return "\n".join(lines)


def _month(year: Year, number: int, rows: list[Outbox], due: dict[tuple[int, date], Rungs]) -> str:
    mine = {key: rungs for key, rungs in due.items() if key[1].month == number}
    mornings = [facts for day, facts in year.mornings.items() if day.month == number]
    is_open = max(sum(f.state in WITH_UNIT for f in facts.values()) for facts in mornings)
    bulk = [(r.person_id, _day(r)) for r in rows if r.state == "sent" and r.priority == 2 and _day(r).month == number]
    silent = sum(r.unacknowledged > 0 for r in mine.values())
    late = sum(r.late > 0 for r in mine.values())
    before = sum(r.before for r in mine.values())
    most = max(Counter(bulk).values(), default=0)
    return f"{number:>7}{is_open:>7}{before:>8}{silent:>8}{late:>8}{len(bulk):>10}{most:>12}"


def test_the_plain_rules_know_tet() -> None:
    facts = Facts(State.IN_PROGRESS, 1, None, datetime(2024, 1, 24, 9, tzinfo=OFFICE_ZONE), date(2024, 2, 10))
    mornings = [day for day in days(date(2024, 1, 25), date(2024, 2, 20)) if CALENDAR.is_working(day)]
    said = [f"{day:%d/%m}" for day in mornings if rungs_of(facts, day).any]
    assert said == ["02/02", "07/02", "15/02", "19/02"]
