"""What figures count of each directive at any moment, kept in the transaction in which it changes.

A listener on every session of the program, as ``db.passages``: whoever changes a directive's state, unit or deadline,
its difficulties, or who supervises a unit, need not think of it. What is written is the stretch that ends and the one
that begins, with the moment of the audit row of the same transaction. A change of what is counted without an audit row
is a mistake of the program and is refused. One that is put in as a whole, without any row of the audit, is told by the
moments it brings along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    delete,
    event,
    func,
    insert,
    inspect,
    select,
    true,
    update,
)  # fmt: skip
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from db.models import Base, Directive, Obstacle, Person, Phase, Transition, Unit, UnitPhase
from db.retracing import AT_ONCE, OF_DIRECTIVE, retrace, unit_ids
from domain.lifecycle import State
from domain.obstacles import Kind

_KEY = "phases"

COUNTED = frozenset({column.key for name, column in OF_DIRECTIVE.items() if name != "submitted_at"}) | {
    "submitted_at",
    "completed_at",
}
WATCHED: Mapping[type[Base], frozenset[str]] = {
    Directive: COUNTED,
    Obstacle: frozenset({"directive_id", "kind", "opened_at", "closed_at"}),
    Unit: frozenset({"leader_id", "parent_id", "kind"}),
    Person: frozenset({"active"}),
}
_TABLES = frozenset(kind.__tablename__ for kind in WATCHED)


@dataclass
class _Pending:
    """What a transaction has changed, and when that was, by its audit rows."""

    directives: set[int] = field(default_factory=set)
    units: bool = False
    loose: bool = False  # changed by a statement instead of through rows: what the audit speaks of is looked at
    moments: dict[int | None, datetime] = field(default_factory=dict)  # None: of any row
    spoken_of: set[int] = field(default_factory=set)


def _pending(session: Session) -> _Pending:
    found: _Pending = session.info.setdefault(_KEY, _Pending())
    return found


# --- hearing ---


def _flushed(session: Session, _flush: UOWTransaction) -> None:
    for row in session.new:
        if isinstance(row, Transition):
            _hear_of(_pending(session), row)
        elif type(row) in WATCHED:
            _note(_pending(session), row)
    for row in session.dirty:
        if type(row) in WATCHED and _has_changed(row, WATCHED[type(row)]):
            _note(_pending(session), row)
    for row in session.deleted:
        if isinstance(row, Obstacle):
            _note(_pending(session), row)


def _hear_of(pending: _Pending, row: Transition) -> None:
    pending.moments[None] = row.at
    if row.directive_id is not None:
        pending.moments[row.directive_id] = row.at
        pending.spoken_of.add(row.directive_id)


def _note(pending: _Pending, row: object) -> None:
    if isinstance(row, Directive):
        if row.issued_at is not None and row.state != State.DRAFT:
            pending.directives.add(row.id)
    elif isinstance(row, Obstacle):
        pending.directives.add(row.directive_id)
    else:
        pending.units = True


def _has_changed(row: Base, names: Iterable[str]) -> bool:
    state = inspect(row)
    return any(state.attrs[name].history.has_changes() for name in names)


def _executed(state: ORMExecuteState) -> None:
    """Of a statement that changes rows at once: its units are looked at; counted columns of directives are refused."""
    table = getattr(getattr(state.statement, "table", None), "name", None)
    if state.is_select or state.is_insert or table not in _TABLES:
        return
    pending = _pending(state.session)
    if table in {Unit.__tablename__, Person.__tablename__}:
        pending.units = True
    else:
        pending.loose = True
    mapper = state.bind_mapper
    if state.is_update and mapper and mapper.class_ is Directive and COUNTED & _columns(state):
        raise RuntimeError("what is counted of a directive is changed through its row: see db.phases")


def _columns(state: ORMExecuteState) -> set[str]:
    values = getattr(state.statement, "_values", None) or {}
    return {getattr(key, "key", str(key)) for key in values}


def _committing(session: Session) -> None:
    if session.in_nested_transaction() or not (session.new or session.dirty or session.deleted or _KEY in session.info):
        return
    session.flush()
    _settle(session)


def _over(session: Session) -> None:
    session.info.pop(_KEY, None)


def listen() -> None:
    """Hear of the changes of every session of the program, from now on."""
    for name, heard in (
        ("after_flush", _flushed),
        ("do_orm_execute", _executed),
        ("before_commit", _committing),
        ("after_commit", _over),
        ("after_rollback", _over),
    ):
        if not event.contains(Session, name, heard):
            event.listen(Session, name, heard)


async def settle(session: AsyncSession) -> None:
    """Write what has changed so far in this transaction, before past figures are read in it.

    Raises:
        RuntimeError: something counted has changed without an audit row.
    """
    if _KEY in session.info:
        await session.flush()
        await session.run_sync(_settle)


def _settle(session: Session) -> None:
    pending = session.info.pop(_KEY, None)
    if pending is None:
        return
    if pending.units:
        _write_units(session.connection(), pending.moments.get(None))
    ids = pending.directives | (pending.spoken_of if pending.loose else set())
    for some in _pieces(sorted(ids)):
        _write(session.connection(), some, pending.moments)
    # a savepoint may be taken back, and the next change may come without its row
    session.info[_KEY] = _Pending(moments=pending.moments) if pending.moments else _Pending()


def _pieces(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[i : i + AT_ONCE] for i in range(0, len(ids), AT_ONCE))


# --- writing ---


def _facts(ids: Sequence[int]) -> Select[*tuple[Any, ...]]:
    """Of each directive that was issued what is counted of it now, beside the stretch that lasts."""
    blocked = (
        select(func.min(Obstacle.opened_at))
        .where(Obstacle.directive_id == Directive.id, Obstacle.kind == Kind.DIFFICULTY, Obstacle.closed_at.is_(None))
        .scalar_subquery()
    )
    now = [*(column.label(name) for name, column in OF_DIRECTIVE.items()), blocked.label("blocked_since")]
    before = [getattr(Phase, name).label(f"was_{name}") for name in ("id", "since", "state_since", *NAMES)]
    return (
        select(Directive.id.label("directive_id"), *now, *before)
        .outerjoin(Phase, (Phase.directive_id == Directive.id) & Phase.until.is_(None))
        .where(Directive.id.in_(ids), Directive.issued_at.is_not(None), Directive.state != State.DRAFT)
        .order_by(Directive.id)
    )


NAMES = (*OF_DIRECTIVE, "blocked_since")
"""What is compared."""


def _write(connection: Connection, ids: Sequence[int], moments: Mapping[int | None, datetime]) -> None:
    ended: dict[datetime, list[int]] = {}
    begun: list[dict[str, Any]] = []
    untold: list[int] = []
    for row in connection.execute(_facts(ids)):
        facts = {name: getattr(row, name) for name in NAMES}
        if row.was_id is not None and all(facts[name] == getattr(row, f"was_{name}") for name in NAMES):
            continue
        at = moments.get(row.directive_id) or moments.get(None)
        if at is None and row.was_id is None:
            untold.append(row.directive_id)
            continue
        if at is None:
            raise RuntimeError(f"#{row.directive_id}: something counted has changed without an audit row: {facts}")
        if row.was_id is not None and at <= row.was_since:
            _correct(connection, row, facts)
            continue
        if row.was_id is not None:
            ended.setdefault(at, []).append(row.was_id)
        is_same = row.was_id is not None and row.was_state == row.state
        begun.append(
            {"directive_id": row.directive_id, "since": at, "state_since": row.was_state_since if is_same else at}
            | facts
        )
    for at, phases in ended.items():
        connection.execute(update(Phase).where(Phase.id.in_(phases)).values(until=at))
    if begun:
        connection.execute(insert(Phase), begun)
    if untold:
        retrace(connection, untold)


def _correct(connection: Connection, row: Row[Any], facts: dict[str, Any]) -> None:
    """Two changes of one moment: nobody has seen what was between them."""
    since = row.was_state_since if row.was_state == row.state else row.was_since
    connection.execute(update(Phase).where(Phase.id == row.was_id).values(**facts, state_since=since))


def _write_units(connection: Connection, at: datetime | None) -> None:
    lasting = {u.unit_id: u for u in connection.execute(select(UnitPhase.__table__).where(UnitPhase.until.is_(None)))}
    for unit, facts in supervision(connection).items():
        was = lasting.get(unit)
        if was is not None and (was.kind, was.leader_id) == facts:
            continue
        if was is not None:
            if at is None:
                raise RuntimeError(f"unit {unit}: its kind or leader has changed without an audit row")
            over = update(UnitPhase).where(UnitPhase.id == was.id)
            connection.execute(over.values(until=at))
        kind, leader = facts
        since = at if was is not None else None
        connection.execute(insert(UnitPhase).values(unit_id=unit, since=since, kind=kind, leader_id=leader))


def supervision(connection: Connection) -> dict[int, tuple[str, int | None]]:
    """The kind of each unit, and the leader who supervises it: the nearest upwards who is there."""
    query = select(Unit.id, Unit.kind, Unit.parent_id, Person.id.label("leader")).outerjoin(
        Person, (Person.id == Unit.leader_id) & (Person.active == true())
    )
    units = {row.id: row for row in connection.execute(query.order_by(Unit.id))}
    above = {number: row.parent_id for number, row in units.items()}
    leaders = {number: row.leader for number, row in units.items()}
    return {number: (row.kind, _leader(above, leaders, number)) for number, row in units.items()}


def _leader(above: Mapping[int, int | None], leaders: Mapping[int, int | None], number: int) -> int | None:
    at: int | None = number
    seen: set[int] = set()
    while at is not None and at in above and at not in seen:
        seen.add(at)
        if leaders[at] is not None:
            return leaders[at]
        at = above[at]
    return None


def rebuild(connection: Connection) -> None:
    """Write the phases of everything that is there, as the migration does once."""
    connection.execute(delete(Phase))
    connection.execute(delete(UnitPhase))
    _write_units(connection, None)
    ids = connection.scalars(select(Directive.id).where(Directive.issued_at.is_not(None)).order_by(Directive.id)).all()
    names = unit_ids(connection)
    for some in _pieces(ids):
        retrace(connection, some, names)
