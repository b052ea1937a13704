"""Whether a document carries a stamp of urgency: "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC" (article 15 of Decree 30/2020/NĐ-CP).

The stamp stands alone near the head, or after "Độ khẩn:". In a sentence ("khẩn trương", "trường hợp khẩn") the word is
no stamp, and in a title ("CÔNG ĐIỆN KHẨN") it is part of a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from domain.urgency import Urgency, urgency_of, urgency_without_marks
from notices.frame import HEADER_LINES, Frame
from notices.paragraphs import Paragraph

LABEL = re.compile(r"^(?:độ|mức độ|mức|dấu|dấu chỉ mức độ|dấu mức độ)\s+khẩn\s*[:\-–]\s*(?=\S)", re.IGNORECASE)
COLUMNS = re.compile(r"\s{3,}|\t|\n|\|")
FRAME = "*_#~`\"“”'[](){}<>«»=|+!.:;,•-–— "
UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\ufeff\u00ad]")
MAX_CHARS = 60  # of a line that may be a stamp with a label, or with the hour at which it has to arrive


def urgency_mark(paragraphs: Sequence[Paragraph], frame: Frame) -> Urgency | None:
    """The stamp in the head of a document: what stands above its addressees and its first sentence.

    Args:
        paragraphs: all of the document, rows of tables among them.
        frame: its parts.
    """
    below = {id(p) for p in frame.body[:1]}
    end = next((i for i, p in enumerate(paragraphs) if id(p) in below), len(paragraphs))
    lines = (cell for p in paragraphs[: min(end, HEADER_LINES)] for cell in (p.cells or (p.text,)))
    return stamp_in(lines)


def stamp_in(lines: Iterable[str]) -> Urgency | None:
    """The first stamp among lines; one line may have several columns."""
    for text in lines:
        for line in UNSEEN.sub("", unicodedata.normalize("NFC", text)).split("\n"):
            for piece in (line, *COLUMNS.split(line)):
                if found := _stamp(piece):
                    return found
    return None


def _stamp(piece: str) -> Urgency | None:
    text = piece.strip(FRAME)
    label = LABEL.match(text)
    core = text[label.end() :].strip(FRAME) if label else text
    # The rest of a sentence that goes on in the next line begins with a small letter.
    return urgency_of(core) if 0 < len(core) <= MAX_CHARS and (label or core[0].isupper()) else None


def urgency_in_scan(pieces: Iterable[str]) -> Urgency | None:
    """The stamp among recognised words that stand alone, in capitals; tolerant, for a stamp is seldom printed well."""
    for piece in pieces:
        for part in (piece, *COLUMNS.split(piece)):
            text = re.sub(r"[^\w\s]|_", " ", unicodedata.normalize("NFC", part)).strip()
            if text == text.upper() and (found := urgency_of(text) or urgency_without_marks(text)):
                return found
    return None
