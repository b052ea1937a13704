"""Hearing Telegram without losing anything: what is not stored is not confirmed.

The library's ``Updater`` awaits ``update_queue.put`` for each update before it confirms a batch: our queue
stores there.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from channels.base import IncomingMessage, Keep
from channels.telegram.redact import redact

logger = logging.getLogger(__name__)

CONFLICTS_TO_FAIL = 3
CONFLICT_MEMORY_S = 120.0  # conflicts further apart are the overlap of two restarts, not a second process
MAX_KEEP_DELAY_S = 30.0


class PollWatch:
    """What the answers to ``getUpdates`` tell of the poller's health.

    ``Updater.running`` stays True when its polling task has died, so health is read off the wire.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._conflicts: list[float] = []
        self._is_lost = False
        self.last_good: float | None = None  # when Telegram last answered a poll, on the monotonic clock
        self.failed = asyncio.Event()
        self.reason: str | None = None

    def answered(self, code: int) -> None:
        """Telegram answered a poll with this HTTP status."""
        if code == 200:
            self.last_good = self._monotonic()
            self._found()
        elif code == 409:
            self._conflict(self._monotonic())
        elif code in (401, 404):
            self.fail("Telegram rejects the bot token")
        else:
            self.lost(f"HTTP {code}")

    def lost(self, words: str) -> None:
        """A poll got no good answer. An outage of hours is one line, not thousands."""
        level = logging.DEBUG if self._is_lost else logging.WARNING
        logger.log(level, "Telegram cannot be reached: %s", redact(words), extra={"action": "poll_failed"})
        self._is_lost = True

    def _found(self) -> None:
        if self._is_lost:
            logger.info("Telegram is reached again", extra={"action": "poll_resumed"})
        self._is_lost = False

    def fail(self, reason: str) -> None:
        """Give up hearing: the process is to end with an error. The first reason stands."""
        if not self.failed.is_set():
            logger.critical("Telegram channel failed: %s", reason, extra={"action": "channel_failed"})
            self.reason = reason
            self.failed.set()

    def _conflict(self, now: float) -> None:
        self._conflicts = [t for t in self._conflicts if now - t < CONFLICT_MEMORY_S] + [now]
        if len(self._conflicts) >= CONFLICTS_TO_FAIL:
            self.fail("another process polls with the same bot token (409 Conflict)")


def time_teller(heard: Callable[[datetime | None], None]) -> Callable[[Any], Awaitable[None]]:
    """A hook of the HTTP client that passes on what time a good answer says it is.

    Args:
        heard: told the aware moment of the answer's ``Date``, or None where it has none.
    """

    async def hook(response: Any) -> None:
        if response.status_code == 200:
            heard(_date_of(response.headers.get("date", "")))

    return hook


def _date_of(written: str) -> datetime | None:
    try:
        return parsedate_to_datetime(written).astimezone(UTC)
    except ValueError:
        return None


class PollRequest(HTTPXRequest):
    """The HTTP side of ``getUpdates`` alone: sees each answer before the library does."""

    def __init__(self, watch: PollWatch, **settings: Any) -> None:
        super().__init__(connection_pool_size=1, **settings)
        self._watch = watch

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """As the library's, with the status noted and unreadable updates mended."""
        try:
            code, payload = await super().do_request(*args, **kwargs)
        except TelegramError as exc:
            self._watch.lost(str(exc))
            raise
        self._watch.answered(code)
        return code, mended(payload) if code == 200 else payload


class KeepingQueue(asyncio.Queue[object]):
    """The update queue whose ``put`` returns once the update is stored.

    When it cannot be stored, ``put`` tries again until it can: the update stays unconfirmed with Telegram
    meanwhile. An error raised here would end the library's polling for good.
    """

    def __init__(self, translate: Callable[[Update], IncomingMessage | None], keep: Keep, retry_s: float) -> None:
        super().__init__()
        self._translate = translate
        self._keep = keep
        self._retry_s = retry_s
        self._storing: asyncio.Future[None] | None = None
        self.is_failing = False  # storing fails at present

    async def put(self, item: object) -> None:
        """Store what the update says; updates that say nothing to us are passed over."""
        message = self._read(item)
        delay = self._retry_s
        while message is not None and not await self._stored(message):
            await asyncio.sleep(delay)
            delay = min(MAX_KEEP_DELAY_S, 2 * delay)

    async def drain(self, within_s: float) -> None:
        """Wait for a store that was under way when polling stopped; after so many seconds it is cancelled."""
        if self._storing is None:
            return
        _, late = await asyncio.wait({self._storing}, timeout=within_s)
        for store in late:
            store.cancel()
        await asyncio.gather(self._storing, return_exceptions=True)

    def _read(self, item: object) -> IncomingMessage | None:
        try:
            return self._translate(item) if isinstance(item, Update) else None
        except Exception:
            logger.exception("An update could not be read and is passed over", extra={"action": "update_unreadable"})
            return None

    async def _stored(self, message: IncomingMessage) -> bool:
        # Shielded: when polling stops in the middle, the transaction still ends in an orderly way.
        self._storing = asyncio.ensure_future(self._keep(message))
        try:
            await asyncio.shield(self._storing)
        except asyncio.CancelledError:
            if not self._storing.cancelled():
                raise  # it is the polling that ends
            self._note_failure()
            return False
        except Exception:
            self._note_failure()
            return False
        if self.is_failing:
            logger.info("Incoming messages are stored again", extra={"action": "keep_resumed"})
        self.is_failing = False
        return True

    def _note_failure(self) -> None:
        if not self.is_failing:
            logger.exception(
                "Incoming messages cannot be stored; they wait with Telegram", extra={"action": "keep_failed"}
            )
        self.is_failing = True


def mended(payload: bytes) -> bytes:
    """The answer to ``getUpdates`` with every update in a shape the library can read.

    One unreadable update would keep the library from seeing the others, for ever. It is cut down to the
    fields we use; if that does not help, to its number, so that it can be confirmed.
    """
    with contextlib.suppress(ValueError):
        answer = json.loads(payload)
        updates = answer.get("result") if isinstance(answer, dict) else None
        if isinstance(updates, list) and not all(map(_is_readable, updates)):
            numbered = [u for u in updates if isinstance(u, dict) and isinstance(u.get("update_id"), int)]
            return json.dumps({**answer, "result": [_readable(u) for u in numbered]}).encode()
    return payload


def _readable(update: Any) -> Any:
    if _is_readable(update):
        return update
    bare = _only(update, _UPDATE_FIELDS)
    logger.error("An update has an unknown shape and is cut down", extra={"action": "update_mended"})
    return bare if _is_readable(bare) else {"update_id": update["update_id"]}


def _is_readable(update: Any) -> bool:
    try:
        return isinstance(Update.de_json(update).update_id, int)
    except Exception:  # whatever the library stumbles over in a shape it does not know
        return False


_PERSON: dict[str, Any] = {"id": {}, "is_bot": {}, "first_name": {}, "last_name": {}}
_CHAT: dict[str, Any] = {"id": {}, "type": {}, "title": {}}
_FILE: dict[str, Any] = {
    name: {} for name in ("file_id", "file_unique_id", "file_name", "mime_type", "file_size", "width", "height")
}
_MESSAGE_FIELDS: dict[str, Any] = {
    "message_id": {},
    "date": {},
    "edit_date": {},
    "text": {},
    "caption": {},
    "from": _PERSON,
    "sender_chat": _CHAT,
    "chat": _CHAT,
    "document": _FILE,
    "photo": _FILE,
    "reply_to_message": {"message_id": {}, "date": {}, "chat": _CHAT},
}
_UPDATE_FIELDS: dict[str, Any] = {
    "update_id": {},
    "message": _MESSAGE_FIELDS,
    "edited_message": _MESSAGE_FIELDS,
    "callback_query": {
        "id": {},
        "from": _PERSON,
        "chat_instance": {},
        "data": {},
        "message": {"message_id": {}, "date": {}, "chat": _CHAT},
    },
}


def _only(value: Any, fields: dict[str, Any]) -> Any:
    """The value with the named fields alone, at every depth."""
    if isinstance(value, list):
        return [_only(item, fields) for item in value]
    if not fields or not isinstance(value, dict):
        return value
    return {name: _only(value[name], inner) for name, inner in fields.items() if name in value}
