"""``Xem minh chứng``: what was handed in, sent again, page by page."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from channels.base import OutgoingFile, OutgoingMessage
from db import Session
from db.models import Outbox, Person
from domain.errors import FileRefused
from handlers import buttons, cards
from handlers.buttons import button
from handlers.rendering import Moment, message_of
from handlers.turn import Answer, Args, ButtonHandler, Turn
from services import attachments
from services.attachments import Kept
from texts import files as say

PAGE = 10  # files


async def send(turn: Turn, args: Args) -> None:
    """``ev:code``: the files of a directive, the first ten."""
    await _send(turn, args[0], 1)


async def send_more(turn: Turn, args: Args) -> None:
    """``evp:code:page``: the next ones."""
    await _send(turn, args[0], args.number(1))


async def _send(turn: Turn, code: str, page: int) -> None:
    directive = await cards.visible(turn, code)
    found = await attachments.of_directive(turn.session, turn, directive)
    some = found[(page - 1) * PAGE : page * PAGE]
    missing = []
    for kept in some:
        if file := await _file(turn, kept):
            text = say.caption(directive.id, kept.unit, kept.person, kept.at)
            turn.say(text, files=[file], directives=[directive.id])
        else:
            missing.append(kept.name)
    back = button(f"#{directive.id}", "d", code)
    if missing:
        turn.say(say.missing(directive.id, missing), [[back]], directives=[directive.id])
    if not some:
        turn.say(say.none(directive.id), [[back]], directives=[directive.id])
    elif len(found) > PAGE:
        rows = [buttons.paging(page, -(-len(found) // PAGE), "evp", code), [back]]
        first = (page - 1) * PAGE + 1
        turn.say(say.more(directive.id, first, first + len(some) - 1, len(found)), rows, directives=[directive.id])


async def _file(turn: Turn, kept: Kept) -> OutgoingFile | None:
    """The file, where it is on the disk, or with the platform that is to show it."""
    path = turn.store.path(kept.sha256)
    there = await asyncio.to_thread(path.is_file)
    ref = kept.file_ref if kept.channel == turn.message.channel else None
    if not there and ref is None:
        return None
    return OutgoingFile(
        kept.name, kept.mime, path=str(path) if there else None, ref=ref, ref_channel=kept.channel if ref else None
    )


async def say_trouble(turn: Turn, trouble: Sequence[FileRefused]) -> None:
    """Say which files of this message were not kept, and that the rest was."""
    if not trouble:
        return
    lines = [say.refused(one) for one in trouble]
    if turn.message.text.strip() or turn.files:
        lines.append(say.rest_kept())
    # Before the answer: its buttons are to stand last.
    turn.answers.insert(0, Answer(OutgoingMessage("\n".join(lines))))
    if any(one.problem == "quota" for one in trouble):
        await attachments.tell_full(turn.session, await attachments.used_mb(turn.session), turn.now)


async def full(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """To the office: no more evidence can be kept. Moot where there is room again."""
    used = await attachments.used_mb(session)
    if used < row.payload["used_mb"]:
        return None
    return message_of(say.full(used, at.office.files.quota_mb), [])


BUTTONS: dict[str, ButtonHandler] = {"ev": send, "evp": send_more}
