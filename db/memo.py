"""What a transaction has read once and may read again: who works where, the tree of units, what hangs on a directive.

It is forgotten when anything of its kind changes in the same transaction, and with the transaction. Others cannot
change it in between: a transaction sees one state of the database.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar, cast

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from db.models import (
    Absence,
    Account,
    Attachment,
    Directive,
    Explanation,
    Membership,
    Obstacle,
    Person,
    Report,
    Unit,
)

T = TypeVar("T")
DIRECTORY = (Unit, Person, Membership, Absence, Account)
WORK = (Directive, Report, Attachment, Obstacle, Explanation)
_KEY, _OF_WORK = "memo", "memo_of_work"
_TOUCHED, ANYTHING = "touched", "*"
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
        ("after_flush", _flushed),
        ("do_orm_execute", _executed),
        ("after_commit", _over),
        ("after_rollback", _over),
        ("after_soft_rollback", _rolled_back),
    ):
        if not event.contains(Session, name, heard):
            event.listen(Session, name, heard)


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
