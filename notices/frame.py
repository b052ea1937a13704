"""The frame of an official letter: header, addressees, body, closing, annexes (Decree 30/2020/NĐ-CP, appendix I)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from notices.model import Header
from notices.outline import marker_of
from notices.paragraphs import Paragraph
from notices.plain import LOWER, UPPER, compiled, plain

DOC_TYPES = (
    "thông báo", "chỉ thị", "kế hoạch", "quyết định", "công điện", "kết luận", "nghị quyết", "báo cáo",
    "tờ trình", "giấy mời", "hướng dẫn",
    "chương trình", "công văn", "quy định", "đề án", "phương án", "biên bản", "thông báo kết luận", "thư",
    "giấy giới thiệu",
)  # fmt: skip
PLANS = frozenset({"kế hoạch", "chương trình", "đề án", "phương án", "quy chế", "quy định", "nội dung phân công"})
HEADER_LINES = 45  # the header never goes further
MAX_DATED = 90  # characters of a line with place and date

NUMBER = re.compile(
    r"(?i)\bsố\s*:?\s*(?P<n>\d{1,5}[a-z]?)\s*(?P<sep>[-/])"
    r"\s*(?P<sign>(?:\d{4}\s*/\s*)?[A-ZĐƯƠ][A-ZĐƯƠa-zđ0-9]*(?:\s?[-/&]\s?[A-ZĐƯƠ][\w&]*)*)"
)
PLACE_DATE = compiled(r"(?:^|\s)ngày (?P<d>\d{1,2}) tháng (?P<m>\d{1,2}) năm (?P<y>\d{4})")
BLANK_DATE = compiled(r"ngày(?: |\s*[.…]+\s*)tháng(?: \d{1,2})?[ .…]+năm(?: \d{4})?")
ADDRESSED = compiled(r"^(?:kính gửi|(?:[^.;:]{3,90} )?điện)\s*(?::\s*|(?<=gửi)\s+|$)")
RECEIVERS = compiled(r"^nơi nhận\b")
ANNEX = compiled(r"^(?:phụ lục|danh sách kèm|\(kèm theo|biểu mẫu|mẫu số)")
POSITION = compiled(
    r"(?:^|\s{2,})(?:t\.?m\.?|k\.?t\.?|t\.?l\.?|t\.?u\.?q\.?|q\.)\s*(?:chủ tịch|giám đốc|ủy ban|ban|trưởng|"
    r"chánh|bộ trưởng|thủ tướng|bí thư|cục trưởng|tổng|hiệu|đảng|u\.?b)"
)
CLOSING_TITLE = re.compile(
    r"^(?:(?:PHÓ |QUYỀN |Q\. ?)?(?:CHỦ TỊCH|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|TRƯỞNG PHÒNG|TRƯỞNG BAN|BÍ THƯ|"
    r"BỘ TRƯỞNG|CỤC TRƯỞNG|HIỆU TRƯỞNG|THƯ KÝ|CHỦ TRÌ|CHỦ TỌA|CHỦ TOẠ|NGƯỜI GHI BIÊN BẢN)[^a-zà-ỹ]*)$"
)
NAME = re.compile(
    rf"^(?:(?:TS|ThS|PGS|GS|BS|CN|KS)\.?\s?)*(?P<name>[{UPPER}][{LOWER}]*(?:\s+[{UPPER}][{LOWER}]*){{1,4}})$"
)
NOT_A_NAME = compiled(
    r"^(?:nơi nhận|như trên|lưu|phụ lục|sở|phòng|ban|bộ|chủ tịch|giám đốc|ủy ban|văn phòng|độc lập|công ty|"
    r"chi cục|đơn vị|danh sách|hội|công an|số)\b"
)


@dataclass(frozen=True)
class Frame:
    """A letter in its parts.

    Args:
        head: everything above the addressees or the first sentence.
        addressees: who it is written to, a line each, without bullets.
        body: the text itself.
        closing: from "Nơi nhận" to the signature.
        annex: what follows the signature.
    """

    head: tuple[Paragraph, ...]
    addressees: tuple[str, ...]
    body: tuple[Paragraph, ...]
    closing: tuple[Paragraph, ...]
    annex: tuple[Paragraph, ...] = ()


def frame_of(paragraphs: Sequence[Paragraph]) -> Frame:
    """Take a document apart."""
    body_end = next((i for i, p in enumerate(paragraphs) if i > 0 and _closes(paragraphs, i)), len(paragraphs))
    addressed = next(
        (i for i, p in enumerate(paragraphs[: min(HEADER_LINES, body_end)]) if ADDRESSED.match(plain(p.text))), None
    )
    if addressed is not None:
        names, start = _addressees(paragraphs, addressed, body_end)
        head = paragraphs[:addressed]
    else:
        start, names = _first_sentence(paragraphs, body_end), ()
        head = paragraphs[:start]
    plan = next((i for i in range(body_end, len(paragraphs)) if _titles(paragraphs[i])), None)
    if plan is not None:  # a decision, and after its signature the plan that it puts into force
        plan_end = next((i for i in range(plan + 1, len(paragraphs)) if _closes(paragraphs, i)), len(paragraphs))
        body = (*paragraphs[start:body_end], *paragraphs[plan + 1 : plan_end])
        closing = (*paragraphs[body_end:plan], *paragraphs[plan_end:])
        return Frame(tuple(head), names, body, closing)
    closing_end = next(
        (i for i in range(body_end, len(paragraphs)) if ANNEX.match(plain(paragraphs[i].text))), len(paragraphs)
    )
    return Frame(
        tuple(head),
        names,
        tuple(paragraphs[start:body_end]),
        tuple(paragraphs[body_end:closing_end]),
        tuple(paragraphs[closing_end:]),
    )


def _titles(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip(" *")
    return text.isupper() and plain(text) in PLANS


def _closes(paragraphs: Sequence[Paragraph], index: int) -> bool:
    text = paragraphs[index].text
    if RECEIVERS.match(plain(text)) or ANNEX.match(plain(text)):
        return True
    return bool(POSITION.match(plain(text)) and text[:12].upper() == text[:12]) or bool(
        CLOSING_TITLE.match(text.strip())
    )


def _addressees(paragraphs: Sequence[Paragraph], at: int, end: int) -> tuple[tuple[str, ...], int]:
    """The lines after "Kính gửi" that are bullets or go on with one, and where the body starts."""
    first = paragraphs[at].text
    rest = first[ADDRESSED.match(plain(first)).end() :].strip()  # type: ignore[union-attr]
    names = [rest.lstrip("-–• ").strip()] if rest else []
    index = at + 1
    while index < end:
        text = paragraphs[index].text.strip()
        bullet = text[:1] in "-–•+"
        goes_on = (
            bool(names)
            and not names[-1].endswith((".", ";", ")"))
            and not bullet
            and len(text) < 120
            and (names[-1].endswith(",") or text[:1].islower())
        )
        lone = not names and not bullet and len(text) < 160
        if not (bullet or goes_on or lone):
            break
        names = [*names[:-1], f"{names[-1]} {text}"] if goes_on else [*names, text.lstrip("-–•+ ").strip()]
        index += 1
        if names[-1].endswith("."):
            break
    return tuple(name.rstrip(".; ") for name in names), index


def _first_sentence(paragraphs: Sequence[Paragraph], end: int) -> int:
    """Where the body starts in a document without addressees: the first long paragraph that is a sentence, or the
    first numbered one."""
    for index, paragraph in enumerate(paragraphs[:end]):
        text = paragraph.text.strip()
        titled = any(plain(p.text.strip(" *")) in DOC_TYPES for p in paragraphs[max(0, index - 2) : index])
        ends = (".", ":") if titled else (".", ":", ";")
        sentence = len(text) > 100 and not text.isupper() and (text.endswith(ends) or len(text) > 250)
        opening = text.endswith(":") and not text.isupper() and len(text.split()) > 4
        numbered = marker_of(text) is not None and not (len(text) < MAX_DATED and PLACE_DATE.search(plain(text)))
        if sentence or opening or numbered:
            return index
    return 0


def header_of(paragraphs: Sequence[Paragraph], frame: Frame) -> Header:
    """What the document says of itself."""
    lines = [line for p in (frame.head or paragraphs[:12]) for line in re.split(r"\n|\s{3,}|-{3,}|_{3,}|\|", p.text)]
    lines = [line.strip(" *") for line in lines if line.strip(" *")]
    title, doc_type = _title(lines, bool(frame.addressees))
    day = _date(lines) or (_meeting_day(paragraphs[:HEADER_LINES]) if doc_type == "Biên bản" else None)
    return Header(
        number=_number(lines),
        date=day,
        issuer=_issuer(lines, title),
        signer=_signer(frame.closing),
        title=title,
        doc_type=doc_type,
    )


def _number(lines: Sequence[str]) -> str | None:
    for line in lines:
        match = NUMBER.match(line)
        if match:
            return match["n"] + match["sep"] + "".join(match["sign"].split())
    return None


SHORT_DATE = compiled(r"ngày (?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})")


def _date(lines: Sequence[str]) -> date | None:
    """The date beside the place; else the day that stands in the line of the number."""
    return _dated(lines, PLACE_DATE) or _dated([line for line in lines if re.match(r"Số\s*:", line)], SHORT_DATE)


# Minutes carry no place and date: "Hôm nay, ngày 05 tháng 6 năm 2027, tại …", "Thời gian: 14 giờ 00 ngày 05/6/2027".
HELD = compiled(
    r"^(?:[-+*] )?(?:hôm nay|vào (?:hồi|lúc)|thời gian(?: họp)?\s*:|hồi)(?!\w)[^.;]{0,60}?ngày (?P<d>\d{1,2})"
    r"(?: tháng |\s*[/.-]\s*)(?P<m>\d{1,2})(?: năm |\s*[/.-]\s*)(?P<y>\d{4})"
)


def _meeting_day(paragraphs: Sequence[Paragraph]) -> date | None:
    """The day of the meeting that minutes begin with."""
    return _dated([p.text.strip()[:89] for p in paragraphs], HELD)


def _dated(lines: Sequence[str], form: re.Pattern[str]) -> date | None:
    for line in lines:
        match = form.search(plain(line))
        if match and len(line) < MAX_DATED:
            try:
                return date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                return None
    return None


def _title(lines: Sequence[str], letter: bool) -> tuple[str | None, str | None]:
    """Title and type: "V/v …" of a letter, or the lines under "THÔNG BÁO"."""
    for index, line in enumerate(lines):
        low = plain(line)
        if low in DOC_TYPES and line.isupper():
            title = " ".join(lines[index + 1 :]).strip() or None
            kind = low.capitalize()
            return title, "Thông báo kết luận" if kind == "Thông báo" and title and plain(title).startswith(
                "kết luận"
            ) else kind
        about = re.match(r"(?i)(?:v/v|về việc)\s*:?\s*", line)
        if about:
            return line[about.end() :] + _more_title(lines[index + 1 :]), "Công văn"
    return None, "Công văn" if letter else None


def _more_title(lines: Sequence[str]) -> str:
    more = ""
    for line in lines:
        if line.isupper() or re.match(r"(?i)cộng|độc|kính|số|.*ngày\s", line):
            break
        more += f" {line}"
    return more.rstrip()


NATION = compiled(r"cộng hòa|độc lập|đảng cộng sản")
OF_BODY = compiled(
    r"(?:chủ tịch|phó chủ tịch|giám đốc|bí thư|phó bí thư|thường trực) (?P<body>(?:ubnd|ủy ban nhân dân|"
    r"huyện ủy|tỉnh ủy|thành ủy|thị ủy|đảng ủy|sở|hđnd)[^,.;:\n]{0,40}?)(?: tại| về|,|\.|$)"
)


def _issuer(lines: Sequence[str], title: str | None) -> str | None:
    """The lines in capitals at the top left; else the body whose head concluded."""
    capitals = []
    for line in lines[:8]:
        if NUMBER.match(line) or re.match(r"(?i)số\s*:", line):
            break
        if line.isupper() and not NATION.search(plain(line)) and plain(line) not in DOC_TYPES:
            capitals.append(re.split(r"\s+CỘNG H", line)[0].strip("* -_"))
    if len(capitals) > 1 and re.match(r"(?:TỈNH|HUYỆN|THÀNH PHỐ|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|QUẬN)\s", capitals[1]):
        capitals = [" ".join(re.sub(r"\s+", " ", c) for c in capitals[:2])]
    if capitals:
        return re.sub(r"\s+", " ", capitals[-1])
    match = OF_BODY.search(plain(title or ""))
    return title[match.start("body") : match.end("body")].strip() if match and title else None


def _signer(closing: Sequence[Paragraph]) -> str | None:
    """The last line of the closing that is a person's name."""
    names = []
    for paragraph in closing:
        for piece in re.split(r"\n|\s{3,}|\t|\|", paragraph.text):
            text = re.sub(r"\s+", " ", piece.strip(" *./"))
            match = NAME.match(text)
            if match and not NOT_A_NAME.match(plain(text)):
                names.append(match["name"])
    return names[-1] if names else None
