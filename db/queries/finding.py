"""Finding directives by words: SQLite by its FTS5 index, PostgreSQL by its own.

Words with diacritics are looked for as they are written, words without in the text without diacritics.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    column,
    false,
    func,
    literal_column,
    or_,
    select,
    table,
    true,
)

from db import Session, driver
from db.models import Coordination, Directive, Obstacle, Passage, Unit
from db.queries.lens import Lens, end_of_day
from domain.figures import Asking
from domain.finding import Wanted
from domain.finding_days import Period, Which
from domain.lifecycle import OPEN, State

_FTS = table("passages_fts", column("rowid", Integer), column("passages_fts"))
_MOST_UNITS = 60  # named in one question to the index; more do not narrow it
_FEW = 500  # directives that are looked into one by one


@dataclass(frozen=True)
class Terms:
    """What is asked of the index.

    Attributes:
        exact: words with diacritics, evened out as in ``Passage.exact``.
        bare: words without, as in ``Passage.bare``.
        phrase: words that stand side by side, without diacritics.
        prefix: the beginning of a word, with its diacritics if it has any.
        number: of the notice, without diacritics, its words side by side.
        is_any: one of the words is enough.
        units: led by one of them or helped; None for all.
        or_units: what these lead or help with is found as well, whatever its words.
    """

    exact: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    phrase: str = ""
    prefix: str = ""
    number: str = ""
    is_any: bool = False
    units: frozenset[int] | None = None
    or_units: frozenset[int] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether the index is not needed."""
        return not (self.exact or self.bare or self.phrase or self.prefix or self.number)


@dataclass(frozen=True)
class Limits:
    """What a directive must be besides.

    Attributes:
        today: the local day.
        sees_drafts: the office alone.
        leads: seen are those led by one of these units; None for all.
        helps: seen are those these units lead or help with besides.
        units: led or helped by one of these; empty for any.
        wanted: how it must stand.
        period: when it was given, due or done.
        few: all that meet the conditions, where they were counted and are few: the words are looked for in these.
    """

    today: date
    sees_drafts: bool = False
    leads: frozenset[int] | None = frozenset()
    helps: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    wanted: Wanted | None = None
    period: Period | None = None
    few: frozenset[int] | None = None


async def passages(session: Session, terms: Terms, limits: Limits, most: int) -> Sequence[tuple[int, int | None]]:
    """Directive and report of the passages found, the newest first.

    Args:
        session: any transaction.
        terms: the words.
        limits: rights and conditions.
        most: so many at most.
    """
    if limits.few is not None and not limits.few:
        return []
    of_sqlite = session.get_bind().dialect.name == "sqlite"
    query = in_sqlite(terms, limits) if of_sqlite else in_postgresql(terms, limits)
    return [(row[0], row[1]) for row in await session.execute(query.limit(most), execution_options=driver.IN_A_THREAD)]


async def words_of(
    session: Session, places: Sequence[tuple[int, int | None]]
) -> dict[tuple[int, int | None], set[str]]:
    """The words of passages, with diacritics and without."""
    query = select(Passage.directive_id, Passage.report_id, Passage.exact, Passage.bare).where(
        Passage.directive_id.in_({directive for directive, _ in places})
    )
    found = {(of, report): {*exact.split(), *bare.split()} for of, report, exact, bare in await session.execute(query)}
    return {place: found[place] for place in places}


async def directives(session: Session, limits: Limits, most: int) -> Sequence[int]:
    """The directives that meet the conditions alone, the newest first."""
    # named one by one even when all are meant: the index begins with the unit, and the state comes second
    by_unit = limits.leads is None and limits.wanted not in {None, Wanted.DRAFT}
    led = Directive.lead_unit_id.in_(select(Unit.id)) if by_unit else true()
    newest = (Directive.id + 0).desc()  # the sum hides the order of the rows, in which all would be read
    query = select(Directive.id).where(led, *conditions(limits)).order_by(newest)
    return list(await session.scalars(query.limit(most)))


async def few(session: Session, limits: Limits) -> frozenset[int] | None:
    """All the directives that meet the conditions; None where they are many.

    Words that half of all directives have would be read to their end to find what meets a rare condition.
    """
    led = Directive.lead_unit_id.in_(select(Unit.id)) if limits.leads is None else true()
    query = select(Directive.id).where(led, *conditions(limits)).limit(_FEW + 1)
    found = (await session.scalars(query, execution_options=driver.IN_A_THREAD)).all()
    return frozenset(found) if len(found) <= _FEW else None


# --- the words ---


def in_sqlite(terms: Terms, limits: Limits) -> Select[int, int | None]:
    """The question to FTS5, newest words first: the index gives them in that order without sorting."""
    among = conditions(limits)
    if limits.few is not None:
        among = [_FTS.c.rowid.in_(select(Passage.id).where(Passage.directive_id.in_(sorted(limits.few))))]
    return (
        select(Passage.directive_id, Passage.report_id)
        .select_from(_FTS)
        .join(Passage, Passage.id == _FTS.c.rowid)
        .join(Directive, Directive.id == Passage.directive_id)
        .where(literal_column("passages_fts").op("MATCH")(_for_fts5(terms)), *among)
        .order_by(_FTS.c.rowid.desc())
    )


def _for_fts5(terms: Terms) -> str:
    words = [f'exact : "{word}"' for word in terms.exact] + [f'bare : "{word}"' for word in terms.bare]
    words += [f'{{exact bare}} : "{terms.prefix}" *'] if terms.prefix else []
    words += [f'bare : "{terms.phrase}"'] if terms.phrase else []
    said = (" OR " if terms.is_any else " AND ").join(f"({word})" for word in words)
    found = " AND ".join(f"({part})" for part in (said, f'number : "{terms.number}"' if terms.number else "") if part)
    if terms.or_units:
        found = f"({found}) OR {_units(terms.or_units)}"
    if terms.units is not None and len(terms.units) <= _MOST_UNITS:
        found = f"({found}) AND {_units(terms.units)}"
    return found


def _units(units: Collection[int]) -> str:
    return f"(units : ({' OR '.join(f'u{unit}' for unit in sorted(units)) or 'none'}))"


def in_postgresql(terms: Terms, limits: Limits) -> Select[int, int | None]:
    """The same question by text search, newest first."""
    said: list[ColumnElement[Any]] = [
        _vector(Passage.exact).op("@@")(func.plainto_tsquery("simple", word)) for word in terms.exact
    ]
    said += [_vector(Passage.bare).op("@@")(func.plainto_tsquery("simple", word)) for word in terms.bare]
    if terms.prefix:
        begun = func.to_tsquery("simple", f"{terms.prefix}:*")
        said.append(or_(*(_vector(each).op("@@")(begun) for each in (Passage.exact, Passage.bare))))
    if terms.phrase:
        said.append(_vector(Passage.bare).op("@@")(func.phraseto_tsquery("simple", terms.phrase)))
    found = or_(false(), *said) if terms.is_any else and_(true(), *said)
    if terms.number:
        found = and_(found, _vector(Passage.number).op("@@")(func.phraseto_tsquery("simple", terms.number)))
    if terms.or_units:
        found = or_(found, _led_or_helped(terms.or_units))
    return (
        select(Passage.directive_id, Passage.report_id)
        .join(Directive, Directive.id == Passage.directive_id)
        .where(found, *conditions(limits))
        .order_by(Passage.id.desc())
    )


def _vector(words: Any) -> ColumnElement[Any]:
    """As the index is made: with another configuration it would not be used."""
    return func.to_tsvector(literal_column("'simple'"), words)


# --- the conditions ---


def conditions(limits: Limits) -> list[ColumnElement[bool]]:
    """Rights and conditions on a directive."""
    found = [_seen(limits)]
    if limits.units:
        found.append(_led_or_helped(limits.units))
    if limits.wanted is not None:
        found.append(_stands(limits.wanted, limits.today))
    if limits.period is not None:
        found.append(_within(limits.period))
    return found


def _seen(limits: Limits) -> ColumnElement[bool]:
    issued = Directive.issued_at.is_not(None)
    if limits.sees_drafts:
        return or_(issued, Directive.state == State.DRAFT)
    if limits.leads is None:
        return issued
    led = Directive.lead_unit_id.in_(sorted(limits.leads))
    return and_(issued, or_(led, _led_or_helped(limits.helps)) if limits.helps else led)


def _led_or_helped(units: frozenset[int]) -> ColumnElement[bool]:
    helped = select(Coordination.directive_id).where(
        Coordination.unit_id.in_(sorted(units)), Coordination.removed_at.is_(None)
    )
    return or_(Directive.lead_unit_id.in_(sorted(units)), Directive.id.in_(helped))


_STATES = {
    Wanted.UNACKNOWLEDGED: State.ISSUED,
    Wanted.IN_PROGRESS: State.IN_PROGRESS,
    Wanted.WAITING: State.SUBMITTED,
    Wanted.DONE: State.COMPLETED,
    Wanted.DECLINED: State.DECLINED,
    Wanted.SUSPENDED: State.SUSPENDED,
    Wanted.CANCELLED: State.CANCELLED,
    Wanted.DRAFT: State.DRAFT,
}


def _stands(wanted: Wanted, today: date) -> ColumnElement[bool]:
    if wanted in _STATES:
        return Directive.state == _STATES[wanted]
    is_open = Directive.state.in_(sorted(OPEN))
    if wanted is Wanted.OVERDUE:
        return and_(is_open, Directive.last_day.is_not(None), ~Lens(Asking(today)).in_time)
    if wanted is Wanted.DIFFICULTY:
        return and_(is_open, Directive.id.in_(select(Obstacle.directive_id).where(Obstacle.closed_at.is_(None))))
    return is_open


def _within(period: Period) -> ColumnElement[bool]:
    start, end = end_of_day(period.first - timedelta(days=1)), end_of_day(period.last)
    given = and_(Directive.issued_at >= start, Directive.issued_at < end)
    due = Directive.last_day.between(period.first, period.last)
    done = and_(Directive.completed_at >= start, Directive.completed_at < end)
    return {Which.GIVEN: given, Which.DUE: due, Which.DONE: done, Which.EITHER: or_(given, due)}[period.which]
