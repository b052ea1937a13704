"""A leader's morning message: what is late, due, waiting, blocked and newly done, with the picture of the units."""

from __future__ import annotations

import logging
from concurrent.futures import BrokenExecutor
from datetime import datetime

from channels.base import Button, Capabilities, OutgoingFile, OutgoingMessage, visible
from db import Session
from db.models import Person
from domain.figures import DigestFacts, Filter
from domain.office import Office
from exports.charts import ChartRoom
from handlers.buttons import Rows, button
from handlers.status import to_list
from services import figures
from texts import leaders as say

log = logging.getLogger(__name__)

MOST = figures.DIGEST_LINES  # lines of a section, fewer where the whole would not fit beside the picture
IN_A_ROW = 5


async def digest(
    session: Session, person: Person, now: datetime, office: Office, charts: ChartRoom
) -> OutgoingMessage | None:
    """The digest of a leader; None before anything was given to a unit in their charge.

    It fits beside the picture as one message; every list opens in full by its button.

    Args:
        session: an open transaction.
        person: whose digest.
        now: the moment it is sent, aware.
        office: calendar and rhythm.
        charts: where the picture is drawn.
    """
    facts = await figures.digest(session, person, now, office)
    if not facts.figures.total:
        return None
    text, most = _fitting(facts)
    files = await _picture(facts, charts)
    rows = [*_to_directives(facts, most), *_to_lists(facts)]
    return OutgoingMessage(text, tuple(tuple(row) for row in rows), files)


def _fitting(facts: DigestFacts) -> tuple[str, int]:
    """The digest with as many lines a section as fit beside a picture, and how many that are."""
    for most in range(MOST, 0, -1):
        text = say.digest(facts, most)
        if len(visible(text)) <= Capabilities.max_caption:
            return text, most
    return say.digest(facts, 0), 0


async def _picture(facts: DigestFacts, charts: ChartRoom) -> tuple[OutgoingFile, ...]:
    try:
        picture = await charts.units_chart(facts.units, facts.whose, facts.today)
    except (BrokenExecutor, TimeoutError):
        log.warning("a digest goes without its picture", extra={"action": "chart_failed"}, exc_info=True)
        return ()
    return (OutgoingFile(f"ban-tin-{facts.today:%Y-%m-%d}.png", "image/png", content=picture),)


def _to_directives(facts: DigestFacts, most: int) -> Rows:
    """A button for each directive that a line speaks of."""
    late = [item for unit in facts.overdue[:most] for item in unit.items]
    pages = (facts.due, facts.approvals, facts.blocked, facts.done)
    named = [*late, *(item for page in pages for item in page.items[:most])]
    codes = {item.view.id: item.view.code for item in named}
    row = [button(f"#{number}", "d", code) for number, code in codes.items()]
    return [row[i : i + IN_A_ROW] for i in range(0, len(row), IN_A_ROW)]


def _to_lists(facts: DigestFacts) -> Rows:
    f = facts.figures
    counts = [
        (Filter.OVERDUE, f.open_late),
        (Filter.DUE, facts.due.directives),
        (Filter.WAITING, f.waiting_approval),
        (Filter.DIFFICULTY, f.blocked),
    ]
    row = [to_list(wanted, count, opens=True) for wanted, count in counts if count]
    if facts.done.directives:
        row.append(_newly_done(facts))
    row.append(button(say.HOME, "sto", "home"))
    return [row[i : i + 2] for i in range(0, len(row), 2)]


def _newly_done(facts: DigestFacts) -> Button:
    """The list as it was this morning, whenever the button is pressed."""
    label = f"{say.NEWLY_DONE} ({facts.done.directives})"
    return button(label, "sto", "new", int(facts.since.timestamp()), 1)
