"""Which files are taken as evidence: told by their bytes, with the name as a second opinion.

Of an archive the list of names is read, and the beginning of few entries: what unpacks without end does no harm.
Signatures: https://en.wikipedia.org/wiki/List_of_file_signatures and the formats' own papers.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from domain.errors import FileRefused

MEGABYTE = 1024 * 1024
MOST_NAME = 300  # characters
MOST_ENTRIES = 5_000  # of an archive; more is no evidence of anything
MOST_OBJECTS, OBJECT_BYTES = 50, MEGABYTE  # looked at in a document, and of each

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."

TYPES = {
    ".pdf": "application/pdf",
    ".docx": f"{_OFFICE}wordprocessingml.document",
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}presentationml.presentation",
    ".odt": f"{_OPEN}text",
    ".ods": f"{_OPEN}spreadsheet",
    ".odp": f"{_OPEN}presentation",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".rtf": "application/rtf",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".heic": "image/heic",
    ".heif": "image/heic",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".mp4": "video/mp4",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".zip": "application/zip",
}
"""What is taken, by its ending."""

PROGRAMS = frozenset({
    ".exe", ".com", ".scr", ".pif", ".dll", ".sys", ".cpl", ".ocx", ".msi", ".msp", ".msix", ".appx", ".bat", ".cmd",
    ".ps1", ".psm1", ".vbs", ".vbe", ".vb", ".js", ".jse", ".ws", ".wsf", ".wsh", ".hta", ".jar", ".apk", ".ipa",
    ".app", ".dmg", ".pkg", ".deb", ".rpm", ".sh", ".bash", ".py", ".pyw", ".rb", ".pl", ".php", ".lnk", ".url",
    ".reg", ".inf", ".scf", ".chm", ".iso", ".img", ".vhd", ".vhdx", ".html", ".htm", ".mht", ".mhtml", ".svg",
    ".xml", ".xll", ".xla", ".xlam", ".gadget", ".application", ".jnlp", ".class", ".elf", ".so",
})  # fmt: skip
"""Endings of what runs, or opens what runs, on somebody's machine."""

WITH_MACROS = frozenset({".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".pptm", ".potm", ".ppsm"})
PACKED = frozenset({".rar", ".7z", ".zip", ".gz", ".bz2", ".xz", ".tar", ".tgz", ".cab", ".arj", ".ace", ".z"})

_RUNS = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",  # Java, and Mach-O for several machines
    b"dex\n",
    b"#!",
    b"L\x00\x00\x00\x01\x14\x02\x00",  # a shortcut of Windows
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_OLE_PROGRAM = "Ole10Native".encode("utf-16-le")  # any file at all, laid into a document
_BRANDS = {
    b"heic": ".heic", b"heix": ".heic", b"hevc": ".heic", b"mif1": ".heic", b"msf1": ".heic", b"heim": ".heic",
    b"qt  ": ".mov", b"M4A ": ".m4a", b"M4B ": ".m4a",
}  # fmt: skip
_SIGNATURES = (
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x89PNG", ".png"),
    (b"GIF87a", ".gif"),
    (b"GIF89a", ".gif"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
    (b"{\\rtf", ".rtf"),
    (b"OggS", ".ogg"),
    (b"ID3", ".mp3"),
    (b"\xff\xfb", ".mp3"),
    (b"\xff\xf3", ".mp3"),
    (b"\xff\xf2", ".mp3"),
    (b"Rar!", ".rar"),
    (b"7z\xbc\xaf", ".7z"),
    (b"\x1f\x8b", ".gz"),
)
_PARTS = (("word/document.xml", ".docx"), ("xl/workbook.xml", ".xlsx"), ("ppt/presentation.xml", ".pptx"))
_FAMILIES = (
    {".jpg", ".jpeg"}, {".tif", ".tiff"}, {".heic", ".heif"}, {".doc", ".xls", ".ppt"}, {".txt", ".csv"},
    {".mp4", ".mov", ".m4a"}, {".rtf", ".doc"},
)  # fmt: skip
_MARKUP = re.compile(rb"\s*(?:<!doctype html|<html|<script|<\?php|<svg|<!--|<\?xml)", re.IGNORECASE)
_LIKE_AN_ENDING = re.compile(r"\.(?=.*[a-z])[a-z0-9]{1,11}")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


@dataclass(frozen=True)
class Checked:
    """A file that is taken: the name it is shown under, and its type as its bytes tell."""

    name: str
    mime: str


def shown_name(name: str) -> str:
    """A file's name as text: without folders, control characters and what turns the direction of writing.

    At most 300 characters; the ending is kept.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cs"} and c not in _TURNING)
    clean = " ".join(clean.split()).strip(". ") or "tệp"
    if len(clean) <= MOST_NAME:
        return clean
    ending = PurePosixPath(clean).suffix[:20]
    return clean[: MOST_NAME - len(ending)] + ending


def check(name: str, content: bytes, most_mb: int) -> Checked:
    """Let a file pass as evidence, or refuse it.

    Args:
        name: as the person's device has it.
        content: all of it.
        most_mb: the size up to which files are taken.

    Raises:
        FileRefused: empty, too large, a program or made to look like something else, with macros, of a kind that is
            not taken, or not what its name says.
    """
    shown = shown_name(name)
    if not content:
        raise FileRefused(shown, "empty")
    if len(content) > most_mb * MEGABYTE:
        raise FileRefused(shown, "too_large", most_mb)
    ending = _ending(shown)
    if problem := _by_name(name, shown) or _by_start(content):
        raise FileRefused(shown, problem)
    found = _kind(content)
    if found in {"program", "macros", "packed", "broken"}:
        raise FileRefused(shown, found)
    kind = ending or found
    if kind not in TYPES:
        raise FileRefused(shown, "packed" if kind in PACKED else "type")
    if not _agree(found, kind):
        raise FileRefused(shown, "packed" if found in PACKED else "mismatch")
    return Checked(shown, TYPES[kind])


def _ending(name: str) -> str:
    """``.pdf``; nothing where what stands behind the last point is no ending, as in "Báo cáo ngày 12.3"."""
    ending = PurePosixPath(name).suffix.lower()
    return ending if _LIKE_AN_ENDING.fullmatch(ending) else ""


def _by_name(name: str, shown: str) -> str | None:
    if any(c in _TURNING for c in name):
        return "disguised"
    endings = [ending.strip().lower() for ending in PurePosixPath(shown).suffixes]
    last = endings[-1] if endings else ""
    if last in PROGRAMS:
        return "disguised" if any(e in TYPES for e in endings[:-1]) else "program"
    if last in WITH_MACROS:
        return "macros"
    # "baocao.exe.pdf" opens as a PDF: nothing hides in it that its bytes do not show.
    return "packed" if last in PACKED and last != ".zip" else None


def _by_start(content: bytes) -> str | None:
    is_windows = content.startswith(b"MZ") and b"\x00" in content[:64]
    if is_windows or content.startswith(_RUNS) or _MARKUP.match(content[:512]):
        return "program"
    # A disc image has its mark at this place: https://en.wikipedia.org/wiki/ISO_9660
    return "program" if content[0x8001:0x8006] == b"CD001" else None


def _kind(content: bytes) -> str:
    """The ending a file's bytes deserve; "program", "macros", "packed", "broken", or "" where they tell nothing."""
    if b"%PDF-" in content[:1024]:
        return ".pdf"
    if content.startswith(b"PK\x03\x04") or content.startswith(b"PK\x05\x06"):
        return _of_archive(content)
    if content.startswith(_OLE):
        return _of_ole(content)
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12], ".mp4")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return ".webp"
    known = (ending for start, ending in _SIGNATURES if content.startswith(start))
    return next(known, ".txt" if _is_text(content) else "")


def _of_ole(content: bytes) -> str:
    if _OLE_MACROS in content:
        return "macros"
    return "program" if _OLE_PROGRAM in content else ".doc"


def _of_archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                return "broken"
            if any(_OLE_PROGRAM in _beginning(archive, e) for e in _objects(entries)):
                return "program"
            declared = _beginning(archive, entries[0]) if entries and entries[0].filename == "mimetype" else b""
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError):
        return "broken"
    return _of_entries([entry.filename.lower() for entry in entries], declared.decode("ascii", "replace"))


def _objects(entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """What was laid into a document whole, such as a formula, a table, or any file."""
    return [entry for entry in entries if "oleobject" in entry.filename.lower()][:MOST_OBJECTS]


def _beginning(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as opened:
        return opened.read(OBJECT_BYTES)


def _of_entries(names: list[str], declared: str) -> str:
    endings = {PurePosixPath(name.rstrip(". ")).suffix for name in names}
    runs = endings & (PROGRAMS - {".xml"})  # the parts of a document are XML
    if any(name.endswith("vbaproject.bin") for name in names) or endings & WITH_MACROS:
        return "macros"
    if runs:
        return "program"
    office = next((ending for part, ending in _PARTS if part in names), None)
    if office:
        return office
    if open_document := next((e for e in (".odt", ".ods", ".odp") if TYPES[e] == declared), None):
        return "macros" if any(name.startswith(("basic/", "scripts/")) for name in names) else open_document
    return "packed" if endings & PACKED else ".zip"


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    start = content[:4096]
    return b"\x00" not in start and sum(b < 9 or 13 < b < 32 for b in start) == 0


def _agree(found: str, ending: str) -> bool:
    return found == ending or any({found, ending} <= family for family in _FAMILIES)
