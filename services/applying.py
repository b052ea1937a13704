"""Making so what a newer notice changes, each change once, and telling every unit what changed in one message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update

from db import Session
from db.models import Change, Coordination, Directive, Notice, Outbox, Person, Transition
from domain.errors import AlreadyDecided, LeadMissing, MoveNotAllowed, NoSuchThing
from domain.lifecycle import OPEN, Event, State
from domain.rights import Action, Role, Standing, require
from services import audit, coordinating, ending, extensions, group_chats, issuing, life, people, steering
from services.amending import AMENDS, Difference, difference, differences, members, spared_by
from services.life import By
from services.outbox import tell
from services.reminders import set_next_mention
from services.series import opening
from services.show import AMENDED_BY, source_of

AMENDED = "amended"  # an outbox row: what a notice changed in the directives of one person's unit
PATIENCE = timedelta(minutes=5)  # a unit is told once of what a clerk confirms one by one


async def by_code(session: Session, code: str, by: By) -> Difference:
    """The change of a button, as things stand now.

    Raises:
        NoSuchThing: there is none.
        AlreadyDecided: somebody was faster.
        NotAllowed: only the office.
    """
    require(Action.READ_NOTICES, Standing(Role(by.person.role)))
    change = await session.scalar(select(Change).where(Change.code == code).with_for_update(of=Change))
    if change is None:
        raise NoSuchThing
    if change.state != "open":
        raise AlreadyDecided
    notice = await notice_of(session, change)
    return await difference(session, change, by, notice, await spared_by(session, notice))


async def notice_of(session: Session, change: Change) -> Notice:
    """The notice that makes a change."""
    return await session.get_one(Notice, change.notice_id)


async def count_applied(session: Session, notice: Notice) -> int:
    """How many of a notice's changes were made."""
    applied = select(func.count()).select_from(Change).where(Change.notice_id == notice.id, Change.state == "applied")
    return await session.scalar(applied) or 0


async def apply(session: Session, one: Difference, by: By) -> None:
    """Carry one change out. The units are told once the last one is decided, or after ``PATIENCE``.

    Raises:
        MoveNotAllowed: the directive's state does not let it.
        LeadMissing: the new lead unit is not in the directory.
        NotAllowed: the person may not steer the directive.
    """
    notice = await notice_of(session, one.change)
    news = await _carry_out(session, notice, one, by)
    await _tell(session, notice, news, by, at_once=False)
    await _finish(session, notice, by)


async def apply_all(session: Session, notice: Notice, by: By) -> tuple[int, int]:
    """Carry out every change that can be; gives how many were made, and how many still wait for a person."""
    require(Action.READ_NOTICES, Standing(Role(by.person.role)))
    news, made, left = _News(), 0, 0
    for one in await differences(session, notice, by):
        if one.held or one.asked:
            left += not one.same
            continue
        news.add(await _carry_out(session, notice, one, by))
        made += not one.same
    await _tell(session, notice, news, by, at_once=True)
    return made, left


async def skip(session: Session, one: Difference, by: By) -> None:
    """Leave the earlier directive as it is; the newer clause is dropped."""
    await _decide(session, one, "skipped", by)
    if one.draft is not None:
        await _merge(session, one.draft, one.old, by)
    await _finish(session, await notice_of(session, one.change), by)


async def give_anew(session: Session, one: Difference, by: By) -> None:
    """Both stand: the newer clause is a task of its own, and waits to be issued.

    Raises:
        NoSuchThing: the newer notice has no such clause.
    """
    if one.draft is None:
        raise NoSuchThing
    await _decide(session, one, "skipped", by)
    await _finish(session, await notice_of(session, one.change), by)


async def _decide(session: Session, one: Difference, state: str, by: By) -> None:
    one.change.state, one.change.decided_by, one.change.decided_at = state, by.person.id, by.now
    await session.flush()
    await audit.record(
        session, f"change_{state}", now=by.now, actor=by.person, inbox_id=by.inbox_id,
        details={"change": one.change.code, "directive": one.old.id},
    )  # fmt: skip


async def _finish(session: Session, notice: Notice, by: By) -> None:
    """Once nothing waits for a decision, clauses that say the same are put aside, and the units hear."""
    left = await differences(session, notice, by)
    if any(not one.same and one.held is None for one in left):
        return
    for one in left:
        if one.same:
            await _carry_out(session, notice, one, by)
    await _release(session, notice)


# --- one change ---


@dataclass
class _News:
    """What is to be told: the audit rows of each person's directives."""

    rows: dict[int, list[Transition]] = field(default_factory=dict)

    def tell(self, to: Sequence[Person], row: Transition, by: By) -> None:
        for person_id in people.ids(to, but=by.person):
            self.rows.setdefault(person_id, []).append(row)

    def add(self, other: _News) -> None:
        for person_id, rows in other.rows.items():
            self.rows.setdefault(person_id, []).extend(rows)


async def _carry_out(session: Session, notice: Notice, one: Difference, by: By) -> _News:
    if one.held is not None:
        raise MoveNotAllowed(one.held, AMENDED_BY)
    if one.asked and one.draft is not None:
        raise LeadMissing((one.draft.id,))
    await _decide(session, one, "kept" if one.same else "applied", by)
    if one.old.state == State.DRAFT:
        return await _supersede(session, one, by)
    news = _News()
    open_ones = [d for d in await members(session, one.old) if d.state in OPEN]
    for member in [] if one.same else open_ones:
        await people.check(session, by, member, Action.STEER)
        is_left_out = member.lead_unit_id in {unit.id for unit in one.left_out}
        if not one.dropped and not is_left_out:
            await _amend(session, notice, one, member, news, by)
        elif member.state != State.SUBMITTED:
            await _cancel(session, notice, member, news, by)
    if one.draft is not None:
        await _merge(session, one.draft, one.old, by)
    return news


async def _supersede(session: Session, one: Difference, by: By) -> _News:
    """What was never issued is dropped; the newer clause, where there is one, waits in its place."""
    await issuing.drop(session, one.old, by)
    if one.draft is not None and not one.dropped:
        one.old.replaced_by_id = one.draft.id
    elif one.draft is not None:
        await _merge(session, one.draft, one.old, by)
    return _News()


async def _merge(session: Session, draft: Directive, into: Directive, by: By) -> None:
    """A draft that is no task of its own."""
    draft.replaced_by_id = into.id
    await issuing.drop(session, draft, by)


async def _cancel(session: Session, notice: Notice, directive: Directive, news: _News, by: By) -> None:
    verb = "thay thế" if notice.amendment != AMENDS else "điều chỉnh"
    told = await life.concerned(session, directive)
    row = await life.move(session, directive, Event.CANCEL, by, f"{source_of(notice)} {verb}", notice=notice.code)
    await ending.close_open_ends(session, directive, by, await life.concerned(session, directive))
    news.tell(told, row, by)


async def _amend(session: Session, notice: Notice, one: Difference, member: Directive, news: _News, by: By) -> None:
    assert one.draft is not None  # noqa: S101  (only a drop has none)
    details: dict[str, Any] = {"notice": notice.code, "source": source_of(notice)}
    told = await life.concerned(session, member)
    if one.lead and one.draft.lead_unit is not None and one.draft.lead_unit_id != member.lead_unit_id:
        row = await steering.hand_over(session, member, one.draft.lead_unit, by, **details)
        news.tell([*told, *await life.lead_people(session, member)], row, by)
        await group_chats.post(session, [member], by.now)
    changed = await _set(session, one, member, by)
    if not changed:
        return
    row = await audit.record(
        session, AMENDED_BY, now=by.now, directive=member, before=member.state, after=member.state, actor=by.person,
        inbox_id=by.inbox_id, details={**details, **changed},
    )  # fmt: skip
    set_next_mention(member, by.now, by.office)
    await group_chats.post_amended(session, [row], notice.code, by.now)
    news.tell([*await life.concerned(session, member), *([] if one.lead else told)], row, by)


_DUE = (
    "deadline_date", "deadline_inclusive", "deadline_time", "deadline_text", "deadline_rule", "last_day",
)  # fmt: skip


async def _set(session: Session, one: Difference, member: Directive, by: By) -> dict[str, Any]:
    """Put the newer clause's values in; gives what was and what is, for the audit."""
    draft = one.draft
    assert draft is not None  # noqa: S101  (only a drop has none)
    changed: dict[str, Any] = {}
    if draft.urgency is not None:
        member.urgency = draft.urgency
    if one.deadline:
        changed |= {"from": _iso(member.last_day), "until": _iso(draft.last_day)}
        for name in _DUE:
            setattr(member, name, getattr(draft, name))
        member.first_last_day = member.first_last_day or draft.last_day
        _recur(member, draft, by)
        closed = await extensions.close_requests(session, member, by, await life.lead_people(session, member))
        changed["closed_request"] = closed is not None
    if one.words:
        changed |= {"words_before": member.text, "words": draft.text}
        member.text, member.quote, member.quote_page = draft.text, draft.quote, draft.quote_page
    if one.helpers:
        changed |= {"helpers_before": _helping(member), "helpers": _helping(draft)}
        helpers = [Coordination(unit_id=c.unit_id, written=c.written) for c in draft.coordinations]
        await coordinating.put_helpers(session, member, helpers, by)
    return changed


def _recur(member: Directive, draft: Directive, by: By) -> None:
    """A deadline that comes again takes the place of the one that did; a single one changes this period alone."""
    is_newest = member.cycle is not None or member.series_id is None
    if draft.cycle is None or not is_newest:
        return
    member.recurring, member.cycle = draft.recurring, draft.cycle
    member.series_id = member.series_id or member.id
    member.next_occurrence_at = None if member.state == State.SUSPENDED else opening(member, by.office)


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _helping(directive: Directive) -> str:
    return "; ".join(c.unit.name if c.unit else c.written for c in directive.coordinations)


# --- telling ---


async def _tell(session: Session, notice: Notice, news: _News, by: By, *, at_once: bool) -> None:
    """One message for each person, which grows while it waits."""
    waiting = {row.person_id: row for row in await _waiting(session, notice)}
    for person_id, rows in news.rows.items():
        numbers = [row.directive_id for row in rows if row.directive_id is not None]
        if there := waiting.get(person_id):
            there.payload = {**there.payload, "rows": [*there.payload["rows"], *(r.id for r in rows)]}
            there.directives = list(dict.fromkeys([*there.directives, *numbers]))
            continue
        await tell(
            session, [person_id], AMENDED, now=by.now, directives=list(dict.fromkeys(numbers)),
            payload={"notice": notice.code, "rows": [r.id for r in rows]}, not_before=by.now + PATIENCE,
        )  # fmt: skip
    await session.flush()
    if at_once:
        await _release(session, notice)


async def _waiting(session: Session, notice: Notice) -> list[Outbox]:
    found = await session.scalars(
        select(Outbox)
        .where(Outbox.kind == AMENDED, Outbox.state == "queued", Outbox.not_before.is_not(None))
        .with_for_update(of=Outbox)
    )
    return [row for row in found if row.payload.get("notice") == notice.code]


async def _release(session: Session, notice: Notice) -> None:
    ids = [row.id for row in await _waiting(session, notice)]
    await session.execute(update(Outbox).where(Outbox.id.in_(ids), Outbox.state == "queued").values(not_before=None))
