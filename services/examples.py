"""Notices that people have confirmed, as examples to measure the reader with: the words, and the tasks as they should
have been read.

An example is what was read, with the corrections made before issuing laid over it. What became of a directive
afterwards (more time, another unit, an amending notice) says nothing of how the document is to be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from db import Session
from db.models import Change, Directive, Notice, Transition
from domain.lifecycle import State
from domain.organisation import Directory
from domain.spelling import normal
from notices.model import ALL_UNITS
from services.notices import cards
from services.office import directory
from services.show import local_day

GROUPS = {"all": ALL_UNITS, "communes": "UBND các xã", "departments": "các phòng, ban"}


@dataclass(frozen=True)
class Example:
    """One notice.

    Attributes:
        id: of the notice.
        text: its words.
        document: its header, in the terms of ``parse --json``.
        directives: its tasks, in the terms of ``parse --json``.
        corrected: somebody has changed, dropped or added something.
    """

    id: int
    text: str
    document: dict[str, Any]
    directives: list[dict[str, Any]]
    corrected: bool


@dataclass(frozen=True)
class Examples:
    """What there is. ``waiting`` counts the notices with drafts that nobody has decided on, ``silent`` those without
    their words (filed by a version that did not keep them)."""

    found: list[Example]
    waiting: int
    silent: int


async def examples(session: Session) -> Examples:
    """Every notice of which each draft was issued or dropped by a person."""
    known = await directory(session)
    found: list[Example] = []
    waiting = silent = 0
    for notice in list(await session.scalars(select(Notice).order_by(Notice.id))):
        drafts = await cards(session, notice)
        if any(d.state == State.DRAFT for d in drafts):
            waiting += 1
        elif drafts and not notice.text:
            silent += 1
        elif drafts:
            found.append(await _example(session, notice, notice.text or "", drafts, known))
    return Examples(found, waiting, silent)


async def _example(
    session: Session, notice: Notice, text: str, drafts: Sequence[Directive], known: Directory
) -> Example:
    edits = await _edits(session, [d.id for d in drafts])
    dropped = await _dropped(session, drafts)
    kept = [d for d in drafts if d.id not in dropped]
    tasks = _joined((_clause(d), _task(d, edits.get(d.id, []), text, known)) for d in kept)
    corrected = bool(dropped) or bool(edits) or any(d.as_read is None for d in kept)
    return Example(notice.id, text, _document(notice), tasks, corrected)


async def _edits(session: Session, ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """The corrections by hand, oldest first; those that an alias made follow from the words."""
    rows = await session.scalars(
        select(Transition).where(Transition.directive_id.in_(ids), Transition.event == "edit").order_by(Transition.id)
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        if row.directive_id is not None and "alias" not in row.details:
            found.setdefault(row.directive_id, []).append(row.details)
    return found


async def _dropped(session: Session, drafts: Sequence[Directive]) -> set[int]:
    """The drafts that a person left out; one that a newer notice made needless was read rightly."""
    gone = {d.id for d in drafts if d.state == State.CANCELLED and d.issued_at is None and d.replaced_by_id is None}
    needless = await session.scalars(select(Change.directive_id).where(Change.directive_id.in_(gone)))
    return gone - set(needless)


def _document(notice: Notice) -> dict[str, Any]:
    said = notice.date.isoformat() if notice.date else None
    received = local_day(notice.received_at)
    return {
        "number": notice.number,
        "date": said,
        "issuer": notice.issuer,
        "signer": notice.signer,
        "reference_date": said or (received.isoformat() if received else None),
        "doc_type": notice.doc_type,
    }


# --- one task ---


def _task(draft: Directive, edits: Sequence[dict[str, Any]], text: str, known: Directory) -> dict[str, Any]:
    read = draft.as_read or {}
    return {
        "ref": str(read.get("ref") or draft.ref),
        "text": _words(draft, read, edits, text),
        "lead": [_lead(draft, read, edits, known)],
        "coordinating": _helpers(read, edits, known),
        "deadline": _deadline(draft, read, edits),
        "recurring": draft.recurring,
    }


def _last(edits: Sequence[dict[str, Any]], field: str) -> dict[str, Any] | None:
    return next((e for e in reversed(edits) if e["field"] == field), None)


def _words(draft: Directive, read: dict[str, Any], edits: Sequence[dict[str, Any]], text: str) -> str:
    """The document's own words: what a clerk has put in other words stays as it was read."""
    edit = _last(edits, "text")
    if not read:
        return draft.quote or draft.text
    if edit and normal(str(edit["after"])) in normal(text):
        return str(edit["after"])
    return str(read["text"])


def _lead(draft: Directive, read: dict[str, Any], edits: Sequence[dict[str, Any]], known: Directory) -> str:
    written = str(read.get("lead") or draft.lead_written or ALL_UNITS)
    edit = _last(edits, "lead")
    if edit is None:
        return written
    chosen = str(edit["after"])
    if chosen in GROUPS:
        return written if written != ALL_UNITS and known.group_of(written) == chosen else GROUPS[chosen]
    return written if _means(written, chosen, known) else chosen


def _means(written: str, unit: str, known: Directory) -> bool:
    match = known.match(written)
    return match.unit is not None and match.certain and match.unit.name == unit


def _helpers(read: dict[str, Any], edits: Sequence[dict[str, Any]], known: Directory) -> list[str]:
    as_written = list(read.get("coordinating") or [])
    names = list(as_written)
    for edit in edits:
        if edit["field"] == "coordinating":
            names = [name for name in str(edit["after"] or "").split("; ") if name]
        elif edit["field"] == "helper":
            names = [edit["after"] if name == edit["before"] else name for name in names]
    return [next((w for w in as_written if _means(w, name, known)), name) for name in names]


def _deadline(draft: Directive, read: dict[str, Any], edits: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    edit = _last(edits, "deadline")
    if edit is None and read:
        due = read.get("deadline")
        return {k: due[k] for k in ("text", "date", "inclusive")} if due else None
    last_day = edit["after"] if edit else _iso(draft.first_last_day or draft.last_day)
    if last_day is None:
        return None
    if last_day == _iso(draft.last_day):
        day, inclusive = draft.deadline_date, draft.deadline_inclusive
        return {"text": draft.deadline_text or "", "date": _iso(day), "inclusive": inclusive}
    return {"text": "", "date": last_day, "inclusive": True}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _clause(draft: Directive) -> str:
    return f"clause {draft.as_read['clause']}" if draft.as_read else f"added {draft.id}"


def _joined(tasks: Iterable[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Several leads of one clause are one task, unless they were given different things."""
    found: dict[str, dict[str, Any]] = {}
    for clause, task in tasks:
        rest = {k: v for k, v in task.items() if k != "lead"}
        one = found.setdefault(f"{clause} {rest}", {**task, "lead": []})
        one["lead"] = list(dict.fromkeys([*one["lead"], *task["lead"]]))
    return list(found.values())
