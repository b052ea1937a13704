"""What is said of measures, for ``test_texts``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from domain.measure_lines import read_line, read_list
from domain.measure_words import Doubt
from domain.measures import Actual, Kind, Level, MeasureLine, MeasureTable, Plan, Verdict, totals
from domain.quantities import Bound
from texts import measures as say

TAKEN_IN = MeasureLine(
    12, "abc", "def", Kind.INDICATOR, "Thu <ngân sách>", "Phòng <Tài chính>", "tỷ đồng",
    Plan("1.200 tỷ đồng", Decimal(1200)), Actual(Decimal("1284.679")), Decimal("107.056"), Verdict.EXCEEDED,
    measured_on=date(2024, 1, 31), said="thu <1.284,679 tỷ>",
)  # fmt: skip
POOR = replace(
    TAKEN_IN, name="Tỷ lệ hộ nghèo", measured_in="%", plan=Plan("dưới 3", Decimal(3), bound=Bound.UNDER),
    actual=Actual(Decimal("2.82")), rate=None, verdict=Verdict.MET, confirmed=True, is_part=True,
)  # fmt: skip
NOTHING_YET = replace(TAKEN_IN, actual=None, rate=None, verdict=None, said="", measured_on=None)
IN_WORDS = replace(NOTHING_YET, plan=Plan("trong quý III"), measured_in="", said="đã trình <hồ sơ>")
OWED = replace(
    TAKEN_IN, kind=Kind.AMOUNT, name="Thu hồi chi sai", measured_in="đồng", verdict=None,
    plan=Plan("286.568.000 đồng", Decimal(286_568_000)), actual=Actual(Decimal(199_013_000)), rate=Decimal("69.447"),
)  # fmt: skip
OWED_NOTHING_YET = replace(OWED, actual=None, rate=None)
PUT_RIGHT = replace(
    TAKEN_IN, kind=Kind.REMEDIATION, name="Lấn chiếm <đất công>", measured_in="", plan=Plan(), actual=None, rate=None,
    verdict=None, level=Level.MOSTLY, difficulty="thiếu <kinh phí>",
)  # fmt: skip
DAY = date(2024, 1, 31)


def _table(kind: Kind, *lines: MeasureLine) -> MeasureTable:
    return MeasureTable(kind, DAY, lines, totals(kind, lines))


def _shown(kind: Kind, *lines: MeasureLine, pages: int = 1) -> Callable[[], str]:
    found = _table(kind, *lines)
    return lambda: say.table(found, found.lines, 1, pages, "Toàn cơ quan")


LISTED = read_list("Chỉ tiêu năm <2024>\nThu ngân sách; tỷ đồng; 1.200; Phòng <A>\n- Tỷ lệ hộ nghèo; %; 3,51\nĐề án; ;")

MESSAGES: dict[str, Callable[[], str]] = {
    "measures.of_card": lambda: say.of_card(TAKEN_IN),
    "measures.of_card poor": lambda: say.of_card(POOR),
    "measures.of_card nothing yet": lambda: say.of_card(NOTHING_YET),
    "measures.of_card in words": lambda: say.of_card(IN_WORDS),
    "measures.of_card owed": lambda: say.of_card(OWED_NOTHING_YET),
    "measures.said_back": lambda: say.said_back(TAKEN_IN, None, 0),
    "measures.said_back owed": lambda: say.said_back(OWED, None, 2),
    "measures.said_back put right": lambda: say.said_back(PUT_RIGHT, "thiếu <kinh phí>.", 1),
    **{f"measures.ask {doubt}": lambda doubt=doubt: say.ask(OWED, doubt) for doubt in Doubt},  # type: ignore[misc]
    "measures.ask level": lambda: say.ask(PUT_RIGHT, Doubt.LEVEL),
    "measures.ask first": lambda: say.ask(OWED_NOTHING_YET, Doubt.UNIT),
    "measures.ask_anew": lambda: say.ask_anew(12, "Thu <ngân sách>"),
    "measures.ask_follow": lambda: say.ask_follow(12),
    "measures.lacks name": lambda: say.lacks(12, read_line("; tỷ đồng; 5")),
    "measures.lacks plan": lambda: say.lacks(12, read_line("Thu <ngân sách>")),
    "measures.lacks unit": lambda: say.lacks(12, read_line("Thu <ngân sách> 1.200")),
    "measures.followed": lambda: say.followed(TAKEN_IN),
    "measures.followed low": lambda: say.followed(POOR),
    "measures.followed put right": lambda: say.followed(PUT_RIGHT),
    "measures.ask_assess": lambda: say.ask_assess(PUT_RIGHT),
    "measures.assessed": lambda: say.assessed(PUT_RIGHT),
    "measures.table": _shown(Kind.INDICATOR, TAKEN_IN, POOR, NOTHING_YET, pages=2),
    "measures.table owed": _shown(Kind.AMOUNT, OWED, OWED_NOTHING_YET),
    "measures.table put right": _shown(Kind.REMEDIATION, PUT_RIGHT, replace(PUT_RIGHT, level=None)),
    "measures.none": lambda: say.none(may_make=False),
    "measures.none office": lambda: say.none(may_make=True),
    "measures.ask_list": say.ask_list,
    "measures.listed": lambda: say.listed(
        LISTED, ["Phòng <A>", "", ""], ["", "chưa rõ “<B>”", "chưa rõ kế hoạch"], DAY
    ),
    "measures.listed undated": lambda: say.listed(LISTED, ["A", "B", "C"], ["", "", ""], None),
}
