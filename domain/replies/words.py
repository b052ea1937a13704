"""Words as officers type them: with diacritics, without, half-typed, or in chat spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# What phones write for a word. Forms that mean something else in offices ("kh" is also "kế hoạch") are left out.
CHAT = {
    "anh": ("a",),
    "bao giờ": ("bgio", "bh"),
    "chưa": ("chx", "chư", "chửa", "cưa"),
    "đang": ("đg", "dg"),
    "được": ("đc", "dc", "đk", "đươc", "duoc"),
    "em": ("e",),
    "gì": ("j", "gi"),
    "không": ("ko", "k", "kg", "kô", "hok", "hông", "hong", "khg", "khum"),
    "làm": ("lm",),
    "nào": ("nao",),
    "rồi": ("r", "rùi", "rui", "ròi", "roài", "roi", "òi"),
    "trước": ("trc",),
    "việc": ("vc",),
    "vâng": ("vg", "vag"),
    "với": ("vs",),
}
# Words that, typed bare, are other common words: their bare form counts only in a message typed without diacritics.
CLASHING = frozenset(
    [
        "chờ",
        "còn",
        "đã",
        "đợi",
        "khó",
        "quá",
        "chỉ",
        "vì",
        "bị",
        "đến",
        "tới",
        "sẽ",
        "lùi",
        "kẹt",
        "tắc",
        "rõ",
        "bận",
        "vâng",
        "dạ",
        "cần",
        "đủ",
        "hỏng",
        "lỗi",
        "hạn",
        "nhận",
        "trình",
        "ký",
        "nhầm",
        "sai",
        "thuộc",
        "của",
        "bên",
        "bàn",
        "cả",
        "kính",
        "nắm",
        "hả",
        "ổn",
        "tốt",
        "ốm",
        "sập",
        "lạnh",
        "sở",
        "hội",
        "bộ",
        "đội",
        "tổ",
        "quỹ",
        "đoàn",
    ]
)
# Above this share of accented words, a bare word was meant bare.
TYPED_WITH_DIACRITICS = 0.4
DRAWN_OUT = 4  # letters from which the last one of a word may be drawn out: "xonggg"


@dataclass(frozen=True)
class Said:
    """A message made comparable.

    Args:
        text: the message in NFC.
        low: the same in lower case, character for character.
        bare: whether it was typed (mostly) without diacritics.
    """

    text: str
    low: str
    bare: bool


def said(text: str) -> Said:
    """The message in one Unicode form, with its lower case aligned to it."""
    text = unicodedata.normalize("NFC", text)
    low = _one_tone_placement("".join(c.lower() if len(c.lower()) == 1 else c for c in text))
    words = re.findall(r"[^\W\d_]+", low)
    accented = sum(not w.isascii() for w in words)
    return Said(text, low, accented < TYPED_WITH_DIACRITICS * len(words))


_OLD_PLACE = re.compile(r"(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)")
_NEW_FOR_OLD = dict(
    zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)


def _one_tone_placement(low: str) -> str:
    """One place for tone marks: "hoà" and "hòa" are one word. "quý" becomes "qúy", in patterns and messages alike."""
    return _OLD_PLACE.sub(lambda m: _NEW_FOR_OLD[m[0]], low)


def plain(word: str) -> str:
    """The letters without diacritics, in lower case."""
    apart = unicodedata.normalize("NFD", word.lower().replace("đ", "d").replace("Đ", "d"))
    return "".join(c for c in apart if not unicodedata.combining(c))


_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))


def _without_tone(word: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).translate(_TONES))


def _forms(word: str, *, bare: bool) -> Iterator[str]:
    yield _one_tone_placement(word)
    yield from CHAT.get(word, ())
    if word.isascii() or (word in CLASHING and not bare):
        return
    yield plain(word)
    if sum(not c.isascii() for c in _without_tone(word)) > 1:  # "đươc" is a slip for "được"; "năm" is no slip for "nắm"
        yield _without_tone(word)
    if word.startswith("đ"):
        yield "đ" + plain(word)[1:]


def _spelled(source: str, *, bare: bool) -> str:
    def spell(m: re.Match[str]) -> str:
        word = m[0]
        if word.startswith(("\\", "(?P<")):
            return word
        forms = list(dict.fromkeys(_forms(word, bare=bare)))
        if len(forms) == 1 and len(word) < DRAWN_OUT:
            return word
        return f"(?:{'|'.join(re.escape(f) + ('+' if len(f) >= DRAWN_OUT else '') for f in forms)})"

    spelled = re.sub(r"\\.|\(\?P<\w+>|[^\W\d_]+", spell, source)
    return spelled.replace(" ", r"\s+")


ALL_CUES: list[Cue] = []


def warm_up() -> None:
    """Compile all cues, so that the first message of the day is read as fast as the others. Takes about a second."""
    for step in warming():
        step()


def warming() -> list[Callable[[], None]]:
    """The same in steps, each of some tens of milliseconds."""
    return [cue.warm for cue in ALL_CUES]


class Cue:
    """A pattern over whole words, found in any spelling of them.

    Args:
        source: a regular expression in correctly written Vietnamese, lower case; a space stands for any blanks.
    """

    __slots__ = ("_bare", "_full", "_source")

    def __init__(self, source: str) -> None:
        # compiled when first needed: all of them together take a second, which a start should not wait for
        self._source = source
        ALL_CUES.append(self)
        self._full: re.Pattern[str] | None = None
        self._bare: re.Pattern[str] | None = None

    def warm(self) -> None:
        """Compile both spellings now."""
        self._full = self._full or self._compiled(bare=False)
        self._bare = self._bare or self._compiled(bare=True)

    def _compiled(self, *, bare: bool) -> re.Pattern[str]:
        return re.compile(rf"(?:(?<!\w)|(?=\W))(?:{_spelled(self._source, bare=bare)})(?:(?!\w)|(?<=\W))")

    def search(self, on: Said, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The first place in ``on.low[start:end]``, or None."""
        return self._pattern(on).search(on.low, start, len(on.low) if end is None else end)

    def match(self, on: Said, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The place that begins at ``start``, or None."""
        return self._pattern(on).match(on.low, start, len(on.low) if end is None else end)

    def all(self, on: Said, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Every place in ``on.low[start:end]``."""
        return self._pattern(on).finditer(on.low, start, len(on.low) if end is None else end)

    def _pattern(self, on: Said) -> re.Pattern[str]:
        if on.bare:
            self._bare = self._bare or self._compiled(bare=True)
            return self._bare
        self._full = self._full or self._compiled(bare=False)
        return self._full


def one_of(*sources: str) -> Cue:
    """One cue for several wordings."""
    return Cue("|".join(sources))


def before(*sources: str) -> Cue:
    """One cue for words that must stand right before a place; see ``stands_before``."""
    return Cue(rf"(?:{'|'.join(sources)})\s*$")


def stands_before(cue: Cue, on: Said, place: int, reach: int = 40) -> bool:
    """Whether the cue's words end at ``place``, looking back ``reach`` characters."""
    return cue.search(on, max(0, place - reach), place) is not None
