"""The pack of the weekly meeting: what it says, what it proposes to conclude, and when it is handed out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.calendar import OfficeCalendar
from domain.figures import Figures, Movement, Period, UnitFigures
from domain.obstacles import Raised
from domain.office import Meeting
from domain.weeks import monday_of

WEEK = timedelta(days=7)
WORST_UNITS = 4  # each gets one sentence
NUMBERS = 5  # named in a sentence
PER_RULE = 3  # sentences of each other rule
DIFFICULT_DAYS = 3  # calendar days without an answer
WAITED_DAYS = 2  # calendar days on the approver's desk
BEHIND = 50  # percent: less than that a week before its day


# --- when ---


def meeting_of(day: date, rules: Meeting, calendar: OfficeCalendar) -> date | None:
    """The meeting in a day's week: on the working day before where its own is off; None in a week without any."""
    monday = monday_of(day)
    held = calendar.on_or_before(monday + timedelta(days=rules.weekday))
    return held if held >= monday else None


def next_meeting(day: date, rules: Meeting, calendar: OfficeCalendar) -> date:
    """The first meeting on a day or after it."""
    for week in range(54):
        held = meeting_of(day + week * WEEK, rules, calendar)
        if held is not None and held >= day:
            return held
    raise ValueError(f"no working day in a year after {day}")


def pack_day(meeting: date, rules: Meeting, calendar: OfficeCalendar) -> date:
    """The day the pack of a meeting is handed out: a working day, before the meeting unless meant for the same day."""
    ahead = (rules.weekday - rules.pack_weekday) % 7
    planned = monday_of(meeting) + timedelta(days=rules.weekday - ahead)
    latest = calendar.previous_working(meeting) if ahead else meeting
    return calendar.on_or_before(min(planned, latest))


# --- what ---


class Ground(StrEnum):
    """Where the words about a late directive come from."""

    EXPLANATION = "explanation"
    DIFFICULTY = "difficulty"
    REPORT = "report"


@dataclass(frozen=True)
class Reason:
    """What the unit has said of a late directive; ``on`` is the local day."""

    ground: Ground
    text: str
    on: date


@dataclass(frozen=True)
class Line:
    """A directive in a list of the pack.

    Attributes:
        days: calendar days late, or waited.
        reason: of a late one: the last that was said of it.
        until: of a request: the last day asked for, or granted.
        before: of an extension: the last day it had.
    """

    number: int
    code: str
    text: str
    unit: str
    last_day: date | None = None
    days: int = 0
    percent: int | None = None
    contact: str | None = None
    reason: Reason | None = None
    until: date | None = None
    before: date | None = None


class Want(StrEnum):
    """What a proposed conclusion asks for."""

    FINISH = "finish"  # overdue: be done by a day, and say why it is late
    ANSWER = "answer"  # a difficulty that nobody has answered
    DECIDE = "decide"  # what waits for a decision
    TAKE = "take"  # given and not acknowledged
    WATCH = "watch"  # due soon, with little done


@dataclass(frozen=True)
class Conclusion:
    """One proposed sentence.

    Attributes:
        unit: whom it asks; empty for the office.
        others: further units with the very same work: a clause given to many is one sentence.
        numbers: of which directives, the worst first.
        more: how many further ones it is about.
        by: until when.
        days: how long the worst has been late, or has waited.
        explain: FINISH only: no reason has been given yet.
        percent: WATCH only: how far it is.
    """

    want: Want
    unit: str
    numbers: tuple[int, ...]
    by: date
    more: int = 0
    days: int = 0
    explain: bool = False
    percent: int | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class PackFacts:
    """All that the pack of a week says.

    Attributes:
        whose: whose directives these are, in words.
        period: the week, up to the day the figures are of.
        made_at: aware: when it was drawn up.
        meeting: the day it is for.
        next_meeting: the one after that.
        figures: at the end of the period.
        before: at the end of the week before.
        week: what happened in the period.
        last_week: what happened in the whole week before.
        units: those that have anything, the worst first.
        ahead: the days whose deadlines ``due`` lists.
        overdue: the longest late first.
        raised: difficulties and proposals that are open.
        due: the soonest first.
        approvals: what waits for approval, the longest first.
        requests: requests for more time that wait.
        untaken: given and not acknowledged, the longest first.
        extended: granted in the period.
    """

    whose: str
    period: Period
    made_at: datetime
    meeting: date
    next_meeting: date
    figures: Figures
    before: Figures
    week: Movement
    last_week: Movement
    units: tuple[UnitFigures, ...]
    ahead: Period
    overdue: tuple[Line, ...] = ()
    raised: tuple[Raised, ...] = ()
    due: tuple[Line, ...] = ()
    approvals: tuple[Line, ...] = ()
    requests: tuple[Line, ...] = ()
    untaken: tuple[Line, ...] = ()
    extended: tuple[Line, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing is open and nothing happened."""
        return not self.figures.open and self.week == Movement() and self.last_week == Movement()

    @property
    def waiting(self) -> int:
        """All that waits for a decision."""
        return len(self.approvals) + len(self.requests)

    @property
    def conclusions(self) -> tuple[Conclusion, ...]:
        """What the meeting might conclude, by rules: a sentence per worst case, the gravest kind first."""
        return tuple(each for rule in RULES for each in rule(self))


# --- the rules ---


def _by_unit(lines: Iterable[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.unit].append(line)
    return found


def _alike(units: Iterable[tuple[str, list[Line]]]) -> list[tuple[tuple[str, ...], list[Line]]]:
    """Units that have the very same tasks together, with all their lines; in the order of their first."""
    found: dict[tuple[tuple[str, date | None], ...], list[tuple[str, list[Line]]]] = defaultdict(list)
    for unit, lines in units:
        found[tuple((line.text, line.last_day) for line in lines)].append((unit, lines))
    return [(tuple(unit for unit, _ in same), [line for _, some in same for line in some]) for same in found.values()]


def _ask(want: Want, units: Sequence[str], lines: Sequence[Line], by: date, **more: Any) -> Conclusion:
    numbers = tuple(line.number for line in lines[:NUMBERS])
    rest = max(0, len(lines) - NUMBERS)
    return Conclusion(want, units[0], numbers, by, more=rest, others=tuple(units[1:]), **more)


def _finish(facts: PackFacts) -> Iterator[Conclusion]:
    """The units with the most overdue."""
    worst = sorted(_by_unit(facts.overdue).items(), key=lambda item: (-len(item[1]), -item[1][0].days))
    for units, lines in _alike(worst)[:WORST_UNITS]:
        explain = any(line.reason is None or line.reason.ground is not Ground.EXPLANATION for line in lines)
        days = max(line.days for line in lines)
        yield _ask(Want.FINISH, units, lines, facts.next_meeting, days=days, explain=explain)


def _answer(facts: PackFacts) -> Iterator[Conclusion]:
    """Difficulties that have waited for an answer."""
    waiting = [item for item in facts.raised if item.answer is None and item.days >= DIFFICULT_DAYS]
    for item in sorted(waiting, key=lambda item: -item.days)[:PER_RULE]:
        yield Conclusion(Want.ANSWER, item.lead, (item.number,), facts.next_meeting, days=item.days)


def _decide(facts: PackFacts) -> Iterator[Conclusion]:
    """What waits for a decision, in one sentence."""
    waiting = [line for line in (*facts.approvals, *facts.requests) if line.days >= WAITED_DAYS]
    if waiting:
        waiting.sort(key=lambda line: -line.days)
        numbers = tuple(dict.fromkeys(line.number for line in waiting))
        more = max(0, len(numbers) - NUMBERS)
        yield Conclusion(Want.DECIDE, "", numbers[:NUMBERS], facts.meeting, more=more, days=waiting[0].days)


def _take(facts: PackFacts) -> Iterator[Conclusion]:
    """What nobody has acknowledged for a day or more, by unit."""
    silent = _by_unit(line for line in facts.untaken if line.days)
    for units, lines in _alike(sorted(silent.items(), key=lambda item: -item[1][0].days))[:PER_RULE]:
        yield _ask(Want.TAKE, units, lines, facts.meeting, days=lines[0].days)


def _watch(facts: PackFacts) -> Iterator[Conclusion]:
    """What is due soon and hardly begun."""
    behind = [line for line in facts.due if (line.percent or 0) < BEHIND and line.last_day is not None]
    for units, lines in _alike((line.unit, [line]) for line in behind)[:PER_RULE]:
        assert lines[0].last_day is not None  # noqa: S101 - just asked
        percent = max((line.percent for line in lines if line.percent is not None), default=None)
        yield _ask(Want.WATCH, units, lines, lines[0].last_day, percent=percent)


RULES: tuple[Callable[[PackFacts], Iterator[Conclusion]], ...] = (_finish, _answer, _decide, _take, _watch)
