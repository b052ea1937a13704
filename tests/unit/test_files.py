"""What is taken as evidence, told by real bytes: every kind that is taken, and every way to smuggle something in."""

from __future__ import annotations

import io
import zipfile

import pytest

from domain.errors import FileRefused
from domain.files import MEGABYTE, MOST_NAME, TYPES, check, shown_name
from texts.refusals import refusal

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
MZ = b"MZ\x90\x00" + bytes(100)


def packed(*names: str, first: tuple[str, bytes] | None = None) -> bytes:
    """An archive with these entries."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        if first:
            archive.writestr(*first)
        for name in names:
            archive.writestr(name, b"<x/>")
    return target.getvalue()


def open_document(kind: str, *names: str) -> bytes:
    return packed("content.xml", *names, first=("mimetype", TYPES[kind].encode()))


WORD = packed("[Content_Types].xml", "word/document.xml", "word/media/image1.png")
SHEET = packed("[Content_Types].xml", "xl/workbook.xml")
SLIDES = packed("[Content_Types].xml", "ppt/presentation.xml")

TAKEN = [
    ("Báo cáo tuần.pdf", b"%PDF-1.7\n...", "application/pdf"),
    ("bao-cao.docx", WORD, TYPES[".docx"]),
    ("biểu 02.xlsx", SHEET, TYPES[".xlsx"]),
    ("trình chiếu.pptx", SLIDES, TYPES[".pptx"]),
    ("a.odt", open_document(".odt"), TYPES[".odt"]),
    ("a.ods", open_document(".ods"), TYPES[".ods"]),
    ("cũ.doc", OLE, "application/msword"),
    ("cũ.xls", OLE, "application/vnd.ms-excel"),
    ("cũ.doc", b"{\\rtf1 xin", "application/msword"),
    ("a.rtf", b"{\\rtf1 xin", "application/rtf"),
    ("ghi chú.txt", "Đã xong".encode(), "text/plain"),
    ("ghi chú.txt", "Đã xong".encode("utf-16"), "text/plain"),
    ("số liệu.csv", b"xa;so\nAn Hoa;3\n", "text/csv"),
    ("ảnh.jpg", b"\xff\xd8\xff\xe0" + bytes(20), "image/jpeg"),
    ("ảnh.JPEG", b"\xff\xd8\xff\xe1" + bytes(20), "image/jpeg"),
    ("ảnh.png", b"\x89PNG\r\n\x1a\n" + bytes(20), "image/png"),
    ("ảnh.gif", b"GIF89a" + bytes(20), "image/gif"),
    ("ảnh.webp", b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
    ("ảnh.heic", b"\x00\x00\x00\x18ftypheic" + bytes(20), "image/heic"),
    ("bản quét.tif", b"II*\x00" + bytes(20), "image/tiff"),
    ("hiện trường.mp4", b"\x00\x00\x00\x18ftypisom" + bytes(20), "video/mp4"),
    ("hiện trường.mov", b"\x00\x00\x00\x14ftypqt  " + bytes(20), "video/quicktime"),
    ("họp.mp3", b"ID3\x03" + bytes(20), "audio/mpeg"),
    ("họp.mp3", b"\xff\xfb\x90\x00" + bytes(20), "audio/mpeg"),
    ("họp.ogg", b"OggS" + bytes(20), "audio/ogg"),
    ("hồ sơ.zip", packed("1. Tờ trình.docx", "2. Biểu.xlsx"), "application/zip"),
    ("document_u1", b"%PDF-1.4\n", "application/pdf"),
    ("Báo cáo ngày 12.3", b"%PDF-1.4\n", "application/pdf"),
    ("bao.cao.exe.pdf", b"%PDF-1.4\n", "application/pdf"),
    ("MZ là tên xã.txt", b"MZ la ten mot thon", "text/plain"),
]


@pytest.mark.parametrize(("name", "content", "mime"), TAKEN)
def test_what_offices_send_is_taken_and_its_kind_told_by_its_bytes(name: str, content: bytes, mime: str) -> None:
    found = check(name, content, 20)
    assert (found.name, found.mime) == (name, mime)


def test_every_kind_but_those_alike_is_tried_above() -> None:
    tried = {mime for *_, mime in TAKEN}
    assert {m for m in TYPES.values() if m not in tried} == {TYPES[".odp"], TYPES[".ppt"], TYPES[".m4a"]}


REFUSED = [
    ("rỗng.pdf", b"", "empty"),
    ("nặng.pdf", b"%PDF-" + bytes(MEGABYTE), "too_large"),
    ("cài đặt.exe", MZ, "program"),
    ("báo cáo.pdf", MZ, "program"),
    ("bao-cao", MZ, "program"),
    ("bao-cao", b"\x7fELF" + bytes(50), "program"),
    ("bao-cao.docx", b"\xcf\xfa\xed\xfe" + bytes(50), "program"),
    ("bao-cao.txt", b"#!/bin/sh\nrm -rf x", "program"),
    ("bao-cao.txt", b"<html><script>1</script>", "program"),
    ("bao-cao.doc", b"<!DOCTYPE html><p>x", "program"),
    ("bao-cao.jpg", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(50), "program"),
    ("a.iso", bytes(0x8001) + b"CD001" + bytes(50), "program"),
    ("a.zip", bytes(0x8001) + b"CD001" + bytes(50), "program"),
    *((f"a{ending}", b"echo 1", "program") for ending in (".bat", ".cmd", ".ps1", ".vbs", ".js", ".hta", ".lnk")),
    *((f"a{ending}", packed("x.txt"), "program") for ending in (".jar", ".apk")),
    ("a.scr ", MZ, "program"),
    ("a.exe.", MZ, "program"),
    ("baocao.pdf.exe", MZ, "disguised"),
    ("baocao.docx .js", b"x()", "disguised"),
    ("baocao\u202efdp.exe", MZ, "disguised"),
    ("baocao\u202efdp.docx", WORD, "disguised"),
    ("a.docm", WORD, "macros"),
    ("a.xlsm", SHEET, "macros"),
    ("a.docx", packed("word/document.xml", "word/vbaProject.bin"), "macros"),
    ("a.xls", OLE + "_VBA_PROJECT".encode("utf-16-le"), "macros"),
    ("a.odt", open_document(".odt", "Basic/Standard/Module1.xml"), "macros"),
    ("a.zip", packed("macro.xlsm"), "macros"),
    ("a.docx", packed("word/document.xml", "word/embeddings/a.exe"), "program"),
    ("a.doc", OLE + "\x01Ole10Native".encode("utf-16-le"), "program"),
    ("a.zip", packed("Tờ trình.docx", "cài.bat"), "program"),
    ("a.zip", packed("Tờ trình.docx.exe"), "program"),
    ("a.zip", packed("bên trong.zip"), "packed"),
    ("a.rar", b"Rar!\x1a\x07\x00", "packed"),
    ("a.pdf", b"Rar!\x1a\x07\x00" + bytes(9), "packed"),
    ("a.7z", b"7z\xbc\xaf\x27\x1c", "packed"),
    ("a.docx", b"PK\x03\x04 not really", "broken"),
    ("a.docx", SHEET, "mismatch"),
    ("a.docx", OLE, "mismatch"),
    ("a.pdf", WORD, "mismatch"),
    ("a.jpg", b"%PDF-1.4\n", "mismatch"),
    ("a.pdf", b"chi la chu", "mismatch"),
    ("a.png", b"\x00\x01\x02" + bytes(30), "mismatch"),
    ("a.xyz", b"chu", "type"),
    ("a.psd", b"8BPS" + bytes(9), "type"),
    ("không tên", b"\x00\x01\x02" + bytes(30), "type"),
]


@pytest.mark.parametrize(("name", "content", "problem"), REFUSED)
def test_what_is_not_taken_is_refused_with_its_reason(name: str, content: bytes, problem: str) -> None:
    with pytest.raises(FileRefused) as refused:
        check(name, content, 1)
    assert refused.value.problem == problem
    assert refusal(refused.value).endswith(".")


def test_a_package_laid_into_a_document_is_found() -> None:
    target = io.BytesIO(packed("word/document.xml"))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("word/embeddings/oleObject1.bin", OLE + "\x01Ole10Native".encode("utf-16-le"))
    with pytest.raises(FileRefused, match="program"):
        check("a.docx", target.getvalue(), 1)


def test_a_formula_laid_into_a_document_does_no_harm() -> None:
    target = io.BytesIO(packed("word/document.xml"))
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("word/embeddings/oleObject1.bin", OLE + "Equation Native".encode("utf-16-le"))
    assert check("a.docx", target.getvalue(), 1).mime == TYPES[".docx"]


def test_what_unpacks_without_end_is_not_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(200 * MEGABYTE))
    assert len(target.getvalue()) < MEGABYTE
    assert check("a.docx", target.getvalue(), 1).mime == TYPES[".docx"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\nam\\Báo cáo.docx", "Báo cáo.docx"),
        ("hai\ndòng\x00.pdf", "haidòng.pdf"),
        ("  nhiều   chỗ trống .pdf", "nhiều chỗ trống .pdf"),
        ("\u202egnp.exe", "gnp.exe"),
        ("...", "tệp"),
        ("", "tệp"),
    ],
)
def test_a_name_is_text_and_nothing_else(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_a_long_name_keeps_its_ending() -> None:
    assert len(shown_name("a" * 500 + ".docx")) == MOST_NAME
    assert shown_name("a" * 500 + ".docx").endswith("a.docx")
