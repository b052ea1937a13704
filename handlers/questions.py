"""Questions in plain words: answered with what was understood first, and the nearest other readings on buttons.

A question only shows. Its buttons are ``hq:row:variant:page:person:unit:notice``: the words stand in the inbox row of
the message that asked; variant 0 is the reading, the others are its alternatives; a person, unit or notice chosen on
the way goes along, 0 where none was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from channels.base import Button, IncomingMessage
from db.models import Inbox, Notice
from domain.calendar import OFFICE_ZONE
from domain.errors import NoSuchThing
from domain.figures import Asking, Filter, Listing, Page
from domain.organisation import UnitEntry
from domain.questions import Measure, Question, alternatives, read_question
from domain.questions.facts import Asked
from domain.replies import Kind, understand
from domain.rights import Role
from handlers import cards, coordinating, leading
from handlers.buttons import Rows, button, paging
from handlers.common import typed_unit
from handlers.turn import Args, ButtonHandler, Turn
from services import figures, finding, life, show
from services import questions as answers
from services.office import directory
from texts import asking as say
from texts import labels
from texts import leaders as say_leaders
from texts.engine import shorten

MOST_NOTICES = 8  # of one number, to choose from; the newest


@dataclass(frozen=True)
class _Way:
    """Which answer to which message."""

    row: int
    variant: int = 0
    page: int = 1
    person: int = 0
    unit: int = 0
    notice: int = 0
    edit: bool = False

    def to(self, label: str, **change: int) -> Button:
        """A button to another answer of the same question."""
        to = replace(self, **{"page": 1, **change})  # type: ignore[arg-type]
        return button(label, "hq", to.row, to.variant, to.page, to.person, to.unit, to.notice)


# --- what is a question, and to whom ---


async def listen(turn: Turn) -> bool:
    """Whether the words were a question about directives, and have been answered.

    Who gives work asks more than they report: for leaders and the office a question comes first. What an officer or
    a head says is a report, unless no report can be read in it and the question is not in doubt.
    """
    if turn.files or turn.message.edited or turn.spoken_of or turn.person.role == Role.ADMIN:
        return False
    read = read_question(turn.message.text, turn.today, await directory(turn.session))
    if read.measure is None or read.of_this:
        return False
    if turn.person.role in {Role.HEAD, Role.OFFICER} and not await _is_no_report(turn, read):
        return False
    await _answer(turn, read, _Way(turn.inbox_id))
    return True


async def _is_no_report(turn: Turn, read: Question) -> bool:
    if read.doubt:
        return False
    mine = await coordinating.in_hand(turn)
    reading = understand(turn.message.text, now=turn.now, open=mine, reply_to=None)
    return all(act.kind in {Kind.QUESTION, Kind.NONE} for act in reading.acts)


async def press(turn: Turn, args: Args) -> None:
    """``hq:row:variant:page:person:unit:notice``: another page, another reading, whom or what was meant."""
    row, variant, page, person, unit, notice = (args.number(place) for place in range(6))
    way = _Way(row, variant, page, person, unit, notice, edit=True)
    message = await _asked_in(turn, way.row)
    day = message.at.astimezone(OFFICE_ZONE).date()
    units = await directory(turn.session)
    read = read_question(message.text, day, units)
    if way.unit:
        chosen = tuple(unit for unit in units.units if unit.id == way.unit)
        read = replace(read, units=chosen, unknown_unit=None, doubt=False)
    if read.measure is None or way.variant > len(alternatives(answers.answerable(read))):
        raise NoSuchThing
    await _answer(turn, read, way)


async def _asked_in(turn: Turn, number: int) -> IncomingMessage:
    row = await turn.session.get(Inbox, number)
    if row is None:
        raise NoSuchThing
    message = IncomingMessage.from_json(row.message)
    if (row.channel, message.sender.id) != (turn.message.channel, turn.message.sender.id):
        raise NoSuchThing
    return message


# --- the answer ---


async def _answer(turn: Turn, read: Question, way: _Way) -> None:
    read = answers.answerable(read)
    others = alternatives(read)
    if way.variant:
        read = replace(others[way.variant - 1], doubt=False)
    if read.directive is not None:
        await cards.show(turn, await life.by_number(turn.session, read.directive, turn), edit=way.edit)
        return
    if read.unknown_unit and not read.units and await _asks_which_unit(turn, read.unknown_unit, way):
        return
    asking = await answers.asking_of(turn.session, turn, turn.office, read)
    if asking.units is not None and not asking.units:
        turn.say(say.outside([unit.name for unit in read.units] or [turn.person.unit.name]), edit=way.edit)
        return
    all_seen = await figures.asking_of(turn.session, turn.person, turn.today, turn.office)
    seen, hidden = await answers.seen_units(turn.session, all_seen, read.units)
    if hidden:
        read = answers.answerable(replace(read, units=seen))
    met = await _narrowed(turn, read, asking, way)
    if met is None:
        return
    asked, asking, only = met
    asked = replace(asked, hidden=tuple(unit.name for unit in hidden))
    await _Answer(turn, asked, asking, only, way, others).show()


async def _asks_which_unit(turn: Turn, written: str, way: _Way) -> bool:
    """A name that is none of the office's: those that resemble it, to choose from."""
    found, near = await typed_unit(turn, written)
    likely = [found] if found else near
    if not likely:
        return False
    rows = [[way.to(shorten(unit.name, 60), unit=unit.id)] for unit in likely]
    turn.say(say_leaders.which_unit(written), rows, edit=way.edit)
    return True


async def _narrowed(
    turn: Turn, read: Question, asking: Asking, way: _Way
) -> tuple[Asked, Asking, tuple[int, ...] | None] | None:
    """What the names of a question mean; None where that was asked, or said not to be."""
    asked = Asked(read, turn.today, _whose(turn, read.units, asking), unknown=read.unknown_unit)
    only, is_near = None, False
    if read.person:
        person = await _person(turn, read.person, asking, way)
        if person is None:
            return None
        asking, asked = replace(asking, person=person[0]), replace(asked, person=person[1])
    if read.notice:
        notice = await _notice(turn, read.notice, asking, way)
        if notice is None:
            return None
        asking, asked = replace(asking, notice=notice.id), replace(asked, notice=show.source_of(notice))
    if read.words:
        only, is_near = await finding.numbers(turn.session, turn, read.words)
    return replace(asked, is_near=is_near), asking, only


async def _notice(turn: Turn, number: str, asking: Asking, way: _Way) -> Notice | None:
    """The notice of this number that gave the asker's units work; None where there is none, or which is asked."""
    numbered = await answers.notices_numbered(turn.session, number)
    seen = [one for one in numbered if (await figures.of_all(turn.session, replace(asking, notice=one.id))).total]
    if way.notice:
        seen = [one for one in seen if one.id == way.notice]
    if len(seen) == 1:
        return seen[0]
    if seen:
        rows = [[way.to(shorten(show.source_of(one), 60), notice=one.id)] for one in seen[:MOST_NOTICES]]
        turn.say(say.which_notice(number), rows, edit=way.edit)
    else:
        turn.say(say.no_notice(number), edit=way.edit)
    return None


def _whose(turn: Turn, units: Sequence[UnitEntry], asking: Asking) -> str:
    return ", ".join(unit.name for unit in units) or figures.whose(turn.person, asking)


async def _person(turn: Turn, name: str, asking: Asking, way: _Way) -> tuple[int, str] | None:
    """Who is meant, by number and full name; None where that has to be asked first."""
    if way.person:
        chosen = await answers.person(turn.session, asking, way.person)
        if chosen is None:
            raise NoSuchThing
        return chosen.id, f"{chosen.name} ({chosen.unit.name})"
    found, is_elsewhere = await answers.people_called(turn.session, asking, name)
    if len(found) == 1:
        return found[0].id, f"{found[0].name} ({found[0].unit.name})"
    if found:
        rows = [[way.to(shorten(f"{one.name}, {one.unit.name}", 60), person=one.id)] for one in found]
        turn.say(say.which_person(name), rows, edit=way.edit)
    else:
        turn.say(say.nobody_called(name, is_elsewhere=is_elsewhere), edit=way.edit)
    return None


@dataclass(frozen=True)
class _Answer:
    """A question whose names are known, on the way to its answer."""

    turn: Turn
    asked: Asked
    asking: Asking
    only: tuple[int, ...] | None
    way: _Way
    others: Sequence[Question]

    async def show(self) -> None:
        """Answer it."""
        match self.asked.question.measure:
            case Measure.RANK:
                await self._rank()
            case Measure.COMPARE:
                await self._compare()
            case Measure.PROGRESS:
                await self._progress()
            case Measure.COUNT:
                await self._count()
            case _:
                await self._list()

    def _say(self, text: str, rows: Rows, numbers: Sequence[int] = (), *, has_any: bool = True) -> None:
        rows = [row for row in [*rows, *self._others(has_any=has_any)] if row]
        self.turn.say(text, rows, directives=numbers, edit=self.way.edit)

    def _others(self, *, has_any: bool) -> Rows:
        """The nearest other readings, and the way back to the first; not the list of what there is none of."""
        if self.way.variant:
            return [[self.way.to(labels.BACK, variant=0)]]
        read = self.asked.question
        row = [
            self.way.to(shorten(say.label(other, read), 40), variant=n)
            for n, other in enumerate(self.others, 1)
            if has_any or say.label(other, read) != say.LIST_OF_THEM
        ]
        return [row[i : i + 2] for i in range(0, len(row), 2)]

    async def _page(self, number: int, size: int = 8) -> Page:
        read = self.asked.question
        is_narrow = bool(read.person or read.notice or self.only is not None)
        folded = not is_narrow and (self.asking.units is None or len(self.asking.units) > 1)
        listing: Listing = answers.listing_of(read, self.only, folded=folded)
        return await figures.page(self.turn.session, self.asking, listing, self.turn.office.calendar, number, size)

    async def _list(self) -> None:
        page = await self._page(self.way.page)
        read, way = self.asked.question, self.way
        wanted = read.filter or Filter.OPEN
        numbers = tuple(item.view.id for item in page.items if item.here == 1)
        opening = [
            button(f"#{i.view.id} +{i.here - 1}", "sto", "clause", i.clause.id, wanted, _one(read), 1)
            if i.clause and i.here > 1
            else button(f"#{i.view.id}", "d", i.view.code)
            for i in page.items
        ]
        rows = [opening[i : i + 4] for i in range(0, len(opening), 4)]
        back_and_forth = paging(page.number, page.pages, "hq", way.row, way.variant)
        chosen = f"{way.person}:{way.unit}:{way.notice}"
        rows.append([replace(one, data=f"{one.data}:{chosen}") for one in back_and_forth])
        is_plain = len(read.units) == 1 and not (read.person or read.notice or read.words or read.period)
        unit = read.units[0].id if is_plain else 0
        rows += leading.of_list(Role(self.turn.person.role), wanted, unit, numbers)
        self._say(say.listing(self.asked, page), rows, numbers)

    async def _count(self) -> None:
        page = await self._page(1, 1)
        done = await answers.done_in(self.turn.session, self.asking, self.asked.question)
        self._say(say.counted(self.asked, page.directives, done), [], has_any=page.directives > 0)

    async def _rank(self) -> None:
        read = self.asked.question
        found = await answers.ranked(self.turn.session, self.asking, read, self.turn.office.calendar)
        rows = []
        if read.period is None:
            shown = found[: say.MOST_RANKED]
            rows = [
                [button(shorten(f"{one.name} ({one.count})", 60), "sto", "list", read.filter or "", one.unit_id, 1)]
                for one in shown
            ]
        self._say(say.ranked(self.asked, found), rows)

    async def _compare(self) -> None:
        read = self.asked.question
        asking = await figures.asking_of(self.turn.session, self.turn.person, self.turn.today, self.turn.office)
        sides = await answers.sides(self.turn.session, asking, read.units, read.period)
        self._say(say.compared(self.asked, sides), [])

    async def _progress(self) -> None:
        read = self.asked.question
        counts = await figures.of_all(self.turn.session, self.asking)
        moved = await figures.movement(self.turn.session, self.asking, read.period) if read.period else None
        self._say(say.progress(replace(self.asked, question=read), counts, moved), [])


def _one(read: Question) -> int:
    return read.units[0].id if len(read.units) == 1 else 0


BUTTONS: dict[str, ButtonHandler] = {"hq": press}
