"""``python -m bot``: each command is imported only when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("bot.cli.serving", "a chat page with a sample office and a movable clock; no token, no network"),
    "run": ("bot.cli.serving", "the bot itself"),
    "parse": ("bot.cli.reading", "what the reader makes of documents"),
    "deadline": ("bot.cli.reading", "what the reader makes of a phrase"),
    "understand": ("bot.cli.understanding", "what is made of an officer's message"),
    "question": ("bot.cli.question", "what is made of a leader's question"),
    "import-org": ("bot.cli.keeping", "units, people and roles from a TOML file"),
    "invite": ("bot.cli.keeping", "a one-time code for a person"),
    "revoke": ("bot.cli.keeping", "end a person's accounts at once: a lost phone"),
    "status": ("bot.cli.status", "the figures of the office or of a unit"),
    "papers": ("bot.cli.papers", "reports, letters, results of a notice and score sheets as files"),
    "export-examples": ("bot.cli.examples", "confirmed notices as annotated files, to measure the reader with"),
    "check-config": ("bot.cli.keeping", "whether the settings are right"),
    "migrate": ("bot.cli.keeping", "bring the database to the newest form"),
    "backup": ("bot.cli.restoring", "a consistent copy of the database while it runs"),
    "restore": ("bot.cli.restoring", "make a backup the database again; the bot is to be stopped before"),
    "verify-audit": ("bot.cli.auditing", "whether the chain of audit rows holds, and still has the head of before"),
    "trust-clock": ("bot.cli.auditing", "the clock is right, though acts were recorded under later moments"),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command.

    Returns:
        the exit status; 2 where the command line or a setting is wrong.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    if not arguments or arguments[0] not in COMMANDS:
        asked_for_help = arguments[:1] in (["-h"], ["--help"])
        print(_usage(), file=sys.stdout if asked_for_help else sys.stderr)
        return 0 if asked_for_help else 2
    command: Callable[[list[str]], int] = import_module(COMMANDS[arguments[0]][0]).main
    return command(arguments)


def _usage() -> str:
    lines = [f"  {name:15} {what}" for name, (_, what) in COMMANDS.items()]
    return "\n".join(["usage: python -m bot COMMAND ...", "", *lines])


if __name__ == "__main__":
    sys.exit(main())
