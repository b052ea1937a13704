"""A deputy hears and decides in somebody's place: from the first day to the last, whenever things were queued."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from channels.base import visible
from db.models import Absence, Account, Directive, Outbox, Person, Unit
from domain.calendar import OFFICE_ZONE
from services import absences, audit, outbox
from tests.flows.house import House, at, day
from tests.talk import Talk, open_talk


@pytest.fixture
async def talk(data_folder: Path) -> AsyncIterator[Talk]:
    """Wednesday 31 January 2024, 8:00. The tasks are given; everyone has read what came."""
    there = await open_talk(data_folder)
    await there.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế đến hết ngày 7/2")
    await there.presses("van", "Phát hành")
    await there.presses("nam", "Đã nhận")
    yield there
    await there.close()


def on(text: str, clock: str = "09:00") -> datetime:
    return datetime.strptime(f"{text}/2024 {clock}", "%d/%m/%Y %H:%M").replace(tzinfo=OFFICE_ZONE)


async def goes_away(talk: Talk, who: str, line: str) -> None:
    await talk.says(who, f"/vangmat {line}")
    await talk.presses(who, "Đúng")
    for someone in ("lam", "phuc", "noi", "nam", "van"):
        talk.catch_up(someone)


def heard(talk: Talk, who: str, *words: str) -> list[str]:
    """What this person has newly read with all these words."""
    return [visible(m.text) for m in talk.new(who) if all(word in visible(m.text) for word in words)]


async def done(talk: Talk) -> None:
    await talk.says("nam", "#1 đã xong")
    await talk.presses("nam", "Đúng")


# --- single news ---


async def test_news_goes_to_the_leader_and_the_deputy_who_decides(talk: Talk) -> None:
    await goes_away(talk, "phuc", "đến 9/2 Lâm thay")
    await done(talk)
    assert len(heard(talk, "phuc", "báo hoàn thành #1")) == 1
    (told,) = heard(talk, "lam", "báo hoàn thành #1")
    assert told.startswith("Thay Lý Thị Phúc, vắng mặt đến hết 09/02\n")
    await talk.presses("lam", "Duyệt")
    talk.hears("nam", "#1 đã được duyệt hoàn thành", "Hoàng Văn Lâm")


async def test_the_deputy_of_the_head_of_the_office_decides_in_their_place(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Tài chính - Kế hoạch: lập dự toán đến hết ngày 7/2")
    await talk.presses("van", "Phát hành")
    await goes_away(talk, "lam", "đến 9/2 Phúc thay")
    await talk.says("tai", "#2 đã xong")
    await talk.presses("tai", "Đúng")
    await talk.presses("phuc", "Duyệt")
    talk.hears("tai", "đã được duyệt hoàn thành", "Lý Thị Phúc (thay Hoàng Văn Lâm), Phó Chủ tịch")
    await talk.says("van", "/status #2")
    talk.hears("van", "Lý Thị Phúc (thay Hoàng Văn Lâm)")


async def test_an_absence_that_begins_while_the_news_waits_counts(talk: Talk) -> None:
    await talk.until(on("31/01", "21:00"))
    await done(talk)  # in the quiet hours: told in the morning
    await goes_away(talk, "phuc", "đến 9/2 Lâm thay")
    assert heard(talk, "lam", "báo hoàn thành") == []
    await talk.until(on("01/02", "07:00"))
    assert len(heard(talk, "lam", "báo hoàn thành #1", "Thay Lý Thị Phúc")) == 1
    assert len(heard(talk, "phuc", "báo hoàn thành #1")) == 1


async def test_an_absence_that_ends_while_the_news_waits_counts_no_more(talk: Talk) -> None:
    await goes_away(talk, "phuc", "đến 31/1 Lâm thay")
    await talk.until(on("31/01", "21:00"))
    await done(talk)
    await talk.until(on("01/02", "07:00"))
    assert heard(talk, "lam", "báo hoàn thành") == []
    assert len(heard(talk, "phuc", "báo hoàn thành #1")) == 1


async def test_colleagues_who_are_told_anyway_are_told_once(talk: Talk) -> None:
    await goes_away(talk, "nam", "đến 9/2 Nội thay")
    await talk.says("van", "/giaoviec Phòng Nội vụ: rà soát hợp đồng đến hết ngày 20/2")
    await talk.presses("van", "Phát hành")
    assert len(heard(talk, "noi", "Nhiệm vụ mới #2")) == 1
    assert len(heard(talk, "nam", "Nhiệm vụ mới #2")) == 1


# --- what comes in bulk ---


async def test_reminders_go_to_the_deputy_instead(talk: Talk) -> None:
    await goes_away(talk, "nam", "đến 6/2 Nội thay")
    await talk.until(on("06/02", "07:40"))
    assert heard(talk, "nam", "#1") == []
    assert heard(talk, "noi", "#1", "Gồm cả phần việc thay Phạm Văn Nam")
    talk.catch_up("noi")
    await talk.until(on("07/02", "07:40"))
    assert heard(talk, "nam", "#1"), "back on the last day"
    assert heard(talk, "noi", "thay Phạm Văn Nam") == []


async def test_the_digest_of_both_fields_goes_to_the_deputy_alone(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Tài chính - Kế hoạch: lập dự toán đến hết ngày 2/2")
    await talk.presses("van", "Phát hành")
    await talk.says("van", "/giaoviec UBND xã An Hòa: rà soát đất công đến hết ngày 2/2")
    await talk.presses("van", "Phát hành")
    await goes_away(talk, "lam", "đến 1/2 Phúc thay")
    await talk.until(on("01/02", "07:40"))
    (digest,) = heard(talk, "phuc", "Bản tin sáng Thứ Năm")
    assert "Toàn cơ quan (cả phần thay Hoàng Văn Lâm): 3 nhiệm vụ" in digest
    assert heard(talk, "lam", "Bản tin") == []
    for who in ("lam", "phuc"):
        talk.catch_up(who)
    await talk.until(on("02/02", "07:40"))
    (digest,) = heard(talk, "phuc", "Bản tin")
    assert "Các đơn vị phụ trách: 2 nhiệm vụ" in digest
    assert len(heard(talk, "lam", "Bản tin", "3 nhiệm vụ")) == 1


async def test_status_and_what_waits_are_of_both_fields_until_the_last_day(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Tài chính - Kế hoạch: lập dự toán đến hết ngày 7/2")
    await talk.presses("van", "Phát hành")
    await goes_away(talk, "lam", "đến 1/2 Phúc thay")
    await talk.says("tai", "#2 đã xong")
    await talk.presses("tai", "Đúng")
    await talk.says("phuc", "/duyet")
    talk.hears("phuc", "#2")
    await talk.says("phuc", "/status phòng tài chính")
    talk.hears("phuc", "Phòng Tài chính - Kế hoạch")
    await talk.until(on("02/02", "00:01"))
    await talk.says("phuc", "/duyet")
    assert "#2" not in visible(talk.last("phuc").text)
    await talk.says("phuc", "#2 thế nào rồi?")
    await talk.says("phuc", "/status #2")
    talk.hears("phuc", "Không có việc #2 trong phạm vi của anh/chị")


# --- where it is decided: the outbox and the question itself ---


async def absent(house: House, who: str, deputy: str | None, first: str = "01/03", last: str = "08/03") -> None:
    async with house.database.write() as session:
        named = house.people[deputy] if deputy else None
        session.add(
            Absence(
                person_id=house.people[who], deputy_id=named, first_day=day(first), last_day=day(last),
                made_by=house.people["van"], made_at=house.now,
            )
        )  # fmt: skip


async def instead(house: House, *who: str, on: str = "05/03") -> dict[str, str]:
    names = {number: name for name, number in house.people.items()}
    async with house.database.read() as session:
        found = await absences.standing_in(session, [house.people[w] for w in who], day(on))
    return {names[person]: names[deputy] for person, deputy in found.items()}


async def test_chains_hold_by_the_day(house: House) -> None:
    await absent(house, "nam", "hung")
    await absent(house, "hung", "noi", "05/03", "06/03")
    await absent(house, "noi", None, "06/03", "06/03")
    assert await instead(house, "nam", "hung", on="04/03") == {"nam": "hung"}
    assert await instead(house, "nam", "hung", on="05/03") == {"nam": "noi", "hung": "noi"}
    assert await instead(house, "nam", "hung", on="06/03") == {}
    assert await instead(house, "nam", "hung", on="09/03") == {}
    assert await instead(house, "hung", on="05/03") == {"hung": "noi"}


async def test_who_cannot_be_written_to_hears_nothing_in_anybodys_place(house: House) -> None:
    await house.link_leaders()
    await absent(house, "lam", "phuc")
    assert await instead(house, "lam") == {"lam": "phuc"}
    async with house.database.write() as session:
        await session.execute(update(Account).where(Account.chat == "phuc").values(unreachable_since=house.now))
    assert await instead(house, "lam") == {}


async def test_away_and_replaced(house: House) -> None:
    await absent(house, "nam", "hung")
    await absent(house, "tai", None)
    async with house.database.read() as session:
        gone = await absences.away(session, day("05/03"))
        found = await absences.replaced(session, day("05/03"))
        none = await absences.replaced(session, date(2024, 3, 9))
    people = house.people
    assert gone == {people["nam"], people["tai"]}
    assert found == {people["nam"]: people["hung"], people["tai"]: None}
    assert none == {}


async def test_a_message_tried_twice_is_shared_once(house: House) -> None:
    await house.link_leaders()
    await absent(house, "lam", "phuc")
    await house.tell("lam", "báo xong", directives=[await house.direct(last_day=None)])
    for _ in range(3):
        async with house.database.write() as session:
            claim = await outbox.claim_next(session, outbox.gate(house.now, house.office, ["test"]))
            assert claim
            await outbox.put_back(session, claim.row.id, None)
    rows = await house.rows("news")
    assert [row.person_id for row in rows] == [house.people["lam"], house.people["phuc"]]
    assert rows[1].payload == {"text": "báo xong", absences.IN_PLACE_OF: house.people["lam"]}


async def test_news_of_somebody_whom_nobody_can_reach_still_finds_the_deputy(house: House) -> None:
    await house.link_leaders()
    async with house.database.write() as session:
        await session.execute(update(Account).where(Account.chat == "lam").values(unreachable_since=house.now))
    await absent(house, "lam", "phuc")
    await house.tell("lam", "báo xong", directives=[await house.direct(last_day=None)])
    await house.delivery.drain()
    assert [row.state for row in await house.rows("news")] == ["failed", "sent"]


@pytest.mark.parametrize("more", [{}, {"priority": 2}, {"priority": 0}])
async def test_what_speaks_of_no_directive_and_what_is_no_news_is_not_shared(
    house: House, more: dict[str, Any]
) -> None:
    await house.link_leaders()
    await absent(house, "lam", "phuc")
    directives = [await house.direct(last_day=None)] if more else []
    await house.tell("lam", "x", directives=directives, **more)
    await house.delivery.drain()
    assert len(await house.rows("news")) == 1


async def test_what_a_deputy_gets_is_not_handed_on_along_another_chain(house: House) -> None:
    await house.link_leaders()
    await absent(house, "lam", "phuc")
    await house.tell("lam", "báo xong", directives=[await house.direct(last_day=None)])
    await house.delivery.drain()
    async with house.database.read() as session:
        count = await session.scalar(select(func.count()).select_from(Outbox).where(Outbox.kind == "news"))
    assert count == 2


async def test_who_acts_in_whose_place_is_in_the_sealed_record(house: House) -> None:
    await house.link_leaders()
    number = await house.direct(last_day=None)
    async with house.database.write() as session:
        unit = await session.get_one(Unit, house.units["noi-vu"])
        unit.leader_id = house.people["lam"]
        await audit.record(session, "org_imported", now=house.now)
    await absent(house, "lam", "phuc")
    async with house.database.write() as session:
        directive = await session.get_one(Directive, number)
        actor = await session.get_one(Person, house.people["phuc"])
        row = await audit.record(session, "approve", now=at("05/03"), directive=directive, actor=actor)
        late = await audit.record(session, "approve", now=at("09/03"), directive=directive, actor=actor)
        assert row.details == {"for": house.people["lam"]}
        assert late.details == {}
        assert await audit.first_broken(session) is None


async def test_an_explanation_reaches_who_stands_in_for_the_leader_who_asked(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Tài chính - Kế hoạch: lập dự toán đến hết ngày 1/2")
    await talk.presses("van", "Phát hành")
    talk.clock.forward_to(on("05/02", "08:00"))
    await talk.says("lam", "/status #2")
    await talk.presses("lam", "Yêu cầu giải trình")
    request = talk.has_heard("tai", "Yêu cầu giải trình #2")
    await goes_away(talk, "lam", "đến 9/2 Phúc thay")
    await talk.says("tai", "chờ các xã gửi số liệu", reply_to=request)
    (told,) = heard(talk, "phuc", "giải trình #2", "chờ các xã gửi số liệu")
    assert told.startswith("Thay Hoàng Văn Lâm, vắng mặt đến hết 09/02\n")
    assert len(heard(talk, "lam", "giải trình #2", "chờ các xã gửi số liệu")) == 1


async def test_who_is_away_without_a_deputy_is_not_written_to_and_a_colleague_hears(house: House) -> None:
    number = await house.direct(last_day=day("04/03"), contact="nam")
    await absent(house, "nam", None, "04/03", "04/03")
    house.now = at("04/03", "07:30")
    await house.sweep_and_send()
    assert house.channel.texts("hung") == [f"reminder #{number}"]
    assert house.channel.texts("nam") == []
    house.now = at("05/03", "07:30")  # back again
    await house.sweep_and_send()
    assert house.channel.texts("nam") == [f"reminder #{number}"]
