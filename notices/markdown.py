"""Texts that were copied with their markup: headings, quotes and tables of Markdown become plain lines."""

from __future__ import annotations

import re

HEADING = re.compile(r"^ {0,3}#{1,6} +", re.MULTILINE)
QUOTE = re.compile(r"^ {0,3}> ?", re.MULTILINE)
BREAK = re.compile(r"<br */?>", re.IGNORECASE)
RULE = re.compile(r"^ {0,3}(?:\|?[ :|-]*-{3,}[ :|-]*|[*_]{3,})$", re.MULTILINE)
ROW = re.compile(r"^ *\|(.*)\| *$")
EMPHASIS = re.compile(r"(?<!\w)\*(?=\S)([^*\n]{1,200}?)(?<=\S)\*(?!\w)")
IS_MARKED = re.compile(r"^ {0,3}#{1,6} |<br */?>|^ *\|.*\| *$", re.MULTILINE | re.IGNORECASE)
MOST_COLUMNS_OF_A_FRAME = 2  # a header or a closing has two columns; a table of tasks more


def without_markup(text: str) -> str:
    """The text as it reads; a text without markup is left as it is.

    Args:
        text: with plain line ends.
    """
    if not IS_MARKED.search(text):
        return text
    text = EMPHASIS.sub(r"\1", QUOTE.sub("", HEADING.sub("", RULE.sub("", text))))
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    row = ROW.match(line)
    cells = row[1].split("|") if row else []
    if row and len(cells) <= MOST_COLUMNS_OF_A_FRAME:
        return "\n".join(part.strip(" *") for cell in cells for part in BREAK.split(cell))
    return BREAK.sub(" " if row else "\n", line)
