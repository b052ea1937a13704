from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.botapi import TOKEN, BotApi
from tests.faults.scene import Scene, furnish
from tests.processes import nursery
from tests.processes.running import Premises

HERE = Path(__file__).parent
LONGEST_S = 300  # up to fifteen processes, on a machine that may be busy


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.timeout(LONGEST_S))


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Premises]:
    """A folder with settings, pointed at a double that refuses who writes too fast."""
    async with BotApi(strict_rates=True) as api:
        premises = Premises(tmp_path, api, nursery=nursery.shared())
        premises.configure()
        yield premises


@pytest.fixture
async def scene(there: Premises, migrated: Path) -> Scene:
    """The small office of ``tests.people``, everybody on Telegram, nothing running yet."""
    there.database.parent.mkdir()
    shutil.copy(migrated, there.database)
    return await furnish(there)


@pytest.fixture(autouse=True)
def _no_secret_is_written(tmp_path: Path) -> Iterator[None]:
    """Whatever happens in a test, no log, database or kept file holds the token."""
    yield
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "config.toml"]
    assert [path for path in written if TOKEN.partition(":")[2].encode() in path.read_bytes()] == []
