"""Recurring tasks: the next one is opened once, in time, for the unit that leads now; an ended series opens nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from db.models import Coordination, Directive, Heartbeat, Outbox, Person, Transition, Unit
from domain.deadlines import Deadline
from domain.lifecycle import Event, State
from services import audit, extensions, issuing, recurring, reporting, steering
from services.life import By
from services.recurring import ADOPTED, OPENED_LATE, open_next
from services.series import deadline_of, put_cycle
from tests.flows.house import House, at

# The house stands on Friday 1 March 2024.
THE_25TH = Deadline(date(2024, 3, 25), inclusive=False, time=time(16, 0), text="trước 16 giờ ngày 25 hằng tháng")


async def issue(
    house: House,
    words: str | None = "ngày 25 hằng tháng",
    due: Deadline | None = THE_25TH,
    *,
    unit: str = "noi-vu",
    helping: str | None = None,
    **more: Any,
) -> int:
    """Give a recurring task to a unit."""
    async with house.database.write() as session:
        by = await office(house, session)
        draft = Directive(
            text="Báo cáo", recurring=words, lead_unit_id=house.units[unit], made_by=by.person.id, made_at=house.now,
            state=State.DRAFT, **more,
        )  # fmt: skip
        if due is not None:
            draft.deadline_date, draft.deadline_inclusive, draft.deadline_time = due.date, due.inclusive, due.time
            draft.last_day, draft.deadline_text = due.last_day(), due.text
        put_cycle(draft, due)
        if helping:
            draft.coordinations = [Coordination(unit_id=house.units[helping], written=helping)]
        session.add(draft)
        await session.flush()
        await session.refresh(draft, ["lead_unit", "coordinations", "notice"])
        await issuing.issue(session, [draft], by)
        return draft.id


async def office(house: House, session: Any) -> By:
    return By(await session.get_one(Person, house.people["van"]), house.now, house.office)


async def act(house: House, number: int, what: Callable[[Any, Directive, By], Awaitable[Any]]) -> None:
    """The clerk does something with a directive."""
    async with house.database.write() as session:
        await what(session, await session.get_one(Directive, number), await office(house, session))


async def open_at(house: House, day: str, clock: str = "07:30") -> int:
    house.now = at(day, clock)
    async with house.database.write() as session:
        return await open_next(session, house.now, house.office)


async def all_of(house: House) -> list[Directive]:
    async with house.looking() as session:
        return list(await session.scalars(select(Directive).order_by(Directive.id)))


async def newest(house: House) -> Directive:
    return (await all_of(house))[-1]


# --- opening ---


async def test_the_next_one_opens_on_the_first_working_morning_after_the_period(house: House) -> None:
    await issue(house)
    assert await open_at(house, "23/03", "09:00") == 0
    assert await open_at(house, "25/03", "07:29") == 0
    assert await open_at(house, "25/03", "07:30") == 1
    one = await newest(house)
    assert (one.state, one.last_day, one.first_last_day) == (State.ISSUED, date(2024, 4, 24), date(2024, 4, 24))
    assert (one.deadline_date, one.deadline_inclusive, one.deadline_time) == (date(2024, 4, 25), False, time(16, 0))
    assert (one.occurrence, one.series_id, one.issued_by) == (2, 1, house.people["van"])


async def test_it_says_how_its_deadline_was_reckoned(house: House) -> None:
    await issue(house)
    await open_at(house, "25/03")
    assert (await newest(house)).deadline_rule == "ngày 25 hằng tháng, kỳ 2 → 24/04/2024"


async def test_it_is_opened_once_however_often_it_is_swept(house: House) -> None:
    await issue(house)
    assert [await open_at(house, "25/03", clock) for clock in ("07:30", "07:30", "08:00")] == [1, 0, 0]
    assert len(await all_of(house)) == 2


async def test_two_sweeps_at_once_open_it_once(house: House) -> None:
    await issue(house)
    house.now = at("25/03", "07:30")

    async def sweep() -> int:
        async with house.database.write() as session:
            return await open_next(session, house.now, house.office)

    assert sorted(await asyncio.gather(*(sweep() for _ in range(4)))) == [0, 0, 0, 1]
    assert len(await all_of(house)) == 2


async def test_what_was_not_committed_is_opened_by_the_next_sweep(house: House) -> None:
    await issue(house)
    house.now = at("25/03", "07:30")
    try:
        async with house.database.write() as session:
            await open_next(session, house.now, house.office)
            raise RuntimeError("the process dies")
    except RuntimeError:
        pass
    assert await open_at(house, "25/03", "07:31") == 1
    assert len(await all_of(house)) == 2


async def test_a_year_of_months_opens_one_a_month(house: House) -> None:
    await issue(house)
    morning = at("02/03", "07:30")
    while morning < at("28/02", year=2025):
        morning += timedelta(days=1 if morning.day > 22 else 22 - morning.day + 1)
        house.now = morning
        async with house.database.write() as session:
            assert await open_next(session, house.now, house.office) <= 1
    found = [(d.occurrence, d.last_day) for d in await all_of(house)]
    months = [(2024 + n // 12, n % 12 + 1) for n in range(2, 15)]
    assert found == [(n, date(year, month, 24)) for n, (year, month) in enumerate(months, 1)]
    assert await house.rows(OPENED_LATE) == []


async def test_an_unfinished_one_stays_open_beside_the_next(house: House) -> None:
    number = await issue(house)
    await open_at(house, "25/03")
    old, new = await house.directive(number), await newest(house)
    assert (old.state, old.last_day) == (State.ISSUED, date(2024, 3, 24))
    assert (old.next_occurrence_at, old.cycle) == (None, None)
    assert new.next_occurrence_at == at("25/04", "07:30")


async def test_a_finished_one_does_not_open_the_next_before_its_period_ends(house: House) -> None:
    number = await issue(house)
    await house.change(number, state=State.COMPLETED)
    assert await open_at(house, "20/03") == 0
    assert await open_at(house, "25/03") == 1


async def test_more_time_for_one_moves_no_other(house: House) -> None:
    number = await issue(house)
    async with house.database.write() as session:
        directive = await session.get_one(Directive, number)
        officer = By(await session.get_one(Person, house.people["nam"]), house.now, house.office)
        request = await extensions.ask(session, directive, date(2024, 4, 22), "chờ số liệu", officer)
        await session.refresh(request, ["directive"])
        await extensions.grant(session, request, await office(house, session))
    assert await open_at(house, "25/03") == 1
    one = await newest(house)
    assert (one.last_day, one.deadline_inclusive, one.deadline_time) == (date(2024, 4, 24), False, time(16, 0))


async def test_the_next_one_is_reminded_of_like_any_other(house: House) -> None:
    await issue(house)
    await open_at(house, "25/03")
    one = await newest(house)
    assert one.next_reminder_at is not None
    assert at("25/03") < one.next_reminder_at < at("24/04")


async def test_nothing_opens_in_the_night_or_on_a_day_off(house: House) -> None:
    await issue(house)
    assert await open_at(house, "25/03", "22:00") == 0
    assert await open_at(house, "30/03", "09:00") == 0, "a Saturday"
    assert await open_at(house, "01/04", "06:00") == 0
    assert await open_at(house, "01/04", "07:30") == 1


# --- what it takes along ---


async def test_words_helpers_source_and_contact_go_along_and_reports_do_not(house: House) -> None:
    number = await issue(house, helping="an-hoa", ref="II.3", quote="Giao …", product="báo cáo", urgency="urgent")
    await house.change(number, state=State.IN_PROGRESS, contact_id=house.people["nam"], percent=60, reminders=4)
    await open_at(house, "25/03")
    one = await newest(house)
    assert (one.text, one.ref, one.quote, one.product) == ("Báo cáo", "II.3", "Giao …", "báo cáo")
    assert [c.unit_id for c in one.coordinations] == [house.units["an-hoa"]]
    assert one.contact_id == house.people["nam"]
    assert (one.percent, one.reminders, one.acknowledged_at, one.urgency) == (None, 0, None, None)


async def test_a_contact_who_left_is_not_taken_along(house: House) -> None:
    number = await issue(house)
    await house.change(number, contact_id=house.people["nam"])
    async with house.database.write() as session:
        await session.execute(update(Person).where(Person.key == "nam").values(active=False))
    await open_at(house, "25/03")
    assert (await newest(house)).contact_id is None


async def test_the_unit_that_leads_now_gets_the_next_one(house: House) -> None:
    number = await issue(house)
    async with house.database.write() as session:
        unit = await session.get_one(Unit, house.units["tai-chinh"])
        directive = await session.get_one(Directive, number)
        await steering.reassign(session, directive, unit, await office(house, session))
    await open_at(house, "25/03")
    assert (await newest(house)).lead_unit_id == house.units["tai-chinh"]


async def test_one_whose_unit_is_in_question_waits_for_the_decision(house: House) -> None:
    number = await issue(house)
    async with house.database.write() as session:
        officer = By(await session.get_one(Person, house.people["nam"]), house.now, house.office)
        await reporting.decline(session, await session.get_one(Directive, number), officer, "không phải việc của phòng")
    assert await open_at(house, "25/03") == 0
    await act(house, number, lambda session, one, by: steering.insist(session, one, by))
    assert await open_at(house, "25/03", "08:00") == 1


# --- telling ---


async def test_each_person_is_told_once_of_all_that_opens(house: House) -> None:
    await issue(house, helping="an-hoa")
    await issue(house)
    async with house.database.write() as session:
        await session.execute(delete(Outbox))
    await open_at(house, "25/03")
    told = [(row.kind, row.person_id, tuple(row.directives)) for row in await house.rows()]
    unit = [house.people[who] for who in ("noi", "nam", "hung")]
    assert told == [
        *(("issued", person, (3, 4)) for person in unit),
        ("helping", house.people["hoa"], (3,)),
    ]


async def test_the_audit_says_that_the_program_opened_it_and_after_which(house: House) -> None:
    number = await issue(house)
    await open_at(house, "25/03")
    async with house.looking() as session:
        row = (await session.scalars(select(Transition).where(Transition.event == "recur"))).one()
        assert await audit.first_broken(session) is None
    assert (row.actor_id, row.after) == (None, State.ISSUED)
    assert row.details == {"previous": number, "series": number, "occurrence": 2, "skipped": 0}


# --- a long absence ---


async def test_of_periods_that_went_by_only_the_present_one_is_opened(house: House) -> None:
    await issue(house)
    assert await open_at(house, "10/06", "09:00") == 1
    one = await newest(house)
    assert (one.occurrence, one.last_day) == (4, date(2024, 6, 24))
    (row,) = await house.rows(OPENED_LATE)
    assert (row.person_id, row.directives, row.payload) == (house.people["van"], [2], {"skipped": {"2": 2}})


async def test_nothing_is_said_to_the_office_when_none_was_left_out(house: House) -> None:
    await issue(house)
    await open_at(house, "28/03", "09:00")
    assert await house.rows(OPENED_LATE) == []


async def test_a_unit_that_is_no_more_leaves_a_draft_for_the_office(house: House) -> None:
    await issue(house)
    async with house.database.write() as session:
        await session.execute(update(Unit).where(Unit.key == "noi-vu").values(active=False))
        await session.execute(delete(Outbox))
    await open_at(house, "25/03")
    one = await newest(house)
    assert (one.state, one.lead_unit_id, one.lead_written) == (State.DRAFT, None, "noi-vu")
    assert [row.kind for row in await house.rows()] == [OPENED_LATE]
    async with house.database.write() as session:
        draft = await session.get_one(Directive, one.id)
        draft.lead_unit = await session.get_one(Unit, house.units["tai-chinh"])
        await issuing.issue(session, [draft], await office(house, session))
    assert (await house.directive(one.id)).next_occurrence_at == at("25/04", "07:30")
    assert await open_at(house, "25/04", "07:30") == 1
    assert [d.occurrence for d in await all_of(house)] == [1, 2, 3]


# --- ending ---


async def test_an_ended_series_opens_nothing_more(house: House) -> None:
    number = await issue(house)
    await act(house, number, recurring.end_series)
    assert await open_at(house, "25/03") == 0
    assert (await house.directive(number)).state == State.ISSUED
    async with house.looking() as session:
        row = (await session.scalars(select(Transition).where(Transition.event == "end_series"))).one()
    assert row.actor_id == house.people["van"]


async def test_a_cancelled_one_opens_nothing_more(house: House) -> None:
    number = await issue(house)
    await act(house, number, lambda session, one, by: steering.steer(session, one, Event.CANCEL, by, "không cần nữa"))
    assert await open_at(house, "25/03") == 0


async def test_a_suspended_one_opens_nothing_until_it_goes_on(house: House) -> None:
    number = await issue(house)
    await act(house, number, lambda session, one, by: steering.steer(session, one, Event.SUSPEND, by, "chờ"))
    assert await open_at(house, "25/03") == 0
    await act(house, number, lambda session, one, by: steering.steer(session, one, Event.RESUME, by, "đã có"))
    assert await open_at(house, "26/03") == 1


async def test_an_older_one_that_goes_on_opens_no_second_series(house: House) -> None:
    number = await issue(house)
    await open_at(house, "25/03")
    await act(house, number, lambda session, one, by: steering.steer(session, one, Event.SUSPEND, by, "chờ"))
    await act(house, number, lambda session, one, by: steering.steer(session, one, Event.RESUME, by, "đã có"))
    assert await open_at(house, "25/04") == 1
    assert [d.occurrence for d in await all_of(house)] == [1, 2, 3]


async def test_one_that_has_a_follower_opens_no_second_one(house: House) -> None:
    number = await issue(house)
    cycle = (await house.directive(number)).cycle
    await open_at(house, "25/03")
    await house.change(number, cycle=cycle, next_occurrence_at=at("26/03"))
    await open_at(house, "26/03", "10:00")
    assert [d.occurrence for d in await all_of(house)] == [1, 2]
    assert await open_at(house, "25/04") == 1


async def test_periods_of_one_clause_for_many_units_stay_together(house: House) -> None:
    await issue(house, clause_id="abcdefghijkl")
    await issue(house, clause_id="abcdefghijkl", unit="tai-chinh")
    await open_at(house, "25/03")
    await open_at(house, "25/04")
    assert [d.clause_id for d in await all_of(house)][2:] == ["abcdefghijkl~2"] * 2 + ["abcdefghijkl~3"] * 2


async def test_what_does_not_say_when_is_never_opened(house: House) -> None:
    number = await issue(house, "thường xuyên", Deadline(date(2024, 3, 20)))
    other = await issue(house, "hằng quý", None)
    assert [(await house.directive(n)).next_occurrence_at for n in (number, other)] == [None, None]
    assert await open_at(house, "01/08") == 0


# --- of an earlier version ---


async def _as_of_old(house: House, number: int) -> None:
    async with house.database.write() as session:
        forget = {"cycle": None, "series_id": None, "next_occurrence_at": None}
        await session.execute(update(Directive).where(Directive.id == number).values(**forget))
        await session.execute(delete(Heartbeat))


async def test_directives_of_an_earlier_version_join_in(house: House) -> None:
    number = await issue(house)
    await _as_of_old(house, number)
    assert await open_at(house, "25/03") == 1
    assert (await newest(house)).last_day == date(2024, 4, 24)


async def test_an_ended_one_is_not_taken_up_again(house: House) -> None:
    number = await issue(house)
    await open_at(house, "04/03")
    await _as_of_old(house, number)
    await open_at(house, "05/03", "09:00")
    async with house.database.write() as session:
        assert await session.get(Heartbeat, ADOPTED) is not None
    await act(house, number, recurring.end_series)
    assert await open_at(house, "25/03") == 0


async def test_an_old_recurrence_beside_another_deadline_is_left_alone(house: House) -> None:
    number = await issue(house, "hằng tuần", Deadline(date(2024, 6, 30), text="hoàn thành trước 30/6"))
    await _as_of_old(house, number)
    assert await open_at(house, "10/07") == 0


def test_the_deadline_of_a_directive_is_what_it_was_read_as() -> None:
    one = Directive(
        deadline_date=THE_25TH.date, deadline_inclusive=False, deadline_time=time(16, 0), deadline_text=THE_25TH.text
    )
    assert deadline_of(one) == THE_25TH
    assert deadline_of(Directive()) is None
