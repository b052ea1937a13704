"""A unit's group: ``/nhom`` links it, the bot comes and goes, what is posted there and acknowledged there."""

from __future__ import annotations

import re
from datetime import date, datetime

from channels.base import IncomingMessage, OutgoingMessage
from db import Session
from db.models import Directive, Outbox, Person, Transition, Unit
from db.queries import inbox
from domain.errors import NotAllowed
from domain.lifecycle import WITH_UNIT, State
from domain.obstacles import Kind
from domain.rights import Action, Role
from handlers.buttons import Rows, button
from handlers.common import by, typed_unit, views
from handlers.rendering import Moment, directives_of, message_of, views_of
from handlers.turn import Answer, Args, ButtonHandler, Handler, Turn
from services import group_chats, group_news, outbox, posts, reporting
from texts import group_chats as say
from texts import labels

SHOWN = 15  # directives in one post
NO_MORE = re.compile(r"(?:thôi|thoi|bỏ|bo|huỷ|hủy|huy)\s*", re.IGNORECASE)


# --- linking ---


async def link(turn: Turn) -> None:
    """``/nhom``, ``/nhom Phòng Nội vụ``, ``/nhom thôi``."""
    words = turn.message.text.partition(" ")[2].strip()
    if turn.message.private:
        turn.say(say.only_in_groups())
    elif NO_MORE.fullmatch(words):
        await _unlink(turn)
    elif unit := await _unit(turn, words):
        instead = await group_chats.link(turn.session, turn.message.channel, turn.message.chat, unit, by(turn))
        turn.say(say.linked(unit.name, instead=instead))


async def _unlink(turn: Turn) -> None:
    group = await group_chats.of_chat(turn.session, turn.message.channel, turn.message.chat)
    if group is None:
        turn.say(say.not_linked())
        return
    await group_chats.unlink(turn.session, group, by(turn))
    turn.say(say.unlinked((await turn.session.get_one(Unit, group.unit_id)).name))


async def _unit(turn: Turn, words: str) -> Unit | None:
    """The unit named; without a name that of who asks, if they head one. None where something was asked back."""
    if words:
        found, others = await typed_unit(turn, words)
        found = others[0] if found is None and len(others) == 1 else found  # the answer says which one it is
        if found is None:
            turn.say(say.unit_unclear(words[:60], [unit.name for unit in others]))
            return None
        return await turn.session.get(Unit, found.id)
    headed = [post.unit_id for post in await posts.of_person(turn.session, turn.person) if post.role is Role.HEAD]
    if headed:
        return await turn.session.get(Unit, headed[0])
    group = await group_chats.of_chat(turn.session, turn.message.channel, turn.message.chat)
    if group is not None:
        turn.say(say.is_linked((await turn.session.get_one(Unit, group.unit_id)).name))
    elif turn.person.role in {Role.CLERK, Role.ADMIN}:
        turn.say(say.which_unit())
    else:
        turn.say(say.not_linked())
    return None


# --- coming and going ---


async def happened(session: Session, message: IncomingMessage, now: datetime) -> list[Answer]:
    """The bot was put into a group, or out of it, or the group has another address."""
    match message.event:
        case "added" if await group_chats.of_chat(session, message.channel, message.chat) is None:
            return [Answer(OutgoingMessage(say.greeting()), here=True)]
        case "removed":
            await group_chats.lost(session, message.channel, message.chat, now)
        case "moved" if message.moved_to:
            await outbox.address_moved(session, message.channel, message.chat, message.moved_to)
    return []


async def lost(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """To the unit's head; moot once there is a group again."""
    if await group_chats.of_units(session, [row.payload["unit"]]):
        return None
    return message_of(say.lost((await session.get_one(Unit, row.payload["unit"])).name), [])


# --- what is posted ---


async def posted(session: Session, row: Outbox, at: Moment) -> OutgoingMessage | None:
    """What is new for a unit, into its group; without what has moved on, and moot where nothing is left."""
    group = await group_chats.of_chat(session, row.channel or "", row.chat or "")
    if group is None:
        return None
    unit = await session.get_one(Unit, group.unit_id)
    what = row.payload["what"]
    if what == group_chats.WITHDRAWN:
        return message_of(say.withdrawn(unit.name, row.directives), [])
    if what == group_chats.UNDONE:
        return message_of(say.undone(row.directives), [])
    if what == group_chats.HAPPENED:
        return await _happened(session, row, unit)
    mine = [d for d in await directives_of(session, row) if d.lead_unit_id == group.unit_id and d.state in WITH_UNIT]
    if not mine:
        return None
    shown = await views_of(session, mine[:SHOWN], at)
    return message_of(say.posted(unit.name, what, shown, len(mine) - len(shown), None), _acknowledging(mine))


async def _happened(session: Session, row: Outbox, unit: Unit) -> OutgoingMessage | None:
    """One line; moot where the world has moved on since."""
    move = await session.get(Transition, row.payload["transition"])
    (directive,) = await directives_of(session, row)
    until = date.fromisoformat(move.details["until"]) if move and move.event in group_news.MOVED else None
    is_theirs = directive.lead_unit_id == unit.id
    if move is None or is_theirs == (move.event == group_news.LEFT) or until not in {None, directive.last_day}:
        return None
    text = say.happened(
        move.event, directive.id, directive.text, unit.name, until, directive.last_day,
        is_proposal=move.details.get("kind") == Kind.PROPOSAL,
    )  # fmt: skip
    return message_of(text, [])


def _acknowledging(directives: list[Directive]) -> Rows:
    if all(d.state != State.ISSUED for d in directives):
        return []
    label = labels.ACKNOWLEDGE if len(directives) == 1 else labels.ACKNOWLEDGE_ALL
    return [[button(label, "gack", style="success")]]


async def acknowledge(turn: Turn, args: Args) -> None:
    """``gack``: what the message speaks of, by a member of the unit; it then says who."""
    message = turn.message
    group = await group_chats.of_chat(turn.session, message.channel, message.chat)
    if group is None or not await posts.is_of(turn.session, turn.person, group.unit_id):
        raise NotAllowed(Action.ACKNOWLEDGE)
    numbers = await inbox.spoken_of(turn.session, message.channel, message.chat, message.pressed_on or "")
    found = [d for n in numbers if (d := await turn.session.get(Directive, n, with_for_update={"of": Directive}))]
    mine = [d for d in found if d.lead_unit_id == group.unit_id and d.state in WITH_UNIT]
    for directive in mine:
        if directive.state == State.ISSUED:
            await reporting.acknowledge(turn.session, directive, by(turn))
    turn.toast = labels.ACKNOWLEDGE
    if mine:
        unit = await turn.session.get_one(Unit, group.unit_id)
        text = say.posted(
            unit.name, group_chats.ISSUED, await views(turn, mine[:SHOWN]), max(0, len(mine) - SHOWN), turn.person.name
        )
        turn.say(text, directives=[d.id for d in mine], edit=True)


COMMANDS: dict[str, Handler] = {"nhom": link}
BUTTONS: dict[str, ButtonHandler] = {"gack": acknowledge}
