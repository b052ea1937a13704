"""What departments say. What was understood is said back; what is final is confirmed first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from db.models import Directive, Report
from domain.errors import ExtensionPending, MoveNotAllowed, NoSuchThing, NotAllowed, Refusal
from domain.lifecycle import OPEN, Event, State, after
from domain.obstacles import says_solved
from domain.replies import Act, Kind, Reading, understand
from domain.rights import Action
from handlers import (
    albums,
    asides,
    bulletin,
    cards,
    combining,
    coordinating,
    deciders,
    delegating,
    explaining,
    in_hand,
    lost,
    measuring,
    parts,
    questions,
    requests,
    revising,
    saying_back,
    waiting,
    which,
)
from handlers.buttons import button
from handlers.common import by, evidence, view
from handlers.listed_words import of_all
from handlers.turn import Args, ButtonHandler, Handler, KeptFile, Turn
from services import extensions, life, people, reporting
from services import revising as revisions
from services.replaced import refuse_replaced
from services.reporting import Said
from texts import labels, refusals
from texts import replies as say_replies
from texts import work as say
from texts.obstacles import kept_as_report

SAME_REPORT = timedelta(minutes=2)  # within which a picture without words belongs to the report before it
SAME_WORK = timedelta(days=1)  # the same, where nothing else is in hand that it could belong to
_MEANT_AS_MORE = frozenset({Kind.DONE, Kind.EXTENSION, Kind.DECLINE})
NAMED = re.compile(r"#\s?(\d{1,9})\b")
BARE_NUMBER = re.compile(r"\s*(\d{1,6})\s*[.?!]?\s*")
SHORT_ANSWER = 20  # characters of "#2", "việc số 2 nhé"


# --- free words ---


async def listen(turn: Turn) -> None:
    """Words of an officer that are no command and answer no question of ours."""
    if turn.message.edited and await revising.listen(turn, understand_and_act):
        return
    if await explaining.listen(turn) or await bulletin.listen(turn) or await delegating.listen(turn):
        return
    if (
        await _is_number(turn)
        or await in_hand.listen(turn)
        or await asides.listen(turn)
        or await questions.listen(turn)
    ):
        return
    replied = turn.spoken_of[0] if len(turn.spoken_of) == 1 else None
    await understand_and_act(turn, turn.message.text, turn.files, replied)


async def _is_number(turn: Turn) -> bool:
    """A bare number opens the directive, as "#12" does; gives whether it was one of theirs."""
    found = BARE_NUMBER.fullmatch(turn.message.text)
    if found is None or turn.files or turn.spoken_of or not turn.message.private:
        return False
    try:
        directive = await life.by_number(turn.session, int(found[1]), turn)
    except Refusal:
        return False
    await cards.show(turn, directive)
    return True


async def understand_and_act(turn: Turn, text: str, files: Sequence[KeptFile], replied: int | None) -> None:
    """Read words into acts and carry each out, or ask.

    Args:
        replied: the directive the message answers, where that is clear.
    """
    if await albums.listen(turn, text, files, understand_and_act):
        return
    if not text and files and replied is None and await _joins_last_report(turn, files):
        return
    begun = len(turn.answers)
    await _read_and_do(turn, text, files, replied)
    combining.fold(turn, begun)
    await revisions.belongs(turn.session, turn.inbox_id, album=albums.key(turn))


async def _read_and_do(turn: Turn, text: str, files: Sequence[KeptFile], replied: int | None) -> None:
    if replied is not None and await coordinating.listen(turn, text, files, replied):
        return
    rest = await measuring.listen(turn, text, files, replied)
    if rest is None:
        return
    text, files = rest, files if rest == text else ()
    mine = turn.spoken_of or await waiting.candidates(turn, text, files)
    if not mine and not text and await _joins_last_report(turn, files, SAME_WORK):
        return
    reading = await _understood(turn, text, mine, replied, len(files))
    left, unclear = list(files), []
    for act in reading.acts:
        if act.directive is None and (act.kind is not Kind.NONE or left):
            unclear.append(act.text or text)
            continue
        await _try(turn, act, text, left, unsure=reading.doubt and len(reading.acts) == 1)
        left = []  # files belong to the first act
    if unclear:
        await which.ask(turn, ", ".join(unclear) if len(unclear) > 1 else text, left)


async def _understood(turn: Turn, text: str, mine: Sequence[int], replied: int | None, files: int) -> Reading:
    """The reading of the words; days of more time are counted from the deadlines there are."""
    text = of_all(text) if len(turn.spoken_of) > 1 else text
    reading = understand(text, now=turn.now, open=mine, reply_to=replied, files=files)
    asked = {a.directive for a in reading.acts if a.kind is Kind.EXTENSION and a.directive}
    if not asked:
        return reading
    days = await extensions.last_days(turn.session, asked)
    return understand(text, now=turn.now, open=mine, reply_to=replied, files=files, last_days=days)


async def _try(turn: Turn, act: Act, text: str, files: list[KeptFile], *, unsure: bool) -> None:
    """One act; if it is refused, that is said, and the others stand."""
    answered = len(turn.answers)
    try:
        async with turn.session.begin_nested():
            await _carry_out(turn, act, text, files, unsure=unsure)
    except Refusal as refusal:
        del turn.answers[answered:]
        said = refusals.about(act.directive, refusal)
        turn.say(kept_as_report(said) if await _keeps_the_words(turn, act, text, files, refusal) else said)


async def _keeps_the_words(turn: Turn, act: Act, text: str, files: list[KeptFile], refusal: Refusal) -> bool:
    """What cannot be done now was said all the same: a forgotten file, a reason. It is kept while reports are taken."""
    if act.kind not in _MEANT_AS_MORE or not isinstance(refusal, MoveNotAllowed | ExtensionPending):
        return False
    try:
        async with turn.session.begin_nested():
            directive = await life.by_number(turn.session, act.directive or 0, turn)
            told = await revisions.of_messages(turn.session, [turn.inbox_id], turn.person)
            if any(row.directive_id == directive.id for row in told):
                return False
            said = Said("progress", act.text or text)
            await reporting.report(turn.session, directive, said, by(turn), evidence(files))
    except Refusal:
        return False
    return True


async def _joins_last_report(turn: Turn, files: Sequence[KeptFile], within: timedelta = SAME_REPORT) -> bool:
    """A further picture right after a report is part of it: albums come as one message each."""
    last = await reporting.last_report(turn.session, turn.person, turn.now - within)
    if last is None:
        return False
    directive = await turn.session.get_one(Directive, last.directive_id)
    stands = await people.standing(turn.session, turn, directive)
    if directive.state not in OPEN or not (stands.own_unit or stands.helps):
        return False  # nothing is added to what has ended, or gone elsewhere
    await reporting.join_files(turn.session, last, evidence(files), by(turn))
    last.album = last.album or albums.key(turn)
    saying_back.joined(turn, directive, len(files))
    return True


async def _carry_out(turn: Turn, act: Act, text: str, files: list[KeptFile], *, unsure: bool) -> None:
    words = act.text or text
    if act.directive is None:
        await _not_understood(turn, act)
        return
    directive = await life.by_number(turn.session, act.directive, turn)
    if act.kind not in {Kind.QUESTION, Kind.NONE}:
        await refuse_replaced(turn.session, directive)
    if await _is_others(turn, directive, act, words, files):
        return
    match act.kind:
        case Kind.NONE if not files:
            lost.not_understood(turn)
        case Kind.QUESTION if not files:
            await cards.show(turn, directive)
        case Kind.EXTENSION if turn.conversation.step and not (act.until and act.reason):
            rows = [[button(labels.EXTEND, "ext", directive.code)]]  # one thing is asked at a time
            turn.say(say_replies.more_time_later(directive.id, act.until), rows, directives=[directive.id])
        case Kind.EXTENSION:
            await requests.extension_understood(turn, directive, act, files)
        case Kind.DECLINE:
            await requests.decline_understood(turn, directive, words, files)
        case Kind.DONE:
            await _done_understood(turn, directive, words, files)
        case Kind.ACKNOWLEDGE if not files:
            await _acknowledge(turn, directive)
        case _:
            await _reported(turn, directive, act, words, files, unsure=unsure)


async def _not_understood(turn: Turn, act: Act) -> None:
    """Words that say nothing we know; who decides on the directive they are about gets its card."""
    named = NAMED.findall(turn.message.text)
    about = [int(n) for n in named] if len(named) == 1 else list(turn.spoken_of)
    if len(about) == 1 and not lost.is_small_talk(turn):
        directive = await life.by_number(turn.session, about[0], turn)
        if people.may_decide(await people.standing(turn.session, turn, directive)):
            await cards.show(turn, directive)
            return
    lost.not_understood(turn)


async def _is_others(turn: Turn, directive: Directive, act: Act, words: str, files: Sequence[KeptFile]) -> bool:
    """Words of somebody who does not report on it: who helps speaks of their part, who decides gets the card."""
    stands = await people.standing(turn.session, turn, directive)
    if stands.own_unit:
        return False
    if part := await coordinating.part_spoken_of(turn, directive):
        await coordinating.heard(turn, directive, part, act, words, files)
        return True
    if people.may_decide(stands) or stands.led_before:
        await cards.show(turn, directive)
        return True
    raise NotAllowed(Action.REPORT)


async def choose_which(turn: Turn, args: Args) -> None:
    """``wh:code``: the report that waits is about this one."""
    if turn.conversation.step != "which":
        raise NoSuchThing
    directive = await cards.visible(turn, args[0])
    data = turn.conversation.data
    turn.finish()
    await _act_on_kept(turn, data, directive.id)


async def press_as_report(turn: Turn, args: Args) -> None:
    """``xr:code``: what was called an explanation, though none was asked for, is read as a report."""
    data = turn.conversation.data
    if turn.conversation.step != "explain_unasked" or data["directive"] != args[0]:
        raise NoSuchThing
    directive = await cards.visible(turn, args[0])
    turn.finish()
    await _act_on_kept(turn, data, directive.id)


async def _act_on_kept(turn: Turn, data: dict[str, Any], number: int) -> None:
    """Words and files that waited, about this one: they belong to the message they came with."""
    files = [KeptFile(**f) for f in data["files"]]
    await understand_and_act(turn, data["text"], files, number)
    await revisions.belongs(turn.session, turn.inbox_id, message=data.get("inbox"), album=data.get("album"))


async def name_which(turn: Turn) -> None:
    """Asked which one, the person typed its number, sent another picture, or said something else."""
    data, words = turn.conversation.data, turn.message.text.strip()
    files = [*(KeptFile(**f) for f in data["files"]), *turn.files]
    if not words:
        await which.ask_again(turn, {**data, "files": [vars(f) for f in files]})
        return
    mine = {*await coordinating.in_hand(turn), *data["choices"]}
    named = [int(n) for n in re.findall(r"\d{1,9}", words) if int(n) in mine]
    if not named and not turn.files and await which.is_aside(turn, words):
        return
    turn.finish()
    is_number = len(named) == 1 and len(words) <= SHORT_ANSWER
    if is_number and (data["text"] or not _reports(words, named[0], turn)):
        await _act_on_kept(turn, {**data, "files": [vars(f) for f in files]}, named[0])
        return
    text = f"{data['text']}\n{words}".strip()
    await understand_and_act(turn, text, files, None)
    if turn.message.album and turn.message.album == data.get("sent_as"):  # the caption came after the first pictures
        await revising.take_place(turn, [data["inbox"]])


def _reports(words: str, number: int, turn: Turn) -> bool:
    """Whether words do not only name a directive, but say what has become of it: "#2 đã xong"."""
    acts = understand(words, now=turn.now, open=[number]).acts
    return any(
        a.directive == number and (a.kind in {Kind.DONE, Kind.DIFFICULTY} or a.percent is not None) for a in acts
    )


async def _acknowledge(turn: Turn, directive: Directive) -> None:
    if directive.state == State.ISSUED:
        await reporting.acknowledge(turn.session, directive, by(turn))
        contact = (await view(turn, directive)).contact or turn.person.name
        turn.say(say.acknowledged(directive.id, directive.last_day, contact), directives=[directive.id])
    else:
        await cards.show(turn, directive)


async def _reported(
    turn: Turn, directive: Directive, act: Act, text: str, files: Sequence[KeptFile], *, unsure: bool
) -> None:
    kind = "difficulty" if act.kind is Kind.DIFFICULTY else "progress"
    said = Said(kind, text, act.percent, act.difficulty, is_solved=says_solved(text))
    row = await reporting.report(turn.session, directive, said, by(turn), evidence(files))
    if not text and files and directive.state == State.SUBMITTED:
        saying_back.joined(turn, directive, len(files), row)
        return
    if not text and files:
        saying_back.files_only(turn, directive, row, len(files))
        return
    if unsure and act.kind is Kind.PROGRESS and act.percent is None and not act.difficulty:
        saying_back.unsure(turn, directive, row, len(files))
        return
    saying_back.kept(turn, directive, row, len(files))


async def _done_understood(turn: Turn, directive: Directive, text: str, files: Sequence[KeptFile]) -> None:
    if directive.state == State.SUBMITTED:  # said once more, with what was forgotten
        await reporting.report(turn.session, directive, Said("progress", text), by(turn), evidence(files))
        turn.say(say_replies.added(directive.id, len(files)), directives=[directive.id])
        return
    after(State(directive.state), Event.SUBMIT)  # refused before anything is kept
    row = await reporting.note(turn.session, directive, Said("done", text, 100), by(turn), evidence(files))
    saying_back.final(turn, directive, row, len(files))


# --- buttons ---


async def press_acknowledge(turn: Turn, args: Args) -> None:
    """``ack:code``."""
    directive = await cards.visible(turn, args[0])
    if directive.state == State.ISSUED:  # else a colleague was faster: the card says who
        await reporting.acknowledge(turn.session, directive, by(turn))
    turn.toast = labels.ACKNOWLEDGE
    await cards.show(turn, directive, edit=True)


async def press_report(turn: Turn, args: Args) -> None:
    """``rep:code``: the next words are about this one."""
    directive = await cards.visible(turn, args[0])
    await people.check(turn.session, turn, directive, Action.REPORT)
    after(State(directive.state), Event.REPORT)
    turn.expect("report", about=directive.id, directive=directive.code)
    turn.say(say.ask_report(directive.id), [[button(labels.STOP, "stop")]], directives=[directive.id])


async def take_report(turn: Turn) -> None:
    """The words after ``Báo cáo``."""
    directive = await cards.visible(turn, turn.conversation.data["directive"])
    turn.finish()
    await understand_and_act(turn, turn.message.text, turn.files, directive.id)


async def press_done(turn: Turn, args: Args) -> None:
    """``done:code``: handed to the assigner's side."""
    directive = await cards.visible(turn, args[0])
    closed = await reporting.submit(turn.session, directive, by(turn))
    turn.toast = labels.DONE
    await cards.show(turn, directive, edit=True)
    await _say_handed_in(turn, directive, closed=closed)


async def confirm_done(turn: Turn, args: Args) -> None:
    """``sub:report``: yes, it is done."""
    row = await reporting.report_by_code(turn.session, args[0], turn.person)
    directive = await _of(turn, row)
    closed = await reporting.submit(turn.session, directive, by(turn), row)
    turn.toast = labels.DONE
    await _say_handed_in(turn, directive, closed=closed, edit=True)


async def _say_handed_in(turn: Turn, directive: Directive, *, closed: bool, edit: bool = False) -> None:
    text = await deciders.handed_in(turn.session, directive, turn.person, turn, closed=closed)
    turn.say(parts.with_awaited(text, directive), directives=[directive.id], edit=edit)


async def _of(turn: Turn, row: Report) -> Directive:
    return await life.by_number(turn.session, row.directive_id, turn)


async def fix(turn: Turn, args: Args) -> None:
    """``fix:report``: how was it meant?"""
    row = await reporting.report_by_code(turn.session, args[0], turn.person)
    turn.say(say.correct(row.directive_id), saying_back.meanings(row), directives=[row.directive_id], edit=True)


async def mean(turn: Turn, args: Args) -> None:
    """``as:kind:report``: the same words and files, read as the person says."""
    kind, code = args[0], args[1]
    row = await reporting.report_by_code(turn.session, code, turn.person)
    directive = await _of(turn, row)
    if kind == "x":
        await reporting.withdraw(turn.session, row, by(turn))
        turn.say(say.withdrawn(directive.id), directives=[directive.id], edit=True)
        return
    if kind == "done":
        saying_back.final(turn, directive, row, len(row.attachments), edit=True)
        return
    said = Said(kind, row.text, row.percent if row.percent != 100 else None, row.text if kind == "difficulty" else None)
    new = await reporting.reinterpret(turn.session, row, said, by(turn))
    saying_back.kept(turn, directive, new, len(new.attachments), edit=True)


COMMANDS: dict[str, Handler] = {}
STEPS: dict[str, Handler] = {"report": take_report, "which": name_which}
BUTTONS: dict[str, ButtonHandler] = {
    "ack": press_acknowledge,
    "rep": press_report,
    "done": press_done,
    "sub": confirm_done,
    "fix": fix,
    "as": mean,
    "wh": choose_which,
    "xr": press_as_report,
}
