"""How names of units are built and abbreviated: the rules that hold in every office, whatever its units."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.spelling import Token, edits, folded_word, tokens

LEVEL_WORDS = ("thị trấn", "thị xã", "thành phố", "đặc khu", "xã", "phường", "huyện", "quận", "tỉnh")
COUNCIL, COMMITTEE = "hội đồng nhân dân", "ủy ban nhân dân"
HEADS = ("phòng", "sở", "chi cục", "cục", "trung tâm", "ban quản lý", "ban", COMMITTEE, *LEVEL_WORDS)
BEFORE_A_NAME = (
    *(
        "đề nghị",
        "yêu cầu",
        "giao cho",
        "giao",
        "đồng chí",
        "đ c",
        "ông",
        "bà",
        "thủ trưởng",
        "lãnh đạo",
        "tập thể",
    ),
    *("quyền", "q", "phó", "chi cục trưởng", "cục trưởng", "chỉ huy trưởng", "trưởng", "chánh", "giám đốc"),
    *("chủ tịch", "bí thư", "pct", "ct"),
)
TITLES = tuple(tuple(words.split()) for words in BEFORE_A_NAME)
BULLET = re.compile(r"\A\s*(?:[-–—•*+]\s*|\(?(?:\d+(?:\.\d+)*|[IVX]+|[a-oq-zđ])[.)]\s+)+")
NAMED_PERSON = re.compile(
    r"\A\s*(?:đồng chí|đ/c|ông|bà)\s[^,]+,\s*(?=(?:phó\s+)?(?:trưởng|chánh|giám đốc|chủ tịch|chi cục|chỉ huy))",
    re.I,
)
COMMUNE_WORDS = "xã|phường|thị trấn|đặc khu|địa phương"
GROUP_WORDS = re.compile(
    r"(?:(?:các|tất cả|toàn thể|người đứng đầu|thủ trưởng|chủ tịch|ủy ban nhân dân|trực thuộc|thuộc|"
    rf"trên địa bàn|cấp|{COMMUNE_WORDS}|phòng|ban|ngành|sở|cơ quan|chuyên môn|đơn vị|huyện|tỉnh)(?: |$))+"
)


@dataclass(frozen=True)
class Form:
    """One way to write a unit's name."""

    unit: int  # its place in the directory
    syllables: tuple[str, ...]
    folded: tuple[str, ...]
    rank: int = 0  # 0 the name, 1 its beginning, 2 without its head word ("phòng"), 3 the beginning of that

    @classmethod
    def of(cls, unit: int, syllables: tuple[str, ...]) -> Form:
        """A form in full."""
        return cls(unit, syllables, tuple(map(folded_word, syllables)))

    def part(self, start: int, end: int, rank: int) -> Form:
        """Some of its syllables."""
        return Form(self.unit, self.syllables[start:end], self.folded[start:end], rank)

    @property
    def signature(self) -> str:
        """The first letters of all its syllables."""
        return "".join(word[0] for word in self.folded)


def home_of(name: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """The ends that say "of this office", longest first: ("huyện", "mẫu", "sơn") and ("huyện",)."""
    for place in range(len(name)):
        for level in (tuple(words.split()) for words in LEVEL_WORDS):
            if name[place : place + len(level)] == level:
                return name[place:], level
    return ()


def at_home(name: tuple[str, ...], home: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The name without the "huyện …" that every unit of the office could bear; never a bare "UBND"."""
    for tail in home:
        rest = name[: -len(tail)]
        if name[-len(tail) :] == tail and rest and " ".join(rest) not in {COMMITTEE, COUNCIL}:
            return rest
    return name


def implied(kind: str, name: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """What a name says by its build: "UBND huyện" the root, "xã An Hòa" its UBND."""
    written = " ".join(name)
    if kind == "office" and (home := home_of(name)):
        yield (*name[: -len(home[0])], *home[1])
    if kind == "commune" and written.startswith(LEVEL_WORDS):
        yield (*COMMITTEE.split(), *name)
    if kind == "commune" and written.startswith(COMMITTEE + " "):
        yield name[4:]
    if re.fullmatch(f"văn phòng(?: {COUNCIL}| {COMMITTEE})+", written):
        for body in ("", COUNCIL, COMMITTEE):
            if body in written:
                yield ("văn", "phòng", *body.split())


def head_length(name: Sequence[str]) -> int:
    """How many syllables say what kind of unit it is: 1 in "Phòng Nội vụ", 5 in "UBND xã An Hòa" in full."""
    written, length = " ".join(name) + " ", 0
    while head := next((h for h in HEADS if written.startswith(h + " ")), None):
        length += len(head.split())
        written = written[len(head) + 1 :]
    return length


def readings(written: str, home: tuple[tuple[str, ...], ...]) -> list[list[Token]]:
    """A name as written, then without bullets and titles, then without the "huyện …" of the office itself."""
    read = tokens(NAMED_PERSON.sub("", BULLET.sub("", unicodedata.normalize("NFC", written))))
    if not read:
        return []
    bare = without_titles(read)
    tails = [tail for tail in home if len(bare) > len(tail) and fits(bare[-len(tail) :], tail)]
    return [read, bare, *(bare[: -len(tail)] for tail in tails)]


def without_titles(read: list[Token]) -> list[Token]:
    """What is left when "Đề nghị", "đồng chí", "Trưởng", "Chủ tịch" … before a name are taken off."""
    while title := next((t for t in TITLES if len(read) > len(t) and fits(read[: len(t)], t)), None):
        read = read[len(title) :]
    return read


def fits(read: Sequence[Token], name: Sequence[str]) -> bool:
    """Whether tokens spell a name; a word written without any diacritic may stand for any tone."""
    return len(read) == len(name) and all(_fits(t, word) for t, word in zip(read, name, strict=True))


def _fits(token: Token, word: str) -> bool:
    return token.syllable == word or (token.bare and token.folded == folded_word(word))


def signature(read: Sequence[Token]) -> str:
    """The first letters that whole words and initials stand for together: "pldtbxh" of "Phòng LĐ-TB&XH"."""
    return "".join(t.folded if t.initials else t.folded[0] for t in read)


def spelt(read: Sequence[Token], form: Form) -> bool:
    """Whether whole words and initials together spell the form: "phòng", "tài", "nguyên", "MT"."""
    place = 0
    for token in read:
        width = len(token.folded) if token.initials else 1
        letters = "".join(word[0] for word in form.folded[place : place + width])
        if letters != token.folded and not fits([token], form.syllables[place : place + width]):
            return False
        place += width
    return place == len(form.syllables)


def slip(written: Sequence[str], form: Form) -> int:
    """Edits in the one syllable that differs, 1 or 2; 0 when more differs, or the head, a level, a number."""
    if len(written) != len(form.syllables) or written[0] != form.syllables[0]:
        return 0
    differ = [(a, b) for a, b in zip(written, form.syllables, strict=True) if a != b]
    if len(differ) != 1 or any(word.isdigit() or word in LEVEL_WORDS for word in differ[0]):
        return 0
    count = edits(*differ[0])
    return count if count <= 2 else 0


def likeness(typed: Sequence[Token], form: Form) -> float:
    """How well typed words fit a form; above 0 only when all are there in order, begun or as initials."""
    if fits(typed, form.syllables):
        return 4.0 + sum(t.syllable in form.syllables for t in typed) / len(typed)
    ends = (form.part(n, len(form.syllables), 0) for n in range(len(form.syllables)))
    if any(t.initials for t in typed) and any(spelt(typed, end) for end in ends):
        return 3.0
    place = 0
    for token in typed:
        while place < len(form.folded) and not _begins(token, form, place):
            place += 1
        place += 1
    return 1.0 + len(typed) / len(form.syllables) if place <= len(form.folded) else 0.0


def _begins(token: Token, form: Form, place: int) -> bool:
    if form.syllables[place].startswith(token.syllable):
        return True
    return token.bare and form.folded[place].startswith(token.folded)
