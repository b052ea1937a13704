"""From the lines of PDF pages to paragraphs, also over the ends of pages; the rows of tables one each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from notices.outline import GOES_ON_UNDER, marker_of
from notices.paragraphs import Paragraph, laid_out
from notices.pdf_layout import Page, Printed, flow
from notices.pdf_margins import INDENT, Setting, is_ended, settings, step_of
from notices.pdf_tables import Table, together
from notices.plain import compiled, plain

SAME_PLACE = 6.0  # points
EXACT = 0.3  # of the letters' size: how far a justified line may end from the edge
NUMBERED_WORD = re.compile(
    r"(?i)(?:^|\s)(?:tháng|quý|ngày|số|điều|khoản|năm|mục|điểm|phần|chương|khóa|lần|đợt|tuần|cấp|hạng|nhóm|và|đến|từ)$"
)
NEVER_JOINED = re.compile(r"(?:Nơi nhận|Kính gửi|Số\s*:|KT\.|TM\.|TL\.|TUQ\.|Q\.)")
TABLE_ROW = re.compile(r"\d{1,3} \|")
ANNOUNCES = compiled(r".*(?:sau|sau đây|kết luận|chỉ đạo|cụ thể)\s*:$")


def paragraphs_of_pages(pages: Sequence[Page]) -> list[Paragraph]:
    """The paragraphs of all pages; a table's row is one, with its cells."""
    return _Joining(settings(pages)).of(pages)


Item = tuple[str, int, tuple[str, ...]]


class _Joining:
    """Lines on their way into paragraphs."""

    def __init__(self, set_as: dict[int, Setting]) -> None:
        self.set_as = set_as
        self.found: list[Item] = []
        self.doubts: dict[int, list[int]] = {}  # of a paragraph: where it was joined and may not belong together
        self.begun: Printed | None = None
        self.before: Printed | None = None
        self.rows: _Rows | None = None

    def of(self, pages: Sequence[Page]) -> list[Paragraph]:
        """The paragraphs of the pages."""
        for page in pages:
            setting, step = self.set_as[round(page.width)], step_of(page)
            for thing in flow(page):
                if isinstance(thing, Table):
                    self.rows = _Rows(page.number, thing, self.rows)
                    self.found += self.rows.items(self.found)
                    self.before = self.begun = None
                else:
                    self._add(thing, setting, step)
        items = [item for place, item in enumerate(self.found) for item in _parted(item, self.doubts.get(place, ()))]
        return [Paragraph(laid_out(t), n, i, cells) for i, (t, n, cells) in enumerate((f for f in items if f[0]), 1)]

    def _add(self, line: Printed, setting: Setting, step: float) -> None:
        self.rows = None
        if self.before is None or self.begun is None or not _goes_on(self.begun, self.before, line, setting, step):
            self.found.append((line.text, line.page, ()))
            self.begun = line
        else:
            text, number, _ = self.found[-1]
            if _is_unsure(self.before, line, setting):
                self.doubts.setdefault(len(self.found) - 1, []).append(len(text))
            self.found[-1] = (together(text, line.text), number, ())
        self.before = line


def _goes_on(begun: Printed, before: Printed, line: Printed, setting: Setting, step: float) -> bool:
    """Whether a line goes on with the paragraph of the one before it, which began with another."""
    if before.column != line.column or before.text.endswith("./.") or NEVER_JOINED.match(line.text):
        return False
    if "   " in before.text or "   " in line.text or TABLE_ROW.match(line.text):
        return False
    if together(before.text, line.text) == before.text + line.text:
        return True  # the line's end cuts a word or a sign
    if line.text[:1].isdigit() and not line.column and NUMBERED_WORD.search(before.text):
        return True  # "… trong tháng" "6/2027"
    ended = is_ended(before.text)
    full = _is_full(before, line, setting, ended=ended)
    if marker_of(line.text) and not (full and not ended and _is_no_marker(begun, before, line, setting)):
        return False
    if before.text.isupper() and not line.text.isupper() and not full:
        return False  # a type of document above its title
    if _opens_small(line.text):
        return not (ended and before.text.endswith((".", ":", "!", "?")) and not full)
    if before.text.isupper() != line.text.isupper() and before.text.isupper():
        return False
    if line.column:
        return not ended and before.text.isupper() == line.text.isupper() and _is_cut(before.text)
    near = (1.2 if ended else 1.6) * step * line.size
    apart = before.page == line.page and step > 0 and before.y - line.y > near
    return full and not apart and not _stands_in(begun, before, line, setting, ended=ended)


def _is_full(before: Printed, line: Printed, setting: Setting, *, ended: bool) -> bool:
    """Whether the next line's first word had no room."""
    if line.column:
        return True
    if ended and setting.justified:
        return before.x1 > setting.right - EXACT * before.size
    return before.x1 + 0.2 * line.size + line.first > setting.right


def _opens_small(text: str) -> bool:
    return text.lstrip('(“"')[:1].islower()


def _stands_in(begun: Printed, before: Printed, line: Printed, setting: Setting, *, ended: bool) -> bool:
    """Whether a line begins where only first lines do."""
    if ended and line.x0 > before.x0 + INDENT * line.size and not marker_of(before.text):
        return True
    as_begun = abs(line.x0 - begun.x0) < INDENT * line.size
    return setting.indents and (ended or as_begun) and not setting.may_go_on_at(line.x0)


def _is_no_marker(begun: Printed, before: Printed, line: Printed, setting: Setting) -> bool:
    """ "… kinh tế" "- xã hội", "… Đường" "9.": what looks like a marker goes on with the sentence."""
    marker = marker_of(line.text)
    if marker is None or marker.kind == "dash":
        return marker is None or line.text[marker.end : marker.end + 1].islower()
    # A paragraph that began further in goes on where only lines that go on begin.
    further_in = begun.x0 > line.x0 + INDENT * line.size
    return setting.indents and further_in and setting.may_go_on_at(line.x0)


def _is_cut(text: str) -> bool:
    """Whether a line of a narrow column ends where no name or date does."""
    return text.endswith((",", "-")) or re.search(r"(?:^|\s)(?:ngày|tháng|năm|và|của|về|số)$", text) is not None


# --- where nothing on the page tells ---


def _is_unsure(before: Printed, line: Printed, setting: Setting) -> bool:
    """Whether a line that was joined may begin a paragraph: it could, and nothing on the page would show it."""
    if line.column or setting.spaced or setting.indents or _opens_small(line.text):
        return False
    return not (setting.justified and is_ended(before.text))


def _parted(item: Item, doubts: Sequence[int]) -> list[Item]:
    """A paragraph where its words say that a doubtful line begins another one."""
    text, page, cells = item
    cuts = [at for at in doubts if _begins_anew(text[:at], text[at:].strip())]
    edges = [0, *cuts, len(text)]
    return [(text[a:b].strip(), page, cells) for a, b in pairwise(edges)]


def _begins_anew(before: str, rest: str) -> bool:
    """Whether the words after a full line without any sign on the page begin a paragraph.

    The last sentence of a letter stands alone, a sentence that announces a list ends its paragraph, and of two
    sentences without a number that meet at a line's end two in three are two paragraphs.
    """
    numbered = marker_of(before)
    if not is_ended(before):
        return numbered is not None and _names_only_units(before[numbered.end :]) and _is_order(rest)
    if before.endswith(":"):
        return ANNOUNCES.match(plain(before)) is not None
    if before.endswith("."):
        closes = rest.endswith("./.") and re.search(r"[.;:!?]\s+[A-ZĐÀ-Ỹ]", rest) is None
        return numbered is None or closes
    return False


def _names_only_units(heading: str) -> bool:
    from notices.clauses import only_units  # its patterns take a third of a second

    return not heading.rstrip().endswith((",", " và")) and bool(only_units(heading))


def _is_order(text: str) -> bool:
    return GOES_ON_UNDER.match(plain(text)) is not None


@dataclass
class _Rows:
    """A table's rows on their way out, and what they need of the page before."""

    page: int
    table: Table
    before: _Rows | None

    def items(self, found: list[tuple[str, int, tuple[str, ...]]]) -> list[tuple[str, int, tuple[str, ...]]]:
        """The rows as paragraphs; a row cut by the page's end is put together with its first half."""
        rows = [row for row in self.table.cells() if any(row)]
        last = found[-1][2] if found else ()
        if self._follows() and rows and len(last) == len(rows[0]):
            rows = self._continued(rows, found, last)
        return [(_shown(row), self.page, tuple(row)) for row in rows]

    def _follows(self) -> bool:
        if self.before is None or self.before.page >= self.page:
            return False
        there, here = self.before.table.columns, self.table.columns
        return len(there) == len(here) and all(abs(a - b) < SAME_PLACE for a, b in zip(there, here, strict=True))

    def _continued(
        self, rows: list[list[str]], found: list[tuple[str, int, tuple[str, ...]]], last: tuple[str, ...]
    ) -> list[list[str]]:
        head = 1 if any(item[2] == tuple(rows[0]) for item in found[-200:]) else 0
        if len(rows) == head:
            return rows
        first = rows[head]
        if not first[0] and last[0]:
            whole = [_halves(a, b) for a, b in zip(last, first, strict=True)]
            found[-1] = (_shown(whole), found[-1][1], tuple(whole))
            rows = rows[:head] + rows[head + 1 :]
        else:
            rows[head] = [x or self._from_above(last, head, c) for c, x in enumerate(first)]
        return rows[head:]

    def _from_above(self, last: tuple[str, ...], row: int, column: int) -> str:
        """A cell that spans rows of both pages has its words on the first."""
        if self.before is None:
            return ""
        bottom = len(self.before.table.region) - 1
        return last[column] if self.table.spans(row, column) or self.before.table.spans(bottom, column) else ""


def _halves(upper: str, lower: str) -> str:
    if not lower or not upper or lower == upper:
        return upper or lower
    return f"{upper}\n{lower}" if marker_of(lower) else together(upper, lower)


def _shown(cells: Iterable[str]) -> str:
    return " | ".join(" ".join(cell.split()) for cell in cells)
