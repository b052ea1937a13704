"""The bot in a unit's group: what is posted there, whose words count, and what never appears there."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from channels.base import IncomingMessage, Sender, visible
from db.models import Directive, GroupChat, Inbox, Transition
from domain.calendar import OFFICE_ZONE
from handlers.routing import BUTTONS, COMMANDS
from tests.dialogs.test_amending import FIRST, REPLACING
from tests.people import STRANGER
from tests.talk import Talk

GROUP = "nhom-noi-vu"
GIVEN = "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3"
OTHERS = "/giaoviec Phòng Tài chính - Kế hoạch: quyết toán ngân sách xã trước 20/3"


@pytest.fixture
async def group(talk: Talk) -> Talk:
    """Phòng Nội vụ has a group, linked by its head."""
    await talk.says_in(GROUP, "noi", "/nhom")
    return talk


async def issue(talk: Talk, words: str = GIVEN) -> None:
    await talk.says("van", words)
    await talk.presses("van", "Phát hành")


def words_in(talk: Talk, group: str = GROUP) -> str:
    return "\n".join(visible(m.text) for m in talk.from_bot(group))


# --- whose group it is ---


async def test_the_head_links_the_group_in_one_line(talk: Talk) -> None:
    await talk.happens_in(GROUP, "added")
    talk.hears(GROUP, "trưởng đơn vị nhắn /nhom")
    await talk.says_in(GROUP, "noi", "/nhom")
    talk.hears(GROUP, "Từ nay việc mới của Phòng Nội vụ được đăng ở nhóm này.")
    async with talk.app.database.read() as session:
        events = list(await session.scalars(select(Transition.event)))
    assert events.count("group_linked") == 1


async def test_an_officer_and_another_units_head_cannot(group: Talk) -> None:
    assert await group.says_in(GROUP, "nam", "/nhom Phòng Nội vụ") == []
    group.hears("nam", "Chỉ trưởng đơn vị hoặc Văn phòng")
    await group.says_in(GROUP, "tai", "/nhom")
    group.hears("tai", "Nhóm này đang nhận việc của Phòng Nội vụ")
    await group.says_in(GROUP, "tai", "/nhom Phòng Nội vụ")
    group.hears("tai", "Chỉ trưởng đơn vị hoặc Văn phòng")


async def test_the_office_links_any_unit_by_name_and_unlinks_it(talk: Talk) -> None:
    await talk.says_in("nhom-tc", "van", "/nhom")
    talk.hears("nhom-tc", "Vui lòng ghi tên đơn vị")
    await talk.says_in("nhom-tc", "van", "/nhom phòng tài chính")
    talk.hears("nhom-tc", "việc mới của Phòng Tài chính - Kế hoạch")
    await talk.says_in("nhom-tc", "van", "/nhom thôi")
    talk.hears("nhom-tc", "không đăng ở nhóm này nữa")
    await issue(talk, OTHERS)
    assert "quyết toán" not in words_in(talk, "nhom-tc")


async def test_in_private_it_says_where_it_belongs(talk: Talk) -> None:
    await talk.says("noi", "/nhom")
    talk.hears("noi", "Lệnh này dùng trong nhóm của đơn vị")


async def test_removed_from_the_group_the_head_is_told(group: Talk) -> None:
    await group.happens_in(GROUP, "removed")
    group.hears("noi", "Tôi không còn trong nhóm của Phòng Nội vụ")
    before = len(group.from_bot(GROUP))
    await issue(group)
    assert len(group.from_bot(GROUP)) == before


async def test_a_group_with_a_new_address_stays_the_units(group: Talk) -> None:
    await group.happens_in(GROUP, "moved", "nhom-moi")
    await issue(group)
    group.hears("nhom-moi", "Việc mới của Phòng Nội vụ", "#1")
    async with group.app.database.read() as session:
        assert list(await session.scalars(select(GroupChat.chat))) == ["nhom-moi"]


# --- what is posted, and who acknowledges ---


async def test_new_work_is_posted_and_acknowledged_by_a_member(group: Talk) -> None:
    await issue(group)
    post = group.hears(GROUP, "Việc mới của Phòng Nội vụ", "#1", "hạn 14/03/2024")
    assert (
        await group.presses_in(GROUP, "tai", "Đã nhận", under=post)
        == "Việc này của đơn vị khác nên không nhận thay được."
    )
    assert await group.presses_in(GROUP, STRANGER, "Đã nhận", under=post) == (
        "Chưa kết nối tài khoản: xin mã mời ở Văn phòng rồi nhắn riêng cho tôi."
    )
    assert await group.presses_in(GROUP, "nam", "Đã nhận", under=post) == "Đã nhận"
    post = group.hears(GROUP, "Đã nhận: Phạm Văn Nam")
    assert post.labels == ["Hoàn tác"]


async def test_another_units_work_is_not_posted(group: Talk) -> None:
    await issue(group, OTHERS)
    assert "#1" not in words_in(group)


async def test_what_is_moved_to_the_unit_is_posted(group: Talk) -> None:
    await issue(group, OTHERS)
    await group.says("tai", "#1 việc này của Phòng Nội vụ")
    await group.presses("tai", "Đúng")
    await group.presses("van", "Chuyển đơn vị")
    await group.says("van", "Phòng Nội vụ")
    assert "Việc mới của Phòng Nội vụ" in words_in(group)


# --- whose words count ---


async def test_a_members_reply_counts_and_is_answered_in_one_line(group: Talk) -> None:
    await issue(group)
    (line,) = await group.says_in(GROUP, "nam", "được 50%", reply_to=group.last(GROUP))
    assert visible(line.text) == "Đã ghi #1: 50% (Phạm Văn Nam)"
    assert line.reply_to is not None
    await group.says("van", "/status #1")
    group.hears("van", "50%")


async def test_a_mention_with_a_number_counts(group: Talk) -> None:
    await issue(group)
    (line,) = await group.says_in(GROUP, "nam", "#1 được 30%, còn vướng mặt bằng", mentions=True)
    assert "Đã ghi #1: 30%, có vướng mắc" in visible(line.text)


async def test_only_who_said_done_can_confirm_it(group: Talk) -> None:
    await issue(group)
    (line,) = await group.says_in(GROUP, "nam", "xong rồi", reply_to=group.last(GROUP))
    assert visible(line.text) == "#1 đã hoàn thành? Phạm Văn Nam bấm để gửi duyệt."
    label = line.buttons[0][0].label
    assert await group.presses_in(GROUP, "noi", label, under=line) == "Nút này của người đã báo cáo, hoặc đã cũ."
    await group.presses_in(GROUP, "nam", label, under=line)
    group.hears(GROUP, "Đã gửi duyệt #1")
    await group.says("van", "/duyet")
    group.has_heard("van", "#1")


async def test_the_chatter_of_members_is_ignored_in_silence_and_not_kept(group: Talk) -> None:
    await issue(group)
    before = len(group.from_bot(GROUP)), len(group.from_bot("nam"))
    for words in ("chiều nay họp nhé", "xong rồi đấy", "ok"):
        await group.says_in(GROUP, "nam", words)
    await group.says_in(GROUP, STRANGER, "mai nghỉ")
    await group.says_in(GROUP, "nam", "/lenhcuabotkhac")
    assert (len(group.from_bot(GROUP)), len(group.from_bot("nam"))) == before
    async with group.app.database.read() as session:
        kept = list(await session.scalars(select(Inbox.message).where(Inbox.chat == GROUP)))
    assert [m["text"] for m in kept] == ["/nhom", "", "", "", "", "/lenhcuabotkhac"]


async def test_who_is_not_linked_is_told_so_once(group: Talk) -> None:
    await issue(group)
    post = group.last(GROUP)
    (hint,) = await group.says_in(GROUP, STRANGER, "xong", reply_to=post)
    assert "tài khoản chưa kết nối" in hint.text
    assert await group.says_in(GROUP, STRANGER, "xong thật mà", reply_to=post) == []
    assert await group.says_in(GROUP, "nguoi-khac", "mai họp") == []


async def test_somebody_of_another_unit_is_told_so_once(group: Talk) -> None:
    await issue(group)
    post = group.last(GROUP)
    (hint,) = await group.says_in(GROUP, "tai", "xong rồi", reply_to=post)
    assert "nhóm này ghi báo cáo của Phòng Nội vụ" in hint.text
    assert await group.says_in(GROUP, "tai", "xong rồi", reply_to=post) == []
    await group.says("van", "/status #1")
    assert "Vũ Thị Tài" not in visible(group.last("van").text)


async def test_own_work_of_another_unit_counts_but_is_answered_in_private(group: Talk) -> None:
    await issue(group, OTHERS)
    await group.says_in("nhom-chung", "tai", "#1 được 40%")
    assert "#1" not in words_in(group, "nhom-chung")
    group.hears("tai", "40%")


async def test_a_step_goes_on_in_private(group: Talk) -> None:
    await issue(group)
    await group.says_in(GROUP, "nam", "#1 xin gia hạn", mentions=True)
    assert "đã trả lời ở tin nhắn riêng" in group.last(GROUP).text
    group.hears("nam", "ngày nào")
    await group.says("nam", "25/3")
    await group.says("nam", "chờ các xã gửi số liệu")
    await group.presses("nam", "Đúng")
    group.has_heard("van", "gia hạn")


# --- what never appears there ---


async def test_no_command_shows_anything_in_a_group_but_what_all_may_read(group: Talk) -> None:
    await issue(group)
    await issue(group, OTHERS)
    before = len(group.from_bot(GROUP))
    for command in sorted(COMMANDS):
        for who in ("van", "lam", "nam", "an"):
            await group.says_in(GROUP, who, f"/{command} #2" if command in {"status", "nguoinhan"} else f"/{command}")
    said = "\n".join(visible(m.text) for m in group.from_bot(GROUP)[before:])
    for secret in ("#1", "#2", "biên chế", "quyết toán", "Tài chính", "quá hạn", "Hòa"):
        assert secret not in said, said


async def test_no_button_shows_anything_of_others_in_a_group(group: Talk) -> None:
    """Every action there is, pressed in the group by the office, on another unit's directive."""
    await issue(group)
    await issue(group, OTHERS)
    async with group.app.database.read() as session:
        code = await session.scalar(select(Directive.code).where(Directive.id == 2))
    before = len(group.from_bot(GROUP))
    for number, action in enumerate(sorted(BUTTONS)):
        press = IncomingMessage(
            "web", f"g{number}", GROUP, Sender("van"), at=group.now, private=False, button=f"{action}:{code}:1",
            press=f"p{number}", pressed_on=group.last(GROUP).id,
        )  # fmt: skip
        await group.app.keep(press)
    await group.app.settle()
    said = "\n".join(visible(m.text) for m in group.from_bot(GROUP)[before:])
    for secret in ("#2", "quyết toán", "Tài chính"):
        assert secret not in said, said


async def test_a_refusal_is_nobody_elses_matter(group: Talk) -> None:
    before = len(group.from_bot(GROUP))
    await group.says_in(GROUP, "nam", "#99 xong", mentions=True)
    assert "#99" not in "".join(m.text for m in group.from_bot(GROUP)[before:])
    group.hears("nam", "#99")


async def test_several_in_one_message_are_a_line_each_with_its_own_button(group: Talk) -> None:
    await issue(group)
    await issue(group, "/giaoviec Phòng Nội vụ: rà soát hồ sơ trước 20/3")
    first, second = await group.says_in(GROUP, "nam", "#1 xong, #2 được 40%")
    assert visible(first.text) == "#1 đã hoàn thành? Phạm Văn Nam bấm để gửi duyệt."
    assert visible(second.text) == "Đã ghi #2: 40% (Phạm Văn Nam)"
    await group.presses_in(GROUP, "nam", first.buttons[0][0].label, under=first)
    assert "Đã gửi duyệt #1" in words_in(group)
    assert "Đã ghi #2: 40%" in words_in(group)


async def test_more_time_granted_is_one_line_in_the_group_without_its_reason(group: Talk) -> None:
    await issue(group)
    await group.says("nam", "#1 xin gia hạn đến 20/3 vì chờ thẩm định")
    await group.presses("nam", "Đúng")
    await group.presses("phuc", "Đồng ý")
    group.hears(GROUP, "#1 Báo cáo biên chế: được gia hạn đến 20/03/2024.")
    assert "thẩm định" not in words_in(group)


async def test_the_group_hears_that_a_difficulty_was_answered_but_not_the_answer(group: Talk) -> None:
    await issue(group)
    await group.says("nam", "#1 còn vướng mặt bằng")
    await group.presses("phuc", "Trả lời")
    await group.says("phuc", "để tôi làm việc với xã An Hòa")
    group.hears(GROUP, "#1 Báo cáo biên chế: vướng mắc đã có trả lời, xem ở tin nhắn riêng.")
    assert "An Hòa" not in words_in(group)


async def test_the_group_hears_that_its_work_went_elsewhere_stopped_and_goes_on(group: Talk) -> None:
    await issue(group)
    for label, heard in (("Tạm dừng", "tạm dừng."), ("Tiếp tục", "tiếp tục thực hiện, hạn 14/03/2024.")):
        await group.says("van", "/status #1")
        await group.presses("van", "Khác…")
        await group.presses("van", label)
        await group.says("van", "chờ nghị quyết")
        group.hears(GROUP, f"#1 Báo cáo biên chế: {heard}")
    await group.says("van", "/status #1")
    await group.presses("van", "Khác…")
    await group.presses("van", "Chuyển đơn vị")
    await group.says("van", "Phòng Tài chính - Kế hoạch")
    group.hears(GROUP, "đã chuyển đơn vị, không còn là việc của Phòng Nội vụ.")
    assert "Tài chính" not in words_in(group)
    await group.presses("van", "Hoàn tác")
    group.hears(GROUP, "#1: thay đổi vừa báo ở đây đã được hoàn tác.")


async def test_a_press_in_the_group_is_taken_back_there_by_who_pressed(group: Talk) -> None:
    await issue(group)
    await group.presses_in(GROUP, "nam", "Đã nhận")
    posted = group.with_button(GROUP, "Hoàn tác")
    assert await group.presses_in(GROUP, "noi", "Hoàn tác", under=posted) is not None
    group.hears(GROUP, "Đã nhận: Phạm Văn Nam")
    await group.presses_in(GROUP, "nam", "Hoàn tác", under=posted)
    assert "Đã nhận: " not in group.last(GROUP).plain
    await group.presses_in(GROUP, "noi", "Đã nhận")
    group.hears(GROUP, "Đã nhận: Trần Văn Nội")


async def test_words_in_the_group_are_taken_back_there_within_a_minute(group: Talk) -> None:
    await issue(group)
    post = group.last(GROUP)
    await group.says_in(GROUP, "nam", "đã xong", reply_to=post)
    await group.presses_in(GROUP, "nam", "Đúng")
    line = group.with_button(GROUP, "Hoàn tác")
    await group.presses_in(GROUP, "nam", "Hoàn tác", under=line)
    async with group.app.database.read() as session:
        assert (await session.get_one(Directive, 1)).state == "issued"


async def test_after_a_minute_it_is_too_late_in_the_group_too(group: Talk) -> None:
    await issue(group)
    await group.presses_in(GROUP, "nam", "Đã nhận")
    await group.passes(minutes=2)
    toast = await group.presses_in(GROUP, "nam", "Hoàn tác")
    assert "Đã quá 1 phút nên không hoàn tác được #1" in (toast or "")
    group.hears(GROUP, "Đã nhận: Phạm Văn Nam")


async def test_a_newer_notices_deadline_and_handed_over_work_are_posted(group: Talk) -> None:
    await group.says("van", FIRST)
    await group.presses("van", "Phát hành tất cả (4)")
    await group.until(datetime(2024, 2, 21, 9, 0, tzinfo=OFFICE_ZONE))
    await group.says("van", REPLACING)
    await group.presses("van", "Áp dụng tất cả (3)")
    await group.passes(minutes=4)
    moved = [visible(m.text) for m in group.from_bot(GROUP)]
    (deadline,) = [text for text in moved if "Hạn mới theo văn bản sửa đổi" in text]
    assert "#1" in deadline
    assert "29/04/2024" in deadline
    assert any("Việc mới của Phòng Nội vụ" in text and "#3" in text for text in moved)
    assert not any("#2" in text or "quá hạn" in text for text in moved)
