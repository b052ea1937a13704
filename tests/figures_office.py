"""A small office for tests of what leaders see.

UBND huyện Mẫu (bà Hoa, chairman)
├── Phòng Nội vụ (ông Minh)         officer Nam
├── Phòng Y tế (ông Minh)           head Lan
├── Khối kinh tế (bà Thu)
│   ├── Phòng Tài chính (inherits bà Thu)
│   └── Phòng Đất đai (ông Minh)    bà Thu sees it too
└── Xã An Bình (inherits bà Hoa)
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, delete

from db import Database, Session, sqlite_url
from db.models import Base, Directive, Obstacle, Person, Phase, Transition, Unit
from db.retracing import retrace
from domain.calendar import OFFICE_ZONE
from domain.lifecycle import State
from domain.rights import Role

_numbers = count(1)


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A local moment, aware."""
    return datetime.combine(day, time(hour, minute), OFFICE_ZONE)


@cache
def _blank() -> bytes:
    """An SQLite file with all tables, made once: creating them costs more than most tests."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        Base.metadata.create_all(connection)
        raw = connection.connection.driver_connection
        assert raw is not None
        blank: bytes = raw.serialize()
    engine.dispose()
    return blank


def new_database(folder: Path) -> Database:
    """An empty SQLite file with all tables, in a folder of its own."""
    file = Path(tempfile.mkdtemp(dir=folder)) / "office.db"
    file.write_bytes(_blank())
    return Database(sqlite_url(file))


@dataclass
class Cast:
    """The office's units and people by short names."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def id(self, unit: str) -> int:
        """A unit's id."""
        return self.units[unit].id

    def ids(self, *units: str) -> frozenset[int]:
        """Several units' ids."""
        return frozenset(self.units[u].id for u in units)


async def settle(session: Session) -> Cast:
    """Put the office into the database."""
    cast = Cast()
    tree = [
        ("huyện", "UBND huyện Mẫu", "office", None),
        ("nội vụ", "Phòng Nội vụ", "department", "huyện"),
        ("y tế", "Phòng Y tế", "department", "huyện"),
        ("kinh tế", "Khối kinh tế", "body", "huyện"),
        ("tài chính", "Phòng Tài chính - Kế hoạch", "department", "kinh tế"),
        ("đất đai", "Phòng Quản lý đất đai", "department", "kinh tế"),
        ("an bình", "UBND xã An Bình", "commune", "huyện"),
    ]
    for place, (key, name, kind, parent) in enumerate(tree):
        unit = Unit(key=key, name=name, kind=kind, place=place, aliases=[])
        unit.parent_id = cast.units[parent].id if parent else None
        session.add(unit)
        await session.flush()
        cast.units[key] = unit
    people = [
        ("hoa", "Đỗ Thị Hoa", "Chủ tịch", "huyện", Role.LEADER),
        ("minh", "Lê Văn Minh", "Phó Chủ tịch", "huyện", Role.LEADER),
        ("thu", "Vũ Thị Thu", "Phó Chủ tịch", "huyện", Role.LEADER),
        ("mai", "Ngô Thị Mai", "Chuyên viên Văn phòng", "huyện", Role.CLERK),
        ("nam", "Trần Văn Nam", "Chuyên viên", "nội vụ", Role.OFFICER),
        ("lan", "Bùi Thị Lan", "Trưởng phòng", "y tế", Role.HEAD),
        ("quản trị", "Phan Văn Quản", "Quản trị", "huyện", Role.ADMIN),
    ]
    for key, name, position, unit_key, role in people:
        person = Person(key=key, name=name, position=position, unit=cast.units[unit_key], role=role)
        session.add(person)
        cast.people[key] = person
    await session.flush()
    leads = {"huyện": "hoa", "nội vụ": "minh", "y tế": "minh", "kinh tế": "thu", "đất đai": "minh"}
    for unit_key, leader in leads.items():
        cast.units[unit_key].leader_id = cast.people[leader].id
    await session.flush()
    return cast


async def give(
    session: Session,
    cast: Cast,
    unit: str,
    last_day: date | None,
    *,
    text: str = "Báo cáo biên chế",
    state: State = State.IN_PROGRESS,
    issued: date = date(2024, 1, 2),
    submitted: date | None = None,
    **more: object,
) -> Directive:
    """A directive as it stands after its life so far. ``submitted`` is when its evidence came."""
    directive = Directive(
        text=text,
        lead_unit=cast.units[unit],
        state=state,
        last_day=last_day,
        first_last_day=last_day,
        deadline_date=last_day,
        made_by=cast.people["mai"].id,
        made_at=at(issued),
        issued_by=cast.people["mai"].id,
        issued_at=at(issued),
        acknowledged_at=None if state is State.ISSUED else at(issued, 10),
        submitted_at=at(submitted) if submitted else None,
        completed_at=at(submitted) if submitted and state is State.COMPLETED else None,
        **{"notice": None, "coordinations": []} | more,
    )
    session.add(directive)
    await session.flush()
    await retell(session, directive)
    return directive


async def retell(session: Session, *directives: Directive) -> None:
    """What is known of directives at each moment, told anew by what they are now: no service has changed them."""
    ids = [directive.id for directive in directives]
    await session.flush()
    await session.execute(delete(Phase).where(Phase.directive_id.in_(ids)))
    await (await session.connection()).run_sync(retrace, ids)


async def block(session: Session, directive: Directive, text: str, opened: date, closed: date | None = None) -> None:
    """A difficulty that waits for an answer, or is over."""
    closed_at = at(closed) if closed else None
    session.add(Obstacle(directive_id=directive.id, text=text, opened_at=at(opened), closed_at=closed_at))
    await retell(session, directive)


async def record(
    session: Session, directive: Directive, event: str, when: datetime, actor: Person, **more: object
) -> None:
    """An audit row; the chain of hashes is none of these tests' business."""
    row = Transition(
        directive_id=directive.id,
        event=event,
        actor_id=actor.id,
        at=when,
        details=more.pop("details", {}),
        **more,
    )
    row.previous_hash = row.hash = f"{next(_numbers):064d}"
    session.add(row)
    await session.flush()


def days(n: int) -> timedelta:
    """So many days."""
    return timedelta(days=n)
