"""Making a backup the database again without losing or doubling what was to be said.

Between a backup and its restoring, people were spoken to and nothing of that is known any more. What was queued then
may have been said; what fell due since may have been said too. Both are said once more, and say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, func, select, update

from db import Session
from db.models import Account, Attachment, Heartbeat, Inbox, Notice, Outbox, Transition
from db.queries import vitals as queries
from db.queries.outbox import ONE_A_DAY
from domain.calendar import OFFICE_ZONE
from services import audit, vitals

RESTORED = "restored"
"""The sign of life that says of when the database is, and since when it is that one; also the audit row's event."""

ANSWER_AGE = timedelta(hours=24)  # an answer to what was said a day ago, and maybe answered, helps nobody
NEWS_AGE = timedelta(days=7)


@dataclass(frozen=True)
class Lost:
    """The time of which the database knows nothing. Both aware."""

    taken: datetime  # of the backup
    restored: datetime


@dataclass(frozen=True)
class Restored:
    """What was done to the restored database."""

    lost: Lost
    uncertain: int  # messages that may have been sent since the backup: they go out once more, marked
    moot: int  # messages that are too old for that
    told: int  # people who will be told that something may be missing


async def taken_at(session: Session) -> datetime | None:
    """The newest moment that a database knows of: when it was copied, to some seconds where the bot ran."""
    newest = [
        await session.scalar(select(func.max(column)))
        for column in (Heartbeat.at, Inbox.received_at, Outbox.created_at, Outbox.claimed_at, Outbox.sent_at)
    ]
    acts = await session.scalar(select(Transition.at).order_by(Transition.id.desc()).limit(1))
    return max((at for at in [*newest, acts] if at is not None), default=None)


async def begin_again(session: Session, now: datetime, details: Mapping[str, Any]) -> Restored:
    """Make a restored database fit to be worked with.

    Args:
        session: a write transaction on the restored database, of the newest form.
        now: aware.
        details: for the audit row: the backup's name, what it replaced.

    Returns:
        what was done.
    """
    lost = Lost(min(await taken_at(session) or now, now), now)
    moot = await _let_go(session, now)
    uncertain = await _doubt(session)
    await queries.forget(session, f"{vitals.POLL}%")  # the bot may well have polled since
    await queries.forget(session, vitals.LATE)
    await queries.note(session, RESTORED, now, {"taken": lost.taken.isoformat()})
    facts = {**details, "taken": lost.taken.isoformat(), "uncertain": uncertain, "moot": moot}
    await audit.record(session, RESTORED, now=now, details=facts)
    told = await vitals.tell_keepers(session, vitals.RESTORED, now, now, taken=lost.taken.isoformat())
    return Restored(lost, uncertain, moot, told)


_PENDING = Outbox.state.in_(("queued", "sending", "uncertain"))


async def _let_go(session: Session, now: datetime) -> int:
    answers = (Outbox.priority == 0, Outbox.created_at < now - ANSWER_AGE)
    others = (Outbox.priority > 0, Outbox.kind.not_in(ONE_A_DAY), Outbox.created_at < now - NEWS_AGE)
    return sum([await _change(session, {"state": "moot"}, *where) for where in (answers, others)])


async def _doubt(session: Session) -> int:
    """What is pending becomes uncertain on the channel it would go to: there, a sign of life releases it.

    What has no address could not have been sent; it stays as it is.
    """
    home = (
        select(Account.channel)
        .where(Account.person_id == Outbox.person_id, Account.revoked_at.is_(None))
        .order_by(Account.seen_at.desc(), Account.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    await _change(session, {"channel": home}, Outbox.channel.is_(None), Outbox.state == "queued")
    # Of one that was being repeated, this is the last try all the same: its count goes on.
    return await _change(session, {"state": "uncertain", "error": RESTORED}, Outbox.channel.is_not(None))


async def _change(session: Session, values: Mapping[str, Any], *where: Any) -> int:
    statement = update(Outbox).where(_PENDING, *where).values(**values)
    result = await session.execute(statement, execution_options={"synchronize_session": False})
    return cast("CursorResult[Any]", result).rowcount


async def files_named(session: Session) -> set[str]:
    """The hashes of all files that the database speaks of."""
    notices = await session.scalars(select(Notice.file_sha256).where(Notice.file_sha256.is_not(None)))
    evidence = await session.scalars(select(Attachment.sha256))
    return {name for name in (*notices, *evidence) if name}


# --- afterwards ---


class Repeated:
    """Knows which messages may have been said in the time of which the database knows nothing.

    The command line alone restores, and never while the program runs: what is read once stays true.
    """

    def __init__(self) -> None:
        """Look it up when it is first asked for."""
        self._lost: Lost | None = None
        self._is_read = False

    async def is_one(self, session: Session, row: Outbox) -> bool:
        """Whether a message that is to go out for the first time, as far as is known, may have gone out before."""
        if not self._is_read:
            self._lost = await lost_time(session)
            self._is_read = True
        return self._lost is not None and not row.repeats and may_be_repeated(row, self._lost)


async def lost_time(session: Session) -> Lost | None:
    """The time that was lost by the newest restoring; None where there was none."""
    beat = await queries.beat(session, RESTORED)
    return Lost(datetime.fromisoformat(beat.details["taken"]), beat.at) if beat else None


def may_be_repeated(row: Outbox, lost: Lost) -> bool:
    """Whether a timed message may have gone out in the lost time: it was due by its end.

    What was queued before has its own mark; one of one a day that does not say when it was due may be that day's.
    """
    if row.created_at < lost.restored:
        return False
    said = row.payload.get("meant_for")
    if said is not None:
        return datetime.fromisoformat(said) <= lost.restored
    return row.kind in ONE_A_DAY and _day(row.created_at) == _day(lost.restored)


def _day(moment: datetime) -> str:
    return moment.astimezone(OFFICE_ZONE).date().isoformat()
