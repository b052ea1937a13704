"""Older and other documents (.doc, .odt, .rtf) turned into .docx by LibreOffice, where it is installed.

It runs on a document from outside, so it is given a folder and a profile of its own that vanish afterwards, no
network, no macros, little memory and time, and it ends with the process that asked for it.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import zipfile
from pathlib import Path

from notices.errors import (
    ConverterMissing,
    DocumentTooLarge,
    PasswordProtected,
    ReadingTookTooLong,
    UnreadableDocument,
)
from notices.limits import end_with_parent

SECONDS = 60.0  # one conversion takes two; the first on a slow machine loads 300 MB from its disk
MEMORY = 1536 * 1024 * 1024  # bytes of address space; a notice of four pages is turned in 512 MB
MAX_RESULT = 64 * 1024 * 1024  # bytes
MAX_UNPACKED = 64 * 1024 * 1024  # bytes of a packed source's XML
AGAIN = 81  # its exit status after it has made a new profile
FOLDER = "dondoc-chuyen-"
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # clone flags, linux/sched.h

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD_STREAM = "WordDocument".encode("utf-16-le")
WORD_HEAD = b"\xec\xa5"  # of the stream (MS-DOC 2.5.2); its flags say whether it is encrypted
ENCRYPTED_FLAG = 0x01
LOCKED = "EncryptedPackage".encode("utf-16-le")
ODT = b"application/vnd.oasis.opendocument.text"
RTF = b"{\\rtf"

# Links are not followed, macros not run, and what would still ask the network is sent to a closed door.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value>
</prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value>
</prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse">
<value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value>
</prop></item>
</oor:items>
"""


def convertible(content: bytes) -> str | None:
    """The kind of a document that LibreOffice has to turn: "doc", "odt" or "rtf"; None for any other.

    Raises:
        PasswordProtected: it is locked.
    """
    if content.startswith(OLE):
        return _word_before_2007(content)
    if content.startswith(RTF):
        return "rtf"
    if content[:4] == b"PK\x03\x04" and ODT in content[:200]:
        return "odt"
    return None


def _word_before_2007(content: bytes) -> str | None:
    if LOCKED in content:
        raise PasswordProtected
    if WORD_STREAM not in content:
        return None
    for at in range(512, min(len(content), 2 << 20), 512):
        if content.startswith(WORD_HEAD, at):
            if content[at + 11] & ENCRYPTED_FLAG:
                raise PasswordProtected
            break
    return "doc"


def as_docx(kind: str, content: bytes, *, program: Path | None = None, seconds: float = SECONDS) -> bytes:
    """A document turned into .docx.

    Args:
        kind: as ``convertible`` says.
        content: its bytes.
        program: LibreOffice; looked for where programs are installed if None.
        seconds: how long it may take.

    Raises:
        ConverterMissing: LibreOffice is not installed.
        ReadingTookTooLong: it was stopped at the limit.
        UnreadableDocument: it could make nothing of the document.
        DocumentTooLarge: the document, or what it was turned into, unpacks to too much.
        PasswordProtected: the document is locked.
    """
    if kind == "odt":
        _check_packed(content)
    program = program or office()
    if program is None:
        raise ConverterMissing(kind)
    _sweep()
    with tempfile.TemporaryDirectory(prefix=f"{FOLDER}{os.getpid()}-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        source = folder / f"van-ban.{kind}"
        source.write_bytes(content)
        _profile(folder)
        _turn(program, source, seconds)
        return _result(folder / "out" / "van-ban.docx")


def office() -> Path | None:
    """LibreOffice's program: the one that does the work, not the script that starts it, so that it can be ended."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        return None
    worker = Path(found).resolve().with_name("soffice.bin")
    return worker if os.access(worker, os.X_OK) else Path(found)


def _check_packed(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if sum(m.file_size for m in members if m.filename.endswith(".xml")) > MAX_UNPACKED:
                raise DocumentTooLarge(MAX_UNPACKED)
            with archive.open("META-INF/manifest.xml") as manifest:
                if b"encryption-data" in manifest.read(MAX_UNPACKED):
                    raise PasswordProtected
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UnreadableDocument(f"odt: {error}") from error


def _sweep() -> None:
    """Remove the folders of processes that were killed in the middle; a document must not stay behind."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        owner = folder.name.removeprefix(FOLDER).partition("-")[0]
        if owner.isdigit() and not Path("/proc", owner).exists() and Path("/proc/self").exists():
            shutil.rmtree(folder, ignore_errors=True)


def _profile(folder: Path) -> None:
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(PROFILE, "utf-8")


def _turn(program: Path, source: Path, seconds: float) -> None:
    folder = source.parent
    command = [
        str(program),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        *("--convert-to", "docx:Office Open XML Text", "--outdir", str(folder / "out"), str(source)),
    ]
    status = AGAIN
    for _ in range(2):
        status = _run(command, folder, seconds) if status == AGAIN else status
    if status != 0:
        raise UnreadableDocument(f"{source.suffix}: LibreOffice ended with {status}")


def _run(command: list[str], folder: Path, seconds: float) -> int:
    """Run it in a process group of its own; the group is ended when the time is up, or this process is ended."""
    closed_door = "http://127.0.0.1:9"
    process = subprocess.Popen(  # noqa: S603 - our own arguments; the document's name is not among them
        command,
        cwd=folder,
        env={
            "PATH": os.environ.get("PATH", os.defpath),
            **{"HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"},
            **{"http_proxy": closed_door, "https_proxy": closed_door, "no_proxy": ""},
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_confined,  # the reader's child has one thread
    )
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise ReadingTookTooLong(seconds) from None
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _confined() -> None:
    """What the started process does to itself first."""
    end_with_parent()
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_FSIZE, MAX_RESULT)
    _limit(resource.RLIMIT_CORE, 0)
    libc = ctypes.CDLL(None)
    if hasattr(libc, "unshare"):  # refused on some machines; the profile's closed door remains
        libc.unshare(NEW_USER | NEW_NETWORK)


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _result(file: Path) -> bytes:
    try:
        if file.stat().st_size > MAX_RESULT:
            raise DocumentTooLarge(MAX_RESULT)
        return file.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableDocument("LibreOffice could not open it") from error
