"""``python -m bench [--quick] [NAME...]``: every measurement one after the other, or those named.

Each is a module of this package with a ``main()``, run in a process of its own so that none warms up another.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

NAMES = ("reading", "start", "delivery", "pace", "echo", "answers", "counting", "kill")
QUICK = {  # the same in a fraction of the time: what is measured is smaller
    "start": ["--times", "2", "--large", "100000"],
    "delivery": ["--sizes", "1000", "10000", "100000"],
    "pace": ["--sustained", "300", "--ways", "100", "--broadcast", "300", "--large", "600"],
    "echo": ["--reports", "200", "--times", "1"],
    "answers": ["--directives", "20000", "--times", "8"],
    "counting": ["--sizes", "1000", "10000", "--times", "6"],
    "kill": ["--reports", "150", "--reminders", "150", "--kills", "6"],
}


def main() -> int:
    there = [name for name in NAMES if (Path(__file__).parent / f"{name}.py").exists()]
    is_quick = "--quick" in sys.argv[1:]
    wanted = [name for name in sys.argv[1:] if name != "--quick"] or there
    if unknown := [name for name in wanted if name not in there]:
        print(f"no such measurement: {', '.join(unknown)}; there are {', '.join(there)}", file=sys.stderr)
        return 2
    failed = [name for name in wanted if not _run(name, QUICK.get(name, []) if is_quick else [])]
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _run(name: str, options: list[str]) -> bool:
    print(f"\n== {name} ==", flush=True)
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", f"bench.{name}", *options], check=False)
    print(f"   ({time.perf_counter() - began:.0f} s)", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
