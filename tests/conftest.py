"""What all tests stand on: a real database file, migrated once and copied; no network beyond this machine."""

from __future__ import annotations

import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Dialect
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from db.migrate import migrate
from tests.talk import Talk, open_talk


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "dondoc.sqlite"
    migrate(f"sqlite+aiosqlite:///{path}")
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
