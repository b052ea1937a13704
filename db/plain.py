"""Statements past the ORM: columns instead of rows that a session follows, by statements that are put together once.

For what is asked with every message: the session's own way costs several times what SQLite takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Executable, Insert, Row, Table
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from db.models import Base


def table(kind: type[Base]) -> Table:
    """The table of a model."""
    there = kind.__table__
    assert isinstance(there, Table)  # noqa: S101  (no model of ours is of anything else)
    return there


async def rows(
    session: AsyncSession, statement: Executable, facts: Mapping[str, Any]
) -> Sequence[Row[*tuple[Any, ...]]]:
    """All rows of a statement; it sees what the session has changed so far.

    Args:
        session: any transaction.
        statement: of tables, not of models; put together once, with a ``bindparam`` for each fact.
        facts: their values.
    """
    return await session.run_sync(lambda sync: _flushed(sync).connection().execute(statement, facts).all())


async def change(session: AsyncSession, statement: Executable, facts: Mapping[str, Any]) -> None:
    """Carry out a statement on a table that no listener of ours watches; it sees what the session has written."""
    await session.run_sync(lambda sync: sync.connection().execute(statement, facts))


async def add(session: AsyncSession, kind: type[Base], values: Mapping[str, Any]) -> int:
    """Add a row to a table that no listener of ours watches; gives its id."""

    def insert(sync: Session) -> int:
        key = sync.connection().execute(_insert(kind), values).inserted_primary_key
        assert key is not None  # noqa: S101  (one row was added)
        return int(key[0])

    return await session.run_sync(insert)


@cache  # putting it together takes longer than running it
def _insert(kind: type[Base]) -> Insert:
    return table(kind).insert()


def _flushed(session: Session) -> Session:
    if session.new or session.dirty or session.deleted:
        session.flush()
    return session
