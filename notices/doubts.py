"""Which words of a scan a person should compare with the original, and on which directives that matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from notices.model import CHECK_DATE, ReadDirective, ReadNotice
from notices.recognition import Recognised
from notices.scanlines import Doubt
from notices.slips import is_known, mended

MOST_SHOWN = 40  # of a notice; a page with more is best scanned again
MOST_ON_A_CARD = 5
KNOWN_ALONE = frozenset({"UBND", "HĐND"})
PUNCTUATION = ".,;:!?()[]\"'“”‘’/…-–"


@dataclass(frozen=True)
class _Doubt:
    """A doubtful word and its neighbours as they stand in the text that is read."""

    text: str
    before: str
    after: str
    page: int


def with_doubts(notice: ReadNotice, scan: Recognised) -> ReadNotice:
    """A notice read from a scan, with its doubtful words, on the whole and on each directive that has some."""
    doubts = [found for doubt in scan.doubts if (found := _as_read(doubt))]
    directives = tuple(_checked(directive, doubts, scan.changed) for directive in notice.directives)
    words = dict.fromkeys(f"{doubt.text} (trang {doubt.page})" for doubt in doubts)
    shown, urgency = tuple(words)[:MOST_SHOWN], notice.urgency or scan.urgency
    return replace(notice, directives=directives, doubtful=shown, scanned=True, urgency=urgency)


def _as_read(doubt: Doubt) -> _Doubt | None:
    """A doubtful word after its slips were mended; None where it turns out to be one that is known."""
    words = mended(f"{doubt.before} {doubt.text} {doubt.after}").text.split()
    before, text, after = doubt.before, doubt.text, doubt.after
    if len(words) == 3:
        before, text, after = words
    before, text, after = map(_bare, (before, text, after))
    if not any(c.isalnum() for c in text) or text in KNOWN_ALONE or is_known(before, text, after):
        return None
    return _Doubt(text, before, after, doubt.page)


def _bare(word: str) -> str:
    return word.strip(PUNCTUATION)


def _checked(directive: ReadDirective, doubts: Sequence[_Doubt], changed: Sequence[str]) -> ReadDirective:
    own = list(dict.fromkeys(d.text for d in _doubts_in(directive.quote.text, directive.quote.page, doubts)))
    deadline = directive.deadline
    if deadline and _is_doubtful(deadline.text, directive, doubts, changed):
        deadline = replace(deadline, warnings=tuple(dict.fromkeys((*deadline.warnings, CHECK_DATE))))
    if not own:
        return replace(directive, deadline=deadline)
    some = ", ".join(f"“{word}”" for word in own[:MOST_ON_A_CARD]) + (", …" if len(own) > MOST_ON_A_CARD else "")
    return replace(directive, deadline=deadline, warnings=(*directive.warnings, f"chữ khó đọc trên bản chụp: {some}"))


def _is_doubtful(text: str, directive: ReadDirective, doubts: Sequence[_Doubt], changed: Sequence[str]) -> bool:
    """Whether a word of the deadline was hard to read, or is not as it was recognised."""
    words = {_bare(word) for word in text.split()}
    if any(part in words or f" {part} " in f" {text} " for part in changed):
        return True
    inside = {d.text for d in _doubts_in(text, directive.quote.page, doubts)}
    around = {d.text for d in _doubts_in(directive.quote.text, directive.quote.page, doubts)}
    return bool(words & (inside | around))


def _doubts_in(text: str, page: int | None, doubts: Sequence[_Doubt]) -> Iterator[_Doubt]:
    """The doubts that stand in a clause: the word beside a neighbour of its own, on its page or the next."""
    words = ["", *(_bare(word) for word in text.split()), ""]
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        places.setdefault(word, []).append(place)
    for doubt in doubts:
        if page is not None and doubt.page not in {page, page + 1}:
            continue
        spots = (place for place in places.get(doubt.text, ()) if 0 < place < len(words) - 1)
        if any(words[i - 1] in {doubt.before, ""} or words[i + 1] in {doubt.after, ""} for i in spots):
            yield doubt
