"""What is done about measures: the office makes them, units report figures with their reports, who decides assesses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select, update

from db import Session
from db.models import Directive, Measure, Measurement, Notice, Report, Unit
from domain.calendar import OFFICE_ZONE
from domain.deadlines import Deadline
from domain.errors import MoveNotAllowed, NoSuchThing
from domain.lifecycle import OPEN, WITH_UNIT, Event, State
from domain.measure_lines import TypedList, TypedMeasure
from domain.measure_words import Heard
from domain.measures import Kind, Level, Verdict, percent_done, planned_in
from domain.rights import Action, Role, Standing, require
from services import audit, life, measures, notices, people, reporting
from services.life import By

FOLLOWED, CHANGED, MEASURED, ASSESSED = "measure_made", "measure_changed", "measured", "measure_assessed"
_GIVE = {
    Kind.INDICATOR: "Thực hiện chỉ tiêu",
    Kind.AMOUNT: "Thực hiện thu hồi, xử lý tài chính",
    Kind.REMEDIATION: "Khắc phục hạn chế, khuyết điểm",
}
_VERBS = ("Thu hồi", "Khắc phục", "Thực hiện", "Giảm trừ", "Giải quyết", "Cấp ", "Nộp ")
_SAME = (
    "kind", "name", "measured_in", "plan_written", "plan", "plan_to", "bound", "less_is_better", "is_part", "place",
    "made_by",
)  # fmt: skip
_PLANNED = {Kind.INDICATOR: "kế hoạch", Kind.AMOUNT: "số tiền", Kind.REMEDIATION: "yêu cầu"}


# --- the office ---


def may_make(by: By) -> None:
    """Let pass or refuse who makes measures.

    Raises:
        NotAllowed: only the office.
    """
    require(Action.READ_NOTICES, Standing(Role(by.person.role)))


async def follow(session: Session, directive: Directive, typed: TypedMeasure, by: By, place: int = 0) -> Measure:
    """Measure a directive by something, or by something else than before. Its unit is told once it has it.

    Raises:
        NotAllowed: only the office.
        MoveNotAllowed: it has ended.
    """
    may_make(by)
    if directive.state not in OPEN | {State.DRAFT}:
        raise MoveNotAllowed(directive.state, Event.REPORT)
    measure = await measures.of_directive(session, directive.id)
    before = {"before": _shown(measure)} if measure else {}
    measure = measure or Measure(directive_id=directive.id, made_by=by.person.id, made_at=by.now, place=place)
    _put(measure, typed)
    session.add(measure)
    await session.flush()
    row = await audit.record(
        session, CHANGED if before else FOLLOWED, now=by.now, directive=directive, actor=by.person,
        reason=_shown(measure), details={"measure": measure.code, **before}, inbox_id=by.inbox_id,
    )  # fmt: skip
    if directive.state != State.DRAFT:
        await life.tell_news(session, row, directive, await life.lead_people(session, directive), by)
    return measure


async def carry_over(session: Session, old: Directive, new: Directive, now: datetime) -> None:
    """What comes again is measured by the same; its figures begin anew."""
    before = await measures.of_directive(session, old.id)
    if before is None:
        return
    measure = Measure(directive_id=new.id, made_at=now, **{name: getattr(before, name) for name in _SAME})
    session.add(measure)
    await session.flush()
    await audit.record(
        session, FOLLOWED, now=now, directive=new, reason=_shown(measure),
        details={"measure": measure.code, "previous": before.code},
    )  # fmt: skip


def _put(measure: Measure, typed: TypedMeasure) -> None:
    measure.kind, measure.name, measure.measured_in = typed.kind, typed.name[:300], typed.measured_in[:60]
    measure.plan_written, measure.plan, measure.plan_to = typed.plan.written[:120], typed.plan.number, typed.plan.upper
    measure.bound, measure.less_is_better, measure.is_part = typed.plan.bound, typed.plan.less_is_better, typed.is_part


def _shown(measure: Measure) -> str:
    planned = planned_in(measure.plan_written, measure.measured_in)
    return f"{measure.name}, {_PLANNED[Kind(measure.kind)]} {planned}" if planned else measure.name


async def draft_list(
    session: Session, listed: TypedList, leads: Sequence[Unit | None], deadline: Deadline | None, by: By
) -> Notice:
    """File a list of measures as one notice with a draft each; a line without a unit is asked on its card.

    Args:
        session: a write transaction.
        listed: none of the lines has a problem.
        leads: the unit of each line, in their order.
        deadline: of all of them.
        by: the office.

    Raises:
        NotAllowed: only the office.
    """
    may_make(by)
    day = by.now.astimezone(OFFICE_ZONE).date()
    notice = Notice(title=listed.title, date=day, sent_by=by.person.id, received_at=by.now, left_out=[])
    session.add(notice)
    await session.flush()
    await session.refresh(notice, ["directives"])
    for place, (typed, lead) in enumerate(zip(listed.lines, leads, strict=True), 1):
        text = _task(typed)
        draft = await notices.add_by_hand(session, notice, text, lead, typed.unit_written or None, deadline, by)
        await follow(session, draft, typed, by, place)
    return notice


def _task(typed: TypedMeasure) -> str:
    planned = planned_in(typed.plan.written, typed.measured_in)
    opening = "" if typed.name.startswith(_VERBS) else f"{_GIVE[typed.kind]}: "
    return f"{opening}{typed.name}" + (f", {_PLANNED[typed.kind]} {planned}" if planned else "")


# --- the unit ---


async def record(session: Session, measure: Measure, report: Report, heard: Heard, by: By, shown: str) -> Measurement:
    """Keep a figure or a level with the report it came in. Of an amount the directive's percent follows.

    Args:
        session: a write transaction.
        measure: of the report's directive.
        report: this person's own, not taken back.
        heard: what is sure; neither value nor level where the words themselves are what counts.
        by: who reports.
        shown: the figure as people read it, for the history.

    Raises:
        NotAllowed: not their directive.
        MoveNotAllowed: it is not in the unit's hands any more.
    """
    directive = await session.get_one(Directive, measure.directive_id, with_for_update={"of": Directive})
    await people.check(session, by, directive, Action.REPORT)
    if report.person_id != by.person.id or report.withdrawn_at is not None or report.directive_id != directive.id:
        raise NoSuchThing
    if directive.state not in WITH_UNIT:
        raise MoveNotAllowed(directive.state, Event.REPORT)
    await _replace_of(session, report, by.now)
    row = Measurement(
        measure_id=measure.id, report_id=report.id, person_id=by.person.id, at=by.now, value=heard.value,
        bound=heard.bound, level=heard.level, text=report.text,
    )  # fmt: skip
    session.add(row)
    if measure.kind == Kind.AMOUNT and heard.value is not None:
        _follow_percent(directive, report, heard.value, measure.plan)
    details = {"measure": measure.code, "said_in": report.code}
    details |= {"value": f"{heard.value:f}"} if heard.value is not None else {}
    details |= {"level": str(heard.level)} if heard.level else {}
    await audit.record(
        session, MEASURED, now=by.now, directive=directive, actor=by.person, reason=shown, details=details,
        inbox_id=by.inbox_id,
    )  # fmt: skip
    return row


async def _replace_of(session: Session, report: Report, now: datetime) -> None:
    """A report says one thing of its measure: what it was read as before is taken back."""
    stands = (Measurement.report_id == report.id, Measurement.withdrawn_at.is_(None))
    await session.execute(update(Measurement).where(*stands).values(withdrawn_at=now))


def _follow_percent(directive: Directive, report: Report, value: Decimal, whole: Decimal | None) -> None:
    percent = percent_done(value, whole)
    if percent is not None:
        report.percent, directive.percent = percent, min(percent, 99)


async def said_of(session: Session, report: Report) -> Measurement | None:
    """What a report said of its measure, as it stands."""
    return await session.scalar(
        select(Measurement)
        .where(Measurement.report_id == report.id, Measurement.withdrawn_at.is_(None))
        .order_by(Measurement.id.desc())
        .limit(1)
    )


async def say_anew(session: Session, old: Report, words: str, by: By) -> Report:
    """Other words in the place of a report, with its files; the old version stays, marked as taken back.

    Raises:
        NoSuchThing: it is another person's, or taken back already.
        MoveNotAllowed: it is not in the unit's hands any more.
    """
    new = await reporting.reinterpret(session, old, reporting.Said("progress", words), by)
    new.replaces_id = old.id
    return new


# --- the assigner's side ---


async def may_assess(session: Session, measure: Measure, by: By) -> Directive:
    """Let pass or refuse who assesses; gives the directive.

    Raises:
        NotAllowed: not on the assigner's side.
        MoveNotAllowed: it was never given, or is no more.
    """
    directive = await session.get_one(Directive, measure.directive_id, with_for_update={"of": Directive})
    await people.check(session, by, directive, Action.DECIDE)
    if directive.state in {State.DRAFT, State.CANCELLED}:
        raise MoveNotAllowed(directive.state, Event.REPORT)
    return directive


def words_for(kind: Kind) -> tuple[Level | Verdict, ...]:
    """What a measure of a kind can be found to be; nothing of amounts, which speak for themselves."""
    if kind is Kind.REMEDIATION:
        return tuple(Level)
    return tuple(Verdict) if kind is Kind.INDICATOR else ()


async def assess(session: Session, measure: Measure, word: str, by: By, shown: str) -> Measurement:
    """Confirm, or find otherwise, how a measure stands. The unit is told. It holds until the unit reports anew.

    Args:
        session: a write transaction.
        measure: an indicator or a shortcoming.
        word: of ``Level`` or ``Verdict``.
        by: who decides.
        shown: the word as people read it.

    Raises:
        NoSuchThing: no such word for it.
        NotAllowed: not on the assigner's side.
    """
    directive = await may_assess(session, measure, by)
    if word not in words_for(Kind(measure.kind)):
        raise NoSuchThing
    row = Measurement(measure_id=measure.id, person_id=by.person.id, at=by.now, level=word, assessed=True)
    session.add(row)
    move = await audit.record(
        session, ASSESSED, now=by.now, directive=directive, actor=by.person, reason=f"{measure.name}: {shown}",
        details={"measure": measure.code, "level": word}, inbox_id=by.inbox_id,
    )  # fmt: skip
    await life.tell_news(session, move, directive, await life.lead_people(session, directive), by)
    return row
