"""A newer notice replaces, amends or corrects an earlier one: compared first, made so when a clerk says so."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from db.models import Change, Directive, Extension, Notice, Transition
from domain.calendar import OFFICE_ZONE
from services.audit import first_broken
from tests.talk import Talk, open_talk

HEAD = """UBND HUYỆN TÙNG LĨNH
Số: {number}/TB-UBND
Tùng Lĩnh, ngày {day} tháng {month} năm 2024

THÔNG BÁO
{title}

"""
FIRST = (
    HEAD.format(number=27, day=30, month="01", title="Kết luận của Chủ tịch UBND huyện tại cuộc họp giao ban tháng 01")
    + """II. Nhiệm vụ
1. Giao Phòng Nội vụ rà soát biên chế của các đơn vị sự nghiệp trước ngày 20/3/2024.
2. Giao Phòng Tài nguyên và Môi trường kiểm tra các điểm khai thác cát trên địa bàn trước ngày 15/3/2024.
3. Giao Phòng Tài chính - Kế hoạch lập dự toán sửa chữa trụ sở các xã trước ngày 25/3/2024.
4. Giao UBND xã An Hòa dọn vệ sinh kênh mương nội đồng trước ngày 10/3/2024.
"""
)
REPLACING = (
    HEAD.format(number=31, day=20, month="02", title="Kết luận về nhiệm vụ quý I")
    + """II. Nhiệm vụ
1. Giao UBND xã An Hòa dọn vệ sinh kênh mương nội đồng trước ngày 10/3/2024.
2. Giao Phòng Nội vụ rà soát biên chế của các đơn vị sự nghiệp trước ngày 30/4/2024.
3. Giao Phòng Nội vụ lập dự toán sửa chữa trụ sở các xã trước ngày 25/3/2024.
4. Giao Phòng Tài nguyên và Môi trường tổ chức Tết trồng cây trước ngày 28/3/2024.
Thông báo này thay thế Thông báo số 27/TB-UBND ngày 30/01/2024.
"""
)
AMENDING = (
    HEAD.format(
        number=33, day=21, month="02", title="Điều chỉnh một số nội dung tại Thông báo số 27/TB-UBND ngày 30/01/2024"
    )
    + """Chủ tịch UBND huyện điều chỉnh một số nội dung tại Thông báo số 27/TB-UBND ngày 30/01/2024 như sau:
1. Điều chỉnh thời hạn hoàn thành nhiệm vụ tại điểm 1 mục II Thông báo số 27/TB-UBND đến ngày 30/6/2024.
2. Bãi bỏ nhiệm vụ tại điểm 4 mục II Thông báo số 27/TB-UBND.
3. Giao Phòng Tài nguyên và Môi trường lập danh sách các bãi cát trái phép trước ngày 28/3/2024.
"""
)


LATER = datetime(2024, 2, 21, 9, 0, tzinfo=OFFICE_ZONE)


@pytest.fixture(scope="module")
def issued(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder three weeks after the first notice was issued: made once, as that takes seconds."""
    folder = tmp_path_factory.mktemp("issued") / "data"
    folder.mkdir()
    shutil.copy(migrated, folder / "dondoc.sqlite")
    with asyncio.Runner() as runner:
        runner.run(_issue_first(folder))
    return folder


async def _issue_first(folder: Path) -> None:
    talk = await open_talk(folder)
    await talk.says("van", FIRST)
    await talk.presses("van", "Phát hành tất cả (4)")
    await talk.until(LATER)
    await talk.close()


@pytest.fixture
async def given(issued: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    """The first notice, issued: #1 Nội vụ, #2 Môi trường, #3 Tài chính, #4 An Hòa."""
    shutil.copytree(issued, tmp_path / "data")
    talk = await open_talk(tmp_path / "data", beginning=LATER, fresh=False)
    yield talk
    await talk.close()


async def directive(talk: Talk, number: int) -> Directive:
    async with talk.app.database.read() as session:
        return await session.get_one(Directive, number)


async def test_a_replacing_notice_is_compared_before_anything_changes(given: Talk) -> None:
    before = len(given.from_bot("noi")), len(given.from_bot("moi")), len(given.from_bot("hoa"))
    message = (await given.says("van", REPLACING))[-1]
    given.hears(
        "van", "Thay thế Thông báo kết luận 27/TB-UBND ngày 30/01/2024",
        "1 nhiệm vụ mới, 1 đổi hạn, 1 đổi đơn vị chủ trì, 1 không còn, 1 giữ nguyên",
    )  # fmt: skip
    assert {"Xem thay đổi (3)", "Áp dụng tất cả (3)", "Phát hành tất cả (1)"} <= set(message.labels)
    assert (await directive(given, 1)).last_day == date(2024, 3, 19)
    assert (len(given.from_bot("noi")), len(given.from_bot("moi")), len(given.from_bot("hoa"))) == before


async def test_each_change_is_shown_as_what_was_and_what_will_be(given: Talk) -> None:
    await given.says("van", REPLACING)
    await given.presses("van", "Xem thay đổi (3)")
    given.hears("van", "Thay đổi 1/3 · #1", "Thời hạn: 19/03/2024 → 29/04/2024")
    await given.presses("van", "Sau ›")
    given.hears("van", "Thay đổi 2/3 · #2", "Không còn trong văn bản mới")
    await given.presses("van", "Sau ›")
    given.hears("van", "Thay đổi 3/3 · #3", "Chủ trì: Phòng Tài chính - Kế hoạch → Phòng Nội vụ")
    assert (await directive(given, 1)).last_day == date(2024, 3, 19)


async def test_applied_at_once_every_unit_hears_once(given: Talk) -> None:
    await given.presses("nam", "Đã nhận")
    counts = {who: len(given.from_bot(who)) for who in ("nam", "moi", "tai", "hoa")}
    await given.says("van", REPLACING)
    await given.presses("van", "Áp dụng tất cả (3)")
    given.hears("van", "Đã áp dụng 3 thay đổi")
    heard = {who: len(given.from_bot(who)) - before for who, before in counts.items()}
    assert heard == {"nam": 1, "moi": 1, "tai": 1, "hoa": 0}
    given.hears(
        "nam", "Điều chỉnh nhiệm vụ của Phòng Nội vụ", "Theo Thông báo kết luận 31/TB-UBND ngày 20/02/2024",
        "#1", "Hạn 19/03/2024 → 29/04/2024", "#3", "Chuyển từ Phòng Tài chính - Kế hoạch sang Phòng Nội vụ",
    )  # fmt: skip
    given.hears("moi", "#2", "Không còn phải thực hiện")
    given.hears("tai", "#3", "sang Phòng Nội vụ")
    first, second, third, fourth = [await directive(given, n) for n in (1, 2, 3, 4)]
    assert (first.state, first.last_day, first.first_last_day) == ("in_progress", date(2024, 4, 29), date(2024, 3, 19))
    assert (second.state, third.state, fourth.state) == ("cancelled", "issued", "issued")
    assert third.lead_unit is not None
    assert third.lead_unit.name == "Phòng Nội vụ"


async def test_a_new_task_is_issued_in_the_usual_way_and_nothing_twice(given: Talk) -> None:
    await given.says("van", REPLACING)
    await given.presses("van", "Phát hành tất cả (1)")
    given.hears("van", "Đã phát hành", "Phòng Tài nguyên và Môi trường")
    await given.presses("van", "Áp dụng tất cả (3)")
    async with given.app.database.read() as session:
        texts = list(
            await session.scalars(select(Directive.text).where(Directive.state.not_in(["cancelled", "draft"])))
        )
        left = list(await session.scalars(select(Directive).where(Directive.state == "draft")))
        assert await first_broken(session) is None
    assert len(texts) == len(set(texts)) == 4
    assert left == []


async def test_the_history_says_by_which_notice(given: Talk) -> None:
    await given.says("van", REPLACING)
    await given.presses("van", "Áp dụng tất cả (3)")
    await given.says("lam", "/status #1")
    await given.presses("lam", "Lịch sử")
    given.hears("lam", "Điều chỉnh theo văn bản mới", "hạn 19/03/2024 → 29/04/2024", "31/TB-UBND ngày 20/02/2024")
    await given.says("lam", "/status #2")
    await given.presses("lam", "Lịch sử")
    given.hears("lam", "Huỷ", "31/TB-UBND ngày 20/02/2024 thay thế")


async def test_reminders_follow_the_new_deadline(given: Talk) -> None:
    await given.presses("nam", "Đã nhận")
    await given.says("van", REPLACING)
    await given.presses("van", "Áp dụng tất cả (3)")
    await given.presses("nam", "Đã nhận tất cả")
    given.catch_up("nam")
    await given.until(datetime(2024, 4, 20, 9, 0, tzinfo=OFFICE_ZONE))
    assert not any("#1" in m.plain for m in given.new("nam")), "the old deadline's reminders are gone"
    await given.until(datetime(2024, 4, 22, 9, 0, tzinfo=OFFICE_ZONE))
    assert any("#1" in m.plain and "29/04/2024" in m.plain for m in given.new("nam"))


async def test_a_request_for_more_time_ends_with_the_new_deadline(given: Talk) -> None:
    await given.says("nam", "#1 xin gia hạn đến 15/4 vì chờ các xã gửi số liệu")
    await given.presses("nam", "Đúng")
    request = given.has_heard("phuc", "xin gia hạn #1")
    await given.says("van", REPLACING)
    await given.presses("van", "Xem thay đổi (3)")
    given.hears("van", "Đề nghị gia hạn đến 15/04/2024 đang chờ sẽ được đóng")
    await given.presses("van", "Áp dụng")
    await given.passes(minutes=6)
    given.has_heard("nam", "#1", "Đề nghị gia hạn đang chờ của việc này đã đóng")
    await given.presses("phuc", "Đồng ý", under=request)
    given.hears("phuc", "Đề nghị này đã được trả lời")
    async with given.app.database.read() as session:
        assert list(await session.scalars(select(Extension.state))) == ["closed"]


async def test_one_by_one_the_units_hear_when_all_is_decided(given: Talk) -> None:
    given.catch_up("nam")
    await given.says("van", REPLACING)
    await given.presses("van", "Xem thay đổi (3)")
    await given.presses("van", "Áp dụng")
    assert given.new("nam") == [], "it waits for the other changes of the same unit"
    await given.presses("van", "Bỏ qua")
    assert (await directive(given, 2)).state == "issued"
    await given.presses("van", "Áp dụng")
    assert len(given.new("nam")) == 1
    given.hears("nam", "#1", "#3")
    given.hears("van", "Đã áp dụng 2 thay đổi")


async def test_a_clerk_who_stops_half_way_does_not_keep_a_unit_waiting(given: Talk) -> None:
    given.catch_up("nam")
    await given.says("van", REPLACING)
    await given.presses("van", "Xem thay đổi (3)")
    await given.presses("van", "Áp dụng")
    await given.passes(minutes=6)
    given.hears("nam", "#1", "Hạn 19/03/2024 → 29/04/2024")


async def test_both_may_stand(given: Talk) -> None:
    await given.says("van", REPLACING)
    await given.presses("van", "Xem thay đổi (3)")
    await given.presses("van", "Giao thành việc mới")
    await given.presses("van", "Về bảng tổng hợp")
    assert "Phát hành tất cả (2)" in given.last("van").labels
    assert (await directive(given, 1)).last_day == date(2024, 3, 19)


async def test_an_amending_notice_changes_only_what_it_names(given: Talk) -> None:
    await given.says("van", AMENDING)
    given.hears("van", "Sửa đổi, bổ sung Thông báo kết luận 27/TB-UBND", "1 nhiệm vụ mới, 1 đổi hạn, 1 không còn.")
    await given.presses("van", "Áp dụng tất cả (2)")
    states = {n: (await directive(given, n)).state for n in (1, 2, 3, 4)}
    assert states == {1: "issued", 2: "issued", 3: "issued", 4: "cancelled"}
    assert (await directive(given, 1)).last_day == date(2024, 6, 30)
    assert (await directive(given, 1)).text.startswith("Rà soát biên chế"), "the sentence about the deadline is no task"
    given.hears("hoa", "#4", "Không còn phải thực hiện")


async def test_what_is_finished_stays_and_what_is_handed_in_is_answered_first(given: Talk) -> None:
    for who, number in (("nam", 1), ("moi", 2)):
        await given.says(who, f"#{number} đã xong")
        await given.presses(who, "Đúng")
    await given.presses("phuc", "Duyệt")
    await given.says("van", REPLACING)
    given.hears("van", "2 thay đổi chưa áp dụng được")
    await given.presses("van", "Áp dụng tất cả (1)")
    assert [(await directive(given, n)).state for n in (1, 2)] == ["completed", "submitted"]
    assert (await directive(given, 1)).last_day == date(2024, 3, 19)
    await given.presses("van", "Xem thay đổi (2)")
    card = given.has_heard("van", "#1", "hoàn thành", "Việc đã hoàn thành nên giữ nguyên")
    assert "Áp dụng" not in card.labels
    await given.presses("van", "Sau ›")
    given.has_heard("van", "#2", "duyệt hoặc trả lại trước")


async def test_what_rests_or_is_declined_follows_as_its_state_lets_it(given: Talk) -> None:
    await given.says("van", "/status #3")
    await given.presses("van", "Khác…")
    await given.presses("van", "Tạm dừng")
    await given.says("van", "chờ kinh phí")
    await given.presses("moi", "Không đúng đơn vị")
    await given.says("moi", "việc của Phòng Nội vụ")
    await given.presses("moi", "Đúng")
    await given.says("van", REPLACING)
    given.hears("van", "1 thay đổi chưa áp dụng được")
    await given.presses("van", "Áp dụng tất cả (2)")
    assert [(await directive(given, n)).state for n in (1, 2, 3)] == ["issued", "cancelled", "suspended"]
    await given.presses("van", "Xem thay đổi (1)")
    given.has_heard("van", "#3", "cho tiếp tục trước, rồi áp dụng")
    await given.says("van", "/status #3")
    await given.presses("van", "Khác…")
    await given.presses("van", "Tiếp tục")
    await given.says("van", "đã có nghị quyết")
    await given.says("van", "/vanban")
    await given.presses("van", "31/TB-UBND")
    await given.presses("van", "Áp dụng tất cả (1)")
    assert (await directive(given, 3)).state == "issued"


GROUP = FIRST.replace("4. Giao UBND xã An Hòa dọn", "4. Giao UBND các xã, thị trấn tổ chức dọn")


async def test_a_clause_for_many_is_changed_in_each_of_them(talk: Talk) -> None:
    await talk.says("van", GROUP)
    await talk.presses("van", "Phát hành tất cả (4)")
    await talk.says("hoa", "#4 đã xong")
    await talk.presses("hoa", "Đúng")
    await talk.presses("phuc", "Duyệt")
    await talk.says("van", GROUP.replace("Số: 27/", "Số: 35/").replace("ngày 10/3/2024", "ngày 30/3/2024")
                    + "Thông báo này thay thế Thông báo số 27/TB-UBND ngày 30/01/2024.\n")  # fmt: skip
    talk.hears("van", "1 đổi hạn, 3 giữ nguyên")
    await talk.presses("van", "Áp dụng tất cả (1)")
    done, running = await directive(talk, 4), await directive(talk, 5)
    assert (done.state, done.last_day) == ("completed", date(2024, 3, 9))
    assert (running.state, running.last_day) == ("issued", date(2024, 3, 29))


async def test_a_clause_for_many_that_excepts_another_unit(talk: Talk) -> None:
    await talk.says("van", GROUP)
    await talk.presses("van", "Phát hành tất cả (4)")
    (hoa,) = [d for d in await all_of_clause(talk) if d.lead_unit and d.lead_unit.name == "UBND xã An Hòa"]
    words = GROUP.replace("Số: 27/", "Số: 35/").replace("các xã, thị trấn tổ", "các xã, thị trấn (trừ xã An Hòa) tổ")
    await talk.says("van", f"{words}Thông báo này thay thế Thông báo số 27/TB-UBND ngày 30/01/2024.\n")
    await talk.presses("van", "Xem thay đổi (1)")
    talk.has_heard("van", "Nay trừ: UBND xã An Hòa.", "Áp dụng thì việc của đơn vị này được huỷ.")
    await talk.presses("van", "Áp dụng")
    states = {d.id: d.state for d in await all_of_clause(talk)}
    assert [number for number, state in states.items() if state == "cancelled"] == [hoa.id]
    talk.hears("hoa", f"#{hoa.id}", "Không còn phải thực hiện")


async def all_of_clause(talk: Talk) -> list[Directive]:
    async with talk.app.database.read() as session:
        found = await session.scalars(
            select(Directive).where(Directive.lead_group == "communes", Directive.lead_unit_id.is_not(None))
        )
        return list(found)


async def test_an_extended_deadline_that_the_newer_notice_repeats_is_no_change(given: Talk) -> None:
    await given.says("hoa", "#4 xin gia hạn đến 25/3 vì mưa nhiều")
    await given.presses("hoa", "Đúng")
    await given.presses("phuc", "Đồng ý")
    await given.says("van", REPLACING)
    given.hears("van", "1 giữ nguyên")
    await given.presses("van", "Áp dụng tất cả (3)")
    assert (await directive(given, 4)).last_day == date(2024, 3, 25)


async def test_an_earlier_notice_that_is_not_here_is_said(talk: Talk) -> None:
    await talk.says("van", REPLACING)
    talk.hears("van", "Thay thế văn bản số 27/TB-UBND, chưa có ở đây", "4 nhiệm vụ")
    await talk.says("van", FIRST)
    talk.hears("van", "Lưu ý: Thông báo kết luận 31/TB-UBND", "4 nhiệm vụ")
    await talk.presses("van", "Phát hành tất cả (4)")
    assert (await directive(talk, 5)).state == "issued"


async def test_what_was_never_issued_gives_way_to_the_newer_draft(talk: Talk) -> None:
    await talk.says("van", FIRST)
    await talk.says("van", REPLACING)
    await talk.presses("van", "Áp dụng tất cả (3)")
    assert "Phát hành tất cả (4)" in talk.has_heard("van", "Đã áp dụng").labels or "Phát hành tất cả (4)" in [
        label for m in talk.from_bot("van") for label in m.labels
    ]
    assert [(await directive(talk, n)).state for n in (1, 2, 3, 4)] == ["cancelled"] * 4
    assert all(talk.from_bot(who) == [] for who in ("nam", "moi", "tai", "hoa"))


async def test_a_corrected_copy_is_compared_not_refused(given: Talk) -> None:
    corrected = FIRST.replace("trước ngày 15/3/2024", "trước ngày 25/3/2024")
    await given.says("van", corrected)
    message = given.hears(
        "van", "27/TB-UBND", "đã được gửi trước đây, nhưng bản này có khác", "1 đổi hạn, 3 giữ nguyên"
    )
    assert {"Mở văn bản đã gửi", "Xem thay đổi (1)", "Áp dụng tất cả (1)"} <= set(message.labels)
    await given.presses("van", "Áp dụng tất cả (1)")
    assert (await directive(given, 2)).last_day == date(2024, 3, 24)
    await given.says(
        "van", FIRST.replace("trước ngày 15/3/2024", "trước ngày 25/3/2024").replace("rà soát", "rà  soát")
    )
    given.hears("van", "đã được gửi trước đây; mở lại")
    await given.says("van", FIRST)
    given.hears("van", "đã được gửi trước đây; mở lại")


async def test_the_same_notice_as_a_file_is_the_same(given: Talk) -> None:
    await given.says("van", "", files=[("27.txt", FIRST.replace("\n", "\r\n").encode(), "text/plain")])
    given.hears("van", "số 27/TB-UBND đã được gửi trước đây; mở lại")
    async with given.app.database.read() as session:
        assert len(list(await session.scalars(select(Notice)))) == 1


async def test_a_draft_that_stands_for_a_change_is_never_issued_beside_it(given: Talk) -> None:
    await given.says("van", REPLACING)
    await given.presses("van", "Xem từng nhiệm vụ")
    assert "Phát hành" not in given.last("van").labels
    async with given.app.database.read() as session:
        code = await session.scalar(select(Directive.code).join(Change, Change.draft_id == Directive.id).limit(1))
    await given.forges("van", f"di:{code}")
    given.hears("van", "điều chỉnh việc đã giao nên không phát hành lại")


async def test_pressed_twice_it_is_done_once(given: Talk) -> None:
    await given.says("van", REPLACING)
    await given.presses("van", "Xem thay đổi (3)")
    async with given.app.database.read() as session:
        amended = select(Transition).where(Transition.event == "amend")
        assert list(await session.scalars(amended)) == []
    await given.presses("van", "Áp dụng")
    await given.presses("van", "Áp dụng")
    await given.presses("van", "Áp dụng")
    async with given.app.database.read() as session:
        assert len(list(await session.scalars(amended))) == 1


async def test_a_later_notice_is_compared_with_what_stands_after_the_first_change(given: Talk) -> None:
    await given.says("van", AMENDING)
    await given.presses("van", "Áp dụng tất cả (2)")
    await given.presses("van", "Phát hành tất cả (1)")
    await given.says("van", REPLACING)
    given.hears("van", "2 nhiệm vụ mới, 1 đổi hạn, 1 đổi đơn vị chủ trì, 2 không còn")
    await given.presses("van", "Xem thay đổi (4)")
    given.hears("van", "#1", "Thời hạn: 30/06/2024 → 29/04/2024")


async def test_only_the_office_applies(given: Talk) -> None:
    await given.says("van", REPLACING)
    async with given.app.database.read() as session:
        code = await session.scalar(select(Notice.code).where(Notice.number == "31/TB-UBND"))
        change = await session.scalar(select(Change.code).limit(1))
    for data in (f"chl:{code}", f"chx:{code}:1", f"chy:{change}", f"chn:{change}", f"chw:{change}"):
        for who in ("nam", "phuc"):
            await given.forges(who, data)
            given.hears(who, "Chỉ Văn phòng")
    assert (await directive(given, 1)).last_day == date(2024, 3, 19)
    async with given.app.database.read() as session:
        assert set(await session.scalars(select(Change.state))) == {"open"}


SECOND = (
    HEAD.format(number=29, day=10, month="02", title="Kết luận của Chủ tịch UBND huyện tại cuộc họp về chợ")
    + """II. Nhiệm vụ
1. Giao UBND xã An Hòa sắp xếp lại các quầy hàng tại chợ trung tâm trước ngày 18/3/2024.
2. Giao Phòng Tài chính - Kế hoạch công khai mức thu phí chợ trước ngày 22/3/2024.
"""
)
FOR_BOTH = (
    HEAD.format(number=31, day=20, month="02", title="Kết luận về nhiệm vụ quý I")
    + """II. Nhiệm vụ
1. Giao Phòng Nội vụ rà soát biên chế của các đơn vị sự nghiệp trước ngày 30/4/2024.
2. Giao Phòng Tài nguyên và Môi trường kiểm tra các điểm khai thác cát trên địa bàn trước ngày 15/3/2024.
3. Giao UBND xã An Hòa sắp xếp lại các quầy hàng tại chợ trung tâm trước ngày 28/3/2024.
Thông báo này thay thế Thông báo số 27/TB-UBND ngày 30/01/2024 và Thông báo số 29/TB-UBND ngày 10/02/2024.
"""
)


async def test_a_notice_that_replaces_two_is_compared_with_both(given: Talk) -> None:
    await given.says("van", SECOND)
    await given.presses("van", "Phát hành tất cả (2)")
    await given.says("van", FOR_BOTH)
    given.hears("van", "Thay thế Thông báo kết luận 27/TB-UBND", "Thay thế Thông báo kết luận 29/TB-UBND")
    given.hears("van", "2 đổi hạn, 3 không còn, 1 giữ nguyên")
    await given.presses("van", "Xem thay đổi (5)")
    given.has_heard("van", "Thay đổi 1/5", "#1", "Thông báo kết luận 27/TB-UBND", "Thời hạn: 19/03/2024 → 29/04/2024")
    for _ in range(3):
        await given.presses("van", "Sau ›")
    given.has_heard("van", "Thay đổi 4/5", "Thông báo kết luận 29/TB-UBND", "Thời hạn: 17/03/2024 → 27/03/2024")
    await given.presses("van", "Về bảng tổng hợp")
    await given.presses("van", "Áp dụng tất cả (5)")
    states = {n: (await directive(given, n)).state for n in (1, 2, 3, 4, 5, 6)}
    assert states == {1: "issued", 2: "issued", 3: "cancelled", 4: "cancelled", 5: "issued", 6: "cancelled"}
    assert (await directive(given, 5)).last_day == date(2024, 3, 27)


async def test_of_two_earlier_notices_the_one_that_is_not_here_is_said(given: Talk) -> None:
    await given.says("van", FOR_BOTH)
    given.hears("van", "Thay thế Thông báo kết luận 27/TB-UBND", "Thay thế văn bản số 29/TB-UBND, chưa có ở đây.")
    await given.says("van", SECOND)
    given.hears("van", "Lưu ý: Thông báo kết luận 31/TB-UBND", "2 nhiệm vụ")


async def test_one_is_replaced_and_of_the_other_a_point_is_changed(given: Talk) -> None:
    await given.says("van", SECOND)
    await given.presses("van", "Phát hành tất cả (2)")
    words = FOR_BOTH.replace(
        " và Thông báo số 29/TB-UBND ngày 10/02/2024.",
        ".\nĐiều chỉnh thời hạn hoàn thành tại điểm 2 mục II Thông báo số 29/TB-UBND đến ngày 30/3/2024.",
    ).replace("3. Giao UBND xã An Hòa sắp xếp lại các quầy hàng tại chợ trung tâm trước ngày 28/3/2024.\n", "")
    await given.says("van", words)
    given.hears("van", "Thay thế Thông báo kết luận 27/TB-UBND", "Sửa đổi, bổ sung Thông báo kết luận 29/TB-UBND")
    await given.presses("van", "Áp dụng tất cả (4)")
    states = {n: (await directive(given, n)).state for n in (1, 2, 3, 4, 5, 6)}
    assert states == {1: "issued", 2: "issued", 3: "cancelled", 4: "cancelled", 5: "issued", 6: "issued"}
    assert (await directive(given, 6)).last_day == date(2024, 3, 30)
