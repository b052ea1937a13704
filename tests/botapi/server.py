"""The double itself: Telegram for one bot, with hands to act as its people and to break its wires."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from math import ceil
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.botapi.faults import SENDS, Fault, Rates
from tests.botapi.http import HangUp, HttpServer, NeverAnswer, Request, Response
from tests.botapi.methods import Methods, Refused
from tests.botapi.people import People
from tests.botapi.queue import Conflict, UpdateQueue
from tests.botapi.world import Json, SentMessage, World
from tests.patience import WITHIN_S

TOKEN = "100200300:TEST-token-of-the-double-0123456789"
T = TypeVar("T")
HOUSEKEEPING = frozenset({"getMe", "deleteWebhook", "setMyCommands"})  # flood limits are on what reaches people


@dataclass(frozen=True)
class Call:
    """A call the bot made."""

    method: str
    fields: dict[str, str]
    status: int | None  # None: no answer
    at: float  # time.monotonic()


class BotApi(People):
    """Telegram on 127.0.0.1, for as long as the ``async with`` block.

    Args:
        token: the one it accepts.
        port: to listen on; 0 for any.
        log: a file that gets one JSON line per call.
        strict_rates: answer 429 when the bot sends faster than Telegram allows.
    """

    def __init__(
        self, token: str = TOKEN, *, port: int = 0, log: Path | None = None, strict_rates: bool = False
    ) -> None:
        self.token = token
        self.changed = asyncio.Condition()
        self.queue = UpdateQueue(self.changed)
        self.world = World()
        self.calls: list[Call] = []
        self.too_early: list[Call] = []  # made while told to be silent
        self.floods = 0  # sends over the limits
        self.clock: Callable[[], datetime] | None = None  # what time its answers say it is; None: they do not say
        self._methods = Methods(self.world)
        self._faults: list[Fault] = []
        self.way: Callable[[], float] = lambda: 0.0  # seconds there and back, for each send
        self._silent_until = 0.0
        self._silent_for = 0.0  # seconds, as last asked
        self._is_black_hole = False
        self._rates = Rates() if strict_rates else None
        self._http = HttpServer(self._handle, port)
        self._log = log
        self._port = port

    async def __aenter__(self) -> Self:
        self._port = await self._http.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def go_down(self) -> None:
        """The network is away: nothing listens any more."""
        await self._http.stop()

    async def come_up(self) -> None:
        """The network is back, at the same address."""
        await self._http.start()

    async def swallow(self) -> None:
        """The network takes everything and gives nothing back, as a bad firewall does: no refusal, no answer."""
        self._is_black_hole = True
        await self.happened()

    async def answer_again(self) -> None:
        """Whoever calls from now on is answered; who waits already never is."""
        self._is_black_hole = False
        await self.happened()

    async def all_hung_up(self) -> None:
        """Wait until nobody is connected any more: what a process that has ended had sent has arrived then."""
        async with asyncio.timeout(WITHIN_S):
            await self._http.all_hung_up()

    async def hours_pass(self, hours: float) -> None:
        """For the queue alone: what nobody has fetched for a day is dropped."""
        self.queue.ahead += hours * 3600
        await self.happened()

    def fault(self, kind: str, **details: Any) -> Fault:
        """Let the next sends go wrong; see ``faults.Fault``."""
        fault = Fault(kind, **details)
        self._faults.append(fault)
        return fault

    # -- looking ---------------------------------------------------------------------------------------

    def sent_to(self, chat: int | str) -> list[SentMessage]:
        """What the bot said in a chat, oldest first, as it stands now."""
        return [m for m in self.world.sent if m.chat == int(chat)]

    def called(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    async def wait_for(self, ready: Callable[[], T], within: float = WITHIN_S) -> T:
        """The first true answer of ``ready``, asked again whenever something happens.

        Raises:
            TimeoutError: never true within so many seconds.
        """
        async with asyncio.timeout(within), self.changed:
            return await self.changed.wait_for(ready)

    async def wait_sent(self, chat: int | str, count: int = 1, within: float = WITHIN_S) -> list[SentMessage]:
        """What the bot said in a chat, once there are so many messages."""
        await self.wait_for(lambda: len(self.sent_to(chat)) >= count, within)
        return self.sent_to(chat)

    async def wait_confirmed(self, update_id: int, within: float = WITHIN_S) -> None:
        """Wait until the bot has confirmed an update."""
        await self.wait_for(lambda: update_id in self.queue.confirmed, within)

    async def happened(self) -> None:
        """Wake everyone who waits for something."""
        async with self.changed:
            self.changed.notify_all()

    # -- the wire --------------------------------------------------------------------------------------

    async def _handle(self, request: Request) -> Response:
        first, _, rest = request.path.lstrip("/").partition("/")
        if first == "control":
            from tests.botapi.control import controlled

            return await controlled(self, rest, request)
        if first == "file":
            return self._file(rest)
        return await self._method(first.removeprefix("bot"), rest, request)

    async def _method(self, token: str, method: str, request: Request) -> Response:
        fields, files = await request.fields()
        half = self.way() / 2 if method in SENDS else 0.0
        await asyncio.sleep(half)
        status: int | None = None
        try:
            self._swallow()
            self._authorise(token)
            result = await self._answer(method, fields, files)
            self._swallow()  # a poll was held while the network went away
            status, answer = 200, {"ok": True, "result": result}
        except Refused as refusal:
            status, answer = refusal.code, refusal.answer
        finally:
            await self._note(Call(method, fields, status, time.monotonic()))
        await asyncio.sleep(half)
        if answer.get("description") == "Bad Gateway":
            return Response(502, b"<html>502 Bad Gateway</html>", "text/html")
        return Response(status, json.dumps(answer).encode(), date=self._date())

    def _date(self) -> str:
        return format_datetime(self.clock().astimezone(UTC), usegmt=True) if self.clock else ""

    def _swallow(self) -> None:
        if self._is_black_hole:
            raise NeverAnswer

    def _authorise(self, token: str) -> None:
        if ":" not in token:
            raise Refused(404, "Not Found")
        if token != self.token:
            raise Refused(401, "Unauthorized")

    async def _answer(self, method: str, fields: dict[str, str], files: dict[str, Any]) -> Any:
        chat = int(fields["chat_id"]) if fields.get("chat_id", "").lstrip("-").isdecimal() else None
        fault = next((f for f in self._faults if f.hits(method, chat)), None)
        if fault is not None:
            fault.times -= 1
            return self._go_wrong(fault, method, fields, files)
        if method == "getUpdates":
            return await self._get_updates(fields)
        self._keep_silence(method, fields)
        if method in SENDS and chat is not None:
            self._keep_pace(chat)
        return self._do(method, fields, files)

    def _do(self, method: str, fields: dict[str, str], files: dict[str, Any]) -> Any:
        if method.startswith("_") or not hasattr(self._methods, method):
            raise Refused(404, "Not Found: method not found")
        return getattr(self._methods, method)(fields, files)

    async def _get_updates(self, fields: dict[str, str]) -> list[Json]:
        offset, limit = int(fields.get("offset", 0)), int(fields.get("limit", 100))
        try:
            return await self.queue.poll(offset, limit, float(fields.get("timeout", 0)))
        except Conflict:
            words = "terminated by other getUpdates request; make sure that only one bot instance is running"
            raise Refused(409, f"Conflict: {words}") from None

    def _go_wrong(self, fault: Fault, method: str, fields: dict[str, str], files: dict[str, Any]) -> Any:
        if fault.kind.endswith("_delivered"):
            self._do(method, fields, files)
        match fault.kind.removesuffix("_delivered"):
            case "429":
                self._silence(fault.retry_after)
                self._refuse_for(fault.retry_after)
            case "500":
                raise Refused(500, "Internal Server Error")
            case "502":
                raise Refused(502, "Bad Gateway")
            case "403":
                raise Refused(403, "Forbidden: bot was blocked by the user")
            case "401":
                raise Refused(401, "Unauthorized")
            case "409":
                raise Refused(409, "Conflict: terminated by other getUpdates request")
            case "migrate":
                self._migrate(int(fields["chat_id"]), fault.new_chat)
                return self._do(method, fields, files)
            case "timeout":
                raise NeverAnswer
            case "reset":
                raise HangUp
        raise Refused(400, fault.text)

    def _migrate(self, chat: int, new_chat: int | None) -> None:
        new = new_chat or int(f"-100{abs(chat)}")
        self.world.groups[new] = self.world.groups.pop(chat, "Nhóm")
        self.world.migrated[chat] = new

    def _keep_silence(self, method: str, fields: dict[str, str]) -> None:
        left = self._silent_until - time.monotonic()
        if left > 0 and method not in HOUSEKEEPING:
            self.too_early.append(Call(method, fields, 429, time.monotonic()))
            self._silence(self._silent_for)  # who calls before the end waits from the beginning
            self._refuse_for(self._silent_for)

    def _silence(self, seconds: float) -> None:
        self._silent_for = seconds
        self._silent_until = max(self._silent_until, time.monotonic() + seconds)

    def _keep_pace(self, chat: int) -> None:
        if self._rates is not None and self._rates.passed_by(chat):
            self.floods += 1
            self._refuse_for(1)

    def _refuse_for(self, wait: float) -> None:
        seconds = ceil(wait)
        words = f"Too Many Requests: retry after {seconds}"
        raise Refused(429, words, {"retry_after": seconds})

    def _file(self, path: str) -> Response:
        file_id = path.rpartition("/")[2].removesuffix(".bin")
        if not path.startswith(f"bot{self.token}/") or file_id not in self.world.files:
            return Response(404, b'{"ok":false,"error_code":404,"description":"Not Found"}')
        return Response(200, self.world.files[file_id][1], "application/octet-stream")

    async def _note(self, call: Call) -> None:
        self.calls.append(call)
        if self._log is not None:
            with self._log.open("a", encoding="utf-8") as log:
                line = {"method": call.method, "fields": call.fields, "status": call.status}
                log.write(json.dumps({"at": time.time(), **line}, ensure_ascii=False) + "\n")
        await self.happened()
