"""Papers drawn from templates: the office's own where it has a good one, the program's otherwise.

Everything here runs in the child process that draws (``ChartRoom.draw``). Templates may compute nothing but what the
sandbox of the engine allows: a file that somebody was sent must not become a program.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from domain.sheets import Facts, Problem, Trouble
from exports.decree30 import finish
from exports.forms import Form
from exports.templates import FOLDER, NAMES, form_of

if TYPE_CHECKING:
    from jinja2 import Environment, TemplateError

log = logging.getLogger(__name__)

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]"
)  # in XML; \a and \f mean something to docxtpl
_NAMED = re.compile(r"'(\w+)'(?: is undefined)?$")
_NEAR = 60  # characters
_COMMAND = re.compile(r"{{.*?}}|{%.*?%}")
_MARKUP = re.compile(r"</?w:[^>]*>")
_ALONE = {
    "for": "{}{{% endfor %}}",
    "if": "{}{{% endif %}}",
    "elif": "{{% if a %}}{}{{% endif %}}",
    "else": "{{% if a %}}{}{{% endif %}}",
    "endif": "{{% if a %}}{}",
    "endfor": "{{% for a in b %}}{}",
}
"""What makes a command whole that cannot stand alone."""


def draw(template: str, facts: Facts, folder: str = "") -> bytes:
    """Draw a paper.

    Args:
        template: its kind, one of ``exports.templates.NAMES``.
        facts: a value for each variable of its form, in words.
        folder: where the office keeps its own templates; empty for none.

    Returns:
        a .docx file.

    Raises:
        ValueError: the facts are not those of the form.
    """
    form = form_of(template)
    if facts.keys() != form.names:
        raise ValueError(f"{template}: {sorted(facts.keys() ^ form.names)}")
    own = _own(form, folder)
    if own is not None and problem(template, folder) is None:
        try:
            return _filled(own, facts)
        except Exception:  # whatever an office's file does: the paper has to come out
            log.warning("%s could not be filled", own.name, exc_info=True, extra={"action": "template_wrong"})
            return _filled(FOLDER / form.file, facts)
    return _filled(FOLDER / form.file, facts)


def problem(template: str, folder: str) -> Problem | None:
    """What is wrong with the office's template of a paper; None where it is right, or where there is none."""
    form = form_of(template)
    own = _own(form, folder)
    if own is None:
        return None
    known = own.stat()
    return _checked(own, template, known.st_mtime_ns, known.st_size)


def problems(folder: str) -> tuple[Problem, ...]:
    """What is wrong with the office's templates, all of them.

    Args:
        folder: where they are; empty for none.
    """
    if not folder:
        return ()
    place = Path(folder)
    if not place.is_dir():
        return (Problem(Trouble.NO_FOLDER, folder),)
    found = [problem(name, folder) for name in NAMES]
    return (*filter(None, found), *_strays(place))


def _strays(place: Path) -> Iterator[Problem]:
    known = {form_of(name).file for name in NAMES}
    for file in sorted(place.glob("*.docx")):
        if file.name not in known and not file.name.startswith("~$"):  # Word's mark of an open file
            meant = get_close_matches(file.name, known, 1)
            yield Problem(Trouble.STRAY, file.name, instead=meant[0] if meant else "")


def _own(form: Form, folder: str) -> Path | None:
    path = Path(folder) / form.file
    return path if folder and path.is_file() else None


@lru_cache(maxsize=64)
def _checked(path: Path, template: str, _changed_ns: int, _size: int) -> Problem | None:
    return check(path, form_of(template))


def check(path: Path, form: Form) -> Problem | None:
    """What is wrong with a template.

    Args:
        path: the file.
        form: what it may name.
    """
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError

    try:
        named = DocxTemplate(str(path)).get_undeclared_template_variables(_engine())
        if (wrong := _wrong_names(path, form, named)) is not None:
            return wrong
        _filled(path, form.sample())
    except (PackageNotFoundError, BadZipFile, KeyError, OSError):
        return Problem(Trouble.UNREADABLE, path.name)
    except TemplateSyntaxError:
        return Problem(Trouble.SYNTAX, path.name, near=_misspelt(path))
    except UndefinedError as error:
        return _unknown(path, form, error)
    except TemplateError as error:
        return Problem(Trouble.FAILED, path.name, near=_near(error))
    except Exception as error:  # a file of whatever making
        return Problem(Trouble.FAILED, path.name, near=str(error)[:_NEAR])
    return None


def _wrong_names(path: Path, form: Form, named: set[str]) -> Problem | None:
    for name in sorted(named - form.names):
        meant = get_close_matches(name, form.names, 1)
        return Problem(Trouble.UNKNOWN, path.name, name, instead=meant[0] if meant else "")
    for field in form.fields:
        if field.required and field.name not in named:
            return Problem(Trouble.MISSING, path.name, field.name)
    return None


def _unknown(path: Path, form: Form, error: TemplateError) -> Problem:
    """A name inside a row that rows do not have."""
    found = _NAMED.search(str(error))
    name = found[1] if found else ""
    inside = [field.name for row in form.fields for field in row.of]
    meant = get_close_matches(name, inside, 1)
    return Problem(Trouble.UNKNOWN, path.name, name, near=_near(error), instead=meant[0] if meant else "")


def _misspelt(path: Path) -> str:
    """The first command that cannot be read by itself, or else the first that nothing ends."""
    from docxtpl import DocxTemplate
    from jinja2 import TemplateSyntaxError

    template = DocxTemplate(str(path))
    template.init_docx()
    commands: list[str] = _COMMAND.findall(_MARKUP.sub("", template.patch_xml(template.get_xml())))
    engine = _engine()
    for command in commands:
        alone = _ALONE.get(command.strip("{}%- ").split(" ")[0], "{}")
        try:
            engine.parse(alone.format(command))
        except TemplateSyntaxError:
            return command[:_NEAR]
    return _not_ended(commands)[:_NEAR]


def _not_ended(commands: Sequence[str]) -> str:
    begun: list[tuple[str, str]] = []
    for command in commands:
        word = command.strip("{}%- ").split(" ")[0]
        if word in ("for", "if"):
            begun.append((word, command))
        elif word in ("endfor", "endif") and (not begun or begun.pop()[0] != word.removeprefix("end")):
            return command
    return begun[0][1] if begun else ""


def _near(error: TemplateError) -> str:
    """The words of the template around a fault, as far as the library tells."""
    around = [line.strip() for line in getattr(error, "docx_context", ())]
    marked = [line for line in around if "{" in line] or [str(error)]
    return " ".join(marked[len(marked) // 2].split())[:_NEAR]


def _engine() -> Environment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _filled(path: Path, facts: Mapping[str, object]) -> bytes:
    from docxtpl import DocxTemplate

    template = DocxTemplate(str(path))
    template.render(_clean(facts), _engine(), autoescape=True)
    document = template.docx
    finish(document)
    document.core_properties.author = str(facts.get("co_quan", ""))
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _clean(value: Any) -> Any:
    """Words that a document can hold."""
    if isinstance(value, str):
        return FORBIDDEN.sub("", value.replace("\r\n", "\n").replace("\t", " "))
    if isinstance(value, Mapping):
        return {name: _clean(inner) for name, inner in value.items()}
    return [_clean(inner) for inner in value] if isinstance(value, list | tuple) else value
