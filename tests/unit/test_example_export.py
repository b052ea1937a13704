"""Corrections become annotated files: what was read, with what people changed before issuing laid over it."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import select

from bot.__main__ import main
from db.models import Directive, Notice
from domain.deadlines import Deadline
from domain.lifecycle import Event
from notices.model import ALL_UNITS, NO_UNIT, Header, Quote, ReadDirective, ReadNotice
from services import aliases, correcting, extensions, issuing, notices, office, steering
from services.examples import Examples, examples
from services.life import By
from tests.talk import Talk

ROOT = Path(__file__).parents[2]
SCORER = ROOT.parent / "shared" / "tools" / "score_notices.py"
HEADER = Header(number="27/TB-UBND", date=date(2024, 1, 30), issuer="UBND huyện Tùng Lĩnh", signer="Hoàng Văn Lâm")
DUE = Deadline(date(2024, 2, 7), inclusive=False, text="trước ngày 07/02/2024")


def task(text: str, *lead: str, **more: Any) -> ReadDirective:
    return ReadDirective(more.pop("ref", "1"), text, Quote(text), lead=lead or (ALL_UNITS,), **more)


CLAUSES = (
    task("Phòng TNMT H kiểm tra bãi cát trước ngày 07/02/2024", "Phòng TNMT H", deadline=DUE),
    task("Rà soát biên chế", "Phòng Nội vụ", "Phòng Tài chính - Kế hoạch", coordinating=("Phòng TNMT H", "Đội Y")),
    task("Nâng cao kỷ luật", group="all", warnings=(NO_UNIT,)),
    task("Các xã rà soát rừng", "UBND các xã", group="communes", excepted=("An Hòa",)),
    task("Trong tháng qua đã có nhiều cố gắng", "Phòng Nội vụ"),
)
TEXT = "\n".join(one.text for one in CLAUSES) + "\nYêu cầu phối hợp chặt chẽ."


class Desk:
    """The clerk at work on one notice, without the chat."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk

    async def does(self, act: Callable[..., Any]) -> Any:
        """Something done in a transaction of its own: ``act(session, drafts, by)``."""
        async with self.talk.app.database.write() as session:
            clerk = await office.person_by_key(session, "van")
            assert clerk
            drafts = list(await session.scalars(select(Directive).order_by(Directive.id)))
            return await act(session, drafts, By(clerk, self.talk.clock(), self.talk.app.office))

    async def files(self, *clauses: ReadDirective, text: str = TEXT, header: Header = HEADER) -> None:
        read = ReadNotice(header, clauses, left_out=("Yêu cầu phối hợp chặt chẽ.",), giving=5, text=text)
        await self.does(lambda s, d, by: notices.file_notice(s, read, by))

    async def unit(self, session: Any, name: str) -> Any:
        entry = (await office.directory(session)).match(name).unit
        assert entry
        return await office.unit(session, entry.id)

    async def gives_lead(self, place: int, name: str) -> None:
        async def act(session: Any, drafts: list[Directive], by: By) -> None:
            unit = await self.unit(session, name)
            await correcting.change_lead(session, drafts[place], unit, by)
            await aliases.teach(session, drafts[place], drafts[place].lead_written, unit, by)

        await self.does(act)

    async def issues(self, *places: int) -> None:
        await self.does(lambda s, d, by: issuing.issue(s, [d[i] for i in places] or d, by))

    async def examples(self) -> Examples:
        async with self.talk.app.database.read() as session:
            return await examples(session)


@pytest.fixture
def desk(talk: Talk) -> Desk:
    return Desk(talk)


async def golds(desk: Desk) -> list[dict[str, Any]]:
    (one,) = (await desk.examples()).found
    return one.directives


async def test_what_was_read_rightly_is_the_example(desk: Desk) -> None:
    await desk.files(task("Rà soát biên chế", "Phòng Nội vụ", deadline=DUE, recurring="hằng tuần"))
    await desk.issues(0)
    (one,) = (await desk.examples()).found
    assert not one.corrected
    assert one.document == {
        "number": "27/TB-UBND", "date": "2024-01-30", "issuer": "UBND huyện Tùng Lĩnh", "signer": "Hoàng Văn Lâm",
        "reference_date": "2024-01-30", "doc_type": None,
    }  # fmt: skip
    assert one.directives == [
        {
            "ref": "1", "text": "Rà soát biên chế", "lead": ["Phòng Nội vụ"], "coordinating": [],
            "deadline": {"text": "trước ngày 07/02/2024", "date": "2024-02-07", "inclusive": False},
            "recurring": "hằng tuần",
        }
    ]  # fmt: skip


async def test_a_corrected_spelling_stays_as_it_is_written(desk: Desk) -> None:
    await desk.files(*CLAUSES[:2])
    await desk.gives_lead(0, "Phòng Tài nguyên và Môi trường")
    await desk.issues()
    first, second = await golds(desk)
    assert first["lead"] == ["Phòng TNMT H"]
    assert second["lead"] == ["Phòng Nội vụ", "Phòng Tài chính - Kế hoạch"], "leads of one clause are one task"
    assert second["coordinating"] == ["Phòng TNMT H", "Đội Y"]


async def test_another_unit_is_named_in_full(desk: Desk) -> None:
    await desk.files(CLAUSES[1], task("Họp dân", "đồng chí Nguyễn Văn Bình"))
    await desk.gives_lead(1, "UBND xã An Hòa")
    await desk.gives_lead(2, "UBND xã Bình Minh")
    await desk.issues()
    assert [d["lead"] for d in await golds(desk)] == [["Phòng Nội vụ", "UBND xã An Hòa"], ["UBND xã Bình Minh"]]


async def test_a_clause_for_nobody_and_one_for_many(desk: Desk) -> None:
    await desk.files(*CLAUSES[2:4], CLAUSES[2])
    await desk.gives_lead(0, "Phòng Nội vụ")
    await desk.does(lambda s, d, by: correcting.change_lead(s, d[2], None, by, "all"))
    await desk.issues()
    assert [d["lead"] for d in await golds(desk)] == [["Phòng Nội vụ"], ["UBND các xã"], [ALL_UNITS]]


async def test_what_was_dropped_is_out_and_what_was_added_is_in(desk: Desk) -> None:
    await desk.files(CLAUSES[1], CLAUSES[4])
    await desk.does(lambda s, d, by: issuing.drop(s, d[2], by))

    async def take_in(session: Any, _: Any, by: By) -> None:
        notice = await session.get_one(Notice, 1)
        draft = await notices.take_in(session, notice, notice.left_out[0], by)
        await correcting.change_lead(session, draft, await self_unit(session), by)

    async def self_unit(session: Any) -> Any:
        return await desk.unit(session, "Phòng Nội vụ")

    await desk.does(take_in)
    await desk.issues(0, 1, 3)
    first, second = await golds(desk)
    assert first["text"] == "Rà soát biên chế"
    assert (second["text"], second["lead"]) == ("Yêu cầu phối hợp chặt chẽ.", ["Phòng Nội vụ"])


async def test_corrected_deadline_words_and_helpers(desk: Desk) -> None:
    await desk.files(
        CLAUSES[0], task("Rà soát biên chế trước ngày 07/02/2024", "Phòng Nội vụ", deadline=DUE), CLAUSES[4]
    )
    typed = Deadline(date(2024, 2, 20), inclusive=True, text="20/2")
    await desk.gives_lead(0, "Phòng Tài nguyên và Môi trường")
    await desk.does(lambda s, d, by: correcting.change_deadline(s, d[0], typed, by))
    await desk.does(lambda s, d, by: correcting.change_deadline(s, d[1], None, by))
    await desk.does(lambda s, d, by: correcting.change_text(s, d[0], "kiểm tra bãi cát", by))
    await desk.does(lambda s, d, by: correcting.change_text(s, d[2], "Viết lại bằng lời khác", by))

    async def helpers(session: Any, drafts: list[Directive], by: By) -> None:
        units = [await desk.unit(session, name) for name in ("Phòng Tài nguyên và Môi trường", "UBND xã An Hòa")]
        await correcting.change_coordinating(session, drafts[1], units, by)

    await desk.does(helpers)
    await desk.issues()
    first, second, third = await golds(desk)
    assert first["deadline"] == {"text": "20/2", "date": "2024-02-20", "inclusive": True}
    assert first["text"] == "kiểm tra bãi cát", "words of the document"
    assert second["deadline"] is None
    assert second["coordinating"] == ["Phòng Tài nguyên và Môi trường", "UBND xã An Hòa"]
    assert third["text"] == CLAUSES[4].text, "words of the clerk's own are not in the document"


async def test_what_becomes_of_a_directive_later_changes_no_example(desk: Desk) -> None:
    await desk.files(task("Rà soát biên chế", "Phòng Nội vụ", deadline=DUE))
    await desk.issues(0)
    before = await golds(desk)

    async def later(session: Any, drafts: list[Directive], by: By) -> None:
        nam = await office.person_by_key(session, "nam")
        assert nam
        asked = await extensions.ask(session, drafts[0], date(2024, 3, 1), "chờ số liệu", By(nam, by.now, by.office))
        await extensions.grant(session, asked, by)
        await steering.reassign(session, drafts[0], await desk.unit(session, "UBND xã An Hòa"), by)
        await steering.steer(session, drafts[0], Event.CANCEL, by, "không còn phù hợp")

    await desk.does(later)
    assert await golds(desk) == before


async def test_a_notice_with_open_drafts_is_no_example_yet(desk: Desk) -> None:
    await desk.files(*CLAUSES[:2])
    await desk.issues(1)
    there = await desk.examples()
    assert (there.found, there.waiting) == ([], 1)


async def test_a_notice_without_its_words_is_no_example(desk: Desk) -> None:
    await desk.files(CLAUSES[1], text="")
    await desk.issues()
    there = await desk.examples()
    assert (there.found, there.silent) == ([], 1)


# --- the command ---


@pytest.fixture
async def config(desk: Desk, data_folder: Path, tmp_path: Path) -> Path:
    """An office with two confirmed notices, the second corrected."""
    await desk.files(task("Rà soát biên chế", "Phòng Nội vụ"), text="1. Giao Phòng Nội vụ rà soát biên chế.")
    await desk.issues(0)
    await desk.files(CLAUSES[0], header=Header(number="28/TB-UBND"))
    await desk.gives_lead(1, "Phòng Tài nguyên và Môi trường")
    await desk.issues(1)
    path = tmp_path / "config.toml"
    path.write_text(f'[office]\nname = "UBND huyện Tùng Lĩnh"\n[storage]\nfolder = "{data_folder}"\n', "utf-8")
    return path


async def export(folder: Path, config: Path, *more: str) -> int:
    return await asyncio.to_thread(main, ["export-examples", str(folder), "--config", str(config), *more])


async def test_corrected_notices_are_written_for_the_owners_eyes(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    assert await export(folder, config) == 0
    said = capsys.readouterr().out
    assert "1 notices in" in said
    assert "The files hold the office's documents" in said
    assert "1 notices in which nothing was corrected" in said
    names = ["0002_28_tb_ubnd.gold.json", "0002_28_tb_ubnd.txt", "index.json"]
    assert sorted(p.name for p in folder.iterdir()) == names
    assert {stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert (folder / names[1]).read_text("utf-8") == TEXT


async def test_all_confirmed_notices_in_the_form_of_the_corpus(config: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert await export(folder, config, "--all") == 0
    index = json.loads((folder / "index.json").read_text("utf-8"))
    assert len(index) == 2
    assert index[0].keys() == {
        "file", "gold", "doc_type", "number", "date", "issuer", "directives", "deadlines", "recurring", "completeness"
    }  # fmt: skip
    for entry in index:
        gold = json.loads((folder / entry["gold"]).read_text("utf-8"))
        assert (folder / entry["file"]).exists()
        assert gold.keys() == {"document", "directives"}
        assert len(gold["directives"]) == entry["directives"]
        date.fromisoformat(gold["document"]["reference_date"])


async def test_a_folder_with_something_in_it_is_left_alone(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text("của tôi", "utf-8")
    assert await export(folder, config) == 2
    assert "is not empty" in capsys.readouterr().err
    assert [p.name for p in folder.iterdir()] == ["a.txt"]


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_notices", SCORER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not SCORER.exists(), reason="the scoring tool is not beside the repository")
async def test_the_scorer_reads_the_folder(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    await export(folder, config, "--all")
    capsys.readouterr()
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("sys.argv", ["score_notices.py", str(folder), "--json"])
    assert await asyncio.to_thread(_scorer().main) == 0
    scores = json.loads(capsys.readouterr().out)
    assert scores["failed"] == 0
    assert scores["lead"] > 0
