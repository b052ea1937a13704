"""The words by which directives are found, kept in the transaction in which they change.

A listener on every session of the program: whoever changes a directive's text, its notice's number or a report need
not think of it. What is changed by a statement instead of through its rows passes it by; that is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Insert,
    Integer,
    ScalarSelect,
    bindparam,
    delete,
    event,
    func,
    insert,
    inspect,
    literal,
    select,
)
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from db.models import Base, Coordination, Directive, Notice, Passage, Report
from db.plain import table
from domain.spelling import WORD, fold, folded_word, syllable

AT_ONCE = 500  # rows in one statement: SQLite takes 32,766 values
WATCHED: Mapping[type[Base], frozenset[str]] = {
    Directive: frozenset({"text", "quote", "product", "ref", "notice_id"}),
    Notice: frozenset({"number", "title", "doc_type"}),
    Report: frozenset({"text", "difficulty", "withdrawn_at", "kind"}),
}
SILENT = frozenset({"acknowledge", "none"})  # kinds of reports whose words nobody looks for


def exact_words(text: str) -> str:
    """The words of a text in lower case with their diacritics, each tone in its agreed place."""
    return " ".join(map(syllable, WORD.findall(text)))


def units_of(directive: Any) -> ScalarSelect[str]:
    """The units that lead a directive and help with it, as the index of SQLite knows them: "u3 u7,u8".

    Args:
        directive: a column or value with its id.
    """
    lead = select(literal("u").concat(Directive.lead_unit_id)).where(Directive.id == directive).scalar_subquery()
    helping = (
        select(func.group_concat(literal("u").concat(Coordination.unit_id)))
        .where(
            Coordination.directive_id == directive,
            Coordination.unit_id.is_not(None),
            Coordination.removed_at.is_(None),
        )
        .scalar_subquery()
    )
    both = func.coalesce(lead, "").concat(" ").concat(func.coalesce(helping, ""))
    return select(both).scalar_subquery()


# --- the listener ---


def _keep(session: Session, flush: UOWTransaction) -> None:
    """After every flush: write anew what was said anew."""
    rows = [row for row in (*session.new, *session.dirty) if type(row) in WATCHED]
    changed = [row for row in rows if row in session.new or _has_changed(row, WATCHED[type(row)])]
    gone = [row.id for row in session.deleted if isinstance(row, Directive)]
    if not changed and not gone:
        return
    connection = session.connection()
    if gone:
        connection.execute(delete(Passage).where(Passage.directive_id.in_(gone)))
    notices = [row.id for row in changed if isinstance(row, Notice) and row not in session.new]
    of_notices = connection.scalars(select(Directive.id).where(Directive.notice_id.in_(notices))) if notices else ()
    directives = {row.id for row in changed if isinstance(row, Directive)} | set(of_notices)
    new = {row.id for row in session.new if isinstance(row, Directive)}
    _write_directives(connection, sorted(directives.difference(gone)), new)
    reports = [row for row in changed if isinstance(row, Report)]
    if old := [row.id for row in reports if row not in session.new]:
        connection.execute(delete(Passage).where(Passage.report_id.in_(old)))
    _insert(
        connection, [_of_report(row.directive_id, row.id, row.text, row.difficulty) for row in reports if _speaks(row)]
    )


def _speaks(report: Report) -> bool:
    return bool(report.text) and report.withdrawn_at is None and report.kind not in SILENT


def _has_changed(row: Base, names: Iterable[str]) -> bool:
    state = inspect(row)
    return any(state.attrs[name].history.has_changes() for name in names)


def _refuse(state: ORMExecuteState) -> None:
    if not state.is_update:
        return
    mapper = state.bind_mapper
    watched = WATCHED.get(mapper.class_) if mapper else None
    if watched and watched & {getattr(key, "key", str(key)) for key, _ in _values(state)}:
        raise RuntimeError("words by which directives are found are changed through their rows: see db.passages")


def _values(state: ORMExecuteState) -> Sequence[tuple[Any, Any]]:
    values = getattr(state.statement, "_values", None) or {}
    return list(values.items())


def listen() -> None:
    """Hear of the changes of every session of the program, from now on."""
    for name, heard in (("after_flush", _keep), ("do_orm_execute", _refuse)):
        if not event.contains(Session, name, heard):
            event.listen(Session, name, heard)


# --- writing ---


def _write_directives(connection: Connection, ids: Sequence[int], new: Collection[int] = ()) -> None:
    for some in _pieces(ids):
        if old := [number for number in some if number not in new]:
            connection.execute(delete(Passage).where(Passage.directive_id.in_(old), Passage.report_id.is_(None)))
        query = (
            select(
                Directive.id, Directive.text, Directive.quote, Directive.product,
                Notice.number, Notice.title, Notice.doc_type,
            )
            .outerjoin(Notice, Notice.id == Directive.notice_id)
            .where(Directive.id.in_(some))
        )  # fmt: skip
        _insert(connection, [_of_directive(*row) for row in connection.execute(query)])


def _of_directive(
    number: int, text: str, quote: str | None, product: str | None,
    notice: str | None, title: str | None, kind: str | None,
) -> dict[str, Any]:  # fmt: skip
    said = "" if quote and fold(text) in fold(quote) else text
    words = " ".join(filter(None, (said, quote, product, kind, notice, title)))
    return _passage(number, None, words, fold(notice or ""))


def _write_reports(connection: Connection, ids: Sequence[int]) -> None:
    for some in _pieces(ids):
        query = select(Report.directive_id, Report.id, Report.text, Report.difficulty).where(
            Report.id.in_(some), Report.withdrawn_at.is_(None), Report.text != "", Report.kind.not_in(SILENT)
        )
        _insert(connection, [_of_report(*row) for row in connection.execute(query)])


def _of_report(directive: int, report: int, text: str, difficulty: str | None) -> dict[str, Any]:
    more = "" if difficulty is None or fold(difficulty) in fold(text) else difficulty
    return _passage(directive, report, f"{text} {more}")


def _passage(directive: int, report: int | None, words: str, number: str = "") -> dict[str, Any]:
    found = WORD.findall(words)
    return {
        "directive_id": directive,
        "report_id": report,
        "exact": " ".join(map(syllable, found)),
        "bare": " ".join(map(folded_word, found)),
        "number": number,
    }


def _insert(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    if rows and connection.dialect.name == "sqlite":
        connection.execute(_insert_with_units(), [{**row, "of": row["directive_id"]} for row in rows])
    elif rows:
        connection.execute(insert(Passage), rows)


@cache  # putting it together takes longer than running it
def _insert_with_units() -> Insert:
    return insert(table(Passage)).values(units=units_of(bindparam("of", type_=Integer)))


def _pieces(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[i : i + AT_ONCE] for i in range(0, len(ids), AT_ONCE))


def rebuild(connection: Connection) -> None:
    """Write the words of everything that is there, as the migration does once."""
    connection.execute(delete(Passage))
    _write_directives(connection, connection.scalars(select(Directive.id).order_by(Directive.id)).all())
    _write_reports(connection, connection.scalars(select(Report.id).order_by(Report.id)).all())
