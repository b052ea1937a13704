"""``python -m bot question --jsonl``: leaders' questions in, their readings out, one JSON object per line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from bot.cli import jsonl
from domain.calendar import OFFICE_ZONE
from domain.organisation import Directory, UnitEntry
from domain.questions import Question, read_question
from domain.spelling import fold

_COMMUNES = (
    "ubnd xa",
    "ubnd phuong",
    "ubnd thi tran",
    "uy ban nhan dan xa",
    "uy ban nhan dan phuong",
    "xa ",
    "phuong ",
)
_DISTRICTS = ("ubnd huyen", "ubnd quan", "ubnd thanh pho", "ubnd thi xa")  # of a province: localities under it
_OFFICES = ("ubnd huyen", "ubnd quan", "ubnd tinh", "ubnd thanh pho", "ubnd thi xa")
_SECTORS = ("cong an", "thanh tra", "chi cuc", "kho bac", "bao hiem", "ban chi huy")


def run(args: list[str]) -> int:
    """Answer every line of standard input; see ``jsonl.run``."""
    return jsonl.run("question", __doc__, answers, args)


def answers(lines: Iterable[str]) -> Iterator[str]:
    """One JSON answer per non-empty line.

    Args:
        lines: ``{"text", "now", "units"}``; ``now`` without an offset is the office's local time.

    Raises:
        ValueError: a line is not JSON, ``text`` or ``now`` is missing, or ``now`` is no moment.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield json.dumps(as_json(_read(json.loads(line))), ensure_ascii=False)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"line {number}: {error!r}") from error


def _read(asked: dict[str, Any]) -> Question:
    now = datetime.fromisoformat(asked["now"])
    today = (now.astimezone(OFFICE_ZONE) if now.tzinfo else now).date()
    return read_question(asked["text"], today, directory_of(tuple(asked.get("units") or ())))


@lru_cache(maxsize=16)
def directory_of(names: Sequence[str]) -> Directory:
    """Units of which nothing but their names is known."""
    is_province = any(fold(name).startswith("so ") for name in names)
    return Directory(
        UnitEntry(number, name, _kind(name, is_province=is_province)) for number, name in enumerate(names, 1)
    )


def _kind(name: str, *, is_province: bool) -> str:
    folded = fold(name)
    if folded.startswith(_COMMUNES) or (is_province and folded.startswith(_DISTRICTS)):
        return "commune"
    if folded.startswith(_OFFICES):
        return "office"
    return "sector" if folded.startswith(_SECTORS) else "department"


def as_json(read: Question) -> dict[str, Any]:
    """The reading as the object that is printed."""
    return {
        "measure": read.measure,
        "filter": read.filter,
        "units": [unit.name for unit in read.units],
        "person": read.person,
        "notice": read.notice,
        "directive": read.directive,
        "words": read.words,
        "period": {"start": f"{read.period.first}", "end": f"{read.period.last}"} if read.period else None,
        "doubt": read.doubt,
    }


def main(arguments: list[str]) -> int:
    """The entry of ``bot.__main__``'s table: the same, with the command's own name first."""
    return run(arguments[1:])
