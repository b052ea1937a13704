"""What stands in a directive's place: the one it was merged into, or the parts it was split into."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from db import Session
from db.memo import remembered
from db.models import Directive
from domain.errors import Replaced
from domain.lifecycle import State


@dataclass(frozen=True)
class Kin:
    """How a directive hangs together with others, each by its number.

    Attributes:
        merged_into: the one that stands in its place, however often that was merged itself.
        includes: those that were merged into it, also by way of others.
        split_into: its parts.
        split_from: the one it is a part of.
    """

    merged_into: int | None = None
    includes: tuple[int, ...] = ()
    split_into: tuple[int, ...] = ()
    split_from: int | None = None

    @property
    def replaced_by(self) -> tuple[int, ...]:
        """What stands in its place."""
        return (self.merged_into,) if self.merged_into else self.split_into


async def kin(session: Session, directive: Directive) -> Kin:
    """How a directive hangs together with others."""
    return Kin(
        merged_into=await _end_of(session, directive),
        includes=await merged_into(session, directive.id),
        split_into=await _parts(session, directive.id) if directive.state == State.CANCELLED else (),
        split_from=directive.split_from_id,
    )


async def refuse_replaced(session: Session, directive: Directive) -> None:
    """Say where a directive's work goes on, where it ended because of that.

    Raises:
        Replaced: it was merged or split.
    """
    if directive.state != State.CANCELLED or directive.issued_at is None:
        return
    found = await kin(session, directive)
    if found.replaced_by:
        raise Replaced(directive.id, found.replaced_by, merged=found.merged_into is not None)


async def merged_into(session: Session, number: int) -> tuple[int, ...]:
    """The directives that were merged into one, also by way of others, in order."""
    return await remembered(session, ("merged_into", number), lambda: _merged_into(session, number), of_work=True)


async def _merged_into(session: Session, number: int) -> tuple[int, ...]:
    found: set[int] = set()
    ahead: Collection[int] = {number}
    while ahead:
        into = Directive.replaced_by_id.in_(ahead)
        ahead = set(await session.scalars(select(Directive.id).where(into, Directive.issued_at.is_not(None)))) - found
        found |= ahead
    return tuple(sorted(found))


async def _end_of(session: Session, directive: Directive) -> int | None:
    """The last of a chain of merges; a draft that gave way to a newer one was not merged."""
    if directive.issued_at is None or directive.replaced_by_id is None:
        return None
    end = directive.replaced_by_id
    while further := await session.scalar(select(Directive.replaced_by_id).where(Directive.id == end)):
        end = further
    return end


async def _parts(session: Session, number: int) -> tuple[int, ...]:
    found = await session.scalars(select(Directive.id).where(Directive.split_from_id == number).order_by(Directive.id))
    return tuple(found)
