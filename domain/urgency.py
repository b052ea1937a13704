"""How urgent a document, or one of its directives, is.

The three degrees of article 15 of Decree 30/2020/NĐ-CP (on clerical work): "khẩn", "thượng khẩn", "hoả tốc". "Hoả tốc
hẹn giờ" is "hoả tốc" with an hour at which it has to arrive.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from domain.spelling import fold


class Urgency(StrEnum):
    """The degree, as stamped. A document without a stamp has none."""

    URGENT = "urgent"  # khẩn
    VERY_URGENT = "very_urgent"  # thượng khẩn
    EXPRESS = "express"  # hoả tốc


_DEGREES = {
    "KHẨN": Urgency.URGENT,
    "THƯỢNGKHẨN": Urgency.VERY_URGENT,
    "HỎATỐC": Urgency.EXPRESS,
    "HOẢTỐC": Urgency.EXPRESS,
}
_AT_AN_HOUR = re.compile(r"(?<=TỐC)HẸNGIỜ.*$")
_BARE = {"KHAN": Urgency.URGENT, "THUONGKHAN": Urgency.VERY_URGENT, "HOATOC": Urgency.EXPRESS}
_OPENING = re.compile(r"\s*(?P<degree>[^\W\d_]+(?:\s+[^\W\d_]+)?)\s*:\s*(?=\S)")


def urgency_of(words: str) -> Urgency | None:
    """The degree that words name and nothing else; None for any other words, "khẩn trương" and "khẩn cấp" among them.

    Args:
        words: with their marks, in any case; the letters may stand apart ("K H Ẩ N").
    """
    squeezed = re.sub(r"\s+", "", unicodedata.normalize("NFC", words)).upper()
    return _DEGREES.get(_AT_AN_HOUR.sub("", squeezed))


def urgency_without_marks(words: str) -> Urgency | None:
    """The same for words whose marks were lost: typed in a hurry, or recognised from a stamp."""
    return _BARE.get(re.sub(r"\s+", "", fold(words)).upper())


def opening(text: str) -> tuple[Urgency | None, str]:
    """The degree before the first colon of what a person typed ("khẩn: rà soát…"), and the text without it."""
    match = _OPENING.match(text)
    degree = (urgency_of(match["degree"]) or urgency_without_marks(match["degree"])) if match else None
    return (degree, text[match.end() :]) if match and degree else (None, text)
