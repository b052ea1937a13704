"""Every arrow of a directive's life is shown by a transcript; these are the plain ones, the others lie beside them."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from tests import arrows as registry
from tests.arrows import arrows
from tests.talk import Talk


def test_every_arrow_has_a_transcript() -> None:
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        if "@arrows(" in path.read_text("utf-8"):
            importlib.import_module(f"tests.dialogs.{path.stem}")
    assert registry.SHOWN.keys() == registry.of_the_page().keys()


async def test_a_claim_that_is_not_walked_fails(talk: Talk) -> None:
    @arrows("A", "O")
    async def nothing_happens(talk: Talk) -> None:
        await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")

    with pytest.raises(AssertionError, match="A was not walked"):
        await nothing_happens(talk)


@arrows("A", "C", "D2", "E2", "D3", "G", "F")
async def test_a_plain_life(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    talk.hears("nam", "Nhiệm vụ mới #1")
    await talk.presses("nam", "Đã nhận")
    await talk.says("nam", "#1 được 60%")
    talk.hears("nam", "đạt 60%")
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", "Đúng")
    sent = talk.hears("nam", "Đã gửi duyệt #1")
    await talk.says("nam", "đạt 95%, còn ký phụ lục", reply_to=sent)
    talk.hears("nam", "#1", "95%")
    await talk.presses("phuc", "Trả lại")
    await talk.says("phuc", "thiếu số liệu của xã")
    talk.hears("nam", "#1 được trả lại, cần làm tiếp", "Lý do: thiếu số liệu của xã")
    await talk.says("nam", "#1 đã xong, đã bổ sung")
    await talk.presses("nam", "Đúng")
    await talk.presses("phuc", "Duyệt")
    talk.hears("nam", "#1 đã được duyệt hoàn thành")


@arrows("B")
async def test_a_draft_is_left_out(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Bỏ")
    assert talk.from_bot("nam") == []


@arrows("D1")
async def test_a_report_acknowledges_too(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.says("nam", "đang làm, được 20%")
    talk.hears("nam", "#1", "đạt 20%")


@arrows("K1", "K2")
async def test_more_time_before_and_after_it_was_taken(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.says("nam", "#1 xin gia hạn đến 20/3 vì chờ thẩm định")
    await talk.presses("nam", "Đúng")
    await talk.presses("phuc", "Đồng ý")
    talk.hears("nam", "#1 được gia hạn đến 20/03/2024")
    await talk.says("nam", "/viec")
    await talk.presses("nam", "#1")
    await talk.presses("nam", "Đã nhận")
    await talk.says("nam", "#1 xin gia hạn đến 25/3 vì các xã chưa gửi")
    await talk.presses("nam", "Đúng")
    await talk.presses("phuc", "Đồng ý")
    talk.hears("nam", "#1 được gia hạn đến 25/03/2024")


@arrows("P")
async def test_the_head_agrees_before_the_leader(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.says("van", "/status #1")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Việc quan trọng")
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", "Đúng")
    await talk.presses("noi", "Đồng ý, trình duyệt")
    talk.has_heard("phuc", "Phòng Nội vụ báo hoàn thành #1")
