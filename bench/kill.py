"""A thousand reports while the program is killed ten times with ``kill -9``.

    python -m bench.kill [--reports 1000] [--kills 10] [--seed 1]

Forty-four officers of the sample office report in turn over the Bot API (a double on this machine) while the program is
killed at random moments and started again. Lost and doubled are counted in the table of reports, answers in the chats.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from tests.botapi import BotApi
from tests.processes.running import Premises
from tests.processes.storm import Outcome, Storm


async def measure(reports: int, kills: int, seed: int, folder: Path) -> Outcome:
    """The whole storm in a folder."""
    async with BotApi() as api:
        storm = Storm(Premises(folder, api))
        await storm.prepare()
        return await storm.rage(reports, kills, seed)


def table(outcome: Outcome) -> str:
    """What became of it, a figure to a line."""
    repeats = sum(outcome.repeats.values())
    lines = [
        ("reports lost", outcome.lost),
        ("reports doubled", outcome.doubled),
        ("reports without an answer", outcome.unanswered),
        ("answers doubled without a mark", outcome.unmarked_doubles),
        (
            "answers repeated with a mark",
            f"{repeats}  (under way at the kills: {' '.join(map(str, outcome.under_way))})",
        ),
        ("seconds", f"{outcome.seconds:.1f}  ({outcome.said / outcome.seconds:.1f} reports a second, starts included)"),
    ]
    return "\n".join(
        [f"{outcome.said} reports, {outcome.kills} times kill -9", *(f"  {name:32}{value}" for name, value in lines)]
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.kill")
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="dondoc-") as folder:
        outcome = asyncio.run(measure(options.reports, options.kills, options.seed, Path(folder)))
    print(table(outcome))
    if outcome.lost or outcome.doubled or outcome.unanswered or outcome.unmarked_doubles:
        sys.exit("a report was lost or doubled")


if __name__ == "__main__":
    main()
