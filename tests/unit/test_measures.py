"""Plans, verdicts, rates and totals; the lines a clerk types."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.measure_lines import read_line, read_list
from domain.measures import (
    Actual,
    Kind,
    Level,
    MeasureLine,
    Plan,
    Verdict,
    percent_done,
    rate,
    to_one_place,
    totals,
    verdict,
)
from domain.quantities import Bound, read_digits, unit_of_measure
from tests.unit.measure_messages import POOR, TAKEN_IN
from texts import measures as say


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1.284,679", "1284.679"), ("1284.679", "1284.679"), ("199.013.000", "199013000"), ("0,75", "0.75"),
        ("1,284,679", "1284679"), ("1,284.679", "1284.679"), ("199 013 000", "199013000"), ("0.750", "0.750"),
        ("1.600", "1600"), ("35.58", "35.58"), ("01", "1"),
    ],
)  # fmt: skip
def test_digits_are_read_to_the_last_one(written: str, number: str) -> None:
    assert read_digits(written)[0] == Decimal(number)


def test_a_unit_of_measure_has_a_base_and_a_scale() -> None:
    assert unit_of_measure("Tỷ đồng").scale == Decimal(10) ** 9
    assert unit_of_measure("tỷ").is_money
    assert unit_of_measure("trường").base == "truong"
    assert unit_of_measure("nghìn tấn").scale == 1000


@pytest.mark.parametrize(
    ("planned", "name", "actual", "expected"),
    [
        ("689,60", "Tổng thu ngân sách", "1284.679", Verdict.EXCEEDED),
        ("2", "Trường đạt chuẩn", "2", Verdict.MET),
        ("7-8", "Tốc độ tăng trưởng", "10.03", Verdict.EXCEEDED),
        ("7-8", "Tốc độ tăng trưởng", "7.5", Verdict.MET),
        ("7-8", "Tốc độ tăng trưởng", "6.99", Verdict.NOT_MET),
        (">48", "Lao động qua đào tạo", "49", Verdict.MET),
        (">48", "Lao động qua đào tạo", "48", Verdict.NOT_MET),
        ("≥48", "Lao động qua đào tạo", "48", Verdict.MET),
        ("3,51", "Tỷ lệ hộ nghèo", "2.82", Verdict.EXCEEDED),
        ("3,51", "Tỷ lệ hộ nghèo", "3.6", Verdict.NOT_MET),
        ("dưới 3", "Tỷ lệ hộ nghèo", "2.9", Verdict.MET),
        ("dưới 3", "Tỷ lệ hộ nghèo", "3", Verdict.NOT_MET),
        ("không quá 3", "Tỷ lệ thất nghiệp", "3", Verdict.MET),
        ("giảm 3 tiêu chí", "Tai nạn giao thông", "1", Verdict.NOT_MET),
        ("giảm 3 tiêu chí", "Tai nạn giao thông", "4", Verdict.EXCEEDED),
        ("trong quý III", "Hoàn thành đề án", "1", None),
    ],
)
def test_an_indicator_stands_to_its_plan(planned: str, name: str, actual: str, expected: Verdict | None) -> None:
    plan = read_line(f"{name}; %; {planned}").plan
    assert verdict(plan, Actual(Decimal(actual))) is expected


def test_what_is_only_said_to_be_over_a_floor_keeps_it() -> None:
    plan = Plan(">80", Decimal(80), bound=Bound.OVER)
    assert verdict(plan, Actual(Decimal(80), Bound.OVER)) is Verdict.MET
    assert verdict(plan, Actual(Decimal(80))) is Verdict.NOT_MET
    assert verdict(plan, None) is None


def test_a_rate_is_exact_and_a_percent_never_rounded_up() -> None:
    assert to_one_place(rate(Decimal(199_013_000), Decimal(286_568_000)) or Decimal(0)) == Decimal("69.4")
    assert percent_done(Decimal("99.99"), Decimal(100)) == 99
    assert percent_done(Decimal(101), Decimal(100)) == 100
    assert percent_done(Decimal(1), None) is None
    assert rate(None, Decimal(1)) is None


def _line(kind: Kind, **facts: object) -> MeasureLine:
    known = {"number": 1, "directive_code": "v", "code": "c", "kind": kind, "name": "x", "unit": "y", "measured_in": ""}
    return MeasureLine(**{**known, "plan": Plan(), **facts})  # type: ignore[arg-type]


def test_parts_are_shown_but_not_counted() -> None:
    lines = [
        _line(Kind.INDICATOR, verdict=Verdict.MET),
        _line(Kind.INDICATOR, verdict=Verdict.MET, is_part=True),
        _line(Kind.INDICATOR),
    ]
    found = totals(Kind.INDICATOR, lines)
    assert (found.lines, found.verdicts[Verdict.MET], found.open) == (2, 1, 1)


def test_amounts_in_different_units_add_up_in_dong() -> None:
    lines = [
        _line(Kind.AMOUNT, measured_in="triệu đồng", plan=Plan("2", Decimal(2)), actual=Actual(Decimal("1.5"))),
        _line(Kind.AMOUNT, measured_in="đồng", plan=Plan("500", Decimal(500_000))),
    ]
    found = totals(Kind.AMOUNT, lines)
    assert [found.plan, found.recovered, found.left] == [Decimal(n) for n in (2_500_000, 1_500_000, 1_000_000)]
    assert found.unit == "đồng"
    assert lines[0].left == Decimal("0.5")


def test_levels_are_counted() -> None:
    found = totals(Kind.REMEDIATION, [_line(Kind.REMEDIATION, level=Level.DONE), _line(Kind.REMEDIATION)])
    assert found.levels == {Level.DONE: 1, Level.MOSTLY: 0, Level.ONGOING: 0}
    assert found.open == 1


# --- lines ---


@pytest.mark.parametrize(
    ("line", "kind", "name", "measured_in", "number", "unit"),
    [
        ("Thu ngân sách, kế hoạch 1.200 tỷ đồng", Kind.INDICATOR, "Thu ngân sách", "tỷ đồng", "1200", ""),
        (
            "Thu ngân sách 1.200 tỷ; Phòng Tài chính",
            Kind.INDICATOR,
            "Thu ngân sách",
            "tỷ đồng",
            "1200",
            "Phòng Tài chính",
        ),
        ("3\tTỷ lệ hộ nghèo\t%\t3,51\tPhòng Nội vụ", Kind.INDICATOR, "Tỷ lệ hộ nghèo", "%", "3.51", "Phòng Nội vụ"),
        ("Thu hồi chi sai: 24.013.000 đồng; Xã A", Kind.AMOUNT, "Thu hồi chi sai", "đồng", "24013000", "Xã A"),
        ("Khắc phục lấn chiếm đất công; Xã A", Kind.REMEDIATION, "Khắc phục lấn chiếm đất công", "", None, "Xã A"),
    ],
)
def test_a_typed_line_is_understood(
    line: str, kind: Kind, name: str, measured_in: str, number: str | None, unit: str
) -> None:
    read = read_line(line)
    assert (read.kind, read.name, read.measured_in, read.unit_written) == (kind, name, measured_in, unit)
    assert read.plan.number == (Decimal(number) if number else None)
    assert read.problem == ""


@pytest.mark.parametrize(("line", "problem"), [("Thu ngân sách", "plan"), ("Thu ngân sách 1.200", "measured_in")])
def test_what_a_line_lacks_is_named(line: str, problem: str) -> None:
    assert read_line(line).problem == problem


def test_a_pasted_table_has_a_heading_and_parts() -> None:
    text = (
        "Chỉ tiêu năm 2024\nTT\tChỉ tiêu\tĐVT\tKế hoạch\n1\tTổng giá trị\ttỷ đồng\t22,5\n-\tNông nghiệp\ttỷ đồng\t10,5"
    )
    read = read_list(text)
    assert (read.title, read.kind, [line.is_part for line in read.lines]) == (
        "Chỉ tiêu năm 2024",
        Kind.INDICATOR,
        [False, True],
    )


def test_a_sheet_has_figures_as_numbers() -> None:
    assert len(say.HEADS) == len(say.cells(TAKEN_IN))
    assert say.cells(TAKEN_IN)[4:8] == (Decimal(1200), Decimal("1284.679"), Decimal("107.1"), "Đạt (vượt)")
    assert say.cells(POOR)[1] == "- Tỷ lệ hộ nghèo"
    assert say.cells(POOR)[4] == "dưới 3"
