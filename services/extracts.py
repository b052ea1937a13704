"""A directive's story leaves the system as a paper: who may take it, that it was taken, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db import Session
from db.models import Directive
from db.queries import story as queries
from domain.rights import Action
from domain.views import Story
from services import audit, people
from services.life import By
from services.outbox import tell
from services.replaced import merged_into
from services.story import story

EXTRACT = "extract"  # an outbox row, and the audit's word: the paper is drawn when it is sent
FIRST = 0  # priority of an answer


@dataclass(frozen=True)
class Material:
    """What the paper is made of. ``files``: name, SHA-256, bytes and moment."""

    story: Story
    files: tuple[tuple[str, str, int, datetime], ...]
    seal: audit.Head


async def ask(session: Session, directive: Directive, by: By) -> None:
    """Queue the paper for who asks; that it leaves the system is recorded.

    Raises:
        NotAllowed: the person does not see the directive.
    """
    await people.check(session, by, directive, Action.SEE)
    await audit.record(session, EXTRACT, now=by.now, directive=directive, actor=by.person, inbox_id=by.inbox_id)
    await tell(session, [by.person.id], EXTRACT, now=by.now, directives=[directive.id], priority=FIRST)


async def material(session: Session, directive: Directive, by: By) -> Material:
    """Everything the paper says, as it is now.

    Raises:
        NotAllowed: the person does not see the directive any more.
    """
    await people.check(session, by, directive, Action.SEE)
    mine = [directive.id, *await merged_into(session, directive.id)]
    files = await queries.files(session, mine)
    return Material(await story(session, directive), tuple(files), await audit.head(session))
