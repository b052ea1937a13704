"""``python -m bot papers``: the office's papers without a chat, for who keeps the machine."""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import date
from pathlib import Path

from bot.cli.common import WRONG, add_config, with_settings
from bot.clock import system
from bot.settings import Settings
from db import Database, Session
from db.migrate import migrate
from domain.calendar import OFFICE_ZONE
from domain.errors import Refusal
from domain.figures import Asking
from domain.paperwork import PaperKind
from domain.periods import ReportPeriod, Span, from_key, read_period
from handlers.papers import files
from services import figures, letters, notice_results, period_reports, scores
from services.office import directory
from services.paperwork import Paper

KINDS = {"report": PaperKind.PERIOD, "letter": PaperKind.LETTER, "result": PaperKind.RESULT, "scores": PaperKind.SCORES}


class _Unclear(Exception):
    """The command line does not say which paper."""


def main(arguments: list[str]) -> int:
    """``papers KIND [WORDS] --config FILE -o FILE``."""
    parser = argparse.ArgumentParser(prog="python -m bot papers")
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument(
        "words",
        nargs="*",
        help="a period (2024-q1, tháng 2, năm 2023); a unit's name, or nothing for all, of a letter; a notice's number",
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help=".docx; scores also .xlsx")
    add_config(parser)
    options = parser.parse_args(arguments[1:])
    words, kind = " ".join(options.words), KINDS[options.kind]
    return with_settings(options.config, lambda settings: _papers(settings, kind, words, options.output))


def _papers(settings: Settings, kind: PaperKind, words: str, output: Path) -> int:
    today = system().astimezone(OFFICE_ZONE).date()
    try:
        paper = asyncio.run(_gathered(settings, kind, words, today))
    except (_Unclear, Refusal) as error:
        print(f"{words or kind}: {str(error) or 'nothing to say in this paper'}", file=sys.stderr)
        return WRONG if isinstance(error, _Unclear) else 1
    drawn = {Path(file.name).suffix: file for file in files(paper, settings.rules, today)}
    file = drawn.get(output.suffix.lower())
    if file is None:
        print(f"{output}: this paper is drawn as {' or '.join(drawn)}", file=sys.stderr)
        return WRONG
    output.write_bytes(file.work(*file.facts))
    return 0


async def _gathered(settings: Settings, kind: PaperKind, words: str, today: date) -> Paper:
    migrate(settings.database_url)
    database = Database(settings.database_url)
    try:
        async with database.read() as session:
            return await _material(session, settings, kind, words, today)
    finally:
        await database.close()


async def _material(session: Session, settings: Settings, kind: PaperKind, words: str, today: date) -> Paper:
    asking = Asking(today, soon_days=settings.rules.rhythm.soon_days)
    calendar = settings.rules.calendar
    match kind:
        case PaperKind.PERIOD:
            period = _period(words, today)
            then = Asking(min(period.last, today), soon_days=asking.soon_days)
            return await period_reports.report(session, then, period, figures.EVERYTHING, calendar)
        case PaperKind.SCORES:
            period = _period(words, today)
            if period.span is not Span.MONTH:
                raise _Unclear("a score sheet is of a month")
            return await scores.sheet(session, None, period, figures.EVERYTHING, system())
        case PaperKind.LETTER:
            return await letters.letter(session, asking, await _unit(session, words) if words else 0, calendar)
        case PaperKind.RESULT:
            found = await notice_results.by_words(session, words)
            if len(found) != 1:
                raise _Unclear("several notices may be meant" if found else "no such notice")
            return await notice_results.result(session, found[0], asking)


def _period(words: str, today: date) -> ReportPeriod:
    period = from_key(words) or read_period(words, today)
    if period is None or period.first > today:
        raise _Unclear("no such period" if period is None else "this period has not begun")
    return period


async def _unit(session: Session, words: str) -> int:
    known = await directory(session)
    match = known.match(words)
    near = [match.unit] if match.unit and match.certain else list(known.search(words))
    if len(near) != 1:
        raise _Unclear("several units may be meant" if near else "no such unit")
    return near[0].id
