"""Documents that LibreOffice has to turn: what it may do, how it is stopped, and what is said without it."""

import io
import os
import stat
import subprocess
import zipfile
from pathlib import Path

import pytest

from notices import convert
from notices.convert import as_docx, convertible, office
from notices.documents import document_text
from notices.errors import (
    ConverterMissing,
    DocumentTooLarge,
    PasswordProtected,
    ReadingTookTooLong,
    UnreadableDocument,
    UnsupportedFormat,
)
from notices.worker import NoticeReader

needs_office = pytest.mark.skipif(office() is None, reason="LibreOffice is not installed")
RTF = (
    rb"{\rtf1\ansi\uc1 Giao Ph\u242?ng N\u7897?i v\u7909? r\u224? so\u225?t tr\u432?\u7899?c ng\u224?y 15/4/2027.\par}"
)
OFFICE = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
TEXT = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'


def odt(body, manifest=""):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {OFFICE} {TEXT} office:version="1.2"><office:body>'
            f"<office:text>{body}</office:text></office:body></office:document-content>",
        )
        name = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{name}"><manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry '
            f'manifest:full-path="content.xml" manifest:media-type="text/xml"/>{manifest}</manifest:manifest>',
        )
    return kept.getvalue()


def word_97(flags=0):
    head = bytearray(512)
    head[:8] = convert.OLE
    stream = bytearray(512)
    stream[:2] = convert.WORD_HEAD
    stream[11] = flags
    return bytes(head + stream) + convert.WORD_STREAM


def test_kinds_are_told_by_their_content():
    assert convertible(RTF) == "rtf"
    assert convertible(odt("")) == "odt"
    assert convertible(word_97()) == "doc"
    assert convertible(b"PK\x03\x04" + bytes(300)) is None
    with pytest.raises(UnsupportedFormat):
        document_text("a.xls", convert.OLE + bytes(2000))


@pytest.mark.parametrize(
    "locked", [lambda: word_97(flags=1), lambda: convert.OLE + convert.LOCKED, lambda: odt("", "<encryption-data/>")]
)
def test_locked_documents_are_named(locked):
    with pytest.raises(PasswordProtected):
        document_text("a", locked())


def test_without_libreoffice_it_is_said(monkeypatch):
    monkeypatch.setattr(convert, "office", lambda: None)
    with pytest.raises(ConverterMissing) as error:
        document_text("a.rtf", RTF)
    assert error.value.kind == "rtf"


def test_a_packed_document_that_would_fill_the_machine_is_not_turned():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", bytes(70 * 1024 * 1024))
    with pytest.raises(DocumentTooLarge):
        document_text("a.odt", kept.getvalue())


def pretender(folder, script):
    """A program in LibreOffice's place."""
    program = Path(folder) / "soffice.bin"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def test_it_is_ended_with_its_children_when_the_time_is_up(tmp_path):
    program = pretender(tmp_path, f"sleep 600 & echo $! > {tmp_path}/child; wait")
    with pytest.raises(ReadingTookTooLong):
        as_docx("rtf", RTF, program=program, seconds=0.5)
    child = (tmp_path / "child").read_text().strip()
    status = Path("/proc", child, "status")
    assert not status.exists() or "zombie" in status.read_text()


def test_it_runs_in_a_folder_of_its_own_that_vanishes(tmp_path):
    program = pretender(
        tmp_path, f'pwd > {tmp_path}/where; mkdir out; cp "$0" out/van-ban.docx; echo "$@" > {tmp_path}/asked'
    )
    assert as_docx("rtf", RTF, program=program).startswith(b"#!/bin/sh")
    where = Path((tmp_path / "where").read_text().strip())
    assert where.name.startswith(f"{convert.FOLDER}{os.getpid()}-")
    assert not where.exists()
    assert f"UserInstallation={where.as_uri()}/profile" in (tmp_path / "asked").read_text()


def test_it_may_not_take_all_memory(tmp_path):
    program = pretender(tmp_path, f"ulimit -v > {tmp_path}/memory; exit 1")
    with pytest.raises(UnreadableDocument):
        as_docx("rtf", RTF, program=program)
    assert int((tmp_path / "memory").read_text()) <= convert.MEMORY // 1024


def test_the_folder_of_a_killed_reader_is_swept(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended = subprocess.Popen(["true"])
    ended.wait()
    left = tmp_path / f"{convert.FOLDER}{ended.pid}-x"
    left.mkdir()
    with pytest.raises(UnreadableDocument):
        as_docx("rtf", RTF, program=pretender(tmp_path, "exit 1"))
    assert not left.exists()


@needs_office
@pytest.mark.parametrize("content", [RTF, odt("<text:p>Giao Phòng Nội vụ rà soát trước ngày 15/4/2027.</text:p>")])
def test_libreoffice_turns_them(content):
    assert document_text("a", content).text == "Giao Phòng Nội vụ rà soát trước ngày 15/4/2027."


@needs_office
def test_nothing_from_outside_the_document_is_taken_in(tmp_path):
    (tmp_path / "bi-mat.txt").write_text("noi dung rieng")
    source = f'<text:section-source xlink:type="simple" xlink:href="file://{tmp_path}/bi-mat.txt"/>'
    body = f'<text:section text:name="a">{source}<text:p>cũ</text:p></text:section><text:p>Giao Sở Y tế.</text:p>'
    assert "noi dung rieng" not in document_text("a.odt", odt(body)).text


@needs_office
def test_a_damaged_document_is_refused():
    with pytest.raises(UnreadableDocument):
        document_text("a.doc", word_97())


@needs_office
async def test_a_short_notice_does_not_wait_for_libreoffice():
    import asyncio

    reader = NoticeReader()
    try:
        await reader.warm_up()
        slow = asyncio.create_task(reader.text_of("a.rtf", RTF))
        await asyncio.sleep(0)
        await reader.text_of("a.txt", "Giao Phòng Nội vụ".encode())
        assert not slow.done()
        assert "Phòng Nội vụ" in await slow
    finally:
        await reader.close()
