"""The sample office, the sample notice and the glossary fit together and hold what the demo needs."""

import re
import tomllib
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Any

import docx
import pytest

from domain.ladder import Rung
from domain.lifecycle import State
from domain.organisation import Directory, Match, UnitEntry, normal
from domain.rights import Role
from domain.timeliness import Cell

EXAMPLES = Path(__file__).parents[2] / "examples"
OFFICE: dict[str, Any] = tomllib.loads((EXAMPLES / "office.toml").read_text("utf-8"))
UNITS: dict[str, dict[str, Any]] = {u["key"]: u for u in OFFICE["units"]}
PEOPLE: dict[str, dict[str, Any]] = {p["key"]: p for p in OFFICE["people"]}
NOTICE = (EXAMPLES / "thong-bao-mau.txt").read_text("utf-8")
NAMED_UNIT = re.compile(r"^2\.\d\. (?:Giao |Đề nghị )?(.+?)(?::| chủ trì| tham mưu)", re.M)


def directory() -> Directory:
    keys = list(UNITS)
    return Directory(
        UnitEntry(
            keys.index(key),
            unit["name"],
            unit["kind"],
            tuple(unit.get("aliases", ())),
            keys.index(unit["parent"]) if "parent" in unit else None,
        )
        for key, unit in UNITS.items()
    )


def match(written: str) -> Match:
    return directory().match(written)


def docx_lines(path: Path) -> list[str]:
    document = docx.Document(str(path))
    blocks = document.iter_inner_content()
    paragraphs = [
        p
        for block in blocks
        for p in (
            [q for row in block.rows for cell in row.cells for q in cell.paragraphs]
            if isinstance(block, docx.table.Table)
            else [block]
        )
    ]
    return [p.text.strip() for p in paragraphs if p.text.strip()]


def test_keys_are_unique_and_plain() -> None:
    assert len(UNITS) == len(OFFICE["units"])
    assert len(PEOPLE) == len(OFFICE["people"])
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in (*UNITS, *PEOPLE))


def test_nothing_but_the_known_fields() -> None:
    assert OFFICE.keys() == {"office", "units", "people"}
    assert OFFICE["office"].keys() == {"name", "place"}
    assert {f for u in UNITS.values() for f in u} == {"key", "name", "kind", "parent", "leader", "aliases", "field"}
    assert all(p.keys() == {"key", "name", "position", "unit", "role"} for p in PEOPLE.values())


def test_the_office_has_the_promised_units() -> None:
    kinds = Counter(unit["kind"] for unit in UNITS.values())
    assert kinds == {"office": 1, "department": 13, "sector": 4, "body": 1, "commune": 22}
    assert OFFICE["units"][0]["kind"] == "office"
    assert OFFICE["units"][0]["name"] == OFFICE["office"]["name"]


def test_references_point_at_what_stands_in_the_file() -> None:
    assert all(u["parent"] in UNITS for u in OFFICE["units"][1:])
    assert all(PEOPLE[u["leader"]]["role"] == "leader" for u in UNITS.values() if "leader" in u)
    assert all(p["unit"] in UNITS for p in PEOPLE.values())


def test_roles_are_the_programs_and_every_unit_has_a_head_and_an_officer() -> None:
    roles = {key: [p["role"] for p in PEOPLE.values() if p["unit"] == key] for key in UNITS}
    assert {role for held in roles.values() for role in held} == set(Role)
    assert Counter(roles.pop("huyen")) == {"leader": 4}
    assert all(held.count("head") == 1 and "officer" in held for held in roles.values())
    assert Counter(roles["van-phong"])["clerk"] == 2


def test_every_leader_has_units_in_their_charge() -> None:
    def supervising(key: str) -> str:
        unit = UNITS[key]
        return unit["leader"] if "leader" in unit else supervising(unit["parent"])

    charges = Counter(supervising(key) for key in UNITS)
    assert set(charges) == {key for key, p in PEOPLE.items() if p["role"] == "leader"}
    assert min(charges.values()) >= 8


def test_no_two_people_share_a_name() -> None:
    assert len({p["name"] for p in PEOPLE.values()}) == len(PEOPLE)


@pytest.mark.parametrize("key", UNITS)
def test_every_name_and_alias_means_its_unit_alone(key: str) -> None:
    for written in (UNITS[key]["name"], *UNITS[key].get("aliases", ())):
        found = match(written)
        assert found.unit
        assert found.unit.name == UNITS[key]["name"]


def test_the_two_forms_of_the_notice_say_the_same() -> None:
    lines = [line.strip() for line in NOTICE.splitlines() if line.strip()]
    assert docx_lines(EXAMPLES / "thong-bao-mau.docx") == lines


def test_the_notice_is_the_sample_offices() -> None:
    office = OFFICE["office"]
    assert f"{office['place']}, ngày 30 tháng 01 năm 2024" in NOTICE
    assert f"đồng chí {PEOPLE['chu-tich']['name']}, Chủ tịch UBND huyện" in NOTICE
    assert NOTICE.rstrip().endswith(PEOPLE["chanh-van-phong"]["name"])
    assert normal(" ".join(NOTICE.splitlines()[:2])) == normal(office["name"])


def test_two_deadlines_of_the_notice_are_bold() -> None:
    document = docx.Document(str(EXAMPLES / "thong-bao-mau.docx"))
    bold = [r.text for p in document.paragraphs for r in p.runs if r.bold and r.text.startswith("hoàn thành")]
    assert bold == ["hoàn thành trước ngày 07/02/2024.", "hoàn thành trong tháng 02/2024."]


def test_one_lead_unit_of_the_notice_is_asked_and_the_right_one_offered_first() -> None:
    found = {written: match(written) for written in NAMED_UNIT.findall(NOTICE)}
    assert len(found) == 9
    asked = {written: m for written, m in found.items() if not m.certain}
    assert asked.keys() == {"Phòng Nông nghiệp"}
    assert asked["Phòng Nông nghiệp"].candidates[0].name == "Phòng Nông nghiệp và Phát triển nông thôn"


def test_the_general_clauses_of_the_notice_are_two_groups() -> None:
    general = re.findall(r"^1\.\d\. (.+?) (?:phân công|rà soát)", NOTICE, re.M)
    assert [directory().group_of(written) for written in general] == ["all", "communes"]


@pytest.mark.parametrize("words", [State, Cell, Rung, Role])
def test_the_glossary_has_every_word_of_the_rules(words: type[StrEnum]) -> None:
    glossary = (EXAMPLES.parent / "docs" / "glossary.md").read_text("utf-8")
    assert [word for word in words if f"| `{word}` |" not in glossary] == []
