"""The pictures of ``/status``: asked for by buttons, drawn as they are sent, outside every transaction of a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from channels.base import OutgoingFile, OutgoingMessage
from db import Session
from db.models import Person
from domain.errors import NotAllowed
from domain.figures import Period
from domain.office import Office
from domain.spans import after, before
from exports.charts import ChartRoom, month_chart, trend_chart
from handlers.buttons import Rows, button
from handlers.rendering import When
from handlers.status_lists import up
from handlers.status_scope import Scope, asked, day_of
from handlers.turn import Turn
from services import figures, standings
from services.outbox import tell
from texts import leaders as say

CHART = "chart"  # an outbox row: a picture that was asked for
UNITS, TREND, MONTH = "units", "trend", "month"
FIRST = 0  # priority of an answer


async def choose(turn: Turn, scope: Scope, *, edit: bool) -> None:
    """Which picture."""
    of = await asked(turn, scope)
    several = (
        [button(say.CHART_UNITS, "st", "pic", UNITS, scope)]
        if of.asking.units is None or len(of.asking.units) > 1
        else []
    )
    rows = [
        several,
        [button(say.CHART_TREND, "st", "pic", TREND, scope), button(say.CHART_MONTH, "st", "pic", MONTH, scope)],
    ]
    turn.say(say.which_chart(of.whose), [row for row in [*rows, up(scope)] if row], edit=edit)


async def ask(turn: Turn, kind: str, scope: Scope, month: str = "") -> None:
    """Have a picture drawn and sent.

    Args:
        turn: of the press.
        kind: one of ``UNITS``, ``TREND``, ``MONTH``.
        scope: of what.
        month: its first day as buttons carry it; this month by default.
    """
    await asked(turn, scope)
    if month:
        day_of(month)
    turn.toast = say.DRAWING
    payload = {"scope": str(scope), "kind": kind, "month": month}
    await tell(turn.session, [turn.person.id], CHART, now=turn.now, payload=payload, priority=FIRST)


@dataclass(frozen=True)
class _Viewer:
    """Who a picture is for."""

    session: Session
    person: Person
    office: Office
    today: date


async def chart(
    session: Session, person: Person, payload: Mapping[str, Any], at: When, charts: ChartRoom
) -> OutgoingMessage | None:
    """The picture that was asked for, as of the moment it is sent; None where nothing is left to draw, or to see.

    Args:
        session: an open transaction.
        person: who asked.
        payload: of the row; rows of the version before name a unit alone.
        at: the moment.
        charts: where it is drawn.
    """
    viewer = _Viewer(session, person, at.office, at.today)
    scope = Scope.of(str(payload.get("scope", payload.get("unit", 0))))
    try:
        of = await asked(viewer, scope)
    except NotAllowed:  # the right has gone meanwhile
        return None
    match payload.get("kind", UNITS):
        case "trend":
            weeks = await figures.trend(session, of.asking)
            picture = await charts.draw(trend_chart, weeks, of.whose, of.asking.as_of)
            return _message(picture, say.trend_caption(of.whose), [up(scope)])
        case "month":
            return await _month(viewer, scope, str(payload.get("month", "")), charts)
    found = await standings.standing(session, person, of.asking, of.whose, at.today)
    if not found.facts.figures.total:
        return None
    picture = await charts.units_chart(found.facts.units, of.whose, of.asking.as_of)
    return _message(picture, say.chart_caption(of.whose), [up(scope)])


async def _month(viewer: _Viewer, scope: Scope, first: str, charts: ChartRoom) -> OutgoingMessage:
    of = await asked(viewer, scope)
    month = _month_of(day_of(first) if first else of.asking.as_of)
    due = await figures.due_by_day(viewer.session, of.asking, month)
    days = [month.first + timedelta(days=i) for i in range((month.last - month.first).days + 1)]
    off = frozenset(day for day in days if not viewer.office.calendar.is_working(day))
    picture = await charts.draw(month_chart, due, month.first, off, of.whose, of.asking.as_of)
    beside = [
        button(label, "st", "pic", MONTH, scope, f"{other.first:%y%m%d}")
        for label, other in ((say.MONTH_BEFORE, before(month)), (say.MONTH_AFTER, after(month)))
    ]
    return _message(picture, say.month_caption(of.whose, month.first), [beside, up(scope)])


def _month_of(day: date) -> Period:
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


def _message(picture: bytes, text: str, rows: Rows) -> OutgoingMessage:
    """A picture cannot be edited into a screen: its buttons open new messages."""
    opening = tuple(tuple(button(b.label, *["sto", *b.data.split(":")[1:]]) for b in row) for row in rows)
    return OutgoingMessage(text, opening, (OutgoingFile("bieu-do.png", "image/png", content=picture),))
