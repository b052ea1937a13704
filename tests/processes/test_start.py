"""How the program begins and ends, as whoever runs it sees it: exit statuses and sentences, never the token."""

from __future__ import annotations

import resource
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.botapi import TOKEN, BotApi
from tests.processes.running import START_S, Premises

REFUSES_WITHIN_S = 2.0
WRONG_TOKEN = "100200300:WRONG-token-of-nobody-0123456789-abc"


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[Premises]:
    """As elsewhere, only that each process loads the program anew."""
    async with BotApi() as api:
        premises = Premises(tmp_path, api)
        premises.configure()
        yield premises


@pytest.fixture(autouse=True)
async def _no_token_is_shown(there: Premises) -> AsyncIterator[None]:
    """Whatever happens in a test, nothing written holds a token."""
    yield
    written = "".join(bot.said for bot in there.bots)
    assert TOKEN not in written
    assert WRONG_TOKEN not in written


async def test_a_second_process_on_the_same_data_refuses_at_once(there: Premises) -> None:
    async with there.running() as first, there.spawned() as second:
        before = _cpu_of_ended_children()
        assert await second.ended(START_S) == 1
        assert "in use by another process" in second.said
        assert str(first.process.pid) in second.said
        assert _cpu_of_ended_children() - before < REFUSES_WITHIN_S
        assert first.process.returncode is None


def _cpu_of_ended_children() -> float:
    """Seconds of work: on a busy machine the clock on the wall tells of the others."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def test_sigterm_ends_it_cleanly(there: Premises) -> None:
    async with there.running() as bot:
        update = await there.api.user_says(5001, "/start")
        await bot.while_it_lives(there.api.wait_sent(5001))
        assert await bot.stop() == 0
        assert "Traceback" not in bot.said, bot.said
    assert update in there.api.queue.confirmed
    assert there.ask("select state, count(*) from inbox") == [("done", 1)]


async def test_a_rejected_token_ends_it_with_an_error(there: Premises) -> None:
    there.configure(token=WRONG_TOKEN)
    async with there.spawned() as bot:
        assert await bot.ended(START_S) == 1
        assert "Telegram rejects the bot token" in bot.said


async def test_another_poller_ends_it_with_an_error(there: Premises) -> None:
    there.api.fault("409", times=5, methods=["getUpdates"])
    async with there.spawned() as bot:
        assert await bot.ended(START_S) == 1
        assert "another process polls with the same bot token (409 Conflict)" in bot.said


WRONG = [
    ("", "office", "missing; expected a table"),
    ("[office]\n", "office.name", "missing; expected text in quotes"),
    ('[office]\nname = "X"\n', "telegram.token", "missing; expected the bot's token from @BotFather"),
    ('[office]\nname = "X"\n[time]\ntick_seconds = "20"\n', "time.tick_seconds", "expected a whole number"),
    ('[office]\nname = "X"\n[time]\nmorning = "7h30"\n', "time.morning", 'expected a time such as "07:30"'),
    ('[office]\nname = "X"\n[telegramm]\n', "telegramm", "no such setting"),
]


@pytest.mark.parametrize(("settings", "key", "expected"), WRONG, ids=[case[1] for case in WRONG])
async def test_a_setting_that_is_missing_or_wrong(there: Premises, settings: str, key: str, expected: str) -> None:
    there.config.write_text(settings, "utf-8")
    status, said = await there.tries("run")
    assert status == 2
    assert str(there.config) in said
    assert f": {key}" in said
    assert expected in said
    assert len(said.splitlines()) == 1


async def test_a_settings_file_that_is_not_there(there: Premises) -> None:
    there.config.unlink()
    status, said = await there.tries("run")
    assert (status, said) == (2, f"{there.config}: no such file; copy config.example.toml and fill it in\n")
