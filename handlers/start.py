"""Coming in: codes, greetings, help, and inviting others."""

from __future__ import annotations

from datetime import datetime

from db.models import Person
from domain.organisation import fold
from domain.rights import Action, Role, Standing, require
from handlers.buttons import button
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import accounts, life, office, posts
from texts import general as say
from texts import labels

SHOWN = 8  # people to choose from


async def start(turn: Turn) -> None:
    """``/start`` from somebody known."""
    await welcome(turn)


async def welcome(turn: Turn) -> None:
    """Who they are here, and what they can do."""
    person = turn.person
    units = await posts.units_of(turn.session, person) if person.role in {Role.HEAD, Role.OFFICER} else []
    mine = await life.in_hand(turn.session, units)
    turn.say(say.welcome(person.name, person.position, turn.office.name, person.role, len(mine)))


async def help_(turn: Turn) -> None:
    """``/trogiup``."""
    turn.say(say.help_(turn.office.name, turn.person.role))


# --- inviting ---


async def invite(turn: Turn) -> None:
    """``/gioithieu [tên]``."""
    require(Action.INVITE, Standing(Role(turn.person.role)))
    words = "".join(turn.message.text.split(maxsplit=1)[1:]).strip()
    if not words:
        turn.expect("invite")
        turn.say(say.invite_who())
        return
    await _find(turn, words)


async def take_invite(turn: Turn) -> None:
    """The name, typed."""
    require(Action.INVITE, Standing(Role(turn.person.role)))
    await _find(turn, turn.message.text)


async def _find(turn: Turn, words: str) -> None:
    wanted = fold(words)
    found = [
        p
        for p in await office.active_people(turn.session)
        if wanted and (wanted in fold(p.name) or wanted in fold(p.unit.name))
    ]
    if not found:
        turn.expect("invite")
        turn.say(say.invite_nobody(words.strip()))
        return
    turn.finish()
    if len(found) == 1:
        await _give_code(turn, found[0])
        return
    rows = [[button(f"{p.name}, {p.position or p.unit.name}"[:60], "inv", p.key)] for p in found[:SHOWN]]
    turn.say(say.invite_choose(), [*rows, [button(labels.STOP, "stop")]])


async def invite_one(turn: Turn, args: Args) -> None:
    """``inv:key``."""
    require(Action.INVITE, Standing(Role(turn.person.role)))
    person = await office.person_by_key(turn.session, args[0])
    if person is not None:
        await _give_code(turn, person)


async def _give_code(turn: Turn, person: Person) -> None:
    code = await accounts.invite(turn.session, person, turn.now, turn.person)
    until: datetime = turn.now + accounts.VALID_FOR
    turn.say(say.invite_code(person.name, person.unit.name, code, turn.invite_link(code), until))


COMMANDS: dict[str, Handler] = {"start": start, "trogiup": help_, "help": help_, "gioithieu": invite}
STEPS: dict[str, Handler] = {"invite": take_invite}
BUTTONS: dict[str, ButtonHandler] = {"inv": invite_one}
