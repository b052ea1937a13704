"""How often a person is answered: what is beyond waits its turn in the inbox, so that nobody holds up the others.

Kept in memory alone. A restart forgives, and an ordinary message costs no question to the database.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
AGAIN = timedelta(minutes=5)  # of quiet, before somebody who sends too much is told so once more
STRANGERS = timedelta(minutes=10)  # between two greetings of an account that is nobody's
KNOWN = 10_000  # strangers remembered at once: beyond, whoever was greeted long ago is forgotten

Who = tuple[str, str]
"""A channel, and the platform's id of somebody there; of a known person :func:`one_of_us`, whatever they write from."""


def one_of_us(person_id: int) -> Who:
    """Somebody of the office: what comes from all their accounts counts together."""
    return "", str(person_id)


class Pace:
    """Counts what each person sends.

    Args:
        most: messages and presses of one person within a minute.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: dict[Who, deque[datetime]] = {}
        self._told: dict[Who, datetime] = {}
        self._greeted: dict[Who, datetime] = {}

    def take(self, who: Who, now: datetime) -> datetime | None:
        """Count a message; None where it is worked on now, else the moment from which it may be."""
        taken = self._taken.setdefault(who, deque())
        while taken and taken[0] <= now - MINUTE:
            taken.popleft()
        if len(taken) >= self._most:
            return taken[0] + MINUTE
        taken.append(now)
        return None

    def is_to_be_told(self, who: Who, now: datetime) -> bool:
        """Whether somebody whose message waits has not been told so yet: once, as long as they go on."""
        before = self._told.get(who)
        self._told[who] = now
        return before is None or now - before > AGAIN

    def greets(self, who: Who, now: datetime) -> bool:
        """Whether an account that is nobody's is answered: once in a while, so that nobody makes the bot write."""
        before = self._greeted.get(who)
        if before is not None and now - before < STRANGERS:
            return False
        if len(self._greeted) >= KNOWN:
            self._greeted = {one: at for one, at in self._greeted.items() if now - at < STRANGERS}
        self._greeted[who] = now
        return True

    def forget(self, now: datetime) -> None:
        """Let go of those who have been silent for a while."""
        self._taken = {who: taken for who, taken in self._taken.items() if taken and taken[-1] > now - MINUTE}
        self._told = {who: at for who, at in self._told.items() if at > now - AGAIN}
