"""What units write of their figures, amounts and shortcomings, sentence by sentence.

A line of the corpus: what it is about, the figure before, the words, what they say. ``unseen.tsv`` was written after
the reader and by other habits.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from domain.measure_words import Followed, Heard, hear
from domain.measures import Kind, Plan
from domain.quantities import Bound

CORPUS = Path(__file__).parents[1] / "corpus" / "measures"


def _indicator(name: str, measured_in: str, plan: Plan) -> Followed:
    return Followed(Kind.INDICATOR, name, measured_in, plan)


def _number(written: str, *, less: bool = False) -> Plan:
    return Plan(written, Decimal(written), less_is_better=less)


ABOUT = {
    "thu": _indicator("Tổng thu ngân sách trên địa bàn", "tỷ đồng", _number("1200")),
    "ngheo": _indicator("Tỷ lệ hộ nghèo", "%", _number("3.51", less=True)),
    "rung": _indicator("Tỷ lệ che phủ rừng", "%", _number("35.1")),
    "quandoi": _indicator("Chỉ tiêu giao quân", "%", _number("100")),
    "vung": _indicator("Xã vững mạnh về quốc phòng", "%", Plan(">80", Decimal(80), bound=Bound.OVER)),
    "luong": _indicator("Sản lượng lương thực", "tấn", _number("72643")),
    "viec": _indicator("Giải quyết việc làm", "người", _number("1600")),
    "truong": _indicator("Trường đạt chuẩn quốc gia", "trường", _number("2")),
    "giay": _indicator("Cấp giấy chứng nhận", "giấy", _number("2500")),
    "tnt": _indicator("Giảm tai nạn giao thông", "tiêu chí", Plan("giảm 3 tiêu chí", Decimal(3))),
    "thuhoi": Followed(Kind.AMOUNT, "Thu hồi nộp ngân sách", "đồng", _number("286568000")),
    "kp": Followed(Kind.REMEDIATION, "Khai thác cát trái phép", "", Plan()),
}


def _lines(name: str) -> list[tuple[str, ...]]:
    text = (CORPUS / name).read_text(encoding="utf-8")
    return [tuple(line.split("\t")) for line in text.splitlines() if line.strip()]


def _about(key: str, last: str) -> Followed:
    known = ABOUT[key]
    return Followed(known.kind, known.name, known.measured_in, known.plan, Decimal(last) if last else None)


def _told(heard: Heard | None) -> str:
    """What was heard, as the corpus writes it."""
    if heard is None:
        return "-"
    if heard.doubt:
        first = heard.level or (f"{heard.choices[0].normalize():f}" if heard.choices else "")
        return f"ask:{heard.doubt} {first}".strip()
    if heard.level:
        return f"level:{heard.level}"
    return f"{(heard.value or Decimal(0)).normalize():f} {heard.bound}".strip()


def _is_right(heard: Heard | None, expected: str) -> bool:
    told = _told(heard)
    return told == expected or (expected in {"ask", "ask:unit"} and told.startswith(expected))


@pytest.mark.parametrize("line", _lines("seen.tsv"), ids=lambda line: line[2][:40])
def test_a_sentence_says_what_it_says(line: tuple[str, ...]) -> None:
    key, last, words, expected = line
    assert _is_right(hear(words, _about(key, last)), expected), _told(hear(words, _about(key, last)))


UNSEEN_FLOOR = 0.85


def test_most_of_the_unseen_sentences_are_read_rightly() -> None:
    wrong = []
    lines = _lines("unseen.tsv")
    for key, last, words, expected in lines:
        heard = hear(words, _about(key, last))
        if not _is_right(heard, expected):
            wrong.append(f"{words!r}: {_told(heard)}, not {expected}")
    assert 1 - len(wrong) / len(lines) >= UNSEEN_FLOOR, "\n".join(wrong)
