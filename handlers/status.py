"""``/status``: the figures, and the way down from each of them to the directive behind it.

Buttons of these screens are ``st:view:args``, answered in place; ``sto:view:args`` opens the same in a new message, for
buttons under something that should stay, such as the digest. A unit of 0 stands for everything the person sees.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from channels.base import Button, OutgoingFile, OutgoingMessage
from db import Session
from db.models import Person
from domain.calendar import OFFICE_ZONE
from domain.errors import NoSuchThing, NotAllowed
from domain.figures import Asking, Filter, Listing, Page, StatusFacts
from domain.office import Office
from domain.rights import Action
from domain.spelling import fold
from exports.charts import ChartRoom
from handlers import cards, history
from handlers.buttons import Rows, button, paging
from handlers.common import page_of, typed_unit
from handlers.turn import ButtonHandler, Handler, Turn
from services import figures, life
from services.outbox import tell
from texts import leaders as say
from texts.engine import number, shorten

CHART = "chart"  # an outbox row: a picture is drawn at the moment of sending, outside the transaction
FIRST = 0  # priority of an answer
UNITS_PAGE = 8
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
_LEADING = ("viec ", "cac viec ", "nhiem vu ")
_OF = ("cua ", "o ", "tai ")


# --- the command ---


async def status(turn: Turn) -> None:
    """``/status``, ``/status phòng nội vụ``, ``/status #12``, ``/status quá hạn``, ``/status tuần``."""
    words = turn.message.text.partition(" ")[2].strip()
    view = _View(turn, edit=False)
    if not await _follows_any(turn):
        turn.say(say.no_units())
    elif wanted := NUMBER.fullmatch(words):
        await _one(turn, int(wanted[1]))
    elif not words:
        await view.home()
    elif fold(words) in {"don vi", "theo don vi"}:
        await view.units(1)
    elif fold(words) == "bieu do":
        await view.chart(0)
    else:
        await _named(view, words)


async def _follows_any(turn: Turn) -> bool:
    asking = await figures.asking_of(turn.session, turn.person, turn.today, turn.office)
    return asking.units is None or bool(asking.units)


async def _one(turn: Turn, wanted: int) -> None:
    """A directive with its whole story."""
    directive = await life.by_number(turn.session, wanted, turn)
    await cards.show(turn, directive)
    await history.show(turn, directive, 1)


async def _named(view: _View, words: str) -> None:
    """A list, a unit, or a list of a unit, by what was typed."""
    wanted, rest = _filter_of(words)
    if wanted is not None and not rest:
        await view.listing(wanted, 0, 1)
        return
    found, near = await typed_unit(view.turn, rest)
    near = [u for u in near if await view.sees(u.id)]
    if found is not None or len(near) == 1:
        unit_id = found.id if found else near[0].id
        await (view.unit(unit_id) if wanted is None else view.listing(wanted, unit_id, 1))
    elif near:
        rows = [[_to_unit(wanted, u.id, u.name)] for u in near]
        view.say(say.which_unit(rest), rows)
    else:
        view.say(say.not_understood(words), [[button(say.HOME, "sto", "home")]])


def _filter_of(words: str) -> tuple[Filter | None, str]:
    """The list that the words begin with, and what follows as the person wrote it."""
    folded, skipped = fold(words), 0
    for leading in _LEADING:
        if folded.startswith(leading):
            folded, skipped = folded.removeprefix(leading), len(leading.split())
            break
    for name in sorted(_WORDS, key=len, reverse=True):
        if folded == name or folded.startswith(name + " "):
            return _WORDS[name], _without_of(_after(words, skipped + len(name.split())))
    return None, words


def _after(words: str, n: int) -> str:
    """The words after the first ``n``."""
    return " ".join(words.split()[n:])


def _without_of(words: str) -> str:
    return _after(words, 1) if fold(words).startswith(_OF) else words


def _to_unit(wanted: Filter | None, unit_id: int, name: str) -> Button:
    label = shorten(name, 60)
    return button(label, "st", "unit", unit_id) if wanted is None else button(label, "st", "list", wanted, unit_id, 1)


# --- the screens ---


@dataclass(frozen=True)
class _View:
    """The screens, said anew or in place."""

    turn: Turn
    edit: bool

    def say(self, text: str, rows: Rows, directives: tuple[int, ...] = ()) -> None:
        self.turn.say(text, [row for row in rows if row], directives=directives, edit=self.edit)

    async def asking(self, unit_id: int) -> Asking:
        """What is asked of: everything the person sees, or a unit and those under it.

        Raises:
            NotAllowed: nothing of the unit is in the person's scope.
        """
        turn = self.turn
        asking = await figures.asking_of(turn.session, turn.person, turn.today, turn.office)
        narrowed = await figures.within(turn.session, asking, unit_id) if unit_id else asking
        if narrowed.units is not None and not narrowed.units:
            raise NotAllowed(Action.SEE)
        return narrowed

    async def sees(self, unit_id: int) -> bool:
        """Whether anything of a unit is in the person's scope."""
        try:
            await self.asking(unit_id)
        except NotAllowed:
            return False
        return True

    async def home(self) -> None:
        """Totals of everything the person sees."""
        turn = self.turn
        facts = await figures.status(turn.session, turn.person, turn.today, turn.office)
        self.say(say.status(facts), _status_rows(facts, 0))

    async def unit(self, unit_id: int) -> None:
        """Totals of a unit."""
        turn = self.turn
        await self.asking(unit_id)
        unit = await figures.unit(turn.session, unit_id)
        facts = await figures.status(turn.session, turn.person, turn.today, turn.office, unit)
        self.say(say.status(facts), [*_status_rows(facts, unit_id), _back()])

    async def units(self, page: int) -> None:
        """The units, the worst first, with a button each."""
        turn = self.turn
        facts = await figures.status(turn.session, turn.person, turn.today, turn.office)
        page, pages = page_of(len(facts.units), page, UNITS_PAGE)
        some = facts.units[(page - 1) * UNITS_PAGE : page * UNITS_PAGE]
        named = [button(shorten(u.name, 40), "st", "unit", u.unit_id) for u in some]
        rows = [named[i : i + 2] for i in range(0, len(named), 2)]
        self.say(say.units(facts.whose, some, page, pages), [*rows, paging(page, pages, "st", "units"), _back()])

    async def listing(self, wanted: Filter, unit_id: int, number_: int) -> None:
        """A list, clauses folded unless it is of one unit."""
        asking = await self.asking(unit_id)
        folded = asking.units is None or len(asking.units) > 1
        page = await self._page(asking, Listing(wanted, folded=folded), number_)
        rows = _items(page, wanted, unit_id)
        back = [button(say.HOME, "st", "unit", unit_id)] if unit_id else _back()
        rows += [paging(page.number, page.pages, "st", "list", wanted, unit_id), back]
        text = say.listing(wanted, await self._whose(asking, unit_id), page)
        self.say(text, rows, _numbers(page))

    async def clause(self, clause: str, wanted: Filter, unit_id: int, number_: int) -> None:
        """The directives of one clause that are in a list."""
        asking = await self.asking(unit_id)
        page = await self._page(asking, Listing(wanted, clause=clause, folded=False), number_)
        back = button(say.LABELS[wanted], "st", "list", wanted, unit_id, 1)
        rows = _items(page, wanted, unit_id)
        rows += [paging(page.number, page.pages, "st", "clause", clause, wanted, unit_id), [back]]
        text = say.listing(wanted, await self._whose(asking, unit_id), page)
        self.say(text, rows, _numbers(page))

    async def newly(self, since: datetime, number_: int) -> None:
        """What was approved after a moment: the end of a digest's last section."""
        asking = await self.asking(0)
        page = await self._page(asking, Listing(Filter.DONE, approved_since=since, folded=False), number_)
        rows = [*_items(page, Filter.DONE, 0), paging(page.number, page.pages, "st", "new", int(since.timestamp()))]
        text = say.listing(Filter.DONE, await self._whose(asking, 0), page, say.TITLE_NEWLY_DONE)
        self.say(text, [*rows, _back()], _numbers(page))

    async def chart(self, unit_id: int) -> None:
        """A picture of the units, drawn when it is sent."""
        await self.asking(unit_id)
        turn, asked = self.turn, {"unit": unit_id}
        turn.toast = say.DRAWING
        await tell(turn.session, [turn.person.id], CHART, now=turn.now, payload=asked, priority=FIRST)

    async def _page(self, asking: Asking, listing: Listing, number_: int) -> Page:
        return await figures.page(self.turn.session, asking, listing, self.turn.office.calendar, number_)

    async def _whose(self, asking: Asking, unit_id: int) -> str:
        if unit_id:
            return (await figures.unit(self.turn.session, unit_id)).name
        return figures.whose(self.turn.person, asking)


def _status_rows(facts: StatusFacts, unit_id: int) -> Rows:
    """The lists behind the counts; those that are empty have no button."""
    f = facts.figures
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
    lists = [to_list(wanted, count, unit_id) for wanted, count in counts if count != 0]
    rows = [lists[i : i + 2] for i in range(0, len(lists), 2)]
    if len(facts.units) > 1:
        by_unit = [] if unit_id else [button(say.BY_UNIT, "st", "units", 1)]
        rows.append([*by_unit, button(say.CHART, "st", "chart", unit_id)])
    return rows


def to_list(wanted: Filter, count: int | None, unit_id: int = 0, *, opens: bool = False) -> Button:
    """A button that leads to a list: in place, or as a new message."""
    label = say.LABELS[wanted] if count is None else f"{say.LABELS[wanted]} ({number(count)})"
    return button(label, "sto" if opens else "st", "list", wanted, unit_id, 1)


def _items(page: Page, wanted: Filter, unit_id: int) -> Rows:
    row = [
        button(f"#{i.view.id} +{i.here - 1}", "st", "clause", i.clause.id, wanted, unit_id, 1)
        if i.clause and i.here > 1
        else button(f"#{i.view.id}", "d", i.view.code)
        for i in page.items
    ]
    return [row[i : i + 4] for i in range(0, len(row), 4)]


def _numbers(page: Page) -> tuple[int, ...]:
    return tuple(i.view.id for i in page.items if i.here == 1)


def _back(action: str = "st") -> list[Button]:
    return [button(say.HOME, action, "home")]


# --- buttons ---


async def in_place(turn: Turn, args: list[str]) -> None:
    """``st:view:args``: another screen instead of this one."""
    await _press(_View(turn, edit=True), args)


async def opened(turn: Turn, args: list[str]) -> None:
    """``sto:view:args``: a screen as a new message."""
    await _press(_View(turn, edit=False), args)


async def _press(view: _View, args: list[str]) -> None:
    screens: dict[str, Callable[..., Awaitable[None]]] = {
        "home": view.home,
        "units": lambda page: view.units(int(page)),
        "unit": lambda unit: view.unit(int(unit)),
        "list": lambda wanted, unit, page: view.listing(Filter(wanted), int(unit), int(page)),
        "clause": lambda clause, wanted, unit, page: view.clause(clause, Filter(wanted), int(unit), int(page)),
        "new": lambda since, page: view.newly(datetime.fromtimestamp(int(since), OFFICE_ZONE), int(page)),
        "chart": lambda unit: view.chart(int(unit)),
    }
    try:
        screen = screens[args[0]](*args[1:])
    except (LookupError, TypeError, ValueError, OverflowError):
        raise NoSuchThing from None
    await screen


# --- the picture ---


async def chart(
    session: Session, person: Person, unit_id: int, now: datetime, office: Office, charts: ChartRoom
) -> OutgoingMessage | None:
    """The picture that was asked for, as of the moment it is sent; None where nothing is left to draw."""
    today = now.astimezone(OFFICE_ZONE).date()
    unit = await figures.unit(session, unit_id) if unit_id else None
    facts = await figures.status(session, person, today, office, unit)
    if not facts.figures.total:
        return None
    picture = await charts.units_chart(facts.units, facts.whose, today)
    file = OutgoingFile("bieu-do.png", "image/png", content=picture)
    return OutgoingMessage(say.chart_caption(facts.whose), (tuple(_back("sto")),), (file,))


COMMANDS: dict[str, Handler] = {"status": status}
BUTTONS: dict[str, ButtonHandler] = {"st": in_place, "sto": opened}
