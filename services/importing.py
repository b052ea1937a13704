"""A table of another program comes in: what was recognised in it is kept until a person has corrected and confirmed it.

The clerk sees what was understood before anything happens. Rows become drafts like those of any notice: units nobody
knows are asked once per name, rights and reminders are those of every directive.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from db import Session
from db.models import Import
from domain.errors import NoSuchThing
from domain.import_heads import Field, Heads
from domain.importing import Row, read_rows, source_of, system_in
from domain.rights import Action, Role, Standing, require
from domain.sources import Source
from domain.spelling import fold
from domain.tables import Sheet
from services.life import By
from services.outbox import local_day

ASKED, DONE, DROPPED = "asked", "done", "dropped"
MOST_TITLE = 200  # characters


# --- the table ---


async def take(session: Session, name: str, sha256: str, sheet: Sheet, heads: Heads, by: By) -> Import:
    """Keep a table until a person has said what is to become of it.

    Raises:
        NotAllowed: only the office sends tables in.
    """
    require(Action.READ_NOTICES, Standing(Role(by.person.role)))
    title = _title(sheet, heads) or name.rsplit(".", 1)[0]
    source = source_of(title) or source_of(name)
    made = Import(
        made_by=by.person.id,
        made_at=by.now,
        file_name=name[:300],
        sha256=sha256,
        system=system_in(name),
        state=ASKED,
        columns={
            "fields": {str(place): str(kind) for place, kind in heads.fields.items()},
            "names": list(heads.names),
            "below": heads.below,
            "title": title[:MOST_TITLE],
            "source": str(source or Source.OWN),
            "with_done": False,
            "with_twins": False,
            "lines": [
                [f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell for cell in line] for line in sheet.lines
            ],
        },
    )
    session.add(made)
    await session.flush()
    return made


def _title(sheet: Sheet, heads: Heads) -> str:
    """The longest of the lines above the head that names a paper."""
    above = (str(cell) for line in sheet.lines[: heads.first] for cell in line if cell is not None)
    named = [
        words for words in above if any(w in fold(words) for w in ("chuong trinh", "danh sach", "bang", "ke hoach"))
    ]
    return max(named, key=len, default="")


async def by_code(session: Session, code: str, by: By) -> Import:
    """The import of a button, while it is asked about.

    Raises:
        NoSuchThing: there is none, or it is over.
        NotAllowed: only the office.
    """
    require(Action.READ_NOTICES, Standing(Role(by.person.role)))
    found = await session.scalar(select(Import).where(Import.code == code))
    if found is None or found.state != ASKED:
        raise NoSuchThing
    return found


def heads_of(made: Import) -> Heads:
    """The head as it was recognised, or corrected."""
    kept = made.columns
    fields = {int(place): Field(kind) for place, kind in kept["fields"].items()}
    return Heads(0, kept["below"], tuple(kept["names"]), fields)


def rows_of(made: Import, by: By) -> list[Row]:
    """The rows as they are understood now."""
    lines = [tuple(line) for line in made.columns["lines"]]
    return read_rows(lines, heads_of(made), local_day(by.now).replace(month=1, day=1), by.office.calendar)


# --- what a person corrects ---


def set_field(made: Import, place: int, kind: Field | None) -> None:
    """Say what a column is; another column that was taken for it is so no more.

    Raises:
        NoSuchThing: the table has no such column.
    """
    if not 0 <= place < len(made.columns["names"]):
        raise NoSuchThing
    fields = {p: k for p, k in made.columns["fields"].items() if p != str(place) and k != kind}
    made.columns = {**made.columns, "fields": fields | ({str(place): str(kind)} if kind else {})}


def choose(made: Import, **chosen: object) -> None:
    """Decide on ``source``, ``with_done`` or ``with_twins``."""
    made.columns = {**made.columns, **chosen}


async def systems(session: Session) -> list[str]:
    """The programs that tables came from before."""
    found = await session.scalars(select(Import.system).where(Import.state == DONE).distinct().order_by(Import.system))
    return [name for name in found if name]


def drop(made: Import) -> None:
    """Nothing of it is taken; the rows are forgotten."""
    made.state = DROPPED
    forget(made)


def forget(made: Import) -> None:
    """Keep of a table what was decided, but not its lines."""
    made.columns = {name: value for name, value in made.columns.items() if name != "lines"}
