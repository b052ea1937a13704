"""The monthly score of Decree 335/2025, worked by hand: a late product loses a quarter, an excused one nothing."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from domain.calendar import OFFICE_ZONE
from domain.paperwork import ScoredProduct, ScoreLine, ScoreSheet
from domain.periods import ReportPeriod, Span
from domain.scores import Outcome, Product, Score, outcome, score
from exports.scores_xlsx import ScoreBook, ScoreRow, scores_xlsx
from texts import score_paper as say

FEBRUARY = ReportPeriod(2024, Span.MONTH, 2)


def product(
    due: date | None = date(2024, 2, 10),
    came: date | None = None,
    *,
    extended: date | None = None,
    objectively: date | None = None,
    waits: bool = False,
    excused: bool = False,
) -> Product:
    """A product due on 10 February: handed in on a day and approved, unless it ``waits``."""
    return Product(
        number=1,
        text="Báo cáo biên chế",
        unit_id=1,
        person_id=1,
        last_day=extended or objectively or due,
        first_last_day=due,
        excused_until=objectively,
        submitted_on=came,
        is_done=came is not None and not waits,
        is_waiting=waits,
        is_excused=excused,
    )


def of_february(one: Product) -> Outcome | None:
    return outcome(one, FEBRUARY.first, FEBRUARY.last)


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        (product(came=date(2024, 2, 9)), Outcome.IN_TIME),
        (product(came=date(2024, 2, 10)), Outcome.IN_TIME),  # the last day is on time
        (product(came=date(2024, 2, 11)), Outcome.LATE),
        (product(due=None, came=date(2024, 2, 20)), Outcome.IN_TIME),
        (product(due=date(2024, 3, 15), came=date(2024, 2, 20)), Outcome.IN_TIME),  # ahead of its month
        (product(came=date(2024, 2, 11), excused=True), Outcome.EXCUSED),
    ],
)
def test_what_was_done_in_the_month(one: Product, wanted: Outcome) -> None:
    assert of_february(one) is wanted


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        # more time for a confirmed objective reason costs nothing, within it
        (product(came=date(2024, 2, 20), objectively=date(2024, 2, 20)), Outcome.EXCUSED),
        (product(came=date(2024, 2, 21), objectively=date(2024, 2, 20)), Outcome.LATE),
        # more time without one moves the deadline, but the first one still counts for the points
        (product(came=date(2024, 2, 18), extended=date(2024, 2, 20)), Outcome.LATE),
        (product(came=date(2024, 2, 8), extended=date(2024, 2, 20)), Outcome.IN_TIME),
        (product(extended=date(2024, 3, 5)), None),  # not due yet
        (product(extended=date(2024, 2, 25)), Outcome.OWED),
    ],
)
def test_what_was_extended(one: Product, wanted: Outcome | None) -> None:
    assert of_february(one) is wanted


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        (product(), Outcome.OWED),
        (product(due=date(2024, 1, 10)), Outcome.OWED),  # owed again each month until it is done
        (product(came=date(2024, 3, 2)), Outcome.OWED),  # done in March: then it counts there
        (product(excused=True), Outcome.OWED_EXCUSED),
        (product(came=date(2024, 2, 12), waits=True), Outcome.WAITING),
        (product(due=None), None),
        (product(due=date(2024, 3, 1)), None),
        (product(came=date(2024, 1, 31)), None),  # was January's
    ],
)
def test_what_was_not_done_in_the_month(one: Product, wanted: Outcome | None) -> None:
    assert of_february(one) is wanted


def test_nine_in_time_and_one_late_are_nine_and_three_quarters_of_ten() -> None:
    found = score([Outcome.IN_TIME] * 9 + [Outcome.LATE])
    assert (found.given, found.done) == (10, 10)
    assert found.points == 975
    assert found.quantity == 100
    assert found.progress == 97.5


def test_an_excused_one_loses_nothing_and_an_owed_one_all() -> None:
    found = score([Outcome.IN_TIME, Outcome.EXCUSED, Outcome.LATE, Outcome.OWED])
    assert (found.given, found.done) == (4, 3)
    assert found.points == 100 + 100 + 75
    assert found.quantity == 75
    assert found.progress == 68.75


def test_what_waits_and_what_is_objectively_owed_counts_neither_way() -> None:
    assert score([Outcome.WAITING, Outcome.OWED_EXCUSED, Outcome.LATE]).progress == 75


def test_nothing_given_has_no_percent() -> None:
    assert Score().quantity is None
    assert Score().progress is None


# --- on the sheet ---


def sheet() -> ScoreSheet:
    nam = score([Outcome.IN_TIME, Outcome.LATE, Outcome.EXCUSED])
    unit = score([Outcome.IN_TIME, Outcome.LATE, Outcome.EXCUSED, Outcome.OWED])
    lines = (
        ScoreLine("Phòng Nội vụ", None, "Phòng Nội vụ", unit, is_unit=True),
        ScoreLine("Phòng Nội vụ", 1, "Phạm Văn Nam", nam),
    )
    late = product(came=date(2024, 2, 14))
    shown = (
        ScoredProduct(late, Outcome.LATE, "Phòng Nội vụ", "=cmd()"),
        ScoredProduct(product(came=date(2024, 2, 9)), Outcome.IN_TIME, "Phòng Nội vụ", "Phạm Văn Nam"),
    )
    known = datetime(2024, 3, 1, 8, tzinfo=OFFICE_ZONE)
    return ScoreSheet(FEBRUARY, "Phòng Nội vụ", known, lines, shown)


def test_the_sheet_says_points_percent_and_formula() -> None:
    facts = say.score_facts(sheet())
    unit, nam = facts["diem"]  # type: ignore[misc]
    assert (unit["stt"], unit["diem"], unit["so_luong"], unit["tien_do"]) == ("I", "2,75/4", "75,0 %", "68,8 %")
    assert (nam["stt"], nam["ten"], nam["diem"], nam["tien_do"]) == ("1", "Phạm Văn Nam", "2,75/3", "91,7 %")
    rules = " ".join(say.score_rules())
    assert "tổng điểm tiến độ ÷ số sản phẩm được giao × 100" in rules
    assert "trừ 25 %" in rules
    assert "tự đánh giá" in str(facts["ket"])


def test_only_products_that_explain_missing_points_are_listed_in_the_paper() -> None:
    (one,) = say.score_facts(sheet())["chi_tiet"]  # type: ignore[misc]
    assert one["ghi_chu"] == "Chậm: trừ 25 % điểm tiến độ"
    assert (one["han"], one["nop"]) == ("10/02/2024", "14/02/2024")


def test_the_workbook_works_the_points_out_by_formula_and_runs_nobodys_words() -> None:
    one = sheet()
    rows = tuple(
        ScoreRow(place, line.name, line.score, line.is_unit)
        for place, line in zip(say.places(one.lines), one.lines, strict=True)
    )
    products = tuple(say.product_row(each) for each in one.products)
    content = scores_xlsx(ScoreBook("UBND", "Điểm", say.score_rules(), rows, products, say.scores_note(one)))
    book = load_workbook(io.BytesIO(content))
    scores, listed = book["Điểm"], book["Sản phẩm"]
    assert [scores.cell(6, column).value for column in (3, 4, 5, 6, 7)] == [4, 3, 1, 1, 1]
    assert scores["I6"].value == "=D6-E6*0.25"
    assert scores["K6"].value == '=IF(C6=0,"",ROUND(I6/C6*100,1))'
    assert listed["C2"].value == "Phòng Nội vụ, =cmd()"
    assert listed["C2"].data_type == "s"
    assert listed.freeze_panes == "A2"
