"""The lists behind the counts of ``/status``: pages of directives, each opened by its button."""

from __future__ import annotations

from datetime import datetime

from channels.base import Button
from domain.errors import NoSuchThing
from domain.figures import Filter, Happened, Listing, Page, Period
from domain.rights import Role
from handlers import exporting
from handlers.buttons import Rows, button, paging
from handlers.leading import of_list
from handlers.status_scope import Asked, Scope, asked, day_of
from handlers.turn import Turn
from services import figures
from services import happened as happenings
from texts import leaders as say
from texts.engine import number

LATE = "l"  # of a period: what fell due in it and is overdue now


def to_list(wanted: Filter, count: int | None, scope: Scope | int = 0, *, opens: bool = False) -> Button:
    """A button that leads to a list: in place, or as a new message."""
    label = say.LABELS[wanted] if count is None else f"{say.LABELS[wanted]} ({number(count)})"
    return button(label, "sto" if opens else "st", "list", wanted, scope, 1)


def home(scope: Scope, action: str = "st") -> list[Button]:
    """Back to the totals of the same day."""
    where = ("unit", scope) if scope.day else ("home",)
    return [button(say.HOME, action, *where)]


def up(scope: Scope) -> list[Button]:
    """Back to the totals of what the list is of."""
    return home(scope) if scope == scope.home else [button(say.HOME, "st", "unit", scope)]


async def listing(turn: Turn, wanted: Filter, scope: Scope, page: int, *, edit: bool) -> None:
    """A list, clauses folded unless it is of one unit."""
    of = await asked(turn, scope)
    folded = of.asking.units is None or len(of.asking.units) > 1
    found = await _page(turn, of, Listing(wanted, folded=folded), page)
    turned = paging(found.number, found.pages, "st", "list", wanted, scope)
    _say(
        turn,
        say.listing(wanted, _whose(of, scope), found),
        found,
        [*_items(found, wanted, scope), *_acts(turn, wanted, scope, found), turned, *_below(found, wanted, scope)],
        edit=edit,
    )


def _below(found: Page, wanted: Filter, scope: Scope) -> Rows:
    """The list as a file, where there is anything in it, and the way up."""
    return [*([exporting.row(wanted, scope)] if found.lines else []), up(scope)]


async def clause(turn: Turn, code: str, wanted: Filter, scope: Scope, page: int, *, edit: bool) -> None:
    """The directives of one clause that are in a list."""
    of = await asked(turn, scope)
    found = await _page(turn, of, Listing(wanted, clause=code, folded=False), page)
    turned = paging(found.number, found.pages, "st", "clause", code, wanted, scope)
    back = [button(say.LABELS[wanted], "st", "list", wanted, scope, 1)]
    _say(
        turn,
        say.listing(wanted, _whose(of, scope), found),
        found,
        [*_items(found, wanted, scope), *_acts(turn, wanted, scope, found), turned, back],
        edit=edit,
    )


async def newly(turn: Turn, since: datetime, page: int, *, edit: bool) -> None:
    """What was approved after a moment: the end of a digest's last section."""
    of = await asked(turn, Scope())
    found = await _page(turn, of, Listing(Filter.DONE, approved_since=since, folded=False), page)
    turned = paging(found.number, found.pages, "st", "new", int(since.timestamp()))
    text = say.listing(Filter.DONE, of.whose, found, say.TITLE_NEWLY_DONE)
    _say(turn, text, found, [*_items(found, Filter.DONE, Scope()), turned, home(Scope())], edit=edit)


async def of_period(turn: Turn, which: str, scope: Scope, days: str, page: int, *, edit: bool) -> None:
    """What fell due in a period and is overdue now.

    Args:
        turn: of the press.
        which: ``LATE``.
        scope: of what.
        days: the period as buttons carry it.
        page: from 1.
        edit: in place.
    """
    if which != LATE:
        raise NoSuchThing
    of, period = await asked(turn, scope), period_of(days)
    found = await _page(turn, of, Listing(Filter.OVERDUE, period=(period.first, period.last), folded=False), page)
    text = say.listing(Filter.OVERDUE, _whose(of, scope), found, say.late_title(period))
    turned = paging(found.number, found.pages, "st", "pl", which, scope, days)
    _say_of_period(turn, text, found, scope, days, turned, edit=edit)


async def happened(turn: Turn, what: Happened, scope: Scope, days: Period, page: int, *, edit: bool) -> None:
    """What is counted in a period, a line for each: as it was known at the period's end.

    Args:
        turn: of the press.
        what: which count.
        scope: of what.
        days: the period.
        page: from 1.
        edit: in place.
    """
    of, word = await asked(turn, scope), f"{days.first:%y%m%d}-{days.last:%y%m%d}"
    until_now = Period(days.first, min(days.last, turn.today))
    found = await happenings.page(turn.session, of.asking, until_now, what, turn.office.calendar, page)
    turned = paging(found.number, found.pages, "st", "ph", what, scope, word)
    _say_of_period(turn, say.happened(what, _whose(of, scope), days, found), found, scope, word, turned, edit=edit)


def _say_of_period(
    turn: Turn, text: str, page: Page, scope: Scope, days: str, turned: list[Button], *, edit: bool
) -> None:
    back = [button(say.OF_PERIOD, "st", "per", scope, days)]
    _say(turn, text, page, [*_items(page, Filter.ALL, scope), turned, back], edit=edit)


def period_of(word: str) -> Period:
    """A period as buttons carry it: ``240201-240229``.

    Raises:
        ValueError: it is none.
    """
    first, _, last = word.partition("-")
    return Period(day_of(first), day_of(last))


async def _page(turn: Turn, of: Asked, listed: Listing, page: int) -> Page:
    return await figures.page(turn.session, of.asking, listed, turn.office.calendar, page)


def _whose(of: Asked, scope: Scope) -> str:
    return say.as_of(of.whose, scope.day)


def _say(turn: Turn, text: str, page: Page, rows: Rows, *, edit: bool) -> None:
    turn.say(text, [row for row in rows if row], directives=_numbers(page), edit=edit)


def _acts(turn: Turn, wanted: Filter, scope: Scope, page: Page) -> Rows:
    """What a leader does about the list, as it is today."""
    if scope.day:
        return []
    unit = int(scope.what) if scope.what.isdecimal() else 0
    return of_list(Role(turn.person.role), wanted, unit, _numbers(page))


def _items(page: Page, wanted: Filter, scope: Scope) -> Rows:
    """A button for each directive of the page, once where several lines are of it."""
    row = [
        button(f"#{i.view.id} +{i.here - 1}", "st", "clause", i.clause.id, wanted, scope, 1)
        if i.clause and i.here > 1
        else button(f"#{i.view.id}", "d", i.view.code)
        for i in {item.view.id: item for item in page.items}.values()
    ]
    return [row[i : i + 4] for i in range(0, len(row), 4)]


def _numbers(page: Page) -> tuple[int, ...]:
    return tuple(dict.fromkeys(i.view.id for i in page.items if i.here == 1))
