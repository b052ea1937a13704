"""``python -m bot parse`` and ``deadline``, as a person or a script calls them."""

import io
import json
from pathlib import Path

from bot.cli import reading

NOTICE = Path(__file__).resolve().parents[1] / "corpus" / "notices" / "cong_van.txt"


def answers(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_parse_gives_an_object_a_file(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr("notices.limits.limit_memory", lambda: None)  # it would hold for the whole test run
    fake = tmp_path / "fake.pdf"
    fake.write_bytes(b"MZ" + bytes(100))
    assert reading.main(["parse", str(NOTICE), str(fake), "--json"]) == 0
    read, refused = answers(capsys)
    assert read["document"]["number"] == "902/UBND-NC"
    assert read["directives"][0]["deadline"]["date"] == "2027-06-20"
    assert (read["refused"], refused["refused"], refused["directives"]) == (None, "UnsupportedFormat: exe", [])


def test_parse_reads_the_offices_days_off(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr("notices.limits.limit_memory", lambda: None)
    config = tmp_path / "config.toml"
    config.write_text('[calendar]\nclosed = ["2027-06-18"]\n', "utf-8")
    letter = tmp_path / "a.txt"
    letter.write_text("1. Giao Phòng Nội vụ rà soát chậm nhất ngày 18/6/2027.", "utf-8")
    assert reading.main(["parse", str(letter), "--json", "--config", str(config)]) == 0
    assert answers(capsys)[0]["directives"][0]["deadline"]["warnings"] == ["rơi vào ngày nghỉ"]


def test_the_listing_is_for_people(capsys, monkeypatch):
    monkeypatch.setattr("notices.limits.limit_memory", lambda: None)
    reading.main(["parse", str(NOTICE)])
    shown = capsys.readouterr().out
    assert "Chủ trì: Sở Tài chính" in shown
    assert "Chưa vào bảng: " in shown


def test_deadlines_line_by_line(capsys, monkeypatch):
    asked = ["trước ngày 16/4", "31/02", "giai đoạn 2026 - 2030"]
    lines = "".join(json.dumps({"text": t, "reference": "2027-03-01"}) + "\n" for t in asked)
    monkeypatch.setattr("sys.stdin", io.StringIO(lines + "no json\n"))
    assert reading.main(["deadline", "--jsonl"]) == 0
    first, impossible, none, broken = answers(capsys)
    assert (first["date"], first["inclusive"]) == ("2027-04-16", False)
    assert impossible["date"] is None
    assert impossible["warnings"] == ["ngày không có thật: 31/02"]
    assert none["date"] is None
    assert "error" in broken


def test_one_deadline_in_words(capsys):
    assert reading.main(["deadline", "chậm nhất ngày 15/4/2027", "--issued", "2027-03-01"]) == 0
    assert capsys.readouterr().out == "đến hết ngày 15/04/2027\n"
    assert reading.main(["deadline", "chưa biết", "--issued", "2027-03-01"]) == 1
