"""``python -m bot``: each command is imported only when it is asked for."""

from __future__ import annotations

import sys


def main() -> int:
    """Dispatch to the command."""
    if sys.argv[1:2] in (["parse"], ["deadline"]):
        from bot.cli import reading

        return reading.main(sys.argv[1:])
    print("usage: python -m bot {parse,deadline} ...", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
