"""Decisions that wait are asked for in the one message of the day, of whoever owes them; leaders read of theirs in
the digest, with the days. Nobody decides on what they report themselves.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.settings import ApprovalSettings
from db.models import Directive, Membership, Person
from domain.calendar import OFFICE_ZONE
from domain.lifecycle import State
from domain.rights import Role
from tests.dialogs.test_groups import FOREST, clause, filed
from tests.talk import Talk, open_talk

NOBODY = "Không có việc nào chờ duyệt"


@pytest.fixture
async def two_levels(data_folder: Path) -> AsyncIterator[Talk]:
    """An office where the head of the unit agrees first, whatever it is about."""
    there = await open_talk(data_folder, approval=ApprovalSettings(levels=2))
    yield there
    await there.close()


@pytest.fixture
async def patient(data_folder: Path) -> AsyncIterator[Talk]:
    """An office that asks for decisions every second working day."""
    there = await open_talk(data_folder, approval=ApprovalSettings(remind_after_days=2))
    yield there
    await there.close()


async def give(talk: Talk, unit: str = "Phòng Nội vụ", *, important: bool = False) -> None:
    await talk.says("van", f"/giaoviec {unit}: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    if important:
        await talk.says("van", "/status #1")
        await talk.presses("van", "Khác…")
        await talk.presses("van", "Việc quan trọng")


async def hand_in(talk: Talk, who: str = "nam", number: int = 1) -> None:
    """On Wednesday 31/01/2024."""
    await talk.says(who, f"#{number} đã xong")
    await talk.presses(who, "Đúng")


async def to_morning(talk: Talk, day: int) -> None:
    await talk.until(datetime(2024, 2, day, 8, 0, tzinfo=OFFICE_ZONE))


def asked(talk: Talk, who: str) -> list[str]:
    """The messages of the bot that ask this person for a decision."""
    return [m.plain for m in talk.from_bot(who) if "Chờ duyệt (" in m.plain and "cần chú ý" in m.plain]


# --- who is asked ---


async def test_one_level_the_office_is_asked_every_working_day(talk: Talk) -> None:
    await give(talk)
    await hand_in(talk)
    await to_morning(talk, 1)
    talk.hears("van", "Chờ duyệt (1)", "#1", "Phòng Nội vụ báo hoàn thành", "chờ 1 ngày làm việc")
    await to_morning(talk, 2)
    talk.hears("van", "chờ 2 ngày làm việc")
    await to_morning(talk, 4)
    assert len(asked(talk, "van")) == 2, "nobody is asked on days off"
    assert asked(talk, "noi") == []


async def test_two_levels_the_head_is_asked_and_then_the_office(two_levels: Talk) -> None:
    talk = two_levels
    await give(talk)
    await hand_in(talk)
    await to_morning(talk, 1)
    talk.hears("noi", "Chờ duyệt (1)", "#1", "chờ 1 ngày làm việc")
    assert asked(talk, "van") == []
    await talk.presses("noi", "Đồng ý, trình duyệt")
    await to_morning(talk, 2)
    talk.hears("van", "Chờ duyệt (1)", "#1", "chờ 1 ngày làm việc")
    assert asked(talk, "noi") == [], "the one of yesterday tells what was decided, and no other came"


async def test_the_office_is_asked_where_the_unit_says_it_is_not_theirs(talk: Talk) -> None:
    await give(talk)
    await talk.presses("nam", "Không đúng đơn vị")
    await talk.says("nam", "Việc của Phòng Tài chính")
    await talk.presses("nam", "Đúng")
    await to_morning(talk, 1)
    talk.hears("van", "Chờ duyệt (1)", "#1", "đề nghị chuyển đơn vị", "chờ 1 ngày làm việc")


async def test_the_office_is_asked_for_more_time_until_it_answers(talk: Talk) -> None:
    await give(talk)
    await talk.says("nam", "#1 xin gia hạn đến 25/3 vì chờ các xã gửi số liệu")
    await talk.presses("nam", "Đúng")
    await to_morning(talk, 1)
    talk.hears("van", "Chờ duyệt (1)", "#1", "xin gia hạn đến 25/03/2024", "chờ 1 ngày làm việc")
    await talk.says("van", "/duyet")
    await talk.presses("van", "Đồng ý #1")
    await to_morning(talk, 5)
    assert len(asked(talk, "van")) == 1


async def test_an_office_may_ask_less_often(patient: Talk) -> None:
    await give(patient)
    await hand_in(patient)
    await to_morning(patient, 1)
    assert asked(patient, "van") == []
    await to_morning(patient, 2)
    patient.hears("van", "chờ 2 ngày làm việc")
    await to_morning(patient, 5)
    assert len(asked(patient, "van")) == 1
    await to_morning(patient, 6)
    assert len(asked(patient, "van")) == 2


async def test_several_are_one_message_a_day(talk: Talk) -> None:
    for number in (1, 2, 3):
        await give(talk)
        await hand_in(talk, number=number)
    for day in (1, 2):
        await to_morning(talk, day)
        talk.hears("van", "Chờ duyệt (3)", "#1", "#2", "#3")
        assert len(asked(talk, "van")) == day


# --- the leader alone ---


async def test_an_important_one_stands_in_its_leaders_digest_with_the_days(talk: Talk) -> None:
    await give(talk, important=True)
    await hand_in(talk, "noi")
    for day in (1, 2):
        await to_morning(talk, day)
        talk.hears("phuc", "Chờ duyệt: 1", "#1 Phòng Nội vụ (quan trọng)", f"chờ {day} ngày làm việc")
    assert asked(talk, "van") == [], "the office cannot decide it"
    await talk.presses("phuc", "Chờ duyệt (1)")
    talk.hears("phuc", "Chờ duyệt (1)", "#1", "chờ 2 ngày làm việc")
    talk.has_heard("phuc", "Bản tin sáng")
    await talk.presses("phuc", "Duyệt #1")
    talk.hears("noi", "#1 đã được duyệt hoàn thành")


async def test_what_the_head_has_not_seen_is_not_in_the_leaders_digest(talk: Talk) -> None:
    await give(talk, important=True)
    await hand_in(talk)
    await to_morning(talk, 1)
    assert not any("Chờ duyệt" in m.plain for m in talk.from_bot("phuc"))
    await talk.presses("noi", "Đồng ý, trình duyệt")
    await to_morning(talk, 2)
    talk.hears("phuc", "Chờ duyệt: 1", "#1", "chờ 1 ngày làm việc")


async def test_a_leader_reads_of_their_own_field_only(talk: Talk) -> None:
    await give(talk, "Phòng Tài chính - Kế hoạch")
    await hand_in(talk, "tai")
    await give(talk)
    await hand_in(talk, "nam", 2)
    await to_morning(talk, 1)
    assert "#1" not in talk.hears("phuc", "Chờ duyệt: 1", "#2").plain
    talk.hears("lam", "Chờ duyệt: 2", "#1", "#2")


# --- who stands in, the list ---


async def test_who_stands_in_for_the_head_agrees(two_levels: Talk) -> None:
    talk = two_levels
    await talk.says("noi", "/vangmat đến 9/2 Nam thay")
    await talk.presses("noi", "Đúng")
    await give(talk)
    async with talk.app.database.write() as session:
        person = (await session.scalars(select(Person).where(Person.key == "hoa"))).one()
        unit = (await session.scalars(select(Person.unit_id).where(Person.key == "nam"))).one()
        session.add(Membership(person_id=person.id, unit_id=unit, role=Role.OFFICER, since=talk.now))
    await hand_in(talk, "hoa")
    await to_morning(talk, 1)
    talk.hears("nam", "Chờ duyệt (1)", "#1", "chờ 1 ngày làm việc")
    await talk.presses("nam", "Đồng ý, trình duyệt")
    talk.has_heard("nam", "Đã đồng ý")
    talk.hears("van", "#1", "thủ trưởng đã đồng ý")


async def test_the_list_keeps_its_page_when_one_of_it_is_approved(talk: Talk) -> None:
    async with talk.app.database.write() as session:
        nam = (await session.scalars(select(Person).where(Person.key == "nam"))).one()
        for number in range(1, 11):
            session.add(
                Directive(
                    text=f"Việc thứ {number}", lead_unit_id=nam.unit_id, state=State.SUBMITTED, issued_at=talk.now,
                    assigned_at=talk.now, submitted_at=talk.now, submitted_by=nam.id, waits_since=talk.now,
                    made_by=nam.id, made_at=talk.now,
                )
            )  # fmt: skip
    await talk.says("van", "/duyet")
    (page,) = await talk.presses("van", "Sau ›")
    assert "trang 2/2" in page.plain
    said = await talk.presses("van", "Duyệt #9", under=page)
    assert "#9" in said[-1].plain
    assert "hoàn thành" in said[-1].plain
    assert "trang 2/2" in said[0].plain
    assert "Việc thứ 10" in said[0].plain
    assert "Việc thứ 9" not in said[0].plain


# --- nobody decides on what is their own ---


async def test_the_offices_own_work_is_decided_by_a_leader(talk: Talk) -> None:
    await give(talk, "Văn phòng")
    await hand_in(talk, "van")
    await talk.says("van", "/duyet")
    talk.hears("van", NOBODY)
    await to_morning(talk, 1)
    assert asked(talk, "van") == []
    talk.hears("lam", "Chờ duyệt: 1", "#1", "chờ 1 ngày làm việc")
    await talk.says("lam", "/duyet")
    await talk.presses("lam", "Duyệt #1")
    talk.hears("van", "#1 đã được duyệt hoàn thành")


async def test_a_leader_who_is_a_member_too_leaves_it_to_others(talk: Talk) -> None:
    async with talk.app.database.write() as session:
        phuc = (await session.scalars(select(Person).where(Person.key == "phuc"))).one()
        unit = (await session.scalars(select(Person.unit_id).where(Person.key == "nam"))).one()
        session.add(Membership(person_id=phuc.id, unit_id=unit, role=Role.HEAD, since=talk.now))
    await give(talk)
    await hand_in(talk, "phuc")
    await talk.says("phuc", "/duyet")
    talk.hears("phuc", NOBODY)
    await to_morning(talk, 1)
    assert not any("Chờ duyệt:" in m.plain for m in talk.from_bot("phuc"))
    talk.hears("van", "Chờ duyệt (1)", "#1", "chờ 1 ngày làm việc")
    await talk.presses("van", "Duyệt")
    talk.hears("phuc", "#1 đã được duyệt hoàn thành")


async def test_a_dropped_draft_is_unknown_to_the_unit_it_was_meant_for(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Bỏ")
    await talk.says("nam", "/status #1")
    talk.hears("nam", "Không có việc #1 trong phạm vi của anh/chị")
    await talk.says("noi", "#1 đã xong")
    assert "biên chế" not in talk.last("noi").plain


async def test_a_draft_is_marked_important_before_it_is_issued_to_one_or_to_many(talk: Talk) -> None:
    await filed(talk, clause(FOREST, group="communes"))
    await talk.presses("van", "Xem từng nhiệm vụ")
    await talk.presses("van", "Sửa")
    (card,) = await talk.presses("van", "Việc quan trọng")
    assert "QUAN TRỌNG" in card.plain
    await talk.presses("van", "Phát hành")
    talk.has_heard("hoa", "QUAN TRỌNG", FOREST)
    async with talk.app.database.read() as session:
        assert set(await session.scalars(select(Directive.important))) == {True}
