"""A text that a chat program has cut into several messages, put together again."""

from __future__ import annotations

from collections.abc import Iterable

from notices.frame import frame_of, header_of
from notices.outline import marker_of
from notices.paragraphs import paragraphs_of

HEAD_CHARS = 3000  # a document says what it is within these
HEADINGS = {"roman", "upper"}  # an Arabic number stands before a sentence as often
SHORT_LINE = 70  # characters: a heading may end without a full stop, a sentence goes on
ENDS = (".", ";", ":", "!", "?", "…", "”", '"', "/", ")")


def begins_anew(text: str) -> bool:
    """Whether a text has the head of a document of its own: its type, a line "V/v …", or a number with its date."""
    paragraphs = paragraphs_of(text[:HEAD_CHARS])
    header = header_of(paragraphs, frame_of(paragraphs))
    return header.doc_type is not None or (header.number is not None and header.date is not None)


def joined(pieces: Iterable[str]) -> str:
    """The pieces as one text. A chat program drops the space or the line end at which it cuts."""
    whole = ""
    for piece in pieces:
        piece = piece.strip("\n ")
        whole = f"{whole}{_between(whole, piece)}{piece}" if whole else piece
    return whole


def _between(before: str, after: str) -> str:
    """A line end where a paragraph begins, else a space: the cut went through a sentence."""
    last = before.rstrip().rsplit("\n", 1)[-1]
    if not after or last.endswith(ENDS) or marker_of(after):
        return "\n"
    marker = marker_of(last)
    is_heading = len(last) <= SHORT_LINE and (last.isupper() or (marker is not None and marker.kind in HEADINGS))
    return "\n" if is_heading and after[:1].isupper() else " "
