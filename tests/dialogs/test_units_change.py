"""Units change: another name, two communes become one, a split, another leader; nothing of the past is rewritten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot import organisation
from db.models import Coordination, Directive, Person, Transition, Unit
from domain.lifecycle import Event
from services import accounts, audit, office, people, scope, steering, successors
from services.life import By
from services.office import UnitLine
from tests import people as cast
from tests.talk import Talk


async def given(talk: Talk, unit: str, task: str) -> None:
    await talk.says("van", f"/giaoviec {unit}: {task}")
    await talk.presses("van", "Phát hành")


async def lead_of(talk: Talk, number: int) -> str:
    async with talk.app.database.read() as session:
        found = await session.get_one(Directive, number)
        assert found.lead_unit is not None
        return found.lead_unit.name


async def merged(talk: Talk) -> None:
    """Two communes of the small office become UBND xã Hòa Bình, as in the summer of 2025."""
    await link_minh(talk)
    await given(talk, "UBND xã An Hòa", "rà soát hộ nghèo trước 15/3")
    await given(talk, "UBND xã Bình Minh", "thống kê đất công trước 20/3")
    await talk.says("van", "/donvi UBND xã An Hòa")
    await talk.presses("van", "Thay đổi đơn vị")
    await talk.presses("van", "Sáp nhập")
    await talk.says("van", "UBND xã Bình Minh")
    talk.hears("van", "Đơn vị sau sáp nhập tên là gì?")
    await talk.says("van", "UBND xã Hòa Bình")
    talk.hears("van", "Sáp nhập UBND xã An Hòa, UBND xã Bình Minh thành UBND xã Hòa Bình?", "2 việc chủ trì", "2 người")
    await talk.presses("van", "Xác nhận")


async def link_minh(talk: Talk) -> None:
    async with talk.app.database.write() as session:
        minh = await office.person_by_key(session, "minh")
        assert minh is not None
        await accounts.link(session, minh, "web", "minh", "minh", talk.now)


async def test_two_communes_become_one_and_open_work_goes_over(talk: Talk) -> None:
    await merged(talk)
    talk.hears("van", "Đã sáp nhập thành UBND xã Hòa Bình; chuyển 2 việc")
    for who in ("hoa", "minh", "phuc"):
        talk.hears(who, "UBND xã An Hòa, UBND xã Bình Minh đã sáp nhập thành UBND xã Hòa Bình")
    assert {await lead_of(talk, 1), await lead_of(talk, 2)} == {"UBND xã Hòa Bình"}
    await talk.says("hoa", "/viec")
    talk.hears("hoa", "UBND xã Hòa Bình: 2 việc", "#1", "#2")
    await talk.says("minh", "#1 xong")
    await talk.presses("minh", "Đúng")
    talk.has_heard("phuc", "#1")  # the leader of one of the communes is in charge of the new one


async def test_everybody_of_the_merged_units_is_told_once(talk: Talk) -> None:
    await merged(talk)
    for who in ("hoa", "minh", "phuc"):
        assert sum("đã sáp nhập" in m.text for m in talk.from_bot(who)) == 1


async def test_a_notice_with_an_old_name_is_still_understood(talk: Talk) -> None:
    await merged(talk)
    await given(talk, "UBND xã Bình Minh", "báo cáo thu ngân sách trước 25/3")
    assert await lead_of(talk, 3) == "UBND xã Hòa Bình"


async def test_what_was_done_before_stays_under_the_old_name_and_is_seen_by_the_new_people(talk: Talk) -> None:
    await given(talk, "UBND xã An Hòa", "báo cáo dân số trước 10/3")
    await talk.says("hoa", "#1 xong")
    await talk.presses("hoa", "Đúng")
    await talk.presses("van", "Duyệt")
    await link_minh(talk)
    await talk.says("van", "/donvi UBND xã An Hòa")
    await talk.presses("van", "Thay đổi đơn vị")
    await talk.presses("van", "Sáp nhập")
    await talk.says("van", "UBND xã Bình Minh")
    await talk.presses("van", "UBND xã Bình Minh")
    await talk.presses("van", "Xác nhận")
    assert await lead_of(talk, 1) == "UBND xã An Hòa"
    await talk.says("minh", "/status #1")
    talk.hears("minh", "UBND xã An Hòa")


async def test_the_story_names_the_units_as_they_were_then(talk: Talk) -> None:
    await given(talk, "UBND xã An Hòa", "báo cáo dân số trước 10/3")
    await talk.says("hoa", "#1 được 40%")
    await talk.passes(hours=1)
    await talk.says("van", "/donvi UBND xã An Hòa")
    for label in ("Thay đổi đơn vị", "Sáp nhập"):
        await talk.presses("van", label)
    await talk.says("van", "UBND xã Bình Minh")
    await talk.says("van", "UBND xã Hòa Bình")
    await talk.presses("van", "Xác nhận")
    await talk.passes(hours=1)
    await talk.says("hoa", "#1 được 70%")
    await talk.says("lam", "/status #1")
    talk.hears(
        "lam", "Báo cáo 40% · Ngô Thị Hòa, UBND xã An Hòa",
        "Đơn vị được sáp nhập", "UBND xã An Hòa → UBND xã Hòa Bình",
        "Báo cáo 70% · Ngô Thị Hòa, UBND xã Hòa Bình",
    )  # fmt: skip


async def test_the_audit_tells_of_each_directive_that_went_over(talk: Talk) -> None:
    await merged(talk)
    async with talk.app.database.read() as session:
        rows = await session.scalars(
            select(Transition).where(Transition.event == "unit_merged").order_by(Transition.id)
        )
        assert [(row.directive_id, row.details.get("old_unit")) for row in rows] == [
            (1, "UBND xã An Hòa"),
            (2, "UBND xã Bình Minh"),
            (None, None),
        ]
        assert await audit.first_broken(session) is None


async def test_a_part_is_not_asked_for_twice_after_a_merger(talk: Talk) -> None:
    await given(talk, "UBND xã An Hòa", "rà soát hộ nghèo trước 15/3")
    await given(talk, "Phòng Nội vụ", "sắp xếp cán bộ trước 15/3")
    async with talk.app.database.write() as session:
        units = {u.key: u for u in await session.scalars(select(Unit))}
        for number, key in ((1, "binh-minh"), (2, "an-hoa"), (2, "binh-minh")):
            session.add(Coordination(directive_id=number, unit_id=units[key].id, written=units[key].name))
    async with talk.app.database.write() as session:
        units = {u.key: u for u in await session.scalars(select(Unit))}
        by = successors.Acted(talk.now)
        await successors.carry_over(session, units["an-hoa"], units["binh-minh"], by)
    async with talk.app.database.read() as session:
        helping = [[c.unit_id for c in (await session.get_one(Directive, n)).coordinations] for n in (1, 2)]
    assert helping == [[], [units["binh-minh"].id]]


async def test_a_renamed_unit_keeps_its_past(talk: Talk) -> None:
    await given(talk, "Phòng Nội vụ", "báo cáo biên chế trước 15/3")
    before = talk.now
    await talk.passes(days=1)
    await talk.says("van", "/donvi Phòng Nội vụ")
    await talk.presses("van", "Thay đổi đơn vị")
    await talk.presses("van", "Đổi tên")
    await talk.says("van", "Phòng Nội vụ - Lao động")
    await talk.presses("van", "Xác nhận")
    talk.hears("van", "Đã đổi tên Phòng Nội vụ thành Phòng Nội vụ - Lao động")
    talk.hears("nam", "Phòng Nội vụ đổi tên thành Phòng Nội vụ - Lao động")
    async with talk.app.database.read() as session:
        unit = (await session.scalars(select(Unit).where(Unit.key == "noi-vu"))).one()
        names = await successors.names_of(session, [unit.id])
        assert (names.at(unit.id, before), names.at(unit.id, talk.now)) == ("Phòng Nội vụ", "Phòng Nội vụ - Lao động")
        match = (await office.directory(session)).match("Phòng Nội vụ")
        assert match.unit is not None
        assert match.unit.id == unit.id


async def test_a_name_that_is_taken_is_refused(talk: Talk) -> None:
    await talk.says("van", "/donvi Phòng Nội vụ")
    await talk.presses("van", "Thay đổi đơn vị")
    await talk.presses("van", "Đổi tên")
    await talk.says("van", "ubnd xa an hoa")
    await talk.presses("van", "Xác nhận")
    talk.hears("van", "Đã có đơn vị tên")


async def test_a_unit_splits_and_takes_what_is_chosen(talk: Talk) -> None:
    for task in ("báo cáo biên chế trước 15/3", "tuyển dụng viên chức trước 20/3"):
        await given(talk, "Phòng Nội vụ", task)
    await talk.says("van", "/donvi Phòng Nội vụ")
    await talk.presses("van", "Thay đổi đơn vị")
    await talk.presses("van", "Tách")
    await talk.says("van", "Phòng Lao động")
    await talk.presses("van", "☐ #2")
    await talk.presses("van", "☐ Phạm Văn Nam")
    talk.hears("van", "Đã chọn 1 việc, 1 người")
    await talk.presses("van", "Xác nhận")
    talk.hears("van", "Đã tách Phòng Lao động; nhận 1 việc, 1 người")
    assert [await lead_of(talk, n) for n in (1, 2)] == ["Phòng Nội vụ", "Phòng Lao động"]
    await talk.says("nam", "/viec")
    talk.hears("nam", "Phòng Lao động: 1 việc", "#2")


async def test_what_the_leader_was_asked_before_a_split_is_decided_after_it(talk: Talk) -> None:
    for task in ("báo cáo biên chế trước 15/3", "tuyển dụng viên chức trước 20/3"):
        await given(talk, "Phòng Nội vụ", task)
    await talk.says("nam", "#1 xin lùi đến 20/3 vì chờ tỉnh")
    await talk.presses("nam", "Đúng")
    await talk.says("nam", "#2 đã xong")
    await talk.presses("nam", "Đúng")
    await talk.says("van", "/donvi Phòng Nội vụ")
    await talk.presses("van", "Thay đổi đơn vị")
    await talk.presses("van", "Tách")
    await talk.says("van", "Phòng Lao động")
    await talk.presses("van", "Tất cả việc")
    await talk.presses("van", "☐ Phạm Văn Nam")
    await talk.presses("van", "Xác nhận")
    await talk.presses("phuc", "Đồng ý")
    talk.hears("nam", "#1 được gia hạn đến 20/03/2024", "Lý Thị Phúc")
    await talk.presses("phuc", "Duyệt")
    talk.hears("nam", "#2 đã được duyệt hoàn thành")


async def test_a_split_takes_chosen_parts_along_and_says_whose_the_group_stays(talk: Talk) -> None:
    await talk.says_in("nhom-noi-vu", "noi", "/nhom")
    for task in ("quyết toán ngân sách trước 15/3", "lập dự toán trước 20/3"):
        await talk.says("van", f"/giaoviec Phòng Tài chính - Kế hoạch: {task}")
        await talk.presses("van", "Sửa")
        await talk.presses("van", "Đơn vị phối hợp")
        await talk.says("van", "Phòng Nội vụ")
        await talk.presses("van", "Phát hành")
    await talk.says("van", "/donvi Phòng Nội vụ")
    await talk.presses("van", "Thay đổi đơn vị")
    await talk.presses("van", "Tách")
    await talk.says("van", "Phòng Lao động")
    talk.hears("van", "Việc phối hợp không chọn thì ở lại Phòng Nội vụ")
    await talk.presses("van", "☐ Phối hợp #2")
    await talk.presses("van", "☐ Phạm Văn Nam")
    talk.hears("van", "Đã chọn 0 việc, 1 việc phối hợp, 1 người")
    await talk.presses("van", "Xác nhận")
    talk.hears("van", "nhận 0 việc, 1 việc phối hợp, 1 người", "Nhóm chat vẫn của Phòng Nội vụ", "/nhom Phòng Lao động")
    talk.hears(
        "nam", "Phòng Lao động tách ra từ Phòng Nội vụ, nhận 1 việc phối hợp", "trưởng Phòng Lao động nhắn /nhom"
    )
    await talk.says("nam", "/viec")
    talk.hears("nam", "Phối hợp: 1 việc chưa gửi ý kiến", "#2")
    await talk.says("noi", "/viec")
    assert "#1" in talk.last("noi").plain
    assert "#2" not in talk.last("noi").plain
    await talk.says("van", "/status #2")
    talk.has_heard("van", "Phòng Lao động")
    await talk.presses("van", "Lịch sử")
    talk.hears("van", "Phần phối hợp chuyển sang đơn vị mới tách")


async def imports(talk: Talk, units: Any = cast.UNITS, people: Any = cast.PEOPLE) -> list[tuple[str, str]]:
    """The office's file comes in; gives what was left alone, and whose."""
    async with talk.app.database.write() as session:
        done = await office.import_org(session, units, people, talk.now)
    return [(one.what, one.whose) for one in done.kept]


async def test_a_file_that_is_older_than_the_chat_moves_nobody_back(talk: Talk) -> None:
    await talk.says("van", "/nhansu Nam")
    await talk.presses("van", "Chuyển đơn vị")
    await talk.says("van", "Phòng Tài chính - Kế hoạch")
    await talk.presses("van", "Xác nhận")
    for _ in range(2):
        assert await imports(talk) == [("unit", "Phạm Văn Nam")]
    await talk.says("nam", "/viec")
    talk.hears("nam", "Phòng Tài chính - Kế hoạch: 0 việc")
    edited = [replace(p, unit="moi-truong") if p.key == "nam" else p for p in cast.PEOPLE]
    assert await imports(talk, people=edited) == [], "somebody has edited the file since: it counts"
    await talk.says("nam", "/viec")
    talk.hears("nam", "Phòng Tài nguyên và Môi trường: 0 việc")


async def test_a_file_that_is_older_than_the_chat_gives_no_unit_its_old_name_back(talk: Talk) -> None:
    await talk.says("van", "/donvi Phòng Nội vụ")
    await talk.presses("van", "Thay đổi đơn vị")
    await talk.presses("van", "Đổi tên")
    await talk.says("van", "Phòng Nội vụ - Lao động")
    await talk.presses("van", "Xác nhận")
    assert await imports(talk) == [("name", "Phòng Nội vụ - Lao động")]
    agreeing = [replace(u, name="Phòng Nội vụ - Lao động") if u.key == "noi-vu" else u for u in cast.UNITS]
    assert await imports(talk, units=agreeing) == []


async def test_who_left_or_got_another_leader_in_the_chat_stays_so(talk: Talk) -> None:
    await talk.says("van", "/donvi UBND xã An Hòa")
    await talk.presses("van", "Thay đổi đơn vị")
    await talk.presses("van", "Lãnh đạo phụ trách")
    await talk.presses("van", "Hoàng Văn Lâm")
    await talk.presses("van", "Xác nhận")
    await talk.says("van", "/nhansu Nam")
    await talk.presses("van", "Nghỉ/chuyển công tác")
    await talk.presses("van", "Xác nhận")
    assert await imports(talk) == [("left", "Phạm Văn Nam"), ("leader", "UBND xã An Hòa")]
    async with talk.app.database.read() as session:
        nam = (await session.scalars(select(Person).where(Person.key == "nam"))).one()
        assert not nam.active


async def test_a_unit_under_another_leader_takes_its_open_work_along(talk: Talk) -> None:
    await given(talk, "UBND xã An Hòa", "rà soát hộ nghèo trước 15/3")
    await talk.says("van", "/donvi UBND xã An Hòa")
    await talk.presses("van", "Thay đổi đơn vị")
    await talk.presses("van", "Lãnh đạo phụ trách")
    await talk.presses("van", "Hoàng Văn Lâm")
    await talk.presses("van", "Xác nhận")
    talk.hears("van", "UBND xã An Hòa nay do Hoàng Văn Lâm phụ trách")
    async with talk.app.database.read() as session:
        phuc = (await session.scalars(select(Person).where(Person.key == "phuc"))).one()
        directive = await session.get_one(Directive, 1)
        assert not people.may_decide(await people.standing(session, phuc, directive))


async def test_no_unit_is_put_under_itself(talk: Talk) -> None:
    await talk.says("van", f"/donvi {cast.OFFICE}")
    await talk.presses("van", "Thay đổi đơn vị")
    await talk.presses("van", "Đổi cấp trên")
    await talk.says("van", "UBND xã An Hòa")
    await talk.presses("van", "Xác nhận")
    talk.hears("van", "không thể trực thuộc")


async def test_only_the_office_changes_units(talk: Talk) -> None:
    for data in ("uz:3", "uq:rename:3", "uj:3:0", "uy"):
        await talk.forges("lam", data)
        talk.hears("lam", "Chỉ Văn phòng hoặc quản trị được thay đổi đơn vị")


# --- by the file ---


async def test_the_file_merges_and_renames(talk: Talk) -> None:
    await given(talk, "UBND xã Bình Minh", "thống kê đất công trước 20/3")
    lines = tuple(
        UnitLine(u.key, "UBND xã Hòa Bình" if u.key == "an-hoa" else u.name, u.kind, u.parent, u.leader, u.aliases,
                 "an-hoa" if u.key == "binh-minh" else None)
        for u in cast.UNITS
    )  # fmt: skip
    for _ in range(2):  # twice changes nothing more
        async with talk.app.database.write() as session:
            await office.import_org(session, lines, cast.PEOPLE, talk.now)
    assert await lead_of(talk, 1) == "UBND xã Hòa Bình"
    async with talk.app.database.read() as session:
        known = await office.directory(session)
        meant = {known.match(name).unit for name in ("UBND xã An Hòa", "UBND xã Bình Minh", "UBND xã Hòa Bình")}
        minh = (await session.scalars(select(Person).where(Person.key == "minh"))).one()
        assert [unit.name for unit in meant if unit] == ["UBND xã Hòa Bình"]
        assert minh.unit.name == "UBND xã Hòa Bình"
        tree = await scope.tree(session)
        assert all(len(list(tree.upwards(unit))) < 4 for unit in tree.nodes)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ('merged_into = "khong-co"', "is no other unit"),
        ('parent = "a"', "stands under itself"),
    ],
)
def test_a_file_with_a_circle_or_a_merger_into_nothing_is_refused(tmp_path: Path, more: str, words: str) -> None:
    path = tmp_path / "org.toml"
    path.write_text(f'[[units]]\nkey = "a"\nname = "A"\nkind = "commune"\n{more}\n', "utf-8")
    with pytest.raises(organisation.OrganisationError, match=words):
        organisation.load(path)


async def test_what_is_opened_again_after_a_merger_goes_to_the_new_unit(talk: Talk) -> None:
    await test_what_was_done_before_stays_under_the_old_name_and_is_seen_by_the_new_people(talk)
    async with talk.app.database.write() as session:
        van = (await session.scalars(select(Person).where(Person.key == "van"))).one()
        directive = await session.get_one(Directive, 1)
        await steering.steer(session, directive, Event.REOPEN, By(van, talk.now, talk.app.office), "còn thiếu biểu 2")
    assert await lead_of(talk, 1) == "UBND xã Bình Minh"


async def test_who_is_in_the_file_no_more_leaves_the_work_with_the_head(talk: Talk) -> None:
    await given(talk, "Phòng Nội vụ", "báo cáo biên chế trước 15/3")
    await talk.presses("nam", "Đã nhận")
    async with talk.app.database.write() as session:
        left = tuple(p for p in cast.PEOPLE if p.key != "nam")
        done = await office.import_org(session, cast.UNITS, left, talk.now)
        assert done.left == (("Phạm Văn Nam", (1,)),)
    await talk.app.settle()
    talk.hears("noi", "Phạm Văn Nam đã nghỉ hoặc chuyển công tác", "#1")
