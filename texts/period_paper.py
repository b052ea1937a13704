"""The words of the report of a period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.figures import Figures
from domain.paperwork import PeriodReport, Worked, WorkedPart
from domain.sheets import Facts, written_day
from texts.engine import counted, number
from texts.measured_paper import measure_facts
from texts.papers import capital, done, formulas, of_whom, share, still_open, tasks, unfinished_rows, who


def report_facts(report: PeriodReport, office: str) -> Facts:
    """The words of a period's report."""
    return {
        "trich_yeu": f"Kết quả thực hiện nhiệm vụ {report.period.name}{of_whom(report.whose)}",
        "mo_dau": _opening(report, office),
        "ket_qua": list(_results(report)),
        "theo_nguon_loi": [_source(part) for part in report.by_source],
        "theo_nguon": _rows(report.by_source, report.worked),
        "cach_tinh": formulas(report.worked.figures),
        "ten_ky": capital(report.period.name),
        "ten_ky_truoc": capital(report.period.before.name),
        "so_sanh": list(_compared(report.worked, report.worked_before)),
        "dien_bien": list(_moved(report)),
        "theo_don_vi": _rows(report.by_unit, report.worked),
        "theo_linh_vuc": _rows(report.by_field, report.worked) if any(part.key for part in report.by_field) else [],
        "qua_han": unfinished_rows(report.overdue),
        "kho_khan": [_difficulty(report, i) for i in range(len(report.difficulties))],
        **measure_facts(report.measures),
        "ket": f"Trên đây là kết quả thực hiện nhiệm vụ {report.period.name} của {who(report.whose, office)}./.",
    }


def _opening(report: PeriodReport, office: str) -> str:
    until = "" if report.is_over else " (kỳ báo cáo chưa kết thúc)"
    reporter = who(report.whose, office)
    return (
        f"{capital(reporter)} báo cáo kết quả thực hiện nhiệm vụ {report.period.name}; số liệu tính đến hết"
        f" {written_day(report.as_of)}{until}:"
    )


def _results(report: PeriodReport) -> Iterator[str]:
    w = report.worked
    yield (
        f"Tổng số nhiệm vụ theo dõi trong kỳ: {tasks(w.total)}; trong đó kỳ trước chuyển sang {tasks(w.carried)},"
        f" giao trong kỳ {tasks(w.given)}{_gone(w.gone)}."
    )
    yield f"Kết quả: {done(w.figures)}; {still_open(w.figures)}."


def _gone(count: int) -> str:
    if count > 0:
        return f"; không còn theo dõi {tasks(count)} (đã huỷ, gộp, tách hoặc chuyển đơn vị)"
    return f"; nhận thêm {tasks(-count)} (mở lại, tách hoặc chuyển đến)" if count else ""


def _source(part: WorkedPart) -> str:
    f = part.worked.figures
    return f"{part.name}: tổng số nhiệm vụ giao {tasks(f.total)}; {done(f)}, {still_open(f)}."


def _rows(parts: Sequence[WorkedPart], whole: Worked) -> list[Facts]:
    rows = [_row(str(place), part.name, part.worked.figures) for place, part in enumerate(parts, 1)]
    return [*rows, _row("", "Cộng", whole.figures)]


def _row(place: str, name: str, f: Figures) -> Facts:
    return {
        "stt": place,
        "ten": name,
        "tong": counted(f.total),
        "dung_han": counted(f.done_in_time),
        "xong_qua_han": counted(f.done_late),
        "xong_khong_han": counted(f.done_no_deadline),
        "trong_han": counted(f.open_in_time),
        "qua_han": counted(f.open_late),
        "khong_han": counted(f.open_no_deadline),
        "ty_le": share(f.done, f.total),
    }


def _compared(now: Worked, before: Worked) -> Iterator[Facts]:
    counts = (
        ("Tổng số nhiệm vụ theo dõi", now.total, before.total),
        ("Giao trong kỳ", now.given, before.given),
        ("Hoàn thành", now.figures.done, before.figures.done),
        ("Trong đó hoàn thành đúng hạn", now.figures.done_in_time, before.figures.done_in_time),
        ("Trong đó hoàn thành quá hạn", now.figures.done_late, before.figures.done_late),
        ("Đang thực hiện, chưa quá hạn", now.under_way, before.under_way),
        ("Quá hạn chưa hoàn thành", now.figures.open_late, before.figures.open_late),
    )
    for name, a, b in counts:
        yield {"ten": name, "nay": counted(a), "truoc": counted(b), "tang_giam": _change(a - b)}
    a_rate, b_rate = now.figures.rate_of_all, before.figures.rate_of_all
    yield {
        "ten": "Tỷ lệ hoàn thành",
        "nay": share(a_rate.part, a_rate.whole),
        "truoc": share(b_rate.part, b_rate.whole),
        "tang_giam": _points(a_rate.value, b_rate.value),
    }


def _change(count: int) -> str:
    if not count:
        return "không đổi"
    return f"{'tăng' if count > 0 else 'giảm'} {counted(abs(count))}"


def _points(now: float | None, before: float | None) -> str:
    if now is None or before is None:
        return "–"
    points = round(round(100 * now, 1) - round(100 * before, 1), 1)  # of the rates as they are printed
    return f"{'tăng' if points > 0 else 'giảm'} {number(abs(points), 1)} điểm %" if points else "không đổi"


def _moved(report: PeriodReport) -> Iterator[str]:
    m = report.moved
    yield (
        f"Trong kỳ có {tasks(m.newly_overdue)} phát sinh quá hạn, {counted(m.extended)} lượt gia hạn,"
        f" {counted(m.reports)} lượt báo cáo."
    )
    if m.average_days_late is not None:
        yield f"Các nhiệm vụ hoàn thành quá hạn chậm bình quân {number(m.average_days_late, 1)} ngày."


def _difficulty(report: PeriodReport, place: int) -> str:
    one = report.difficulties[place]
    kind = "đề xuất" if one.is_proposal else "khó khăn"
    waited = f"chờ trả lời {counted(one.days)} ngày" if one.days else "mới báo cáo"
    return f"{one.unit} ({kind}, nhiệm vụ #{one.number}, {waited}): {one.text.rstrip('. ')}."
