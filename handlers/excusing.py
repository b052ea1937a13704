"""``Xác nhận lý do khách quan``: why a directive is late is nobody's fault (Decree 335/2025)."""

from __future__ import annotations

from handlers import cards
from handlers.buttons import button, stop
from handlers.common import by, view
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import excusing
from texts import labels
from texts import leading as say


async def press(turn: Turn, args: Args) -> None:
    """``kqu:code``: which reason?"""
    directive = await cards.visible(turn, args[0])
    await excusing.check(turn.session, directive, by(turn))
    turn.expect("excuse", about=directive.id, directive=directive.code)
    turn.say(say.ask_excuse(await view(turn, directive)), stop(), directives=[directive.id])


async def take_reason(turn: Turn) -> None:
    """The reason; it stands in the history and on the card."""
    directive = await cards.visible(turn, turn.conversation.data["directive"])
    await excusing.excuse(turn.session, directive, turn.message.text, by(turn))
    turn.finish()
    rows = [[button(f"#{directive.id}", "d", directive.code)]]
    text = say.excused(await view(turn, directive), directive.excused_for or "")
    turn.say(text, rows, directives=[directive.id])


async def press_back(turn: Turn, args: Args) -> None:
    """``kqb:code``: it is no such reason after all."""
    directive = await cards.visible(turn, args[0])
    await excusing.take_back(turn.session, directive, by(turn))
    turn.toast = labels.NOT_EXCUSED
    rows = [[button(f"#{directive.id}", "d", directive.code)]]
    turn.say(say.not_excused(directive.id), rows, directives=[directive.id], edit=True)


STEPS: dict[str, Handler] = {"excuse": take_reason}
BUTTONS: dict[str, ButtonHandler] = {"kqu": press, "kqb": press_back}
