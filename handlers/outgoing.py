"""What is said unasked, put into words at the moment of sending.

The facts are looked at again, and what is moot is not sent.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime

from channels.base import OutgoingMessage
from db import Session
from db.models import Directive, Extension, Outbox, Person, Report, Transition
from domain.calendar import OFFICE_ZONE
from domain.digests import Part
from domain.errors import NoSuchThing
from domain.lifecycle import WITH_UNIT, Event, State
from domain.obstacles import Kind
from domain.office import Office
from domain.rights import Action, may
from domain.sheets import Problem
from exports import papers
from exports.charts import ChartRoom
from handlers import (
    buttons,
    coordinating,
    deciders,
    delegating,
    evidence,
    explaining,
    exporting,
    extracting,
    feeds,
    importing,
    instead,
    morning,
    own_data,
    pack,
    reaching,
    reorganising,
    staff,
    status,
    telling,
    urging,
)
from handlers import group_chats as in_chats
from handlers import papers as office_papers
from handlers.answering import of_raised
from handlers.buttons import Rows, button
from handlers.digest import digest
from handlers.offers import is_overtaken, of_request, times, to_decide
from handlers.rendering import Moment, directives_of, message_of, views_of
from handlers.series import opened_late
from handlers.vitals import vital
from services import (
    additions,
    applying,
    attachments,
    explanations,
    extensions,
    group_chats,
    life,
    obstacles,
    people,
    posts,
    reporting,
    show,
)
from services.digests import ASKED as DIGEST_ASKED
from services.digests import DIGEST
from services.explaining import ANSWERED
from services.extracts import EXTRACT
from services.folding import REMINDER, UNHEARD
from services.reachability import UNREACHED
from services.recurring import OPENED_LATE
from services.register import EXPORT
from services.reminders import PRESSING
from services.snoozes import SNOOZED
from services.undoing import UNDONE
from services.unreachable import UNREACHABLE
from services.vitals import VITALS
from texts import cards as say
from texts import labels
from texts import undoing as say_undoing
from texts import work as say_work

Renderer = Callable[[Session, Outbox, Person, Moment], Awaitable[OutgoingMessage | None]]


# --- new directives ---


async def _issued(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """One card, or a list where a notice gave a unit several; without those that have moved to another unit."""
    units = await posts.units_of(session, person)
    mine = [d for d in await directives_of(session, row) if d.lead_unit_id in units and d.state in WITH_UNIT]
    if not mine:
        return None
    shown = await views_of(session, mine, at)
    if len(mine) == 1:
        stands = await people.standing(session, person, mine[0])
        return message_of(say.issued(shown[0]), buttons.of_directive(mine[0], stands)[:-1])
    rows = buttons.to_directives((d.id, d.code) for d in shown)
    if any(d.state == State.ISSUED for d in mine):
        rows.append([button(labels.ACKNOWLEDGE_ALL, "acka", style="success")])
    sources = {one.source for one in shown}
    source = shown[0].source if len(sources) == 1 else ""
    unit = await posts.named(session, person, [d.lead_unit_id for d in mine])
    return message_of(say.issued_many(shown, unit, source), rows)


# --- news ---

HANDED_IN = {Event.SUBMIT, Event.CHECK}
_STILL = {Event.SUBMIT: State.SUBMITTED, Event.CHECK: State.SUBMITTED, Event.DECLINE: State.DECLINED}


async def _news(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """One audit row, told to those concerned, with the buttons that answer it."""
    move = await session.get(Transition, row.payload["transition"])
    directive = await session.get(Directive, row.directives[0])
    if move is None or directive is None:
        return None
    if row.payload.get("note") and directive.state != State.SUBMITTED:
        return None
    if move.event in _STILL and directive.state != _STILL[Event(move.event)]:
        return None
    if move.event == UNDONE:
        return await _taken_back(session, move, directive, person, at)
    request = await _request(session, move)
    if is_overtaken(move, request):
        return None
    facts = await _facts(session, move, directive, request, at)
    if facts.event == "added" and not (facts.said or facts.files):  # taken back meanwhile
        return None
    closed = await extensions.closed_with(session, move, person)
    facts = replace(facts, is_void=await explanations.were_voided(session, move, person), closed_until=closed)
    (shown,) = await views_of(session, [directive], at)
    return message_of(say_work.news(shown, facts), await _news_buttons(session, move, directive, person, at))


async def _taken_back(
    session: Session, move: Transition, directive: Directive, person: Person, at: Moment
) -> OutgoingMessage:
    """What a person had been told of does not hold any more."""
    actor = await session.get(Person, move.actor_id) if move.actor_id else None
    (shown,) = await views_of(session, [directive], at)
    name = await _actor(session, actor, move) if actor else "Hệ thống"
    text = say_undoing.taken_back(shown, move.details["of"], name)
    stands = await people.standing(session, life.By(person, at.now, at.office), directive)
    if not people.may_see(stands, directive):
        return message_of(text, [])
    decide = await deciders.rows_of(session, directive, person, at)
    return message_of(text, [*decide, [button(f"#{directive.id}", "d", directive.code)]])


async def _amended(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """What a newer notice changed in the directives of a person's unit."""
    return await telling.amended(session, row, life.By(person, at.now, at.office))


async def _request(session: Session, move: Transition) -> Extension | None:
    code = move.details.get("extension")
    try:
        return await extensions.by_code(session, code) if code else None
    except NoSuchThing:  # taken back with "Hoàn tác"
        return None


async def _facts(
    session: Session, move: Transition, directive: Directive, request: Extension | None, at: Moment
) -> say_work.News:
    actor = await session.get(Person, move.actor_id) if move.actor_id else None
    report = await _report(session, move)
    finished = directive.submitted_at.astimezone(OFFICE_ZONE).date() if directive.submitted_at else None
    until, before, asked = (move.details.get(key) for key in ("until", "from", "asked"))
    item = await obstacles.of_report(session, report) if report and move.event == Event.REPORT else None
    is_note = additions.is_note(move) and item is None
    is_waiting = directive.state == State.SUBMITTED and (is_note or additions.is_request(move))
    more = await additions.since_handed_in(session, directive) if is_waiting else additions.Added()
    words = (report.text if report and not is_note else "", *more.words)
    own = [a.name for a in report.attachments] if report and not is_note else []
    return say_work.News(
        event="added" if is_note else move.event,
        actor=await _authors(session, more) if is_note else await _actor(session, actor, move) if actor else "Hệ thống",
        reason=move.reason,
        said=" / ".join(filter(None, words)) or None,
        files=tuple(dict.fromkeys([*own, *more.files])),
        on_time=finished <= directive.last_day if finished and directive.last_day else None,
        until=date.fromisoformat(until) if until else None,
        before=date.fromisoformat(before) if before else None,
        asked=date.fromisoformat(asked) if asked else None,
        objective="objective" in move.details,
        difficulty=item.text if item else None,
        proposal=item.text if item and item.kind == Kind.PROPOSAL else None,
        is_revised=is_note and report is not None and report.replaces_id is not None,
        times=await times(session, request, at) if request and move.event == extensions.ASKED else 0,
        details={k: v for k, v in move.details.items() if v is None or isinstance(v, str)},
    )


async def _actor(session: Session, actor: Person, move: Transition) -> str:
    absent = await session.get(Person, move.details["for"]) if "for" in move.details else None
    return f"{show.in_place_of(actor.name, absent)}, {actor.position or actor.unit.name}"


async def _authors(session: Session, more: additions.Added) -> str:
    """Whoever added something; one alone with the position."""
    people_ = [await session.get_one(Person, one) for one in more.people]
    if len(people_) == 1:
        return f"{people_[0].name}, {people_[0].position or people_[0].unit.name}"
    return ", ".join(one.name for one in people_)


async def _report(session: Session, move: Transition) -> Report | None:
    code = move.details.get("report")
    return await reporting.report_of_code(session, code) if code else None


def _decision_buttons(move: Transition, code: str) -> Rows:
    match move.event:
        case Event.DECLINE:
            return [[button(labels.REASSIGN, "mv", code), button(labels.INSIST, "keep", code)]]
        case extensions.ASKED:
            return to_decide(move.details["extension"])
        case _:
            return []


async def _news_buttons(session: Session, move: Transition, directive: Directive, person: Person, at: Moment) -> Rows:
    stands = await people.standing(session, life.By(person, at.now, at.office), directive)
    if not people.may_see(stands, directive):
        return []
    code = directive.code
    rows = _decision_buttons(move, code) if people.may_decide(stands) else []
    rows += [*of_request(move, stands), *await of_raised(session, move, directive, person, stands, at)]
    last = [button(f"#{directive.id}", "d", code)]
    if move.event == Event.RESUME and directive.state == State.ISSUED and may(Action.ACKNOWLEDGE, stands):
        rows.append([button(labels.ACKNOWLEDGE, "ack", code, style="success")])
    if move.event in HANDED_IN or additions.is_note(move):
        rows += await deciders.rows_of(session, directive, person, at)
    if (move.event in HANDED_IN or additions.is_note(move)) and await reporting.evidence_of(session, directive):
        last.append(button(labels.EVIDENCE, "ev", code))
    return [*rows, last]


# --- the rest ---


async def _digest(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """A leader's day."""
    part = Part(row.payload.get("part", Part.MORNING))
    return await digest(session, person, at.now, at.office, at.charts, part)


async def _chart(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """The picture a leader asked for."""
    return await status.chart(session, person, row.payload, at, at.charts)


async def _unreachable(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """To the office: whom messages did not reach."""
    return await reaching.not_reached(session, row)


async def _unreached(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """To the office: everybody who cannot be written to."""
    return await reaching.weekly(session, person, at.now)


RENDERERS: dict[str, Renderer] = {
    life.ISSUED: _issued,
    life.NEWS: _news,
    applying.AMENDED: _amended,
    OPENED_LATE: opened_late,
    REMINDER: morning.due,
    PRESSING: morning.due,
    SNOOZED: morning.due,
    UNHEARD: morning.due,
    DIGEST: _digest,
    DIGEST_ASKED: _digest,
    status.CHART: _chart,
    EXTRACT: extracting.send,
    EXPORT: exporting.send,
    explanations.REQUEST: explaining.request,
    explanations.REMINDED: explaining.late,
    explanations.ENDED: explaining.ended,
    ANSWERED: explaining.answered,
    UNREACHABLE: _unreachable,
    UNREACHED: _unreached,
    VITALS: vital,
    attachments.FULL: evidence.full,
    group_chats.LOST: in_chats.lost,
    **coordinating.RENDERERS,
    **delegating.RENDERERS,
    **instead.RENDERERS,
    **staff.RENDERERS,
    **reorganising.RENDERERS,
    **own_data.RENDERERS,
    **importing.RENDERERS,
    **feeds.RENDERERS,
    **importing.RENDERERS,
    **pack.RENDERERS,
    **office_papers.RENDERERS,
    **urging.RENDERERS,
}


class Renderers:
    """Puts queued rows into words.

    Args:
        office: whose calendar and rhythm count.
        charts: where pictures are drawn.
    """

    def __init__(self, office: Office, charts: ChartRoom) -> None:
        self._office = office
        self._charts = charts

    async def render(self, session: Session, row: Outbox, now: datetime) -> OutgoingMessage | None:
        """The message of a queued row, as the facts are now; None where there is nothing left to say.

        Raises:
            KeyError: a kind that has no renderer.
        """
        at = Moment(now, self._office, self._charts)
        if row.kind == group_chats.POSTED:
            return await in_chats.posted(session, row, at)
        person = await session.get(Person, row.person_id) if row.person_id else None
        if person is None or not person.active:
            return None
        return await instead.in_place(session, row, person, at, await RENDERERS[row.kind](session, row, person, at))

    async def template_problems(self) -> tuple[Problem, ...]:
        """What is wrong with the office's own templates."""
        return await self._charts.draw(papers.problems, self._office.papers.templates)

    def close(self) -> None:
        """End the child process that draws."""
        self._charts.close()
