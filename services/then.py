"""Directives of a list as they were known at a past moment: the lines say what the count of that moment counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from db import Session
from db.models import Person, Phase, Unit
from domain.calendar import OfficeCalendar
from domain.lifecycle import State
from domain.views import DirectiveView
from services.show import local_day


async def as_known(
    session: Session,
    views: Sequence[DirectiveView],
    known: Mapping[int, Phase],
    as_of: date,
    calendar: OfficeCalendar,
) -> list[DirectiveView]:
    """The same views with the state, unit, contact and deadlines of then.

    Args:
        session: any transaction.
        views: of directives as they are.
        known: what was counted of each of them.
        as_of: the local day.
        calendar: tells working days late.
    """
    units = await _names(session, Unit, {phase.unit_id for phase in known.values()})
    people = await _names(session, Person, {phase.contact_id for phase in known.values() if phase.contact_id})
    return [_then(view, known[view.id], units, people, as_of, calendar) for view in views]


async def _names(session: Session, kind: type[Unit] | type[Person], ids: set[int]) -> dict[int, str]:
    rows = await session.execute(select(kind.id, kind.name).where(kind.id.in_(ids)))
    return {number: name for number, name in rows}  # noqa: C416  (rows are no pairs to the type checker)


def _then(
    view: DirectiveView,
    phase: Phase,
    units: Mapping[int, str],
    people: Mapping[int, str],
    as_of: date,
    calendar: OfficeCalendar,
) -> DirectiveView:
    left, late = _standing(phase, as_of, calendar)
    state = State(phase.state)
    moved = view.last_day != phase.last_day
    return replace(
        view,
        state=state,
        lead=units.get(phase.unit_id, view.lead),
        contact=people.get(phase.contact_id) if phase.contact_id else None,
        last_day=phase.last_day,
        first_last_day=phase.first_last_day,
        deadline_date=phase.last_day if moved else view.deadline_date,
        deadline_inclusive=moved or view.deadline_inclusive,
        deadline_time=None if moved else view.deadline_time,
        deadline_rule=None if moved else view.deadline_rule,
        days_left=left,
        working_days_late=late,
        percent=view.percent if view.state is state else None,
        difficulty=view.difficulty if phase.blocked_since else None,
        finished_on=local_day(phase.submitted_at) if state is State.COMPLETED else None,
    )


def _standing(phase: Phase, as_of: date, calendar: OfficeCalendar) -> tuple[int | None, int]:
    """Days left and working days late, as ``services.show`` tells them."""
    if phase.last_day is None or phase.state == State.COMPLETED:
        return None, 0
    handed_in = local_day(phase.submitted_at) if phase.state == State.SUBMITTED else None
    day = min(as_of, handed_in or as_of)
    if day > phase.last_day:
        return (phase.last_day - day).days, calendar.working_days_between(phase.last_day, day)
    return None if handed_in else (phase.last_day - day).days, 0
