"""A head's words that give a directive to an officer: "giao anh Nam làm", "giao đ/c Hoa"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from domain.organisation import fold

_TITLES = {
    *("anh", "chi", "em", "ong", "ba", "co", "chu", "bac", "cau", "dong", "chi", "d", "c", "dc", "ac"),
    *("can", "bo", "chuyen", "vien", "cv", "cho"),
}
_TAILS = {
    *("lam", "xu", "ly", "thuc", "hien", "phu", "trach", "theo", "doi", "tham", "muu", "chu", "tri", "giai", "quyet"),
    *("nhe", "nha", "di", "a", "viec", "nay", "giup", "ngay", "luon"),
}
_GIVES = re.compile(
    r"(?:viec )?(?:\d{1,9} )?(?:viec nay )?(?:de nghi |nho |minh |toi )?"
    r"(?:(?:giao|phan cong|chuyen)(?: viec nay| viec)?(?: \d{1,9})?(?: lai)?(?: cho)?"
    r"|de(?= (?:anh|chi|em|ong|ba|co|chu|bac|dong chi|d c|dc) )) (?P<whom>[a-z ]+)"
)
_PLAIN = re.compile(r"[^a-z0-9]+")
_MOST_WORDS = 12  # after the verb: more is a report, not an order


def gives(text: str) -> bool:
    """Whether words open as an order to somebody does; who that is must be looked up."""
    return _whom(text) != []


def _whom(text: str) -> list[str]:
    found = _GIVES.fullmatch(_PLAIN.sub(" ", fold(text)).strip())
    words = found["whom"].split() if found else []
    return words if len(words) <= _MOST_WORDS else []


def delegates_in(text: str, people: Mapping[int, str]) -> list[int]:
    """Whom of some people a head's words give a directive to.

    People are called by the last words of their names. "bac" is a name and a title, "lam" a name and a verb: whoever
    could be meant is given, and the head chooses.

    Args:
        text: as written, with or without diacritics.
        people: full names by id.

    Returns:
        their ids; none where the words give nothing to anybody.
    """
    words = _whom(text)
    called = set(_names(words)) if words else set()
    folded = {person: tuple(fold(full).split()) for person, full in people.items()}
    return [person for person, name in folded.items() if any(name[-n:] in called for n in range(1, len(name) + 1))]


def _names(words: list[str]) -> Iterator[tuple[str, ...]]:
    """What is left as a name with more and more titles and verbs taken off."""
    first = next((i for i, word in enumerate(words) if word not in _TITLES), len(words) - 1)
    kept = next((i for i, word in enumerate(reversed(words)) if word not in _TAILS), len(words) - 1)
    for start in range(first + 1):
        for end in range(len(words) - kept, len(words) + 1):
            if start < end:
                yield tuple(words[start:end])
