"""Who sees what, how a directive stands on a day, and its story in order."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from db import Session
from db.models import Attachment, Directive, Extension, Notice, Report
from domain.calendar import OfficeCalendar
from domain.lifecycle import State
from services import scope, show
from tests.figures_office import Cast, at, block, days, give, new_database, record, settle

TODAY = date(2024, 2, 5)  # a Monday
CALENDAR = OfficeCalendar()


@pytest.fixture
async def session(tmp_path: Path) -> AsyncIterator[Session]:
    database = new_database(tmp_path)
    async with database.write() as opened:
        yield opened
    await database.close()


@pytest.fixture
async def cast(session: Session) -> Cast:
    return await settle(session)


# --- scope --------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["hoa", "mai"])
async def test_the_leader_of_the_root_and_the_office_see_everything(session: Session, cast: Cast, who: str) -> None:
    assert await scope.units_in_charge(session, cast.people[who]) is None


async def test_a_leader_sees_the_units_that_name_them_and_what_stands_under_those(session: Session, cast: Cast) -> None:
    minh = await scope.units_in_charge(session, cast.people["minh"])
    thu = await scope.units_in_charge(session, cast.people["thu"])
    assert minh == cast.ids("nội vụ", "y tế", "đất đai")
    assert thu == cast.ids("kinh tế", "tài chính", "đất đai")


async def test_a_head_and_an_officer_see_their_own_unit(session: Session, cast: Cast) -> None:
    assert await scope.units_in_charge(session, cast.people["nam"]) == cast.ids("nội vụ")
    assert await scope.units_in_charge(session, cast.people["lan"]) == cast.ids("y tế")


async def test_an_admin_and_a_leader_without_units_see_none(session: Session, cast: Cast) -> None:
    cast.units["kinh tế"].leader_id = None
    await session.flush()
    assert await scope.units_in_charge(session, cast.people["quản trị"]) == frozenset()
    assert await scope.units_in_charge(session, cast.people["thu"]) == frozenset()


@pytest.mark.parametrize(
    ("unit", "who"),
    [("nội vụ", "minh"), ("tài chính", "thu"), ("đất đai", "minh"), ("an bình", "hoa"), ("huyện", "hoa")],
)
async def test_a_unit_answers_to_the_nearest_leader_upwards(session: Session, cast: Cast, unit: str, who: str) -> None:
    leader = await scope.supervising_leader(session, cast.id(unit))
    assert leader is cast.people[who]


async def test_a_leader_who_left_is_passed_over(session: Session, cast: Cast) -> None:
    cast.people["minh"].active = False
    await session.flush()
    assert await scope.supervising_leader(session, cast.id("đất đai")) is cast.people["thu"]


async def test_a_loop_in_the_tree_ends(session: Session, cast: Cast) -> None:
    cast.units["huyện"].parent_id = cast.id("kinh tế")
    cast.units["huyện"].leader_id = cast.units["kinh tế"].leader_id = None
    await session.flush()
    assert await scope.supervising_leader(session, cast.id("an bình")) is None


# --- standing -----------------------------------------------------------------------------------


async def _view(session: Session, directive: Directive, today: date = TODAY) -> tuple[int | None, int]:
    view = await show.view(session, directive, today, CALENDAR)
    return view.days_left, view.working_days_late


async def test_days_left_and_working_days_late(session: Session, cast: Cast) -> None:
    assert await _view(session, await give(session, cast, "nội vụ", TODAY + days(3))) == (3, 0)
    assert await _view(session, await give(session, cast, "nội vụ", TODAY)) == (0, 0)
    assert await _view(session, await give(session, cast, "nội vụ", TODAY - days(3))) == (-3, 1)  # Friday to Monday
    assert await _view(session, await give(session, cast, "nội vụ", None)) == (None, 0)


async def test_the_clock_stands_still_while_the_evidence_waits_for_approval(session: Session, cast: Cast) -> None:
    in_time = await give(session, cast, "nội vụ", TODAY - days(3), state=State.SUBMITTED, submitted=TODAY - days(3))
    late = await give(session, cast, "nội vụ", TODAY - days(6), state=State.SUBMITTED, submitted=TODAY - days(4))
    assert await _view(session, in_time, TODAY + days(30)) == (None, 0)
    assert await _view(session, late, TODAY + days(30)) == (-2, 2)


async def test_a_finished_one_says_when_and_nothing_is_left(session: Session, cast: Cast) -> None:
    done = await give(session, cast, "nội vụ", TODAY, state=State.COMPLETED, submitted=TODAY - days(2))
    view = await show.view(session, done, TODAY + days(9), CALENDAR)
    assert (view.days_left, view.working_days_late, view.finished_on) == (None, 0, TODAY - days(2))


async def test_a_view_names_people_source_and_difficulty(session: Session, cast: Cast) -> None:
    notice = Notice(
        number="15/TB-UBND",
        date=date(2024, 1, 30),
        doc_type="thông báo",
        sent_by=cast.people["mai"].id,
        received_at=at(TODAY),
    )
    session.add(notice)
    await session.flush()
    directive = await give(session, cast, "tài chính", TODAY, notice=notice, contact_id=cast.people["nam"].id)
    await block(session, directive, "chưa có kinh phí", TODAY)
    view = await show.view(session, directive, TODAY, CALENDAR)
    assert view.source == "Thông báo 15/TB-UBND ngày 30/01/2024"
    assert (view.contact, view.leader, view.difficulty) == ("Trần Văn Nam", "Vũ Thị Thu", "chưa có kinh phí")


@pytest.mark.parametrize(
    ("notice", "words"),
    [
        (None, "giao trực tiếp"),
        (Notice(number="8/KL", doc_type=None), "Văn bản 8/KL"),
        (Notice(title="Kết luận giao ban tháng 1", doc_type="kết luận"), "Kết luận “Kết luận giao ban tháng 1”"),
    ],
)
def test_where_a_directive_comes_from_in_words(notice: Notice | None, words: str) -> None:
    assert show.source_of(notice) == words


# --- history ------------------------------------------------------------------------------------


async def _report(session: Session, cast: Cast, directive: Directive, code: str, text: str) -> Report:
    nam = cast.people["nam"]
    row = Report(
        code=code, directive_id=directive.id, person_id=nam.id, unit_id=nam.unit_id, at=at(TODAY), kind="progress",
        percent=60, text=text,
    )  # fmt: skip
    row.attachments = [Attachment(sha256="0" * 64, name="bien-ban.pdf", mime="application/pdf", size=9)]
    session.add(row)
    await session.flush()
    return row


async def test_a_story_is_in_order_with_what_was_said_and_the_files(session: Session, cast: Cast) -> None:
    directive = await give(session, cast, "nội vụ", TODAY)
    await _report(session, cast, directive, "r1", "xong 60%")
    people = cast.people
    await record(session, directive, "issue", at(date(2024, 1, 2)), people["mai"])
    await record(session, directive, "report", at(TODAY), people["nam"], details={"report": "r1"})
    await record(session, directive, "return", at(TODAY, 10), people["minh"], reason="thiếu biểu số 2")
    lines = await show.history(session, directive)
    assert [(line.event, line.actor, line.text) for line in lines] == [
        ("issue", "Ngô Thị Mai", None),
        ("report", "Trần Văn Nam", "xong 60%"),
        ("return", "Lê Văn Minh", "thiếu biểu số 2"),
    ]
    assert (lines[1].percent, lines[1].files, lines[1].unit) == (60, ("bien-ban.pdf",), "Phòng Nội vụ")


async def test_a_report_taken_back_stays_in_the_story(session: Session, cast: Cast) -> None:
    directive = await give(session, cast, "nội vụ", TODAY)
    report = await _report(session, cast, directive, "r1", "xong rồi")
    report.withdrawn_at = at(TODAY, 11)
    for event, hour in (("report", 10), ("withdraw", 11)):
        await record(session, directive, event, at(TODAY, hour), cast.people["nam"], details={"report": "r1"})
    lines = await show.history(session, directive)
    assert [(line.event, line.files) for line in lines] == [("report", ("bien-ban.pdf",)), ("withdraw", ())]


async def test_requests_for_time_tell_why_and_until_when(session: Session, cast: Cast) -> None:
    directive = await give(session, cast, "nội vụ", TODAY)
    asked = Extension(code="e1", directive_id=directive.id, asked_by=cast.people["nam"].id, asked_at=at(TODAY))
    asked.until, asked.reason, asked.last_day_before = TODAY + days(9), "chờ số liệu", TODAY
    session.add(asked)
    await session.flush()
    await record(session, directive, "extension_asked", at(TODAY), cast.people["nam"], details={"extension": "e1"})
    lines = await show.history(session, directive)
    assert [(line.event, line.text, line.until) for line in lines] == [
        ("extension_asked", "chờ số liệu", TODAY + days(9))
    ]


async def test_a_request_that_was_closed_says_so_at_the_end(session: Session, cast: Cast) -> None:
    directive = await give(session, cast, "nội vụ", TODAY)
    closed = Extension(code="e1", directive_id=directive.id, asked_by=cast.people["nam"].id, asked_at=at(TODAY))
    closed.until, closed.reason, closed.last_day_before = TODAY + days(9), "chờ số liệu", TODAY
    closed.state, closed.decided_at = "closed", at(TODAY, 15)
    session.add(closed)
    await session.flush()
    await record(session, directive, "extension_asked", at(TODAY), cast.people["nam"], details={"extension": "e1"})
    assert [line.event for line in await show.history(session, directive)] == ["extension_asked", "extension_closed"]


async def test_a_transfer_names_both_units_and_the_program_has_no_name(session: Session, cast: Cast) -> None:
    directive = await give(session, cast, "nội vụ", TODAY)
    moved = {"old_unit": "Phòng Y tế", "new_unit": "Phòng Nội vụ"}
    await record(session, directive, "reassign", at(TODAY), cast.people["mai"], details=moved)
    (line,) = await show.history(session, directive)
    assert line.text == "Phòng Y tế → Phòng Nội vụ"
