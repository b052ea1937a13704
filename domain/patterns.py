"""Patterns written as plain lists of words, rewritten so that the search for them is quick.

The ``re`` module tries the alternatives of "giao|gia hạn|yêu cầu" one by one at every place of a text. Written as
"gia(?:o| hạn)|yêu cầu" they match the same, in the same order, and nearly all places are passed over at their first
letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

QUANTIFIERS = ("?", "*", "+", "{")
MARKS = ("(", "|", ")")
TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[(|)]")


def alternatives(source: str) -> list[str]:
    """A pattern parted at the bars that stand outside of all brackets."""
    bars = [at for at, char, depth in _chars(source) if char == "|" and depth == 0]
    return [source[a + 1 : b] for a, b in zip([-1, *bars], [*bars, len(source)], strict=True)]


def _chars(source: str) -> Iterator[tuple[int, str, int]]:
    """The brackets and bars of a pattern with how deep they stand; none that is escaped or in a character class."""
    depth = 0
    for token in TOKEN.finditer(source):
        char = token[0]
        if char not in MARKS:
            continue
        depth -= char == ")"
        yield token.start(), char, depth
        depth += char == "("


@lru_cache(maxsize=1024)
def grouped(source: str) -> str:
    """The pattern with alternatives that begin alike put together, in all its brackets; it matches the same.

    Alternatives keep their order as far as it matters: those with different first letters never match at one place,
    and one that does not begin with a plain letter keeps its place among all others.

    Args:
        source: in the language of ``re``, without numbered groups.
    """
    found: list[str] = []
    together: dict[str, list[str]] = {}
    for one in alternatives(source):
        if _is_plain(one):
            together.setdefault(one[0], []).append(one[1:])
            continue
        found += _merged(together)
        together = {}
        found.append(_inside(one))
    return "|".join([*found, *_merged(together)])


def _is_plain(one: str) -> bool:
    return (one[:1].isalnum() or one[:1] == " ") and one[1:2] not in QUANTIFIERS


def _merged(together: dict[str, list[str]]) -> Iterator[str]:
    for first, rests in together.items():
        more = grouped("|".join(rests))
        yield first + (more if len(alternatives(more)) == 1 else f"(?:{more})")


def _inside(one: str) -> str:
    """One alternative with what stands in its brackets put together."""
    marks = [(at, char) for at, char, depth in _chars(one) if depth == 0 and char != "|"]
    pieces, end = [], 0
    for (a, _), (b, _) in zip(marks[::2], marks[1::2], strict=True):
        start = a + 1 + len(_opening(one[a + 1 : b]))
        pieces += [one[end:start], grouped(one[start:b])]
        end = b
    return "".join([*pieces, one[end:]])


def _opening(body: str) -> str:
    """What stands behind an opening bracket and belongs to it: "?:", "?P<day>", "?<!"."""
    if not body.startswith("?"):
        return ""
    if body.startswith("?P<"):
        return body[: body.index(">") + 1]
    return body[: 3 if body.startswith("?<") else 2]


def at_word_start(source: str, *not_after: str) -> str:
    r"""``(?<!\w)(?:…)`` for alternatives that all begin with a letter, so that the search goes by the first letters.

    Args:
        source: the alternatives.
        not_after: patterns of one width each that must not stand before them.

    Raises:
        ValueError: an alternative begins with something else.
    """
    found = []
    for one in alternatives(grouped(source)):
        if not (one[:1].isalnum() and one[1:2] not in QUANTIFIERS):
            raise ValueError(f"not a letter at the start: {one[:40]}")
        behind = "".join(f"(?<!{words}{one[0]})" for words in (r"\w", *not_after))
        found.append(f"{one[0]}{behind}{one[1:]}")
    return f"(?:{'|'.join(found)})"
