"""Delivery when all goes well: order, priorities, parts, recipients, hours."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from channels.base import Button, Capabilities, OutgoingMessage, visible
from channels.web.channel import WebChannel
from db.models import Account, Delivery, Outbox, Person
from services import outbox
from tests.flows.house import House, at
from tests.flows.recording import RecordingChannel


async def test_an_answer_goes_where_it_was_asked(house: House) -> None:
    number = await house.answer("nam", "Đã ghi nhận.")
    assert await house.delivery.drain() == 1
    assert house.channel.texts("nam") == ["Đã ghi nhận."]
    row = await house.row(number)
    assert (row.state, row.sent_at, row.parts_done) == ("sent", house.now, 1)


async def test_each_person_is_told_once_of_the_same_key(house: House) -> None:
    for _ in range(2):
        await house.tell(["nam", "hung", "nam"], "Có việc mới", key="issued:1")
    await house.delivery.drain()
    assert house.channel.texts("nam") == house.channel.texts("hung") == ["Có việc mới"]


async def test_a_key_that_is_there_is_left_alone_even_when_sent(house: House) -> None:
    await house.tell("nam", "Một", key="k")
    await house.delivery.drain()
    await house.tell("nam", "Hai", key="k")
    assert await house.delivery.drain() == 0


async def test_a_reply_finds_the_directives_of_what_was_sent(house: House) -> None:
    await house.tell("nam", "Hai việc", directives=[3, 5])
    await house.delivery.drain()
    async with house.looking() as session:
        delivered = (await session.scalars(select(Delivery))).one()
    assert (delivered.chat, delivered.message_id, delivered.directives) == ("nam", "m1", [3, 5])


async def test_an_edited_message_speaks_of_other_directives_from_then_on(house: House) -> None:
    await house.answer("nam", "Việc #1")
    await house.delivery.drain()
    async with house.database.write() as session:
        body = {"text": "Việc #2", "replaces": "m1"}
        await outbox.answer(
            session, channel="test", chat="nam", message=body, directives=[2], inbox_id=None, now=house.now
        )
    await house.delivery.drain()
    async with house.looking() as session:
        delivered = (await session.scalars(select(Delivery))).one()
    assert delivered.directives == [2]


async def test_answers_go_before_news_and_news_before_bulk(house: House) -> None:
    await house.tell("nam", "rộng", priority=2)
    await house.tell("nam", "tin")
    await house.answer("nam", "đáp")
    await house.delivery.drain()
    assert house.channel.texts("nam") == ["đáp", "tin", "rộng"]


FOUR = ("nam", "hung", "tai", "hoa")


async def test_one_chat_in_order_and_chats_side_by_side(house: House) -> None:
    gates = [house.channel.hold(who) for who in FOUR]
    for number in range(5):
        for who in FOUR:
            await house.answer(who, f"{who} {number}")
    draining = asyncio.create_task(house.delivery.drain())
    await house.channel.until(4)  # the channel itself asserts one at a time in a chat
    for gate in gates:
        gate.set()
    await draining
    for who in FOUR:
        assert house.channel.texts(who) == [f"{who} {number}" for number in range(5)]


async def test_no_more_at_once_than_allowed(house: House) -> None:
    house.new_delivery(side_by_side=2)
    gates = [house.channel.hold(who) for who in FOUR]
    for who in FOUR:
        await house.answer(who, "x")
    draining = asyncio.create_task(house.delivery.drain())
    await house.channel.until(2)
    assert (await house.states()).count("sending") == 2
    for gate in gates:
        gate.set()
    await draining
    assert house.channel.most_at_once == 2


async def test_a_stuck_chat_holds_up_nobody_else(house: House) -> None:
    gate = house.channel.hold("nam")
    await house.answer("nam", "kẹt")
    await house.answer("nam", "sau")
    await house.answer("hung", "nhanh")
    draining = asyncio.create_task(house.delivery.drain())
    await house.channel.until_heard("hung")
    assert house.channel.texts("nam") == []
    gate.set()
    await draining
    assert house.channel.texts("nam") == ["kẹt", "sau"]


async def test_hands_are_kept_free_for_answers_while_bulk_is_stuck(house: House) -> None:
    house.new_delivery(side_by_side=6)
    stuck = ("noi", "nam", "tai", "hoa", "van")
    gates = [house.channel.hold(who) for who in stuck]
    await house.tell(stuck, "rộng", priority=2)
    running = asyncio.create_task(house.delivery.run())
    await house.channel.until(2)  # of six hands four are kept for people
    await house.answer("hung", "đáp")
    house.delivery.wake()
    await house.channel.until_heard("hung")
    assert house.channel.under_way == ["noi", "nam"]
    for gate in gates:
        gate.set()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_wake_up_is_enough_for_what_is_queued_while_it_runs(house: House) -> None:
    running = asyncio.create_task(house.delivery.run())
    await house.answer("nam", "một")
    house.delivery.wake()
    await house.channel.until_heard("nam")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert await house.states() == ["sent"]  # what is under way when it stops is brought to its end


# --- words ----------------------------------------------------------------------------------------------------


async def test_words_are_found_at_the_moment_of_sending(house: House) -> None:
    await house.tell("nam", "cũ")
    async with house.database.write() as session:
        row = (await session.scalars(select(Outbox))).one()
        row.payload = {"text": "mới"}
    await house.delivery.drain()
    assert house.channel.texts("nam") == ["mới"]


async def test_what_is_moot_is_not_sent(house: House) -> None:
    await house.tell("nam", "x", payload={"moot": True})
    assert await house.delivery.drain() == 0
    assert await house.states() == ["moot"]
    assert house.channel.calls == []


async def test_words_that_cannot_be_found_fail_after_three_attempts_and_hold_up_nobody(house: House) -> None:
    house.unspeakable["broken"] = ValueError("no such template")
    await house.tell("nam", "x", kind="broken")
    await house.tell("nam", "y")
    await house.delivery.drain()
    assert house.channel.texts("nam") == ["y"]
    for clock in ("09:01", "09:02", "09:03", "09:04"):
        house.now = at("01/03", clock)
        await house.delivery.drain()
    row = (await house.rows("broken"))[0]
    assert (row.state, row.error) == ("failed", "ValueError('no such template')")
    assert house.rendered.count(row.id) == 3


async def test_the_traceback_of_missing_words_is_logged_once(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.unspeakable["broken"] = ValueError("no such template")
    await house.tell("nam", "x", kind="broken")
    for clock in ("09:01", "09:02", "09:03"):
        house.now = at("01/03", clock)
        await house.delivery.drain()
    told = [r for r in caplog.records if getattr(r, "action", "") == "no_words"]
    assert len(told) == 1
    assert told[0].exc_info is not None


# --- parts ----------------------------------------------------------------------------------------------------

LINES = [f"Dòng {number}: " + "x" * 40 for number in range(12)]


async def test_a_long_message_goes_out_in_parts_with_its_buttons_at_the_end(house: House) -> None:
    house.channel.capabilities = Capabilities(max_chars=200)
    number = await house.answer("nam", "\n".join(LINES), buttons=((Button("Đã nhận", "ack"),),))
    assert await house.delivery.drain() == 1
    said = house.channel.texts("nam")
    assert len(said) > 3
    assert "\n".join(said) == "\n".join(LINES)
    assert [bool(h.message.buttons) for h in house.channel.heard] == [False] * (len(said) - 1) + [True]
    assert (await house.row(number)).parts_done == len(said)


async def test_every_part_can_be_replied_to(house: House) -> None:
    house.channel.capabilities = Capabilities(max_chars=200)
    await house.tell("nam", "\n".join(LINES), directives=[7])
    await house.delivery.drain()
    async with house.looking() as session:
        delivered = list(await session.scalars(select(Delivery)))
    assert [d.message_id for d in delivered] == [h.id for h in house.channel.heard]
    assert all(d.directives == [7] for d in delivered)


async def test_the_parts_to_come_are_of_the_text_whose_first_part_was_sent(house: House) -> None:
    house.channel.capabilities = Capabilities(max_chars=200)
    await house.tell("nam", "\n".join(LINES))
    house.channel.then(None, OSError("cable"), chat="nam")
    await house.delivery.drain()
    async with house.database.write() as session:
        row = (await session.scalars(select(Outbox))).one()
        row.payload = {"text": "ngắn hơn"}
    await house.answer("hung", "sống")
    await house.delivery.drain()
    rest = "\n".join(house.channel.texts("nam")[1:])
    assert LINES[-1] in rest
    assert "ngắn hơn" not in rest


# --- recipients -----------------------------------------------------------------------------------------------


async def test_the_newest_account_is_written_to(house: House) -> None:
    async with house.database.write() as session:
        house.now = at("01/03", "10:00")
        await house.link("nam", "nam-moi", session=session)
    await house.tell("nam", "x")
    await house.delivery.drain()
    assert house.channel.chats() == ["nam-moi"]


async def test_a_revoked_account_is_passed_over(house: House) -> None:
    async with house.database.write() as session:
        house.now = at("01/03", "10:00")
        await house.link("nam", "nam-moi", session=session)
        newer = (await session.scalars(select(Account).where(Account.chat == "nam-moi"))).one()
        newer.revoked_at = house.now
    await house.tell("nam", "x")
    await house.delivery.drain()
    assert house.channel.chats() == ["nam"]


async def test_an_account_on_a_platform_that_is_not_there_is_passed_over(house: House) -> None:
    async with house.database.write() as session:
        house.now = at("01/03", "10:00")
        await house.link("nam", "z1", channel="other", session=session)
    await house.tell("nam", "x")
    await house.delivery.drain()
    assert house.channel.chats() == ["nam"]
    other = RecordingChannel("other")
    house.new_delivery(other)
    await house.tell("nam", "y")
    await house.delivery.drain()
    assert other.texts("z1") == ["y"]


async def test_what_is_said_to_who_has_left_is_moot(house: House) -> None:
    await house.tell("nam", "x")
    async with house.database.write() as session:
        (await session.get_one(Person, house.people["nam"])).active = False
    assert await house.delivery.drain() == 0
    assert await house.states() == ["moot"]


async def test_nobody_to_write_to_is_a_failure_that_says_so(house: House) -> None:
    async with house.database.write() as session:
        (await session.scalars(select(Account).where(Account.chat == "nam"))).one().revoked_at = house.now
    await house.tell("nam", "x")
    assert await house.delivery.drain() == 0
    row = (await house.rows())[0]
    assert (row.state, row.error) == ("failed", "unreachable")


# --- hours ----------------------------------------------------------------------------------------------------


async def test_at_night_only_answers_go_out(house: House) -> None:
    house.now = at("01/03", "22:00")
    await house.answer("nam", "đáp")
    await house.tell("nam", "tin")
    await house.tell("nam", "rộng", priority=2)
    await house.delivery.drain()
    assert house.channel.texts("nam") == ["đáp"]
    house.now = at("02/03", "06:30")  # a Saturday: news yes, bulk no
    await house.delivery.drain()
    assert house.channel.texts("nam") == ["đáp", "tin"]
    house.now = at("04/03", "06:30")
    await house.delivery.drain()
    assert house.channel.texts("nam") == ["đáp", "tin", "rộng"]


@pytest.mark.parametrize("clock", [("01/03", "22:00"), ("02/03", "09:00"), ("08/02", "23:00")])
async def test_what_is_urgent_goes_out_at_any_hour_and_day(house: House, clock: tuple[str, str]) -> None:
    house.now = at(*clock)
    await house.tell("nam", "rộng", priority=2)
    await house.tell("nam", "hoả tốc", priority=2, urgent=True)
    await house.answer("nam", "đáp")
    await house.delivery.drain()
    assert house.channel.texts("nam") == ["đáp", "hoả tốc"]


async def test_what_is_urgent_waits_for_the_morning_where_the_office_wants_it_so(house: House) -> None:
    house.office = replace(house.office, rhythm=replace(house.office.rhythm, urgent_ignores_quiet=False))
    house.new_delivery()
    house.now = at("01/03", "22:00")
    await house.tell("nam", "hoả tốc", urgent=True)
    assert await house.delivery.drain() == 0
    assert await house.delivery.drain(at("04/03", "07:30")) == 1


async def test_by_day_what_is_urgent_keeps_its_turn(house: House) -> None:
    await house.tell("nam", "rộng", priority=2, urgent=True)
    await house.tell("nam", "tin")
    await house.delivery.drain()
    assert house.channel.texts("nam") == ["tin", "rộng"]


async def test_urgent_or_not_nothing_goes_out_before_its_time(house: House) -> None:
    house.now = at("01/03", "22:00")
    await house.tell("nam", "hoả tốc", urgent=True, not_before=at("01/03", "22:30"))
    assert await house.delivery.drain() == 0
    assert await house.delivery.drain(at("01/03", "22:30")) == 1


async def test_on_a_public_holiday_bulk_waits(house: House) -> None:
    house.now = at("08/02", "09:00")
    await house.tell("nam", "tin")
    await house.tell("nam", "rộng", priority=2)
    await house.delivery.drain()
    assert house.channel.texts("nam") == ["tin"]
    house.now = at("15/02", "09:00")
    await house.delivery.drain()
    assert house.channel.texts("nam") == ["tin", "rộng"]


async def test_nothing_goes_out_before_its_time(house: House) -> None:
    await house.tell("nam", "sau", not_before=at("01/03", "14:00"))
    assert await house.delivery.drain() == 0
    assert await house.delivery.drain(at("01/03", "14:00")) == 1


async def test_quiet_hours_are_the_offices_own(house: House) -> None:
    rhythm = replace(house.office.rhythm, quiet_from=at("01/03", "17:00").time())
    house.office = replace(house.office, rhythm=rhythm)
    house.new_delivery()
    house.now = at("01/03", "17:30")
    await house.tell("nam", "tin")
    assert await house.delivery.drain() == 0


# --- the web chat ---------------------------------------------------------------------------------------------


async def test_the_web_chat_shows_long_answers_whole_and_edits_in_place(house: House) -> None:
    web = WebChannel(clock=lambda: house.now, capabilities=Capabilities(max_chars=200))
    house.new_delivery(web)
    body = OutgoingMessage("\n".join(LINES), ((Button("Đã nhận", "ack"),),)).to_json()
    await _answer_on_web(house, body)
    await house.delivery.drain()
    shown = list(web.messages("nam"))
    assert "\n".join(visible(m.text) for m in shown) == "\n".join(LINES)
    await _answer_on_web(house, OutgoingMessage("Đã nhận.", replaces=shown[-1].id).to_json())
    await house.delivery.drain()
    assert [visible(m.text) for m in web.messages("nam")][-1] == "Đã nhận."
    assert len(list(web.messages("nam"))) == len(shown)
    web.close()


async def _answer_on_web(house: House, body: dict[str, Any]) -> None:
    async with house.database.write() as session:
        await outbox.answer(
            session, channel="web", chat="nam", message=body, directives=[1], inbox_id=None, now=house.now
        )
