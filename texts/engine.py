"""The template engine and the filters that templates share. Everything is escaped at render; markup is in templates alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
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


def exact(value: Decimal) -> str:
    """An exact number with all its digits: ``1.284,679``; ``2`` for 2.0."""
    value = value.normalize()
    places = max(-int(value.as_tuple().exponent), 0)
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


def counted(value: int) -> str:
    """A count as papers write it: ``09``, ``1.284``, and ``0`` for none."""
    return f"{value:02}" if 0 < value < 10 else number(value)


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


def upper_first(text: str) -> str:
    """The first letter in upper case."""
    return text[:1].upper() + text[1:]


_PLACE = re.compile(r"\b(?:TỈNH|THÀNH PHỐ|QUẬN|HUYỆN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN)\b")
_VOWELS = set("AĂÂEÊIOÔƠUƯYÁÀẢÃẠẮẰẲẴẶẤẦẨẪẬÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ")


def office_name(name: str) -> str:
    """An office's name as it stands in a sentence: the capitals of a letterhead become ordinary ones.

    Abbreviations (UBND, HĐND) have no vowel between their consonants and stay; names after "huyện" keep a capital each.
    """
    if not name.isupper():
        return name
    name = name.replace("ỦY BAN NHÂN DÂN", "UBND").replace("UỶ BAN NHÂN DÂN", "UBND")
    place = _PLACE.search(name)
    proper_from = place.end() if place else len(name)
    words = [_ordinary(m[0], is_proper=m.start() >= proper_from) for m in re.finditer(r"\S+|\s+", name)]
    text = "".join(words)
    return text[:1].upper() + text[1:]


def _ordinary(word: str, *, is_proper: bool) -> str:
    inner = word[1:]
    if len(word) > 2 and not any(letter in _VOWELS for letter in inner):
        return word
    return word.title() if is_proper else word.lower()


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
        "upper_first": upper_first,
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
