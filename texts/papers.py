"""What is said around papers, and the counts, rates and lists that they share."""

from __future__ import annotations

from collections.abc import Sequence

from domain.figures import Figures, Rate
from domain.paperwork import Letter, NoticeResult, PeriodReport, ScoreSheet, Unfinished
from domain.periods import ReportPeriod, Span
from domain.sheets import Facts
from texts.engine import counted, day, lower_first, number, office_name, render, shorten

DRAWING = "Đang lập văn bản…"
RESULT = "Báo cáo kết quả (.docx)"
LETTER = "Công văn đôn đốc"
ALL_UNITS = "Một công văn, kèm bảng"
EACH_UNIT = "Mỗi đơn vị một công văn"
WHOLE = "Toàn cơ quan"
NO_NAMES = (WHOLE, "Các đơn vị", "Cá nhân")
SHORT = frozenset({Span.MONTH, Span.QUARTER})
LONGEST = 400  # characters of what a unit said, in a table


# --- what is said around them ---


def choose_period() -> str:
    """Which period is to be reported on."""
    return render("papers_choose_period")


def not_understood(words: str) -> str:
    """Neither a period nor a notice was meant."""
    return render("papers_not_understood", words=words)


def choose_notice(words: str) -> str:
    """Several notices fit."""
    return render("papers_choose_notice", words=words)


def not_begun(period: str) -> str:
    """The period lies ahead."""
    return render("papers_not_begun", period=period)


def choose_unit(units: Sequence[tuple[str, int]], others: int) -> str:
    """To which unit a letter goes; those with the most overdue, how many, and how many further units have any."""
    return render("papers_choose_unit", units=units, others=others)


def not_each(made: int, others: int) -> str:
    """A letter to each is drawn for so many units at a time; how many are left."""
    return render("papers_not_each", made=made, others=others)


def which_unit(words: str) -> str:
    """Several units fit, or none."""
    return render("papers_which_unit", words=words)


def which_month() -> str:
    """A score sheet is of a month."""
    return render("papers_which_month")


def caption_of(paper: PeriodReport | Letter | NoticeResult | ScoreSheet) -> str:
    """Below a paper that was drawn."""
    match paper:
        case PeriodReport():
            f = paper.worked.figures
            whose = within(paper.whose)
            return render("papers_report", p=paper, f=f, whose=whose, rate=share(f.done, f.total))
        case Letter():
            return render("papers_letter", p=paper, late=sum(len(unit.overdue) for unit in paper.units))
        case NoticeResult():
            return render("papers_result", p=paper, f=paper.figures, name=notice_name(paper.source))
        case ScoreSheet():
            return render("papers_scores", name=paper.period.name, whose=within(paper.whose))


def nothing_any_more() -> str:
    """What was to stand in a paper is no more by the time it is drawn."""
    return render("papers_nothing")


def period_label(period: ReportPeriod) -> str:
    """On a button: "Tháng 02/2024", "Quý I/2024", "6 tháng đầu năm 2024"."""
    return capital(period.name).replace(" năm ", "/") if period.span in SHORT else capital(period.name)


# --- what papers share ---


def share(part: float, whole: float) -> str:
    """``80,5 %``; a dash where there is nothing to divide by."""
    return f"{number(100 * part / whole, 1)} %" if whole else "–"


def rate(one: Rate) -> str:
    """A rate with its formula in words and in figures."""
    return f"{share(one.part, one.whole)} = {one.formula} = {number(one.part)} ÷ {number(one.whole)}"


def tasks(count: int) -> str:
    """ "09 nhiệm vụ"."""
    return f"{counted(count)} nhiệm vụ"


def done(f: Figures) -> str:
    """How many are done, and which of them how."""
    how = [("đúng hạn", f.done_in_time), ("quá hạn", f.done_late), ("không đặt hạn", f.done_no_deadline)]
    parts = ", ".join(f"{words} {counted(count)}" for words, count in how if count)
    return f"đã hoàn thành {tasks(f.done)}" + (f" ({parts})" if parts and f.done else "")


def still_open(f: Figures) -> str:
    """How many are under way, and which of them within their deadline."""
    how = [("còn trong hạn", f.open_in_time), ("quá hạn", f.open_late), ("không đặt hạn", f.open_no_deadline)]
    some = [(words, count) for words, count in how if count]
    if len(some) == 1 and f.open:
        return f"{tasks(f.open)} đang thực hiện {some[0][0]}"
    parts = ", ".join(f"{words} {counted(count)}" for words, count in some)
    return f"đang thực hiện {tasks(f.open)}" + (f" ({parts})" if parts else "")


def who(whose: str, office: str) -> str:
    """Who reports: the office, or whose directives they are."""
    return office_name(office) if whose.startswith(WHOLE) else within(whose)


def of_whom(whose: str) -> str:
    """ " của Phòng Nội vụ"; nothing for the whole office."""
    return "" if whose.startswith(WHOLE) else f" của {within(whose)}"


def within(whose: str) -> str:
    """Inside a sentence: names keep their capital."""
    return lower_first(whose) if whose.startswith(NO_NAMES) else whose


def capital(words: str) -> str:
    """With a capital at the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def formulas(f: Figures) -> list[str]:
    """Both completion rates with how they are worked out."""
    return [f"Tỷ lệ hoàn thành: {rate(f.rate_of_all)}.", f"Tỷ lệ hoàn thành việc đến hạn: {rate(f.rate_of_due)}."]


def unfinished_rows(some: Sequence[Unfinished]) -> list[Facts]:
    """The rows of a list of what is overdue or soon due."""
    return [_unfinished(place, one) for place, one in enumerate(some, 1)]


def _unfinished(place: int, one: Unfinished) -> Facts:
    percent = f"{one.percent}%" if one.percent is not None and f"{one.percent}%" not in (one.last_said or "") else ""
    said = ": ".join(filter(None, (percent, shorten(one.last_said or "", LONGEST))))
    return {
        "stt": str(place),
        "noi_dung": f"#{one.number}. {one.text}\n({one.source})",
        "don_vi": one.unit,
        "han": day(one.last_day),
        "cham": counted(one.days_late) if one.days_late else "–",
        "bao_cao": said or "Chưa báo cáo",
    }


def notice_name(source: str) -> str:
    """ "Thông báo số 317/TB-UBND ngày 30/01/2024"."""
    kind, _, rest = source.partition(" ")
    return source if not rest[:1].isdigit() and " " in source else f"{kind} {rest}"
