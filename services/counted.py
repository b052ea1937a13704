"""The figures of all units, remembered between two questions: counting a hundred thousand directives takes too long.

Whatever changes a figure writes an audit row in the same transaction. So what was counted up to a row still holds but
for the units of the directives that later rows speak of: these are counted anew. Where a row may have moved a directive
from one unit to another, or is of no directive, everything is. Remembered are tallies, from which the figures of any
day follow; of whole units, and once asked for, of each unit's fields and sources. Of a past moment the figures
themselves are: they change no more. What is remembered is kept in the database for the next start, too.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from sqlalchemy import select

from db import Session, phases
from db.memo import ANYTHING, remembered, shared, touched
from db.models import Directive, Obstacle, Transition
from db.queries import figures as queries
from db.queries import kept as keeping
from db.queries import tallies
from db.queries.lens import Lens, last_moment
from db.queries.tallies import Part
from domain.figures import Asking, Dimension, Figures
from domain.tallies import Tally
from services import audit

_KEY, _THEN = "tallies", "figures then"
_KEEP_AFTER = 200  # rows of the audit, after which what is remembered is kept anew
_MOST = 40  # past moments kept: a trend of twelve weeks asks for as many
_FEW_UNITS = 12  # asked of so few, counting is quicker than looking after what changed
_MOST_ROWS = 2000  # of the audit since: with more, everything is counted anew
_COUNTED = frozenset({Directive.__tablename__, Obstacle.__tablename__, ANYTHING})
# rows of the office that change no directive that counts: of accounts, of files that were asked for, of drafts
_HARMLESS = frozenset({
    "invite", "link", "revoke", "export_list", "pack_asked", "digest_time", "file_notice", "notice_continued",
})  # fmt: skip
_MOVES = ("new_unit", "old_unit", "of", "row")  # facts of rows that may have taken a directive from one unit to another


Key = int | str | None
"""A unit or a notice, a field or a source; None: what has none."""


@dataclass(frozen=True)
class _Counted:
    """What was counted when the audit ended with a row."""

    row: int
    hash: str
    parts: dict[Part, Tally]


@dataclass(frozen=True)
class _End:
    """Where the audit ends."""

    row: int
    hash: str
    at: datetime


async def moment(session: Session, asking: Asking) -> datetime | None:
    """The moment whose knowledge is asked for; None where nothing was recorded after it: the present has it all."""
    asked = asking.moment or last_moment(asking.as_of)
    end = await _end(session)
    if end is None or end.at <= asked:
        return None
    await phases.settle(session)
    return asked


async def _end(session: Session) -> _End | None:
    async def read() -> _End | None:
        newest = select(Transition.id, Transition.hash, Transition.at).order_by(Transition.id.desc()).limit(1)
        last = (await session.execute(newest)).first()
        return _End(*last) if last else None

    return await remembered(session, "end of the audit", read, of_work=True)


async def by_unit(session: Session, asking: Asking) -> dict[int, Figures]:
    """The figures of each lead unit that has any directive.

    Args:
        session: any transaction. In one that has changed something itself, everything is counted.
        asking: of which units, as of which day. Its leader and its kind of units have been looked up.
    """
    return cast(dict[int, Figures], await by(session, asking, Dimension.UNIT))


async def by(session: Session, asking: Asking, dimension: Dimension) -> dict[Key, Figures]:
    """The figures of each unit, field, notice or source that has any directive, as ``by_unit``."""
    then = await moment(session, asking)
    if then is not None:
        return await _past(session, asking, then, dimension)
    return await _present(session, asking, dimension)


async def _present(session: Session, asking: Asking, dimension: Dimension) -> dict[Key, Figures]:
    divided = _divided(asking, dimension)
    is_few = asking.units is not None and len(asking.units) <= _FEW_UNITS
    if divided is None or is_few or not await _is_remembered(session):
        return await queries.by(session, Lens(asking), dimension)
    wanted = {Dimension.FIELD: asking.field, Dimension.SOURCE: asking.source}.get(divided)
    found: dict[Key, Figures] = {}
    for (unit, key), tally in (await _tallies(session, divided)).items():
        if (asking.units is None or unit in asking.units) and wanted in {None, key or ""}:
            group = unit if dimension is Dimension.UNIT else key
            figures = tally.figures(asking.as_of, asking.soon_days, asking.against)
            found[group] = found[group] + figures if group in found else figures
    return found


def _divided(asking: Asking, dimension: Dimension) -> Dimension | None:
    """By what the tallies must be divided to answer; None where it is counted each time."""
    if asking.notice is not None or asking.person is not None:
        return None
    narrow = {Dimension.FIELD: asking.field, Dimension.SOURCE: asking.source}
    needed = ({dimension} | {part for part, value in narrow.items() if value is not None}) - {Dimension.UNIT}
    if len(needed) > 1 or not needed <= narrow.keys():
        return None
    return next(iter(needed), Dimension.UNIT)


async def _is_remembered(session: Session) -> bool:
    """Whether what this transaction sees is what all see."""
    if session.get_bind().dialect.name != "sqlite" or await _end(session) is None:
        return False
    return not await _has_changed(session)


async def _has_changed(session: Session) -> bool:
    """Whether this transaction has changed a figure: what it counts may be taken back with it."""
    is_touched = not touched(session).isdisjoint(_COUNTED)
    return is_touched or bool(audit.recorded(session)) or any(isinstance(row, Directive) for row in session.dirty)


# --- the present ---


def _remembered(session: Session) -> dict[Dimension, _Counted]:
    return shared(session, _KEY)


async def _tallies(session: Session, divided: Dimension) -> dict[Part, Tally]:
    end, known = await _end(session), _remembered(session)
    assert end is not None  # noqa: S101  (looked at before)
    before = known.get(divided) or await _kept(session, divided)
    parts = await _up_to_date(session, before, divided)
    known[divided] = _Counted(end.row, end.hash, parts)
    return parts


async def _up_to_date(session: Session, before: _Counted | None, divided: Dimension) -> dict[Part, Tally]:
    changed = None if before is None else await _changed_since(session, before)
    if before is None or changed is None:
        return await tallies.of_parts(session, None, divided)
    if not changed:
        return before.parts
    anew = await tallies.of_parts(session, changed, divided)
    return {part: found for part, found in before.parts.items() if part[0] not in changed} | anew


async def _changed_since(session: Session, before: _Counted) -> frozenset[int] | None:
    """The units of the directives that the audit speaks of since; None where it may be any."""
    rows = select(Transition.hash, Transition.event, Transition.directive_id, Transition.details)
    found = (
        await session.execute(rows.where(Transition.id >= before.row).order_by(Transition.id).limit(_MOST_ROWS))
    ).all()
    if not found or found[0].hash != before.hash or len(found) == _MOST_ROWS:
        return None
    later = [row for row in found[1:] if row.directive_id is not None or row.event not in _HARMLESS]
    if any(row.directive_id is None or not row.details.keys().isdisjoint(_MOVES) for row in later):
        return None
    touched = {row.directive_id for row in later}
    units = await session.scalars(select(Directive.lead_unit_id).where(Directive.id.in_(touched)).distinct())
    return frozenset(unit for unit in units if unit is not None) if touched else frozenset()


# --- kept for the next start ---


async def _kept(session: Session, divided: Dimension) -> _Counted | None:
    found = await keeping.read(session, divided)
    return _Counted(*found) if found else None


async def warm(session: Session) -> bool:
    """Count what the first screen asks for; gives whether what is remembered should be kept anew.

    Args:
        session: any transaction that has changed nothing.
    """
    if not await _is_remembered(session):
        return False
    await _tallies(session, Dimension.UNIT)
    rows = await keeping.rows(session)
    return any(_is_stale(counted, rows.get(one)) for one, counted in _remembered(session).items())


async def keep(session: Session) -> None:
    """Keep what is remembered, so that the next start need not count it.

    Args:
        session: of a transaction that is committed.
    """
    rows = await keeping.rows(session)
    for divided, counted in _remembered(session).items():
        if _is_stale(counted, rows.get(divided)):
            await keeping.write(session, divided, counted.row, counted.hash, counted.parts)


def _is_stale(counted: _Counted, row: int | None) -> bool:
    """Far from what is kept, either way: an older backup may have been put back."""
    return row is None or abs(counted.row - row) >= _KEEP_AFTER


# --- the past ---


@dataclass(frozen=True)
class _Then:
    """The figures of a past moment, as they were when the audit ended with a row."""

    row: int
    hash: str
    figures: dict[Key, Figures]


async def _past(session: Session, asking: Asking, then: datetime, dimension: Dimension) -> dict[Key, Figures]:
    asked = replace(asking, in_place_of=(), pressing_until=None, leader=None, lead_kind=None, moment=then)
    question = (asked, dimension)
    kept = cast(dict[Hashable, _Then], shared(session, _THEN))
    found = kept.pop(question, None)
    if found is None or not await _still_holds(session, found, then):
        end = await _end(session)
        assert end is not None  # noqa: S101  (a past moment has something after it)
        found = _Then(end.row, end.hash, await _counted_back(session, asking, then, dimension))
    if not await _has_changed(session):
        kept[question] = found
    while len(kept) > _MOST:
        kept.pop(next(iter(kept)))
    return found.figures


async def _counted_back(session: Session, asking: Asking, then: datetime, dimension: Dimension) -> dict[Key, Figures]:
    """From the present, by what has changed since: most has not."""
    if not await _is_remembered(session):
        return await queries.by(session, Lens.of(asking, then), dimension)
    was, is_ = await queries.changed_since(session, asking, then, dimension)
    now = await _present(session, asking, dimension)
    nothing = Figures()
    counted = {
        key: now.get(key, nothing) - is_.get(key, nothing) + was.get(key, nothing)
        for key in now.keys() | was.keys() | is_.keys()
    }
    return {key: figures for key, figures in counted.items() if figures.total}


async def _still_holds(session: Session, found: _Then, then: datetime) -> bool:
    """Nothing was recorded since with a moment that lies before: a clock was put back, or a backup."""
    if await _has_changed(session):
        return False
    same = await session.scalar(select(Transition.hash).where(Transition.id == found.row))
    earlier = select(Transition.id).where(Transition.id > found.row, Transition.at <= then)
    return same == found.hash and await session.scalar(earlier.limit(1)) is None
