"""What leaders are shown: totals, lists, units, one directive, the morning digest."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from channels.base import Button, Capabilities, IncomingMessage, OutgoingMessage, Sender, parts, visible
from db import Session
from db.models import Conversation, Directive, Extension, Outbox, Person
from domain.errors import NoSuchDirective, NoSuchThing, NotAllowed
from domain.figures import UnitFigures
from domain.lifecycle import State
from domain.office import Office
from exports.charts import ChartRoom
from handlers import status
from handlers.digest import digest
from handlers.turn import Turn
from services.evidence import Store
from tests.figures_office import Cast, at, block, days, give, new_database, record, settle

TODAY = date(2024, 2, 5)  # a Monday
NOW = at(TODAY, 7, 30)
OFFICE = Office("UBND huyện Mẫu")


class PlainRoom(ChartRoom):
    """Draws nothing; keeps what it was asked to draw."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, int]] = []

    async def units_chart(self, rows: Sequence[UnitFigures], title: str, as_of: date) -> bytes:
        self.asked.append((title, len(rows)))
        return b"\x89PNG"


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[Session]:
    database = new_database(tmp_path)
    async with database.write() as opened:
        yield opened
    await database.close()


@pytest.fixture
async def cast(session: Session) -> Cast:
    return await settle(session)


@dataclass
class Phone:
    """A person's chat with ``/status``."""

    session: Session
    person: Person
    store: Store
    now: datetime = NOW
    last: list[OutgoingMessage] = field(default_factory=list)
    toast: str | None = None

    async def says(self, text: str) -> str:
        """Send a command; gives what was answered."""
        turn = self._turn(IncomingMessage("web", "1", "chat", Sender("1"), self.now, text=text))
        await status.status(turn)
        return self._heard(turn)

    async def presses(self, label: str) -> str:
        """Press the button of the last answer that begins with these words."""
        button = next(b for b in self.buttons if b.label.startswith(label))
        return await self.sends(button.data)

    async def sends(self, data: str) -> str:
        """Press a button by its data."""
        action, *args = data.split(":")
        message = IncomingMessage("web", "2", "chat", Sender("1"), self.now, button=data, pressed_on="77")
        turn = self._turn(message)
        await status.BUTTONS[action](turn, args)
        return self._heard(turn)

    @property
    def buttons(self) -> list[Button]:
        return [b for m in self.last for row in m.buttons for b in row]

    @property
    def labels(self) -> list[str]:
        return [b.label for b in self.buttons]

    def _turn(self, message: IncomingMessage) -> Turn:
        talk = Conversation(channel="web", chat="chat", external_id="1", updated_at=self.now)
        return Turn(self.session, OFFICE, self.person, message, talk, self.now, inbox_id=1, store=self.store)

    def _heard(self, turn: Turn) -> str:
        self.last = [answer.message for answer in turn.answers]
        self.toast = turn.toast
        return "\n---\n".join(visible(m.text) for m in self.last)


PhoneOf = Callable[[str], Phone]


@pytest.fixture
def phone_of(session: Session, cast: Cast, tmp_path: Path) -> PhoneOf:
    return lambda who: Phone(session, cast.people[who], Store(tmp_path / "files"))


async def _extension(session: Session, cast: Cast, directive: Directive, state: str = "pending") -> None:
    asked = Extension(directive_id=directive.id, asked_by=cast.people["nam"].id, asked_at=NOW, state=state)
    asked.until, asked.reason, asked.last_day_before = TODAY + days(9), "chờ ý kiến", TODAY
    session.add(asked)
    await session.flush()


@pytest.fixture
async def busy(session: Session, cast: Cast) -> None:
    """Eleven directives on the morning of Monday 5 February 2024."""
    done = {"state": State.COMPLETED}
    await give(session, cast, "nội vụ", date(2024, 1, 20), submitted=date(2024, 1, 19), **done)
    await give(session, cast, "nội vụ", date(2024, 1, 20), submitted=date(2024, 1, 25), **done)
    await give(session, cast, "nội vụ", date(2024, 1, 26), text="Rà soát biên chế năm 2024")
    await give(session, cast, "nội vụ", date(2024, 2, 7), text="Báo cáo cải cách hành chính", state=State.ISSUED)
    await give(session, cast, "nội vụ", None, text="Nâng cao chất lượng tuyển dụng")
    late = await give(session, cast, "y tế", date(2024, 2, 2), text="Tổng hợp tiêm chủng")
    await block(session, late, "thiếu vắc xin", date(2024, 1, 30))
    await give(session, cast, "y tế", date(2024, 2, 20), text="Kiểm tra phòng khám", percent=40)
    await give(
        session, cast, "tài chính", date(2024, 2, 1), text="Quyết toán dự án",
        state=State.SUBMITTED, submitted=date(2024, 1, 31),
    )  # fmt: skip
    await give(session, cast, "đất đai", date(2024, 1, 15), text="Thu hồi đất")
    await give(session, cast, "an bình", date(2024, 2, 9), text="Ra quân vệ sinh môi trường")
    await give(session, cast, "an bình", date(2024, 1, 15), text="Dự thảo chưa giao", state=State.DRAFT)


async def test_the_chairman_sees_everything_on_one_screen(busy: None, phone_of: PhoneOf) -> None:
    text = await phone_of("hoa").says("/status")
    assert text == "\n".join(
        [
            "Toàn cơ quan · đến 05/02/2024",
            "10 nhiệm vụ: 2 đã hoàn thành, 8 chưa hoàn thành",
            "",
            "Hoàn thành",
            "Đúng hạn: 1",
            "Quá hạn: 1",
            "",
            "Chưa hoàn thành",
            "Trong hạn: 4 (sắp đến hạn trong 3 ngày: 1)",
            "Quá hạn: 3",
            "Không hạn: 1",
            "Chưa xác nhận đã nhận: 1",
            "Đang vướng mắc: 1",
            "",
            "Tỷ lệ hoàn thành",
            "20,0 % = đã hoàn thành ÷ tổng số nhiệm vụ",
            "40,0 % = đã hoàn thành ÷ (đã hoàn thành + chưa hoàn thành quá hạn)",
            "",
            "Đơn vị cần đôn đốc",
            "1. Phòng Y tế: 1 quá hạn / 2 nhiệm vụ",
            "2. Phòng Quản lý đất đai: 1 quá hạn / 1 nhiệm vụ",
            "3. Phòng Nội vụ: 1 quá hạn / 5 nhiệm vụ",
            "",
            "Chờ quyết định (mở bằng /duyet)",
            "Báo hoàn thành, chờ duyệt: 1",
        ]
    )


# --- lists and the way down ---------------------------------------------------------------------


async def test_a_list_names_unit_text_deadline_and_state(busy: None, phone_of: PhoneOf) -> None:
    phone = phone_of("hoa")
    text = await phone.says("/status quá hạn")
    assert text == "\n".join(
        [
            "Việc quá hạn: 3",
            "Toàn cơ quan",
            "",
            "#9 Phòng Quản lý đất đai: Thu hồi đất",
            "hạn 15/01/2024, quá hạn 21 ngày · đang thực hiện",
            "",
            "#3 Phòng Nội vụ: Rà soát biên chế năm 2024",
            "hạn 26/01/2024, quá hạn 10 ngày · đang thực hiện",
            "",
            "#6 Phòng Y tế: Tổng hợp tiêm chủng",
            "hạn 02/02/2024, quá hạn 3 ngày · đang thực hiện",
            "Vướng: thiếu vắc xin",
        ]
    )
    assert phone.labels == ["#9", "#3", "#6", "Tổng hợp"]


@pytest.mark.parametrize(
    ("words", "first_line"),
    [
        ("qua han", "Việc quá hạn: 3"),
        ("TRỄ HẠN", "Việc quá hạn: 3"),
        ("tuần", "Việc đến hạn trong tuần này: 2"),
        ("tuan nay", "Việc đến hạn trong tuần này: 2"),
        ("sắp đến hạn", "Việc sắp đến hạn: 1"),
        ("cho duyet", "Việc chờ duyệt: 1"),
        ("chưa nhận", "Việc chưa có người nhận: 1"),
        ("vướng mắc", "Việc đang vướng mắc: 1"),
        ("đã xong", "Việc đã hoàn thành: 2"),
        ("chưa xong", "Việc chưa hoàn thành: 8"),
        ("tất cả", "Tất cả nhiệm vụ: 10 · trang 1/2"),
        ("đơn vị", "Toàn cơ quan, theo đơn vị"),
        ("phòng nội vụ", "Phòng Nội vụ · đến 05/02/2024"),
        ("p. y te", "Phòng Y tế · đến 05/02/2024"),
        ("khối kinh tế", "Khối kinh tế · đến 05/02/2024"),
        ("việc quá hạn của phòng y tế", "Việc quá hạn: 1"),
        ("qua han phong tai chinh ke hoach", "Việc quá hạn: 0"),
        ("phong", "Có nhiều đơn vị gần với “phong”; chọn đơn vị cần xem:"),
        ("trời mưa", "Chưa tìm thấy đơn vị hoặc danh sách nào tên “trời mưa”. Có thể gõ:"),
    ],
)
async def test_what_is_typed_is_understood(busy: None, phone_of: PhoneOf, words: str, first_line: str) -> None:
    assert (await phone_of("hoa").says(f"/status {words}")).partition("\n")[0] == first_line


async def test_from_the_totals_down_to_a_directive_and_back_in_place(busy: None, phone_of: PhoneOf) -> None:
    phone = phone_of("hoa")
    await phone.says("/status")
    await phone.presses("Theo đơn vị")
    assert phone.last[0].replaces == "77"
    await phone.presses("Phòng Y tế")
    assert (await phone.presses("Chưa xong")).startswith("Việc chưa hoàn thành: 2\nPhòng Y tế")
    opens = next(b for b in phone.buttons if b.label == "#6")
    assert opens.data.startswith("d:")
    assert (await phone.presses("Tổng hợp")).startswith("Phòng Y tế")
    assert (await phone.presses("Tổng hợp")).startswith("Toàn cơ quan")


async def test_a_directive_comes_with_its_whole_story(session: Session, cast: Cast, phone_of: PhoneOf) -> None:
    directive = await give(session, cast, "nội vụ", TODAY)
    await record(session, directive, "issue", at(date(2024, 1, 2)), cast.people["mai"])
    await record(session, directive, "return", at(date(2024, 1, 9)), cast.people["minh"], reason="thiếu biểu số 2")
    text = await phone_of("hoa").says(f"/status #{directive.id}")
    card, story = text.split("\n---\n")
    assert "Báo cáo biên chế" in card
    assert story.index("Ngô Thị Mai") < story.index("Lê Văn Minh") < story.index("thiếu biểu số 2")


async def test_a_clause_for_many_units_is_one_line_with_a_count(
    session: Session, cast: Cast, phone_of: PhoneOf
) -> None:
    for unit, state in (("nội vụ", State.COMPLETED), ("y tế", State.IN_PROGRESS), ("an bình", State.ISSUED)):
        submitted = TODAY if state is State.COMPLETED else None
        await give(session, cast, unit, TODAY - days(3), state=state, submitted=submitted, clause_id="clause")
    phone = phone_of("hoa")
    text = await phone.says("/status quá hạn")
    assert text.startswith("Việc quá hạn: 2\n")
    assert "2 đơn vị: Báo cáo biên chế\nhạn 02/02/2024, quá hạn 3 ngày · giao chung, 1/3 đơn vị đã xong" in text
    opened = await phone.presses("#2 +1")
    assert ("Phòng Y tế" in opened, "UBND xã An Bình" in opened) == (True, True)
    assert phone.labels[:2] == ["#2", "#3"]


async def test_five_hundred_directives_are_all_reachable_in_small_pages(
    session: Session, cast: Cast, phone_of: PhoneOf
) -> None:
    long = "Khẩn trương rà soát, tổng hợp, báo cáo kết quả thực hiện nhiệm vụ được giao theo quy định. " * 6
    given = [await give(session, cast, "nội vụ", TODAY - days(n % 90 + 1), text=long) for n in range(500)]
    phone = phone_of("hoa")
    await phone.says("/status quá hạn")
    seen: list[str] = []
    while True:
        assert len(visible(phone.last[0].text)) <= Capabilities.max_chars
        seen += [b.data.split(":")[1] for b in phone.buttons if b.data.startswith("d:")]
        if "Sau ›" not in phone.labels:
            break
        await phone.presses("Sau ›")
    assert len(seen) == 500
    assert set(seen) == {d.code for d in given}


async def test_a_page_past_the_end_is_the_last_one(busy: None, phone_of: PhoneOf) -> None:
    assert "#9" in await phone_of("hoa").sends("st:list:overdue:0:99")


# --- who sees what ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "units"),
    [
        ("hoa", {"nội vụ", "y tế", "tài chính", "đất đai", "an bình"}),
        ("mai", {"nội vụ", "y tế", "tài chính", "đất đai", "an bình"}),
        ("minh", {"nội vụ", "y tế", "đất đai"}),
        ("thu", {"tài chính", "đất đai"}),
        ("nam", {"nội vụ"}),
        ("lan", {"y tế"}),
    ],
)
async def test_each_sees_the_own_field_and_nothing_else(
    session: Session, cast: Cast, phone_of: PhoneOf, who: str, units: set[str]
) -> None:
    for unit in ("nội vụ", "y tế", "tài chính", "đất đai", "an bình"):
        await give(session, cast, unit, TODAY - days(1), text=f"Việc riêng của {unit}")
    text = await phone_of(who).says("/status tất cả")
    assert set(re.findall("Việc riêng của (.+)", text)) == units


async def test_an_officer_sees_the_own_units_figures_without_what_waits_for_leaders(
    busy: None, phone_of: PhoneOf
) -> None:
    text = await phone_of("lan").says("/status")
    assert text.startswith("Phòng Y tế · đến 05/02/2024\n2 nhiệm vụ")
    assert "Chờ quyết định" not in text


async def test_who_follows_nothing_is_told_so(busy: None, phone_of: PhoneOf) -> None:
    assert (await phone_of("quản trị").says("/status")).startswith("Chưa có đơn vị nào được phân công")


@pytest.mark.parametrize("data", ["st:unit:{}", "st:list:overdue:{}:1", "st:chart:{}", "st:unit:999"])
async def test_a_button_for_another_field_is_refused(busy: None, cast: Cast, phone_of: PhoneOf, data: str) -> None:
    with pytest.raises(NotAllowed):
        await phone_of("thu").sends(data.format(cast.id("nội vụ")))


async def test_a_unit_of_another_field_is_refused_by_name(busy: None, phone_of: PhoneOf) -> None:
    with pytest.raises(NotAllowed):
        await phone_of("thu").says("/status phòng nội vụ")


async def test_a_directive_of_another_field_is_not_there(busy: None, phone_of: PhoneOf) -> None:
    with pytest.raises(NoSuchDirective):
        await phone_of("thu").says("/status #3")


@pytest.mark.parametrize("data", ["st:nowhere", "st:list:secret:0:1", "st:unit:x", "st:units", "st:"])
async def test_a_forged_button_leads_nowhere(busy: None, phone_of: PhoneOf, data: str) -> None:
    with pytest.raises(NoSuchThing):
        await phone_of("mai").sends(data)


async def test_of_a_clause_a_leader_counts_only_the_own_field(session: Session, cast: Cast, phone_of: PhoneOf) -> None:
    for unit in ("nội vụ", "tài chính", "đất đai"):
        await give(session, cast, unit, TODAY - days(1), clause_id="clause")
    assert "giao chung, 0/2 đơn vị đã xong" in await phone_of("thu").says("/status quá hạn")


async def test_what_waits_for_a_decision_is_counted_in_the_own_field(
    session: Session, cast: Cast, phone_of: PhoneOf
) -> None:
    await give(session, cast, "nội vụ", TODAY, state=State.DECLINED)
    asked = await give(session, cast, "đất đai", TODAY)
    await _extension(session, cast, asked)
    await session.flush()
    assert (await phone_of("thu").says("/status")).endswith("Chờ quyết định (mở bằng /duyet)\nXin gia hạn: 1")
    assert "Đề nghị chuyển đơn vị: 1" in await phone_of("minh").says("/status")


async def test_moved_deadlines_do_not_hide_what_was_late_at_first(
    session: Session, cast: Cast, phone_of: PhoneOf
) -> None:
    moved = await give(session, cast, "nội vụ", TODAY + days(9))
    moved.first_last_day = TODAY - days(1)
    await _extension(session, cast, moved, "granted")
    await session.flush()
    assert "Quá hạn: 0 (tính theo hạn đầu: 1)" in await phone_of("hoa").says("/status")


# --- the picture --------------------------------------------------------------------------------


async def test_a_chart_is_queued_and_drawn_when_it_is_sent(
    session: Session, cast: Cast, busy: None, phone_of: PhoneOf
) -> None:
    phone = phone_of("thu")
    await phone.says("/status")
    await phone.presses("Biểu đồ")
    assert phone.toast == "Đang vẽ biểu đồ…"
    row = await session.scalar(select(Outbox))
    assert row is not None
    assert (row.kind, row.person_id, row.payload, row.priority) == ("chart", cast.people["thu"].id, {"unit": 0}, 0)
    room = PlainRoom()
    message = await status.chart(session, cast.people["thu"], row.payload["unit"], NOW, OFFICE, room)
    assert message is not None
    assert message.files[0].is_photo
    assert room.asked == [("Các đơn vị phụ trách", 2)]


async def test_there_is_no_picture_of_nothing(session: Session, cast: Cast) -> None:
    assert await status.chart(session, cast.people["hoa"], 0, NOW, OFFICE, PlainRoom()) is None


# --- the digest ---------------------------------------------------------------------------------


async def _digest(session: Session, person: Person, now: datetime = NOW) -> OutgoingMessage:
    message = await digest(session, person, now, OFFICE, PlainRoom())
    assert message is not None
    return message


async def test_a_chairmans_morning(session: Session, cast: Cast, busy: None) -> None:
    approved = await give(
        session, cast, "y tế", TODAY, text="Mua máy thở", state=State.COMPLETED, submitted=date(2024, 2, 1)
    )
    await record(session, approved, "approve", at(date(2024, 2, 2), 16), cast.people["hoa"])
    message = await _digest(session, cast.people["hoa"])
    assert visible(message.text) == "\n".join(
        [
            "Bản tin sáng Thứ Hai, 05/02/2024",
            "Toàn cơ quan: 11 nhiệm vụ, 3 hoàn thành (27,3 %), 8 đang làm, 3 quá hạn.",
            "",
            "Quá hạn: 3",
            "Phòng Quản lý đất đai: #9 trễ 21 ngày ▲",
            "Phòng Nội vụ: #3 trễ 10 ngày ▲",
            "Phòng Y tế: #6 trễ 3 ngày",
            "",
            "▲ trễ từ 5 ngày làm việc, cần ý kiến lãnh đạo",
            "",
            "Đến hạn tuần này: 2",
            "#4 Phòng Nội vụ, thứ Tư 07/02: Báo cáo cải cách hành chính",
            "#10 UBND xã An Bình, thứ Sáu 09/02: Ra quân vệ sinh môi trường",
            "",
            "Chờ duyệt: 1",
            "#8 Phòng Tài chính - Kế hoạch: Quyết toán dự án, báo xong 31/01",
            "",
            "Vướng mắc: 1",
            "#6 Phòng Y tế: thiếu vắc xin, 6 ngày",
            "",
            "Mới hoàn thành: 1",
            "#12 Phòng Y tế: Mua máy thở",
        ]
    )


async def test_every_directive_of_the_digest_has_its_button(session: Session, cast: Cast, busy: None) -> None:
    message = await _digest(session, cast.people["hoa"])
    labels = {b.label for row in message.buttons for b in row}
    assert set(re.findall(r"#\d+", message.text)) <= labels
    assert {"Quá hạn (3)", "Tuần này (2)", "Chờ duyệt (1)", "Vướng mắc (1)", "Tổng hợp"} <= labels


async def test_the_digests_lists_open_in_a_new_message(
    session: Session, cast: Cast, busy: None, phone_of: PhoneOf
) -> None:
    message = await _digest(session, cast.people["hoa"])
    phone = phone_of("hoa")
    phone.last = [message]
    assert (await phone.presses("Quá hạn")).startswith("Việc quá hạn: 3")
    assert phone.last[0].replaces is None


async def test_a_crowded_digest_is_still_one_picture_with_a_caption(session: Session, cast: Cast) -> None:
    for unit in ("nội vụ", "y tế", "tài chính", "đất đai", "an bình"):
        for n in range(9):
            late = await give(session, cast, unit, TODAY - days(n + 1), text="Rà soát quy hoạch, kế hoạch " * 5)
            await block(session, late, "chưa có hướng dẫn của cấp trên về trình tự, thủ tục" * 3, TODAY - days(3))
            await give(session, cast, unit, TODAY + days(n % 4), text="Báo cáo kết quả rà soát " * 5)
    message = await _digest(session, cast.people["hoa"])
    assert len(parts(message, Capabilities())) == 1
    assert "đơn vị khác" in visible(message.text)
    assert "Quá hạn (45)" in [b.label for row in message.buttons for b in row]


async def test_a_morning_with_nothing_to_say_is_short(session: Session, cast: Cast) -> None:
    await give(session, cast, "nội vụ", TODAY + days(60))
    text = visible((await _digest(session, cast.people["minh"])).text)
    assert text.splitlines() == [
        "Bản tin sáng Thứ Hai, 05/02/2024",
        "Các đơn vị phụ trách: 1 nhiệm vụ, 0 hoàn thành (0,0 %), 1 đang làm.",
        "Hôm nay không có việc cần lưu ý.",
    ]


async def test_there_is_no_digest_before_anything_was_given(session: Session, cast: Cast) -> None:
    await give(session, cast, "tài chính", TODAY)
    assert await digest(session, cast.people["minh"], NOW, OFFICE, PlainRoom()) is None


async def test_newly_done_is_what_was_approved_since_the_last_digest(
    session: Session, cast: Cast, phone_of: PhoneOf
) -> None:
    for name, when in (("Việc cũ", at(date(2024, 2, 1), 16)), ("Việc mới", at(date(2024, 2, 3), 9))):
        done = await give(session, cast, "y tế", TODAY, text=name, state=State.COMPLETED, submitted=date(2024, 1, 31))
        await record(session, done, "approve", when, cast.people["minh"])
    sent = at(date(2024, 2, 2))
    session.add(Outbox(kind="digest", person_id=cast.people["minh"].id, created_at=sent, sent_at=sent, state="sent"))
    await session.flush()
    message = await _digest(session, cast.people["minh"])
    assert "Việc mới" in message.text
    assert "Việc cũ" not in message.text
    phone = phone_of("minh")
    phone.last = [message]
    opened = await phone.presses("Mới xong (1)")
    assert "Việc mới" in opened
    assert "Việc cũ" not in opened


class _Broken(PlainRoom):
    async def units_chart(self, rows: Sequence[UnitFigures], title: str, as_of: date) -> bytes:
        raise TimeoutError


async def test_a_digest_goes_without_its_picture_rather_than_not_at_all(
    session: Session, cast: Cast, busy: None, caplog: pytest.LogCaptureFixture
) -> None:
    message = await digest(session, cast.people["hoa"], NOW, OFFICE, _Broken())
    assert message is not None
    assert message.files == ()
    assert "Quá hạn: 3" in visible(message.text)
    assert [getattr(r, "action", None) for r in caplog.records] == ["chart_failed"]
