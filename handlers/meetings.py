"""``/ketluan``: a meeting's conclusions, typed line by line, then a notice with its usual cards.

While a list is open for a person, plain words are conclusions. That is kept beside the conversation, not as its step:
a command, a button or a question in between ends nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from db.models import Conclusion, Meeting
from db.queries import inbox
from domain.organisation import fold
from handlers import reports
from handlers.buttons import Rows, button, paging, stop
from handlers.common import by, page_of
from handlers.drafts import show_summary
from handlers.intake import refuse_secret
from handlers.turn import Args, ButtonHandler, Handler, Turn
from notices.conclusions import lines_of
from services import meetings, revising
from services.meetings import Line
from texts import labels
from texts import meetings as say

STEP = "conclude"
MEETING, SEEN = "meeting", "meeting_seen"  # what a conversation keeps: the list, and the newest conclusion shown
DAY = "meeting_day"  # on which it was opened here: a list that nobody has ended takes no words of the next day
PAGE = 6
_END, _PAUSE, _SHOW = {"xong", "ket thuc", "het"}, {"tam dung"}, {"danh sach", "xem", "xem lai"}
_CHANGE = re.compile(r"s(?:ửa|ua)\s+(\d{1,3})\s*(?::|$)", re.IGNORECASE)  # "Sửa 3 tuyến đường" is a task
_DROP = re.compile(r"(?:bo|xoa)\s+(\d{1,3})")
_MOVE = re.compile(r"(?:dua|chuyen|doi)\s+(\d{1,3})\s+(?:len|xuong|sang|thanh|ve)\s+(\d{1,3})")


def step_of(data: Mapping[str, Any] | None, today: date) -> str | None:
    """The step of who is writing conclusions down today and was asked nothing else."""
    kept = data or {}
    return STEP if kept.get(MEETING) and kept.get(DAY) == today.isoformat() else None


def _go_on(turn: Turn, meeting: Meeting) -> None:
    kept = turn.conversation.data or {}
    turn.conversation.data = {**kept, MEETING: meeting.code, DAY: turn.today.isoformat()}


def _leave(turn: Turn) -> None:
    kept = turn.conversation.data or {}
    turn.conversation.data = {name: value for name, value in kept.items() if name not in {MEETING, SEEN, DAY}}


async def _current(turn: Turn) -> Meeting:
    return await meetings.by_code(turn.session, turn.conversation.data[MEETING], by(turn))


# --- the list ---


async def open_list(turn: Turn) -> None:
    """``/ketluan``: go on with today's list, or begin one; an earlier one is asked about."""
    meeting = await meetings.newest(turn.session, by(turn))
    if meeting is None:
        await _begin(turn)
        return
    rows = await meetings.conclusions(turn.session, meeting)
    if meeting.day == turn.today and meeting.closed_at is None:
        _go_on(turn, meeting)
        await _list(turn, meeting, 1)
        return
    if not rows:
        await _begin(turn)
        return
    choices = [[button(say.GO_ON, "klg", meeting.code), button(say.LIST, "klo", meeting.code)]]
    text = say.found(meetings.title_of(meeting), len(rows), meeting.opened_at)
    turn.say(text, [*choices, [button(say.FILE, "klf", meeting.code), button(say.ANEW, "kln")]])


async def _begin(turn: Turn) -> None:
    meeting = await meetings.begin(turn.session, by(turn))
    _go_on(turn, meeting)
    turn.say(say.begun(meetings.title_of(meeting)), [_ends(meeting)])


def _ends(meeting: Meeting) -> list[Any]:
    return [button(say.DONE, "klx", meeting.code), button(say.PAUSE, "klt", meeting.code)]


async def press_anew(turn: Turn, args: Args) -> None:
    """``kln``: a list of its own."""
    await _begin(turn)


async def press_go_on(turn: Turn, args: Args) -> None:
    """``klg:meeting``: words are conclusions again."""
    meeting = await meetings.by_code(turn.session, args[0], by(turn))
    await meetings.check_open(turn.session, meeting, by(turn))
    _go_on(turn, meeting)
    await _list(turn, meeting, 1)


async def press_list(turn: Turn, args: Args) -> None:
    """``klo:meeting``: the list as a message of its own."""
    await _list(turn, await meetings.by_code(turn.session, args[0], by(turn)), 1)


async def press_page(turn: Turn, args: Args) -> None:
    """``klp:meeting:page``: a page of it, in place."""
    meeting = await meetings.by_code(turn.session, args[0], by(turn))
    await _list(turn, meeting, args.number(1), edit=True)


async def _list(turn: Turn, meeting: Meeting, page: int, *, edit: bool = False) -> None:
    rows = await meetings.conclusions(turn.session, meeting)
    page, pages = page_of(len(rows), page, PAGE)
    some = await meetings.lines(turn.session, meeting, rows[(page - 1) * PAGE : page * PAGE], by(turn))
    _have_seen(turn, rows)
    title = meetings.title_of(meeting)
    shown = [_shown(line, turn) for line in some]
    text = say.listing(title, shown, len(rows), page, pages, closed_at=meeting.closed_at)
    turn.say(text, await _list_rows(turn, meeting, some, page, pages), edit=edit)


async def _list_rows(turn: Turn, meeting: Meeting, some: Sequence[Line], page: int, pages: int) -> Rows:
    if notice := await meetings.notice_of(turn.session, meeting):
        return [[button(say.OPEN_NOTICE, "nso", notice.code)]]
    rows = [[*_of_line(line), button(f"{say.UP} {line.number}", "klm", line.code)] for line in some]
    rows.append(paging(page, pages, "klp", meeting.code))
    kept = turn.conversation.data or {}
    is_writing = kept.get(MEETING) == meeting.code and step_of(kept, turn.today) is not None
    rows.append(_ends(meeting) if is_writing else [button(say.GO_ON, "klg", meeting.code)])
    rows.append([button(say.FILE, "klf", meeting.code, style="success")] if some else [])
    return [row for row in rows if row]


def _of_line(line: Line) -> list[Any]:
    return [
        button(f"{labels.EDIT} {line.number}", "kls", line.code),
        button(f"{labels.DROP} {line.number}", "kld", line.code),
    ]


def _shown(line: Line, turn: Turn) -> say.Shown:
    read = say.reading(line.units, line.last_day, line.recurring, gives=line.gives, is_unclear=line.is_unclear)
    return say.Shown(line.number, line.text, read, None if line.writer == turn.person.name else line.writer)


def _have_seen(turn: Turn, rows: Sequence[Conclusion]) -> None:
    newest = max((row.id for row in rows), default=0)
    turn.conversation.data = {**(turn.conversation.data or {}), SEEN: newest}


# --- what is typed ---


async def take_words(turn: Turn) -> None:
    """Conclusions, a line each; or a word about the list: "xong", "sửa 3", "bỏ 3", "đưa 3 lên 1"."""
    meeting = await _current(turn)
    words = turn.message.text.strip()
    if turn.message.edited:
        await _change_typed(turn, meeting, words)
        return
    if notice := await meetings.notice_of(turn.session, meeting):
        _leave(turn)
        rows = [[button(say.OPEN_NOTICE, "nso", notice.code), button(labels.ADD_TASK, "nadd", notice.code)]]
        turn.say(say.not_kept(words), rows)
        return
    if not await _about_list(turn, meeting, words):
        await _keep(turn, meeting, lines_of(words))


async def _about_list(turn: Turn, meeting: Meeting, words: str) -> bool:
    """Whether words were about the list itself; then that is done."""
    said = fold(words).strip(" .!")
    if said in _END:
        await _finish(turn, meeting)
    elif said in _PAUSE:
        await _pause(turn, meeting)
    elif said in _SHOW:
        await _list(turn, meeting, 1)
    elif found := _CHANGE.match(unicodedata.normalize("NFC", words)):
        await _change(turn, meeting, int(found[1]), words.partition(":")[2].strip())
    elif found := _DROP.fullmatch(said):
        await meetings.drop(turn.session, await meetings.at_place(turn.session, meeting, int(found[1])), by(turn))
        await _list(turn, meeting, 1 + (int(found[1]) - 1) // PAGE)
    elif found := _MOVE.fullmatch(said):
        row = await meetings.at_place(turn.session, meeting, int(found[1]))
        await meetings.move(turn.session, row, int(found[2]), by(turn))
        await _list(turn, meeting, 1 + (int(found[2]) - 1) // PAGE)
    else:
        return False
    return True


async def _keep(turn: Turn, meeting: Meeting, texts: Sequence[str]) -> None:
    if not texts:
        await _list(turn, meeting, 1)
        return
    seen = (turn.conversation.data or {}).get(SEEN, 0)
    rows = await meetings.add(turn.session, meeting, texts, by(turn))
    every = await meetings.conclusions(turn.session, meeting)
    others = [row for row in every if row.id > seen and row not in rows]
    some = await meetings.lines(turn.session, meeting, rows, by(turn))
    theirs = await meetings.lines(turn.session, meeting, others, by(turn))
    _have_seen(turn, every)
    buttons: Rows = [_of_line(some[0])] if len(some) == 1 else []
    buttons.append([button(f"{say.LIST} ({len(every)})", "klo", meeting.code), *_ends(meeting)])
    turn.say(say.kept([_shown(x, turn) for x in some], [_shown(x, turn) for x in theirs], len(every)), buttons)


async def _change(turn: Turn, meeting: Meeting, place: int, words: str) -> None:
    row = await meetings.at_place(turn.session, meeting, place)
    await (_say_changed(turn, meeting, row, words) if words else _ask(turn, meeting, row))


async def _say_changed(turn: Turn, meeting: Meeting, row: Conclusion, words: str) -> None:
    await meetings.change(turn.session, row, " ".join(words.split()), by(turn))
    (line,) = await meetings.lines(turn.session, meeting, [row], by(turn))
    turn.say(say.changed(_shown(line, turn)), [_of_line(line), [button(say.LIST, "klo", meeting.code)]])


async def _change_typed(turn: Turn, meeting: Meeting, words: str) -> None:
    """A message of conclusions was edited: these have the new words, line by line."""
    before = await inbox.versions_before(turn.session, await inbox.get(turn.session, turn.inbox_id))
    if await revising.of_messages(turn.session, [one.id for one in before], turn.person):
        await reports.listen(turn)  # it was no conclusion, but a report: from before the list was opened
        return
    old, new = lines_of(str(before[-1].message["text"]) if before else ""), lines_of(words)
    if old == new:
        return
    rows = await meetings.typed(turn.session, meeting, old, by(turn))
    if not rows or len(rows) != len(old):
        turn.say(say.edit_not_found())
        return
    refuse_secret(words)
    for row, text in zip(rows, new, strict=False):
        if row.text != text:
            await meetings.change(turn.session, row, text, by(turn))
    for row in rows[len(new) :]:
        await meetings.drop(turn.session, row, by(turn))
    if more := new[len(rows) :]:
        await meetings.add(turn.session, meeting, more, by(turn))
    await _list(turn, meeting, 1 + (rows[0].place - 1) // PAGE)


# --- a conclusion ---


async def press_change(turn: Turn, args: Args) -> None:
    """``kls:conclusion``: other words?"""
    await _ask(turn, *await meetings.one(turn.session, args[0], by(turn)))


async def _ask(turn: Turn, meeting: Meeting, row: Conclusion) -> None:
    (line,) = await meetings.lines(turn.session, meeting, [row], by(turn))
    turn.expect("conclusion_words", conclusion=row.code)
    turn.say(say.ask_words(_shown(line, turn)), stop())


async def take_change(turn: Turn) -> None:
    """The other words."""
    meeting, row = await meetings.one(turn.session, turn.conversation.data["conclusion"], by(turn))
    words = turn.message.text.strip()
    refuse_secret(words)
    turn.finish()
    await _say_changed(turn, meeting, row, words or row.text)


async def press_drop(turn: Turn, args: Args) -> None:
    """``kld:conclusion``: leave it out."""
    meeting, row = await meetings.one(turn.session, args[0], by(turn))
    await meetings.drop(turn.session, row, by(turn))
    turn.toast = labels.DROP
    await _list(turn, meeting, 1 + (row.place - 1) // PAGE, edit=True)


async def press_up(turn: Turn, args: Args) -> None:
    """``klm:conclusion``: before the one above it."""
    meeting, row = await meetings.one(turn.session, args[0], by(turn))
    if row.place > 1:
        await meetings.move(turn.session, row, row.place - 1, by(turn))
    await _list(turn, meeting, 1 + (row.place - 1) // PAGE, edit=True)


# --- its end ---


async def press_done(turn: Turn, args: Args) -> None:
    """``klx:meeting``: the meeting is over."""
    await _finish(turn, await meetings.by_code(turn.session, args[0], by(turn)))


async def _finish(turn: Turn, meeting: Meeting) -> None:
    await meetings.close(turn.session, meeting, by(turn))
    _leave(turn)
    await _list(turn, meeting, 1)


async def press_pause(turn: Turn, args: Args) -> None:
    """``klt:meeting``: words are words again, until ``/ketluan``."""
    await _pause(turn, await meetings.by_code(turn.session, args[0], by(turn)))


async def _pause(turn: Turn, meeting: Meeting) -> None:
    _leave(turn)
    total = len(await meetings.conclusions(turn.session, meeting))
    turn.say(say.paused(meetings.title_of(meeting), total), [[button(say.GO_ON, "klg", meeting.code)]])


async def press_file(turn: Turn, args: Args) -> None:
    """``klf:meeting``: the notice, with its cards."""
    meeting = await meetings.by_code(turn.session, args[0], by(turn))
    notice = await meetings.file(turn.session, meeting, by(turn))
    _leave(turn)
    turn.toast = say.FILE
    await show_summary(turn, notice)


COMMANDS: dict[str, Handler] = {"ketluan": open_list}
STEPS: dict[str, Handler] = {STEP: take_words, "conclusion_words": take_change}
BUTTONS: dict[str, ButtonHandler] = {
    "kln": press_anew,
    "klg": press_go_on,
    "klo": press_list,
    "klp": press_page,
    "kls": press_change,
    "kld": press_drop,
    "klm": press_up,
    "klx": press_done,
    "klt": press_pause,
    "klf": press_file,
}
