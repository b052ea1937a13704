"""Reading a notice: its header, its directives, and what was left out. Pure: text in, facts out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from domain.calendar import OfficeCalendar
from domain.deadlines import (
    NOT_A_DATE,
    Deadline,
    ImpossibleDate,
    find_deadlines,
    find_recurrences,
    read_deadline,
)
from notices.amending import amendment_of
from notices.clauses import coordinating, sentences
from notices.frame import Frame, frame_of, header_of
from notices.lexicon import TASKING
from notices.model import ALL_UNITS, NO_UNIT, Group, Header, Quote, ReadDirective, ReadNotice
from notices.outline import outline
from notices.paragraphs import Paragraph, paragraphs_of
from notices.plain import compiled, plain
from notices.secrecy import secrecy_mark
from notices.tables import Row, rows_of
from notices.tasks import Task, find_tasks, names_everyone
from notices.units import Unit, group_of, read_units

OFFICE = OfficeCalendar()
TELLS_ONLY = ("Báo cáo", "Tờ trình", "Giấy mời", "Biên bản", "Thư", "Giấy giới thiệu")
URGENT = compiled(r"(?:đồng thời,? )?(?:khẩn trương|riêng|trước mắt)(?!\w)")
SEVERAL_DEADLINES = "nhiều hạn trong một câu"


def read_notice(
    source: str | Sequence[Paragraph],
    issued: date | None = None,
    calendar: OfficeCalendar = OFFICE,
    *,
    reference: date | None = None,
) -> ReadNotice:
    """What a document says of itself, and the tasks it gives.

    Args:
        source: the text, or its paragraphs with their pages.
        issued: the document's date where a person has told it; the date in the document's own header wins.
        calendar: the office's working days.
        reference: a day that is only near the document's date (its meeting, its arrival): years that
            are not written are counted from it,
            but terms "kể từ ngày ký" and weekly or monthly recurrences stay without a date.
    """
    paragraphs = paragraphs_of(source) if isinstance(source, str) else list(source)
    mark = secrecy_mark(p.text for p in paragraphs)
    if mark:
        return ReadNotice(refused=f"secret: {mark}")
    rows = rows_of(paragraphs)
    words = [p.text for p in paragraphs]
    paragraphs = [p for p in paragraphs if not p.cells]
    frame = frame_of(paragraphs)
    header = header_of(paragraphs, frame)
    if header.doc_type in TELLS_ONLY:
        return ReadNotice(header, text="\n".join(words))
    found = _Reader(header, frame, issued, reference, calendar).read(rows)
    return replace(found, amendment=amendment_of(words, header.number), text="\n".join(words))


class _Reader:
    """One reading of one document."""

    def __init__(
        self, header: Header, frame: Frame, issued: date | None, reference: date | None, calendar: OfficeCalendar
    ) -> None:
        self.header = header
        self.frame = frame
        self.day = header.date or issued or reference
        self.certain = (header.date or issued) is not None
        self.calendar = calendar
        self.addressed = _addressed(frame.addressees)
        self.known: dict[str, list[Deadline]] = {}

    def read(self, rows: Sequence[Row]) -> ReadNotice:
        found = find_tasks(outline(self.frame.body))
        directives = tuple(d for task in found.tasks for d in self._directives(task))
        directives += tuple(self._of_row(row, i) for i, row in enumerate(rows, 1))
        return ReadNotice(self.header, directives, tuple(s for text in found.rest for s in _giving(text)))

    def _directives(self, task: Task) -> list[ReadDirective]:
        """One directive, or several where one paragraph has tasks with deadlines of their own."""
        pieces = self._pieces(task.text)
        if len(pieces) == 1:
            return [self._directive(task, task.ref, task.text)]
        return [self._directive(task, f"{task.ref}-{i}", text) for i, text in enumerate(pieces, 1)]

    def _pieces(self, text: str) -> list[str]:
        """The text parted after each sentence that ends with a deadline other than the next one's."""
        due = [d for d in self._deadlines(text) if d.date]
        if len({(d.date, d.inclusive) for d in due}) < 2:
            return self._apart(text, due)
        pieces: list[str] = []
        last: date | None = None
        for start, end in sentences(text):
            own = next((d.date for d in due if start <= d.span[0] < end), None)
            if pieces and not (own and last and own != last):
                pieces[-1] = f"{pieces[-1]} {text[start:end]}"
            else:
                pieces.append(text[start:end])
            last = own or last
        return pieces

    def _apart(self, text: str, due: list[Deadline]) -> list[str]:
        """The last sentence on its own, where only it is due and it opens with its own urgency ("…; khẩn
        trương … trước ngày …")."""
        spans = sentences(text)
        if (
            len(due) != 1
            or len(spans) < 2
            or due[0].span[0] < spans[-1][0]
            or not URGENT.match(plain(text[spans[-1][0] :]))
        ):
            return [text]
        return [text[: spans[-2][1]], text[spans[-1][0] :]]

    def _deadlines(self, text: str) -> list[Deadline]:
        if text not in self.known:
            self.known[text] = find_deadlines(text, self.day, self.calendar, term_start=self.certain)
        return self.known[text]

    def _deadline(self, task: Task, text: str) -> tuple[Deadline | None, tuple[str, ...]]:
        """The deadline in the task's own words, else the one that a heading or a later paragraph gives it."""
        for source in (text, task.term):
            due = self._deadlines(source) if source else []
            dated = [d for d in due if d.date]
            if due:
                several = len({d.date for d in dated}) > 1
                return (dated or due)[0], ((SEVERAL_DEADLINES,) if several else ())
        return None, ()

    def _directive(self, task: Task, ref: str, text: str) -> ReadDirective:
        leads, warnings = self._leads(task)
        deadline, doubts = self._deadline(task, text)
        again = deadline.recurring if deadline and deadline.recurring else None
        if again is None and (found := find_recurrences(text)):
            again = found[0][0]
        paragraph = task.node.paragraph
        quote = Quote(text, paragraph.page if paragraph else None, paragraph.index if paragraph else None)
        return ReadDirective(
            ref=ref,
            text=text,
            quote=quote,
            lead=leads,
            coordinating=coordinating(text, plain(text), leads),
            deadline=deadline,
            recurring=again,
            warnings=(*warnings, *doubts),
            group=_group(leads),
        )

    def _of_row(self, row: Row, index: int) -> ReadDirective:
        """A directive from a row of a table; its deadline is what was written in that column."""
        due = _typed(row.due, self.day if self.certain else None, self.calendar) if row.due else None
        return ReadDirective(
            ref=f"bảng.{row.number or index}",
            text=row.task,
            quote=Quote(row.paragraph.text, row.paragraph.page, row.paragraph.index),
            lead=row.leads,
            coordinating=row.helps,
            deadline=due if due and (due.date or due.warnings) else None,
            recurring=due.recurring if due else None,
            group=_group(row.leads),
        )

    def _leads(self, task: Task) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who leads. Everyone, or nobody, means whoever the letter is written to, where it names them one by one."""
        if task.leads and not names_everyone(task.leads):
            return tuple(dict.fromkeys(unit.name for unit in task.leads)), ()
        if self.addressed:
            return self.addressed, ()
        return (ALL_UNITS,), (() if task.leads else (NO_UNIT,))


def _typed(words: str, issued: date | None, calendar: OfficeCalendar) -> Deadline | None:
    try:
        return read_deadline(words, issued, calendar)
    except ImpossibleDate:
        return Deadline(None, text=words, span=(0, len(words)), warnings=(NOT_A_DATE,))


def _addressed(lines: Sequence[str]) -> tuple[str, ...]:
    """The units a letter is written to; empty where one of them is a group."""
    units: list[Unit] = []
    for line in lines:
        found = read_units(line, plain(line), 0)
        if found is None:
            return ()
        units.extend(found.names)
    return () if any(unit.group for unit in units) else tuple(dict.fromkeys(unit.name for unit in units))


def _group(leads: tuple[str, ...]) -> Group | None:
    if leads == (ALL_UNITS,):
        return "all"
    return group_of(plain(leads[0])) if len(leads) == 1 else None


def _giving(text: str) -> list[str]:
    """The sentences with a giving verb."""
    return [re.sub(r"\s+", " ", text[a:b]).strip() for a, b in sentences(text) if TASKING.search(plain(text[a:b]))]
