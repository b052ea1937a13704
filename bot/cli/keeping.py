"""Commands that keep an office in order: its directory, invites, settings, database."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from bot.cli.common import WRONG, add_config, with_settings
from bot.cli.database import in_database
from bot.clock import system
from bot.organisation import Organisation, OrganisationError
from bot.organisation import load as load_organisation
from bot.settings import Settings
from db import Session
from db.migrate import migrate
from db.models import Person
from services import accounts, office
from services.handing_over import duties
from texts.sheets import wrong_template


def main(arguments: list[str]) -> int:
    """Run one of the commands of this module."""
    parser = argparse.ArgumentParser(prog="python -m bot")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("import-org").add_argument("file", type=Path, metavar="FILE")
    commands.add_parser("invite").add_argument(
        "person", metavar="PERSON", help="the key in the organisation file, or the name"
    )
    commands.add_parser("revoke").add_argument(
        "person", metavar="PERSON", help="whose accounts end at once: the key, or the name"
    )
    commands.add_parser("check-config")
    commands.add_parser("migrate")
    for command in commands.choices.values():
        add_config(command)
    options = parser.parse_args(arguments)
    return with_settings(options.config, lambda settings: _ACTS[options.command](settings, options))


def _import(settings: Settings, options: argparse.Namespace) -> int:
    try:
        found = load_organisation(options.file)
    except OrganisationError as error:
        print(error, file=sys.stderr)
        return WRONG
    return in_database(settings, lambda session: _import_into(session, found))


async def _import_into(session: Session, found: Organisation) -> int:
    done = await office.import_org(session, found.units, found.people, system())
    ended = f", {done.ended} people no longer in the file ended" if done.ended else ""
    print(f"{done.units} units, {done.people} people{ended}")
    for name, numbers in done.left:
        print(f"{name} has left; to be handed over: {', '.join(f'#{n}' for n in numbers)}")
    for written, unit in done.gave_way:
        print(f"“{written}” was learned for another unit; it is {unit} now")
    for one in done.kept:
        print(_KEPT[one.what].format(**vars(one)), "- bring the file up to date, or change it in the chat")
    return 0


_KEPT = {
    "name": "left alone: {whose} was renamed in the chat; the file still says “{there}”",
    "parent": "left alone: {whose} was placed under {here} in the chat; the file still says “{there}”",
    "leader": "left alone: {whose} was given to {here} in the chat; the file still says “{there}”",
    "unit": "left alone: {whose} was moved to {here} in the chat; the file still says “{there}”",
    "role": "left alone: {whose} was made {here} in the chat; the file still says {there}",
    "left": "left alone: {whose} left in the chat; the file still has them",
}


def _invite(settings: Settings, options: argparse.Namespace) -> int:
    return in_database(settings, lambda session: _invite_in(session, options.person))


async def _invite_in(session: Session, wanted: str) -> int:
    person = await _person(session, wanted)
    if person is None:
        return 1
    code = await accounts.invite(session, person, system())
    print(f"{person.name}, {person.unit.name}\n{code}")
    print(f"Gửi mã này cho bot trong 72 giờ, hoặc mở https://t.me/<tên bot>?start={code}")
    return 0


async def _person(session: Session, wanted: str) -> Person | None:
    everyone = await office.active_people(session)
    found = [p for p in everyone if p.key == wanted] or [p for p in everyone if p.name.casefold() == wanted.casefold()]
    if len(found) != 1:
        many = "; ".join(f"{p.key} ({p.unit.name})" for p in found)
        print(f"{wanted}: {'several people: ' + many if found else 'nobody of that key or name'}", file=sys.stderr)
        return None
    return found[0]


def _revoke(settings: Settings, options: argparse.Namespace) -> int:
    return in_database(settings, lambda session: _revoke_in(session, options.person))


async def _revoke_in(session: Session, wanted: str) -> int:
    person = await _person(session, wanted)
    if person is None:
        return 1
    print(f"{person.name}, {person.unit.name}: {await accounts.revoke(session, person, system())} accounts ended")
    if left := await duties(session, person):
        print("to be handed over, or done by whoever is left of the unit:")
    for directive in left:
        print(f"  #{directive.id} {directive.last_day or 'no deadline'} {directive.text[:80]}")
    return 0


def _check(settings: Settings, options: argparse.Namespace) -> int:
    from exports.papers import problems

    wrong = problems(settings.rules.papers.templates)
    for problem in wrong:
        print(f"{options.config}: papers.templates: {wrong_template(problem)}", file=sys.stderr)
    if wrong:
        return WRONG
    print(f"{options.config}: right. Data in {settings.folder}, {settings.office.name}.")
    return 0


def _migrate(settings: Settings, options: argparse.Namespace) -> int:
    print("brought up to date" if migrate(settings.database_url) else "already up to date")
    return 0


_ACTS: dict[str, Callable[[Settings, argparse.Namespace], int]] = {
    "import-org": _import,
    "invite": _invite,
    "revoke": _revoke,
    "check-config": _check,
    "migrate": _migrate,
}
