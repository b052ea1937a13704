"""Whom a draft means, where the document leaves it open: what the card shows, and the buttons that answer."""

from __future__ import annotations

from db.models import Directive
from domain.groups import member, short_name
from domain.lessons import spelling
from domain.lifecycle import State
from domain.organisation import Directory
from handlers.buttons import Rows, button
from handlers.turn import Turn
from services import groups, office
from texts import labels
from texts.notices import Many

CHOICES = 4  # units offered


async def many_of(turn: Turn, draft: Directive) -> Many | None:
    """The units of a clause for many: those it would reach, or once it is issued those that have it."""
    if draft.clause_id == draft.code:
        return await _issued(turn, draft)
    reached = (await groups.spread_of(turn.session, [draft])).get(draft.id)
    if reached is None or draft.lead_group is None:
        return None
    return Many(
        draft.lead_group,
        reached.noun,
        reached.total,
        excepted=[short_name(unit.name, unit.kind) for unit in reached.excepted],
        unknown=reached.unknown,
    )


async def _issued(turn: Turn, first: Directive) -> Many:
    everyone = await groups.with_parts(turn.session, first.code)
    wholes = groups.wholes(everyone) or [[d] for d in everyone]
    units = dict.fromkeys(d.lead_unit for some in wholes for d in some if d.lead_unit)
    reached = (await groups.spread_of(turn.session, [first])).get(first.id)
    return Many(
        first.lead_group or "all",
        reached.noun if reached else "đơn vị",
        len(wholes),
        issued=[short_name(unit.name, unit.kind) for unit in units],
        acknowledged=sum(all(d.acknowledged_at for d in some) for some in wholes),
        done=sum(all(d.state == State.COMPLETED for d in some) for some in wholes),
    )


async def strangers(turn: Turn, draft: Directive) -> dict[int, str]:
    """The coordinating units that the directory does not know though they are named, by the row's id."""
    unknown = [c for c in draft.coordinations if c.unit_id is None]
    if not unknown or draft.state != State.DRAFT:
        return {}
    known = await office.directory(turn.session)
    return {c.id: c.written for c in unknown if spelling(c.written, known)}


async def choices(turn: Turn, draft: Directive) -> Rows:
    """The buttons under a card that cannot be issued yet: one press answers what is asked."""
    known = await office.directory(turn.session)
    if draft.lead_group is not None:
        return _exceptions(draft, known)
    if draft.lead_written:
        found = [(unit.id, unit.name) for unit in known.match(draft.lead_written).candidates[:CHOICES]]
    else:
        found = [(unit.id, unit.name) for unit in await groups.likely_leads(turn.session, draft)]
    return [*([button(name, "dl", draft.code, unit_id)] for unit_id, name in found), *group_choices(draft.code)]


def _exceptions(draft: Directive, known: Directory) -> Rows:
    """For the first exception that is not clear: the units of the group it may mean, or none."""
    everyone = known.group(draft.lead_group or "all")
    for place, written in enumerate(draft.excepted):
        if member(known, everyone, written) is None:
            near = dict.fromkeys([*known.search(written), *known.match(written).candidates])
            found = [unit for unit in near if unit in everyone][:CHOICES]
            rows = [[button(f"{labels.EXCEPT} {unit.name}", "gx", draft.code, place, unit.id)] for unit in found]
            return [*rows, [button(f"{labels.DO_NOT_EXCEPT} “{written[:30]}”", "gx", draft.code, place, 0)]]
    return []


def group_choices(code: str) -> Rows:
    """Buttons that give a draft to a whole group of units."""
    return [
        [button(labels.TO_ALL, "dl", code, "all")],
        [button(labels.TO_DEPARTMENTS, "dl", code, "departments"), button(labels.TO_COMMUNES, "dl", code, "communes")],
    ]
