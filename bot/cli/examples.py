"""``export-examples``: confirmed notices as annotated files, to measure the reader with."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.cli.common import WRONG, add_config, with_settings
from bot.settings import Settings
from db import Database
from db.migrate import migrate
from domain.spelling import fold
from services.examples import Example, Examples, examples

OWN_EYES = 0o600  # the files hold the office's documents
OWN_FOLDER = 0o700


def main(arguments: list[str]) -> int:
    """``export-examples FOLDER [--all] --config FILE``."""
    parser = argparse.ArgumentParser(prog="python -m bot export-examples")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="new, or empty")
    parser.add_argument("--all", action="store_true", help="also notices in which nothing had to be corrected")
    add_config(parser)
    options = parser.parse_args(arguments[1:])
    return with_settings(options.config, lambda settings: _export(settings, options.folder, everything=options.all))


def _export(settings: Settings, folder: Path, *, everything: bool) -> int:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        print(f"{folder}: is not empty; expected a new or an empty folder", file=sys.stderr)
        return WRONG
    there = asyncio.run(_gather(settings))
    wanted = [e for e in there.found if everything or e.corrected]
    write(folder, wanted)
    print(_said(folder, there, len(wanted)))
    return 0


async def _gather(settings: Settings) -> Examples:
    migrate(settings.database_url)
    database = Database(settings.database_url)
    try:
        async with database.read() as session:
            return await examples(session)
    finally:
        await database.close()


def _said(folder: Path, there: Examples, written: int) -> str:
    lines = [f"{written} notices in {folder}. The files hold the office's documents: keep them as you keep these."]
    if right := len(there.found) - written:
        lines.append(f"{right} notices in which nothing was corrected were left out; --all takes them too.")
    if there.waiting:
        lines.append(f"{there.waiting} notices were left out: not every draft is issued or dropped yet.")
    if there.silent:
        lines.append(f"{there.silent} notices were left out: their words were not kept.")
    return "\n".join(lines)


def write(folder: Path, wanted: Sequence[Example]) -> None:
    """NAME.txt and NAME.gold.json for each notice, and an index.json; for the owner's eyes alone.

    Args:
        folder: made where it is not there.
        wanted: the notices, in the order of the index.
    """
    folder.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
    for one in wanted:
        _put(folder / f"{_name(one)}.txt", one.text)
        _put(folder / f"{_name(one)}.gold.json", _json({"document": one.document, "directives": one.directives}))
    _put(folder / "index.json", _json([_entry(one) for one in wanted]))


def _entry(one: Example) -> dict[str, Any]:
    head = one.document
    return {
        "file": f"{_name(one)}.txt",
        "gold": f"{_name(one)}.gold.json",
        "doc_type": head["doc_type"],
        "number": head["number"],
        "date": head["date"],
        "issuer": head["issuer"],
        "directives": len(one.directives),
        "deadlines": sum(d["deadline"] is not None for d in one.directives),
        "recurring": sum(d["recurring"] is not None for d in one.directives),
        "completeness": "full",
    }


def _name(one: Example) -> str:
    words = fold(str(one.document["number"] or one.document["doc_type"] or "van ban"))
    return f"{one.id:04d}_{re.sub(r'[^a-z0-9]+', '_', words).strip('_')[:60]}"


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _put(path: Path, text: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN_EYES), "w", encoding="utf-8") as file:
        file.write(text)
