"""``docs/faults.md`` names every fault, and for each the tests that show what happens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIST = ROOT.parent / "shared" / "FAULTS.md"
FAULTS = 20
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def _rows() -> dict[int, list[tuple[str, str]]]:
    """The tests named for each fault."""
    lines = (ROOT / "docs" / "faults.md").read_text("utf-8").splitlines()
    found = [re.match(r"\| (\d+) \|", line) for line in lines]
    return {int(m[1]): NAMED.findall(line) for m, line in zip(found, lines, strict=True) if m}


def _defined(path: Path) -> set[str]:
    return set(re.findall(r"^(?:async )?def (test_\w+)\(", path.read_text("utf-8"), re.M))


def test_every_fault_has_its_row_and_each_row_its_tests() -> None:
    rows = _rows()
    assert list(rows) == list(range(1, FAULTS + 1))
    assert all(rows.values())


def test_every_test_that_is_named_exists() -> None:
    named = {test for tests in _rows().values() for test in tests}
    assert sorted((path, name) for path, name in named if name not in _defined(ROOT / path)) == []


def test_every_test_of_this_folder_is_named() -> None:
    here = {
        (f"tests/faults/{path.name}", name)
        for path in Path(__file__).parent.glob("test_[0-9]*.py")
        for name in _defined(path)
    }
    assert here - {test for tests in _rows().values() for test in tests} == set()


def test_the_modules_carry_the_numbers_of_their_faults() -> None:
    for number, tests in _rows().items():
        modules = {Path(path).name for path, _ in tests if path.startswith("tests/faults/")}
        assert all(name.startswith(f"test_{number:02}_") for name in modules)


@pytest.mark.skipif(not LIST.exists(), reason="the list of faults is not beside this repository")
def test_the_list_beside_the_repository_has_no_other_faults() -> None:
    numbers = re.findall(r"^\| (\d+) \|", LIST.read_text("utf-8"), re.M)
    assert list(map(int, numbers)) == list(_rows())
