"""``python -m bot`` that kills itself with ``kill -9`` at a named point, when a certain report gets there.

FAIL_AT="after_mark 41%" python -m tests.processes.failing run --config config.toml
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Awaitable, Callable
from typing import Any

from bot.__main__ import main
from channels.telegram import TelegramChannel
from db.queries import inbox
from handlers.router import Router
from scheduler.sending import Sending
from services import life

POINTS: dict[str, tuple[Any, str, bool]] = {  # name -> what is wrapped, and whether it is done before the end
    "before_inbox_commit": (inbox, "keep", True),
    "after_inbox_commit": (Router, "keep", True),
    "inside_transaction": (life, "report", True),
    "after_transaction": (Router, "_answer_one", True),
    "after_claim": (Sending, "deliver", False),
    "after_wire": (TelegramChannel, "send", True),
    "after_mark": (Sending, "deliver", True),
}


def fail_at(point: str, words: str) -> None:
    """Wrap the point: whoever gets there with these words in hand is the last."""
    owner, name, is_done_first = POINTS[point]
    original: Callable[..., Awaitable[Any]] = getattr(owner, name)

    async def deadly(*args: Any, **kwargs: Any) -> Any:
        found = words in f"{args}{[_body(a) for a in args]}"
        if found and not is_done_first:
            os.kill(os.getpid(), signal.SIGKILL)
        result = await original(*args, **kwargs)
        if found:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, deadly)


def _body(argument: Any) -> Any:
    """The message of a claim, which its row does not show."""
    return getattr(getattr(argument, "row", None), "body", None)


if __name__ == "__main__":
    if at := os.environ.get("FAIL_AT"):
        fail_at(*at.split())
    sys.exit(main())
