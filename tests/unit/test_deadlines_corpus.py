"""The tables in tests/corpus: one meaning, many spellings; and what is no deadline."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from domain.deadlines import find_deadlines, find_recurrences, read_deadline
from domain.deadlines.model import ImpossibleDate

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "corpus"
SHARED = ROOT.parent / "shared"


def rows(name):
    lines = (CORPUS / name).read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def test_the_corpus_is_not_empty():
    assert len(rows("deadlines.tsv")) >= 100
    assert len(rows("negatives.txt")) >= 200
    assert len(rows("office.tsv")) >= 280


@pytest.mark.parametrize(("text", "issued", "expected", "inclusive"), rows("deadlines.tsv"))
def test_written(text, issued, expected, inclusive):
    found = read_deadline(text, date.fromisoformat(issued))
    assert found is not None
    assert (found.date.isoformat() if found.date else "-", found.inclusive) == (expected, inclusive == "yes")


@pytest.mark.parametrize(("text", "expected"), rows("typed.tsv"))
def test_typed(text, expected):
    found = read_deadline(text, date(2027, 3, 3))
    assert found is not None
    assert found.date == date.fromisoformat(expected)


@pytest.mark.parametrize("row", rows("negatives.txt"))
def test_no_deadline(row):
    (text,) = row
    assert [d for d in find_deadlines(text, date(2027, 3, 1)) if d.date] == []
    found = read_deadline(text, date(2027, 3, 1))
    assert found is None or found.date is None


def answer(kind, text, issued):
    try:
        found = find_deadlines(text, issued) if kind == "N" else [read_deadline(text, issued)]
    except ImpossibleDate:
        return "!", []
    found = [d for d in found if d is not None]
    dated = [d for d in found if d.date is not None]
    return (" + ".join(d.date.isoformat() for d in dated) or ("-" if found else "."), dated or found)


@pytest.mark.parametrize(("kind", "text", "issued", "expected", "inclusive", "hour", "again"), rows("office.tsv"))
def test_what_other_bodies_write(kind, text, issued, expected, inclusive, hour, again):
    said, found = answer(kind, text, date.fromisoformat(issued))
    assert said in expected.split(" or ")
    if inclusive != "-" and said[0].isdigit():
        assert found[-1].inclusive == (inclusive == "yes")
    if hour != "-" and said[0].isdigit():
        assert f"{found[-1].time:%H:%M}" == hour
    if again == "yes":
        assert any(d.recurring for d in found) or find_recurrences(text)


@pytest.mark.parametrize(
    "text",
    ["2-3 ngày", "hai ba ngày nữa", "hơn 10 ngày nữa", "sau 20/3", "từ 15/3", "tuần trước", "sau bữa trưa", "hôm kia"],
)
def test_what_people_leave_open_is_not_dated(text):
    found = read_deadline(text, date(2027, 3, 3))
    assert found is None or found.date is None


@pytest.mark.skipif(not (SHARED / "tools" / "score_deadlines.py").exists(), reason="the annotated phrases are not here")
def test_annotated_phrases():
    command = [sys.executable, str(SHARED / "tools" / "score_deadlines.py"), "--json"]
    score = json.loads(subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout)
    assert (score["correct"], score["wrong"], score["left"]) == (score["dated"], 0, score["negatives"])
