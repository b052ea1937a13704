"""Words under a list that are about all of it: "xong hết", "đã nhận cả rồi ạ"."""

from __future__ import annotations

import re
import unicodedata

_ALL = re.compile(
    r"(?:dạ|vâng|em|tôi|bên em|phòng em|[\s,])*(?:đã |da )?"
    r"(?P<what>làm xong|lam xong|xong|hoàn thành|hoan thanh|nhận|nhan)(?: rồi| roi)?"
    r" (?:hết|het|tất cả|tat ca|cả|ca|toàn bộ|toan bo)(?: rồi| roi| ạ| a| nhé| nhe| cả| ca)*[\s.!]*",
    re.IGNORECASE,
)


def of_all(text: str) -> str:
    """The same in the words that are understood of several directives; any other text as it is."""
    found = _ALL.fullmatch(unicodedata.normalize("NFC", text.strip()))
    if found is None:
        return text
    return "tất cả đã nhận" if found["what"].lower() in {"nhận", "nhan"} else "tất cả đã xong"
