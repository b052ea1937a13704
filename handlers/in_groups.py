"""What is said where others read along.

A handler's answers go to the chat of the person alone, except what is named here: short lines about directives of the
group's own unit. So a new command shows nothing in a group unless somebody has thought about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from channels.base import Buttons, IncomingMessage, OutgoingMessage, visible
from db import Session
from db.models import Directive, GroupChat, Unit
from domain.errors import NoSuchThing, Refusal
from handlers import combining
from handlers.turn import Answer, Turn
from services import group_chats, posts
from services.group_chats import Outcome
from texts import group_chats as say
from texts import refusals

COMMANDS = frozenset({"lich", "nhom"})  # whose answer others may read
BUTTONS = frozenset({"lc", "gack"})  # the same
CONFIRMING = frozenset({"sub", "fix", "as", "exs", "nos", "un"})  # under words said in the group: for who said them
OF_A_POST = frozenset({"gack"})  # under what is posted there: for every member
MOST_TOAST = 200  # characters


async def of(turn: Turn) -> GroupChat | None:
    """The linked group a message came from; None in private, and where the group is no unit's."""
    if turn.message.private:
        return None
    return await group_chats.of_chat(turn.session, turn.message.channel, turn.message.chat)


async def turned_away(turn: Turn, kind: str) -> bool:
    """Whether words in a unit's group come from somebody of another unit; they are told so once, then nothing."""
    group = await of(turn)
    if kind != "report" or group is None or await posts.is_of(turn.session, turn.person, group.unit_id):
        return False
    if turn.spoken_of and not await _are_of(turn.session, turn.spoken_of, group):
        return False
    if await group_chats.hint_once(turn.session, group, turn.message.sender.id, turn.now):
        unit = await turn.session.get_one(Unit, group.unit_id)
        turn.answers.append(_here(turn.message, say.other_unit(turn.person.name, unit.name)))
    return True


async def settle(turn: Turn, kind: str, name: str) -> None:
    """Decide, of each answer, whether it stands in the group; a line there says what was understood.

    Args:
        turn: after its handler.
        kind: of its route.
        name: of the command or button.
    """
    if turn.message.private or not turn.answers:
        return
    if (kind == "command" and name in COMMANDS) or (kind == "button" and name in BUTTONS):
        turn.answers = [_stays(turn.message, one) for one in turn.answers]
        return
    if kind == "button":
        await _settle_press(turn, name)
        return
    if kind == "report":
        await _settle_words(turn)
    is_further_picture = turn.message.album is not None and not turn.message.text
    if all(not one.here for one in turn.answers) and not is_further_picture:
        turn.answers.append(_here(turn.message, say.answered_privately(turn.person.name)))


async def _settle_press(turn: Turn, name: str) -> None:
    group = await of(turn)
    for place, one in enumerate(turn.answers):
        if name in CONFIRMING and group and one.message.replaces and await _are_of(turn.session, one.directives, group):
            turn.answers[place] = replace(
                one, message=replace(one.message, buttons=_confirming(one.message.buttons)), here=True
            )
    if any(not one.here for one in turn.answers):
        turn.toast = turn.toast or say.IN_PRIVATE


async def _settle_words(turn: Turn) -> None:
    """One short line about each directive of the group's unit; whatever else was answered goes to the person."""
    group = await of(turn)
    found = await group_chats.outcomes(turn.session, turn.inbox_id, group.unit_id) if group else []
    if not found or any(one.here for one in turn.answers):
        return
    shown = {one.directive for one in found}
    blocks = [(one, combining.blocks_of(one)) for one in turn.answers]
    others = [one for one, said in blocks if any(block.directive not in shown for block in said)]
    rows = {block.directive: _confirming(block.rows) for one, said in blocks if one not in others for block in said}
    turn.answers = [*others, *(_line(turn, one, rows.get(one.directive, ())) for one in found)]


def _line(turn: Turn, one: Outcome, rows: Buttons) -> Answer:
    """A message for each directive: a press changes its own alone."""
    text = say.noted(turn.person.name, one.directive, one.kind, one.percent, has_difficulty=one.has_difficulty)
    line = _here(turn.message, text, (one.directive,))
    return replace(line, message=replace(line.message, buttons=rows))


def _confirming(rows: Buttons) -> Buttons:
    kept = (tuple(b for b in row if b.data.split(":")[0] in CONFIRMING | OF_A_POST) for row in rows)
    return tuple(row for row in kept if row)


async def _are_of(session: Session, numbers: Sequence[int], group: GroupChat) -> bool:
    found = [await session.get(Directive, number) for number in numbers]
    return bool(found) and all(d is not None and d.lead_unit_id == group.unit_id for d in found)


def _here(message: IncomingMessage, text: str, directives: Sequence[int] = ()) -> Answer:
    return Answer(OutgoingMessage(text, reply_to=message.message_id), tuple(directives), here=True)


def _stays(message: IncomingMessage, one: Answer) -> Answer:
    reply_to = None if one.message.replaces else message.message_id
    return replace(one, message=replace(one.message, reply_to=reply_to), here=True)


async def meet_stranger(session: Session, message: IncomingMessage, now: datetime) -> list[Answer]:
    """Somebody nobody has linked has spoken to us in a unit's group: a hint, once."""
    group = await group_chats.of_chat(session, message.channel, message.chat)
    if group is None or not await group_chats.hint_once(session, group, message.sender.id, now):
        return []
    return [_here(message, say.stranger(message.sender.name or "Anh/chị"))]


def toast(refusal: Refusal, button: str) -> str:
    """A refusal as a passing word: in a group it is nobody else's matter."""
    if isinstance(refusal, NoSuchThing) and button in CONFIRMING:
        return say.OTHERS_BUTTON
    return visible(refusals.refusal(refusal))[:MOST_TOAST]
