"""One process to a data folder: a second one started by mistake would send everything twice."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Another process has the data folder. ``pid`` as it wrote it down, where it did."""

    def __init__(self, folder: Path, pid: str) -> None:
        super().__init__(f"{folder}: in use by another process{f' (pid {pid})' if pid else ''}; stop that one first")


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the folder until the block ends; the system lets go of it even after ``kill -9``.

    Raises:
        AlreadyRunning: somebody else holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "dondoc.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            raise AlreadyRunning(folder, file.read().strip()) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
