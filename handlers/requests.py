"""What a unit asks for: more time, or that a directive goes to whom it belongs.

Both are said back and confirmed before they go out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from db.models import Directive
from domain.errors import DateNotUnderstood, ExtensionsUsedUp, ExtensionTooFar, NoSuchThing
from domain.lifecycle import Event, State, after
from domain.replies import Act, Kind, understand
from domain.rights import Action
from handlers import cards, saying_back
from handlers.buttons import button, stop
from handlers.common import by, evidence, typed_later
from handlers.turn import Args, ButtonHandler, Handler, KeptFile, Turn
from services import extensions, life, people, reporting
from services.office import directory
from services.reporting import Said
from texts import labels, refusals
from texts import obstacles as offers
from texts import work as say

DONE = 100  # percent: that is handed in, not reported by the way
_BECAUSE = re.compile(r"^(?:là )?(?:vì|do|bởi vì|bởi|lý do(?: là)?)(?: do| vì)?[ :]+", re.IGNORECASE)


def _plain(files: Sequence[KeptFile]) -> list[dict[str, Any]]:
    return [vars(f) for f in files]


def _all_files(turn: Turn) -> list[KeptFile]:
    """Those that came with the first words and those that come now."""
    return [*(KeptFile(**f) for f in turn.conversation.data.get("files", ())), *turn.files]


# --- more time ---


async def press_extend(turn: Turn, args: Args) -> None:
    """``ext:code``: until when?"""
    directive = await cards.visible(turn, args[0])
    await extensions.may_ask(turn.session, directive, by(turn))
    await _ask_until(turn, directive, "", ())


async def _ask_until(turn: Turn, directive: Directive, reason: str, files: Sequence[KeptFile]) -> None:
    if directive.last_day is None:
        raise NoSuchThing
    turn.expect("extension_until", about=directive.id, directive=directive.code, reason=reason, files=_plain(files))
    turn.say(say.ask_until(directive.id, directive.last_day), stop(), directives=[directive.id])


async def take_until(turn: Turn) -> None:
    """The date, in words. Words that hold the reason too need not be asked again."""
    data = turn.conversation.data
    directive = await cards.visible(turn, data["directive"])
    until = _day_in(turn, directive.last_day)
    await _keep_figure(turn, directive)
    await _check_then_ask(turn, directive, until, data["reason"], _all_files(turn))


def _day_in(turn: Turn, last_day: date | None) -> date:
    """The day that was typed, alone or with something else after a comma.

    Raises:
        DateDoesNotExist, DateNotUnderstood: as of the whole.
    """
    words = turn.message.text
    for part in words.split(","):
        try:
            return typed_later(turn, part, last_day)
        except DateNotUnderstood:
            continue
    return typed_later(turn, words, last_day)


async def _keep_figure(turn: Turn, directive: Directive) -> None:
    """ "đến 20/3, mới được 60%": the share is reported, beside the day or the reason it came with."""
    acts = understand(turn.message.text, now=turn.now, open=[directive.id], reply_to=directive.id).acts
    percent = next((a.percent for a in acts if a.kind is Kind.PROGRESS and a.percent is not None), None)
    if percent is None or percent >= DONE:
        return
    said = Said("progress", turn.message.text.strip(), percent)
    row = await reporting.report(turn.session, directive, said, by(turn))
    saying_back.kept(turn, directive, row, 0)


async def _check_then_ask(
    turn: Turn, directive: Directive, until: date, reason: str, files: Sequence[KeptFile]
) -> None:
    """A day too far away is answered with the latest possible one, under a button that keeps what was said."""
    try:
        extensions.check_until(directive, until, by(turn))
    except ExtensionTooFar as refused:
        turn.expect("extension_until", about=directive.id, directive=directive.code, reason=reason, files=_plain(files))
        latest = button(offers.until_latest(refused.latest), "exl", directive.code, refused.latest.isoformat())
        turn.say(refusals.refusal(refused), [[latest], *stop()], directives=[directive.id])
        return
    await _ask_reason_or_confirm(turn, directive, until, reason, files)


async def press_latest(turn: Turn, args: Args) -> None:
    """``exl:code:date``: the latest possible day will do."""
    directive = await cards.visible(turn, args[0])
    data = turn.conversation.data if turn.conversation.data.get("directive") == directive.code else {}
    files = _all_files(turn) if data else []
    until = _date(args[1])
    extensions.check_until(directive, until, by(turn))
    await extensions.may_ask(turn.session, directive, by(turn))
    await _ask_reason_or_confirm(turn, directive, until, data.get("reason", ""), files)


async def _ask_reason_or_confirm(
    turn: Turn, directive: Directive, until: date, reason: str, files: Sequence[KeptFile]
) -> None:
    if reason:
        await _confirm(turn, directive, until, reason, files)
        return
    turn.expect(
        "extension_reason", about=directive.id, directive=directive.code, until=until.isoformat(), files=_plain(files)
    )
    turn.say(say.ask_extension_reason(directive.id, until), stop(), directives=[directive.id])


async def take_reason(turn: Turn) -> None:
    """Why."""
    data = turn.conversation.data
    directive = await cards.visible(turn, data["directive"])
    await _keep_figure(turn, directive)
    reason = _BECAUSE.sub("", turn.message.text.strip(), count=1)
    await _confirm(turn, directive, date.fromisoformat(data["until"]), reason, _all_files(turn))


async def _confirm(turn: Turn, directive: Directive, until: date, reason: str, files: Sequence[KeptFile]) -> None:
    """Kept as said, so that the button below works whatever is said meanwhile."""
    await extensions.may_ask(turn.session, directive, by(turn))
    row = await reporting.note(turn.session, directive, Said("extension", reason), by(turn), evidence(files))
    turn.finish()
    assert directive.last_day is not None  # noqa: S101  (may_ask has seen to it)
    turn.say(
        say.confirm_extension(directive.id, directive.last_day, until, reason),
        [
            [
                button(labels.RIGHT, "exs", row.code, until.isoformat(), style="success"),
                button(labels.EDIT, "ext", directive.code),
            ]
        ],
        directives=[directive.id],
    )


async def send_extension(turn: Turn, args: Args) -> None:
    """``exs:report:date``: ask the assigner's side."""
    row = await reporting.report_by_code(turn.session, args[0], turn.person)
    directive = await life.by_number(turn.session, row.directive_id, turn)
    request = await extensions.ask(turn.session, directive, _date(args[1]), row.text, by(turn))
    turn.toast = labels.EXTEND
    turn.say(say.extension_sent(directive.id, request.until), directives=[directive.id], edit=True)


def _date(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise NoSuchThing from None


async def extension_understood(turn: Turn, directive: Directive, act: Act, files: Sequence[KeptFile]) -> None:
    """Free words that ask for more time: what is missing is asked, then confirmed.

    Where no more is given, the words are kept as a report.
    """
    try:
        await extensions.may_ask(turn.session, directive, by(turn))
    except ExtensionsUsedUp as refused:
        said = Said("progress", act.text or turn.message.text)
        await reporting.report(turn.session, directive, said, by(turn), evidence(files))
        turn.say(offers.kept_as_report(refusals.refusal(refused)), directives=[directive.id])
        return
    reason = act.reason or ""
    if act.until is None:
        await _ask_until(turn, directive, reason, files)
        return
    await _check_then_ask(turn, directive, act.until, reason, files)


# --- not ours ---


async def press_decline(turn: Turn, args: Args) -> None:
    """``no:code``: why, and whose is it?"""
    directive = await cards.visible(turn, args[0])
    await people.check(turn.session, turn, directive, Action.DECLINE)
    after(State(directive.state), Event.DECLINE)
    turn.expect("decline", about=directive.id, directive=directive.code)
    turn.say(say.ask_decline(directive.id), stop(), directives=[directive.id])


async def take_decline(turn: Turn) -> None:
    """The reason."""
    directive = await cards.visible(turn, turn.conversation.data["directive"])
    turn.finish()
    await decline_understood(turn, directive, turn.message.text.strip(), turn.files)


async def decline_understood(turn: Turn, directive: Directive, text: str, files: Sequence[KeptFile]) -> None:
    """Said back before it goes out."""
    after(State(directive.state), Event.DECLINE)
    row = await reporting.note(turn.session, directive, Said("decline", text), by(turn), evidence(files))
    turn.say(
        say.confirm_decline(directive.id, await _suggested(turn, text, directive), text),
        [[button(labels.RIGHT, "nos", row.code, style="success"), button(labels.EDIT, "fix", row.code)]],
        directives=[directive.id],
    )


async def _suggested(turn: Turn, text: str, directive: Directive) -> str | None:
    """The unit named in the reason, if it is one of the directory's and not the unit itself."""
    for mention in (await directory(turn.session)).find_in(text):
        unit = mention.match.unit or (mention.match.candidates[0] if len(mention.match.candidates) == 1 else None)
        if unit is not None and unit.id != directive.lead_unit_id:
            return unit.name
    return None


async def send_decline(turn: Turn, args: Args) -> None:
    """``nos:report``: the office decides."""
    row = await reporting.report_by_code(turn.session, args[0], turn.person)
    directive = await life.by_number(turn.session, row.directive_id, turn)
    suggested = await _suggested(turn, row.text, directive)
    await reporting.decline(turn.session, directive, by(turn), row.text, suggested)
    turn.toast = labels.NOT_OURS
    turn.say(say.declined(directive.id), directives=[directive.id], edit=True)


STEPS: dict[str, Handler] = {
    "extension_until": take_until,
    "extension_reason": take_reason,
    "decline": take_decline,
}
BUTTONS: dict[str, ButtonHandler] = {
    "ext": press_extend,
    "exl": press_latest,
    "exs": send_extension,
    "no": press_decline,
    "nos": send_decline,
}
