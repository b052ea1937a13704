"""The buttons that lead to what figures are counted by: a notice's source, a directive's field."""

from __future__ import annotations

from channels.base import Button
from db.models import Directive, Notice
from domain.lifecycle import State
from domain.rights import Action, Role, Standing, may
from handlers.buttons import button
from handlers.turn import Turn
from services import fields
from texts import origins as say
from texts.engine import shorten


async def source_row(turn: Turn, notice: Notice) -> list[Button]:
    """On a notice's summary: where it comes from, and the way to say otherwise."""
    return [button(say.source_button(await fields.source_of(turn.session, notice)), "nsr", notice.code)]


def field_row(turn: Turn, directive: Directive) -> list[Button]:
    """The way to a directive's field, for who may correct it; nothing for others and of what was cancelled."""
    if not may(Action.READ_NOTICES, Standing(Role(turn.person.role))) or directive.state == State.CANCELLED:
        return []
    is_draft = directive.state == State.DRAFT
    return [button(shorten(say.field_button(directive.field, draft=is_draft), 60), "fld", directive.code)]
