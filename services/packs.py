"""The pack of the weekly meeting: gathered for who asks, and handed out unasked on the day before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from db import Session
from db.models import Outbox, Person
from db.queries import packs as queries
from db.queries.digests import known_keys
from db.queries.outbox import BULK, insert_once
from db.queries.packs import Asked, Said
from domain.calendar import OFFICE_ZONE, ONE_DAY
from domain.errors import NotAllowed
from domain.figures import Asking, Filter, Item, Listing, Period, worst_first
from domain.obstacles import Kind, Raised
from domain.office import Office
from domain.packs import WEEK, Ground, Line, PackFacts, Reason, meeting_of, next_meeting, pack_day
from domain.register import Register
from domain.rights import Role
from domain.weeks import monday_of
from services import absences, audit, figures, show
from services import register as registers
from services.life import By
from services.outbox import local_day, tell

PACK = "pack"  # an outbox row: the pack that comes by itself
ASKED = "pack_asked"  # the one that somebody asked for, and the audit's word for it
ALLOWED = "pack"  # for the refusal
FIRST = 0  # priority of an answer
TITLE = "Đang thực hiện và hoàn thành trong tuần"  # of the workbook
MOST = 2000  # lines of a list


# --- asked for ---


def may_have(person: Person) -> bool:
    """Whether a person is one of those who prepare or hold the meeting."""
    return person.role in {Role.LEADER, Role.CLERK}


async def ask(session: Session, week: date, by: By) -> None:
    """Queue the pack of a week for who asks; it is drawn when it is sent. That it leaves the system is recorded.

    Args:
        session: a write transaction.
        week: any local day of it, not after today.
        by: who asks.

    Raises:
        NotAllowed: neither leader nor clerk.
    """
    if not may_have(by.person):
        raise NotAllowed(ALLOWED)
    details = {"week": monday_of(week).isoformat()}
    await audit.record(session, ASKED, now=by.now, actor=by.person, details=details, inbox_id=by.inbox_id)
    await tell(session, [by.person.id], ASKED, now=by.now, payload={"day": week.isoformat()}, priority=FIRST)


# --- unasked ---


def is_time(now: datetime, office: Office) -> bool:
    """Whether the hour of the coming meeting's pack has come, and may be used."""
    if not office.meeting.is_sent or not office.rhythm.may_send(now, office.calendar):
        return False
    meeting = next_meeting(local_day(now), office.meeting, office.calendar)
    day = pack_day(meeting, office.meeting, office.calendar)
    return now >= datetime.combine(day, office.meeting.pack_at, OFFICE_ZONE)


async def queue_packs(session: Session, now: datetime, office: Office) -> int:
    """Queue the pack of the coming meeting for leaders and clerks, once for each.

    A program that was down at the hour makes up for it until the meeting's day is over.

    Args:
        session: a write transaction.
        now: aware.
        office: whose meeting, calendar and rhythm count.

    Returns:
        how many people get it.
    """
    if not is_time(now, office):
        return 0
    today = local_day(now)
    meeting = next_meeting(today, office.meeting, office.calendar)
    day = pack_day(meeting, office.meeting, office.calendar)
    everybody = await queries.readers(session)
    away = await absences.standing_in(session, everybody, today)
    keys = {f"{PACK}:{person}:{meeting.isoformat()}": person for person in everybody if person not in away}
    for key in await known_keys(session, list(keys)):
        del keys[key]
    payload = {"day": day.isoformat(), "meeting": meeting.isoformat()}
    rows = [
        {
            "kind": PACK, "key": key, "person_id": person, "payload": payload, "directives": [], "priority": BULK,
            "created_at": now,
        }
        for key, person in keys.items()
    ]  # fmt: skip
    return await insert_once(session, Outbox, rows, "key") if rows else 0


# --- what it says ---


async def gather(session: Session, person: Person, day: date, now: datetime, office: Office) -> PackFacts:
    """What the pack of a week says: as it is now, or as it was at the end of a week that is over.

    Args:
        session: an open transaction.
        person: whose directives: a leader's field, or everything.
        day: any local day of the week.
        now: aware.
        office: meeting, calendar and rhythm.
    """
    today = local_day(now)
    week = Period.week_of(day)
    last = min(week.last, today)
    is_over = week.last < today
    end = _end_of(last) if is_over else now
    asking = replace(await figures.asking_of(session, person, today, office), as_of=last)
    before = replace(asking, as_of=week.first - ONE_DAY)
    held = (meeting_of(day, office.meeting, office.calendar) if is_over else None) or next_meeting(
        last, office.meeting, office.calendar
    )
    ahead = Period(last + ONE_DAY, week.last + WEEK)
    units = await figures.by_unit(session, asking)
    gathered = _Lists(session, asking, office, end)
    return PackFacts(
        whose=figures.whose(person, asking),
        period=Period(week.first, last),
        made_at=now,
        meeting=held,
        next_meeting=next_meeting(held + ONE_DAY, office.meeting, office.calendar),
        figures=await figures.of_all(session, asking),
        before=await figures.of_all(session, before),
        week=await figures.movement(session, asking, Period(week.first, last)),
        last_week=await figures.movement(session, before, Period.week_of(week.first - ONE_DAY)),
        units=tuple(worst_first(units)),
        ahead=ahead,
        overdue=await gathered.overdue(),
        raised=await gathered.raised(),
        due=await gathered.lines(Listing(Filter.DUE, (ahead.first, ahead.last), folded=False)),
        approvals=await gathered.lines(Listing(Filter.WAITING, folded=False)),
        requests=_asked(await queries.pending(session, asking, end), last),
        untaken=await gathered.lines(Listing(Filter.UNACKNOWLEDGED, folded=False)),
        extended=_asked(await queries.granted(session, asking, _end_of(week.first - ONE_DAY), end), last),
    )


async def workbook(session: Session, person: Person, facts: PackFacts, office: Office) -> Register:
    """The 25 columns of what is open at the end of the pack's week, and of what was finished in it.

    Args:
        session: an open transaction.
        person: whose directives, as for ``gather``.
        facts: of the same pack.
        office: calendar and rhythm.
    """
    asking = await figures.asking_of(session, person, local_day(facts.made_at), office)
    asking = replace(asking, as_of=facts.period.last)
    period = (facts.period.first, facts.period.last)
    open_ones, done = [
        await registers.register(session, asking, listing, office, facts.made_at, whose=facts.whose, title=TITLE)
        for listing in (Listing(Filter.OPEN, folded=False), Listing(Filter.DONE, period, folded=False))
    ]
    lines = open_ones.lines + done.lines
    return replace(open_ones, lines=lines, left_out=open_ones.left_out + done.left_out)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), OFFICE_ZONE)


def _asked(rows: list[Asked], today: date) -> tuple[Line, ...]:
    return tuple(
        Line(
            row.number, row.code, row.text, row.unit, row.before, _days(row.at, today), until=row.until,
            before=row.before,
        )
        for row in rows
    )  # fmt: skip


def _days(since: datetime, today: date) -> int:
    return (today - since.astimezone(OFFICE_ZONE).date()).days


class _Lists:
    """The lists of one pack.

    Args:
        session: an open transaction.
        asking: of which directives, as of which day.
        office: its calendar.
        end: aware: what was said later is not known yet.
    """

    def __init__(self, session: Session, asking: Asking, office: Office, end: datetime) -> None:
        self._session = session
        self._asking = asking
        self._office = office
        self._end = end

    async def lines(self, listing: Listing) -> tuple[Line, ...]:
        """All lines of a list."""
        found = await figures.page(self._session, self._asking, listing, self._office.calendar, size=MOST)
        return tuple(_line(item, item.days) for item in found.items)

    async def overdue(self) -> tuple[Line, ...]:
        """What is late, the longest first, each with the last that was said of it."""
        listing = Listing(Filter.OVERDUE, folded=False)
        found = await figures.page(self._session, self._asking, listing, self._office.calendar, size=MOST)
        reasons = await self._reasons([item.view.id for item in found.items])
        return tuple(_line(item, -(item.view.days_left or 0), reasons.get(item.view.id)) for item in found.items)

    async def _reasons(self, ids: list[int]) -> dict[int, Reason]:
        """An explanation that was asked for counts most, then an open difficulty, then the last report."""
        said: dict[int, Reason] = {}
        for ground, rows in (
            (Ground.REPORT, await queries.reports(self._session, ids, self._end)),
            (Ground.DIFFICULTY, await queries.difficulties(self._session, ids, self._end)),
            (Ground.EXPLANATION, await queries.explanations(self._session, ids, self._end)),
        ):
            said.update({row.directive_id: _reason(ground, row) for row in rows})
        return said

    async def raised(self) -> tuple[Raised, ...]:
        """Difficulties and proposals, with how long they have been open."""
        rows = await queries.raised(self._session, self._asking, self._end)
        return tuple(self._raised(row) for row in rows)

    def _raised(self, row: queries.Open) -> Raised:
        item, is_answered = row.item, row.item.answered_at is not None and row.item.answered_at <= self._end
        return Raised(
            item.code,
            row.directive.id,
            row.directive.code,
            row.unit,
            Kind(item.kind),
            item.text,
            _days(item.opened_at, self._asking.as_of),
            item.answer if is_answered else None,
            row.answered_by if is_answered else None,
        )


def _line(item: Item, days: int, reason: Reason | None = None) -> Line:
    view = item.view
    return Line(view.id, view.code, view.text, view.lead, view.last_day, days, view.percent, view.contact, reason)


def _reason(ground: Ground, row: Said) -> Reason:
    on = show.local_day(row.at)
    assert on is not None  # noqa: S101 - local_day of a moment
    return Reason(ground, row.text, on)
