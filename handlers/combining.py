"""One answer for several directives: a block for each, with its own buttons, each changed in place on its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from channels.base import Button, Buttons, OutgoingMessage
from handlers.turn import Answer, Turn
from services import answers
from services.answers import BLOCKS


@dataclass(frozen=True)
class Block:
    """What the answer says of one directive.

    Args:
        directive: its number; None for what is about the message as a whole.
        text: markup.
        rows: its buttons, as the directive alone would have them.
    """

    directive: int | None
    text: str
    rows: Buttons = ()

    def labelled(self) -> Buttons:
        """The buttons, each with the number it belongs to."""
        if self.directive is None:
            return self.rows
        return tuple(tuple(replace(b, label=f"{b.label} #{self.directive}") for b in row) for row in self.rows)


def fold(turn: Turn, begun: int) -> None:
    """Make one answer of those given since ``begun``, where there are several and none carries a file.

    Two about one directive stay two: the same button under one message could mean either.
    """
    given = turn.answers[begun:]
    if len(given) < 2 or any(a.message.files or a.message.replaces for a in given):
        return
    blocks = [Block(_number(a), a.message.text, a.message.buttons) for a in given]
    numbers = [block.directive for block in blocks if block.directive is not None]
    if len(set(numbers)) < len(numbers):
        return
    turn.answers[begun:] = [_answer(blocks)]


def blocks_of(answer: Answer) -> list[Block]:
    """What an answer says of each directive, whether it speaks of one or of several."""
    if BLOCKS in answer.payload:
        return _stored(answer.payload[BLOCKS])
    return [Block(_number(answer), answer.message.text, answer.message.buttons)]


def _number(answer: Answer) -> int | None:
    return answer.directives[0] if len(answer.directives) == 1 else None


def _answer(blocks: Sequence[Block], replaces: str | None = None) -> Answer:
    text = "\n\n".join(b.text.strip() for b in blocks)
    rows = tuple(row for b in blocks for row in b.labelled())
    numbers = tuple(dict.fromkeys(b.directive for b in blocks if b.directive is not None))
    return Answer(OutgoingMessage(text, rows, replaces=replaces), numbers, {BLOCKS: [asdict(b) for b in blocks]})


async def weave(turn: Turn) -> None:
    """After a press under such an answer: what is to stand in its place changes its own block only."""
    place = turn.message.pressed_on
    if place is None or not any(a.message.replaces == place for a in turn.answers):
        return
    row = await answers.under(turn.session, turn.message.channel, turn.message.chat, place)
    if row is not None:
        blocks = _stored(row.payload[BLOCKS])
        turn.answers[:] = [_woven(blocks, a) if a.message.replaces == place else a for a in turn.answers]


def _woven(blocks: list[Block], answer: Answer) -> Answer:
    number = _number(answer)
    at = next((i for i, b in enumerate(blocks) if b.directive == number), None)
    if at is None or number is None:  # about none of them alone: a message of its own, and this one stays
        return replace(answer, message=replace(answer.message, replaces=None))
    blocks[at] = Block(number, answer.message.text, answer.message.buttons)
    return _answer(blocks, answer.message.replaces)


def _stored(blocks: Iterable[dict[str, Any]]) -> list[Block]:
    return [
        Block(b["directive"], b["text"], tuple(tuple(Button(**one) for one in row) for row in b["rows"]))
        for b in blocks
    ]
