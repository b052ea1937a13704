"""Which directive is meant: asked with buttons of exactly those that can be, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from db.models import Directive
from db.queries import inbox
from domain.errors import NoSuchThing
from domain.lifecycle import OPEN
from domain.organisation import fold
from domain.rights import Role
from handlers import albums, lost, morning, waiting
from handlers.buttons import Rows, button
from handlers.common import page_of
from handlers.revising import take_place
from handlers.turn import Args, ButtonHandler, KeptFile, Turn
from services import life, people
from texts import labels
from texts import work as say
from texts.engine import shorten

PAGE = 10  # buttons
LABEL_CHARS = 44
_STOPS = {"thoi", "huy", "bo", "bo qua", "khong", "thoi a", "huy bo", "thoi khong can"}


async def ask(turn: Turn, text: str, files: Sequence[KeptFile]) -> None:
    """Ask which directive words and files are about; they are kept, and need not be said again."""
    choices = await _choices(turn, text, files)
    if not choices and files and await waiting.too_late(turn, len(files)):
        return
    if not choices:
        is_unit = turn.person.role in {Role.HEAD, Role.OFFICER}
        if is_unit:
            turn.say(say.no_open())
        else:
            lost.not_understood(turn)
        return
    turn.expect(
        "which",
        text=text,
        files=[vars(f) for f in files],
        choices=choices,
        inbox=turn.inbox_id,
        sent_as=turn.message.album,
        album=albums.key(turn),
    )
    turn.say(say.which(len(files)), await _rows(turn, choices, 1))


async def ask_again(turn: Turn, data: dict[str, Any]) -> None:
    """Further pictures came while it is asked: the question stands, once, with all of them."""
    turn.expect("which", **data)
    turn.say(say.which(len(data["files"])), await _rows(turn, data["choices"], 1))
    before = await inbox.sent_together(turn.session, await inbox.get(turn.session, turn.inbox_id))
    ids = {data["inbox"], *(one.id for one in before)} if turn.message.album == data.get("sent_as") else {data["inbox"]}
    await take_place(turn, ids)


async def is_aside(turn: Turn, words: str) -> bool:
    """Whether what was said instead of an answer is none: "thôi" ends the question, thanks and greetings leave it."""
    if fold(words).strip(" .!") in _STOPS:
        turn.finish()
        turn.say(say.stopped())
        return True
    if not lost.is_small_talk(turn):
        return False
    lost.not_understood(turn)
    return True


async def _choices(turn: Turn, text: str, files: Sequence[KeptFile]) -> list[int]:
    """By id, of the message that was answered those that are open, the most urgent first; else all of the unit."""
    known = await waiting.candidates(turn, text, files)
    named = await life.in_order(turn.session, [number for number in known if number in turn.spoken_of])
    named += await _decided_by(turn, [number for number in turn.spoken_of if number not in known])
    return [d.id for d in sorted(named, key=lambda d: morning.urgency(d, turn))] or known


async def _decided_by(turn: Turn, numbers: Sequence[int]) -> list[Directive]:
    """Those of other units that the person decides on: their cards are what an answer leads to."""
    others = [d for d in await life.in_order(turn.session, numbers) if d.state in OPEN]
    stands = await people.standings(turn.session, turn, others)
    return [d for d, how in zip(others, stands, strict=True) if people.may_decide(how)]


async def _rows(turn: Turn, choices: Sequence[int], page: int) -> Rows:
    page, pages = page_of(len(choices), page, PAGE)
    some = await life.in_order(turn.session, choices[(page - 1) * PAGE : page * PAGE])
    rows: Rows = [[button(shorten(f"#{d.id} {d.text}", LABEL_CHARS), "wh", d.code)] for d in some]
    turning = [button(labels.PREVIOUS, "whp", page - 1)] if page > 1 else []
    if page < pages:
        turning.append(button(f"{labels.SEE_NEXT} ({len(choices) - page * PAGE})", "whp", page + 1))
    return [*rows, *([turning] if turning else []), [button(labels.STOP, "stop")]]


async def turn_page(turn: Turn, args: Args) -> None:
    """``whp:page``: more of them, in place."""
    if turn.conversation.step != "which":
        raise NoSuchThing
    choices = turn.conversation.data.get("choices", [])
    files = len(turn.conversation.data["files"])
    turn.say(say.which(files), await _rows(turn, choices, args.number(0)), edit=True)


BUTTONS: dict[str, ButtonHandler] = {"whp": turn_page}
