"""``GET /lich/<secret>.ics``: a unit's deadlines for whoever has the link.

A secret has 160 bits and is not to be guessed. All the same nothing here tells one wrong secret from another: what was
revoked, was never made or is no secret at all is answered alike and after the same time. No secret is ever logged.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus

from bot.app import App
from bot.http import Pages, Reply, Request
from bot.settings import Settings
from db.models import Feed
from domain.calendar import OFFICE_ZONE
from handlers.feeds import ICS, PATH, fetched
from services import feeds

log = logging.getLogger(__name__)

ADDRESS = re.compile(re.escape(PATH) + r"([A-Za-z0-9_-]{27})\.ics")
NO_SECRET = "0" * 27  # looked for instead of what is none, so that this takes as long
WRONG_AFTER_S = 0.25  # longer than the search takes
WRONG_A_MINUTE = 60  # beyond that nobody is answered who has no right link
FETCHED_A_MINUTE = 30  # one link; a unit's calendars ask every hour or so
FRESH_S = 900  # for which a calendar need not ask again
NOT_FOUND = Reply(404, "nothing here\n")
TOO_OFTEN = Reply(429, "later\n", headers={"Cache-Control": "no-store", "Retry-After": "60"})


class Allowance:
    """So many a minute, of each of some things.

    Args:
        a_minute: how many.
        monotonic: seconds.
    """

    MOST_KEPT = 1000

    def __init__(self, a_minute: int, monotonic: Callable[[], float]) -> None:
        self._full, self._monotonic = float(a_minute), monotonic
        self._left: dict[str, tuple[float, float]] = {}

    def takes(self, what: str) -> bool:
        """Whether there is one left of this thing; it is taken."""
        now = self._monotonic()
        left, at = self._left.pop(what, (self._full, now))
        left = min(self._full, left + (now - at) * self._full / 60)
        is_left = left >= 1
        self._left[what] = (left - 1 if is_left else left, now)
        while len(self._left) > self.MOST_KEPT:
            self._left.pop(next(iter(self._left)))
        return is_left


@dataclass(frozen=True)
class _Found:
    feed: Feed
    body: bytes


class FeedPages:
    """Answers for the links.

    Args:
        app: the program.
        monotonic: seconds.
        sleep: waits so many seconds.
    """

    def __init__(
        self,
        app: App,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._app, self._monotonic, self._sleep = app, monotonic, sleep
        self._wrong = Allowance(WRONG_A_MINUTE, monotonic)
        self._fetched = Allowance(FETCHED_A_MINUTE, monotonic)

    async def answer(self, request: Request) -> Reply:
        """The calendar behind a link; 404 for whatever is none."""
        began = self._monotonic()
        named = ADDRESS.fullmatch(request.path)
        found = await self._look(named[1] if named else NO_SECRET)
        if found is None:
            return await self._nothing(began)
        if isinstance(found, Reply):
            return found
        await self._note(found.feed)
        return _reply(found.body, request)

    async def _look(self, secret: str) -> _Found | Reply | None:
        now = self._app.clock()
        async with self._app.database.read() as session:
            feed = await feeds.by_secret(session, secret)
            if feed is None:
                return None
            if not self._fetched.takes(feed.code):
                return TOO_OFTEN
            body = await fetched(session, feed, now.astimezone(OFFICE_ZONE).date(), self._app.office)
        return _Found(feed, body)

    async def _nothing(self, began: float) -> Reply:
        if not self._wrong.takes("wrong"):
            return TOO_OFTEN
        await self._sleep(max(0.0, began + WRONG_AFTER_S - self._monotonic()))
        return NOT_FOUND

    async def _note(self, feed: Feed) -> None:
        now = self._app.clock()
        if feeds.is_worth_noting(feed, now):
            log.info("The calendar of unit %s was fetched", feed.unit_id, extra={"action": "feed_fetched"})
            async with self._app.database.write() as session:
                await feeds.note_reading(session, feed.code, now)


def _reply(body: bytes, request: Request) -> Reply:
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"Cache-Control": f"private, max-age={FRESH_S}", "ETag": tag}
    asked = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if tag in asked:
        return Reply(HTTPStatus.NOT_MODIFIED, "", ICS, headers)
    return Reply(
        HTTPStatus.OK, body.decode(), ICS, {**headers, "Content-Disposition": 'inline; filename="lich-han.ics"'}
    )


async def listen(app: App, settings: Settings) -> Pages | None:
    """Serve the links; where that cannot be, say so and go on without them.

    Returns:
        the server, to be stopped; None where there is none.
    """
    address = settings.feeds.listen
    if not address:
        return None
    pages = Pages({}, FeedPages(app).answer)
    host, _, port = address.rpartition(":")
    try:
        await pages.start(host.strip("[]"), int(port))
    except (OSError, ValueError, OverflowError) as error:
        log.warning("No calendars on %s: %s; going on without them", address, error, extra={"action": "feeds_off"})
        return None
    return pages
