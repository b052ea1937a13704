"""``python -m bot`` whose sending limits are so many times Telegram's, for measuring what lies behind them.

PACE_TIMES=100 python -m bench.unpaced run --config config.toml
"""

from __future__ import annotations

import os
import sys
from functools import partial

from bot.__main__ import main
from channels.telegram import channel
from channels.telegram.pace import CHAT_INTERVAL_S, GROUP_PER_MINUTE, OVERALL_PER_S, Pace


def hasten(times: int) -> None:
    """Let the program send so many times faster than Telegram allows."""
    quick = partial(
        Pace,
        overall_per_s=OVERALL_PER_S * times,
        chat_interval_s=CHAT_INTERVAL_S / times,
        group_per_minute=GROUP_PER_MINUTE * times,
    )
    channel.Pace = quick  # type: ignore[assignment,misc]


if __name__ == "__main__":
    hasten(int(os.environ["PACE_TIMES"]))
    sys.exit(main())
