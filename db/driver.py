"""SQLite in the event loop: a short statement runs where it is asked, without a thread that it is handed to and fro.

Most statements of an answer take some tens of microseconds; handing one to a thread and back costs ten times that. So
they run in the loop. What takes long goes to a thread while the loop goes on: a commit, which waits for the disk, and
every statement with the execution option ``aside``. Where another process writes, the loop is not held up either:
SQLite is told to give up at once, and is asked again after a pause.

A connection serves one task at a time; whoever is cancelled while a thread has it waits until that has let go of it.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Awaitable, Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import chain, islice, repeat
from typing import Any, TypeVar

from sqlalchemy import URL, Pool
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util.concurrency import await_, in_greenlet

T = TypeVar("T")
NAME = "sqlite+inloop"
ASIDE = "aside"
"""The execution option of a statement that may take long: it runs in a thread."""
IN_A_THREAD: Mapping[str, Any] = {ASIDE: True}
"""The same, as statements are given it."""

PAUSES_S = (0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1)  # between two tries; the last one again and again
STATEMENTS = 512  # kept prepared by each connection
_MOST_CHANGES = 2**31  # what the file has room for
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_RECOVERY, sqlite3.SQLITE_LOCKED})
_THREADS = ThreadPoolExecutor(4, "sqlite")
_FOR_WRITERS = ThreadPoolExecutor(2, "sqlite-write")  # everybody waits for them: never behind somebody's long question
_CHANGE = re.compile(
    r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+\"?(\w+)", re.I
)
_NO_CHANGE = re.compile(r"\s*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK|PRAGMA|BEGIN|COMMIT|EXPLAIN)\b", re.I)
_INTERRUPT_AGAIN_S = 0.05  # an interruption ends what runs, and misses what is about to


@lru_cache(maxsize=2 * STATEMENTS)
def changed_by(statement: str) -> str | None:
    """The table a statement changes, "" where that cannot be told; None where it changes none."""
    if found := _CHANGE.match(statement):
        return found[1].lower()
    return None if _NO_CHANGE.match(statement) else ""


class Connection(sqlite3.Connection):
    """What the dialect holds. ``begin`` and ``commit`` are the only ways into a transaction and out of it for good.

    Attributes:
        patience_s: for another process that writes.
        is_reading: the next transaction changes nothing.
        counted: tables whose changes are counted, for all processes, in the file itself (``version``).
        has_changed: this transaction has changed one of them, or may have.
    """

    patience_s = 0.0
    is_reading = False
    counted: frozenset[str] = frozenset()
    has_changed = False
    _changes = 0

    def cursor(self, *_: Any) -> Cursor:  # type: ignore[override]
        """One of ours."""
        return super().cursor(Cursor)

    def begin(self) -> None:
        """Start a transaction; one that may write takes its turn among writers at once.

        Raises:
            sqlite3.OperationalError: another process has been writing for longer than our patience.
        """
        # pysqlite's own BEGIN is deferred: two writers would meet in the middle and one would fail
        statement = "BEGIN" if self.is_reading else "BEGIN IMMEDIATE"
        self.has_changed = False
        self.cursor().execute(statement)
        self._changes = self.total_changes

    def version(self) -> int:
        """How many transactions have changed a counted table, as this one sees it."""
        return int(self.cursor().execute("PRAGMA user_version").fetchone()[0])

    def notes(self, statement: str) -> None:
        """A statement is asked."""
        table = changed_by(statement)
        if table is not None and (not table or table in self.counted):
            self.has_changed = True

    def commit(self) -> None:
        """End the transaction; waits for the disk in a thread where anything has changed."""
        if not self.in_transaction:
            return
        if self.total_changes == self._changes:
            super().commit()
        else:
            if self.has_changed and self.counted:
                self.cursor().execute(f"PRAGMA user_version = {(self.version() + 1) % _MOST_CHANGES}")
            commit = super().commit
            self.patiently(lambda: _aside(commit, threads=_FOR_WRITERS))

    def close(self) -> None:
        """Let go of the file; the last to do so writes back its log, which may take a while."""
        _aside(super().close, threads=_FOR_WRITERS)

    def terminate(self) -> None:
        """Close at once: nobody can wait any more."""
        super().close()

    def patiently(self, ask: Callable[[], T], patience_s: float | None = None) -> T:
        """What is asked of SQLite, again and again while another process is in the way."""
        waited, most = 0.0, self.patience_s if patience_s is None else patience_s
        pauses = chain(PAUSES_S, repeat(PAUSES_S[-1]))
        while True:
            try:
                return ask()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode not in _BUSY or waited >= most or not in_greenlet():
                    raise
            pause = next(pauses)
            await_(asyncio.sleep(pause))
            waited += pause

    def empty_log(self, patience_s: float) -> None:
        """Write the log back into the file and cut it to nothing, once nobody reads what it holds.

        Raises:
            sqlite3.OperationalError: somebody has been reading in it for longer than that.
        """
        cursor = self.cursor()

        def ask() -> None:
            _aside(lambda: cursor.ask("PRAGMA wal_checkpoint(TRUNCATE)", ()), threads=_FOR_WRITERS)
            if cursor.fetchone()[0]:  # SQLite says so in a row, as if it were no failure
                held = sqlite3.OperationalError("somebody reads in the log")
                held.sqlite_errorcode = sqlite3.SQLITE_BUSY
                raise held

        self.patiently(ask, patience_s)


class _Ready(Awaitable[None]):
    """Something to wait for that is there already."""

    def __await__(self) -> Generator[Any, None, None]:
        yield from ()


_READY = _Ready()


def _wait_for_nothing() -> None:
    """``AsyncConnection.execute`` takes a driver that never waits for one that knows no asyncio, and refuses it."""
    if in_greenlet():
        await_(_READY)


class Cursor(sqlite3.Cursor):
    """A statement that was asked: all its rows are here when ``execute`` returns, so that none of it stays open."""

    connection: Connection
    _rows: Iterator[Any] = iter(())

    def execute(self, statement: str, parameters: Any = (), /) -> Cursor:
        """Ask; as sqlite3, but patient."""
        _wait_for_nothing()
        self.connection.notes(statement)
        try:
            super().execute(statement, parameters)
            self._rows = iter(super().fetchall()) if self.description else iter(())
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode not in _BUSY:
                raise
            self.connection.patiently(lambda: self.ask(statement, parameters))
        return self

    def execute_aside(self, statement: str, parameters: Any) -> None:
        """Ask in a thread. Whoever is cancelled meanwhile ends the statement."""
        connection = self.connection
        connection.notes(statement)
        connection.patiently(lambda: _aside(lambda: self.ask(statement, parameters), connection.interrupt))

    def ask(self, statement: str, parameters: Any) -> None:
        """Once, in whatever thread this is."""
        sqlite3.Cursor.execute(self, statement, parameters)
        self._rows = iter(sqlite3.Cursor.fetchall(self) if self.description else ())

    def executemany(self, statement: str, parameters: Iterable[Any], /) -> Cursor:
        """As sqlite3. It is asked in a transaction that writes: nobody else is in the way."""
        _wait_for_nothing()
        self.connection.notes(statement)
        self._rows = iter(())
        super().executemany(statement, parameters)
        return self

    def fetchone(self) -> Any:
        """The next row, or None."""
        return next(self._rows, None)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows."""
        return list(islice(self._rows, self.arraysize if size is None else size))

    def fetchall(self) -> list[Any]:
        """The rows that are left."""
        return list(self._rows)

    def __iter__(self) -> Cursor:
        return self

    def __next__(self) -> Any:
        return next(self._rows)

    def close(self) -> None:
        """Let go of the rows."""
        self._rows = iter(())
        super().close()

    async def _async_soft_close(self) -> None:  # asked for by SQLAlchemy's asynchronous results
        """Nothing is open."""


def _do_nothing() -> None:
    pass


def _aside(
    work: Callable[[], T], interrupt: Callable[[], None] = _do_nothing, threads: ThreadPoolExecutor = _THREADS
) -> T:
    """Do it in a thread where there is a loop that can go on meanwhile."""
    return await_(_in_thread(work, interrupt, threads)) if in_greenlet() else work()


async def _in_thread(work: Callable[[], T], interrupt: Callable[[], None], threads: ThreadPoolExecutor) -> T:
    job = threads.submit(work)
    future = asyncio.wrap_future(job)
    try:
        await asyncio.wait({future})  # which leaves it alone when we are cancelled
        return future.result()
    except asyncio.CancelledError:
        if not job.cancel():  # it has begun
            await _ended(future, interrupt)
            future.exception()  # has been looked at
        raise


async def _ended(future: asyncio.Future[Any], interrupt: Callable[[], None]) -> None:
    """A thread uses the connection: nobody may have it before that has ended, however often one is told to stop."""
    while not future.done():
        interrupt()
        try:
            await asyncio.wait({future}, timeout=_INTERRUPT_AGAIN_S)
        except asyncio.CancelledError:
            continue


class Dialect(SQLiteDialect_pysqlite):
    """SQLAlchemy's own for SQLite, with the connections of this module."""

    driver = NAME.partition("+")[2]
    is_async = True
    has_terminate = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, _url: URL) -> type[Pool]:
        """One whose waiting does not hold up the loop."""
        return AsyncAdaptedQueuePool

    def create_connect_args(self, url: URL) -> tuple[Sequence[Any], dict[str, Any]]:
        """What ``sqlite3.connect`` is called with."""
        places, options = super().create_connect_args(url)
        ours = {"factory": Connection, "check_same_thread": False, "timeout": 0, "isolation_level": None}
        return places, {**options, **ours, "cached_statements": STATEMENTS}

    def do_begin(self, dbapi_connection: Any) -> None:
        """Begin in so many words: sqlite3 would wait with that for the first change."""
        dbapi_connection.begin()

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """Ask in the loop, or aside."""
        if context is not None and context.execution_options.get(ASIDE):
            cursor.execute_aside(statement, parameters)
        else:
            cursor.execute(statement, parameters)

    def do_terminate(self, dbapi_connection: Any) -> None:
        """Close what nobody may use any more."""
        dbapi_connection.terminate()


registry.register(NAME.replace("+", "."), __name__, Dialect.__name__)
