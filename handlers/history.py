"""A directive's story on the screen: pages of it in place, the newest in one press, and the paper to take along."""

from __future__ import annotations

from db.models import Directive
from domain.views import DirectiveView
from handlers import cards
from handlers.buttons import button, paging
from handlers.common import page_of, view
from handlers.turn import Args, ButtonHandler, Turn
from services import reporting
from services.story import story
from texts import history as say
from texts import labels

PAGE = 8  # lines


async def opened(turn: Turn, args: Args) -> None:
    """``dh:code:page``: the whole story, oldest first."""
    await show(turn, await cards.visible(turn, args[0]), args.number(1))


async def turned(turn: Turn, args: Args) -> None:
    """``dhp:code:page``: another page, in place."""
    await show(turn, await cards.visible(turn, args[0]), args.number(1), edit=True)


async def show(
    turn: Turn, directive: Directive, number: int, shown: DirectiveView | None = None, *, edit: bool = False
) -> None:
    """Answer with one page of the story. ``shown``: the directive's facts, where they are read already."""
    told = await story(turn.session, directive)
    number, pages = page_of(len(told.lines), number, PAGE)
    some = told.lines[(number - 1) * PAGE : number * PAGE]
    turns = paging(number, pages, "dhp", directive.code)
    if number > 2:
        turns.insert(0, button(say.FIRST_PAGE, "dhp", directive.code, 1))
    if number < pages - 1:
        turns.append(button(say.NEWEST, "dhp", directive.code, pages))
    last = [button(f"#{directive.id}", "d", directive.code)]
    if await reporting.evidence_of(turn.session, directive):
        last.append(button(labels.EVIDENCE, "ev", directive.code))
    last.append(button(say.EXTRACT, "ex", directive.code))
    text = say.page(shown or await view(turn, directive), told, some, number, pages)
    turn.say(text, [row for row in (turns, last) if row], directives=[directive.id], edit=edit)


BUTTONS: dict[str, ButtonHandler] = {"dh": opened, "dhp": turned}
