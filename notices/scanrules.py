"""The ruled lines of a scanned table, found in its picture, and the picture without them.

A rule is a row of dark dots much longer than any stroke of a letter. The page is cut into narrow strips, in each of
which a rule is straight however the page lay on the glass; from strip to strip it is followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from notices.pdf_tables import tables_of
from notices.pdf_words import Rule

if TYPE_CHECKING:
    from PIL.Image import Image

Dot = tuple[float, float]

STRIP = 1 / 6  # inch: taller than a capital letter
BLOCK = 6  # dots: how exactly the end of a rule is told
SHORTEST = 0.5  # inch: shorter ones are underlines and strokes
THICKEST = 1 / 20  # inch
DARKER = 28  # of 255, than what lies around
AROUND = 1 / 8  # inch
COVERED = 0.85  # of a strip
DRIFT = 3.0  # dots from one strip to the next: three degrees
LONG = 1.5  # inches, of a rule that tells how the page lies
POINTS_PER_INCH = 72


@dataclass(frozen=True)
class Ruling:
    """The tables of a page.

    Args:
        image: the page without their rules.
        slope: how far its lines fall, dots per dot.
        across, down: the rules on the page put straight, in points; y grows upwards.
    """

    image: Image
    slope: float
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]


def ruling_of(image: Image, dpi: int) -> Ruling | None:
    """The ruled tables of a page; None where there is none.

    Args:
        image: in grey, upright.
        dpi: its resolution.
    """
    from PIL import Image as pictures

    dark = _dark(image, dpi)
    lying = _lines(dark, dpi)
    if len(lying) < 2:
        return None
    standing = [_swapped(line) for line in _lines(dark.transpose(pictures.Transpose.TRANSPOSE), dpi)]
    slope = _slope(lying, dpi)
    scale = POINTS_PER_INCH / dpi
    across = [_rule(((y - slope * x, x + slope * y) for x, y in line), scale, -1) for line in lying]
    down = [_rule(((x + slope * y, slope * x - y) for x, y in line), scale, 1) for line in standing]
    tables = tables_of(across, down)
    if not tables:
        return None
    cleaned = _without(image, [*lying, *standing], dpi)
    return Ruling(cleaned, slope, tuple(across), tuple(down))


def _dark(image: Image, dpi: int) -> Image:
    """White where the page is darker than what lies around, as a line drawn on it is."""
    from PIL import ImageChops, ImageFilter

    around = image.filter(ImageFilter.BoxBlur(max(4, round(AROUND * dpi))))
    darker = ImageChops.subtract(around, image)
    return darker.point([0] * DARKER + [255] * (256 - DARKER))


def _lines(dark: Image, dpi: int) -> list[list[Dot]]:
    """The lines across a picture, each as the dots it goes through."""
    from PIL import ImageChops

    bold = ImageChops.lighter(dark, ImageChops.lighter(ImageChops.offset(dark, 0, 1), ImageChops.offset(dark, 0, -1)))
    strip = max(2 * BLOCK, round(STRIP * dpi))
    run = re.compile(rb"[%c-\xff]{1,%d}" % (round(COVERED * 255), round(THICKEST * dpi) + 2), re.DOTALL)
    marks = [[(m.start() + m.end() - 1) / 2 for m in run.finditer(column)] for column in _columns(bold, strip)]
    blocks = _columns(bold, BLOCK)
    lines = [[(strip * (j + 0.5), y) for j, y in chain] for chain in _chains(marks)]
    return [_to_its_ends(line, blocks, strip) for line in lines if line[-1][0] - line[0][0] + strip >= SHORTEST * dpi]


def _columns(image: Image, width: int) -> list[bytes]:
    """A picture in strips: for each, how much of it is light at each height, 0-255."""
    from PIL import Image as pictures

    small = image.reduce((width, 1)).transpose(pictures.Transpose.TRANSPOSE)
    data, height = small.tobytes(), image.height
    return [data[at : at + height] for at in range(0, len(data), height)]


def _chains(marks: Sequence[Sequence[float]]) -> list[list[tuple[int, float]]]:
    """Marks that lie beside each other from strip to strip; one strip may be missing."""
    ended: list[list[tuple[int, float]]] = []
    running: list[list[tuple[int, float]]] = []
    for strip, heights in enumerate(marks):
        ended += [chain for chain in running if strip - chain[-1][0] > 2]
        running = [chain for chain in running if strip - chain[-1][0] <= 2]
        for y in heights:
            near = [chain for chain in running if chain[-1][0] < strip and abs(chain[-1][1] - y) <= DRIFT]
            if near:
                min(near, key=lambda chain: abs(chain[-1][1] - y)).append((strip, y))
            else:
                running.append([(strip, y)])
    return ended + running


def _to_its_ends(line: list[Dot], blocks: Sequence[bytes], strip: int) -> list[Dot]:
    """A line with the parts of strips at both ends."""
    slope = (line[-1][1] - line[0][1]) / (line[-1][0] - line[0][0]) if len(line) > 1 else 0.0
    first = _followed(line[0], -BLOCK, slope, blocks, strip)
    last = _followed(line[-1], BLOCK, slope, blocks, strip)
    return [first, *line, last]


def _followed(start: Dot, step: int, slope: float, blocks: Sequence[bytes], strip: int) -> Dot:
    end, x = start, start[0]
    while abs(x - start[0]) < 1.6 * strip:
        x += step
        y = start[1] + slope * (x - start[0])
        block, row = int(x // BLOCK), round(y)
        if not 0 <= block < len(blocks) or max(blocks[block][max(0, row - 2) : row + 3], default=0) < COVERED * 255:
            break
        end = (x, y)
    return end


def _swapped(line: Iterable[Dot]) -> list[Dot]:
    return [(y, x) for x, y in line]


def _slope(lying: Sequence[Sequence[Dot]], dpi: int) -> float:
    long = [line for line in lying if line[-1][0] - line[0][0] >= LONG * dpi]
    return median((line[-1][1] - line[0][1]) / (line[-1][0] - line[0][0]) for line in long) if long else 0.0


def _rule(dots: Iterable[tuple[float, float]], scale: float, up: int) -> Rule:
    """A rule from its dots, each as where it stands and how far along it is."""
    found = list(dots)
    along = [there for _, there in found]
    return Rule(up * median(at for at, _ in found) * scale, min(along) * scale, max(along) * scale)


def _without(image: Image, lines: Iterable[Sequence[Dot]], dpi: int) -> Image:
    """The picture with lines painted over."""
    from PIL import ImageDraw

    cleaned = image.copy()
    draw = ImageDraw.Draw(cleaned)
    for line in lines:
        draw.line(list(line), fill=255, width=max(3, round(dpi / 40)))
    return cleaned
