"""Pictures sent together come as one message each, in any order, the words with any of them: one report."""

from __future__ import annotations

from collections.abc import Sequence

from db.models import Directive, Inbox, Report
from db.queries import inbox
from domain.lifecycle import WITH_UNIT
from handlers import saying_back
from handlers.common import by, evidence
from handlers.revising import Act, take_place
from handlers.turn import KeptFile, Turn
from services import reporting, revising

_FREE = frozenset({revising.Standing.OPEN, revising.Standing.ADDED})


def key(turn: Turn) -> str | None:
    """The name of the album of this message, among those of all chats; None where there is none."""
    message = turn.message
    return f"{message.channel}:{message.chat}:{message.album}" if message.album else None


async def listen(turn: Turn, text: str, files: Sequence[KeptFile], act: Act) -> bool:
    """A further picture of an album that has a report; gives whether it was that."""
    name = key(turn)
    row = await revising.of_album(turn.session, name, turn.person) if name and files else None
    if row is None or (text and row.text):
        return False
    directive = await turn.session.get_one(Directive, row.directive_id, with_for_update={"of": Directive})
    before = await inbox.sent_together(turn.session, await inbox.get(turn.session, turn.inbox_id))
    if text and await revising.stands(turn.session, row, directive, by(turn)) in _FREE:
        await _with_its_caption(turn, text, files, row, act)
        await take_place(turn, [one.id for one in before])
        return True
    await _join(turn, directive, row, files, before)
    return True


async def _with_its_caption(turn: Turn, text: str, files: Sequence[KeptFile], row: Report, act: Act) -> None:
    """The words came after the first pictures: all of them are the report."""
    earlier = [KeptFile(a.sha256, a.name, a.mime, a.size, a.channel, a.file_ref) for a in row.attachments]
    await revising.take_back(turn.session, row, by(turn))
    await act(turn, text, [*earlier, *files], row.directive_id)
    await revising.settle(turn.session, [row], by(turn))


async def _join(
    turn: Turn, directive: Directive, row: Report, files: Sequence[KeptFile], before: Sequence[Inbox]
) -> None:
    await reporting.join_files(turn.session, row, evidence(files), by(turn))
    await turn.session.refresh(row, ["attachments"])
    ids = [one.id for one in before]
    if row.inbox_id in ids and saying_back.again(turn, directive, row):
        await take_place(turn, ids)
        return
    alone = row if row.kind == "progress" and not row.text and directive.state not in WITH_UNIT else None
    saying_back.joined(turn, directive, sum(len(one.message["files"]) for one in before) + len(files), alone)
    await take_place(turn, ids, saying_back.JOINED)
