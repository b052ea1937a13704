"""What a transaction has read once and may read again: who works where, the tree of units, what hangs on a directive.

It is forgotten when anything of its kind changes in the same transaction, and with the transaction. Others cannot
change it in between: a transaction sees one state of the database.

What hangs on the organisation alone, which changes some times a month, outlives the transaction (``standing``). SQLite
keeps a number in the file, which each transaction that changes a table of the organisation raises, in whatever process
it is (``db.driver``): what was read under the number a transaction sees is true in it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from db import driver
from db.models import (
    Absence,
    Account,
    Alias,
    Attachment,
    Directive,
    Explanation,
    Measure,
    Membership,
    Obstacle,
    Person,
    Report,
    Unit,
)

T = TypeVar("T")
DIRECTORY = (Unit, Person, Membership, Absence, Account, Alias, Measure)
WORK = (Directive, Report, Attachment, Obstacle, Explanation)
STANDING = frozenset(kind.__tablename__ for kind in (Unit, Person, Membership, Alias, Measure))
"""The tables of which ``standing`` remembers. Whatever else is made to depend on it has to be added here."""
_KEY, _OF_WORK = "memo", "memo_of_work"
_TOUCHED, ANYTHING = "touched", "*"
_STANDING, _THERE, _VERSION = "standing", "there", "version"
SHARED = "shared"  # in a session: one and the same in all of a Database


async def remembered(
    session: AsyncSession, key: Hashable, read: Callable[[], Awaitable[T]], *, of_work: bool = False
) -> T:
    """What was read before under a key in this transaction, or else what is read now.

    Args:
        session: any transaction.
        key: what it is, with all it depends on but the directory.
        read: reads it; what it gives is not changed by anybody.
        of_work: it depends on directives and what was said of them, not on the directory.
    """
    place = _OF_WORK if of_work else _KEY
    sync = session.sync_session
    if sync.new or sync.dirty:
        await session.flush()  # what reads would see it
    kept = sync.info.setdefault(place, {})
    if key not in kept:
        found = await read()
        kept = sync.info.setdefault(place, {})
        kept[key] = found
    return cast(T, kept[key])


async def standing(session: AsyncSession, key: Hashable, read: Callable[[], Awaitable[T]]) -> T:
    """What was read before under a key, in this transaction or another, while the organisation is what it was.

    Args:
        session: any transaction.
        key: what it is, with all it depends on but the tables in ``STANDING``.
        read: reads it; what it gives is no row, and is not changed by anybody.
    """
    sync = session.sync_session
    if sync.new or sync.dirty:
        await session.flush()
    there = await _there(session)
    if there is None:
        return await remembered(session, key, read)
    if there.has_changed:
        return await read()
    if _VERSION not in sync.info:
        sync.info[_VERSION] = there.version()
    version = sync.info[_VERSION]
    kept = shared(session, _STANDING)
    if kept.get(_VERSION) != version:
        kept.clear()
        kept[_VERSION] = version
    if key not in kept:
        found = await read()
        if kept.get(_VERSION) != version:  # somebody else was let on meanwhile
            return found
        kept[key] = found
    return cast(T, kept[key])


async def _there(session: AsyncSession) -> driver.Connection | None:
    """What the transaction runs on; None for a database that does not count."""
    info = session.sync_session.info
    if _THERE not in info:  # nothing was asked yet, or a savepoint was taken back
        connection = (await session.connection()).sync_connection
        assert connection is not None  # noqa: S101  (it is open)
        _begun(session.sync_session, None, connection)
    return cast("driver.Connection | None", info[_THERE])


def touched(session: AsyncSession) -> frozenset[str]:
    """The names of the tables this transaction has changed rows of, or tried to; ``ANYTHING`` where it may be any."""
    return frozenset(session.sync_session.info.get(_TOUCHED, ()))


def shared(session: AsyncSession, name: str) -> dict[Any, Any]:
    """What all transactions of one ``Database`` share under a name. Whoever keeps something there sees to its truth."""
    kept: dict[str, dict[Any, Any]] = session.sync_session.info.setdefault(SHARED, {})
    return kept.setdefault(name, {})


def listen() -> None:
    """Forget in time, in every session of the program."""
    for name, heard in (
        ("after_begin", _begun),
        ("after_flush", _flushed),
        ("do_orm_execute", _executed),
        ("after_commit", _ended),
        ("after_rollback", _ended),
        ("after_soft_rollback", _rolled_back),
    ):
        if not event.contains(Session, name, heard):
            event.listen(Session, name, heard)


def _begun(session: Session, _transaction: object, connection: Connection) -> None:
    there = connection.connection.driver_connection
    session.info[_THERE] = there if isinstance(there, driver.Connection) else None


def _ended(session: Session) -> None:
    session.info.pop(_THERE, None)
    session.info.pop(_VERSION, None)
    _over(session)


def _over(session: Session) -> None:
    session.info.pop(_KEY, None)
    session.info.pop(_OF_WORK, None)


def _rolled_back(session: Session, _transaction: object) -> None:
    _over(session)


def _flushed(session: Session, _flush: UOWTransaction) -> None:
    changed = (*session.new, *session.dirty, *session.deleted)
    _touch(session, {row.__tablename__ for row in changed})
    for kinds, place in ((DIRECTORY, _KEY), (WORK, _OF_WORK)):
        if any(isinstance(row, kinds) for row in changed):
            session.info.pop(place, None)


def _executed(state: ORMExecuteState) -> None:
    if not state.is_select:
        _over(state.session)
        _touch(state.session, {getattr(getattr(state.statement, "table", None), "name", ANYTHING)})


def _touch(session: Session, tables: set[str]) -> None:
    session.info.setdefault(_TOUCHED, set()).update(tables)
