"""``Hoàn tác``: offered under what confirms an act, and pressed within the time the office gives."""

from __future__ import annotations

from dataclasses import replace

from db import Database
from db.models import Undo
from domain.lifecycle import State
from handlers.buttons import Rows, button
from handlers.cards import buttons_of
from handlers.common import by, view
from handlers.turn import Answer, Args, ButtonHandler, Turn
from services import audit, undoing
from texts import labels
from texts import undoing as say


async def offer(turn: Turn, database: Database) -> None:
    """Put the button under the answer that confirms what this turn has done, where it can be taken back."""
    if turn.message.private and turn.answers:
        undos = await _acts(turn, database)
        _put(turn, undos, _place(turn.answers, undos))


async def offer_there(turn: Turn, database: Database) -> None:
    """The same in a group, under the one answer that speaks of all that was done; others who press it are refused."""
    if not turn.message.private and turn.answers:
        undos = await _acts(turn, database)
        done = {row.directive_id for row in undos}
        places = [i for i, one in enumerate(turn.answers) if done <= set(one.directives)]
        for place in places[-1:]:
            _put(turn, undos, place)


async def _acts(turn: Turn, database: Database) -> list[Undo]:
    acts = audit.recorded(turn.session)
    if not acts:
        return []
    async with database.read() as before:
        return await undoing.remember(turn.session, before, acts, by(turn))


def _put(turn: Turn, undos: list[Undo], place: int) -> None:
    for first in undos[:1]:
        answer = turn.answers[place]
        rows = (*answer.message.buttons, (button(labels.UNDO, "un", first.code),))
        turn.answers[place] = replace(answer, message=replace(answer.message, buttons=rows))


def _place(answers: list[Answer], undos: list[Undo]) -> int:
    """The last answer that speaks of just what was done, else the last one."""
    done = {row.directive_id for row in undos}
    return next((i for i in reversed(range(len(answers))) if set(answers[i].directives) == done), len(answers) - 1)


async def press_undo(turn: Turn, args: Args) -> None:
    """``un:code``: take it back."""
    back = await undoing.undo(turn.session, args[0], by(turn))
    turn.toast = labels.UNDO
    if not turn.message.private:
        _say_there(turn, back)
        return
    if len(back.directives) > 1:
        numbers = [d.id for d in back.directives]
        turn.say(say.undone_many(numbers, back.event), directives=numbers, edit=True)
        return
    (directive,) = back.directives
    rows: Rows = await buttons_of(turn, directive)
    turn.say(say.undone(await view(turn, directive), back.event), rows, directives=[directive.id], edit=True)


def _say_there(turn: Turn, back: undoing.TakenBack) -> None:
    """In a group: the numbers alone, and the button that was pressed by mistake."""
    numbers = [d.id for d in back.directives]
    rows: Rows = []
    if any(d.state == State.ISSUED for d in back.directives):
        label = labels.ACKNOWLEDGE if len(numbers) == 1 else labels.ACKNOWLEDGE_ALL
        rows = [[button(label, "gack", style="success")]]
    turn.say(say.undone_many(numbers, back.event), rows, directives=numbers, edit=True)


BUTTONS: dict[str, ButtonHandler] = {"un": press_undo}
