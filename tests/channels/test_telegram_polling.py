"""Hearing: stored before confirmed, whatever fails in between."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from channels.telegram import TelegramChannel
from tests.botapi import TOKEN, BotApi
from tests.channels.conftest import NAM, Inbox, MakeChannel
from tests.patience import WITHIN_S


async def test_what_a_person_says_is_kept_and_then_confirmed(
    api: BotApi, channel: TelegramChannel, inbox: Inbox
) -> None:
    update = await api.user_says(NAM, "Đã xong việc #12")
    await api.wait_confirmed(update)
    (message,) = inbox.messages
    assert (message.text, message.sender.id, message.sender.name) == (
        "Đã xong việc #12",
        str(NAM),
        "Nguyễn Văn Nam",
    )


async def test_unconfirmed_until_keep_returns(api: BotApi, channel: TelegramChannel, inbox: Inbox) -> None:
    inbox.gate.clear()
    update = await api.user_says(NAM, "một")
    await api.wait_for(lambda: update in api.queue.delivered)
    await _until(lambda: inbox.offered)
    assert api.queue.confirmed == []
    inbox.gate.set()
    await api.wait_confirmed(update)


async def test_a_failing_store_is_tried_again_and_nothing_is_lost(
    api: BotApi, channel: TelegramChannel, inbox: Inbox
) -> None:
    inbox.failures = 2
    first, second = await api.user_says(NAM, "một"), await api.user_says(NAM, "hai")
    await api.wait_confirmed(second)
    assert [m.text for m in inbox.messages] == ["một", "hai"]
    assert inbox.offered.count(inbox.messages[0].external_id) == 3
    assert first in api.queue.confirmed


async def test_a_failing_store_is_logged_once(
    api: BotApi, channel: TelegramChannel, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    inbox.failures = 4
    await api.wait_confirmed(await api.user_says(NAM, "một"))
    assert [getattr(r, "action", "") for r in caplog.records].count("keep_failed") == 1
    assert channel.is_keeping


async def test_is_keeping_tells_that_storing_fails(api: BotApi, make_channel: MakeChannel, inbox: Inbox) -> None:
    inbox.failures = 1
    channel = make_channel(keep_retry_s=60)
    await channel.start(inbox)
    await api.user_says(NAM, "một")
    await _until(lambda: not channel.is_keeping)


async def test_stopped_while_storing_the_next_process_hears_it_again(
    api: BotApi, make_channel: MakeChannel, inbox: Inbox
) -> None:
    hanging, next_inbox = make_channel(), Inbox()
    inbox.gate.clear()
    await hanging.start(inbox)
    update = await api.user_says(NAM, "một")
    await _until(lambda: inbox.offered)
    stopping = asyncio.create_task(hanging.stop())
    await api.wait_for(lambda: api.called("getUpdates")[-1].fields.get("timeout", "0") == "0")  # the last poll
    await asyncio.wait({stopping}, timeout=0.2)
    assert not stopping.done()  # the transaction is let to end
    inbox.gate.set()
    await stopping
    assert update not in api.queue.confirmed
    await make_channel().start(next_inbox)
    await api.wait_confirmed(update)
    assert list(next_inbox.kept) == list(inbox.kept)  # the same key: harmless


async def test_stop_confirms_what_was_stored(api: BotApi, channel: TelegramChannel, inbox: Inbox) -> None:
    update = await api.user_says(NAM, "một")
    await _until(lambda: inbox.messages)
    await channel.stop()
    assert update in api.queue.confirmed


async def test_numbers_of_updates_may_start_lower_after_an_idle_week(
    api: BotApi, channel: TelegramChannel, inbox: Inbox
) -> None:
    await api.wait_confirmed(await api.user_says(NAM, "trước"))
    api.queue.renumber(1_000)
    await api.wait_confirmed(await api.user_says(NAM, "sau"))
    assert [m.text for m in inbox.messages] == ["trước", "sau"]


@pytest.mark.parametrize(
    "update",
    [
        {"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False}},
        {"my_chat_member": {"nonsense": True}},
        {"something_of_next_year": {"x": 1}},
        {"message": {"no": "fields at all"}},
        {"message": None},
        {"message": {"message_id": 1, "date": 10**30, "chat": {"id": NAM, "type": "private"}, "text": "x"}},
        {"message": {"message_id": 1, "date": 1, "chat": {"id": NAM, "type": "private"}, "text": 5}},
    ],
    ids=lambda update: str(update)[:40],
)
async def test_unknown_and_broken_updates_are_confirmed_and_do_not_stop_the_others(
    api: BotApi, channel: TelegramChannel, inbox: Inbox, update: dict[str, object]
) -> None:
    await api.push(**update)
    await api.wait_confirmed(await api.user_says(NAM, "còn đây"))
    assert [m.text for m in inbox.messages] == ["còn đây"]


async def test_words_survive_a_part_the_library_cannot_read(
    api: BotApi, channel: TelegramChannel, inbox: Inbox
) -> None:
    said = api.world.message(NAM, api.world.user(NAM), {"text": "xong rồi", "poll": {"of": "2030"}})
    await api.wait_confirmed(await api.push(message=said))
    assert [m.text for m in inbox.messages] == ["xong rồi"]


async def test_last_good_poll_moves_with_each_answer(api: BotApi, make_channel: MakeChannel, inbox: Inbox) -> None:
    ticks = iter(range(1, 10_000))
    channel = make_channel(monotonic=lambda: float(next(ticks)))
    assert channel.last_good_poll is None
    await channel.start(inbox)
    await api.wait_confirmed(await api.user_says(NAM, "một"))
    first = channel.last_good_poll
    await api.wait_confirmed(await api.user_says(NAM, "hai"))
    assert first is not None
    assert channel.last_good_poll is not None
    assert channel.last_good_poll > first


async def test_three_conflicts_fail_the_channel(api: BotApi, channel: TelegramChannel) -> None:
    api.fault("409", times=3, methods={"getUpdates"})
    await api.user_says(NAM, "đánh thức lượt chờ")
    await asyncio.wait_for(channel.failed.wait(), WITHIN_S)
    assert "409" in (channel.failure or "")


async def test_a_second_poller_makes_both_fail(
    api: BotApi, channel: TelegramChannel, make_channel: MakeChannel
) -> None:
    other = make_channel()
    await other.start(Inbox())
    await asyncio.wait_for(asyncio.gather(channel.failed.wait(), other.failed.wait()), WITHIN_S)


async def test_a_rejected_token_fails_without_naming_it(inbox: Inbox, caplog: pytest.LogCaptureFixture) -> None:
    async with BotApi(token="100200300:another-token-than-the-bot-has-1") as strange:
        channel = TelegramChannel(TOKEN, base_url=strange.url)
        await channel.start(inbox)
        assert channel.failed.is_set()
        assert TOKEN not in caplog.text + repr(channel) + (channel.failure or "")
        await channel.stop()


async def test_a_token_revoked_while_polling_fails(api: BotApi, channel: TelegramChannel) -> None:
    api.token = "100200300:a-new-token-from-botfather-00000001"
    await api.user_says(NAM, "đánh thức lượt chờ")
    await asyncio.wait_for(channel.failed.wait(), WITHIN_S)


async def test_telegram_away_at_start_is_no_error_and_heard_when_back(
    api: BotApi, make_channel: MakeChannel, inbox: Inbox
) -> None:
    update = await api.user_says(NAM, "gửi lúc mất mạng")
    await api.go_down()
    channel = make_channel()
    await channel.start(inbox)
    assert channel.invite_link("abc") is None
    await api.come_up()
    await api.wait_confirmed(update)
    assert channel.invite_link("abc") == "https://t.me/dondoc_test_bot?start=abc"


async def test_an_outage_is_survived_and_logged_once(
    api: BotApi, channel: TelegramChannel, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    await api.go_down()
    await _until(lambda: "cannot be reached" in caplog.text)
    update = await api.user_says(NAM, "gửi lúc mất mạng")
    await api.come_up()
    await api.wait_confirmed(update)
    assert caplog.text.count("cannot be reached") == 1


async def test_the_menu_of_commands_is_set(api: BotApi, make_channel: MakeChannel, inbox: Inbox) -> None:
    await make_channel(commands=[("viec", "Việc của tôi")]).start(inbox)
    assert api.world.commands == [{"command": "viec", "description": "Việc của tôi"}]


async def test_a_refused_menu_does_not_keep_the_bot_from_hearing(
    api: BotApi, make_channel: MakeChannel, inbox: Inbox
) -> None:
    await make_channel(commands=[("Việc", "sai tên")]).start(inbox)
    await api.wait_confirmed(await api.user_says(NAM, "một"))


async def test_a_stopped_channel_can_start_again(api: BotApi, channel: TelegramChannel, inbox: Inbox) -> None:
    await channel.stop()
    await channel.start(inbox)
    await api.wait_confirmed(await api.user_says(NAM, "một"))


async def _until(ready: Callable[[], object]) -> None:
    """Let the loop run until ``ready()`` is true, for what announces itself by no event."""
    async with asyncio.timeout(WITHIN_S):
        while not ready():  # noqa: ASYNC110
            await asyncio.sleep(0.001)
