"""``/lichhan``: a unit's deadlines in the calendars of its people, by a private link or as a file.

A link's secret is not written down anywhere: it waits in memory for its message, which is put into words as it is sent.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import date, time

from channels.base import OutgoingFile, OutgoingMessage
from db import Session
from db.models import Feed, Outbox, Person, Unit
from domain.errors import NoSuchThing, NotAllowed
from domain.feeds import Entry
from domain.office import Office
from domain.views import DirectiveView
from exports.calendar_ics import calendar_ics
from handlers.buttons import Rows, button
from handlers.common import by, typed_unit
from handlers.rendering import Moment, message_of
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import feeds
from services.outbox import tell
from texts import feeds as say
from texts import refusals
from texts.engine import shorten

LINK, FILE = "feed_link", "feed_file"  # outbox rows: a new link; the deadlines as they are when the file is sent
FIRST = 0  # priority of an answer
ICS = "text/calendar; charset=utf-8"
PATH = "/lich/"
MOST_UNSENT = 100
_unsent: OrderedDict[str, str] = OrderedDict()  # secrets by the codes of their links


# --- the command ---


async def overview(turn: Turn) -> None:
    """``/lichhan``, ``/lichhan phòng nội vụ``."""
    words = turn.message.text.partition(" ")[2].strip()
    if words:
        await _named(turn, words)
        return
    mine = await feeds.own_units(turn.session, turn.person)
    if len(mine) == 1:
        await _show(turn, mine[0])
    elif mine or await _is_office(turn):
        turn.say(say.which_unit(), _to_units([(unit.id, unit.name) for unit in mine]))
    else:
        raise NotAllowed(feeds.HAND_OUT)


async def _is_office(turn: Turn) -> bool:
    return await feeds.may_hand_out(turn.session, turn.person, turn.person.unit_id)


async def _named(turn: Turn, words: str) -> None:
    found, near = await typed_unit(turn, words)
    allowed = [u for u in near if await feeds.may_hand_out(turn.session, turn.person, u.id)]
    found = allowed[0] if found is None and len(allowed) == 1 else found
    if found is not None:
        await _show(turn, await _unit(turn.session, found.id))
    elif allowed:
        turn.say(say.which_unit(), _to_units([(unit.id, unit.name) for unit in allowed]))
    else:
        turn.say(say.which_unit())


def _to_units(units: list[tuple[int, str]]) -> Rows:
    return [[button(shorten(name, 60), "lh", "unit", number)] for number, name in units]


async def _show(turn: Turn, unit: Unit, *, edit: bool = False) -> None:
    """What it is, the links that hold, and what can be done.

    Raises:
        NotAllowed: the unit is not the person's to hand out.
    """
    await feeds.check(turn.session, turn.person, unit.id)
    is_open = bool(turn.office.feeds.address)
    links = await feeds.links(turn.session, unit.id)
    rows: Rows = [[button(say.MAKE, "lh", "make", unit.id)]] if is_open else []
    rows.append([button(say.AS_FILE, "lh", "file", unit.id)])
    some = [button(f"{say.REVOKE} {i}", "lh", "end", link.code) for i, link in enumerate(links, 1)]
    rows += [some[i : i + 3] for i in range(0, len(some), 3)]
    shown = [(link.made_by, link.made_at, link.read_at) for link in links]
    turn.say(say.overview(unit.name, shown, is_open=is_open), rows, edit=edit)


async def _unit(session: Session, number: int) -> Unit:
    unit = await session.get(Unit, number)
    if unit is None:
        raise NoSuchThing
    return unit


# --- buttons ---


async def press(turn: Turn, args: Args) -> None:
    """``lh:unit:id``, ``lh:make:id``, ``lh:file:id``, ``lh:end:code``."""
    match args[0]:
        case "unit":
            await _show(turn, await _unit(turn.session, args.number(1)), edit=True)
        case "make":
            await _make(turn, await _unit(turn.session, args.number(1)))
        case "file":
            await _as_file(turn, await _unit(turn.session, args.number(1)))
        case "end":
            turn.say(say.revoked((await feeds.revoke(turn.session, args[1], by(turn))).name))
        case _:
            raise NoSuchThing


async def _make(turn: Turn, unit: Unit) -> None:
    if not turn.office.feeds.address:  # closed since the button was shown
        await _show(turn, unit)
        return
    feed, secret = await feeds.make(turn.session, unit, by(turn))
    _unsent[feed.code] = secret
    while len(_unsent) > MOST_UNSENT:
        _unsent.popitem(last=False)
    payload = {"feed": feed.code, "unit": unit.id}
    await tell(turn.session, [turn.person.id], LINK, now=turn.now, payload=payload, priority=FIRST)


async def _as_file(turn: Turn, unit: Unit) -> None:
    await feeds.check(turn.session, turn.person, unit.id)
    await tell(turn.session, [turn.person.id], FILE, now=turn.now, payload={"unit": unit.id}, priority=FIRST)


# --- what is sent ---


async def link(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """A new link, to who made it."""
    unit = await _unit(session, row.payload["unit"])
    secret = _unsent.get(row.payload["feed"])
    if secret is None:
        return message_of(say.not_shown(unit.name), [[button(say.MAKE, "lh", "make", unit.id)]])
    address = f"{at.office.feeds.address.rstrip('/')}{PATH}{secret}.ics"
    return message_of(say.made(unit.name, address), [[button(say.REVOKE, "lh", "end", row.payload["feed"])]])


async def file(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """The deadlines as they are when the file is sent; a refusal where the right has gone meanwhile."""
    unit = await _unit(session, row.payload["unit"])
    if not await feeds.may_hand_out(session, person, unit.id):
        return OutgoingMessage(refusals.refusal(NotAllowed(feeds.HAND_OUT)))
    entries = await entries_of(session, unit.id, at.today, at.office)
    content = calendar_ics(entries, say.calendar_name(unit.name))
    sent = OutgoingFile("lich-han.ics", "text/calendar", content=content)
    return OutgoingMessage(say.file_caption(unit.name, len(entries)), files=(sent,))


async def entries_of(session: Session, unit_id: int, today: date, office: Office) -> list[Entry]:
    """A unit's deadlines in words."""
    found = await feeds.due(session, unit_id, today, office.calendar)
    return [
        Entry(
            one.uid, one.changes, one.changed_at, last_day, _hour(one.view),
            say.summary(one.view), say.description(one.view),
        )
        for one in found
        if (last_day := one.view.last_day) is not None
    ]  # fmt: skip


def _hour(d: DirectiveView) -> time | None:
    """The hour of the deadline; a day that was moved has lost it."""
    return d.deadline_time if d.last_day == d.deadline_date else None


async def fetched(session: Session, feed: Feed, today: date, office: Office) -> bytes:
    """The file behind a link."""
    unit = await _unit(session, feed.unit_id)
    return calendar_ics(await entries_of(session, unit.id, today, office), say.calendar_name(unit.name))


COMMANDS: dict[str, Handler] = {"lichhan": overview}
BUTTONS: dict[str, ButtonHandler] = {"lh": press}
RENDERERS = {LINK: link, FILE: file}
