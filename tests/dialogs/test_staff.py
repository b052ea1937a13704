"""The office's staff: moved, shared between units, leaving, a lost phone, a second account."""

from __future__ import annotations

from sqlalchemy import select

from db.models import Account, Directive, Outbox, Person, Report, Transition
from services import accounts, office
from tests.talk import Talk


async def given(talk: Talk, *tasks: str, unit: str = "Phòng Nội vụ") -> None:
    for task in tasks:
        await talk.says("van", f"/giaoviec {unit}: {task}")
        await talk.presses("van", "Phát hành")


async def directive(talk: Talk, number: int = 1) -> Directive:
    async with talk.app.database.read() as session:
        return await session.get_one(Directive, number)


async def person(talk: Talk, key: str) -> Person:
    async with talk.app.database.read() as session:
        found = await office.person_by_key(session, key)
        assert found is not None
        return found


async def second_account(talk: Talk, who: str, name: str) -> None:
    async with talk.app.database.write() as session:
        found = await office.person_by_key(session, who)
        assert found is not None
        await accounts.link(session, found, "web", name, name, talk.now)


async def test_the_office_looks_at_a_person(talk: Talk) -> None:
    await given(talk, "báo cáo biên chế trước 15/3")
    await talk.presses("nam", "Đã nhận")
    await talk.says("van", "/nhansu pham van nam")
    card = talk.hears("van", "Phạm Văn Nam", "Phòng Nội vụ (chuyên viên)", "Đầu mối 1 việc: #1", "trang web")
    assert [b.label for row in card.buttons for b in row] == [
        "Chuyển đơn vị", "Thêm đơn vị", "Đổi vai trò", "Nghỉ/chuyển công tác", "Mời lại", "Thu hồi tài khoản",
    ]  # fmt: skip


async def test_officers_do_not_look_into_the_staff(talk: Talk) -> None:
    await talk.says("nam", "/nhansu hoa")
    talk.hears("nam", "Chỉ Văn phòng hoặc quản trị")
    await talk.forges("nam", "h!:leave:5")
    talk.hears("nam", "Chỉ Văn phòng hoặc quản trị")
    assert (await person(talk, "noi")).active


async def test_who_moves_leaves_the_work_with_the_unit_and_the_head_is_told(talk: Talk) -> None:
    await given(talk, "báo cáo biên chế trước 15/3")
    await talk.presses("nam", "Đã nhận")
    await talk.says("van", "/nhansu")
    await talk.says("van", "Nam")
    await talk.presses("van", "Chuyển đơn vị")
    await talk.says("van", "Phòng Tài chính - Kế hoạch")
    talk.hears("van", "Chuyển Phạm Văn Nam sang Phòng Tài chính - Kế hoạch?", "ở lại đơn vị", "#1")
    await talk.presses("van", "Xác nhận")
    talk.hears("van", "Đã chuyển Phạm Văn Nam", "Việc cần bàn giao", "#1")
    talk.hears("nam", "Anh/chị đã chuyển từ Phòng Nội vụ sang Phòng Tài chính - Kế hoạch")
    talk.hears("noi", "Phạm Văn Nam đã chuyển đơn vị", "Việc nay do anh/chị làm đầu mối: #1")
    assert (await directive(talk)).contact_id == (await person(talk, "noi")).id
    await talk.says("nam", "#1 xong")
    talk.hears("nam", "Không có việc #1 trong phạm vi")


async def test_one_person_works_for_two_units(talk: Talk) -> None:
    await given(talk, "báo cáo biên chế trước 15/3")
    await given(talk, "trình dự toán trước 15/3", unit="Phòng Tài chính - Kế hoạch")
    await talk.says("van", "/nhansu Nam")
    await talk.presses("van", "Thêm đơn vị")
    await talk.says("van", "Phòng Tài chính - Kế hoạch")
    await talk.presses("van", "Chuyên viên")
    await talk.presses("van", "Xác nhận")
    talk.hears("nam", "Anh/chị làm thêm ở Phòng Tài chính - Kế hoạch")
    await talk.says("nam", "/viec")
    talk.hears("nam", "2 việc cần thực hiện ở 2 đơn vị", "Phòng Nội vụ · 1 việc\n\n#1 Báo cáo biên chế",
               "Phòng Tài chính - Kế hoạch · 1 việc\n\n#2 Trình dự toán")  # fmt: skip
    await talk.says("nam", "#2 được 40%")
    async with talk.app.database.read() as session:
        units = {u.key: u.id for u in (await session.scalars(select(office.Unit))).all()}
        assert list(await session.scalars(select(Report.unit_id))) == [units["tai-chinh"]]


async def test_the_work_of_two_units_stands_unit_by_unit_with_what_each_helps_with(talk: Talk) -> None:
    await test_one_person_works_for_two_units(talk)
    await given(talk, "rà soát hợp đồng trước 20/2", unit="Phòng Nội vụ")
    await talk.says("van", "/giaoviec Phòng Tài nguyên và Môi trường: đo đạc trước 15/3")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Đơn vị phối hợp")
    await talk.says("van", "Phòng Tài chính - Kế hoạch")
    await talk.presses("van", "Phát hành")
    await talk.says("nam", "/viec")
    text = talk.hears("nam", "3 việc cần thực hiện ở 2 đơn vị", "Phòng Nội vụ · 2 việc").plain
    places = [text.index(word) for word in ("#3 ", "#1 ", "Phòng Tài chính - Kế hoạch · 1 việc", "#2 ", "Phối hợp")]
    assert places == sorted(places), "the more urgent of a unit first, and its own unit before the further one"
    assert "Phòng Tài chính - Kế hoạch phối hợp · chủ trì Phòng Tài nguyên và Môi trường" in text


async def test_who_works_for_two_units_is_reminded_in_one_message(talk: Talk) -> None:
    await test_one_person_works_for_two_units(talk)
    await talk.until(talk.now.replace(month=3, day=13, hour=9))
    nam = (await person(talk, "nam")).id
    async with talk.app.database.read() as session:
        rows = await session.scalars(select(Outbox).where(Outbox.kind == "reminder", Outbox.person_id == nam))
        said = {row.key: row.directives for row in rows}
    assert [1, 2] in [sorted(numbers) for numbers in said.values()]
    days = [str(key).rsplit(":", 1)[-1] for key in said]
    assert len(days) == len(set(days))


async def test_a_further_unit_ends(talk: Talk) -> None:
    await test_one_person_works_for_two_units(talk)
    await talk.says("van", "/nhansu Nam")
    await talk.presses("van", "Bỏ đơn vị")
    await talk.presses("van", "Phòng Tài chính - Kế hoạch")
    await talk.presses("van", "Xác nhận")
    talk.hears("tai", "Phạm Văn Nam thôi làm ở Phòng Tài chính - Kế hoạch", "#2")
    await talk.says("nam", "#2 xong")
    talk.hears("nam", "Không có việc #2 trong phạm vi")


async def test_who_leaves_is_a_stranger_at_once_and_the_work_is_handed_over(talk: Talk) -> None:
    await given(talk, "báo cáo biên chế trước 15/3", "rà soát hồ sơ trước 20/3")
    await talk.says("nam", "/viec")
    await talk.presses("nam", "Đã nhận tất cả")
    await talk.says("van", "/nhansu Nam")
    await talk.presses("van", "Nghỉ/chuyển công tác")
    talk.hears("van", "Tài khoản bị thu hồi ngay", "#1, #2")
    await talk.presses("van", "Xác nhận")
    talk.hears("van", "Đã ghi Phạm Văn Nam nghỉ, chuyển công tác", "Việc cần bàn giao", "#1, #2")
    talk.hears("noi", "Phạm Văn Nam đã nghỉ hoặc chuyển công tác", "#1, #2")
    code = (await directive(talk)).code
    await talk.forges("nam", f"d:{code}")
    heard = talk.hears("nam", "liên hệ Văn phòng để nhận mã mời")
    assert "biên chế" not in heard.text


async def test_what_waited_for_who_leaves_goes_to_the_head(talk: Talk) -> None:
    await talk.says("van", "/nhansu Nội")
    await talk.presses("van", "Thu hồi tài khoản")
    await talk.presses("van", "Xác nhận")
    await talk.until(talk.now.replace(hour=22))
    await given(talk, "báo cáo biên chế trước 15/3")
    await talk.says("van", "/nhansu Nam")
    await talk.presses("van", "Nghỉ/chuyển công tác")
    await talk.presses("van", "Xác nhận")
    async with talk.app.database.read() as session:
        waiting = await session.scalars(select(Outbox).where(Outbox.state == "queued", Outbox.kind == "issued"))
        noi = (await person(talk, "noi")).id
        assert [row.person_id for row in waiting] == [noi]


async def test_a_lost_phone_is_told_from_the_other_one(talk: Talk) -> None:
    await second_account(talk, "nam", "nam-may-cu")
    await talk.says("nam", "/thuhoi")
    talk.hears("nam", "1. trang web, đang dùng", "2. trang web, gần nhất")
    await talk.presses("nam", "Thu hồi tài khoản: trang web 2")
    talk.has_heard("nam", "Đã thu hồi")
    talk.hears("nam", "Mã mời của Phạm Văn Nam")
    await talk.says("nam-may-cu", "/viec")
    talk.hears("nam-may-cu", "liên hệ Văn phòng để nhận mã mời")
    await talk.says("nam", "/viec")
    talk.hears("nam", "Phòng Nội vụ")


async def test_with_one_account_the_office_ends_it(talk: Talk) -> None:
    await talk.says("nam", "/thuhoi")
    talk.hears("nam", "Mất máy này thì báo Văn phòng")
    await talk.says("van", "/thuhoi nam")
    talk.hears("van", "Thu hồi 1 tài khoản của Phạm Văn Nam?")
    await talk.presses("van", "Xác nhận")
    talk.has_heard("van", "Đã thu hồi 1 tài khoản")
    talk.hears("van", "Mã mời của Phạm Văn Nam")
    await talk.says("nam", "/viec")
    talk.hears("nam", "liên hệ Văn phòng để nhận mã mời")


async def test_what_a_lost_phone_leaves_without_a_contact_is_listed(talk: Talk) -> None:
    await given(talk, "báo cáo biên chế trước 15/3", "rà soát hồ sơ trước 20/3")
    await talk.says("nam", "#1 đã nhận")
    await talk.says("van", "/thuhoi nam")
    await talk.presses("van", "Xác nhận")
    talk.has_heard("van", "Việc đang là đầu mối: #1. Cho đến khi người này kết nối lại")


async def test_nobody_ends_somebody_elses_account(talk: Talk) -> None:
    await talk.says("nam", "/thuhoi Trần Văn Nội")
    talk.hears("nam", "Chỉ Văn phòng hoặc quản trị")
    async with talk.app.database.read() as session:
        noi = await session.scalar(select(Account.id).where(Account.external_id == "noi"))
    await talk.forges("nam", f"ho:{noi}")
    talk.hears("nam", "đã được thu hồi từ trước")
    await talk.says("noi", "/viec")
    talk.hears("noi", "Phòng Nội vụ")


async def test_two_accounts_of_one_person_answers_go_where_asked_news_to_the_newest(talk: Talk) -> None:
    await talk.passes(minutes=1)
    await second_account(talk, "nam", "nam-2")
    await talk.says("nam", "/viec")
    talk.hears("nam", "Phòng Nội vụ")
    assert not talk.from_bot("nam-2")
    await talk.passes(minutes=1)
    await talk.says("nam-2", "/viec")
    talk.hears("nam-2", "Phòng Nội vụ")
    await given(talk, "báo cáo biên chế trước 15/3")
    talk.hears("nam-2", "báo cáo biên chế".capitalize())


async def test_a_role_changes_but_not_ones_own_and_no_clerk_makes_an_administrator(talk: Talk) -> None:
    await talk.says("van", "/nhansu Nam")
    await talk.presses("van", "Đổi vai trò")
    assert "Quản trị" not in [b.label for row in talk.last("van").buttons for b in row]
    await talk.presses("van", "Trưởng đơn vị")
    await talk.presses("van", "Xác nhận")
    talk.hears("van", "Phạm Văn Nam nay là trưởng đơn vị")
    talk.hears("nam", "Vai trò của anh/chị nay là trưởng đơn vị")
    nam, van = await person(talk, "nam"), await person(talk, "van")
    await talk.forges("van", f"h!:role:{nam.id}:admin")
    talk.hears("van", "Chỉ Văn phòng hoặc quản trị")
    await talk.forges("van", f"h!:leave:{van.id}")
    talk.hears("van", "nhờ người khác của Văn phòng")


async def test_every_change_of_staff_is_in_the_audit(talk: Talk) -> None:
    await test_a_further_unit_ends(talk)
    async with talk.app.database.read() as session:
        rows = await session.scalars(select(Transition.event).where(Transition.directive_id.is_(None)))
        assert [event for event in rows if event.startswith("unit_")] == ["unit_added", "unit_dropped"]
