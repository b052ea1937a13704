"""What the flows of timed work stand on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.flows.house import House, open_house


@pytest.fixture
async def house(data_folder: Path) -> AsyncIterator[House]:
    """A small office on a fresh database, on Friday 1 March 2024 at 9:00."""
    there = await open_house(data_folder)
    yield there
    await there.database.close()
