"""What is in deploy/ fits the program: nothing is forgotten in the image, nothing is promised that is not there."""

from __future__ import annotations

import configparser
import re
import runpy
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.loopguard import BLOCKED_S

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
PACKAGES = {p.parent.name for p in ROOT.glob("*/__init__.py")} - {"tests", "bench"}


def _read(name: str) -> str:
    return (DEPLOY / name).read_text("utf-8")


# --- the image ---


def _copied() -> dict[str, str]:
    """What the Dockerfile takes from the folder of the program, and where to."""
    return dict(re.findall(r"^COPY (?!--from)(\S+) (\S+)$", _read("Dockerfile"), re.M))


def test_the_image_holds_the_whole_program_and_nothing_else() -> None:
    copied = {name.rstrip("/") for name in _copied()}
    assert copied == PACKAGES | {"examples", "requirements.lock", "deploy/healthcheck.py"}
    assert all((ROOT / name).exists() for name in copied)
    assert all(to.rstrip("/").endswith(name.rstrip("/")) for name, to in _copied().items() if name.endswith("/"))


def test_what_is_sent_to_be_built_is_what_is_copied() -> None:
    lines = [line for line in _read("Dockerfile.dockerignore").splitlines() if line and not line.startswith("#")]
    assert lines[0] == "*"
    assert {line[1:] for line in lines if line.startswith("!")} == {name.rstrip("/") for name in _copied()}


def test_the_image_names_no_index_and_no_root() -> None:
    text = _read("Dockerfile")
    assert "--require-hashes -r /requirements.lock" in text
    assert not re.search(r"index-url|https?://", text)
    stages = text.split("\nFROM ")
    assert re.search(r"^USER (?!root)\w+$", stages[-1], re.M)
    assert "--hash=sha256:" in (ROOT / "requirements.lock").read_text("utf-8")


def test_the_image_starts_a_command_that_exists() -> None:
    from bot.__main__ import COMMANDS

    text = _read("Dockerfile")
    assert 'ENTRYPOINT ["/opt/venv/bin/python", "-m", "bot"]' in text
    command = re.search(r'^CMD \["(\w+)"', text, re.M)
    assert command
    assert command[1] in COMMANDS


def test_what_the_image_can_be_given_is_what_continuous_integration_installs() -> None:
    wanted = re.search(r'--build-arg WITH="([^"]+)"', _read("Dockerfile"))
    assert wanted
    installed = (ROOT / ".ci/run").read_text("utf-8")
    assert all(package in installed for package in wanted[1].split())


# --- the composition ---

LINE = re.compile(r"( *)(?:- )?(?:([\w-]+):(?: (.+))?|.+)")


def test_the_composition_is_well_formed_and_fits_the_image() -> None:
    text = _read("compose.yaml")
    depth = 0
    for line in (plain for plain in text.splitlines() if plain.strip() and not plain.lstrip().startswith("#")):
        found = LINE.fullmatch(line)
        assert found, line
        assert "\t" not in line
        assert len(found[1]) % 2 == 0
        assert len(found[1]) <= depth + 2, line
        depth = len(found[1])
    volume = re.search(r"^VOLUME (\S+)$", _read("Dockerfile"), re.M)
    assert volume
    assert f"- data:{volume[1]}\n" in text
    assert "dockerfile: deploy/Dockerfile\n" in text
    assert "init: true" in text
    assert "token.env" in text
    assert not re.search(r"\d{6,}:[\w-]{20,}", text), "no token"


def test_the_composition_waits_as_long_as_the_service_manager() -> None:
    stop = re.search(r"stop_grace_period: (\d+)s", _read("compose.yaml"))
    assert stop
    assert stop[1] == _unit()["TimeoutStopSec"]


# --- the check of the container ---


@pytest.mark.parametrize(("settings", "status"), [('[health]\nlisten = ""\n', 0), ('[health]\nlisten = ":1"\n', 1)])
def test_the_check_asks_where_the_settings_say(tmp_path: Path, settings: str, status: int) -> None:
    (tmp_path / "config.toml").write_text(settings)
    check = runpy.run_path(str(DEPLOY / "healthcheck.py"))
    assert check["main"](tmp_path / "config.toml") == status


def test_the_check_knows_the_default() -> None:
    from bot.settings import HealthSettings

    assert runpy.run_path(str(DEPLOY / "healthcheck.py"))["DEFAULT"] == HealthSettings().listen


# --- the unit ---


def _unit() -> dict[str, str]:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(DEPLOY / "dondoc.service", "utf-8")
    return dict(unit["Service"])


def test_the_service_manager_waits_longer_than_the_program_watches_itself() -> None:
    service = _unit()
    assert service["Type"] == "notify"
    assert int(service["WatchdogSec"]) >= 2 * BLOCKED_S


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_the_unit_is_closed_off(tmp_path: Path) -> None:
    """systemd's own judgement: 10 is everything open; under 2 is among the best of common services."""
    told = subprocess.run(
        [
            str(shutil.which("systemd-analyze")),
            "security",
            "--offline=true",
            "--threshold=20",
            str(DEPLOY / "dondoc.service"),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-500:] + told.stderr
    assert "Unknown" not in told.stderr, told.stderr
