"""Tesseract as a program beside ours: a grey picture in, words with their places and its confidence out.

The picture goes in and the words come out through pipes: nothing of a document that may turn out to be a secret touches
the disk.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from notices.errors import ReadingFailed, ReadingTookTooLong, RecognitionMissing
from notices.limits import end_with_parent

if TYPE_CHECKING:
    from PIL.Image import Image

LANGUAGE = "vie"
PAGE_SECONDS = 20.0  # for all passes over one page
MEMORY = 1024 * 1024 * 1024  # bytes of address space; an A2 page at 300 dpi takes a third of it
QUESTION_SECONDS = 10.0
PAGE, SPARSE, ORIENTATION = "3", "11", "0"  # Tesseract's page segmentation modes


@dataclass(frozen=True)
class Word:
    """A word as it was recognised.

    Args:
        text: its letters.
        confidence: 0-100, Tesseract's own.
        line: which line it is of: block, paragraph, line.
        left, top, width, height: its box in pixels, from the top left.
    """

    text: str
    confidence: float
    line: tuple[int, int, int]
    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """Its lower edge."""
        return self.top + self.height


class Budget:
    """The time one page may take, over all passes."""

    def __init__(self, seconds: float = PAGE_SECONDS) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return self._end - time.monotonic()


def installed() -> frozenset[str]:
    """The languages that can be recognised.

    Raises:
        RecognitionMissing: there is no Tesseract, or it has no Vietnamese.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise RecognitionMissing("tesseract")
    languages = _languages(program)
    if LANGUAGE not in languages:
        _languages.cache_clear()  # it may be installed while we run
        raise RecognitionMissing(LANGUAGE)
    return languages


@cache
def _languages(program: str) -> frozenset[str]:
    asked = [program, "--list-langs"]
    listed = subprocess.run(asked, capture_output=True, timeout=QUESTION_SECONDS, check=False)  # noqa: S603 - no input
    return frozenset(listed.stdout.decode(errors="replace").split())


def words_of(picture: Image, dpi: int, budget: Budget, *, layout: str = PAGE, uneven: bool = False) -> list[Word]:
    """The words of a picture in reading order.

    Args:
        picture: in grey.
        dpi: its resolution.
        layout: ``PAGE``, or ``SPARSE`` for words that stand anywhere.
        uneven: a photo, lit from one side: black and white are told apart place by place.

    Raises:
        ReadingTookTooLong: the page's time was up.
        ReadingFailed: Tesseract died.
        RecognitionMissing: it is not installed.
    """
    extra = ["-c", "thresholding_method=2"] if uneven else []  # Sauvola
    table = _run(picture, ["-l", LANGUAGE, "--psm", layout, "--dpi", str(dpi), *extra, "tsv"], budget)
    rows = (line.split("\t") for line in table.split("\n")[1:])
    return [_word(row) for row in rows if len(row) == 12 and row[0] == "5" and row[11].strip()]


def _word(row: Sequence[str]) -> Word:
    block, paragraph, line = int(row[2]), int(row[3]), int(row[4])
    left, top, width, height = map(int, row[6:10])
    return Word(row[11].strip(), float(row[10]), (block, paragraph, line), left, top, width, height)


def turned_by(picture: Image, dpi: int, budget: Budget) -> int:
    """By how many degrees the picture has to be turned clockwise to stand upright; 0 where that cannot be told."""
    if "osd" not in installed():
        return 0
    try:
        told = _run(picture, ["-l", "osd", "--psm", ORIENTATION, "--dpi", str(dpi)], budget)
    except ReadingFailed:  # too few letters to tell
        return 0
    angle = re.search(r"^Rotate: (\d+)", told, re.MULTILINE)
    return int(angle[1]) if angle else 0


def _run(picture: Image, arguments: Sequence[str], budget: Budget) -> str:
    installed()
    command = [str(shutil.which("tesseract")), "stdin", "stdout", *arguments]
    image = b"P5 %d %d 255\n" % picture.size + picture.tobytes()
    try:
        done = subprocess.run(  # noqa: S603 - no word of the document is among the arguments
            command,
            input=image,
            capture_output=True,
            timeout=max(0.1, budget.left),
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            preexec_fn=_confined(budget.seconds),
        )
    except subprocess.TimeoutExpired as error:
        raise ReadingTookTooLong(budget.seconds) from error
    if done.returncode:
        raise ReadingFailed
    return done.stdout.decode("utf-8", "replace")


def _confined(seconds: float) -> Callable[[], None]:
    """Limits for Tesseract alone: its own memory, no files, and an end with ours."""

    def confine() -> None:
        end_with_parent()
        for what, most in (
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_CPU, int(seconds) + 5),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            _, hard = resource.getrlimit(what)
            limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (limit, limit))

    return confine
