"""How fast the bot may write, so that Telegram never has to refuse.

Limits from https://core.telegram.org/bots/faq ("My bot is hitting limits"): about 30 messages a second over
all, one a second in one chat, 20 a minute in a group.
"""

from __future__ import annotations

from collections import deque

OVERALL_PER_S = 30
CHAT_INTERVAL_S = 1.0
CHAT_BURST = 3
GROUP_PER_MINUTE = 20
ASK_AGAIN_S = 0.05  # while every place is taken by a send under way
EVEN_BURST = 3  # of what nobody waits for: what a late wake-up has missed may follow at once
WAYS = 300  # there and back, looked back at: ten seconds of a broadcast
WAYS_KNOWN = 20  # with fewer nothing is supposed of the next
WAY_MARGIN_S = 0.005  # by which the quickest of them may still be slower than what is possible

_FORGET_AT = 10_000  # chats remembered before the quiet ones are dropped


class Window:
    """At most ``limit`` events in any ``period`` seconds, as the server counts them.

    The server takes a message at some moment between our first byte and its answer. A place is therefore
    taken from the beginning of a send until a period after its end, however long the way was. Of that is taken off
    what every way takes at least: so much lies either before the message is taken, the next one's as well, or after.
    """

    def __init__(self, limit: int, period: float) -> None:
        self._limit = limit
        self._period = period
        self._ended: deque[float] = deque(maxlen=limit)
        self._under_way = 0

    def wait(self, now: float) -> float:
        """Seconds until it is worth asking again; 0 when one more fits."""
        places = self._limit - self._under_way
        if places <= 0:
            return ASK_AGAIN_S
        return max(0.0, self._ended[-places] + self._period - now) if len(self._ended) >= places else 0.0

    def begin(self, now: float) -> None:
        """One is on its way."""
        self._under_way += 1

    def end(self, now: float, at_least: float = 0.0) -> None:
        """One was answered, or given up. ``at_least``: seconds that any way takes."""
        self._under_way -= 1
        self._ended.append(max(now - at_least, self._ended[-1] if self._ended else now - at_least))

    def is_quiet(self, now: float) -> bool:
        """Whether nothing in it counts any more."""
        return not self._under_way and (not self._ended or self._ended[-1] + self._period <= now)


class Steady:
    """One event per ``interval`` seconds in the long run, up to ``burst`` at once after a pause."""

    def __init__(self, interval: float, burst: int) -> None:
        self._interval = interval
        self._credit = (burst - 1) * interval
        self._even = float("-inf")  # when an evenly spaced row of all events so far would allow the next

    def wait(self, now: float) -> float:
        """Seconds until one more fits."""
        return max(0.0, self._even - self._credit - now)

    def begin(self, now: float) -> None:
        """One is on its way."""
        self._even = max(self._even, now) + self._interval

    def end(self, now: float, at_least: float = 0.0) -> None:
        """Makes no difference here: in one chat, one send waits for the other."""

    def is_quiet(self, now: float) -> bool:
        """Whether nothing in it counts any more."""
        return self._even <= now


class Ways:
    """How long the sends of late were on their way, there and back."""

    def __init__(self) -> None:
        self._began: dict[str, float] = {}
        self._took: deque[float] = deque(maxlen=WAYS)

    def begin(self, chat: str, now: float) -> None:
        """One is on its way; into one chat, one at a time."""
        self._began[chat] = now

    def end(self, chat: str, now: float) -> None:
        """It has come back."""
        self._took.append(now - self._began.pop(chat))

    def at_least(self) -> float:
        """Seconds that each of them took, with a margin."""
        return max(0.0, min(self._took) - WAY_MARGIN_S) if len(self._took) >= WAYS_KNOWN else 0.0


Limit = Window | Steady


class Pace:
    """The three limits together, and the pause Telegram asks for with ``retry_after``.

    Moments are seconds of any one clock that never steps back; the caller tells them. It asks ``wait`` until
    that says 0, then tells ``begin`` before the send and ``end`` after it, whatever came of it.
    """

    def __init__(
        self,
        *,
        overall_per_s: int = OVERALL_PER_S,
        chat_interval_s: float = CHAT_INTERVAL_S,
        chat_burst: int = CHAT_BURST,
        group_per_minute: int = GROUP_PER_MINUTE,
    ) -> None:
        self._overall = Window(overall_per_s, 1.0)
        self._evenly = Steady(1.0 / overall_per_s, EVEN_BURST)
        self._ways = Ways()
        self._chat_interval_s = chat_interval_s
        self._chat_burst = chat_burst
        self._group_per_minute = group_per_minute
        self._chats: dict[str, tuple[Limit, ...]] = {}
        self._paused_until = float("-inf")

    def wait(self, chat: str, now: float) -> float:
        """Seconds until it is worth asking again whether a message into ``chat`` may go out; 0 means now."""
        limits = (self._overall, *self._limits(chat))
        return max(self.paused(now), *(limit.wait(now) for limit in limits))

    def ready_in(self, now: float, *, is_answer: bool) -> float:
        """Seconds until it is worth asking again whether any message may go out; 0 means now.

        Args:
            now: on the clock of this pace.
            is_answer: what is none is spread evenly over each second. Thirty at once would leave an answer that
                comes right after them to wait for most of a second.
        """
        evenly = 0.0 if is_answer else self._evenly.wait(now)
        return max(self.paused(now), self._overall.wait(now), evenly)

    def chat_ready_in(self, chat: str, now: float) -> float:
        """The same for one chat, as far as its own limits go."""
        return max(limit.wait(now) for limit in self._limits(chat))

    def begin(self, chat: str, now: float) -> None:
        """A message into ``chat`` goes out now."""
        limits = self._chats[chat] = self._limits(chat)
        for limit in (self._overall, self._evenly, *limits):
            limit.begin(now)
        self._ways.begin(chat, now)

    def end(self, chat: str, now: float) -> None:
        """That message was answered, or given up."""
        self._ways.end(chat, now)
        self._overall.end(now, self._ways.at_least())
        for limit in self._chats[chat]:
            limit.end(now)
        if len(self._chats) > _FORGET_AT:
            self._chats = {c: kept for c, kept in self._chats.items() if not _is_quiet(kept, now)}

    def pause(self, seconds: float, now: float) -> None:
        """Nothing goes out for so long. A shorter pause never ends a longer one."""
        self._paused_until = max(self._paused_until, now + seconds)

    def paused(self, now: float) -> float:
        """Seconds the pause still lasts; 0 when there is none."""
        return max(0.0, self._paused_until - now)

    def _limits(self, chat: str) -> tuple[Limit, ...]:
        if chat in self._chats:
            return self._chats[chat]
        steady = Steady(self._chat_interval_s, self._chat_burst)
        is_group = chat.startswith("-")
        return (steady, Window(self._group_per_minute, 60.0)) if is_group else (steady,)


def _is_quiet(limits: tuple[Limit, ...], now: float) -> bool:
    return all(limit.is_quiet(now) for limit in limits)
