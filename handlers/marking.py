"""How often a draft comes again and how urgent it is: read from the document, set by the clerk."""

from __future__ import annotations

from db.models import Directive
from domain.deadlines import Deadline, ImpossibleDate, read_deadline
from domain.errors import CycleNotUnderstood, DateDoesNotExist, NoSuchThing
from domain.recurrence import cycle_of
from domain.urgency import Urgency
from handlers.buttons import Rows, button
from handlers.common import by, view, without_assumptions
from handlers.drafts import draft_of, show_draft, waiting_draft
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import correcting
from services.series import deadline_of
from texts import labels
from texts import notices as say

NONE = "none"


async def ask_recurring(turn: Turn, args: Args) -> None:
    """``drq:draft``: how does it come again?"""
    draft = await waiting_draft(turn, args[0])
    turn.expect("draft_recurring", about=draft.id, draft=draft.code)
    rows = [*_ways_to_recur(draft), [button(labels.BACK, "dv", draft.code)]]
    turn.say(say.ask_recurring(await view(turn, draft)), rows, directives=[draft.id], edit=True)


def _ways_to_recur(draft: Directive) -> Rows:
    """As the document says, where that tells when; and not at all."""
    due, words = deadline_of(draft), draft.recurring
    as_read = [[button(f"Lặp lại {words[:40]}", "dr", draft.code)]] if words and due and cycle_of(words, due) else []
    return [*as_read, [button(labels.NOT_RECURRING, "drn", draft.code)]]


async def take_recurring(turn: Turn) -> None:
    """How a task comes again, in words; of one without a deadline the words have to tell the first one too."""
    draft = await draft_of(turn, turn.conversation.data["draft"])
    words = turn.message.text.strip()
    if draft.deadline_date is None:
        await correcting.change_deadline(turn.session, draft, _first_deadline(turn, words), by(turn))
    else:
        await correcting.change_recurring(turn.session, draft, words, by(turn))
    turn.finish()
    await show_draft(turn, draft)


def _first_deadline(turn: Turn, words: str) -> Deadline:
    """The first deadline of a task that comes again.

    Raises:
        DateDoesNotExist: such as 31/02.
        CycleNotUnderstood: the words do not tell the first one.
    """
    try:
        found = read_deadline(words, turn.today, turn.office.calendar)
    except ImpossibleDate as error:
        raise DateDoesNotExist(error.given) from error
    if found is None or not found.recurring or cycle_of(found.recurring, found) is None:
        raise CycleNotUnderstood(words, has_deadline=False)
    return without_assumptions(found)


async def recur_as_read(turn: Turn, args: Args) -> None:
    """``dr:draft``: it comes again as the document says, on the day of its deadline."""
    draft = await waiting_draft(turn, args[0])
    await correcting.change_recurring(turn.session, draft, draft.recurring, by(turn))
    turn.finish()
    await show_draft(turn, draft, edit=True)


async def ask_urgency(turn: Turn, args: Args) -> None:
    """``du:draft``: which degree."""
    draft = await waiting_draft(turn, args[0])
    degrees = [[button(labels.URGENCY[degree], "dug", draft.code, degree)] for degree in Urgency]
    at_any_hour = turn.office.rhythm.urgent_ignores_quiet
    none = [button(labels.NOT_URGENT, "dug", draft.code, NONE)]
    turn.say(
        say.ask_urgency(draft.id, at_any_hour=at_any_hour),
        [*degrees, none, [button(labels.BACK, "dv", draft.code)]],
        edit=True,
    )


async def choose_urgency(turn: Turn, args: Args) -> None:
    """``dug:draft:degree``, or none."""
    draft = await waiting_draft(turn, args[0])
    if args[1] not in {*Urgency, NONE}:
        raise NoSuchThing
    degree = None if args[1] == NONE else Urgency(args[1])
    await correcting.change_urgency(turn.session, draft, degree, by(turn))
    await show_draft(turn, draft, edit=True)


async def not_recurring(turn: Turn, args: Args) -> None:
    """``drn:draft``: it is done once."""
    draft = await waiting_draft(turn, args[0])
    await correcting.change_recurring(turn.session, draft, None, by(turn))
    turn.finish()
    await show_draft(turn, draft, edit=True)


STEPS: dict[str, Handler] = {"draft_recurring": take_recurring}
BUTTONS: dict[str, ButtonHandler] = {
    "drq": ask_recurring,
    "dr": recur_as_read,
    "drn": not_recurring,
    "du": ask_urgency,
    "dug": choose_urgency,
}
