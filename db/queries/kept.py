"""What was counted, as it is kept in the database for the next start, with the audit row up to which it holds."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import astuple
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select

from db import Session
from db.models import Kept
from db.queries.tallies import Part
from domain.figures import Dimension
from domain.tallies import Judged, Side, Tally

FORM = 1  # of what is packed; of another form it is counted anew


async def rows(session: Session) -> dict[Dimension, int]:
    """Up to which audit row each of what is kept holds, by what units are divided into."""
    found = await session.execute(select(Kept.name, Kept.row).where(Kept.form == FORM))
    return {Dimension(name): row for name, row in found}


async def read(session: Session, divided: Dimension) -> tuple[int, str, dict[Part, Tally]] | None:
    """What is kept: the audit row up to which it holds, that row's hash, and the tallies; None where nothing is."""
    query = select(Kept.row, Kept.hash, Kept.packed).where(Kept.name == divided, Kept.form == FORM)
    found = (await session.execute(query)).first()
    return (found.row, found.hash, unpacked(found.packed)) if found else None


async def write(session: Session, divided: Dimension, row: int, hash_: str, parts: Mapping[Part, Tally]) -> None:
    """Keep it in the place of what was kept before.

    Args:
        session: of a transaction that is committed.
        divided: what the units are divided into.
        row: the audit row up to which it holds.
        hash_: that row's.
        parts: the tallies.
    """
    await session.execute(delete(Kept).where(Kept.name == divided))
    values = {"name": divided, "form": FORM, "row": row, "hash": hash_, "packed": packed(parts)}
    await session.execute(insert(Kept).values(values))


def packed(parts: Mapping[Part, Tally]) -> bytes:
    """As few bytes as can be had quickly: where no deadline was moved both sides are the same, and written once."""
    written = [
        (
            *part,
            _side(one.present),
            None if one.first == one.present else _side(one.first),
            one.unacknowledged,
            one.blocked,
        )
        for part, one in parts.items()
    ]
    return zlib.compress(json.dumps(written, separators=(",", ":")).encode(), 1)


def unpacked(words: bytes) -> dict[Part, Tally]:
    """As it was packed."""
    found: dict[Part, Tally] = {}
    for unit, key, present, first, unacknowledged, blocked in json.loads(zlib.decompress(words)):
        side = _read_side(present)
        found[unit, key] = Tally(side, side if first is None else _read_side(first), unacknowledged, blocked)
    return found


def _side(side: Side) -> tuple[Any, ...]:
    days = sorted(side.due)
    return (
        astuple(side.done), astuple(side.handed_in), side.undated,
        [day.toordinal() for day in days], [side.due[day] for day in days],
    )  # fmt: skip


def _read_side(written: list[Any]) -> Side:
    done, handed_in, undated, days, counts = written
    due = dict(zip(map(date.fromordinal, days), counts, strict=True))
    return Side(Judged(*done), Judged(*handed_in), due, undated)
