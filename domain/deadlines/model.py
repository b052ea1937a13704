"""What a deadline is, and what may be doubtful about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

# What a person should look at before confirming; shown as it stands.
BEFORE_NOTICE = "hạn trước ngày văn bản"
DAY_OFF = "rơi vào ngày nghỉ"
NO_YEAR = "không ghi năm"
NEXT_YEAR = "ngày này đã qua trong năm của văn bản, lấy năm sau"
NO_MONTH = "không ghi tháng"
NO_DAY = "không ghi ngày"
NOT_A_DATE = "ngày không có thật"
NO_ISSUE_DATE = "chưa rõ ngày ban hành để tính hạn"
EVENT = "tính từ một sự việc chưa rõ ngày"
NO_HOUR = "tính theo giờ, chưa rõ giờ bắt đầu"
CITED = "nhắc lại chỉ đạo đã có, cần xem còn hiệu lực không"
RECEIPT = "tính từ ngày nhận, lấy theo ngày văn bản"
VAGUE = "thời điểm chưa rõ, cần hỏi lại"
WEEKDAY_DIFFERS = "thứ không khớp với ngày"
NEEDS_CONFIRMATION = "cần xác nhận"


class ImpossibleDate(ValueError):
    """A day that no calendar has. ``given`` is as written: "31/02"."""

    def __init__(self, given: str) -> None:
        super().__init__(given)
        self.given = given


@dataclass(frozen=True)
class Deadline:
    """By when a task is due, as written and as understood.

    Args:
        date: the day named, or the last day of the period named; None where it cannot be known.
        inclusive: whether ``date`` itself still counts; "trước ngày 07/02" does not include it.
        time: the hour on ``date``, in the office's zone.
        start: the first day of the interval, where one is named.
        text: the words, exactly as in the source.
        span: where ``text`` stands in the source, as [start, end) in characters.
        rule: how the words became a date, in Vietnamese: "quý IV/2026 → 31/12/2026".
        recurring: the recurrence in its own words; ``date`` is then the first occurrence.
        warnings: what a person should look at, in Vietnamese.
    """

    date: dt.date | None
    inclusive: bool = True
    time: dt.time | None = None
    start: dt.date | None = None
    text: str = ""
    span: tuple[int, int] = (0, 0)
    rule: str = ""
    recurring: str | None = None
    warnings: tuple[str, ...] = ()

    def last_day(self, before_means: Literal["previous_day", "same_day"] = "previous_day") -> dt.date | None:
        """The last day on which finishing is on time.

        Args:
            before_means: what "trước ngày X" allows: up to the day before (the words' own
                meaning), or X itself, as some offices take it.
        """
        if self.date is None or self.inclusive or before_means == "same_day":
            return self.date
        return self.date - dt.timedelta(days=1)
