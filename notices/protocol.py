"""What the program and its reader say to each other: each message a length and a pickle; steps before an answer.

Pickle is safe here only because both ends are this program: the parent sends plain bytes and dates, and what comes back
was made by the child, from a document that was only ever parsed.
"""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO

LENGTH = struct.Struct(">Q")


@dataclass(frozen=True)
class Step:
    """Sent before an answer: which page of a scan is being recognised, from 1, and of how many."""

    page: int
    pages: int


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
