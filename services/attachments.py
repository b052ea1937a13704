"""Evidence in the database: what was handed in for a directive, and how much is kept in all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from db import Session
from db.models import Attachment, Directive, Person, Report, Unit
from domain.errors import NoSuchDirective
from domain.files import MEGABYTE
from domain.rights import Role
from services import people
from services.outbox import local_day, tell
from services.replaced import merged_into

FULL = "files_full"  # an outbox row: the quota is used up


@dataclass(frozen=True)
class Kept:
    """A file that was handed in, and by whom."""

    sha256: str
    name: str
    mime: str
    channel: str | None  # the platform it came by, with what that one calls it
    file_ref: str | None
    unit: str
    person: str
    at: datetime


async def of_directive(session: Session, who: people.Acting, directive: Directive) -> Sequence[Kept]:
    """The files handed in for a directive and for those merged into it, in order, for somebody who may see it.

    None of reports taken back.

    Raises:
        NoSuchDirective: there is none that this person may see.
    """
    stands = await people.standing(session, who, directive)
    if not people.may_see(stands, directive):
        raise NoSuchDirective(directive.id)
    a = Attachment
    numbers = [directive.id, *await merged_into(session, directive.id)]
    found = await session.execute(
        select(a.sha256, a.name, a.mime, a.channel, a.file_ref, Unit.name, Person.name, Report.at)
        .join(Report, Report.id == a.report_id)
        .join(Unit, Unit.id == Report.unit_id)
        .join(Person, Person.id == Report.person_id)
        .where(Report.directive_id.in_(numbers), Report.withdrawn_at.is_(None))
        .order_by(a.id)
    )
    return [Kept(*row) for row in found]


async def kept_bytes(session: Session) -> int:
    """The size of all evidence together, what is the same counted once."""
    each = select(func.max(Attachment.size).label("size")).group_by(Attachment.sha256).subquery()
    return await session.scalar(select(func.sum(each.c.size))) or 0


async def tell_full(session: Session, used_mb: int, now: datetime) -> None:
    """Tell the clerks and admins, once a day, that the quota is used up."""
    found = await session.scalars(select(Person.id).where(Person.active, Person.role.in_([Role.CLERK, Role.ADMIN])))
    await tell(session, found, FULL, now=now, payload={"used_mb": used_mb}, key=f"{FULL}:{local_day(now)}")


async def used_mb(session: Session) -> int:
    """The same in whole megabytes."""
    return -(-await kept_bytes(session) // MEGABYTE)
