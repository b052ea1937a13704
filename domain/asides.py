"""Words about oneself rather than about the work: "mai nhắc lại", "tôi nghỉ phép từ mai đến thứ 6".

Only what can be meant in no other way is read; everything else is left to the reading of replies.
"""

from __future__ import annotations

import re

from domain.snoozing import Later
from domain.spelling import fold

_PLEASE = r"(?:(?:da|vang|ok|nho|xin|hay|vui long|phien|bot|anh|chi|ban)\s+)*"
_ME = r"(?:\s+(?:lai|giup|ho|cho|em|toi|minh|anh|chi|viec nay|nhiem vu nay|vao|luc|sau))*"
_END = r"(?:\s+(?:giup|ho|cho|em|toi|minh|nhe|nha|a|voi|anh|chi|duoc khong|viec nay))*"
_AFTERNOON = r"(?:(?:buoi |dau gio )?chieu nay|chieu|buoi chieu|dau gio chieu)"
_TOMORROW = r"(?:(?:sang |ngay |sang ngay )?mai|hom sau)"
_AGAIN = r"nhac(?:\s+(?:em|toi|minh))?(?:\s+lai)?"
_TOLD = re.compile(r"[#?]|\bđã\b", re.IGNORECASE)  # without its mark it would be read as the polite "dạ"


def _asking(moment: str) -> re.Pattern[str]:
    return re.compile(rf"{_PLEASE}(?:{moment}\s+{_PLEASE}nhac{_ME}{_END}|{_AGAIN}{_ME}\s+{moment}{_END})")


_ASKED = {Later.AFTERNOON: _asking(_AFTERNOON), Later.TOMORROW: _asking(_TOMORROW)}

_LEAD = r"(?:(?:da|vang|bao cao|bao|xin bao|anh|chi|sep|van phong|xin phep)\s+)*"
_SELF = r"(?:(?:em|toi|minh)\s+)?(?:(?:xin|se|duoc|xin phep|co lich|dang ky|bao)\s+)*"
_GOING = r"(?:nghi phep|nghi om|nghi che do|nghi viec rieng|vang mat|di cong tac|di hoc|di vang|nghi|vang)"
_DAY = r"(?:tu|den|het|toi|hom nay|ngay|mai|sang mai|chieu nay|thu|tuan|\d{1,2} \d{1,2})"
_AWAY = re.compile(rf"(?P<lead>{_LEAD}{_SELF}{_GOING})\s+(?={_DAY}\b)")
_WHEN = r"(?:tu )?(?:(?:sang |chieu )?(?:ngay )?mai|hom nay|(?:thu \w+ )?tuan sau)"
_DAY_FIRST = re.compile(  # "từ mai em nghỉ phép"; "nghỉ" alone may be anybody's
    rf"(?:(?:da|vang|bao cao|xin bao|anh|chi|sep)\s+)*(?P<day>{_WHEN}) (?:em|toi|minh) (?:(?:xin|se|duoc|xin phep)\s+)*"
    r"(?:nghi phep|nghi om|di cong tac|di hoc|vang mat|di vang|vang)(?: (?:a|nhe|roi a))?"
)
_WORK = re.compile(r"\b(?:nen|viec|bao cao|nop|gui|trinh|xin|lui|gia han|xong|hoan thanh|vuong|cho|moi|khong|chua)\b")


def asks_again(text: str) -> Later | None:
    """When somebody wants to be reminded again, in words such as "mai nhắc lại giúp em"; None for anything else."""
    if _TOLD.search(text):
        return None
    said = fold(text)
    return next((later for later, asked in _ASKED.items() if asked.fullmatch(said)), None)


def absence_in(text: str) -> str | None:
    """The days of "tôi nghỉ phép từ mai đến thứ 6, anh Nam thay", as typed; None where it says no such thing.

    A line that says something of the work too is left to who reads that: "đi công tác đến thứ 6 nên xin lùi".
    """
    if _TOLD.search(text):
        return None
    words = text.split()
    said = " ".join(fold(word) or word for word in words)
    if first := _DAY_FIRST.fullmatch(said):
        start = len(said[: first.start("day")].split())
        return " ".join(words[start : start + len(first["day"].split())])
    found = _AWAY.match(said)
    if found is None or _WORK.search(said, found.end()):
        return None
    return " ".join(words[len(found["lead"].split()) :])
