"""A leader's digest: what is late, due, waiting, blocked and newly done, with the picture of the units."""

from __future__ import annotations

import logging
from datetime import datetime

from channels.base import Button, Capabilities, OutgoingFile, OutgoingMessage, visible
from db import Session
from db.models import Person
from domain.digests import DigestFacts, Part
from domain.figures import Filter
from domain.office import Office
from domain.weeks import opens_week
from exports.charts import ChartRoom
from handlers.asking import to_ask
from handlers.buttons import Rows, button
from handlers.leading import of_overdue_units
from handlers.status import to_list
from services import digest_facts
from texts import approving as say_approving
from texts import digests as say
from texts import leaders, obstacles
from texts.digests import Room
from texts.engine import number

log = logging.getLogger(__name__)

ROOMS = (
    Room(digest_facts.LINES, digest_facts.PRESSING_LINES, 56),
    *(Room(lines, lines + 1, chars) for lines, chars in ((3, 56), (2, 56), (2, 40), (1, 40), (1, 28))),
    Room(0, 1, 28),
    Room(0, 0, 28),
)
IN_A_ROW = 5


async def digest(
    session: Session, person: Person, now: datetime, office: Office, charts: ChartRoom, part: Part = Part.MORNING
) -> OutgoingMessage | None:
    """The digest of a leader; None before anything was given to a unit in their charge, and where silence is meant.

    It fits beside the picture as one message; every list opens in full by its button. One that has nothing to say is
    a short line, or silence, as ``rhythm.when_empty`` has it; who asks always gets an answer.

    Args:
        session: an open transaction.
        person: whose digest.
        now: the moment it is sent, aware.
        office: calendar and rhythm.
        charts: where the picture is drawn.
        part: which of the day's it is.
    """
    facts = await digest_facts.gather(session, person, now, office, part)
    if not facts.figures.total:
        return OutgoingMessage(say.nothing()) if part is Part.ASKED else None
    if facts.is_empty and part is not Part.ASKED:
        return _short(facts) if _is_said(part, facts, office) else None
    text, room = _fitting(facts)
    files = await _picture(facts, charts)
    rows = [*_to_ask(facts, room), *_to_answer(facts, room), *_to_directives(facts, room), *_to_lists(facts)]
    rows += of_overdue_units(facts.figures.open_late)
    return OutgoingMessage(text, tuple(tuple(row) for row in rows), files)


def _is_said(part: Part, facts: DigestFacts, office: Office) -> bool:
    """Whether an empty one is said.

    "monday" is the first morning of the week, also where Monday is a day off, and the last one, which has the seal.
    """
    wanted = office.rhythm.when_empty
    if wanted == "monday":
        return part is Part.MORNING and (opens_week(facts.today, office.calendar) or facts.seal is not None)
    return wanted == "always"


def _short(facts: DigestFacts) -> OutgoingMessage:
    return OutgoingMessage(say.digest(facts, ROOMS[-1]), ((button(leaders.HOME, "sto", "home"),),))


def _fitting(facts: DigestFacts) -> tuple[str, Room]:
    """The digest with as much in it as fits beside a picture, and how much that is."""
    for room in ROOMS[:-1]:
        text = say.digest(facts, room)
        if len(visible(text)) <= Capabilities.max_caption:
            return text, room
    return say.digest(facts, ROOMS[-1]), ROOMS[-1]


async def _picture(facts: DigestFacts, charts: ChartRoom) -> tuple[OutgoingFile, ...]:
    try:
        picture = await charts.units_chart(facts.units, facts.whose, facts.today)
    except Exception:  # no memory, no further process, a fault in the drawing: the words are due all the same
        log.warning("a digest goes without its picture", extra={"action": "chart_failed"}, exc_info=True)
        return ()
    return (OutgoingFile(f"ban-tin-{facts.today:%Y-%m-%d}.png", "image/png", content=picture),)


def _to_ask(facts: DigestFacts, room: Room) -> Rows:
    """One press asks for an explanation, of each directive a line speaks of that was not asked; the rest by page."""
    shown = [i.view for i in facts.pressing.items[: room.pressing] if i.explained is None]
    rows: Rows = [[to_ask(view.code, view.id)] for view in shown]
    if facts.pressing.directives > len(shown):
        rows.append([button(f"{say.PRESSING} ({number(facts.pressing.directives)})", "xlo", 1)])
    return rows


def _to_answer(facts: DigestFacts, room: Room) -> Rows:
    """One press answers a difficulty or proposal that a line speaks of and nobody has answered."""
    waits = [item for item in facts.raised.items[: room.lines] if item.answer is None]
    row = [button(f"{obstacles.ANSWER} #{item.number}", "tl", item.code) for item in waits]
    return [row[i : i + 2] for i in range(0, len(row), 2)]


def _to_directives(facts: DigestFacts, room: Room) -> Rows:
    """A button for each directive that a line speaks of."""
    late = [item for unit in facts.overdue[: room.lines] for item in unit.items]
    pages = (facts.due, facts.approvals, facts.done)
    named = [*facts.pressing.items[: room.pressing], *late, *(i for p in pages for i in p.items[: room.lines])]
    codes = {item.view.id: item.view.code for item in named}
    codes |= {line.number: line.code for line in facts.explanations[: room.lines]}
    codes |= {item.number: item.directive for item in facts.raised.items[: room.lines]}
    row = [button(f"#{n}", "d", code) for n, code in codes.items()]
    return [row[i : i + IN_A_ROW] for i in range(0, len(row), IN_A_ROW)]


def _to_lists(facts: DigestFacts) -> Rows:
    f = facts.figures
    counts = [
        (Filter.OVERDUE, f.open_late),
        (Filter.DUE, facts.due.directives),
    ]
    row = [to_list(wanted, count, opens=True) for wanted, count in counts if count]
    if facts.waiting.all:
        row.append(button(f"{say_approving.WAITING} ({number(facts.waiting.all)})", "wt", 1, "new"))
    if facts.raised.total:
        row.append(button(f"{obstacles.ALL_RAISED} ({facts.raised.total})", "kk", 1, "new"))
    if facts.done.directives:
        row.append(_newly_done(facts))
    row.append(button(leaders.HOME, "sto", "home"))
    return [row[i : i + 2] for i in range(0, len(row), 2)]


def _newly_done(facts: DigestFacts) -> Button:
    """The list as it was this morning, whenever the button is pressed."""
    label = f"{leaders.NEWLY_DONE} ({facts.done.directives})"
    return button(label, "sto", "new", int(facts.since.timestamp()), 1)
