"""Directives named in a button's data: their numbers in short form, as many as a page shows."""

from __future__ import annotations

from collections.abc import Iterable

from domain.errors import NoSuchThing

MOST = 8  # on a page; with five digits each they fit what a platform lets a button carry
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def packed(numbers: Iterable[int]) -> str:
    """``12, 300`` as ``c.8c``."""
    return ".".join(map(_short, numbers))


def _short(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits or "0"


def unpacked(words: str) -> tuple[int, ...]:
    """The numbers again.

    Raises:
        NoSuchThing: these are none that a button of ours has had.
    """
    pieces = words.split(".")
    if len(pieces) > MOST or not all(0 < len(p) <= 9 and set(p) <= set(_DIGITS) for p in pieces):
        raise NoSuchThing
    return tuple(dict.fromkeys(int(p, len(_DIGITS)) for p in pieces))
