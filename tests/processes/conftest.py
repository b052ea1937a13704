from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.botapi import BotApi
from tests.processes import nursery
from tests.processes.running import Premises


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Premises]:
    """A folder with settings, and a double of the Bot API to which they point."""
    async with BotApi() as api:
        premises = Premises(tmp_path, api, nursery=nursery.shared())
        premises.configure()
        yield premises
