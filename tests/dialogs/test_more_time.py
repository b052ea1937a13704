"""More time: its limits, another date offered, an objective reason, and what becomes of a request on the way."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from db.models import Directive, Extension, Person, Transition
from db.queries.extensions import extended_by_unit
from domain.extensions import Extended
from domain.figures import Asking
from services import extensions, offers
from services.life import By
from tests.talk import Message, Talk


@pytest.fixture(autouse=True)
async def _given(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")


async def asks(talk: Talk, until: str = "25/3", who: str = "nam") -> Message:
    await talk.says(who, f"#1 xin gia hạn đến {until} vì chờ các xã gửi số liệu")
    await talk.presses(who, "Đúng")
    return talk.last("phuc")


async def events(talk: Talk) -> list[str]:
    async with talk.app.database.read() as session:
        found = await session.scalars(select(Transition.event).order_by(Transition.id))
        return [event for event in found if event.startswith("extension_")]


async def request_of(talk: Talk) -> Extension:
    async with talk.app.database.read() as session:
        return (await session.scalars(select(Extension).order_by(Extension.id.desc()))).first()  # type: ignore[return-value]


async def last_days(talk: Talk) -> tuple[date | None, date | None]:
    async with talk.app.database.read() as session:
        directive = await session.get_one(Directive, 1)
        return directive.first_last_day, directive.last_day


# --- another date ---


async def test_another_date_is_offered_and_agreed_to(talk: Talk) -> None:
    await asks(talk)
    await talk.presses("van", "Đề nghị ngày khác")
    talk.hears("van", "Đề nghị hạn nào cho #1?", "Đơn vị xin đến 25/03/2024, hạn hiện nay 14/03/2024")
    await talk.says("van", "20/3 vì họp ngày 21/3")
    talk.hears("van", "Đã đề nghị hạn 20/03/2024 (thứ Tư) cho #1, chờ Phòng Nội vụ trả lời")
    offer = talk.hears(
        "nam", "#1: đề nghị hạn 20/03/2024 (đơn vị xin 25/03/2024)", "Lý do: họp ngày 21/3", "14/03/2024"
    )
    assert {"Đồng ý", "Không đồng ý"} <= set(offer.labels)
    await talk.presses("nam", "Đồng ý")
    talk.hears("nam", "Hạn của #1 nay là 20/03/2024 (thứ Tư)")
    talk.hears("van", "Phòng Nội vụ đồng ý hạn 20/03/2024 cho #1")
    assert await last_days(talk) == (date(2024, 3, 14), date(2024, 3, 20))
    assert await events(talk) == ["extension_asked", "extension_offered", "extension_accepted"]
    assert (await request_of(talk)).state == "granted"


async def test_another_date_is_not_agreed_to_and_the_old_deadline_stands(talk: Talk) -> None:
    await asks(talk)
    await talk.presses("phuc", "Đề nghị ngày khác")
    await talk.says("phuc", "20/3")
    await talk.presses("noi", "Không đồng ý")
    talk.hears("noi", "Đã trả lời không đồng ý", "vẫn là 14/03/2024")
    talk.hears("phuc", "Phòng Nội vụ không đồng ý hạn 20/03/2024 cho #1", "hạn vẫn là")
    talk.hears("nam", "Phòng Nội vụ không đồng ý hạn 20/03/2024")
    assert await last_days(talk) == (date(2024, 3, 14), date(2024, 3, 14))
    assert (await request_of(talk)).state == "closed"
    await asks(talk, "22/3")
    talk.hears("phuc", "xin gia hạn #1", "22/03/2024")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("25/3", "Đơn vị chỉ xin đến 25/03/2024; vui lòng chọn ngày sớm hơn, hoặc bấm Đồng ý"),
        ("10/4", "Đơn vị chỉ xin đến 25/03/2024"),
        ("10/3", "không muộn hơn hạn hiện nay 14/03/2024"),
        ("sớm hơn chút", "Chưa rõ"),
    ],
)
async def test_a_date_that_cannot_be_offered_is_asked_again(talk: Talk, said: str, answer: str) -> None:
    await asks(talk)
    await talk.presses("van", "Đề nghị ngày khác")
    await talk.says("van", said)
    talk.hears("van", answer)
    await talk.says("van", "20/3")
    talk.hears("van", "Đã đề nghị hạn 20/03/2024")


async def test_what_was_offered_is_the_units_turn_and_still_the_only_request(talk: Talk) -> None:
    await asks(talk)
    await talk.presses("van", "Đề nghị ngày khác")
    await talk.says("van", "20/3")
    await talk.says("nam", "#1 xin gia hạn đến 28/3 vì chưa đủ")
    talk.hears("nam", "Việc #1 được đề nghị hạn 20/03/2024; vui lòng bấm Đồng ý hoặc Không đồng ý trước")
    await talk.says("phuc", "/duyet")
    talk.hears("phuc", "Không có việc nào chờ duyệt")
    await talk.says("nam", "/status #1")
    await talk.presses("nam", "Đồng ý hạn 20/03")
    talk.has_heard("nam", "Hạn của #1 nay là 20/03/2024")


async def test_a_newer_offer_takes_the_place_of_the_older_one(talk: Talk) -> None:
    await asks(talk)
    request = talk.last("van")
    await talk.presses("van", "Đề nghị ngày khác", under=request)
    await talk.says("van", "18/3")
    older = talk.last("nam")
    await talk.presses("phuc", "Đề nghị ngày khác")
    await talk.says("phuc", "22/3")
    await talk.presses("nam", "Đồng ý", under=older)
    talk.hears("nam", "mở lại việc để xem kết quả")
    await talk.presses("nam", "Đồng ý")
    assert (await last_days(talk))[1] == date(2024, 3, 22)


async def test_who_decides_may_agree_to_what_was_asked_after_all(talk: Talk) -> None:
    await asks(talk)
    await talk.presses("van", "Đề nghị ngày khác")
    await talk.says("van", "20/3")
    await talk.presses("phuc", "Đồng ý")
    talk.hears("nam", "#1 được gia hạn đến 25/03/2024")
    await talk.presses("nam", "Không đồng ý")
    talk.hears("nam", "Đề nghị này đã được trả lời")
    assert (await last_days(talk))[1] == date(2024, 3, 25)


# --- limits ---


async def test_the_third_extension_is_not_given_here_and_the_words_are_kept(talk: Talk) -> None:
    for until in ("20/3", "25/3"):
        await asks(talk, until)
        await talk.presses("phuc", "Đồng ý")
    await talk.says("nam", "#1 xin lùi đến 30/3 vì chờ thẩm định")
    talk.hears(
        "nam", "Việc #1 đã được gia hạn 2 lần nên không xin gia hạn ở đây được",
        "báo cáo trực tiếp Lý Thị Phúc", "đã được ghi vào quá trình thực hiện",
    )  # fmt: skip
    await talk.says("phuc", "/status #1")
    await talk.presses("phuc", "Lịch sử")
    talk.hears("phuc", "xin lùi đến 30/3 vì chờ thẩm định")
    await talk.says("nam", "/status #1")
    await talk.presses("nam", "Xin gia hạn")
    talk.hears("nam", "Việc #1 đã được gia hạn 2 lần")
    assert await last_days(talk) == (date(2024, 3, 14), date(2024, 3, 25))


async def test_a_date_too_far_away_is_answered_with_the_latest_one(talk: Talk) -> None:
    await talk.says("nam", "#1 xin gia hạn đến 30/6 vì chờ thẩm định")
    talk.hears("nam", "Ngày 30/06/2024 quá xa", "nhiều nhất 30 ngày, đến 13/04/2024")
    await talk.presses("nam", "Xin đến 13/04/2024")
    talk.hears("nam", "từ 14/03/2024 đến 13/04/2024", "chờ thẩm định")
    await talk.presses("nam", "Đúng")
    talk.hears("phuc", "xin gia hạn #1", "13/04/2024", "chờ thẩm định")


async def test_a_date_too_far_away_after_the_button_too(talk: Talk) -> None:
    await talk.presses("nam", "Xin gia hạn")
    await talk.says("nam", "30/6")
    await talk.presses("nam", "Xin đến 13/04/2024")
    talk.hears("nam", "Lý do xin gia hạn #1 đến 13/04/2024")
    await talk.says("nam", "chờ thẩm định")
    talk.hears("nam", "từ 14/03/2024 đến 13/04/2024")


@pytest.mark.parametrize("words", ["vì chờ thẩm định", "Do chờ thẩm định", "lý do: chờ thẩm định", "chờ thẩm định"])
async def test_a_reason_that_was_asked_for_is_said_back_without_its_because(talk: Talk, words: str) -> None:
    await talk.presses("nam", "Xin gia hạn")
    await talk.says("nam", "25/3")
    await talk.says("nam", words)
    talk.hears("nam", "đến 25/03/2024", "Lý do: chờ thẩm định")


async def test_who_decides_is_told_that_it_is_the_third_request(talk: Talk) -> None:
    for _ in range(2):
        request = await asks(talk)
        assert "lần xin thứ" not in request.plain
        await talk.presses("phuc", "Từ chối")
        await talk.says("phuc", "chưa cần")
    assert "xin gia hạn #1 · lần xin thứ 3" in (await asks(talk)).plain
    await talk.says("van", "/duyet")
    talk.hears("van", "xin gia hạn đến 25/03/2024, lần xin thứ 3")
    await talk.says("phuc", "/bantin")
    talk.has_heard("phuc", "1 xin gia hạn (#1 lần xin thứ 3)")


# --- an objective reason ---


async def test_an_objective_reason_is_confirmed_with_the_agreement_and_counted(talk: Talk) -> None:
    await asks(talk)
    await talk.presses("phuc", "Đồng ý (khách quan)")
    talk.hears("phuc", "Đã đồng ý gia hạn #1 đến 25/03/2024")
    talk.hears("nam", "#1 được gia hạn đến 25/03/2024", "xác nhận lý do khách quan")
    assert (await request_of(talk)).objective is True
    async with talk.app.database.read() as session:
        unit = (await session.get_one(Directive, 1)).lead_unit_id
        counted = await extended_by_unit(session, Asking(talk.now.date()), date(2024, 1, 1), date(2024, 1, 31))
        before = await extended_by_unit(session, Asking(talk.now.date()), date(2024, 1, 1), date(2024, 1, 30))
    assert (counted, before) == ({unit: Extended(granted=1, objective=1)}, {})
    await talk.says("van", "/status #1")
    await talk.presses("van", "Lịch sử")
    talk.hears("van", "Đồng ý gia hạn, đến 25/03/2024", "lý do khách quan")


async def test_a_plain_agreement_confirms_nothing(talk: Talk) -> None:
    await asks(talk)
    await talk.presses("van", "Đồng ý")
    assert (await request_of(talk)).objective is False


async def test_an_objective_reason_is_confirmed_after_an_offer(talk: Talk) -> None:
    await asks(talk)
    await talk.presses("van", "Đề nghị ngày khác")
    await talk.says("van", "20/3")
    await talk.presses("nam", "Đồng ý")
    await talk.presses("van", "Lý do khách quan")
    talk.hears("van", "Đã xác nhận lý do gia hạn #1 là khách quan")
    talk.hears("nam", "lý do gia hạn được xác nhận là khách quan")
    assert (await request_of(talk)).objective is True


# --- what becomes of a request on the way ---


async def test_a_colleague_hands_in_and_who_asked_is_told_that_it_is_closed(talk: Talk) -> None:
    await asks(talk)
    await talk.presses("van", "Đề nghị ngày khác")
    await talk.says("van", "20/3")
    offer = talk.last("nam")
    await talk.says("noi", "#1 đã xong")
    await talk.presses("noi", "Đúng")
    talk.hears("nam", "Đề nghị gia hạn #1 đến 25/03/2024 đã khép", "đã báo hoàn thành")
    talk.has_heard("phuc", "Phòng Nội vụ báo hoàn thành #1", "Đề nghị gia hạn đến 25/03/2024 đang chờ đã khép")
    await talk.presses("nam", "Đồng ý", under=offer)
    talk.hears("nam", "Đề nghị này đã được trả lời")
    assert (await request_of(talk)).state == "closed"
    assert (await events(talk))[-1] == "extension_closed"


async def test_a_cancelled_directive_closes_the_request_and_says_so_once(talk: Talk) -> None:
    await asks(talk)
    await talk.says("van", "/status #1")
    await talk.presses("van", "Khác…")
    await talk.presses("van", "Huỷ nhiệm vụ")
    talk.catch_up("nam")
    await talk.says("van", "không còn cần thiết")
    said = talk.new("nam")
    assert len(said) == 1
    talk.hears("nam", "#1 đã huỷ", "Đề nghị gia hạn đến 25/03/2024 đang chờ đã khép")


async def test_nobody_decides_on_their_own_request_whatever_else_they_are(talk: Talk) -> None:
    await asks(talk)
    async with talk.app.database.write() as session:
        request = (await session.scalars(select(Extension))).one()
        van = (await session.scalars(select(Person).where(Person.key == "van"))).one()
        by = By(van, talk.now, talk.app.office)
        request.asked_by = van.id
        assert await extensions.waiting_for(session, by) == []
        for act in (
            extensions.grant(session, request, by),
            extensions.refuse(session, request, "không", by),
            offers.offer(session, request, date(2024, 3, 20), "", by),
        ):
            with pytest.raises(extensions.NotAllowed):
                await act
        assert request.state == "pending"


async def test_the_unit_does_not_offer_itself_a_date(talk: Talk) -> None:
    code = (await asks(talk)) and (await request_of(talk)).code
    for who in ("nam", "noi", "tai"):
        for data in (f"yes:{code}", f"yeo:{code}", f"ofr:{code}", f"nay:{code}", f"exq:{code}"):
            await talk.forges(who, data)
        assert "duyệt" in talk.last(who).plain or "đơn vị khác" in talk.last(who).plain
    await talk.forges("tai", f"exa:{code}:2024-03-20")
    assert (await request_of(talk)).state == "pending"


# --- days counted from the deadline ---


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("5 ngày", "19/03/2024 (thứ Ba)"),
        ("1 tuần", "21/03/2024 (thứ Năm)"),
        ("thêm 2 tuần nữa", "28/03/2024 (thứ Năm)"),
        ("thêm nửa tháng", "29/03/2024 (thứ Sáu)"),
        ("10 ngày", "24/03/2024 (chủ nhật)"),
    ],
)
async def test_so_many_days_more_count_from_the_deadline(talk: Talk, words: str, until: str) -> None:
    await talk.says("nam", f"#1 xin lùi {words} vì chờ thẩm định".replace("lùi thêm", "thêm"))
    talk.hears("nam", f"Xin gia hạn #1 từ 14/03/2024 đến {until}", "Lý do: chờ thẩm định")


async def test_so_many_days_more_count_from_today_when_the_deadline_has_passed(talk: Talk) -> None:
    await talk.until(datetime(2024, 3, 18, 2, 0, tzinfo=UTC))
    await talk.says("nam", "#1 xin lùi 5 ngày vì chờ thẩm định")
    talk.hears("nam", "Xin gia hạn #1 từ 14/03/2024 đến 23/03/2024 (thứ Bảy)")


async def test_days_typed_when_a_date_is_asked_count_from_the_deadline_too(talk: Talk) -> None:
    await talk.says("nam", "#1 xin gia hạn vì chờ thẩm định")
    await talk.says("nam", "thêm 5 ngày")
    talk.hears("nam", "Xin gia hạn #1 từ 14/03/2024 đến 19/03/2024")


async def test_days_offered_instead_count_from_the_deadline_too(talk: Talk) -> None:
    await asks(talk)
    await talk.presses("van", "Đề nghị ngày khác")
    await talk.says("van", "lùi 1 tuần vì họp")
    talk.hears("van", "Đã đề nghị hạn 21/03/2024")


async def test_a_share_said_with_the_request_is_kept_and_said_back_too(talk: Talk) -> None:
    said = await talk.says("nam", "#1 xin lùi đến 20/3 vì chờ thẩm định, mới được 60%")
    whole = "\n".join(m.plain for m in said)
    assert "60%" in whole
    assert "Xin gia hạn #1 từ 14/03/2024 đến 20/03/2024" in whole
    await talk.presses("nam", "Đúng", under=next(m for m in said if "Xin gia hạn #1" in m.plain))
    talk.has_heard("phuc", "xin gia hạn #1", "20/03/2024")
    talk.has_heard("nam", "60%")
    await talk.says("van", "/status #1")
    talk.has_heard("van", "60%")


@pytest.mark.parametrize(
    "answers", [("đến 20/3, mới được 60%", "chờ thẩm định"), ("20/3", "chờ thẩm định, mới được 60%")]
)
async def test_a_share_said_with_the_day_or_the_reason_is_kept_too(talk: Talk, answers: tuple[str, str]) -> None:
    await talk.presses("nam", "Xin gia hạn")
    heard = [m.plain for words in answers for m in await talk.says("nam", words)]
    assert sum("60%" in text and "Xin gia hạn" not in text for text in heard) == 1, heard
    assert "Xin gia hạn #1 từ 14/03/2024 đến 20/03/2024" in heard[-1]
