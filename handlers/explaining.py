"""An explanation in writing: a leader asks with one press; the unit replies, presses, or says ``#12 giải trình: …``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from channels.base import OutgoingMessage
from db import Session
from db.models import Directive, Explanation, Outbox, Person
from domain.calendar import OFFICE_ZONE
from domain.errors import NoSuchDirective, NoSuchThing
from domain.lifecycle import Event, State, allowed
from domain.rights import Action, may
from handlers import cards
from handlers.asking import to_explain
from handlers.buttons import Rows, button, stop
from handlers.common import by, evidence
from handlers.rendering import Moment, message_of, views_of
from handlers.turn import Args, ButtonHandler, Handler, KeptFile, Turn
from services import answerable, explaining, explanations, life, people, posts, reporting
from texts import explaining as say
from texts import labels

TYPED = re.compile(
    r"\s*#?\s*(?P<number>\d{1,9})\s*[,.:–-]?\s*(?:xin\s+|báo cáo\s+)?gi[ảa]i\s+tr[ìi]nh\b"
    r"(?P<apart>[\s:,.–-]*)(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
NAMED = re.compile(r"\s*#(\d{1,9})")


# --- the leader's side ---


async def press_ask(turn: Turn, args: Args) -> None:
    """``xa:code``: the unit has to explain this directive."""
    directive = await cards.visible(turn, args[0])
    row = await explaining.ask(turn.session, directive, by(turn))
    turn.toast = labels.ASK_EXPLANATION
    unit = directive.lead_unit.name if directive.lead_unit else ""
    silent = await answerable.nobody_hears(turn.session, directive)
    text = say.asked(directive.id, unit, row.due_day, nobody_hears=silent)
    turn.say(text, [[button(f"#{directive.id}", "d", directive.code)]], directives=[directive.id])


# --- the unit's side ---


async def press_explain(turn: Turn, args: Args) -> None:
    """``xg:explanation``: the next words explain it."""
    row = await explanations.by_code(turn.session, args[0])
    directive = await explaining.may_answer(turn.session, row, turn)
    turn.expect("explain", about=directive.id, explanation=row.code)
    turn.say(say.ask_words(directive.id, row.due_day), stop(), directives=[directive.id])


async def take_words(turn: Turn) -> None:
    """The explanation, in words, files, or both."""
    row = await explanations.by_code(turn.session, turn.conversation.data["explanation"])
    await _keep(turn, row, turn.message.text, turn.files)


async def press_which(turn: Turn, args: Args) -> None:
    """``xw:explanation``: the words that wait explain this one."""
    if turn.conversation.step != "explain_which":
        raise NoSuchThing
    data = turn.conversation.data
    row = await explanations.by_code(turn.session, args[0])
    await _keep(turn, row, data["text"], [KeptFile(**f) for f in data["files"]])


async def listen(turn: Turn) -> bool:
    """Take words that are an explanation: a reply to the request, or ``#12 giải trình: …``; gives whether they were.

    A reply that names another directive is a matter of its own, and so is one to a request that has ended.
    """
    words = unicodedata.normalize("NFC", turn.message.text)
    waiting = await _asked_in_reply(turn, words)
    if typed := TYPED.match(words):
        waiting = await _of_number(turn, int(typed["number"]))
        words = typed["text"].strip()
        if not waiting:  # "giải trình với thanh tra xong" is a report like any other
            is_said_so = bool(typed["apart"].strip()) or not words
            return is_said_so and await _unasked(turn, int(typed["number"]), words)
    units = await posts.units_of(turn.session, turn.person)
    mine = [row for row in waiting if row.unit_id in units]
    if len(mine) > 1:
        _ask_which(turn, mine, words)
        return True
    if not mine:
        return False
    if not words.strip() and not turn.files:
        await press_explain(turn, Args([mine[0].code]))
        return True
    await _keep(turn, mine[0], words, turn.files)
    return True


async def _unasked(turn: Turn, number: int, words: str) -> bool:
    """Nobody has asked: it is said, and the words may be a report. Gives whether the directive is one of theirs."""
    try:
        directive = await life.by_number(turn.session, number, turn)
    except NoSuchDirective:
        return False
    stands = await people.standing(turn.session, turn, directive)
    if not may(Action.REPORT, stands) or not allowed(State(directive.state), Event.REPORT):
        return False
    has_words = bool(words or turn.files)
    rows: Rows = []
    if has_words:
        files = [vars(f) for f in turn.files]
        turn.expect("explain_unasked", about=directive.id, directive=directive.code, text=words, files=files)
        rows = [[button(labels.AS_REPORT, "xr", directive.code), button(labels.STOP, "stop")]]
    turn.say(say.unasked(directive.id, has_words=has_words), rows, directives=[directive.id])
    return True


async def _asked_in_reply(turn: Turn, words: str) -> Sequence[Explanation]:
    """The open requests of the message this one answers; of those it names, where it names one."""
    message = turn.message
    if not message.reply_to:
        return []
    found = await explanations.of_message(turn.session, message.channel, message.chat, message.reply_to)
    named = NAMED.match(words)
    return [row for row in found if named is None or row.directive_id == int(named[1])]


async def _of_number(turn: Turn, number: int) -> Sequence[Explanation]:
    return list((await explanations.open_of(turn.session, [number])).values())


def _ask_which(turn: Turn, rows: Sequence[Explanation], words: str) -> None:
    turn.expect("explain_which", text=words, files=[vars(f) for f in turn.files])
    choices: Rows = [[button(f"#{row.directive_id}", "xw", row.code) for row in rows[:8]]]
    turn.say(say.which([row.directive_id for row in rows]), [*choices, *stop()])


async def _keep(turn: Turn, row: Explanation, words: str, files: Sequence[KeptFile]) -> None:
    await explaining.answer(turn.session, row, words, by(turn), evidence(files))
    asker = await turn.session.get_one(Person, row.asked_by)
    turn.finish()
    turn.say(say.kept(row.directive_id, _named(asker), len(files)), directives=[row.directive_id])


def _named(person: Person) -> str:
    return f"{person.position} {person.name}" if person.position else person.name


# --- said unasked ---


async def request(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """To the unit: what is to be explained; None when it is answered, or no longer needed."""
    found = await _for_unit(session, row, person)
    if not found:
        return None
    (asked, directive), *_ = found
    (shown,) = await views_of(session, [directive], at)
    rows = [[to_explain(asked.code)], [button(f"#{directive.id}", "d", directive.code)]]
    return message_of(say.request(shown, await _request(session, asked)), rows)


async def late(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """To the unit: what it has not explained in time, in one message."""
    found = await _for_unit(session, row, person)
    if not found:
        return None
    shown = await views_of(session, [directive for _, directive in found], at)
    lines = [(view, await _request(session, asked)) for view, (asked, _) in zip(shown, found, strict=True)]
    is_one = len(found) == 1
    row_of = [to_explain(asked.code, None if is_one else directive.id) for asked, directive in found]
    return message_of(say.reminded(lines), [row_of[i : i + 2] for i in range(0, len(row_of), 2)])


async def _for_unit(session: Session, row: Outbox, person: Person) -> list[tuple[Explanation, Directive]]:
    waiting = await explanations.with_codes(session, row.payload["explanations"])
    units = await posts.units_of(session, person)
    mine = [w for w in waiting if w.unit_id in units]
    return [(w, await session.get_one(Directive, w.directive_id)) for w in mine]


async def _request(session: Session, asked: Explanation) -> say.Request:
    asker = await session.get_one(Person, asked.asked_by)
    return say.Request(_named(asker), asked.asked_at, asked.due_day)


async def answered(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """To who asked: what the unit says."""
    asked = await explanations.by_code(session, row.payload["explanation"])
    report = await explaining.report_of(session, asked)
    if report is None or asked.answered_at is None:
        return None
    directive = await session.get_one(Directive, asked.directive_id)
    stands = await people.standing(session, life.By(person, at.now, at.office), directive)
    if not may(Action.SEE, stands):
        return None
    (shown,) = await views_of(session, [directive], at)
    is_late = asked.answered_at.astimezone(OFFICE_ZONE).date() > asked.due_day
    files = tuple(a.name for a in report.attachments)
    answer = say.Answer(_named(report.person), asked.answered_at, report.text, files, is_late)
    last = [button(f"#{directive.id}", "d", directive.code)]
    if await reporting.evidence_of(session, directive):
        last.append(button(labels.EVIDENCE, "ev", directive.code))
    return message_of(say.answered(shown, answer), [last])


async def ended(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """To who asked: nothing is left to explain."""
    asked = await explanations.by_code(session, row.payload["explanation"])
    directive = await session.get_one(Directive, asked.directive_id)
    (shown,) = await views_of(session, [directive], at)
    text = say.ended(shown, await explaining.unit_name(session, asked))
    return message_of(text, [[button(f"#{directive.id}", "d", directive.code)]])


COMMANDS: dict[str, Handler] = {}
STEPS: dict[str, Handler] = {"explain": take_words}
BUTTONS: dict[str, ButtonHandler] = {"xa": press_ask, "xg": press_explain, "xw": press_which}
