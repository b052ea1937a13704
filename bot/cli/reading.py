"""``parse`` and ``deadline``: what the reader makes of a document or a phrase, on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.calendar import OfficeCalendar
from domain.deadlines import Deadline, ImpossibleDate, read_deadline

if TYPE_CHECKING:
    from notices.model import ReadDirective, ReadNotice

INSTALL = ". Để đọc bản chụp, cài tesseract-ocr và tesseract-ocr-vie, hoặc dùng bản .docx"


def main(arguments: Sequence[str]) -> int:
    """Run ``parse`` or ``deadline``.

    Args:
        arguments: the command and what follows it on the command line.

    Returns:
        The exit status: 0, or 1 where no document could be read or the text is no deadline.
    """
    parser = argparse.ArgumentParser(prog="python -m bot")
    commands = parser.add_subparsers(dest="command", required=True)
    parse = commands.add_parser("parse", help="read the tasks of documents")
    parse.add_argument("files", nargs="+", metavar="FILE")
    parse.add_argument("--json", action="store_true", help="one JSON object per file and line")
    parse.add_argument(
        "--issued",
        type=date.fromisoformat,
        metavar="DATE",
        help="a day to count years from where the text lacks its own date",
    )
    parse.add_argument("--config", metavar="FILE", help="the office's settings, for its days off")
    deadline = commands.add_parser("deadline", help="read one deadline")
    deadline.add_argument("text", nargs="?")
    deadline.add_argument(
        "--issued", type=date.fromisoformat, metavar="DATE", help="the document's date; today when left out"
    )
    deadline.add_argument("--json", action="store_true")
    deadline.add_argument("--jsonl", action="store_true", help='lines {"text", "reference"} in, one answer each')
    options = parser.parse_args(arguments)
    return _parse(options) if options.command == "parse" else _deadline(options)


def _deadline(options: argparse.Namespace) -> int:
    if options.jsonl:
        for line in filter(str.strip, sys.stdin):
            print(json.dumps(_answer_line(line), ensure_ascii=False), flush=True)
        return 0
    issued = options.issued or date.today()  # noqa: DTZ011 - the command line is the edge: the person's own day
    answer = _answer(options.text or sys.stdin.read(), issued)
    print(json.dumps(answer, ensure_ascii=False) if options.json else _sentence(answer))
    return 0 if answer["date"] or answer["recurring"] else 1


def _answer_line(line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
        reference = asked.get("reference")
        return _answer(str(asked["text"]), date.fromisoformat(reference) if reference else None)
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        return {**_fields(None), "error": f"{type(error).__name__}: {error}"}


def _answer(text: str, issued: date | None) -> dict[str, Any]:
    try:
        return _fields(read_deadline(text, issued))
    except ImpossibleDate as error:
        return {**_fields(None), "warnings": [f"ngày không có thật: {error.given}"]}


def _fields(deadline: Deadline | None) -> dict[str, Any]:
    found = deadline or Deadline(None)
    return {
        "date": found.date.isoformat() if found.date else None,
        "start": found.start.isoformat() if found.start else None,
        "inclusive": found.inclusive,
        "time": f"{found.time:%H:%M}" if found.time else None,
        "text": found.text,
        "rule": found.rule,
        "recurring": found.recurring,
        "warnings": list(found.warnings),
    }


def _sentence(answer: dict[str, Any]) -> str:
    doubts = f" ({'; '.join(answer['warnings'])})" if answer["warnings"] else ""
    if answer["date"] is None:
        return (f"Lặp lại: {answer['recurring']}" if answer["recurring"] else "Không xác định được hạn") + doubts
    day = date.fromisoformat(answer["date"])
    edge = "đến hết" if answer["inclusive"] else "trước"
    hour = f" {answer['time']}" if answer["time"] else ""
    return f"{edge}{hour} ngày {day:%d/%m/%Y}{doubts}"


def _parse(options: argparse.Namespace) -> int:
    calendar = _calendar(options.config)
    failed = 0
    for file in options.files:
        notice = _read(Path(file), options.issued, calendar)
        failed += notice.refused is not None
        print(
            json.dumps(_notice(file, notice), ensure_ascii=False) if options.json else _listing(file, notice),
            flush=True,
        )
    return 1 if failed == len(options.files) else 0


def _calendar(config: str | None) -> OfficeCalendar:
    if config is None:
        return OfficeCalendar()
    import tomllib

    days = tomllib.loads(Path(config).read_text("utf-8")).get("calendar", {})
    return OfficeCalendar(frozenset(map(_day, days.get("closed", []))), frozenset(map(_day, days.get("made_up", []))))


def _day(written: date | str) -> date:
    return written if isinstance(written, date) else date.fromisoformat(written)


def _read(file: Path, reference: date | None, calendar: OfficeCalendar) -> ReadNotice:
    from notices.documents import document_text
    from notices.errors import DocumentError, NoTextLayer
    from notices.limits import limited
    from notices.model import ReadNotice
    from notices.reading import read_notice

    try:
        try:
            with limited():
                document = document_text(file.name, file.read_bytes())
                if not document.scanned:
                    return read_notice(document.paragraphs, None, calendar, reference=reference)
        except NoTextLayer:
            pass
        return _recognise(file, reference, calendar)
    except DocumentError as error:
        return ReadNotice(refused=f"{type(error).__name__}: {error}".rstrip(": "))
    except OSError as error:
        return ReadNotice(refused=f"{type(error).__name__}: {error.strerror}")


def _recognise(file: Path, reference: date | None, calendar: OfficeCalendar) -> ReadNotice:
    """A scan or a photo; whoever types its name on the command line answers for its being no secret."""
    from notices.doubts import with_doubts
    from notices.limits import limited
    from notices.ocr import PAGE_SECONDS
    from notices.reading import read_notice
    from notices.recognition import MAX_SCANNED_PAGES, recognised

    def progress(page: int, pages: int) -> None:
        print(f"{file}: đang nhận dạng trang {page}/{pages}…", file=sys.stderr, flush=True)

    with limited(MAX_SCANNED_PAGES * PAGE_SECONDS):
        scan = recognised([(file.name, file.read_bytes())], progress)
        return with_doubts(read_notice(scan.paragraphs, None, calendar, reference=reference), scan)


def _notice(file: str, notice: ReadNotice) -> dict[str, Any]:
    head = notice.header
    return {
        "file": file,
        "document": {
            "number": head.number,
            "date": head.date.isoformat() if head.date else None,
            "issuer": head.issuer,
            "signer": head.signer,
            "title": head.title,
            "doc_type": head.doc_type,
            "urgency": notice.urgency,
        },
        "directives": [_directive(d) for d in notice.directives],
        "left_out": list(notice.left_out),
        "giving": notice.giving,
        "refused": notice.refused,
        **({"doubtful": list(notice.doubtful)} if notice.scanned else {}),
    }


def _directive(directive: ReadDirective) -> dict[str, Any]:
    quote: dict[str, Any] = {"text": directive.quote.text}
    if directive.quote.page is not None:
        quote["page"] = directive.quote.page
    else:
        quote["paragraph"] = directive.quote.paragraph
    deadline = directive.deadline
    return {
        "ref": directive.ref,
        "text": directive.text,
        "quote": quote,
        "lead": list(directive.lead),
        "coordinating": list(directive.coordinating),
        "deadline": _fields(deadline) if deadline else None,
        "recurring": directive.recurring,
        "product": directive.product,
        "receiver": directive.receiver,
        "except": list(directive.excepted),
        "group": directive.group,
        "warnings": [*directive.warnings, *(deadline.warnings if deadline else ())],
    }


def _listing(file: str, notice: ReadNotice) -> str:
    if notice.refused:
        hint = INSTALL if notice.refused.startswith("RecognitionMissing") else ""
        return f"{file}: không đọc được ({notice.refused}){hint}"
    head = notice.header
    day = f"{head.date:%d/%m/%Y}" if head.date else "không rõ ngày"
    lines = [
        f"{file}",
        f"{head.doc_type or 'Văn bản'} số {head.number or 'không rõ'}, {day}. {len(notice.directives)} nhiệm vụ.",
    ]
    for number, directive in enumerate(notice.directives, 1):
        lines.extend(_lines(number, directive))
    if notice.scanned:
        lines.append(f"Đọc từ bản chụp; chữ khó đọc: {', '.join(notice.doubtful) or 'không có'}")
    lines.extend(f"Chưa vào bảng: {sentence}" for sentence in notice.left_out)
    return "\n".join(lines)


def _lines(number: int, directive: ReadDirective) -> list[str]:
    lead = ", ".join("các cơ quan, đơn vị" if name == "all units" else name for name in directive.lead)
    lines = [f"{number}. [{directive.ref}] {directive.text}", f"   Chủ trì: {lead}"]
    if directive.coordinating:
        lines.append(f"   Phối hợp: {', '.join(directive.coordinating)}")
    if directive.deadline:
        lines.append(f"   Hạn: {_sentence(_fields(directive.deadline))} ({directive.deadline.text})")
    if directive.recurring:
        lines.append(f"   Lặp lại: {directive.recurring}")
    if directive.warnings:
        lines.append(f"   Cần xem: {'; '.join(directive.warnings)}")
    return lines
