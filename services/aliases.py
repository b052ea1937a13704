"""What correcting a unit teaches: a way to write it, learned with a word about it, and taken back just as easily."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from db import Session
from db.models import Alias, Directive, Person, Transition, Unit
from domain.errors import AliasNotUsable, NoSuchThing
from domain.lessons import Lesson, lesson, own_name, spelling, spelling_key
from domain.lifecycle import State
from domain.organisation import Directory, fold
from domain.rights import Action, Role, Standing, require
from services import audit
from services.life import By
from services.office import directory, learned


@dataclass(frozen=True)
class Learned:
    """An alias that was learned. ``others`` counts the other drafts that got their unit by it."""

    code: str
    written: str
    unit: str
    others: int


@dataclass(frozen=True)
class Doubt:
    """A spelling that is learned only when a person says so: it means ``other`` today, where that is not None."""

    written: str
    unit: str
    other: str | None


@dataclass(frozen=True)
class Undone:
    """An alias that was taken back. ``reopened`` counts the drafts that are asked again."""

    written: str
    unit: str
    reopened: int


def may_teach(person: Person) -> bool:
    """Whether a person's corrections are learned."""
    return Role(person.role) in {Role.CLERK, Role.ADMIN}


async def teach(session: Session, draft: Directive, written: str | None, unit: Unit, by: By) -> Learned | Doubt | None:
    """Learn from a correction of a draft, where there is something to learn.

    Args:
        draft: the one that was corrected.
        written: the unit's name as the document has it.
        unit: who it is, as a person says.
    """
    if written is None or not may_teach(by.person) or await _names_a_person(session, written):
        return None
    known = await directory(session)
    words = spelling(written, known)
    kind = lesson(known, written, unit.id)
    if words is None or kind is Lesson.NOTHING:
        return None
    if kind is Lesson.ASK:
        return Doubt(words, unit.name, _meaning(known, written, unit.id))
    return await learn(session, words, unit, by, draft)


async def confirm(session: Session, draft: Directive, written: str, unit: Unit, by: By) -> Learned:
    """Learn what was in doubt.

    Raises:
        NotAllowed: only the office and the administrator.
        NoSuchThing: there is no such name any more.
    """
    words = spelling(written, await directory(session))
    if words is None:
        raise NoSuchThing
    return await learn(session, words, unit, by, draft)


def _meaning(known: Directory, written: str, unit_id: int) -> str | None:
    match = known.match(written)
    others = [u for u in (match.unit, *known.bearers(written)) if u is not None and u.id != unit_id]
    return others[0].name if others else None


async def _names_a_person(session: Session, written: str) -> bool:
    words = f" {fold(written)} "
    names = await session.scalars(select(Person.name).where(Person.active))
    return any(f" {fold(name)} " in words for name in names)


async def add(session: Session, written: str, unit: Unit, by: By) -> Learned | Doubt:
    """An alias given by hand.

    Raises:
        NotAllowed: only the office and the administrator.
        AliasNotUsable: it is no unit's name, or certainly another unit's.
    """
    require(Action.TEACH, Standing(Role(by.person.role)))
    known = await directory(session)
    words = spelling(written, known)
    if words is None or await _names_a_person(session, written):
        raise AliasNotUsable(written.strip()[:60])
    bearers = known.bearers(words)
    if own_name(known, words) or unit.id in {u.id for u in bearers}:
        raise AliasNotUsable(words, bearers[0].name)
    if bearers:
        return Doubt(words, unit.name, bearers[0].name)
    return await learn(session, words, unit, by)


async def learn(session: Session, words: str, unit: Unit, by: By, draft: Directive | None = None) -> Learned:
    """Understand a spelling as a unit from now on, also in the other drafts of the same notice.

    Raises:
        NotAllowed: only the office and the administrator.
    """
    require(Action.TEACH, Standing(Role(by.person.role)))
    key = spelling_key(words)
    same = [alias for alias in await learned(session) if spelling_key(alias.written) == key]
    for alias in same:
        if alias.unit_id != unit.id:
            await _end(session, alias, by)
    alias = next((a for a in same if a.unit_id == unit.id), None) or await _keep(session, words, unit, by, draft)
    others = await _apply(session, alias, draft, by) if draft is not None else 0
    return Learned(alias.code, alias.written, unit.name, others)


async def _keep(session: Session, words: str, unit: Unit, by: By, draft: Directive | None) -> Alias:
    alias = Alias(
        unit_id=unit.id,
        written=words,
        directive_id=draft.id if draft else None,
        made_by=by.person.id,
        made_at=by.now,
    )
    session.add(alias)
    await session.flush()
    await _note(session, "alias_learned", alias, unit.name, by)
    return alias


async def _end(session: Session, alias: Alias, by: By) -> str:
    unit = await session.get_one(Unit, alias.unit_id)
    alias.undone_by, alias.undone_at = by.person.id, by.now
    await session.flush()
    await _note(session, "alias_undone", alias, unit.name, by)
    return unit.name


async def _note(session: Session, event: str, alias: Alias, unit: str, by: By) -> None:
    details = {"alias": alias.code, "written": alias.written, "unit": unit}
    await audit.record(session, event, now=by.now, actor=by.person, inbox_id=by.inbox_id, details=details)


async def undo(session: Session, code: str, by: By) -> Undone:
    """Take an alias back; what it gave to drafts that are not issued yet is asked again.

    Raises:
        NotAllowed: only the office and the administrator.
        NoSuchThing: there is none, or it was undone before.
    """
    require(Action.TEACH, Standing(Role(by.person.role)))
    alias = await session.scalar(select(Alias).where(Alias.code == code))
    if alias is None or alias.undone_at is not None:
        raise NoSuchThing
    unit = await _end(session, alias, by)
    waiting = await session.scalars(select(Directive).where(Directive.state == State.DRAFT).order_by(Directive.id))
    return Undone(alias.written, unit, await _read_again(session, list(waiting), alias.unit_id, by, alias))


async def _apply(session: Session, alias: Alias, draft: Directive, by: By) -> int:
    """Read the names in the drafts of the same notice again; gives how many others changed."""
    if draft.notice_id is None:
        return 0
    query = select(Directive).where(Directive.notice_id == draft.notice_id, Directive.state == State.DRAFT)
    waiting = list(await session.scalars(query.order_by(Directive.id)))
    await _read_again(session, [d for d in waiting if d.id == draft.id], None, by, alias)
    return await _read_again(session, [d for d in waiting if d.id != draft.id], None, by, alias)


async def _read_again(session: Session, drafts: Sequence[Directive], only: int | None, by: By, alias: Alias) -> int:
    """Match what drafts have as written anew, but for what a person has chosen; gives how many changed.

    Args:
        only: leave everything alone that has another unit than this one.
        alias: the one whose coming or going is the reason.
    """
    known = await directory(session)
    chosen = await chosen_by_hand(session, [d.id for d in drafts])
    changed = 0
    for draft in drafts:
        lead = draft.id not in chosen and await _lead_again(session, draft, known, only, by, alias)
        helps = await _helpers_again(session, draft, known, only, alias)
        changed += lead or helps
    await session.flush()
    return changed


async def _lead_again(
    session: Session, draft: Directive, known: Directory, only: int | None, by: By, alias: Alias
) -> bool:
    if draft.lead_written is None or draft.lead_group is not None or only not in {None, draft.lead_unit_id}:
        return False
    meant = _certain(known, draft.lead_written)
    if meant == draft.lead_unit_id or alias.unit_id not in {meant, draft.lead_unit_id}:
        return False
    before = draft.lead_unit.name if draft.lead_unit else draft.lead_written
    draft.lead_unit = await session.get(Unit, meant) if meant else None
    draft.lead_unit_id = meant
    details = {"field": "lead", "before": before, "after": draft.lead_unit.name if draft.lead_unit else None}
    await audit.record(
        session, "edit", now=by.now, directive=draft, actor=by.person, inbox_id=by.inbox_id,
        details={**details, "alias": alias.code},
    )  # fmt: skip
    return True


async def _helpers_again(session: Session, draft: Directive, known: Directory, only: int | None, alias: Alias) -> bool:
    changed = False
    for helper in draft.coordinations:
        meant = _certain(known, helper.written)
        if meant != helper.unit_id and only in {None, helper.unit_id} and alias.unit_id in {meant, helper.unit_id}:
            helper.unit = await session.get(Unit, meant) if meant else None
            helper.unit_id = meant
            changed = True
    return changed


def _certain(known: Directory, written: str) -> int | None:
    match = known.match(written)
    return match.unit.id if match.unit and match.certain else None


async def chosen_by_hand(session: Session, ids: Iterable[int]) -> set[int]:
    """The drafts whose lead unit a person has chosen, which no alias changes any more."""
    rows = await session.scalars(
        select(Transition).where(Transition.directive_id.in_(list(ids)), Transition.event == "edit")
    )
    return {
        row.directive_id
        for row in rows
        if row.directive_id is not None and row.details.get("field") == "lead" and "alias" not in row.details
    }
