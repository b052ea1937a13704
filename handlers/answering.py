"""Difficulties and proposals: the list, the answer word for word, and that one is solved."""

from __future__ import annotations

from db import Session
from db.models import Directive, Person, Transition
from domain.obstacles import Kind, Raised
from domain.rights import Action, Standing, may
from handlers.buttons import Rows, button, paging, stop
from handlers.common import by
from handlers.rendering import When
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import figures, obstacles, people, reporting
from texts import obstacles as say

PAGE = 5  # items, each with its buttons


# --- what stands under a message ---


async def to_answer(
    session: Session, item: Raised, person: Person, stands: Standing, number: int | None = None
) -> Rows:
    """What a person can do about an open item; with the directive's number where several stand together."""
    suffix = f" #{number}" if number else ""
    row = [button(say.ANSWER + suffix, "tl", item.code)] if people.may_decide(stands) else []
    if await obstacles.may_solve(session, person, stands, item.helper):
        row.append(button(say.SOLVED + suffix, "tg", item.code))
    return [row] if row else []


async def of_raised(
    session: Session, move: Transition, directive: Directive, person: Person, stands: Standing, at: When
) -> Rows:
    """The buttons of what is told of an item: while it is open, to who may answer it, and to the unit once it is."""
    code = move.details.get("obstacle") if move.event == obstacles.ANSWERED else None
    report = await reporting.report_of_code(session, move.details["report"]) if "report" in move.details else None
    if report and people.may_decide(stands):
        raised = await obstacles.of_report(session, report)
        code = raised.code if raised else code
    if code is None:
        return []
    shown = [item for item in await obstacles.of_directive(session, directive, at.today) if item.code == code]
    return [row for item in shown for row in await to_answer(session, item, person, stands)]


async def rows_of(turn: Turn, directive: Directive, stands: Standing) -> Rows:
    """Under a directive's card: what this person can do about each open item."""
    return await raised_rows(turn.session, directive, turn.person, stands, turn)


async def raised_rows(session: Session, directive: Directive, person: Person, stands: Standing, at: When) -> Rows:
    """What a person can do about each open item of a directive, wherever it is shown."""
    if not (people.may_decide(stands) or may(Action.REPORT, stands) or may(Action.HELP, stands)):
        return []
    items = await obstacles.of_directive(session, directive, at.today)
    return [row for item in items for row in await to_answer(session, item, person, stands)]


# --- the list ---


async def listing(turn: Turn) -> None:
    """``/khokhan``: what is open in the person's field."""
    await _page(turn, 1, edit=False)


async def list_page(turn: Turn, args: Args) -> None:
    """``kk:page``: another page; ``kk:page:new`` opens it as a message of its own."""
    await _page(turn, args.number(0), edit=len(args) == 1)


async def _page(turn: Turn, number: int, *, edit: bool) -> None:
    field = await obstacles.field_of(turn.session, turn)
    page = await obstacles.page(turn.session, field, turn.today, number, PAGE)
    asking = await figures.asking_of(turn.session, turn.person, turn.today, turn.office)
    rows = [row for item in page.items for row in await _rows(turn, item)]
    rows.append(paging(page.number, page.pages, "kk"))
    whose = figures.whose(turn.person, asking)
    numbers = dict.fromkeys(item.number for item in page.items)
    turn.say(say.listing(page, whose), [row for row in rows if row], directives=numbers, edit=edit)


async def _rows(turn: Turn, item: Raised) -> Rows:
    directive = await turn.session.get_one(Directive, item.number)
    stands = await people.standing(turn.session, turn, directive)
    found = await to_answer(turn.session, item, turn.person, stands, item.number)
    opens = button(f"#{item.number}", "d", item.directive)
    return [[opens, *found[0]]] if found else [[opens]]


# --- answers ---


async def press_answer(turn: Turn, args: Args) -> None:
    """``tl:item``: what is the answer?"""
    item = await obstacles.by_code(turn.session, args[0])
    directive = await obstacles.may_answer(turn.session, item, turn)
    shown = next(i for i in await obstacles.of_directive(turn.session, directive, turn.today) if i.code == item.code)
    turn.expect("answer", about=directive.id, obstacle=item.code)
    turn.say(say.ask_answer(shown), stop(), directives=[directive.id])


async def take_answer(turn: Turn) -> None:
    """The words; the unit gets them as they are."""
    item = await obstacles.by_code(turn.session, turn.conversation.data["obstacle"])
    directive = await obstacles.answer(turn.session, item, turn.message.text, by(turn))
    turn.finish()
    unit = directive.lead_unit.name if directive.lead_unit else ""
    rows = [[button(say.SOLVED, "tg", item.code), button(f"#{directive.id}", "d", directive.code)]]
    turn.say(say.answered(directive.id, unit), rows, directives=[directive.id])


async def press_solved(turn: Turn, args: Args) -> None:
    """``tg:item``: it is solved."""
    item = await obstacles.by_code(turn.session, args[0])
    directive = await obstacles.solve(turn.session, item, by(turn))
    turn.toast = say.SOLVED
    turn.say(say.solved(directive.id, Kind(item.kind)), directives=[directive.id])


COMMANDS: dict[str, Handler] = {"khokhan": listing}
STEPS: dict[str, Handler] = {"answer": take_answer}
BUTTONS: dict[str, ButtonHandler] = {"kk": list_page, "tl": press_answer, "tg": press_solved}
