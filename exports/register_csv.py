"""The register as a text table for other programs.

UTF-8 with its mark and semicolons: where the comma stands in numbers, as in Vietnamese, a spreadsheet opens that with a
double click. Words that a spreadsheet might take for a formula have an apostrophe before them; programs that read the
file take off one leading apostrophe of a cell whose second sign is one of = + - @ | % or a tab.
"""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

from domain.register import Register
from exports.cells import clean, looks_like_formula
from exports.register_columns import COLUMNS, Look, Value, values

SEPARATOR = ";"


def register_csv(register: Register) -> bytes:
    """Draw the table: the 25 heads, then a line per directive.

    Args:
        register: what it says.

    Returns:
        UTF-8 with a byte order mark; lines end with CR LF as in RFC 4180.
    """
    kept = StringIO(newline="")
    writer = csv.writer(kept, delimiter=SEPARATOR, lineterminator="\r\n")
    writer.writerow([column.head for column in COLUMNS])
    for place, line in enumerate(register.lines, 1):
        cells = zip(values(line, place), COLUMNS, strict=True)
        writer.writerow([_written(value, column.look) for value, column in cells])
    return kept.getvalue().encode("utf-8-sig")


def _written(value: Value, look: Look) -> str:
    match value:
        case None:
            return ""
        case date():
            return f"{value:%d/%m/%Y}"
        case str():
            return guarded(value)
        case _:
            return f"{value:.0%}" if look is Look.SHARE else str(value)


def guarded(words: str) -> str:
    """Words that no spreadsheet works anything out of."""
    words = clean(words)
    return f"'{words}" if looks_like_formula(words) else words
