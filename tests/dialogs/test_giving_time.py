"""``Giao thêm hạn``: whoever decides gives a later deadline that nobody asked for."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from db.models import Directive, Extension, Transition
from tests.talk import Talk


@pytest.fixture
async def given(talk: Talk) -> Talk:
    """Directive #1 of Nội and Nam, due on Monday 4 March 2024."""
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 5/3")
    await talk.presses("van", "Phát hành")
    await talk.presses("nam", "Đã nhận")
    return talk


async def _ask(talk: Talk, words: str, who: str = "phuc") -> None:
    await talk.says(who, "/status #1")
    await talk.presses(who, "Khác…")
    await talk.presses(who, "Giao thêm hạn")
    await talk.says(who, words)


async def days(talk: Talk) -> tuple[str, str]:
    """The present last day and the first one."""
    async with talk.app.database.read() as session:
        one = await session.get_one(Directive, 1)
        return f"{one.last_day:%d/%m}", f"{one.first_last_day:%d/%m}"


async def test_the_day_in_words_is_said_back_and_then_counts(given: Talk) -> None:
    await _ask(given, "15/3 vì chờ số liệu của xã")
    given.hears("phuc", "Từ 04/03/2024 đến 15/03/2024 (thứ Sáu)", "Lý do: chờ số liệu của xã")
    assert await days(given) == ("04/03", "04/03")
    await given.presses("phuc", "Đúng")
    given.hears("phuc", "Đã giao thêm hạn #1 đến 15/03/2024 và báo Phòng Nội vụ.")
    assert await days(given) == ("15/03", "04/03")
    for who in ("noi", "nam"):
        given.hears(who, "#1 được giao thêm hạn đến 15/03/2024", "hạn cũ 04/03/2024", "Lý do: chờ số liệu của xã")
    await given.says("phuc", "/status #1")
    given.hears("phuc", "Giao thêm hạn, đến 15/03/2024 · Lý Thị Phúc", "“chờ số liệu của xã”")


async def test_no_reason_is_needed(given: Talk) -> None:
    await _ask(given, "thêm 10 ngày")
    given.hears("phuc", "đến 14/03/2024")
    await given.presses("phuc", "Đúng")
    assert await days(given) == ("14/03", "04/03")


async def test_it_counts_among_the_extensions_granted_but_not_as_asked_for(given: Talk) -> None:
    await _ask(given, "10/3")
    await given.presses("phuc", "Đúng")
    async with given.app.database.read() as session:
        row = (await session.scalars(select(Extension))).one()
        assert (row.state, row.asked_by) == ("granted", row.decided_by)
    await given.says("nam", "#1 xin gia hạn đến 20/3 vì thiếu người")
    await given.presses("nam", "Đúng")
    given.hears("phuc", "Phòng Nội vụ xin gia hạn #1")
    assert "lần xin thứ" not in given.last("phuc").text


async def test_limits_of_requests_are_said_and_do_not_bind(given: Talk) -> None:
    for until in ("8/3", "10/3"):
        await _ask(given, until)
        await given.presses("phuc", "Đúng")
    await _ask(given, "30/6")
    given.hears("phuc", "Quá 30 ngày, mức nhiều nhất mỗi lần", "đã được gia hạn 2 lần, đơn vị không còn lượt xin")
    await given.presses("phuc", "Đúng")
    assert await days(given) == ("30/06", "04/03")


async def test_a_request_that_waits_is_closed_and_the_unit_is_told(given: Talk) -> None:
    await given.says("nam", "#1 xin gia hạn đến 20/3 vì thiếu người")
    await given.presses("nam", "Đúng")
    await _ask(given, "12/3")
    given.hears("phuc", "Đơn vị đang xin đến 20/03/2024; đề nghị đó khép lại.")
    await given.presses("phuc", "Đúng")
    given.hears("nam", "được giao thêm hạn đến 12/03/2024", "Đề nghị gia hạn đến 20/03/2024 đang chờ đã khép.")
    async with given.app.database.read() as session:
        states = list(await session.scalars(select(Extension.state).order_by(Extension.id)))
    assert states == ["closed", "granted"]


async def test_it_can_be_taken_back_and_the_request_waits_again(given: Talk) -> None:
    await given.says("nam", "#1 xin gia hạn đến 20/3 vì thiếu người")
    await given.presses("nam", "Đúng")
    await _ask(given, "12/3")
    await given.presses("phuc", "Đúng")
    await given.presses("phuc", "Hoàn tác")
    assert await days(given) == ("04/03", "04/03")
    async with given.app.database.read() as session:
        assert list(await session.scalars(select(Extension.state))) == ["pending"]


@pytest.mark.parametrize(("words", "answer"), [("1/3", "không muộn hơn hạn hiện nay"), ("31/2", "Không có ngày")])
async def test_a_day_that_will_not_do_is_asked_again(given: Talk, words: str, answer: str) -> None:
    await _ask(given, words)
    given.hears("phuc", answer)
    await given.says("phuc", "15/3")
    given.hears("phuc", "đến 15/03/2024")


async def test_the_deadline_moves_between_showing_and_pressing(given: Talk) -> None:
    await _ask(given, "15/3")
    shown = given.last("phuc")
    await _ask(given, "20/3", who="van")
    await given.presses("van", "Đúng")
    await given.presses("phuc", "Đúng", under=shown)
    given.hears("phuc", "Việc #1 vừa thay đổi")
    assert await days(given) == ("20/03", "04/03")


async def test_completed_between_showing_and_pressing(given: Talk) -> None:
    await _ask(given, "15/3")
    shown = given.last("phuc")
    await given.says("nam", "#1 đã xong")
    await given.presses("nam", "Đúng")
    await given.presses("phuc", "Đúng", under=shown)
    given.hears("phuc", "Không làm được vì việc này đang chờ duyệt")


async def test_the_unit_cannot_give_itself_time(given: Talk) -> None:
    async with given.app.database.read() as session:
        code = (await session.get_one(Directive, 1)).code
    await given.forges("noi", f"gth:{code}")
    given.hears("noi", "không tự duyệt việc của đơn vị mình")
    async with given.app.database.read() as session:
        events = list(await session.scalars(select(Transition.event)))
    assert "extension_given" not in events
