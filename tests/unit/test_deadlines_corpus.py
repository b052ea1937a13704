"""The tables in tests/corpus: one meaning, many spellings; and what is no deadline."""

import contextlib
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.deadlines import find_deadlines, find_recurrences, read_deadline
from domain.deadlines.model import ImpossibleDate

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "corpus"
SHARED = ROOT.parent / "shared"


def rows(name):
    lines = (CORPUS / name).read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def test_the_corpus_is_not_empty():
    assert len(rows("deadlines.tsv")) >= 80
    assert len(rows("negatives.txt")) >= 40


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


WORDS = [
    "trước",
    "ngày",
    "tháng",
    "năm",
    "quý",
    "tuần",
    "hết",
    "trong",
    "chậm",
    "nhất",
    "31/02",
    "15/3",
    "12/4/2027",
    "2027",
    "IV",
    "thứ",
    "Sáu",
    "Tết",
    "rằm",
    "giờ",
    "17h00",
    "hằng",
    "kể",
    "từ",
    "ký",
    ";",
    ".",
    ",",
    "-",
    "(",
    ")",
    "**",
    "\n",
]
TEXT = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))


@settings(max_examples=60, deadline=None)
@given(TEXT, st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2090, 12, 31))))
def test_whatever_is_written_every_deadline_stands_in_the_text(text, issued):
    for found in find_deadlines(text, issued):
        assert text[slice(*found.span)] == found.text
    for words, span in find_recurrences(text):
        assert text[slice(*span)] == words


@settings(max_examples=60, deadline=None)
@given(TEXT, st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_whatever_is_typed_nothing_but_an_impossible_date_is_raised(text, issued):
    with contextlib.suppress(ImpossibleDate):
        found = read_deadline(text, issued)
        assert found is None or found.text in text


@pytest.mark.skipif(not (SHARED / "tools" / "score_deadlines.py").exists(), reason="the annotated phrases are not here")
def test_annotated_phrases():
    command = [sys.executable, str(SHARED / "tools" / "score_deadlines.py"), "--json"]
    score = json.loads(subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout)
    assert (score["correct"], score["wrong"], score["left"]) == (score["dated"], 0, score["negatives"])
