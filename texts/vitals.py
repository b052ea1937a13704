"""What those who keep the office are told of the program itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from texts.engine import render

MANY = 10_000


def late(since: datetime, due: int, queued: int) -> str:
    """Reminders are late.

    Args:
        since: when the longest waiting should have been said; aware.
        due: directives whose turn has come and of which nothing is written yet.
        queued: messages that wait to be sent. Neither is counted much beyond ``MANY``.
    """
    return render("vitals_late", since=since, due=due, queued=queued, many=MANY)


def on_time(since: datetime, until: datetime) -> str:
    """They are not late any more. Both aware."""
    return render("vitals_on_time", since=since, until=until)


def outage(since: datetime, until: datetime, kept: timedelta) -> str:
    """Nothing was heard for longer than a platform keeps messages.

    Args:
        since: aware.
        until: aware.
        kept: how long it keeps them.
    """
    return render("vitals_outage", since=since, until=until, lost_until=until - kept)


def clock(shown: datetime, believed: datetime) -> str:
    """The machine's clock is wrong. Both aware: what it shows, and what the program goes by."""
    return render("vitals_clock", shown=shown, believed=believed)


def record(said: datetime) -> str:
    """Acts stand in the record under a moment that is still to come; aware."""
    return render("vitals_record", said=said)


def restored(taken: datetime, restored: datetime) -> str:
    """The database is that of an earlier moment. Both aware."""
    return render("vitals_restored", taken=taken, restored=restored)


def corrupt() -> str:
    """The database file is damaged."""
    return render("vitals_corrupt")
