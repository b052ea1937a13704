"""``ex:code``: a directive's story as a paper to take along."""

from __future__ import annotations

from datetime import datetime

from channels.base import OutgoingFile, OutgoingMessage
from db import Session
from db.models import Directive, Outbox, Person
from domain.calendar import OFFICE_ZONE
from domain.errors import NotAllowed
from domain.extracts import Extract, ExtractFile, ExtractLine
from domain.sheets import heading
from domain.views import DirectiveView, HistoryLine
from exports.history_docx import history_docx
from handlers import cards
from handlers.common import by
from handlers.rendering import Moment, views_of
from handlers.turn import Args, ButtonHandler, Turn
from services import extracts, life
from services.extracts import Material
from texts import history as say

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def ask(turn: Turn, args: Args) -> None:
    """``ex:code``: the paper follows as a file."""
    await extracts.ask(turn.session, await cards.visible(turn, args[0]), by(turn))
    turn.toast = say.DRAWING


async def send(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """The paper, drawn as the facts are now; None for who does not see the directive any more."""
    directive = await session.get(Directive, row.directives[0])
    if directive is None:
        return None
    try:
        material = await extracts.material(session, directive, life.By(person, at.now, at.office))
    except NotAllowed:
        return None
    (view,) = await views_of(session, [directive], at)
    top = heading(at.office, "TL", at.today)
    paper = await at.charts.draw(history_docx, _extract(view, material, person, at), top, at.office.papers.templates)
    file = OutgoingFile(f"trich-luc-{directive.id}.docx", MIME, content=paper)
    return OutgoingMessage(say.extract_caption(directive.id), (), (file,))


def _extract(view: DirectiveView, material: Material, person: Person, at: Moment) -> Extract:
    return Extract(
        office=at.office.name,
        number=view.id,
        text=view.text,
        quote=view.quote or "",
        facts=tuple(say.extract_facts(view, material.story)),
        lines=tuple(_line(line) for line in material.story.lines),
        files=tuple(ExtractFile(name, sha256, size, _moment(came)) for name, sha256, size, came in material.files),
        made_at=at.now.astimezone(OFFICE_ZONE),
        made_by=", ".join(filter(None, (person.name, person.position))),
        audit_rows=material.seal.rows,
        audit_hash=material.seal.hash,
    )


def _line(line: HistoryLine) -> ExtractLine:
    files = f"Minh chứng: {', '.join(line.files)}" if line.files else ""
    content = "\n".join(filter(None, (line.text, files)))
    return ExtractLine(_moment(line.at), say.who(line), say.what(line), content)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(OFFICE_ZONE):%H:%M %d/%m/%Y}"


BUTTONS: dict[str, ButtonHandler] = {"ex": ask}
