"""The screens of ``/status`` that count: totals, what they are laid out by, a period beside the one before."""

from __future__ import annotations

from dataclasses import replace

from channels.base import Button
from domain.figures import Dimension, Filter, Group, Happened, Movement, Period, Standing
from domain.spans import after, before
from handlers import measured, papers
from handlers.buttons import Rows, button, paging
from handlers.common import page_of
from handlers.status_lists import LATE, home, to_list, up
from handlers.status_scope import ALL, Scope, asked, key_of
from handlers.turn import Turn
from services import figures, standings
from texts import approving as say_approving
from texts import leaders as say
from texts.engine import number, shorten

GROUPS_PAGE = 8
BY = {"u": Dimension.UNIT, "l": Dimension.LEADER, "f": Dimension.FIELD}


async def totals(turn: Turn, scope: Scope, *, edit: bool) -> None:
    """Everything the person sees, or a part of it; now, or as of a past day."""
    of = await asked(turn, scope)
    found = await standings.standing(turn.session, turn.person, of.asking, of.whose, turn.today)
    rows = _rows(found, scope)
    if scope.day is None and scope.what.isdecimal() and scope.what != ALL:
        rows.append(papers.of_unit(turn.person, int(scope.what), found.facts.figures))
    if scope != Scope():
        rows.append([button(say.TODAY if scope == scope.home else say.HOME, "st", *_above(scope))])
    else:
        rows.append(await measured.of_tables(turn, of.asking))
    turn.say(say.status(found), [row for row in rows if row], edit=edit)


def _above(scope: Scope) -> tuple[object, ...]:
    return ("unit", scope.home) if scope.day and scope != scope.home else ("home",)


def _rows(found: Standing, scope: Scope) -> Rows:
    """The lists behind the counts; those that are empty have no button."""
    f = found.facts.figures
    if not f.total:
        return []
    counts: list[tuple[Filter, int | None]] = [
        (Filter.OVERDUE, f.open_late),
        (Filter.DUE, None),
        (Filter.SOON, f.soon),
        (Filter.WAITING, f.waiting_approval),
        (Filter.DIFFICULTY, f.blocked),
        (Filter.UNACKNOWLEDGED, f.waiting_acknowledgement),
        (Filter.OPEN, f.open),
        (Filter.DONE, f.done),
    ]
    lists = [to_list(wanted, count, scope) for wanted, count in counts if count != 0]
    rows = [_to_decide(found), *(lists[i : i + 2] for i in range(0, len(lists), 2))]
    if len(found.facts.units) > 1:
        rows.append(_laid_out(scope))
    return [*rows, [button(say.CHART, "st", "pics", scope), button(say.OF_MONTH, "st", "month", scope)]]


def _to_decide(found: Standing) -> list[Button]:
    waiting = found.facts.waiting
    if waiting is None or not waiting.all:
        return []
    return [button(f"{say_approving.TO_DECIDE} ({number(waiting.all)})", "wt", 1, "new")]


def _laid_out(scope: Scope) -> list[Button]:
    by_unit = [button(say.BY_UNIT, "st", "by", "u", scope, 1)]
    if not scope.what.startswith("l"):
        by_unit.append(button(say.BY_LEADER, "st", "by", "l", scope, 1))
    if not scope.what.startswith("f"):
        by_unit.append(button(say.BY_FIELD, "st", "by", "f", scope, 1))
    return by_unit


async def laid_out(turn: Turn, by: str, scope: Scope, page: int, *, edit: bool) -> None:
    """Figures by unit, leader or field, the worst first, with a button each.

    Args:
        turn: of the press.
        by: one of ``BY``.
        scope: of what.
        page: from 1.
        edit: in place.
    """
    dimension = BY[by]
    of = await asked(turn, scope)
    found = [g for g in await _groups(turn, scope, dimension) if g.figures.total]
    page, pages = page_of(len(found), page, GROUPS_PAGE)
    some = found[(page - 1) * GROUPS_PAGE : page * GROUPS_PAGE]
    named = [button(shorten(g.name, 40), "st", "unit", replace(scope, what=key_of(dimension, g.key))) for g in some]
    rows: Rows = [named[i : i + 2] for i in range(0, len(named), 2)]
    text = say.groups(say.as_of(of.whose, scope.day), say.TITLES_BY[dimension], some, page, pages)
    turn.say(text, [r for r in [*rows, paging(page, pages, "st", "by", by, scope), up(scope)] if r], edit=edit)


async def _groups(turn: Turn, scope: Scope, dimension: Dimension) -> list[Group]:
    of = await asked(turn, scope)
    if dimension is not Dimension.UNIT:
        return await figures.groups(turn.session, of.asking, dimension)
    found = await standings.standing(turn.session, turn.person, of.asking, of.whose, turn.today)
    return [Group(unit.unit_id, unit.name, unit.figures) for unit in found.facts.units]


async def period(turn: Turn, scope: Scope, days: Period, *, edit: bool) -> None:
    """What happened in a period, beside the one before it."""
    scope = replace(scope, day=None)
    of = await asked(turn, scope)
    if days.first > turn.today:
        turn.say(say.not_yet(days.first), [home(scope)], edit=edit)
        return
    earlier = before(days)
    now = await figures.movement(turn.session, of.asking, Period(days.first, min(days.last, turn.today)))
    then = await figures.movement(turn.session, of.asking, earlier)
    turn.say(say.period(of.whose, days, now, earlier, then), _period_rows(turn, scope, days, now), edit=edit)


def _period_rows(turn: Turn, scope: Scope, days: Period, moved: Movement) -> Rows:
    word = f"{days.first:%y%m%d}-{days.last:%y%m%d}"
    lists = [
        button(say.happened_button(what, moved.count(what)), "st", "ph", what, scope, word, 1)
        for what in Happened
        if moved.count(what)
    ]
    late = button(say.LATE_THEN, "st", "pl", LATE, scope, word, 1)
    beside = [_to_period(say.PERIOD_BEFORE, scope, before(days))]
    if after(days).first <= turn.today:
        beside.append(_to_period(say.PERIOD_AFTER, scope, after(days)))
    ended = (
        [button(say.at_end(days.last), "st", "unit", replace(scope, day=days.last))] if days.last < turn.today else []
    )
    pairs = [lists[i : i + 2] for i in range(0, len(lists), 2)]
    return [row for row in (*pairs, [late], ended, beside, up(scope)) if row]


def _to_period(label: str, scope: Scope, days: Period) -> Button:
    return button(label, "st", "per", scope, f"{days.first:%y%m%d}-{days.last:%y%m%d}")
