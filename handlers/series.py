"""A recurring task is ended: the next one is opened no more."""

from __future__ import annotations

from channels.base import OutgoingMessage
from db import Session
from db.models import Directive, Outbox, Person
from domain.errors import NoSuchThing
from domain.lifecycle import State
from domain.rights import Action
from handlers import buttons, cards
from handlers.buttons import button
from handlers.common import by, view
from handlers.rendering import When, directives_of, message_of, views_of
from handlers.turn import Args, ButtonHandler, Turn
from services import people, recurring
from texts import labels
from texts import series as say


async def ask_end(turn: Turn, args: Args) -> None:
    """``ser:code``: sure? It cannot be taken back."""
    directive = await _recurring(turn, args[0])
    rows = [
        [button(labels.END_SERIES, "sere", directive.code, style="danger"), button(labels.BACK, "d", directive.code)]
    ]
    turn.say(say.ask_end(await view(turn, directive)), rows, directives=[directive.id], edit=True)


async def end(turn: Turn, args: Args) -> None:
    """``sere:code``."""
    directive = await _recurring(turn, args[0])
    await recurring.end_series(turn.session, directive, by(turn))
    turn.toast = labels.END_SERIES
    row = [button(f"#{directive.id}", "d", directive.code)]
    turn.say(say.ended(await view(turn, directive)), [row], directives=[directive.id], edit=True)


async def _recurring(turn: Turn, code: str) -> Directive:
    directive = await cards.visible(turn, code)
    await people.check(turn.session, turn, directive, Action.STEER)
    if not recurring.comes_again(directive):
        raise NoSuchThing
    return directive


async def opened_late(session: Session, row: Outbox, person: Person, at: When) -> OutgoingMessage | None:
    """To the office: periods that were left out, and ones that wait for another unit."""
    found = await directives_of(session, row)
    if not found:
        return None
    skipped = row.payload["skipped"]
    lines = [
        say.OpenedLate(shown, skipped.get(str(one.id), 0), is_draft=one.state == State.DRAFT)
        for one, shown in zip(found, await views_of(session, found, at), strict=True)
    ]
    return message_of(say.opened_late(lines), buttons.to_directives((d.id, d.code) for d in found))


BUTTONS: dict[str, ButtonHandler] = {"ser": ask_end, "sere": end}
