"""``Giao thêm hạn``: a later deadline that nobody asked for; the day is said back before it counts."""

from __future__ import annotations

from datetime import date
from typing import Any

from db.models import Directive
from domain.errors import NoSuchThing
from handlers import cards
from handlers.buttons import button, stop
from handlers.common import by, typed_later, view
from handlers.offers import split_reason
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import answers, extensions, giving_time, life
from texts import labels
from texts import leading as say

KEPT = "time"  # in the payload of what was shown


async def press(turn: Turn, args: Args) -> None:
    """``gth:code``: until when?"""
    await _ask(turn, await cards.visible(turn, args[0]))


async def _ask(turn: Turn, directive: Directive) -> None:
    await giving_time.check(turn.session, directive, by(turn))
    turn.expect("give_time", about=directive.id, directive=directive.code)
    turn.say(say.ask_time(await view(turn, directive)), stop(), directives=[directive.id])


async def take_until(turn: Turn) -> None:
    """The day in words, with a reason or without."""
    directive = await cards.visible(turn, turn.conversation.data["directive"])
    await giving_time.check(turn.session, directive, by(turn))
    words, reason = split_reason(turn.message.text)
    until = typed_later(turn, words, directive.last_day)
    giving_time.check_until(directive, until, by(turn))
    if directive.last_day is None:
        raise NoSuchThing
    beyond = await giving_time.beyond(turn.session, directive, until, by(turn))
    closes = await extensions.pending_until(turn.session, directive)
    turn.finish()
    given = say.Given(directive.id, directive.last_day, until, reason, beyond.days, beyond.granted, closes)
    rows = [
        [button(labels.RIGHT, "gty", style="success"), button(labels.EDIT, "gte")],
        *stop(),
    ]
    turn.say(say.confirm_time(given), rows, directives=[directive.id])
    turn.answers[-1].payload[KEPT] = {
        "directive": directive.id, "before": directive.last_day.isoformat(), "until": until.isoformat(),
        "reason": reason,
    }  # fmt: skip


async def _kept(turn: Turn) -> tuple[Directive, dict[str, Any]]:
    message = turn.message
    kept = await answers.payload_of(turn.session, message.channel, message.chat, message.pressed_on)
    if KEPT not in kept:
        raise NoSuchThing
    return await life.by_number(turn.session, kept[KEPT]["directive"], turn), kept[KEPT]


async def press_right(turn: Turn, args: Args) -> None:
    """``gty``: that day it is, unless the deadline is another one by now."""
    directive, kept = await _kept(turn)
    closes = await extensions.pending_until(turn.session, directive)
    until = date.fromisoformat(kept["until"])
    shown = date.fromisoformat(kept["before"])
    await giving_time.give(turn.session, directive, until, kept["reason"], by(turn), shown)
    turn.toast = labels.GIVE_TIME
    rows = [[button(f"#{directive.id}", "d", directive.code)]]
    turn.say(say.time_given(await view(turn, directive), closes), rows, directives=[directive.id], edit=True)


async def press_edit(turn: Turn, args: Args) -> None:
    """``gte``: another day."""
    directive, _ = await _kept(turn)
    await _ask(turn, directive)


STEPS: dict[str, Handler] = {"give_time": take_until}
BUTTONS: dict[str, ButtonHandler] = {"gth": press, "gty": press_right, "gte": press_edit}
