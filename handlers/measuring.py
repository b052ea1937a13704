"""What units say of what they are measured by: figures, amounts, levels. Said back in one line; what is doubtful asked.

The report is kept at once, with its words; what it says of the measure is worked out anew from them where a button is
pressed, so that nothing waits in a conversation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from db.models import Directive, Measure, Report
from domain.errors import NoSuchThing, Refusal
from domain.measure_words import Followed, Heard, hear, named_in
from domain.measures import Actual, Kind, Level
from domain.replies import Act, understand
from domain.replies import Kind as Said
from handlers.buttons import Rows, button
from handlers.common import by, evidence
from handlers.turn import Args, ButtonHandler, Handler, KeptFile, Turn
from services import life, measures, measuring, reporting
from services.replaced import refuse_replaced
from texts import labels, refusals
from texts import measures as say

_NUMBERED = re.compile(r"#\s*(\d{1,9})\b[\s:,.–-]*")
_NOT_OF_A_MEASURE = frozenset({Said.EXTENSION, Said.DECLINE, Said.QUESTION, Said.ACKNOWLEDGE})


@dataclass(frozen=True)
class _Segment:
    """A stretch of a message about one directive."""

    words: str
    number: int | None


async def listen(turn: Turn, text: str, files: Sequence[KeptFile], replied: int | None) -> str | None:
    """Take out of a message what it says of measures.

    Args:
        turn: a message of somebody whose unit may have some.
        text: its words.
        files: what came with it; they belong to the first thing said.
        replied: the directive the message answers, where that is clear.

    Returns:
        the words that are left for other readers; None where nothing is.
    """
    mine = await measures.in_hand(turn.session, turn.person) if text.strip() else []
    if not mine:
        return text
    left, kept, is_taken = [], list(files), False
    for segment, measure in _with_measures(text, replied, mine):
        said, asked = await _apart(turn, measure, segment.words) if measure else (segment.words, "")
        if measure is not None and await _heard(turn, measure, said, kept):
            kept, is_taken = [], True
            left += [f"#{measure.directive_id} {asked}"] if asked else []
        else:
            left.append(segment.words if segment.number in {None, replied} else f"#{segment.number} {segment.words}")
    if not is_taken:
        return text
    return "\n".join(left) if left else None


async def _apart(turn: Turn, measure: Measure, words: str) -> tuple[str, str]:
    """What is said of a measure, and the request for more time that came with it; else the words as they are."""
    number, pieces = measure.directive_id, words.split(", ")
    asks = [_act(turn, piece, number).kind is Said.EXTENSION for piece in pieces]
    if not any(asks) or len(pieces) == 1:
        return words, ""
    about = await measures.followed(turn.session, measure)
    tells = [not asking and hear(piece, about) is not None for asking, piece in zip(asks, pieces, strict=True)]
    if not any(tells):
        return words, ""
    said = [piece for piece, one in zip(pieces, tells, strict=True) if one]
    return ", ".join(said), ", ".join(piece for piece, one in zip(pieces, tells, strict=True) if not one)


def _with_measures(text: str, replied: int | None, mine: Sequence[Measure]) -> list[tuple[_Segment, Measure | None]]:
    """The parts of a message with what each is about; a line that names nothing belongs to the one before it."""
    found: list[tuple[_Segment, Measure | None]] = []
    for segment in _segments(text, replied):
        measure = _meant(segment, mine)
        if measure is None and segment.number is None and found:
            before, about = found[-1]
            found[-1] = (_Segment(f"{before.words}\n{segment.words}", before.number), about)
        else:
            found.append((segment, measure))
    return found


def _segments(text: str, replied: int | None) -> list[_Segment]:
    """The parts of a message, each with the directive it names; lines are parts where several are named by name."""
    marks = list(_NUMBERED.finditer(text))
    if not marks:
        lines = [line for line in re.split(r"\n+", text) if line.strip()] if replied is None else [text]
        return [_Segment(line, replied) for line in lines]
    ends = [*(m.start() for m in marks[1:]), len(text)]
    first = [_Segment(text[: marks[0].start()], replied)] if text[: marks[0].start()].strip() else []
    found = [_Segment(text[m.end() : end].strip(" \n;,"), int(m[1])) for m, end in zip(marks, ends, strict=True)]
    return [*first, *(one for one in found if one.words)]


def _meant(segment: _Segment, mine: Sequence[Measure]) -> Measure | None:
    if segment.number is not None:
        return next((one for one in mine if one.directive_id == segment.number), None)
    places = named_in(segment.words, [(Kind(one.kind), one.name) for one in mine])
    return mine[places[0]] if len(places) == 1 else None


async def _heard(turn: Turn, measure: Measure, words: str, files: Sequence[KeptFile]) -> bool:
    """Keep what a stretch says of a measure; False where it says nothing of it."""
    about = await measures.followed(turn.session, measure)
    act = _act(turn, words, measure.directive_id)
    found = hear(words, about) or _in_words(about, act)
    if found is None or act.kind in _NOT_OF_A_MEASURE:
        return False
    answered = len(turn.answers)
    try:
        async with turn.session.begin_nested():
            await _keep(turn, measure, words, files, found, act)
    except Refusal as refusal:
        del turn.answers[answered:]
        turn.say(refusals.about(measure.directive_id, refusal), directives=[measure.directive_id])
    return True


def _act(turn: Turn, words: str, number: int) -> Act:
    """What the words are besides."""
    acts = understand(words, now=turn.now, open=[number], reply_to=number).acts
    return acts[0] if acts else Act(number, Said.NONE)


def _in_words(about: Followed, act: Act) -> Heard | None:
    """Where the plan is words alone, what the unit says is how it stands."""
    is_wordy = about.kind is Kind.INDICATOR and about.plan.number is None
    return Heard() if is_wordy and act.kind in {Said.PROGRESS, Said.DONE, Said.DIFFICULTY, Said.NONE} else None


async def _keep(turn: Turn, measure: Measure, words: str, files: Sequence[KeptFile], found: Heard, act: Act) -> None:
    directive = await life.by_number(turn.session, measure.directive_id, turn)
    await refuse_replaced(turn.session, directive)
    kind = "difficulty" if act.difficulty else "progress"
    said = reporting.Said(kind, words, None, act.difficulty)
    row = await reporting.report(turn.session, directive, said, by(turn), evidence(files))
    await _settle(turn, directive, measure, row, found, is_done=act.kind is Said.DONE)


async def _settle(
    turn: Turn, directive: Directive, measure: Measure, row: Report, found: Heard, *, is_done: bool = False,
    edit: bool = False,
) -> None:  # fmt: skip
    """Record what is sure and say it back; ask what is not."""
    if found.doubt:
        await _ask(turn, directive, measure, row, found, edit=edit)
        return
    await measuring.record(turn.session, measure, row, found, by(turn), _shown(measure, found))
    await _say_back(turn, directive, row, is_done=is_done or found.level is Level.DONE, edit=edit)


def _shown(measure: Measure, found: Heard) -> str:
    if found.level:
        return f"{measure.name}: {say.LEVELS[found.level]}"
    actual = Actual(found.value, found.bound) if found.value is not None else None
    return f"{measure.name}: {say.figure(actual, measure.measured_in)}" if actual else measure.name


async def _say_back(turn: Turn, directive: Directive, row: Report, *, is_done: bool, edit: bool) -> None:
    line = await measures.line(turn.session, directive)
    if line is None:
        raise NoSuchThing
    rows: Rows = [[button(labels.RIGHT, "mok", row.code, style="success"), button(labels.EDIT, "mfx", row.code)]]
    if is_done:
        rows.append([button(labels.DONE, "done", directive.code)])
    files = len(row.attachments)
    turn.say(say.said_back(line, row.difficulty, files), rows, directives=[directive.id], edit=edit)


async def _ask(turn: Turn, directive: Directive, measure: Measure, row: Report, found: Heard, *, edit: bool) -> None:
    line = await measures.line(turn.session, directive)
    if line is None or found.doubt is None:
        raise NoSuchThing
    if found.level:
        choices = [[button(say.LEVELS[level], "mlv", row.code, level)] for level in Level]
    else:
        shown = [say.in_unit(value, measure.measured_in) for value in found.choices]
        choices = [[button(label, "mch", row.code, place)] for place, label in enumerate(shown)]
    rows = [*choices, [button(labels.EDIT, "mfx", row.code)]]
    spoken_of = [directive.id] if turn.message.private else []  # in a group the question is the person's alone
    turn.say(say.ask(line, found.doubt), rows, directives=spoken_of, edit=edit)


# --- buttons ---


async def _of(turn: Turn, code: str) -> tuple[Report, Directive, Measure]:
    """A report of the person's own with what it is about.

    Raises:
        NoSuchThing: it was taken back, or the directive is measured by nothing.
    """
    row = await reporting.report_by_code(turn.session, code, turn.person)
    directive = await life.by_number(turn.session, row.directive_id, turn)
    measure = await measures.of_directive(turn.session, directive.id)
    if measure is None:
        raise NoSuchThing
    return row, directive, measure


async def press_right(turn: Turn, args: Args) -> None:
    """``mok:report``: it was understood rightly; nothing is left to press."""
    row, directive, _ = await _of(turn, args[0])
    line = await measures.line(turn.session, directive)
    if line is None:
        raise NoSuchThing
    turn.toast = labels.RIGHT
    text = say.said_back(line, row.difficulty, len(row.attachments))
    turn.say(text, directives=[directive.id], edit=True)


async def press_choice(turn: Turn, args: Args) -> None:
    """``mch:report:place``: one of the figures that could be meant."""
    row, directive, measure = await _of(turn, args[0])
    about = await measures.followed(turn.session, measure, without=row)
    found = hear(row.text, about)
    place = args.number(1)
    if found is None or place >= len(found.choices):
        raise NoSuchThing
    sure = replace(found, value=found.choices[place], doubt=None, choices=())
    await _settle(turn, directive, measure, row, sure, edit=True)


async def press_level(turn: Turn, args: Args) -> None:
    """``mlv:report:level``: the level that was meant."""
    row, directive, measure = await _of(turn, args[0])
    if measure.kind != Kind.REMEDIATION or args[1] not in {str(level) for level in Level}:
        raise NoSuchThing
    await _settle(turn, directive, measure, row, Heard(level=Level(args[1])), edit=True)


async def press_fix(turn: Turn, args: Args) -> None:
    """``mfx:report``: what is it then?"""
    row, directive, measure = await _of(turn, args[0])
    turn.expect("measure_fix", about=directive.id, report=row.code)
    rows = [[button(labels.MEANT_NOTHING, "as", "x", row.code)], [button(labels.STOP, "stop")]]
    turn.say(say.ask_anew(directive.id, measure.name), rows, directives=[directive.id])


async def take_fix(turn: Turn) -> None:
    """The right figure: a new version of the report; the one before stays, marked as taken back."""
    row, directive, measure = await _of(turn, turn.conversation.data["report"])
    words = _NUMBERED.sub("", turn.message.text.strip(), count=1)
    about = await measures.followed(turn.session, measure, without=row)
    found = hear(words, about) or _in_words(about, _act(turn, words, directive.id))
    if found is None:
        turn.say(say.ask_anew(directive.id, measure.name), [[button(labels.STOP, "stop")]], directives=[directive.id])
        return
    turn.finish()
    new = await measuring.say_anew(turn.session, row, words, by(turn))
    await _settle(turn, directive, measure, new, found)


STEPS: dict[str, Handler] = {"measure_fix": take_fix}
BUTTONS: dict[str, ButtonHandler] = {
    "mok": press_right,
    "mch": press_choice,
    "mlv": press_level,
    "mfx": press_fix,
}
