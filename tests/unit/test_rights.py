"""Who may do what: every role, every action, every standing, as one table; and services that refuse."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from db.models import Directive, Person
from domain.errors import NotAllowed
from domain.lifecycle import Event, State
from domain.rights import Action, Role, Standing, may
from services import extensions, issuing, life, notices, office
from services.life import By, Said
from tests.talk import Talk

A = Action
UNIT = {A.SEE, A.ACKNOWLEDGE, A.REPORT, A.SUBMIT, A.DECLINE, A.ASK_EXTENSION}
OFFICE = {A.SEE, A.READ_NOTICES, A.ISSUE, A.DECIDE, A.STEER, A.INVITE, A.SEE_UNITS, A.TEACH}

TABLE: dict[tuple[Role, str], set[Action]] = {
    (Role.LEADER, "in charge"): {A.SEE, A.ISSUE, A.DECIDE, A.STEER, A.SEE_UNITS},
    (Role.LEADER, "other"): {A.SEE_UNITS},
    (Role.CLERK, "other"): OFFICE,
    (Role.CLERK, "own unit"): (OFFICE | UNIT) - {A.DECIDE},
    (Role.HEAD, "own unit"): UNIT,
    (Role.HEAD, "helps"): {A.SEE},
    (Role.HEAD, "other"): set(),
    (Role.OFFICER, "own unit"): UNIT,
    (Role.OFFICER, "helps"): {A.SEE},
    (Role.OFFICER, "other"): set(),
    (Role.ADMIN, "other"): {A.INVITE, A.SEE_UNITS, A.TEACH},
    (Role.ADMIN, "own unit"): {A.INVITE, A.SEE_UNITS, A.TEACH},
}
STANDS = {"in charge": {"in_charge": True}, "own unit": {"own_unit": True}, "helps": {"helps": True}, "other": {}}


@pytest.mark.parametrize(("role", "how"), TABLE)
@pytest.mark.parametrize("action", Action)
def test_the_table(role: Role, how: str, action: Action) -> None:
    assert may(action, Standing(role, **STANDS[how])) == (action in TABLE[role, how])


Act = Callable[[Any, Directive, By], Awaitable[Any]]

# (what is asked for, the state it is asked in, who may)
ASKED: dict[str, tuple[Act, State, set[str]]] = {
    "acknowledge": (life.acknowledge, State.ISSUED, {"noi", "nam"}),
    "report": (lambda s, d, by: life.report(s, d, Said("progress", "đang làm"), by), State.ISSUED, {"noi", "nam"}),
    "note": (lambda s, d, by: life.note(s, d, Said("done", "xong"), by), State.ISSUED, {"noi", "nam"}),
    "submit": (life.submit, State.ISSUED, {"noi", "nam"}),
    "decline": (lambda s, d, by: life.decline(s, d, by, "nhầm"), State.ISSUED, {"noi", "nam"}),
    "may_ask": (extensions.may_ask, State.ISSUED, {"noi", "nam"}),
    "ask": (lambda s, d, by: extensions.ask(s, d, date(2025, 3, 1), "chờ", by), State.ISSUED, {"noi", "nam"}),
    "approve": (life.approve, State.SUBMITTED, {"van", "lam", "phuc"}),
    "send_back": (lambda s, d, by: life.send_back(s, d, by, "thiếu"), State.SUBMITTED, {"van", "lam", "phuc"}),
    "insist": (life.insist, State.DECLINED, {"van", "lam", "phuc"}),
    "suspend": (lambda s, d, by: life.steer(s, d, Event.SUSPEND, by, "chờ"), State.ISSUED, {"van", "lam", "phuc"}),
    "cancel": (lambda s, d, by: life.steer(s, d, Event.CANCEL, by, "thừa"), State.ISSUED, {"van", "lam", "phuc"}),
    "issue": (lambda s, d, by: issuing.issue(s, [d], by), State.DRAFT, {"van", "lam", "phuc"}),
    "drop": (issuing.drop, State.DRAFT, {"van", "lam", "phuc"}),
    "change_text": (lambda s, d, by: notices.change_text(s, d, "khác", by), State.DRAFT, {"van"}),
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


async def test_reassigning_needs_the_assigners_side(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    for who in ("noi", "nam", "tai", "an"):
        async with talk.app.database.read() as session:
            person = await office.person_by_key(session, who)
            directive = await session.get_one(Directive, 1)
            assert person
            with pytest.raises(NotAllowed):
                await life.reassign(session, directive, person.unit, By(person, talk.now, talk.app.office))


async def test_who_left_may_do_nothing_from_that_moment_on(talk: Talk) -> None:
    async with talk.app.database.write() as session:
        person = await office.person_by_key(session, "nam")
        assert person
        person.active = False
    await talk.says("nam", "/viec")
    talk.hears("nam", "liên hệ Văn phòng để nhận mã mời")
