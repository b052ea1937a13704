"""The message of the morning as a person reads it: one, the most urgent first, its pages turned in place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from channels.base import visible
from channels.web.store import Message
from db.models import Directive, Outbox
from domain.calendar import OFFICE_ZONE
from domain.lifecycle import State
from services import office
from services.reminders import PRESSING, set_next_mention
from tests.talk import Talk

TODAY = date(2024, 2, 1)  # a Thursday
NUMBER = re.compile(r"^#(\d+) ", re.M)


def local(day: date, clock: str = "07:30") -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), OFFICE_ZONE)


async def give(talk: Talk, unit: str, last_days: Sequence[date | None], **facts: Any) -> list[int]:
    """Directives of a unit that were issued a month ago, in hand since."""
    async with talk.app.database.write() as session:
        known = {p.key: p for p in await office.active_people(session)}
        issued = talk.now - timedelta(days=30)
        rows = [
            Directive(**{
                "text": f"Việc thứ {n}", "lead_unit_id": known[unit].unit_id, "state": State.IN_PROGRESS,
                "last_day": day, "first_last_day": day, "issued_at": issued, "assigned_at": issued,
                "made_by": known["van"].id, "made_at": issued, "contact_id": known[unit].id, **facts,
            })
            for n, day in enumerate(last_days, 1)
        ]  # fmt: skip
        for row in rows:
            set_next_mention(row, talk.now, talk.app.office)
        session.add_all(rows)
        await session.flush()
        return [row.id for row in rows]


async def say(talk: Talk, who: str, kind: str, ids: list[int], **facts: Any) -> None:
    """Something queued for a person, as a sweep does it."""
    async with talk.app.database.write() as session:
        person = next(p for p in await office.active_people(session) if p.key == who)
        session.add(Outbox(kind=kind, person_id=person.id, directives=ids, priority=1, created_at=talk.now, **facts))
    await talk.app.settle()


def labels(message: Message) -> list[str]:
    return [button.label for row in message.buttons for button in row]


def shown(message: Message) -> list[int]:
    return [int(n) for n in NUMBER.findall(visible(message.text))]


def newest(talk: Talk, who: str) -> Message:
    """The message of the morning as it stands now."""
    return next(m for m in reversed(talk.from_bot(who)) if "việc cần chú ý" in m.text)


async def turned(talk: Talk, who: str) -> list[list[int]]:
    """What each page shows, turned to the end."""
    pages = [shown(newest(talk, who))]
    while more := [label for label in labels(newest(talk, who)) if label.startswith("Xem tiếp")]:
        await talk.presses(who, more[0])
        pages.append(shown(newest(talk, who)))
    return pages


async def test_the_most_urgent_comes_first_and_the_longest_overdue_before_the_rest(talk: Talk) -> None:
    ids = await give(talk, "nam", [TODAY + timedelta(days=d) for d in (3, 0, -1, -15, 7)])
    await talk.until(local(TODAY))
    message = newest(talk, "nam")
    assert shown(message) == [ids[n] for n in (3, 2, 1, 0, 4)]
    text = visible(message.text)
    assert text.index("Quá hạn (2)") < text.index("Đến hạn hôm nay (1)") < text.index("Sắp đến hạn (2)")


async def test_a_long_morning_is_one_message_with_pages(talk: Talk) -> None:
    await give(talk, "nam", [TODAY] * 23)
    await talk.until(local(TODAY))
    before = len(talk.from_bot("nam"))
    message = talk.hears("nam", "23 việc cần chú ý", "trang 1/3", "Đến hạn hôm nay (23)")
    assert [b.label for b in message.buttons[2]] == ["Xem tiếp (13)"]
    await talk.presses("nam", "Xem tiếp (13)")
    assert len(talk.from_bot("nam")) == before
    talk.hears("nam", "trang 2/3", "Đến hạn hôm nay (23) tiếp theo")
    await talk.presses("nam", "Xem tiếp (3)")
    assert [b.label for b in talk.last("nam").buttons[1]] == ["‹ Trước"]
    await talk.presses("nam", "‹ Trước")
    talk.hears("nam", "trang 2/3")


@pytest.mark.parametrize("count", [1, 2, 9, 10, 11, 20, 21, 37])
async def test_turning_the_pages_shows_every_directive_exactly_once(talk: Talk, count: int) -> None:
    due = [TODAY + timedelta(days=(0, -1, 3, -15, 7, 1)[n % 6]) for n in range(count)]
    ids = await give(talk, "nam", due)
    await talk.until(local(TODAY))
    pages = await turned(talk, "nam")
    assert sorted(n for page in pages for n in page) == ids
    assert [len(page) for page in pages] == [min(10, count - start) for start in range(0, count, 10)]


async def test_each_page_has_the_buttons_of_its_own_directives(talk: Talk) -> None:
    await give(talk, "nam", [TODAY] * 13)
    await talk.until(local(TODAY))
    for _ in range(2):
        message = newest(talk, "nam")
        assert [label for label in labels(message) if label.startswith("#")] == [f"#{n}" for n in shown(message)]
        if "Xem tiếp (3)" in labels(message):
            await talk.presses("nam", "Xem tiếp (3)")


async def test_how_often_one_was_reminded_stands_beside_it(talk: Talk) -> None:
    await give(talk, "nam", [TODAY, TODAY], reminders=2)
    await talk.until(local(TODAY))
    assert visible(talk.last("nam").text).count("lần nhắc thứ 3") == 2


async def test_new_ones_can_be_acknowledged_all_at_once(talk: Talk) -> None:
    await give(talk, "nam", [TODAY] * 12, state=State.ISSUED, contact_id=None)
    await talk.until(local(TODAY))
    await talk.presses("nam", "Đã nhận tất cả")
    talk.hears("nam", "12")


async def test_what_was_reported_meanwhile_is_gone_from_the_next_page(talk: Talk) -> None:
    ids = await give(talk, "nam", [TODAY] * 12)
    await talk.until(local(TODAY))
    await talk.says("nam", f"#{ids[11]} đã xong")
    await talk.presses("nam", "Đúng")
    await talk.presses("nam", "Xem tiếp (2)")
    assert shown(newest(talk, "nam")) == [ids[10]]


async def test_pages_of_a_message_are_for_its_person_alone(talk: Talk) -> None:
    await give(talk, "nam", [TODAY] * 12)
    await talk.until(local(TODAY))
    button = next(b for row in talk.last("nam").buttons for b in row if b.label == "Xem tiếp (2)")
    await talk.forges("tai", button.data)
    talk.hears("tai", "Nút này đã cũ")


# --- which one? ---


async def test_an_answer_to_a_long_morning_is_asked_which_with_all_of_it_page_by_page(talk: Talk) -> None:
    other = await give(talk, "nam", [date(2024, 6, 1)])
    ids = await give(talk, "nam", [TODAY, TODAY - timedelta(days=1)] * 6)
    await talk.until(local(TODAY))
    await talk.says("nam", "đang làm, được 40%", reply_to=newest(talk, "nam"))
    talk.hears("nam", "việc nào")
    urgent_first = [f"#{n}" for n in (*ids[1::2], *ids[::2])]
    first = [label.split()[0] for label in labels(talk.last("nam")) if label.startswith("#")]
    assert first == urgent_first[:10]
    await talk.presses("nam", "Xem tiếp (2)")
    second = [label.split()[0] for label in labels(talk.last("nam")) if label.startswith("#")]
    assert second == urgent_first[10:]
    assert f"#{other[0]}" not in first + second
    await talk.presses("nam", f"#{ids[10]} Việc thứ 11")
    talk.hears("nam", f"#{ids[10]}: đã ghi đang thực hiện, đạt 40%")


async def test_an_answer_after_turning_the_page_may_mean_one_of_the_first(talk: Talk) -> None:
    ids = await give(talk, "nam", [TODAY] * 12)
    await talk.until(local(TODAY))
    await talk.presses("nam", "Xem tiếp (2)")
    await talk.says("nam", f"#{ids[0]} được 70%", reply_to=newest(talk, "nam"))
    talk.hears("nam", f"#{ids[0]}: đã ghi", "70%")


# --- the office ---


async def test_the_office_reads_of_other_units_under_headings_of_their_own(talk: Talk) -> None:
    late = await give(talk, "nam", [TODAY - timedelta(days=15)])
    alone = await give(talk, "minh", [TODAY])
    talk.clock.forward_to(local(TODAY))
    await say(
        talk, "van", "reminder", [*late, *alone], key="reminder:van:2024-02-01",
        payload={"escalated": late, "unheard": alone},
    )  # fmt: skip
    message = talk.hears(
        "van", "2 việc cần chú ý", "Quá hạn từ 3 ngày làm việc, cần văn phòng can thiệp (1)", "Phòng Nội vụ · hạn",
        "Không có người nhận (1)", "UBND xã Bình Minh · hạn", "/gioithieu",
    )  # fmt: skip
    assert shown(message) == [*late, *alone]
    assert "Đã nhận tất cả" not in labels(message)


async def test_what_moved_to_another_unit_is_not_said_to_the_former_one(talk: Talk) -> None:
    ids = await give(talk, "tai", [TODAY])
    await say(talk, "nam", "reminder", ids, key="reminder:nam:2024-01-31", payload={"own": ids})
    assert talk.from_bot("nam") == []


# --- what cannot wait ---


async def test_two_hours_before_its_hour_a_short_message_says_so(talk: Talk) -> None:
    ids = await give(talk, "nam", [TODAY], deadline_time=time(16, 30))
    await talk.until(local(TODAY, "14:30"))
    message = talk.hears("nam", f"Còn 2 giờ: #{ids[0]} Việc thứ 1", "trước 16:30 ngày 01/02/2024")
    assert "Báo cáo" in labels(message)


async def test_several_at_one_hour_are_one_message(talk: Talk) -> None:
    ids = await give(talk, "nam", [TODAY] * 3, deadline_time=time(16, 30))
    await talk.until(local(TODAY, "14:30"))
    message = talk.hears("nam", "Còn 2 giờ: 3 việc")
    assert shown(message) == ids


async def test_what_is_urgent_says_so_at_any_hour(talk: Talk) -> None:
    ids = await give(talk, "nam", [date(2024, 1, 31)], urgency="express")
    await say(talk, "nam", PRESSING, ids, payload={"why": "last_day"})
    talk.hears("nam", f"Việc hoả tốc, đến hạn hôm nay: #{ids[0]}")
