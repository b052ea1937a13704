"""A long text arrives in pieces: one notice comes of it, whatever happens in between."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.models import Directive, Inbox, Notice, Outbox, Transition
from domain.calendar import OFFICE_ZONE
from tests.talk import Talk, open_talk

HEAD = """UBND HUYỆN TÙNG LĨNH
Số: 41/TB-UBND
Tùng Lĩnh, ngày 30 tháng 01 năm 2024

THÔNG BÁO
Kết luận của Chủ tịch UBND huyện tại phiên họp tháng 01

II. Nhiệm vụ
"""
WORK = (
    "Giao {unit} rà soát hồ sơ số {n}, lập danh mục kèm theo thuyết minh chi tiết từng nội dung, đối chiếu với sổ theo"
    " dõi của cơ quan, báo cáo kết quả bằng văn bản, hoàn thành trước ngày {day}/3/2024."
)
UNITS = ("Phòng Nội vụ", "Phòng Tài chính - Kế hoạch", "Phòng Tài nguyên và Môi trường", "UBND xã An Hòa")


def document(tasks: int) -> str:
    lines = [f"{n}. " + WORK.format(unit=UNITS[n % 4], n=n, day=10 + n % 18) for n in range(1, tasks + 1)]
    return HEAD + "\n".join(lines) + "\n"


def cut(text: str, limit: int = 4096) -> list[str]:
    """As chat programs cut: at the last space before the limit, which is lost."""
    pieces = []
    while len(text) > limit:
        at = text.rindex(" ", 0, limit)
        pieces.append(text[:at])
        text = text[at + 1 :]
    return [*pieces, text.strip()]


async def tasks(talk: Talk) -> list[str]:
    async with talk.app.database.read() as session:
        return list(await session.scalars(select(Directive.text).order_by(Directive.id)))


async def count(talk: Talk, what: type[Notice] | type[Directive] | type[Inbox]) -> int:
    async with talk.app.database.read() as session:
        return await session.scalar(select(func.count()).select_from(what)) or 0


async def kept_words(talk: Talk, word: str) -> list[str]:
    """Where a word still stands in what is kept."""
    found = []
    async with talk.app.database.read() as session:
        for row in await session.scalars(select(Inbox)):
            found += ["inbox"] if word in str(row.message) else []
        for notice in await session.scalars(select(Notice)):
            found += ["notice"] if word in f"{notice.text}{notice.title}{notice.left_out}" else []
        for draft in await session.scalars(select(Directive)):
            found += ["draft"] if word in f"{draft.text}{draft.quote}{draft.as_read}{draft.warnings}" else []
        for said in await session.scalars(select(Outbox)):
            found += ["outbox"] if word in str(said.body) else []
        for move in await session.scalars(select(Transition)):
            found += ["audit"] if word in f"{move.reason}{move.details}" else []
    return found


async def test_pieces_of_one_paste_are_one_notice_answered_once(talk: Talk) -> None:
    text = document(60)
    pieces = cut(text)
    assert len(pieces) == 4
    said = await talk.pastes("van", *pieces)
    assert len(said) == 1
    talk.hears("van", "41/TB-UBND", "60 nhiệm vụ, 60 có thời hạn")
    await talk.says("van", "", files=[("41.txt", text.encode(), "text/plain")])
    talk.hears(
        "van",
        "số 41/TB-UBND đã được gửi trước đây",
    )  # as a whole file it says the same


async def test_pieces_that_are_worked_on_as_they_come_are_one_notice_too(talk: Talk) -> None:
    said = await talk.pastes("van", *cut(document(60)), at_once=False)
    assert len(said) == 1
    talk.hears("van", "60 nhiệm vụ, 60 có thời hạn")


@pytest.mark.parametrize("limit", [2100, 2500, 3333, 4096])
async def test_wherever_it_is_cut_the_same_tasks_are_read(talk: Talk, limit: int) -> None:
    text = document(30)
    await talk.pastes("van", *cut(text, limit))
    found = await tasks(talk)
    assert len(found) == 30
    assert all(t.startswith("Rà soát hồ sơ số") and t.endswith("/3/2024.") for t in found)


async def test_a_short_notice_does_not_wait(talk: Talk) -> None:
    before = talk.now
    await talk.says("van", document(3))
    talk.hears("van", "3 nhiệm vụ")
    assert talk.now == before


async def test_a_long_piece_waits_three_seconds_and_no_longer(talk: Talk) -> None:
    before = talk.now
    await talk.says("van", document(15))
    talk.hears("van", "15 nhiệm vụ")
    assert talk.now - before == timedelta(seconds=3)


async def test_a_piece_waits_anew_for_the_next_one(talk: Talk) -> None:
    first, second, third, fourth = cut(document(60))
    await talk.channel.say("van", first, at=talk.clock())
    await talk.app.settle()
    for piece in (second, third, fourth):
        await talk.passes(seconds=2)
        assert not any("41/TB-UBND" in m.plain for m in talk.from_bot("van"))
        await talk.channel.say("van", piece, at=talk.clock())
        await talk.app.settle()
    await talk.quiet()
    talk.hears("van", "60 nhiệm vụ")
    assert await count(talk, Notice) == 1


async def test_something_else_said_meanwhile_ends_the_paste_and_keeps_its_turn(talk: Talk) -> None:
    first, *_ = cut(document(60))
    await talk.channel.say("van", first, at=talk.clock())
    await talk.channel.say("van", "/vanban", at=talk.clock())
    await talk.app.settle()
    notice, listing = talk.from_bot("van")
    assert "41/TB-UBND" in notice.plain
    assert "Văn bản đã gửi" in listing.plain
    assert "41/TB-UBND" in listing.plain


async def test_two_documents_said_at_once_stay_two(talk: Talk) -> None:
    one, other = document(15), document(16).replace("Số: 41/", "Số: 42/")
    await talk.pastes("van", one, other)
    assert await count(talk, Notice) == 2
    talk.has_heard("van", "41/TB-UBND", "15 nhiệm vụ")
    talk.has_heard("van", "42/TB-UBND", "16 nhiệm vụ")


async def test_a_restart_in_the_middle_loses_nothing_and_files_nothing_twice(talk: Talk, data_folder: Path) -> None:
    first, second, third, fourth = cut(document(60))
    for piece in (first, second):
        await talk.channel.say("van", piece, at=talk.clock())
        await talk.app.settle()
    assert await count(talk, Notice) == 0
    now = talk.clock()
    await talk.close()
    again = await open_talk(data_folder, beginning=now + timedelta(seconds=1), fresh=False)
    await again.app.settle()
    assert await count(again, Notice) == 0
    for piece in (third, fourth):
        await again.channel.say("van", piece, at=again.clock())
    await again.app.settle()
    await again.quiet()
    again.hears("van", "60 nhiệm vụ")
    assert await count(again, Notice) == 1
    async with again.app.database.read() as session:
        assert set(await session.scalars(select(Inbox.state))) == {"done"}
    await again.close()


async def test_a_restart_long_after_reads_what_is_there(talk: Talk, data_folder: Path) -> None:
    first, second, *_ = cut(document(60))
    await talk.channel.say("van", first, at=talk.clock())
    await talk.channel.say("van", second, at=talk.clock())
    await talk.app.settle()
    now = talk.clock()
    await talk.close()
    again = await open_talk(data_folder, beginning=now + timedelta(hours=2), fresh=False)
    await again.app.settle()
    again.hears("van", "41/TB-UBND", "nhiệm vụ")
    assert await count(again, Notice) == 1
    await again.close()


async def test_an_officers_long_report_does_not_wait(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: rà soát hồ sơ trước 15/3")
    await talk.presses("van", "Phát hành")
    before = talk.now
    await talk.says("nam", "#1 được 40%. " + "Đơn vị đã rà soát xong một phần hồ sơ. " * 60)
    assert talk.now == before
    talk.hears("nam", "40%")


# --- the next page, later ---


PAGE = "16. Giao Phòng Nội vụ tổng hợp kết quả chung của toàn huyện trước ngày 29/3/2024.\n" + "\n".join(
    f"{n}. Giao UBND xã An Hòa cung cấp số liệu về nội dung số {n}, bảo đảm đúng biểu mẫu đã gửi, trước ngày 20/3/2024."
    for n in range(17, 22)
)


async def test_the_next_page_is_asked_about_and_joined(talk: Talk) -> None:
    await talk.says("van", document(15))
    numbers = await tasks(talk)
    await talk.passes(seconds=40)
    await talk.says("van", PAGE)
    message = talk.hears("van", "có phải phần tiếp của Thông báo", "41/TB-UBND")
    assert message.labels == ["Nối vào văn bản trước", "Văn bản riêng"]
    assert await count(talk, Notice) == 1
    await talk.presses("van", "Nối vào văn bản trước")
    talk.hears("van", "41/TB-UBND", "21 nhiệm vụ, 21 có thời hạn")
    found = await tasks(talk)
    assert found[:15] == numbers
    assert len(found) == 21
    assert all(talk.from_bot(who) == [] for who in ("nam", "hoa"))


async def test_a_page_may_be_a_document_of_its_own(talk: Talk) -> None:
    await talk.says("van", document(15))
    await talk.passes(seconds=40)
    await talk.says("van", PAGE)
    await talk.presses("van", "Văn bản riêng")
    talk.hears("van", "6 nhiệm vụ")
    assert await count(talk, Notice) == 2


async def test_a_page_is_joined_once(talk: Talk) -> None:
    await talk.says("van", document(15))
    await talk.passes(seconds=40)
    await talk.says("van", PAGE)
    ask = talk.last("van")
    data = next(b.data for row in ask.buttons for b in row if b.label == "Nối vào văn bản trước")
    await talk.presses("van", "Nối vào văn bản trước")
    await talk.forges("van", data)
    talk.hears("van", "Nút này đã cũ")
    await talk.forges("nam", data)
    talk.hears("nam", "Nút này đã cũ")
    assert len(await tasks(talk)) == 21


async def test_the_short_end_of_a_piece_that_was_cut_is_asked_about(talk: Talk) -> None:
    pieces = cut(document(60))
    await talk.pastes("van", pieces[0])
    await talk.passes(seconds=20)
    await talk.says("van", "hoàn thành trước ngày 20/3/2024.")
    talk.hears("van", "có phải phần tiếp của")
    await talk.presses("van", "Nối vào văn bản trước")
    async with talk.app.database.read() as session:
        notice = (await session.scalars(select(Notice))).one()
    assert notice.text is not None
    assert notice.text.endswith("hoàn thành trước ngày 20/3/2024.")


async def test_what_was_worked_on_takes_no_further_page(talk: Talk) -> None:
    await talk.says("van", document(15))
    await talk.passes(seconds=40)
    await talk.says("van", PAGE)
    ask = talk.last("van")
    await talk.presses("van", "Phát hành tất cả (15)")
    await talk.presses("van", "Nối vào văn bản trước", under=ask)
    talk.hears("van", "đã được sửa hoặc phát hành nên không nối thêm được")
    await talk.presses("van", "Văn bản riêng", under=ask)
    talk.has_heard("van", "6 nhiệm vụ")


async def test_after_ten_minutes_a_page_is_its_own(talk: Talk) -> None:
    await talk.says("van", document(15))
    await talk.passes(minutes=11)
    await talk.says("van", PAGE)
    talk.hears("van", "6 nhiệm vụ")


# --- secrets ---


async def test_a_stamp_in_any_piece_refuses_the_whole(talk: Talk) -> None:
    pieces = cut(document(60))
    pieces[2] = f"MẬT\n{pieces[2]}"
    said = await talk.pastes("van", *pieces)
    assert len(said) == 1
    talk.hears("van", "dấu MẬT", "không lưu lại gì")
    assert await count(talk, Notice) == 0
    assert await kept_words(talk, "rà soát hồ sơ") == []


async def test_the_rest_of_what_was_refused_is_refused(talk: Talk) -> None:
    await talk.says("van", "TUYỆT MẬT\n" + document(5))
    await talk.passes(seconds=20)
    await talk.says("van", PAGE)
    talk.hears("van", "đến ngay sau văn bản có dấu TUYỆT MẬT", "Nếu là văn bản khác", "gửi lại sau một phút")
    assert await count(talk, Notice) == 0
    await talk.says("van", document(6))
    talk.hears("van", "6 nhiệm vụ")


async def test_a_stamp_on_a_later_page_takes_back_what_was_kept(talk: Talk) -> None:
    await talk.says("van", document(15))
    await talk.passes(seconds=40)
    await talk.says("van", "TỐI MẬT\n" + PAGE)
    talk.hears("van", "dấu TỐI MẬT")
    assert await kept_words(talk, "rà soát hồ sơ") == []
    assert await kept_words(talk, "cung cấp số liệu") == []
    async with talk.app.database.read() as session:
        assert set(await session.scalars(select(Directive.state))) == {"cancelled"}
    await talk.says("van", "/vanban")
    talk.hears("van", "Văn bản đã gửi")


async def test_the_clock_of_the_office_is_what_counts(talk: Talk) -> None:
    """Pieces kept while the program was away are joined by when they were said, not by when they were fetched."""
    first, second, third, fourth = cut(document(60))
    at = datetime(2024, 1, 31, 7, 0, tzinfo=OFFICE_ZONE)
    for offset, piece in ((0, first), (1, second), (1, third), (2, fourth), (600, document(3).replace("41/", "43/"))):
        await talk.channel.say("van", piece, at=at + timedelta(seconds=offset))
    await talk.app.settle()
    await talk.quiet()
    assert await count(talk, Notice) == 2
    talk.has_heard("van", "41/TB-UBND", "60 nhiệm vụ")
