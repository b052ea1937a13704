"""What the commands share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.settings import Settings, SettingsError, load

WRONG = 2  # exit status: the command line or a setting is wrong


def add_config(parser: argparse.ArgumentParser) -> None:
    """``--config FILE``."""
    parser.add_argument("--config", type=Path, default=Path("config.toml"), metavar="FILE")


def add_now(parser: argparse.ArgumentParser) -> None:
    """``--now MOMENT``, for rehearsals."""
    parser.add_argument(
        "--now", type=_moment, metavar="MOMENT", help="start at another moment, e.g. 2024-02-01T08:00+07:00"
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError("the moment needs its zone, e.g. +07:00")
    return moment


def with_settings(path: Path, act: Callable[[Settings], int]) -> int:
    """Read the settings and act; a wrong setting is said in one line."""
    try:
        settings = load(path)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return WRONG
    return act(settings)
