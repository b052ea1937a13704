"""What ``/lich`` shows: a month of the office's calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from domain.months import Day, DayKind, Month, Occasion
from texts.engine import render

THIS_MONTH = "Tháng này"
_HEAD = " T2  T3  T4  T5  T6  T7  CN"
_OFF, _MADE_UP, _TODAY, _DUE = "*", "+", "›", "!"
_SIGNS = {_OFF: "nghỉ", _MADE_UP: "làm bù", _DUE: "có hạn", _TODAY: "hôm nay"}
MOST_DUES = 12  # days with something due that are listed


@dataclass(frozen=True)
class DueDay:
    """A day with something due: its directives' numbers, or how many."""

    date: date
    numbers: tuple[int, ...]
    count: int


@dataclass(frozen=True)
class Hours:
    """The office's hours, local."""

    work: tuple[time, ...]  # from, to, from, to
    quiet_from: time
    quiet_until: time

    @property
    def spans(self) -> list[tuple[time, time]]:
        """Each from and to."""
        return list(zip(self.work[::2], self.work[1::2], strict=True))


def month(m: Month, hours: Hours, whose: str | None, dues: Sequence[DueDay]) -> str:
    """A month.

    Args:
        m: its days.
        hours: when the office works and when it is left in peace.
        whose: the unit, or the field, whose due days follow; None where they are not shown (in a group).
        dues: in order.
    """
    due = {one.date for one in dues}
    rows = [_row(week, due) for week in m.weeks]
    signs = [f"{sign} {words}" for sign, words in _SIGNS.items() if any(sign in row for row in rows)]
    return render(
        "calendar_month",
        m=m,
        rows=[_HEAD, *rows],
        signs=signs,
        occasions=[_occasion(o) for o in m.occasions],
        hours=hours,
        whose=whose,
        dues=dues[:MOST_DUES],
        more=len(dues) - len(dues[:MOST_DUES]),
    )


def _row(week: Sequence[Day | None], due: set[date]) -> str:
    return "".join("    " if day is None else _cell(day, due) for day in week).rstrip()


def _cell(day: Day, due: set[date]) -> str:
    """Four letters: today's sign, the day, what it is."""
    off = {DayKind.HOLIDAY: _OFF, DayKind.CLOSED: _OFF, DayKind.MADE_UP: _MADE_UP}.get(day.kind, " ")
    return f"{_TODAY if day.is_today else ' '}{day.date.day:>2}{_DUE if day.date in due else off}"


def _occasion(o: Occasion) -> str:
    words = {DayKind.MADE_UP: "làm bù", DayKind.CLOSED: "cơ quan nghỉ"}.get(o.kind, o.name)
    days = _short(o.first) if o.first == o.last else f"{_short(o.first)}–{_short(o.last)}"
    return f"{days}: {words}"


def _short(day: date) -> str:
    return f"{day.day}/{day.month}"


def due_days(counts: Mapping[date, int], numbers: Mapping[date, tuple[int, ...]]) -> Iterator[DueDay]:
    """The days with something due, in order."""
    for day in sorted(counts):
        yield DueDay(day, numbers.get(day, ()), counts[day])


def not_understood(words: str) -> str:
    """No month of the years that are shown."""
    return render("calendar_not_understood", words=words)
