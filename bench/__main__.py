"""``python -m bench [NAME...]``: every measurement one after the other, or those named.

Each is a module of this package with a ``main()``, run in a process of its own so that none warms up another.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

NAMES = ("reading", "start", "delivery", "kill")


def main() -> int:
    there = [name for name in NAMES if (Path(__file__).parent / f"{name}.py").exists()]
    wanted = sys.argv[1:] or there
    if unknown := [name for name in wanted if name not in there]:
        print(f"no such measurement: {', '.join(unknown)}; there are {', '.join(there)}", file=sys.stderr)
        return 2
    failed = [name for name in wanted if not _run(name)]
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _run(name: str) -> bool:
    print(f"\n== {name} ==", flush=True)
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False)
    print(f"   ({time.perf_counter() - began:.0f} s)", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
