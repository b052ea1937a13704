"""What a newer notice changed, as its units read it: put into words at the moment of sending."""

from __future__ import annotations

from datetime import date

from channels.base import OutgoingMessage
from db import Session
from db.models import Directive, Outbox, Transition
from domain.errors import NoSuchThing
from domain.lifecycle import Event, State
from handlers import buttons
from handlers.buttons import button
from services import notices, people, posts
from services.life import By
from services.show import source_of
from texts import amending as say
from texts import labels


async def amended(session: Session, row: Outbox, to: By) -> OutgoingMessage | None:
    """One message about everything a notice changed in the directives of a person's unit."""
    person = to.person
    try:
        notice = await notices.by_code(session, row.payload["notice"])
    except NoSuchThing:
        return None
    moves: dict[int, list[Transition]] = {}
    for number in row.payload["rows"]:
        move = await session.get(Transition, number)
        if move is not None and move.directive_id is not None:
            moves.setdefault(move.directive_id, []).append(move)
    directives = [await session.get_one(Directive, number) for number in moves]
    lines = [_line(directive, moves[directive.id]) for directive in directives]
    seen = [d for d in directives if people.may_see(await people.standing(session, to, d), d)]
    rows = buttons.to_directives((d.id, d.code) for d in seen)
    units = await posts.units_of(session, person)
    if any(d.state == State.ISSUED and d.lead_unit_id in units for d in seen):
        rows.append([button(labels.ACKNOWLEDGE_ALL, "acka", style="success")])
    text = say.told(source_of(notice), await posts.named(session, person, [d.lead_unit_id for d in seen]), lines)
    return OutgoingMessage(text, tuple(tuple(r) for r in rows if r))


def _line(directive: Directive, moves: list[Transition]) -> say.ChangedLine:
    facts = {name: value for move in moves for name, value in move.details.items()}
    return say.ChangedLine(
        directive.id,
        directive.text,
        old_unit=facts.get("old_unit"),
        new_unit=facts.get("new_unit"),
        has_deadline="until" in facts,
        before=_day(facts.get("from")),
        after=_day(facts.get("until")),
        closed_request=bool(facts.get("closed_request")),
        words=facts.get("words"),
        helpers=facts.get("helpers"),
        cancelled=any(move.event == Event.CANCEL for move in moves),
    )


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
