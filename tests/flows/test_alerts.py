"""What the clerks and admins hear of the program itself: late reminders, outages, clocks not to be believed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text, update

from channels.base import OutgoingMessage
from db import Session
from db.models import Outbox, Person
from db.queries.vitals import beats
from domain.rights import Role
from exports.charts import ChartRoom
from handlers.outgoing import Renderers
from scheduler.pulse import BEAT_S, Pulse, Signs
from services import audit, vitals
from tests.flows.house import House, at


@dataclass
class Watched:
    """The small office with its pulse; time passes for both alike."""

    house: House
    passed: float = 1000.0
    polls: dict[str, float | None] = field(default_factory=dict)
    off: timedelta | None = None
    is_confirmed: bool = False

    def __post_init__(self) -> None:
        self.pulse = self.new_pulse()

    def new_pulse(self) -> Pulse:
        """As after a restart."""
        signs = Signs(lambda: self.polls, lambda: None, lambda: self.off, lambda: self.is_confirmed)
        self.pulse = Pulse(
            self.house.database, self.house.office, lambda: self.house.now, lambda: None, signs,
            timedelta(minutes=5), lambda: self.passed,
        )  # fmt: skip
        return self.pulse

    async def passes(self, *, sweeping: bool = True, sending: bool = True, **time: float) -> None:
        """Let time go by, with a beat every 20 s of it (at most 12 beats)."""
        left = timedelta(**time)
        step = max(timedelta(seconds=BEAT_S), left / 12)
        while left > timedelta():
            taken = min(step, left)
            left -= taken
            self.house.now += taken
            self.passed += taken.total_seconds()
            if sweeping:
                await self.house.sweep()
            await self.pulse.beat()
            if sending:
                await self.house.delivery.drain()

    async def has_a_reminder_due(self) -> None:
        """It is Friday, 1 March, 7:20, and an officer is to be reminded at half past."""
        self.house.now = at("29/02")
        await self.house.direct(last_day=at("01/03").date(), issued=at("20/02"))
        self.house.now = at("01/03", "07:20")

    def told(self, who: str = "van") -> list[str]:
        """What somebody was told of the program, by the first words."""
        words = (
            "Nhắc việc đang bị trễ",
            "Đã hết trễ",
            "Có thể thiếu tin",
            "Đồng hồ máy chủ sai",
            "Có việc được ghi sai",
        )
        texts = self.house.channel.texts(who)
        return [next(w for w in words if w in t) for t in texts if any(w in t for w in words)]


@pytest.fixture
async def watched(house: House) -> AsyncIterator[Watched]:
    async with house.database.write() as session:
        session.add(person := Person(key="an", name="an", unit_id=house.units["van-phong"], role=Role.ADMIN))
        await session.flush()
        house.people["an"] = person.id
        await house.link("an", session=session)
    renderers = Renderers(house.office, ChartRoom())
    plain = house.words

    async def words(session: Session, row: Outbox, now: datetime) -> OutgoingMessage | None:
        return await (renderers.render if row.kind == vitals.VITALS else plain)(session, row, now)

    house.words = words  # type: ignore[method-assign]
    house.new_delivery()
    yield Watched(house)
    renderers.close()


# --- lateness ---


async def test_late_reminders_are_told_once_and_again_when_it_is_over(watched: Watched) -> None:
    await watched.has_a_reminder_due()
    await watched.passes(minutes=14, sweeping=False)
    assert watched.told() == [], "07:34: not late yet"
    await watched.passes(minutes=30, sweeping=False)
    assert watched.told() == watched.told("an") == ["Nhắc việc đang bị trễ"]
    (said,) = [t for t in watched.house.channel.texts("van") if "trễ" in t]
    assert "từ 07:30 ngày 01/03/2024: 1 việc đến giờ nhắc" in said
    await watched.passes(minutes=2)
    assert watched.told() == watched.told("an") == ["Nhắc việc đang bị trễ", "Đã hết trễ"]
    await watched.passes(hours=1)
    assert len(watched.told()) == 2
    assert watched.told("nam") == watched.told("noi") == [], "the office alone"


async def test_a_restart_does_not_tell_it_again(watched: Watched) -> None:
    await watched.has_a_reminder_due()
    watched.house.now = at("01/03", "07:40")
    await watched.passes(minutes=2, sweeping=False)
    watched.new_pulse()
    await watched.passes(minutes=20, sweeping=False)
    assert watched.told() == ["Nhắc việc đang bị trễ"]
    watched.new_pulse()
    await watched.passes(minutes=2)
    assert watched.told() == ["Nhắc việc đang bị trễ", "Đã hết trễ"]


async def test_messages_that_nobody_sends_are_late(watched: Watched) -> None:
    await watched.house.tell("nam", "tin")
    await watched.passes(minutes=7, sending=False)
    assert "vitals" in [row.kind for row in await watched.house.rows()]
    await watched.house.delivery.drain()
    assert watched.told() == [], "it is over before it could be said"


async def test_who_was_not_told_is_not_told_that_it_is_over(watched: Watched) -> None:
    await watched.house.tell("nam", "tin")
    await watched.passes(minutes=7, sending=False)
    await watched.passes(minutes=2)
    assert watched.told() == []
    assert {row.state for row in await watched.house.rows("vitals")} == {"moot"}


async def test_the_night_makes_nothing_late(watched: Watched) -> None:
    await watched.has_a_reminder_due()
    watched.house.now = at("29/02", "20:00")
    await watched.house.tell("nam", "tin")
    await watched.passes(hours=10.4, sweeping=False, sending=False)
    assert await watched.house.rows("vitals") == []
    assert watched.pulse.late_since is None
    await watched.passes(minutes=69, sweeping=False)
    assert watched.house.now == at("01/03", "07:33")
    assert watched.told() == [], "the morning has its five minutes"


async def test_a_day_off_makes_no_reminder_late(watched: Watched) -> None:
    await watched.has_a_reminder_due()
    watched.house.now = at("02/03", "07:00")  # a Saturday
    await watched.passes(hours=5, sweeping=False)
    assert watched.told() == []


async def test_a_long_queue_that_moves_is_not_late(watched: Watched) -> None:
    """35,000 messages at the pace that a platform allows take twenty minutes."""
    for number in range(4):
        await watched.house.tell("nam", f"tin {number}", not_before=None)
    deliveries = 0
    for _ in range(60):
        deliveries += 400
        await _delivered(watched.house, deliveries)
        await watched.passes(seconds=BEAT_S, sending=False)
    assert await watched.house.rows("vitals") == []
    await watched.passes(minutes=2, sending=False)  # it moves no more
    assert len(await watched.house.rows("vitals")) == 2


async def _delivered(house: House, number: int) -> None:
    """So many messages have gone out in all."""
    async with house.database.write() as session:
        await session.execute(
            text(
                "INSERT INTO deliveries (id, outbox_id, channel, chat, message_id, directives, at) "
                f"VALUES ({number}, 1, 'test', 'x', '{number}', '[]', '2024-03-01')"
            )
        )


async def test_an_incident_does_not_end_with_the_day(watched: Watched) -> None:
    await watched.has_a_reminder_due()
    watched.house.now = at("01/03", "19:50")
    await watched.passes(minutes=5, sweeping=False)
    assert watched.told() == ["Nhắc việc đang bị trễ"]
    await watched.passes(hours=61, sweeping=False)  # over the weekend, to Monday 08:55
    assert watched.told() == ["Nhắc việc đang bị trễ"]
    await watched.passes(minutes=2)
    assert watched.told() == ["Nhắc việc đang bị trễ", "Đã hết trễ"]


# --- outages ---


async def test_after_more_than_a_day_without_a_poll_the_office_hears_what_may_be_missing(watched: Watched) -> None:
    watched.polls["test"] = watched.passed
    await watched.pulse.beat()
    await watched.passes(hours=30, sending=False)  # Saturday, 15:00; polls have failed since Friday, 9:00
    watched.polls["test"] = watched.passed
    await watched.passes(minutes=2)
    assert watched.told() == watched.told("an") == ["Có thể thiếu tin"]
    (said,) = watched.house.channel.texts("an")
    assert "từ 09:00 ngày 01/03/2024 đến 15:00 ngày 02/03/2024" in said
    assert "Tin gửi từ 09:00 ngày 01/03/2024 đến 15:00 ngày 01/03/2024 có thể đã mất" in said
    watched.polls["test"] = watched.passed
    await watched.passes(hours=1)
    assert len(watched.told()) == 1


async def test_an_outage_is_seen_across_a_restart(watched: Watched) -> None:
    watched.polls["test"] = watched.passed
    await watched.pulse.beat()
    watched.house.now = at("04/03", "08:00")
    watched.passed, watched.polls = 5.0, {"test": None}  # another machine, just started
    watched.new_pulse()
    await watched.passes(minutes=1)
    assert watched.told() == []
    watched.polls["test"] = watched.passed
    await watched.passes(minutes=1)
    assert watched.told() == ["Có thể thiếu tin"]


@pytest.mark.parametrize("hours", [1, 23])
async def test_what_the_platform_keeps_is_not_missing(watched: Watched, hours: int) -> None:
    watched.polls["test"] = watched.passed
    await watched.pulse.beat()
    await watched.passes(hours=hours, sending=False)
    watched.polls["test"] = watched.passed
    await watched.passes(hours=8)
    assert watched.told() == []


# --- the clock ---


async def test_a_clock_that_was_moved_is_told_once(watched: Watched) -> None:
    watched.off = timedelta(days=366)
    await watched.passes(minutes=5)
    assert watched.told() == ["Đồng hồ máy chủ sai"]
    (said,) = watched.house.channel.texts("van")
    assert "đang chỉ 09:00 ngày 02/03/2025, trong khi giờ đúng là 09:00 ngày 01/03/2024" in said
    watched.off = None
    await watched.passes(minutes=5)
    assert len(watched.told()) == 1


async def _act_recorded(house: House, moment: datetime) -> None:
    async with house.database.write() as session:
        clerk = await session.get_one(Person, house.people["van"])
        await audit.record(session, "issue", now=moment, actor=clerk)


async def test_an_act_recorded_a_year_ahead_does_not_silence_a_confirmed_clock(watched: Watched) -> None:
    house = watched.house
    await watched.has_a_reminder_due()
    house.now = at("01/03")
    await _act_recorded(house, house.now + timedelta(days=365))
    await watched.passes(minutes=10)
    assert house.channel.texts("nam") == [], "it might be this clock that is wrong"
    watched.is_confirmed = True
    await watched.passes(minutes=1)
    assert len(house.channel.texts("nam")) == 1
    await watched.passes(hours=1)
    assert watched.told().count("Có việc được ghi sai") == 1
    assert len(house.channel.texts("nam")) == 1


async def test_an_operator_can_confirm_the_clock(watched: Watched) -> None:
    house = watched.house
    await watched.has_a_reminder_due()
    house.now = at("01/03")
    await _act_recorded(house, house.now + timedelta(days=365))
    async with house.database.write() as session:
        assert await vitals.pardon(session, house.now, "operator") is not None
        assert await vitals.pardon(session, house.now, "operator") is None
    await watched.passes(minutes=1)
    assert len(house.channel.texts("nam")) == 1


async def test_what_is_recorded_ahead_after_that_counts_again(watched: Watched) -> None:
    house = watched.house
    await _act_recorded(house, house.now + timedelta(days=365))
    async with house.database.write() as session:
        await vitals.pardon(session, house.now, "operator")
    await _act_recorded(house, house.now + timedelta(days=2))
    async with house.database.read() as session:
        assert await vitals.ahead_of(session, house.now) == house.now + timedelta(days=2)


async def test_tries_that_a_wrong_clock_put_off_are_not_waited_for(watched: Watched) -> None:
    house = watched.house
    await house.tell("nam", "tin")
    async with house.database.write() as session:
        far = house.now + timedelta(days=365)
        await session.execute(update(Outbox).values(attempts=1, not_before=far))
    await _act_recorded(house, house.now + timedelta(days=365))
    watched.is_confirmed = True
    await watched.passes(minutes=1)
    assert len(house.channel.texts("nam")) == 1


# --- signs of life ---


async def test_signs_of_life_are_rows(watched: Watched) -> None:
    watched.polls["test"] = watched.passed
    began = watched.house.now
    await watched.passes(minutes=3)
    async with watched.house.database.read() as session:
        signs = await beats(session)
    assert signs["poll:test"].at == began
    assert signs["started"].at > began


async def test_a_database_that_cannot_be_written_does_not_end_the_pulse(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    async with watched.house.database.write() as session:
        await session.execute(text("ALTER TABLE heartbeats RENAME TO gone"))
    await watched.passes(minutes=1, sweeping=False, sending=False)
    assert {r.action for r in caplog.records if r.levelname == "ERROR"} == {"pulse_failed"}  # type: ignore[attr-defined]
    async with watched.house.database.write() as session:
        await session.execute(text("ALTER TABLE gone RENAME TO heartbeats"))
    await watched.pulse.beat()
    async with watched.house.database.read() as session:
        assert "started" in await beats(session)
