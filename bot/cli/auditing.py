"""``verify-audit`` and ``trust-clock``: whether the record holds, and what to do where its moments are wrong."""

from __future__ import annotations

import argparse

from bot.cli.common import WRONG, add_config, with_settings
from bot.cli.database import in_database
from bot.clock import system
from db import Session
from domain.calendar import OFFICE_ZONE
from services import audit, vitals


def main(arguments: list[str]) -> int:
    """Run one of the two."""
    parser = argparse.ArgumentParser(prog="python -m bot")
    commands = parser.add_subparsers(dest="command", required=True)
    verify = commands.add_parser("verify-audit")
    verify.add_argument(
        "--head", metavar="HASH", help="a head printed or sent earlier, which must still be in the chain"
    )
    commands.add_parser("trust-clock")
    for command in commands.choices.values():
        add_config(command)
    options = parser.parse_args(arguments)
    if options.command == "trust-clock":
        return with_settings(options.config, lambda settings: in_database(settings, _trust))
    return with_settings(options.config, lambda settings: in_database(settings, lambda s: _verify(s, options.head)))


async def _verify(session: Session, wanted: str | None) -> int:
    broken = await audit.first_broken(session)
    head = await audit.head(session)
    if broken is not None:
        print(f"the chain is broken at row {broken}")
        return 1
    at = f" of {head.at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}" if head.at else ""
    print(f"the chain of audit rows holds: {head.rows} rows, head {head.short}{at}")
    return 0 if wanted is None else await _look_for(session, wanted)


async def _look_for(session: Session, wanted: str) -> int:
    try:
        is_there = await audit.holds(session, wanted)
    except ValueError as error:
        print(error)
        return WRONG
    if is_there:
        print(f"{wanted} is in it")
        return 0
    print(f"{wanted} is not in it: the rows from there on were cut off, or it is the head of another database")
    return 1


async def _trust(session: Session) -> int:
    now = system()
    said = await vitals.pardon(session, now, "operator")
    if said is None:
        print("nothing is recorded under a later moment than now; nothing to do")
        return 0
    print(
        f"acts were recorded as of {said.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}; they stay as they are, and do not "
        "hold back reminders any more"
    )
    return 0
