"""The program watches itself: its clock, its metrics page, its words to the service manager, its last words."""

from __future__ import annotations

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.cli import auditing
from bot.health import Health, Limits
from bot.http import HEAD_BYTES, Pages, Reply
from bot.integrity import Look
from bot.metrics import Metric, exposition
from bot.service import ServiceManager
from bot.serving import Service
from bot.steady import Steady
from bot.watchdog import Watchdog
from db import Database, sqlite_url
from db.models import Outbox, Person, Unit
from domain.rights import Role
from services import audit
from services.restoring import Lost, may_be_repeated
from tests.talk import Talk

NOW = datetime(2024, 3, 1, 2, 0, tzinfo=UTC)
YEAR = timedelta(days=366)


# --- a clock that steps do not move -----------------------------------------------------------------------------------


class Machine:
    """A machine whose clock can be set, and on which time passes all the same."""

    def __init__(self) -> None:
        self.shown = NOW
        self.passed = 1000.0
        self.clock = Steady(lambda: self.shown, lambda: self.passed)

    def passes(self, **time: float) -> None:
        self.shown += timedelta(**time)
        self.passed += timedelta(**time).total_seconds()


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_time_passes(machine: Machine) -> None:
    machine.passes(hours=5)
    assert machine.clock() == NOW + timedelta(hours=5)
    assert machine.clock.wall_is_off is None


def test_an_hour_asleep_is_an_hour(machine: Machine) -> None:
    machine.passes(hours=1)  # what counts the time since the start counts sleep too
    assert machine.clock() == machine.shown


@pytest.mark.parametrize("step", [YEAR, -YEAR, timedelta(days=1), -timedelta(days=1)])
def test_a_step_is_not_followed(machine: Machine, step: timedelta, caplog: pytest.LogCaptureFixture) -> None:
    machine.passes(hours=1)
    machine.shown += step
    machine.passes(minutes=10)
    assert machine.clock() == NOW + timedelta(hours=1, minutes=10)
    assert machine.clock.wall_is_off == step
    machine.clock()
    assert [r.action for r in caplog.records] == ["clock_jumped"]  # type: ignore[attr-defined]


def test_small_corrections_are_followed(machine: Machine) -> None:
    for _ in range(10):
        machine.shown -= timedelta(seconds=30)
        machine.passes(minutes=1)
        machine.clock()
    assert machine.clock() == machine.shown == NOW + timedelta(minutes=5)


def test_a_step_that_is_taken_back_is_over(machine: Machine) -> None:
    machine.shown += YEAR
    machine.clock()
    machine.shown -= YEAR
    assert machine.clock() == NOW
    assert machine.clock.wall_is_off is None


def test_a_step_that_the_platform_confirms_is_followed(machine: Machine) -> None:
    machine.shown += timedelta(hours=3)  # a virtual machine was stopped, and its clock put right afterwards
    machine.clock.hear(machine.shown)
    assert machine.clock() == NOW, "one odd answer is not enough"
    machine.clock.hear(machine.shown)
    assert machine.clock() == machine.shown
    assert machine.clock.is_confirmed


def test_a_clock_that_was_wrong_from_the_start_is_put_right(machine: Machine) -> None:
    true = NOW - YEAR
    for _ in range(2):
        assert not machine.clock.is_settled
        machine.clock.hear(true)
    assert machine.clock.is_settled
    assert machine.clock() == true
    machine.passes(hours=1)
    assert machine.clock() == true + timedelta(hours=1)
    assert machine.clock.wall_is_off == YEAR
    machine.shown -= YEAR  # somebody sets it right
    assert machine.clock() == machine.shown


def test_odd_answers_that_differ_convince_nobody(machine: Machine) -> None:
    for days in (1, 5, 9):
        machine.clock.hear(NOW + timedelta(days=days))
    assert machine.clock() == NOW
    assert not machine.clock.is_settled


def test_a_platform_that_does_not_say_the_time_settles_it(machine: Machine) -> None:
    machine.clock.hear(None)
    assert machine.clock.is_settled
    assert not machine.clock.is_confirmed


async def _recorded_ahead(folder: Path) -> None:
    database = Database(sqlite_url(folder / "dondoc.sqlite"))
    async with database.write() as session:
        session.add(unit := Unit(key="a", name="A", kind="body"))
        await session.flush()
        session.add(person := Person(key="p", name="P", unit_id=unit.id, role=Role.CLERK))
        await session.flush()
        await audit.record(session, "issue", now=datetime.now(UTC) + YEAR, actor=person)
    await database.close()


def test_the_operator_says_that_the_clock_is_right(data_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = data_folder.parent / "config.toml"
    config.write_text('[office]\nname = "X"\n')
    asyncio.run(_recorded_ahead(data_folder))
    for expected in ("do not hold back reminders any more", "nothing to do"):
        assert auditing.main(["trust-clock", "--config", str(config)]) == 0
        assert expected in capsys.readouterr().out


# --- metrics ----------------------------------------------------------------------------------------------------------

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\"n])*"'
SAMPLE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? ([0-9.e+-]+|NaN|[+-]Inf)")


def parsed(page: str) -> dict[str, float]:
    """Read a page as Prometheus does; anything it would refuse is an error."""
    assert page.endswith("\n")
    found: dict[str, float] = {}
    kinds: dict[str, str] = {}
    for line in page.splitlines():
        if head := re.fullmatch(rf"# (HELP|TYPE) ({NAME}) (.+)", line):
            if head[1] == "TYPE":
                assert head[2] not in kinds
                kinds[head[2]] = head[3]
            continue
        sample = SAMPLE.fullmatch(line)
        assert sample, line
        assert kinds[sample[1]] in {"counter", "gauge"}, "a sample before its type"
        assert (kinds[sample[1]] == "counter") == sample[1].endswith("_total")
        series = f"{sample[1]}{{{sample[2]}}}" if sample[2] else sample[1]
        assert series not in found, "twice"
        found[series] = float(sample[3])
    return found


def test_metrics_are_read_back() -> None:
    page = exposition(
        [
            Metric("a_total", "counter", "How\nmany \\ there are").is_now(12345678),
            Metric("b", "gauge", "By state").each("state", {"new": 1.5, 'odd "\\\n': 0}),
            Metric("c", "gauge", "Nobody knows").is_now(None),
        ]
    )
    assert parsed(page) == {"a_total": 12345678, 'b{state="new"}': 1.5, 'b{state="odd \\"\\\\\\n"}': 0}


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
async def pages() -> AsyncIterator[Pages]:
    async def well() -> Reply:
        return Reply(200, "tốt\n")

    async def broken() -> Reply:
        raise RuntimeError("a secret")

    there = Pages({"/healthz": well, "/broken": broken})
    await there.start("127.0.0.1", 0)
    yield there
    await there.stop()


async def _asked(pages: Pages, request: bytes) -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", pages.port)
    writer.write(request)
    answer = (await reader.read()).decode()
    writer.close()
    await writer.wait_closed()
    return answer


async def test_a_page_is_served(pages: Pages) -> None:
    answer = await _asked(pages, b"GET /healthz?x=1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
    head, body = answer.split("\r\n\r\n")
    assert head.startswith("HTTP/1.1 200 OK\r\n")
    assert f"Content-Length: {len(body.encode())}" in head
    assert body == "tốt\n"


@pytest.mark.parametrize(
    ("request_", "status", "body"),
    [
        (b"HEAD /healthz HTTP/1.1\r\n\r\n", 200, ""),
        (b"GET / HTTP/1.1\r\n\r\n", 404, "there is /healthz and /broken\n"),
        (b"POST /healthz HTTP/1.1\r\n\r\n", 405, "only GET\n"),
        (b"GET /broken HTTP/1.1\r\n\r\n", 500, "see the log\n"),
        (b"\r\n\r\n", 404, "there is /healthz and /broken\n"),
    ],
)
async def test_odd_requests_get_an_answer(pages: Pages, request_: bytes, status: int, body: str) -> None:
    head, _, said = (await _asked(pages, request_)).partition("\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ")
    assert said == body


async def test_a_request_without_end_is_dropped(pages: Pages) -> None:
    assert await _asked(pages, b"x" * (HEAD_BYTES + 1)) == ""


async def test_who_does_not_ask_holds_nobody_up(pages: Pages) -> None:
    silent = [await asyncio.open_connection("127.0.0.1", pages.port) for _ in range(10)]
    assert "200 OK" in await _asked(pages, b"GET /healthz HTTP/1.1\r\n\r\n")
    for _, writer in silent:
        writer.close()
        await writer.wait_closed()


async def test_who_asks_too_much_at_once_is_turned_away(pages: Pages) -> None:
    silent = [await asyncio.open_connection("127.0.0.1", pages.port) for _ in range(17)]
    turned_away = await asyncio.wait(
        [asyncio.create_task(r.read()) for r, _ in silent], return_when=asyncio.FIRST_COMPLETED
    )
    assert {task.result() for task in turned_away[0]} == {b""}
    for _, writer in silent:
        writer.close()
        await writer.wait_closed()
    for task in turned_away[1]:
        task.cancel()
    await asyncio.gather(*turned_away[1], return_exceptions=True)


# --- the service manager ----------------------------------------------------------------------------------------------


@pytest.fixture(params=["path", "abstract"])
def manager(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[socket.socket, str]]:
    """A socket as systemd has one, and its name as systemd tells it."""
    name = str(tmp_path / "notify") if request.param == "path" else f"@dondoc-test-{os.getpid()}"
    there = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    there.bind("\0" + name[1:] if name.startswith("@") else name)
    there.setblocking(False)
    yield there, name
    there.close()


def _heard(there: socket.socket) -> list[str]:
    words = []
    while True:
        try:
            words.append(there.recv(100).decode())
        except BlockingIOError:
            return words


def test_the_service_manager_is_told(manager: tuple[socket.socket, str]) -> None:
    there, name = manager
    clock = iter([0.0, 10.0, 39.9, 40.0, 79.0])
    speaker = ServiceManager({"NOTIFY_SOCKET": name, "WATCHDOG_USEC": "120000000"}, lambda: next(clock))
    speaker.ready()
    for _ in range(5):
        speaker.alive()
    speaker.stopping()
    assert _heard(there) == ["READY=1", "WATCHDOG=1", "WATCHDOG=1", "STOPPING=1"]


@pytest.mark.parametrize("limit", [{}, {"WATCHDOG_USEC": "120000000", "WATCHDOG_PID": "1"}, {"WATCHDOG_USEC": "x"}])
def test_who_sets_no_limit_to_us_hears_no_signs_of_life(
    manager: tuple[socket.socket, str], limit: dict[str, str]
) -> None:
    there, name = manager
    ServiceManager({"NOTIFY_SOCKET": name, **limit}).alive()
    assert _heard(there) == []


def test_without_a_service_manager_nothing_is_said() -> None:
    speaker = ServiceManager({})
    speaker.ready()
    speaker.stopping()


def test_a_service_manager_that_is_gone_is_no_reason_to_end(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    ServiceManager({"NOTIFY_SOCKET": str(tmp_path / "gone")}).ready()
    assert [r.action for r in caplog.records] == ["notify_failed"]  # type: ignore[attr-defined]


# --- what only looks alive --------------------------------------------------------------------------------------------


@dataclass
class Parts:
    """A program as the watchdog sees it, on a clock that starts at 0; it polled and swept when it was started."""

    now: float = 0.0
    last_good_poll: float | None = 0.0
    last_good_sweep: float | None = 0.0
    last_look: float = 0.0
    failure: str | None = None
    death: BaseException | None = None

    def watchdog(self) -> Watchdog:
        failed = asyncio.Event()
        if self.failure:
            failed.set()
        telegram = SimpleNamespace(failed=failed, failure=self.failure, last_good_poll=self.last_good_poll)
        ticks = SimpleNamespace(swept=SimpleNamespace(last_monotonic=self.last_good_sweep), last_look=self.last_look)
        app = SimpleNamespace(ticks=ticks, has_died=lambda: self.death)
        watchdog = Watchdog(app, telegram, 30, lambda: self.now)  # type: ignore[arg-type]
        watchdog._started = 0.0
        return watchdog


HOUR = 3600.0


@pytest.mark.parametrize(
    ("parts", "action"),
    [
        (Parts(), None),
        (Parts(now=800.0), None),
        (Parts(now=1000.0, last_good_sweep=999.0), "poll_died"),
        (Parts(now=1000.0, last_good_poll=None, last_good_sweep=None), "poll_died"),
        (Parts(now=HOUR, last_good_poll=HOUR), "tick_died"),
        (Parts(now=HOUR, last_good_poll=HOUR, last_good_sweep=None), "tick_died"),
        (Parts(now=2000.0, last_good_poll=2000.0), None),
        (Parts(failure="no token"), "channel_failed"),
        (Parts(death=RuntimeError("router ended")), "part_died"),
    ],
)
def test_what_has_died_is_found(parts: Parts, action: str | None, caplog: pytest.LogCaptureFixture) -> None:
    assert parts.watchdog().finds() is (action is not None)
    assert [r.action for r in caplog.records] == [action] * (action is not None)  # type: ignore[attr-defined]


def test_a_sweep_that_hangs_is_not_well_and_one_that_fails_is() -> None:
    assert not Parts(now=700.0).watchdog().is_well()
    assert Parts(now=700.0, last_look=690.0, last_good_sweep=None).watchdog().is_well()


async def test_damage_found_after_the_start_is_told(talk: Talk, tmp_path: Path) -> None:
    (tmp_path / "damaged.sqlite").write_bytes(b"no database " * 1000)
    health = Health(talk.app, Limits(180, 120, 300), dict)
    rest: Any = None
    service = Service(talk.app.settings, talk.app, rest, rest, health, rest, rest)
    await service._check(Look(tmp_path / "damaged.sqlite"), after_s=0.0)
    assert health.database == "damaged"
    assert json.loads((await health.healthz()).body)["reasons"][-1] == "the database is damaged: see the log"
    await talk.app.settle()
    for who in ("van", "an"):
        talk.hears(who, "Tệp dữ liệu của hệ thống bị lỗi")


# the driver's thread may still report a connection that failed when the loop of that look is closed already
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
async def test_a_database_that_does_not_answer_is_an_answer(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk.app.database, "url", "sqlite:////nowhere/at/all.sqlite")
    reply = await Health(talk.app, Limits(180, 120, 300), dict).healthz()
    assert reply.status == 503
    assert json.loads(reply.body) == {"status": "trouble", "reasons": ["the database does not answer"]}


# --- after a restore --------------------------------------------------------------------------------------------------

LOST = Lost(
    datetime(2024, 3, 5, 11, tzinfo=UTC), datetime(2024, 3, 6, 3, tzinfo=UTC)
)  # Tuesday 18:00 to Wednesday 10:00
AFTER = LOST.restored + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("kind", "created", "meant_for", "expected"),
    [
        ("reminder", AFTER, datetime(2024, 3, 6, 0, 30, tzinfo=UTC), True),  # of that morning: may be known
        ("reminder", AFTER + timedelta(days=1), datetime(2024, 3, 7, 0, 30, tzinfo=UTC), False),
        ("reminder", AFTER, datetime(2024, 3, 4, 0, 30, tzinfo=UTC), True),  # had not gone out when it was copied
        ("reminder", LOST.taken, datetime(2024, 3, 5, 0, 30, tzinfo=UTC), False),  # is uncertain, and marked for that
        ("digest", AFTER, datetime(2024, 3, 6, 0, 30, tzinfo=UTC), True),
        ("digest", AFTER, None, True),
        ("digest", AFTER + timedelta(days=1), None, False),
        ("news", AFTER, None, False),  # somebody has done something since
    ],
)
def test_what_may_be_known_is_marked(kind: str, created: datetime, meant_for: datetime | None, expected: bool) -> None:
    payload = {"meant_for": meant_for.isoformat()} if meant_for else {}
    assert may_be_repeated(Outbox(kind=kind, created_at=created, payload=payload), LOST) is expected


# --- a loop that does not turn ----------------------------------------------------------------------------------------

BLOCKED = """
import asyncio, logging, time
from bot.loopguard import LoopGuard
logging.basicConfig()

async def main(turns):
    guard = LoopGuard(blocked_s=1.0, look_s=0.1)
    guard.start()
    for _ in range(turns):
        guard.turned()
        await asyncio.sleep(0.1)
    stands_here()

def stands_here():
    time.sleep({sleep})

asyncio.run(main({turns}))
"""


def _blocked(turns: int, sleep: float) -> subprocess.CompletedProcess[str]:
    code = BLOCKED.format(turns=turns, sleep=sleep)
    root = Path(__file__).parents[2]
    return subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=100)


def test_a_loop_that_stands_still_ends_the_process_and_says_where() -> None:
    ended = _blocked(turns=1, sleep=100)
    assert ended.returncode == 1
    assert "nothing has moved for 1 s" in ended.stderr
    assert "stands_here" in ended.stderr


def test_a_loop_that_turns_is_left_alone() -> None:
    ended = _blocked(turns=15, sleep=0)
    assert (ended.returncode, ended.stderr) == (0, "")
