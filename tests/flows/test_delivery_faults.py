"""Delivery when things go wrong: what people receive, and what the database says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from channels.base import Capabilities, ChannelError
from db import Session
from db.models import Transition
from scheduler.sending import reference
from services import accounts, outbox
from tests.flows.house import House, at
from tests.flows.recording import ButDelivered, RecordingChannel, blocked, timeout, unavailable


def later(house: House, **time: float) -> None:
    house.now += timedelta(**time)


async def restart(house: House) -> None:
    """A new process, which finds its channel working."""
    house.new_delivery()
    await house.delivery.recover()
    await house.delivery.sign_of_life("test")


def mark(row_id: int) -> str:
    return f"(gửi lại, mã {reference(row_id)})"


# --- crashes --------------------------------------------------------------------------------------------------


async def test_killed_before_the_claim_it_is_sent_once_and_unmarked(house: House) -> None:
    await house.answer("nam", "Đã ghi nhận.")
    await restart(house)
    await house.delivery.drain()
    assert house.channel.texts("nam") == ["Đã ghi nhận."]


async def test_killed_after_the_claim_it_is_sent_once_and_marked(house: House) -> None:
    number = await house.answer("nam", "Đã ghi nhận.")
    async with house.database.write() as session:
        await outbox.claim_next(session, outbox.gate(house.now, house.office, ["test"]))
    assert await house.states() == ["sending"]
    await restart(house)
    await house.delivery.drain()
    assert house.channel.texts("nam") == [f"{mark(number)}\nĐã ghi nhận."]
    assert await house.states() == ["sent"]


async def test_killed_inside_the_send_it_is_sent_once_and_marked(house: House) -> None:
    number = await house.answer("nam", "Đã ghi nhận.")
    house.channel.then(asyncio.CancelledError())
    await house.delivery.drain()
    await restart(house)
    await house.delivery.drain()
    assert house.channel.texts("nam") == [f"{mark(number)}\nĐã ghi nhận."]


async def test_killed_after_the_wire_before_the_mark_it_comes_twice_and_says_so(house: House) -> None:
    number = await house.answer("nam", "Đã ghi nhận.")
    house.channel.then(ButDelivered(asyncio.CancelledError()))
    await house.delivery.drain()
    await restart(house)
    await house.delivery.drain()
    assert house.channel.texts("nam") == ["Đã ghi nhận.", f"{mark(number)}\nĐã ghi nhận."]
    assert (await house.row(number)).repeats == 1


async def test_killed_after_the_mark_it_is_not_sent_again(house: House) -> None:
    await house.answer("nam", "Đã ghi nhận.")
    await house.delivery.drain()
    await restart(house)
    assert await house.delivery.drain() == 0


async def test_every_crash_may_repeat_a_message_once_more_so_that_it_is_not_lost(house: House) -> None:
    number = await house.answer("nam", "Đã ghi nhận.")
    for _ in range(3):
        house.channel.then(asyncio.CancelledError())
        await house.delivery.drain()
        await restart(house)
    await house.delivery.drain()
    assert house.channel.texts("nam") == [f"{mark(number)}\nĐã ghi nhận."]
    assert (await house.row(number)).repeats == 3


async def test_a_message_that_kills_the_process_each_time_is_given_up_and_the_office_told(house: House) -> None:
    await house.tell("nam", "x")
    for _ in range(outbox.REPEATS_AFTER_CRASHES + 2):
        house.channel.then(asyncio.CancelledError(), chat="nam")
        await house.delivery.drain()
        await restart(house)
    await house.delivery.drain()
    assert await house.states("news") == ["failed"]
    later(house, minutes=3)
    await house.delivery.drain()
    assert len(house.channel.texts("van")) == 1


async def test_of_a_long_message_only_the_doubtful_part_is_repeated(house: House) -> None:
    house.channel.capabilities = Capabilities(max_chars=160)
    lines = [f"Dòng {number}: " + "x" * 60 for number in range(3)]
    number = await house.answer("nam", "\n".join(lines))
    house.channel.then(None, asyncio.CancelledError())
    await house.delivery.drain()
    await restart(house)
    await house.delivery.drain()
    assert house.channel.texts("nam") == [lines[0], f"{mark(number)}\n{lines[1]}", lines[2]]


async def test_the_mark_never_pushes_a_part_over_the_limit(house: House) -> None:
    house.channel.capabilities = Capabilities(max_chars=160)
    await house.answer("nam", "x" * 160)
    house.channel.then(asyncio.CancelledError())
    await house.delivery.drain()
    await restart(house)
    await house.delivery.drain()  # the channel itself asserts its limit
    assert sum(text.count("x") for text in house.channel.texts("nam")) == 160


async def test_recovery_leaves_alone_what_is_being_sent(house: House) -> None:
    gate = house.channel.hold("nam")
    await house.answer("nam", "x")
    draining = asyncio.create_task(house.delivery.drain())
    await house.channel.until(1)
    assert await house.delivery.recover() == 0
    gate.set()
    await draining
    assert await house.states() == ["sent"]


# --- unknown outcomes -----------------------------------------------------------------------------------------


async def test_a_timeout_is_not_blindly_repeated(house: House) -> None:
    await house.answer("nam", "Đã ghi nhận.")
    house.channel.then(ButDelivered(timeout()))
    await house.delivery.drain()
    later(house, hours=3)
    await house.delivery.drain()
    assert house.channel.texts("nam") == ["Đã ghi nhận."]
    assert await house.states() == ["uncertain"]


async def test_after_a_good_poll_it_is_repeated_once_and_marked(house: House) -> None:
    number = await house.answer("nam", "Đã ghi nhận.")
    house.channel.then(ButDelivered(timeout()))
    await house.delivery.drain()
    for _ in range(3):
        await house.delivery.sign_of_life("test")
        await house.delivery.drain()
    assert house.channel.texts("nam") == ["Đã ghi nhận.", f"{mark(number)}\nĐã ghi nhận."]


async def test_a_good_send_elsewhere_is_a_sign_of_life_too(house: House) -> None:
    number = await house.answer("nam", "Đã ghi nhận.")
    house.channel.then(timeout(), chat="nam")
    await house.delivery.drain()
    await house.answer("hung", "khác")
    await house.delivery.drain()
    assert house.channel.texts("nam") == [f"{mark(number)}\nĐã ghi nhận."]


async def test_unknown_twice_is_given_up_and_the_office_told(house: House) -> None:
    await house.tell("nam", "Tin")
    house.channel.then(timeout(), timeout(), chat="nam")
    for _ in range(3):
        await house.delivery.drain()
        await house.delivery.sign_of_life("test")
    assert await house.states("news") == ["failed"]
    told = (await house.rows("unreachable"))[0]
    assert told.payload == {"people": [{"id": house.people["nam"], "reason": "uncertain"}]}
    assert (await house.account("nam")).unreachable_since is None


async def test_a_channel_that_breaks_in_an_unforeseen_way_leaves_doubt(house: House) -> None:
    await house.answer("nam", "x")
    await house.answer("hung", "y")
    house.channel.then(ZeroDivisionError(), chat="nam")
    await house.delivery.drain()
    assert house.channel.texts("hung") == ["y"]
    assert house.channel.texts("nam") == [f"{mark(1)}\nx"]


async def test_a_sign_of_life_of_another_channel_says_nothing(house: House) -> None:
    other = RecordingChannel("other")
    house.new_delivery(other)
    await house.answer("nam", "x")
    house.channel.then(timeout())
    await house.delivery.drain()
    await house.delivery.sign_of_life("other")
    await house.delivery.drain()
    assert await house.states() == ["uncertain"]


# --- told to wait ---------------------------------------------------------------------------------------------


async def test_nothing_is_called_before_the_moment_the_platform_named(house: House) -> None:
    house.new_delivery(side_by_side=1)
    for who in ("nam", "hung", "tai"):
        await house.tell(who, "tin")
    house.channel.then(ChannelError("429", retry_after=30))
    await house.delivery.drain()
    await house.answer("hoa", "đáp")
    later(house, seconds=29)
    await house.delivery.sign_of_life("test")  # a poll that works does not lift it
    await house.delivery.drain()
    assert house.channel.calls == ["nam"]
    later(house, seconds=1)
    await house.delivery.drain()
    assert house.channel.chats() == ["hoa", "nam", "hung", "tai"]  # who asked first


async def test_being_told_to_wait_counts_as_no_attempt(house: House) -> None:
    await house.tell("nam", "tin")
    house.channel.then(*[ChannelError("429", retry_after=5) for _ in range(8)])
    for _ in range(9):
        await house.delivery.drain()
        later(house, seconds=5)
    assert house.channel.texts("nam") == ["tin"]
    assert (await house.rows())[0].attempts == 0


async def test_the_parts_to_come_wait_as_well(house: House) -> None:
    house.channel.capabilities = Capabilities(max_chars=160)
    lines = ["a" * 90, "b" * 90]
    gate = house.channel.hold("nam")
    await house.answer("nam", "\n".join(lines))
    await house.answer("hung", "y")
    house.channel.then(ChannelError("429", retry_after=30), chat="hung")
    draining = asyncio.create_task(house.delivery.drain())
    await house.channel.until(1)
    await house.channel.until_called("hung")
    gate.set()
    await draining
    assert house.channel.texts("nam") == lines[:1]
    later(house, seconds=30)
    await house.delivery.drain()
    assert house.channel.texts("nam") == lines
    assert house.channel.texts("hung") == ["y"]


async def test_another_channel_is_not_silenced(house: House) -> None:
    other = RecordingChannel("other")
    house.new_delivery(other)
    async with house.database.write() as session:
        later(house, minutes=1)
        await house.link("hung", "z1", channel="other", session=session)
    await house.tell("nam", "x")
    house.channel.then(ChannelError("429", retry_after=30))
    await house.delivery.drain()
    await house.tell("hung", "y")
    await house.delivery.drain()
    assert other.texts("z1") == ["y"]


# --- the platform or the network is down ----------------------------------------------------------------------


async def test_a_failed_send_is_tried_again_later_and_keeps_its_place(house: House) -> None:
    await house.answer("nam", "một")
    await house.answer("nam", "hai")
    house.channel.then(unavailable(), chat="nam")
    await house.delivery.drain()
    assert house.channel.heard == []
    later(house, seconds=2)
    await house.delivery.drain()
    assert house.channel.texts("nam") == ["một", "hai"]


async def test_it_is_tried_after_2_4_8_seconds(house: House) -> None:
    await house.answer("nam", "một")
    house.channel.then(unavailable(), unavailable(), unavailable(), chat="nam")
    tries = []
    for second in range(16):
        before = len(house.channel.calls)
        await house.delivery.drain()
        tries += [second] * (len(house.channel.calls) - before)
        later(house, seconds=1)
    assert tries == [0, 2, 6, 14]


async def test_an_outage_of_hours_loses_nothing_and_calls_seldom(house: House) -> None:
    for who in ("nam", "hung", "tai", "hoa"):
        await house.answer(who, f"đáp {who}")
    house.channel.then(*[unavailable() for _ in range(1000)])
    for _ in range(6 * 60):
        await house.delivery.drain()
        later(house, minutes=1)
    assert len(house.channel.calls) < 400
    house.channel.works_again()
    await house.delivery.sign_of_life("test")
    await house.delivery.drain()
    assert sorted(house.channel.chats()) == ["hoa", "hung", "nam", "tai"]
    assert all(not h.text.startswith("(") for h in house.channel.heard)


async def test_a_single_good_send_after_an_outage_brings_the_others_forward(house: House) -> None:
    for who in ("nam", "hung", "tai"):
        await house.answer(who, "x")
    house.channel.then(*[unavailable() for _ in range(9)])
    for _ in range(3):
        await house.delivery.drain()
        later(house, minutes=1)
    house.channel.works_again()
    later(house, minutes=5)
    await house.delivery.drain()
    assert await house.states() == ["sent"] * 3


# --- nobody there ---------------------------------------------------------------------------------------------


async def test_who_blocked_us_is_unreachable_and_the_office_is_told_once_a_day(house: House) -> None:
    for text in ("một", "hai"):
        await house.tell("nam", text)
    house.channel.then(blocked(), chat="nam")
    await house.delivery.drain()
    assert (await house.account("nam")).unreachable_since == house.now
    assert [(r.state, r.error) for r in await house.rows("news")] == [
        ("failed", "403 the bot was blocked by the user"),
        ("failed", "unreachable"),
    ]
    later(house, minutes=3)
    await house.delivery.drain()
    told = await house.rows("unreachable")
    assert [(r.person_id, r.state, r.payload["people"][0]["id"]) for r in told] == [
        (house.people["van"], "sent", house.people["nam"])
    ]
    assert house.channel.calls.count("nam") == 1


async def test_their_next_message_brings_them_back(house: House) -> None:
    await house.tell("nam", "một")
    house.channel.then(blocked(), chat="nam")
    await house.delivery.drain()
    async with house.database.write() as session:
        row = await accounts.account(session, "test", "nam")
        assert row is not None
        await accounts.heard_from(row, "nam", house.now)
    await house.tell("nam", "hai")
    await house.delivery.drain()
    assert house.channel.texts("nam") == ["hai"]


async def test_who_has_another_account_is_written_to_there_from_then_on(house: House) -> None:
    async with house.database.write() as session:
        later(house, minutes=1)
        await house.link("nam", "nam-moi", session=session)
    house.channel.then(blocked(), chat="nam-moi")
    for text in ("một", "hai"):
        await house.tell("nam", text)
    await house.delivery.drain()
    assert house.channel.texts("nam") == ["hai"]


async def test_a_clerk_is_not_told_that_they_cannot_be_told(house: House) -> None:
    await house.tell("van", "x")
    house.channel.then(blocked(), chat="van")
    await house.delivery.drain()
    assert await house.rows("unreachable") == []


async def test_a_refused_answer_says_nothing_about_the_person_who_asked(house: House) -> None:
    await house.answer("nam", "đáp")
    house.channel.then(ChannelError("400 can't parse entities", permanent=True))
    await house.delivery.drain()
    assert await house.states() == ["failed"]
    assert (await house.account("nam")).unreachable_since is None
    await house.tell("nam", "tin")
    await house.delivery.drain()
    assert house.channel.texts("nam") == ["tin"]


async def test_what_cannot_be_edited_is_said_anew(house: House) -> None:
    await house.answer("nam", "mới", replaces="m77")
    house.channel.then(ChannelError("400 message to edit not found", permanent=True))
    await house.delivery.drain()
    assert [(h.text, h.message.replaces) for h in house.channel.heard] == [("mới", None)]


# --- a chat that moves ----------------------------------------------------------------------------------------


async def test_a_group_that_became_a_supergroup_gets_everything_once_at_its_new_address(house: House) -> None:
    for text in ("một", "hai", "ba"):
        await house.answer("-5", text)
    house.channel.then(ChannelError("migrated", new_address="-100500"), chat="-5")
    await house.delivery.drain()
    assert house.channel.texts("-100500") == ["một", "hai", "ba"]
    assert house.channel.calls.count("-5") == 1
    assert {row.chat for row in await house.rows()} == {"-100500"}


async def test_an_account_moves_with_its_chat(house: House) -> None:
    await house.tell("nam", "x")
    house.channel.then(ChannelError("migrated", new_address="nam-2"), chat="nam")
    await house.delivery.drain()
    assert house.channel.texts("nam-2") == ["x"]
    assert (await house.account("nam-2")).person_id == house.people["nam"]


async def test_a_chat_that_never_stops_moving_is_given_up(house: House) -> None:
    await house.answer("-5", "x")
    house.channel.then(*[ChannelError("migrated", new_address=f"-{n}") for n in range(100, 120)])
    await house.delivery.drain()
    assert await house.states() == ["failed"]
    assert len(house.channel.calls) < 6


# --- the database ---------------------------------------------------------------------------------------------


@asynccontextmanager
async def _full(**_: object) -> AsyncIterator[Session]:
    raise OSError("database or disk is full")
    yield  # what makes it a generator


async def test_what_was_sent_while_the_disk_was_full_is_recorded_later_and_not_sent_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = house.channel.hold("nam")
    await house.answer("nam", "x")
    draining = asyncio.create_task(house.delivery.drain())
    await house.channel.until(1)
    with monkeypatch.context() as full:
        full.setattr(house.database, "write", _full)
        gate.set()
        await asyncio.gather(draining, return_exceptions=True)
        with pytest.raises(OSError, match="disk is full"):
            await house.delivery.drain()
    assert await house.states() == ["sending"]
    await house.delivery.drain()
    assert await house.states() == ["sent"]
    assert house.channel.texts("nam") == ["x"]


async def test_it_keeps_running_while_the_database_is_away(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as full:
        full.setattr(house.database, "write", _full)
        running = asyncio.create_task(house.delivery.run())
        await asyncio.sleep(0)
    await house.answer("nam", "x")
    house.delivery.wake()
    await house.channel.until_heard("nam")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert await house.states() == ["sent"]


# --- the clock ------------------------------------------------------------------------------------------------


async def test_with_a_clock_before_the_last_act_only_answers_are_sent_and_nothing_is_swept(house: House) -> None:
    await house.direct(last_day=at("01/03").date(), issued=at("20/02"))
    async with house.database.write() as session:
        session.add(
            Transition(event="issue", directive_id=1, at=house.now, details={}, previous_hash="0" * 64, hash="1" * 64)
        )
    await house.answer("nam", "đáp")
    await house.tell("nam", "tin")
    later(house, days=-1)
    assert await house.sweep() == 0
    await house.delivery.drain()
    assert house.channel.texts("nam") == ["đáp"]
    later(house, days=1)
    await house.delivery.drain()
    assert house.channel.texts("nam") == ["đáp", "tin"]
