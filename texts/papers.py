"""The words of reports of a period, letters that urge, results of a notice and score sheets; what is said around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from domain.figures import Figures, Rate
from domain.lifecycle import State
from domain.measures import Kind, Level, MeasureLine, Verdict
from domain.paperwork import (
    ClauseResult,
    Letter,
    NoticeResult,
    PeriodReport,
    ScoredProduct,
    ScoreLine,
    ScoreSheet,
    Unfinished,
    UrgedUnit,
    Worked,
    WorkedPart,
)
from domain.periods import ReportPeriod, Span
from domain.scores import FULL, LATE_LOSES, PROGRESS, QUANTITY, Outcome
from domain.sheets import OPEN, Facts, written_day
from texts.engine import clock, counted, day, lower_first, number, office_name, render, shorten

DRAWING = "Đang lập văn bản…"
RESULT = "Báo cáo kết quả (.docx)"
LETTER = "Công văn đôn đốc"
ALL_UNITS = "Một công văn, kèm bảng"
EACH_UNIT = "Mỗi đơn vị một công văn"
SCORES = "Bảng điểm tháng"
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


def choose_unit(units: Sequence[tuple[str, int]]) -> str:
    """To which unit a letter goes; those with something overdue, and how many."""
    return render("papers_choose_unit", units=units)


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
            whose = _within(paper.whose)
            return render("papers_report", p=paper, f=f, whose=whose, rate=share(f.done, f.total))
        case Letter():
            return render("papers_letter", p=paper, late=sum(len(unit.overdue) for unit in paper.units))
        case NoticeResult():
            return render("papers_result", p=paper, f=paper.figures, name=_notice(paper.source))
        case ScoreSheet():
            return render("papers_scores", name=paper.period.name, whose=_within(paper.whose))


def nothing_any_more() -> str:
    """What was to stand in a paper is no more by the time it is drawn."""
    return render("papers_nothing")


def period_label(period: ReportPeriod) -> str:
    """On a button: "Tháng 02/2024", "Quý I/2024", "6 tháng đầu năm 2024"."""
    return _capital(period.name).replace(" năm ", "/") if period.span in SHORT else _capital(period.name)


# --- counts in words ---


def share(part: float, whole: float) -> str:
    """``80,5 %``; a dash where there is nothing to divide by."""
    return f"{number(100 * part / whole, 1)} %" if whole else "–"


def rate(one: Rate) -> str:
    """A rate with its formula in words and in figures."""
    return f"{share(one.part, one.whole)} = {one.formula} = {number(one.part)} ÷ {number(one.whole)}"


def _tasks(count: int) -> str:
    return f"{counted(count)} nhiệm vụ"


def _done(f: Figures) -> str:
    """How many are done, and which of them how."""
    how = [("đúng hạn", f.done_in_time), ("quá hạn", f.done_late), ("không đặt hạn", f.done_no_deadline)]
    parts = ", ".join(f"{words} {counted(count)}" for words, count in how if count)
    return f"đã hoàn thành {_tasks(f.done)}" + (f" ({parts})" if parts and f.done else "")


def _open(f: Figures) -> str:
    """How many are under way, and which of them within their deadline."""
    how = [("còn trong hạn", f.open_in_time), ("quá hạn", f.open_late), ("không đặt hạn", f.open_no_deadline)]
    some = [(words, count) for words, count in how if count]
    if len(some) == 1 and f.open:
        return f"{_tasks(f.open)} đang thực hiện {some[0][0]}"
    parts = ", ".join(f"{words} {counted(count)}" for words, count in some)
    return f"đang thực hiện {_tasks(f.open)}" + (f" ({parts})" if parts else "")


# --- the report of a period ---


def report_facts(report: PeriodReport, office: str) -> Facts:
    """The words of a period's report."""
    return {
        "trich_yeu": f"Kết quả thực hiện nhiệm vụ {report.period.name}{_of_whom(report.whose)}",
        "mo_dau": _opening(report, office),
        "ket_qua": list(_results(report)),
        "theo_nguon_loi": [_source(part) for part in report.by_source],
        "theo_nguon": _rows(report.by_source, report.worked),
        "cach_tinh": _formulas(report.worked.figures),
        "ten_ky": _capital(report.period.name),
        "ten_ky_truoc": _capital(report.period.before.name),
        "so_sanh": list(_compared(report.worked, report.worked_before)),
        "dien_bien": list(_moved(report)),
        "theo_don_vi": _rows(report.by_unit, report.worked),
        "theo_linh_vuc": _rows(report.by_field, report.worked) if any(part.key for part in report.by_field) else [],
        "qua_han": unfinished_rows(report.overdue),
        "kho_khan": [_difficulty(report, i) for i in range(len(report.difficulties))],
        **measure_facts(report.measures),
        "ket": f"Trên đây là kết quả thực hiện nhiệm vụ {report.period.name} của {_who(report.whose, office)}./.",
    }


def _who(whose: str, office: str) -> str:
    return office_name(office) if whose.startswith(WHOLE) else _within(whose)


def _of_whom(whose: str) -> str:
    return "" if whose.startswith(WHOLE) else f" của {_within(whose)}"


def _within(whose: str) -> str:
    """Inside a sentence: names keep their capital."""
    return lower_first(whose) if whose.startswith(NO_NAMES) else whose


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _opening(report: PeriodReport, office: str) -> str:
    until = "" if report.is_over else " (kỳ báo cáo chưa kết thúc)"
    who = _who(report.whose, office)
    return (
        f"{_capital(who)} báo cáo kết quả thực hiện nhiệm vụ {report.period.name}; số liệu tính đến hết"
        f" {written_day(report.as_of)}{until}:"
    )


def _results(report: PeriodReport) -> Iterator[str]:
    w = report.worked
    yield (
        f"Tổng số nhiệm vụ theo dõi trong kỳ: {_tasks(w.total)}; trong đó kỳ trước chuyển sang {_tasks(w.carried)},"
        f" giao trong kỳ {_tasks(w.given)}{_gone(w.gone)}."
    )
    yield f"Kết quả: {_done(w.figures)}; {_open(w.figures)}."


def _gone(count: int) -> str:
    if count > 0:
        return f"; không còn theo dõi {_tasks(count)} (đã huỷ, gộp, tách hoặc chuyển đơn vị)"
    return f"; nhận thêm {_tasks(-count)} (mở lại, tách hoặc chuyển đến)" if count else ""


def _source(part: WorkedPart) -> str:
    f = part.worked.figures
    return f"{part.name}: tổng số nhiệm vụ giao {_tasks(f.total)}; {_done(f)}, {_open(f)}."


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


def _formulas(f: Figures) -> list[str]:
    return [f"Tỷ lệ hoàn thành: {rate(f.rate_of_all)}.", f"Tỷ lệ hoàn thành việc đến hạn: {rate(f.rate_of_due)}."]


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
    points = round(100 * (now - before), 1)
    return f"{'tăng' if points > 0 else 'giảm'} {number(abs(points), 1)} điểm %" if points else "không đổi"


def _moved(report: PeriodReport) -> Iterator[str]:
    m = report.moved
    yield (
        f"Trong kỳ có {_tasks(m.newly_overdue)} phát sinh quá hạn, {counted(m.extended)} lượt gia hạn,"
        f" {counted(m.reports)} lượt báo cáo."
    )
    if m.average_days_late is not None:
        yield f"Các nhiệm vụ hoàn thành quá hạn chậm bình quân {number(m.average_days_late, 1)} ngày."


def unfinished_rows(some: Sequence[Unfinished]) -> list[Facts]:
    """The rows of a list of what is overdue or soon due."""
    return [_unfinished(place, one) for place, one in enumerate(some, 1)]


def _unfinished(place: int, one: Unfinished) -> Facts:
    percent = f"{one.percent}%" if one.percent is not None else ""
    said = ": ".join(filter(None, (percent, shorten(one.last_said or "", LONGEST))))
    return {
        "stt": str(place),
        "noi_dung": f"#{one.number}. {one.text}\n({one.source})",
        "don_vi": one.unit,
        "han": day(one.last_day),
        "cham": counted(one.days_late) if one.days_late else "–",
        "bao_cao": said or "Chưa báo cáo",
    }


def _difficulty(report: PeriodReport, place: int) -> str:
    one = report.difficulties[place]
    kind = "đề xuất" if one.is_proposal else "khó khăn"
    waited = f"chờ trả lời {counted(one.days)} ngày" if one.days else "mới báo cáo"
    return f"{one.unit} ({kind}, nhiệm vụ #{one.number}, {waited}): {one.text}"


# --- what is measured ---

VERDICTS = {Verdict.EXCEEDED: "Đạt (vượt)", Verdict.MET: "Đạt", Verdict.NOT_MET: "Không đạt"}
LEVELS = {
    Level.DONE: "Đã khắc phục",
    Level.MOSTLY: "Đã cơ bản khắc phục",
    Level.ONGOING: "Đã và đang khắc phục",
}


def measure_facts(lines: Sequence[MeasureLine]) -> Facts:
    """The tables of indicators, amounts and remediation; empty where there is none of a kind."""
    of: dict[Kind, list[MeasureLine]] = {kind: [line for line in lines if line.kind is kind] for kind in Kind}
    return {
        "chi_tieu": [_indicator(place, one) for place, one in enumerate(of[Kind.INDICATOR], 1)],
        "thu_hoi": [_amount(place, one) for place, one in enumerate(of[Kind.AMOUNT], 1)],
        "khac_phuc": [_remediation(place, one) for place, one in enumerate(of[Kind.REMEDIATION], 1)],
    }


def exactly(value: Decimal | None) -> str:
    """An exact number the Vietnamese way, with the places it has: ``1.284,679``."""
    if value is None:
        return "–"
    plain = value.normalize()
    places = max(0, -int(plain.as_tuple().exponent))
    return f"{plain:,.{places}f}".translate(str.maketrans(",.", ".,"))


def _indicator(place: int, one: MeasureLine) -> Facts:
    return {
        "stt": str(place),
        "ten": one.name,
        "don_vi_tinh": one.measured_in,
        "ke_hoach": one.plan.written or exactly(one.plan.number),
        "thuc_hien": exactly(one.actual.number if one.actual else None),
        "ty_le": f"{number(float(one.rate), 1)} %" if one.rate is not None else "–",
        "danh_gia": VERDICTS[one.verdict] if one.verdict else "–",
    }


def _amount(place: int, one: MeasureLine) -> Facts:
    return {
        "stt": str(place),
        "ten": f"{one.name} ({one.measured_in})" if one.measured_in else one.name,
        "don_vi": one.unit,
        "phai_thu": exactly(one.plan.number),
        "da_thu": exactly(one.actual.number if one.actual else None),
        "con_lai": exactly(one.left),
        "ty_le": f"{number(float(one.rate), 1)} %" if one.rate is not None else "–",
    }


def _remediation(place: int, one: MeasureLine) -> Facts:
    return {
        "stt": str(place),
        "ten": one.name,
        "don_vi": one.unit,
        "muc_do": LEVELS[one.level] if one.level else "–",
        "ket_qua": one.said or "Chưa báo cáo",
        "kho_khan": one.difficulty or "",
    }


# --- the letter that urges ---


def letter_facts(letter: Letter, office: str, symbol: str) -> Facts:
    """The words of a letter to a unit or to several."""
    many = len(letter.units) > 1
    return {
        "trich_yeu": "đôn đốc thực hiện nhiệm vụ được giao",
        "kinh_gui": [unit.name for unit in letter.units],
        "tinh_hinh": [_stands(letter)],
        "tong_hop": [_urged(place, unit) for place, unit in enumerate(letter.units, 1)] if many else [],
        "yeu_cau_mo_dau": f"{_capital(office_name(office))} yêu cầu {_addressed(letter)}:",
        "yeu_cau": list(_asked(letter)),
        "ket": "Đề nghị các đơn vị nghiêm túc thực hiện./."
        if many
        else f"Đề nghị {_addressed(letter)} nghiêm túc thực hiện./.",
        "ten_phu_luc": "Danh mục nhiệm vụ quá hạn, sắp đến hạn",
        "kem_theo": f"(Kèm theo Công văn số {OPEN}/{symbol} {written_day(letter.as_of)})",
        "qua_han": unfinished_rows([one for unit in letter.units for one in unit.overdue]),
        "sap_han": unfinished_rows([one for unit in letter.units for one in unit.soon]),
    }


def _addressed(letter: Letter) -> str:
    return "các đơn vị" if len(letter.units) > 1 else letter.units[0].name


def _stands(letter: Letter) -> str:
    late = sum(len(unit.overdue) for unit in letter.units)
    near = sum(len(unit.soon) for unit in letter.units)
    who = f"{counted(len(letter.units))} đơn vị" if len(letter.units) > 1 else letter.units[0].name
    parts = [f"{_tasks(late)} quá hạn chưa hoàn thành" if late else ""]
    parts.append(f"{_tasks(near)} đến hạn trong {counted(letter.soon_days)} ngày tới" if near else "")
    return (
        f"Qua theo dõi tình hình thực hiện nhiệm vụ được giao, tính đến {written_day(letter.as_of)}, {who} còn"
        f" {' và '.join(filter(None, parts))} (danh mục tại Phụ lục kèm theo)."
    )


def _urged(place: int, unit: UrgedUnit) -> Facts:
    return {
        "stt": str(place),
        "don_vi": unit.name,
        "qua_han": counted(len(unit.overdue)),
        "sap_han": counted(len(unit.soon)),
    }


def _asked(letter: Letter) -> Iterator[str]:
    late = any(unit.overdue for unit in letter.units)
    near = any(unit.soon for unit in letter.units)
    asked = []
    if late:
        asked.append(
            "Khẩn trương hoàn thành các nhiệm vụ đã quá hạn; xác định rõ thời gian hoàn thành của từng nhiệm vụ."
        )
    if near:
        asked.append("Hoàn thành đúng hạn các nhiệm vụ sắp đến hạn; có khó khăn thì báo cáo ngay trước khi hết hạn.")
    why = ", nêu rõ nguyên nhân chậm và thời gian hoàn thành" if late else ""
    asked.append(
        f"Báo cáo bằng văn bản kết quả thực hiện từng nhiệm vụ{why}, gửi Văn phòng chậm nhất {written_day(letter.answer_by)}."
    )
    return (f"{place}. {words}" for place, words in enumerate(asked, 1))


# --- what came of a notice ---


def result_facts(result: NoticeResult, office: str, symbol: str) -> Facts:
    """The words of a report on a notice."""
    f = result.figures
    about = f" ({shorten(result.title, 200)})" if result.title else ""
    return {
        "trich_yeu": f"Kết quả thực hiện {_notice(result.source)}",
        "ket_qua": [
            f"Thực hiện {_notice(result.source)}{about}, {office_name(office)} báo cáo kết quả đến hết"
            f" {written_day(result.as_of)} như sau:",
            f"Văn bản có {counted(len(result.clauses))} nội dung giao việc, thành {_tasks(f.total)}; {_done(f)};"
            f" {_open(f)}.",
        ],
        "cach_tinh": _formulas(f),
        "kho_khan": [f"{_lead_of(one)}: {words}" for one in result.clauses for words in one.difficulties],
        "ket": f"Trên đây là kết quả thực hiện {_notice(result.source)}; chi tiết tại Phụ lục kèm theo./.",
        "ten_phu_luc": f"Kết quả thực hiện {_notice(result.source)}",
        "kem_theo": f"(Kèm theo Báo cáo số {OPEN}/BC-{symbol} {written_day(result.as_of)})",
        "nhiem_vu": [_clause(place, one) for place, one in enumerate(result.clauses, 1)],
    }


def _notice(source: str) -> str:
    """ "Thông báo số 317/TB-UBND ngày 30/01/2024"."""
    kind, _, rest = source.partition(" ")
    return source if not rest[:1].isdigit() and " " in source else f"{kind} {rest}"


def _lead_of(one: ClauseResult) -> str:
    where = f"Mục {one.ref}" if one.ref else f"Nhiệm vụ #{one.numbers[0]}"
    return where if one.is_shared else f"{where}, {one.leads[0]}"


def _clause(place: int, one: ClauseResult) -> Facts:
    ref = f"{one.ref}. " if one.ref else ""
    files = f"Minh chứng: {', '.join(one.files)}" if one.files else ""
    said = [shorten(words, LONGEST) for words in one.results]
    return {
        "stt": str(place),
        "noi_dung": ref + one.text,
        "chu_tri": f"{counted(len(one.leads))} đơn vị" if one.is_shared else one.leads[0],
        "han": day(one.last_day) if one.last_day else "Không đặt hạn",
        "tinh_trang": _state(one),
        "ket_qua": "\n".join(filter(None, (*said, files))) or "Chưa báo cáo",
        "kho_khan": "\n".join(one.difficulties),
    }


_STATES = {
    State.ISSUED: "Đã giao, chưa xác nhận",
    State.IN_PROGRESS: "Đang thực hiện",
    State.SUBMITTED: "Đã báo cáo hoàn thành, chờ duyệt",
    State.DECLINED: "Đề nghị chuyển đơn vị",
    State.SUSPENDED: "Tạm dừng",
}


def _state(one: ClauseResult) -> str:
    if one.is_shared:
        late = f"; {counted(one.late)} đơn vị quá hạn" if one.late else ""
        return f"{one.done}/{len(one.numbers)} đơn vị đã hoàn thành{late}"
    if one.done:
        return "Hoàn thành quá hạn" if one.late else "Hoàn thành đúng hạn" if one.last_day else "Hoàn thành"
    return _STATES[one.states[0]] + (", quá hạn" if one.late else "")


# --- scores ---

OUTCOMES = {
    Outcome.LATE: f"Chậm: trừ {LATE_LOSES} % điểm tiến độ",
    Outcome.EXCUSED: "Chậm, đã xác nhận lý do khách quan: không trừ",
    Outcome.OWED: "Đến hạn chưa hoàn thành: 0 điểm",
    Outcome.OWED_EXCUSED: "Chưa hoàn thành, lý do khách quan: không tính",
    Outcome.WAITING: "Chờ duyệt: chưa tính",
}


def score_facts(sheet: ScoreSheet) -> Facts:
    """The words of a score sheet."""
    rows = zip(places(sheet.lines), sheet.lines, strict=True)
    return {
        "trich_yeu": scores_title(sheet),
        "cach_tinh": score_rules(),
        "diem": [_score_row(place, line) for place, line in rows],
        "chi_tiet": [_product(place, one) for place, one in enumerate(told(sheet), 1)],
        "ket": scores_note(sheet) + "./.",
    }


def scores_title(sheet: ScoreSheet) -> str:
    """What a score sheet is about."""
    return f"Số lượng, tiến độ sản phẩm {sheet.period.name}{_of_whom(sheet.whose)}"


def scores_note(sheet: ScoreSheet) -> str:
    """What a score sheet is worth."""
    return (
        f"Số liệu theo sổ theo dõi đến {clock(sheet.known_at)} ngày {day(sheet.known_at)}; chỉ là bản nháp để đơn vị tự"
        " đánh giá, không thay kết quả đánh giá của cấp có thẩm quyền"
    )


def score_rules() -> list[str]:
    """How the points are worked out, in words."""
    return [
        "Căn cứ Nghị định số 335/2025/NĐ-CP. Mỗi nhiệm vụ là một sản phẩm, chưa quy đổi; phần chất lượng do đơn vị tự"
        " đánh giá.",
        "Sản phẩm được giao trong tháng gồm việc hoàn thành trong tháng và việc đến hạn, kể cả quá hạn từ tháng trước,"
        " mà chưa hoàn thành.",
        f"Số lượng (%) = {QUANTITY}.",
        f"Tiến độ (%) = {PROGRESS}. Mỗi sản phẩm đúng hạn 1 điểm; chậm so với thời hạn ban đầu bị trừ {LATE_LOSES} %, còn"
        f" {number((FULL - LATE_LOSES) / 100, 2)} điểm, trừ khi lý do khách quan đã được xác nhận; chưa hoàn thành 0 điểm.",
        "Việc chờ duyệt, tạm dừng và việc chưa xong vì lý do khách quan đã xác nhận chưa tính.",
    ]


def told(sheet: ScoreSheet) -> list[ScoredProduct]:
    """The products that say why points are missing, or not counted."""
    return [one for one in sheet.products if one.outcome in OUTCOMES]


_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def _roman(count: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (count // value)
        count %= value
    return written


def places(lines: Sequence[ScoreLine]) -> Iterator[str]:
    """The numbers of lines: units in Roman figures, their people in ours."""
    unit = person = 0
    for line in lines:
        unit, person = (unit + 1, 0) if line.is_unit else (unit, person + 1)
        yield _roman(unit) if line.is_unit else str(person)


def _score_row(place: str, line: ScoreLine) -> Facts:
    s = line.score
    return {
        "stt": place,
        "ten": line.name,
        "giao": counted(s.given),
        "xong": counted(s.done),
        "cham": counted(s.late),
        "khach_quan": counted(s.excused),
        "chua": counted(s.owed),
        "cho_duyet": counted(s.waiting + s.owed_excused),
        "diem": f"{points(s.points)}/{points(s.most_points)}",
        "so_luong": _percent(s.quantity),
        "tien_do": _percent(s.progress),
    }


def points(hundredths: int) -> str:
    """Points without needless places: ``7,75``; ``8``."""
    return number(hundredths / 100, 2).rstrip("0").rstrip(",")


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{number(value, 1)} %"


def product_row(one: ScoredProduct) -> tuple[str, str, date | None, date | None, str]:
    """A product in a table: what, who, first deadline, when it came, how it is counted."""
    p = one.product
    return (
        f"#{p.number}. {p.text}",
        f"{one.unit}\n{one.person}",
        p.first_last_day,
        p.submitted_on,
        OUTCOMES.get(one.outcome, "Đúng tiến độ"),
    )


def _product(place: int, one: ScoredProduct) -> Facts:
    what, who, due, came, how = product_row(one)
    return {
        "stt": str(place),
        "noi_dung": what,
        "nguoi": who,
        "han": day(due) if due else "–",
        "nop": day(came) if came else "–",
        "ghi_chu": how,
    }
