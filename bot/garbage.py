"""Python's collector of cyclic garbage, told what kind of program this is.

What the start loads stays for good: the collector need not look through it while it is loaded, nor ever again. And a
morning's thousands of messages are no garbage, though the usual setting looks them through every 700 objects.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

THRESHOLDS = (20_000, 20, 50)  # new objects until a look; looks until a longer one; longer ones until a whole one


@contextmanager
def loading() -> Iterator[None]:
    """Nothing is collected in the block; what is there at its end is not looked at any more."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*THRESHOLDS)
        gc.enable()
