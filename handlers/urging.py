"""``Đôn đốc``: one directive, or all that a unit has overdue; the text is shown before it goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from channels.base import OutgoingMessage
from db import Session
from db.models import Directive, Outbox, Person, Transition
from domain.errors import NoSuchThing, NotAllowed
from domain.figures import worst_first
from domain.lifecycle import WITH_UNIT
from domain.rights import Action, Role
from handlers import buttons, cards, listed
from handlers.buttons import Rows, button, paging
from handlers.common import by, page_of, views
from handlers.rendering import Moment, directives_of, message_of, views_of
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import answers, figures, life, people, posts, reporting, scope, show, urging
from services.life import By
from services.urging import Shown
from texts import labels
from texts import urging as say
from texts.engine import shorten
from texts.urging import Letter, Way

KEPT = "urge"  # in the payload of what was shown: what goes out when it is sent
UNITS_PAGE = 8


# --- what is to be urged ---


async def press_one(turn: Turn, args: Args) -> None:
    """``urg:code``: this directive."""
    directive = await cards.visible(turn, args[0])
    await urging.check(turn.session, directive, by(turn))
    await _preview(turn, [directive])


async def press_unit(turn: Turn, args: Args) -> None:
    """``urgu:unit``: everything a unit has overdue."""
    found = await urging.of_unit(turn.session, args.number(0), by(turn))
    if not found:
        turn.say(say.nothing())
        return
    await _preview(turn, found)


async def press_some(turn: Turn, args: Args) -> None:
    """``urgs:numbers``: those of a list that a unit has in hand; where that is several units, which?"""
    some = [await life.by_number(turn.session, n, turn) for n in listed.unpacked(str(args[0]))]
    in_hand = [d for d in some if d.state in WITH_UNIT and d.lead_unit_id is not None]
    if not in_hand:
        turn.say(say.nothing())
        return
    units = list(dict.fromkeys(d.lead_unit_id for d in in_hand))
    if len(units) == 1:
        await _preview(turn, in_hand)
        return
    of = [[d for d in in_hand if d.lead_unit_id == unit] for unit in units]
    rows = [
        [button(f"{shorten(_unit(own[0]), 40)} ({len(own)})", "urgs", listed.packed(d.id for d in own))] for own in of
    ]
    turn.say(say.which_unit([_unit(own[0]) for own in of]), [*rows, *buttons.stop()])


def _unit(directive: Directive) -> str:
    return directive.lead_unit.name if directive.lead_unit else ""


async def overdue_units(turn: Turn, args: Args) -> None:
    """``urgl:page``: the units with something overdue; a name opens its list, beside it it is urged."""
    if turn.person.role not in {Role.LEADER, Role.CLERK}:
        raise NotAllowed(Action.URGE)
    asking = await figures.asking_of(turn.session, turn.person, turn.today, turn.office)
    late = [u for u in worst_first(await figures.by_unit(turn.session, asking)) if u.figures.open_late]
    page, pages = page_of(len(late), args.number(0), UNITS_PAGE)
    rows: Rows = [
        [
            button(f"{shorten(u.name, 30)} ({u.figures.open_late})", "sto", "list", "overdue", u.unit_id, 1),
            button(labels.URGE, "urgu", u.unit_id),
        ]
        for u in late[(page - 1) * UNITS_PAGE : page * UNITS_PAGE]
    ]
    rows.append(paging(page, pages, "urgp"))
    turn.say(say.overdue_units(len(late), page, pages), [row for row in rows if row], edit=len(args) > 1)


async def turn_units(turn: Turn, args: Args) -> None:
    """``urgp:page``: another page of them, in place."""
    await overdue_units(turn, Args([args[0], "edit"]))


# --- shown before it goes ---


async def _preview(turn: Turn, directives: Sequence[Directive], words: str = "") -> None:
    early = await urging.urged_today(turn.session, [d.id for d in directives], by(turn))
    said = Letter(_unit(directives[0]), await _in_name(turn, directives[0]), await views(turn, list(directives)), words)
    to = await urging.hearers(turn.session, directives)
    way = Way(
        *_reached(to), _opens_at(turn, directives), early=sorted(early), early_at=max(early.values(), default=None)
    )
    send = button(labels.SEND_ANYWAY, "urgy", 1) if early else button(labels.SEND, "urgy", 0, style="success")
    rows = [[send, button(labels.EDIT_WORDS, "urge")], *buttons.stop()]
    turn.say(say.preview(said, way), rows, directives=[d.id for d in directives])
    turn.answers[-1].payload[KEPT] = {
        "unit": directives[0].lead_unit_id,
        "due": {str(d.id): d.last_day.isoformat() if d.last_day else None for d in directives},
        "words": words,
    }


async def _in_name(turn: Turn, directive: Directive) -> str:
    absent = await scope.in_place_of(turn.session, turn.person, directive.lead_unit_id, turn.today)
    other = await turn.session.get(Person, absent) if absent else None
    return _named(turn.person, other)


def _named(person: Person, absent: Person | None) -> str:
    return " ".join(filter(None, (person.position, show.in_place_of(person.name, absent))))


def _reached(to: Sequence[tuple[Person, bool]]) -> tuple[list[str], list[str]]:
    return [p.name for p, is_reached in to if is_reached], [p.name for p, is_reached in to if not is_reached]


def _opens_at(turn: Turn, directives: Sequence[Directive]) -> time | None:
    """When it goes out, where quiet hours hold it."""
    rhythm = turn.office.rhythm
    is_held = rhythm.is_quiet(turn.now)
    if rhythm.urgent_ignores_quiet and any(d.urgency for d in directives):
        is_held = False
    return rhythm.quiet_until if is_held else None


async def _kept(turn: Turn) -> dict[str, Any]:
    message = turn.message
    kept = await answers.payload_of(turn.session, message.channel, message.chat, message.pressed_on)
    if KEPT not in kept:
        raise NoSuchThing
    found: dict[str, Any] = kept[KEPT]
    return found


async def press_words(turn: Turn, args: Args) -> None:
    """``urge``: other words."""
    kept = await _kept(turn)
    turn.expect("urge_words", kept=kept)
    turn.say(say.ask_words(), buttons.stop())


async def take_words(turn: Turn) -> None:
    """The words; shown again with everything that goes with them."""
    kept = turn.conversation.data["kept"]
    some = [await life.by_number(turn.session, int(n), turn) for n in kept["due"]]
    mine = [d for d in some if d.state in WITH_UNIT and d.lead_unit_id == kept["unit"]]
    turn.finish()
    if not mine:
        turn.say(say.nothing())
        return
    await _preview(turn, mine, turn.message.text.strip())


async def press_send(turn: Turn, args: Args) -> None:
    """``urgy:again``: send what was shown; ``1`` a second time on the same day."""
    kept = await _kept(turn)
    due = {int(n): date.fromisoformat(day) if day else None for n, day in kept["due"].items()}
    some = await life.in_order(turn.session, list(due))
    done = await urging.urge(
        turn.session, some, kept["words"], by(turn), Shown(kept["unit"], due), again=args.number(0) == 1
    )
    turn.toast = labels.URGE
    turn.finish()
    numbers, first = [d.id for d in done.sent], done.sent[0]
    way = Way(*_reached(done.hearers), _opens_at(turn, done.sent))
    text = say.sent(_unit(first), numbers, [d.id for d in done.left], way)
    rows = [[button(f"#{first.id}", "d", first.code), button(labels.WHO_HEARD, "nn", first.code)]]
    turn.say(text, rows, directives=numbers, edit=False)


# --- said unasked ---


async def letter(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """To the unit: what is still in its hands; None once nothing is."""
    moves = [move for i in row.payload["moves"] if (move := await session.get(Transition, i)) is not None]
    units = await posts.units_of(session, person)
    mine = [d for d in await directives_of(session, row) if d.lead_unit_id in units and d.state in WITH_UNIT]
    if not mine or not moves or moves[0].actor_id is None:
        return None
    urger = await session.get_one(Person, moves[0].actor_id)
    absent = await session.get(Person, moves[0].details["for"]) if "for" in moves[0].details else None
    shown = await views_of(session, mine, at)
    text = say.letter(Letter(_unit(mine[0]), _named(urger, absent), shown, moves[0].reason or ""))
    if len(mine) > 1:
        return message_of(text, buttons.to_directives((d.id, d.code) for d in mine[: say.MOST_LINES]))
    stands = await people.standing(session, By(person, at.now, at.office), mine[0])
    last = [button(f"#{mine[0].id}", "d", mine[0].code)]
    return message_of(text, [*buttons.of_directive(mine[0], stands)[:-1], last])


async def answered(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """To who urged: what the unit reports; None where that was taken back."""
    report = await reporting.report_of_code(session, row.payload["report"])
    directive = await session.get(Directive, row.directives[0])
    if report is None or directive is None or report.withdrawn_at is not None:
        return None
    stands = await people.standing(session, By(person, at.now, at.office), directive)
    if not people.may_see(stands, directive):
        return None
    (shown,) = await views_of(session, [directive], at)
    files = [a.name for a in report.attachments]
    text = say.answered(shown, report.text, report.percent, _named(report.person, None), files)
    last = [button(f"#{directive.id}", "d", directive.code)]
    if files:
        last.append(button(labels.EVIDENCE, "ev", directive.code))
    return message_of(text, [last])


RENDERERS = {urging.URGE: letter, urging.ANSWERED: answered}
STEPS: dict[str, Handler] = {"urge_words": take_words}
BUTTONS: dict[str, ButtonHandler] = {
    "urg": press_one,
    "urgu": press_unit,
    "urgs": press_some,
    "urgl": overdue_units,
    "urgp": turn_units,
    "urge": press_words,
    "urgy": press_send,
}
