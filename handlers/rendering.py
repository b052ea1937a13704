"""What the renderers of unasked messages share: the moment, the directives of a row, the message they make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from channels.base import OutgoingMessage
from db import Session
from db.models import Directive, Outbox
from domain.calendar import OFFICE_ZONE
from domain.office import Office
from domain.views import DirectiveView
from exports.charts import ChartRoom
from handlers.buttons import Rows
from services import show


class When(Protocol):
    """A moment in an office: one at which something is said, or a turn of a conversation."""

    @property
    def now(self) -> datetime:
        """Aware."""

    @property
    def office(self) -> Office:
        """Whose calendar and rhythm count."""

    @property
    def today(self) -> date:
        """The local day."""


@dataclass(frozen=True)
class Moment:
    """When, and in which office, something is said."""

    now: datetime
    office: Office
    charts: ChartRoom

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.astimezone(OFFICE_ZONE).date()


def message_of(text: str, rows: Rows) -> OutgoingMessage:
    """Words and buttons; empty rows go."""
    return OutgoingMessage(text, tuple(tuple(row) for row in rows if row))


async def directives_of(session: Session, row: Outbox) -> list[Directive]:
    """The directives a row speaks of, as far as they are there."""
    found = [await session.get(Directive, number) for number in row.directives]
    return [d for d in found if d is not None]


async def views_of(session: Session, directives: list[Directive], at: When) -> list[DirectiveView]:
    """As of today, in the order given."""
    return await show.views(session, directives, at.today, at.office.calendar)
