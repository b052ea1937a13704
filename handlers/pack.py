"""``/giaoban``: the pack of the weekly meeting, asked for or handed out on the day before, drawn when it is sent."""

from __future__ import annotations

import logging
import re
from datetime import date

from channels.base import OutgoingFile, OutgoingMessage
from db import Session
from db.models import Outbox, Person
from domain.packs import WEEK, PackFacts
from domain.register import Register
from domain.spelling import fold
from domain.weeks import monday_of
from exports import papers
from exports.register_xlsx import register_xlsx
from handlers.common import by
from handlers.rendering import Moment
from handlers.turn import Handler, Turn
from services import packs
from texts import packs as say
from texts import sheets

log = logging.getLogger(__name__)

TEMPLATE = "giao_ban"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DAY = re.compile(r"(?:tuan\s+)?(?:ngay\s+)?(\d{1,2})[ /.-](\d{1,2})(?:[ /.-](\d{4}))?")


# --- the command ---


async def pack(turn: Turn) -> None:
    """``/giaoban``, ``/giaoban tuần trước``, ``/giaoban 26/01``."""
    words = fold(turn.message.text.partition(" ")[2])
    week = _week(words, turn.today)
    if week is None:
        turn.say(say.which_week())
    elif monday_of(week) > turn.today:
        turn.say(say.not_yet())
    else:
        await packs.ask(turn.session, week, by(turn))
        turn.toast = say.DRAWING


def _week(words: str, today: date) -> date | None:
    """A day of the week that is meant; None where that is not clear."""
    if words in {"", "tuan nay", "tuan"}:
        return today
    if words in {"tuan truoc", "tuan roi", "tuan qua"}:
        return today - WEEK
    found = _DAY.fullmatch(words)
    try:
        return _day(int(found[1]), int(found[2]), found[3], today) if found else None
    except ValueError:
        return None


def _day(day: int, month: int, year: str | None, today: date) -> date:
    """A day as typed; without its year the last one that has come."""
    if year:
        return date(int(year), month, day)
    this_year = date(today.year, month, day)
    return this_year if monday_of(this_year) <= today else date(today.year - 1, month, day)


# --- when it is sent ---


async def send(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """The pack as the facts are now; None when its meeting is over, or for who is no leader or clerk any more."""
    meeting = row.payload.get("meeting")
    if not packs.may_have(person) or (meeting and at.today > date.fromisoformat(meeting)):
        return None
    facts = await packs.gather(session, person, date.fromisoformat(row.payload["day"]), at.now, at.office)
    if facts.is_empty:
        return OutgoingMessage(say.empty(facts))
    register = await packs.workbook(session, person, facts, at.office)
    try:
        files = await _files(facts, register, at)
    except Exception:  # no memory, no further process, a fault in the drawing: the figures are due all the same
        log.warning("a pack goes without its files", extra={"action": "pack_failed"}, exc_info=True)
        return OutgoingMessage("\n\n".join((say.summary(facts), say.no_files())))
    return OutgoingMessage("\n\n".join(filter(None, (say.summary(facts), await _remark(at)))), (), files)


async def _files(facts: PackFacts, register: Register, at: Moment) -> tuple[OutgoingFile, ...]:
    name = f"{say.NAME}-{facts.meeting:%Y-%m-%d}"
    folder = at.office.papers.templates
    paper = await at.charts.draw(papers.draw, TEMPLATE, say.paper(facts, at.office), folder)
    table = await at.charts.draw(register_xlsx, register)
    return OutgoingFile(f"{name}.docx", DOCX, content=paper), OutgoingFile(f"{name}.xlsx", XLSX, content=table)


async def _remark(at: Moment) -> str:
    """That the office's own template could not be used."""
    folder = at.office.papers.templates
    problem = await at.charts.draw(papers.problem, TEMPLATE, folder) if folder else None
    return sheets.own_template_not_used(problem) if problem else ""


COMMANDS: dict[str, Handler] = {"giaoban": pack}
RENDERERS = {packs.PACK: send, packs.ASKED: send}
