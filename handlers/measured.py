"""What a directive's card shows of its measure, and the buttons that belong to it."""

from __future__ import annotations

from channels.base import Button
from db.models import Directive
from domain.figures import Asking
from domain.lifecycle import OPEN, State
from domain.measures import Kind
from domain.rights import Role, Standing
from handlers.buttons import Rows, button
from handlers.turn import Turn
from services import measures, measuring, people
from texts import measures as say


async def of_tables(turn: Turn, asking: Asking) -> list[Button]:
    """The way to the tables, under figures; nothing where nothing of it is measured."""
    return [button(say.TABLES, "mts")] if await measures.there_are(turn.session, asking) else []


async def line_of(turn: Turn, directive: Directive) -> str:
    """How its measure stands, as a line of its card; empty where it has none."""
    line = await measures.line(turn.session, directive)
    return f"\n{say.of_card(line)}" if line else ""


async def rows_of(turn: Turn, directive: Directive, stands: Standing) -> Rows:
    """Under a directive's card: who decides assesses what words alone do not settle."""
    if directive.state in {State.DRAFT, State.CANCELLED} or not people.may_decide(stands):
        return []
    measure = await measures.of_directive(turn.session, directive.id)
    is_assessed = measure is not None and measuring.words_for(Kind(measure.kind))
    return [[button(say.ASSESS, "mas", measure.code)]] if measure is not None and is_assessed else []


async def making(turn: Turn, directive: Directive) -> Rows:
    """Among what the office can do besides: measure it by something, or by something else."""
    if turn.person.role != Role.CLERK or directive.state not in OPEN | {State.DRAFT}:
        return []
    known = await measures.of_directive(turn.session, directive.id)
    return [[button(say.CHANGE if known else say.FOLLOW, "msn", directive.code)]]
