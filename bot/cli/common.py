"""What the commands share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from bot.settings import Settings, SettingsError, load

WRONG = 2  # exit status: the command line or a setting is wrong


def add_config(parser: argparse.ArgumentParser) -> None:
    """``--config FILE``."""
    parser.add_argument("--config", type=Path, default=Path("config.toml"), metavar="FILE")


def with_settings(path: Path, act: Callable[[Settings], int]) -> int:
    """Read the settings and act; a wrong setting is said in one line."""
    try:
        settings = load(path)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return WRONG
    return act(settings)
