"""Whether a document carries the stamp of a state secret (Law on Protection of State Secrets 2018, article 8).

The stamp stands alone: "MẬT", "TỐI MẬT", "TUYỆT MẬT", or after "Độ mật:". In a sentence ("bảo mật", "mật độ",
"bí mật nhà nước") the word is no stamp.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from domain.spelling import fold

LEVELS = {"MẬT": "MẬT", "TỐIMẬT": "TỐI MẬT", "TUYỆTMẬT": "TUYỆT MẬT"}
MAX_CHARS = 60  # of a line that may be a stamp with a label or brackets
LABEL = re.compile(
    r"^(?:ĐỘ|MỨC ĐỘ|DẤU|DẤU CHỈ MỨC ĐỘ|CẤP ĐỘ|DẤU ĐỘ)\s*MẬT\s*[:\-–]?\s*(?P<level>(?:TUYỆT\s*|"
    r"TỐI\s*)?M\s*Ậ\s*T)$",
    re.IGNORECASE,
)
COLUMNS = re.compile(r"\s{3,}|\t|\n|\|")
# As recognition writes a stamp, folded and squeezed: marks are lost, a letter is taken for its like.
SCANNED = re.compile(r"(?P<level>TUY[EF][TI1]|T[O0Q][I1L])?(?:M|NI|IVI|RN)[A4][T7]")
# In a file's name, where accents are often lost: the stamp between separators, in capitals.
IN_NAME = re.compile(r"(?:^|[\s_.()\[\]-])(?P<level>(?:TUYỆT|TUYET|TỐI|TOI)[\s_-]*(?:MẬT|MAT)|MẬT)(?=$|[\s_.()\[\]-])")


def secrecy_mark(text: str | Iterable[str]) -> str | None:
    """The stamp a text carries: "MẬT", "TỐI MẬT" or "TUYỆT MẬT"; None where there is none.

    Args:
        text: a text or its paragraphs.
    """
    for paragraph in [text] if isinstance(text, str) else text:
        normal = _normal(paragraph)
        if "ậ" not in normal and "Ậ" not in normal:  # every stamp has one
            continue
        for line in normal.split("\n"):
            for piece in (line, *COLUMNS.split(line)):
                if mark := _stamp(piece):
                    return mark
    return None


def secrecy_in_scan(pieces: Iterable[str]) -> str | None:
    """The stamp among recognised words that stand alone, in capitals; tolerant, for a stamp is seldom printed well.

    Args:
        pieces: lines, or words with nothing beside them.
    """
    for line in pieces:
        for piece in (line, *COLUMNS.split(line)):
            text = re.sub(r"[^\w\s]|_", " ", _normal(piece)).strip()
            match = SCANNED.fullmatch(re.sub(r"\s+", "", fold(text)).upper())
            if match and text == text.upper():
                return _level(match["level"] or "")
    return None


def secrecy_in_name(name: str) -> str | None:
    """The stamp that a file's name carries between its separators."""
    match = IN_NAME.search(_normal(name))
    if match is None:
        return None
    return _level(match["level"].upper())


def _level(written: str) -> str:
    return "TUYỆT MẬT" if written.startswith("TUY") else "TỐI MẬT" if written.startswith("T") else "MẬT"


def _normal(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r", "\n").replace("\f", "\n"))
    return re.sub(r"[\u200b-\u200f\u202a-\u202e\ufeff\u00ad]", "", text)


def _stamp(piece: str) -> str | None:
    text = re.sub(r"[*_#~`\"“”'\[\](){}<>«»=|+!.:;,•-]+", " ", piece).strip()
    if not text or len(text) > MAX_CHARS:
        return None
    labelled = LABEL.match(text)
    core = labelled["level"] if labelled else text
    squeezed = re.sub(r"\s+", "", core).upper()
    if squeezed not in LEVELS:
        return None
    # "Mật" alone on a line in small letters is a word (honey, bile) unless a label stands before it.
    shouted = core.upper() == core
    return LEVELS[squeezed] if shouted or labelled or squeezed != "MẬT" else None
