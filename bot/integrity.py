"""Whether the database file is sound. It is only read here: what is damaged is never written over."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Timer

LARGE = 64 * 1024 * 1024  # bytes; read in half a second where the machine has nothing else to do
AT_START_S = 0.4  # a check that takes longer goes on beside the program, so that a large database starts as fast


class Damaged(Exception):
    """The database file cannot be used. The message says what to do."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            f"{path}: the database is damaged ({what}). Nothing was changed. Keep this file, and put the newest backup "
            f"in its place: python -m bot restore BACKUP (docs/operations.md, Backup and restore)"
        )


def check(path: Path, *, within_s: float | None = None) -> bool:
    """Let SQLite look through the whole file (``PRAGMA quick_check``).

    Args:
        path: of an SQLite file, in use or not.
        within_s: give up after so many seconds; at once where the file is large.

    Returns:
        True where the file is sound, or is not there yet; False where the look was given up.

    Raises:
        Damaged: it is not.
    """
    if within_s is not None and path.exists() and path.stat().st_size > LARGE:
        return False
    look = Look(path)
    timer = Timer(within_s or 0.0, look.give_up)
    if within_s is not None:
        timer.start()
    try:
        return look.through()
    finally:
        timer.cancel()


class Look:
    """One look through a file, which another thread can end."""

    def __init__(self, path: Path) -> None:
        """Nothing is opened yet."""
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._is_given_up = False

    def give_up(self) -> None:
        """End it, from whatever thread. SQLite 3.40 asks nobody while it checks, but lets itself be interrupted."""
        self._is_given_up = True
        if self._connection is not None:
            self._connection.interrupt()

    def through(self) -> bool:
        """Do it; as ``check``."""
        path = self._path
        if not path.exists():
            _refuse_orphans(path)
            return True
        if path.stat().st_size == 0:
            raise Damaged(path, "it is empty; where this is a new office, remove it")
        try:
            found = self._found()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname in {"SQLITE_INTERRUPT", "SQLITE_BUSY"}:
                return False
            raise Damaged(path, str(error)) from error
        except sqlite3.DatabaseError as error:
            raise Damaged(path, str(error)) from error
        if found != ["ok"] and not self._is_given_up:
            raise Damaged(path, "; ".join(found))
        return found == ["ok"]

    def _found(self) -> list[str]:
        address = f"{self._path.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, check_same_thread=False)) as connection:
            self._connection = connection
            try:
                return [] if self._is_given_up else [row[0] for row in connection.execute("PRAGMA quick_check(3)")]
            finally:
                self._connection = None


def _refuse_orphans(path: Path) -> None:
    """A log without its database: SQLite would throw away what is in it."""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise Damaged(path, f"it is gone, while {log.name} with its newest changes is still there")
