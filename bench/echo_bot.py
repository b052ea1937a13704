"""The barest bot python-telegram-bot makes: it says back what it hears, and keeps nothing.

python -m bench.echo_bot BASE_URL TOKEN [...]
"""

from __future__ import annotations

import logging
import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

logging.getLogger("httpx").setLevel(logging.WARNING)


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


def main(base_url: str, token: str) -> None:
    application = Application.builder().token(token).base_url(f"{base_url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:3])
