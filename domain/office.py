"""The office's own rules of the house, as the settings give them."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.calendar import OfficeCalendar
from domain.ladder import Rhythm


@dataclass(frozen=True)
class Office:
    """What every layer may need to know of the office that runs this program."""

    name: str = "Cơ quan"
    calendar: OfficeCalendar = field(default_factory=OfficeCalendar)
    rhythm: Rhythm = field(default_factory=Rhythm)
