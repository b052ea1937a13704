"""``Hoàn tác``: offered under what confirms an act, and pressed within the time the office gives."""

from __future__ import annotations

from dataclasses import replace

from db import Database
from db.models import Undo
from handlers.buttons import Rows, button
from handlers.cards import buttons_of
from handlers.common import by, view
from handlers.turn import Answer, Args, ButtonHandler, Turn
from services import audit, undoing
from texts import labels
from texts import undoing as say


async def offer(turn: Turn, database: Database) -> None:
    """Put the button under the answer that confirms what this turn has done, where it can be taken back."""
    acts = audit.recorded(turn.session)
    if not acts or not turn.answers or not turn.message.private:  # a group would see a button that is one person's
        return
    async with database.read() as before:
        undos = await undoing.remember(turn.session, before, acts, by(turn))
    for first in undos[:1]:
        place = _place(turn.answers, undos)
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
    if len(back.directives) > 1:
        numbers = [d.id for d in back.directives]
        turn.say(say.undone_many(numbers, back.event), directives=numbers, edit=True)
        return
    (directive,) = back.directives
    rows: Rows = await buttons_of(turn, directive)
    turn.say(say.undone(await view(turn, directive), back.event), rows, directives=[directive.id], edit=True)


BUTTONS: dict[str, ButtonHandler] = {"un": press_undo}
