"""``/viec đơn vị``: the head sees whose each task is, how it stands, what it waits for; who helps sees it too."""

from __future__ import annotations

import pytest

from tests.talk import Talk


async def give(talk: Talk, sentence: str, helping: str = "") -> None:
    await talk.says("van", f"/giaoviec {sentence}")
    if helping:
        await talk.presses("van", "Sửa")
        await talk.presses("van", "Đơn vị phối hợp")
        await talk.says("van", helping)
    await talk.presses("van", "Phát hành")


@pytest.fixture(autouse=True)
async def _given(talk: Talk) -> None:
    await give(talk, "Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await give(talk, "Phòng Nội vụ: tuyển dụng viên chức trước 5/2", "Phòng Tài chính - Kế hoạch")
    await give(talk, "Phòng Nội vụ: rà soát hồ sơ trước 3/2")


async def test_the_table_is_sorted_by_urgency_with_counts_on_top(talk: Talk) -> None:
    await talk.says("nam", "#3 được 40%, còn vướng hồ sơ gốc")
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", talk.last("nam").labels[0])
    await talk.says("noi", "/viec đơn vị")
    text = talk.hears(
        "noi", "Phòng Nội vụ: 3 việc", "1 sắp đến hạn", "1 chưa nhận", "1 chưa giao ai", "1 chờ duyệt",
        "Phạm Văn Nam · còn 2 ngày · 40% · vướng mắc", "chưa giao · còn 4 ngày · chưa nhận · chờ 1 đơn vị phối hợp",
        "Phạm Văn Nam · chờ duyệt",
    ).plain  # fmt: skip
    assert text.index("#3") < text.index("#2") < text.index("#1")


async def test_what_is_overdue_stands_first(talk: Talk) -> None:
    await talk.passes(days=6)
    await talk.says("noi", "/viec don vi")
    text = talk.hears("noi", "2 quá hạn", "quá hạn 4 ngày").plain
    assert text.index("#3") < text.index("#2") < text.index("#1")


@pytest.mark.parametrize("words", ["việc của phòng", "viec don vi", "cho xem các việc của đơn vị"])
async def test_plain_words_open_it(talk: Talk, words: str) -> None:
    await talk.says("noi", words)
    talk.hears("noi", "Phòng Nội vụ: 3 việc")


async def test_a_button_under_the_heads_list_opens_it_and_a_number_its_card(talk: Talk) -> None:
    await talk.says("noi", "/viec")
    await talk.presses("noi", "Việc của đơn vị")
    talk.hears("noi", "Phòng Nội vụ: 3 việc")
    await talk.presses("noi", "#2")
    message = talk.hears("noi", "#2 · đã giao, chưa nhận")
    assert "Giao chuyên viên" in message.labels


async def test_an_officer_reads_it_too(talk: Talk) -> None:
    await talk.says("nam", "/viec")
    assert "Việc của đơn vị" not in talk.last("nam").labels
    await talk.says("nam", "/viec đơn vị")
    talk.hears("nam", "Phòng Nội vụ: 3 việc")


async def test_what_it_waits_for_is_said(talk: Talk) -> None:
    await talk.says("nam", "#1 xin lùi đến 20/3 vì chờ số liệu")
    await talk.presses("nam", "Đúng")
    await talk.says("noi", "/viec đơn vị")
    talk.hears("noi", "xin gia hạn")


async def test_pages_turn_in_place(talk: Talk) -> None:
    for number in range(7):
        await give(talk, f"Phòng Nội vụ: kiểm tra lần {number} trước 20/4")
    await talk.says("noi", "/viec đơn vị")
    talk.hears("noi", "Phòng Nội vụ: 10 việc · trang 1/2")
    before = len(talk.from_bot("noi"))
    await talk.presses("noi", "Sau ›")
    talk.hears("noi", "trang 2/2", "#10")
    assert len(talk.from_bot("noi")) == before


async def test_who_helps_finds_its_parts_in_both(talk: Talk) -> None:
    await give(talk, "Phòng Tài chính - Kế hoạch: lập dự toán trước 20/3")
    for words in ("/viec", "/viec đơn vị"):
        await talk.says("tai", words)
        text = talk.hears(
            "tai", "Phối hợp: 1 việc chưa gửi ý kiến", "Chủ trì Phòng Nội vụ · còn 4 ngày · chưa nhận"
        ).plain
        assert text.index("#4") < text.index("#2")
    await talk.presses("tai", "#2")
    await talk.presses("tai", "Gửi ý kiến")
    await talk.says("tai", "thống nhất")
    await talk.says("tai", "/viec")
    assert "Phối hợp" not in talk.last("tai").plain


async def test_who_has_nothing_of_its_own_sees_what_it_helps_with(talk: Talk) -> None:
    await talk.says("tai", "/viec")
    talk.hears("tai", "Phối hợp: 1 việc chưa gửi ý kiến", "#2")


async def test_nobody_opens_another_units_table(talk: Talk) -> None:
    await talk.forges("tai", "ut:3:1")
    assert "Phòng Nội vụ: 3 việc" not in talk.last("tai").plain
