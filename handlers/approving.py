"""Done or not: the unit's head agrees, the assigner's side approves or returns; and the list of what waits."""

from __future__ import annotations

from channels.base import Button
from db.models import Directive, Extension
from domain.approvals import Level
from domain.lifecycle import Event, State, after
from handlers import approving_several, buttons, cards, deciders, offers
from handlers.buttons import Rows, button, stop
from handlers.common import PAGE, by, page_of, view, views
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import deciding, extensions, levels, people, reporting, steering
from services.levels import Awaited
from texts import approving as say
from texts import labels
from texts import work as say_work

# --- done or not ---


async def press_check(turn: Turn, args: Args) -> None:
    """``chk:code`` and ``chk:code:page``: the unit's head agrees."""
    directive = await cards.visible(turn, args[0])
    await deciding.check(turn.session, directive, by(turn))
    turn.toast = labels.CHECK
    await _said(turn, directive, args, say.checked(await view(turn, directive)))


async def press_approve(turn: Turn, args: Args) -> None:
    """``ok:code`` and ``ok:code:page``."""
    directive = await cards.visible(turn, args[0])
    await deciding.approve(turn.session, directive, by(turn))
    turn.toast = labels.APPROVE
    await _said(turn, directive, args, say_work.decided(await view(turn, directive), Event.APPROVE))


async def _said(turn: Turn, directive: Directive, args: Args, text: str) -> None:
    """Where it was pressed in the list, that one goes on without it."""
    of_list = len(args) > 1
    if of_list:
        await waiting_list(turn, args.number(1), edit=True)
    turn.say(text, [[button(f"#{directive.id}", "d", directive.code)]], directives=[directive.id], edit=not of_list)


async def press_return(turn: Turn, args: Args) -> None:
    """``ret:code``: why?"""
    directive = await cards.visible(turn, args[0])
    await levels.require_return(turn.session, directive, by(turn))
    after(State(directive.state), Event.RETURN)
    turn.expect("return", about=directive.id, directive=directive.code)
    turn.say(say_work.ask_return(directive.id), stop(), directives=[directive.id])


async def take_return(turn: Turn) -> None:
    """The reason; the unit gets it word for word."""
    directive = await cards.visible(turn, turn.conversation.data["directive"])
    await deciding.send_back(turn.session, directive, by(turn), turn.message.text)
    turn.finish()
    text = say_work.decided(await view(turn, directive), Event.RETURN)
    turn.say(text, [[button(f"#{directive.id}", "d", directive.code)]], directives=[directive.id])


async def press_important(turn: Turn, args: Args) -> None:
    """``imp:code:1`` and ``imp:code:0``: mark it important, or take the mark off."""
    directive = await cards.visible(turn, args[0])
    await deciding.mark_important(turn.session, directive, by(turn), important=args.number(1) == 1)
    turn.toast = labels.IMPORTANT if directive.important else labels.NOT_IMPORTANT
    if directive.state == State.DRAFT:
        await cards.show(turn, directive, edit=True)
        return
    text = say.marked(await view(turn, directive))
    turn.say(text, [[button(f"#{directive.id}", "d", directive.code)]], directives=[directive.id], edit=True)


# --- what waits ---


async def waiting(turn: Turn) -> None:
    """``/duyet``: what waits for this person."""
    await waiting_list(turn, 1, edit=False)


async def waiting_page(turn: Turn, args: Args) -> None:
    """``wt:page``: another page of it; ``wt:page:new`` under a message that should stay."""
    await waiting_list(turn, args.number(0), edit=len(args) == 1)


async def waiting_list(turn: Turn, page: int, *, edit: bool) -> None:
    """Answer with a page of what waits for this person's decision, from 1: what was handed in first."""
    found = await levels.waiting(turn.session, by(turn))
    directives, turns = list(found), {d.id: awaited for d, awaited in found.items()}
    requests = await extensions.waiting_for(turn.session, turn)
    total = len(directives) + len(requests)
    page, pages = page_of(total, page)
    start, end = (page - 1) * PAGE, page * PAGE
    some = directives[start:end]
    asked = requests[max(0, start - len(directives)) : max(0, end - len(directives))]
    lines = [*await _of_directives(turn, some, turns), *await _of_requests(turn, asked)]
    rows = [*await _to_decide(turn, some, turns, page), *(_to_answer(request) for request in asked)]
    rows += await approving_several.to_choose(turn, some, turns)
    rows.append(buttons.paging(page, pages, "wt"))
    text = say.waiting(lines, total, page, pages)
    turn.say(text, [row for row in rows if row], directives=[line.view.id for line in lines], edit=edit)


async def _of_directives(turn: Turn, some: list[Directive], turns: dict[int, Awaited]) -> list[say.WaitingLine]:
    shown = await views(turn, some)
    files = await reporting.count_evidence(turn.session, [d.id for d in some])
    told = await steering.declined_with(turn.session, [d.id for d in some if d.state == State.DECLINED])
    return [
        say.WaitingLine(
            v,
            levels.days_waited(d, turn.now, turn.office),
            files.get(d.id, 0),
            reason=told[d.id][0] if d.id in told else None,
            unit=told[d.id][1] if d.id in told else None,
            is_heads=turns[d.id].level is Level.HEAD,
        )
        for v, d in zip(shown, some, strict=True)
    ]


async def _of_requests(turn: Turn, asked: list[Extension]) -> list[say.WaitingLine]:
    shown = await views(turn, [request.directive for request in asked])
    return [
        say.WaitingLine(
            v,
            levels.days_since(r.asked_at, turn.now, turn.office),
            until=r.until,
            reason=r.reason,
            times=await offers.times(turn.session, r, turn),
        )
        for v, r in zip(shown, asked, strict=True)
    ]


async def _to_decide(turn: Turn, some: list[Directive], turns: dict[int, Awaited], page: int) -> Rows:
    rows: Rows = []
    for directive, stands in zip(some, await people.standings(turn.session, turn, some), strict=True):
        first = button(f"#{directive.id}", "d", directive.code)
        if directive.state == State.DECLINED:
            tail, code = f" #{directive.id}", directive.code
            mine = [button(labels.REASSIGN + tail, "mv", code), button(labels.INSIST + tail, "keep", code)]
        else:
            level = turns[directive.id].level
            (mine,) = deciders.of_level(level, directive, stands, numbered=True, page=page) or [[]]
        rows.append([first, *mine])
    return rows


def _to_answer(request: Extension) -> list[Button]:
    number = request.directive_id
    return [
        button(f"#{number}", "d", request.directive.code),
        button(f"{labels.AGREE} #{number}", "yes", request.code, "list", style="success"),
        button(f"{labels.REFUSE} #{number}", "nay", request.code),
        button(labels.MORE, "exq", request.code),
    ]


COMMANDS: dict[str, Handler] = {"duyet": waiting}
STEPS: dict[str, Handler] = {"return": take_return}
BUTTONS: dict[str, ButtonHandler] = {
    "chk": press_check,
    "ok": press_approve,
    "ret": press_return,
    "imp": press_important,
    "wt": waiting_page,
}
