"""What busy people type: commands without a slash or misspelt, a bare number, "thôi", thanks in the wrong moment."""

from __future__ import annotations

import unicodedata

import pytest

from tests.talk import Talk


@pytest.fixture(autouse=True)
async def _given(talk: Talk) -> None:
    for task in ("báo cáo biên chế trước 15/3", "tuyển dụng viên chức trước 20/3"):
        await talk.says("van", f"/giaoviec Phòng Nội vụ: {task}")
        await talk.presses("van", "Phát hành")


@pytest.mark.parametrize("words", ["viec", "Việc", "/việc", "/viêc", "/VIEC", unicodedata.normalize("NFD", "/việc")])
async def test_a_command_is_known_without_its_slash_and_with_accents(talk: Talk, words: str) -> None:
    await talk.says("nam", words)
    talk.hears("nam", "Phòng Nội vụ: 2 việc cần thực hiện")


async def test_a_leader_may_leave_out_the_slash(talk: Talk) -> None:
    await talk.says("lam", "status")
    talk.hears("lam", "Toàn cơ quan", "2 nhiệm vụ")
    await talk.says("phuc", "duyệt")
    talk.hears("phuc", "Không có việc nào chờ")


async def test_a_misspelt_command_is_answered_with_the_one_that_was_meant(talk: Talk) -> None:
    said = await talk.says("lam", "/staus quá hạn")
    assert said[0].plain.strip() == "Không có lệnh /staus. Có phải là /status? Hướng dẫn: /trogiup."


@pytest.mark.parametrize("who", ["nam", "lam"])
async def test_a_bare_number_opens_the_directive(talk: Talk, who: str) -> None:
    await talk.says(who, "1")
    talk.hears(who, "#1 · đã giao, chưa nhận", "Báo cáo biên chế")


async def test_what_a_leader_says_of_a_directive_opens_its_card_where_it_is_not_understood(talk: Talk) -> None:
    said = await talk.says("lam", "#1 làm gấp")
    assert {"Đôn đốc", "Ghi ý kiến"} <= set(said[0].labels)
    said = await talk.says("lam", "khẩn trương nhé", reply_to=said[0])
    assert {"Đôn đốc", "Ghi ý kiến"} <= set(said[0].labels)


@pytest.mark.parametrize("words", ["thôi", "Thôi ạ", "huỷ", "bỏ qua"])
async def test_asked_which_one_a_person_may_say_never_mind(talk: Talk, words: str) -> None:
    await talk.says("nam", "được 50% rồi")
    talk.hears("nam", "Tin này nói về việc nào")
    await talk.says("nam", words)
    talk.hears("nam", "Đã thôi. Chưa có gì thay đổi.")


@pytest.mark.parametrize("words", ["#2", "dạ #2", "việc số 2", "việc thứ 2", "2"])
async def test_asked_which_one_a_number_is_the_answer_however_it_is_written(talk: Talk, words: str) -> None:
    await talk.says("nam", "được 50% rồi")
    await talk.says("nam", words)
    talk.hears("nam", "#2: đã ghi đang thực hiện, đạt 50%")


async def test_asked_which_one_thanks_are_no_part_of_the_report(talk: Talk) -> None:
    await talk.says("nam", "được 50% rồi")
    asked = talk.last("nam")
    said = await talk.says("nam", "cảm ơn bot")
    assert not [m for m in said if "Tin này nói về việc nào" in m.plain]
    await talk.presses("nam", "#2 Tuyển dụng viên chức", under=asked)
    talk.hears("nam", "#2: đã ghi đang thực hiện, đạt 50%")


@pytest.mark.parametrize("words", ["xong hết", "Dạ em xong hết rồi ạ", "xong het roi"])
async def test_all_done_under_a_list_is_each_of_them(talk: Talk, words: str) -> None:
    await talk.says("nam", "/viec")
    said = await talk.says("nam", words, reply_to=talk.last("nam"))
    assert said[0].labels == ["Đúng #1", "Sửa #1", "Đúng #2", "Sửa #2"]
    assert talk.from_bot("phuc") == [], "nothing is handed in before it is confirmed"


async def test_all_received_under_a_list_is_each_of_them(talk: Talk) -> None:
    await talk.says("nam", "/viec")
    await talk.says("nam", "đã nhận hết ạ", reply_to=talk.last("nam"))
    talk.hears("nam", "Đã nhận #1", "Đã nhận #2")
