"""What a question names: a directive, a notice, units, words to be found."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.organisation import Directory, Mention, UnitEntry
from domain.questions.partly import named_in_part
from domain.questions.vocabulary import is_known
from domain.questions.words import Rest

# --- a directive ---

_OF_DIRECTIVE = (
    r"#\s*(\d{1,9})\b",
    r"\b(?:viec|nhiem vu|nv|ma so|ma|muc)\s+(?:so\s+)?(\d{1,6})\b(?![\d/%]|[.,]\d|\s*(?:viec|nhiem|ngay"
    r"|don vi|phong|%))",
    r"\A(?:so\s+)?(\d{1,6})\s+(?=(?:sao|the nao|toi dau|den dau|lam|xong chua|ra sao|tien do|roi sao)\b)",
)


def take_directives(rest: Rest) -> list[int]:
    """The numbers of directives named, in order, each once."""
    numbers: list[int] = []
    for pattern in _OF_DIRECTIVE:
        while found := re.search(pattern, rest.plain):
            numbers.append(int(found[1]))
            rest.take(*found.span(), "D")
    return list(dict.fromkeys(numbers))


# --- a notice ---

_KIND = (
    r"(?:thong bao|ket luan|cong van|quyet dinh|ke hoach|chi thi|van ban|nghi quyet|chuong trinh|to trinh"
    r"|tbkl|tb|kl|qd|kh|ct|nq)"
)
_NOTICE = (
    rf"\b{_KIND}\s+(?:{_KIND}\s+)*(?:so\s+)?(?!20\d\d\b)(\d{{1,6}})\b(?:\s*[-/]\s*[\w&.-]*[a-z][\w&./-]*)?"
    r"(?:\s+(?:ra\s+)?(?:ngay\s+)\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)?",
    r"(?<![\w/#])(\d{1,6})\s*[-/]\s*(?:tb|kl|cv|qd|kh|ct|nq)[\w&./-]*",
)


def take_notice(rest: Rest) -> str | None:
    """The number of the notice named, as written."""
    for pattern in _NOTICE:
        if found := re.search(pattern, rest.plain):
            number = rest.text[found.start(1) : found.end(1)]
            rest.take(*found.span(), "N")
            return number
    return None


# --- words to be found ---

_ABOUT = (
    r"\b(?:lien quan (?:den|toi|ve|)\s*|ve (?:viec |cong tac |van de |mang |linh vuc )?"
    r"|thuoc linh vuc |mang (?=\w+ \w+)|o (?=du an))"
)
_NO_TOPIC = re.compile(
    r"(?:viec|cac|nhung|nhiem vu|tinh hinh|tien do|tre|qua han|ket qua|so |nhat|truoc|chua|dich|dung|phong"
    r"|so|ubnd|xa|"
    r"phuong|don vi|toi|han|hoan thanh|cai|nha|may|tung|nay)\b|[A-Z]\n"
)
_TOPIC_ENDS = re.compile(
    r"[?,;.!\n]|\s+(?:cua|do|tai|o|trong|tuan|thang|quy|nam (?:nay|ngoai|truoc|\d)|tu (?:dau|ngay|nay)|hom"
    r"|hien|den dau|toi dau|the nao|nhu the|ra sao|sao roi"
    r"|sao|ai|la|gi|co|dang|chua|da|con|bi|khong|nhe|a|e|em|voi anh|giup|cho|xong"
    r"|roi|nao|thi|lam|tien do|tre|qua han|cham|sap|voi|vay|the|nhi|may|bao nhieu|hoan thanh"
    r"|(?<!giai )(?<!quoc )(?<!du )phong(?! chay| chong)|(?<!doi )(?<!DOI )(?<!co )(?<!cap )so(?! hoa| do\b)"
    r"|ubnd|xa(?! hoi)|phuong"
    r"|thi tran|den han|dau)\b"
)


def take_topic(rest: Rest) -> str | None:
    """The words after "về", "liên quan đến": to be found in the directives."""
    for marker in re.finditer(_ABOUT, rest.plain):
        if _NO_TOPIC.match(rest.plain, marker.end()):
            continue
        ends = _TOPIC_ENDS.search(rest.plain, marker.end())
        end = ends.start() if ends else len(rest.plain)
        if end > marker.end():
            words = rest.text[marker.end() : end].strip()
            rest.take(marker.start(), end, "W")
            return words or None
    return None


_BETWEEN = re.compile(
    r"\b(?:tien do|tinh hinh|cong tac|nhiem vu|viec)\s+(?!(?:cua|phong|so|cac|chung|nay|do|thuc hien|tre|qua)\b)"
    r"((?:(?!(?:nao|gi|cua|tre|chua|dang|da|qua|sap|dau|bao|may|co|con)\b)[a-z]+\s+){2,8}?)"
    r"(?:tien do|lam (?:toi|den)|toi dau|den dau|the nao|ra sao|sao roi|thuc hien)\b"
)


def topic_between(rest: Rest) -> tuple[int, int] | None:
    """Where the words stand that are asked about without "về": "tiến độ giải ngân vốn tới đâu"."""
    found = _BETWEEN.search(rest.plain)
    return found.span(1) if found else None


# --- units ---


@dataclass(frozen=True)
class Named:
    """The units a question names.

    Attributes:
        units: in order, each once.
        kind: of a group: communes, departments.
        unknown: what reads like a name and is none of the office's.
        is_sure: no other unit may be meant.
    """

    units: tuple[UnitEntry, ...] = ()
    kind: str | None = None
    unknown: str | None = None
    is_sure: bool = True


_HEAD = (
    r"(?:phong|p|so|ubnd(?: (?:xa|phuong|thi tran|x|p|tt))?|xa|phuong|thi tran|chi cuc|cuc|ban"
    r"|trung tam|hat|doi|tram|truong)"
)
_UNKNOWN = re.compile(
    rf"(?:\b(?:cua|ben|tai|o)\s+|\A)({_HEAD}\s+(?!(?:nao|em|minh|toi|ta|ban|nay|do|khac|chuyen|trong"
    rf"|luong|viec|nhiem|tre|kem"
    r"|te|ngay|han|nganh|don|sanh|lieu|lan|sach|cuoi|dau|DAU|di|hop|nhe|a|em)\b)[a-z]+(?:\s+[a-z]+)?)"
)
_GROUPS = (
    (re.compile(r"\b(?:xa|phuong|thi tran)\s+nao\b|\b(?:cac|tung|\d+|top \d+)\s+(?:xa|phuong|thi tran)\b"), "commune"),
    (re.compile(r"\b(?:cac|tung)\s+dia phuong\b|\bdia phuong\s+nao\b|\bcap xa\b"), "commune"),
    (re.compile(r"\b(?:phong|so)\s+nao\b|\b(?:cac|tung|\d+)\s+(?:phong|so)\b|\bphong ban\b"), "department"),
)


def take_units(rest: Rest, directory: Directory) -> Named:
    """The units named; a name that several may bear gives the first of them, and no certainty."""
    places: dict[int, UnitEntry] = {}
    is_sure = True
    for start, part in _parts(rest):
        for mention in reversed(directory.find_in(part)):
            unit = _meant(mention)
            if unit is None or _is_word(rest, start, mention, part):
                continue
            is_sure &= mention.match.certain or len(mention.match.candidates) == 1
            begin = start + mention.start
            places[begin] = unit
            rest.take(begin, start + mention.end, "U")
            _take_head(rest, begin)
    for shortened in named_in_part(rest, directory):
        places[shortened.start] = shortened.unit
        rest.take(shortened.start, shortened.end, "U")
    kind = next((kind for pattern, kind in _GROUPS if pattern.search(rest.plain)), None)
    unknown = _UNKNOWN.search(rest.plain)
    written = rest.text[unknown.start(1) : unknown.end(1)] if unknown else None
    return Named(tuple(dict.fromkeys(places[start] for start in sorted(places))), kind, written, is_sure)


_WHICH = re.compile(r"\b(?:xa|phuong|thi tran|phong|so|don vi|ben|huyen|truong|thon)\s+nao\b")


def _parts(rest: Rest) -> list[tuple[int, str]]:
    """The stretches between what was taken out, from the last: names do not reach over it, nor over "xã nào"."""
    text = _WHICH.sub(lambda found: "\n" * len(found[0]), rest.plain)
    return [(found.start(), rest.text[slice(*found.span())]) for found in re.finditer(r"[^\n]+", text)][::-1]


def _meant(mention: Mention) -> UnitEntry | None:
    return mention.match.unit or next(iter(mention.match.candidates), None)


_COMMON = frozenset({"van phong", "thanh tra", "kinh te", "xay dung", "giao duc", "y te", "tai chinh", "noi vu"})
_STARTS_WORDS = re.compile(
    r"\b(?:du an|cong tac|hoat dong|chuong trinh|dau tu|phat trien|an toan|nha|vu|de an|doi song|khu|cum|cong trinh"
    r"|linh vuc|nganh|le hoi|tuyen|cau|duong|cho|kenh)\s+\Z"
)


def _is_word(rest: Rest, start: int, mention: Mention, part: str) -> bool:
    """Whether a name without its head word stands in other words: "dự án xây dựng"."""
    if mention.match.certain:
        return False
    before, after = rest.plain[: start + mention.start], rest.plain[start + mention.end :]
    if _STARTS_WORDS.search(before):
        return True
    beside = re.search(r"([a-z]+)\s+\Z", before), re.match(r"\s+([a-z]+)", after)
    return any(found and not is_known(found[1]) for found in beside)


def _take_head(rest: Rest, begin: int) -> None:
    """A head word left before a name found without it: "UBND" in "UBND xã", "phòng" in "phòng TNMT"."""
    if found := re.search(r"\b(?:ubnd|phong|p|so|ben|phia|truong)\.?\s+\Z", rest.plain[:begin]):
        rest.take(found.start(), found.end(), " ")
