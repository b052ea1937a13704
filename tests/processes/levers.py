"""What a test can do to a running program from outside: move its clock, and have it die at a named point.

A small file says so; the program under test (``tests.processes.failing``) looks at it each time it matters, and
writes down how often it has ticked and looked at its outbox, so that "nothing more happens" can be waited for.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.steady import since_boot
from tests.patience import WITHIN_S

LEVERS = "LEVERS"  # the variable with the file's address
AT_REST = "at rest"  # beats when a look at the outbox left nothing there that only waits for a limit of speed
AGAIN_S = 0.02  # between two looks at a condition nobody tells us of


@dataclass
class Levers:
    """Both ends: the test writes and waits, the program reads and beats."""

    path: Path
    _seen: tuple[int, int] | None = None
    _now: dict[str, Any] = field(default_factory=dict)

    # --- the test's end ---

    def set(self, **changes: Any) -> None:
        """Change some of it at once."""
        _write(self.path, {**self.read(), **changes})

    def move_to(self, moment: datetime) -> None:
        """Time goes by at once up to this moment, as while the machine sleeps or nothing is running."""
        self.set(ahead=(moment - datetime.now(UTC)).total_seconds())

    def step_clock(self, by: timedelta) -> None:
        """The machine's clock is set wrong by so much from now on; no time goes by."""
        self.set(step=by.total_seconds())

    def die_at(self, point: str, words: str = "") -> None:
        """``kill -9`` at the next passing of a point with these words in hand."""
        self.set(point=point, words=words, raises=False)

    def fail_at(self, point: str, words: str = "") -> None:
        """The same, only that an error is raised there, each time."""
        self.set(point=point, words=words, raises=True)

    def live(self) -> None:
        """No more dying."""
        self.set(point=None, words="")

    @property
    def pulse(self) -> dict[str, int]:
        """How often the program has done what; all are 0 before it runs."""
        try:
            found: dict[str, int] = json.loads(self._pulse.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        return found

    async def beats(self, *names: str, times: int = 2) -> None:
        """Wait until each of these was done so often from now on; the last of them has then begun after now."""
        before = self.pulse
        await until(lambda: all(self.pulse.get(name, 0) >= before.get(name, 0) + times for name in names))

    # --- the program's end ---

    def read(self) -> dict[str, Any]:
        """What is asked now."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return {}
        if self._seen != (found.st_ino, found.st_mtime_ns):
            self._now = json.loads(self.path.read_text("utf-8"))
            self._seen = (found.st_ino, found.st_mtime_ns)
        return self._now

    def moment(self) -> datetime:
        """The moment it really is in the world of the test."""
        return datetime.now(UTC) + timedelta(seconds=self.read().get("ahead", 0.0))

    def wall(self) -> datetime:
        """What the machine's clock says."""
        return self.moment() + timedelta(seconds=self.read().get("step", 0.0))

    def elapsed(self) -> float:
        """Seconds that have passed, those asleep included."""
        return since_boot() + float(self.read().get("ahead", 0.0))

    def beat(self, name: str) -> None:
        """Something was done once more."""
        done = self.pulse
        _write(self._pulse, {**done, name: done.get(name, 0) + 1})

    @property
    def _pulse(self) -> Path:
        return self.path.with_suffix(".pulse")


async def until(ready: Callable[[], object]) -> None:
    """Wait for something of which nobody tells us: a commit, a file.

    Raises:
        TimeoutError: it did not come true.
    """
    async with asyncio.timeout(WITHIN_S):
        while True:
            if ready():
                return
            await asyncio.sleep(AGAIN_S)


def _write(path: Path, content: Any) -> None:
    """In one step: whoever reads finds the old or the new, never a half."""
    fresh = path.with_suffix(f"{path.suffix}.{os.getpid()}")
    fresh.write_text(json.dumps(content), "utf-8")
    fresh.replace(path)
