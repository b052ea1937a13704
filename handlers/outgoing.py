"""What is said unasked, put into words at the moment of sending.

The facts are looked at again, and what is moot is not sent.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime

from channels.base import OutgoingMessage
from db import Session
from db.models import Directive, Extension, Outbox, Person, Report, Transition
from domain.calendar import OFFICE_ZONE
from domain.ladder import Rung, rung
from domain.lifecycle import WITH_UNIT, Event, State
from domain.office import Office
from domain.views import DirectiveView
from exports.charts import ChartRoom
from handlers import buttons, morning, reaching, status, telling
from handlers.buttons import Rows, button
from handlers.digest import digest
from services import applying, extensions, life, people, show
from services.digests import DIGEST
from services.folding import REMINDER, UNHEARD
from services.reachability import UNREACHED
from services.reminders import PRESSING
from services.snoozes import SNOOZED
from services.unreachable import UNREACHABLE
from services.vitals import VITALS
from texts import cards as say
from texts import labels
from texts import work as say_work

Renderer = Callable[[Session, Outbox, Person, "Moment"], Awaitable[OutgoingMessage | None]]


@dataclass(frozen=True)
class Moment:
    """When, and in which office, something is said."""

    now: datetime
    office: Office
    charts: ChartRoom

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.astimezone(OFFICE_ZONE).date()


def _message(text: str, rows: Rows) -> OutgoingMessage:
    return OutgoingMessage(text, tuple(tuple(row) for row in rows if row))


async def _directives(session: Session, row: Outbox) -> list[Directive]:
    found = [await session.get(Directive, number) for number in row.directives]
    return [d for d in found if d is not None]


async def _views(session: Session, directives: list[Directive], at: Moment) -> list[DirectiveView]:
    return await show.views(session, directives, at.today, at.office.calendar)


# --- new directives ---


async def _issued(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """One card, or a list where a notice gave a unit several; without those that have moved to another unit."""
    mine = [d for d in await _directives(session, row) if d.lead_unit_id == person.unit_id and d.state in WITH_UNIT]
    if not mine:
        return None
    shown = await _views(session, mine, at)
    if len(mine) == 1:
        stands = await people.standing(session, person, mine[0])
        return _message(say.issued(shown[0]), buttons.of_directive(mine[0], stands)[:-1])
    rows = buttons.to_directives((d.id, d.code) for d in shown)
    if any(d.state == State.ISSUED for d in mine):
        rows.append([button(labels.ACKNOWLEDGE_ALL, "acka", style="success")])
    return _message(say.issued_many(shown, person.unit.name, shown[0].source), rows)


async def _helping(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """To a coordinating unit."""
    mine = [
        d
        for d in await _directives(session, row)
        if d.state in WITH_UNIT and any(c.unit_id == person.unit_id for c in d.coordinations)
    ]
    if not mine:
        return None
    shown = await _views(session, mine, at)
    return _message(say.helping(shown, person.unit.name), buttons.to_directives((d.id, d.code) for d in shown))


# --- what is due ---

_HEADINGS = {
    Rung.OVERDUE: "Quá hạn",
    Rung.LAST_DAY: "Đến hạn hôm nay",
    Rung.BEFORE: "Sắp đến hạn",
    Rung.UNACKNOWLEDGED: "Chưa xác nhận đã nhận",
}
_LAST_DAY_AHEAD = "Hạn cuối rơi vào ngày nghỉ, cần xong hôm nay"


async def _reminder(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """Everything due for one person, the most urgent first; what was reported meanwhile is gone from it."""
    due = [d for d in await _directives(session, row) if d.state in WITH_UNIT and d.lead_unit_id == person.unit_id]
    if not due:
        return None
    shown = {d.id: v for d, v in zip(due, await _views(session, due, at), strict=True)}
    groups: dict[str, list[DirectiveView]] = {}
    order = [Rung.OVERDUE, Rung.LAST_DAY, Rung.BEFORE, Rung.UNACKNOWLEDGED]
    for directive in sorted(due, key=lambda d: (order.index(_rung(d, at)), d.last_day or date.max, d.id)):
        groups.setdefault(_heading(directive, at), []).append(shown[directive.id])
    sections = list(groups.items())
    text = say.reminder(at.today, person.unit.name, sections)
    if len(due) == 1:
        stands = await people.standing(session, person, due[0])
        return _message(text, buttons.of_directive(due[0], stands))
    rows = buttons.to_directives((d.id, d.code) for _, items in sections for d in items)
    if sum(d.state == State.ISSUED for d in due) > 1:
        rows.append([button(labels.ACKNOWLEDGE_ALL, "acka")])
    return _message(text, rows)


def _rung(directive: Directive, at: Moment) -> Rung:
    return rung(course_of(directive, at.now), at.today, at.office.calendar)


def _heading(directive: Directive, at: Moment) -> str:
    why = _rung(directive, at)
    if why is Rung.LAST_DAY and directive.last_day != at.today:
        return _LAST_DAY_AHEAD
    return _HEADINGS[why]


# --- news ---

_STILL = {Event.SUBMIT: State.SUBMITTED, Event.DECLINE: State.DECLINED}


async def _news(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """One audit row, told to those concerned, with the buttons that answer it."""
    move = await session.get(Transition, row.payload["transition"])
    directive = await session.get(Directive, row.directives[0])
    if move is None or directive is None:
        return None
    if move.event in _STILL and directive.state != _STILL[Event(move.event)]:
        return None
    request = await _request(session, move)
    if move.event == extensions.ASKED and (request is None or request.state != "pending"):
        return None
    facts = await _facts(session, move, directive)
    (shown,) = await _views(session, [directive], at)
    return _message(say_work.news(shown, facts), await _news_buttons(session, move, directive, person))


async def _amended(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """What a newer notice changed in the directives of a person's unit."""
    return await telling.amended(session, row, person)


async def _request(session: Session, move: Transition) -> Extension | None:
    code = move.details.get("extension")
    return await extensions.by_code(session, code) if code else None


async def _facts(session: Session, move: Transition, directive: Directive) -> say_work.News:
    actor = await session.get(Person, move.actor_id) if move.actor_id else None
    report = await _report(session, move)
    finished = directive.submitted_at.astimezone(OFFICE_ZONE).date() if directive.submitted_at else None
    until, before = move.details.get("until"), move.details.get("from")
    asked, _ = await extensions.count(session, directive) if move.event == extensions.ASKED else (0, 0)
    return say_work.News(
        event=move.event,
        actor=f"{actor.name}, {actor.position or actor.unit.name}" if actor else "Hệ thống",
        reason=move.reason,
        said=report.text if report else None,
        files=tuple(a.name for a in report.attachments) if report else (),
        on_time=finished <= directive.last_day if finished and directive.last_day else None,
        until=date.fromisoformat(until) if until else None,
        before=date.fromisoformat(before) if before else None,
        times=asked,
        details={k: v for k, v in move.details.items() if v is None or isinstance(v, str)},
    )


async def _report(session: Session, move: Transition) -> Report | None:
    code = move.details.get("report")
    return await life.report_of_code(session, code) if code else None


def _decision_buttons(move: Transition, code: str) -> Rows:
    match move.event:
        case Event.SUBMIT:
            return [[button(labels.APPROVE, "ok", code, style="success"), button(labels.SEND_BACK, "ret", code)]]
    UNREACHED: _unreached,
    VITALS: vital,
        case Event.DECLINE:
            return [[button(labels.REASSIGN, "mv", code), button(labels.INSIST, "keep", code)]]
        case extensions.ASKED:
            asked = move.details["extension"]
            return [[button(labels.AGREE, "yes", asked, style="success"), button(labels.REFUSE, "nay", asked)]]
        case _:
            return []


async def _news_buttons(session: Session, move: Transition, directive: Directive, person: Person) -> Rows:
    stands = await people.standing(session, person, directive)
    if not people.may_see(stands, directive):
        return []
    code = directive.code
    rows = _decision_buttons(move, code) if people.may_decide(stands) else []
    last = [button(f"#{directive.id}", "d", code)]
    if move.event == Event.SUBMIT and await life.evidence_of(session, directive):
        last.append(button(labels.EVIDENCE, "ev", code))
    return [*rows, last]


# --- the rest ---


async def _digest(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """A leader's day."""
    return await digest(session, person, at.now, at.office, at.charts)


async def _chart(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """The picture a leader asked for."""
    return await status.chart(session, person, row.payload["unit"], at.now, at.office, at.charts)


async def _unreachable(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """To the office: whom messages did not reach."""
    return await reaching.not_reached(session, row)


async def _unreached(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """To the office: everybody who cannot be written to."""
    return await reaching.weekly(session, person, at.now)


RENDERERS: dict[str, Renderer] = {
    life.ISSUED: _issued,
    life.HELPING: _helping,
    life.NEWS: _news,
    applying.AMENDED: _amended,
    REMINDER: _reminder,
    UNHEARD: _unheard,
    DIGEST: _digest,
    status.CHART: _chart,
    UNREACHABLE: _unreachable,
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
        person = await session.get(Person, row.person_id) if row.person_id else None
        if person is None or not person.active:
            return None
        return await RENDERERS[row.kind](session, row, person, Moment(now, self._office, self._charts))

    def close(self) -> None:
        """End the child process that draws."""
        self._charts.close()
