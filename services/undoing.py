"""Taking back what was just done: the rows an act changed are put back as they stood, by whoever pressed, in time.

It is the inverse of an arrow of the lifecycle, not an arrow. The audit keeps both: the act and its undoing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Date, Table, Time, delete, func, select, update

from db import Session
from db.memo import ANYTHING, touched
from db.models import (
    Coordination,
    Directive,
    Explanation,
    Extension,
    Obstacle,
    Outbox,
    Receipt,
    Report,
    Transition,
    Undo,
)
from db.types import UtcDateTime
from domain.errors import CannotUndo, NoSuchThing
from domain.lifecycle import OPEN, Event
from services import audit, group_chats, successors
from services.life import NEWS, By
from services.outbox import ANSWER, tell
from services.reminders import set_next_mention

UNDONE = "undo"  # the audit's word
UNDOABLE = frozenset(
    {
        Event.ACKNOWLEDGE, Event.SUBMIT, Event.CHECK, Event.APPROVE, Event.RETURN, Event.DECLINE, Event.REASSIGN,
        Event.INSIST, Event.SUSPEND, Event.RESUME, Event.CANCEL, Event.REOPEN,
        "important", "ordinary", "delegate", "ask_explanation", "part_acknowledged", "part_answered",
        "extension_asked", "extension_granted", "extension_refused", "extension_offered", "extension_accepted",
        "extension_declined", "extension_given", "difficulty_answered", "difficulty_solved", "instruct", "excused",
        "excuse_withdrawn",
    }
)  # fmt: skip
_WITH_THEM = frozenset({"explanation_ended", "extension_closed", "extension_objective"})  # rows an act may bring along
_KEPT = 7  # days for which an act is remembered, so that a late press gets its sentence
_WORKED_OUT = "next_reminder_at"  # anew, at the moment of the undoing

_TABLES: tuple[tuple[Table, str], ...] = tuple(
    (model.__table__, column)  # type: ignore[misc]
    for model, column in (
        (Directive, "id"), (Extension, "directive_id"), (Obstacle, "directive_id"), (Coordination, "directive_id"),
        (Explanation, "directive_id"), (Report, "directive_id"),
    )
)  # fmt: skip
_DELETED = {"extensions", "obstacles", "explanations"}  # rows an act has made that are gone with it

Rows = dict[str, dict[int, Mapping[str, Any]]]


# --- remembering ---


async def remember(session: Session, before: Session, acts: Sequence[Transition], by: By) -> list[Undo]:
    """Keep what stood in the rows that a turn has changed, one act for each directive.

    Args:
        session: the transaction of the turn.
        before: another one, in which nothing of the turn has happened yet.
        acts: the audit rows of the turn.
        by: who acted.

    Returns:
        the acts that can be taken back; none where one of the turn cannot be, or no time is given for it.
    """
    mine = [row for row in acts if row.directive_id is not None and row.actor_id == by.person.id]
    if not mine or by.office.undo_seconds == 0 or not all(row.event in UNDOABLE | _WITH_THEM for row in mine):
        return []
    ids = sorted({row.directive_id for row in mine if row.directive_id is not None})
    await session.flush()
    changed = touched(session)
    tables = [one for one in _TABLES if one[0].name in changed or ANYTHING in changed]
    was, is_now = await _snapshot(before, ids, tables), await _snapshot(session, ids, tables)
    first = await before.scalar(select(func.max(Outbox.id))) or 0
    told = await _told(session, first, by.now)
    await _forget_old(session, by.now)
    until = by.now + timedelta(seconds=by.office.undo_seconds)
    rows = []
    for number in ids:
        own = [row for row in mine if row.directive_id == number]
        act = next((row for row in own if row.event in UNDOABLE), None)
        if act is None:
            return []
        changes = {
            "rows": _changed(number, was, is_now), "made": _made(number, was, is_now), "last": max(r.id for r in own),
            "outbox": [i for i, directives in told if number in directives], "inbox": by.inbox_id,
        }  # fmt: skip
        rows.append(
            Undo(
                person_id=by.person.id, directive_id=number, transition_id=act.id, made_at=by.now, until=until,
                before=changes,
            )
        )  # fmt: skip
    session.add_all(rows)
    await session.flush()
    return rows


async def _snapshot(session: Session, ids: Collection[int], tables: Sequence[tuple[Table, str]]) -> Rows:
    connection = await session.connection()
    found: Rows = {table.name: {} for table, _ in _TABLES}
    for table, column in tables:
        rows = await connection.execute(select(table).where(table.c[column].in_(ids)))
        found[table.name] = {row["id"]: dict(row) for row in rows.mappings()}
    return found


def _of(number: int, table: Table, column: str, rows: Rows) -> dict[int, Mapping[str, Any]]:
    return {i: row for i, row in rows[table.name].items() if row[column] == number}


def _changed(number: int, was: Rows, is_now: Rows) -> dict[str, dict[str, dict[str, Any]]]:
    """What stood in each column that is another now, as JSON: table, row, column."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for table, column in _TABLES:
        now = _of(number, table, column, is_now)
        for i, row in _of(number, table, column, was).items():
            old = {k: _written(v) for k, v in row.items() if i in now and now[i][k] != v and k != _WORKED_OUT}
            if old:
                found.setdefault(table.name, {})[str(i)] = old
    return found


def _made(number: int, was: Rows, is_now: Rows) -> dict[str, list[int]]:
    found = {}
    for table, column in _TABLES[1:]:
        fresh = [i for i in _of(number, table, column, is_now) if i not in was[table.name]]
        if fresh:
            found[table.name] = fresh
    return found


def _written(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime | time) else value


async def _told(session: Session, first: int, now: datetime) -> list[tuple[int, list[int]]]:
    """The messages the turn has queued, with the directives they speak of."""
    query = select(Outbox.id, Outbox.directives).where(Outbox.id > first, Outbox.kind != ANSWER)
    return [(i, list(ids)) for i, ids in await session.execute(query.where(Outbox.created_at == now))]


async def _forget_old(session: Session, now: datetime) -> None:
    """The oldest few, once nobody will press any more."""
    oldest = await session.execute(select(Undo.id, Undo.until).order_by(Undo.id).limit(5))
    gone = [i for i, until in oldest if until < now - timedelta(days=_KEPT)]
    if gone:
        await session.execute(delete(Undo).where(Undo.id.in_(gone)))


# --- taking back ---


@dataclass(frozen=True)
class TakenBack:
    """What was undone: the audit's word for the act, and the directives as they stand again."""

    event: str
    directives: tuple[Directive, ...]


async def undo(session: Session, code: str, by: By) -> TakenBack:
    """Put back what an act has changed, with whatever it changed in the same turn.

    Raises:
        NoSuchThing: no such act.
        CannotUndo: it is another person's, too late, done already, or something has happened since.
    """
    first = await session.scalar(select(Undo).where(Undo.code == code).with_for_update())
    if first is None:
        raise NoSuchThing
    together = select(Undo).where(Undo.made_at == first.made_at, Undo.person_id == first.person_id)
    rows = [row for row in await session.scalars(together.where(Undo.id >= first.id).order_by(Undo.id))
            if row.before["inbox"] == first.before["inbox"]]  # fmt: skip
    acts = [await session.get_one(Transition, row.transition_id) for row in rows]
    for row, act in zip(rows, acts, strict=True):
        await _check(session, row, act, by)
    directives = [await _undo_one(session, row, act, by) for row, act in zip(rows, acts, strict=True)]
    return TakenBack(acts[0].event, tuple(directives))


async def _check(session: Session, row: Undo, act: Transition, by: By) -> None:
    why = None
    if row.person_id != by.person.id:
        why = "others"
    elif row.used_at is not None:
        why = "used"
    elif by.now > row.until:
        why = "late"
    elif await _has_moved(session, row):
        why = "moved"
    if why:
        seconds = round((row.until - row.made_at).total_seconds())
        raise CannotUndo(why, act.event, row.directive_id, seconds)


async def _has_moved(session: Session, row: Undo) -> bool:
    later = select(Transition.id).where(Transition.directive_id == row.directive_id, Transition.id > row.before["last"])
    return await session.scalar(later.limit(1)) is not None


async def _undo_one(session: Session, row: Undo, act: Transition, by: By) -> Directive:
    directive = await session.get_one(Directive, row.directive_id, with_for_update={"of": Directive})
    state = directive.state
    await session.flush()
    for name, changed in row.before["rows"].items():
        await _restore(session, name, changed)
    await _take_away(session, row.before["made"], by.now)
    await session.execute(delete(Receipt).where(Receipt.inbox_id == row.before["inbox"], Receipt.how == "acknowledged"))
    await session.refresh(directive)
    if directive.state in OPEN:
        await successors.follow(session, directive, successors.Acted(by.now, by.person, by.inbox_id))
    row.used_at = by.now
    done = await audit.record(
        session, UNDONE, now=by.now, directive=directive, before=state, after=directive.state, actor=by.person,
        details={"of": act.event, "row": act.id}, inbox_id=by.inbox_id,
    )  # fmt: skip
    set_next_mention(directive, by.now, by.office)
    heard = await _silence(session, row.before["outbox"])
    await group_chats.withdraw(session, heard, directive.id, by.now)
    told = [one.person_id for one in heard if one.person_id not in {None, by.person.id}]
    await tell(
        session, [i for i in told if i is not None], NEWS,
        now=by.now, directives=[directive.id], payload={"transition": done.id},
    )  # fmt: skip
    return directive


async def _restore(session: Session, name: str, changed: Mapping[str, Mapping[str, Any]]) -> None:
    table = next(table for table, _ in _TABLES if table.name == name)
    for i, old in changed.items():
        values = {column: _read(table, column, value) for column, value in old.items()}
        await session.execute(update(table).where(table.c.id == int(i)).values(values))


def _read(table: Table, column: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    kinds = ((UtcDateTime, datetime), (Date, date), (Time, time))
    kind = next((python for kind, python in kinds if isinstance(table.c[column].type, kind)), None)
    return value if kind is None else kind.fromisoformat(value)


async def _take_away(session: Session, made: Mapping[str, Sequence[int]], now: datetime) -> None:
    """Requests and questions are gone as if they had not been made; what was said is kept, marked as taken back."""
    for table, _ in _TABLES:
        ids = made.get(table.name, ())
        if ids and table.name in _DELETED:
            await session.execute(delete(table).where(table.c.id.in_(ids)))
        elif ids and table.name == Report.__tablename__:
            await session.execute(update(table).where(table.c.id.in_(ids)).values(withdrawn_at=now))


async def _silence(session: Session, ids: Iterable[int]) -> list[Outbox]:
    """Messages that still wait are not sent any more; gives those that were read, stand-ins' too."""
    rows = list(await session.scalars(select(Outbox).where(Outbox.id.in_(list(ids)))))
    for original in tuple(rows):
        copies = select(Outbox).where(Outbox.key.startswith(f"in_place_of:{original.id}:"))
        rows += await session.scalars(copies)
    heard = []
    for row in rows:
        if row.state == "queued":
            row.state = "moot"
        elif row.state in {"sent", "sending", "uncertain"}:
            heard.append(row)
    return heard
