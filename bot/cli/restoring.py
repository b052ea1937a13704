"""``backup`` and ``restore``: a consistent copy while the bot runs, and the way back."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sqlite3
import sys
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.cli.common import add_config, add_now, with_settings
from bot.clock import system
from bot.integrity import Damaged, check
from bot.lock import AlreadyRunning, only_one
from bot.settings import Settings
from domain.calendar import OFFICE_ZONE

CANNOT = 1
OWN_EYES = 0o600  # it holds all that the office has
OURS = {"alembic_version", "transitions", "outbox", "inbox", "people", "directives"}


class Refused(Exception):
    """It cannot be done; nothing was changed. The message says why."""


def main(arguments: list[str]) -> int:
    """Run one of the two."""
    parser = argparse.ArgumentParser(prog="python -m bot")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("backup").add_argument("file", type=Path, metavar="FILE")
    restore = commands.add_parser("restore")
    restore.add_argument("file", type=Path, metavar="FILE", help="what backup has written")
    add_now(restore)
    for command in commands.choices.values():
        add_config(command)
    options = parser.parse_args(arguments)
    return with_settings(options.config, lambda settings: _tried(settings, options))


def _tried(settings: Settings, options: argparse.Namespace) -> int:
    database, file = settings.database_file, options.file
    try:
        if database is None:
            raise Refused(f"{options.command} is for the SQLite file of the data folder; your database has its own way")
        if options.command == "backup":
            _backup(settings, database, file)
        else:
            _restore(_Plan(settings, database, file, options.now or system()))
    except (Refused, Damaged, AlreadyRunning, OSError, sqlite3.Error) as error:
        print(error, file=sys.stderr)
        return CANNOT
    return 0


# --- backup ---


def _backup(settings: Settings, database: Path, file: Path) -> None:
    if not database.exists():
        raise Refused(f"{database}: no such file; there is nothing to copy yet")
    if file.is_dir():
        raise Refused(f"{file}: is a folder; expected the name of a file")
    if file.exists() and file.samefile(database):
        raise Refused(f"{file}: is the database itself")
    half = file.with_name(f".{file.name}.{os.getpid()}.half")
    try:
        _copy(database, half)
        check(half)
        os.replace(half, file)
    finally:
        half.unlink(missing_ok=True)
    _flush(file.parent)
    print(f"{file}: {file.stat().st_size} bytes, checked. Files of evidence: copy {settings.folder / 'files'} too.")


def _copy(source: Path, target: Path) -> None:
    """SQLite's own online copy: one moment of the source, also while others write there; a single file."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN_EYES))
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as here,
        closing(sqlite3.connect(target)) as there,
    ):
        here.backup(there)
        there.execute("PRAGMA journal_mode = DELETE")
    _flush(target)


def _flush(path: Path) -> None:
    """To the disk itself, so that no power cut takes it back."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# --- restore ---


@dataclass(frozen=True)
class _Plan:
    """Where everything is, and goes."""

    settings: Settings
    database: Path
    backup: Path
    now: datetime

    @property
    def new(self) -> Path:
        """The restored database until it takes its place."""
        return self.database.with_name("restoring.sqlite")

    @property
    def aside(self) -> Path:
        """Where the present one is kept."""
        return self.database.with_name(f"before-restore-{self.now.astimezone(OFFICE_ZONE):%Y%m%d-%H%M%S}.sqlite")


def _restore(plan: _Plan) -> None:
    if not plan.backup.is_file():
        raise Refused(f"{plan.backup}: no such file")
    with only_one(plan.settings.folder):
        if plan.database.exists() and plan.backup.samefile(plan.database):
            raise Refused(f"{plan.backup}: is the database itself")
        _remove(plan.new)
        try:
            said = _prepared(plan)
            kept = _set_aside(plan)
            os.replace(plan.new, plan.database)
            _flush(plan.database.parent)
        finally:
            _remove(plan.new)
    print("\n".join([*said, *kept, "Start the bot now. The clerks and admins who can be written to are told."]))


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _prepared(plan: _Plan) -> list[str]:
    """Copy the backup beside the database, check it, and make it fit to be worked with; gives what to say."""
    from db.migrate import migrate

    check(plan.backup)
    _copy(plan.backup, plan.new)
    check(plan.new)
    _is_ours(plan)
    migrate(f"sqlite:///{plan.new}")
    return asyncio.run(_begin_again(plan))


def _is_ours(plan: _Plan) -> None:
    from db.migrate import HEAD

    with closing(sqlite3.connect(plan.new)) as connection:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables >= OURS:
            raise Refused(f"{plan.backup}: is no database of Đôn Đốc; nothing was changed")
        ((revision,),) = connection.execute("SELECT version_num FROM alembic_version").fetchall() or [("no revision",)]
    if revision > HEAD:
        raise Refused(f"{plan.backup}: is of a newer version of the program ({revision}); nothing was changed")


async def _begin_again(plan: _Plan) -> list[str]:
    from db import Database, sqlite_url
    from services import audit, restoring
    from services.evidence import Store

    database = Database(sqlite_url(plan.new))
    try:
        async with database.write() as session:
            broken = await audit.first_broken(session)
            if broken is not None:
                raise Refused(f"{plan.backup}: its chain of audit rows is broken at row {broken}; nothing was changed")
            details = {"backup": plan.backup.name, "replaces": _head_of(plan.database)}
            done = await restoring.begin_again(session, plan.now, details)
            named = await restoring.files_named(session)
    finally:
        await database.close()
    with closing(sqlite3.connect(plan.new)) as connection:  # what is still in its log goes into the file itself
        connection.execute("PRAGMA journal_mode = DELETE")
    _flush(plan.new)
    store = Store(plan.settings.folder / "files")
    missing = [name for name in named if not store.path(name).exists()]
    return [*_said(plan, done), *_missed(plan, missing)]


def _said(plan: _Plan, done: Any) -> list[str]:
    taken = done.lost.taken.astimezone(OFFICE_ZONE)
    return [
        f"{plan.backup} is the database now: as it was at {taken:%Y-%m-%d %H:%M:%S}.",
        f"{done.uncertain} messages that waited then may have been sent since: they go out once, marked “(gửi lại)”.",
        f"{done.moot} messages that waited then are too old and are let go.",
        f"{done.told} people will be told that what was said since may be missing.",
    ]


def _missed(plan: _Plan, missing: list[str]) -> list[str]:
    if not missing:
        return []
    return [
        f"{len(missing)} files that it names are not in {plan.settings.folder / 'files'}: put that folder back too."
    ]


def _head_of(path: Path) -> dict[str, Any] | None:
    """The end of the audit chain of the database that is replaced, for the record; None where it cannot be read."""
    if not path.exists():
        return None
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as there:
        count = there.execute("SELECT count(*) FROM transitions").fetchone()[0]
        last = there.execute("SELECT hash FROM transitions ORDER BY id DESC LIMIT 1").fetchone()
        return {"rows": count, "head": last[0] if last else None}
    return None


def _set_aside(plan: _Plan) -> list[str]:
    """Keep the present database under another name. It stays in its place until the new one takes that over."""
    if not plan.database.exists():
        return []
    with suppress(sqlite3.Error), closing(sqlite3.connect(plan.database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so that all of it is in one file
    try:
        os.link(plan.database, plan.aside)
    except OSError:  # a file system without links
        shutil.copy2(plan.database, plan.aside)
    for suffix in ("-wal", "-shm"):  # of a damaged one; it would be applied to the new one
        beside = plan.database.with_name(plan.database.name + suffix)
        if beside.exists():
            os.replace(beside, plan.aside.with_name(plan.aside.name + suffix))
    return [f"The database of before is kept as {plan.aside}."]
