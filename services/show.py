"""What is known of a directive, gathered for showing: how it stands on a day, and its whole story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from db import Session
from db.models import Directive, Explanation, Extension, Notice, Obstacle, Person, Report, Transition
from domain.calendar import OFFICE_ZONE, OfficeCalendar
from domain.lifecycle import Event, State
from domain.obstacles import Kind
from domain.urgency import Urgency
from domain.views import DirectiveView, HistoryLine, PartView
from services import scope
from services.replaced import merged_into

GIVEN_DIRECTLY = "giao trực tiếp"

WITHDRAWN = "withdraw"  # the audit's word for a report its author takes back
EXTENSION_ASKED, EXTENSION_OBJECTIVE = "extension_asked", "extension_objective"
EXTENSION_ENDED = {"extension_closed", "extension_declined"}
EXPLANATION_ASKED = "ask_explanation"
AMENDED_BY = "amend"  # by a newer notice
PARTS_OWN = {"part_acknowledged", "part_reported", "part_answered", "part_withdrawn", "part_declined"}
LEADS_OWN = {Event.ACKNOWLEDGE, Event.REPORT, Event.SUBMIT, Event.DECLINE, EXTENSION_ASKED}
ABOUT_OTHERS = {"part_removed", "part_kept", "part_nudged", "delegate"}  # done about other units, or somebody else


def local_day(moment: datetime | None) -> date | None:
    """The office's calendar day of an aware moment."""
    return None if moment is None else moment.astimezone(OFFICE_ZONE).date()


def source_of(notice: Notice | None) -> str:
    """Where a directive comes from, in words: "Thông báo 15/TB-UBND ngày 30/01/2024"."""
    if notice is None:
        return GIVEN_DIRECTLY
    kind = notice.doc_type or "Văn bản"
    words = [kind[:1].upper() + kind[1:]]
    if notice.number:
        words.append(notice.number)
    if notice.date:
        words.append(f"ngày {notice.date:%d/%m/%Y}")
    if not notice.number and notice.title:
        words.append(f"“{notice.title}”")
    return " ".join(words)


async def view(session: Session, directive: Directive, today: date, calendar: OfficeCalendar) -> DirectiveView:
    """A directive as of a local day.

    The clock of one that waits for approval stands still from the day its evidence came: it does not become
    overdue on the approver's desk.

    Args:
        session: an open transaction.
        directive: with its notice, lead unit and coordinations loaded, as queries load them by default.
        today: the local day.
        calendar: tells working days.
    """
    return (await views(session, [directive], today, calendar))[0]


async def views(
    session: Session, directives: Sequence[Directive], today: date, calendar: OfficeCalendar
) -> list[DirectiveView]:
    """Several at once, in the order given, with a fixed number of queries."""
    if not directives:
        return []
    known = await scope.tree(session)
    leaders = {d.id: known.leader_of(d.lead_unit_id) for d in directives if d.lead_unit_id is not None}
    people = {d.contact_id for d in directives} | set(leaders.values())
    names = await _names(session, people - {None})
    difficulties = await open_difficulties(session, [d.id for d in directives])
    to_explain = await _to_explain(session, [d.id for d in directives])
    return [
        _view(
            d,
            today,
            calendar,
            contact=names.get(d.contact_id),
            leader=names.get(leaders.get(d.id)),
            difficulty=difficulties.get((d.id, Kind.DIFFICULTY)),
            proposal=difficulties.get((d.id, Kind.PROPOSAL)),
            explain_by=to_explain.get(d.id),
        )
        for d in directives
    ]


async def _names(session: Session, ids: Iterable[int | None]) -> dict[int | None, str]:
    rows = await session.execute(select(Person.id, Person.name).where(Person.id.in_(list(ids))))
    return dict(rows.all())


async def open_difficulties(session: Session, ids: Sequence[int]) -> dict[tuple[int, str], str]:
    """The newest open difficulty, and the newest open proposal, of each directive that has one, by id and kind."""
    still_open = Obstacle.directive_id.in_(ids) & Obstacle.closed_at.is_(None)
    query = select(Obstacle.directive_id, Obstacle.kind, Obstacle.text).where(still_open).order_by(Obstacle.id)
    return {(number, kind): text for number, kind, text in await session.execute(query)}


async def _to_explain(session: Session, ids: Sequence[int]) -> dict[int, date]:
    """The last day to explain each directive of which that was asked and is not done."""
    waiting = Explanation.directive_id.in_(ids) & Explanation.closed_at.is_(None)
    rows = await session.execute(select(Explanation.directive_id, Explanation.due_day).where(waiting))
    return dict(rows.all())


def _view(
    directive: Directive,
    today: date,
    calendar: OfficeCalendar,
    *,
    contact: str | None,
    leader: str | None,
    difficulty: str | None,
    proposal: str | None,
    explain_by: date | None,
) -> DirectiveView:
    finished_on = local_day(directive.completed_at) if directive.state == State.COMPLETED else None
    days_left, late = _standing(directive, today, calendar, finished_on)
    return DirectiveView(
        id=directive.id,
        code=directive.code,
        text=directive.text,
        state=State(directive.state),
        lead=directive.lead_unit.name if directive.lead_unit else directive.lead_written or "",
        coordinating=tuple(c.unit.name if c.unit else c.written for c in directive.coordinations),
        last_day=directive.last_day,
        first_last_day=directive.first_last_day,
        deadline_date=directive.deadline_date,
        deadline_inclusive=directive.deadline_inclusive,
        deadline_time=directive.deadline_time,
        deadline_rule=directive.deadline_rule,
        recurring=directive.recurring,
        days_left=days_left,
        working_days_late=late,
        percent=directive.percent,
        source=source_of(directive.notice),
        ref=directive.ref,
        quote=directive.quote,
        quote_page=directive.quote_page,
        contact=contact,
        leader=leader,
        reminders=directive.reminders,
        difficulty=difficulty,
        proposal=proposal,
        explain_by=explain_by,
        finished_on=finished_on,
        product=directive.product,
        receiver=directive.receiver,
        urgency=Urgency(directive.urgency) if directive.urgency else None,
        occurrence=directive.occurrence or 1,
        is_series=directive.series_id is not None,
        next_opening=local_day(directive.next_occurrence_at),
        parts=() if directive.state == State.DRAFT else tuple(_parts(directive)),
        important=directive.important,
        checked_on=local_day(directive.checked_at),
        excused_for=directive.excused_for,
    )


def _parts(directive: Directive) -> Iterator[PartView]:
    for helper in directive.coordinations:
        if helper.unit is None or helper.unit_id != directive.lead_unit_id:
            name = helper.unit.name if helper.unit else helper.written
            taken, answered = local_day(helper.acknowledged_at), local_day(helper.answered_at)
            yield PartView(name, taken, answered, is_known=helper.unit is not None)


def _standing(
    directive: Directive, today: date, calendar: OfficeCalendar, finished_on: date | None
) -> tuple[int | None, int]:
    """Days left (None when nothing is left to be done in time) and working days late."""
    if directive.last_day is None or finished_on or directive.state == State.CANCELLED:
        return None, 0
    day = counted_day(directive, today)
    if day > directive.last_day:
        return (directive.last_day - day).days, calendar.working_days_between(directive.last_day, day)
    return None if directive.state == State.SUBMITTED else (directive.last_day - day).days, 0


def counted_day(directive: Directive, today: date) -> date:
    """The day lateness is counted at: today, or the day the evidence came that waits for approval."""
    if directive.state != State.SUBMITTED:
        return today
    return min(today, local_day(directive.submitted_at) or today)


async def history(session: Session, directive: Directive) -> list[HistoryLine]:
    """A directive's story, oldest first: who, when, what was done or said, and which files came with it.

    A report and the move it caused are one line. What was taken back by its author stays where it was said;
    the taking back is a line of its own.
    """
    mine = directive.id
    query = select(Transition).where(Transition.directive_id == mine).order_by(Transition.id)
    included = await merged_into(session, mine)
    moves = [*await session.scalars(query), *await _reported(session, included)]
    reports = {
        r.code: r for r in await session.scalars(select(Report).where(Report.directive_id.in_([mine, *included])))
    }
    extensions = {
        e.code: e
        for e in await session.scalars(
            select(Extension).where(Extension.directive_id == mine).options(lazyload(Extension.directive))
        )
    }
    people = await _people(session, {who for m in moves for who in (m.actor_id, m.details.get("for"))})
    lines = [_of(mine, move, _line(move, people, reports, extensions)) for move in moves]
    lines = [_led_then(line, move, moves) for line, move in zip(lines, moves, strict=True)]
    told = {m.details.get("extension") for m in moves if m.event in EXTENSION_ENDED}  # earlier versions wrote no row
    lines += [_closed(e) for e in extensions.values() if e.state == "closed" and e.code not in told]
    return sorted(lines, key=lambda line: line.at)


async def _reported(session: Session, numbers: Sequence[int]) -> list[Transition]:
    """What was reported on directives that were merged into this one: it is read here."""
    if not numbers:
        return []
    events = (Event.REPORT, Event.SUBMIT)
    query = select(Transition).where(Transition.directive_id.in_(numbers), Transition.event.in_(events))
    return list(await session.scalars(query.order_by(Transition.id)))


def _of(number: int, move: Transition, line: HistoryLine) -> HistoryLine:
    """A line with the number of the directive it is of, where that is another one."""
    if move.directive_id == number:
        return line
    return replace(line, text=": ".join(filter(None, (f"#{move.directive_id}", line.text))))


async def _people(session: Session, ids: Iterable[int | None]) -> dict[int | None, Person]:
    found = await session.scalars(select(Person).where(Person.id.in_([i for i in ids if i is not None])))
    return {p.id: p for p in found}


def _line(
    move: Transition,
    people: Mapping[int | None, Person],
    reports: Mapping[str, Report],
    extensions: Mapping[str, Extension],
) -> HistoryLine:
    report = reports.get(move.details.get("report", ""))
    extension = extensions.get(move.details.get("extension", ""))
    actor = people.get(move.actor_id)
    said = None if report is None or move.event == WITHDRAWN else report
    return HistoryLine(
        at=move.at,
        event=move.event,
        actor=in_place_of(actor.name, people.get(move.details.get("for"))) if actor else None,
        unit=_unit(move, actor),
        text=_said(move, report, extension),
        percent=said.percent if said else None,
        until=_until(move, extension),
        files=tuple(a.name for a in said.attachments) if said else tuple(move.details.get("files", ())),
        moment=datetime.fromisoformat(move.details["snoozed"]) if "snoozed" in move.details else None,
        row=move.id,
        report=report.code if report else None,
    )


def _unit(move: Transition, actor: Person | None) -> str | None:
    """The unit a person spoke for: of a part the one that helps."""
    if move.event in PARTS_OWN:
        return str(move.details["unit"])
    return actor.unit.name if actor else None


def _led_then(line: HistoryLine, move: Transition, moves: Sequence[Transition]) -> HistoryLine:
    """What the lead unit did stands under the unit that led then, wherever its people work now."""
    if move.event not in LEADS_OWN:
        return line
    changes = (m for m in moves if m.id > move.id and m.directive_id == move.directive_id)
    led = next((m.details["old_unit"] for m in changes if m.details.get("old_unit")), None)
    return replace(line, unit=led) if led else line


def _until(move: Transition, extension: Extension | None) -> date | None:
    """The last day a line is about: asked for, offered or granted, or the last one to explain."""
    if extension is None:
        return _answer_by(move)
    return date.fromisoformat(move.details["until"]) if "until" in move.details else extension.until


def _answer_by(move: Transition) -> date | None:
    """The last day to explain, of the line that asks for it."""
    return date.fromisoformat(move.details["due"]) if move.event == EXPLANATION_ASKED else None


def in_place_of(name: str, absent: Person | None) -> str:
    """Who acted, and in whose place: "Trần B (thay Nguyễn A)"."""
    return f"{name} (thay {absent.name})" if absent else name


def _said(move: Transition, report: Report | None, extension: Extension | None) -> str | None:
    """The words of a line: a reason, a report, why more time was asked for, or from whom to whom it went."""
    if report is not None and report.text:
        return report.text
    if extension is not None and move.reason is None:
        return extension.reason if move.event == EXTENSION_ASKED else _objective(move)
    if move.event in ABOUT_OTHERS:
        return "; ".join(move.details.get("units") or [move.details.get("to") or move.details["unit"]])
    if "new_unit" in move.details:
        route = " → ".join(name for name in (move.details.get("old_unit"), move.details["new_unit"]) if name)
        return _by_notice(f"{route}: {move.reason}" if move.reason else route, move)
    if "split_from" in move.details:
        return f"Tách từ #{move.details['split_from']}"
    if "merged" in move.details:
        return f"{move.details['merged']}: {move.reason}"
    return _by_notice("; ".join(_amended(move)), move) if move.event == AMENDED_BY else move.reason


def _objective(move: Transition) -> str | None:
    is_confirmed = "objective" in move.details and move.event != EXTENSION_OBJECTIVE
    return "lý do khách quan" if is_confirmed else None


def _amended(move: Transition) -> Iterator[str]:
    """What a newer notice changed, each as "before → after"."""
    facts = move.details
    if "until" in facts:
        yield f"hạn {_day(facts['from'])} → {_day(facts['until'])}"
    if "words" in facts:
        yield f"nội dung: {facts['words']}"
    if "helpers" in facts:
        yield f"phối hợp: {facts['helpers'] or 'không'}"


def _day(iso: str | None) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}" if iso else "không đặt hạn"


def _by_notice(words: str, move: Transition) -> str:
    source = move.details.get("source")
    return f"{words} ({source})" if source else words


def _closed(extension: Extension) -> HistoryLine:
    at = extension.decided_at or extension.asked_at
    return HistoryLine(at, "extension_closed", actor=None, unit=None, text=None, until=extension.until)
