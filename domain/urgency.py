"""How urgent a document, or one of its directives, is.

The three degrees of article 15 of Decree 30/2020/NĐ-CP (on clerical work): "khẩn", "thượng khẩn", "hoả tốc".
"""

from __future__ import annotations

from enum import StrEnum


class Urgency(StrEnum):
    """The degree, as stamped. A document without a stamp has none."""

    URGENT = "urgent"  # khẩn
    VERY_URGENT = "very_urgent"  # thượng khẩn
    EXPRESS = "express"  # hoả tốc
