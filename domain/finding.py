"""What a person looks for, read from the words they typed: ``/tim kè Bắc sông của phòng nội vụ, quá hạn, tháng 3``.

Taken out one after the other are the days, the notice's number, the unit and the state; what is left are the words to
be found. Every condition is said back in the first line of the answer, so that a misreading is seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from domain.finding_days import Period, Which, read_period
from domain.organisation import Directory, UnitEntry
from domain.spelling import WORD, fold, syllable

MOST_WORDS = 12


class Wanted(StrEnum):
    """How a directive must stand."""

    OVERDUE = "overdue"  # not finished, past its deadline
    OPEN = "open"  # not finished
    UNACKNOWLEDGED = "unacknowledged"  # given, nobody has it
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"  # for approval
    DONE = "done"
    DECLINED = "declined"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    DIFFICULTY = "difficulty"
    DRAFT = "draft"


@dataclass(frozen=True)
class Query:
    """What is looked for.

    Attributes:
        directive: ``#12``.
        words: to be found, as typed.
        number: of the notice, without diacritics: "15 tb ubnd".
        written_number: the same as typed.
        wanted: how it must stand.
        units: that lead it or help with it; several where the name may mean several.
        named: words that are a unit's name without "của": they may stand in the text, or the unit be meant.
        period: when it was given, due or done.
    """

    directive: int | None = None
    words: tuple[str, ...] = ()
    number: str = ""
    written_number: str = ""
    wanted: Wanted | None = None
    units: tuple[UnitEntry, ...] = ()
    named: tuple[UnitEntry, ...] = ()
    period: Period | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return self == Query()

    @property
    def has_conditions(self) -> bool:
        """Whether anything but words is asked for."""
        return bool(self.wanted or self.units or self.period)

    def without_conditions(self) -> Query:
        """The same words and number, wherever they are."""
        return replace(self, wanted=None, units=(), period=None)


def read_query(text: str, today: date, directory: Directory) -> Query:
    """Read what a person typed.

    Args:
        text: their words, without the command.
        today: the local day that "tháng này" is counted from.
        directory: the units.
    """
    text = unicodedata.normalize("NFC", text).strip()
    if one := re.fullmatch(r"#\s*(\d{1,9})", text):
        return Query(directive=int(one[1]))
    left = _Left(text)
    wanted = _wanted(left, _ANYWHERE, r"\b({})\b")
    period = None
    if days := read_period(left.plain, today):
        period, place = days
        left.blank(*place)
    if period and wanted is Wanted.DONE and period.which is Which.EITHER:
        period = replace(period, which=Which.DONE)
    if period and period.which is Which.DONE:
        wanted = Wanted.DONE
    number, written = _number(left)
    units = _units(left, directory)
    wanted = wanted or _wanted(left, _AT_END, r"\b({})\W*\Z")
    words = _words(left)
    return Query(None, words, number, written, wanted, units, _named(words, directory), period)


class _Left:
    """What of a text is not understood yet, with and without diacritics, letter by letter."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.plain = "".join(_plain(letter) for letter in text)

    def take(self, pattern: str) -> re.Match[str] | None:
        """The first match of a pattern, which is blanked."""
        found = re.search(pattern, self.plain)
        if found:
            self.blank(*found.span())
        return found

    def blank(self, start: int, end: int) -> None:
        """Take out a stretch."""
        gap = "\n" * (end - start)  # no name reaches over what was taken out
        self.text = self.text[:start] + gap + self.text[end:]
        self.plain = self.plain[:start] + gap + self.plain[end:]


def _plain(letter: str) -> str:
    return (unicodedata.normalize("NFD", letter.lower().replace("đ", "d")) or letter)[0]


# --- the notice ---

_KIND = r"(?:thong bao|ket luan|cong van|quyet dinh|ke hoach|chi thi|van ban|tb|kl|cv|qd|kh|ct)"
_NUMBERS = (
    rf"(?:\b{_KIND}\s+)*(?:\bso\s+)?(?<![\w/])(\d{{1,6}}(?:/[\w&.-]*[a-z][\w&.-]*|/\d{{4}}(?=/))+)",
    rf"\b{_KIND}\s+(?:{_KIND}\s+)*(?:so\s+)?((?!20\d\d\b)\d{{1,6}})\b",
    r"\A\s*(?:so\s+)?(\d{1,6})\s*\Z",
)


def _number(left: _Left) -> tuple[str, str]:
    for pattern in _NUMBERS:
        found = re.search(pattern, left.plain)
        if found:
            written = left.text[found.start(1) : found.end(1)]
            left.blank(*found.span())
            return fold(written), written
    return "", ""


# --- the unit ---


def _units(left: _Left, directory: Directory) -> tuple[UnitEntry, ...]:
    """The unit after "của", with the words that say so taken out."""
    for marker in re.finditer(r"\b(?:cua|thuoc|tai|do|ben|o)\s+(?:don vi\s+)?", left.plain):
        rest = left.text[marker.end() :]
        mention = next((m for m in directory.find_in(rest.split("\n")[0]) if m.start == 0), None)
        if mention is not None and mention.match.candidates:
            left.blank(marker.start(), marker.end() + mention.end)
            return mention.match.candidates
    return ()


def _named(words: Sequence[str], directory: Directory) -> tuple[UnitEntry, ...]:
    """The unit whose name all the words are."""
    match = directory.match(" ".join(words)) if len(words) > 1 else None
    return (match.unit,) if match and match.unit and match.certain else ()


# --- the state ---

_ANYWHERE: dict[str, Wanted] = {
    "qua han": Wanted.OVERDUE,
    "tre han": Wanted.OVERDUE,
    "cham han": Wanted.OVERDUE,
    "da xong": Wanted.DONE,
    "da hoan thanh": Wanted.DONE,
    "chua xong": Wanted.OPEN,
    "chua hoan thanh": Wanted.OPEN,
    "chua nhan": Wanted.UNACKNOWLEDGED,
    "dang lam": Wanted.IN_PROGRESS,
    "dang thuc hien": Wanted.IN_PROGRESS,
    "cho duyet": Wanted.WAITING,
    "de nghi chuyen": Wanted.DECLINED,
    "tam dung": Wanted.SUSPENDED,
    "da huy": Wanted.CANCELLED,
    "dang vuong": Wanted.DIFFICULTY,
    "co vuong mac": Wanted.DIFFICULTY,
    "chua phat hanh": Wanted.DRAFT,
}
_AT_END: dict[str, Wanted] = {"xong": Wanted.DONE, "hoan thanh": Wanted.DONE, "vuong mac": Wanted.DIFFICULTY}
"""Words that stand in directives too: a state only at the end."""


def _wanted(left: _Left, phrases: Mapping[str, Wanted], where: str) -> Wanted | None:
    found = left.take(where.format("|".join(phrases)))
    return phrases[found[1]] if found else None


# --- the words ---


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BEFORE = _set_of("tìm kiếm các những việc nhiệm vụ về giúp cho tôi em có liên quan đến trong")
_AFTER = _set_of("nào gì đâu ạ nhé với giúp tôi đi")
_BARE = _set_of("tim kiem cac nhung viec nhiem vu nao nhe")  # mean nothing else without their diacritics


def _words(left: _Left) -> tuple[str, ...]:
    words = WORD.findall(left.text)
    kept = list(words)
    while kept and _says_nothing(kept[0], _BEFORE):
        kept.pop(0)
    while kept and _says_nothing(kept[-1], _AFTER):
        kept.pop()
    return tuple(kept[:MOST_WORDS])


def _says_nothing(word: str, there: frozenset[str]) -> bool:
    return syllable(word) in there or word.lower() in _BARE
