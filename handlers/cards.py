"""A directive on the screen: its card, its story, what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from channels.base import Button
from db.models import Directive
from domain.errors import NoSuchDirective
from domain.lifecycle import State
from domain.rights import Action
from domain.views import DirectiveView
from handlers import buttons, deciders, leading, measured, open_ends, parts, ties
from handlers.buttons import Rows, button
from handlers.common import view
from handlers.counted_by import field_row
from handlers.drafts import show_draft
from handlers.importing import lines_of
from handlers.turn import Args, ButtonHandler, Turn
from services import life, people, reporting
from texts import cards as say
from texts import labels


async def visible(turn: Turn, code: str) -> Directive:
    """The directive of a button, if this person may see it.

    Raises:
        NoSuchDirective: there is none for this person.
    """
    directive = await life.by_code(turn.session, code)
    stands = await people.standing(turn.session, turn, directive)
    if not people.may_see(stands, directive):
        raise NoSuchDirective(None)
    return directive


async def show(
    turn: Turn, directive: Directive, *, edit: bool = False, besides: Sequence[list[Button]] = ()
) -> DirectiveView | None:
    """Answer with the card and the buttons of what this person can do, and some rows besides.

    Returns:
        what is shown; None of a draft.
    """
    if directive.state == State.DRAFT:
        await show_draft(turn, directive, edit=edit)
        return None
    rows = await buttons_of(turn, directive, besides)
    shown = await view(turn, directive)
    text = say.directive(shown) + await measured.line_of(turn, directive)
    text += await ties.lines_of(turn.session, directive)
    text += await lines_of(turn.session, directive)
    turn.say(text, rows, directives=[directive.id], edit=edit)
    return shown


async def buttons_of(turn: Turn, directive: Directive, besides: Sequence[list[Button]] = ()) -> Rows:
    """What this person can do with an issued directive now, and some rows besides."""
    stands = await people.standing(turn.session, turn, directive)
    decide = await deciders.rows_of(turn.session, directive, turn.person, turn)
    rows = buttons.of_directive(directive, stands, decide)
    further = [
        *leading.row_of(directive, stands),
        *await parts.rows_of(turn, directive, stands),
        *await open_ends.rows_of(turn, directive, stands),
    ]
    rows[-1:-1] = [*further, *(row for row in besides if row)]
    if await reporting.evidence_of(turn.session, directive):
        rows[-1].append(button(labels.EVIDENCE, "ev", directive.code))
    return rows


async def open_one(turn: Turn, args: Args) -> None:
    """``d:code``: a card as a new message, so that the list it came from stays."""
    await show(turn, await visible(turn, args[0]))


async def open_more(turn: Turn, args: Args) -> None:
    """``more:code``: what the assigner's side can do besides."""
    directive = await visible(turn, args[0])
    await people.check(turn.session, turn, directive, Action.STEER)
    stands = await people.standing(turn.session, turn, directive)
    rows = [*leading.more_of(directive, stands, turn.now), *await measured.making(turn, directive)]
    rows += [row for row in [field_row(turn, directive)] if row]
    rows += buttons.steering(directive)
    turn.say(say.directive(await view(turn, directive)), rows, directives=[directive.id], edit=True)


BUTTONS: dict[str, ButtonHandler] = {
    "d": open_one,
    "more": open_more,
}
