"""Whether correcting a unit teaches a way to write it, or was a change of mind.

A spelling is learned for good, so only what can be one unit's name is: no group, no person, no post, no general
word that means another unit in the next document.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from enum import StrEnum

from domain.organisation import Directory
from domain.spelling import fold, normal, tokens
from domain.unit_names import BULLET, COMMITTEE, LEVEL_WORDS, NAMED_PERSON, head_length, without_titles

MAX_SYLLABLES = 16  # "Ban Chỉ huy Phòng chống thiên tai và Tìm kiếm cứu nạn huyện …" has 15
MAX_CHARACTERS = 120
NOT_IN_A_NAME = frozenset(':;?!"“”…\n')
GENERAL = (
    *("cac", "tat ca", "toan the", "moi", "tung", "nhung", "co quan", "don vi", "dia phuong", "chu dau tu"),
    *("nha thau", "doanh nghiep", "to chuc", "ca nhan", "bo phan", "cap uy", "chinh quyen", "nguoi dung dau"),
)
HIGHER = ("sở ", "bộ ", "cục ", "tổng ")
POINTING = (" lien quan", " neu tren", " noi tren", " tren day", " con lai", " khac", " nay", " do")
SURNAMES = (
    " bach be bui cao chau chu cu dam dang dao dau diep dinh do doan duong giang giap ha ho hoang hua huynh khong khuat"
    " kieu la lai lam le lieu luc luong luu ly ma mac mai nghiem ngo nguyen ninh nong ong pham phan phung quach quang"
    " ta thach thai to ton tong tran trang trieu trinh truong tu van vi vo vu vuong "
)


class Lesson(StrEnum):
    """What is to be done with the spelling of a corrected unit."""

    LEARN = "learn"
    ASK = "ask"  # it means another unit today, or may be one that exists elsewhere
    NOTHING = "nothing"


def lesson(known: Directory, written: str, unit_id: int) -> Lesson:
    """What a correction teaches.

    Args:
        known: the directory the name was matched with.
        written: the name as it stands in the document.
        unit_id: the unit that a person says it is.
    """
    words = spelling(written, known)
    if words is None:
        return Lesson.NOTHING
    match = known.match(written)
    if (match.unit is not None and match.unit.id == unit_id) or own_name(known, words):
        return Lesson.NOTHING  # known already, or certainly another's name: then the clause was given to someone else
    others = [unit for unit in known.bearers(words) if unit.id != unit_id]
    return Lesson.ASK if others or match.certain or _is_elsewhere(known, words) else Lesson.LEARN


def _is_elsewhere(known: Directory, words: str) -> bool:
    """Whether it may well be another office's: a place, or a head word that no unit here has."""
    written = normal(words) + " "
    if written.startswith(tuple(f"{head} " for head in (COMMITTEE, *LEVEL_WORDS))):
        return True
    own = {normal(unit.name).split()[0] for unit in known.units}
    return written.startswith(HIGHER) and written.split()[0] not in own


def spelling(written: str, known: Directory) -> str | None:
    """What of a written name can be learned: without bullet and title, "Trưởng P. TNMT" being "P. TNMT".

    Returns:
        None for what names no single unit for good: groups, persons, posts, general words, whole phrases.
    """
    text = NAMED_PERSON.sub("", BULLET.sub("", unicodedata.normalize("NFC", written))).strip(" .,;:-–")
    bare = without_titles(tokens(text))
    if not bare or known.group_of(written) is not None:
        return None
    words = text[bare[0].start :]
    return words if _can_be_a_name(words) else None


def _can_be_a_name(words: str) -> bool:
    syllables, folded = normal(words).split(), fold(words)
    if len(syllables) > MAX_SYLLABLES or len(words) > MAX_CHARACTERS or NOT_IN_A_NAME.intersection(words):
        return False
    if f"{folded} ".startswith(tuple(f"{word} " for word in GENERAL)) or folded.endswith(POINTING):
        return False
    head = head_length(syllables)
    if head == len(syllables) or not any(c.isalpha() for c in words):
        return False
    return head > 0 or (words[0].isupper() and not _is_person(words))


def _is_person(words: str) -> bool:
    """A name of two to four capitalised words that begins with a surname."""
    parts = words.split()
    capitalised = all(part[:1].isupper() and not part[1:].isupper() for part in parts)
    return 2 <= len(parts) <= 4 and capitalised and f" {fold(parts[0])} " in SURNAMES


def own_name(known: Directory, words: str) -> bool:
    """Whether some unit is called so, aliases left aside."""
    return bool(Directory(replace(unit, aliases=(), short=None) for unit in known.units).bearers(words))


def spelling_key(words: str) -> str:
    """The same for two ways to write a name that differ in nothing that matters."""
    return normal(words).replace(" ", "")
