"""Hours as they stand beside a day: "17h30", "10 giờ 30 phút", "5 giờ chiều", "9 rưỡi sáng"."""

from __future__ import annotations

import re
from datetime import time

from domain.deadlines.words import without_diacritics

PART_OF_DAY = "sáng|trưa|chiều|tối|đêm"
HOUR = (
    r"(?P<h>\d{1,2})\s*(?:giờ|h|g(?=\s|\d)|:(?=\d\d))\s*"
    r"(?:(?P<min>\d{1,2})(?!\d|\s*[/.-]\s*\d| tháng)\s*(?:phút|"
    r"p\b|')?"
    r"|(?P<half>rưỡi))?"
    rf"(?: (?P<part>{PART_OF_DAY})(?! (?:mai|mốt|kia|nay)\b))?"
)
AFTERNOON = ("chieu", "toi", "dem")
END_OF_DAY = time(23, 59)  # "24 giờ ngày 30/4" is the end of that day, and 00:00 would be its beginning


def hour_of(match: re.Match[str], part: str = "") -> time | None:
    """The hour that a match of ``HOUR`` names; None where no clock shows it.

    Args:
        match: the match.
        part: the part of the day that the point itself names ("chiều mai").
    """
    hour, minute = int(match["h"]), 30 if match["half"] else int(match["min"] or 0)
    said = without_diacritics(match["part"] or part)
    if hour > 24 or minute > 59:
        return None
    if hour == 24 or (hour == 12 and said == "dem"):
        return END_OF_DAY
    if said == "dem" and hour < 6:
        return time(hour, minute)
    if hour < 12 and (said in AFTERNOON or (said == "trua" and hour < 4)):
        hour += 12
    return time(hour, minute)
