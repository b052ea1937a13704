"""Build the program's own templates anew: ``python -m exports.templates.make``."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from exports.templates import FOLDER, NAMES, build, form_of


def main() -> None:
    """Write all of them."""
    for name in NAMES:
        (FOLDER / form_of(name).file).write_bytes(made(name))


def made(name: str) -> bytes:
    """A template as a file, the same bytes each time: no moment of writing is in it."""
    built, kept = BytesIO(), BytesIO()
    build(name).save(built)
    with ZipFile(built) as parts, ZipFile(kept, "w") as same:
        for part in parts.namelist():
            same.writestr(ZipInfo(part), parts.read(part), ZIP_DEFLATED)
    return kept.getvalue()


if __name__ == "__main__":
    main()
