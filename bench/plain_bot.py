"""The bot one would write with python-telegram-bot in an afternoon: it keeps reports in SQLite and reminds by JobQueue.

python -m bench.plain_bot BASE_URL TOKEN DATABASE [...]

Written as its documentation shows: the default queue of updates and the default processor, one row and one commit for a
report before its answer, one job for each reminder that is not marked as sent, spaced so that Telegram's limit is kept,
marked once it was sent.
"""

from __future__ import annotations

import logging
import sqlite3
import sys
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

logging.getLogger("httpx").setLevel(logging.WARNING)

APART_S = 1 / 29  # between two reminders

TABLES = """
CREATE TABLE IF NOT EXISTS reports (id INTEGER PRIMARY KEY, chat INTEGER, text TEXT);
CREATE TABLE IF NOT EXISTS reminders (id INTEGER PRIMARY KEY, chat INTEGER, text TEXT, sent INTEGER DEFAULT 0);
"""

Context = ContextTypes.DEFAULT_TYPE


def opened(path: str) -> sqlite3.Connection:
    """The database with its tables."""
    connection = sqlite3.connect(path)
    connection.executescript(TABLES)
    return connection


async def report(update: Update, context: Context) -> None:
    """Keep it, then say so."""
    assert update.message is not None
    with context.bot_data["database"] as database:
        database.execute(
            "INSERT INTO reports (chat, text) VALUES (?, ?)", (update.message.chat_id, update.message.text)
        )
    await update.message.reply_text(f"Đã ghi: {update.message.text}")


async def remind(context: Context) -> None:
    """Send it, then mark it."""
    assert context.job is not None
    number, chat, text = context.job.data  # type: ignore[misc]
    await context.bot.send_message(chat, text)
    with context.bot_data["database"] as database:
        database.execute("UPDATE reminders SET sent = 1 WHERE id = ?", (number,))


async def plan(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """A job for each reminder that was not sent yet."""
    waiting = application.bot_data["database"].execute("SELECT id, chat, text FROM reminders WHERE NOT sent")
    assert application.job_queue is not None
    for place, row in enumerate(waiting.fetchall()):
        application.job_queue.run_once(remind, when=1 + place * APART_S, data=row)


def main(base_url: str, token: str, path: str) -> None:
    application = Application.builder().token(token).base_url(f"{base_url}/bot").post_init(plan).build()
    application.bot_data["database"] = opened(path)
    application.add_handler(MessageHandler(filters.TEXT, report))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:4])
