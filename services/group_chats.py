"""Groups of units on a platform: linked by the unit's head or the office, and told what is new for the unit.

What is posted in a group says no more than every member of the unit may read: new work and moved deadlines, never what
is late, and nothing of other units.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from db import Session
from db.models import Directive, GroupChat, Outbox, Person, Report, Transition, Unit
from domain.errors import GroupOfOthers, NotAllowed
from domain.lifecycle import Event
from domain.rights import Action, Role, Standing, may
from services import audit, posts
from services.life import By
from services.outbox import NEWS, tell

POSTED = "posted"  # an outbox row: what is new for a unit, into its group
LOST = "group_lost"  # an outbox row: the bot is not in a unit's group any more
LINK = "link_group"
ISSUED, AMENDED, WITHDRAWN = "issued", "amended", "withdrawn"  # what a post is about
HAPPENED, UNDONE = "happened", "undone"  # the same: one row of the audit, and that it holds no more
PATIENCE = timedelta(minutes=3)  # in which the changes of one notice are confirmed, one by one


async def of_chat(session: Session, channel: str, chat: str) -> GroupChat | None:
    """The linked group of a chat."""
    return await session.scalar(
        select(GroupChat).where(
            GroupChat.channel == channel, GroupChat.chat == chat, GroupChat.ended_at.is_(None)
        )
    )  # fmt: skip


async def of_units(session: Session, units: Iterable[int | None]) -> list[GroupChat]:
    """The linked groups of units."""
    wanted = {unit for unit in units if unit is not None}
    found = await session.scalars(
        select(GroupChat).where(GroupChat.unit_id.in_(wanted), GroupChat.ended_at.is_(None)).order_by(GroupChat.id)
    )
    return list(found)


# --- linking ---


async def link(session: Session, channel: str, chat: str, unit: Unit, by: By) -> bool:
    """Let a unit's work be posted in a group. The unit's other group on the same platform, if any, is unlinked.

    Returns:
        whether there was such another group.

    Raises:
        NotAllowed: neither the unit's head nor the office.
        GroupOfOthers: the group is another unit's, and the person is not of the office.
    """
    await _check(session, by.person, unit.id)
    there = await session.scalar(select(GroupChat).where(GroupChat.channel == channel, GroupChat.chat == chat))
    if there is not None and there.ended_at is None and there.unit_id != unit.id:
        holder = await session.get_one(Unit, there.unit_id)
        if not _is_office(by.person):
            raise GroupOfOthers(holder.name)
    others = [g for g in await of_units(session, [unit.id]) if g.channel == channel and g.chat != chat]
    for other in others:
        await _end(session, other, "group_unlinked", by)
    if there is None:
        there = GroupChat(channel=channel, chat=chat, hinted={})
        session.add(there)
    there.unit_id, there.linked_by, there.linked_at, there.ended_at = unit.id, by.person.id, by.now, None
    await audit.record(
        session, "group_linked", now=by.now, actor=by.person, inbox_id=by.inbox_id,
        details={"unit": unit.name, "channel": channel, "chat": chat},
    )  # fmt: skip
    return bool(others)


async def unlink(session: Session, group: GroupChat, by: By) -> None:
    """Nothing is posted in a group any more.

    Raises:
        NotAllowed: neither the unit's head nor the office.
    """
    await _check(session, by.person, group.unit_id)
    await _end(session, group, "group_unlinked", by)


async def _check(session: Session, person: Person, unit_id: int) -> None:
    if not _is_office(person) and person.id not in {head.id for head in await posts.heads_of(session, unit_id)}:
        raise NotAllowed(LINK)


def _is_office(person: Person) -> bool:
    return may(Action.MANAGE_UNITS, Standing(Role(person.role)))


async def _end(session: Session, group: GroupChat, event: str, by: By | None, now: datetime | None = None) -> None:
    moment = by.now if by else now
    assert moment is not None  # noqa: S101  (one of the two is given)
    group.ended_at = moment
    unit = await session.get_one(Unit, group.unit_id)
    await audit.record(
        session, event, now=moment, actor=by.person if by else None, inbox_id=by.inbox_id if by else None,
        details={"unit": unit.name, "channel": group.channel, "chat": group.chat},
    )  # fmt: skip


async def lost(session: Session, channel: str, chat: str, now: datetime) -> None:
    """The bot was removed from a group, or the group is gone: its unit's head is told, or the office."""
    group = await of_chat(session, channel, chat)
    if group is None:
        return
    await _end(session, group, "group_lost", None, now)
    told = await posts.heads_of(session, group.unit_id)
    if not told:
        told = list(await session.scalars(select(Person).where(Person.role == Role.CLERK, Person.active)))
    await tell(session, [p.id for p in told], LOST, now=now, payload={"unit": group.unit_id})


# --- posting ---


async def post(session: Session, directives: Sequence[Directive], now: datetime) -> None:
    """Post what is new for units in their groups: one message for each group."""
    for group in await of_units(session, (d.lead_unit_id for d in directives)):
        mine = [d for d in directives if d.lead_unit_id == group.unit_id]
        numbers = [d.id for d in mine]
        session.add(row_of(group, numbers, {"what": ISSUED}, now, urgent=any(d.urgency is not None for d in mine)))
    await session.flush()


async def post_amended(session: Session, moves: Sequence[Transition], notice: str, now: datetime) -> None:
    """Post the deadlines that a newer notice has moved; what of one notice is confirmed one by one is one message."""
    numbers = {m.directive_id for m in moves if m.directive_id is not None and m.details.get("until")}
    found = [d for n in sorted(numbers) if (d := await session.get(Directive, n)) is not None]
    for group in await of_units(session, (d.lead_unit_id for d in found)):
        mine = [d for d in found if d.lead_unit_id == group.unit_id]
        waiting = await _waiting(session, group, notice)
        if waiting is None:
            payload = {"what": AMENDED, "notice": notice}
            session.add(row_of(group, [d.id for d in mine], payload, now, not_before=now + PATIENCE))
        else:
            waiting.directives = list(dict.fromkeys([*waiting.directives, *(d.id for d in mine)]))
    await session.flush()


async def _waiting(session: Session, group: GroupChat, notice: str) -> Outbox | None:
    found = await session.scalars(
        select(Outbox).where(
            Outbox.kind == POSTED, Outbox.state == "queued", Outbox.channel == group.channel, Outbox.chat == group.chat
        )
    )
    return next((row for row in found if row.payload.get("notice") == notice), None)


def row_of(
    group: GroupChat,
    numbers: Sequence[int],
    payload: Mapping[str, object],
    now: datetime,
    *,
    not_before: datetime | None = None,
    urgent: bool = False,
) -> Outbox:
    """A post in a group about some directives, not yet added."""
    return Outbox(
        kind=POSTED, channel=group.channel, chat=group.chat, payload=dict(payload), directives=list(numbers),
        priority=NEWS, not_before=not_before, urgent=urgent, created_at=now,
    )  # fmt: skip


async def withdraw(session: Session, posts_: Sequence[Outbox], number: int, now: datetime) -> None:
    """Tell the groups that have read of a directive that it, or what happened to it, was taken back.

    Args:
        session: a write transaction.
        posts_: what has gone out; what is no post in a group is passed over.
        number: the directive's.
        now: aware.
    """
    for row in (one for one in posts_ if one.kind == POSTED):
        what = UNDONE if row.payload["what"] == HAPPENED else WITHDRAWN
        session.add(
            Outbox(
                kind=POSTED, channel=row.channel, chat=row.chat, payload={"what": what}, directives=[number],
                priority=NEWS, created_at=now,
            )
        )  # fmt: skip
    await session.flush()


# --- answering ---


async def hint_once(session: Session, group: GroupChat, external_id: str, now: datetime) -> bool:
    """Whether somebody is to be given a hint now: once for each, in each group."""
    if external_id in group.hinted:
        return False
    group.hinted = {**group.hinted, external_id: now.isoformat()}
    await session.flush()
    return True


@dataclass(frozen=True)
class Outcome:
    """What became of words in a group. ``kind`` is a report's, or "acknowledge"."""

    directive: int
    kind: str
    percent: int | None = None
    has_difficulty: bool = False


async def outcomes(session: Session, inbox_id: int, unit_id: int) -> list[Outcome]:
    """What a message has done to the directives of a unit, as the rows say."""
    await session.flush()
    reports = await session.execute(
        select(Report.directive_id, Report.kind, Report.percent, Report.difficulty)
        .join(Directive, Directive.id == Report.directive_id)
        .where(Report.inbox_id == inbox_id, Report.withdrawn_at.is_(None), Directive.lead_unit_id == unit_id)
        .order_by(Report.id)
    )
    found = [Outcome(d, kind, percent, difficulty is not None) for d, kind, percent, difficulty in reports]
    acknowledged = await session.scalars(
        select(Transition.directive_id)
        .join(Directive, Directive.id == Transition.directive_id)
        .where(
            Transition.inbox_id == inbox_id, Transition.event == Event.ACKNOWLEDGE, Directive.lead_unit_id == unit_id
        )
        .order_by(Transition.id)
    )
    told = {one.directive for one in found}
    return found + [Outcome(d, "acknowledge") for d in acknowledged if d is not None and d not in told]
