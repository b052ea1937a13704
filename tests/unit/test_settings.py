"""A setting that is wrong is said in one line: the file, the key, what was expected. The example file has them all."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from dataclasses import fields, is_dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.settings import TOKEN_VARIABLE, OfficeSettings, Settings, SettingsError, load

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "config.example.toml"
OFFICE = '[office]\nname = "UBND huyện Tùng Lĩnh"\n'


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


@pytest.fixture(autouse=True)
def _no_token_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TOKEN_VARIABLE, raising=False)


def complaint(config: Path, text: str) -> str:
    """What is said of a file with this text."""
    config.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load(config, {})
    return str(caught.value)


# --- the example ------------------------------------------------------------------------------------------------------


def _keys(value: Any, prefix: str = "") -> set[str]:
    """Dotted keys of settings, or of a table of the file."""
    parts = {f.name: getattr(value, f.name) for f in fields(value)} if is_dataclass(value) else value
    found: set[str] = set()
    for name, part in parts.items():
        nested = is_dataclass(part) or isinstance(part, dict)
        found |= _keys(part, f"{prefix}{name}.") if nested else {prefix + name}
    return found


def test_the_example_has_exactly_the_keys() -> None:
    settings = Settings(OfficeSettings("x"))
    assert _keys(tomllib.loads(EXAMPLE.read_text("utf-8"))) == _keys(settings) - {"base"}


def test_the_example_shows_the_defaults() -> None:
    shown = load(EXAMPLE, {})
    assert shown == Settings(shown.office, base=ROOT)


def test_every_line_of_the_example_that_is_not_plain_is_explained() -> None:
    plain = {"base_url", "poll_seconds", "level"}
    for line in EXAMPLE.read_text("utf-8").splitlines():
        name = line.partition(" = ")[0]
        assert " = " not in line or name in plain or "#" in line, line


def test_the_name_of_the_office_alone_is_enough(config: Path) -> None:
    config.write_text(OFFICE, "utf-8")
    settings = load(config, {})
    assert settings == Settings(OfficeSettings("UBND huyện Tùng Lĩnh"), base=config.parent.resolve())


# --- what is wrong ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("", "office", "missing; expected a table"),
        ("[office]", "office.name", "missing; expected text in quotes"),
        ("[office]\nname = 3", "office.name = 3", "expected text in quotes"),
        ('office = "UBND"', "office", "expected a table [office]"),
        (OFFICE + "telegram = 1", "office.telegram", "no such setting; known here: name"),
        (OFFICE + "[time]\nmornings = 1", "time.mornings", "no such setting; known here: morning, "),
        ("[zalo]\n" + OFFICE, "zalo", "no such setting; known here: office, storage, telegram"),
        ('base = "."\n' + OFFICE, "base", "no such setting"),
        (OFFICE + "[time]\nmorning = 7", "time.morning = 7", 'expected a time such as "07:30"'),
        (OFFICE + '[time]\nmorning = "7h30"', "time.morning = '7h30'", 'expected a time such as "07:30"'),
        (OFFICE + '[time]\nsoon_days = "3"', "time.soon_days = '3'", "expected a whole number"),
        (OFFICE + "[time]\nsoon_days = 3.0", "time.soon_days = 3.0", "expected a whole number"),
        (OFFICE + "[time]\nsoon_days = true", "time.soon_days = True", "expected a whole number"),
        (OFFICE + "[time]\nremind_before_days = 7", "time.remind_before_days = 7", "a list; each a whole number"),
        (OFFICE + '[time]\nremind_before_days = ["7"]', "time.remind_before_days = '7'", "a whole number"),
        (OFFICE + '[time]\nbefore_means = "before"', "time.before_means = 'before'", "'previous_day', 'same_day'"),
        (OFFICE + '[log]\nlevel = "info"', "log.level = 'info'", "one of 'DEBUG', 'INFO', 'WARNING', 'ERROR'"),
        (OFFICE + '[calendar]\nclosed = ["2/9"]', "calendar.closed = '2/9'", 'a date such as "2026-09-02"'),
        (OFFICE + '[calendar]\nclosed = ["2026-02-30"]', "calendar.closed = '2026-02-30'", "a date such as"),
        (OFFICE + "[time]\ntick_seconds = 31", "time.tick_seconds = 31", "expected at most 30"),
        (OFFICE + "[time]\ntick_seconds = 0", "time.tick_seconds = 0", "expected a whole number from 1"),
        (OFFICE + "[time]\noverdue_every_days = 0", "time.overdue_every_days = 0", "a whole number from 1"),
        (OFFICE + "[time]\nhead_after_days = 0", "time.head_after_days = 0", "a whole number from 1"),
        (OFFICE + "[time]\nleader_after_days = -1", "time.leader_after_days = -1", "a whole number from 1"),
        (OFFICE + "[time]\nsoon_days = -1", "time.soon_days = -1", "a whole number from 0"),
        (OFFICE + "[telegram]\npoll_seconds = -1", "telegram.poll_seconds = -1", "a whole number from 0"),
    ],
)
def test_a_wrong_setting_names_the_file_the_key_and_what_was_expected(
    config: Path, text: str, key: str, expected: str
) -> None:
    said = complaint(config, text)
    assert said.startswith(f"{config}: {key}: ")
    assert expected in said.removeprefix(f"{config}: {key}: ")
    assert "\n" not in said


def test_text_that_is_no_toml_names_the_file_and_the_place(config: Path) -> None:
    assert complaint(config, "[office\n").startswith(f"{config}: not valid TOML: ")
    assert "line 2" in complaint(config, '[office]\nname = "UBND\n')


def test_a_file_in_another_encoding_is_said_to_be(config: Path) -> None:
    config.write_bytes('[office]\nname = "Cần Thơ"\n'.encode("utf-16"))
    with pytest.raises(SettingsError, match="not valid TOML"):
        load(config, {})


def test_a_file_that_is_not_there_says_where_to_begin(config: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load(config, {})
    assert str(caught.value) == f"{config}: no such file; copy config.example.toml and fill it in"


# --- what is right ----------------------------------------------------------------------------------------------------


def test_the_token_of_the_environment_wins(config: Path) -> None:
    config.write_text(OFFICE + '[telegram]\ntoken = "from-file"\nbase_url = "http://127.0.0.1:9"\n', "utf-8")
    assert load(config, {}).telegram.token == "from-file"
    assert load(config, {TOKEN_VARIABLE: ""}).telegram.token == "from-file"
    there = load(config, {TOKEN_VARIABLE: "from-outside"})
    assert (there.telegram.token, there.telegram.base_url) == ("from-outside", "http://127.0.0.1:9")
    assert there.office.name == "UBND huyện Tùng Lĩnh"


def test_the_data_lie_beside_the_config_file(config: Path) -> None:
    config.write_text(OFFICE, "utf-8")
    settings = load(config, {})
    assert settings.folder == config.parent / "data"
    assert settings.database_url == f"sqlite:///{config.parent / 'data' / 'dondoc.sqlite'}"


def test_a_folder_and_a_database_of_ones_own(config: Path) -> None:
    config.write_text(OFFICE + '[storage]\nfolder = "/srv/x"\ndatabase = "sqlite:////srv/y"\n', "utf-8")
    settings = load(config, {})
    assert settings.folder == Path("/srv/x")
    assert settings.database_url == "sqlite:////srv/y"


def test_dates_and_times_are_read_with_quotes_and_without(config: Path) -> None:
    text = '[time]\nmorning = "08:15"\nquiet_from = 19:00:00\n[calendar]\nclosed = ["2026-09-01", 2026-09-03]\n'
    config.write_text(OFFICE + text, "utf-8")
    settings = load(config, {})
    assert (settings.time.morning, settings.time.quiet_from) == (time(8, 15), time(19, 0))
    assert settings.calendar.closed == (date(2026, 9, 1), date(2026, 9, 3))


def test_what_is_set_reaches_the_rules(config: Path) -> None:
    text = """[time]
morning = "08:00"
quiet_from = "19:00"
quiet_until = "07:00"
remind_before_days = [5]
unacknowledged_days = [2]
overdue_every_days = 2
head_after_days = 3
leader_after_days = 4
soon_days = 6
before_means = "same_day"
[calendar]
closed = ["2026-09-01"]
made_up = ["2026-08-29"]
"""
    config.write_text(OFFICE + text, "utf-8")
    rules = load(config, {}).rules
    rhythm = rules.rhythm
    assert rules.name == "UBND huyện Tùng Lĩnh"
    assert (rhythm.morning, rhythm.quiet_from, rhythm.quiet_until) == (time(8), time(19), time(7))
    assert (rhythm.before_days, rhythm.unacknowledged_days, rhythm.overdue_every) == ((5,), (2,), 2)
    assert (rhythm.head_after, rhythm.leader_after, rhythm.soon_days) == (3, 4, 6)
    assert rhythm.before_means == "same_day"
    assert not rules.calendar.is_working(date(2026, 9, 1))
    assert rules.calendar.is_working(date(2026, 8, 29))


# --- on the command line ----------------------------------------------------------------------------------------------


def test_check_config_is_content_with_the_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-config", "--config", str(EXAMPLE)]) == 0
    assert capsys.readouterr().out.startswith(f"{EXAMPLE}: right.")


def test_check_config_ends_with_2_and_one_line(config: Path) -> None:
    config.write_text(OFFICE + '[log]\nlevel = "loud"\n', "utf-8")
    command = [sys.executable, "-m", "bot", "check-config", "--config", str(config)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith(f"{config}: log.level = 'loud': expected one of ")
    assert ended.stderr.count("\n") == 1


def test_the_bot_does_not_start_without_a_token(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text(OFFICE, "utf-8")
    assert main(["run", "--config", str(config)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"{config}: telegram.token: missing; expected the bot's token from @BotFather")
    assert TOKEN_VARIABLE in said
    assert not (config.parent / "data").exists()
