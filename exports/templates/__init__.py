"""The program's own templates: a module per paper names its variables and builds the ``.docx`` beside it."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from exports.forms import Form

if TYPE_CHECKING:
    from docx.document import Document

FOLDER = Path(__file__).parent
NAMES = ("giao_ban", "trich_luc", "bao_cao_ky", "cong_van_don_doc", "ket_qua_thuc_hien", "bang_diem")
"""Each the name of a module here, with ``FORM`` and ``build() -> Document``, and of the file beside it."""


@cache
def form_of(name: str) -> Form:
    """What a paper's template may name.

    Raises:
        KeyError: there is no such paper.
    """
    if name not in NAMES:
        raise KeyError(name)
    form: Form = import_module(f"{__name__}.{name}").FORM
    return form


def build(name: str) -> Document:
    """The template, made anew from the blocks."""
    made: Document = import_module(f"{__name__}.{name}").build()
    made.core_properties.title = form_of(name).title
    made.core_properties.author = made.core_properties.comments = ""
    return made
