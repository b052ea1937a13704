"""What a correction has taught, said in one line with the way back."""

from __future__ import annotations

from dataclasses import dataclass

from db.models import Directive, Unit
from domain.errors import NoSuchThing
from handlers.buttons import button
from handlers.common import by
from handlers.drafts import draft_of
from handlers.turn import Args, ButtonHandler, Turn
from services import aliases, office
from services.aliases import Doubt, Learned
from texts import labels
from texts import units as say

LEAD = "lead"  # in a button: the spelling of the lead unit; else the place among the coordinating ones as read


@dataclass(frozen=True)
class Taught:
    """What a correction of a draft has taught, or would. ``part`` is ``LEAD`` or a place as above."""

    draft: Directive
    unit: Unit
    lesson: Learned | Doubt
    part: str | int


async def teach(turn: Turn, draft: Directive, written: str | None, unit: Unit, part: str | int = LEAD) -> Taught | None:
    """Learn from a correction, where there is something to learn."""
    lesson = await aliases.teach(turn.session, draft, written, unit, by(turn))
    return Taught(draft, unit, lesson, part) if lesson else None


def tell(turn: Turn, taught: Taught) -> None:
    """Say what was learned, or ask whether it shall be."""
    lesson = taught.lesson
    if isinstance(lesson, Learned):
        say_learned(turn, lesson)
        return
    rows = [[button(labels.REMEMBER, "al", taught.draft.code, taught.part, taught.unit.id)]]
    turn.say(say.doubt(lesson.written, lesson.unit, lesson.other), rows)


def say_learned(turn: Turn, lesson: Learned, *, edit: bool = False) -> None:
    """The one line, with its way back."""
    text = say.learned(lesson.written, lesson.unit, lesson.others)
    turn.say(text, [[button(labels.UNDO, "au", lesson.code)]], edit=edit)


async def confirm(turn: Turn, args: Args) -> None:
    """``al:draft:part:unit``: yes, understand it so from now on."""
    draft = await draft_of(turn, args[0])
    unit = await office.unit(turn.session, args.number(2))
    lesson = await aliases.confirm(turn.session, draft, _written(draft, args), unit, by(turn))
    say_learned(turn, lesson, edit=True)


def _written(draft: Directive, args: Args) -> str:
    if args[1] == LEAD:
        return draft.lead_written or ""
    names = (draft.as_read or {}).get("coordinating", [])
    if args.number(1) >= len(names):
        raise NoSuchThing
    return str(names[args.number(1)])


async def undo(turn: Turn, args: Args) -> None:
    """``au:alias``: take it back, in place of the line that said it."""
    undone = await aliases.undo(turn.session, args[0], by(turn))
    turn.toast = labels.UNDO
    turn.say(say.undone(undone.written, undone.unit, undone.reopened), edit=True)


BUTTONS: dict[str, ButtonHandler] = {"al": confirm, "au": undo}
