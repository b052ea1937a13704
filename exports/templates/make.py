"""Build the program's own templates anew, and the tables of their variables: ``python -m exports.templates.make``."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from exports.forms import HEADING, Field
from exports.templates import FOLDER, NAMES, build, form_of

PAGE = Path("docs/templates.md")
MARK = "<!-- python -m exports.templates.make -->\n"  # below it everything is written by this script


def main() -> None:
    """Write all of them."""
    for name in NAMES:
        (FOLDER / form_of(name).file).write_bytes(made(name))
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")


def made(name: str) -> bytes:
    """A template as a file, the same bytes each time: no moment of writing is in it."""
    built, kept = BytesIO(), BytesIO()
    build(name).save(built)
    with ZipFile(built) as parts, ZipFile(kept, "w") as same:
        for part in parts.namelist():
            same.writestr(ZipInfo(part), parts.read(part), ZIP_DEFLATED)
    return kept.getvalue()


def page(text: str) -> str:
    """The page about templates, with the variables of each as they are now."""
    parts = [f"\n## Biến có trong mọi mẫu\n\n{_table(HEADING)}"]
    for form in map(form_of, NAMES):
        own = [field for field in form.fields if field not in HEADING]
        parts.append(f"\n## {form.title}: {form.file}\n\n{_table(own)}")
    return text.partition(MARK)[0] + MARK + "".join(parts)


def _table(fields: Iterable[Field]) -> str:
    rows = ["| biến | nghĩa |", "|---|---|"]
    for field in fields:
        rows.append(f"| `{field.name}` | {field.meaning}{_marks(field)} |")
        rows += [f"| `{field.name}` → `{inner.name}` | {inner.meaning} |" for inner in field.of]
    return "\n".join(rows) + "\n"


def _marks(field: Field) -> str:
    known = (
        ("bắt buộc", field.required),
        ("danh sách", field.many or bool(field.of)),
        ("có hoặc không", field.is_switch),
    )
    said = ", ".join(word for word, is_so in known if is_so)
    return f" ({said})" if said else ""


if __name__ == "__main__":
    main()
