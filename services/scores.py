"""The score sheet of a month: the products of units and people, and what became of them (Decree 335/2025)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import select

from db import Session
from db.models import Person
from db.queries import figures as units_of
from db.queries import paperwork as queries
from domain.calendar import OFFICE_ZONE
from domain.lifecycle import State
from domain.paperwork import ScoredProduct, ScoreLine, ScoreSheet
from domain.periods import ReportPeriod
from domain.scores import Product, outcome, score
from services.show import local_day

NOBODY = "Chưa rõ người thực hiện"


async def sheet(
    session: Session,
    units: Collection[int] | None,
    period: ReportPeriod,
    whose: str,
    now: datetime,
    person_id: int | None = None,
) -> ScoreSheet:
    """The score sheet of a month.

    Args:
        session: any transaction.
        units: only what these lead; None for all.
        period: the month.
        whose: whose it is, in words.
        now: aware; what is known by then counts.
        person_id: only what this person has in hand.
    """
    found = await _products(session, units, period, person_id)
    scored = [(one, what) for one in found if (what := outcome(one, period.first, period.last)) is not None]
    names = await _people(session, {one.person_id for one, _ in scored})
    units_named = {unit.id: unit.name for unit in await units_of.units(session)}
    shown = tuple(
        ScoredProduct(one, what, units_named[one.unit_id], names.get(one.person_id, NOBODY)) for one, what in scored
    )
    in_order = sorted(shown, key=lambda p: list(units_named).index(p.product.unit_id))
    lines = tuple(line for some in _by_unit(in_order) for line in _lines(some, with_unit=person_id is None))
    return ScoreSheet(period, whose, now, lines, tuple(in_order))


async def _products(
    session: Session, units: Collection[int] | None, period: ReportPeriod, person_id: int | None
) -> list[Product]:
    until = datetime.combine(period.last + timedelta(days=1), time(), OFFICE_ZONE) - timedelta(microseconds=1)
    rows = await queries.products(session, units, person_id, until)
    excused = await queries.excused_until(session, [row.id for row in rows])
    return [
        Product(
            number=row.id,
            text=row.text,
            unit_id=row.unit_id,
            person_id=row.contact_id,
            last_day=row.last_day,
            first_last_day=row.first_last_day,
            excused_until=excused.get(row.id),
            submitted_on=local_day(row.submitted_at) if row.state in {State.SUBMITTED, State.COMPLETED} else None,
            is_done=row.state == State.COMPLETED,
            is_waiting=row.state == State.SUBMITTED,
            is_excused=row.excused_at is not None,
        )
        for row in rows
    ]


def _by_unit(products: Iterable[ScoredProduct]) -> list[list[ScoredProduct]]:
    found: dict[int, list[ScoredProduct]] = defaultdict(list)
    for one in products:
        found[one.product.unit_id].append(one)
    return list(found.values())


def _lines(some: Sequence[ScoredProduct], *, with_unit: bool) -> list[ScoreLine]:
    """The unit's line, then one for each of its people, by name; what nobody has in hand last."""
    unit = some[0].unit
    people: dict[int | None, list[ScoredProduct]] = defaultdict(list)
    for one in some:
        people[one.product.person_id].append(one)
    whole = [ScoreLine(unit, None, unit, score(p.outcome for p in some), is_unit=True)] if with_unit else []
    theirs = [ScoreLine(unit, who, mine[0].person, score(p.outcome for p in mine)) for who, mine in people.items()]
    return [*whole, *sorted(theirs, key=lambda line: (line.person_id is None, line.name, line.person_id or 0))]


async def _people(session: Session, ids: Collection[int | None]) -> Mapping[int | None, str]:
    rows = await session.execute(select(Person.id, Person.name).where(Person.id.in_([i for i in ids if i])))
    return dict(rows.all())
