"""A leader's digest: what stands in it, what has changed since the last one, when it comes, and when it is silent."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from channels.base import Capabilities, OutgoingMessage, parts, visible
from db import Session
from db.models import Directive, Explanation, Extension, Obstacle, Outbox, Person, Transition
from domain.calendar import OFFICE_ZONE, OfficeCalendar
from domain.digests import Changes, Part
from domain.figures import Period, UnitFigures
from domain.ladder import Rhythm
from domain.lifecycle import OPEN, State
from domain.office import Office
from handlers.digest import digest
from services import audit, digest_facts, figures
from tests.dialogs.leaders import NOW, OFFICE, TODAY, PhoneOf, PlainRoom, extension
from tests.figures_office import Cast, at, block, days, give, record, retell
from tests.talk import Talk

FRIDAY = date(2024, 3, 8)


async def _digest(session: Session, person: Person, now: datetime = NOW) -> OutgoingMessage:
    message = await digest(session, person, now, OFFICE, PlainRoom())
    assert message is not None
    return message


async def test_a_chairmans_morning(session: Session, cast: Cast, busy: None) -> None:
    approved = await give(
        session, cast, "y tế", TODAY, text="Mua máy thở", state=State.COMPLETED, submitted=date(2024, 2, 1)
    )
    await record(session, approved, "approve", at(date(2024, 2, 2), 16), cast.people["hoa"])
    message = await _digest(session, cast.people["hoa"])
    assert visible(message.text) == "\n".join(
        [
            "Bản tin sáng Thứ Hai, 05/02/2024",
            "Toàn cơ quan: 11 nhiệm vụ, 3 hoàn thành (27,3 %), 8 chưa xong (3 quá hạn).",
            "Đây là bản tin đầu tiên; từ bản sau sẽ có phần thay đổi so với bản trước.",
            "",
            "Trễ từ 5 ngày làm việc: 2",
            "#9 Phòng Quản lý đất đai, trễ 21 ngày: Thu hồi đất",
            "#3 Phòng Nội vụ, trễ 10 ngày: Rà soát biên chế năm 2024",
            "",
            "Quá hạn khác: 1",
            "Phòng Y tế: #6 trễ 3 ngày",
            "",
            "Đến hạn tuần này: 2",
            "#4 Phòng Nội vụ, thứ Tư 07/02: Báo cáo cải cách hành chính",
            "#10 UBND xã An Bình, thứ Sáu 09/02: Ra quân vệ sinh môi trường",
            "",
            "Chờ duyệt: 1",
            "#8 Phòng Tài chính - Kế hoạch: Quyết toán dự án, chờ 3 ngày làm việc",
            "",
            "Khó khăn, đề xuất: 1 (1 chưa trả lời)",
            "#6 Phòng Y tế: thiếu vắc xin, 6 ngày",
            "",
            "Mới hoàn thành: 1",
            "#12 Phòng Y tế: Mua máy thở",
        ]
    )


async def test_every_directive_of_the_digest_has_its_button(session: Session, cast: Cast, busy: None) -> None:
    message = await _digest(session, cast.people["hoa"])
    labels = {b.label for row in message.buttons for b in row}
    assert set(re.findall(r"#\d+", message.text)) <= labels
    assert {"Quá hạn (3)", "Tuần này (2)", "Chờ duyệt (1)", "Khó khăn, đề xuất (1)", "Trả lời #6", "Tổng hợp"} <= labels


async def test_the_digests_lists_open_in_a_new_message(
    session: Session, cast: Cast, busy: None, phone_of: PhoneOf
) -> None:
    message = await _digest(session, cast.people["hoa"])
    phone = phone_of("hoa")
    phone.last = [message]
    assert (await phone.presses("Quá hạn")).startswith("Việc quá hạn: 3")
    assert phone.last[0].replaces is None


async def test_a_crowded_digest_is_still_one_picture_with_a_caption(session: Session, cast: Cast) -> None:
    for unit in ("nội vụ", "y tế", "tài chính", "đất đai", "an bình"):
        for n in range(9):
            late = await give(session, cast, unit, TODAY - days(n + 1), text="Rà soát quy hoạch, kế hoạch " * 5)
            await block(session, late, "chưa có hướng dẫn của cấp trên về trình tự, thủ tục" * 3, TODAY - days(3))
            await give(session, cast, unit, TODAY + days(n % 4), text="Báo cáo kết quả rà soát " * 5)
    message = await _digest(session, cast.people["hoa"])
    assert len(parts(message, Capabilities())) == 1
    assert "đơn vị khác" in visible(message.text)
    assert "Quá hạn (45)" in [b.label for row in message.buttons for b in row]


async def test_there_is_no_digest_before_anything_was_given(session: Session, cast: Cast) -> None:
    await give(session, cast, "tài chính", TODAY)
    assert await digest(session, cast.people["minh"], NOW, OFFICE, PlainRoom()) is None


async def test_newly_done_is_what_was_approved_since_the_last_digest(
    session: Session, cast: Cast, phone_of: PhoneOf
) -> None:
    for name, when in (("Việc cũ", at(date(2024, 2, 1), 16)), ("Việc mới", at(date(2024, 2, 3), 9))):
        done = await give(session, cast, "y tế", TODAY, text=name, state=State.COMPLETED, submitted=date(2024, 1, 31))
        await record(session, done, "approve", when, cast.people["minh"])
    sent = at(date(2024, 2, 2))
    session.add(Outbox(kind="digest", person_id=cast.people["minh"].id, created_at=sent, sent_at=sent, state="sent"))
    await session.flush()
    message = await _digest(session, cast.people["minh"])
    assert "Việc mới" in message.text
    assert "Việc cũ" not in message.text
    phone = phone_of("minh")
    phone.last = [message]
    opened = await phone.presses("Mới xong (1)")
    assert "Việc mới" in opened
    assert "Việc cũ" not in opened


class _Broken(PlainRoom):
    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self.fault = fault

    async def units_chart(self, rows: Sequence[UnitFigures], title: str, as_of: date) -> bytes:
        raise self.fault


@pytest.mark.parametrize("fault", [TimeoutError(), OSError("no further process"), MemoryError(), ValueError("a bug")])
async def test_a_digest_goes_without_its_picture_rather_than_not_at_all(
    session: Session, cast: Cast, busy: None, caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    message = await digest(session, cast.people["hoa"], NOW, OFFICE, _Broken(fault))
    assert message is not None
    assert message.files == ()
    assert "Quá hạn khác: 1" in visible(message.text)
    assert [getattr(r, "action", None) for r in caplog.records] == ["chart_failed"]


# --- what needs a leader's word ---------------------------------------------------------------------


async def test_each_line_that_needs_a_word_has_its_one_press(session: Session, cast: Cast, busy: None) -> None:
    message = await _digest(session, cast.people["hoa"])
    labels = [b.label for row in message.buttons for b in row]
    assert labels[:2] == ["Yêu cầu giải trình #9", "Yêu cầu giải trình #3"]


async def test_many_of_them_fold_into_a_page(session: Session, cast: Cast) -> None:
    for n in range(12):
        await give(session, cast, "nội vụ", TODAY - days(20 + n), text=f"Việc {n}")
    message = await _digest(session, cast.people["hoa"])
    labels = [b.label for row in message.buttons for b in row]
    assert sum(label.startswith("Yêu cầu giải trình") for label in labels) == 5
    assert "Trễ lâu (12)" in labels
    assert "và 7 mục khác" in visible(message.text)


async def test_what_waits_for_the_leader_needs_no_explanation(session: Session, cast: Cast) -> None:
    late = TODAY - days(30)
    await give(session, cast, "nội vụ", late, state=State.SUBMITTED, submitted=TODAY - days(1))
    await give(session, cast, "nội vụ", late, state=State.DECLINED)
    await give(session, cast, "nội vụ", late, state=State.SUSPENDED)
    text = visible((await _digest(session, cast.people["hoa"])).text)
    assert "Trễ từ" not in text
    assert "Quá hạn: 3" in text


@pytest.mark.parametrize(
    ("missed", "presses"), [(date(2024, 1, 26), 1), (date(2024, 1, 29), 1), (date(2024, 1, 30), 0)]
)
async def test_it_takes_five_working_days(session: Session, cast: Cast, missed: date, presses: int) -> None:
    await give(session, cast, "nội vụ", missed)
    message = await _digest(session, cast.people["hoa"])
    assert sum(b.label.startswith("Yêu cầu") for row in message.buttons for b in row) == presses


async def _explained(session: Session, cast: Cast, directive: Directive, due: date, answered: datetime | None) -> None:
    row = Explanation(
        directive_id=directive.id, unit_id=directive.lead_unit_id or 0, asked_by=cast.people["hoa"].id,
        asked_at=at(due - days(1)), due_day=due, answered_at=answered, closed_at=answered,
    )  # fmt: skip
    session.add(row)
    await session.flush()


async def test_an_explanation_that_was_not_given_stands_in_the_digest(session: Session, cast: Cast) -> None:
    old = await give(session, cast, "nội vụ", TODAY - days(30), text="Rà soát biên chế")
    new = await give(session, cast, "y tế", TODAY - days(1), text="Tiêm chủng")
    for directive in (old, new):
        await _explained(session, cast, directive, date(2024, 2, 2), None)
    message = await _digest(session, cast.people["hoa"])
    text = visible(message.text)
    assert "#1 Phòng Nội vụ, trễ 30 ngày: Rà soát biên chế, chưa giải trình, hạn 02/02" in text
    assert "Giải trình: 1\n#2 Phòng Y tế: chưa trả lời, hạn 02/02" in text
    assert not [b for row in message.buttons for b in row if b.label.startswith("Yêu cầu")]


async def test_one_that_may_still_be_answered_is_waited_for(session: Session, cast: Cast) -> None:
    late = await give(session, cast, "nội vụ", TODAY - days(30))
    await _explained(session, cast, late, TODAY, None)
    text = visible((await _digest(session, cast.people["hoa"])).text)
    assert "chờ giải trình đến 05/02" in text
    assert "Giải trình:" not in text


# --- what has changed -------------------------------------------------------------------------------


async def _had_one(session: Session, person: Person, moment: datetime) -> None:
    session.add(Outbox(kind="digest", person_id=person.id, created_at=moment, sent_at=moment, state="sent"))
    await session.flush()


async def test_the_changes_since_the_last_one_are_a_line(session: Session, cast: Cast, busy: None) -> None:
    hoa = cast.people["hoa"]
    await _had_one(session, hoa, at(date(2024, 2, 2), 7, 30))
    approved = await give(
        session, cast, "tài chính", date(2024, 1, 2), state=State.COMPLETED, submitted=date(2024, 2, 3)
    )
    was = {"before": State.SUBMITTED, "after": State.COMPLETED}
    await record(session, approved, "approve", at(date(2024, 2, 3), 16), hoa, **was)
    await retell(session, approved)
    await give(session, cast, "nội vụ", date(2024, 5, 2), issued=date(2024, 2, 2))
    granted = await give(session, cast, "nội vụ", date(2024, 5, 2))
    await extension(session, cast, granted, "granted")
    rid = await give(session, cast, "nội vụ", date(2024, 5, 2))
    await block(session, rid, "chờ vốn", date(2024, 1, 9), date(2024, 2, 3))
    asked = (await session.scalars(select(Extension))).one()
    asked.decided_at = at(date(2024, 2, 3))
    await record(session, granted, "extension_granted", at(date(2024, 2, 3)), hoa)
    text = visible((await _digest(session, hoa)).text)
    assert text.splitlines()[2] == (
        "Từ bản tin trước (07:30 thứ Sáu 02/02): +1 hoàn thành, +1 quá hạn, +1 giao mới, 1 được gia hạn,"
        " 1 hết vướng mắc; hết quá hạn: Phòng Tài chính - Kế hoạch."
    )


async def test_a_digest_without_changes_says_so(session: Session, cast: Cast, busy: None) -> None:
    await _had_one(session, cast.people["hoa"], at(TODAY, 7, 10))
    assert (
        "Từ bản tin trước (07:10 thứ Hai 05/02): không có thay đổi."
        in (await _digest(session, cast.people["hoa"])).text
    )


async def test_one_that_was_asked_for_counts_as_got(session: Session, cast: Cast, busy: None) -> None:
    hoa = cast.people["hoa"]
    await _had_one(session, hoa, at(date(2024, 2, 2), 7, 30))
    sent = at(date(2024, 2, 3), 9)
    session.add(Outbox(kind="digest_asked", person_id=hoa.id, created_at=sent, sent_at=sent, state="sent"))
    await session.flush()
    assert "Từ bản tin trước (09:00 thứ Bảy 03/02)" in (await _digest(session, hoa)).text


async def test_the_changes_are_the_figures_of_those_days(session: Session, cast: Cast, busy: None) -> None:
    hoa, first = cast.people["hoa"], date(2024, 1, 29)
    moved = await give(session, cast, "y tế", date(2024, 5, 2), issued=date(2024, 1, 30))
    await record(session, moved, "extension_granted", at(date(2024, 2, 3)), hoa)
    await _had_one(session, hoa, at(first, 0) - timedelta(microseconds=1))
    facts = await digest_facts.gather(session, hoa, at(TODAY, 23, 59), OFFICE, Part.MORNING)
    asking = await figures.asking_of(session, hoa, TODAY, OFFICE)
    counted = await figures.movement(session, asking, Period(first, TODAY))
    found = facts.changes
    assert found is not None
    assert (found.done, found.overdue, found.given, found.extended) == (
        counted.done, counted.newly_overdue, counted.given, counted.extended,
    )  # fmt: skip
    assert (counted.newly_overdue, counted.given, counted.extended) == (1, 1, 1)


def _late_at(d: Directive, approved: datetime | None, moment: datetime) -> bool:
    """Whether one is overdue at a moment, told plainly from its row."""
    if (
        d.last_day is None
        or d.issued_at is None
        or d.issued_at > moment
        or State(d.state) not in {*OPEN, State.COMPLETED}
    ):
        return False
    handed_in = d.submitted_at if d.submitted_at and d.submitted_at <= moment else None
    if handed_in and approved and approved <= moment:
        return False
    day = (handed_in or moment).astimezone(OFFICE_ZONE).date()
    return day > d.last_day


def _missed_between(d: Directive, since: datetime, now: datetime) -> bool:
    """Whether one passed its deadline unfinished between two moments, told plainly from its row."""
    if d.last_day is None or State(d.state) not in {*OPEN, State.COMPLETED}:
        return False
    came = d.submitted_at if State(d.state) in {State.SUBMITTED, State.COMPLETED} else None
    is_missed = came is None or came.astimezone(OFFICE_ZONE).date() > d.last_day
    return is_missed and since < at(d.last_day + days(1), 0) <= now


@pytest.mark.parametrize("seed", range(4))
async def test_the_changes_equal_a_plain_recount(session: Session, cast: Cast, seed: int) -> None:
    dice, hoa = random.Random(seed), cast.people["hoa"]
    since, now = at(date(2024, 2, 1), 7, 30), at(TODAY, 7, 30)
    approvals: dict[int, datetime] = {}
    given = []
    for _ in range(120):
        unit, state = dice.choice(["nội vụ", "y tế", "an bình"]), dice.choice([*OPEN, State.COMPLETED, State.CANCELLED])
        handed = TODAY - days(dice.randint(1, 12)) if state in {State.SUBMITTED, State.COMPLETED} else None
        last = None if dice.random() < 0.1 else TODAY + days(dice.randint(-20, 10))
        issued = TODAY - days(dice.randint(13, 40) if handed else dice.randint(1, 40))
        one = await give(session, cast, unit, last, state=state, submitted=handed, issued=issued)
        given.append(one)
        if state is State.COMPLETED and handed:
            approvals[one.id] = min(at(handed + days(dice.randint(0, 3)), 16), at(TODAY, 7))
            was = {"before": State.SUBMITTED, "after": State.COMPLETED}
            await record(session, one, "approve", approvals[one.id], hoa, **was)
            await retell(session, one)
        if dice.random() < 0.3:
            opened = TODAY - days(dice.randint(1, 12))
            await block(session, one, "vướng", opened, dice.choice([None, min(TODAY - days(1), opened + days(3))]))
    await _had_one(session, hoa, since)
    facts = await digest_facts.gather(session, hoa, now, OFFICE, Part.MORNING)
    late = {m: {d.id for d in given if _late_at(d, approvals.get(d.id), m)} for m in (since, now)}
    units = {d.id: d.lead_unit_id for d in given}
    red = {m: {units[i] for i in late[m]} for m in late}
    open_ids = {d.id for d in given if State(d.state) in OPEN}
    obstacles = [o for o in await session.scalars(select(Obstacle)) if o.directive_id in open_ids]
    known = {d.id for d in given if d.issued_at is not None and d.issued_at <= since}
    then = {
        o.directive_id
        for o in obstacles
        if o.directive_id in known and o.opened_at <= since and not (o.closed_at and o.closed_at <= since)
    }
    still = {o.directive_id for o in obstacles if o.closed_at is None}
    counted = {State.CANCELLED, State.DRAFT}
    names = {u.id: u.name for u in cast.units.values()}
    assert facts.changes is not None
    assert replace(facts.changes, greened=()) == Changes(
        since=since,
        done=sum(moment > since for moment in approvals.values()),
        overdue=sum(_missed_between(d, since, now) for d in given),
        given=sum(d.issued_at is not None and d.issued_at > since and State(d.state) not in counted for d in given),
        extended=0,
        blocked=len(still - then),
        cleared=len(then - still),
    )
    assert set(facts.changes.greened) == {names[u] for u in red[since] - red[now] if u}
    assert facts.figures.open_late == len(late[now])
    assert facts.pressing.directives + facts.overdue_count == facts.figures.open_late


# --- the seal ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "closed", "has_seal"),
    [
        (FRIDAY, set(), True),
        (date(2024, 3, 7), set(), False),
        (date(2024, 3, 7), {FRIDAY}, True),
        (date(2024, 2, 7), set(), True),  # Tết begins on Thursday
    ],
)
async def test_the_last_working_day_of_the_week_carries_the_seal(
    session: Session, cast: Cast, day: date, closed: set[date], has_seal: bool
) -> None:
    late = await give(session, cast, "nội vụ", day - days(1))
    await audit.record(session, "issue", now=at(day - days(1)), directive=late, actor=cast.people["mai"])
    office = Office("UBND huyện Mẫu", OfficeCalendar(frozenset(closed)))
    message = await digest(session, cast.people["hoa"], at(day, 7, 30), office, PlainRoom())
    assert message is not None
    head = await audit.head(session)
    seal = f"Mã niêm phong sổ theo dõi: {head.hash[:12]}, 1 dòng. Giữ tin này để đối chiếu khi cần."
    assert (seal in visible(message.text)) == has_seal


# --- nothing to say ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when_empty", "day", "part", "is_said"),
    [
        ("monday", TODAY, Part.MORNING, True),
        ("monday", TODAY, Part.EVENING, False),
        ("monday", date(2024, 2, 6), Part.MORNING, False),
        ("monday", date(2024, 2, 15), Part.MORNING, True),  # the first working day after Tết
        ("monday", FRIDAY, Part.EVENING, False),
        ("never", TODAY, Part.MORNING, False),
        ("never", FRIDAY, Part.MORNING, False),
        ("always", date(2024, 2, 6), Part.EVENING, True),
    ],
)
async def test_an_empty_digest_is_a_line_or_silence(
    session: Session, cast: Cast, when_empty: str, day: date, part: Part, is_said: bool
) -> None:
    await give(session, cast, "nội vụ", TODAY + days(60))
    await _had_one(session, cast.people["minh"], at(day - days(1)))
    office = Office("UBND huyện Mẫu", rhythm=Rhythm(when_empty=when_empty))  # type: ignore[arg-type]
    room = PlainRoom()
    message = await digest(session, cast.people["minh"], at(day, 7, 30), office, room, part)
    assert (message is not None) == is_said
    assert room.asked == []
    if message:
        half = "chiều" if part is Part.EVENING else "sáng"
        assert re.fullmatch(
            rf"Bản tin {half} thứ \w+ \d\d/\d\d: 1 việc chưa xong, không có việc cần lưu ý\.", visible(message.text)
        )


async def test_an_empty_one_on_the_last_working_day_is_a_line_with_the_seal(session: Session, cast: Cast) -> None:
    given = await give(session, cast, "nội vụ", TODAY + days(60))
    await audit.record(session, "issue", now=at(FRIDAY - days(1)), directive=given, actor=cast.people["mai"])
    await _had_one(session, cast.people["minh"], at(FRIDAY - days(1)))
    room = PlainRoom()
    message = await digest(session, cast.people["minh"], at(FRIDAY, 7, 30), Office("UBND huyện Mẫu"), room)
    assert message is not None
    head = await audit.head(session)
    assert visible(message.text).splitlines() == [
        f"Bản tin sáng thứ Sáu {FRIDAY:%d/%m}: 1 việc chưa xong, không có việc cần lưu ý.",
        f"Mã niêm phong sổ theo dõi: {head.hash[:12]}, 1 dòng. Giữ tin này để đối chiếu khi cần.",
    ]
    assert room.asked == []


async def test_who_asks_gets_an_answer_also_where_there_is_nothing(session: Session, cast: Cast) -> None:
    asked = await digest(session, cast.people["hoa"], NOW, OFFICE, PlainRoom(), Part.ASKED)
    assert asked is not None
    assert asked.text == "Chưa có nhiệm vụ nào được giao cho các đơn vị anh/chị phụ trách."
    await give(session, cast, "nội vụ", TODAY + days(60))
    asked = await digest(session, cast.people["hoa"], NOW, OFFICE, PlainRoom(), Part.ASKED)
    assert asked is not None
    assert visible(asked.text).startswith("Bản tin theo yêu cầu, 07:30 thứ Hai, 05/02/2024\nToàn cơ quan: 1 nhiệm vụ")


# --- /bantin ----------------------------------------------------------------------------------------


async def _hours_of(talk: Talk, who: str) -> tuple[time | None, time | None]:
    async with talk.app.database.read() as session:
        person = (await session.scalars(select(Person).where(Person.key == who))).one()
        return person.digest_time, person.evening_time


async def test_a_leader_asks_for_it_and_chooses_the_hours(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Phát hành")
    await talk.says("phuc", "/bantin")
    talk.has_heard("phuc", "Bản tin theo yêu cầu, 08:00 thứ Tư, 31/01/2024")
    hours = talk.has_heard("phuc", "Giờ gửi bản tin", "Sáng: 07:30 (giờ chung của cơ quan)", "Chiều: không gửi")
    assert [[b.label for b in row] for row in hours.buttons] == [
        ["07:00", "07:30", "08:00", "✓ Giờ chung"],
        ["Chiều 16:30", "Chiều 17:00", "✓ Không gửi chiều"],
    ]
    await talk.presses("phuc", "08:00")
    await talk.presses("phuc", "Chiều 16:30")
    talk.has_heard("phuc", "Sáng: 08:00", "Chiều: 16:30")
    assert await _hours_of(talk, "phuc") == (time(8), time(16, 30))
    async with talk.app.database.read() as session:
        moves = list(await session.scalars(select(Transition).where(Transition.event == "digest_time")))
    assert [m.details["after"] for m in moves] == [
        {"morning": "08:00", "evening": None},
        {"morning": "08:00", "evening": "16:30"},
    ]


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("/bantin 7h15", (time(7, 15), None)),
        ("gửi bản tin lúc 7h15", (time(7, 15), None)),
        ("Nhận bản tin lúc 6:45 sáng nhé", (time(6, 45), None)),
        ("/bantin chiều 4h45", (None, time(16, 45))),
        ("bản tin chiều 17 giờ", (None, time(17))),
        ("gui ban tin luc 4 gio chieu", (None, time(16))),
    ],
)
async def test_an_hour_can_be_typed(talk: Talk, words: str, hours: tuple[time | None, time | None]) -> None:
    await talk.says("phuc", words)
    talk.hears("phuc", "Giờ gửi bản tin")
    assert await _hours_of(talk, "phuc") == hours


async def test_the_evening_one_can_be_left_off_again(talk: Talk) -> None:
    await talk.says("phuc", "/bantin chiều 17h")
    await talk.says("phuc", "không gửi bản tin chiều nữa")
    talk.hears("phuc", "Chiều: không gửi")
    assert await _hours_of(talk, "phuc") == (None, None)


async def test_an_hour_at_which_nothing_is_sent_is_refused(talk: Talk) -> None:
    await talk.says("phuc", "/bantin 22h")
    talk.hears("phuc", "Bản tin chưa gửi được lúc 22:00")
    assert await _hours_of(talk, "phuc") == (None, None)


@pytest.mark.parametrize("who", ["nam", "noi", "van", "an"])
async def test_others_are_told_that_it_is_for_leaders(talk: Talk, who: str) -> None:
    await talk.says(who, "/bantin")
    talk.hears(who, "Bản tin tình hình dành cho lãnh đạo")


async def test_one_press_in_the_digest_asks_the_unit(talk: Talk) -> None:
    talk.clock.forward_to(at(date(2024, 3, 1), 8))
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 5/3")
    await talk.presses("van", "Phát hành")
    await talk.until(at(date(2024, 3, 11), 8))
    talk.has_heard("phuc", "Bản tin sáng Thứ Hai, 11/03/2024", "Trễ từ 5 ngày làm việc: 1\n#1 Phòng Nội vụ, trễ 7 ngày")
    await talk.presses("phuc", "Yêu cầu giải trình #1")
    talk.hears("phuc", "Đã yêu cầu Phòng Nội vụ giải trình #1")
    talk.has_heard("noi", "Yêu cầu giải trình #1")
    await talk.until(at(date(2024, 3, 13), 8))
    talk.has_heard("phuc", "Bản tin sáng Thứ Tư, 13/03/2024", "chưa giải trình, hạn 12/03")
