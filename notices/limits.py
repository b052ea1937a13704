"""How much a reader may take: memory and time (a document from outside may be made to exhaust both)."""

from __future__ import annotations

import ctypes
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from notices.errors import ReadingFailed, ReadingTookTooLong

MAX_BYTES = 20 * 1024 * 1024  # of a file
MEMORY = 512 * 1024 * 1024  # bytes of address space
SECONDS = 20
DIES_WITH_PARENT = 1  # prctl(PR_SET_PDEATHSIG), linux/prctl.h


def limit_memory() -> None:
    """Cap the address space of this process for good; allocations beyond it raise ``MemoryError``."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    cap = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (cap, hard))


def end_with_parent() -> None:
    """Let the kernel end this process when the one that started it ends, however that ends (Linux)."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(DIES_WITH_PARENT, signal.SIGKILL)


@contextmanager
def limited(seconds: float = SECONDS) -> Iterator[None]:
    """Read one document in this process: memory capped, and stopped after ``seconds``. Main thread only.

    Raises:
        ReadingTookTooLong: the time was up.
        ReadingFailed: the memory was.
    """
    limit_memory()

    def stop(signum: int, frame: FrameType | None) -> None:
        raise ReadingTookTooLong(seconds)

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except (MemoryError, RecursionError) as error:
        raise ReadingFailed from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
