"""Whether the words of a helping unit are its answer: an opinion sent, figures handed over, nothing to add."""

from __future__ import annotations

import re

from domain.organisation import fold

_SENT = (
    r"\b(?:(?:da|vua|co)\s+(?:(?:gui|co|gop|tra loi|cho|chuyen|cung cap|ban hanh|phat hanh)\s+)+|xin\s+gui\s+)"
    r"(?:\S+\s+){0,4}?"
    r"(?:y kien|gop y|van ban|so lieu|cong van|bao cao|tai lieu|ho so|danh sach|du thao)\b"
)
_AGREES = r"\b(?:(?:hoan toan\s+)?(?:thong nhat|nhat tri|dong y)|khong co y kien|khong y kien)\b"
_DONE = r"\b(?:da\s+)?phoi hop\s+xong\b|\bxong\s+(?:phan|viec)\s+phoi hop\b|\bda\s+(?:tham gia\s+)?(?:gop y|y kien)\b"
_ANSWER = re.compile("|".join((_SENT, _AGREES, _DONE)))
_NOT_YET = re.compile(r"\b(?:chua|dang|se|sap|chuan bi|du kien|khi nao|bao gio|khong thong nhat duoc)\b")


def is_answer(text: str) -> bool:
    """Whether words, with or without diacritics, say that the unit has given what it was asked for.

    What is still to come ("đang lấy ý kiến", "mai sẽ gửi văn bản") is none.
    """
    words = fold(text)
    return _ANSWER.search(words) is not None and _NOT_YET.search(words) is None
