"""What all tests stand on: a real database file, migrated once and copied; no network beyond this machine."""

from __future__ import annotations

import gc
import os
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import Dialect
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

import channels.web.store
import db.engine
from db.migrate import migrate
from tests.talk import Talk, open_talk

LONG = (
    "tests/flows/test_year.py", "tests/faults/", "tests/processes/", "tests/browser/",
    "tests/flows/test_random_lives.py", "tests/flows/test_clock.py", "tests/flows/test_alerts.py",
    "tests/channels/test_telegram_kill.py", "tests/unit/test_convert.py", "tests/unit/test_recognition.py",
)  # fmt: skip
"""What takes minutes, or long for one test: begun first, so that no worker is left alone with it at the end."""


# the same examples each time: a change is judged by what it changes, and on a busy machine by no clock of an example
settings.register_profile("judging", derandomize=True, deadline=None)
# others each time, and many: pytest --hypothesis-profile=searching
settings.register_profile("searching", max_examples=3000, deadline=None, print_blob=True)
settings.load_profile("judging")

MEMORY = Path("/dev/shm")
ROOM = 2 * 2**30  # bytes; a container may have 64 MB there. Of a test that has passed nothing is left


def pytest_configure() -> None:
    """The folders of the tests lie in memory where there is room: dozens of databases a second wait for no disk."""
    if _has_room(MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def _has_room(folder: Path) -> bool:
    """Whether much may be written there, programs to be run among it."""
    if not os.access(folder, os.W_OK):
        return False
    there = os.statvfs(folder)
    return not there.f_flag & os.ST_NOEXEC and there.f_bavail * there.f_frsize >= ROOM


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        return next((n for n, start in enumerate(LONG) if item.nodeid.startswith(start)), len(LONG))

    items.sort(key=place)  # the others stay in their order


def pytest_collection_finish() -> None:
    """All modules are there for good: nobody need look through them for what can be thrown away."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "dondoc.sqlite"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def data_folder(tmp_path: Path, migrated: Path) -> Path:
    """A data folder with a fresh database of the newest form."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(migrated, folder / "dondoc.sqlite")
    return folder


@pytest.fixture
async def talk(data_folder: Path) -> AsyncIterator[Talk]:
    """The whole program on the web chat, with the small office of ``tests.people``."""
    there = await open_talk(data_folder)
    yield there
    await there.close()


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attempts to leave this machine fail with a sentence."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to reach {address[0]}: tests stay on this machine")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session", autouse=True)
def _nobody_waits_for_the_disk() -> Iterator[None]:
    """A database that is opened here lives no longer than this process: whose crash loses nothing of it."""
    pragmas = db.engine._set_pragmas

    def hurried(connection: Any, record: Any) -> None:
        pragmas(connection, record)
        connection.execute("PRAGMA synchronous=OFF")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.engine._set_pragmas", hurried)
        patch.setattr("channels.web.store.SCHEMA", "PRAGMA synchronous = OFF;" + channels.web.store.SCHEMA)
        yield


@pytest.fixture(scope="session", autouse=True)
def _statements_are_compiled_once() -> Iterator[None]:
    """The databases of all tests have one form: what was put into words for one of them need not be for the next."""
    compiled: dict[Any, Any] = {}
    dialects: dict[str, Dialect] = {}

    def created(url: str, **options: Any) -> AsyncEngine:
        made = create_async_engine(url, execution_options={"compiled_cache": compiled}, **options)
        own = made.sync_engine.dialect
        made.sync_engine.dialect = dialects.setdefault(own.name, own)
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.engine.create_async_engine", created)
        yield
