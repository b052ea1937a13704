"""Ask the running bot how it is: exit status 0 while all is well. For the container, which has no curl.

python healthcheck.py CONFIG
"""

from __future__ import annotations

import sys
import tomllib
import urllib.error
import urllib.request
from pathlib import Path

DEFAULT = "127.0.0.1:8787"


def main(config: Path) -> int:
    """Print the answer, for ``docker inspect``; where nothing listens by choice, nothing is wrong."""
    address = tomllib.loads(config.read_text("utf-8")).get("health", {}).get("listen", DEFAULT)
    if not address:
        return 0
    host, _, port = address.rpartition(":")
    host = "127.0.0.1" if host in {"", "0.0.0.0"} else host  # noqa: S104  (a comparison)
    try:
        with urllib.request.urlopen(f"http://{host}:{port}/healthz", timeout=8) as answer:
            print(answer.read().decode())  # noqa: T201
    except urllib.error.HTTPError as trouble:
        print(trouble.read().decode())  # noqa: T201
        return 1
    except OSError as error:
        print(error)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
