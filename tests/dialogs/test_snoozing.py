"""Being reminded again this afternoon or tomorrow: asked for by a button, said once, seen in the history."""

from __future__ import annotations

from datetime import date, time, timedelta

from sqlalchemy import func, select

from channels.base import visible
from channels.web.store import Message
from db.models import Person, Snooze, Transition
from services import life, office
from tests.dialogs.test_morning import TODAY, give, labels, local, newest, say, shown
from tests.talk import Talk

AFTERNOON, TOMORROW, ALL = "Nhắc lại chiều nay", "Nhắc lại mai", "Nhắc lại tất cả chiều nay"
NEXT_WEEK = TODAY + timedelta(days=7)


async def count(talk: Talk, table: type[Snooze] | type[Transition] = Snooze) -> int:
    async with talk.app.database.read() as session:
        query = select(func.count()).select_from(table)
        if table is Transition:
            query = query.where(Transition.event == "snooze")
        return await session.scalar(query) or 0


async def wakes(talk: Talk, day: date = TODAY, clock: str = "14:00") -> None:
    """The sweep of a moment."""
    talk.clock.forward_to(local(day, clock))
    await talk.app.ticks.tick()
    await talk.app.settle()


def said_again(talk: Talk, who: str = "nam") -> list[Message]:
    return [m for m in talk.from_bot(who) if "Anh/chị hẹn nhắc lại" in m.text]


async def test_one_is_said_again_this_afternoon(talk: Talk) -> None:
    (number,) = await give(talk, "nam", [TODAY])
    await talk.until(local(TODAY))
    await talk.presses("nam", AFTERNOON)
    talk.hears("nam", f"Sẽ nhắc lại #{number} lúc 14:00 chiều nay")
    await wakes(talk, clock="13:59")
    assert said_again(talk) == []
    await wakes(talk)
    message = talk.hears("nam", f"Anh/chị hẹn nhắc lại: #{number} Việc thứ 1", "hạn cuối hôm nay")
    assert "Báo cáo" in labels(message)
    assert AFTERNOON not in labels(message)
    await wakes(talk, clock="15:00")
    assert len(said_again(talk)) == 1


async def test_asked_twice_is_said_once_and_stands_once_in_the_history(talk: Talk) -> None:
    (number,) = await give(talk, "nam", [TODAY])
    await talk.until(local(TODAY))
    message = newest(talk, "nam")
    await talk.presses("nam", AFTERNOON, under=message)
    await talk.presses("nam", AFTERNOON, under=message)
    assert await count(talk) == await count(talk, Transition) == 1
    await wakes(talk)
    assert len(said_again(talk)) == 1
    await talk.says("van", f"/status #{number}")
    talk.hears("van", "Thứ Năm, 01/02/2024", "07:30 Hẹn nhắc lại 14:00", "Phạm Văn Nam")


async def test_several_put_off_one_by_one_come_in_one_message(talk: Talk) -> None:
    ids = await give(talk, "nam", [TODAY, TODAY, NEXT_WEEK])
    await talk.until(local(TODAY))
    for number in ids[:2]:
        await talk.presses("nam", f"#{number}")
        await talk.presses("nam", AFTERNOON, under=talk.last("nam"))
    await wakes(talk)
    (message,) = said_again(talk)
    assert shown(message) == ids[:2]


async def test_all_of_a_long_morning_is_put_off_with_one_press(talk: Talk) -> None:
    ids = await give(talk, "nam", [TODAY] * 12)
    await talk.until(local(TODAY))
    await talk.presses("nam", ALL)
    talk.hears("nam", "Sẽ nhắc lại 12 việc lúc 14:00 chiều nay, trong một tin")
    await wakes(talk)
    (message,) = said_again(talk)
    assert "12 việc · trang 1/2" in visible(message.text)
    await talk.presses("nam", "Xem tiếp (2)", under=message)
    assert sorted(shown(message) + shown(said_again(talk)[0])) == ids


async def test_of_all_those_that_end_before_the_afternoon_are_named_and_left(talk: Talk) -> None:
    (soon,) = await give(talk, "nam", [TODAY], deadline_time=time(11, 0))
    (other,) = await give(talk, "nam", [TODAY])
    await talk.until(local(TODAY))
    await talk.presses("nam", ALL, under=newest(talk, "nam"))
    talk.hears("nam", f"Sẽ nhắc lại #{other} lúc 14:00", f"Không hẹn được #{soon}: đến lúc đó đã hết hạn")


async def test_tomorrow_is_the_next_working_morning_in_the_message_of_that_day(talk: Talk) -> None:
    friday, monday = date(2024, 2, 2), date(2024, 2, 5)
    (number,) = await give(talk, "nam", [date(2024, 2, 9)])
    await give(talk, "nam", [date(2024, 2, 6)])
    await talk.until(local(friday))
    await talk.presses("nam", f"#{number}")
    await talk.presses("nam", TOMORROW)
    talk.hears("nam", f"Sẽ nhắc lại #{number} lúc 07:30 Thứ Hai 05/02")
    await talk.until(local(monday))
    assert number in shown(newest(talk, "nam"))
    assert [m.id for m in said_again(talk)] == [newest(talk, "nam").id], "a part of the morning's message"
    await wakes(talk, monday, "14:00")
    assert sum(number in shown(m) for m in talk.from_bot("nam") if "Thứ Hai 05/02" in m.text) == 1


async def test_the_last_day_cannot_be_put_off_to_tomorrow(talk: Talk) -> None:
    (number,) = await give(talk, "nam", [TODAY])
    await talk.until(local(TODAY))
    assert TOMORROW not in labels(talk.last("nam"))
    async with talk.app.database.read() as session:
        code = (await life.by_number(session, number, await _person(talk, "nam"))).code
    await talk.forges("nam", f"sn:{code}:tomorrow")
    talk.hears("nam", "đã hết hạn (hết ngày 01/02/2024)", "Xin gia hạn")
    assert await count(talk) == 0


async def _person(talk: Talk, key: str) -> Person:
    async with talk.app.database.read() as session:
        return next(p for p in await office.active_people(session) if p.key == key)


async def test_what_is_overdue_can_wait_for_the_afternoon_only(talk: Talk) -> None:
    await give(talk, "nam", [TODAY - timedelta(days=1)])
    await talk.until(local(TODAY))
    assert AFTERNOON in labels(talk.last("nam"))
    assert TOMORROW not in labels(talk.last("nam"))


async def test_a_button_pressed_after_the_afternoon_has_begun_is_refused(talk: Talk) -> None:
    await give(talk, "nam", [NEXT_WEEK])
    await talk.until(local(TODAY))
    await wakes(talk, clock="14:00")
    await talk.presses("nam", AFTERNOON)
    talk.hears("nam", "trước 14:00 của ngày làm việc", TOMORROW)
    assert await count(talk) == 0


async def test_what_is_done_or_moved_by_then_is_not_said_again(talk: Talk) -> None:
    done, moved = await give(talk, "nam", [TODAY, TODAY])
    await talk.until(local(TODAY))
    await talk.presses("nam", ALL)
    await talk.says("nam", f"#{done} đã xong")
    await talk.presses("nam", "Đúng")
    await talk.says("van", f"/status #{moved}")
    for button in (f"#{moved}", "Khác…", "Chuyển đơn vị"):
        await talk.presses("van", button)
    await talk.says("van", "Phòng Tài chính - Kế hoạch")
    await wakes(talk)
    assert said_again(talk) == []


async def test_the_ladder_goes_on_beside_it(talk: Talk) -> None:
    (number,) = await give(talk, "nam", [TODAY + timedelta(days=1)])
    await talk.until(local(TODAY))
    await talk.presses("nam", AFTERNOON)
    await wakes(talk)
    await talk.until(local(TODAY + timedelta(days=1)))
    talk.hears("nam", "Đến hạn hôm nay (1)", f"#{number}", "lần nhắc thứ 2")


async def test_a_clerk_puts_off_what_the_office_is_told_of(talk: Talk) -> None:
    late = await give(talk, "nam", [TODAY - timedelta(days=15)] * 2)
    talk.clock.forward_to(local(TODAY))
    await say(talk, "van", "reminder", late, key="reminder:van:2024-02-01", payload={"escalated": late})
    await talk.presses("van", ALL)
    await wakes(talk)
    assert shown(said_again(talk, "van")[0]) == late


async def test_nobody_puts_off_what_is_not_theirs_to_see(talk: Talk) -> None:
    await give(talk, "nam", [TODAY])
    await talk.until(local(TODAY))
    button = next(b for row in talk.last("nam").buttons for b in row if b.label == AFTERNOON)
    await talk.forges("tai", button.data)
    talk.hears("tai", "Việc này không còn")
    assert await count(talk) == 0


# --- in words ---


async def test_in_words_under_the_reminder(talk: Talk) -> None:
    (number,) = await give(talk, "nam", [TODAY])
    await talk.until(local(TODAY))
    await talk.says("nam", "Dạ, chiều nay nhắc lại giúp em nhé", reply_to=newest(talk, "nam"))
    talk.hears("nam", f"Sẽ nhắc lại #{number} lúc")
    assert await count(talk) == await count(talk, Transition) == 1


async def test_in_words_under_a_message_of_several(talk: Talk) -> None:
    await give(talk, "nam", [TODAY, NEXT_WEEK])
    await talk.until(local(TODAY))
    await talk.says("nam", "chiều nay nhắc lại", reply_to=newest(talk, "nam"))
    talk.hears("nam", "Sẽ nhắc lại")
    assert await count(talk) >= 1


async def test_the_same_words_under_nothing_ask_for_nothing(talk: Talk) -> None:
    await give(talk, "nam", [TODAY])
    await talk.says("nam", "mai nhắc lại")
    assert await count(talk) == 0


async def test_in_words_what_is_overdue_is_not_put_off(talk: Talk) -> None:
    await give(talk, "nam", [TODAY])
    await talk.until(local(TODAY + timedelta(days=1)))
    await talk.says("nam", "mai nhắc lại", reply_to=newest(talk, "nam"))
    assert await count(talk) == 0
