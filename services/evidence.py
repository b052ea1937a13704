"""Kept files: by their hash under the data folder, the original name as text only."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Store:
    """A folder of files named by their SHA-256. Writing the same bytes twice keeps one file."""

    folder: Path

    def keep(self, content: bytes) -> str:
        """Write bytes to disk, safely before the row that names them is committed. Gives their hash."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        if path.exists():
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f"{digest}.{os.getpid()}.half")
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
        return digest

    def path(self, digest: str) -> Path:
        """Where the file of a hash lies.

        Raises:
            ValueError: it is no SHA-256 in hexadecimal.
        """
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
            raise ValueError(f"no hash: {digest!r}")
        return self.folder / digest[:2] / digest

    def read(self, digest: str) -> bytes:
        """The bytes of a kept file."""
        return self.path(digest).read_bytes()
