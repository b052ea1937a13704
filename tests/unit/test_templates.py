"""The templates of the papers: the program's own are what their makers build; an office's wrong one stops nothing."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from bot.__main__ import main
from bot.app import build as build_app
from bot.settings import load
from domain.sheets import Problem, Trouble
from exports import papers
from exports.templates import FOLDER, NAMES, form_of
from exports.templates.make import made, page
from texts.sheets import wrong_template

OWN = FOLDER / "trich_luc.docx"
FORM = form_of("trich_luc")


@pytest.fixture
def office(tmp_path: Path) -> Callable[..., str]:
    """An office's folder with a template in which some words were replaced."""

    def changed(**words: str) -> str:
        document = Document(str(OWN))
        for old, new in words.items():
            _replace(document, f"{{{{ {old} }}}}", new)
        document.save(str(tmp_path / OWN.name))
        return str(tmp_path)

    return changed


def _replace(document: Any, old: str, new: str) -> None:
    cells = [c for t in document.tables for r in t.rows for c in r.cells]
    for paragraph in (*document.paragraphs, *(p for c in cells for p in c.paragraphs)):
        for run in paragraph.runs:
            run.text = run.text.replace(old, new)


def drawn(folder: str) -> str:
    document = Document(BytesIO(papers.draw("trich_luc", FORM.sample(), folder)))
    return "\n".join(p.text for p in document.paragraphs)


def parts(document: Any) -> dict[str, bytes]:
    return {str(part.partname): part.blob for part in document.part.package.iter_parts()}


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_file_is_what_its_maker_builds(name: str) -> None:
    file = FOLDER / form_of(name).file
    assert parts(Document(BytesIO(made(name)))) == parts(Document(str(file))), "python -m exports.templates.make"


def test_the_page_about_templates_has_every_variable() -> None:
    written = (Path(__file__).parents[2] / "docs" / "templates.md").read_text("utf-8")
    assert page(written) == written, "python -m exports.templates.make"


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_template_names_what_there_is(name: str) -> None:
    form = form_of(name)
    assert form.name == name
    assert papers.check(FOLDER / form.file, form) is None


def test_the_paper_of_an_office_is_drawn_from_its_own_template(office: Callable[..., str]) -> None:
    folder = office(noi_dung="Mẫu của cơ quan: {{ noi_dung }}")
    assert papers.problems(folder) == ()
    assert "Mẫu của cơ quan: noi_dung & <1>" in drawn(folder)


BROKEN = {
    "an unknown variable": (
        {"noi_dung": "{{ noi_dung }} {{ nguyen_vam }}"},
        Problem(Trouble.UNKNOWN, OWN.name, "nguyen_vam", instead="nguyen_van"),
    ),
    "one of a row": (
        {"v.luc": "{{ v.lucc }}"},
        Problem(Trouble.UNKNOWN, OWN.name, "lucc", instead="luc"),
    ),
    "without one that is needed": ({"ma_niem_phong": ""}, Problem(Trouble.MISSING, OWN.name, "ma_niem_phong")),
    "a command that ends too early": ({"noi_dung": "{{ noi_dung | }}"}, Problem(Trouble.SYNTAX, OWN.name)),
    "a loop without end": ({"luc_lap": "{% for x in tep %}"}, Problem(Trouble.SYNTAX, OWN.name)),
    "what the sandbox forbids": ({"luc_lap": "{{ co_quan.__class__ }}"}, Problem(Trouble.FAILED, OWN.name)),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_wrong_template_is_told_and_not_used(case: str, office: Callable[..., str]) -> None:
    words, expected = BROKEN[case]
    folder = office(**words)
    (found,) = papers.problems(folder)
    assert (found.trouble, found.file, found.name) == (expected.trouble, expected.file, expected.name)
    assert found.instead == expected.instead
    told = wrong_template(found)
    assert OWN.name in told
    assert found.name in told
    assert "Đang dùng mẫu có sẵn" in told
    assert drawn(folder) == drawn("")


@pytest.mark.parametrize(
    "words",
    ["{{ nguoi_lap | }}", "{% if nguoi_lap %}", "{% fro nguoi_lap in tep %}", "{% endfor %}", "{{ nguoi_lap", "{% %}"],
)
def test_a_syntax_fault_says_where(words: str, office: Callable[..., str]) -> None:
    (found,) = papers.problems(office(nguoi_lap=words))
    assert found.trouble == Trouble.SYNTAX
    assert found.near.startswith(words[:3])
    assert found.near in wrong_template(found)


@pytest.mark.parametrize("content", [b"", b"not a document", b"PK\x03\x04 half of one"])
def test_a_file_that_is_no_document_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / OWN.name).write_bytes(content)
    assert papers.problems(str(tmp_path)) == (Problem(Trouble.UNREADABLE, OWN.name),)
    assert drawn(str(tmp_path)) == drawn("")


def test_a_name_that_no_paper_has_is_told(tmp_path: Path) -> None:
    shutil.copy(OWN, tmp_path / "trich-luc.docx")
    shutil.copy(OWN, tmp_path / "~$trich_luc.docx")  # left by Word
    (found,) = papers.problems(str(tmp_path))
    assert found == Problem(Trouble.STRAY, "trich-luc.docx", instead="trich_luc.docx")
    assert "có phải trich_luc.docx không" in wrong_template(found)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    (found,) = papers.problems(str(tmp_path / "mẫu"))
    assert found.trouble == Trouble.NO_FOLDER
    assert "mẫu" in wrong_template(found)


def test_a_template_mended_is_used_again(office: Callable[..., str]) -> None:
    folder = office(noi_dung="{{ sai }}")
    assert papers.problem("trich_luc", folder) is not None
    office(noi_dung="đã sửa: {{ noi_dung }}")
    assert papers.problem("trich_luc", folder) is None
    assert "đã sửa" in drawn(folder)


def test_a_template_that_fails_on_todays_facts_gives_way_and_is_logged(
    office: Callable[..., str], caplog: pytest.LogCaptureFixture
) -> None:
    folder = office(noi_dung="{{ noi_dung if 'noi' in noi_dung else 1 // 0 }}")
    assert papers.problems(folder) == ()
    facts = {**FORM.sample(), "noi_dung": "Rà soát kè"}
    document = Document(BytesIO(papers.draw("trich_luc", facts, folder)))
    assert any("Rà soát kè" in p.text for p in document.paragraphs)
    (told,) = caplog.records
    assert told.levelname == "WARNING"
    assert OWN.name in told.getMessage()
    assert told.exc_info is not None


def test_words_that_look_like_commands_stay_words() -> None:
    facts = {**FORM.sample(), "noi_dung": "{{ 7 * 7 }} {% for %} \x00\x07\x0b& <w:p> \ud800"}
    document = Document(BytesIO(papers.draw("trich_luc", facts)))
    assert "{{ 7 * 7 }} {% for %} & <w:p> " in [p.text for p in document.paragraphs]


def test_facts_that_are_not_those_of_the_form_are_refused() -> None:
    facts = FORM.sample()
    facts.pop("noi_dung")
    with pytest.raises(ValueError, match="noi_dung"):
        papers.draw("trich_luc", facts)


CONFIG = """
[office]
name = "UBND xã Mẫu"
[papers]
templates = "mau"
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Settings with a folder of templates beside them."""
    (tmp_path / "mau").mkdir()
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    return tmp_path / "config.toml"


def test_check_config_names_file_and_variable(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-config", "--config", str(config)]) == 0
    document = Document(str(OWN))
    _replace(document, "{{ noi_dung }}", "{{ noi_dungg }} {{ noi_dung }}")
    document.save(str(config.parent / "mau" / OWN.name))
    assert main(["check-config", "--config", str(config)]) == 2
    said = capsys.readouterr().err
    assert "papers.templates: trich_luc.docx: văn bản này không có biến “noi_dungg”; có phải “noi_dung” không" in said


async def test_the_start_logs_a_wrong_template_and_goes_on(config: Path, caplog: pytest.LogCaptureFixture) -> None:
    (config.parent / "mau" / OWN.name).write_bytes(b"not a document")
    app = build_app(load(config), [])
    try:
        with caplog.at_level(logging.ERROR):
            await app.check_templates()
    finally:
        await app.close()
    (record,) = [r for r in caplog.records if getattr(r, "action", "") == "template_wrong"]
    assert "trich_luc.docx: không mở được" in record.getMessage()
