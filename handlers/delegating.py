"""A head gives a directive to an officer of the unit: with a button, or in words such as "giao anh Nam làm"."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from channels.base import Button, OutgoingMessage
from db import Session
from db.models import Directive, Outbox, Person, Transition
from domain.delegation_words import delegates_in, gives
from domain.lifecycle import WITH_UNIT
from domain.rights import Action, may
from handlers import buttons, cards
from handlers.buttons import Rows, button
from handlers.common import by, page_of
from handlers.rendering import Moment, message_of, views_of
from handlers.turn import Args, ButtonHandler, Turn
from services import absences, delegating, life, people, posts
from services.delegating import Candidate
from texts import delegating as say
from texts import labels

PAGE = 8  # people
_NUMBER = re.compile(r"#(\d{1,9})")

Renderer = Callable[[Session, Outbox, Person, Moment], Awaitable[OutgoingMessage | None]]


async def press(turn: Turn, args: Args) -> None:
    """``dg:code``: to whom?"""
    await _ask(turn, await cards.visible(turn, args[0]), 1)


async def turn_page(turn: Turn, args: Args) -> None:
    """``dgp:code:page``: more people, in place."""
    await _ask(turn, await cards.visible(turn, args[0]), args.number(1), edit=True)


async def _ask(turn: Turn, directive: Directive, page: int, *, edit: bool = False) -> None:
    everybody = await delegating.candidates(turn.session, directive, by(turn))
    unit = directive.lead_unit.name if directive.lead_unit else ""
    if not everybody:
        turn.say(say.nobody(directive.id, unit), directives=[directive.id])
        return
    page, pages = page_of(len(everybody), page, PAGE)
    rows = [[_choice(directive, one)] for one in everybody[(page - 1) * PAGE : page * PAGE]]
    last = [*buttons.paging(page, pages, "dgp", directive.code), button(f"#{directive.id}", "d", directive.code)]
    turn.say(say.ask(directive.id, unit), [*rows, last], directives=[directive.id], edit=edit)


def _choice(directive: Directive, one: Candidate) -> Button:
    label = say.choice(one.person.name, one.open, is_away=one.is_away)
    return button(label, "dgo", directive.code, one.person.id)


async def choose(turn: Turn, args: Args) -> None:
    """``dgo:code:person``: this one does it."""
    directive = await cards.visible(turn, args[0])
    person = await delegating.delegate(turn.session, directive, args.number(1), by(turn))
    turn.toast = labels.DELEGATE
    is_away = person.id in await absences.away(turn.session, turn.today)
    rows = [[button(f"#{directive.id}", "d", directive.code)]]
    turn.say(say.done(directive.id, person.name, is_away=is_away), rows, directives=[directive.id], edit=True)


# --- in words ---


async def listen(turn: Turn) -> bool:
    """A head's words that give a directive to one of the unit's people, by name; gives whether they were that."""
    directive = await _meant(turn) if gives(turn.message.text) and not turn.files else None
    if directive is None or directive.state not in WITH_UNIT:
        return False
    if not may(Action.DELEGATE, await people.standing(turn.session, turn, directive)):
        return False
    everybody = {one.person.id: one for one in await delegating.candidates(turn.session, directive, by(turn))}
    meant = delegates_in(turn.message.text, {i: one.person.name for i, one in everybody.items()})
    found = [everybody[i] for i in meant]
    if not found:
        return False
    rows: Rows = [[_choice(directive, one)] for one in found]
    if len(found) == 1:
        rows = [[button(labels.RIGHT, "dgo", directive.code, found[0].person.id, style="success")]]
        text = say.confirm(directive.id, directive.text, found[0].person.name)
    else:
        text = say.ask(directive.id, directive.lead_unit.name if directive.lead_unit else "")
    turn.say(text, [*rows, [button(labels.STOP, "stop")]], directives=[directive.id])
    return True


async def _meant(turn: Turn) -> Directive | None:
    """The directive named, or answered, or the only one in hand."""
    numbers = [int(n) for n in _NUMBER.findall(turn.message.text)] or list(turn.spoken_of)
    if not numbers:
        units = await posts.units_of(turn.session, turn.person)
        numbers = [row.id for row in await life.in_hand(turn.session, units)]
    return await turn.session.get(Directive, numbers[0]) if len(numbers) == 1 else None


# --- what is said unasked ---


async def _delegated(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """To the officer, with the card's buttons; to who had it before. Moot once it has gone on to somebody else."""
    move = await session.get(Transition, row.payload["transition"])
    directive = await session.get(Directive, row.directives[0])
    if move is None or directive is None or directive.state not in WITH_UNIT:
        return None
    if directive.contact_id != row.payload["to"]:
        return None
    (shown,) = await views_of(session, [directive], at)
    if row.payload.get(absences.IN_PLACE_OF, row.person_id) != directive.contact_id:
        return message_of(say.passed_on(shown, move.details["to"]), [[button(f"#{shown.id}", "d", shown.code)]])
    head = await session.get(Person, move.actor_id) if move.actor_id else None
    stands = await people.standing(session, life.By(person, at.now, at.office), directive)
    return message_of(say.told(shown, head.name if head else shown.lead), buttons.of_directive(directive, stands)[:-1])


RENDERERS: dict[str, Renderer] = {delegating.DELEGATED: _delegated}
BUTTONS: dict[str, ButtonHandler] = {"dg": press, "dgp": turn_page, "dgo": choose}
