"""The sentences of papers and of terminals: whole, in Vietnamese, with everything they were told."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from domain.office import Office
from domain.packs import Line
from tests.pack_facts import pack
from tests.unit.pack_messages import SENTENCES, WHOM
from texts import packs as say

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


def _for_communes(*numbers: int) -> tuple[Line, ...]:
    return tuple(Line(i, f"c{i}", "Rà soát kè xung yếu", f"UBND xã {i}", date(2024, 1, 20), 12) for i in numbers)


def test_one_clause_of_many_units_is_one_row_of_the_paper() -> None:
    late = _for_communes(*range(4, 26))
    facts = say.paper(replace(pack(3), overdue=late, due=_for_communes(4, 9)), Office())
    (row,), (due,) = facts["qua_han"], facts["den_han"]
    assert row["so"] == "#4 đến #25"
    assert row["don_vi"] == "22 đơn vị"
    assert all(line.unit in row["noi_dung"] for line in late)
    assert (due["so"], due["don_vi"]) == ("#4, #9", "UBND xã 4; UBND xã 9")


def test_units_that_said_different_things_have_rows_of_their_own() -> None:
    late = _for_communes(4, 5)
    apart = (late[0], replace(late[1], reason=pack(3).overdue[0].reason))
    rows = say.paper(replace(pack(3), overdue=apart), Office())["qua_han"]
    assert [row["so"] for row in rows] == ["#4", "#5"]


def test_one_clause_of_many_units_is_one_proposed_conclusion() -> None:
    late, soon, silent = _for_communes(*range(4, 26)), _for_communes(30, 31), _for_communes(40, 41, 42, 43)
    facts = replace(pack(0), overdue=late, due=soon, untaken=silent)
    assert [say.sentence(each).partition(" (")[0] for each in facts.conclusions] == [
        "Yêu cầu 22 đơn vị hoàn thành nhiệm vụ #4, #5, #6, #7, #8 và 17 việc khác trước ngày 07/02/2024",
        "Yêu cầu 4 đơn vị nhận nhiệm vụ #40, #41, #42, #43 trong ngày 02/02/2024",
        "Yêu cầu UBND xã 30, UBND xã 31 tập trung hoàn thành nhiệm vụ #30, #31 đúng hạn ngày 20/01/2024",
    ]


def test_units_with_different_tasks_have_conclusions_of_their_own() -> None:
    one, other = _for_communes(4, 5)
    facts = replace(pack(0), overdue=(one, replace(other, text="Trồng rừng")))
    assert [each.unit for each in facts.conclusions] == ["UBND xã 4", "UBND xã 5"]
