"""What a paper about one directive holds, ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ExtractLine:
    """One thing that happened, in words."""

    when: str
    who: str
    what: str
    content: str


@dataclass(frozen=True)
class ExtractFile:
    """A file of evidence. ``size`` in bytes."""

    name: str
    sha256: str
    size: int
    came: str  # when


@dataclass(frozen=True)
class Extract:
    """A directive's story as a paper for an inspection.

    Attributes:
        office: the office's name.
        number: of the directive, without "#".
        text: what is to be done.
        quote: the clause it was taken from; empty where it was given directly.
        facts: names and values of the table at the top.
        lines: the story, oldest first.
        files: what was handed in and not taken back.
        made_at: aware, in the office's zone.
        made_by: who asked for it, with their position.
        audit_rows: how many rows the office's record has at that moment.
        audit_hash: of the last one, 64 hex digits.
    """

    office: str
    number: int
    text: str
    quote: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[ExtractLine, ...]
    files: tuple[ExtractFile, ...]
    made_at: datetime
    made_by: str
    audit_rows: int
    audit_hash: str
