"""``/baocao``, ``/congvan``, ``/chamdiem``: papers that the office types by hand otherwise, as files to go on with.

Buttons: ``bck:period`` a report, ``cvd:unit`` a letter (0: one to all), ``cve`` a letter to each
unit, ``kqt:notice`` what came of a notice, ``dtm:period`` the score sheet of a month.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from channels.base import Button, OutgoingFile, OutgoingMessage
from db import Session
from db.models import Notice, Outbox, Person
from domain.errors import NoSuchThing, NothingIssued, NothingToUrge, PaperNotYours
from domain.figures import Figures
from domain.office import Office
from domain.paperwork import TAKERS, Letter, NoticeResult, PaperKind, PeriodReport, ScoreSheet
from domain.periods import ReportPeriod, Span, closed_before, from_key, of_day, offered, read_period
from domain.sheets import heading
from domain.spelling import fold
from exports.papers import draw
from exports.scores_xlsx import ScoreBook, ScoreRow, scores_xlsx
from handlers.buttons import Rows, button
from handlers.common import by, typed_unit
from handlers.rendering import Moment
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import letters, life, notice_results, paperwork
from services.paperwork import PAPER, Paper, Wanted
from services.show import source_of
from texts import papers as say
from texts import score_paper
from texts.engine import shorten
from texts.letter_paper import letter_facts
from texts.period_paper import report_facts
from texts.result_paper import result_facts

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_UNITS = 8  # buttons of units; letters that are drawn one by one
MOST_NOTICES = 6
ALL = frozenset({"tat ca", "tat ca don vi", "cac don vi", "cac don vi qua han"})
KINDS = frozenset({"thang", "quy", "nam", "ky"})  # of periods, with no number: every notice has such words
EACH = frozenset({"tung don vi", "moi don vi"})


# --- reports ---


async def report(turn: Turn) -> None:
    """``/baocao``, ``/baocao tháng 2``, ``/baocao quý I/2024``, ``/baocao 317/TB-UBND``."""
    words = _words(turn)
    if not words or fold(words) in KINDS:
        await paperwork.asking_of(turn.session, PaperKind.PERIOD, by(turn))
        turn.say(say.choose_period(), _periods(turn.today, "bck"))
    elif period := read_period(words, turn.today):
        await _report(turn, period)
    else:
        await _of_notice(turn, words)


def _words(turn: Turn) -> str:
    return turn.message.text.partition(" ")[2].strip()


def _periods(today: date, action: str) -> Rows:
    found = [button(say.period_label(one), action, one.key) for one in dict.fromkeys(offered(today))]
    return [found[i : i + 2] for i in range(0, len(found), 2)]


async def _report(turn: Turn, period: ReportPeriod) -> None:
    if period.first > turn.today:
        turn.say(say.not_begun(period.name), _periods(turn.today, "bck"))
        return
    await _ask(turn, Wanted(PaperKind.PERIOD, period=period.key))


async def _of_notice(turn: Turn, words: str) -> None:
    await paperwork.asking_of(turn.session, PaperKind.RESULT, by(turn))
    found = await notice_results.by_words(turn.session, words)
    if not found:
        turn.say(say.not_understood(shorten(words, 60)), _periods(turn.today, "bck"))
    elif len(found) == 1:
        await _ask(turn, Wanted(PaperKind.RESULT, notice=found[0].code))
    else:
        rows: Rows = [[button(_named(one), "kqt", one.code)] for one in found[:MOST_NOTICES]]
        turn.say(say.choose_notice(shorten(words, 60)), rows)


def _named(notice: Notice) -> str:
    return shorten(source_of(notice), 60)


async def _ask(turn: Turn, wanted: Wanted) -> None:
    await paperwork.ask(turn.session, wanted, by(turn))
    turn.toast = say.DRAWING


async def of_period(turn: Turn, args: Args) -> None:
    """``bck:2024-m2``: the report of a period."""
    await _report(turn, _period(args[0]))


async def of_notice(turn: Turn, args: Args) -> None:
    """``kqt:notice``: what came of it."""
    await _ask(turn, Wanted(PaperKind.RESULT, notice=args[0]))


def _period(key: str) -> ReportPeriod:
    found = from_key(key)
    if found is None:
        raise NoSuchThing
    return found


# --- letters ---


async def letter(turn: Turn) -> None:
    """``/congvan``, ``/congvan phòng nội vụ``, ``/congvan tất cả``, ``/congvan từng đơn vị``."""
    words, asked = _words(turn), fold(_words(turn))
    if not words:
        await _choose(turn)
    elif asked in ALL:
        await _ask(turn, Wanted(PaperKind.LETTER))
    elif asked in EACH:
        await each(turn, Args())
    else:
        await _to_unit(turn, words)


async def _choose(turn: Turn) -> None:
    asking = await paperwork.asking_of(turn.session, PaperKind.LETTER, by(turn))
    late = await letters.urgent_units(turn.session, asking)
    if not late:
        raise NothingToUrge(None)
    shown = late[:MOST_UNITS]
    rows: Rows = [[button(shorten(name, 50), "cvd", unit)] for unit, name, _ in shown]
    if len(late) > 1:
        rows.append([button(say.ALL_UNITS, "cvd", 0), button(say.EACH_UNIT, "cve")])
    turn.say(say.choose_unit([(name, count) for _, name, count in shown], len(late) - len(shown)), rows)


async def _to_unit(turn: Turn, words: str) -> None:
    await paperwork.asking_of(turn.session, PaperKind.LETTER, by(turn))
    found, near = await typed_unit(turn, words)
    if found is not None or len(near) == 1:
        await _ask(turn, Wanted(PaperKind.LETTER, unit=found.id if found else near[0].id))
        return
    turn.say(say.which_unit(shorten(words, 60)), [[button(shorten(u.name, 50), "cvd", u.id)] for u in near])


def of_unit(person: Person, unit_id: int, counts: Figures) -> list[Button]:
    """Below a unit's figures: the letter that urges it, for who writes such and where there is something to urge."""
    if not counts.open_late + counts.soon or person.role not in TAKERS[PaperKind.LETTER]:
        return []
    return [button(say.LETTER, "cvd", unit_id)]


async def to_unit(turn: Turn, args: Args) -> None:
    """``cvd:unit``: a letter to a unit; of 0 to all together."""
    await _ask(turn, Wanted(PaperKind.LETTER, unit=args.number(0)))


async def each(turn: Turn, args: Args) -> None:
    """``cve``: a letter to each unit that has something overdue, the worst first."""
    asking = await paperwork.asking_of(turn.session, PaperKind.LETTER, by(turn))
    late = await letters.urgent_units(turn.session, asking)
    if not late:
        raise NothingToUrge(None)
    if others := len(late[MOST_UNITS:]):
        turn.say(say.not_each(MOST_UNITS, others), [[button(say.ALL_UNITS, "cvd", 0)]])
    for unit, _, _ in late[:MOST_UNITS]:
        await _ask(turn, Wanted(PaperKind.LETTER, unit=unit))


# --- scores ---


async def scores(turn: Turn) -> None:
    """``/chamdiem``, ``/chamdiem tháng 2``: the month before where none is named."""
    words = _words(turn)
    period = read_period(words, turn.today) if words else closed_before(Span.MONTH, turn.today)
    if period is None or period.span is not Span.MONTH:
        months = (closed_before(Span.MONTH, turn.today), of_day(Span.MONTH, turn.today))
        turn.say(say.which_month(), [[button(say.period_label(one), "dtm", one.key) for one in months]])
        return
    await _scores(turn, period)


async def _scores(turn: Turn, period: ReportPeriod) -> None:
    if period.first > turn.today:
        turn.say(say.not_begun(period.name))
        return
    await _ask(turn, Wanted(PaperKind.SCORES, period=period.key))


async def of_month(turn: Turn, args: Args) -> None:
    """``dtm:2024-m2``: the score sheet of a month."""
    period = _period(args[0])
    if period.span is not Span.MONTH:
        raise NoSuchThing
    await _scores(turn, period)


# --- drawing ---


@dataclass(frozen=True)
class File:
    """A file to be drawn: ``work(*facts)`` gives its bytes, in whatever process."""

    name: str
    mime: str
    work: Callable[..., bytes]
    facts: tuple[object, ...]


async def send(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """A paper, drawn as the facts are now; a sentence where there is nothing left to say in it."""
    wanted = Wanted.from_payload(row.payload)
    try:
        material = await paperwork.material(session, wanted, life.By(person, at.now, at.office))
    except PaperNotYours:
        return None
    except (NothingToUrge, NothingIssued, NoSuchThing):
        return OutgoingMessage(say.nothing_any_more())
    drawn = []
    for file in files(material, at.office, at.today):
        content = await at.charts.draw(file.work, *file.facts)
        drawn.append(OutgoingFile(file.name, file.mime, content=content))
    return OutgoingMessage(say.caption_of(material), (), tuple(drawn))


def files(material: Paper, office: Office, today: date) -> list[File]:
    """The files of a paper, to be drawn.

    Args:
        material: what it says.
        office: whose paper it is.
        today: the local day it is dated.
    """
    name, symbol, folder = office.name, office.papers.symbol, office.papers.templates
    match material:
        case PeriodReport():
            facts = {**heading(office, "BC", today), **report_facts(material, name)}
            return [File(f"bao-cao-{material.period.key}.docx", DOCX, draw, ("bao_cao_ky", facts, folder))]
        case Letter():
            facts = {**heading(office, "", today, to=["Như trên"]), **letter_facts(material, name, symbol)}
            unit = f"-{material.units[0].unit_id}" if len(material.units) == 1 else ""
            return [File(f"cong-van-don-doc{unit}.docx", DOCX, draw, ("cong_van_don_doc", facts, folder))]
        case NoticeResult():
            facts = {**heading(office, "BC", today), **result_facts(material, name, symbol)}
            return [File("ket-qua-thuc-hien.docx", DOCX, draw, ("ket_qua_thuc_hien", facts, folder))]
        case ScoreSheet():
            facts = {**heading(office, "BĐ", today), **score_paper.score_facts(material)}
            stem = f"bang-diem-{material.period.key}"
            return [
                File(f"{stem}.docx", DOCX, draw, ("bang_diem", facts, folder)),
                File(f"{stem}.xlsx", XLSX, scores_xlsx, (_book(material, office),)),
            ]


def _book(sheet: ScoreSheet, office: Office) -> ScoreBook:
    places = score_paper.places(sheet.lines)
    return ScoreBook(
        office=office.name,
        title=score_paper.scores_title(sheet),
        rules=tuple(score_paper.score_rules()),
        rows=tuple(
            ScoreRow(place, line.name, line.score, line.is_unit)
            for place, line in zip(places, sheet.lines, strict=True)
        ),
        products=tuple(score_paper.product_row(one) for one in sheet.products),
        note=score_paper.scores_note(sheet),
    )


COMMANDS: dict[str, Handler] = {"baocao": report, "congvan": letter, "chamdiem": scores}
BUTTONS: dict[str, ButtonHandler] = {"bck": of_period, "kqt": of_notice, "cvd": to_unit, "cve": each, "dtm": of_month}
RENDERERS = {PAPER: send}
