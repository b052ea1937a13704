"""What measures stand at: their tables as of a day, and what a unit may report figures of.

A table is told by history: phases tell who led what, measurements by their moments what had been reported, and what was
taken back since still counts for the days before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, func, or_, select

from db import Session
from db.memo import standing
from db.models import Directive, Measure, Measurement, Obstacle, Person, Phase, Report, Unit
from db.queries.figures import end_of_day
from domain.calendar import OFFICE_ZONE
from domain.errors import NoSuchThing
from domain.figures import Asking, Period
from domain.lifecycle import WITH_UNIT, State
from domain.measure_words import Followed
from domain.measures import Actual, Kind, Level, MeasureLine, MeasureTable, Plan, Verdict, rate, totals, verdict
from domain.obstacles import Kind as Brought
from domain.quantities import PERCENT, Bound
from services import posts

_NEVER = (State.DRAFT, State.CANCELLED)


async def of_directive(session: Session, directive_id: int) -> Measure | None:
    """What a directive is measured by, if anything."""
    return await session.scalar(select(Measure).where(Measure.directive_id == directive_id))


async def by_code(session: Session, code: str) -> Measure:
    """The measure of a button.

    Raises:
        NoSuchThing: there is none.
    """
    found = await session.scalar(select(Measure).where(Measure.code == code))
    if found is None:
        raise NoSuchThing
    return found


async def in_hand(session: Session, person: Person) -> list[Measure]:
    """The measures a person's units may report on now, in the order of their directives."""
    if not await are_any(session):
        return []
    found = await session.scalars(
        select(Measure)
        .join(Directive, Directive.id == Measure.directive_id)
        .where(
            Directive.lead_unit_id.in_(await posts.units_of(session, person)),
            Directive.state.in_(sorted(WITH_UNIT)),
        )
        .order_by(Measure.directive_id)
    )
    return list(found)


async def are_any(session: Session) -> bool:
    """Whether the office measures anything: many do not, and every report asks."""

    async def read() -> bool:
        return await session.scalar(select(Measure.id).limit(1)) is not None

    return await standing(session, "any measures", read)


def plan_of(measure: Measure) -> Plan:
    """Its plan."""
    bound, less = Bound(measure.bound), measure.less_is_better
    return Plan(measure.plan_written, measure.plan, measure.plan_to, bound, less)


async def followed(session: Session, measure: Measure, *, without: Report | None = None) -> Followed:
    """What words about it are held against. ``without``: a report that is about to be replaced."""
    standing = [row for row in await _measurements(session, [measure.id], None) if row.value is not None]
    past = [row for row in standing if without is None or row.report_id != without.id]
    last = past[-1].value if past else None
    return Followed(Kind(measure.kind), measure.name, measure.measured_in, plan_of(measure), last)


# --- tables ---


async def table(
    session: Session, asking: Asking, kind: Kind, period: Period | None = None, as_of: datetime | None = None
) -> MeasureTable:
    """The measures of one kind that the asker sees, in their order, as they stood at a moment.

    Args:
        session: an open transaction.
        asking: whose, and as of which day; narrowed by units, notice, field, source and kind of lead.
        kind: which.
        period: only those under way on some day of it; None for all.
        as_of: aware; the end of ``asking.as_of``, or its moment, if None.
    """
    end = as_of or asking.moment or end_of_day(asking.as_of)
    rows = (
        await session.execute(
            select(Measure, Phase, Unit.name, Directive.code)
            .join(Phase, Phase.directive_id == Measure.directive_id)
            .join(Directive, Directive.id == Measure.directive_id)
            .join(Unit, Unit.id == Phase.unit_id)
            .where(Measure.kind == kind, _phase_at(end), Phase.state.not_in(_NEVER))
            .where(*_narrowed(asking), *_under_way(period))
            .order_by(func.coalesce(Phase.notice_id, 0), Measure.place, Measure.directive_id)
        )
    ).all()
    lines = await _lines(session, [(one, unit, code) for one, _, unit, code in rows], end)
    return MeasureTable(kind, asking.as_of, tuple(lines), totals(kind, lines))


async def kinds(session: Session, asking: Asking) -> list[Kind]:
    """The kinds of which the asker has any measure."""
    tables = [await table(session, asking, kind) for kind in Kind]
    return [one.kind for one in tables if one.lines]


async def there_are(session: Session, asking: Asking) -> bool:
    """Whether anything that the asker sees is measured, or was."""
    led = [] if asking.units is None else [Directive.lead_unit_id.in_(sorted(asking.units))]
    # each measure looks its directive up: joined, all directives may be walked to find that nothing is measured
    seen = select(Directive.id).where(Directive.id == Measure.directive_id, Directive.issued_at.is_not(None), *led)
    return await session.scalar(select(Measure.id).where(seen.correlate(Measure).exists()).limit(1)) is not None


async def line(session: Session, directive: Directive) -> MeasureLine | None:
    """The measure of a directive as it stands now; None where it has none."""
    measure = await of_directive(session, directive.id)
    if measure is None:
        return None
    unit = directive.lead_unit.name if directive.lead_unit else directive.lead_written or ""
    return (await _lines(session, [(measure, unit, directive.code)], None))[0]


def _phase_at(end: datetime) -> ColumnElement[bool]:
    """The phase a directive was in just before a moment."""
    return and_(Phase.since < end, or_(Phase.until.is_(None), Phase.until >= end))


def _narrowed(asking: Asking) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asking.units is not None:
        found.append(Phase.unit_id.in_(sorted(asking.units)))
    if asking.notice is not None:
        found.append(func.coalesce(Phase.notice_id, 0) == asking.notice)
    if asking.field is not None:
        found.append(func.coalesce(Phase.field, "") == asking.field)
    if asking.source is not None:
        found.append(func.coalesce(Phase.source, "") == asking.source)
    if asking.lead_kind is not None:
        found.append(Unit.kind == asking.lead_kind)
    return found


def _under_way(period: Period | None) -> list[ColumnElement[bool]]:
    if period is None:
        return []
    first = datetime.combine(period.first, time(), OFFICE_ZONE)
    open_then = or_(Phase.state != State.COMPLETED, Phase.submitted_at >= first)
    return [Phase.issued_at < end_of_day(period.last), open_then]


async def _measurements(session: Session, ids: Collection[int], end: datetime | None) -> Sequence[Measurement]:
    """What stood at a moment (now if None) of some measures, the oldest first."""
    query = select(Measurement).outerjoin(Report, Report.id == Measurement.report_id)
    if end is None:
        stands: list[ColumnElement[bool]] = [Measurement.withdrawn_at.is_(None), Report.withdrawn_at.is_(None)]
    else:
        there = Measurement.at < end
        own = or_(Measurement.withdrawn_at.is_(None), Measurement.withdrawn_at >= end)
        stands = [there, own, or_(Report.withdrawn_at.is_(None), Report.withdrawn_at >= end)]
    found = await session.scalars(query.where(Measurement.measure_id.in_(ids), *stands).order_by(Measurement.id))
    return found.all()


@dataclass(frozen=True)
class _Stand:
    """What stands of one measure: the unit's newest word, and the assigner's side's if it is newer."""

    said: Measurement | None
    found: Measurement | None


def _stand(rows: Sequence[Measurement]) -> _Stand:
    said = next((row for row in reversed(rows) if not row.assessed), None)
    found = next((row for row in reversed(rows) if row.assessed), None)
    is_newer = found is not None and (said is None or found.id > said.id)
    return _Stand(said, found if is_newer else None)


async def _lines(
    session: Session, measures: Sequence[tuple[Measure, str, str]], end: datetime | None
) -> list[MeasureLine]:
    by_measure: dict[int, list[Measurement]] = defaultdict(list)
    for row in await _measurements(session, [one.id for one, _, _ in measures], end):
        by_measure[row.measure_id].append(row)
    open_ones = await _difficulties(session, [one.directive_id for one, _, _ in measures], end)
    return [
        _line(one, unit, code, _stand(by_measure[one.id]), open_ones.get(one.directive_id))
        for one, unit, code in measures
    ]


def _line(measure: Measure, unit: str, code: str, stand: _Stand, difficulty: str | None) -> MeasureLine:
    plan, said, kind = plan_of(measure), stand.said, Kind(measure.kind)
    actual = Actual(said.value, Bound(said.bound)) if said and said.value is not None else None
    own = verdict(plan, actual) if kind is Kind.INDICATOR else None
    assessed = stand.found.level if stand.found else None
    reported = said.level if said else None
    level = assessed or reported
    return MeasureLine(
        number=measure.directive_id,
        directive_code=code,
        code=measure.code,
        kind=kind,
        name=measure.name,
        unit=unit,
        measured_in=measure.measured_in,
        plan=plan,
        actual=actual,
        rate=_rate(measure, plan, actual),
        verdict=Verdict(assessed) if kind is Kind.INDICATOR and assessed else own,
        level=Level(level) if kind is Kind.REMEDIATION and level else None,
        confirmed=assessed is not None,
        difficulty=difficulty,
        said=said.text if said else "",
        measured_on=said.at.astimezone(OFFICE_ZONE).date() if said else None,
        is_part=measure.is_part,
    )


def _rate(measure: Measure, plan: Plan, actual: Actual | None) -> Decimal | None:
    """Of plan, where that says something: not of percentages, ranges, floors and what should be low."""
    is_plain = plan.upper is None and not plan.bound and not plan.lowers and measure.measured_in != PERCENT
    return rate(actual.number, plan.number) if actual and is_plain else None


async def _difficulties(session: Session, directives: Collection[int], end: datetime | None) -> dict[int, str]:
    query = select(Obstacle.directive_id, Obstacle.text).where(
        Obstacle.directive_id.in_(directives), Obstacle.kind == Brought.DIFFICULTY
    )
    if end is None:
        query = query.where(Obstacle.closed_at.is_(None))
    else:
        still_open = or_(Obstacle.closed_at.is_(None), Obstacle.closed_at >= end)
        query = query.where(Obstacle.opened_at < end, still_open)
    found: dict[int, list[str]] = defaultdict(list)
    for number, text in await session.execute(query.order_by(Obstacle.id)):
        found[number].append(text)
    return {number: "; ".join(texts) for number, texts in found.items()}
