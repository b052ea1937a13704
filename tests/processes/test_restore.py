"""The drill: a copy while the bot works, more work, a restore, and what people get then."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import stat
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pytest

from bot import organisation
from bot.integrity import Damaged, check
from db import Database, sqlite_url
from db.migrate import migrate
from domain.calendar import OFFICE_ZONE
from domain.deadlines import Deadline
from domain.office import Office
from services import accounts, issuing, office
from services.life import By
from services.notices import draft_directly
from tests.botapi.world import SentMessage
from tests.patience import WITHIN_S
from tests.processes.levers import until
from tests.processes.running import OFFICE, START_S, Bot, Premises

CLERK, OFFICER = 5001, 5002
TASK = "Báo cáo kết quả rà soát hộ nghèo"
RESENT = re.compile(r"\(gửi lại, mã \w+\)")
UNDER_WAY = """
    SELECT id FROM outbox WHERE state IN ('queued', 'sending', 'uncertain')
    AND (channel IS NOT NULL OR person_id IN (SELECT person_id FROM accounts))
"""

pytestmark = pytest.mark.timeout(300)  # several processes each


def at(day: int, clock: str) -> datetime:
    """A local moment of March 2024; the first was a Friday."""
    return datetime.fromisoformat(f"2024-03-{day:02} {clock}").replace(tzinfo=OFFICE_ZONE)


async def _settled(there: Premises) -> int:
    """The sample office; a clerk and an officer with accounts; one directive that ends on the 7th."""
    database = Database(sqlite_url(there.database))
    migrate(database.url)
    found, issued = organisation.load(OFFICE), at(1, "09:00")
    async with database.write() as session:
        await office.import_org(session, found.units, found.people, issued)
        people = {p.key: p for p in await office.active_people(session)}
        for key, user in (("van-thu-1", CLERK), ("cv-an-que", OFFICER)):
            there.api.world.started.add(there.api.person(user, people[key].name))
            await accounts.link(session, people[key], "telegram", str(user), str(user), issued)
        by = By(people["van-thu-1"], issued, Office())
        deadline = Deadline(date(2024, 3, 7), text="chậm nhất ngày 07/03/2024")
        draft = await draft_directly(session, TASK, people["cv-an-que"].unit, deadline, (), by)
        (directive,) = await issuing.issue(session, [draft], by)
        number = directive.id
    await database.close()
    return number


@dataclass
class Ears:
    """What people on Telegram hear; a message is heard once."""

    there: Premises
    bot: Bot
    heard: set[int] = field(default_factory=set)

    async def hears(self, who: int, *words: str) -> str:
        """The first message not heard yet that has these words."""
        try:
            found = await self.bot.while_it_lives(self.there.api.wait_for(lambda: self._find(who, words), WITHIN_S))
        except TimeoutError:
            chat = "\n\n".join(m.text for m in self.there.api.sent_to(who))
            raise AssertionError(f"{who} does not hear {words}, but:\n{chat}\n{self.bot.said}") from None
        self.heard.add(found.message_id)
        return found.text

    def _find(self, who: int, words: tuple[str, ...]) -> SentMessage | None:
        new = (m for m in self.there.api.sent_to(who) if m.message_id not in self.heard)
        return next((m for m in new if all(word in m.text for word in words)), None)

    def hears_the_rest(self, who: int) -> None:
        """Whatever else was said so far is nothing new any more."""
        self.heard |= {m.message_id for m in self.there.api.sent_to(who)}

    def unheard(self, who: int) -> list[str]:
        return [m.text for m in self.there.api.sent_to(who) if m.message_id not in self.heard]


async def test_the_drill(there: Premises, tmp_path: Path) -> None:
    number = await _settled(there)
    backup = tmp_path / "b"
    async with there.running(at(5, "18:00")) as bot:
        ears = Ears(there, bot)
        await ears.hears(OFFICER, "Nhiệm vụ mới")
        await there.api.user_says(OFFICER, f"#{number} được 20%")
        await ears.hears(OFFICER, "đạt 20%")
        await until(lambda: not there.ask(UNDER_WAY))  # heard is not yet written down as sent
        assert "checked" in await there.does("backup", str(backup))
        assert await bot.stop() == 0, bot.said
        ears.hears_the_rest(OFFICER)  # a sweep before the report still reminds of the day before, one after it does not
    async with there.running(at(6, "07:30:05")) as bot:  # a day before the end
        ears = Ears(there, bot, ears.heard)
        reminder = await ears.hears(OFFICER, "hộ nghèo", f"#{number}")
        assert not RESENT.search(reminder)
        await there.api.user_says(OFFICER, f"#{number} được 60%")
        await ears.hears(OFFICER, "đạt 60%")
        assert await bot.stop() == 0, bot.said

    printed = await there.does("restore", str(backup), "--now", at(6, "10:00").isoformat())
    assert "as it was at 2024-03-05 18:0" in printed
    assert "0 messages that waited then may have been sent" in printed
    assert "1 people will be told" in printed
    _is_as_it_was(there)

    async with there.running(at(6, "10:05")) as bot:
        ears = Ears(there, bot, ears.heard)
        told = await ears.hears(CLERK, "Dữ liệu vừa được khôi phục")
        assert "10:00 ngày 06/03/2024 có thể không còn" in told
        again = await ears.hears(OFFICER, "hộ nghèo", f"#{number}")
        assert RESENT.search(again), "the reminder of the morning may be known: it says so"
        await there.api.user_says(OFFICER, f"#{number} được 60%")
        assert not RESENT.search(await ears.hears(OFFICER, "đạt 60%"))
        assert await bot.stop() == 0, bot.said
    async with there.running(at(7, "07:30:05")) as bot:
        ears = Ears(there, bot, ears.heard)
        assert not RESENT.search(await ears.hears(OFFICER, "hộ nghèo", f"#{number}")), "the next one is a new one"
        assert await bot.stop() == 0, bot.said
    assert ears.unheard(OFFICER) == []
    assert [t for t in ears.unheard(CLERK) if "khôi phục" in t] == [], "once"


def _is_as_it_was(there: Premises) -> None:
    assert there.ask("select max(percent) from reports") == [(20,)]
    assert there.ask("select count(*) from transitions where event = 'restored'") == [(1,)]
    (aside,) = there.database.parent.glob("before-restore-20240306-100000.sqlite")
    with closing(sqlite3.connect(aside)) as old:
        assert old.execute("select max(percent) from reports").fetchone() == (60,)
    assert not there.database.with_name("restoring.sqlite").exists()


async def test_what_waited_at_the_backup_goes_out_once_more_and_says_so(there: Premises, tmp_path: Path) -> None:
    await _settled(there)
    backup = tmp_path / "b"
    await there.does("backup", str(backup))  # the card of the new directive waits in it
    async with there.running(at(1, "09:01")) as bot:
        ears = Ears(there, bot)
        first = await ears.hears(OFFICER, "Nhiệm vụ mới")
        assert await bot.stop() == 0, bot.said

    printed = await there.does("restore", str(backup), "--now", at(1, "10:00").isoformat())
    assert "1 messages that waited then may have been sent since" in printed
    for clock in ("10:01", "10:10"):
        async with there.running(at(1, clock)) as bot:
            ears = Ears(there, bot, ears.heard)
            if clock == "10:01":
                second = await ears.hears(OFFICER, "Nhiệm vụ mới")
                await ears.hears(CLERK, "khôi phục")
            polls = there.polls
            await bot.while_it_lives(there.api.wait_for(lambda polls=polls: there.polls > polls + 1, WITHIN_S))
            assert await bot.stop() == 0, bot.said
    assert RESENT.match(second)
    assert second.split("\n", 1)[1] == first
    assert ears.unheard(OFFICER) == [], "once"


async def test_what_is_too_old_is_let_go(there: Premises, tmp_path: Path) -> None:
    await _settled(there)
    await there.does("backup", str(tmp_path / "b"))
    printed = await there.does("restore", str(tmp_path / "b"), "--now", at(20, "10:00").isoformat())
    assert "0 messages that waited then may have been sent since" in printed
    assert there.ask("select distinct state from outbox where kind = 'issued'") == [("moot",)]


async def test_it_refuses_while_the_bot_runs(there: Premises, tmp_path: Path) -> None:
    async with there.running():
        await there.does("backup", str(tmp_path / "b"))
        status, said = await there.tries("restore", str(tmp_path / "b"))
    assert status == 1
    assert "in use by another process" in said
    assert list(there.database.parent.glob("before-restore-*")) == []


@pytest.fixture
async def backup(there: Premises, tmp_path: Path) -> Path:
    await there.does("import-org", str(OFFICE))
    await there.does("backup", str(tmp_path / "b"))
    return tmp_path / "b"


def _bytes(path: Path) -> bytes:
    return path.read_bytes()


def _same(there: Premises) -> bytes:
    return _bytes(there.database)


def _halves(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if "half" in path.name or path.name.startswith("b-")]


async def test_a_backup_is_one_checked_file_for_its_owner_alone(there: Premises, backup: Path, tmp_path: Path) -> None:
    assert stat.S_IMODE(os.stat(backup).st_mode) == 0o600
    assert check(backup)
    assert _halves(tmp_path) == []
    with closing(sqlite3.connect(f"file:{backup}?mode=ro", uri=True)) as copy:
        assert copy.execute("select count(*) from people").fetchone() == there.ask("select count(*) from people")[0]


async def test_a_backup_that_fails_leaves_the_one_before(there: Premises, backup: Path) -> None:
    before = _bytes(backup)
    _damage(there.database)
    status, said = await there.tries("backup", str(backup))
    assert status == 1, said
    assert _bytes(backup) == before
    assert _halves(backup.parent) == []


def _damage(path: Path) -> None:
    """Write over the page that holds the tree of tables."""
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 4000)


async def test_a_damaged_backup_changes_nothing(there: Premises, backup: Path) -> None:
    before = _same(there)
    _damage(backup)
    status, said = await there.tries("restore", str(backup))
    assert status == 1
    assert "damaged" in said
    assert len(said.splitlines()) == 1, said
    assert _same(there) == before


def _overwrite(path: Path) -> None:
    path.write_text("Thông báo kết luận " * 1000)


async def test_a_file_that_is_no_database_changes_nothing(there: Premises, backup: Path) -> None:
    before = _same(there)
    _overwrite(backup)
    status, said = await there.tries("restore", str(backup))
    assert (status, len(said.splitlines())) == (1, 1)
    assert "damaged" in said
    assert _same(there) == before


async def test_a_database_of_others_changes_nothing(there: Premises, backup: Path, tmp_path: Path) -> None:
    before = _same(there)
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as other:
        other.execute("create table people (id)")
        other.commit()
    status, said = await there.tries("restore", str(tmp_path / "other.sqlite"))
    assert status == 1
    assert "is no database of Đôn Đốc" in said
    assert _same(there) == before


async def test_a_broken_chain_changes_nothing(there: Premises, backup: Path) -> None:
    before = _same(there)
    with closing(sqlite3.connect(backup)) as copy, copy:
        copy.execute("drop trigger transitions_no_update")
        copy.execute("update transitions set event = 'x' where id = 1")
    status, said = await there.tries("restore", str(backup))
    assert status == 1
    assert "its chain of audit rows is broken at row 1" in said
    assert _same(there) == before


async def test_a_newer_one_changes_nothing(there: Premises, backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as copy, copy:
        copy.execute("update alembic_version set version_num = '9999'")
    status, said = await there.tries("restore", str(backup))
    assert status == 1
    assert "newer version of the program (9999)" in said


async def test_evidence_that_is_not_there_is_counted(there: Premises, backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as copy, copy:
        copy.execute("pragma foreign_keys = off")
        copy.execute(
            "insert into attachments (report_id, sha256, name, mime, size) values (1, ?, 'a', 'b', 1)", ("ab" * 32,)
        )
    assert "1 files that it names are not in" in await there.does("restore", str(backup))


# --- a damaged database at the start ---


async def test_a_damaged_database_is_said_at_the_start_and_kept_as_it_is(there: Premises, backup: Path) -> None:
    _damage(there.database)
    before = _same(there)
    async with there.spawned() as bot:
        assert await bot.ended(START_S) == 1
        assert "the database is damaged" in bot.said
        assert "python -m bot restore BACKUP" in bot.said
        assert "Traceback" not in bot.said
    assert _same(there) == before
    await there.does("restore", str(backup))
    async with there.running() as bot:
        assert await bot.stop() == 0, bot.said


async def test_a_log_without_its_database_is_not_thrown_away(there: Premises, backup: Path) -> None:
    log = there.database.with_name("dondoc.sqlite-wal")
    there.database.rename(there.database.with_name("moved"))
    log.write_bytes(b"newest changes")
    async with there.spawned() as bot:
        assert await bot.ended(START_S) == 1
        assert "its newest changes" in bot.said
    assert log.read_bytes() == b"newest changes"


def test_an_empty_file_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "d").touch()
    with pytest.raises(Damaged, match="it is empty"):
        check(tmp_path / "d")


def test_a_look_that_takes_too_long_is_given_up(migrated: Path, tmp_path: Path) -> None:
    large = tmp_path / "large"
    shutil.copy(migrated, large)
    with closing(sqlite3.connect(large)) as connection, connection:
        connection.execute("create table filler (text text)")
        rows = "with recursive n(i) as (select 1 union all select i + 1 from n limit 40000) select i from n"
        connection.execute(f"insert into filler select hex(randomblob(500)) from ({rows})")
        connection.execute("create index by_text on filler (text)")
    assert check(large, within_s=0.0) is False
    assert check(large) is True


async def test_the_head_of_before_shows_a_cut_tail(there: Premises, backup: Path) -> None:
    printed = await there.does("verify-audit")
    found = re.search(r"(\d+) rows, head ([0-9a-f]{12})", printed)
    assert found
    assert f"{found[2]} is in it" in await there.does("verify-audit", "--head", found[2])
    with closing(sqlite3.connect(there.database)) as connection, connection:
        connection.execute("drop trigger transitions_no_delete")
        connection.execute("delete from transitions where id = (select max(id) from transitions)")
    status, said = await there.tries("verify-audit", "--head", found[2])
    assert status == 1
    assert "holds" in said
    assert "cut off" in said
    assert (await there.tries("verify-audit", "--head", "no"))[0] == 2
