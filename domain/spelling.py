"""Vietnamese words as they are written: two ways to say that two spellings are the same.

``normal`` keeps every letter and tone and only evens out what carries no meaning (Unicode form, case, where
the tone stands, punctuation, "và", the common abbreviations). ``fold`` drops diacritics too, for what people
type in a hurry.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")  # huyền, sắc, ngã, hỏi, nặng
VOWELS = frozenset("aăâeêioôơuưy")
MARKED = frozenset("ăâêôơư")
SYLLABLE = re.compile(r"(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|nh|ng|[cmnpt])?")
ABBREVIATIONS = {"ubnd": "ủy ban nhân dân", "hdnd": "hội đồng nhân dân", "vp": "văn phòng", "p": "phòng"}
LEVELS = {  # after "UBND"
    "x": "xã",
    "p": "phường",
    "tt": "thị trấn",
    "tx": "thị xã",
    "tp": "thành phố",
    "h": "huyện",
    "q": "quận",
    "t": "tỉnh",
}


@dataclass(frozen=True)
class Token:
    """One syllable of a text, at ``start`` to ``end``; an abbreviation written out gives several."""

    syllable: str  # as ``normal`` writes it
    folded: str
    start: int
    end: int
    initials: bool = False  # may stand for the first letters of several words: "LĐ", "tnmt"

    @property
    def bare(self) -> bool:
        """Whether it is written without any diacritic."""
        return self.syllable == self.folded


@lru_cache(maxsize=8192)
def syllable(word: str) -> str:
    """A word in NFC and lower case with its tone in one agreed place: "hoà" and "hòa" are both "hòa"."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in letters if c in TONES]
    plain = unicodedata.normalize("NFC", "".join(c for c in letters if c not in TONES)).replace("ưo", "ươ")
    place = _tone_place(plain)
    if len(tones) != 1 or place is None:
        return unicodedata.normalize("NFC", letters)
    return unicodedata.normalize("NFC", plain[: place + 1] + tones[0] + plain[place + 1 :])


def _tone_place(plain: str) -> int | None:
    glide = re.match(r"qu(?=[aăâeêioôơuưy])|gi(?=[aăâeêoôơuưy])", plain)
    spots = [i for i, c in enumerate(plain) if c in VOWELS and not (glide and i < glide.end())]
    marked = [i for i in spots if plain[i] in MARKED]
    if marked:
        return marked[-1]
    if len(spots) < 2:
        return spots[0] if spots else None
    return spots[1] if len(spots) > 2 or spots[-1] < len(plain) - 1 else spots[0]


@lru_cache(maxsize=8192)
def folded_word(word: str) -> str:
    """A word in lower case without diacritics, "đ" as "d"."""
    letters = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(c for c in letters if not unicodedata.combining(c))


def fold(text: str) -> str:
    """The words of a text in lower case without diacritics, single spaces between them and no punctuation."""
    return " ".join(folded_word(w) for w in WORD.findall(text))


def normal(text: str) -> str:
    """The words of a text, evened out: two names with the same ``normal`` differ only in spelling.

    "Phòng Lao động - Thương binh và Xã hội" and "PHÒNG LAO ĐỘNG, THƯƠNG BINH & XÃ HỘI" give the same; so do
    "UBND xã An Hoà" and "Ủy ban nhân dân xã An Hòa". A "huyện" or "xã" at the end stays: whether it says
    anything new only the directory knows.
    """
    return " ".join(t.syllable for t in tokens(text))


def tokens(text: str) -> list[Token]:
    """The syllables of a text without punctuation and the "và" between words, abbreviations written out."""
    words = list(WORD.finditer(text))
    shouted = len(words) == 1 or any(c.islower() for c in text)
    read: list[Token] = []
    for place, word in enumerate(words):
        if 0 < place < len(words) - 1 and syllable(word[0]) in {"và", "va"}:
            continue
        read.extend(_read(word, read, shouted=shouted))
    return read


def _read(word: re.Match[str], before: Sequence[Token], *, shouted: bool) -> Iterator[Token]:
    folded = folded_word(word[0])
    if not folded:  # a mark without its letter
        return
    written_out = _written_out(folded, before)
    if written_out is None:
        initials = _may_be_initials(word[0], folded, shouted=shouted)
        yield Token(syllable(word[0]), folded, word.start(), word.end(), initials)
        return
    for part in written_out.split():
        yield Token(part, folded_word(part), word.start(), word.end())


def _written_out(folded: str, before: Sequence[Token]) -> str | None:
    if folded in LEVELS and [t.syllable for t in before[-2:]] == ["nhân", "dân"]:
        return LEVELS[folded]
    return ABBREVIATIONS.get(folded)


def _may_be_initials(word: str, folded: str, *, shouted: bool) -> bool:
    if not folded.isalpha() or any(c in TONES for c in unicodedata.normalize("NFD", word)):
        return False
    if len(folded) == 1:
        return word.isupper()
    return not SYLLABLE.fullmatch(folded) or (shouted and word.isupper())


def edits(one: str, other: str) -> int:
    """Letters and diacritics to add, drop or change between two words; a tone counts as one."""
    a, b = (unicodedata.normalize("NFD", w) for w in (one, other))
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        above, row[0] = row[0], i
        for j, right in enumerate(b, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (left != right))
    return row[-1]
