"""What leaves the outbox when the platform limits how fast it is written to."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from channels.base import ChannelError, OutgoingMessage, Sent
from tests.flows.house import House
from tests.flows.recording import RecordingChannel

SOON_S = 0.01


class PacedChannel(RecordingChannel):
    """Lets so many messages out, then none until ``more``; some chats rest until they are let go."""

    def __init__(self, places: int = 1_000) -> None:
        super().__init__()
        self.places = places
        self.answers_only = False
        self.resting: set[str] = set()
        self.hushed: list[float] = []

    def hush(self, seconds: float) -> None:
        self.hushed.append(seconds)

    def ready_in(self, *, is_answer: bool) -> float:
        is_free = self.places > 0 and (is_answer or not self.answers_only)
        return 0.0 if is_free else SOON_S

    def chat_ready_in(self, chat: str) -> float:
        return SOON_S if chat in self.resting else 0.0

    async def send(self, chat: str, message: OutgoingMessage) -> Sent:
        self.places -= 1
        return await super().send(chat, message)


def paced(house: House, places: int = 1_000) -> PacedChannel:
    house.channel = channel = PacedChannel(places)
    house.new_delivery()
    return channel


async def looked(house: House) -> None:
    """A look at the outbox, with what follows from it."""
    await house.delivery._fill(lambda: house.now)
    while house.delivery._tasks:
        await asyncio.wait(house.delivery._tasks)


async def test_after_a_restart_the_channel_itself_is_told_of_the_silence(house: House) -> None:
    channel = paced(house)
    channel.then(ChannelError("Too Many Requests", retry_after=40))
    await house.tell(["nam"], "tin")
    await looked(house)
    house.new_delivery()
    house.now += timedelta(seconds=15)
    await house.delivery.remember_silence()
    assert channel.hushed == [25.0]


async def test_a_silence_that_is_over_is_nothing_to_the_channel(house: House) -> None:
    channel = paced(house)
    channel.then(ChannelError("Too Many Requests", retry_after=40))
    await house.tell(["nam"], "tin")
    await looked(house)
    house.new_delivery()
    house.now += timedelta(seconds=40)
    await house.delivery.remember_silence()
    assert channel.hushed == []


async def test_what_may_not_leave_yet_is_not_taken(house: House) -> None:
    paced(house, places=1)
    await house.tell(["nam", "hung"], "tin")
    await looked(house)
    await looked(house)
    assert sorted(await house.states()) == ["queued", "sent"]


async def test_an_answer_overtakes_a_broadcast_to_the_last_moment(house: House) -> None:
    channel = paced(house, places=1)
    await house.tell(["nam", "hung", "noi", "tai"], "rộng", priority=2)
    await looked(house)
    await house.answer("hoa", "đáp")
    for _ in range(4):
        channel.places = 1
        await looked(house)
    assert channel.chats()[1] == "hoa"


async def test_while_the_rest_is_spread_answers_go_out(house: House) -> None:
    channel = paced(house)
    channel.answers_only = True
    await house.tell("nam", "tin")
    await house.answer("hung", "đáp")
    await looked(house)
    assert channel.chats() == ["hung"]
    channel.answers_only = False
    await looked(house)
    assert channel.chats() == ["hung", "nam"]


async def test_a_chat_that_rests_holds_up_nobody_and_gets_its_own_in_order(house: House) -> None:
    channel = paced(house)
    channel.resting = {"nam"}
    for text in ("một", "hai"):
        await house.answer("nam", text)
    await house.answer("hung", "đáp")
    await looked(house)
    assert channel.chats() == ["hung"]
    channel.resting.clear()
    await house.delivery.drain()
    assert channel.texts("nam") == ["một", "hai"]


async def test_on_a_quick_link_one_message_is_under_way_at_a_time(house: House) -> None:
    await house.tell(["nam", "hung", "noi", "tai", "hoa", "van"], "tin")
    under_way = []
    send = house.channel.send

    async def counted(chat: str, message: OutgoingMessage) -> Sent:
        under_way.append((await house.states()).count("sending"))
        return await send(chat, message)

    house.channel.send = counted  # type: ignore[method-assign]
    await house.delivery.drain()
    assert len(under_way) == 6
    assert min(under_way) == 1


async def test_what_takes_long_is_not_waited_for(house: House) -> None:
    gate = house.channel.hold("nam")
    await house.answer("nam", "kẹt")
    for who in ("hung", "noi"):
        await house.answer(who, "nhanh")
    draining = asyncio.create_task(house.delivery.drain())
    await house.channel.until_heard("noi")
    assert house.channel.texts("nam") == []
    gate.set()
    assert await draining == 3
