"""What may stand in a cell of a spreadsheet: words stay words, whoever wrote them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

MOST_CHARS = 32_767  # of a cell, as the format has it
CUT = " […]"
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FORMULA = re.compile(r"[=+\-@\t\r\n|%＝＋－＠]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def clean(words: str) -> str:
    """Words without signs that no file of this kind may hold, with one kind of line break, and not too long."""
    words = _NEVER.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    return words if len(words) <= MOST_CHARS else words[: MOST_CHARS - len(CUT)] + CUT


def looks_like_formula(words: str) -> bool:
    """Whether a spreadsheet might take words for something to be worked out (OWASP, "CSV Injection")."""
    return _FORMULA.match(words.lstrip(" \u00a0")) is not None


def put(sheet: Worksheet, row: int, column: int, value: str | int | float | date | None) -> Cell:
    """Write a value into a cell; words as words, so that nothing is ever worked out of them.

    Args:
        sheet: the sheet.
        row: from 1.
        column: from 1.
        value: words, a number, a day, or nothing.
    """
    cell: Cell = sheet.cell(row, column)
    if not isinstance(value, str):
        cell.value = value
        return cell
    words = clean(value)
    # "_x0041_" is how the format writes a sign by its number: a real one has its line escaped
    cell.value = _ESCAPE.sub("_x005F_", words) if words else None
    if words:
        cell.data_type = "s"
        cell.quotePrefix = looks_like_formula(words)
    return cell
