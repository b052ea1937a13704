"""What people of a helping unit say and press about its part, and what the lead unit and the office do with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from channels.base import OutgoingMessage
from db import Session
from db.models import Coordination, Directive, Outbox, Person, Report, Transition
from domain.errors import NoSuchThing
from domain.lifecycle import WITH_UNIT
from domain.obstacles import says_solved
from domain.part_words import is_answer
from domain.replies import Act, Kind, understand
from domain.rights import Action, may
from handlers import cards, lost, parts
from handlers.answering import raised_rows
from handlers.buttons import Rows, button, stop
from handlers.common import by, evidence, view
from handlers.rendering import Moment, message_of, views_of
from handlers.turn import Args, ButtonHandler, Handler, KeptFile, Turn
from services import coordinating, life, people, posts, reporting
from services.reporting import Said
from texts import cards as say_cards
from texts import labels
from texts import parts as say

Renderer = Callable[[Session, Outbox, Person, Moment], Awaitable[OutgoingMessage | None]]


# --- free words ---


async def listen(turn: Turn, text: str, files: Sequence[KeptFile], replied: int) -> bool:
    """Words that answer a message about one directive the person's unit helps with; gives whether they were that."""
    directive = await turn.session.get(Directive, replied, with_for_update={"of": Directive})
    part = await part_spoken_of(turn, directive) if directive else None
    if directive is None or part is None:
        return False
    acts = understand(text, now=turn.now, open=[replied], reply_to=replied, files=len(files)).acts
    if {act.directive for act in acts} - {replied, None}:
        return False
    act = next((a for a in acts if a.kind is not Kind.NONE), acts[0])
    await heard(turn, directive, part, act, text, files)
    return True


async def in_hand(turn: Turn) -> list[int]:
    """What a person's words can be about, by id: what their units have in hand, else what these help with.

    The unit that is their own comes first, and of each the most urgent.
    """
    units = await posts.units_of(turn.session, turn.person)
    own = sorted(await life.in_hand(turn.session, units), key=lambda row: units.index(row.unit_id))
    return [row.id for row in own] or await coordinating.unanswered_ids(turn.session, turn.person)


async def part_spoken_of(turn: Turn, directive: Directive) -> Coordination | None:
    """The part a person's words are about; None for who reports on the directive itself, or decides on it now."""
    stands = await people.standing(turn.session, turn, directive)
    if stands.own_unit or not may(Action.HELP, stands) or not people.may_see(stands, directive):
        return None
    if people.may_decide(stands) and directive.state not in WITH_UNIT:
        return None
    return await coordinating.own_part(turn.session, directive, turn.person)


async def heard(
    turn: Turn, directive: Directive, part: Coordination, act: Act, words: str, files: Sequence[KeptFile]
) -> None:
    """One thing said of a unit's part."""
    if is_answer(words):
        await _answer(turn, directive, part, words, files)
        return
    match act.kind:
        case Kind.NONE if not files:
            lost.not_understood(turn)
        case Kind.QUESTION if not files:
            await cards.show(turn, directive)
        case Kind.ACKNOWLEDGE if not files:
            await _acknowledge(turn, directive, part)
        case Kind.EXTENSION:
            await _no_extension(turn, directive)
        case Kind.DECLINE:
            await _confirm_decline(turn, directive, part, words, files)
        case Kind.DIFFICULTY:
            await _report(turn, directive, part, Said("difficulty", words, act.percent, act.difficulty), files)
        case Kind.PROGRESS if not files:
            said = Said("progress", words, act.percent, is_solved=says_solved(words))
            await _report(turn, directive, part, said, files)
        case _:
            await _answer(turn, directive, part, words, files)


async def _acknowledge(turn: Turn, directive: Directive, part: Coordination) -> None:
    await coordinating.acknowledge(turn.session, directive, part, by(turn))
    turn.say(say.acknowledged(directive.id, *parts.names([part])), directives=[directive.id])


async def _no_extension(turn: Turn, directive: Directive) -> None:
    facts = await view(turn, directive)
    turn.say(say.no_extension(facts.id, facts.lead, facts.contact, facts.last_day), directives=[directive.id])


async def _answer(turn: Turn, directive: Directive, part: Coordination, words: str, files: Sequence[KeptFile]) -> None:
    said = Said(coordinating.ANSWER, words)
    row = await coordinating.answer(turn.session, directive, part, said, by(turn), evidence(files))
    _say_back(turn, directive, part, row, len(files))


async def _report(turn: Turn, directive: Directive, part: Coordination, said: Said, files: Sequence[KeptFile]) -> None:
    row = await coordinating.report(turn.session, directive, part, said, by(turn), evidence(files))
    _say_back(turn, directive, part, row, len(files))


def _say_back(
    turn: Turn, directive: Directive, part: Coordination, row: Report, files: int, *, edit: bool = False
) -> None:
    (unit,) = parts.names([part])
    lead = directive.lead_unit.name if directive.lead_unit else directive.lead_written or ""
    buttons = [button(labels.EDIT, "pf", row.code)]
    if row.kind == "progress":
        buttons.insert(0, button(say.ANSWERED, "ps", coordinating.ANSWER, row.code, style="success"))
    text = say.said_back(directive.id, unit, row.kind, lead, row.difficulty, files)
    turn.say(text, [buttons], directives=[directive.id], edit=edit)


async def _confirm_decline(
    turn: Turn, directive: Directive, part: Coordination, words: str, files: Sequence[KeptFile]
) -> None:
    row = await coordinating.note(turn.session, directive, part, Said("decline", words), by(turn), evidence(files))
    (unit,) = parts.names([part])
    turn.say(
        say.confirm_decline(directive.id, unit, words),
        [[button(labels.RIGHT, "pns", row.code, style="success"), button(labels.EDIT, "pf", row.code)]],
        directives=[directive.id],
    )


# --- the helping unit's buttons ---


async def _own(turn: Turn, code: str) -> tuple[Directive, Coordination]:
    directive, part = await coordinating.by_code(turn.session, code)
    await people.check(turn.session, turn, directive, Action.HELP)
    return directive, part


async def press_acknowledge(turn: Turn, args: Args) -> None:
    """``pk:part``."""
    directive, part = await _own(turn, args[0])
    await coordinating.acknowledge(turn.session, directive, part, by(turn))
    turn.toast = labels.ACKNOWLEDGE
    await cards.show(turn, directive, edit=True)


async def acknowledge_all(turn: Turn, args: Args) -> None:
    """``packa``: every part of the person's unit that is new."""
    new = []
    for directive in await coordinating.unanswered(turn.session, turn.person):
        part = await coordinating.own_part(turn.session, directive, turn.person)
        if part is not None and part.acknowledged_at is None:
            await coordinating.acknowledge(turn.session, directive, part, by(turn))
            new.append(directive.id)
    turn.toast = labels.ACKNOWLEDGE
    turn.say(say.acknowledged_all(len(new)), directives=new)


async def press_answer(turn: Turn, args: Args) -> None:
    """``pa:part``: the next words and files are the unit's opinion."""
    directive, part = await _own(turn, args[0])
    turn.expect("part", about=directive.id, part=part.code)
    turn.say(say.ask_answer(directive.id, *parts.names([part])), stop(), directives=[directive.id])


async def take_answer(turn: Turn) -> None:
    """The words after ``Gửi ý kiến``."""
    directive, part = await _own(turn, turn.conversation.data["part"])
    turn.finish()
    await _answer(turn, directive, part, turn.message.text.strip(), turn.files)


async def press_decline(turn: Turn, args: Args) -> None:
    """``pno:part``: why?"""
    directive, part = await _own(turn, args[0])
    turn.expect("part_decline", about=directive.id, part=part.code)
    turn.say(say.ask_decline(directive.id), stop(), directives=[directive.id])


async def take_decline(turn: Turn) -> None:
    """The reason."""
    directive, part = await _own(turn, turn.conversation.data["part"])
    turn.finish()
    await _confirm_decline(turn, directive, part, turn.message.text.strip(), turn.files)


async def send_decline(turn: Turn, args: Args) -> None:
    """``pns:report``: the office decides."""
    row = await reporting.report_by_code(turn.session, args[0], turn.person)
    directive, part = await coordinating.part_of_report(turn.session, row)
    await coordinating.decline(turn.session, directive, part, row, by(turn))
    turn.toast = labels.NOT_OURS
    turn.say(say.declined(directive.id), directives=[directive.id], edit=True)


async def fix(turn: Turn, args: Args) -> None:
    """``pf:report``: how was it meant?"""
    row = await reporting.report_by_code(turn.session, args[0], turn.person)
    meanings = (
        (say.ANSWERED, coordinating.ANSWER), (labels.MEANT_PROGRESS, "progress"),
        (labels.MEANT_DIFFICULTY, "difficulty"), (labels.MEANT_NOTHING, "x"),
    )  # fmt: skip
    each = [button(label, "ps", kind, row.code) for label, kind in meanings]
    rows = [each[:2], each[2:]]
    turn.say(say.correct(row.directive_id), rows, directives=[row.directive_id], edit=True)


async def mean(turn: Turn, args: Args) -> None:
    """``ps:kind:report``: the same words and files, read as the person says."""
    kind, row = args[0], await reporting.report_by_code(turn.session, args[1], turn.person)
    if kind == "x":
        await coordinating.withdraw(turn.session, row, by(turn))
        turn.say(say.withdrawn(row.directive_id), directives=[row.directive_id], edit=True)
        return
    if kind not in {coordinating.ANSWER, "progress", "difficulty"}:
        raise NoSuchThing
    said = Said(kind, row.text, difficulty=row.text if kind == "difficulty" else None)
    new = await coordinating.reinterpret(turn.session, row, said, by(turn))
    directive, part = await coordinating.part_of_report(turn.session, new)
    _say_back(turn, directive, part, new, len(new.attachments), edit=True)


# --- the lead unit's and the office's buttons ---


async def open_list(turn: Turn, args: Args) -> None:
    """``pl:code``: which of the units that help have answered."""
    directive = await cards.visible(turn, args[0])
    rows: Rows = [[button(f"#{directive.id}", "d", directive.code)]]
    is_asking = directive.state in WITH_UNIT and coordinating.awaited(directive)
    if is_asking and await coordinating.may_nudge(turn.session, directive, turn):
        rows.insert(0, [button(say.NUDGE, "pr", directive.code)])
    turn.say(say.listing(await view(turn, directive)), rows, directives=[directive.id])


async def nudge(turn: Turn, args: Args) -> None:
    """``pr:code``: remind those who have not answered."""
    directive = await cards.visible(turn, args[0])
    asked = await coordinating.nudge(turn.session, directive, by(turn))
    turn.toast = say.NUDGE
    turn.say(say.nudged(directive.id, parts.names(asked)), directives=[directive.id])


async def remove(turn: Turn, args: Args) -> None:
    """``px:part``: the unit helps no more."""
    await _decide(turn, args[0], is_removed=True)


async def keep(turn: Turn, args: Args) -> None:
    """``py:part``: the unit goes on helping."""
    await _decide(turn, args[0], is_removed=False)


async def _decide(turn: Turn, code: str, *, is_removed: bool) -> None:
    directive, part = await coordinating.by_code(turn.session, code)
    decide = coordinating.remove if is_removed else coordinating.keep
    await decide(turn.session, directive, part, by(turn))
    (unit,) = parts.names([part])
    turn.say(say.decided(directive.id, unit, is_removed=is_removed), directives=[directive.id], edit=True)


# --- what is said unasked ---


async def helping(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """To a coordinating unit: what it helps with, and the buttons of its part."""
    found = [await session.get(Directive, number) for number in row.directives]
    mine = []
    for directive in found:
        if directive is not None and directive.state in WITH_UNIT:
            part = await coordinating.own_part(session, directive, person)
            mine += [(directive, part)] if part else []
    if not mine:
        return None
    shown = await views_of(session, [directive for directive, _ in mine], at)
    rows = [[button(f"#{d.id}", "d", d.code) for d in shown[i : i + 4]] for i in range(0, len(shown), 4)]
    if len(mine) == 1:
        rows = [parts.of_helper(*mine[0])[0], *rows]
    elif any(part.acknowledged_at is None for _, part in mine):
        rows.append([button(labels.ACKNOWLEDGE_ALL, "packa", style="success")])
    units = "; ".join(dict.fromkeys(parts.names([part for _, part in mine])))
    return message_of(say_cards.helping(shown, units), rows)


async def _told(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """What a unit that helps has done, or what was decided of it; moot once it is taken back or decided."""
    move = await session.get(Transition, row.payload["transition"])
    directive = await session.get(Directive, row.directives[0])
    if move is None or directive is None:
        return None
    report = await reporting.report_of_code(session, move.details["report"]) if "report" in move.details else None
    part = next((c for c in directive.coordinations if c.code == move.details["part"]), None)
    if (report is not None and report.withdrawn_at is not None) or (move.event == coordinating.DECLINED and not part):
        return None
    (shown,) = await views_of(session, [directive], at)
    news = say.PartNews(
        event=move.event,
        unit=move.details["unit"],
        actor=await _actor(session, move),
        said=report.text if report else move.reason,
        files=tuple(a.name for a in report.attachments) if report else (),
    )
    return message_of(say.told(shown, news), await _told_rows(session, move, directive, part, news, person, at))


async def _actor(session: Session, move: Transition) -> str:
    actor = await session.get(Person, move.actor_id) if move.actor_id else None
    return f"{actor.name}, {actor.position or actor.unit.name}" if actor else "Hệ thống"


async def _told_rows(
    session: Session, move: Transition, directive: Directive, part: Coordination | None, news: say.PartNews,
    person: Person, at: Moment,
) -> Rows:  # fmt: skip
    stands = await people.standing(session, life.By(person, at.now, at.office), directive)
    if not people.may_see(stands, directive):
        return []
    rows: Rows = []
    if move.event == coordinating.DECLINED and part and may(Action.STEER, stands):
        rows.append([button(say.REMOVE, "px", part.code), button(say.KEEP, "py", part.code)])
    if move.event == coordinating.REPORTED:
        rows += await raised_rows(session, directive, person, stands, at)
    files = [button(labels.EVIDENCE, "ev", directive.code)] if news.files else []
    return [*rows, [button(f"#{directive.id}", "d", directive.code), *files]]


async def _nudge(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """To a unit that is awaited; moot once it has answered."""
    move = await session.get(Transition, row.payload["transition"])
    directive = await session.get(Directive, row.directives[0])
    if move is None or directive is None or directive.state not in WITH_UNIT:
        return None
    part = next((c for c in coordinating.awaited(directive) if c.code == row.payload["part"]), None)
    if part is None:
        return None
    (shown,) = await views_of(session, [directive], at)
    rows = [*parts.of_helper(directive, part), [button(f"#{directive.id}", "d", directive.code)]]
    (unit,) = parts.names([part])
    return message_of(say.nudge(shown, unit, await _actor(session, move)), rows)


RENDERERS: dict[str, Renderer] = {coordinating.TOLD: _told, coordinating.NUDGE: _nudge, life.HELPING: helping}
STEPS: dict[str, Handler] = {"part": take_answer, "part_decline": take_decline}
BUTTONS: dict[str, ButtonHandler] = {
    "pk": press_acknowledge,
    "packa": acknowledge_all,
    "pa": press_answer,
    "pno": press_decline,
    "pns": send_decline,
    "pf": fix,
    "ps": mean,
    "pl": open_list,
    "pr": nudge,
    "px": remove,
    "py": keep,
}
