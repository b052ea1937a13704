"""``/toi``: what is stored about the person who asks, and all of it as a file."""

from __future__ import annotations

from channels.base import OutgoingFile, OutgoingMessage
from db import Session
from db.models import Outbox, Person
from handlers.buttons import button
from handlers.common import by
from handlers.rendering import Moment
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import own_data
from texts import labels
from texts import own_data as say
from texts.staff import AccountLine


async def shown(turn: Turn) -> None:
    """``/toi``."""
    person = turn.person
    found = await own_data.overview(turn.session, person)
    units = [(person.unit.name, str(person.role)), *((unit.name, str(role)) for unit, role in found.further)]
    accounts = [AccountLine(a.channel, a.seen_at) for a in found.accounts]
    counts = found.since, found.reports, found.heard, found.said, found.acts, found.figures
    stored = say.Stored(person.name, person.position, units, accounts, *counts)
    turn.say(say.overview(stored), [[button(labels.DOWNLOAD, "tai")]])


async def download(turn: Turn, args: Args) -> None:
    """``tai``: the file; it is put together when it is sent, so that nobody's answer waits for it."""
    await own_data.ask(turn.session, by(turn))
    turn.say(say.coming())


async def file(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage:
    """Everything stored about the person whom the message goes to."""
    content = await own_data.everything(session, person)
    name = f"du-lieu-{person.key}-{at.today:%Y%m%d}.json"
    return OutgoingMessage(say.file(person.name), files=(OutgoingFile(name, "application/json", content=content),))


COMMANDS: dict[str, Handler] = {"toi": shown}
BUTTONS: dict[str, ButtonHandler] = {"tai": download}
RENDERERS = {own_data.OWN_DATA: file}
