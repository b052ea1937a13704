"""The reader's own process: ``python -m notices.child``.

It answers one request after another on its standard streams, each a length and a pickle. Pickle is safe in
this direction only because both
ends are this program: the parent sends plain bytes and dates, and what comes back was made here, from a
document that was only ever parsed.
"""

from __future__ import annotations

import pickle
import struct
import sys
from typing import Any, BinaryIO

LENGTH = struct.Struct(">Q")


def send(stream: BinaryIO, message: object) -> None:
    """Write one message."""
    data = pickle.dumps(message)
    stream.write(LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Read one message; None at the end of the stream."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    return pickle.loads(stream.read(LENGTH.unpack(head)[0]))  # noqa: S301 - see above


def answer(request: dict[str, Any]) -> object:
    """What a request asks for: the text of a document, or the notice read from it.

    Raises:
        DocumentError: as ``documents.document_text``.
    """
    from notices.documents import document_text
    from notices.errors import SecretDocument
    from notices.reading import read_notice
    from notices.secrecy import secrecy_in_name, secrecy_mark

    if request["task"] == "ready":
        _warm()
        return True
    document = document_text(request["name"], request["content"])
    mark = secrecy_in_name(request["name"]) or secrecy_mark(p.text for p in document.paragraphs)
    if mark:
        raise SecretDocument(mark)
    if request["task"] == "text":
        return document.text
    return read_notice(document.paragraphs, request["issued"], request["calendar"], reference=request["reference"])


def _warm() -> None:
    """Load what the first document would have to wait for."""
    from datetime import date

    import pypdfium2  # noqa: F401

    from domain.calendar import OfficeCalendar

    OfficeCalendar().is_working(date(2026, 1, 5))


def main() -> None:
    """Answer until the parent closes the stream."""
    from notices.errors import DocumentError, ReadingFailed, UnreadableDocument
    from notices.limits import limit_memory

    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing a library prints may stand between two answers
    limit_memory()
    while (request := receive(source)) is not None:
        reply: object
        try:
            reply = answer(request)
        except DocumentError as error:
            reply = error
        except (MemoryError, RecursionError):
            reply = ReadingFailed()
        except Exception as error:  # a document of a kind nobody has thought of must not end the reader
            reply = UnreadableDocument(f"{type(error).__name__}: {error}"[:300])
        send(sink, reply)


if __name__ == "__main__":
    main()
