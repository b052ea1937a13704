"""What came of a notice, clause by clause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from db import Session
from db.models import Directive, Notice
from db.queries import paperwork as queries
from domain.errors import NothingIssued
from domain.figures import Asking
from domain.lifecycle import State
from domain.paperwork import ClauseResult, Difficulty, NoticeResult
from domain.spelling import fold
from domain.timeliness import Cell, cell
from notices.amending import number_key
from services import figures
from services.groups import wholes
from services.period_reports import difficulties
from services.show import counted_day, local_day, source_of
from services.unfinished import end_of


async def by_words(session: Session, words: str) -> list[Notice]:
    """The notices that words name: a number as written, its digits alone, or a part of the title; the newest first."""
    key, said = number_key(words), fold(words)
    if not key:
        return []
    rows = list(await session.scalars(select(Notice).order_by(Notice.id.desc())))
    exact = [n for n in rows if n.number and number_key(n.number) == key]
    if exact or words.strip().isdecimal():
        return exact or [n for n in rows if n.number and fold(n.number).split()[:1] == [said]]
    return [n for n in rows if n.title and said in fold(n.title)]


async def result(session: Session, notice: Notice, asking: Asking) -> NoticeResult:
    """What came of a notice as of today, as far as the asker sees it.

    Args:
        session: any transaction.
        notice: which.
        asking: whose units.

    Raises:
        NothingIssued: no directive of it is the asker's to see, or stands.
    """
    directives = await queries.of_notice(session, notice.id, asking.units)
    if not directives:
        raise NothingIssued(notice.number)
    said = await _said(session, directives, asking)
    by_clause: dict[str, list[Directive]] = defaultdict(list)
    for directive in directives:
        by_clause[directive.clause_id or directive.code].append(directive)
    clauses = tuple(_clause(some, said, asking.as_of) for some in by_clause.values())
    counted = Asking(asking.as_of, asking.units, asking.soon_days, notice=notice.id)
    return NoticeResult(source_of(notice), notice.title, asking.as_of, clauses, await figures.of_all(session, counted))


class _Said(NamedTuple):
    reports: Mapping[int, queries.LastReport]
    files: Mapping[int, Sequence[str]]
    difficulties: Mapping[int, Sequence[Difficulty]]


async def _said(session: Session, directives: Sequence[Directive], asking: Asking) -> _Said:
    ids = [d.id for d in directives]
    blocked: dict[int, list[Difficulty]] = defaultdict(list)
    for one in await difficulties(session, asking):
        blocked[one.number].append(one)
    reports = await queries.last_reports(session, ids, end_of(asking))
    return _Said(reports, await queries.evidence(session, ids), blocked)


def _clause(some: Sequence[Directive], said: _Said, today: date) -> ClauseResult:
    first = some[0]
    days = [d.last_day for d in some if d.last_day]
    return ClauseResult(
        ref=first.ref,
        text=first.text,
        leads=tuple(" và ".join(dict.fromkeys(map(_unit, whole))) for whole in wholes(some)),
        numbers=tuple(d.id for d in some),
        last_day=max(days) if days else None,
        states=tuple(State(d.state) for d in some),
        late=sum(any(_is_late(d, today) for d in whole) for whole in wholes(some)),
        done=sum(all(d.state == State.COMPLETED for d in whole) for whole in wholes(some)),
        results=tuple(_named(some, ((d, said.reports[d.id].text) for d in some if d.id in said.reports))),
        files=tuple(dict.fromkeys(name for d in some for name in said.files.get(d.id, ()))),
        difficulties=tuple(_named(some, ((d, one.text) for d in some for one in said.difficulties.get(d.id, ())))),
    )


def _named(some: Sequence[Directive], words: Iterable[tuple[Directive, str]]) -> list[str]:
    return [f"{_unit(d)}: {text}" if len(some) > 1 else text for d, text in words]


def _unit(directive: Directive) -> str:
    return directive.lead_unit.name if directive.lead_unit else directive.lead_written or ""


def _is_late(directive: Directive, today: date) -> bool:
    return _cell(directive, today) in {Cell.DONE_LATE, Cell.OPEN_LATE}


def _cell(directive: Directive, today: date) -> Cell:
    finished = local_day(directive.completed_at) if directive.state == State.COMPLETED else None
    return cell(directive.last_day, finished, counted_day(directive, today))
