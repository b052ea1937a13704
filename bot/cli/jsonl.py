"""What the commands share that answer lines of JSON on standard input."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator


def run(command: str, about: str | None, answers: Callable[[Iterable[str]], Iterator[str]], args: list[str]) -> int:
    """Answer every line of standard input.

    Args:
        command: its name, as typed.
        about: what ``--help`` says of it.
        answers: gives a line of JSON for each that is not empty; raises where one is not of the expected form.
        args: the words after the command; only ``--jsonl``.

    Returns:
        0, or 2 where a line is no JSON object of the expected form; the answers before it are printed.
    """
    parser = argparse.ArgumentParser(prog=f"python -m bot {command}", description=about)
    parser.add_argument("--jsonl", action="store_true", required=True, help="one JSON object per line in, one out")
    parser.parse_args(args)
    try:
        for answer in answers(sys.stdin):
            print(answer)
    except (ValueError, KeyError, TypeError) as error:
        print(f"{command}: {error}", file=sys.stderr)
        return 2
    return 0
