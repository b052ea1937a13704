"""The office's directory: which unit a written name means.

Notices write one unit in many ways. A name is taken as certain only when exactly one unit bears it under
normalisation, alias, initials or one slip of the pen; anything else is asked, with the likeliest units first.
The index is built once; nothing here reads a clock or a file.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.spelling import WORD, Token, fold, folded_word, normal, syllable, tokens
from domain.unit_names import (
    BULLET,
    COMMITTEE,
    COMMUNE_WORDS,
    GROUP_WORDS,
    LEVEL_WORDS,
    Form,
    at_home,
    fits,
    head_length,
    home_of,
    implied,
    likeness,
    readings,
    signature,
    slip,
    spelt,
    without_titles,
)

__all__ = ["GROUPS", "Directory", "Match", "Mention", "UnitEntry", "fold", "normal"]

GROUPS = ("all", "communes", "departments")
MAX_CANDIDATES = 5
LEAST_LIKE = 0.5  # of two measures from 0 to 1: below, two names have only their common words in common
KINDS_OF_UNIT = frozenset({"phòng", "sở", "bộ", "cục", "ban", "viện", "tâm"})  # a bare name after one is another unit's
SEVERAL = ("các ", "tất cả ", f"{COMMITTEE} các ", "cơ quan ", "đơn vị ")  # no one unit is likely
FOLDED_LEVELS = frozenset(fold(words) for words in LEVEL_WORDS if " " not in words)
SLIPS_FORGIVEN = frozenset({"department", "sector"})  # in a place's name one letter makes another place


@dataclass(frozen=True)
class UnitEntry:
    """A unit as the directory has it. ``kind``: office (the root) | department | sector | commune | body."""

    id: int
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    parent_id: int | None = None
    short: str | None = None


@dataclass(frozen=True)
class Match:
    """What a written name means.

    Attributes:
        unit: the unit when it is certain, else None.
        candidates: at most five, likeliest first; the unit itself when it is certain.
        certain: nobody need be asked.
    """

    unit: UnitEntry | None
    candidates: tuple[UnitEntry, ...]
    certain: bool


@dataclass(frozen=True)
class Mention:
    """A unit named in a sentence, at ``text[start:end]``.

    An uncertain match with one candidate is a name without its head word ("nội vụ", "an hòa"), which may also
    be meant as plain words; with several, a name they share.
    """

    match: Match
    start: int
    end: int


@dataclass(frozen=True)
class _Look:
    """What of a form is compared when nothing fits."""

    form: Form
    signature: str
    words: frozenset[str]
    worth: float  # of its words
    pairs: frozenset[str]  # of neighbouring letters


class Directory:
    """All units of an office, indexed by every way to write them.

    Args:
        units: the active units. The first of kind "office" is the root: its name says which "huyện …", "xã …"
            or "tỉnh …" goes without saying after a unit's name.
    """

    def __init__(self, units: Iterable[UnitEntry]) -> None:
        self.units = tuple(units)
        root = next((u for u in self.units if u.kind == "office"), None)
        self._home = home_of(_words(root.name)) if root else ()
        self._tails = (*self._home, *(full[len(self._home[-1]) :] for full in self._home[:1]))
        self._names: dict[str, set[int]] = defaultdict(set)  # without spaces, which are often missing or too many
        self._toneless: dict[str, set[int]] = defaultdict(set)
        self._initials: dict[str, list[Form]] = defaultdict(list)
        self._phrases: dict[tuple[str, ...], list[Form]] = defaultdict(list)
        self._firsts: set[str] = set()  # the words a name may begin with
        self._alike: dict[tuple[str, int], list[Form]] = defaultdict(list)  # by head word and length, for slips
        self._forms = list(dict.fromkeys(self._all_forms()))
        for form in self._forms:
            self._index(form)
        self._longest = max((len(f.syllables) for f in self._forms), default=0)
        self._weight = self._weights()
        self._looks = [self._look(form) for form in self._forms]

    def match(self, written: str) -> Match:
        """The unit a notice means by a name.

        A title before the name is taken off: "Trưởng phòng Nội vụ", "Chủ tịch UBND xã …" mean the unit.

        Args:
            written: the name as it stands in the notice, at most a clause long.
        """
        read = readings(written, self._home)
        for find in self._ways(written):
            for reading in read:
                if found := find(reading):
                    return self._answer(found)
        one = bool(read) and not " ".join(t.syllable for t in read[-1]).startswith(SEVERAL)
        return Match(None, self._near(read[-1], MAX_CANDIDATES) if one else (), False)

    def bearers(self, written: str) -> tuple[UnitEntry, ...]:
        """The units that are called exactly so, by their name or an alias: more than one where they share it."""
        found = {place for reading in readings(written, self._home) for place in self._by_name(reading)}
        return tuple(self.units[place] for place in sorted(found))

    def search(self, words: str, limit: int = 5) -> tuple[UnitEntry, ...]:
        """The units a person may mean by what they typed, likeliest first: "noi vu", "p tnmt", "an hoa"."""
        typed = tokens(words)
        if not typed:
            return ()
        best: dict[int, float] = {}
        for form in self._forms:
            best[form.unit] = max(best.get(form.unit, 0.0), likeness(typed, form))
        found = sorted((i for i in best if best[i] > 0), key=lambda i: -best[i])
        return tuple(self.units[i] for i in found[:limit]) or self._near(typed, limit)

    def group(self, name: str) -> tuple[UnitEntry, ...]:
        """The units of a group: "all" (but the office itself), "communes" or "departments".

        Raises:
            ValueError: no such group.
        """
        if name not in GROUPS:
            raise ValueError(f"no such group of units: {name!r}")
        kind = {"communes": "commune", "departments": "department"}.get(name)
        return tuple(u for u in self.units if u.kind != "office" and kind in {None, u.kind})

    def group_of(self, written: str) -> str | None:
        """The group a notice means: "communes" by "UBND các xã", "all" by "các cơ quan, đơn vị, địa phương".

        A group with a condition ("các xã có rừng", "các cơ quan liên quan") or without a clear border ("các
        cơ quan") is None: to be asked.
        """
        if written == "all units":
            return "all"
        read = without_titles(tokens(BULLET.sub("", written)))
        words = " ".join(at_home(tuple(t.syllable for t in read), self._home))
        if not GROUP_WORDS.fullmatch(words) or not re.search(r"\b(?:các|tất cả|toàn thể|cấp xã)\b", words):
            return None
        return None if self._is_elsewhere(words) else _group(words)

    def find_in(self, text: str) -> tuple[Mention, ...]:
        """The units named in a sentence, in reading order; of overlapping readings the longest is taken.

        Names may lack their tones and their end: "viec nay cua phong tai nguyen".
        """
        read = tokens(text)
        spans = (
            (i, j)
            for i in range(len(read))
            for j in range(i + 1, min(len(read), i + self._longest) + 1)
            if read[i].folded in self._firsts or any(token.initials for token in read[i:j])
        )
        taken: list[Mention] = []
        for i, j in sorted(spans, key=lambda span: span[0] - span[1]):
            found = self._mention(text, read, i, j)
            if found and all(found.end <= other.start or other.end <= found.start for other in taken):
                taken.append(found)
        return tuple(sorted(taken, key=lambda mention: mention.start))

    # --- the index ---

    def _all_forms(self) -> Iterator[Form]:
        for place, unit in enumerate(self.units):
            for name in map(_words, filter(None, (unit.name, unit.short, *unit.aliases))):
                home = at_home(name, self._home)
                for words in filter(None, (name, home, *implied(unit.kind, home))):
                    yield Form.of(place, words)

    def _index(self, form: Form) -> None:
        self._names["".join(form.syllables)].add(form.unit)
        self._toneless["".join(form.folded)].add(form.unit)
        self._alike[form.syllables[0], len(form.syllables)].append(form)
        head, size = head_length(form.syllables), len(form.syllables)
        kind = self.units[form.unit].kind
        whole = [form, form.part(head, size, 2)] if 0 < head < size and kind != "office" else [form]
        for part in [*whole, *self._beginnings(form, head)]:
            if part is form or len(part.syllables) > 1:
                self._phrases[part.folded].append(part)
                self._firsts.add(part.folded[0])
        if kind != "commune":  # nobody knows a place by its initials
            for part in whole:
                self._initials[part.signature].append(part)

    def _beginnings(self, form: Form, head: int) -> Iterator[Form]:
        """ "phòng tài nguyên", "tài nguyên": at least two words of the name proper; a place has no such."""
        if self.units[form.unit].kind in {"commune", "office"}:
            return
        sure = 1 if form.syllables[0] in {"phòng", "sở"} else 3
        for end in range(head + 2, len(form.syllables)):
            yield form.part(0, end, sure)
            yield form.part(head, end, 3)

    def _weights(self) -> dict[str, float]:
        """A word is worth the less the more units bear it."""
        bearers = {(word, form.unit) for form in self._forms for word in form.folded}
        return {word: 1 / count for word, count in Counter(word for word, _ in bearers).items()}

    # --- one written name ---

    def _ways(self, written: str) -> Iterator[Callable[[Sequence[Token]], set[int]]]:
        yield self._by_name
        if all(syllable(word) == folded_word(word) for word in WORD.findall(written)):
            yield self._by_toneless_name
        yield self._by_initials
        yield self._by_slip

    def _by_name(self, reading: Sequence[Token]) -> set[int]:
        return self._names.get("".join(t.syllable for t in reading), set())

    def _by_toneless_name(self, reading: Sequence[Token]) -> set[int]:
        return self._toneless.get("".join(t.folded for t in reading), set())

    def _by_initials(self, reading: Sequence[Token]) -> set[int]:
        """Two letters alone ("TT", "CA") may be too many things."""
        letters = sum(len(t.folded) for t in reading if t.initials)
        if not letters or (letters < 3 and all(t.initials for t in reading)):
            return set()
        forms = self._initials.get(signature(reading), ())
        return {form.unit for form in forms if form.rank == 0 and spelt(reading, form)}

    def _by_slip(self, reading: Sequence[Token]) -> set[int]:
        """One letter or tone wrong in one word, and no other name within two."""
        written = [t.syllable for t in reading]
        forms = self._alike.get((written[0], len(written)), ())
        near = {(form.unit, slip(written, form)) for form in forms}
        found = {unit for unit, edits in near if edits}
        forgiven = all(self.units[unit].kind in SLIPS_FORGIVEN for unit in found)
        return found if forgiven and any(edits == 1 for _, edits in near) else set()

    def _answer(self, found: set[int]) -> Match:
        units = tuple(self.units[i] for i in sorted(found))[:MAX_CANDIDATES]
        return Match(units[0], units, True) if len(found) == 1 else Match(None, units, False)

    def _near(self, reading: Sequence[Token], limit: int) -> tuple[UnitEntry, ...]:
        """What resembles a name: by its rarer words, by its letters, by a part of its initials."""
        folded = [t.folded for t in reading]
        words, pairs = frozenset(folded), _pairs(folded)
        worth = self._worth(words)
        begun = signature(reading) if any(len(t.folded) > 1 for t in reading if t.initials) else None
        best: dict[int, float] = defaultdict(float)
        for look in self._looks:
            score = 2 * len(pairs & look.pairs) / (len(pairs) + len(look.pairs) or 1)
            if shared := words & look.words:
                common = self._worth(shared)
                score += common / (worth + look.worth - common)
            score += begun is not None and begun in look.signature
            best[look.form.unit] = max(best[look.form.unit], score)
        least = max(LEAST_LIKE, max(best.values(), default=0) / 2)
        ranked = sorted((i for i in best if best[i] >= least), key=lambda i: -best[i])
        return tuple(self.units[i] for i in ranked[:limit])

    def _look(self, form: Form) -> _Look:
        words = frozenset(form.folded)
        return _Look(form, form.signature, words, self._worth(words), _pairs(form.folded))

    def _worth(self, words: frozenset[str]) -> float:
        return sum(self._weight.get(word, 1.0) for word in words)

    def _is_elsewhere(self, words: str) -> bool:
        """Whether a group is another office's: "các sở", "các ban, ngành tỉnh" are none of a district's."""
        if "sở" in words.split():
            return not any(form.syllables[0] == "sở" for form in self._forms)
        own = " ".join(self._home[-1]) if self._home else ""
        return any(level in words.split() for level in ("huyện", "tỉnh") if level != own)

    # --- a sentence ---

    def _mention(self, text: str, read: Sequence[Token], i: int, j: int) -> Mention | None:
        match = self._named(read[i:j])
        if match is None or (not match.certain and i and read[i - 1].syllable in KINDS_OF_UNIT):
            return None  # "Sở Tài chính" names no "Tài chính" of ours
        tail = next((t for t in self._tails if fits(read[j : j + len(t)], t)), ())
        beside = j < len(read) and text[read[j - 1].end : read[j].start].isspace()
        if beside and not tail and (level := read[j]).folded in FOLDED_LEVELS:
            if not level.bare:
                return None  # "Công an tỉnh" is not the district's
            match = Match(None, match.candidates, False)
        return Mention(match, read[i].start, read[j + len(tail) - 1].end)

    def _named(self, read: Sequence[Token]) -> Match | None:
        phrases = self._phrases.get(tuple(t.folded for t in read), ())
        fitting = [form for form in phrases if fits(read, form.syllables)] or self._abbreviated(read)
        if not fitting:
            return None
        rank = min(form.rank for form in fitting)
        answer = self._answer({form.unit for form in fitting if form.rank == rank})
        return answer if rank < 2 else Match(None, answer.candidates, False)

    def _abbreviated(self, read: Sequence[Token]) -> list[Form]:
        letters = sum(len(t.folded) for t in read if t.initials)
        if letters < 2 or (letters < 3 and all(t.initials for t in read)):
            return []
        return [form for form in self._initials.get(signature(read), ()) if spelt(read, form)]


def _words(name: str) -> tuple[str, ...]:
    return tuple(t.syllable for t in tokens(name))


def _pairs(words: Iterable[str]) -> frozenset[str]:
    text = " ".join(words)
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _group(words: str) -> str | None:
    words = words.replace(COMMITTEE, "")  # its "ban" is no group of its own
    communes = re.search(rf"\b(?:{COMMUNE_WORDS})\b", words)
    if not re.search(r"\b(?:phòng|ban|ngành|sở|cơ quan|đơn vị)\b", words):
        return "communes" if communes else None
    if communes:
        return "all"
    return "departments" if re.search(r"\b(?:phòng|sở|chuyên môn)\b", words) else None
