"""``python -m bot status`` prints the same figures as the chat."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest

from bot.cli.status import main
from db import Database
from domain.lifecycle import State
from tests.figures_office import give, settle


@pytest.fixture
def config(data_folder: Path) -> Path:
    file = data_folder.parent / "config.toml"
    file.write_text('[office]\nname = "UBND huyện Mẫu"\n[storage]\nfolder = "data"\n', "utf-8")
    asyncio.run(_fill(data_folder))
    return file


async def _fill(folder: Path) -> None:
    database = Database(f"sqlite:///{folder / 'dondoc.sqlite'}")
    async with database.write() as session:
        cast = await settle(session)
        await give(session, cast, "nội vụ", date(2024, 2, 1), state=State.COMPLETED, submitted=date(2024, 2, 1))
        await give(session, cast, "nội vụ", date(2024, 2, 1))
        await give(session, cast, "y tế", date(2024, 2, 9), state=State.ISSUED)
    await database.close()


def _run(config: Path, *words: str) -> int:
    return main(["status", *words, "--as-of", "2024-02-05", "--config", str(config)])


def test_the_office_is_printed_the_worst_unit_first(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(config) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "UBND huyện Mẫu, đến 05/02/2024"
    assert [line.split("  ")[0] for line in lines[3:6]] == ["Phòng Nội vụ", "Phòng Y tế", "Cộng"]
    assert lines[5].split() == ["Cộng", "3", "1", "0", "0", "1", "1", "0", "0"]
    assert "33,3 % = đã hoàn thành ÷ tổng số nhiệm vụ = 1 ÷ 3" in lines
    assert "50,0 % = đã hoàn thành ÷ (đã hoàn thành + chưa hoàn thành quá hạn) = 1 ÷ 2" in lines
    assert lines[-1] == "chờ duyệt 0; chưa nhận 1; vướng mắc 0"


def test_a_unit_is_named_in_any_spelling(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(config, "phong", "noi", "vu") == 0
    assert capsys.readouterr().out.startswith("Phòng Nội vụ, đến 05/02/2024")


def test_a_unit_that_is_not_there_is_said_so(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(config, "trời mưa") == 1
    assert capsys.readouterr().err == "trời mưa: no such unit\n"


def test_a_day_that_does_not_exist_is_a_wrong_command_line(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["status", "--as-of", "2024-02-31", "--config", str(config)])
    assert stop.value.code == 2
    assert "expected YYYY-MM-DD" in capsys.readouterr().err
