"""Bot tokens kept out of logs and error messages."""

from __future__ import annotations

import logging
import re
import traceback

TOKEN = re.compile(r"\d{6,}(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
HIDDEN = "<token>"


def redact(text: str) -> str:
    """The text with every bot token replaced by ``<token>``."""
    return TOKEN.sub(HIDDEN, text)


class RedactTokens(logging.Filter):
    """Takes bot tokens out of a log record: its message, its arguments, its traceback.

    It belongs on handlers: the filters of a logger do not see what its children log.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; never drops one."""
        record.msg, record.args = redact(_words(record)), ()
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = "".join(traceback.format_exception(record.exc_info[1])).rstrip()
        # The exception itself would be rendered anew, unredacted, by formatters that ignore exc_text.
        record.exc_info = None
        record.exc_text = redact(record.exc_text) if record.exc_text else None
        record.stack_info = redact(record.stack_info) if record.stack_info else None
        return True


def _words(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # a record with wrong arguments must still be written, and without its token
        return f"{record.msg} {record.args!r}"
