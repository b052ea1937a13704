"""``GET /healthz`` and ``GET /metrics``: how the program is doing, without a word of whom or what it deals with."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.app import App
from bot.http import Page, Pages, Reply
from bot.metrics import CONTENT_TYPE, Metric, exposition
from bot.settings import Settings
from db import Database, Session
from services import vitals

log = logging.getLogger(__name__)

T = TypeVar("T")

ANSWERS_WITHIN_S = 5.0  # the database may be busy; a monitor does not wait longer than that
FRESH_S = 1.0  # who asks more often gets the answer of before
COUNTED_EVERY_S = 60.0  # counting a million rows takes a second of a core


@dataclass(frozen=True)
class Limits:
    """From when on something is wrong, in seconds."""

    poll: float
    tick: float
    late: float
    inbox: float = 300.0

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """As the settings say: three missed turns and a minute."""
        return cls(
            poll=max(180.0, 3.0 * settings.telegram.poll_seconds + 60),
            tick=max(120.0, 3.0 * settings.time.tick_seconds + 60),
            late=60.0 * settings.health.late_minutes,
        )


@dataclass
class Health:
    """Answers for the program.

    Args:
        app: it, started.
        limits: from when on something is wrong.
        polls: when each channel was last heard from, on the monotonic clock; None before the first time.
        wall_is_off: by how much the machine's clock is ahead of the one that is believed.
        is_confirmed: whether a platform has confirmed the time.
        monotonic: seconds.
    """

    app: App
    limits: Limits
    polls: Callable[[], Mapping[str, float | None]]
    wall_is_off: Callable[[], timedelta | None] = lambda: None
    is_confirmed: Callable[[], bool] = lambda: False
    monotonic: Callable[[], float] = time.monotonic
    database: str = "unchecked"  # | "sound" | "damaged"
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _state: tuple[float, vitals.State] | None = None
    _counts: tuple[float, vitals.Counts] | None = None

    def __post_init__(self) -> None:
        self._started = self.monotonic()

    # --- pages ---

    async def healthz(self) -> Reply:
        """200 while all is well, else 503 with the reasons."""
        try:
            facts = self._facts(await self._asked(), self.app.clock())
        except Exception as error:  # whatever it is, it is an answer
            log.warning("The database did not say how it is: %r", error, extra={"action": "health_failed"})
            facts = {"reasons": ["the database does not answer"]}
        status = 503 if facts["reasons"] else 200
        body = {"status": "trouble" if facts["reasons"] else "ok", **facts}
        return Reply(status, json.dumps(body, indent=1) + "\n", "application/json")

    async def metrics(self) -> Reply:
        """For Prometheus."""
        state, counts = await self._asked(), await self._counted()
        return Reply(200, exposition(self._metrics(state, counts, self.app.clock())), CONTENT_TYPE)

    # --- what is known ---

    async def _asked(self) -> vitals.State:
        async with self._asking:
            now = self.monotonic()
            if self._state is None or now - self._state[0] > FRESH_S:
                self._state = (now, await self._read(self._look))
            return self._state[1]

    async def _counted(self) -> vitals.Counts:
        async with self._asking:
            now = self.monotonic()
            if self._counts is None or now - self._counts[0] > COUNTED_EVERY_S:
                self._counts = (now, await self._read(self._count, 6 * ANSWERS_WITHIN_S))
            return self._counts[1]

    async def _look(self, session: Session) -> vitals.State:
        return await vitals.state(session, self.app.clock(), self.app.office)

    async def _count(self, session: Session) -> vitals.Counts:
        return await vitals.counts(session, self.app.clock())

    async def _read(self, ask: Callable[[Session], Awaitable[T]], within_s: float = ANSWERS_WITHIN_S) -> T:
        """In one view of the database, in a thread and on a connection of its own: people's messages go on."""
        async with asyncio.timeout(within_s):
            return await asyncio.to_thread(lambda: asyncio.run(_apart(self.app.database.url, ask)))

    # --- /healthz ---

    def _facts(self, state: vitals.State, now: datetime) -> dict[str, Any]:
        polls = {name: self._poll_age(name, state, now) for name in self.polls()}
        swept = self.app.ticks.swept
        off = self.wall_is_off()
        return {
            "reasons": self._reasons(state, now, polls),
            "now": now.isoformat(timespec="seconds"),
            "up_s": _rounded(self._since(self._started)),
            "polls": {name: {"age_s": _rounded(age)} for name, age in polls.items()},
            "tick": {"age_s": _rounded(self._since(swept.last_monotonic)), "took_s": round(swept.last_seconds, 3)},
            "inbox": {"oldest_s": _age(state.oldest_unworked, now), "dead": state.dead_in},
            "outbox": {
                "oldest_s": _age(state.oldest_queued, now),
                "uncertain": state.uncertain,
                "failed_today": state.failed_today,
            },
            "late_s": _age(state.late_since, now) or 0,
            "database": self.database,
            "clock": {"off_s": _rounded(off.total_seconds() if off else 0), "confirmed": self.is_confirmed()},
        }

    def _reasons(self, state: vitals.State, now: datetime, polls: Mapping[str, float | None]) -> list[str]:
        up = self._since(self._started) or 0.0
        limits = self.limits
        found = [
            f"no good poll on {name} for {_words(age if age is not None else up)}"
            for name, age in polls.items()
            if (up if age is None else age) > limits.poll
        ]
        tick = self._since(self.app.ticks.swept.last_monotonic)
        if (up if tick is None else tick) > limits.tick:
            found.append(f"no sweep has succeeded for {_words(up if tick is None else tick)}")
        if (late := _age(state.late_since, now) or 0) > limits.late:
            found.append(f"reminders or messages are {_words(late)} late")
        if (unworked := _age(state.oldest_unworked, now) or 0) > limits.inbox:
            found.append(f"a message that came in waits for {_words(unworked)}")
        if self.wall_is_off() is not None:
            found.append("the machine's clock is wrong")
        if self.database == "damaged":
            found.append("the database is damaged: see the log")
        return found

    def _since(self, monotonic: float | None) -> float | None:
        return None if monotonic is None else self.monotonic() - monotonic

    def _poll_age(self, channel: str, state: vitals.State, now: datetime) -> float | None:
        """By this process, else as it was written down before."""
        here = self._since(self.polls()[channel])
        before = state.beats.get(vitals.POLL + channel)
        return here if here is not None or before is None else _age(before.at, now)

    # --- /metrics ---

    def _metrics(self, state: vitals.State, counts: vitals.Counts, now: datetime) -> list[Metric]:
        swept = self.app.ticks.swept
        polls = {name: age for name in self.polls() if (age := self._poll_age(name, state, now)) is not None}
        off = self.wall_is_off()
        return [
            Metric("dondoc_up_seconds", "gauge", "Since the program was started.").is_now(self._since(self._started)),
            Metric("dondoc_last_poll_age_seconds", "gauge", "Since a channel was last heard from.").each(
                "channel", polls
            ),
            Metric("dondoc_last_tick_age_seconds", "gauge", "Since a sweep last succeeded.").is_now(
                self._since(swept.last_monotonic)
            ),
            Metric("dondoc_sweeps_total", "counter", "Sweeps that succeeded.").is_now(swept.count),
            Metric("dondoc_sweep_seconds_total", "counter", "Time spent in them.").is_now(swept.seconds),
            Metric("dondoc_late_seconds", "gauge", "How late the latest reminder or message is.").is_now(
                _age(state.late_since, now) or 0
            ),
            Metric("dondoc_queued_age_seconds", "gauge", "Wait of the oldest message that may be sent.").is_now(
                _age(state.oldest_queued, now) or 0
            ),
            Metric("dondoc_unworked_age_seconds", "gauge", "Wait of the oldest message that came in.").is_now(
                _age(state.oldest_unworked, now) or 0
            ),
            Metric("dondoc_inbox", "gauge", "Messages that came in, by state.").each("state", counts.inbox),
            Metric("dondoc_outbox", "gauge", "Messages to be sent, by state.").each("state", counts.outbox),
            Metric("dondoc_sent_total", "counter", "Messages sent.").is_now(counts.outbox.get("sent", 0)),
            Metric("dondoc_uncertain", "gauge", "Messages of which nobody knows whether they arrived.").is_now(
                state.uncertain
            ),
            Metric("dondoc_repeats_total", "counter", "Messages queued once more, marked.").is_now(counts.repeats),
            Metric("dondoc_failed_today", "gauge", "Messages given up since midnight.").is_now(state.failed_today),
            Metric("dondoc_directives_open", "gauge", "Directives issued and not ended.").is_now(counts.open),
            Metric("dondoc_directives_overdue", "gauge", "Those of them past their last day.").is_now(counts.overdue),
            Metric("dondoc_clock_off_seconds", "gauge", "How far the machine's clock is ahead.").is_now(
                off.total_seconds() if off else 0
            ),
            Metric("dondoc_database_damaged", "gauge", "1 when the check found damage.").is_now(
                float(self.database == "damaged")
            ),
        ]


async def _apart(url: str, ask: Callable[[Session], Awaitable[T]]) -> T:
    database = Database(url)
    try:
        async with database.read() as session:
            return await ask(session)
    finally:
        await database.close()


def _age(since: datetime | None, now: datetime) -> float | None:
    return None if since is None else _rounded(max(0.0, (now - since).total_seconds()))


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)


def _words(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"


async def listen(health: Health, settings: Settings) -> Pages | None:
    """Serve the pages; where that cannot be, say so and go on without them.

    Returns:
        the server, to be stopped; None where there is none.
    """
    address = settings.health.listen
    if not address:
        return None
    found: dict[str, Page] = {"/healthz": health.healthz}
    if settings.health.metrics:
        found["/metrics"] = health.metrics
    pages = Pages(found)
    host, _, port = address.rpartition(":")
    try:
        await pages.start(host.strip("[]"), int(port))
    except (OSError, ValueError, OverflowError) as error:
        log.warning("No /healthz on %s: %s; going on without it", address, error, extra={"action": "health_off"})
        return None
    return pages
