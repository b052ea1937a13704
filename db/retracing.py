"""Phases of what happened before phases were kept: told back from the present by the audit, as far as it tells.

Each row of the audit says what state there was before it; rows that moved a directive to another unit or to another
deadline say from where. What no row tells (who was its contact, its notice) is taken to have been as it is now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, case, func, insert, select

from db.models import Directive, Obstacle, Phase, Transition, Unit, UnitName
from domain.lifecycle import Event, State
from domain.obstacles import Kind

AT_ONCE = 500  # directives in one statement
OF_DIRECTIVE: Mapping[str, Any] = {
    "state": Directive.state,
    "unit_id": Directive.lead_unit_id,
    "contact_id": Directive.contact_id,
    "notice_id": Directive.notice_id,
    "clause_id": Directive.clause_id,
    "field": Directive.field,
    "source": Directive.source,
    "issued_at": Directive.issued_at,
    "last_day": Directive.last_day,
    "first_last_day": Directive.first_last_day,
    "acknowledged_at": Directive.acknowledged_at,
    "submitted_at": case(
        (Directive.state == State.COMPLETED, func.coalesce(Directive.completed_at, Directive.submitted_at)),
        else_=Directive.submitted_at,
    ),
}
"""What of a directive is counted, by the name in ``Phase``."""

_UNDO = "undo"
_DATED = frozenset({"extension_granted", "extension_accepted", "amend"})  # moved the last day; "from" tells whence
_BEGAN = frozenset({Event.ISSUE.value, "recur"})
_MOVED = "old_unit"


@dataclass(frozen=True)
class _Told:
    """What was counted until a moment."""

    state: State
    unit_id: int
    last_day: date | None
    submitted_at: datetime | None


@dataclass(frozen=True)
class _Stretch:
    since: datetime
    facts: _Told
    blocked_since: datetime | None = None


def retrace(connection: Connection, ids: Sequence[int], names: Mapping[str, int] | None = None) -> None:
    """Write the phases of some directives, which have none yet."""
    names = unit_ids(connection) if names is None else names
    of_directive = [column.label(name) for name, column in OF_DIRECTIVE.items()]
    query = select(Directive.id.label("directive_id"), *of_directive).where(
        Directive.id.in_(ids), Directive.issued_at.is_not(None), Directive.state != State.DRAFT
    )
    rows = _by_directive(connection, select(Transition.__table__).order_by(Transition.id), Transition.directive_id, ids)
    blocked = _by_directive(
        connection,
        select(Obstacle.directive_id, Obstacle.opened_at, Obstacle.closed_at).where(Obstacle.kind == Kind.DIFFICULTY),
        Obstacle.directive_id,
        ids,
    )
    begun = [
        phase
        for row in connection.execute(query.order_by(Directive.id))
        for phase in _phases(row, rows.get(row.directive_id, ()), blocked.get(row.directive_id, ()), names)
    ]
    if begun:
        connection.execute(insert(Phase), begun)


def _by_directive(connection: Connection, query: Any, column: Any, ids: Sequence[int]) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(query.where(column.in_(ids))):
        found.setdefault(row.directive_id, []).append(row)
    return found


def unit_ids(connection: Connection) -> dict[str, int]:
    """Units by all names they have had; the present one goes first."""
    old = {row.name: row.unit_id for row in connection.execute(select(UnitName.name, UnitName.unit_id))}
    return old | {row.name: row.id for row in connection.execute(select(Unit.id, Unit.name))}


# --- one directive ---


def _phases(
    row: Row[Any], audit: Sequence[Row[Any]], obstacles: Sequence[Row[Any]], names: Mapping[str, int]
) -> Iterable[dict[str, Any]]:
    told = _told_back(row, audit, names) or list(_by_its_moments(row))
    stretches = _with_difficulties(_one_per_moment(told), obstacles)
    same = {name: getattr(row, name) for name in OF_DIRECTIVE}
    state_since = None
    for place, stretch in enumerate(stretches):
        if place == 0 or stretches[place - 1].facts.state != stretch.facts.state:
            state_since = stretch.since
        until = stretches[place + 1].since if place + 1 < len(stretches) else None
        yield {
            **same, "directive_id": row.directive_id, "since": stretch.since, "until": until,
            "state": stretch.facts.state, "state_since": state_since, "unit_id": stretch.facts.unit_id,
            "last_day": stretch.facts.last_day, "submitted_at": stretch.facts.submitted_at,
            "blocked_since": stretch.blocked_since,
        }  # fmt: skip


def _told_back(row: Row[Any], audit: Sequence[Row[Any]], names: Mapping[str, int]) -> list[_Stretch]:
    """From the present back to the issue."""
    facts = _Told(State(row.state), row.unit_id, row.last_day, row.submitted_at)
    by_id = {one.id: one for one in audit}
    found: list[_Stretch] = []
    for place in reversed(range(len(audit))):
        one = audit[place]
        if one.after == State.DRAFT or (one.after is None and one.event in {"draft", "edit"}):
            continue
        found.append(_Stretch(one.at, facts))
        if one.event in _BEGAN:
            return found[::-1]
        facts = _before(one, facts, audit[:place], by_id, names)
    # an issue that the audit does not have: known since then all the same
    return [_Stretch(row.issued_at, facts), *found[::-1]] if found else []


def _before(
    one: Row[Any], facts: _Told, earlier: Sequence[Row[Any]], by_id: Mapping[int, Row[Any]], names: Mapping[str, int]
) -> _Told:
    details = one.details or {}
    if one.event == _UNDO and details.get("row") in by_id:
        facts = _again(by_id[details["row"]], facts, names)
    if _MOVED in details or "old_unit_id" in details:
        facts = replace(facts, unit_id=_unit(details, "old", names) or facts.unit_id)
    if one.event in _DATED and "from" in details:
        facts = replace(facts, last_day=_day(details["from"]))
    state = State(one.before) if one.before else facts.state
    if state is facts.state:
        return facts
    handed_in = next((e.at for e in reversed(earlier) if e.event == Event.SUBMIT), None)
    is_handed_in = state in {State.SUBMITTED, State.COMPLETED}
    kept = facts.submitted_at if facts.state in {State.SUBMITTED, State.COMPLETED} else None
    return replace(facts, state=state, submitted_at=(kept or handed_in) if is_handed_in else None)


def _again(act: Row[Any], facts: _Told, names: Mapping[str, int]) -> _Told:
    """As it stood after an act and before that was taken back."""
    details = act.details or {}
    if act.event in _DATED and "until" in details:
        facts = replace(facts, last_day=_day(details["until"]))
    if _MOVED in details:
        facts = replace(facts, unit_id=_unit(details, "new", names) or facts.unit_id)
    return facts


def _unit(details: Mapping[str, Any], which: str, names: Mapping[str, int]) -> int | None:
    number = details.get(f"{which}_unit_id")
    return number if isinstance(number, int) else names.get(details.get(f"{which}_unit") or "")


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _by_its_moments(row: Row[Any]) -> Iterable[_Stretch]:
    """Without any row of the audit: the moments kept in the directive itself."""
    last = _Told(State(row.state), row.unit_id, row.last_day, row.submitted_at)
    yield _Stretch(row.issued_at, replace(last, state=State.ISSUED, submitted_at=None))
    if row.acknowledged_at is not None:
        yield _Stretch(row.acknowledged_at, replace(last, state=State.IN_PROGRESS, submitted_at=None))
    yield _Stretch(row.submitted_at or row.acknowledged_at or row.issued_at, last)


def _one_per_moment(told: Iterable[_Stretch]) -> list[_Stretch]:
    """The last of each moment, without those in which nothing changed. A clock that went back stands still."""
    found: list[_Stretch] = []
    for stretch in told:
        if found and stretch.since <= found[-1].since:
            found[-1] = replace(stretch, since=found[-1].since)
        elif not found or found[-1].facts != stretch.facts:
            found.append(stretch)
    return found


def _with_difficulties(stretches: list[_Stretch], obstacles: Sequence[Row[Any]]) -> list[_Stretch]:
    moments = {one.opened_at for one in obstacles} | {one.closed_at for one in obstacles if one.closed_at}
    found: list[_Stretch] = []
    for place, stretch in enumerate(stretches):
        end = stretches[place + 1].since if place + 1 < len(stretches) else None
        inside = sorted(m for m in moments if m > stretch.since and (end is None or m < end))
        for since in (stretch.since, *inside):
            found.append(replace(stretch, since=since, blocked_since=_oldest(obstacles, since)))
    return found


def _oldest(obstacles: Sequence[Row[Any]], moment: datetime) -> datetime | None:
    """The oldest difficulty that was open at a moment."""
    there = [o.opened_at for o in obstacles if o.opened_at <= moment and (o.closed_at is None or o.closed_at > moment)]
    return min(there, default=None)
