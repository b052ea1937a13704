"""Who has heard of a directive: what people do with messages is kept, and ``/nguoinhan`` shows it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from channels.base import visible
from db.models import Account, Outbox, Person, Receipt
from tests.dialogs.test_morning import TODAY, give, labels, local, newest, shown
from tests.talk import Talk

Kept = list[tuple[str, str, str]]


async def kept(talk: Talk, what: str) -> Kept:
    """Person, kind of message and how, in order; of a person or of a kind."""
    async with talk.app.database.read() as session:
        query = (
            select(Person.key, Outbox.kind, Receipt.how)
            .join(Person, Person.id == Receipt.person_id)
            .join(Outbox, Outbox.id == Receipt.outbox_id)
            .order_by(Receipt.id)
        )
        rows = [(row[0], row[1], row[2]) for row in await session.execute(query)]
        return [row for row in rows if what in row]


async def issue(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")


async def listed(talk: Talk, who: str = "van", words: str = "/nguoinhan #1") -> str:
    await talk.says(who, words)
    return visible(talk.last(who).text)


# --- what is kept ---


async def test_a_button_an_answer_and_an_acknowledgement_are_each_kept_once(talk: Talk) -> None:
    await issue(talk)
    first = talk.last("nam")
    await talk.presses("nam", "Báo cáo", under=first)
    await talk.says("nam", "được 20%", reply_to=first)
    await talk.says("nam", "được 30%", reply_to=first)
    assert await kept(talk, "issued") == [("nam", "issued", "pressed"), ("nam", "issued", "answered")]


async def test_acknowledging_counts_for_every_message_about_it_that_this_person_got(talk: Talk) -> None:
    await issue(talk)
    await talk.until(local(TODAY))
    await talk.says("nam", "#1 đã nhận")
    assert await kept(talk, "nam") == [("nam", "issued", "acknowledged"), ("nam", "reminder", "acknowledged")]


async def test_a_colleague_who_presses_later_has_acknowledged_too(talk: Talk) -> None:
    await issue(talk)
    await talk.presses("nam", "Đã nhận")
    await talk.presses("noi", "Đã nhận")
    assert await kept(talk, "issued") == [("nam", "issued", "acknowledged"), ("noi", "issued", "acknowledged")]


async def test_acknowledging_all_counts_for_each(talk: Talk) -> None:
    await issue(talk)
    await issue(talk)
    await talk.says("nam", "/viec")
    await talk.presses("nam", "Đã nhận tất cả", under=talk.last("nam"))
    assert (await kept(talk, "issued")).count(("nam", "issued", "acknowledged")) == 2


async def test_what_is_done_on_a_page_turned_in_place_counts_for_the_message_it_was(talk: Talk) -> None:
    await give(talk, "nam", [TODAY] * 12)
    await talk.until(local(TODAY))
    await talk.presses("nam", "Xem tiếp (2)")
    await talk.says("nam", "đã nắm", reply_to=newest(talk, "nam"))
    assert await kept(talk, "reminder") == [("nam", "reminder", "pressed"), ("nam", "reminder", "answered")]


async def test_words_that_answer_nothing_leave_no_receipt(talk: Talk) -> None:
    await issue(talk)
    await talk.says("nam", "#1 được 20%")
    assert await kept(talk, "nam") == []


async def test_a_press_that_is_refused_is_a_reaction_too(talk: Talk) -> None:
    await issue(talk)
    message = talk.last("nam")
    await talk.says("van", "/status #1")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Huỷ nhiệm vụ")
    await talk.says("van", "nhầm đơn vị")
    await talk.presses("nam", "Báo cáo", under=message)
    assert ("nam", "issued", "pressed") in await kept(talk, "issued")


async def test_in_a_group_it_counts_for_the_member_who_is_linked(talk: Talk) -> None:
    await talk.says_in("nhom", "noi", "/nhom")
    await issue(talk)
    for member in ("nguoi-la", "nam"):
        await talk.presses_in("nhom", member, "Đã nhận")
    assert await kept(talk, "posted") == [("nam", "posted", "acknowledged")]
    assert ("nam", "issued", "acknowledged") in await kept(talk, "nam")
    assert await kept(talk, "nguoi-la") == []


# --- what is shown ---


async def test_the_clerk_sees_who_got_what_when_and_how_they_reacted(talk: Talk) -> None:
    await issue(talk)
    await talk.presses("nam", "Đã nhận")
    text = await listed(talk)
    assert text.startswith("#1: ai đã nhận tin\nBáo cáo biên chế")
    assert "Phạm Văn Nam, Phòng Nội vụ\nGiao việc, 08:00 31/01: đã nhận 08:00" in text
    assert "Trần Văn Nội, Phòng Nội vụ\nGiao việc, 08:00 31/01: chưa phản hồi" in text
    assert text.endswith("Chưa phản hồi tin nào: Trần Văn Nội (Phòng Nội vụ)")


async def test_people_of_one_unit_are_named_together(talk: Talk) -> None:
    await issue(talk)
    assert (await listed(talk)).endswith("Chưa phản hồi tin nào: Phạm Văn Nam, Trần Văn Nội (Phòng Nội vụ)")


async def test_reminders_are_counted_and_the_newest_stands_first(talk: Talk) -> None:
    await give(talk, "nam", [TODAY])
    for ahead in range(5):
        await talk.until(local(TODAY + timedelta(days=ahead)))
    text = await listed(talk)
    mine = [line for line in text.split("\n") if line.startswith("Nhắc lần")]
    assert mine == ["Nhắc lần 2, 07:30 02/02: chưa phản hồi"] * 2 + ["Nhắc lần 1, 07:30 01/02: chưa phản hồi"]


async def test_news_are_named_by_what_happened(talk: Talk) -> None:
    await issue(talk)
    await talk.says("nam", "#1 xin gia hạn đến 25/3 vì chờ các xã gửi số liệu")
    await talk.presses("nam", "Đúng")
    await talk.presses("phuc", "Đồng ý")
    text = await listed(talk)
    assert "Phạm Văn Nam, Phòng Nội vụ\nĐồng ý gia hạn, 08:00 31/01: chưa phản hồi" in text
    assert "Lý Thị Phúc, UBND huyện Tùng Lĩnh\nXin gia hạn, 08:00 31/01: đã bấm 08:00" in text
    assert "Phạm Văn Nam" not in text.split("Chưa phản hồi tin nào")[1]


async def test_who_could_not_be_told_is_named_with_the_reason(talk: Talk) -> None:
    async with talk.app.database.write() as session:
        noi = select(Person.id).where(Person.key == "noi").scalar_subquery()
        await session.execute(update(Account).where(Account.person_id == noi).values(unreachable_since=talk.now))
    await issue(talk)
    text = await listed(talk)
    assert "Trần Văn Nội, Phòng Nội vụ\nGiao việc, 08:00 31/01: không gửi được, đã chặn bot" in text
    assert "Chưa nhận được tin nào: Trần Văn Nội (Phòng Nội vụ): đã chặn bot" in text


async def test_what_waits_in_the_queue_is_shown_as_waiting(talk: Talk) -> None:
    await issue(talk)
    talk.clock.forward_to(local(TODAY, "22:00"))
    await talk.says("van", "/status #1")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Tạm dừng")
    await talk.says("van", "chờ hướng dẫn")
    assert "Phạm Văn Nam, Phòng Nội vụ\nTạm dừng: chờ gửi từ 22:00 01/02" in await listed(talk)


async def test_whoever_reported_is_not_called_silent(talk: Talk) -> None:
    await issue(talk)
    await talk.says("nam", "#1 được 20%")
    assert "Chưa phản hồi tin nào: Trần Văn Nội (Phòng Nội vụ)" in await listed(talk)


async def test_many_messages_are_turned_page_by_page_in_place(talk: Talk) -> None:
    await give(talk, "nam", [TODAY])
    for ahead in range(24):
        await talk.until(local(TODAY + timedelta(days=ahead)))
    first = await listed(talk)
    message = talk.last("van")
    assert "trang 1/2" in first
    await talk.presses("van", "Sau ›")
    second = visible(talk.last("van").text)
    assert talk.last("van").id == message.id
    both = f"{first}\n{second}"
    times = [int(line.split()[2].strip(",")) for line in both.split("\n") if line.startswith("Nhắc lần")]
    assert times == sorted(times, reverse=True)
    assert set(times) == set(range(1, 8))
    assert both.count("Báo văn phòng quá hạn") == 5


async def test_nothing_said_yet(talk: Talk) -> None:
    await give(talk, "nam", [None])
    assert "Chưa có tin nào được gửi" in await listed(talk)


# --- who may ask ---


async def test_it_is_asked_with_or_without_the_sign_by_answer_or_by_button(talk: Talk) -> None:
    await issue(talk)
    expected = await listed(talk)
    assert await listed(talk, words="/nguoinhan 1") == expected
    await talk.says("van", "/status #1")
    await talk.presses("van", "Ai đã nhận tin")
    assert visible(talk.last("van").text) == expected
    await talk.says("nam", "/nguoinhan", reply_to=talk.last("nam"))
    assert visible(talk.last("nam").text).startswith("#1: ai đã nhận tin")
    assert "/nguoinhan #12" in await listed(talk, words="/nguoinhan")


async def test_the_unit_and_the_leader_in_charge_may_ask_and_nobody_else(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Đơn vị phối hợp")
    await talk.says("van", "Phòng Tài chính - Kế hoạch")
    await talk.presses("van", "Phát hành")
    for who in ("noi", "phuc", "lam"):
        assert "ai đã nhận tin" in await listed(talk, who)
    assert "Chỉ Văn phòng, lãnh đạo phụ trách và đơn vị chủ trì" in await listed(talk, "tai")
    assert "Không có việc #1" in await listed(talk, "hoa")


async def test_the_officers_own_card_has_no_button_for_it(talk: Talk) -> None:
    await issue(talk)
    await talk.says("nam", "/viec")
    await talk.presses("nam", "#1")
    assert "Ai đã nhận tin" not in labels(talk.last("nam"))
    assert shown(talk.last("nam")) == [1]
