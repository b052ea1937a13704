"""Whose a directive is, and whether it goes on: what the assigner's side does besides deciding."""

from __future__ import annotations

from db.models import Directive
from domain.errors import NoSuchThing, ReasonMissing
from domain.lifecycle import Event, State, after
from domain.rights import Action
from handlers import cards
from handlers.buttons import Rows, button, stop
from handlers.common import by, typed_unit, view
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import office, people, steering
from texts import labels
from texts import notices as say_notices
from texts import steering as say
from texts import work as say_work


async def _decided(turn: Turn, directive: Directive, event: str, *, edit: bool = False) -> None:
    d = await view(turn, directive)
    turn.say(say_work.decided(d, event), [[button(f"#{d.id}", "d", d.code)]], directives=[d.id], edit=edit)


# --- whose it is ---


async def press_move(turn: Turn, args: Args) -> None:
    """``mv:code``: to whom?"""
    directive = await cards.visible(turn, args[0])
    await people.check(turn.session, turn, directive, Action.STEER)
    after(State(directive.state), Event.REASSIGN)
    turn.expect("move", about=directive.id, directive=directive.code)
    turn.say(
        say_work.ask_new_unit(directive.id), [*await _suggestions(turn, directive), *stop()], directives=[directive.id]
    )


async def _suggestions(turn: Turn, directive: Directive) -> Rows:
    """The unit that was named when the directive was declined."""
    name = await steering.suggested_unit(turn.session, directive)
    match = (await office.directory(turn.session)).match(name) if name else None
    return [[button(match.unit.name, "mvt", directive.code, match.unit.id)]] if match and match.unit else []


async def take_move(turn: Turn) -> None:
    """The unit's name as typed, with a reason after a colon where there is one."""
    directive = await cards.visible(turn, turn.conversation.data["directive"])
    name, _, reason = turn.message.text.partition(":")
    unit, choices = await typed_unit(turn, name)
    if unit is None:
        turn.expect("move", about=directive.id, directive=directive.code, reason=reason.strip())
        rows = [[button(c.name, "mvt", directive.code, c.id)] for c in choices]
        turn.say(say_notices.unit_unclear(name.strip(), [c.name for c in choices]), [*rows, *stop()])
        return
    await _move(turn, directive, unit.id, reason)


async def press_move_to(turn: Turn, args: Args) -> None:
    """``mvt:code:unit``: one of the units offered."""
    directive = await cards.visible(turn, args[0])
    kept = turn.conversation.data if turn.conversation.step == "move" else {}
    reason = kept.get("reason", "") if kept.get("directive") == directive.code else ""
    await _move(turn, directive, args.number(1), reason, edit=True)


async def _move(turn: Turn, directive: Directive, unit_id: int, reason: str, *, edit: bool = False) -> None:
    unit = await office.unit(turn.session, unit_id)
    await steering.reassign(turn.session, directive, unit, by(turn), reason)
    turn.finish()
    await _decided(turn, directive, Event.REASSIGN, edit=edit)


async def press_insist(turn: Turn, args: Args) -> None:
    """``keep:code``: it stays where it is; why?"""
    directive = await cards.visible(turn, args[0])
    await people.check(turn.session, turn, directive, Action.STEER)
    after(State(directive.state), Event.INSIST)
    turn.expect("insist", about=directive.id, directive=directive.code)
    rows = [[button(labels.NO_REASON, "keepn", directive.code), button(labels.STOP, "stop")]]
    turn.say(say.ask_insist(directive.id, (await view(turn, directive)).lead), rows, directives=[directive.id])


async def take_insist(turn: Turn) -> None:
    """The reason; the unit gets it word for word."""
    directive = await cards.visible(turn, turn.conversation.data["directive"])
    if not turn.message.text.strip():
        raise ReasonMissing(Event.INSIST)
    await steering.insist(turn.session, directive, by(turn), turn.message.text)
    turn.finish()
    await _decided(turn, directive, Event.INSIST)


async def insist_plainly(turn: Turn, args: Args) -> None:
    """``keepn:code``: without a reason."""
    directive = await cards.visible(turn, args[0])
    await steering.insist(turn.session, directive, by(turn))
    turn.finish()
    await _decided(turn, directive, Event.INSIST, edit=True)


# --- whether it goes on ---


async def press_steer(turn: Turn, args: Args) -> None:
    """``st8:event:code``: why?"""
    event = _event(args[0])
    directive = await cards.visible(turn, args[1])
    await people.check(turn.session, turn, directive, Action.STEER)
    after(State(directive.state), event)
    turn.expect("steer", about=directive.id, directive=directive.code, event=event.value)
    turn.say(say_work.ask_reason(directive.id, event), stop(), directives=[directive.id])


def _event(word: str) -> Event:
    if word not in {Event.SUSPEND, Event.RESUME, Event.CANCEL, Event.REOPEN}:
        raise NoSuchThing
    return Event(word)


async def take_steer(turn: Turn) -> None:
    """The reason."""
    data = turn.conversation.data
    directive = await cards.visible(turn, data["directive"])
    await steering.steer(turn.session, directive, Event(data["event"]), by(turn), turn.message.text)
    turn.finish()
    await _decided(turn, directive, data["event"])


STEPS: dict[str, Handler] = {"move": take_move, "insist": take_insist, "steer": take_steer}
BUTTONS: dict[str, ButtonHandler] = {
    "mv": press_move,
    "mvt": press_move_to,
    "keep": press_insist,
    "keepn": insist_plainly,
    "st8": press_steer,
}
