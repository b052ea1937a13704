"""A small office in which everybody of the table stands to one directive, ``#1``, as the table says.

It was given to UBND xã Bình Minh first and moved to Phòng Nội vụ; Phòng Tài chính helps. A service is asked as each
person in a savepoint of its own, so that nobody sees what another one did.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from db import Database, Session
from db.models import Coordination, Directive, Membership, Person, Unit
from domain.errors import NotAllowed, Refusal
from domain.lifecycle import State
from domain.office import Office
from domain.rights import Role
from services import accounts, issuing, notices, office, steering
from services.life import By
from services.office import PersonLine, UnitLine
from tests import people
from tests.talk import BEGINNING

NOW = BEGINNING
LAST_DAY = date(2024, 3, 14)
WHO = {
    "leader": "phuc",
    "other_leader": "thu",
    "leading_head": "kiem",
    "clerk": "van",
    "own_clerk": "vui",
    "head": "noi",
    "officer": "nam",
    "shared": "moi",
    "helping_head": "tai",
    "helping_officer": "tin",
    "former_head": "minh",
    "other_head": "thuy",
    "other_officer": "hoa",
    "admin": "an",
    "ended": "cu",
}
MORE_UNITS = (UnitLine("thuy-loi", "Trạm Thủy lợi", "department", "huyen", "thu"),)
MORE_PEOPLE = (
    PersonLine("thu", "Mai Văn Thu", "Phó Chủ tịch", "huyen", Role.LEADER),
    PersonLine("kiem", "Lê Thị Kiểm", "Phó Chủ tịch", "huyen", Role.LEADER),
    PersonLine("vui", "Đinh Thị Vui", "Văn thư", "noi-vu", Role.CLERK),
    PersonLine("tin", "Phan Văn Tín", "Chuyên viên", "tai-chinh", Role.OFFICER),
    PersonLine("thuy", "Hà Thị Thủy", "Trạm trưởng", "thuy-loi", Role.HEAD),
    PersonLine("cu", "Vương Văn Cũ", "Chuyên viên", "noi-vu", Role.OFFICER),
    PersonLine("ai", "Tô Văn Ái", "Chuyên viên", "thuy-loi", Role.OFFICER),  # whom others act upon
)


async def furnish(database: Database) -> None:
    """Bring in the office, and give the directives #1 (moved and helped with) and #2."""
    async with database.write() as session:
        await office.import_org(session, (*people.UNITS, *MORE_UNITS), (*people.PEOPLE, *MORE_PEOPLE), NOW)
        for person in await office.active_people(session):
            await accounts.link(session, person, "web", person.key, person.key, NOW)
        by = await acting(session, "van")
        units = {u.key: u for u in await session.scalars(select(Unit))}
        for lead in ("binh-minh", "noi-vu"):
            draft = await notices.draft_directly(session, "Báo cáo biên chế", units[lead], None, (), by)
            draft.last_day = draft.first_last_day = draft.deadline_date = LAST_DAY
            await issuing.issue(session, [draft], by)
        first = await session.get_one(Directive, 1)
        await steering.reassign(session, first, units["noi-vu"], by, "nhầm đơn vị")
        session.add(Coordination(directive_id=1, unit_id=units["tai-chinh"].id, written="Phòng Tài chính"))
        await _share(session, units)


async def _share(session: Session, units: dict[str, Unit]) -> None:
    """Môi works for Phòng Nội vụ besides; Kiểm heads it besides, and leads the whole office; Cũ has left."""
    keys = {p.key: p for p in await session.scalars(select(Person))}
    unit = units["noi-vu"].id
    session.add(Membership(person_id=keys["moi"].id, unit_id=unit, role=Role.OFFICER, since=NOW))
    session.add(Membership(person_id=keys["kiem"].id, unit_id=unit, role=Role.HEAD, since=NOW))
    units["huyen"].leader_id = keys["kiem"].id
    keys["cu"].active = False


async def acting(session: Session, who: str, now: datetime = NOW) -> By:
    """Somebody who acts."""
    person = await office.person_by_key(session, who)
    assert person is not None
    return By(person, now, Office())


Call = Callable[[Session, By], Awaitable[Any]]
Ready = Callable[[Session], Awaitable[None]]


@dataclass(frozen=True)
class Asked:
    """A service as it is asked: what brings the scene to the point, and the call itself.

    ``past`` are refusals that come after the question of rights: who gets one was let through.
    """

    call: Call
    ready: Ready | None = None
    state: State = State.IN_PROGRESS
    past: tuple[type[Refusal], ...] = ()


class _Undone(Exception):
    """Nothing of an asking is kept."""


async def who_may(database: Database, asked: Asked, wanted: tuple[str, ...] = tuple(WHO)) -> set[str]:
    """Ask a service as each of these people; gives those who were let through.

    Raises:
        Exception: whatever the service raises besides a refusal for want of the right.
    """
    let_through = set()
    try:
        async with database.write() as session:
            await _make_ready(session, asked)
            for who in wanted:
                point = await session.begin_nested()
                if await _passes(session, asked, WHO[who]):
                    let_through.add(who)
                await point.rollback()
                session.expunge_all()
            raise _Undone
    except _Undone:
        return let_through


async def _make_ready(session: Session, asked: Asked) -> None:
    directive = await session.get_one(Directive, 1)
    directive.state = asked.state
    directive.submitted_at = NOW if asked.state is State.SUBMITTED else None
    if asked.ready is not None:
        await asked.ready(session)
    await session.flush()
    session.expunge_all()


async def _passes(session: Session, asked: Asked, key: str) -> bool:
    by = await acting(session, key)
    try:
        await asked.call(session, by)
    except NotAllowed:
        return False
    except asked.past:
        return True
    return True


async def directive(session: Session, number: int = 1) -> Directive:
    """One of the two."""
    return await session.get_one(Directive, number)


async def unit(session: Session, key: str) -> Unit:
    """A unit by its key."""
    return (await session.scalars(select(Unit).where(Unit.key == key))).one()


async def person(session: Session, key: str) -> Person:
    """A person by their key."""
    return (await session.scalars(select(Person).where(Person.key == key))).one()


async def part(session: Session) -> Coordination:
    """The part of the unit that helps with #1."""
    return (await session.scalars(select(Coordination).where(Coordination.directive_id == 1))).one()
