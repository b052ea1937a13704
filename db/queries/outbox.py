"""Questions to the outbox: what may be said next, and to which address."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    Column,
    ColumnDefault,
    ColumnElement,
    Dialect,
    Insert,
    Integer,
    Select,
    String,
    Table,
    and_,
    bindparam,
    case,
    exists,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import aliased

from db import Session
from db.models import Account, Base, Outbox, Person
from db.types import UtcDateTime

BULK = 2
"""The priority of what can wait: sent on working days only, outside quiet hours."""

ONE_A_DAY = frozenset({"reminder", "digest"})
"""Kinds of which a person gets one a day: their keys end with the day, and they are sent on it alone."""


@dataclass(frozen=True)
class Gate:
    """What may be said at a moment.

    Attributes:
        now: aware.
        today: the local day.
        worst: the highest priority number let through (0 answers, 1 news, 2 bulk).
        worst_urgent: the same for what is urgent; not lower than ``worst``.
        running: the channels that exist; people are written to on one of these.
        silent: those of them that asked for silence.
        resting: (channel, chat) that may not be written to yet.
    """

    now: datetime
    today: date
    worst: int
    worst_urgent: int
    running: frozenset[str]
    silent: frozenset[str] = frozenset()
    resting: frozenset[tuple[str, str]] = frozenset()

    def at_most(self, priority: int) -> Gate:
        """The same, with nothing let through that can wait longer than this."""
        worst, urgent = min(self.worst, priority), min(self.worst_urgent, priority)
        return replace(self, worst=worst, worst_urgent=urgent)

    def without(self, channel: str, chat: str) -> Gate:
        """The same, with nothing let through to one chat."""
        return replace(self, resting=self.resting | {(channel, chat)})


@dataclass(frozen=True)
class Found:
    """A row whose turn it is, and where it goes; ``chat`` is None when its person cannot be written to."""

    row: Outbox
    channel: str | None
    chat: str | None
    is_active: bool  # False: its person takes no part any more


async def insert_once(
    session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]], key: str | Collection[str]
) -> int:
    """Insert the rows whose key is not there yet; the others are left as they are.

    Args:
        session: a write transaction.
        table: the model.
        rows: column values, the same columns in each.
        key: the column that is unique, or those that are so together.

    Returns:
        how many were new.
    """
    if not rows:
        return 0
    statement = insert_into(session, table).on_conflict_do_nothing(
        index_elements=[key] if isinstance(key, str) else list(key)
    )
    connection = await session.connection()
    if len(rows) < _MANY or connection.dialect.name != "sqlite":
        return (await connection.execute(statement, rows)).rowcount
    words, values = _written_out(statement, rows, connection.dialect)
    return (await connection.exec_driver_sql(words, values)).rowcount


_MANY = 100  # rows, from which on it pays to write them out here


def _written_out(
    statement: Insert, rows: Sequence[Mapping[str, Any]], dialect: Dialect
) -> tuple[str, list[tuple[Any, ...]]]:
    """What SQLAlchemy would hand to the driver, in a fifth of its time: column by column instead of row by row."""
    compiled = statement.compile(dialect=dialect, column_keys=list(rows[0]))
    table = cast(Table, statement.table)
    columns = [table.c[name] for name in compiled.positiontup or ()]
    return str(compiled), list(zip(*(_stored(column, rows, dialect) for column in columns), strict=True))


def _stored(column: Column[Any], rows: Sequence[Mapping[str, Any]], dialect: Dialect) -> list[Any]:
    """A column's values as its type stores them. What several rows in a row have in common is converted once."""
    convert = column.type.dialect_impl(dialect).bind_processor(dialect)
    values = [row[column.name] for row in rows] if column.name in rows[0] else [_default(column)] * len(rows)
    if convert is None:
        return values
    stored, last, converted = [], values[0], convert(values[0])
    for value in values:
        if value is not last:
            last, converted = value, convert(value)
        stored.append(converted)
    return stored


def _default(column: Column[Any]) -> Any:
    default = cast(ColumnDefault, column.default)
    return default.arg(None) if default.is_callable else default.arg


async def upsert(
    session: Session, table: type[Base], row: Mapping[str, Any], key: Collection[str], *, keep: Collection[str] = ()
) -> None:
    """Insert a row, or give the one with the same key these values; what is to be kept of it stays as it is."""
    statement = _upsert(session.get_bind().dialect.name, table, tuple(row), tuple(key), tuple(keep))
    await (await session.connection()).execute(statement, dict(row))


@cache  # putting the statement together takes longer than running it
def _upsert(dialect: str, table: type[Base], names: Sequence[str], key: Sequence[str], keep: Sequence[str]) -> Insert:
    statement = _insert_into(dialect, table)
    others = {name: statement.excluded[name] for name in names if name not in key and name not in keep}
    return cast(Insert, statement.on_conflict_do_update(index_elements=list(key), set_=others))


def insert_into(session: Session, table: type[Base]) -> Any:
    """An INSERT that can say what happens when its key is there already."""
    return _insert_into(session.get_bind().dialect.name, table)


def _insert_into(dialect: str, table: type[Base]) -> Any:
    # Both dialects have the clause, but SQLAlchemy gives each its own ``insert``.
    target = cast(Table, table.__table__)
    if dialect == "sqlite":
        return sqlite.insert(target)
    from sqlalchemy.dialects import postgresql  # a tenth of a second at every start, for the few who need it

    return postgresql.insert(target)


async def next_waiting(session: Session, gate: Gate) -> Found | None:
    """The row whose turn it is: by priority, then in the order they were queued.

    A chat that is being written to waits; so does what is behind a message that is to be tried again there.
    The recipient is found now: the newest account of the person that can be written to.
    """
    facts = {
        "now": gate.now,
        "worst": gate.worst,
        "worst_urgent": gate.worst_urgent,
        "of_today": f"%:{gate.today.isoformat()}",
        "running": list(gate.running),
        "speaking": list(gate.running - gate.silent),
        "resting": [f"{channel} {chat}" for channel, chat in gate.resting],
    }
    first = (await session.execute(_next_waiting(), facts)).first()
    if first is None and gate.worst_urgent > gate.worst:
        first = (await session.execute(_next_urgent(), facts)).first()
    return None if first is None else Found(first[0], first[1], first[2], first[3] is not False)


_Turn = Select[Outbox, str | None, str | None, bool | None]


@cache  # putting the statement together takes longer than running it
def _next_waiting() -> _Turn:
    is_daily = Outbox.kind.in_(ONE_A_DAY)
    return _first_of(Outbox.state == "queued", Outbox.priority <= _WORST, or_(~is_daily, _WORST >= BULK))


@cache
def _next_urgent() -> _Turn:
    """Of what the hour alone holds up. Asked apart, so that each question has an index."""
    is_held = and_(Outbox.priority > _WORST, Outbox.priority <= _WORST_URGENT)
    return _first_of(Outbox.state == "queued", Outbox.urgent == true(), is_held)


def _first_of(*where: ColumnElement[bool]) -> _Turn:
    home = aliased(Account)
    to_person = Outbox.person_id.is_not(None)
    channel = case((to_person, home.channel), else_=Outbox.channel)
    chat = case((to_person, home.chat), else_=Outbox.chat)
    return (
        select(Outbox, channel, chat, Person.active)
        .select_from(Outbox)
        .outerjoin(home, home.id == _newest_account())
        .outerjoin(Person, Person.id == Outbox.person_id)
        .where(
            *where,
            or_(Outbox.not_before.is_(None), Outbox.not_before <= _NOW),
            or_(Outbox.kind.not_in(ONE_A_DAY), Outbox.key.is_(None), Outbox.key.like(_OF_TODAY)),
            or_(chat.is_(None), channel.in_(bindparam("speaking", expanding=True))),
            or_(chat.is_(None), (channel + " " + chat).not_in(bindparam("resting", expanding=True))),
            ~_is_behind(channel, chat),
        )
        .order_by(Outbox.priority, Outbox.id)
        .limit(1)
        .with_for_update(of=Outbox, skip_locked=True)
    )


_NOW = bindparam("now", type_=UtcDateTime)
_OF_TODAY = bindparam("of_today", type_=String)
_WORST = bindparam("worst", type_=Integer)
_WORST_URGENT = bindparam("worst_urgent", type_=Integer)


def _newest_account() -> Any:
    own = aliased(Account)
    return (
        select(own.id)
        .where(
            own.person_id == Outbox.person_id,
            own.revoked_at.is_(None),
            own.unreachable_since.is_(None),
            own.channel.in_(bindparam("running", expanding=True)),
        )
        .order_by(own.seen_at.desc(), own.id.desc())
        .limit(1)
        .correlate(Outbox)
        .scalar_subquery()
    )


def _is_behind(channel: ColumnElement[Any], chat: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the chat is being written to, or an earlier message there waits to be tried again.

    The empty words hide a column from SQLite's choice of an index: few rows are being sent. The words written out
    name the rows of a small index of their own.
    """
    busy, tried = aliased(Outbox), aliased(Outbox)
    is_busy = exists().where(busy.state == "sending", busy.channel == channel, busy.chat + "" == chat)
    is_tried = exists().where(
        tried.chat == chat,
        tried.channel == channel,
        tried.state == literal_column("'queued'"),
        tried.attempts > literal_column("0"),
        tried.not_before > _NOW,
        tried.priority <= Outbox.priority,
        tried.id < Outbox.id,
    )
    return or_(is_busy.correlate_except(busy), is_tried.correlate_except(tried))
