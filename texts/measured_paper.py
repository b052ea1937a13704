"""The rows of indicators, amounts and remediation in a paper."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from domain.measures import Kind, MeasureLine, MeasureTable
from domain.sheets import Facts
from texts.engine import exact
from texts.measures import figure, outcome, percent

NOTHING = "–"


def measure_facts(tables: Sequence[MeasureTable]) -> Facts:
    """The tables of each kind; empty where there is none."""
    of = {table.kind: table for table in tables}
    indicators, amounts, remediation = (of.get(kind) for kind in (Kind.INDICATOR, Kind.AMOUNT, Kind.REMEDIATION))
    return {
        "chi_tieu": [_indicator(str(n), one) for n, one in enumerate(indicators.lines, 1)] if indicators else [],
        "thu_hoi": _amounts(amounts) if amounts else [],
        "khac_phuc": [_remediation(str(n), one) for n, one in enumerate(remediation.lines, 1)] if remediation else [],
    }


def _indicator(place: str, one: MeasureLine) -> Facts:
    return {
        "stt": place,
        "ten": one.name,
        "don_vi_tinh": one.measured_in,
        "ke_hoach": one.plan.written or NOTHING,
        "thuc_hien": figure(one.actual) or NOTHING,
        "ty_le": percent(one.rate) or NOTHING,
        "danh_gia": outcome(one),
    }


def _amounts(table: MeasureTable) -> list[Facts]:
    rows = [_amount(str(n), one) for n, one in enumerate(table.lines, 1)]
    t = table.totals
    if len(rows) < 2 or t.plan is None:
        return rows
    left = t.plan - (t.recovered or 0)
    total = ("", f"Cộng ({t.unit})", "", _number(t.plan), _number(t.recovered), _number(max(left, Decimal(0))))
    return [*rows, _amount_row(*total, percent(t.rate))]


def _amount(place: str, one: MeasureLine) -> Facts:
    name = f"{one.name} ({one.measured_in})" if one.measured_in else one.name
    planned, left = one.plan.written or _number(one.plan.number), _number(one.left)
    return _amount_row(place, name, one.unit, planned, figure(one.actual), left, percent(one.rate))


def _amount_row(place: str, name: str, unit: str, planned: str, recovered: str, left: str, rate: str) -> Facts:
    return {
        "stt": place,
        "ten": name,
        "don_vi": unit,
        "phai_thu": planned,
        "da_thu": recovered or NOTHING,
        "con_lai": left,
        "ty_le": rate or NOTHING,
    }


def _number(value: Decimal | None) -> str:
    return NOTHING if value is None else exact(value)


def _remediation(place: str, one: MeasureLine) -> Facts:
    return {
        "stt": place,
        "ten": one.name,
        "don_vi": one.unit,
        "muc_do": outcome(one),
        "ket_qua": one.said or "Chưa báo cáo",
        "kho_khan": one.difficulty or "",
    }
