"""What a directive is measured by: an indicator with a plan, an amount to recover, a shortcoming to put right.

An indicator is reached, exceeded or not (Đạt / Đạt (vượt) / Không đạt); of an amount counts what is recovered of the
whole; a shortcoming stands at one of three levels. Figures are exact: ``Decimal`` throughout.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum

from domain.quantities import MONEY, Bound, UnitOfMeasure, unit_of_measure


class Kind(StrEnum):
    """What is followed of a directive."""

    INDICATOR = "indicator"  # chỉ tiêu
    AMOUNT = "amount"  # số tiền phải thu hồi
    REMEDIATION = "remediation"  # khắc phục tồn tại, hạn chế


class Level(StrEnum):
    """How far a shortcoming is put right."""

    DONE = "done"  # Đã khắc phục
    MOSTLY = "mostly"  # Đã cơ bản khắc phục
    ONGOING = "ongoing"  # Đã và đang khắc phục


class Verdict(StrEnum):
    """How an indicator stands to its plan."""

    EXCEEDED = "exceeded"  # Đạt (vượt)
    MET = "met"  # Đạt
    NOT_MET = "not_met"  # Không đạt


@dataclass(frozen=True)
class Plan:
    """What is to be reached.

    Attributes:
        written: as people read it: "7-8", ">48", "giảm 3 tiêu chí", "1.200".
        number: exact, in the measure's unit; of a range its lower end; None where the plan is words alone.
        upper: the upper end of a range.
        bound: of a plan that is a floor or a ceiling.
        less_is_better: tỷ lệ hộ nghèo, tai nạn …
    """

    written: str = ""
    number: Decimal | None = None
    upper: Decimal | None = None
    bound: Bound = Bound.NONE
    less_is_better: bool = False

    @property
    def lowers(self) -> bool:
        """Whether a lower figure is the better one."""
        return self.less_is_better or self.bound in {Bound.UNDER, Bound.AT_MOST}


@dataclass(frozen=True)
class Actual:
    """What was reached: exact, or only said to be over or under a number."""

    number: Decimal
    bound: Bound = Bound.NONE


def verdict(plan: Plan, actual: Actual | None) -> Verdict | None:
    """How an actual figure stands to its plan; None where that cannot be worked out.

    A floor (">48") or a ceiling that is kept is reached: by how much it is passed is for people to judge. A range is
    exceeded above its upper end, or below its lower one where less is better.
    """
    if actual is None or plan.number is None:
        return None
    if plan.bound:
        return Verdict.MET if _keeps(plan.number, plan.bound, actual) else Verdict.NOT_MET
    lower, upper = plan.number, plan.upper if plan.upper is not None else plan.number
    best, least = (lower, upper) if plan.lowers else (upper, lower)
    sign = -1 if plan.lowers else 1
    if sign * (actual.number - best) > 0 or (actual.number == best and actual.bound is _beyond(plan)):
        return Verdict.EXCEEDED
    return Verdict.MET if sign * (actual.number - least) >= 0 else Verdict.NOT_MET


def _beyond(plan: Plan) -> Bound:
    return Bound.UNDER if plan.lowers else Bound.OVER


def _keeps(number: Decimal, bound: Bound, actual: Actual) -> bool:
    """Whether a figure keeps to a floor or a ceiling; ">80" said of a plan ">80" does."""
    if actual.bound is bound and actual.number == number:
        return True
    match bound:
        case Bound.OVER:
            return actual.number > number
        case Bound.AT_LEAST:
            return actual.number >= number
        case Bound.UNDER:
            return actual.number < number
        case _:
            return actual.number <= number


def rate(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Part of whole in percent, exact to 28 digits; None where there is nothing to divide."""
    return None if part is None or not whole else part * 100 / whole


def to_one_place(percent: Decimal) -> Decimal:
    """A rate as tables write it: one place, halves up."""
    return percent.quantize(Decimal("0.1"), ROUND_HALF_UP)


def percent_done(part: Decimal, whole: Decimal | None) -> int | None:
    """The directive's percent of an amount recovered: 0 to 100, never rounded up to what is not reached."""
    reached = rate(part, whole)
    if reached is None:
        return None
    return int(min(max(reached, Decimal(0)), Decimal(100)).to_integral_value(ROUND_FLOOR))


def planned_in(written: str, measured_in: str) -> str:
    """A plan as people read it, with its unit of measure unless that stands in it: "1.200 tỷ đồng", "7-8 %"."""
    if not written or not measured_in or measured_in.lower() in written.lower():
        return written
    return f"{written} {measured_in.lower() if measured_in[1:].islower() else measured_in}"


# --- tables ---


@dataclass(frozen=True)
class MeasureLine:
    """One measure as it stood on a day.

    Attributes:
        number: the directive's.
        code: the measure's.
        unit: the lead unit's name.
        actual: None where nothing was reported by then.
        rate: actual of plan, in percent; of indicators that are numbers and of amounts.
        verdict: of an indicator, worked out, or as the assigner's side found.
        level: of a shortcoming.
        confirmed: whether verdict or level is the assigner's side's word.
        difficulty: what stands in the way, as last told and still open.
        said: the unit's words that the line rests on.
        measured_on: the local day of them.
        is_part: part of the line above it: shown, not counted.
    """

    number: int
    directive_code: str
    code: str
    kind: Kind
    name: str
    unit: str
    measured_in: str
    plan: Plan
    actual: Actual | None = None
    rate: Decimal | None = None
    verdict: Verdict | None = None
    level: Level | None = None
    confirmed: bool = False
    difficulty: str | None = None
    said: str = ""
    measured_on: date | None = None
    is_part: bool = False

    @property
    def left(self) -> Decimal | None:
        """Of an amount: what is still to be recovered, in its unit of measure; never below nothing."""
        if self.kind is not Kind.AMOUNT or self.plan.number is None:
            return None
        return max(self.plan.number - (self.actual.number if self.actual else 0), Decimal(0))


@dataclass(frozen=True)
class Totals:
    """What the lines of a table come to. Parts of another line are not counted.

    Attributes:
        lines: how many are counted.
        verdicts: indicators by verdict; those without one are ``lines`` less all of these.
        levels: shortcomings by level, likewise.
        unit: what the sums are in; "" where the lines cannot be added up.
        plan: sum to be recovered.
        recovered: sum recovered.
    """

    lines: int
    verdicts: dict[Verdict, int]
    levels: dict[Level, int]
    unit: str = ""
    plan: Decimal | None = None
    recovered: Decimal | None = None

    @property
    def rate(self) -> Decimal | None:
        """Recovered of all that is to be, in percent."""
        return rate(self.recovered, self.plan)

    @property
    def left(self) -> Decimal | None:
        """What is still to be recovered."""
        return None if self.plan is None or self.recovered is None else self.plan - self.recovered

    @property
    def open(self) -> int:
        """Those without a verdict or level."""
        return self.lines - sum(self.verdicts.values()) - sum(self.levels.values())


@dataclass(frozen=True)
class MeasureTable:
    """The measures of one kind as they stood at the end of a day."""

    kind: Kind
    as_of: date
    lines: tuple[MeasureLine, ...]
    totals: Totals


def totals(kind: Kind, lines: Iterable[MeasureLine]) -> Totals:
    """Count and add up the lines of a table."""
    counted = [line for line in lines if not line.is_part]
    verdicts = {v: sum(line.verdict is v for line in counted) for v in Verdict} if kind is Kind.INDICATOR else {}
    levels = {v: sum(line.level is v for line in counted) for v in Level} if kind is Kind.REMEDIATION else {}
    whole = _sums(counted) if kind is Kind.AMOUNT else ("", None, None)
    return Totals(len(counted), verdicts, levels, *whole)


def _sums(lines: Sequence[MeasureLine]) -> tuple[str, Decimal | None, Decimal | None]:
    """What the sums are in, and both sums: in the lines' own unit where they share one, in đồng where all are money."""
    units = {line.measured_in for line in lines}
    if not lines or any(line.plan.number is None for line in lines):
        return "", None, None
    if len(units) == 1:
        return units.pop(), *_added(lines, [Decimal(1)] * len(lines))
    scales: list[UnitOfMeasure] = [unit_of_measure(line.measured_in) for line in lines]
    if not all(unit.is_money for unit in scales):
        return "", None, None
    return MONEY, *_added(lines, [unit.scale for unit in scales])


def _added(lines: Sequence[MeasureLine], scales: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    both = list(zip(lines, scales, strict=True))
    plan = sum((line.plan.number * scale for line, scale in both if line.plan.number is not None), Decimal(0))
    recovered = sum((line.actual.number * scale for line, scale in both if line.actual), Decimal(0))
    return plan, recovered
