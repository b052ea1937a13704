"""The Telegram channel: a bot that polls, sends at a bearable pace, and never prints its token."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

# Otherwise every RetryAfter comes with a deprecation warning; read by the library at each use.
os.environ.setdefault("PTB_TIMEDELTA", "true")

from telegram import Bot, BotCommand, Update
from telegram.constants import ChatAction
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Updater
from telegram.request import HTTPXRequest

from channels.base import (
    Capabilities,
    FileTooLarge,
    IncomingFile,
    IncomingMessage,
    Keep,
    OutgoingMessage,
    Sent,
)
from channels.telegram import calls, receive
from channels.telegram.pace import Pace
from channels.telegram.polling import KeepingQueue, PollRequest, PollWatch, time_teller
from channels.telegram.redact import redact
from channels.telegram.voice import Voice

logger = logging.getLogger(__name__)

MAX_TOAST = 200  # characters
POLL_SLACK_S = 10.0  # a poll is given up this long after Telegram should have answered
UPLOAD_TIMEOUT_S = 120.0
TIMEOUTS: dict[str, Any] = {"connect_timeout": 10.0, "write_timeout": 30.0, "pool_timeout": 10.0}
STOP_TIMEOUT_S = 10.0
FIRST_RETRY_S, MAX_RETRY_S = 1.0, 30.0  # between attempts to reach Telegram at start

for _chatty in ("httpx", "httpcore", "telegram"):  # their INFO lines have the token in every address
    logging.getLogger(_chatty).setLevel(logging.WARNING)


class TelegramChannel:
    """A ``channels.base.Channel`` on the Telegram Bot API, heard by long polling.

    Args:
        token: of the bot, from BotFather.
        base_url: of the Bot API server, without a path.
        poll_timeout: seconds Telegram holds a poll open when nothing comes.
        commands: (command without "/", description) for the menu.
        read_timeout: seconds to wait for an answer to a send.
        keep_retry_s: first pause when a message that came cannot be stored; doubles up to 30.
        pace: the sending limits.
        monotonic: the clock of pace and ``last_good_poll``, in seconds.
        heard_time: told with each answer what time it is at Telegram (aware), or None where the answer does
            not say.

    ``failed`` is set when the channel cannot go on (token rejected, a second poller); ``failure`` says why.
    The owner is to end the process with an error then, and also when ``last_good_poll`` grows too old.
    """

    name = receive.CHANNEL
    capabilities = Capabilities()

    def __init__(
        self,
        token: str,
        *,
        base_url: str = "https://api.telegram.org",
        poll_timeout: int = 30,
        commands: Sequence[tuple[str, str]] = (),
        read_timeout: float = 30.0,
        keep_retry_s: float = 1.0,
        pace: Pace | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        heard_time: Callable[[datetime | None], None] = lambda _: None,
    ) -> None:
        self._watch = PollWatch(monotonic)
        hooks = {"event_hooks": {"response": [time_teller(heard_time)]}}
        self._request = HTTPXRequest(
            connection_pool_size=32,
            read_timeout=read_timeout,
            media_write_timeout=UPLOAD_TIMEOUT_S,
            httpx_kwargs=hooks,
            **TIMEOUTS,
        )
        self._bot = Bot(
            token,
            base_url=f"{base_url.rstrip('/')}/bot",
            base_file_url=f"{base_url.rstrip('/')}/file/bot",
            request=self._request,
            get_updates_request=PollRequest(self._watch, read_timeout=POLL_SLACK_S, httpx_kwargs=hooks, **TIMEOUTS),
        )
        self._poll_timeout = timedelta(seconds=poll_timeout)
        self._commands = tuple(commands)
        self._keep_retry_s = keep_retry_s
        self._voice = Voice(self._bot, pace or Pace(), monotonic, self._token_rejected)
        self._queue: KeepingQueue | None = None
        self._updater: Updater | None = None
        self._opening: asyncio.Task[None] | None = None
        self._username: str | None = None

    def __repr__(self) -> str:
        return f"TelegramChannel(@{self._username or '?'})"

    @property
    def username(self) -> str | None:
        """The bot's name without "@"; None until Telegram has been reached once."""
        return self._username

    @property
    def last_good_poll(self) -> float | None:
        """When Telegram last answered a poll, on the ``monotonic`` clock; None before the first time.

        It stands still while what came cannot be stored: see ``is_keeping``.
        """
        return self._watch.last_good

    @property
    def is_keeping(self) -> bool:
        """False while what comes cannot be stored and therefore waits with Telegram."""
        return self._queue is None or not self._queue.is_failing

    @property
    def failed(self) -> asyncio.Event:
        """Set when the channel cannot go on."""
        return self._watch.failed

    @property
    def failure(self) -> str | None:
        """Why it cannot go on, for the log."""
        return self._watch.reason

    async def start(self, keep: Keep) -> None:
        """Begin to hear. When Telegram cannot be reached now, it is tried again in the background."""
        self._voice.open()
        self._queue = KeepingQueue(self._translate, keep, self._keep_retry_s)
        self._updater = Updater(self._bot, self._queue)
        if not await self._opened():
            self._opening = asyncio.create_task(self._open_later(), name="telegram: reach the server")

    async def stop(self) -> None:
        """Stop hearing; sends under way get ten seconds to finish."""
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.gather(self._opening, return_exceptions=True)
            self._opening = None
        await self._stop_polling()
        await self._voice.close(STOP_TIMEOUT_S)
        await self._bot.shutdown()
        await self._request.shutdown()  # the library leaves it open when Telegram was never reached

    async def send(self, chat: str, message: OutgoingMessage) -> Sent:
        """Say one thing; waits its turn so that Telegram's limits are kept, in order within a chat.

        Raises:
            ChannelError: with what to do next. While Telegram asks for silence it is raised at once, with
                the seconds left as ``retry_after``: the caller then chooses anew what is said first.
        """
        return Sent(await self._voice.say(chat, message))

    def ready_in(self, *, is_answer: bool) -> float:
        """Seconds until Telegram's limits let a message out; 0 now."""
        return self._voice.ready_in(is_answer=is_answer)

    def chat_ready_in(self, chat: str) -> float:
        """Seconds until they let one into this chat; 0 now."""
        return self._voice.chat_ready_in(chat)

    def hush(self, seconds: float) -> None:
        """Call nothing but for what is to be heard for so long, as Telegram asked an earlier process."""
        self._voice.hush(seconds)

    async def fetch(self, file: IncomingFile) -> bytes:
        """The bytes of a file that came; at most 20 MB.

        Raises:
            FileTooLarge: over that.
            ChannelError: otherwise.
        """
        limit = self.capabilities.max_download
        if (file.size or 0) > limit:
            raise FileTooLarge(limit)
        self._voice.refuse_in_silence()
        return await self._voice.ask(calls.download(self._bot, file.ref, limit), repeatable=True)

    async def toast(self, press: str, text: str) -> None:
        """A passing word on a pressed button; an empty one only ends the button's waiting sign."""
        shown = text[:MAX_TOAST] or None
        await self._voice.in_passing(lambda: self._bot.answer_callback_query(press, text=shown))

    async def typing(self, chat: str) -> None:
        """Show "typing…" for some seconds."""
        await self._voice.in_passing(lambda: self._bot.send_chat_action(chat, ChatAction.TYPING))

    def invite_link(self, code: str) -> str | None:
        """A link that opens the chat and says ``/start CODE``; None until the bot knows its own name."""
        return f"https://t.me/{self._username}?start={code}" if self._username else None

    def _translate(self, update: Update) -> IncomingMessage | None:
        return receive.incoming(update, self._username, datetime.now(UTC))

    async def _opened(self) -> bool:
        """Reach Telegram and begin to poll. False when it is worth trying again."""
        assert self._updater is not None  # noqa: S101 - for mypy; start() has set it
        try:
            await self._updater.initialize()
            self._username = self._bot.username
            await self._offer_commands()
            await self._updater.start_polling(
                timeout=self._poll_timeout,
                allowed_updates=receive.ALLOWED_UPDATES,
                error_callback=_seen_by_the_watch,
            )
        except InvalidToken:  # its words hold the token
            self._token_rejected()
        except TelegramError as exc:
            self._watch.lost(str(exc))
            return False
        return True

    async def _open_later(self) -> None:
        delay = FIRST_RETRY_S
        await asyncio.sleep(delay)
        while not await self._opened():
            delay = min(MAX_RETRY_S, 2 * delay)
            await asyncio.sleep(delay)

    async def _offer_commands(self) -> None:
        if not self._commands:
            return
        try:
            await self._bot.set_my_commands([BotCommand(name, text) for name, text in self._commands])
        except TelegramError as exc:
            logger.warning("The command menu could not be set: %s", redact(str(exc)))

    def _token_rejected(self) -> None:
        self._watch.fail("Telegram rejects the bot token")

    async def _stop_polling(self) -> None:
        if self._updater is None or self._queue is None:
            return
        if self._updater.running:
            # A last poll confirms what was stored. Should it fail, Telegram sends that again: same key.
            with contextlib.suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(STOP_TIMEOUT_S):
                    await self._updater.stop()
        await self._queue.drain(STOP_TIMEOUT_S)
        await self._updater.shutdown()


def _seen_by_the_watch(exc: TelegramError) -> None:
    """In place of the library's own line and traceback for each failed poll; ``PollWatch`` logs an outage once."""
