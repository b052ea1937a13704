"""A request for more time and its answers: agreed to, for an objective reason too, refused, or another date offered."""

from __future__ import annotations

import re
from datetime import date

from db import Session
from db.models import Directive, Extension, Person, Transition
from domain.errors import NoSuchThing
from domain.extensions import flagged
from domain.rights import Action, Standing, may
from handlers.buttons import Rows, button, stop
from handlers.common import by, typed_later, view
from handlers.rendering import When
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import extensions, offers, people
from texts import labels
from texts import obstacles as say
from texts import work as say_work

_BECAUSE = re.compile(r"\b(?:vì|vi|do|bởi|lý do|lí do|ly do|để|lý do là)\b[\s:,-]*", re.IGNORECASE)


# --- what stands under a message ---


def to_decide(code: str) -> Rows:
    """The answers to a request, by its code."""
    return [
        [button(labels.AGREE, "yes", code, style="success"), button(say.AGREE_OBJECTIVE, "yeo", code)],
        [button(labels.REFUSE, "nay", code), button(say.OTHER_DATE, "ofr", code)],
    ]


def to_answer(code: str, until: date, *, names_day: bool = False) -> Rows:
    """The answers to an offered day, as one row."""
    agree = say.agree_until(until) if names_day else labels.AGREE
    day = until.isoformat()
    return [[button(agree, "exa", code, day, style="success"), button(say.DISAGREE, "exn", code, day)]]


def of_request(move: Transition, stands: Standing) -> Rows:
    """The buttons of what is told of a request that was answered: the unit's, and of who decides."""
    code = move.details.get("extension", "")
    if move.event == extensions.OFFERED and may(Action.ASK_EXTENSION, stands):
        return to_answer(code, date.fromisoformat(move.details["until"]))
    if move.event == extensions.ACCEPTED and people.may_decide(stands):
        return [[button(say.OBJECTIVE, "exo", code)]]
    return []


def is_overtaken(move: Transition, request: Extension | None) -> bool:
    """Whether what would be said of a request has been overtaken."""
    if move.event == extensions.ASKED:
        return request is None or request.state != "pending"
    if move.event == extensions.OFFERED:
        day = move.details["until"]
        return request is None or request.state != "offered" or request.offered_until != date.fromisoformat(day)
    return False


async def times(session: Session, request: Extension, at: When) -> int:
    """Which request of its directive it is, from the one on that is flagged; else 0."""
    return flagged(await extensions.place_of(session, request), at.office.extensions)


async def rows_of(turn: Turn, directive: Directive, stands: Standing) -> Rows:
    """Under a directive's card: what this person can do about the request that is open."""
    request = await extensions.waiting_of(turn.session, directive)
    if request is None:
        return []
    if request.state == "pending" and people.may_decide(stands):
        return [[button(say.REQUEST, "exq", request.code)]]
    if request.state == "offered" and request.offered_until and may(Action.ASK_EXTENSION, stands):
        return to_answer(request.code, request.offered_until, names_day=True)
    return []


# --- the assigner's side ---


async def press_show(turn: Turn, args: Args) -> None:
    """``exq:extension``: the request as it was asked, with all its answers."""
    request = await extensions.by_code(turn.session, args[0])
    await extensions.check_decider(turn.session, request, by(turn))
    directive = request.directive
    facts = say_work.News(
        extensions.ASKED, await _asker(turn, request), reason=request.reason, until=request.until,
        before=request.last_day_before, times=await times(turn.session, request, turn),
    )  # fmt: skip
    rows = [*to_decide(request.code), [button(f"#{directive.id}", "d", directive.code)]]
    turn.say(say_work.news(await view(turn, directive), facts), rows, directives=[directive.id])


async def _asker(turn: Turn, request: Extension) -> str:
    asker = await turn.session.get_one(Person, request.asked_by)
    return f"{asker.name}, {asker.position or asker.unit.name}"


async def press_offer(turn: Turn, args: Args) -> None:
    """``ofr:extension``: which date instead?"""
    request = await extensions.by_code(turn.session, args[0])
    await offers.may_offer(turn.session, request, by(turn))
    if request.directive.last_day is None:
        raise NoSuchThing
    turn.expect("offer", about=request.directive_id, extension=request.code)
    text = say.ask_offer(request.directive_id, request.until, request.directive.last_day)
    turn.say(text, stop(), directives=[request.directive_id])


async def take_offer(turn: Turn) -> None:
    """The date, and the reason if there is one."""
    request = await extensions.by_code(turn.session, turn.conversation.data["extension"])
    words, reason = split_reason(turn.message.text)
    until = typed_later(turn, words, request.directive.last_day)
    directive = await offers.offer(turn.session, request, until, reason, by(turn))
    turn.finish()
    unit = directive.lead_unit.name if directive.lead_unit else ""
    turn.say(say.offered(directive.id, until, unit), directives=[directive.id])


def split_reason(words: str) -> tuple[str, str]:
    """A date and why: "15/3 vì họp ngày 16/3"."""
    because = _BECAUSE.search(words)
    if because is None:
        return words, ""
    return words[: because.start()], words[because.end() :].strip()


async def press_objective(turn: Turn, args: Args) -> None:
    """``exo:extension``: the reason was objective."""
    request = await extensions.by_code(turn.session, args[0])
    directive = await offers.confirm_objective(turn.session, request, by(turn))
    turn.toast = say.OBJECTIVE
    turn.say(say.objective(directive.id), directives=[directive.id])


# --- the unit's side ---


async def press_accept(turn: Turn, args: Args) -> None:
    """``exa:extension:date``: agreed."""
    request = await extensions.by_code(turn.session, args[0])
    until = _day(args[1])
    directive = await offers.accept(turn.session, request, until, by(turn))
    turn.toast = labels.AGREE
    turn.say(say.accepted(directive.id, until), directives=[directive.id], edit=True)


async def press_decline(turn: Turn, args: Args) -> None:
    """``exn:extension:date``: not agreed, the old deadline stands."""
    request = await extensions.by_code(turn.session, args[0])
    directive = await offers.decline(turn.session, request, _day(args[1]), by(turn))
    turn.toast = say.DISAGREE
    turn.say(say.declined(directive.id, directive.last_day), directives=[directive.id], edit=True)


def _day(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise NoSuchThing from None


STEPS: dict[str, Handler] = {"offer": take_offer}
BUTTONS: dict[str, ButtonHandler] = {
    "exq": press_show,
    "ofr": press_offer,
    "exo": press_objective,
    "exa": press_accept,
    "exn": press_decline,
}
