"""Difficulties and proposals: brought up in a report, answered by the assigner's side, open until they are solved."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select, update

from db import Session
from db.models import Directive, Obstacle, Person, Report
from db.queries import obstacles as queries
from domain.calendar import OFFICE_ZONE
from domain.errors import NoSuchThing, NotAllowed, ObstacleClosed, ReasonMissing
from domain.obstacles import UNANSWERED_AFTER, Kind, Outcome, Raised, RaisedPage, is_same, kind_of
from domain.office import Office
from domain.rights import Action, Role, Standing, may
from services import audit, group_news, life, people, posts, scope
from services.life import By

ANSWERED, SOLVED = "difficulty_answered", "difficulty_solved"


# --- the unit's side ---


async def from_report(
    session: Session, directive: Directive, report: Report, by: By, *, is_solved: bool = False
) -> Obstacle | None:
    """Open what a report brings up, close what it says is over. The caller tells the assigner's side of the new one.

    What is said again in newer words goes on from the older item, with its days.

    Args:
        session: a write transaction.
        directive: the one reported on.
        report: as kept; ``difficulty`` holds the words.
        by: who reports.
        is_solved: it says that the difficulties of before are over: the unit's own, not those of other units.
    """
    if is_solved:
        own = await queries.of_side(session, directive.id, report.coordination_id)
        for item in (one for one in own if one.kind == Kind.DIFFICULTY):
            await _solve(session, item, directive, by)
    return await _open(session, directive, report, by) if report.difficulty else None


async def _open(session: Session, directive: Directive, report: Report, by: By) -> Obstacle:
    words = (report.difficulty or "").strip()
    kind = kind_of(words)
    same = [
        item for item in await queries.of_side(session, directive.id, report.coordination_id)
        if item.kind == kind and is_same(item.text, words)
    ]  # fmt: skip
    for item in same:
        _close(item, Outcome.REPLACED, by)
    opened_at = min((item.opened_at for item in same), default=by.now)
    item = Obstacle(directive_id=directive.id, report_id=report.id, kind=kind, text=words, opened_at=opened_at)
    item.mention_at = mention_after(by.now, by.office)
    session.add(item)
    await session.flush()
    return item


def mention_after(now: datetime, office: Office) -> datetime:
    """The morning on which the office is reminded of what nobody has answered until then."""
    day = office.calendar.add_working_days(now.astimezone(OFFICE_ZONE).date(), UNANSWERED_AFTER)
    return office.rhythm.morning_of(day)


async def withdrawn(session: Session, report: Report, by: By) -> None:
    """A report is taken back: what it brought up is closed, and what it had closed is open again."""
    undone = select(Obstacle).where(
        Obstacle.directive_id == report.directive_id, Obstacle.closed_at == report.at,
        Obstacle.closed_by == report.person_id, Obstacle.outcome.in_([Outcome.REPLACED, Outcome.SOLVED]),
    )  # fmt: skip
    for item in await session.scalars(undone):
        item.closed_at = item.closed_by = item.outcome = None
        item.mention_at = None if item.answered_at else mention_after(by.now, by.office)
    own = select(Obstacle).where(Obstacle.report_id == report.id, Obstacle.closed_at.is_(None))
    for item in await session.scalars(own):
        _close(item, Outcome.WITHDRAWN, by)


async def end_open(session: Session, directive: Directive, by: By) -> None:
    """Nothing waits for an answer on a directive that has ended or moved to another unit."""
    await session.execute(
        update(Obstacle)
        .where(Obstacle.directive_id == directive.id, Obstacle.closed_at.is_(None))
        .values(closed_at=by.now, closed_by=by.person.id, outcome=Outcome.ENDED, mention_at=None)
    )


# --- answers ---


async def by_code(session: Session, code: str) -> Obstacle:
    """The item of a button.

    Raises:
        NoSuchThing: there is none.
    """
    found = await session.scalar(select(Obstacle).where(Obstacle.code == code).with_for_update(of=Obstacle))
    if found is None:
        raise NoSuchThing
    return found


async def may_answer(session: Session, item: Obstacle, who: people.Acting) -> Directive:
    """Let pass or refuse an answer before its words are asked for; gives the directive.

    Raises:
        NotAllowed: not on the assigner's side.
        ObstacleClosed: it does not wait any more.
    """
    directive = await _open_directive(session, item)
    if not people.may_decide(await people.standing(session, who, directive)):
        raise NotAllowed("answer")
    return directive


async def answer(session: Session, item: Obstacle, words: str, by: By) -> Directive:
    """Answer, word for word. It stays open until it is solved. The unit is told, and the office of a leader's answer.

    Raises:
        ReasonMissing: no words.
    """
    directive = await may_answer(session, item, by)
    if not words.strip():
        raise ReasonMissing(ANSWERED)
    item.answer, item.answered_by, item.answered_at, item.mention_at = words.strip(), by.person.id, by.now, None
    to = await _those_concerned(session, item, directive)
    if by.person.role == Role.LEADER:
        to += await people.clerks(session)
    await _note(session, item, directive, ANSWERED, by, to, item.answer)
    return directive


async def solve(session: Session, item: Obstacle, by: By) -> Directive:
    """Say that it is solved: the unit that brought it up, or the assigner's side. The other side is told.

    Raises:
        NotAllowed: neither.
        ObstacleClosed: it is closed already.
    """
    directive = await _open_directive(session, item)
    stands = await people.standing(session, by, directive)
    helper = (await queries.helpers(session, [item.id])).get(item.id)
    if not await may_solve(session, by.person, stands, helper):
        raise NotAllowed("answer")
    await _solve(session, item, directive, by)
    return directive


async def may_solve(session: Session, person: Person, stands: Standing, helper: int | None) -> bool:
    """Whether a person may say that an item is over.

    Args:
        session: any transaction.
        person: who.
        stands: how they stand to the directive.
        helper: the helping unit that brought it up; None where the lead unit did.
    """
    if may(Action.DECIDE, stands):
        return True
    if helper is None:
        return may(Action.REPORT, stands)
    return may(Action.HELP, stands) and await posts.is_of(session, person, helper)


async def _solve(session: Session, item: Obstacle, directive: Directive, by: By) -> None:
    _close(item, Outcome.SOLVED, by)
    to = [*await _those_concerned(session, item, directive), *await people.clerks(session)]
    if item.answered_by and (who := await session.get(Person, item.answered_by)):
        to.append(who)
    await _note(session, item, directive, SOLVED, by, to)


async def _those_concerned(session: Session, item: Obstacle, directive: Directive) -> list[Person]:
    """The lead unit, and who brought it up, who may be of a unit that helps."""
    report = await session.get(Report, item.report_id) if item.report_id else None
    return [*await life.lead_people(session, directive), *([report.person] if report else [])]


async def _open_directive(session: Session, item: Obstacle) -> Directive:
    if item.closed_at is not None:
        raise ObstacleClosed(item.directive_id, item.outcome or Outcome.ENDED)
    return await session.get_one(Directive, item.directive_id, with_for_update={"of": Directive})


def _close(item: Obstacle, outcome: Outcome, by: By) -> None:
    item.closed_at, item.closed_by, item.outcome, item.mention_at = by.now, by.person.id, outcome, None


async def _note(
    session: Session, item: Obstacle, directive: Directive, event: str, by: By, to: Sequence[Person],
    words: str | None = None,
) -> None:  # fmt: skip
    row = await audit.record(
        session, event, now=by.now, directive=directive, before=directive.state, after=directive.state,
        actor=by.person, reason=words, inbox_id=by.inbox_id,
        details={"obstacle": item.code, "kind": item.kind, "brought_up": item.text},
    )  # fmt: skip
    await group_news.post(session, row, directive)
    await life.tell_news(session, row, directive, to, by)


# --- what stands ---


async def field_of(session: Session, who: people.Acting) -> queries.Field:
    """Whose items a person follows: the office all, a leader the field, others their units'."""
    return queries.Field(await scope.units_in_charge(session, who.person, _day(who.now)))


def _day(moment: datetime) -> date:
    return moment.astimezone(OFFICE_ZONE).date()


async def page(session: Session, field: queries.Field, today: date, number: int = 1, size: int = 5) -> RaisedPage:
    """A page of the open items of some units. Past the end the last one: the list may be shorter than a button knew.

    Args:
        session: any transaction.
        field: whose.
        today: the local day, from which days open are counted.
        number: which page, from 1.
        size: items on a page.
    """
    total, unanswered = await queries.count(session, field)
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    rows = await queries.open_items(session, field, (number - 1) * size, size)
    known = await _known(session, [item for item, _ in rows])
    return RaisedPage(tuple(_shown(*row, today, known) for row in rows), number, pages, total, unanswered)


async def of_directive(session: Session, directive: Directive, today: date) -> list[Raised]:
    """The open items of a directive, the oldest first."""
    items = await queries.of_directive(session, directive.id)
    known = await _known(session, items)
    return [_shown(item, directive, today, known) for item in items]


class _Known(NamedTuple):
    names: Mapping[int, str]  # of who answered
    helpers: Mapping[int, int]  # the helping unit, by the item


async def _known(session: Session, items: Sequence[Obstacle]) -> _Known:
    answered = {item.answered_by for item in items if item.answered_by is not None}
    found = await session.scalars(select(Person).where(Person.id.in_(answered))) if answered else ()
    helpers = await queries.helpers(session, [item.id for item in items])
    return _Known({person.id: person.name for person in found}, helpers)


def _shown(item: Obstacle, directive: Directive, today: date, known: _Known) -> Raised:
    return Raised(
        code=item.code,
        number=directive.id,
        directive=directive.code,
        lead=directive.lead_unit.name if directive.lead_unit else "",
        kind=Kind(item.kind),
        text=item.text,
        days=max(0, (today - _day(item.opened_at)).days),
        answer=item.answer,
        answered_by=known.names.get(item.answered_by or 0),
        helper=known.helpers.get(item.id),
    )


async def unanswered(session: Session, ids: Collection[int]) -> set[int]:
    """Those of some directives that have an open item without an answer."""
    query = select(Obstacle.directive_id).where(
        Obstacle.directive_id.in_(list(ids)), Obstacle.closed_at.is_(None), Obstacle.answered_at.is_(None)
    )
    return set(await session.scalars(query)) if ids else set()


async def of_report(session: Session, report: Report) -> Obstacle | None:
    """What a report brought up, open or not."""
    return await session.scalar(select(Obstacle).where(Obstacle.report_id == report.id).limit(1))
