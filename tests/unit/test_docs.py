"""The documents are true: links lead somewhere, tables are the code's, commands exist, the guide quotes the bot."""

from __future__ import annotations

import configparser
import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import COMMANDS
from channels.base import visible
from domain.calendar import OFFICE_ZONE
from domain.lifecycle import NEEDS_REASON, OPEN, TRANSITIONS, UNTAKEN, WITH_UNIT, Event, State
from domain.timeliness import Cell, cell
from exports.charts import ChartRoom
from handlers.routing import COMMANDS as CHAT_COMMANDS
from notices.worker import NoticeReader
from tests.talk import Talk

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
PROGRAM = ("bot", "channels", "db", "domain", "exports", "handlers", "notices", "scheduler", "services", "texts")

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its level."""
    level = heading.split()[0]
    return text.split(f"\n{heading}\n")[1].split(f"\n{level} ")[0]


def tables(text: str) -> Iterator[list[list[str]]]:
    """The rows of each table, without its head; back quotes are taken off."""
    for block in re.findall(r"(?:^\|.*\|\n)+", text + "\n", re.M):
        rows = [[c.strip().strip("`") for c in line.strip("|").split("|")] for line in block.splitlines()]
        yield rows[2:]


def slug(heading: str) -> str:
    """The anchor a heading gets."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


# --- links and commands -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        if target.startswith(("https://", "http://")):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{page.name}: {target}"
        if anchor:
            headings = re.findall(r"^#+ (.*)$", there.read_text("utf-8"), re.M)
            assert anchor in map(slug, headings), f"{page.name}: {target}"


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_command_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    assert set(re.findall(r"python -m bot ([a-z][a-z-]+)", text)) <= COMMANDS.keys()
    rules = read("Makefile").replace("$(VENV)", ".venv")
    targets = set(re.findall(r"^([\w./-]+):", rules, re.M))
    assert set(re.findall(r"(?:^|[`$] ?|dondoc )make ([\w./-]+)", text, re.M)) <= targets


def test_the_service_starts_the_bot() -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / "deploy/dondoc.service", "utf-8")
    service = unit["Service"]
    assert service["ExecStart"].startswith(f"{service['WorkingDirectory']}/.venv/bin/python -m bot run ")
    assert service["RestartPreventExitStatus"] == "2"
    assert service["ReadWritePaths"] == f"{service['WorkingDirectory']}/data"


def test_the_changelog_begins_with_the_version_of_the_package() -> None:
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    assert re.findall(r"^## (\S+)", read("CHANGELOG.md"), re.M)[0] == version


def test_decisions_are_short_and_have_their_price() -> None:
    records = sorted((ROOT / "docs/decisions").glob("*.md"))
    assert [int(r.name[:4]) for r in records] == list(range(1, len(records) + 1))
    for record in records:
        text = record.read_text("utf-8")
        assert text.startswith(f"# {record.name[:4]}. ")
        assert len(text.splitlines()) < 25
        assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.M) == ["Context", "Decision", "Price"]


# --- states -----------------------------------------------------------------------------------------------------------


def _arrows() -> list[list[str]]:
    (rows,) = tables(section(read("docs/states.md"), "## Arrows"))
    return rows


def test_the_arrows_of_the_page_are_those_of_the_table() -> None:
    drawn = [((State(before), Event(event)), State(after)) for _, before, event, after, *_ in _arrows()]
    assert sorted(drawn) == sorted([*TRANSITIONS.items(), *UNTAKEN.items()])


def test_the_diagram_shows_the_arrows_with_their_letters() -> None:
    drawn = re.findall(r"^ +(\w+) --> (\w+) : (\w+)$", read("docs/states.md"), re.M)
    assert sorted(drawn) == sorted((before, after, arrow) for arrow, before, _, after, *_ in _arrows())


def test_each_event_has_a_letter_of_its_own_and_each_arrow_a_sentence() -> None:
    letters = {arrow[0]: event for arrow, _, event, *_ in _arrows()}
    assert sorted(letters.values()) == sorted(Event)
    assert len({arrow for arrow, *_ in _arrows()}) == len(_arrows())
    assert all(row[-1].endswith(".") for row in _arrows())


def test_reasons_are_needed_where_the_page_says_so() -> None:
    assert {row[2] for row in _arrows() if row[5] == "needed"} == NEEDS_REASON
    assert all(row[5] == ("needed" if row[2] in NEEDS_REASON else "") for row in _arrows())


def test_the_states_of_the_page_are_those_of_the_code() -> None:
    (rows,) = tables(section(read("docs/states.md"), "## States"))
    assert [state for state, *_ in rows] == list(State)
    assert {state for state, _, _, is_open, _ in rows if is_open == "yes"} == OPEN
    assert {state for state, *_, reminded in rows if reminded == "yes"} == WITH_UNIT


def test_every_state_is_reachable_from_a_draft() -> None:
    reached: set[State] = set()
    ahead = {State.DRAFT}
    while ahead:
        reached |= ahead
        ahead = {after for (before, _), after in TRANSITIONS.items() if before in ahead} - reached
    assert reached == set(State)


def test_the_cells_of_the_page_are_those_of_the_code() -> None:
    named, examples = tables(section(read("docs/states.md"), "## Timeliness"))
    assert [name for name, _ in named] == list(Cell)
    for last_day, finished_on, as_of, expected in examples:
        assert cell(_day(last_day), _day(finished_on), date.fromisoformat(as_of)) == expected
    assert {row[-1] for row in examples} == set(Cell)


def _day(written: str) -> date | None:
    return None if written == "–" else date.fromisoformat(written)


# --- architecture and operations --------------------------------------------------------------------------------------


def test_the_folders_of_the_page_are_those_of_the_repository() -> None:
    (rows,) = tables(section(read("docs/architecture.md"), "## Folders"))
    named = {folder.rstrip("/") for folder, _ in rows}
    assert all((ROOT / folder).is_dir() for folder in named)
    holding_code = {p.parent.name for p in ROOT.glob("*/*.py") if not p.parent.name.startswith(".")}
    assert holding_code <= named
    assert set(PROGRAM) == set(tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["root_packages"])


def test_the_layers_of_the_page_are_those_that_are_kept() -> None:
    fence = FENCE.search(section(read("docs/architecture.md"), "## Who may import whom"))
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    (kept,) = [c["layers"] for c in contracts if c["type"] == "layers"]
    assert fence is not None
    assert fence[2].split("\n")[:-1] == kept


def test_the_files_that_the_pages_name_exist() -> None:
    named = re.compile(rf"`((?:{'|'.join(PROGRAM)}|tests|deploy|examples)/[\w./-]*)(?::[^`]*)?`")
    for name in ("docs/architecture.md", "docs/new-channel.md", "docs/operations.md", "docs/states.md"):
        for path in named.findall(read(name)):
            assert (ROOT / path).exists(), f"{name}: {path}"


def test_the_log_actions_of_the_page_are_those_of_the_code() -> None:
    (rows,) = tables(section(read("docs/operations.md"), "## Log"))
    told = {action.strip("` ") for row in rows for action in row[0].split(",")}
    pattern = re.compile(r"""["']action["']:\s*["'](\w+)["']|Trouble\([^)]*["'](\w+)["']\)""")
    sources = [p.read_text("utf-8") for package in PROGRAM for p in (ROOT / package).rglob("*.py")]
    written = {a or b for source in sources for a, b in pattern.findall(source)}
    assert told == written


# --- the guide --------------------------------------------------------------------------------------------------------

NOTICE = """UBND HUYỆN TÙNG LĨNH
Số: 27/TB-UBND
Tùng Lĩnh, ngày 30 tháng 01 năm 2024
THÔNG BÁO
Kết luận của Chủ tịch UBND huyện tại cuộc họp giao ban tháng 01
1. Giao Phòng Nội vụ chủ trì, phối hợp với Phòng Tài chính - Kế hoạch rà soát biên chế, báo cáo trước ngày 07/02/2024.
2. Phòng Tài nguyên và Môi trường: kiểm tra các điểm khai thác cát trên địa bàn; hoàn thành trong tháng 02/2024.
3. Giao Ban Quản lý chợ trung tâm sắp xếp lại các quầy hàng.
4. Yêu cầu các cơ quan, đơn vị, địa phương nâng cao kỷ luật, kỷ cương hành chính.
"""
AMENDING = """UBND HUYỆN TÙNG LĨNH
Số: 33/TB-UBND
Tùng Lĩnh, ngày 05 tháng 02 năm 2024
THÔNG BÁO
Điều chỉnh thời hạn tại Thông báo số 27/TB-UBND ngày 30/01/2024
1. Điều chỉnh thời hạn hoàn thành nhiệm vụ tại điểm 2 Thông báo số 27/TB-UBND đến ngày 31/3/2024.
"""
SECRET = "TUYỆT MẬT\n1. Giao Phòng Nội vụ rà soát hồ sơ.".encode()


def _shown() -> list[str]:
    """Each line that the guide says the bot says."""
    lines = []
    for _, block in FENCE.findall(read("docs/huong-dan.md")):
        said = [line for line in block.splitlines() if line.startswith(("Đôn Đốc:", " "))]
        lines += [line.removeprefix("Đôn Đốc:").strip() for line in said]
    return lines


class _Listener:
    """Lets people act, and notes every line that anybody is shown, before it is edited away."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.lines: set[str] = set()

    async def says(self, who: str, text: str, name: str = "", content: bytes = b"") -> None:
        await self.talk.says(who, text, files=[(name, content, "application/octet-stream")] if name else ())
        self.note()

    async def presses(self, who: str, label: str) -> None:
        await self.talk.presses(who, label)
        self.note()

    def note(self) -> None:
        for chat in ("van", "nam", "phuc", "an", "may-moi", "nhom"):
            for message in self.talk.from_bot(chat):
                self.lines |= set(visible(message.text).split("\n"))
                self.lines |= {" ".join(f"[{b.label}]" for b in row) for row in message.buttons}


async def _is_invited(here: _Listener) -> None:
    await here.says("an", "/gioithieu Cao Văn Minh")
    code = re.search(r"[A-Za-z0-9_-]{27}", here.talk.last("an").plain)
    assert code
    await here.says("may-moi", f"/start {code[0]}")


async def _teaches(here: _Listener) -> None:
    for button in ("Thẻ chưa rõ đơn vị (1)", "Sửa", "Đơn vị chủ trì"):
        await here.presses("van", button)
    await here.says("van", "Phòng Tài chính - Kế hoạch")
    await here.says("van", "/donvi tài chính")


async def _explains(here: _Listener) -> None:
    await here.says("van", "/lienlac")
    await here.says("nam", "#2 đã nhận")
    await here.says("phuc", "/status #2")
    await here.presses("phuc", "Đôn đốc")
    await here.presses("phuc", "Yêu cầu giải trình")
    await here.says("nam", "#2 giải trình: chờ các xã gửi hồ sơ, thứ Năm sẽ xong")


async def _concludes(here: _Listener) -> None:
    await here.says("van", "/ketluan")
    await here.says("van", "Giao Phòng Nội vụ rà soát biên chế, xong trong ngày 15/3/2024")
    await here.presses("van", "Tạm dừng")


async def _live_through(here: _Listener) -> None:
    await here.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await here.presses("van", "Phát hành")
    await here.says("nam", "được 80%, còn vướng mặt bằng")
    await here.presses("phuc", "Trả lời")
    await here.says("phuc", "Mời xã họp chiều thứ Sáu")
    await here.says("nam", "#1 xin gia hạn đến 25/3 vì chờ các xã gửi số liệu")
    await here.presses("nam", "Đúng")
    await here.presses("phuc", "Từ chối")
    await here.says("phuc", "việc này không lùi được")
    await here.says("nam", "#1 đã xong", "ket-qua.pdf", b"%PDF-1.4")
    await here.presses("nam", "Đúng")
    await here.presses("phuc", "Trả lại")
    await here.says("phuc", "Thiếu biểu số 2")
    await here.says("nam", "#1 đã bổ sung, xong rồi")
    await here.presses("nam", "Đúng")
    await here.presses("phuc", "Duyệt")
    await here.says("van", "", "ke-hoach.txt", SECRET)
    await here.says("van", "", "trang-1.jpg", b"JPG")
    await here.presses("van", "Bỏ")
    await here.says("van", "/giaoviec Phòng Nội vụ: rà soát hồ sơ cán bộ trước 6/2")
    await here.presses("van", "Phát hành")
    for day in range(1, 7):
        here.talk.clock.forward_to(datetime(2024, 2, day, 7, 30, tzinfo=OFFICE_ZONE))
        await here.talk.app.ticks.tick()
        await here.talk.app.settle()
    here.note()
    await here.presses("nam", "Nhắc lại chiều nay")
    await here.says("van", "/nguoinhan #2")
    await _explains(here)
    await _concludes(here)
    await here.says("van", NOTICE)
    await here.presses("van", "Phát hành tất cả (3)")
    await _teaches(here)
    await here.says("nam", "được 60% rồi")
    await here.says("van", AMENDING)
    await here.presses("van", "Xem thay đổi (1)")
    await here.says("van", NOTICE.replace("Số: 27/", "Số: 26/").split("3. Giao")[0])
    await here.says("van", NOTICE.split("tháng 01\n")[1] + "5. Giao Phòng Nội vụ báo cáo kết quả.\n")
    await here.says("nam", "/vangmat đến 25/3 Trần Văn Nội thay")
    await here.says("nam", "/lich")
    await here.talk.says_in("nhom", "noi", "/nhom")
    await _is_invited(here)


@pytest.fixture
def _plain_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are drawn in tests of their own; here their place is enough."""

    async def plain(*_: Any) -> bytes:
        return b"PNG"

    monkeypatch.setattr(ChartRoom, "units_chart", plain)
    monkeypatch.setattr(NoticeReader, "check_recognition", plain)


@pytest.mark.usefixtures("_plain_pictures")
async def test_the_guide_quotes_the_bot(talk: Talk) -> None:
    here = _Listener(talk)
    await _live_through(here)
    assert [line for line in _shown() if line not in here.lines] == []


def test_the_guide_names_commands_that_exist() -> None:
    assert set(re.findall(r"`/([a-z]+)", read("docs/huong-dan.md"))) <= CHAT_COMMANDS.keys()


@pytest.mark.usefixtures("_plain_pictures")
@pytest.mark.parametrize(
    "words", ["đơn vị", "biểu đồ", "quá hạn của phòng nội vụ", "sắp đến hạn", "chờ duyệt", "chưa nhận", "vướng mắc"]
)
async def test_what_the_guide_says_can_be_asked_is_understood(talk: Talk, words: str) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: rà soát hồ sơ cán bộ trước 6/2")
    await talk.presses("van", "Phát hành")
    said = await talk.says("lam", f"/status {words}")
    assert said, f"/status {words} was not answered"
    assert "Chưa tìm thấy" not in said[0].plain
