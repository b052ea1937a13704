"""The words of the score sheet of a month (Decree 335/2025)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from domain.paperwork import ScoredProduct, ScoreLine, ScoreSheet
from domain.scores import FULL, LATE_LOSES, PROGRESS, QUANTITY, Outcome
from domain.sheets import Facts
from texts.engine import clock, counted, day, number
from texts.papers import of_whom

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
    return f"Số lượng, tiến độ sản phẩm {sheet.period.name}{of_whom(sheet.whose)}"


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
