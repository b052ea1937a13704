"""``/status`` as each reads it: chairman, deputy, unit head, officer, a stranger; alone and in a group."""

from __future__ import annotations

from datetime import datetime

import pytest

from channels.base import visible
from domain.calendar import OFFICE_ZONE
from tests.people import STRANGER
from tests.talk import Talk

GROUP = "nhom-noi-vu"


@pytest.fixture
async def office(talk: Talk) -> Talk:
    """Three directives; three weeks later one is done, one is late, one waits for approval."""
    for words in (
        "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 8/2",
        "/giaoviec UBND xã An Hòa: rà soát hộ nghèo trước 15/2",
        "/giaoviec Phòng Tài chính - Kế hoạch: quyết toán ngân sách trước 1/3",
    ):
        await talk.says("van", words)
        await talk.presses("van", "Phát hành")
    await talk.says("hoa", "#2 đã xong")
    await talk.presses("hoa", "Đúng")
    await talk.presses("van", "Duyệt")
    await talk.says("tai", "#3 đã xong")
    await talk.presses("tai", "Đúng")
    talk.clock.forward_to(datetime(2024, 2, 21, 8, 0, tzinfo=OFFICE_ZONE))
    return talk


async def _reads(talk: Talk, who: str, words: str = "/status") -> str:
    return visible((await talk.says(who, words))[-1].text)


async def test_the_chairman_goes_from_the_totals_to_the_directive_behind_a_count(office: Talk) -> None:
    talk = office
    text = await _reads(talk, "lam")
    assert text.startswith("Toàn cơ quan · đến 21/02/2024\n3 nhiệm vụ: 1 đã hoàn thành, 2 chưa hoàn thành")
    assert "1. Phòng Nội vụ: 1 quá hạn / 1 nhiệm vụ" in text
    assert text.endswith("Chờ anh/chị quyết định\nBáo hoàn thành, chờ duyệt: 1")
    await talk.presses("lam", "Quá hạn (1)")
    talk.hears("lam", "hạn 07/02/2024, quá hạn 14 ngày")
    await talk.presses("lam", "#1")
    talk.hears("lam", "Báo cáo biên chế")


async def test_a_deputy_reads_the_units_in_charge_and_nothing_of_the_others(office: Talk) -> None:
    text = await _reads(office, "phuc")
    assert text.startswith("Các đơn vị phụ trách · đến 21/02/2024\n2 nhiệm vụ")
    assert "Chờ anh/chị" not in text
    await office.presses("phuc", "Theo đơn vị")
    text = visible(office.last("phuc").text)
    assert ("Phòng Nội vụ" in text, "UBND xã An Hòa" in text, "Tài chính" in text) == (True, True, False)


async def test_a_head_and_an_officer_read_their_own_unit(office: Talk) -> None:
    for who in ("noi", "nam"):
        text = await _reads(office, who)
        assert text.startswith("Phòng Nội vụ · đến 21/02/2024\n1 nhiệm vụ")
        assert "Chờ anh/chị" not in text
        assert "Theo đơn vị" not in [b.label for row in office.last(who).buttons for b in row]


async def test_a_past_day_is_told_as_it_was(office: Talk) -> None:
    assert "3 nhiệm vụ: 1 đã hoàn thành, 2 chưa hoàn thành" in await _reads(office, "lam", "/status 31/1")
    assert "3 nhiệm vụ: 1 đã hoàn thành, 2 chưa" in await _reads(office, "lam", "/status 20/2")


async def test_a_period_counts_what_happened_in_it(office: Talk) -> None:
    text = await _reads(office, "lam", "/status tháng 2")
    assert text.startswith("Toàn cơ quan · 01/02–29/02/2024\nTrong ngoặc là kỳ trước, 01/01–31/01/2024.")
    assert "Giao mới: 0 (3)\nHoàn thành: 0 (1)" in text
    assert "Mới quá hạn: 1 (0)" in text


async def test_pictures_are_sent_as_they_are_asked_for(office: Talk) -> None:
    await office.says("lam", "/status biểu đồ")
    for label, caption in (("So sánh đơn vị", "biểu đồ theo đơn vị"), ("Diễn biến 12 tuần", "12 tuần gần đây")):
        await office.says("lam", "/status biểu đồ")
        (sent,) = await office.presses("lam", label)
        assert caption in visible(sent.text)
        assert [file.mime for file in sent.files] == ["image/png"]


async def test_in_a_group_the_figures_go_to_who_asks_alone(office: Talk) -> None:
    talk = office
    await talk.says_in(GROUP, "noi", "/nhom")
    await talk.says_in(GROUP, "lam", "/status")
    assert "Toàn cơ quan" in visible(talk.last("lam").text)
    await talk.says_in(GROUP, STRANGER, "/status")
    said = "\n".join(visible(m.text) for m in talk.from_bot(GROUP))
    assert ("nhiệm vụ:" in said, "Quá hạn" in said) == (False, False)


async def test_a_stranger_reads_nothing(office: Talk) -> None:
    text = await _reads(office, STRANGER)
    assert "nhiệm vụ" not in text.split("\n")[0]
    assert "Quá hạn" not in text


async def test_what_waited_on_a_past_day_waited_since_before_it(office: Talk) -> None:
    talk = office
    await talk.presses("van", "Trả lại")
    await talk.says("van", "thiếu phụ lục")
    talk.clock.forward_to(datetime(2024, 2, 23, 8, 0, tzinfo=OFFICE_ZONE))
    await talk.says("tai", "#3 đã xong")
    await talk.presses("tai", "Đúng")
    await talk.says("lam", "/status 5/2")
    await talk.presses("lam", "Chờ duyệt (1)")
    talk.hears("lam", "chờ duyệt từ 31/01")
