"""Measures under a directive and in tables: made by the office, assessed by who decides, shown to all who see them."""

from __future__ import annotations

from domain.errors import NoSuchThing
from domain.measure_lines import read_line
from domain.measures import Kind
from domain.rights import Action, Role, Standing, may
from handlers import cards
from handlers.buttons import button, paging, stop, to_directives
from handlers.common import by, page_of
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import figures, measures, measuring
from texts import measures as say

PAGE = 8  # measures on a page


# --- under a directive ---


async def press_follow(turn: Turn, args: Args) -> None:
    """``msn:directive``: measured by what?"""
    directive = await cards.visible(turn, args[0])
    measuring.may_make(by(turn))
    turn.expect("measure", about=directive.id, directive=directive.code)
    turn.say(say.ask_follow(directive.id), stop(), directives=[directive.id])


async def take_follow(turn: Turn) -> None:
    """Name, plan and unit of measure in one line."""
    directive = await cards.visible(turn, turn.conversation.data["directive"])
    typed = read_line(turn.message.text.strip())
    if typed.problem:
        turn.say(say.lacks(directive.id, typed), stop(), directives=[directive.id])
        return
    turn.finish()
    await measuring.follow(turn.session, directive, typed, by(turn))
    line = await measures.line(turn.session, directive)
    if line is None:
        raise NoSuchThing
    rows = [[button(say.CHANGE, "msn", directive.code), button(f"#{directive.id}", "d", directive.code)]]
    turn.say(say.followed(line), rows, directives=[directive.id])


# --- assessing ---


async def press_assess(turn: Turn, args: Args) -> None:
    """``mas:measure``: how does it stand?"""
    measure = await measures.by_code(turn.session, args[0])
    directive = await measuring.may_assess(turn.session, measure, by(turn))
    line = await measures.line(turn.session, directive)
    if line is None:
        raise NoSuchThing
    rows = [[button(say.word(word), "mav", measure.code, word)] for word in measuring.words_for(line.kind)]
    turn.say(say.ask_assess(line), rows, directives=[directive.id])


async def press_word(turn: Turn, args: Args) -> None:
    """``mav:measure:word``: it stands so."""
    measure = await measures.by_code(turn.session, args[0])
    word = next((one for one in measuring.words_for(Kind(measure.kind)) if one == args[1]), None)
    if word is None:
        raise NoSuchThing
    await measuring.assess(turn.session, measure, word, by(turn), say.word(word))
    directive = await measuring.may_assess(turn.session, measure, by(turn))
    line = await measures.line(turn.session, directive)
    if line is None:
        raise NoSuchThing
    turn.toast = say.word(word)
    turn.say(say.assessed(line), directives=[directive.id], edit=True)


# --- tables ---


async def open_tables(turn: Turn, args: Args) -> None:
    """``mts``: the first table there is, as a new message."""
    await show(turn)


async def turn_page(turn: Turn, args: Args) -> None:
    """``mt:kind:page``: a table, in place."""
    if args[0] not in {str(kind) for kind in Kind}:
        raise NoSuchThing
    await show(turn, Kind(args[0]), args.number(1), edit=True)


async def show(turn: Turn, wanted: Kind | None = None, page: int = 1, *, edit: bool = False) -> None:
    """A page of the table of one kind, with buttons to the others."""
    asking = await figures.asking_of(turn.session, turn.person, turn.today, turn.office)
    there = await measures.kinds(turn.session, asking)
    may_make = may(Action.READ_NOTICES, Standing(Role(turn.person.role)))
    enter = [[button(say.ENTER, "mln")]] if may_make else []
    if not there:
        turn.say(say.none(may_make=may_make), enter, edit=edit)
        return
    kind = wanted if wanted in there else there[0]
    found = await measures.table(turn.session, asking, kind)
    page, pages = page_of(len(found.lines), page, PAGE)
    some = found.lines[(page - 1) * PAGE : page * PAGE]
    others = [button(say.KINDS[one], "mt", one, 1) for one in there if one is not kind]
    rows = [*to_directives((one.number, one.directive_code) for one in some), paging(page, pages, "mt", kind), others]
    text = say.table(found, some, page, pages, figures.whose(turn.person, asking))
    turn.say(text, [row for row in [*rows, *enter] if row], directives=[one.number for one in some], edit=edit)


STEPS: dict[str, Handler] = {"measure": take_follow}
BUTTONS: dict[str, ButtonHandler] = {
    "msn": press_follow,
    "mas": press_assess,
    "mav": press_word,
    "mts": open_tables,
    "mt": turn_page,
}
