"""Reading a notice: its header, its directives, and what was left out. Pure: text in, facts out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from domain.calendar import OfficeCalendar
from domain.deadlines import (
    EVENT,
    NOT_A_DATE,
    Deadline,
    ImpossibleDate,
    find_deadlines,
    find_recurrences,
    read_deadline,
)
from notices.amending import amendment_of
from notices.clauses import coordinating, sentences
from notices.coverage import coverage
from notices.frame import Frame, frame_of, header_of
from notices.lexicon import VERB
from notices.model import ALL_UNITS, NO_UNIT, Group, Header, Quote, ReadDirective, ReadNotice
from notices.outcome import product_of, receiver_of
from notices.outline import outline
from notices.paragraphs import Paragraph, paragraphs_of
from notices.plain import compiled, plain
from notices.secrecy import secrecy_mark
from notices.stacked import in_rows
from notices.tables import Row, rows_of
from notices.tasks import Task, find_tasks, names_everyone
from notices.units import Unit, group_of, read_units
from notices.urgency import urgency_mark

OFFICE = OfficeCalendar()
TELLS_ONLY = ("Báo cáo", "Tờ trình", "Giấy mời", "Thư", "Giấy giới thiệu")
URGENT = compiled(r"(?:đồng thời,? )?(?:khẩn trương|riêng|trước mắt)(?!\w)")
# How a sentence begins that is a task of its own, and does not only finish or report the one before it.
OWN_TASK = compiled(
    rf"(?:đồng thời,? |riêng,? |trước mắt,? )?(?!(?:hoàn thành|hoàn tất|báo cáo|gửi|trình|nộp|định kỳ|hằng|hàng|"
    rf"kết quả|thông báo|tổng hợp|thời|cập nhật|bảo đảm|đảm bảo|kịp thời|xong|đưa vào|bàn giao|công bố|"
    rf"nghiệm thu, bàn giao)"
    rf"(?!\w))(?:{VERB})(?!\w)"
)
# An undated sentence after a dated one that only goes on with it.
GOES_ON = compiled(
    r"(?:đồng thời,? |riêng,? )?(?:tiếp tục|công khai|tăng cường|quan tâm|chú trọng|"
    r"không|tránh|kiên quyết|nêu rõ|ghi rõ)(?!\w)"
)
# What is forbidden is due on no day.
FORBIDS = compiled(r"(?:tuyệt đối )?(?:nghiêm cấm|cấm)(?!\w)")
# A dated sentence that says what comes of the one before it.
RESULTS = compiled(
    r"(?:tham mưu|trả lời|đăng tải|niêm yết|phát hành|ký hợp đồng|ký kết|ban hành|"
    r"phê duyệt|quyết định|có văn bản)(?!\w)"
)
FINISHES = compiled(r"(?:hoàn thành|hoàn tất|xong)(?!\w)")
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
    paragraphs = in_rows(paragraphs)
    everything, rows = paragraphs, rows_of(paragraphs)
    tables = [" ".join(p.cells) for p in paragraphs if p.cells]
    words = [p.text for p in paragraphs]
    paragraphs = [p for p in paragraphs if not p.cells]
    frame = frame_of(paragraphs)
    header, urgency = header_of(paragraphs, frame), urgency_mark(everything, frame)
    if header.doc_type in TELLS_ONLY:
        return ReadNotice(header, text="\n".join(words), urgency=urgency)
    found = _Reader(header, frame, issued, reference, calendar).read(rows, tables)
    return replace(found, amendment=amendment_of(words, header.number), text="\n".join(words), urgency=urgency)


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

    def read(self, rows: Sequence[Row], tables: Sequence[str] = ()) -> ReadNotice:
        """The directives of the body and of the tables, and what of both was left out."""
        root = outline(self.frame.body)
        found = find_tasks(root)
        if not found.handed_on:
            found.tasks = [task for task in found.tasks if not self._own_voice(task)]
        directives = [d for task in found.tasks for d in self._directives(task)]
        directives += [self._of_row(row, i) for i, row in enumerate(rows, 1)]
        taken = [d.text for d in directives] + [row.paragraph.text for row in rows]
        texts = [node.body for node in root.walk() if node.body] + [p.text for p in self.frame.annex]
        covered = coverage([*texts, *(text for text in tables if text)], taken, found.handed_on)
        return ReadNotice(self.header, tuple(_named_in_full(directives)), covered.left_out, covered.giving)

    def _own_voice(self, task: Task) -> bool:
        """ "Trung tâm Lưu trữ tạm ngừng tiếp nhận …": where nothing opens a list of tasks the issuer tells of "
        "itself."""
        issuer = plain(self.header.issuer or "")
        names = [plain(unit.name) for unit in task.leads or ()]
        return bool(issuer and names) and all(issuer == name or issuer.startswith(f"{name} ") for name in names)

    def _directives(self, task: Task) -> list[ReadDirective]:
        """One directive, or several where one paragraph has tasks with deadlines of their own."""
        pieces = self._pieces(task.text)
        if len(pieces) == 1:
            return [self._directive(task, task.ref, task.text)]
        return [self._directive(task, f"{task.ref}-{i}", text) for i, text in enumerate(pieces, 1)]

    def _pieces(self, text: str) -> list[str]:
        """The text parted where a task with another deadline begins, or one that is due beside one that is not."""
        due = self._deadlines(text)
        if not due:
            return [text]
        low = plain(text)
        pieces: list[str] = []
        last: object = None
        for start, end in _parted(text, [d for d in due if d.date]):
            own = next((d.date or d.text for d in due if start <= d.span[0] < end and _parts(d)), None)
            finishes = _follows(low, start) and FINISHES.search(low, start, end) is not None
            if pieces and not _begins_apart(low[start:end], own, last, finishes):
                pieces[-1] = f"{pieces[-1]} {text[start:end]}"
                last = last or own
            else:
                pieces.append(text[start:end])
                last = own
        return pieces

    def _deadlines(self, text: str) -> list[Deadline]:
        if text not in self.known:
            due = find_deadlines(text, self.day, self.calendar, term_start=self.certain, ordered=True)
            self.known[text] = self._to_come(due)
        return self.known[text]

    def _to_come(self, due: list[Deadline]) -> list[Deadline]:
        """ "Quyết toán công trình xong trong năm 2026, nộp trước ngày 30/10/2027": beside a day to come one that is
        past says what the task is about."""
        ahead = [d for d in due if d.date is None or self.day is None or d.date >= self.day]
        return ahead if any(d.date for d in ahead) else due

    def _deadline(self, task: Task, text: str) -> tuple[Deadline | None, tuple[str, ...]]:
        """The deadline in the task's own words, else the one that a heading or a later paragraph gives it."""
        for source in (text, task.term):
            due = self._deadlines(source) if source else []
            dated = [d for d in due if d.date]
            if due:
                several = len({d.date for d in dated}) > 1
                if several and _is_the_last_day_of(dated[1], dated[0]):
                    return dated[1], ()
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
        low = plain(text)
        leads, helpers = _by_role(leads)
        return ReadDirective(
            ref=ref,
            text=text,
            quote=quote,
            lead=leads,
            coordinating=tuple(
                dict.fromkeys((*helpers, *coordinating(text, low, leads), *(unit.name for unit in task.helps)))
            ),
            deadline=deadline,
            recurring=again,
            warnings=(*warnings, *doubts),
            group=_group(leads),
            product=product_of(text, low),
            receiver=receiver_of(text, low),
            excepted=tuple(name for unit in task.leads or () for name in unit.excepted),
        )

    def _of_row(self, row: Row, index: int) -> ReadDirective:
        """A directive from a row of a table; its deadline is what was written in that column."""
        due = _typed(row.due, self.day if self.certain else None, self.calendar) if row.due else None
        if due is None:
            due = next((d for d in self._deadlines(row.task) if d.date), None)
        low = plain(row.task)
        return ReadDirective(
            ref=f"bảng.{row.number or index}",
            text=row.task,
            quote=Quote(row.paragraph.text, row.paragraph.page, row.paragraph.index),
            lead=row.leads,
            coordinating=row.helps or coordinating(row.task, low, row.leads),
            deadline=due if due and (due.date or due.warnings) else None,
            recurring=due.recurring if due else None,
            warnings=(NO_UNIT,) if row.leads == (ALL_UNITS,) else (),
            group=_group(row.leads),
            product=product_of(row.task, low),
            receiver=receiver_of(row.task, low),
        )

    def _leads(self, task: Task) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who leads. Everyone, or nobody, means whoever the letter is written to, where it names them one by one."""
        if task.leads and not names_everyone(task.leads):
            return tuple(dict.fromkeys(unit.name for unit in task.leads)), ()
        if self.addressed:
            return self.addressed, ()
        return (ALL_UNITS,), (() if task.leads else (NO_UNIT,))


def _is_the_last_day_of(day: Deadline, period: Deadline) -> bool:
    """ "… trong tháng 5, chậm nhất là ngày 25/5": the second says it more exactly."""
    exact = LATEST.match(plain(day.text)) is not None and day.span[0] - period.span[1] < CLOSE_BY
    return exact and day.date is not None and period.date is not None and day.date <= period.date


LATEST = compiled(r"(?:chậm|muộn|trễ) nhất|không (?:được )?(?:quá|sau|(?:chậm|muộn|trễ) (?:hơn|quá))(?!\w)")
CLOSE_BY = 6  # characters between a period and its last day


def _begins_apart(low: str, own: object, last: object, finishes: bool) -> bool:
    """Whether a sentence is a task of its own: two days part always, a day and none only where the sentence does not
    merely finish or report what stands before it ("…; hoàn thành trước ngày …", "kiểm tra; khơi thông xong …")."""
    if own == last or (own and last):
        return own != last
    if (own and URGENT.match(low)) or (last and FORBIDS.match(low)):
        return True
    return OWN_TASK.match(low) is not None and not (finishes or RESULTS.match(low) if own else GOES_ON.match(low))


def _parts(due: Deadline) -> bool:
    """Whether a deadline may part tasks: not the days over which one goes on, nor the time that each case takes."""
    return not GOES_OVER.match(plain(due.text)) and not (due.date is None and EVENT in due.warnings)


GOES_OVER = compiled(r"từ (?:ngày )?\d")


def _follows(low: str, start: int) -> bool:
    """Whether a part may finish the one before its semicolon; "đồng thời …" begins something beside it."""
    return low[:start].rstrip().endswith(";") and not low.startswith("đồng thời", start)


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


ROLE = re.compile(r"\s*\((?:(?P<leads>chủ trì)|phối hợp)\)$", re.IGNORECASE)


def _by_role(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """ "Phòng A (chủ trì), Phòng B (phối hợp)": who leads and who helps, without the brackets."""
    leads = tuple(ROLE.sub("", n) for n in names if not (role := ROLE.search(n)) or role["leads"])
    helpers = tuple(ROLE.sub("", n) for n in names if (role := ROLE.search(n)) and not role["leads"])
    return (leads, helpers) if leads else (helpers, ())


def _group(leads: tuple[str, ...]) -> Group | None:
    if leads == (ALL_UNITS,):
        return "all"
    return group_of(plain(leads[0])) if len(leads) == 1 else None


def _parted(text: str, due: Sequence[Deadline]) -> list[tuple[int, int]]:
    """The sentences, and within one the tasks that have deadlines of their own ("khảo sát trước ngày 5/3, báo cáo
    trước ngày 15/3")."""
    spans: list[tuple[int, int]] = []
    low = plain(text)
    for start, end in sentences(text):
        inside = [d for d in due if start <= d.span[0] < end]
        for one, other in pairwise(inside):
            cut = NEXT_TASK.search(low, one.span[1], other.span[0]) if one.date != other.date else None
            if cut:
                spans.append((start, cut.start()))
                start = cut.end()
        spans.append((start, end))
    return spans


# "…, các xã còn lại trước ngày 20/5", "…, đợt 2 trong tháng 9", "…, trong đó 05 thôn xong trong tháng 6": the same
# task for the rest of what it is about.
NEXT_TASK = compiled(
    rf"(?:\s*[,;]\s+(?:và |đồng thời |sau đó )?| và )(?=(?:{VERB})(?!\w))"
    r"|\s*[,;]\s+(?=(?:trong đó|(?:các|những|số|phần) [^,;.]{1,40}? còn lại|"
    r"(?:đợt|giai đoạn|lần|kỳ) [\divx]{1,3}|(?:ở|tại|đối với) (?:các|cấp|những))(?!\w))"
    r"|,? và (?=(?!(?:các )?(?:ngày|thứ|tháng|quý|trước|từ|chậm nhất)(?!\w))[^,;.:]{3,60}$)"
)
BARE = frozenset(
    {"sở", "viện", "ban", "bộ", "cục", "vụ", "phòng", "trường", "trung tâm", "văn phòng", "công ty", "đoàn"}
)


def _named_in_full(directives: Sequence[ReadDirective]) -> Iterator[ReadDirective]:
    """ "Viện cũng phải …": the one that was named before."""
    named: dict[str, str] = {}
    for one in directives:
        lead = tuple(named.get(plain(name), name) if plain(name) in BARE else name for name in one.lead)
        for name in (*lead, *one.coordinating):
            low = plain(name)
            kind = next((k for k in BARE if low.startswith(f"{k} ")), None)
            if kind:
                named[kind] = name
        yield replace(one, lead=lead) if lead != one.lead else one
