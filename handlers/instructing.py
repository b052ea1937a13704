"""``Ghi ý kiến``: what a leader writes on a directive, shown before it goes; or a directive of its own."""

from __future__ import annotations

from typing import Any

from db.models import Directive
from domain.errors import NoSuchThing, ReasonMissing
from handlers import cards
from handlers.buttons import Rows, button, stop
from handlers.common import by, view
from handlers.drafts import show_draft
from handlers.giving import deadline_in, without
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import answers, instructing, life, notices
from services.instructing import INSTRUCT
from texts import labels
from texts import leading as say

KEPT = "instruction"  # in the payload of what was shown


async def press(turn: Turn, args: Args) -> None:
    """``yk:code``: which instruction?"""
    await _ask(turn, await cards.visible(turn, args[0]))


async def _ask(turn: Turn, directive: Directive) -> None:
    await instructing.check(turn.session, directive, by(turn))
    turn.expect("instruction", about=directive.id, directive=directive.code)
    turn.say(say.ask_instruction(await view(turn, directive)), stop(), directives=[directive.id])


async def take_words(turn: Turn) -> None:
    """The words, shown as they are going to be read. Kept with what is shown: a press sends just that."""
    directive = await cards.visible(turn, turn.conversation.data["directive"])
    words = turn.message.text.strip()
    if not words:
        raise ReasonMissing(INSTRUCT)
    await instructing.check(turn.session, directive, by(turn))
    turn.finish()
    turn.say(say.confirm_instruction(await view(turn, directive), words), _rows(directive), directives=[directive.id])
    turn.answers[-1].payload[KEPT] = {"directive": directive.id, "words": words}


def _rows(directive: Directive) -> Rows:
    send = button(labels.SEND, "yks", 0, style="success")
    helpers = [[button(labels.TO_HELPERS, "yks", 1)]] if any(c.unit_id for c in directive.coordinations) else []
    return [
        [send, button(labels.EDIT_WORDS, "yke")],
        *helpers,
        [button(labels.AS_DIRECTIVE, "ykn"), button(labels.STOP, "stop")],
    ]


async def _kept(turn: Turn) -> tuple[Directive, str]:
    message = turn.message
    kept: dict[str, Any] = await answers.payload_of(turn.session, message.channel, message.chat, message.pressed_on)
    if KEPT not in kept:
        raise NoSuchThing
    directive = await life.by_number(turn.session, kept[KEPT]["directive"], turn)
    return directive, kept[KEPT]["words"]


async def press_send(turn: Turn, args: Args) -> None:
    """``yks:helpers``: send it; ``1`` to the units that help too."""
    directive, words = await _kept(turn)
    to_helpers = args.number(0) == 1
    await instructing.instruct(turn.session, directive, words, by(turn), to_helpers=to_helpers)
    turn.toast = labels.INSTRUCT
    rows = [[button(f"#{directive.id}", "d", directive.code)]]
    text = say.instructed(await view(turn, directive), to_helpers=to_helpers)
    turn.say(text, rows, directives=[directive.id], edit=True)


async def press_edit(turn: Turn, args: Args) -> None:
    """``yke``: other words."""
    directive, _ = await _kept(turn)
    await _ask(turn, directive)


async def press_new(turn: Turn, args: Args) -> None:
    """``ykn``: a directive of its own for the same unit; its day is read from the words."""
    directive, words = await _kept(turn)
    await instructing.check(turn.session, directive, by(turn))
    if directive.lead_unit is None:
        raise NoSuchThing
    dated = deadline_in(turn, words)
    draft = await notices.draft_directly(turn.session, without(words, dated), directive.lead_unit, dated, (), by(turn))
    await show_draft(turn, draft, edit=True)


STEPS: dict[str, Handler] = {"instruction": take_words}
BUTTONS: dict[str, ButtonHandler] = {"yk": press, "yks": press_send, "yke": press_edit, "ykn": press_new}
