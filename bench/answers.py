"""How long an answer takes with many directives: from the message in the inbox to the committed answer.

Usage: python -m bench.answers [--directives 100000] [--times 20]

An office of 300 units. Every kind of message is sent some times, by people of different units; what the platform takes
is not counted. SQL statements are counted too: on a busy machine they are the steadier figure.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, event

from bench.figures import percentile
from bench.filling import MORNING, fill
from bot.app import App, build
from bot.settings import LimitSettings, OfficeSettings, Settings, StorageSettings
from channels.base import IncomingMessage, Sender
from channels.web.channel import WebChannel
from db.models import Person
from db.passages import listen, rebuild
from services import finding
from services.life import By

UNITS = 300
GOAL_MS, SEARCH_MS = 50, 100
LEADER, CLERK = 1, 3  # people; heads are the even ones
PLACES = ("kè Bắc sông", "trường Mầm non", "đường liên xã", "kênh Đồng Mua", "chợ", "trạm y tế", "bảng giá đất")
WORDS = (
    "rà soát",
    "báo cáo",
    "kiểm tra",
    "tham mưu",
    "xây dựng kế hoạch",
    "tháo gỡ vướng mắc",
    "giải ngân",
    "bàn giao",
)

_PREPARE = (
    "UPDATE units SET parent_id = 1 WHERE id > 1",
    f"UPDATE units SET leader_id = {LEADER} WHERE id = 1",
    "UPDATE people SET role = 'head' WHERE id % 2 = 0",
    f"UPDATE people SET role = 'leader' WHERE id = {LEADER}",
    f"UPDATE people SET role = 'clerk' WHERE id = {CLERK}",
    "UPDATE directives SET state = 'issued', acknowledged_at = NULL WHERE id % 10 = 3",
    "UPDATE directives SET state = 'completed', completed_at = acknowledged_at, submitted_at = acknowledged_at,"
    " percent = 100 WHERE id % 10 > 3",
    "UPDATE directives SET state = 'submitted', submitted_at = issued_at WHERE id % 2000 = 1",
    "UPDATE directives SET contact_id = lead_unit_id * 2 - 1",
)


def office(file: Path, directives: int) -> None:
    """A database of so many directives of 300 units, with texts that differ and with their index."""
    fill(file, directives, "web", max(1, directives // UNITS))
    connection = sqlite3.connect(file)
    with connection:
        for statement in _PREPARE:
            connection.execute(statement)
        texts = ((_text(n), n) for n in range(1, directives + 1))
        connection.executemany("UPDATE directives SET text = ? WHERE id = ?", texts)
    connection.close()
    listen()
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as there:
        rebuild(there)
        there.exec_driver_sql("ANALYZE")
    engine.dispose()


def _text(number: int) -> str:
    first, second = WORDS[number % 8], WORDS[number // 8 % 8]
    return f"{first} {PLACES[number % 7]} khu {number % 977}, {second} kết quả trước khi nghiệm thu đợt {number % 53}"


def sender(person: int, text: str, *, button: str | None = None, reply_to: str | None = None) -> IncomingMessage:
    key = str(1_000_000 + person)
    number = next(_NUMBERS)
    press = f"p{number}" if button else None
    return IncomingMessage(
        "web", f"bench:{number}", key, Sender(key), text=text, button=button, press=press, reply_to=reply_to, at=MORNING
    )


_NUMBERS = count(1)


def kinds(per_unit: int) -> dict[str, Callable[[int], IncomingMessage]]:
    """What is sent, by the number of the turn: each turn another unit and another directive."""

    def unit(turn: int) -> int:
        return turn % (UNITS - 10) + 5

    def directive(turn: int, rest: int) -> int:
        first = (unit(turn) - 1) * per_unit + 10
        return first - first % 10 + 10 * (turn // UNITS) + rest

    def officer(turn: int) -> int:
        return unit(turn) * 2 - 1

    return {
        "report by #12": lambda t: sender(officer(t), f"#{directive(t, 0)} được {40 + t % 50}%"),
        "report by reply": lambda t: sender(officer(t), f"được {40 + t % 50}%", reply_to=f"m{directive(t, 2)}"),
        "#12 xong": lambda t: sender(officer(t), f"#{directive(t, 2)} đã xong"),
        "press Đã nhận": lambda t: sender(officer(t), "", button=f"ack:d{directive(t, 3)}"),
        "press a card": lambda t: sender(officer(t), "", button=f"d:d{directive(t, 2)}"),
        "/viec": lambda t: sender(officer(t), "/viec"),
        "/viec đơn vị": lambda t: sender(officer(t) + 1, "/viec đơn vị"),
        "/status of a unit": lambda t: sender(officer(t), "/status"),
        "/status of all": lambda t: sender(LEADER, "/status"),
        "/status #12": lambda t: sender(LEADER, f"/status #{directive(t, 0)}"),
        "/duyet": lambda t: sender(LEADER, "/duyet"),
        "/tim of all": lambda t: sender(LEADER, f"/tim kè bắc sông khu {t}"),
        "/tim of a unit": lambda t: sender(officer(t), "/tim báo cáo kênh đồng mua"),
        "unknown words": lambda t: sender(officer(t), "hôm nay trời đẹp quá nhỉ"),
    }


SEARCHES = (
    "kè bắc sông", "ke bac song", "báo cáo", "khu 317", "vướng mắc quá hạn", "giải ngân đã xong", "giao tháng 2 trạm",
    "quá hạn của Đơn vị 17", "nghiệm th", "không có từ này", "chờ duyệt", "bảng giá đất năm 2024",
)  # fmt: skip


async def measure(file: Path, directives: int, times: int) -> list[str]:
    hasty = LimitSettings(messages_per_minute=100_000)  # who measures sends more than a person does
    settings = Settings(OfficeSettings("Cơ quan"), StorageSettings(folder=str(file.parent)), limits=hasty)
    channel = WebChannel(file.parent / "web.sqlite", clock=lambda: MORNING)
    app = build(settings, [channel], clock=lambda: MORNING + timedelta(hours=1))
    statements = _counted(app)
    slow = []
    print(f"{'message':20} {'median':>8} {'p95':>8} {'CPU':>8}  statements")
    for name, make in kinds(max(1, directives // UNITS)).items():
        for turn in range(2):
            await _answered(app, make(turn))
        took, cpu, asked = [], [], []
        for turn in range(2, times + 2):
            before, began, used = len(statements), time.perf_counter(), time.process_time()
            await _answered(app, make(turn))
            took.append((time.perf_counter() - began) * 1000)
            cpu.append((time.process_time() - used) * 1000)
            asked.append(len(statements) - before)
        late = percentile(took, 0.95)
        slow += [f"{name}: {late:.0f} ms"] if late > GOAL_MS else []
        middle = percentile(took, 0.5)
        print(f"{name:20} {middle:8.1f} {late:8.1f} {percentile(cpu, 0.5):8.1f}  {percentile(asked, 0.5)}", flush=True)
    slow += [line async for line in _searches(app)]
    await app.close()
    channel.close()
    return slow


async def _answered(app: App, message: IncomingMessage) -> None:
    await app.keep(message)
    await app.router.drain()


async def _searches(app: App) -> AsyncIterator[str]:
    for words in SEARCHES:
        times = []
        for _ in range(7):
            async with app.database.read() as session:
                leader = await session.get_one(Person, LEADER)
                began = time.perf_counter()
                found = await finding.find(session, By(leader, MORNING, app.office), app.office, words)
                times.append((time.perf_counter() - began) * 1000)
        late = percentile(times, 0.95)
        print(f"search {words!r:32} {min(times):8.1f} {late:8.1f} ms  {found.total} found", flush=True)
        if late > SEARCH_MS:
            yield f"search {words!r}: {late:.0f} ms"


def _counted(app: App) -> list[str]:
    statements: list[str] = []
    engine = app.database._engine.sync_engine

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    return statements


def _replies(file: Path, directives: int) -> None:
    """A message about every directive that a reply is sent to."""
    connection = sqlite3.connect(file)
    with connection:
        connection.execute(
            "INSERT INTO outbox (id, kind, person_id, payload, directives, priority, urgent, state, created_at,"
            " attempts, repeats, parts_done)"
            " SELECT id, 'issued', lead_unit_id * 2 - 1, '{}', '[' || id || ']', 1, 0, 'sent',"
            " issued_at, 1, 0, 1 FROM directives WHERE id % 10 = 2"
        )
        connection.execute(
            "INSERT INTO deliveries (outbox_id, channel, chat, message_id, directives, at)"
            " SELECT o.id, 'web', 1000000 + o.person_id, 'm' || o.id, o.directives, o.created_at FROM outbox o"
        )
    connection.close()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--directives", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "dondoc.sqlite"
        began = time.perf_counter()
        office(file, given.directives)
        _replies(file, given.directives)
        size = file.stat().st_size / 2**20
        print(f"{given.directives} directives made in {time.perf_counter() - began:.0f} s, {size:.0f} MB")
        slow = asyncio.run(measure(file, given.directives, given.times))
    for line in slow:
        print(f"over the goal: {line}", file=sys.stderr)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
