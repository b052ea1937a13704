"""Pages as grey pictures, ready to be recognised: those of a PDF file, and photos."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from notices.errors import PageTooLarge, PasswordProtected, UnreadableDocument
from notices.paragraphs import Paragraph

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 225  # as good as 300 here, in two thirds of the time
LOWEST_DPI = 150  # below it the small letters of an A4 page fall apart
PHOTO_DPI = 225  # photos are brought to this, taken as an A4 page
MAX_ENLARGED = 2.5
MIN_LETTERS = 25  # on a page
MIN_PICTURE = 0.2  # of a page's area: a smaller one is a stamp or a coat of arms
MAX_DOTS = 36_000_000  # an A1 page at 225 dpi
MAX_PHOTO_DOTS = 60_000_000  # as it came
POINTS_PER_INCH = 72
A4_INCHES = (8.27, 11.69)
FORMATS = ("JPEG", "PNG", "TIFF")
MAX_FRAMES = 100  # of a TIFF file; more are no office's
MILLION = 1_000_000


@dataclass(frozen=True)
class Picture:
    """One page in grey. ``is_photo``: lit unevenly, unlike a page from a scanner."""

    image: Image
    dpi: int
    is_photo: bool = False


def open_pdf(content: bytes) -> Any:
    """A PDF file as pypdfium2 has it; to be closed.

    Raises:
        UnreadableDocument: damaged.
        PasswordProtected: locked.
    """
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise PasswordProtected from error
        raise UnreadableDocument(f"pdf: {error}") from error


def bare_pages(paragraphs: Sequence[Paragraph], pages: int) -> list[int]:
    """The pages that have no letters of their own, but perhaps a stamp or the name of a scanner; counted from 0."""
    letters: Counter[int] = Counter()
    for paragraph in paragraphs:
        letters[paragraph.page or 1] += len(paragraph.text)
    return [index for index in range(pages) if letters[index + 1] < MIN_LETTERS]


def scanned_pages(document: Any, bare: Sequence[int]) -> list[int]:
    """Which pages without letters are pictures, counted from 0; where a whole file has no letters, all of them.

    Args:
        document: of pypdfium2.
        bare: the pages without letters. An empty back page is one of them, and is left alone.
    """
    found = [index for index in bare if _is_picture(document, index)]
    return found or (list(bare) if len(bare) == len(document) else [])  # letters may be drawn as lines, too


def _is_picture(document: Any, index: int) -> bool:
    """Whether a good part of a page is a picture."""
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        page = document[index]
        width, height = page.get_size()
        boxes = [p.get_bounds() for p in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3)]
        page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(f"pdf page {index + 1}: {error}") from error
    areas = ((right - left) * (top - low) for left, low, right, top in boxes)
    return bool(max(areas, default=0.0) >= MIN_PICTURE * width * height)


def page_picture(document: Any, index: int) -> Picture:
    """A page of an open PDF file.

    Args:
        document: of pypdfium2.
        index: counted from 0.

    Raises:
        PageTooLarge: so large that its letters would be lost in a picture of bearable size.
        UnreadableDocument: damaged.
    """
    import pypdfium2

    try:
        page = document[index]
        width, height = page.get_size()
        dpi = _bearable(width / POINTS_PER_INCH, height / POINTS_PER_INCH)
        image = page.render(scale=dpi / POINTS_PER_INCH, grayscale=True).to_pil().convert("L")
        page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(f"pdf page {index + 1}: {error}") from error
    return Picture(image, dpi)


def _bearable(wide: float, high: float) -> int:
    """The resolution for a page of so many inches."""
    dpi = min(DPI, int((MAX_DOTS / max(wide * high, 0.01)) ** 0.5))
    if dpi < LOWEST_DPI:
        raise PageTooLarge(MAX_DOTS // MILLION)
    return dpi


def photo_pictures(content: bytes) -> Iterator[Picture]:
    """The pages of a photo: one, or the frames of a TIFF file; turned as the camera says it was held.

    Raises:
        PageTooLarge: more dots than are looked at.
        UnreadableDocument: damaged.
    """
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # ours is checked below, before anything is unpacked
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as photo:
            for frame in ImageSequence.Iterator(photo):
                _refuse_huge(frame)
                frame.draft("L", frame.size)
                yield _even(ImageOps.exif_transpose(_on_white(frame)))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise UnreadableDocument(f"picture: {type(error).__name__}: {error}"[:300]) from error


def frames_in(content: bytes) -> int:
    """How many pages a photo has.

    Raises:
        UnreadableDocument: damaged, or no photo.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as photo:
            return int(getattr(photo, "n_frames", 1))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise UnreadableDocument(f"picture: {type(error).__name__}: {error}"[:300]) from error


def _refuse_huge(frame: Image) -> None:
    if frame.width * frame.height > MAX_PHOTO_DOTS:
        raise PageTooLarge(MAX_PHOTO_DOTS // MILLION)


def _on_white(frame: Image) -> Image:
    """In grey; what is transparent is paper, not ink."""
    from PIL import Image

    if "A" not in frame.mode and "transparency" not in frame.info:
        return frame.convert("L") if frame.mode != "L" else frame.copy()
    seen = frame.convert("LA")
    paper = Image.new("L", frame.size, 255)
    paper.paste(seen.getchannel("L"), mask=seen.getchannel("A"))
    paper.info["exif"] = frame.info.get("exif", b"")
    return paper


def _even(image: Image) -> Picture:
    """A photo at the size at which its letters are recognised best."""
    from PIL import Image

    wide = A4_INCHES[0] if image.width <= image.height else A4_INCHES[1]
    dpi = max(1.0, image.width / wide)
    factor = min(PHOTO_DPI / dpi, MAX_ENLARGED)
    if factor < 0.8 or factor > 1.1:
        size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
        image, dpi = image.resize(size, Image.Resampling.LANCZOS), dpi * factor
    return Picture(image, max(70, round(dpi)), is_photo=True)
