"""Who owes the decision on a directive now, from the database as it is: asked by rights, lists and reminders alike.

Somebody who is away is asked in the person of who stands in for them; one without a deputy, or whom nobody can write
to, is passed over, so that nothing waits for a person who is not there. Nobody is asked about what they handed in
themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from db import Session
from db.models import Directive, Extension, Person, Unit
from db.queries import reminders as queries
from domain.approvals import Level, level
from domain.calendar import OFFICE_ZONE
from domain.errors import AwaitsHead, LeaderDecides, MoveNotAllowed, NotAllowed
from domain.lifecycle import WITH_UNIT, Event, State
from domain.office import Office
from domain.rights import Action, Role, Standing, may, require
from services import absences, people, posts, scope

if TYPE_CHECKING:  # which needs the reminders, and they need this
    from services.life import By

WAITING = (State.SUBMITTED, State.DECLINED)


@dataclass(frozen=True)
class Awaited:
    """Who owes the decision on one directive.

    Attributes:
        level: whose turn it is.
        heads: who may agree for the unit, where it is the head's turn.
        clerks: of the office, without those of the lead unit.
        leader: the leader in charge, or who stands in; None where nobody can be asked.
    """

    level: Level
    heads: tuple[int, ...] = ()
    clerks: tuple[int, ...] = ()
    leader: int | None = None

    @property
    def people(self) -> tuple[int, ...]:
        """The ids of those whose turn it is."""
        match self.level:
            case Level.HEAD:
                return self.heads
            case Level.LEADER:
                return () if self.leader is None else (self.leader,)
        return (*self.clerks, *(() if self.leader is None else (self.leader,)))


async def awaited(
    session: Session, directives: Sequence[Directive], now: datetime, office: Office
) -> dict[int, Awaited]:
    """Who owes the decision on each of some directives, by their ids, with a fixed number of queries.

    Of one that is declined, or of which more time is asked, that is the assigner's side.

    Args:
        session: an open transaction.
        directives: those that wait.
        now: aware.
        office: how many levels decide.
    """
    if not directives:
        return {}
    asked = await _Asked.of(session, {d.lead_unit_id for d in directives if d.lead_unit_id}, now)
    return {d.id: asked.about(d, office) for d in directives}


async def of_one(session: Session, directive: Directive, by: By) -> Awaited:
    """Who owes the decision on a directive."""
    return (await awaited(session, [directive], by.now, by.office))[directive.id]


@dataclass(frozen=True)
class _Asked:
    """Who can be asked today, by unit."""

    heads: Mapping[int, Sequence[tuple[int, int]]]  # (the head, who is asked), of those who are there
    members: Mapping[int, frozenset[int]]
    clerks: tuple[int, ...]
    leaders: Mapping[int, int]  # who is asked in the leader's place, or the leader

    @classmethod
    async def of(cls, session: Session, units: Collection[int], now: datetime) -> _Asked:
        instead = await absences.replaced(session, now.astimezone(OFFICE_ZONE).date())
        reachable = await queries.hearers(session, units)
        there = {one.id for one in reachable}
        heads, members = {}, {}
        for unit, serving in (await posts.serving(session, units)).items():
            own = [p for p, role in serving.items() if role is Role.HEAD and (p in there or p in instead)]
            asked = ((head, instead.get(head, head)) for head in own)
            heads[unit] = [(head, who) for head, who in asked if who in serving]
            members[unit] = frozenset(serving)
        known = await scope.tree(session)
        can_read = {number for number, _ in await queries.leaders(session)}
        leaders = {unit: instead.get(one, one) for unit in units if (one := known.leader_of(unit)) is not None}
        clerks = await queries.clerks(session)
        present = [c for c in clerks if instead.get(c, c) is not None] or clerks
        office = tuple(dict.fromkeys(instead.get(c, c) or c for c in present))
        return cls(heads, members, office, {u: one for u, one in leaders.items() if one in can_read})

    def about(self, directive: Directive, office: Office) -> Awaited:
        unit, author = directive.lead_unit_id or 0, directive.submitted_by
        own = self.members.get(unit, frozenset())
        heads = self.heads.get(unit, ())
        asked = () if any(head == author for head, _ in heads) else tuple(w for _, w in heads if w != author)
        leader = self.leaders.get(unit)
        leader = None if leader == author or leader in own else leader
        is_done = directive.state == State.SUBMITTED
        whose = level(
            office.approval,
            is_important=directive.important and is_done,
            is_checked=directive.checked_at is not None or not is_done,
            has_head=bool(asked),
            has_leader=leader is not None,
        )
        return Awaited(whose, asked, tuple(c for c in self.clerks if c not in own and c != author), leader)


async def first_told(session: Session, directive: Directive, by: By) -> list[Person]:
    """Who is told that it was handed in: the unit's head where the head comes first, else the assigner's side."""
    if directive.lead_unit_id and (await of_one(session, directive, by)).level is Level.HEAD:
        return [p for p in await posts.heads_of(session, directive.lead_unit_id) if p.id != directive.submitted_by]
    return await people.deciders(session, directive)


# --- may they? ---


async def require_check(session: Session, directive: Directive, by: By) -> None:
    """Let a unit's head agree, or refuse.

    Raises:
        NotAllowed, MoveNotAllowed: not theirs to agree to; nothing waits for it.
    """
    await people.check(session, by, directive, Action.CHECK)
    if directive.state != State.SUBMITTED or (await of_one(session, directive, by)).level is not Level.HEAD:
        raise MoveNotAllowed(directive.state, Event.CHECK)


async def require_approval(session: Session, directive: Directive, by: By) -> None:
    """Let somebody of the assigner's side approve, or refuse.

    Raises:
        NotAllowed: not on that side, or it is their own report.
        AwaitsHead, LeaderDecides: somebody else comes first, or alone.
    """
    role = await _require_decision(session, directive, by)
    if directive.state != State.SUBMITTED:
        return  # the table of moves refuses it
    turn = await of_one(session, directive, by)
    if turn.level is Level.HEAD:
        raise AwaitsHead(directive.id, await names(session, turn.heads))
    if turn.level is Level.LEADER and role is not Role.LEADER:
        raise LeaderDecides(directive.id, await names(session, turn.people))


async def require_return(session: Session, directive: Directive, by: By) -> None:
    """Let the head return what waits for them, or the assigner's side what waits for it, or refuse.

    Raises:
        NotAllowed: neither.
        AwaitsHead: the head comes first.
    """
    turn = await of_one(session, directive, by) if directive.state == State.SUBMITTED else None
    is_heads = turn is not None and turn.level is Level.HEAD
    if is_heads and may(Action.CHECK, await people.standing(session, by, directive)):
        return
    await _require_decision(session, directive, by)
    if turn is not None and is_heads:
        raise AwaitsHead(directive.id, await names(session, turn.heads))


async def _require_decision(session: Session, directive: Directive, by: By) -> Role:
    stands = await people.standing(session, by, directive)
    if stands.submitted:
        raise NotAllowed("own_report")
    require(Action.DECIDE, stands)
    return stands.role


async def names(session: Session, ids: Iterable[int]) -> str:
    """ "Trưởng phòng Trần Văn Nội": who they are, for a sentence."""
    found = [await session.get_one(Person, number) for number in ids]
    return ", ".join(f"{p.position} {p.name}" if p.position else p.name for p in found)


# --- what waits ---


async def waiting(session: Session, who: By) -> dict[Directive, Awaited]:
    """What was handed in or declined and waits for a person, longest first. Of the lead unit that is its head."""
    by_unit = Directive.lead_unit_id.in_(select(Unit.id))  # even where all are meant: the index begins with the unit
    query = select(Directive).where(by_unit, Directive.state.in_(WAITING))
    units = await scope.units_in_charge(session, who.person, who.now.astimezone(OFFICE_ZONE).date())
    if units is not None:
        query = query.where(Directive.lead_unit_id.in_(units))
    found = list(await session.scalars(query.order_by(Directive.waits_since, Directive.id)))
    turns = await awaited(session, found, who.now, who.office)
    stands = await people.standings(session, who, found)
    pairs = zip(found, stands, strict=True)
    return {d: turns[d.id] for d, one in pairs if _is_theirs(turns[d.id], who.person.id, one)}


def _is_theirs(turn: Awaited, person: int, stands: Standing) -> bool:
    match turn.level:
        case Level.HEAD:
            return person in turn.heads
        case Level.LEADER:
            return stands.role is Role.LEADER and people.may_decide(stands)
    return people.may_decide(stands)


def days_waited(directive: Directive, now: datetime, office: Office) -> int:
    """For how many working days a decision on a directive has been owed."""
    return days_since(directive.waits_since or directive.submitted_at or now, now, office)


def days_since(moment: datetime, now: datetime, office: Office) -> int:
    """How many working days lie after the day of an aware moment, up to today."""
    begun, today = (one.astimezone(OFFICE_ZONE).date() for one in (moment, now))
    return max(0, office.calendar.working_days_between(begun, today))


async def hearing(session: Session, ids: Collection[int], now: datetime, office: Office) -> dict[int, tuple[int, ...]]:
    """Who is reminded in the morning of each decision that is still owed, by the directive's id.

    Leaders read of theirs in the digest.
    """
    found = [d for d in await session.scalars(select(Directive).where(Directive.id.in_(ids))) if d.state in WAITING]
    asked = select(Extension.directive_id).where(Extension.directive_id.in_(ids), Extension.state == "pending")
    pending = select(Directive).where(Directive.id.in_(asked), Directive.state.in_(WITH_UNIT))
    found += await session.scalars(pending)
    turns = await awaited(session, found, now, office)
    return {number: _in_the_morning(turn) for number, turn in turns.items()}


def _in_the_morning(turn: Awaited) -> tuple[int, ...]:
    match turn.level:
        case Level.HEAD:
            return turn.heads
        case Level.LEADER:
            return ()
    return turn.clerks


async def owed(
    session: Session, ids: Collection[int], now: datetime, office: Office
) -> dict[int, tuple[int, date | None]]:
    """For how many working days each of these decisions has waited; of a request for more time the day asked for."""
    asked = select(Extension).where(Extension.directive_id.in_(ids), Extension.state == "pending")
    until = {e.directive_id: e.until for e in await session.scalars(asked)}
    found = await session.scalars(select(Directive).where(Directive.id.in_(ids)))
    return {d.id: (days_waited(d, now, office), until.get(d.id) if d.state in WITH_UNIT else None) for d in found}
