"""The log: a sentence, an ``action`` where there is one, never a secret."""

from __future__ import annotations

import logging
import sys

from channels.telegram.redact import RedactTokens


class _Line(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        action = getattr(record, "action", None)
        return f"{line} [{action}]" if action else line


def set_up(level: str) -> None:
    """Write to standard error from ``level`` on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(RedactTokens())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for chatty in ("httpx", "httpcore", "apscheduler", "telegram", "alembic"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))
