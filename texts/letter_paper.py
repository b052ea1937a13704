"""The words of a letter that urges units."""

from __future__ import annotations

from collections.abc import Iterator

from domain.paperwork import Letter, UrgedUnit
from domain.sheets import Facts, written_day
from texts.engine import counted, office_name
from texts.papers import capital, tasks, unfinished_rows


def letter_facts(letter: Letter, office: str, symbol: str) -> Facts:
    """The words of a letter to a unit or to several."""
    many = len(letter.units) > 1
    return {
        "trich_yeu": "đôn đốc thực hiện nhiệm vụ được giao",
        "kinh_gui": [unit.name for unit in letter.units],
        "tinh_hinh": [_stands(letter)],
        "tong_hop": [_urged(place, unit) for place, unit in enumerate(letter.units, 1)] if many else [],
        "yeu_cau_mo_dau": f"{capital(office_name(office))} yêu cầu {_addressed(letter)}:",
        "yeu_cau": list(_asked(letter)),
        "ket": "Đề nghị các đơn vị nghiêm túc thực hiện./."
        if many
        else f"Đề nghị {_addressed(letter)} nghiêm túc thực hiện./.",
        "ten_phu_luc": "Danh mục nhiệm vụ quá hạn, sắp đến hạn",
        "kem_theo": f"(Kèm theo Công văn số ……/{symbol} {written_day(letter.as_of)})",
        "qua_han": unfinished_rows([one for unit in letter.units for one in unit.overdue]),
        "sap_han": unfinished_rows([one for unit in letter.units for one in unit.soon]),
    }


def _addressed(letter: Letter) -> str:
    return "các đơn vị" if len(letter.units) > 1 else letter.units[0].name


def _stands(letter: Letter) -> str:
    late = sum(len(unit.overdue) for unit in letter.units)
    near = sum(len(unit.soon) for unit in letter.units)
    who = f"{counted(len(letter.units))} đơn vị" if len(letter.units) > 1 else letter.units[0].name
    parts = [f"{tasks(late)} quá hạn chưa hoàn thành" if late else ""]
    parts.append(f"{tasks(near)} đến hạn trong {counted(letter.soon_days)} ngày tới" if near else "")
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
