"""The reader's own process, ``python -m notices.child``; requests and answers go over its standard streams."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from notices.protocol import Step, receive, send


def answer(request: dict[str, Any], progress: Callable[[int, int], None]) -> object:
    """What a request asks for: the text of a document, or the notice read from it.

    Args:
        request: ``task`` and what it needs.
        progress: told which page of a scan is being recognised, and of how many.

    Raises:
        DocumentError: as ``documents.document_text``, and as ``recognition``.
    """
    match request["task"]:
        case "ready":
            _warm()
            return True
        case "can_recognise":
            from notices.ocr import installed

            return bool(installed())
        case "recognise":
            return _recognised(request, progress)
        case "table":
            return _table(request)
        case _:
            return _read(request)


def _read(request: dict[str, Any]) -> object:
    from notices.documents import document_text
    from notices.errors import NoTextLayer, SecretDocument
    from notices.reading import read_notice
    from notices.secrecy import secrecy_in_name, secrecy_mark

    document = document_text(request["name"], request["content"])
    mark = secrecy_in_name(request["name"]) or secrecy_mark(p.text for p in document.paragraphs)
    if mark:
        raise SecretDocument(mark)
    if request["task"] == "text":
        return document.text
    if document.scanned:
        raise NoTextLayer(document.scanned)
    return read_notice(document.paragraphs, request["issued"], request["calendar"], reference=request["reference"])


def _table(request: dict[str, Any]) -> object:
    from notices.errors import SecretDocument
    from notices.grids import read_table
    from notices.secrecy import secrecy_in_name, secrecy_mark

    table = read_table(request["name"], request["content"])
    cells = (cell for sheet in table.sheets for line in sheet.lines for cell in line if isinstance(cell, str))
    if mark := secrecy_in_name(request["name"]) or secrecy_mark(cells):
        raise SecretDocument(mark)
    return table


def _recognised(request: dict[str, Any], progress: Callable[[int, int], None]) -> object:
    from notices.doubts import with_doubts
    from notices.errors import SecretDocument
    from notices.reading import read_notice
    from notices.recognition import recognised
    from notices.secrecy import secrecy_in_name

    for name, _ in request["files"]:
        if mark := secrecy_in_name(name):
            raise SecretDocument(mark)
    scan = recognised(request["files"], progress)
    paragraphs = scan.paragraphs
    notice = read_notice(paragraphs, request["issued"], request["calendar"], reference=request["reference"])
    return with_doubts(notice, scan)


def _warm() -> None:
    """Load what the first document would have to wait for."""
    from datetime import date

    import pypdfium2  # noqa: F401

    from domain.calendar import OfficeCalendar

    OfficeCalendar().is_working(date(2026, 1, 5))


def main() -> None:
    """Answer until the parent closes the stream."""
    from notices.errors import DocumentError, ReadingFailed, UnreadableDocument
    from notices.limits import end_with_parent, limit_memory

    end_with_parent()
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing a library prints may stand between two answers
    limit_memory()
    while (request := receive(source)) is not None:
        reply: object
        try:
            reply = answer(request, lambda page, pages: send(sink, Step(page, pages)))
        except DocumentError as error:
            reply = error
        except (MemoryError, RecursionError):
            reply = ReadingFailed()
        except Exception as error:  # a document of a kind nobody has thought of must not end the reader
            reply = UnreadableDocument(f"{type(error).__name__}: {error}"[:300])
        send(sink, reply)


if __name__ == "__main__":
    main()
