"""The coverage check: every sentence with a giving verb is in a directive or listed as left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from notices.clauses import sentences
from notices.lexicon import NOT_WORDS, TASKING
from notices.plain import plain

TAIL = 48  # characters: a sentence is in a directive when its end is; its beginning may have been the lead-in


@dataclass(frozen=True)
class Coverage:
    """How much of what is asked for stands in the table.

    Args:
        giving: how many sentences with a giving verb there are.
        left_out: those that are in no directive, as written.
    """

    giving: int
    left_out: tuple[str, ...]


def coverage(texts: Iterable[str], taken: Iterable[str], handed_on: Iterable[str]) -> Coverage:
    """Hold a document's sentences against its directives.

    Args:
        texts: the paragraphs of the document that may give tasks.
        taken: the words of the directives.
        handed_on: headings and opening sentences whose tasks stand below them; they give none themselves.
    """
    have = " ".join(_words(text) for text in taken)
    openings = set(handed_on)
    giving = [s for text in texts if text not in openings for s in _giving(text)]
    left = tuple(s for s in giving if _words(s)[-TAIL:] not in have)
    return Coverage(len(giving), left)


def _giving(text: str) -> Sequence[str]:
    low = plain(text)
    if not TASKING.search(low):
        return ()
    spans = sentences(text)
    giving = spans if len(spans) == 1 else [span for span in spans if TASKING.search(low, *span)]
    return [" ".join(text[a:b].split()) for a, b in giving]


def _words(text: str) -> str:
    return NOT_WORDS.sub(" ", plain(text)).strip()
