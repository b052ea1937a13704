"""A whole directive's life over HTTP: the program as a process, the people on Telegram, two days of 2024."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

import pytest

from domain.calendar import OFFICE_ZONE
from tests.botapi.world import SentMessage
from tests.patience import WITHIN_S
from tests.processes.running import OFFICE, ROOT, Bot, Premises

NOTICE = ROOT / "examples" / "thong-bao-mau.docx"
PEOPLE = {"van-thu-1": 5001, "cv-an-que": 5002, "ct-an-que": 5003, "pct-kinh-te": 5004}
CLERK, OFFICER, HEAD, VICE_CHAIRMAN = PEOPLE.values()
PNG = b"\x89PNG\r\n\x1a\n"


def at(day: int, clock: str) -> datetime:
    """A local moment: 31 is the last day of January, others are of February."""
    return datetime.fromisoformat(f"2024-{'01' if day == 31 else '02'}-{day:02} {clock}").replace(tzinfo=OFFICE_ZONE)


@dataclass
class Talk:
    """People on their telephones. What is heard is waited for; a message is heard once."""

    there: Premises
    bot: Bot
    heard: set[tuple[int, int, int]] = field(default_factory=set)

    async def says(self, who: int, text: str, reply_to: SentMessage | None = None) -> None:
        await self.there.api.user_says(who, text, reply_to=reply_to.message_id if reply_to else None)

    async def presses(self, who: int, under: SentMessage, label: str) -> None:
        await self.there.api.user_presses(who, under.message_id, label)

    async def hears(self, who: int, *words: str) -> SentMessage:
        """The first message, or changed message, not heard yet that holds all these words."""
        found = self.there.api.wait_for(lambda: self._find(who, words), WITHIN_S)
        try:
            message = await self.bot.while_it_lives(found)
            assert message is not None
        except TimeoutError:
            chat = "\n\n".join(m.text for m in self.there.api.sent_to(who)[-5:])
            raise AssertionError(f"{who} does not hear {words}, but:\n{chat}\n\n{self.bot.said}") from None
        self.heard.add((who, message.message_id, message.edits))
        return message

    def _find(self, who: int, words: tuple[str, ...]) -> SentMessage | None:
        new = (m for m in self.there.api.sent_to(who) if (who, m.message_id, m.edits) not in self.heard)
        return next((m for m in new if all(word in m.text for word in words)), None)


async def _linked(talk: Talk, codes: dict[int, str]) -> None:
    for who, code in codes.items():
        await talk.says(who, f"/start {code}")
    for who in codes:
        await talk.hears(who, "đã được kết nối")


async def _issued(talk: Talk) -> None:
    """The clerk sends the notice as a document, opens the second card and issues it."""
    await talk.there.api.user_sends_document(CLERK, NOTICE.name, NOTICE.read_bytes())
    summary = await talk.hears(CLERK, "15/TB-UBND", "14 nhiệm vụ")
    await talk.presses(CLERK, summary, "Xem từng nhiệm vụ")
    first = await talk.hears(CLERK, "1/14")
    await talk.presses(CLERK, first, "Sau ›")
    card = await talk.hears(CLERK, "2/14", "lập danh sách hộ nghèo", "02/02/2024")
    assert talk.there.api.sent_to(OFFICER)[1:] == [], "nothing is sent before Phát hành"
    await talk.presses(CLERK, card, "Phát hành")
    await talk.hears(CLERK, "Đã phát hành 22 nhiệm vụ cho 22 đơn vị")


async def _acknowledged(talk: Talk) -> None:
    await talk.hears(HEAD, "Nhiệm vụ mới", "hộ nghèo")
    new = await talk.hears(OFFICER, "Nhiệm vụ mới", "hộ nghèo", "UBND xã An Quế", "02/02/2024")
    await talk.presses(OFFICER, new, "Đã nhận")
    await talk.hears(OFFICER, "đang thực hiện", "Đầu mối: Nghiêm Tùng Hải")


async def _reminded(talk: Talk) -> SentMessage:
    """The next morning: one reminder for the unit, one digest with a picture for the vice chairman."""
    digest = await talk.hears(VICE_CHAIRMAN, "Bản tin sáng", "01/02/2024", "Đến hạn tuần này")
    assert [f.kind for f in digest.files] == ["photo"]
    assert digest.files[0].content.startswith(PNG)
    return await talk.hears(OFFICER, "1 việc cần chú ý", "hộ nghèo")


async def _done(talk: Talk, reminder: SentMessage) -> None:
    """The officer answers the reminder with a file; the vice chairman approves."""
    await talk.there.api.user_sends_document(
        OFFICER, "danh-sach.txt", b"12 ho ngheo", "đã xong, danh sách kèm theo", reply_to=reminder.message_id
    )
    asked = await talk.hears(OFFICER, "hiểu là đã hoàn thành", "kèm 1 tệp")
    await talk.presses(OFFICER, asked, "Đúng")
    await talk.hears(OFFICER, "Đã gửi duyệt")
    submitted = await talk.hears(VICE_CHAIRMAN, "UBND xã An Quế báo hoàn thành", "danh-sach.txt")
    await talk.presses(VICE_CHAIRMAN, submitted, "Duyệt")
    await talk.hears(VICE_CHAIRMAN, "Đã duyệt", "01/02/2024")
    await talk.hears(OFFICER, "đã được duyệt hoàn thành", "đúng hạn")
    await talk.hears(HEAD, "đã được duyệt hoàn thành")


async def _looked_at(talk: Talk, number: int) -> None:
    await talk.says(VICE_CHAIRMAN, "/status")
    await talk.hears(VICE_CHAIRMAN, "1 đã hoàn thành", "Đúng hạn: 1")
    await talk.says(VICE_CHAIRMAN, f"/status #{number}")
    await talk.hears(VICE_CHAIRMAN, f"#{number}", "Nghiêm Tùng Hải", "Quách Thiện Lĩnh")


@pytest.mark.timeout(240)  # seven processes, on a machine that may be busy
async def test_from_an_invite_to_the_approval(there: Premises) -> None:
    assert "41 units" in await there.does("import-org", str(OFFICE))
    async with asyncio.TaskGroup() as asking:
        asked = {user: asking.create_task(there.does("invite", key)) for key, user in PEOPLE.items()}
    codes = {user: printed.result().splitlines()[1] for user, printed in asked.items()}

    async with there.running(at(31, "08:00")) as bot:
        talk = Talk(there, bot)
        await _linked(talk, codes)
        await _issued(talk)
        await _acknowledged(talk)
        assert await bot.stop() == 0, bot.said

    ((number,),) = there.ask("select id from directives where state = 'in_progress'")
    async with there.running(at(1, "07:30:05")) as bot:
        talk = Talk(there, bot, talk.heard)
        reminder = await _reminded(talk)
        await _done(talk, reminder)
        await _looked_at(talk, number)
        assert await bot.stop() == 0, bot.said

    _is_on_record(there, number)


def _is_on_record(there: Premises, number: int) -> None:
    ask = there.ask
    events = [event for (event,) in ask(f"select event from transitions where directive_id = {number} order by id")]
    assert events[-4:] == ["issue", "acknowledge", "submit", "approve"]
    assert ask(f"select state, completed_at is not null, next_reminder_at from directives where id = {number}") == [
        ("completed", 1, None)
    ]
    files = (
        f"select a.name, a.size from attachments a join reports r on r.id = a.report_id where directive_id = {number}"
    )
    assert ask(files) == [("danh-sach.txt", 11)]
    assert ask("select count(*) from inbox where state != 'done'") == [(0,)]
    assert ask("select count(*) from outbox where state in ('sending', 'uncertain')") == [(0,)]
    assert _sent(there, "reminder") == [("cv-an-que",), ("van-thu-1",)]  # to the clerk: units without anybody
    assert _sent(there, "digest") == [("pct-kinh-te",)]


def _sent(there: Premises, kind: str) -> list[tuple[str]]:
    """The people who got one of a kind, each as often as they got it."""
    people = "select p.key from outbox o join people p on p.id = o.person_id"
    return there.ask(f"{people} where o.kind = '{kind}' and o.state = 'sent' order by p.key")
