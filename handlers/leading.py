"""The buttons of what a leader does about a directive or a list: one short row, the rest behind ``Khác…``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from db.models import Directive
from domain.figures import Filter
from domain.lifecycle import OPEN, WITH_UNIT
from domain.rights import Action, Role, Standing, may
from handlers import listed
from handlers.buttons import Rows, button
from services import excusing
from texts import labels
from texts import leading as say
from texts import urging as say_urging

_WITH_UNITS = frozenset(
    {Filter.OVERDUE, Filter.DUE, Filter.SOON, Filter.UNACKNOWLEDGED, Filter.DIFFICULTY, Filter.OPEN, Filter.ALL}
)  # lists with something in them that a unit can be urged to finish


def row_of(directive: Directive, stands: Standing) -> Rows:
    """Under a card, for a leader: urge, instruct."""
    return _pressing(directive, stands) if stands.role is Role.LEADER else []


def _pressing(directive: Directive, stands: Standing) -> Rows:
    row = []
    if may(Action.URGE, stands) and directive.state in WITH_UNIT:
        row.append(button(labels.URGE, "urg", directive.code))
    if may(Action.INSTRUCT, stands) and directive.state in OPEN:
        row.append(button(labels.INSTRUCT, "yk", directive.code))
    return [row] if row else []


def more_of(directive: Directive, stands: Standing, now: datetime) -> Rows:
    """Behind ``Khác…``: what the row has no room for, before what steers."""
    rows = [] if stands.role is Role.LEADER else _pressing(directive, stands)
    if not may(Action.DECIDE, stands):
        return rows
    if directive.state in WITH_UNIT and directive.last_day is not None:
        rows.append([button(labels.GIVE_TIME, "gth", directive.code)])
    if directive.excused_at is not None:
        rows.append([button(labels.NOT_EXCUSED, "kqb", directive.code)])
    elif excusing.is_late(directive, now):
        rows.append([button(labels.EXCUSE, "kqu", directive.code)])
    return rows


def of_list(role: Role, wanted: Filter, unit_id: int, numbers: Sequence[int]) -> Rows:
    """Under a list of directives, for who urges and decides.

    Args:
        role: of who looks at it.
        wanted: which list.
        unit_id: of one unit and those under it; 0 for everything the person sees.
        numbers: of the directives on this page, not of clauses that stand for several.
    """
    if role not in {Role.LEADER, Role.CLERK} or not numbers:
        return []
    few = listed.packed(numbers[: listed.MOST])
    if wanted is Filter.WAITING:
        return [[button(say.CHOOSE, "dnm", few)]] if len(numbers) > 1 else []
    if wanted is Filter.OVERDUE and unit_id:
        return [[button(say_urging.ALL, "urgu", unit_id)]]
    return [[button(labels.URGE, "urgs", few)]] if wanted in _WITH_UNITS else []


def of_overdue_units(overdue: int) -> Rows:
    """Under a digest or a first screen: to the units with something overdue."""
    return [[button(say_urging.BY_UNIT, "urgl", 1)]] if overdue else []
