"""``python -m bot papers`` draws the same papers as the chat."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.papers import main
from tests.decree30_checks import check
from tests.dialogs.test_papers import words_of
from tests.unit.test_status_command import config

__all__ = ["config"]


def run(config: Path, *words: str) -> int:
    return main(["papers", *words, "--config", str(config)])


def test_the_report_of_a_period_is_written_to_a_file(config: Path, tmp_path: Path) -> None:
    paper = tmp_path / "thang-2.docx"
    assert run(config, "report", "2024-m2", "-o", str(paper)) == 0
    check(paper.read_bytes(), title="BÁO CÁO", summary="Kết quả thực hiện nhiệm vụ tháng 02 năm 2024", signed=False)
    assert "Tổng số nhiệm vụ theo dõi trong kỳ: 03 nhiệm vụ" in words_of(paper.read_bytes())


def test_a_letter_and_both_forms_of_a_score_sheet(config: Path, tmp_path: Path) -> None:
    letter, scores = tmp_path / "cv.docx", tmp_path / "diem.xlsx"
    assert run(config, "letter", "phong", "noi", "vu", "-o", str(letter)) == 0
    assert "Kính gửi: Phòng Nội vụ." in words_of(letter.read_bytes())
    assert run(config, "scores", "tháng 2/2024", "-o", str(scores)) == 0
    assert scores.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("report", "tuần này"), "tuần này: no such period"),
        (("report", "2999-m1"), "2999-m1: this period has not begun"),
        (("letter", "trời mưa"), "trời mưa: no such unit"),
        (("result", "99/TB-UBND"), "99/TB-UBND: no such notice"),
        (("scores", "năm 2023"), "năm 2023: a score sheet is of a month"),
    ],
)
def test_what_cannot_be_drawn_is_said(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    paper = tmp_path / "x.docx"
    assert run(config, *words, "-o", str(paper)) == 2
    assert capsys.readouterr().err == f"{said}\n"
    assert not paper.exists()


def test_another_kind_of_file_is_refused(config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(config, "report", "2024-m2", "-o", str(tmp_path / "x.pdf")) == 2
    assert "this paper is drawn as .docx" in capsys.readouterr().err
