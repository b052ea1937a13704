"""One form of the text to match against: lower case, one way to place the tone, the same length as the original."""

from __future__ import annotations

import re
from functools import lru_cache

# The letters of Vietnamese, for the inside of a character class.
UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
LOWER = "a-zđàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
# The old placement (hoà, thuý, uỷ) becomes the new one (hòa, thúy, ủy); only where no letter follows, for
# "hoàn" is written one way.
_TONES = {"o": "òóỏõọ", "u": "ùúủũụ"}
_OLD = {
    **{"o" + old: new + "a" for old, new in zip("àáảãạ", _TONES["o"], strict=True)},
    **{"o" + old: new + "e" for old, new in zip("èéẻẽẹ", _TONES["o"], strict=True)},
    **{"u" + old: new + "y" for old, new in zip("ỳýỷỹỵ", _TONES["u"], strict=True)},
}
# Its first letters come first: a pattern that begins with a choice is tried at every place of the text.
_OLD_TONE = re.compile(r"[ou](?:(?<=o)[àáảãạèéẻẽẹ]|(?<=u)(?<!qu)[ỳýỷỹỵ])(?!\w)")
_ODD = {"\u00a0": " ", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\t": " ", "\u201c": '"', "\u201d": '"'}
_ODD_ONE = re.compile("[" + "".join(_ODD) + "]")


@lru_cache(maxsize=512)
def plain(text: str) -> str:
    """The text in lower case with one tone placement and plain dashes; every character keeps its place."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _ODD_ONE.sub(lambda m: _ODD[m[0]], _OLD_TONE.sub(lambda m: _OLD[m[0]], lowered))


def compiled(source: str) -> re.Pattern[str]:
    """A pattern in which a space stands for any white space, to be used on ``plain`` text."""
    return re.compile(source.replace(" ", r"\s+"))
