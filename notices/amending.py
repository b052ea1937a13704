"""What a notice says it does to an earlier one: it takes its place, or changes parts of it.

Only documents that give tasks can be amended, and only by what this document does: an order to a unit to draft a
change, and a law cited with its own changes, are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from domain.calendar import OfficeCalendar
from domain.deadlines import Deadline, ImpossibleDate, read_deadline
from notices.model import Amendment
from notices.outline import marker_of
from notices.plain import compiled, plain

OPENING = 14  # paragraphs from the top in which the office may speak of itself: the header and the first sentences

ARTICLE = re.compile(r"\s*(?:Điều|ĐIỀU)\s+\d{1,3}\s*[.:]\s*")
_DOCUMENT = (
    "thông báo kết luận|thông báo|kết luận|công văn|văn bản|công điện|chỉ thị|kế hoạch|quyết định|chương trình|"
    "hướng dẫn|thông tri"
)
_NOTICE = compiled(r"(?:thông báo|kết luận|công văn|công điện|chỉ thị)")
_LAW = compiled(r"\b(?:luật|bộ luật|nghị định|thông tư|nghị quyết|pháp lệnh|hiến pháp|điều lệ|quy chế|quy định)\b")
_SIGN = r"(?:\d{4}\s*/\s*)?[^\W\d_]{1,10}\d{0,2}(?:\s*[-/&]\s*[^\W\d_]{1,12}\d{0,2})*"
_DATE = (
    r"(?:,?\s*(?:ban hành |ký )?ngày (?P<d>\d{1,2})\s*(?:[/.-]\s*(?P<m>\d{1,2})\s*[/.-]|tháng (?P<m2>\d{1,2}) năm)"
    r"\s*(?P<y>\d{4}))"
)
TARGET = compiled(
    rf"\b(?P<kind>{_DOCUMENT})(?: số)?\s*:?\s*"
    rf"(?P<number>\d{{1,5}}[a-zđ]?\s*[-/]\s*{_SIGN}|\d{{1,5}}(?=,?\s*ngày \d)){_DATE}?"
)
# "… số 12/TB-UBND và Thông báo số 15/TB-UBND", "các Thông báo số 12/TB-UBND, 15/TB-UBND"
_NEXT = compiled(
    rf"(?: của [^.,;:]{{1,60}}?)?\s*(?:,|;|và|cùng)\s*(?:và |cùng )?(?:các )?"
    rf"(?:(?P<kind>{_DOCUMENT})(?: số)?|số)?\s*:?\s*"
    rf"(?P<number>\d{{1,5}}[a-zđ]?\s*[-/]\s*{_SIGN}){_DATE}?"
)
ACT = compiled(
    r"(?<!\w)(?P<whole>thay thế|thay cho|bãi bỏ|hủy bỏ|thu hồi)(?!\w)"
    r"|(?<!\w)(?P<part>(?:sửa đổi|điều chỉnh)(?:,| và)? bổ sung|sửa đổi|bổ sung|điều chỉnh|"
    r"đính chính|gia hạn|cập nhật)(?!\w)"
)
# Between the verb and the number of what it is done to: only a part is meant.
_PARTIAL = compiled(
    r"\b(?:một số|nội dung|điểm|khoản|mục|phần|nhiệm vụ|thời hạn|thời gian|tiến độ|cụm từ|phụ lục|biểu|đơn vị|ý)\b"
)
_TITLE_LEAD = compiled(r"(?:^|[(\"“])\s*(?:(?:v/v|về việc|về|nay|và)(?: việc)?\s*)?$")
_OWN = compiled(rf"\b(?:{_DOCUMENT}|bản) này\b[^.;]{{0,70}}$")
_OFFICE = compiled(
    r"^(?:(?:thường trực|lãnh đạo|ban thường vụ|ban thường trực|phó|chủ tịch|bí thư|giám đốc|thừa lệnh|văn phòng|ubnd|"
    r"ủy ban nhân dân|hđnd|sở|bộ|ban|huyện ủy|tỉnh ủy|thành ủy|đảng ủy|thị ủy|phòng|chi cục|cục|trường|công ty)\b)"
    r"[^.;:,]{0,90}?(?:\b(?:thông báo|quyết định|thống nhất|xin|ban hành|kết luận|nay|có ý kiến|về việc|việc)\b)*\s*$"
)
_ANNOUNCES = compiled(
    r":\s*$|\bnhư sau\b|\b(?:thông báo|quyết định|thống nhất|xin|nay)(?: về)?(?: việc)?\s*"
    r"(?:sửa|điều chỉnh|thay|bãi|hủy|bổ|gia hạn|đính|thu)"
)
_NOT_OFFICE = compiled(
    r"\b(?:giao|yêu cầu|đề nghị|chỉ đạo|tham mưu|trình|xây dựng|rà soát|đề xuất|căn cứ|thực hiện|được|đã|kiến nghị|"
    r"xem xét|chưa|cần|phải|nghiên cứu|phối hợp|chủ trì|khẩn trương|có trách nhiệm|sẽ|không|hoàn thành)\b"
)
_ENDED = compiled(
    rf"^[^.;]{{0,60}}?\b(?:hết hiệu lực|không còn hiệu lực|(?:bị|được) (?:thay thế|bãi bỏ)"
    rf"(?: bằng| bởi| theo)? (?:{_DOCUMENT}) này)\b"
)


# What ``ACT`` and ``_ENDED`` both need, to be found quickly.
_MAY = compiled(
    r"(?:thay thế|thay cho|bãi bỏ|hủy bỏ|thu hồi|sửa đổi|điều chỉnh|bổ sung|đính chính|gia hạn|cập nhật|hiệu lực)"
)


def amendment_of(paragraphs: Iterable[str], own_number: str | None = None) -> Amendment | None:
    """The earlier notice that a document replaces or amends, the first of several; None where it speaks of none.

    A document that says both of two documents is taken at the stronger word, "thay thế".

    Args:
        paragraphs: the document's, in order, with its header and closing.
        own_number: its own number, which it never amends.
    """
    return next(iter(amendments_of(paragraphs, own_number)), None)


def amendments_of(paragraphs: Iterable[str], own_number: str | None = None) -> tuple[Amendment, ...]:
    """Every earlier notice that a document replaces or amends, each once, those it replaces first.

    Args:
        paragraphs: the document's, in order, with its header and closing.
        own_number: its own number, which it never amends.
    """
    found: dict[str, Amendment] = {}
    for one in sorted(_found(list(paragraphs)), key=lambda one: one.kind != "replaces"):
        key = number_key(one.number)
        there = found.get(key)
        if key != number_key(own_number or "") and (there is None or (there.date is None and there.kind == one.kind)):
            found[key] = one
    return tuple(found.values())


def _sentences(text: str) -> Iterable[tuple[int, int]]:
    from notices.clauses import sentences  # its patterns take a third of a second, at every start of the bot

    return sentences(text)


def _found(paragraphs: Sequence[str]) -> Iterator[Amendment]:
    for place, paragraph in enumerate(paragraphs):
        low = plain(paragraph)
        if not _MAY.search(low) or not TARGET.search(low):
            continue
        start = _marked(paragraph)
        for a, b in _sentences(paragraph[start:]):
            yield from _in_sentence(paragraph[start + a : start + b], place < OPENING, start > 0)


def _marked(paragraph: str) -> int:
    """How far the number of a paragraph goes: "2.1.", "Điều 3."."""
    marker, article = marker_of(paragraph), ARTICLE.match(paragraph)
    return marker.end if marker else article.end() if article else 0


def _in_sentence(sentence: str, opens: bool, listed: bool) -> Iterator[Amendment]:
    low = plain(sentence)
    announces = opens and not listed and bool(_ANNOUNCES.search(low))
    first = TARGET.search(low)
    if first is not None and not low[: first.start()].strip(" -+").removesuffix("các").strip():
        together = list(_named_together(low, first))
        if _ENDED.match(low[together[-1].end() :]):
            yield from (_amendment("replaces", sentence, target) for target in together)
    for act in ACT.finditer(low):
        aim = TARGET.search(low, act.end())
        if aim is None:
            return
        between = low[act.end() : aim.start()]
        if len(between) > 170 or _LAW.search(between) or ACT.search(between) or "này" in between.split():
            continue
        if _is_own_act(low[: act.start()], aim["kind"], announces=announces, listed=listed):
            whole = act["whole"] is not None and not _PARTIAL.search(between)
            for target in _named_together(low, aim):
                yield _amendment("replaces" if whole else "amends", sentence, target)


def _named_together(low: str, aim: re.Match[str]) -> Iterator[re.Match[str]]:
    """A document's number, and those that the same words go on to."""
    target: re.Match[str] | None = aim
    while target is not None:
        yield target
        target = _NEXT.match(low, target.end())


def _is_own_act(before: str, kind: str, *, announces: bool, listed: bool) -> bool:
    """Whether the words before the verb make it an act of this document."""
    if re.search(r"(?:^|[(\"“])\s*(?:căn cứ|theo|xét)\b", before):
        return False
    if _OWN.search(before):
        return True
    if _TITLE_LEAD.search(before):
        return not listed or bool(_NOTICE.match(kind))
    subject = before.rpartition(",")[2].strip()
    return announces and bool(_OFFICE.match(subject)) and not _NOT_OFFICE.search(subject)


def _amendment(kind: str, sentence: str, target: re.Match[str]) -> Amendment:
    number = re.sub(r"\s+", "", sentence[target.start("number") : target.end("number")])
    return Amendment("replaces" if kind == "replaces" else "amends", number, _date_of(target))


def _date_of(target: re.Match[str]) -> date | None:
    if target["y"] is None:
        return None
    try:
        return date(int(target["y"]), int(target["m"] or target["m2"]), int(target["d"]))
    except ValueError:
        return None


def numbers_in(sentence: str) -> list[str]:
    """The numbers of the documents that a sentence names, as written."""
    return [sentence[m.start("number") : m.end("number")] for m in TARGET.finditer(plain(sentence))]


def number_key(number: str) -> str:
    """A document's number in one form: "012/TB - UBND" and "12 /tb-ubnd" are the same."""
    return re.sub(r"\s|(?<!\d)0+(?=\d)", "", plain(number))


# --- what is said of single points ---


@dataclass(frozen=True)
class PointChange:
    """What a notice says of one point of the earlier notice.

    Args:
        sentence: as written.
        ref: the point, from the outside in ("II.2.1"); None where it is named by its words.
        deadline: the new one; None where the task is dropped.
    """

    sentence: str
    ref: str | None
    deadline: Deadline | None = None

    @property
    def drops(self) -> bool:
        """Whether the task is taken out."""
        return self.deadline is None


_MOVES = compiled(
    r"^(?:nay )?(?:điều chỉnh|gia hạn|lùi|kéo dài|sửa đổi|thay đổi|đính chính|sửa|rút ngắn|"
    r"cho phép (?:kéo dài|lùi|gia hạn))"
    r"\b[^.;]{0,60}?\b(?:thời hạn|thời gian|hạn|tiến độ|mốc thời gian|ngày hoàn thành)\b"
)
_DROPS = compiled(
    r"^(?:nay )?(?:bãi bỏ|hủy bỏ|bỏ|dừng thực hiện|không thực hiện|chưa thực hiện|không tiếp tục thực hiện)\b"
    r"(?: (?:nội dung|nhiệm vụ|các nhiệm vụ|yêu cầu|ý kiến|quy định|việc))*(?: nêu| giao)?(?: tại| ở| của)?"
    r" (?=(?:điểm|khoản|mục|tiết|ý|phần|nhiệm vụ số)\b)"
)
_POINT = compiled(
    r"(?<!\w)(?:điểm|khoản|mục|tiết|ý|phần|nhiệm vụ số|số thứ tự|stt) "
    r"(?P<at>(?:[ivx]+|\d+|[a-zđ])(?:\.[\da-zđ]+)*)(?!\w)"
)
ROMAN = re.compile(r"^[ivx]+\b")
_TO = compiled(r"(?<!\w)(?P<with>trước|đến hết|đến|chậm nhất|hết|trong|xong)(?!\w)|(?<!\w)(?:sang|thành|là|còn)(?!\w)")


def point_changes(text: str, issued: date | None, calendar: OfficeCalendar) -> tuple[PointChange, ...]:
    """What a notice that amends another says of its points, in order.

    Args:
        text: its words, a paragraph to a line.
        issued: its date.
        calendar: the office's working days.
    """
    found = []
    for paragraph in text.split("\n"):
        start = _marked(paragraph)
        for a, b in _sentences(paragraph[start:]):
            if change := point_change(paragraph[start + a : start + b].strip(), issued, calendar):
                found.append(change)
    return tuple(found)


def point_change(sentence: str, issued: date | None, calendar: OfficeCalendar) -> PointChange | None:
    """What one sentence says of a point; None where it says nothing of the kind."""
    low = plain(sentence).lstrip("-+ ")
    sentence = sentence[len(sentence) - len(low) :]
    ref = _ref_in(low)
    if _DROPS.match(low) and ref:
        return PointChange(sentence, ref)
    if not _MOVES.match(low):
        return None
    deadline = _new_deadline(sentence, low, issued, calendar)
    return PointChange(sentence, ref, deadline) if deadline else None


def _new_deadline(sentence: str, low: str, issued: date | None, calendar: OfficeCalendar) -> Deadline | None:
    """The last date of the sentence that stands after "đến", "sang", "thành"…: the one before it is the old one."""
    for marker in reversed(list(_TO.finditer(low))):
        words = sentence[marker.start() if marker["with"] else marker.end() :].strip(" .,;:")
        try:
            deadline = read_deadline(words, issued, calendar)
        except ImpossibleDate:
            return None
        if deadline and deadline.date:
            return deadline
    return None


def _ref_in(low: str) -> str | None:
    """The point named, written as the reader writes places: Roman numbers, then Arabic ones, then letters."""
    head = low.split(" số ")[0] if " số " in low and "nhiệm vụ số" not in low else low
    parts = [m["at"] for m in _POINT.finditer(head)]
    return ".".join(_shown(p) for p in sorted(parts, key=_rank)) or None


def _rank(part: str) -> int:
    return 0 if ROMAN.match(part) else 2 if part[0].isalpha() else 1


def _shown(part: str) -> str:
    return ROMAN.sub(lambda m: m[0].upper(), part)
