"""Who cannot be written to: what the office is told at once, the weekly list, and ``/lienlac``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from channels.base import OutgoingMessage
from db import Session
from db.models import Outbox, Person
from domain.calendar import OFFICE_ZONE
from domain.reaching import Silence, Unreached, Why
from domain.rights import Action, Role, Standing, may
from handlers.buttons import Rows, button, paging
from handlers.common import page_of
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import reachability
from services.unreachable import REFUSED
from texts import labels
from texts import reaching as say
from texts.engine import shorten

PAGE = 10  # people


# --- at once ---


async def not_reached(session: Session, row: Outbox) -> OutgoingMessage | None:
    """Whom messages did not reach; without those who have written since."""
    lost = await reachability.lost_ids(session)
    groups: dict[bool, dict[str, list[str]]] = {True: defaultdict(list), False: defaultdict(list)}
    for line in _lines(row):
        person = await session.get(Person, line["id"])
        is_refused = line["reason"] == REFUSED
        if person and person.active and (person.id in lost or not is_refused):
            groups[is_refused][person.unit.name].append(person.name)
    if not any(groups.values()):
        return None
    return OutgoingMessage(say.not_reached(say.NotReached(groups[True], groups[False])))


def _lines(row: Outbox) -> list[dict[str, Any]]:
    """Rows of an earlier version are about one person each."""
    if "people" in row.payload:
        return list(row.payload["people"])
    return [{"id": row.payload["person_id"], "reason": row.payload.get("reason", REFUSED)}]


# --- the list ---


async def weekly(session: Session, person: Person, now: datetime) -> OutgoingMessage | None:
    """The list of the week; None when everybody can be written to by now."""
    silence = await reachability.silence(session, person)
    return _page(silence, person, now, 1) if silence else None


def _page(silence: Silence, person: Person, now: datetime, number: int) -> OutgoingMessage:
    number, pages = page_of(len(silence.people), number, PAGE)
    some = silence.people[(number - 1) * PAGE : number * PAGE]
    may_invite = may(Action.INVITE, Standing(Role(person.role)))
    today = now.astimezone(OFFICE_ZONE).date()
    text = say.listing(today, silence, some, number, pages, may_invite=may_invite)
    rows = [*(_invites(some) if may_invite else []), paging(number, pages, "rc")]
    return OutgoingMessage(text, tuple(tuple(row) for row in rows if row))


def _invites(people: Sequence[Unreached]) -> Rows:
    """For who has no account; who blocked us has one still."""
    row = [button(shorten(f"{labels.INVITE} {p.name}", 40), "inv", p.key) for p in people if p.why is not Why.BLOCKED]
    return [row[i : i + 2] for i in range(0, len(row), 2)]


async def show(turn: Turn) -> None:
    """``/lienlac``: the list as it is now."""
    await _show(turn, 1, edit=False)


async def turn_page(turn: Turn, args: Args) -> None:
    """``rc:page``: another page, in place."""
    await _show(turn, args.number(0), edit=True)


async def _show(turn: Turn, number: int, *, edit: bool) -> None:
    if not may(Action.SEE_UNITS, Standing(Role(turn.person.role))):
        turn.say(say.not_for_you())
        return
    page = _page(await reachability.silence(turn.session, turn.person), turn.person, turn.now, number)
    turn.say(page.text, page.buttons, edit=edit)


COMMANDS: dict[str, Handler] = {"lienlac": show}
BUTTONS: dict[str, ButtonHandler] = {"rc": turn_page}
