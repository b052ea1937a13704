"""One directive given in a sentence: with ``/giaoviec``, or as a part of a notice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from domain.deadlines import Deadline, ImpossibleDate, find_deadlines, read_deadline
from domain.errors import DateDoesNotExist, DateNotUnderstood, NoSuchThing
from domain.organisation import UnitEntry
from domain.rights import Action, Role, Standing, require
from domain.urgency import Urgency, opening
from handlers.buttons import Rows, button
from handlers.common import by, typed_unit, without_assumptions
from handlers.drafts import show_draft
from handlers.intake import refuse_secret
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import notices, office
from services.show import source_of
from texts import labels
from texts import notices as say
from texts import work as say_work


async def give(turn: Turn) -> None:
    """``/giaoviec Đơn vị: việc trước ngày``: a draft from one sentence; alone, how to send a notice in."""
    words = "".join(turn.message.text.split(maxsplit=1)[1:]).strip()
    if not words:
        turn.say(say.how())
        return
    urgency, words = opening(words)
    name, colon, task = words.partition(":")
    if not colon or not task.strip():
        turn.say(say.how())
        return
    refuse_secret(task.strip())
    unit, choices = await typed_unit(turn, name)
    if unit is None:
        turn.expect("give_unit", task=task.strip(), urgency=urgency)
        turn.say(say.unit_unclear(name.strip(), [c.name for c in choices]), _unit_choices(choices))
        return
    await _give(turn, unit.id, task.strip(), urgency)


def _unit_choices(choices: list[UnitEntry]) -> Rows:
    return [*([button(c.name, "gu", c.id)] for c in choices), [button(labels.STOP, "stop")]]


async def give_to(turn: Turn, args: Args) -> None:
    """``gu:unit``: one of the units offered."""
    if turn.conversation.step != "give_unit":
        raise NoSuchThing
    await _give(turn, args.number(0), *_kept(turn))


async def take_give_unit(turn: Turn) -> None:
    """The unit's name, typed again."""
    unit, choices = await typed_unit(turn, turn.message.text)
    if unit is None:
        turn.say(say.unit_unclear(turn.message.text, [c.name for c in choices]), _unit_choices(choices))
        return
    await _give(turn, unit.id, *_kept(turn))


def _kept(turn: Turn) -> tuple[str, Urgency | None]:
    """The task that waits for its unit, and how urgent it is."""
    data = turn.conversation.data
    return data["task"], Urgency(data["urgency"]) if data.get("urgency") else None


async def _give(turn: Turn, unit_id: int, task: str, urgency: Urgency | None) -> None:
    own, task = opening(task)  # "khẩn:" may stand before the unit or before the task
    unit = await office.unit(turn.session, unit_id)
    dated = deadline_in(turn, task)
    text = without(task, dated)
    draft = await notices.draft_directly(turn.session, text, unit, dated, (), by(turn), urgency or own)
    turn.finish()
    await show_draft(turn, draft)


_OPENS_ENDING = ("trong", "cuối", "đầu", "giữa", "ngày", "hết", "đến", "thứ", "hạn", "sáng", "chiều", "tuần")
_ENDING = 8  # words
_BE_DONE = re.compile(r"\s*[,;]\s*(?:(?:và|phải|cần|làm)\s+)*(?:xong|hoàn thành|hoàn tất)$", re.IGNORECASE)


def deadline_in(turn: Turn, task: str) -> Deadline | None:
    """The deadline of a task typed in one sentence: a full phrase anywhere, or a shorter one at its end.

    Raises:
        DateDoesNotExist: such as 31/02.
        DateNotUnderstood: a deadline is named that has no date, such as one that counts from an event.
    """
    calendar = turn.office.calendar
    try:
        found = find_deadlines(task, turn.today, calendar)
        if dated := next((d for d in found if d.date), None):
            return without_assumptions(dated)
        for ending in _endings(task):
            deadline = read_deadline(ending, turn.today, calendar)
            if deadline and _is_all_of(ending, deadline, turn.today):
                return replace(without_assumptions(deadline), span=(len(task) - len(ending), len(task)))
        for phrase in found:
            read_deadline(phrase.text, turn.today, calendar)
    except ImpossibleDate as error:
        raise DateDoesNotExist(error.given) from error
    if found:
        raise DateNotUnderstood(found[0].text)
    return None


def _is_all_of(ending: str, deadline: Deadline, today: date) -> bool:
    """Whether an ending is a deadline and nothing else; a day that has passed is the date of something else."""
    start, end = deadline.span
    is_ahead = deadline.date is not None and deadline.date >= today
    return (
        is_ahead
        and end == len(ending)
        and ending[:start].strip().lower() in {"", "ngày", "hạn", "hạn ngày", "đến ngày"}
    )


def _endings(task: str) -> Iterator[str]:
    """The last words of a sentence that may be a date, the longest first."""
    starts = [m.start() for m in re.finditer(r"\S+", task)][-_ENDING:]
    for start in starts:
        if task[start:].lower().startswith(_OPENS_ENDING):
            yield task[start:]


def without(task: str, deadline: Deadline | None) -> str:
    """The task in its own words; its deadline stands beside it, and may be changed there."""
    if deadline is not None:
        start, end = deadline.span
        task = _BE_DONE.sub("", task[:start].rstrip(" ,;:-–(")) + task[end:].lstrip(" ,;)")
    task = task.strip().rstrip(".")
    return task[:1].upper() + task[1:]


async def ask_task(turn: Turn, args: Args) -> None:
    """``nadd:notice``: ask for a task that the reader has missed."""
    require(Action.READ_NOTICES, Standing(Role(turn.person.role)))
    notice = await notices.by_code(turn.session, args[0])
    turn.expect("notice_task", notice=notice.code)
    turn.say(say.ask_task(source_of(notice)), [[button(labels.STOP, "stop")]])


async def take_task(turn: Turn) -> None:
    """The task in one sentence, with or without its unit before a colon: a draft that belongs to the notice."""
    notice = await notices.by_code(turn.session, turn.conversation.data["notice"])
    words = turn.message.text.strip()
    refuse_secret(words)
    name, _, rest = words.partition(":")
    unit, choices = await typed_unit(turn, name) if rest.strip() else (None, [])
    named = unit is not None or bool(choices)
    task = rest.strip() if named else words
    dated = deadline_in(turn, task)
    lead = await office.unit(turn.session, unit.id) if unit else None
    written = lead.name if lead else name.strip() if named else None
    text = without(task, dated)
    draft = await notices.add_by_hand(turn.session, notice, text, lead, written, dated, by(turn))
    turn.finish()
    await show_draft(turn, draft)


async def stop(turn: Turn, args: Args) -> None:
    """``stop``: leave the conversation."""
    turn.finish()
    turn.say(say_work.stopped(), edit=True)


COMMANDS: dict[str, Handler] = {"giaoviec": give}
STEPS: dict[str, Handler] = {"give_unit": take_give_unit, "notice_task": take_task}
BUTTONS: dict[str, ButtonHandler] = {"gu": give_to, "nadd": ask_task, "stop": stop}
