"""Whom a question names: "anh Nam", "đ/c Lê Văn Bình", "chi hoa"."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from domain.questions.vocabulary import words_of
from domain.questions.words import Rest
from domain.spelling import folded_word

_TITLE = re.compile(
    r"(?<!\w)(?P<title>dong chi|d/c|dc|anh|chi|CHI|ong|ba|BA|co|CO|chu|bac|em|a|c|e)\.?\s+(?=\w)", re.ASCII
)
_MEANT_BY = {
    "chi": {"chi", "chị"}, "ba": {"bà"}, "co": {"cô"}, "ong": {"ông", "ong"}, "anh": {"anh"}, "chu": {"chú"},
    "bac": {"bác"}, "em": {"em"}, "a": {"a"}, "c": {"c"}, "e": {"e"}, "dc": {"dc", "đc"}, "d/c": {"đ/c", "d/c"},
    "dong chi": {"đồng chí", "dong chi"},
}  # fmt: skip
_SPOKEN_TO = {"em", "a", "c", "e", "dc"}  # titles that are more often words of address or other words
_FORMAL = {"dong chi", "d/c", "dc", "ong", "ba"}
_NO_NAME = words_of("""
    a anh ay ba bac ban bao ben bi biet bot cac can cap cham chi cho chua co con cua cung da dang danh dao den
    dien dieu dinh do doc don duoc duyet e em gi giu giup goi gui hai het hien ho hoi hom hop k khong kia ko la
    lam lanh mai may minh mot muon nao nay ngoai nhan nhe nhung noi o oi om phoi phong phu phuong qua quy ra roi
    sang sao sap so tai ten tham thang the theo thi thuong tien tieu tinh toi trach tre trong tuan ubnd va ve vi
    viec voi vua xa xem xin xong yeu
""")
_POSITION = re.compile(
    r"(?:(?:pho )?(?:chu tich|bi thu|giam doc|truong phong|truong ban|chanh van phong|hieu truong|tram truong"
    r"|truong thon)|lanh dao|thuong truc)\b(?:\s+(?:ubnd|hdnd|huyen|xa|tinh|phuong|thi tran|so|phong))*\s*"
)
_LOWER_MOST = {True: 4, False: 1}  # words of a name without capitals after a formal title, and after others


def take_person(rest: Rest, people: Collection[str] = ()) -> str | None:
    """The name after "anh", "đồng chí", as typed.

    Args:
        rest: what is left of the question.
        people: the words that names in the directory are made of, folded; where given, a name without capitals must
            be made of them.
    """
    for found in _TITLE.finditer(rest.plain):
        title = found["title"].lower()
        written = rest.text[found.start() : found.end()].strip(" .").lower()
        if written not in _MEANT_BY[title]:
            continue
        start = found.end()
        if position := _POSITION.match(rest.plain, start):
            start = position.end()
        name = _name_at(rest, start, title, people)
        if name:
            end = start + len(name)
            rest.take(found.start(), end, "P")
            return name
    return None


def _name_at(rest: Rest, start: int, title: str, people: Collection[str]) -> str | None:
    found = re.match(r"[^\W\d_]+(?: [^\W\d_]+){0,3}", rest.text[start:])
    if found is None:
        return None
    words = found[0].split()
    capitals = _while(words, lambda word: word[0].isupper() and not word.isupper())
    if capitals:
        return " ".join(words[:capitals])
    if title in _SPOKEN_TO:
        return None
    most = _LOWER_MOST[title in _FORMAL]
    if people:
        plain = _while(words[:most], lambda word: folded_word(word) in people and len(word) > 1)
    else:
        plain = _while(words[:most], lambda word: folded_word(word) not in _NO_NAME and len(word) > 1)
    return " ".join(words[:plain]) or None


def _while(words: list[str], holds: Callable[[str], bool]) -> int:
    """How many words from the first on something holds of."""
    return next((place for place, word in enumerate(words) if not holds(word)), len(words))
