"""The sentences of papers and of terminals: whole, in Vietnamese, with everything they were told."""

from __future__ import annotations

import re

import pytest

from tests.unit.pack_messages import SENTENCES, WHOM

TROUBLES = [name for name in SENTENCES if name.startswith("sheets")]
CONCLUSIONS = [name for name in SENTENCES if name.startswith("packs")]


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence_is_whole(name: str) -> None:
    text = SENTENCES[name]()
    assert text.rstrip().endswith(".")
    assert not re.search(r"&\w+;|[{}]|None|  ", text)


@pytest.mark.parametrize("name", CONCLUSIONS)
def test_a_conclusion_names_unit_directives_and_day(name: str) -> None:
    text = SENTENCES[name]()
    assert "#12, #15 và 3 việc khác" in text
    assert "02/02/2024" in text
    assert WHOM in text or "quyết định" in text


@pytest.mark.parametrize("name", TROUBLES)
def test_a_trouble_names_its_file(name: str) -> None:
    assert "giao_ban.docx" in SENTENCES[name]()


def test_a_variable_is_named_with_what_was_probably_meant() -> None:
    assert "“qua_hn”; có phải “qua_han” không" in SENTENCES["sheets unknown"]()
