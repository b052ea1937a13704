"""New versions of a report: its message was edited, or the caption of its pictures came after them.

The old version stays, marked as taken back; the new one names it in ``replaces_id``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum

from sqlalchemy import select, update

from db import Session
from db.models import Attachment, Directive, Extension, Person, Report, Transition
from domain.lifecycle import WITH_UNIT, State
from domain.rights import Action
from services import additions, audit, coordinating, levels, life, people, posts, reporting
from services.life import By
from services.reporting import Evidence

REVISED = "revise"  # the audit's word for a new version of what was handed in


class Standing(StrEnum):
    """What a new version of a report can still change."""

    OPEN = "open"  # all of it
    ADDED = "added"  # all of it: it was added to what waits for approval
    HANDED_IN = "handed_in"  # the words of what waits for approval
    ASKED = "asked"  # nothing: the request it led to has gone out
    ELSEWHERE = "elsewhere"  # nothing: the directive is another unit's by now
    SETTLED = "settled"  # nothing: it has been decided


async def of_messages(session: Session, inbox_ids: Collection[int], person: Person) -> list[Report]:
    """What a person reported with these messages, not taken back."""
    found = await session.scalars(
        select(Report)
        .where(Report.inbox_id.in_(inbox_ids), Report.person_id == person.id, Report.withdrawn_at.is_(None))
        .order_by(Report.id)
    )
    return list(found)


async def of_album(session: Session, album: str, person: Person) -> Report | None:
    """The report that the pictures of an album belong to, not taken back."""
    return await session.scalar(
        select(Report)
        .where(Report.album == album, Report.person_id == person.id, Report.withdrawn_at.is_(None))
        .order_by(Report.id.desc())
        .limit(1)
    )


async def stands(session: Session, old: Report, directive: Directive, by: By) -> Standing:
    """How much of a report can still be changed by a new version of it."""
    units = await posts.units_of(session, by.person)
    if old.coordination_id is not None:
        return Standing.OPEN if directive.state in WITH_UNIT else Standing.SETTLED
    if directive.lead_unit_id not in units:
        return Standing.ELSEWHERE
    if old.kind == "extension" and await _has_gone_out(session, old):
        return Standing.ASKED
    if directive.state in WITH_UNIT:
        return Standing.OPEN
    if await additions.is_addition(session, directive, old):
        return Standing.ADDED
    is_this = directive.state == State.SUBMITTED and old.kind == "done"
    return Standing.HANDED_IN if is_this else Standing.SETTLED


async def _has_gone_out(session: Session, old: Report) -> bool:
    asked = select(Extension.id).where(
        Extension.directive_id == old.directive_id, Extension.asked_by == old.person_id, Extension.asked_at >= old.at
    )
    return await session.scalar(asked.limit(1)) is not None


async def take_back(session: Session, old: Report, by: By) -> None:
    """Make way for the new version; what rested on the old one (its share, its difficulty) goes with it."""
    if old.coordination_id is not None:
        await coordinating.withdraw(session, old, by)
        return
    await reporting.make_way(session, old, by)


async def change_handed_in(
    session: Session, old: Report, directive: Directive, text: str, by: By, evidence: Sequence[Evidence] = ()
) -> Report:
    """Other words for what waits for approval. It stays handed in as of when it was; who decides is told."""
    await people.check(session, by, directive, Action.REPORT)
    said = reporting.Said("done", text, 100)
    new = await reporting.note(session, directive, said, by, evidence)
    await _carry_over(session, old, new)
    old.withdrawn_at, new.replaces_id = by.now, old.id
    row = await audit.record(
        session, REVISED, now=by.now, directive=directive, actor=by.person,
        details={"report": new.code, "before": old.code}, inbox_id=by.inbox_id,
    )  # fmt: skip
    await life.tell_news(session, row, directive, await levels.first_told(session, directive, by), by)
    return new


async def settle(session: Session, olds: Sequence[Report], by: By) -> list[Report]:
    """Join what the new version was read as to what it replaces; who knew of a difficulty is told that it is gone.

    Args:
        olds: the versions taken back.

    Returns:
        the old ones that nothing has come in the place of.
    """
    news = await of_messages(session, [by.inbox_id] if by.inbox_id else [], by.person)
    left = []
    for old in olds:
        new = next((n for n in news if n.directive_id == old.directive_id), None)
        if new is None:
            left.append(old)
            await _tell_taken_back(session, old, by)
        else:
            new.replaces_id = old.id
            await _carry_over(session, old, new)
        if old.difficulty and not (new and new.difficulty) and old.coordination_id is None:
            await _tell_gone(session, old, new, by)
    return left


async def _tell_taken_back(session: Session, old: Report, by: By) -> None:
    """To who has read of it as added; before anything was handed in nobody has."""
    directive = await session.get_one(Directive, old.directive_id)
    query = select(Transition).where(Transition.directive_id == directive.id, Transition.event == reporting.WITHDRAWN)
    row = await session.scalar(query.order_by(Transition.id.desc()).limit(1))
    if row is not None and old.coordination_id is None and await additions.is_addition(session, directive, old):
        await additions.taken_back(session, directive, row, by)


async def _tell_gone(session: Session, old: Report, new: Report | None, by: By) -> None:
    directive = await session.get_one(Directive, old.directive_id)
    details = {"before": old.code, "cleared": "difficulty", **({"report": new.code} if new else {})}
    row = await audit.record(
        session, REVISED, now=by.now, directive=directive, actor=by.person, details=details, inbox_id=by.inbox_id
    )
    await life.tell_news(session, row, directive, await people.deciders(session, directive), by)


async def _carry_over(session: Session, old: Report, new: Report) -> None:
    """The files of the old version belong to the new one too, but for those that came with it again."""
    there = {a.sha256 for a in new.attachments}
    for a in old.attachments:
        if a.sha256 not in there:
            session.add(
                Attachment(
                    report_id=new.id,
                    sha256=a.sha256,
                    name=a.name,
                    mime=a.mime,
                    size=a.size,
                    channel=a.channel,
                    file_ref=a.file_ref,
                )
            )
    await session.flush()
    await session.refresh(new, ["attachments"])


async def belongs(session: Session, inbox_id: int, *, message: int | None = None, album: str | None = None) -> None:
    """Note of what was reported in a turn which message the words came with, and which album its pictures are of.

    Args:
        inbox_id: the row that was worked on: that message, or a later press.
        message: the inbox row of the words, where that is an earlier one.
        album: the album's key.
    """
    values = {**({"inbox_id": message} if message else {}), **({"album": album} if album else {})}
    if values:
        await session.execute(update(Report).where(Report.inbox_id == inbox_id).values(**values))
