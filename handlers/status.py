"""``/status``: the figures, and the way down from each of them to the directive behind it.

Buttons of these screens are ``st:view:args``, answered in place; ``sto:view:args`` opens the same in a new message, for
buttons under something that should stay, such as the digest or a picture. What a screen is of stands in
``handlers.status_scope``.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta

from channels.base import Button
from domain.calendar import OFFICE_ZONE
from domain.errors import NoSuchThing, NotAllowed
from domain.figures import Filter, Happened, Period
from domain.organisation import UnitEntry
from domain.spans import Days, read_days
from domain.spelling import fold
from handlers import cards, history, status_lists, status_pictures, status_screens
from handlers.buttons import button
from handlers.common import typed_unit
from handlers.status_lists import period_of, to_list
from handlers.status_pictures import CHART, chart
from handlers.status_scope import Scope, asked
from handlers.turn import ButtonHandler, Handler, Turn
from services import figures, life
from texts import leaders as say
from texts.engine import shorten

__all__ = ["BUTTONS", "CHART", "COMMANDS", "chart", "status", "to_list"]

NUMBER = re.compile(r"#?\s*(\d{1,9})")

_WORDS: dict[str, Filter] = {
    "qua han": Filter.OVERDUE,
    "tre han": Filter.OVERDUE,
    "tuan nay": Filter.DUE,
    "tuan": Filter.DUE,
    "den han": Filter.DUE,
    "sap den han": Filter.SOON,
    "sap tre": Filter.SOON,
    "cho duyet": Filter.WAITING,
    "chua nhan": Filter.UNACKNOWLEDGED,
    "vuong mac": Filter.DIFFICULTY,
    "da xong": Filter.DONE,
    "hoan thanh": Filter.DONE,
    "da hoan thanh": Filter.DONE,
    "chua xong": Filter.OPEN,
    "chua hoan thanh": Filter.OPEN,
    "tat ca": Filter.ALL,
}
_LAID_OUT = {
    "don vi": "u", "theo don vi": "u", "lanh dao": "l", "theo lanh dao": "l", "linh vuc": "f", "theo linh vuc": "f",
}  # fmt: skip
_OTHER_WEEKS = ("tuan truoc", "tuan sau", "tuan toi")  # days, and not the list of this week
_LEADING = ("viec ", "cac viec ", "nhiem vu ")
_OF = ("cua ", "o ", "tai ")


# --- the command ---


async def status(turn: Turn) -> None:
    """``/status``, and what may follow: a unit, ``#12``, ``quá hạn``, ``tuần``, ``15/3``, ``tháng 2``, ``lĩnh vực``."""
    words = turn.message.text.partition(" ")[2].strip()
    if not await _follows_any(turn):
        turn.say(say.no_units())
    elif wanted := NUMBER.fullmatch(words):
        await _one(turn, int(wanted[1]))
    elif not words:
        await status_screens.totals(turn, Scope(), edit=False)
    elif by := _LAID_OUT.get(fold(words)):
        await status_screens.laid_out(turn, by, Scope(), 1, edit=False)
    elif fold(words) == "bieu do":
        await status_pictures.choose(turn, Scope(), edit=False)
    else:
        await _named(turn, words)


async def _follows_any(turn: Turn) -> bool:
    asking = await figures.asking_of(turn.session, turn.person, turn.today, turn.office)
    return asking.units is None or bool(asking.units)


async def _one(turn: Turn, wanted: int) -> None:
    """A directive with its whole story."""
    directive = await life.by_number(turn.session, wanted, turn)
    await history.show(turn, directive, 1, await cards.show(turn, directive))


async def _named(turn: Turn, words: str) -> None:
    """A list, a unit, a list of a unit, or past days, by what was typed."""
    wanted, rest = _filter_of(words)
    if wanted is not None and not rest:
        await status_lists.listing(turn, wanted, Scope(), 1, edit=False)
        return
    days = read_days(words, turn.today) if wanted is None else None
    if days is not None and not days.rest:
        await _of_days(turn, Scope(), days)
        return
    await _of_unit(turn, wanted, days, days.rest if days else rest)


async def _of_unit(turn: Turn, wanted: Filter | None, days: Days | None, name: str) -> None:
    found, near = await typed_unit(turn, name)
    near = [u for u in near if await _sees(turn, u.id)]
    if found is not None or len(near) == 1:
        scope = Scope(str(found.id if found else near[0].id))
        await _opened(turn, scope, wanted, days)
    elif near:
        turn.say(say.which_unit(name), [[_to_unit(wanted, u)] for u in near])
    else:
        turn.say(say.not_understood(name), [[button(say.HOME, "sto", "home")]])


async def _opened(turn: Turn, scope: Scope, wanted: Filter | None, days: Days | None) -> None:
    if wanted is not None:
        await status_lists.listing(turn, wanted, scope, 1, edit=False)
    elif days is not None:
        await _of_days(turn, scope, days)
    else:
        await status_screens.totals(turn, scope, edit=False)


async def _of_days(turn: Turn, scope: Scope, days: Days) -> None:
    """As of one day, or what happened in several."""
    if days.period.first > turn.today:
        turn.say(say.not_yet(days.period.first))
    elif not days.is_one:
        await status_screens.period(turn, scope, days.period, edit=False)
    else:
        day = days.period.first
        past = day if day < turn.today else None
        await status_screens.totals(turn, Scope(scope.what, past), edit=False)


async def _sees(turn: Turn, unit_id: int) -> bool:
    """Whether anything of a unit is in the person's scope."""
    try:
        await asked(turn, Scope(str(unit_id)))
    except NotAllowed:
        return False
    return True


def _filter_of(words: str) -> tuple[Filter | None, str]:
    """The list that the words begin with, and what follows as the person wrote it."""
    folded, skipped = fold(words), 0
    for leading in _LEADING:
        if folded.startswith(leading):
            folded, skipped = folded.removeprefix(leading), len(leading.split())
            break
    if folded.startswith(_OTHER_WEEKS):
        return None, words
    for name in sorted(_WORDS, key=len, reverse=True):
        if folded == name or folded.startswith(name + " "):
            return _WORDS[name], _without_of(_after(words, skipped + len(name.split())))
    return None, words


def _after(words: str, n: int) -> str:
    """The words after the first ``n``."""
    return " ".join(words.split()[n:])


def _without_of(words: str) -> str:
    return _after(words, 1) if fold(words).startswith(_OF) else words


def _to_unit(wanted: Filter | None, unit: UnitEntry) -> Button:
    label = shorten(unit.name, 60)
    return button(label, "st", "unit", unit.id) if wanted is None else button(label, "st", "list", wanted, unit.id, 1)


# --- buttons ---


async def in_place(turn: Turn, args: list[str]) -> None:
    """``st:view:args``: another screen instead of this one."""
    await _press(turn, args, edit=True)


async def opened(turn: Turn, args: list[str]) -> None:
    """``sto:view:args``: a screen as a new message."""
    await _press(turn, args, edit=False)


async def _press(turn: Turn, args: list[str], *, edit: bool) -> None:
    lists, screens, pictures, of = status_lists, status_screens, status_pictures, Scope.of
    views: dict[str, Callable[..., Awaitable[None]]] = {
        "home": lambda: screens.totals(turn, Scope(), edit=edit),
        "unit": lambda scope: screens.totals(turn, of(scope), edit=edit),
        "units": lambda page: screens.laid_out(turn, "u", Scope(), int(page), edit=edit),  # of the version before
        "by": lambda by, scope, page: screens.laid_out(turn, by, of(scope), int(page), edit=edit),
        "per": lambda scope, days: screens.period(turn, of(scope), period_of(days), edit=edit),
        "month": lambda scope: screens.period(turn, of(scope), _month(of(scope).day or turn.today), edit=edit),
        "list": lambda wanted, scope, page: lists.listing(turn, Filter(wanted), of(scope), int(page), edit=edit),
        "pl": lambda which, scope, days, page: lists.of_period(turn, which, of(scope), days, int(page), edit=edit),
        "ph": lambda what, scope, days, page: lists.happened(
            turn, Happened(what), of(scope), period_of(days), int(page), edit=edit
        ),
        "clause": lambda code, wanted, scope, page: lists.clause(
            turn, code, Filter(wanted), of(scope), int(page), edit=edit
        ),
        "new": lambda since, page: lists.newly(
            turn, datetime.fromtimestamp(int(since), OFFICE_ZONE), int(page), edit=edit
        ),
        "pics": lambda scope: pictures.choose(turn, of(scope), edit=edit),
        "pic": lambda kind, scope, month="": pictures.ask(turn, kind, of(scope), month),
        "chart": lambda scope: pictures.choose(turn, of(scope), edit=edit),  # of the version before
    }
    try:
        await views[args[0]](*args[1:])
    except (LookupError, TypeError, ValueError, OverflowError) as error:
        raise NoSuchThing from error


def _month(day: date) -> Period:
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


COMMANDS: dict[str, Handler] = {"status": status}
BUTTONS: dict[str, ButtonHandler] = {"st": in_place, "sto": opened}
