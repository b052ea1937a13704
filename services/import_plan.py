"""What an import would do, told before it does anything."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from db import Session
from db.models import Directive, Import, OutsideRow
from domain.import_heads import Field
from domain.importing import Row, names_of
from domain.lifecycle import State
from domain.organisation import Directory
from domain.spelling import fold
from services.importing import heads_of, rows_of
from services.life import By
from services.office import directory

WORDS = "\x00text"  # among the cells of a row: its text as it was understood


@dataclass(frozen=True)
class Moved:
    """A deadline that the other program has changed since the last import."""

    directive_id: int
    here: date | None
    there: date


@dataclass(frozen=True)
class Plan:
    """What an import would do.

    Attributes:
        rows: everything that was read.
        new: what becomes drafts.
        known: rows that came before, by their place in ``rows``.
        status_changes: how many of them have another status there.
        moved: deadlines that are changed there.
        reworded: directives whose words are others there; they stay as they are here.
        twins: rows without an id that say what a directive here says, by line number, with that directive.
        finished: rows that are done there and not taken.
        unknown: names of units that the directory does not have.
    """

    rows: tuple[Row, ...]
    new: tuple[Row, ...] = ()
    known: Mapping[int, OutsideRow] = field(default_factory=dict)
    status_changes: int = 0
    moved: tuple[Moved, ...] = ()
    reworded: tuple[int, ...] = ()
    twins: Mapping[int, int] = field(default_factory=dict)
    finished: int = 0
    unknown: tuple[str, ...] = ()

    @property
    def warnings(self) -> Mapping[str, tuple[int, ...]]:
        """What is wrong, with the numbers of the lines."""
        found: dict[str, tuple[int, ...]] = {}
        for row in self.rows:
            for warning in row.warnings:
                found[warning] = (*found.get(warning, ()), row.number)
        return found


async def plan(session: Session, made: Import, by: By) -> Plan:
    """What an import would do, with what was chosen so far; nothing is changed."""
    rows = tuple(rows_of(made, by))
    known = await _known(session, made, rows)
    twins = await _twins(session, [row for i, row in enumerate(rows) if i not in known])
    with_done, with_twins = made.columns["with_done"], made.columns["with_twins"]
    fresh = [row for i, row in enumerate(rows) if i not in known and (with_twins or row.number not in twins)]
    new = tuple(row for row in fresh if with_done or not row.is_done)
    directory_ = await directory(session)
    names = dict.fromkeys(row.lead for row in new if row.lead)
    due = heads_of(made).column(Field.DEADLINE)
    due_name = made.columns["names"][due] if due is not None else ""
    moved = [m for i, r in known.items() if (m := await _moved(session, rows[i], r, due_name, by)) is not None]
    return Plan(
        rows=rows,
        new=new,
        known=known,
        status_changes=sum(row.status != rows[i].status for i, row in known.items()),
        moved=tuple(moved),
        reworded=tuple(r.directive_id for i, r in known.items() if r.cells.get(WORDS) not in {None, rows[i].text}),
        twins=twins,
        finished=len(fresh) - len(new),
        unknown=tuple(
            name for name in names if lead_of(name, directory_)[0] is None and not lead_of(name, directory_)[1]
        ),
    )


async def _known(session: Session, made: Import, rows: Sequence[Row]) -> dict[int, OutsideRow]:
    if made.system is None:
        return {}
    found = await session.scalars(select(OutsideRow).where(OutsideRow.system == made.system))
    by_id = {row.external_id: row for row in found}
    return {i: by_id[row.external_id] for i, row in enumerate(rows) if row.external_id in by_id}


async def _twins(session: Session, rows: Iterable[Row]) -> dict[int, int]:
    """Rows without an id that say to the same unit what is here already."""
    wanted = [row for row in rows if row.external_id is None]
    if not wanted:
        return {}
    query = select(Directive.id, Directive.text, Directive.lead_unit_id, Directive.lead_written)
    here: dict[tuple[str, int | None], int] = {}
    for number, text, unit, _ in await session.execute(query.where(Directive.state != State.CANCELLED)):
        here.setdefault((_key(text), unit), number)
    known = await directory(session)
    leads = {name: lead_of(name, known)[0] for name in {row.lead for row in wanted}}
    found = {row.number: here.get((_key(row.text), leads[row.lead])) for row in wanted}
    return {line: number for line, number in found.items() if number is not None}


def _key(text: str) -> str:
    return " ".join(fold(text).split()).rstrip(". ")


async def _moved(session: Session, row: Row, outside: OutsideRow, head: str, by: By) -> Moved | None:
    """A deadline that is another there than at the last import, and another than here."""
    day = row.deadline.last_day(by.office.rhythm.before_means) if row.deadline else None
    if day is None or outside.cells.get(head) == row.cells.get(head):
        return None
    directive = await session.get_one(Directive, outside.directive_id)
    is_open = directive.state not in {State.COMPLETED, State.CANCELLED}
    return Moved(directive.id, directive.last_day, day) if is_open and directive.last_day != day else None


def lead_of(written: str | None, known: Directory) -> tuple[int | None, str | None, tuple[str, ...]]:
    """The unit or the group a cell names, and the units beside it where it names several."""
    if written is None:
        return None, None, ()
    for name, others in (
        (written, ()),
        (names_of(written)[0] if names_of(written) else written, names_of(written)[1:]),
    ):
        if group := known.group_of(name):
            return None, group, others
        match = known.match(name)
        if match.unit and match.certain:
            return match.unit.id, None, others
    return None, None, ()
