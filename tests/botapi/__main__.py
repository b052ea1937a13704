"""``python -m tests.botapi --port N [--log FILE]``: the double as a process of its own."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from tests.botapi.server import TOKEN, BotApi


async def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.botapi")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--log", type=Path, help="one JSON line per call of the bot")
    parser.add_argument("--strict-rates", action="store_true", help="answer 429 when the limits are passed")
    args = parser.parse_args()
    api = BotApi(token=args.token, port=args.port, log=args.log, strict_rates=args.strict_rates)
    async with api:
        sys.stdout.write(f"{api.url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
