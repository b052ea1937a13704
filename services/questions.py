"""What a question's names mean for who asks, and what is counted in answer; every figure comes from ``figures``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from db import Session
from db.models import Notice, Person
from domain.calendar import OFFICE_ZONE, OfficeCalendar
from domain.figures import Asking, Dimension, Figures, Filter, Listing, Movement, Period
from domain.office import Office
from domain.organisation import UnitEntry
from domain.questions import Measure, Question
from domain.questions.facts import Ranked, Side
from domain.rights import Role
from domain.spelling import fold, folded_word, syllable
from services import figures, people

MOST_NAMESAKES = 8


async def asking_of(session: Session, who: people.Acting, office: Office, read: Question) -> Asking:
    """What the asker may ask of, narrowed to the units of a question. With no unit left its ``units`` are empty."""
    today = who.now.astimezone(OFFICE_ZONE).date()
    asking = replace(await figures.asking_of(session, who.person, today, office), lead_kind=read.kind)
    if read.is_mine and not read.units and who.person.role == Role.CLERK:
        return await figures.within(session, asking, who.person.unit_id)
    return await of_units(session, asking, read.units)


async def of_units(session: Session, asking: Asking, units: Sequence[UnitEntry]) -> Asking:
    """The same question of some units and those under them; of none named it stays what it is."""
    if not units:
        return asking
    parts = [(await figures.within(session, asking, unit.id)).units or frozenset() for unit in units]
    return replace(asking, units=frozenset().union(*parts))


async def seen_units(
    session: Session, asking: Asking, units: Sequence[UnitEntry]
) -> tuple[tuple[UnitEntry, ...], tuple[UnitEntry, ...]]:
    """Of the units of a question those the asker sees, in whole or in part, and those outside."""
    seen = [unit for unit in units if (await figures.within(session, asking, unit.id)).units]
    return tuple(seen), tuple(unit for unit in units if unit not in seen)


async def people_called(session: Session, asking: Asking, name: str) -> tuple[list[Person], bool]:
    """Who is called so among those the asker sees, and whether somebody outside is.

    A single word is a given name, the last of a full one; several are the end of the name, or all of it. Words with
    diacritics are that word only; without, any.
    """
    found = await session.execute(select(Person.id, Person.name).where(Person.active).order_by(Person.name))
    ids = [number for number, full in found if is_called(full, name)]
    meant = list(await session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.name, Person.id)))
    seen = [one for one in meant if asking.units is None or one.unit_id in asking.units]
    return seen[:MOST_NAMESAKES], len(seen) < len(meant)


def is_called(full: str, name: str) -> bool:
    """Whether a full name ends with what was said."""
    said, words = name.split(), full.split()
    if len(said) > len(words):
        return False
    return all(_same(typed, word) for typed, word in zip(reversed(said), reversed(words), strict=False))


def _same(typed: str, word: str) -> bool:
    written = syllable(typed)
    return written == syllable(word) or (written == folded_word(typed) and written == folded_word(word))


async def person(session: Session, asking: Asking, number: int) -> Person | None:
    """The person of a button, if the asker sees them."""
    found = await session.get(Person, number)
    if found is None or not found.active or (asking.units is not None and found.unit_id not in asking.units):
        return None
    return found


async def notices_numbered(session: Session, number: str) -> list[Notice]:
    """The notices with this number, the newest first: "317" is 317/TB-UBND as well."""
    wanted = number.lstrip("0") or "0"
    rows = await session.scalars(
        select(Notice).where(Notice.number.is_not(None), Notice.number.contains(wanted)).order_by(Notice.id.desc())
    )
    return [row for row in rows if _leading_number(row.number or "") == wanted]


def _leading_number(written: str) -> str:
    return (fold(written).split() or [""])[0].lstrip("0") or "0"


def listing_of(read: Question, only: tuple[int, ...] | None, *, folded: bool) -> Listing:
    """The list a question is about."""
    period = (read.period.first, read.period.last) if read.period else None
    return Listing(read.filter or Filter.OPEN, period=period, folded=folded, only=only)


async def done_in(session: Session, asking: Asking, read: Question) -> Movement | None:
    """How much of what was done in the days asked for was in time; None where no days or other things are asked for."""
    if read.filter is not Filter.DONE or read.period is None:
        return None
    return await figures.movement(session, asking, read.period)


async def ranked(session: Session, asking: Asking, read: Question, calendar: OfficeCalendar) -> list[Ranked]:
    """The units that have any of what was asked, most first; of as many overdue the longest late first."""
    wanted = read.filter or Filter.OVERDUE
    oldest: dict[int, tuple[date, int]] = {}
    if read.period and wanted in _MOVED:
        moved = await figures.movements(session, asking, read.period, Dimension.UNIT)
        counts = [(one.key, one.name, _MOVED[wanted](one.movement)) for one in moved]
    elif wanted is Filter.DUE:
        counts = await _due(session, asking, read, calendar)
    else:
        counts = [(u.unit_id, u.name, _COUNTED[wanted](u.figures)) for u in await figures.by_unit(session, asking)]
        if wanted is Filter.OVERDUE:
            oldest = await figures.overdue_by_unit(session, asking, Listing(wanted))
    days = {unit: (asking.as_of - last_day).days for unit, (last_day, _) in oldest.items()}
    found = [Ranked(int(key), name, n, days.get(int(key), 0)) for key, name, n in counts if key is not None and n]
    return sorted(found, key=lambda one: (-one.count, -one.days))


async def _due(
    session: Session, asking: Asking, read: Question, calendar: OfficeCalendar
) -> list[tuple[int | str | None, str, int]]:
    counts: list[tuple[int | str | None, str, int]] = []
    for unit in await figures.by_unit(session, asking):
        if unit.figures.open:
            of_unit = replace(asking, units=frozenset({unit.unit_id}))
            page = await figures.page(session, of_unit, listing_of(read, None, folded=False), calendar, size=1)
            counts.append((unit.unit_id, unit.name, page.directives))
    return counts


_COUNTED: dict[Filter, Callable[[Figures], int]] = {
    Filter.OVERDUE: lambda f: f.open_late,
    Filter.SOON: lambda f: f.soon,
    Filter.WAITING: lambda f: f.waiting_approval,
    Filter.UNACKNOWLEDGED: lambda f: f.waiting_acknowledgement,
    Filter.DIFFICULTY: lambda f: f.blocked,
    Filter.DONE: lambda f: f.done,
    Filter.OPEN: lambda f: f.open,
    Filter.ALL: lambda f: f.total,
}
_MOVED: dict[Filter, Callable[[Movement], int]] = {
    Filter.OVERDUE: lambda m: m.newly_overdue,
    Filter.DONE: lambda m: m.done,
    Filter.ALL: lambda m: m.given,
}


async def sides(session: Session, asking: Asking, units: Sequence[UnitEntry], period: Period | None) -> list[Side]:
    """The units of a comparison, each with those under it; those outside the asker's scope are left out."""
    found = []
    for unit in units:
        own = await figures.within(session, asking, unit.id)
        if own.units:
            moved = await figures.movement(session, own, period) if period else None
            found.append(Side(unit.name, await figures.of_all(session, own), moved))
    return found


def answerable(read: Question) -> Question:
    """A question as it can be answered: words narrow a list alone, and one unit is not compared."""
    if read.words and read.measure in {Measure.RANK, Measure.COMPARE, Measure.PROGRESS}:
        return replace(read, measure=Measure.LIST)
    if read.measure is Measure.COMPARE and not read.units:
        return replace(
            read, measure=Measure.RANK, filter=read.filter if read.filter is not Filter.ALL else Filter.OVERDUE
        )
    if read.measure is Measure.COMPARE and len(read.units) == 1:
        return replace(read, measure=Measure.PROGRESS, filter=Filter.ALL)
    return read
