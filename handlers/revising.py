"""A message that was edited is a new version of what it said: the report before stays, marked as taken back."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Sequence

from channels.base import IncomingMessage, OutgoingMessage
from db.models import Directive, Inbox, Report
from db.queries import inbox
from handlers.common import by, evidence
from handlers.turn import Answer, KeptFile, Turn
from services import answers, revising
from services.revising import Standing
from texts import replies as say

NAMED = re.compile(r"^\s*#\d{1,9}\b[\s:,.–-]*")  # the directive's number before the words

Act = Callable[[Turn, str, Sequence[KeptFile], int | None], Awaitable[None]]
"""Reads words into acts and carries them out; the number is the directive the message answers."""


async def listen(turn: Turn, act: Act) -> bool:
    """An edited message; gives whether all has been said of it. One never heard before is read like any other."""
    row = await inbox.get(turn.session, turn.inbox_id)
    before = await inbox.versions_before(turn.session, row)
    if not before:
        return False
    if _says_the_same(before[-1], turn.message):
        return True
    ids = [one.id for one in before]
    if turn.conversation.step == "which" and turn.conversation.data.get("inbox") in ids:
        await _while_asked_which(turn, act, ids)
        return True
    olds = await revising.of_messages(turn.session, ids, turn.person)
    if not olds:
        turn.finish()
        await act(turn, turn.message.text, turn.files, _answered(turn))
        return True
    await _replace(turn, act, olds, ids)
    return True


def _says_the_same(before: Inbox, message: IncomingMessage) -> bool:
    """Platforms tell of an edit too when only a preview was loaded."""
    earlier = IncomingMessage.from_json(before.message)
    return earlier.text == message.text and [f.name for f in earlier.files] == [f.name for f in message.files]


def _answered(turn: Turn) -> int | None:
    return turn.spoken_of[0] if len(turn.spoken_of) == 1 else None


async def _while_asked_which(turn: Turn, act: Act, ids: Sequence[int]) -> None:
    """It was not yet clear which directive is meant: the new words stand in the place of the old ones."""
    files = [KeptFile(**f) for f in turn.conversation.data["files"]]
    known = {f.sha256 for f in files}
    turn.finish()
    await act(turn, turn.message.text, [*files, *(f for f in turn.files if f.sha256 not in known)], _answered(turn))
    await take_place(turn, ids)


async def take_place(turn: Turn, ids: Collection[int], marked: str | None = None) -> None:
    """Let the one answer of this turn stand where the newest (marked) answer to earlier messages stands."""
    if len(turn.answers) == 1 and not turn.answers[0].message.files:
        one = turn.answers[0].message
        place = await answers.make_way(turn.session, ids, marked)
        turn.answers[0].message = OutgoingMessage(one.text, one.buttons, one.files, one.reply_to, place)


async def _replace(turn: Turn, act: Act, olds: Sequence[Report], ids: Sequence[int]) -> None:
    turn.finish()
    free = [old for old in olds if await _makes_way(turn, old, alone=len(olds) == 1)]
    if free:
        only = free[0].directive_id if len(olds) == 1 else None
        await act(turn, turn.message.text, turn.files, _answered(turn) or only)
        await _settle(turn, free)
        place = await answers.make_way(turn.session, ids)
        if place:
            numbers = sorted({old.directive_id for old in free})
            turn.answers.insert(0, Answer(OutgoingMessage(say.replaced(numbers), replaces=place), tuple(numbers)))


async def _makes_way(turn: Turn, old: Report, *, alone: bool) -> bool:
    """Take an old version back; gives False where it has led on already, and says so."""
    directive = await turn.session.get_one(Directive, old.directive_id, with_for_update={"of": Directive})
    stands = await revising.stands(turn.session, old, directive, by(turn))
    if stands in {Standing.OPEN, Standing.ADDED}:
        await revising.take_back(turn.session, old, by(turn))
        return True
    if stands is Standing.HANDED_IN and alone:
        words, files = NAMED.sub("", turn.message.text), evidence(turn.files)
        await revising.change_handed_in(turn.session, old, directive, words, by(turn), files)
        turn.say(say.handed_in_again(directive.id), directives=[directive.id])
        return False
    turn.say(say.unchanged(directive.id, stands), directives=[directive.id])
    return False


async def _settle(turn: Turn, olds: Sequence[Report]) -> None:
    left = await revising.settle(turn.session, olds, by(turn))
    spoken_of = {number for answer in turn.answers for number in answer.directives}
    gone = sorted({old.directive_id for old in left} - spoken_of)
    if gone:
        turn.say(say.taken_back(gone), directives=gone)
