"""The bot was away over the morning, and somebody reports before it has looked at what was due meanwhile.

Who has just reported is not reminded of that. What the head, the office or who decides were to hear that morning they
hear all the same: a report from below takes nothing away from them.
"""

from __future__ import annotations

from datetime import timedelta

from domain.lifecycle import State
from tests.dialogs.test_morning import TODAY, give, local, newest, shown
from tests.talk import Talk

YESTERDAY = TODAY - timedelta(days=1)
THREE_DAYS_LATE = TODAY - timedelta(days=3)  # Monday: three working days


async def away_until(talk: Talk, clock: str = "10:00") -> None:
    """Nothing runs until then: no reminder is said at its hour."""
    talk.clock.forward_to(local(TODAY, clock))


async def looks(talk: Talk) -> None:
    """The first look at what is due since the outage, and the second one."""
    for _ in range(2):
        await talk.app.ticks.tick()
        await talk.app.settle()


def reminders(talk: Talk, who: str) -> list[list[int]]:
    return [shown(m) for m in talk.from_bot(who) if "việc cần chú ý" in m.text]


async def test_the_head_hears_of_what_is_overdue_although_the_officer_has_just_reported(talk: Talk) -> None:
    (number,) = await give(talk, "nam", [YESTERDAY])
    await away_until(talk)
    await talk.says("nam", f"#{number} được 40%")
    await looks(talk)
    talk.hears("noi", "nhắc trễ, lẽ ra lúc 07:30", "Quá hạn (1)", f"#{number}")
    assert reminders(talk, "nam") == []


async def test_what_others_have_not_reported_comes_in_the_same_message(talk: Talk) -> None:
    reported, silent = await give(talk, "nam", [YESTERDAY, YESTERDAY])
    await away_until(talk)
    await talk.says("nam", f"#{reported} được 40%")
    await looks(talk)
    assert sorted(shown(newest(talk, "noi"))) == [reported, silent]
    assert len(reminders(talk, "noi")) == 1
    assert reminders(talk, "nam") == [[silent]]


async def test_two_reports_on_it_are_one_mention(talk: Talk) -> None:
    (number,) = await give(talk, "nam", [YESTERDAY])
    await away_until(talk)
    await talk.says("nam", f"#{number} được 40%")
    await talk.says("nam", f"#{number} được 50%")
    await looks(talk)
    assert reminders(talk, "noi") == [[number]]


async def test_the_office_hears_of_what_is_overdue_for_days(talk: Talk) -> None:
    (number,) = await give(talk, "nam", [THREE_DAYS_LATE])
    await away_until(talk)
    await talk.says("nam", f"#{number} được 40%")
    await looks(talk)
    assert reminders(talk, "van") == [[number]]


async def test_what_was_acknowledged_late_is_still_overdue_for_the_head(talk: Talk) -> None:
    (number,) = await give(talk, "nam", [YESTERDAY], state=State.ISSUED, contact_id=None)
    await away_until(talk)
    await talk.says("nam", f"#{number} đã nhận")
    await looks(talk)
    assert reminders(talk, "noi") == [[number]]


async def test_what_is_done_meanwhile_is_overdue_for_nobody(talk: Talk) -> None:
    (number,) = await give(talk, "nam", [YESTERDAY])
    await away_until(talk)
    await talk.says("nam", f"#{number} được 90%")
    await talk.says("nam", f"#{number} xong")
    await talk.presses("nam", "Đúng")
    await looks(talk)
    talk.hears("nam", "Đã gửi duyệt")
    assert reminders(talk, "noi") == []


async def test_who_owes_a_decision_is_asked_although_the_officer_has_just_reported(talk: Talk) -> None:
    (number,) = await give(talk, "nam", [TODAY + timedelta(days=8)])
    await talk.says("nam", f"#{number} xin gia hạn đến 29/02/2024 vì chờ số liệu của xã")
    await talk.presses("nam", "Đúng")
    await away_until(talk)
    await talk.says("nam", f"#{number} được 40%")
    await looks(talk)
    assert [reminders(talk, who) for who in ("van", "nam")] == [[[number]], []]


async def test_a_head_who_reports_is_not_told_what_was_just_said(talk: Talk) -> None:
    (number,) = await give(talk, "nam", [YESTERDAY])
    await away_until(talk)
    await talk.says("noi", f"#{number} được 40%")
    await looks(talk)
    assert reminders(talk, "noi") == []


async def test_what_is_not_overdue_yet_was_for_the_officer_alone(talk: Talk) -> None:
    (number,) = await give(talk, "nam", [TODAY])
    await away_until(talk)
    await talk.says("nam", f"#{number} được 40%")
    await looks(talk)
    assert (reminders(talk, "nam"), reminders(talk, "noi")) == ([], [])


async def test_at_night_the_head_is_left_alone_until_the_next_morning(talk: Talk) -> None:
    (number,) = await give(talk, "nam", [YESTERDAY])
    await away_until(talk, "21:00")
    await talk.says("nam", f"#{number} được 40%")
    await looks(talk)
    assert reminders(talk, "noi") == []
    await talk.until(local(TODAY + timedelta(days=1)))
    assert reminders(talk, "noi") == [[number]]


async def test_after_the_morning_a_report_tells_nobody_above_again(talk: Talk) -> None:
    (number,) = await give(talk, "nam", [YESTERDAY])
    await talk.until(local(TODAY))
    await talk.says("nam", f"#{number} được 40%")
    await looks(talk)
    assert reminders(talk, "noi") == [[number]]
