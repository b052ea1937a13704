"""Build the program's own templates anew: ``python -m exports.templates.make``."""

from __future__ import annotations

from exports.templates import FOLDER, NAMES, build, form_of


def main() -> None:
    """Write all of them."""
    for name in NAMES:
        build(name).save(str(FOLDER / form_of(name).file))


if __name__ == "__main__":
    main()
