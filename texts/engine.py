"""The template engine and the filters that templates share. Everything is escaped at render; markup is in templates alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def day(value: date | datetime) -> str:
    """``07/02/2024``."""
    if isinstance(value, datetime):
        value = value.astimezone(ZONE)
    return value.strftime("%d/%m/%Y")


def short_day(value: date | datetime) -> str:
    """``07/02``."""
    return day(value)[:5]


def weekday(value: date | datetime) -> str:
    """``Thứ Tư``."""
    if isinstance(value, datetime):
        value = value.astimezone(ZONE)
    return WEEKDAYS[value.weekday()]


def clock(value: datetime | time) -> str:
    """``16:30``, local."""
    if isinstance(value, datetime):
        value = value.astimezone(ZONE).timetz()
    return value.strftime("%H:%M")


def number(value: float, places: int = 0) -> str:
    """A number the Vietnamese way: ``1.284,679``."""
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


def shorten(text: str, length: int) -> str:
    """At most ``length`` characters, cut between words and marked with an ellipsis."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[:length].rsplit(" ", 1)[0].rstrip(",;:.-– ")
    return (cut or text[: length - 1]) + "…"


def lower_first(text: str) -> str:
    """The first letter in lower case, unless the word is an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


_PLACE = re.compile(r"\b(?:tỉnh|thành phố|quận|huyện|thị xã|xã|phường|thị trấn)\b")


def office_name(name: str) -> str:
    """An office's name as it stands in a sentence: the capitals of a letterhead become ordinary ones."""
    if not name.isupper():
        return name
    low = name.lower().replace("ủy ban nhân dân", "UBND").replace("uỷ ban nhân dân", "UBND")
    place = _PLACE.search(low)
    if place:
        low = low[: place.end()] + low[place.end() :].title()
    return low[:1].upper() + low[1:]


def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    filters: dict[str, Callable[..., str]] = {
        "day": day,
        "short_day": short_day,
        "weekday": weekday,
        "clock": clock,
        "number": number,
        "shorten": shorten,
        "lower_first": lower_first,
        "office_name": office_name,
    }
    env.filters.update(filters)
    return env


ENVIRONMENT = _environment()


def render(template: str, **facts: object) -> str:
    """Fill one template. Blank lines at the ends go; three line breaks become two.

    Args:
        template: its name without ``.j2``.
        facts: what it speaks of.
    """
    text = ENVIRONMENT.get_template(f"{template}.j2").render(**facts)
    lines = [line.rstrip() for line in text.strip().split("\n")]
    return "\n".join(line for i, line in enumerate(lines) if line or (i and lines[i - 1]))
