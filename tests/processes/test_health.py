"""The running program lets itself be watched, and ends when it only looks alive."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.calendar import OFFICE_ZONE
from tests.botapi import TOKEN
from tests.patience import WITHIN_S
from tests.processes.running import RIGGED, Bot, Premises
from tests.unit.test_vitals import parsed

WORKDAY = datetime(2024, 3, 1, 9, 0, tzinfo=OFFICE_ZONE)

pytestmark = pytest.mark.timeout(300)


@contextmanager
def _free_port() -> Iterator[int]:
    """Nobody else gets it meanwhile: a socket that never listens keeps it for who may share it."""
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def _listens(there: Premises, port: int) -> None:
    written = there.config.read_text("utf-8")
    assert 'listen = ""' in written
    there.config.write_text(written.replace('listen = ""', f'listen = "127.0.0.1:{port}"\nmetrics = true'), "utf-8")


async def _get(port: int, path: str) -> tuple[int, str]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    head, _, body = (await reader.read()).decode().partition("\r\n\r\n")
    writer.close()
    await writer.wait_closed()
    return int(head.split()[1]), body


async def _health(port: int) -> tuple[int, dict[str, Any]]:
    status, body = await _get(port, "/healthz")
    return status, json.loads(body)


@asynccontextmanager
async def _watched(there: Premises) -> AsyncIterator[tuple[Bot, int]]:
    """Rigged, so that it looks and notes many times a second what else it does every twenty."""
    there.levers.move_to(WORKDAY)
    with _free_port() as port:
        _listens(there, port)
        async with there.rigged() as bot:
            await _until(bot, lambda: "[started]" in bot.said)
            yield bot, port


async def _until(bot: Bot, happens: Any, within: float = WITHIN_S) -> None:
    """Wait for something to be seen from outside: a file, a socket."""

    async def looked() -> None:
        while not happens():  # noqa: ASYNC110  (of another process: there is nothing here to wait on)
            await asyncio.sleep(0.05)

    await bot.while_it_lives(asyncio.wait_for(looked(), within))


async def test_a_program_that_is_well_says_so(there: Premises) -> None:
    async with _watched(there) as (bot, port):
        await there.api.user_says(5001, "/start")
        await bot.while_it_lives(there.api.wait_sent(5001))
        await _until(bot, lambda: there.ask("select 1 from heartbeats where name = 'tick'"))
        status, said = await _health(port)
        assert (status, said["status"], said["reasons"]) == (200, "ok", [])
        assert said["polls"]["telegram"]["age_s"] < 60
        assert said["tick"]["age_s"] < 60
        assert said["inbox"] == {"oldest_s": None, "dead": 0}
        assert said["outbox"] == {"oldest_s": None, "uncertain": 0, "failed_today": 0}
        assert said["database"] == "sound"
        assert await bot.stop() == 0, bot.said


async def test_metrics_are_read_by_prometheus(there: Premises) -> None:
    async with _watched(there) as (bot, port):
        await there.api.user_says(5001, "/start")
        await bot.while_it_lives(there.api.wait_sent(5001))
        await _until(bot, lambda: there.ask("select 1 from outbox where state = 'sent'"))
        status, page = await _get(port, "/metrics")
        found = parsed(page)
        assert status == 200
        assert found['dondoc_inbox{state="done"}'] == 1
        assert found['dondoc_outbox{state="sent"}'] == found["dondoc_sent_total"] == 1
        assert found["dondoc_directives_open"] == found["dondoc_uncertain"] == found["dondoc_late_seconds"] == 0
        assert found['dondoc_last_poll_age_seconds{channel="telegram"}'] < 60


async def test_nothing_personal_is_shown(there: Premises) -> None:
    async with _watched(there) as (bot, port):
        there.api.person(5001, "Đặng Văn Riêng")
        await there.api.user_says(5001, "chuyện riêng 0912345678")
        await bot.while_it_lives(there.api.wait_sent(5001))
        shown = "".join([(await _get(port, path))[1] for path in ("/healthz", "/metrics")])
        for secret in ("Riêng", "riêng", "0912345678", "5001", TOKEN, TOKEN.split(":")[1], str(there.folder)):
            assert secret not in shown


async def test_a_poll_that_is_long_ago_is_trouble(there: Premises) -> None:
    """Of an earlier process too: its last good poll is written down."""
    async with _watched(there) as (bot, port):
        await _until(bot, lambda: there.ask("select 1 from heartbeats where name = 'poll:telegram'"))
        assert await bot.stop() == 0, bot.said
    await there.api.go_down()
    ((heard,),) = there.ask("select at from heartbeats where name = 'poll:telegram'")
    there.levers.move_to(datetime.fromisoformat(heard).replace(tzinfo=UTC) + timedelta(minutes=120))
    async with there.spawned(module=RIGGED, **there.rig) as bot:
        await _until(bot, lambda: "[started]" in bot.said)
        status, said = await _health(port)
        assert status == 503
        assert said["status"] == "trouble"
        assert said["reasons"] in [[f"no good poll on telegram for {minutes} min"] for minutes in (120, 121)]
        assert await bot.stop() == 0, bot.said


async def test_a_busy_port_is_one_warning(there: Premises) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        _listens(there, taken.getsockname()[1])
        async with there.running() as bot:
            await there.api.user_says(5001, "/start")
            await bot.while_it_lives(there.api.wait_sent(5001))
            assert await bot.stop() == 0, bot.said
        assert bot.said.count("[health_off]") == 1
        assert "going on without it" in bot.said
        assert "Traceback" not in bot.said


async def test_it_can_be_switched_off(there: Premises) -> None:
    async with there.running() as bot:
        await _until(bot, lambda: "[started]" in bot.said)
        assert _listening(bot.process.pid) == 0
        assert await bot.stop() == 0, bot.said


def _listening(pid: int) -> int:
    """How many sockets of a process wait for connections."""
    folder = Path(f"/proc/{pid}/fd")
    sockets = {os.readlink(fd) for fd in folder.iterdir() if os.readlink(fd).startswith("socket:")}
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(row[3] == "0A" and f"socket:[{row[9]}]" in sockets for row in rows)


async def test_the_service_manager_hears_it_start_live_and_stop(there: Premises) -> None:
    name = str(there.folder / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(name)
        manager.setblocking(False)
        async with there.running(NOTIFY_SOCKET=name, WATCHDOG_USEC="3000000") as bot:
            words = [await bot.while_it_lives(_word(manager)) for _ in range(4)]
            assert words == ["READY=1", *["WATCHDOG=1"] * 3]
            bot.process.terminate()
            while words[-1] == "WATCHDOG=1":
                words.append(await asyncio.wait_for(_word(manager), WITHIN_S))
            assert words[-1] == "STOPPING=1"
            assert await bot.ended() == 0


async def _word(manager: socket.socket) -> str:
    return (await asyncio.wait_for(asyncio.get_running_loop().sock_recv(manager, 100), WITHIN_S)).decode()


async def test_signs_of_life_outlive_a_kill(there: Premises) -> None:
    there.levers.move_to(WORKDAY)
    async with there.rigged() as bot:
        wanted = "select name from heartbeats where name in ('started', 'tick', 'poll:telegram') order by name"
        await _until(bot, lambda: len(there.ask(wanted)) == 3)
        await bot.kill()
    assert [name for (name,) in there.ask(wanted)] == ["poll:telegram", "started", "tick"]
