"""Who may do what: every role, every action, every standing, as one table; and services that refuse."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from db import Session
from db.models import Absence, Directive, Person, Transition
from domain.calendar import OFFICE_ZONE
from domain.errors import NotAllowed
from domain.lifecycle import Event, State
from domain.rights import Action, Role, Standing, may
from services import audit, correcting, deciding, extensions, issuing, office, reporting, show, steering
from services.life import By
from services.reporting import Said
from tests.talk import BEGINNING, Talk

A = Action
UNIT = {A.SEE, A.ACKNOWLEDGE, A.REPORT, A.SUBMIT, A.DECLINE, A.ASK_EXTENSION}
OFFICE = {
    A.SEE,
    A.READ_NOTICES,
    A.ISSUE,
    A.DECIDE,
    A.STEER,
    A.INVITE,
    A.SEE_UNITS,
    A.TEACH,
    A.ENTER_ABSENCE,
    A.ASK_EXPLANATION,
    A.URGE,
    A.INSTRUCT,
    A.MANAGE_PEOPLE,
    A.MANAGE_UNITS,
}
PRESSING = {A.ASK_EXPLANATION, A.URGE, A.INSTRUCT}
ADMIN = {A.INVITE, A.SEE_UNITS, A.TEACH, A.MANAGE_PEOPLE, A.MANAGE_UNITS}

TABLE: dict[tuple[Role, str], set[Action]] = {
    (Role.LEADER, "in charge"): {A.SEE, A.ISSUE, A.DECIDE, A.STEER, A.SEE_UNITS} | PRESSING,
    (Role.LEADER, "other"): {A.SEE_UNITS},
    (Role.CLERK, "other"): OFFICE,
    (Role.CLERK, "own unit"): (OFFICE | UNIT | {A.DELEGATE}) - {A.DECIDE} - PRESSING,
    (Role.CLERK, "helps"): OFFICE | {A.HELP},
    (Role.HEAD, "own unit"): UNIT | {A.DELEGATE, A.CHECK},
    (Role.HEAD, "helps"): {A.SEE, A.HELP},
    (Role.HEAD, "other"): set(),
    (Role.OFFICER, "own unit"): UNIT,
    (Role.OFFICER, "helps"): {A.SEE, A.HELP},
    (Role.OFFICER, "other"): set(),
    (Role.ADMIN, "other"): ADMIN,
    (Role.ADMIN, "own unit"): ADMIN,
}
STANDS = {"in charge": {"in_charge": True}, "own unit": {"own_unit": True}, "helps": {"helps": True}, "other": {}}


@pytest.mark.parametrize(("role", "how"), TABLE)
@pytest.mark.parametrize("action", Action)
def test_the_table(role: Role, how: str, action: Action) -> None:
    assert may(action, Standing(role, **STANDS[how])) == (action in TABLE[role, how])


Act = Callable[[Any, Directive, By], Awaitable[Any]]

# (what is asked for, the state it is asked in, who may)
ASKED: dict[str, tuple[Act, State, set[str]]] = {
    "acknowledge": (reporting.acknowledge, State.ISSUED, {"noi", "nam"}),
    "report": (lambda s, d, by: reporting.report(s, d, Said("progress", "đang làm"), by), State.ISSUED, {"noi", "nam"}),
    "note": (lambda s, d, by: reporting.note(s, d, Said("done", "xong"), by), State.ISSUED, {"noi", "nam"}),
    "submit": (reporting.submit, State.ISSUED, {"noi", "nam"}),
    "decline": (lambda s, d, by: reporting.decline(s, d, by, "nhầm"), State.ISSUED, {"noi", "nam"}),
    "may_ask": (extensions.may_ask, State.ISSUED, {"noi", "nam"}),
    "ask": (lambda s, d, by: extensions.ask(s, d, date(2024, 4, 1), "chờ", by), State.ISSUED, {"noi", "nam"}),
    "approve": (deciding.approve, State.SUBMITTED, {"van", "lam", "phuc"}),
    "send_back": (lambda s, d, by: deciding.send_back(s, d, by, "thiếu"), State.SUBMITTED, {"van", "lam", "phuc"}),
    "insist": (steering.insist, State.DECLINED, {"van", "lam", "phuc"}),
    "suspend": (lambda s, d, by: steering.steer(s, d, Event.SUSPEND, by, "chờ"), State.ISSUED, {"van", "lam", "phuc"}),
    "cancel": (lambda s, d, by: steering.steer(s, d, Event.CANCEL, by, "thừa"), State.ISSUED, {"van", "lam", "phuc"}),
    "issue": (lambda s, d, by: issuing.issue(s, [d], by), State.DRAFT, {"van", "lam", "phuc"}),
    "drop": (issuing.drop, State.DRAFT, {"van", "lam", "phuc"}),
    "change_text": (lambda s, d, by: correcting.change_text(s, d, "khác", by), State.DRAFT, {"van"}),
}  # fmt: skip
EVERYONE = ["lam", "phuc", "van", "noi", "nam", "tai", "hoa", "an"]


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("who", EVERYONE)
async def test_services_check_in_their_own_transaction(talk: Talk, asked: str, who: str) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    if (state := ASKED[asked][1]) is not State.DRAFT:
        await talk.presses("van", "Phát hành")
    act, _, allowed = ASKED[asked]
    with_refusal: type[Exception] | None = None
    try:
        async with talk.app.database.write() as session:
            directive = await session.get_one(Directive, 1)
            directive.state = state
            directive.submitted_at = talk.now if state is State.SUBMITTED else None
            person = await session.scalar(select(Person).where(Person.key == who))
            assert person
            await act(session, directive, By(person, talk.now, talk.app.office))
    except NotAllowed as refusal:
        with_refusal = type(refusal)
    assert (with_refusal is None) == (who in allowed)


# Lãnh đạo Phúc, in charge of Phòng Nội vụ, is away in February 2024 and Thu stands in. Thu leads no unit.
BEFORE, DURING = datetime(2024, 1, 31, 9, tzinfo=OFFICE_ZONE), datetime(2024, 2, 1, tzinfo=OFFICE_ZONE)
LAST, AFTER = datetime(2024, 2, 29, 23, 59, tzinfo=OFFICE_ZONE), datetime(2024, 3, 1, tzinfo=OFFICE_ZONE)
DECISIONS = [name for name in ASKED if ASKED[name][2] & {"phuc"}]


async def stand_in(session: Session, who: str, deputy: str, **changes: Any) -> None:
    keys = {p.key: p.id for p in await session.scalars(select(Person))}
    facts = {"first_day": DURING.date(), "last_day": LAST.date(), "made_by": keys["van"], "made_at": BEGINNING}
    session.add(Absence(person_id=keys[who], deputy_id=keys[deputy], **facts | changes))


async def second_deputy_head(session: Session) -> None:
    (unit_id,) = await session.scalars(select(Person.unit_id).where(Person.key == "lam"))
    session.add(Person(key="thu", name="Mai Văn Thu", position="Phó Chủ tịch", unit_id=unit_id, role=Role.LEADER))
    await session.flush()


async def is_allowed(talk: Talk, asked: str, who: str, at: datetime) -> bool:
    act, state, _ = ASKED[asked]
    try:
        async with talk.app.database.write() as session:
            directive = await session.get_one(Directive, 1)
            directive.state, directive.submitted_at = state, talk.now if state is State.SUBMITTED else None
            person = await office.person_by_key(session, who)
            assert person
            await act(session, directive, By(person, at, talk.app.office))
    except NotAllowed:
        return False
    return True


async def given(talk: Talk, *, issued: bool = True) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    if issued:
        await talk.presses("van", "Phát hành")
    async with talk.app.database.write() as session:
        await second_deputy_head(session)


@pytest.mark.parametrize("asked", DECISIONS)
async def test_a_leaders_deputy_decides_on_the_days_of_the_absence_alone(talk: Talk, asked: str) -> None:
    await given(talk, issued=ASKED[asked][1] is not State.DRAFT)
    assert not await is_allowed(talk, asked, "thu", DURING)
    async with talk.app.database.write() as session:
        await stand_in(session, "phuc", "thu")
    assert not await is_allowed(talk, asked, "thu", BEFORE)
    assert await is_allowed(talk, asked, "thu", DURING)


async def test_the_leader_keeps_their_rights_and_the_deputy_loses_theirs_after_the_last_day(talk: Talk) -> None:
    await given(talk)
    async with talk.app.database.write() as session:
        await stand_in(session, "phuc", "thu")
    assert await is_allowed(talk, "approve", "phuc", DURING)
    assert await is_allowed(talk, "approve", "thu", LAST)
    assert not await is_allowed(talk, "approve", "thu", AFTER)


UNIT_SIDE = [name for name in ASKED if ASKED[name][2] == {"noi", "nam"}]


@pytest.mark.parametrize("asked", [*UNIT_SIDE, "change_text"])
async def test_a_leaders_deputy_gets_nothing_a_leader_has_not(talk: Talk, asked: str) -> None:
    await given(talk, issued=ASKED[asked][1] is not State.DRAFT)
    async with talk.app.database.write() as session:
        await stand_in(session, "phuc", "thu")
    assert not await is_allowed(talk, asked, "thu", DURING)


async def end_early(session: Session) -> None:
    await session.execute(update(Absence).values(ended_at=BEGINNING))


async def dismiss(session: Session) -> None:
    await session.execute(update(Person).where(Person.key == "thu").values(active=False))


async def demote(session: Session) -> None:
    await session.execute(update(Person).where(Person.key == "thu").values(role=Role.OFFICER))


async def go_away_too(session: Session) -> None:
    await stand_in(session, "thu", "lam")


async def decline(session: Session) -> None:
    await session.execute(update(Absence).values(deputy_id=None))


async def the_leader_leaves(session: Session) -> None:
    await session.execute(update(Person).where(Person.key == "phuc").values(active=False))
    await audit.record(session, "left", now=DURING)


@pytest.mark.parametrize("change", [end_early, dismiss, demote, go_away_too, decline, the_leader_leaves])
async def test_what_ends_a_deputys_rights_at_once(talk: Talk, change: Callable[[Session], Awaitable[None]]) -> None:
    await given(talk)
    async with talk.app.database.write() as session:
        await stand_in(session, "phuc", "thu")
    assert await is_allowed(talk, "approve", "thu", DURING)
    async with talk.app.database.write() as session:
        await change(session)
    assert not await is_allowed(talk, "approve", "thu", DURING)


async def test_the_audit_says_in_whose_place(talk: Talk) -> None:
    await given(talk)
    async with talk.app.database.write() as session:
        await stand_in(session, "phuc", "thu")
        await stand_in(session, "thu", "lam", last_day=DURING.date())
    await is_allowed(talk, "approve", "lam", DURING)
    await is_allowed(talk, "approve", "thu", LAST)
    async with talk.app.database.read() as session:
        phuc = await session.scalar(select(Person.id).where(Person.key == "phuc"))
        rows = list(await session.scalars(select(Transition).where(Transition.event == Event.APPROVE)))
        told = [line.actor for line in await show.history(session, await session.get_one(Directive, 1))]
    assert [row.details.get("for") for row in rows] == [None, phuc]  # the chairman decides by himself
    assert told[-2:] == ["Hoàng Văn Lâm", "Mai Văn Thu (thay Lý Thị Phúc)"]


async def test_reassigning_needs_the_assigners_side(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    for who in ("noi", "nam", "tai", "an"):
        async with talk.app.database.read() as session:
            person = await office.person_by_key(session, who)
            directive = await session.get_one(Directive, 1)
            assert person
            with pytest.raises(NotAllowed):
                await steering.reassign(session, directive, person.unit, By(person, talk.now, talk.app.office))


async def test_who_left_may_do_nothing_from_that_moment_on(talk: Talk) -> None:
    async with talk.app.database.write() as session:
        person = await office.person_by_key(session, "nam")
        assert person
        person.active = False
    await talk.says("nam", "/viec")
    talk.hears("nam", "liên hệ Văn phòng để nhận mã mời")
