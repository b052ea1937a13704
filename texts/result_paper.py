"""The words of a report on what came of a notice."""

from __future__ import annotations

from domain.lifecycle import State
from domain.paperwork import ClauseResult, NoticeResult
from domain.sheets import Facts, written_day
from texts.engine import counted, day, office_name, shorten
from texts.papers import LONGEST, done, formulas, notice_name, still_open, tasks


def result_facts(result: NoticeResult, office: str, symbol: str) -> Facts:
    """The words of a report on a notice."""
    f = result.figures
    about = f" ({shorten(result.title, 200)})" if result.title else ""
    return {
        "trich_yeu": f"Kết quả thực hiện {notice_name(result.source)}",
        "ket_qua": [
            f"Thực hiện {notice_name(result.source)}{about}, {office_name(office)} báo cáo kết quả đến hết"
            f" {written_day(result.as_of)} như sau:",
            f"Văn bản có {counted(len(result.clauses))} nội dung giao việc, thành {tasks(f.total)}; {done(f)};"
            f" {still_open(f)}.",
        ],
        "cach_tinh": formulas(f),
        "kho_khan": [f"{_lead_of(one)}: {words.rstrip('. ')}." for one in result.clauses for words in one.difficulties],
        "ket": f"Trên đây là kết quả thực hiện {notice_name(result.source)}; chi tiết tại Phụ lục kèm theo./.",
        "ten_phu_luc": f"Kết quả thực hiện {notice_name(result.source)}",
        "kem_theo": f"(Kèm theo Báo cáo số ……/BC-{symbol} {written_day(result.as_of)})",
        "nhiem_vu": [_clause(place, one) for place, one in enumerate(result.clauses, 1)],
    }


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
        return f"{one.done}/{len(one.leads)} đơn vị đã hoàn thành{late}"
    if one.done:
        return "Hoàn thành quá hạn" if one.late else "Hoàn thành đúng hạn" if one.last_day else "Hoàn thành"
    return _STATES[one.states[0]] + (", quá hạn" if one.late else "")
