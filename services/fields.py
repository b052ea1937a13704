"""Of which field (lĩnh vực) a directive is, and where it comes from, as yearly reports count it.

Both are set when it is issued and kept with it: a unit that gets another field later changes nothing in what was given
before.
"""

from __future__ import annotations

from sqlalchemy import select

from db import Session
from db.memo import standing
from db.models import Directive, Notice, Unit
from domain.errors import MoveNotAllowed
from domain.lifecycle import State
from domain.rights import Action, Role, Standing, require
from domain.sources import Source
from services import audit
from services.life import By
from services.office import directory

FIELD_CHANGED, SOURCE_CHANGED = "field", "source"  # the audit's words


async def settle(session: Session, directive: Directive) -> None:
    """Give a directive that is being issued its field and its source, where it has none yet."""
    if directive.field is None:
        directive.field = await field_of(session, directive.lead_unit_id)
    if directive.source is None:
        directive.source = await source_of(session, directive.notice)


async def field_of(session: Session, unit_id: int | None) -> str | None:
    """A unit's field: its own, or else that of the nearest unit above that has one."""

    async def read() -> dict[int, tuple[str | None, int | None]]:
        rows = await session.execute(select(Unit.id, Unit.field, Unit.parent_id).order_by(Unit.id))
        return {number: (field, parent) for number, field, parent in rows}

    units = await standing(session, "fields of units", read)
    seen: set[int] = set()
    while unit_id is not None and unit_id in units and unit_id not in seen:
        seen.add(unit_id)
        field, parent = units[unit_id]
        if field is not None:
            return field
        unit_id = parent
    return None


async def source_of(session: Session, notice: Notice | None) -> Source:
    """Where a notice's directives come from: as its clerk says, or else by who issued it."""
    if notice is None or not (notice.source or notice.issuer):
        return Source.OWN
    if notice.source:
        return Source(notice.source)
    is_ours = (await directory(session)).match(notice.issuer or "").certain
    return Source.OWN if is_ours else Source.ABOVE


async def known(session: Session) -> list[str]:
    """The fields of the office: those of its units, and those that directives were given; in alphabetical order."""
    of_units = select(Unit.field).where(Unit.field.is_not(None))
    of_directives = select(Directive.field).where(Directive.field.is_not(None))
    return sorted({name for name in await session.scalars(of_units.union(of_directives)) if name})


async def set_source(session: Session, notice: Notice, source: Source, by: By) -> None:
    """Say where the directives of a notice come from. Those that were issued already follow.

    Raises:
        NotAllowed: only the office may.
    """
    require(Action.READ_NOTICES, Standing(Role(by.person.role)))
    before, notice.source = notice.source, source
    query = select(Directive).where(Directive.notice_id == notice.id, Directive.source.is_not(None))
    rows = await session.scalars(query)
    for directive in rows.unique().all():
        if directive.source != source:
            await _changed(session, directive, SOURCE_CHANGED, directive.source, source, by)
    details = {"notice": notice.code, "before": before, "after": str(source)}
    await audit.record(session, SOURCE_CHANGED, now=by.now, actor=by.person, inbox_id=by.inbox_id, details=details)


async def change_field(session: Session, directive: Directive, field: str | None, by: By) -> None:
    """Correct the field of a directive, also of one that was issued.

    Raises:
        NotAllowed: only the office may.
        MoveNotAllowed: it was cancelled.
    """
    require(Action.READ_NOTICES, Standing(Role(by.person.role)))
    if directive.state == State.CANCELLED:
        raise MoveNotAllowed(directive.state, FIELD_CHANGED)
    await _changed(session, directive, FIELD_CHANGED, directive.field, (field or "").strip() or None, by)


async def _changed(
    session: Session, directive: Directive, what: str, before: str | None, after: str | None, by: By
) -> None:
    setattr(directive, what, after)
    await audit.record(
        session, what, now=by.now, directive=directive, before=directive.state, after=directive.state,
        actor=by.person, inbox_id=by.inbox_id, details={"before": before, "after": after},
    )  # fmt: skip
