"""What the assigner's side decides: more time or not, whose a directive is, whether it goes on."""

from __future__ import annotations

from db.models import Directive
from handlers import approving
from handlers.buttons import button, stop
from handlers.common import by, view
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import extensions
from texts import labels
from texts import work as say


async def _decided(turn: Turn, directive: Directive, event: str, *, edit: bool = False) -> None:
    d = await view(turn, directive)
    text = say.decided(d, event)
    turn.say(text, [[button(f"#{d.id}", "d", d.code)]], directives=[d.id], edit=edit)


# --- more time ---


async def press_grant(turn: Turn, args: Args) -> None:
    """``yes:extension``."""
    await _grant(turn, args, objective=False)


async def press_grant_objective(turn: Turn, args: Args) -> None:
    """``yeo:extension``: agreed, and the reason was objective."""
    await _grant(turn, args, objective=True)


async def _grant(turn: Turn, args: Args, *, objective: bool) -> None:
    request = await extensions.by_code(turn.session, args[0])
    directive = await extensions.grant(turn.session, request, by(turn), objective=objective)
    turn.toast = labels.AGREE
    if len(args) > 1:  # pressed in the list, which goes on without it
        await approving.waiting_list(turn, 1, edit=True)
    await _decided(turn, directive, extensions.GRANTED, edit=len(args) == 1)


async def press_refuse(turn: Turn, args: Args) -> None:
    """``nay:extension``: why not?"""
    request = await extensions.by_code(turn.session, args[0])
    await extensions.check_decider(turn.session, request, by(turn))
    turn.expect("refuse", about=request.directive_id, extension=request.code)
    turn.say(say.ask_refuse(request.directive_id), stop(), directives=[request.directive_id])


async def take_refuse(turn: Turn) -> None:
    """The reason; the unit gets it word for word."""
    request = await extensions.by_code(turn.session, turn.conversation.data["extension"])
    directive = await extensions.refuse(turn.session, request, turn.message.text, by(turn))
    turn.finish()
    await _decided(turn, directive, extensions.REFUSED)


STEPS: dict[str, Handler] = {"refuse": take_refuse}
BUTTONS: dict[str, ButtonHandler] = {
    "yes": press_grant,
    "yeo": press_grant_objective,
    "nay": press_refuse,
}
