"""``python -m bot understand --jsonl``: officers' messages in, their acts out, one JSON object per line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from bot.cli import jsonl
from domain.replies import Act, Reading, understand
from domain.replies.reading import OFFICE_ZONE


def run(args: list[str]) -> int:
    """Answer every line of standard input; see ``jsonl.run``."""
    return jsonl.run("understand", __doc__, answers, args)


def answers(lines: Iterable[str]) -> Iterator[str]:
    """One JSON answer per non-empty line.

    Args:
        lines: ``{"text", "now", "open", "reply_to"}``; ``now`` without an offset is the office's local time.

    Raises:
        ValueError: a line is not JSON, or ``now`` is no moment.
        KeyError: ``text`` or ``now`` is missing.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            yield json.dumps(as_json(_read(asked)), ensure_ascii=False)
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"line {number}: {error!r}") from error


def _read(asked: dict[str, Any]) -> Reading:
    now = datetime.fromisoformat(asked["now"])
    return understand(
        asked["text"],
        now=now if now.tzinfo else now.replace(tzinfo=OFFICE_ZONE),
        open=asked.get("open") or (),
        reply_to=asked.get("reply_to"),
        files=asked.get("files") or 0,
    )


def as_json(reading: Reading) -> dict[str, Any]:
    """The reading as the object that is printed."""
    return {"acts": [_act(a) for a in reading.acts], "doubt": reading.doubt}


def _act(act: Act) -> dict[str, Any]:
    return {
        "directive": act.directive,
        "kind": act.kind.value,
        "percent": act.percent,
        "until": act.until.isoformat() if act.until else None,
        "difficulty": act.difficulty,
        "reason": act.reason,
        "unit": act.unit,
    }


def main(arguments: list[str]) -> int:
    """The entry of ``bot.__main__``'s table: the same, with the command's own name first."""
    return run(arguments[1:])
