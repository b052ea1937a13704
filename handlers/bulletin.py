"""``/bantin``: a leader's digest now, when it comes by itself, and the list of what needs a leader's word."""

from __future__ import annotations

import re
import unicodedata
from datetime import time

from channels.base import Button
from domain.deadlines.hours import HOUR, hour_of
from domain.digests import Part
from domain.errors import NoSuchThing, NotAllowed
from domain.rights import Action, Role
from domain.spelling import fold
from handlers.asking import to_ask
from handlers.buttons import Rows, button, paging
from handlers.common import by
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import digest_facts, digests, figures
from texts import digests as say
from texts import leaders
from texts.engine import clock

PAGE = 5  # directives, each with a button
MORNINGS = (time(7), time(7, 30), time(8))
EVENINGS = (time(16, 30), time(17))
_HOUR = re.compile(HOUR)
_BARE_HOUR = re.compile(r"\bgio\b")
_NAMES_IT = re.compile(r"\bban tin\b")
_WANTS = re.compile(r"\b(?:gui|nhan|doi|dat|chuyen|gio)\b")
_NOT = re.compile(r"\b(?:khong|thoi|tat|bo|dung)\b")
_DEFAULT = re.compile(r"\b(?:mac dinh|gio chung|binh thuong)\b")
_IN_EVENING = re.compile(r"\b(?:chieu|toi)\b")


async def bulletin(turn: Turn) -> None:
    """``/bantin``, ``/bantin 7h15``, ``/bantin chiều không``."""
    if turn.person.role != Role.LEADER:
        turn.say(say.not_for_you())
        return
    words = turn.message.text.partition(" ")[2]
    if not words.strip():
        await digests.ask(turn.session, turn.person, turn.now)
        _say_hours(turn)
    elif not await _set_typed(turn, words):
        _say_hours(turn)


async def listen(turn: Turn) -> bool:
    """Take a leader's words about the digest, as "gửi bản tin lúc 7h15"; gives whether they were."""
    words = fold(turn.message.text)
    if turn.person.role != Role.LEADER or not _NAMES_IT.search(words) or len(words) > 80:
        return False
    if await _set_typed(turn, turn.message.text):
        return True
    if _WANTS.search(words) is None and fold(words) != "ban tin":
        return False
    await digests.ask(turn.session, turn.person, turn.now)
    _say_hours(turn)
    return True


async def _set_typed(turn: Turn, words: str) -> bool:
    """Set what the words name: an hour, or that there is to be none; gives whether they name anything."""
    folded = fold(words)
    found = _HOUR.search(_BARE_HOUR.sub("giờ", unicodedata.normalize("NFC", words).lower()))
    hour = hour_of(found, "chiều" if _IN_EVENING.search(folded) else "") if found else None
    if hour is not None:
        part = Part.EVENING if hour >= digests.NOON else Part.MORNING
    elif _NOT.search(folded) and _IN_EVENING.search(folded):
        part = Part.EVENING
    elif _DEFAULT.search(folded):
        part = Part.MORNING
    else:
        return False
    await digests.set_hour(turn.session, part, hour, by(turn))
    _say_hours(turn)
    return True


async def press_hour(turn: Turn, args: Args) -> None:
    """``bt:part:07:15`` and ``bt:part`` for none: the hour a digest comes at."""
    if turn.person.role != Role.LEADER:
        raise NotAllowed(Action.SEE)
    try:
        part, hour = Part(args[0]), time.fromisoformat(":".join(args[1:])) if len(args) > 1 else None
    except ValueError:
        raise NoSuchThing from None
    await digests.set_hour(turn.session, part, hour, by(turn))
    _say_hours(turn, edit=True)


def _say_hours(turn: Turn, *, edit: bool = False) -> None:
    person, office_hour = turn.person, turn.office.rhythm.morning
    chosen = say.Hours(person.digest_time or office_hour, person.digest_time is None, person.evening_time)
    mornings = [_choice(clock(h), Part.MORNING, h, person.digest_time) for h in MORNINGS]
    evenings = [_choice(f"{say.EVENING} {clock(h)}", Part.EVENING, h, person.evening_time) for h in EVENINGS]
    rows: Rows = [
        [*mornings, _choice(say.OFFICE_HOUR, Part.MORNING, None, person.digest_time)],
        [*evenings, _choice(say.NO_EVENING, Part.EVENING, None, person.evening_time)],
    ]
    turn.say(say.hours(chosen), rows, edit=edit)


def _choice(label: str, part: Part, hour: time | None, chosen: time | None) -> Button:
    mark = say.CHOSEN if hour == chosen else ""
    return button(f"{mark}{label}", "bt", part, *([hour.isoformat("minutes")] if hour else []))


# --- what needs a leader's word ---


async def open_pressing(turn: Turn, args: Args) -> None:
    """``xlo:page``: the list as a new message, so that the digest stays."""
    await _pressing(turn, args.number(0), edit=False)


async def turn_pressing(turn: Turn, args: Args) -> None:
    """``xl:page``: another page of it, in place."""
    await _pressing(turn, args.number(0), edit=True)


async def _pressing(turn: Turn, number: int, *, edit: bool) -> None:
    if turn.person.role not in {Role.LEADER, Role.CLERK}:
        raise NotAllowed(Action.ASK_EXPLANATION)
    asking = await digest_facts.asking_of(turn.session, turn.person, turn.today, turn.office)
    found = await figures.page(turn.session, asking, digest_facts.PRESSING, turn.office.calendar, number, PAGE)
    found = await digest_facts.with_explanations(turn.session, found)
    rows: Rows = [[to_ask(i.view.code, i.view.id)] for i in found.items if i.explained is None]
    rows.append([button(f"#{i.view.id}", "d", i.view.code) for i in found.items])
    rows.append(paging(found.number, found.pages, "xl"))
    whose = figures.whose(turn.person, asking)
    text = leaders.pressing(whose, found, turn.office.rhythm.leader_after)
    turn.say(text, [row for row in rows if row], directives=[i.view.id for i in found.items], edit=edit)


COMMANDS: dict[str, Handler] = {"bantin": bulletin}
BUTTONS: dict[str, ButtonHandler] = {"bt": press_hour, "xlo": open_pressing, "xl": turn_pressing}
