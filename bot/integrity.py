"""Whether the database file is sound. It is only read here: what is damaged is never written over."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from threading import Event

AT_START_S = 0.4  # a check that takes longer goes on beside the program, so that a large database starts as fast
STEPS_BETWEEN_LOOKS = 20_000  # of SQLite's machine; some milliseconds


class Damaged(Exception):
    """The database file cannot be used. The message says what to do."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            f"{path}: the database is damaged ({what}). Nothing was changed. Keep this file, and put the newest backup "
            f"in its place: python -m bot restore BACKUP (docs/operations.md, Backup and restore)"
        )


def check(path: Path, *, within_s: float | None = None, give_up: Event | None = None) -> bool:
    """Let SQLite look through the whole file (``PRAGMA quick_check``).

    Args:
        path: of an SQLite file, in use or not.
        within_s: give up after so many seconds.
        give_up: give up when this is set, from whatever thread.

    Returns:
        True where the file is sound, or is not there yet; False where the look was given up.

    Raises:
        Damaged: it is not.
    """
    if not path.exists():
        _refuse_orphans(path)
        return True
    if path.stat().st_size == 0:
        raise Damaged(path, "it is empty; where this is a new office, remove it")
    deadline = None if within_s is None else time.monotonic() + within_s
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            connection.set_progress_handler(lambda: _is_over(deadline, give_up), STEPS_BETWEEN_LOOKS)
            found = [row[0] for row in connection.execute("PRAGMA quick_check(3)")]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname == "SQLITE_INTERRUPT":
            return False
        if error.sqlite_errorname.startswith("SQLITE_BUSY"):
            return False
        raise Damaged(path, str(error)) from error
    except sqlite3.DatabaseError as error:
        raise Damaged(path, str(error)) from error
    if found != ["ok"]:
        raise Damaged(path, "; ".join(found))
    return True


def _refuse_orphans(path: Path) -> None:
    """A log without its database: SQLite would throw away what is in it."""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise Damaged(path, f"it is gone, while {log.name} with its newest changes is still there")


def _is_over(deadline: float | None, give_up: Event | None) -> bool:
    return (deadline is not None and time.monotonic() > deadline) or (give_up is not None and give_up.is_set())
