"""Accounts: who a platform's account is. Linked once, by a one-time code; the numeric account is the only identity."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, union

from db import Session
from db.models import Account, Feed, Invite, InviteTry, Membership, Person, Unit
from domain.errors import AccountTaken, CodeNotValid, TooManyTries
from services import audit

CODE_BYTES = 20  # 160 bits, 27 characters of [A-Za-z0-9_-]: fits Telegram's start payload of 64
VALID_FOR = timedelta(hours=72)
TRIES_AN_HOUR = 5
LINK_ENDED = "feed_revoked"  # the audit's word: nothing is found under a calendar's link any more
CODE = re.compile(r"[A-Za-z0-9_-]{27}")
_ACCOUNT = select(Account).where(
    Account.channel == bindparam("channel"), Account.external_id == bindparam("external_id")
)  # every message asks: putting it together takes longer than running it


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


async def invite(session: Session, person: Person, now: datetime, made_by: Person | None = None) -> str:
    """A new one-time code for a person; only its hash is kept, earlier unused ones end.

    Args:
        made_by: None for the command line.
    """
    earlier = await session.scalars(select(Invite).where(Invite.person_id == person.id, Invite.used_at.is_(None)))
    for old in earlier:
        old.expires_at = min(old.expires_at, now)
    code = secrets.token_urlsafe(CODE_BYTES)
    session.add(
        Invite(
            person_id=person.id,
            code_hash=_hash(code),
            made_by=made_by.id if made_by else None,
            made_at=now,
            expires_at=now + VALID_FOR,
        )
    )
    await audit.record(session, "invite", now=now, actor=made_by, details={"person": person.key})
    return code


async def redeem(session: Session, code: str, channel: str, external_id: str, chat: str, now: datetime) -> Person:
    """Link an account to the person of a code.

    Raises:
        TooManyTries: five wrong codes from this account within the hour.
        AccountTaken: it is linked already.
    """
    await _slow_down(session, channel, external_id, now)
    if await account(session, channel, external_id):
        raise AccountTaken
    found = await session.scalar(select(Invite).where(Invite.code_hash == _hash(code), Invite.used_at.is_(None)))
    if found is None or found.expires_at <= now:
        raise CodeNotValid
    person = await session.get_one(Person, found.person_id)
    if not person.active:
        raise CodeNotValid
    found.used_at = now
    await link(session, person, channel, external_id, chat, now)
    return person


async def note_wrong_code(session: Session, channel: str, external_id: str, now: datetime) -> None:
    """Count a wrong code; kept in a transaction of its own, as the refused one is rolled back."""
    session.add(InviteTry(channel=channel, external_id=external_id, at=now))


async def _slow_down(session: Session, channel: str, external_id: str, now: datetime) -> None:
    tries = await session.scalar(
        select(func.count())
        .select_from(InviteTry)
        .where(
            InviteTry.channel == channel,
            InviteTry.external_id == external_id,
            InviteTry.at > now - timedelta(hours=1),
        )
    )
    if (tries or 0) >= TRIES_AN_HOUR:
        raise TooManyTries


async def link(session: Session, person: Person, channel: str, external_id: str, chat: str, now: datetime) -> Account:
    """Make an account a person's, and record it. An account that was revoked may be linked anew."""
    row = await session.scalar(select(Account).where(Account.channel == channel, Account.external_id == external_id))
    if row is None:
        row = Account(channel=channel, external_id=external_id)
        session.add(row)
    row.chat, row.person, row.linked_at, row.seen_at = chat, person, now, now
    row.revoked_at = row.unreachable_since = None
    await session.flush()
    await audit.record(session, "link", now=now, actor=person, details={"channel": channel})
    return row


async def account(session: Session, channel: str, external_id: str) -> Account | None:
    """The account that may act: linked, not revoked, of an active person."""
    row = await session.scalar(_ACCOUNT, {"channel": channel, "external_id": external_id})
    if row is None or row.revoked_at is not None or not row.person.active:
        return None
    return row


async def revoke(
    session: Session, person: Person, now: datetime, by: Person | None = None, only: Sequence[Account] | None = None
) -> int:
    """End all accounts of a person at once: a lost phone, or somebody who has left. A new code links anew.

    The calendar links they made end too: a lost phone may hold them.

    Args:
        by: None for the command line.
        only: some of them.

    Returns:
        how many accounts that were.
    """
    found = await session.scalars(select(Account).where(Account.person_id == person.id, Account.revoked_at.is_(None)))
    ended = [row for row in found if only is None or row in only]
    for row in ended:
        row.revoked_at = now
    if ended:
        await audit.record(session, "revoke", now=now, actor=by, details={"person": person.key, "accounts": len(ended)})
        await _end_links(session, person, now, by)
    return len(ended)


async def _end_links(session: Session, person: Person, now: datetime, by: Person | None) -> None:
    held = select(Feed).where(Feed.made_by == person.id, Feed.revoked_at.is_(None)).order_by(Feed.id)
    for feed in (await session.scalars(held)).all():
        feed.revoked_at = now
        unit = await session.get_one(Unit, feed.unit_id)
        details = {"unit": unit.name, "feed": feed.code}
        await audit.record(session, LINK_ENDED, now=now, actor=by, details=details)


async def heard_from(row: Account, chat: str | None, now: datetime) -> None:
    """A sign of life: the account is reachable, and the newest to write to. In a group ``chat`` is None."""
    row.seen_at = now
    row.unreachable_since = None
    if chat is not None:
        row.chat = chat


async def units_with_account(session: Session) -> set[int]:
    """The units in which somebody can be written to."""
    works = (Account.revoked_at.is_(None), Account.unreachable_since.is_(None), Person.active)
    linked = Account.person_id == Person.id
    own = select(Person.unit_id).join(Account, linked).where(*works)
    further = select(Membership.unit_id).join(Person, Person.id == Membership.person_id).join(Account, linked)
    found = await session.scalars(union(own, further.where(*works, Membership.ended_at.is_(None))))
    return set(found)
