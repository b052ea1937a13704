"""The pack of the weekly meeting in words: the summary in chat, and what fills its paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from domain.calendar import OFFICE_ZONE
from domain.figures import Figures, UnitFigures
from domain.obstacles import Kind, Raised
from domain.office import Office
from domain.packs import Conclusion, Ground, Line, PackFacts, Reason
from domain.sheets import Facts, heading
from texts.engine import day, number, render, short_day, shorten
from texts.leaders import percent
from texts.obstacles import days_open

NAME = "giao-ban"
WHICH = "/giaoban · /giaoban tuần trước · /giaoban 26/01"
DRAWING = "Đang lập tài liệu giao ban…"
LINES, CHARS = 3, 70  # of a section of the summary
PROPOSED = 6  # sentences in the summary
FEW = 3  # units of a row that stand in its column
TASK, REASON = 180, 150  # characters in a table of the paper; the whole words are in the workbook

_GROUNDS = {Ground.EXPLANATION: "Giải trình", Ground.DIFFICULTY: "Vướng mắc", Ground.REPORT: "Báo cáo"}


# --- in chat ---


def summary(facts: PackFacts) -> str:
    """One message, whatever the size of the office."""
    sentences = [sentence(each) for each in facts.conclusions]
    return render(
        "packs_summary",
        p=facts,
        f=facts.figures,
        w=facts.week,
        b=facts.last_week,
        rate=percent(facts.figures.rate_of_all),
        rate_due=percent(facts.figures.rate_of_due),
        lines=LINES,
        chars=CHARS,
        sentences=[shorten(each, 160) for each in sentences[:PROPOSED]],
        left=max(0, len(sentences) - PROPOSED),
        days_open=days_open,
        together=_together,
    )


def _together(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines of one clause given to several units, with the same last day, as one; in the order of their first."""
    found: dict[tuple[str, date | None], list[Line]] = {}
    for line in lines:
        found.setdefault((line.text, line.last_day), []).append(line)
    return list(found.values())


def empty(facts: PackFacts) -> str:
    """Nothing is open and nothing happened: one line."""
    return render("packs_empty", p=facts)


def which_week() -> str:
    """No week could be read from what was typed."""
    return render("packs_which_week")


def not_yet() -> str:
    """The week asked for has not come."""
    return render("packs_not_yet")


def no_files() -> str:
    """Below a summary whose files could not be drawn."""
    return render("packs_no_files")


def sentence(one: Conclusion) -> str:
    """A proposed conclusion, ending with a full stop."""
    text = render("packs_conclusion", c=one, numbers=_numbers(one.numbers, one.more), few=FEW)
    return " ".join(text.split())


def _numbers(numbers: Sequence[int], more: int) -> str:
    named = ", ".join(f"#{each}" for each in numbers)
    return f"{named} và {number(more)} việc khác" if more else named


# --- on paper ---


def paper(facts: PackFacts, office: Office) -> Facts:
    """What fills the template of the pack."""
    top = heading(office, "BC", facts.made_at.astimezone(OFFICE_ZONE).date(), to=("Các thành viên dự họp giao ban",))
    return {
        **top,
        "tuan": f"từ ngày {day(facts.period.first)} đến ngày {day(facts.period.last)}",
        "ngay_hop": day(facts.meeting),
        "pham_vi": facts.whose,
        "luc_lap": _as_of(facts),
        "tong_hop": _overview(facts),
        "so_sanh": _compared(facts),
        "don_vi": [*_units(facts.units), *_total(facts)],
        "cong_thuc": _formulas(facts.figures),
        "qua_han": [_late(i, lines) for i, lines in enumerate(_alike(facts.overdue), 1)],
        "kho_khan": [_raised(i, item) for i, item in enumerate(facts.raised, 1)],
        "ky_toi": f"từ ngày {day(facts.ahead.first)} đến ngày {day(facts.ahead.last)}",
        "den_han": [_due(i, lines) for i, lines in enumerate(_alike(facts.due), 1)],
        "cho_quyet_dinh": _waiting(facts),
        "gia_han": [_extended(i, line) for i, line in enumerate(facts.extended, 1)],
        "ket_luan": [sentence(each).rstrip(".") for each in facts.conclusions],
    }


def _as_of(facts: PackFacts) -> str:
    made = facts.made_at.astimezone(OFFICE_ZONE)
    if made.date() > facts.period.last:
        return f"đến hết ngày {day(facts.period.last)}"
    return f"đến {made:%H:%M} ngày {day(made)}"


def _overview(facts: PackFacts) -> str:
    text = render(
        "packs_overview",
        p=facts,
        f=facts.figures,
        w=facts.week,
        rate=percent(facts.figures.rate_of_all),
        late=number(facts.week.average_days_late or 0, 1),
    )
    return " ".join(text.split())


def _compared(facts: PackFacts) -> list[Facts]:
    """The week against the one before it."""
    now, then = facts.week, facts.last_week
    rows = [
        ("Nhiệm vụ giao mới", now.given, then.given),
        ("Hoàn thành", now.done, then.done),
        ("Trong đó: đúng hạn", now.done_in_time, then.done_in_time),
        ("Trong đó: quá hạn", now.done_late, then.done_late),
        ("Mới quá hạn", now.newly_overdue, then.newly_overdue),
        ("Lượt gia hạn", now.extended, then.extended),
        ("Lượt báo cáo tiến độ", now.reports, then.reports),
        ("Chưa hoàn thành, cuối kỳ", facts.figures.open, facts.before.open),
        ("Quá hạn, cuối kỳ", facts.figures.open_late, facts.before.open_late),
    ]
    counted: list[Facts] = [
        {"chi_tieu": name, "tuan_nay": number(this), "tuan_truoc": number(last)} for name, this, last in rows
    ]
    rates = (percent(facts.figures.rate_of_all), percent(facts.before.rate_of_all))
    counted.append({"chi_tieu": "Tỷ lệ hoàn thành, cuối kỳ", "tuan_nay": rates[0], "tuan_truoc": rates[1]})
    return counted


def _units(units: Iterable[UnitFigures]) -> list[Facts]:
    return [_cells(unit.name, unit.figures) for unit in units if unit.figures.total]


def _total(facts: PackFacts) -> list[Facts]:
    return [_cells("Cộng", facts.figures)] if len(facts.units) > 1 else []


def _cells(name: str, f: Figures) -> Facts:
    return {
        "ten": name,
        "tong": number(f.total),
        "dung_han": number(f.done_in_time),
        "xong_qua_han": number(f.done_late),
        "trong_han": number(f.open_in_time),
        "qua_han": number(f.open_late),
        "khong_han": number(f.done_no_deadline + f.open_no_deadline),
        "ty_le": percent(f.rate_of_all),
    }


def _formulas(figures: Figures) -> str:
    """How the rates are worked out."""
    parts = [f"{percent(rate)} = {rate.formula}" for rate in (figures.rate_of_all, figures.rate_of_due) if rate.whole]
    return f"Tỷ lệ hoàn thành: {'; '.join(parts)}." if parts else "Chưa có nhiệm vụ để tính tỷ lệ hoàn thành."


def _alike(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines of one clause of which there is the same to say, as one row; in the order of their first."""
    found: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        found.setdefault((line.text, line.last_day, line.reason, line.percent), []).append(line)
    return list(found.values())


def _late(place: int, lines: Sequence[Line]) -> Facts:
    line = lines[0]
    return {
        **_of_all(place, lines),
        "cham": number(line.days),
        "nguyen_nhan": _reason(line.reason) if line.reason else "Chưa báo cáo nguyên nhân",
    }


def _reason(reason: Reason) -> str:
    return f"{_GROUNDS[reason.ground]} ngày {short_day(reason.on)}: {shorten(reason.text, REASON)}"


def _line(place: int, line: Line) -> Facts:
    return {
        "stt": str(place),
        "so": f"#{line.number}",
        "noi_dung": shorten(line.text, TASK),
        "don_vi": line.unit,
        "han": _day(line.last_day),
    }


def _of_all(place: int, lines: Sequence[Line]) -> Facts:
    """A row for several units. Each is named, for the paper is read out; where they are many, below the task."""
    row = _line(place, lines[0])
    units = list(dict.fromkeys(line.unit for line in lines))
    row["so"] = _span(sorted(line.number for line in lines))
    if len(units) <= FEW:
        return {**row, "don_vi": "; ".join(units)}
    return {**row, "noi_dung": f"{row['noi_dung']} ({'; '.join(units)})", "don_vi": f"{number(len(units))} đơn vị"}


def _span(numbers: Sequence[int]) -> str:
    first, last = numbers[0], numbers[-1]
    if len(numbers) > 2 and last - first + 1 == len(numbers):
        return f"#{first} đến #{last}"
    return ", ".join(f"#{each}" for each in numbers)


def _day(value: date | None) -> str:
    return day(value) if value else ""


def _raised(place: int, item: Raised) -> Facts:
    answer = f"{item.answer} ({item.answered_by})" if item.answer and item.answered_by else item.answer
    return {
        "stt": str(place),
        "so": f"#{item.number}",
        "don_vi": item.lead,
        "loai": "Đề xuất" if item.kind is Kind.PROPOSAL else "Khó khăn",
        "noi_dung": item.text,
        "so_ngay": number(item.days),
        "tra_loi": answer or "Chưa trả lời",
    }


def _due(place: int, lines: Sequence[Line]) -> Facts:
    done = lines[0].percent
    return {**_of_all(place, lines), "tien_do": "Chưa báo cáo" if done is None else f"{done} %"}


def _waiting(facts: PackFacts) -> list[Facts]:
    """What waits for a decision, the longest first."""
    rows = [("Duyệt hoàn thành", line) for line in facts.approvals]
    rows += [(f"Gia hạn đến {_day(line.until)}", line) for line in facts.requests]
    rows.sort(key=lambda row: -row[1].days)
    return [
        {**_line(place, line), "viec": what, "da_cho": number(line.days)} for place, (what, line) in enumerate(rows, 1)
    ]


def _extended(place: int, line: Line) -> Facts:
    return {**_line(place, line), "han_cu": _day(line.before), "han_moi": _day(line.until)}
