"""Several approvals with one press, after the marks were set in place."""

from __future__ import annotations

import pytest

from channels.web.store import Message
from db.models import Directive
from domain.lifecycle import State
from tests.talk import Talk


@pytest.fixture
async def waiting(talk: Talk) -> Talk:
    """#1, #2 and #3 of Nội and Nam were handed in."""
    for number, task in enumerate(("báo cáo biên chế", "lập danh sách", "họp các xã"), 1):
        await talk.says("van", f"/giaoviec Phòng Nội vụ: {task} trước 5/3")
        await talk.presses("van", "Phát hành")
        await talk.says("nam", f"#{number} đã xong")
        await talk.presses("nam", "Đúng")
    return talk


async def states(talk: Talk) -> list[State]:
    async with talk.app.database.read() as session:
        return [State((await session.get_one(Directive, n)).state) for n in (1, 2, 3)]


def labels(message: Message) -> list[str]:
    return [b.label for row in message.buttons for b in row]


async def _choose(talk: Talk, who: str = "phuc") -> Message:
    await talk.says(who, "/duyet")
    await talk.presses(who, "Duyệt nhiều việc")
    return talk.last(who)


async def test_marks_are_set_in_place_and_what_is_marked_is_approved(waiting: Talk) -> None:
    shown = await _choose(waiting)
    assert labels(shown) == ["☐ #1", "☐ #2", "☐ #3", "Chọn tất cả", "Thôi"]
    await waiting.presses("phuc", "☐ #1", under=shown)
    await waiting.presses("phuc", "☐ #3", under=shown)
    now = waiting.hears("phuc", "☑ #1 Phòng Nội vụ", "☐ #2 Phòng Nội vụ", "☑ #3 Phòng Nội vụ")
    assert now.id == shown.id
    assert labels(now) == ["☑ #1", "☐ #2", "☑ #3", "Duyệt 2 việc", "Chọn tất cả", "Thôi"]
    await waiting.presses("phuc", "Duyệt 2 việc", under=shown)
    waiting.hears("phuc", "Đã duyệt 2 việc: #1, #3.")
    assert await states(waiting) == [State.COMPLETED, State.SUBMITTED, State.COMPLETED]
    waiting.has_heard("nam", "#1 đã được duyệt hoàn thành")
    waiting.has_heard("nam", "#3 đã được duyệt hoàn thành")


async def test_all_of_them(waiting: Talk) -> None:
    shown = await _choose(waiting)
    await waiting.presses("phuc", "Chọn tất cả", under=shown)
    await waiting.presses("phuc", "Bỏ chọn", under=shown)
    assert "Duyệt 3 việc" not in labels(waiting.last("phuc"))
    await waiting.presses("phuc", "Chọn tất cả", under=shown)
    await waiting.presses("phuc", "Duyệt 3 việc", under=shown)
    assert set(await states(waiting)) == {State.COMPLETED}


async def test_what_has_changed_meanwhile_is_left_and_said(waiting: Talk) -> None:
    shown = await _choose(waiting)
    await waiting.presses("phuc", "Chọn tất cả", under=shown)
    await waiting.says("van", "/duyet")
    await waiting.presses("van", "Trả lại #2")
    await waiting.says("van", "thiếu phụ lục")
    await waiting.presses("phuc", "Duyệt 3 việc", under=shown)
    waiting.hears("phuc", "Đã duyệt 2 việc: #1, #3.", "Chưa duyệt #2: Không làm được vì việc này đang thực hiện")
    assert (await states(waiting))[1] is State.IN_PROGRESS


async def test_a_mark_set_later_leaves_out_what_waits_no_more(waiting: Talk) -> None:
    shown = await _choose(waiting)
    await waiting.says("van", "/duyet")
    await waiting.presses("van", "Duyệt #2")
    await waiting.presses("phuc", "☐ #3", under=shown)
    assert labels(waiting.last("phuc")) == ["☐ #1", "☑ #3", "Duyệt 1 việc", "Chọn tất cả", "Thôi"]


async def test_they_are_taken_back_together(waiting: Talk) -> None:
    shown = await _choose(waiting)
    await waiting.presses("phuc", "Chọn tất cả", under=shown)
    await waiting.presses("phuc", "Duyệt 3 việc", under=shown)
    await waiting.presses("phuc", "Hoàn tác", under=shown)
    assert set(await states(waiting)) == {State.SUBMITTED}


async def test_each_is_asked_for_its_own_right(waiting: Talk) -> None:
    await waiting.forges("noi", "dny:1.2.3:7")
    waiting.hears("noi", "không tự duyệt việc của đơn vị mình")
    await waiting.forges("tai", "dny:1.2.3:7")
    assert set(await states(waiting)) == {State.SUBMITTED}


async def test_an_important_one_is_left_to_the_leader(waiting: Talk) -> None:
    await waiting.says("van", "/status #2")
    await waiting.presses("van", "Khác…")
    await waiting.presses("van", "Việc quan trọng")
    shown = await _choose(waiting, "van")
    assert labels(shown) == ["☐ #1", "☐ #3", "Chọn tất cả", "Thôi"]


async def test_forged_lists_end_in_a_sentence(waiting: Talk) -> None:
    await waiting.forges("phuc", "dny:1.2.3:0", "dnt:x!:1", "dnm:", "dny:zzzzzz:1", "dnt:1.2:99999")
    assert set(await states(waiting)) == {State.SUBMITTED}
