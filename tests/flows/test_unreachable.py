"""Who cannot be written to: one message for a bad morning, a list each week, and who is on it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from channels.base import visible
from db.models import Account, Outbox, Person
from domain.rights import Role
from handlers import reaching
from services import accounts, reachability
from services.unreachable import tell_office
from tests.flows.house import House, at
from tests.flows.recording import blocked

MANY = 44


async def _hire(house: House, count: int) -> list[str]:
    names = [f"người {n}" for n in range(count)]
    async with house.database.write() as session:
        for n, name in enumerate(names):
            unit = house.units["an-hoa" if n % 2 else "tai-chinh"]
            session.add(person := Person(key=name, name=name, unit_id=unit, role=Role.OFFICER))
            await session.flush()
            house.people[name] = person.id
            await house.link(name, session=session)
    return names


async def _shown(house: House, row: Outbox) -> str:
    async with house.looking() as session:
        said = await reaching.not_reached(session, row)
        return visible(said.text) if said else ""


async def _a_bad_morning(house: House) -> None:
    names = await _hire(house, MANY)
    for name in names:
        house.channel.then(blocked(), chat=name)
    await house.tell(names, "Tin sáng")
    await house.delivery.drain()


async def test_44_people_lost_in_one_morning_are_one_message(house: House) -> None:
    await _a_bad_morning(house)
    assert house.channel.texts("van") == []
    house.now += timedelta(minutes=3)
    await house.delivery.drain()
    (row,) = await house.rows("unreachable")
    assert (row.state, len(row.payload["people"])) == ("sent", MANY)
    said = await _shown(house, row)
    assert said.startswith(
        "Không gửi được tin cho 44 người, do đã chặn hoặc xoá cuộc trò chuyện:\n• tai-chinh: người 0"
    )
    assert all(f"người {n}" in said for n in range(MANY))
    assert "Cần làm: nhờ từng người mở lại cuộc trò chuyện" in said


async def test_who_comes_later_waits_for_the_next_hours_message(house: House) -> None:
    await _a_bad_morning(house)
    house.now += timedelta(minutes=3)
    await house.delivery.drain()
    house.channel.then(blocked(), blocked(), chat="hoa")
    await house.tell("hoa", "Tin")
    await house.delivery.drain()
    house.now += timedelta(minutes=50)
    await house.delivery.drain()
    assert len(house.channel.texts("van")) == 1
    house.now += timedelta(minutes=7)
    await house.delivery.drain()
    assert [len(row.payload["people"]) for row in await house.rows("unreachable")] == [MANY, 1]
    assert len(house.channel.texts("van")) == 2


async def test_the_same_person_is_named_once_a_day(house: House) -> None:
    for minute in (0, 10, 20):
        async with house.database.write() as session:
            await tell_office(session, house.people["nam"], "refused", house.now + timedelta(minutes=minute))
    (row,) = await house.rows("unreachable")
    assert row.payload["people"] == [{"id": house.people["nam"], "reason": "refused"}]


async def test_a_message_half_sent_is_not_added_to(house: House) -> None:
    async with house.database.write() as session:
        await tell_office(session, house.people["nam"], "refused", house.now)
        for row in await session.scalars(select(Outbox)):
            row.body = {"text": "…"}
        await tell_office(session, house.people["hoa"], "refused", house.now)
    assert [len(row.payload["people"]) for row in await house.rows("unreachable")] == [1, 1]


async def test_who_has_written_since_is_left_out(house: House) -> None:
    house.channel.then(blocked(), chat="nam")
    await house.tell("nam", "Tin")
    await house.delivery.drain()
    (row,) = await house.rows("unreachable")
    assert "nam" in await _shown(house, row)
    async with house.database.write() as session:
        account = (await session.scalars(select(Account).where(Account.chat == "nam"))).one()
        await accounts.heard_from(account, "nam", house.now)
    assert await _shown(house, row) == ""


# --- the weekly list ----------------------------------------------------------------------------------


async def _lose(house: House, who: str, since: datetime) -> None:
    async with house.database.write() as session:
        account = (await session.scalars(select(Account).where(Account.chat == who))).one()
        account.unreachable_since = since


async def _sweep_at(house: House, text: str, clock: str = "07:30") -> None:
    house.now = at(text, clock)
    await house.sweep_and_send()


async def test_the_list_comes_once_on_the_first_working_morning(house: House) -> None:
    await _lose(house, "nam", at("01/03", "10:00"))
    await _sweep_at(house, "04/03", "07:00")
    assert await house.rows("unreached") == []
    for day, clock in (("04/03", "07:30"), ("04/03", "15:00"), ("05/03", "07:30"), ("08/03", "07:30")):
        await _sweep_at(house, day, clock)
    (row,) = await house.rows("unreached")
    assert (row.person_id, row.state, row.priority) == (house.people["van"], "sent", 1)
    await _sweep_at(house, "11/03")
    assert len(await house.rows("unreached")) == 2


async def test_nobody_to_list_is_silence(house: House) -> None:
    for day in ("04/03", "05/03"):
        await _sweep_at(house, day)
    assert await house.rows("unreached") == []


async def test_who_falls_silent_during_the_week_stands_in_the_next_ones(house: House) -> None:
    await _sweep_at(house, "04/03")
    await _lose(house, "nam", at("05/03", "10:00"))
    await _sweep_at(house, "06/03")
    assert await house.rows("unreached") == []
    await _sweep_at(house, "11/03")
    assert len(await house.rows("unreached")) == 1


async def test_a_monday_without_power_is_made_up_for(house: House) -> None:
    await _lose(house, "nam", at("01/03", "10:00"))
    await _sweep_at(house, "05/03", "08:00")
    assert len(await house.rows("unreached")) == 1


async def test_a_monday_off_moves_it_to_tuesday(house: House) -> None:
    await _lose(house, "nam", at("09/02", "10:00"))
    for day in ("12/02", "14/02"):  # Tết
        await _sweep_at(house, day)
    assert await house.rows("unreached") == []
    await _sweep_at(house, "15/02")
    assert len(await house.rows("unreached")) == 1


@pytest.mark.parametrize("who", ["nam"])
async def test_the_list_tells_why_and_since_when(house: House, who: str) -> None:
    await house.direct("tai-chinh", last_day=None)
    await _lose(house, who, at("01/03", "10:00"))
    async with house.database.write() as session:
        await accounts.revoke(session, await session.get_one(Person, house.people["tai"]), at("02/03"))
    async with house.looking() as session:
        clerk = await session.get_one(Person, house.people["van"])
        found = await reachability.silence(session, clerk)
        shown = await reaching.weekly(session, clerk, at("04/03"))
    assert [(p.name, p.why, str(p.since)) for p in found.people] == [
        ("nam", "blocked", "2024-03-01"),
        ("tai", "revoked", "2024-03-02"),
    ]
    assert [(u.name, u.open) for u in found.units] == [("tai-chinh", 1)]
    assert shown is not None
    assert visible(shown.text).splitlines()[:5] == [
        "Danh sách không liên lạc được, thứ Hai 04/03/2024",
        "",
        "Đơn vị không ai nhận được tin: 1",
        "• tai-chinh: 1 việc chưa xong",
        "",
    ]
    assert [b.label for row in shown.buttons for b in row] == ["Mời tai"]
