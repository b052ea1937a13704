"""What is said of indicators, amounts and shortcomings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from domain.measure_lines import TypedList, TypedMeasure
from domain.measure_words import Doubt
from domain.measures import Actual, Kind, Level, MeasureLine, MeasureTable, Verdict, planned_in, to_one_place
from domain.quantities import Bound
from texts.engine import exact, number, render

FOLLOW = "Theo dõi số liệu"
CHANGE = "Sửa số liệu"
ASSESS = "Đánh giá"
TABLES = "Chỉ tiêu"
ENTER = "Nhập danh sách"
AS_CARDS = "Lập thẻ, chưa phát hành"

KINDS = {Kind.INDICATOR: "Chỉ tiêu", Kind.AMOUNT: "Thu hồi, xử lý tiền", Kind.REMEDIATION: "Khắc phục hạn chế"}
LEVELS = {
    Level.DONE: "Đã khắc phục",
    Level.MOSTLY: "Đã cơ bản khắc phục",
    Level.ONGOING: "Đã và đang khắc phục",
}
VERDICTS = {Verdict.EXCEEDED: "Đạt (vượt)", Verdict.MET: "Đạt", Verdict.NOT_MET: "Không đạt"}
NO_FIGURE = "Chưa có số liệu"
NOT_ASSESSED = "Chưa đánh giá"
CONFIRMED = " (đã đánh giá)"
_BOUNDS = {Bound.NONE: "", Bound.OVER: ">", Bound.AT_LEAST: "≥", Bound.UNDER: "<", Bound.AT_MOST: "≤"}


def word(value: Level | Verdict) -> str:
    """A level or a verdict as papers write it."""
    return LEVELS[value] if isinstance(value, Level) else VERDICTS[value]


def figure(actual: Actual | None, measured_in: str = "") -> str:
    """A figure with its unit of measure: "1.284,679 tỷ đồng", ">80 %"; empty for none."""
    if actual is None:
        return ""
    return f"{_BOUNDS[actual.bound]}{in_unit(actual.number, measured_in)}"


def in_unit(value: Decimal, measured_in: str) -> str:
    """A number with its unit of measure."""
    return planned_in(exact(value), measured_in)


def percent(rate: Decimal | None) -> str:
    """A rate as reports write it: "107,1 %"; empty for none."""
    return "" if rate is None else f"{number(float(to_one_place(rate)), 1)} %"


def planned(line: MeasureLine) -> str:
    """A line's plan with its unit of measure."""
    return planned_in(line.plan.written, line.measured_in)


def outcome(line: MeasureLine) -> str:
    """How it stands, in the words of its kind; "Chưa có số liệu" where nothing was reported."""
    if line.kind is Kind.REMEDIATION:
        return LEVELS[line.level] if line.level else NO_FIGURE
    if line.verdict:
        return VERDICTS[line.verdict]
    if line.kind is Kind.AMOUNT and line.actual:
        return percent(line.rate)
    return NOT_ASSESSED if line.said else NO_FIGURE


def stands(line: MeasureLine) -> str:
    """A measure in one sentence, as markup and without its name: "1.284,679 tỷ đồng, đạt 107,1 % kế hoạch 1.200 tỷ đồng. Đạt (vượt)"."""
    said = render("measures_stands", line=line, percent=percent(line.rate), **_words(line))
    return said + (CONFIRMED if line.confirmed else "")


def _words(line: MeasureLine) -> dict[str, str]:
    left = in_unit(line.left, line.measured_in) if line.left else ""
    shown = figure(line.actual, line.measured_in)
    return {"actual": shown, "planned": planned(line), "outcome": outcome(line), "left": left}


def of_card(line: MeasureLine) -> str:
    """A line of a directive's card."""
    return render("measures_of_card", line=line, stands=stands(line))


def said_back(line: MeasureLine, difficulty: str | None, files: int) -> str:
    """What was understood and kept, in one line."""
    return render("measures_said_back", line=line, stands=stands(line), difficulty=difficulty, files=files)


_ASKED = {
    Doubt.UNIT: "chưa ghi đơn vị tính",
    Doubt.TEN_TIMES: "lệch từ mười lần so với số đã biết",
    Doubt.LESS: "ít hơn số đã báo trước",
    Doubt.ADDED: "có thể là số thu thêm, cũng có thể là tổng số",
    Doubt.MORE: "nhiều hơn số phải thực hiện",
    Doubt.LEFT: "mới nêu phần còn lại",
    Doubt.SEVERAL: "có nhiều số liệu khác nhau",
    Doubt.LEVEL: "chưa rõ mức độ khắc phục",
}


def ask(line: MeasureLine, doubt: Doubt) -> str:
    """What cannot be told for sure is asked, with the choices as buttons."""
    last = figure(line.actual, line.measured_in) or (LEVELS[line.level] if line.level else "")
    return render("measures_ask", line=line, why=_ASKED[doubt], last=last, planned=planned(line))


def ask_anew(number_: int, name: str) -> str:
    """Ask for the right figure."""
    return render("measures_ask_anew", number=number_, name=name)


def ask_follow(number_: int) -> str:
    """Ask the office what a directive is measured by."""
    return render("measures_ask_follow", number=number_)


def lacks(number_: int, typed: TypedMeasure) -> str:
    """What is missing in what the office typed."""
    return render("measures_lacks", number=number_, name=typed.name, problem=typed.problem)


def followed(line: MeasureLine) -> str:
    """To the office: what a directive is measured by now."""
    return render("measures_followed", line=line, kind=KINDS[line.kind].lower(), planned=planned(line))


def ask_assess(line: MeasureLine) -> str:
    """Ask who decides how a measure stands."""
    return render("measures_ask_assess", line=line, stands=stands(line))


def assessed(line: MeasureLine) -> str:
    """To who has assessed: what counts now."""
    return render("measures_assessed", line=line, outcome=outcome(line))


def table(found: MeasureTable, some: Sequence[MeasureLine], page: int, pages: int, whose: str) -> str:
    """A page of a table; ``page`` counts from 1."""
    return render(
        "measures_table", title=KINDS[found.kind], found=found, some=some, page=page, pages=pages, whose=whose,
        totals=totals(found), stands=stands,
    )  # fmt: skip


def totals(found: MeasureTable) -> str:
    """A table's totals in one sentence."""
    sums = found.totals
    counts = [(VERDICTS[v], n) for v, n in sums.verdicts.items()] + [(LEVELS[v], n) for v, n in sums.levels.items()]
    parts = [f"{n} {words.lower()}" for words, n in counts if n]
    if found.kind is Kind.AMOUNT:
        return _sum(found)
    if sums.open:
        parts.append(f"{sums.open} {'chưa đánh giá' if found.kind is Kind.REMEDIATION else 'chưa có số liệu'}")
    return f"{sums.lines} mục: {', '.join(parts)}" if parts else f"{sums.lines} mục"


def _sum(found: MeasureTable) -> str:
    sums = found.totals
    if sums.plan is None or sums.recovered is None or sums.left is None:
        return f"{sums.lines} khoản"
    return (
        f"{sums.lines} khoản: đã thực hiện {exact(sums.recovered)}/{in_unit(sums.plan, sums.unit)}"
        f" ({percent(sums.rate)}), còn lại {in_unit(sums.left, sums.unit)}"
    )


def none(*, may_make: bool) -> str:
    """There is nothing measured."""
    return render("measures_none", may_make=may_make)


def ask_list() -> str:
    """Ask the office for several at once."""
    return render("measures_ask_list")


def listed(found: TypedList, units: Sequence[str], doubts: Sequence[str], last_day: date | None) -> str:
    """Several as they were read, before anything is made of them. ``doubts``: of each line, "" for none."""
    lines = [(one, planned_in(one.plan.written, one.measured_in)) for one in found.lines]
    rows = list(zip(lines, units, doubts, strict=True))
    return render("measures_listed", title=found.title, kind=KINDS[found.kind], rows=rows, last_day=last_day)


_PROBLEMS = {"name": "chưa có tên", "plan": "chưa rõ kế hoạch", "measured_in": "chưa có đơn vị tính"}


def doubt_of(typed: TypedMeasure, *, is_unit_known: bool) -> str:
    """What must be put right of a line before it is issued; "" for nothing."""
    if typed.problem:
        return _PROBLEMS[typed.problem]
    if is_unit_known:
        return ""
    return f"chưa rõ “{typed.unit_written}” là đơn vị nào" if typed.unit_written else "chưa có đơn vị chủ trì"


HEADS = (
    "Số",
    "Tên",
    "Đơn vị chủ trì",
    "Đơn vị tính",
    "Kế hoạch",
    "Kết quả",
    "Tỷ lệ (%)",
    "Đánh giá",
    "Khó khăn",
    "Đến ngày",
)
"""The columns of a table as a sheet."""


def cells(line: MeasureLine) -> tuple[str | int | Decimal | date | None, ...]:
    """A line of a sheet, in the order of ``HEADS``; figures as numbers, so that they can be added up there."""
    exact_figure = line.actual.number if line.actual and not line.actual.bound else None
    shown: Decimal | str | None = (
        exact_figure if exact_figure is not None else (figure(line.actual) or line.said or None)
    )
    is_number = line.plan.number is not None and line.plan.upper is None and not line.plan.bound
    plan: Decimal | str | None = line.plan.number if is_number else line.plan.written
    rate = to_one_place(line.rate) if line.rate is not None else None
    name = f"- {line.name}" if line.is_part else line.name
    return (
        line.number, name, line.unit, line.measured_in, plan, shown, rate, outcome(line), line.difficulty, line.measured_on,
    )  # fmt: skip
