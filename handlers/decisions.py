"""What the assigner's side decides: approve or return, more time or not, whose a directive is, whether it goes on."""

from __future__ import annotations

from db.models import Directive
from domain.errors import NoSuchThing
from domain.lifecycle import NEEDS_REASON, Event, State, after
from domain.rights import Action
from handlers import buttons, cards
from handlers.buttons import Rows, button, stop
from handlers.common import PAGE, by, page_of, typed_unit, view, views
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import deciding, extensions, office, people, steering
from texts import labels
from texts import notices as say_notices
from texts import work as say


async def _decided(turn: Turn, directive: Directive, event: str, *, edit: bool = False) -> None:
    d = await view(turn, directive)
    text = say.decided(d, event)
    turn.say(text, [[button(f"#{d.id}", "d", d.code)]], directives=[d.id], edit=edit)


# --- done or not ---


async def press_approve(turn: Turn, args: Args) -> None:
    """``ok:code``."""
    directive = await cards.visible(turn, args[0])
    await deciding.approve(turn.session, directive, by(turn))
    turn.toast = labels.APPROVE
    await _decided(turn, directive, Event.APPROVE, edit=True)


async def press_return(turn: Turn, args: Args) -> None:
    """``ret:code``: why?"""
    directive = await cards.visible(turn, args[0])
    await people.check(turn.session, turn, directive, Action.DECIDE)
    after(State(directive.state), Event.RETURN)
    turn.expect("return", about=directive.id, directive=directive.code)
    turn.say(say.ask_return(directive.id), stop(), directives=[directive.id])


async def take_return(turn: Turn) -> None:
    """The reason; the unit gets it word for word."""
    directive = await cards.visible(turn, turn.conversation.data["directive"])
    await deciding.send_back(turn.session, directive, by(turn), turn.message.text)
    turn.finish()
    await _decided(turn, directive, Event.RETURN)


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
        await _waiting_page(turn, 1, edit=True)
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


# --- whose it is ---


async def press_move(turn: Turn, args: Args) -> None:
    """``mv:code``: to whom?"""
    directive = await cards.visible(turn, args[0])
    await people.check(turn.session, turn, directive, Action.STEER)
    after(State(directive.state), Event.REASSIGN)
    turn.expect("move", about=directive.id, directive=directive.code)
    turn.say(say.ask_new_unit(directive.id), [*await _suggestions(turn, directive), *stop()], directives=[directive.id])


async def _suggestions(turn: Turn, directive: Directive) -> Rows:
    """The unit that was named when the directive was declined."""
    name = await steering.suggested_unit(turn.session, directive)
    match = (await office.directory(turn.session)).match(name) if name else None
    return [[button(match.unit.name, "mvt", directive.code, match.unit.id)]] if match and match.unit else []


async def take_move(turn: Turn) -> None:
    """The unit's name as typed."""
    directive = await cards.visible(turn, turn.conversation.data["directive"])
    unit, choices = await typed_unit(turn, turn.message.text)
    if unit is None:
        rows = [[button(c.name, "mvt", directive.code, c.id)] for c in choices]
        turn.say(say_notices.unit_unclear(turn.message.text, [c.name for c in choices]), [*rows, *stop()])
        return
    await _move(turn, directive, unit.id)


async def press_move_to(turn: Turn, args: Args) -> None:
    """``mvt:code:unit``: one of the units offered."""
    await _move(turn, await cards.visible(turn, args[0]), args.number(1), edit=True)


async def _move(turn: Turn, directive: Directive, unit_id: int, *, edit: bool = False) -> None:
    await steering.reassign(turn.session, directive, await office.unit(turn.session, unit_id), by(turn))
    turn.finish()
    await _decided(turn, directive, Event.REASSIGN, edit=edit)


async def press_insist(turn: Turn, args: Args) -> None:
    """``keep:code``: it stays where it is."""
    directive = await cards.visible(turn, args[0])
    await steering.insist(turn.session, directive, by(turn))
    await _decided(turn, directive, Event.INSIST, edit=True)


# --- whether it goes on ---


async def press_steer(turn: Turn, args: Args) -> None:
    """``st8:event:code``: at once, or after a reason where one is owed."""
    event = _event(args[0])
    directive = await cards.visible(turn, args[1])
    await people.check(turn.session, turn, directive, Action.STEER)
    after(State(directive.state), event)
    if event in NEEDS_REASON:
        turn.expect("steer", about=directive.id, directive=directive.code, event=event.value)
        turn.say(say.ask_reason(directive.id, event), stop(), directives=[directive.id])
        return
    await steering.steer(turn.session, directive, event, by(turn))
    await _decided(turn, directive, event, edit=True)


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


# --- what waits ---


async def waiting(turn: Turn) -> None:
    """``/duyet``: what waits for this person."""
    await _waiting_page(turn, 1, edit=False)


async def waiting_page(turn: Turn, args: Args) -> None:
    """``wt:page``: another page of it."""
    await _waiting_page(turn, args.number(0), edit=True)


async def _waiting_page(turn: Turn, page: int, *, edit: bool) -> None:
    directives = await deciding.waiting_for(turn.session, turn)
    requests = await extensions.waiting_for(turn.session, turn)
    total = len(directives) + len(requests)
    page, pages = page_of(total, page)
    start, end = (page - 1) * PAGE, page * PAGE
    shown = await views(turn, directives[start:end])
    asked = requests[max(0, start - len(directives)) : max(0, end - len(directives))]
    lines = [
        say.ExtensionLine(
            r.directive_id, r.directive.lead_unit.name if r.directive.lead_unit else "", r.until, r.reason
        )
        for r in asked
    ]
    rows = buttons.to_directives([*((d.id, d.code) for d in shown)])
    for request in asked:
        rows.append(
            [
                button(f"{labels.AGREE} #{request.directive_id}", "yes", request.code, "list", style="success"),
                button(f"{labels.REFUSE} #{request.directive_id}", "nay", request.code),
            ]
        )
    rows.append(buttons.paging(page, pages, "wt"))
    text = say.waiting(shown, lines, total, page, pages)
    turn.say(text, [row for row in rows if row], directives=[d.id for d in shown], edit=edit)


COMMANDS: dict[str, Handler] = {"duyet": waiting}
STEPS: dict[str, Handler] = {"return": take_return, "refuse": take_refuse, "move": take_move, "steer": take_steer}
BUTTONS: dict[str, ButtonHandler] = {
    "ok": press_approve,
    "ret": press_return,
    "yes": press_grant,
    "yeo": press_grant_objective,
    "nay": press_refuse,
    "mv": press_move,
    "mvt": press_move_to,
    "keep": press_insist,
    "st8": press_steer,
    "wt": waiting_page,
}
