"""Difficulties and proposals: which of the two words are, and whether they speak of what was said before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.organisation import fold

UNANSWERED_AFTER = 2  # working days without an answer, after which the office is reminded in the morning
SAME_FROM = 0.6  # share of the shorter text's words that both have


class Kind(StrEnum):
    """What a unit brings up."""

    DIFFICULTY = "difficulty"  # vướng mắc: something stands in the way
    PROPOSAL = "proposal"  # đề xuất: something is asked of those above


class Outcome(StrEnum):
    """How an item was closed."""

    SOLVED = "solved"  # đã tháo gỡ: said by the unit or by who answers
    REPLACED = "replaced"  # said again in newer words, which go on from it
    WITHDRAWN = "withdrawn"  # its report was taken back
    ENDED = "ended"  # the directive has ended or moved to another unit


_OPENING = re.compile(
    r"(?:(?:da|dạ|bc|kinh|thua|bao cao|thi|va|nay|hien|hien nay|do do|vi vay|vi the|nen|dong thoi|ngoai ra|toi|em"
    r"|chung toi|chung em|don vi|phong|xa|ubnd|co quan)\b[\s,:.-]*)*"
)
_ASKS = re.compile(r"(?:rat\s+)?(?:(?:kinh\s+)?de nghi|kien nghi|de xuat)\b(?!\s+(?:cua|nay|do|gia han|lui|chuyen)\b)")
_WISHES = re.compile(
    r"(?:rat\s+)?(?:xin|mong|nho|can)\b(?:\s+\w+){0,6}?\s+(?:chi dao|huong dan|bo tri|bo sung|ho tro|cap|kinh phi"
    r"|thao go|giup|can thiep|chu truong|cho phep|cho y kien|quan tam|don doc|tao dieu kien)\b"
)
_OFTEN = (
    "co con van chua dang da vi do la thi ma va cua cho den o tai voi duoc bi nen nhung cac mot nay rat qua lam roi"
    " vuong mac kho khan gap de nghi kien xuat xin mong khong hien nay"
)
_LITTLE = frozenset(_OFTEN.split())
_SOLVED = re.compile(
    r"\b(?:het|khong con|da thao go|da go|da giai quyet(?: xong)?|da xu ly(?: xong)?)"
    r" (?:duoc )?(?:vuong|kho khan|diem nghen)(?! nay den)"
)
# "Chưa hết vướng", "chờ hết vướng mới làm", "khi nào hết vướng em báo".
_NOT_YET = re.compile(
    r"\b(?:chua phai(?: \w+){0,2}"
    r"|(?:chua|khong|khi|luc|bao gio|neu|cho|doi|den|mong|sap|de|muon|can|se|sao|phai|du kien)"
    r"(?: (?!da\b|nay\b)\w+){0,2}) $"
)
_WORD = re.compile(r"\w+")


def kind_of(text: str) -> Kind:
    """What words that bring something up are: they begin with what they ask for, or tell what stands in the way.

    Words that tell of a difficulty and then ask for help with it are one matter, and a difficulty.

    Args:
        text: as written, with or without diacritics.
    """
    words = fold(text)
    start = _OPENING.match(words)
    rest = words[start.end() if start else 0 :]
    return Kind.PROPOSAL if _ASKS.match(rest) or _WISHES.match(rest) else Kind.DIFFICULTY


def says_solved(text: str) -> bool:
    """Whether words say that a difficulty of before is over: "đã hết vướng"."""
    said = fold(text)
    return any(_NOT_YET.search(said, 0, found.start()) is None for found in _SOLVED.finditer(said))


def is_same(before: str, now: str) -> bool:
    """Whether two texts speak of the same matter: most of what the shorter one names is in the other.

    Args:
        before: what was brought up before.
        now: what is brought up now.
    """
    one, other = _named(before), _named(now)
    if not one or not other:
        return fold(before) == fold(now)
    return len(one & other) / min(len(one), len(other)) >= SAME_FROM


def _named(text: str) -> set[str]:
    return {word for word in _WORD.findall(fold(text)) if word not in _LITTLE and not word.isdigit()}


@dataclass(frozen=True)
class Raised:
    """An open item as it is shown.

    Attributes:
        code: its own.
        number: the directive's.
        directive: the directive's code.
        lead: the unit that brought it up.
        days: calendar days it has been open; 0 on its first.
        answer: the newest one, with who gave it; None while nobody has.
        helper: the id of the helping unit that brought it up; None where the lead unit did.
    """

    code: str
    number: int
    directive: str
    lead: str
    kind: Kind
    text: str
    days: int
    answer: str | None = None
    answered_by: str | None = None
    helper: int | None = None


@dataclass(frozen=True)
class RaisedPage:
    """A page of open items, those without an answer first, then the longest open.

    Attributes:
        number: which one, from 1.
        pages: how many there are, at least 1.
        total: how many items there are.
        unanswered: how many of them have no answer.
    """

    items: tuple[Raised, ...] = ()
    number: int = 1
    pages: int = 1
    total: int = 0
    unanswered: int = 0
