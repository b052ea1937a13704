"""Every message renders, with markup that closes, nothing left unfilled and no English."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from channels.base import TAG, visible
from domain import errors, hearing
from domain.calendar import OfficeCalendar
from domain.errors import Refusal
from domain.excerpts import Piece
from domain.figures import (
    Figures,
    Group,
    Happened,
    Item,
    ItemAct,
    Movement,
    Page,
    Standing,
    StatusFacts,
    UnitFigures,
    Waiting,
)
from domain.figures import Period as StatusPeriod
from domain.finding import Query, Wanted
from domain.finding_days import Period
from domain.found import Found, Hit
from domain.import_heads import Field
from domain.lifecycle import Event, State
from domain.months import month_of
from domain.obstacles import Kind as Brought
from domain.obstacles import Raised, RaisedPage
from domain.reaching import Silence, SilentUnit, Unreached, Why
from domain.replies import Kind
from domain.sources import Source
from domain.unit_table import Counts, HelpedLine, TableLine
from domain.urgency import Urgency
from domain.views import DirectiveView, HistoryLine, PartView, Story
from tests.unit import asking_messages, measure_messages, origin_messages, pack_messages
from tests.unit import test_papers as a_paper
from texts import (
    amending,
    approving,
    away,
    calendar,
    cards,
    delegating,
    digests,
    explaining,
    exporting,
    feeds,
    files,
    finding,
    general,
    group_chats,
    history,
    importing,
    labels,
    leaders,
    leading,
    meetings,
    morning,
    notices,
    obstacles,
    own_data,
    papers,
    parts,
    reaching,
    receipts,
    refusals,
    reorganising,
    replies,
    scans,
    series,
    snoozing,
    staff,
    steering,
    undoing,
    unit_table,
    units,
    urging,
    vitals,
    work,
)
from texts.engine import ENVIRONMENT

NOW = datetime(2024, 1, 31, 1, 0, tzinfo=UTC)
TODAY = date(2024, 1, 31)
HOURS = calendar.Hours((time(7, 30), time(11, 30), time(13, 30), time(17)), time(20), time(6, 30))
D = DirectiveView(
    id=12,
    code="abc",
    text="Rà soát <quỹ đất> & báo cáo",
    state=State.IN_PROGRESS,
    lead="Phòng Nội vụ",
    coordinating=("Phòng Tài chính - Kế hoạch", "Thanh tra"),
    last_day=date(2024, 2, 6),
    first_last_day=date(2024, 2, 1),
    deadline_date=date(2024, 2, 7),
    deadline_inclusive=False,
    deadline_time=time(16, 30),
    deadline_rule="trước ngày 07/02/2024 → 06/02/2024",
    recurring=None,
    days_left=6,
    working_days_late=0,
    percent=40,
    source="Thông báo 15/TB-UBND ngày 30/01/2024",
    ref="II.2",
    quote="Giao Phòng Nội vụ rà soát",
    quote_page=1,
    contact="Phạm Văn Nam",
    leader="Lý Thị Phúc",
    reminders=2,
    difficulty="chờ số liệu",
    finished_on=None,
)
LOOKED_FOR = Query(words=("quỹ", "đất"), number="15", wanted=Wanted.OVERDUE, period=Period(TODAY, TODAY))
HITS = (
    Hit(D, (Piece("Rà soát <", False), Piece("quỹ đất", True))),
    Hit(D, (Piece("vướng quỹ đất", True),), NOW),
)
LATE = replace(D, days_left=-3, percent=None, state=State.ISSUED)
BARE = replace(
    D, coordinating=(), last_day=None, first_last_day=None, days_left=None, contact=None, leader=None, difficulty=None,
    deadline_rule=None, deadline_time=None, ref="", quote=None, percent=None, recurring="hằng tuần",
)  # fmt: skip
URGENT = replace(D, urgency=Urgency.EXPRESS)
AGAIN = replace(
    D, recurring="Định kỳ <tháng>", occurrence=3, is_series=True, next_opening=date(2024, 2, 7), first_last_day=None
)
DONE = replace(D, state=State.COMPLETED, finished_on=date(2024, 2, 1), days_left=None)
LINES = [
    HistoryLine(NOW, "issue", "Đỗ Thị Vân", "Văn phòng", None),
    HistoryLine(NOW, "report", "Phạm Văn Nam", "Phòng Nội vụ", "được 40%", percent=40, files=("a.jpg",)),
    HistoryLine(NOW, "extension_asked", None, None, "chờ <sở>", until=date(2024, 2, 20)),
    HistoryLine(NOW, "snooze", "Phạm Văn Nam", "Phòng Nội vụ", None, moment=NOW),
]
TOLD = Story(
    (
        *(
            replace(line, mark=mark)
            for line, mark in zip(LINES, (None, "old_version", "undone", "taken_back"), strict=True)
        ),
        HistoryLine(NOW, "told", None, None, "Phạm <Văn> Nam, Phòng Nội vụ"),
        HistoryLine(NOW, "of a newer version", None, None, None),
    ),
    4,
    NOW,
)
NAM = hearing.Hearer(1, "Phạm <Văn> Nam", "Phòng Nội vụ")
HEARING = hearing.Hearing(
    tuple(
        hearing.Heard(n, NAM, kind, event, time, fate, NOW, (hearing.Reaction(hearing.How.PRESSED, NOW),) * (n % 3))
        for n, (kind, event, time, fate) in enumerate(
            [
                ("news", "approve", None, hearing.Fate.SENT),
                ("reminder", None, 2, hearing.Fate.SENT),
                ("issued", None, None, hearing.Fate.SENT),
                ("reminder", None, None, hearing.Fate.WAITS),
                ("pressing", None, None, hearing.Fate.BLOCKED),
                ("other", None, None, hearing.Fate.UNLINKED),
                ("news", "other", None, hearing.Fate.DOUBTFUL),
            ]
        )
    ),
    (NAM, replace(NAM, name="B")),
    ((replace(NAM, name="C"), hearing.Fate.REVOKED), (NAM, hearing.Fate.BROKEN)),
)
SUMMARY = notices.Summary(
    "Kết luận", "15/TB-UBND", date(2024, 1, 30), "UBND huyện Tùng Lĩnh", 13, 6, 2, 14, 1, 1, 2, 14, 0, 0
)
CHANGE = amending.ChangeCard(
    place=1, total=3, id=12, state="in_progress", text="Rà soát <quỹ đất>", source="Thông báo 15/TB-UBND", units=22,
    dropped=False, deadline=(date(2024, 2, 6), None), lead=None, helpers=None, words=None, quote="Rà soát & báo cáo",
    pending=date(2024, 2, 20), is_past=True, held=None, asked=False, unissued=False,
)  # fmt: skip
MANY = notices.Many("communes", "xã, thị trấn", 22, excepted=["An <Lâm>"], unknown=["Bình <Lâm>"], acknowledged=3)
LEARNED = units.LearnedName("abc", "P. <TNMT>", "Đỗ Thị Vân", NOW)
UNIT = units.UnitLine(3, "Phòng Nội vụ", 2, ["P. Nội vụ"], [LEARNED])
NEWS = work.News(
    "submit",
    "Phạm Văn Nam, Chuyên viên",
    details={
        "old_unit": "Phòng Nội vụ",
        "new_unit": "Thanh tra",
        "unit": "Thanh tra",
        "kind": "proposal",
        "brought_up": "bố trí <kinh phí>",
    },
    until=date(2024, 2, 20),
    before=date(2024, 2, 6),
    asked=date(2024, 2, 25),
)
RAISED = Raised("a1", 12, "abc", "Phòng <X>", Brought.DIFFICULTY, "chưa có <mặt bằng>", 5)
RAISED_ANSWERED = replace(RAISED, kind=Brought.PROPOSAL, days=0, answer="mời <họp>", answered_by="Lý Thị Phúc")

ASKED = explaining.Request("Phó Chủ tịch <Phúc>", NOW, date(2024, 2, 6))
SILENCE = Silence(
    (SilentUnit(3, "UBND xã <A>", 12), *(SilentUnit(n, "UBND xã B", 0) for n in range(4, 20))),
    tuple(Unreached(n, "k", "Nam", "Chuyên <viên>", "Phòng X", why, date(2024, 2, 1)) for n, why in enumerate(Why)),
)

TABLE = importing.Preview(
    "a<b>.xlsx", "CHƯƠNG TRÌNH <2024>", "iOffice", Source.PROGRAMME,
    (importing.Column("B", "Nội dung", Field.TEXT), importing.Column("C", "Ghi <chú>", None)),
    (importing.Sample(6, "Rà soát <kè>", None, TODAY, "Quý I", "Đang <làm>"),),
    rows=120, new=100, known=9, status_changes=3, moved=(1, 2), reworded=(4,), twins=(5,), finished=10,
    unknown=("Tổ <A>",), warnings={"nội dung có thể bị cắt ở bảng gốc": (3, 4)}, hidden=("Nháp",),
)  # fmt: skip
PARTS = [steering.PartLine("Phòng <Nội vụ>", "Soạn & trình", None), steering.PartLine("Thanh tra", "B", TODAY)]
OWED = [
    approving.WaitingLine(replace(D, important=True), 2, 3),
    approving.WaitingLine(D, 0, is_heads=True),
    approving.WaitingLine(D, 1, until=TODAY, reason="<chờ> số liệu", times=3),
    approving.WaitingLine(replace(BARE, state=State.DECLINED), 1, reason="<nhầm>", unit="Phòng <Y>"),
]
TIES = steering.Ties(12, (13, 14), (15, 16), 17, "Phòng <A>", "Phòng B", TODAY)

LETTER = urging.Letter("Phòng <Nội vụ>", "Phó Chủ tịch <Phúc> (thay Lâm)", [LATE], "Thứ Sáu <xong>")
WAY = urging.Way(["Phạm <Nam>"], ["Trần Nội"], time(6, 30), [12], NOW)
TIME_GIVEN = leading.Given(12, TODAY, date(2024, 4, 1), "chờ <sở>", 30, 2, date(2024, 2, 20))
CHOICES = [leading.Choice(D, True, 2, 1), leading.Choice(BARE, False, 0)]

CONCLUSION = meetings.Shown(3, "Phòng <Nội vụ> rà soát", "Phòng <Nội vụ> · hạn 15/03/2024", "Vân <A>")

STANDING = Standing(
    StatusFacts(
        TODAY, "Phòng <X>", Figures(5, 2, 1, 2, 1, 1, 1, 1, 1, 1),
        (UnitFigures(1, "Phòng <X>", "department", Figures(open_late=1)), UnitFigures(2, "B", "body", Figures(3))), 3,
        Waiting(1, 2, 3),
    )
)  # fmt: skip
MONTH = StatusPeriod(date(2024, 1, 1), date(2024, 1, 31))
MESSAGES: dict[str, Callable[[], str]] = {
    "meetings.begun": lambda: meetings.begun("Kết luận họp"),
    "meetings.kept": lambda: meetings.kept([replace(CONCLUSION, writer=None)], [CONCLUSION], 3),
    "meetings.kept first": lambda: meetings.kept([CONCLUSION], [], 1),
    "meetings.changed": lambda: meetings.changed(CONCLUSION),
    "meetings.list": lambda: meetings.listing("Kết luận họp", [CONCLUSION], 9, 1, 2, closed_at=NOW),
    "meetings.list empty": lambda: meetings.listing("Kết luận họp", [], 0, 1, 1, closed_at=None),
    "meetings.ask_words": lambda: meetings.ask_words(CONCLUSION),
    "meetings.paused": lambda: meetings.paused("Kết luận họp", 3),
    "meetings.found": lambda: meetings.found("Kết luận họp", 3, NOW),
    "meetings.edit_not_found": meetings.edit_not_found,
    "meetings.not_kept": lambda: meetings.not_kept("Phòng <X> báo cáo"),
    "meetings.reading": lambda: meetings.reading(["Phòng Nội vụ"], None, "Hằng tuần", gives=True),
    "meetings.reading nobody": lambda: meetings.reading([], TODAY, None, gives=True),
    "meetings.reading nothing": lambda: meetings.reading([], None, None, gives=False),
    **measure_messages.MESSAGES,
    **pack_messages.MESSAGES,
    **asking_messages.messages(D),
    **origin_messages.messages(D),
    "urging.letter": lambda: urging.letter(LETTER),
    "urging.letter many": lambda: urging.letter(replace(LETTER, directives=[LATE, BARE] * 9, words="")),
    "urging.preview": lambda: urging.preview(LETTER, WAY),
    "urging.preview unheard": lambda: urging.preview(LETTER, urging.Way([], ["Trần <Nội>"])),
    "urging.ask_words": urging.ask_words,
    "urging.sent": lambda: urging.sent("Phòng <X>", [12, 13], [14], WAY),
    "urging.sent unheard": lambda: urging.sent("Phòng <X>", list(range(1, 20)), [], urging.Way([])),
    "urging.nothing": urging.nothing,
    "urging.which_unit": lambda: urging.which_unit(["Phòng <X>", "Y"]),
    "urging.overdue_units": lambda: urging.overdue_units(9, 1, 2),
    "urging.overdue_units none": lambda: urging.overdue_units(0, 1, 1),
    "urging.answered": lambda: urging.answered(LATE, "được <80%>", 80, "Chuyên viên <Nam>", ["a.pdf"]),
    "urging.answered bare": lambda: urging.answered(BARE, "", None, "Nam", []),
    "leading.ask_instruction": lambda: leading.ask_instruction(D),
    "leading.confirm_instruction": lambda: leading.confirm_instruction(D, "làm <ngay>"),
    "leading.instructed": lambda: leading.instructed(D, to_helpers=True),
    "leading.ask_time": lambda: leading.ask_time(LATE),
    "leading.confirm_time": lambda: leading.confirm_time(TIME_GIVEN),
    "leading.confirm_time plain": lambda: leading.confirm_time(leading.Given(12, TODAY, date(2024, 4, 1))),
    "leading.time_given": lambda: leading.time_given(D, TODAY),
    "leading.ask_excuse": lambda: leading.ask_excuse(LATE),
    "leading.excused": lambda: leading.excused(LATE, "mưa <lũ>"),
    "leading.not_excused": lambda: leading.not_excused(12),
    "leading.choosing": lambda: leading.choosing(CHOICES),
    "leading.approved_some": lambda: leading.approved_some([12], [(13, "Việc <b>#13</b> đã duyệt.")]),
    "leading.nothing_to_choose": leading.nothing_to_choose,
    "approving.waiting": lambda: approving.waiting(OWED, 12, 1, 2),
    "approving.waiting nothing": lambda: approving.waiting([], 0, 1, 1),
    "approving.submitted": lambda: approving.submitted(12, NOW, "Trưởng phòng <Nội>"),
    "approving.submitted closed": lambda: approving.submitted(12, NOW, "Trưởng phòng Nội", closed_request=True),
    "approving.checked": lambda: approving.checked(D),
    "approving.marked": lambda: approving.marked(replace(D, important=True)),
    "approving.marked not": lambda: approving.marked(D),
    "approving.owed": lambda: approving.owed(replace(D, lead="Phòng <X>"), approving.Owed(2)),
    "approving.owed declined": lambda: approving.owed(replace(D, state=State.DECLINED), approving.Owed(0)),
    "approving.owed more time": lambda: approving.owed(D, approving.Owed(1, TODAY)),
    "approving.awaits_head": lambda: approving.awaits_head(errors.AwaitsHead(12, "Trưởng phòng <Nội>")),
    "approving.leader_decides": lambda: approving.leader_decides(errors.LeaderDecides(12, "Phó Chủ tịch <Phúc>")),
    **{
        f"undoing {event}": lambda event=event: "\n".join(  # type: ignore[misc]
            (undoing.undone(D, event), undoing.taken_back(D, event, "Đỗ <Vân>"), undoing.undone_many([12, 15], event))
        )
        for event in undoing.WHAT
    },
    **{
        f"undoing refused {why}": lambda why=why: undoing.refused(errors.CannotUndo(why, "approve", 12, 90))  # type: ignore[misc]
        for why in ("others", "used", "late", "moved")
    },
    "steering.ask_insist": lambda: steering.ask_insist(12, "Phòng <Nội vụ>"),
    "steering.ask_parts": lambda: steering.ask_parts(D),
    "steering.ask_parts bare": lambda: steering.ask_parts(BARE),
    "steering.confirm_split": lambda: steering.confirm_split(D, PARTS),
    "steering.split": lambda: steering.split(12, [13, 14]),
    "steering.ask_merge": lambda: steering.ask_merge(12),
    "steering.no_number": steering.no_number,
    "steering.confirm_merge": lambda: steering.confirm_merge(D, BARE),
    "steering.confirm_merge earlier": lambda: steering.confirm_merge(D, replace(D, last_day=date(2024, 3, 1))),
    "steering.merged": lambda: steering.merged(12, 13, None),
    "steering.merged helping": lambda: steering.merged(12, 13, "Phòng <Nội vụ>"),
    "steering.helpers": lambda: steering.helpers(D),
    "steering.helpers none": lambda: steering.helpers(BARE),
    "steering.confirm_helpers": lambda: steering.confirm_helpers(12, ["Phòng <A>", "Phòng B"], added=True),
    "steering.confirm_helpers out": lambda: steering.confirm_helpers(12, ["Phòng <A>"], added=False),
    "steering.helpers_changed": lambda: steering.helpers_changed(D),
    "steering.ties": lambda: steering.ties(TIES),
    "steering.ties moved": lambda: steering.ties(steering.Ties(moved_to="Phòng <B>", moved_on=TODAY)),
    "news split": lambda: work.news(D, replace(NEWS, event="split", reason="Tách thành #13, #14")),
    "news merge": lambda: work.news(D, replace(NEWS, event="merge", reason="Gộp vào #13")),
    "news include": lambda: work.news(D, replace(NEWS, event="include", reason="<B>", details={"merged": "#13"})),
    "news part_added": lambda: work.news(D, replace(NEWS, event="part_added", details={"unit": "Phòng <B>"})),
    "news closed": lambda: work.news(
        D, replace(NEWS, event="cancel", reason="thôi", details={"closed_difficulties": "<vướng>"})
    ),
    "scans.ask": lambda: scans.ask(photo=False),
    "scans.ask photo": lambda: scans.ask(photo=True),
    "scans.begun": scans.begun,
    "scans.progress": lambda: scans.progress(3, 12),
    "scans.ended": lambda: scans.ended(12, is_read=True),
    "scans.ended early": lambda: scans.ended(12, is_read=False),
    "scans.dropped": scans.dropped,
    "scans.stale": scans.stale,
    "scans.quality": lambda: scans.quality(()),
    "scans.quality doubtful": lambda: scans.quality([f"chữ <{i}> (trang 1)" for i in range(12)]),
    "directive": lambda: cards.directive(D),
    "directive late": lambda: cards.directive(LATE),
    "directive bare": lambda: cards.directive(BARE),
    "directive done": lambda: cards.directive(DONE),
    "directive excused": lambda: cards.directive(replace(LATE, excused_for="mưa <lũ>")),
    "issued": lambda: cards.issued(D),
    "issued_many": lambda: cards.issued_many([D, BARE], "Phòng Nội vụ", D.source),
    "helping": lambda: cards.helping([D], "Thanh tra"),
    "helping many": lambda: cards.helping([D, BARE], "Thanh tra"),
    "listing": lambda: cards.listing("Phòng Nội vụ: 2 việc", [D, BARE], 1, 2),
    "listing of two units": lambda: cards.listing("2 việc", [D, BARE], 1, 1, {D.lead: 1, BARE.lead: 1}),
    "listing empty": lambda: cards.listing("Phòng Nội vụ: 0 việc", [], 1, 1),
    "reminder": lambda: morning.reminder(
        date(2024, 1, 31),
        "Phòng Nội vụ",
        [morning.Section("Quá hạn", [LATE], 12, is_continued=True), morning.Section("Sắp đến hạn", [D], 1)],
        13,
        morning.Pages(2, 2),
        12,
    ),
    "reminder to the office": lambda: morning.reminder(
        date(2024, 1, 31),
        "Văn phòng",
        [morning.Section(morning.escalated(3), [LATE], 1), morning.Section(morning.UNHEARD, [BARE], 1)],
        2,
        morning.Pages(),
        None,
    ),
    "snoozed": lambda: morning.snoozed("Phòng Nội vụ", [morning.Section(morning.SNOOZED, [D], 1)], 1, morning.Pages()),
    "snoozed many": lambda: morning.snoozed(
        "Phòng Nội vụ", [morning.Section(morning.SNOOZED, [D, BARE], 12)], 12, morning.Pages(1, 2)
    ),
    "pressing": lambda: morning.pressing(
        "Phòng Nội vụ", [morning.Section(morning.hours_left(119), [D], 1)], morning.Pages()
    ),
    "pressing many": lambda: morning.pressing(
        "Thanh tra",
        [
            morning.Section(morning.urgent("express", morning.LAST_DAY), [D, LATE], 2),
            morning.Section(morning.urgent(None, morning.OVERDUE), [LATE], 1),
        ],
        morning.Pages(),
    ),
    "snooze kept": lambda: snoozing.kept(NOW, date(2024, 1, 31), [12]),
    "snooze kept till another day": lambda: snoozing.kept(NOW, date(2024, 1, 30), [12]),
    "snooze kept of some": lambda: snoozing.kept(NOW, date(2024, 1, 31), [12, 13], [14, 15]),
    "snooze kept of none": lambda: snoozing.kept(NOW, date(2024, 1, 31), [], [14]),
    "receipts": lambda: receipts.listing(12, "Rà soát <quỹ đất>", HEARING, HEARING.messages, 1, 2),
    "receipts none": lambda: receipts.listing(12, "Rà soát", hearing.Hearing((), (), ()), (), 1, 1),
    "receipts all heard": lambda: receipts.listing(
        12, "Rà soát", replace(HEARING, silent=(), unreached=()), HEARING.messages[:1], 1, 1
    ),
    "receipts how": receipts.how,
    "history": lambda: history.page(D, TOLD, TOLD.lines, 1, 2),
    "history extract": lambda: history.extract_caption(12),
    "history never reminded": lambda: history.page(BARE, Story(()), (), 1, 1),
    "import": lambda: importing.preview(TABLE),
    "import nothing new": lambda: importing.preview(replace(TABLE, new=0, columns=(), samples=(), warnings=None)),
    "import no table": lambda: importing.no_table("a<b>.xlsx"),
    "import columns": lambda: importing.which_column(TABLE.columns),
    "import column": lambda: importing.which_field(TABLE.columns[1], ["Phòng <Nội vụ>"]),
    "import system": importing.ask_system,
    "import taken": lambda: importing.taken(118, 9, 3, 4),
    "import known alone": lambda: importing.taken(0, 9, 0, 0),
    "import moved": lambda: importing.moved([(12, TODAY, TODAY), (13, None, TODAY)], "iOffice"),
    "import followed": lambda: importing.followed(12, TODAY),
    "import told": lambda: importing.deadline_told(12, "Rà soát <kè>", None, TODAY, "iOffice"),
    "import outside": lambda: importing.outside("iOffice", None, "NV-1", TODAY),
    "import dropped": importing.dropped,
    "paper period": papers.choose_period,
    "paper not understood": lambda: papers.not_understood("tuần <trăng>"),
    "paper notices": lambda: papers.choose_notice("<giao> ban"),
    "paper not begun": lambda: papers.not_begun("quý II năm 2024"),
    "paper unit": lambda: papers.choose_unit([("Phòng <Nội vụ>", 2), ("UBND xã An Hòa", 1)], 0),
    "paper unit of many": lambda: papers.choose_unit([("Phòng <Nội vụ>", 2)], 17),
    "paper not each": lambda: papers.not_each(8, 17),
    "paper which unit": lambda: papers.which_unit("<phòng> a"),
    "paper which month": papers.which_month,
    "paper nothing": papers.nothing_any_more,
    "paper report": lambda: papers.caption_of(a_paper.period_report()),
    "paper letter": lambda: papers.caption_of(a_paper.letter()),
    "paper letters": lambda: papers.caption_of(a_paper.letter(units=2)),
    "paper result": lambda: papers.caption_of(a_paper.notice_result()),
    "paper scores": lambda: papers.caption_of(a_paper.score_sheet()),
    "export": lambda: exporting.caption("Việc quá hạn", "Toàn cơ quan", TODAY, 5000, 1200),
    "export choose": lambda: exporting.choose("Phòng Nội vụ"),
    "export not understood": lambda: exporting.not_understood("gì đó"),
    "found": lambda: finding.found(Found(LOOKED_FOR, HITS, 1, 2, 9)),
    "found many": lambda: finding.found(Found(LOOKED_FOR, HITS, 1, 17, 100)),
    "found near": lambda: finding.found(Found(Query(words=("kè",)), HITS[:1], is_near=True)),
    "found nothing": lambda: finding.nothing(replace(LOOKED_FOR, period=Period(date(2023, 12, 1), TODAY))),
    "find how": finding.how,
    "summary": lambda: notices.summary(SUMMARY),
    "summary issued": lambda: notices.summary(replace(SUMMARY, open=0, issued=13, dropped=1, title=None, number=None)),
    "draft": lambda: notices.draft(
        D, place=1, total=14, many=None, asked=False, warnings=["rơi vào ngày nghỉ"], quote="Giao X"
    ),
    "draft asked": lambda: notices.draft(
        BARE, place=2, total=14, many=None, asked=True, warnings=[], quote=None, strangers=["P. <X>", "Đội Y"]
    ),
    "draft for nobody": lambda: notices.draft(
        replace(BARE, lead="", product="báo cáo", receiver="UBND tỉnh"),
        place=2,
        total=14,
        many=None,
        asked=True,
        warnings=[],
        quote=None,
    ),
    "draft issued to many": lambda: notices.draft(
        BARE,
        place=2,
        total=14,
        many=replace(MANY, issued=["An Hòa"] * 31, excepted=[], unknown=[], done=1),
        asked=False,
        warnings=[],
        quote=None,
    ),
    "draft group": lambda: notices.draft(BARE, place=2, total=14, many=MANY, asked=True, warnings=[], quote=BARE.text),
    "none": lambda: notices.none("a.docx", "15/TB", ["Yêu cầu các đơn vị."]),
    "edit": lambda: notices.edit(12),
    "ask_lead": lambda: notices.ask_lead(12, "Phòng Nội vụ"),
    "ask_deadline": lambda: notices.ask_deadline(12),
    "ask_text": lambda: notices.ask_text(12),
    "ask_coordinating": lambda: notices.ask_coordinating(12),
    "unit_unclear": lambda: notices.unit_unclear("Phòng <X>", []),
    "unit_unclear choices": lambda: notices.unit_unclear("Phòng X", ["Phòng Nội vụ"]),
    "notice issued": lambda: notices.issued(1, 12, ["Phòng Nội vụ"], 0, []),
    "notice issued many": lambda: notices.issued(9, 12, ["Phòng Nội vụ", "Thanh tra"], 1, ["Thanh tra"]),
    "notices": lambda: notices.listing([notices.NoticeLine("Thông báo 15", NOW, 13, 2)], 1, 2),
    "notices empty": lambda: notices.listing([], 1, 1),
    "summary covered": lambda: notices.summary(replace(SUMMARY, giving=18)),
    "directive urgent": lambda: cards.directive(URGENT),
    "directive of a series": lambda: cards.directive(AGAIN),
    "issued again": lambda: cards.issued(replace(AGAIN, urgency=Urgency.URGENT)),
    "issued many again": lambda: cards.issued_many([AGAIN, replace(AGAIN, last_day=None)], "Phòng Nội vụ", ""),
    "listing urgent": lambda: cards.listing("Phòng Nội vụ", [URGENT], 1, 1),
    "summary urgent": lambda: notices.summary(replace(SUMMARY, urgency=Urgency.VERY_URGENT, number=None)),
    "draft of a series": lambda: notices.draft(
        replace(AGAIN, state=State.DRAFT),
        place=1,
        total=1,
        many=None,
        asked=False,
        warnings=[],
        quote=None,
        following=date(2024, 3, 6),
    ),
    "draft that may come again": lambda: notices.draft(
        replace(URGENT, state=State.DRAFT, recurring="Hằng <quý>"),
        place=1,
        total=1,
        many=None,
        asked=False,
        warnings=["rơi vào ngày nghỉ"],
        quote=None,
    ),
    "ask_recurring": lambda: notices.ask_recurring(AGAIN),
    "ask_recurring bare": lambda: notices.ask_recurring(replace(D, recurring=None)),
    "ask_urgency": lambda: notices.ask_urgency(12, at_any_hour=True),
    "ask_urgency later": lambda: notices.ask_urgency(12, at_any_hour=False),
    "series ask_end": lambda: series.ask_end(AGAIN),
    "series ended": lambda: series.ended(replace(AGAIN, last_day=None)),
    "series opened late": lambda: series.opened_late(
        [series.OpenedLate(AGAIN, 2, is_draft=False), series.OpenedLate(AGAIN, 0, is_draft=True)]
    ),
    "ask_excepted": lambda: notices.ask_excepted(12, ["UBND xã An Hòa"]),
    "excepted_unclear": lambda: notices.excepted_unclear("An <Lâm>", ["UBND xã An Hòa"]),
    "ask_helper": lambda: notices.ask_helper(12, "P. <TNMT>"),
    "units": lambda: units.listing([UNIT, replace(UNIT, aliases=[], learned=[], linked=0)], 9, 1, 1, 2),
    "unit": lambda: units.one(UNIT),
    "unit bare": lambda: units.one(replace(UNIT, aliases=[], learned=[], linked=0)),
    "units which": lambda: units.which("phòng", True),
    "units none": lambda: units.which("<x>", False),
    "ask_alias": lambda: units.ask_alias("Phòng Nội vụ"),
    "learned": lambda: units.learned("P. <TNMT>", "Phòng Nội vụ", 2),
    "doubt": lambda: units.doubt("P. <TNMT>", "Phòng Nội vụ", "Phòng Y tế"),
    "doubt elsewhere": lambda: units.doubt("Sở <X>", "Phòng Nội vụ", None),
    "undone": lambda: units.undone("P. <TNMT>", "Phòng Nội vụ", 1),
    "left_out": lambda: notices.left_out(["Yêu cầu các đơn vị."]),
    "ask_task": lambda: notices.ask_task("Thông báo 15/<TB>"),
    "none bare": lambda: notices.none("", None, []),
    "notices without tasks": lambda: notices.listing([notices.NoticeLine("Thông báo 15", NOW, 0, 0)], 1, 1),
    "how": notices.how,
    "ask_report": lambda: work.ask_report(12),
    **{
        f"said_back {k}": lambda k=k: work.said_back(12, "Rà soát biên chế", k, 80, "mặt bằng", 1)
        for k in (Kind.PROGRESS, Kind.DIFFICULTY, Kind.ACKNOWLEDGE)
    },  # type: ignore[misc]
    "confirm_done": lambda: work.confirm_done(12, "Rà soát biên chế", 1),
    "submitted": lambda: work.submitted(12, NOW),
    "acknowledged": lambda: work.acknowledged(12, date(2024, 2, 6), "Nam"),
    "acknowledged_all": lambda: work.acknowledged_all(3, "Nam"),
    "which": work.which,
    "which with files": lambda: work.which(3),
    **{
        f"replies unchanged {why}": lambda why=why: replies.unchanged(12, why)
        for why in ("elsewhere", "asked", "settled", "handed_in")
    },
    "replies handed_in_again": lambda: replies.handed_in_again(12),
    "explaining unasked": lambda: explaining.unasked(12, has_words=True),
    "explaining unasked bare": lambda: explaining.unasked(12, has_words=False),
    "replies added": lambda: replies.added(12, 2),
    "replies taken_back": lambda: replies.taken_back([12, 15]),
    "replies replaced": lambda: replies.replaced([12, 15]),
    "replies more_time_later": lambda: replies.more_time_later(12, date(2024, 3, 20)),
    "replies more_time_later without a day": lambda: replies.more_time_later(12, None),
    "replies unsure": lambda: replies.unsure(12),
    "replies unsure with files": lambda: replies.unsure(12, 2),
    "replies not_understood_again": replies.not_understood_again,
    "no_open": work.no_open,
    "replies approved_before": lambda: replies.approved_before(12, 1),
    "replies approved_before of several": lambda: replies.approved_before(12, 3),
    "files_added to what waits": lambda: work.files_added(12, 2, is_awaited=True),
    "files_only": lambda: work.files_only(12, 2),
    "correct": lambda: work.correct(12),
    "withdrawn": lambda: work.withdrawn(12),
    "ask_until": lambda: work.ask_until(12, date(2024, 2, 6)),
    "ask_extension_reason": lambda: work.ask_extension_reason(12, date(2024, 2, 20)),
    "confirm_extension": lambda: work.confirm_extension(12, date(2024, 2, 6), date(2024, 2, 20), "chờ kinh phí"),
    "extension_sent": lambda: work.extension_sent(12, date(2024, 2, 20)),
    "ask_decline": lambda: work.ask_decline(12),
    "confirm_decline": lambda: work.confirm_decline(12, "Thanh tra", "việc thanh tra"),
    "declined": lambda: work.declined(12),
    "ask_return": lambda: work.ask_return(12),
    "ask_refuse": lambda: work.ask_refuse(12),
    **{f"ask_reason {e}": lambda e=e: work.ask_reason(12, e) for e in work.STEERING},  # type: ignore[misc]
    "ask_new_unit": lambda: work.ask_new_unit(12),
    **{
        f"decided {e}": lambda e=e: work.decided(D, e)  # type: ignore[misc]
        for e in (
            "approve",
            "return",
            "extension_granted",
            "extension_refused",
            "reassign",
            "insist",
            "suspend",
            "resume",
        )
    },
    "waiting": lambda: work.waiting([D], [work.ExtensionLine(12, "Phòng Nội vụ", date(2024, 2, 20), "chờ")], 2, 1, 2),
    "waiting empty": lambda: work.waiting([], [], 0, 1, 1),
    "stopped": work.stopped,
    **{
        f"news {e}": lambda e=e: work.news(D, replace(NEWS, event=e, reason="thiếu <x>", said="xong", files=("a.jpg",)))  # type: ignore[misc]
        for e in (
            "submit",
            "report",
            "approve",
            "return",
            "decline",
            "insist",
            "reassign",
            "suspend",
            "resume",
            "cancel",
            "reopen",
            "extension_asked",
            "extension_granted",
            "extension_refused",
            "extension_offered",
            "extension_accepted",
            "extension_declined",
            "extension_closed",
            "extension_objective",
            "difficulty_answered",
            "difficulty_solved",
        )
    },
    "news added, edited": lambda: work.news(D, replace(NEWS, event="added", said="thêm", is_revised=True)),
    "news added": lambda: work.news(D, replace(NEWS, event="added", said="thêm <x>", files=("a.jpg",))),
    "news added and taken back": lambda: work.news(D, replace(NEWS, event="withdraw", said="thêm <x>")),
    "news third request": lambda: work.news(D, replace(NEWS, event="extension_asked", reason="chờ", times=3)),
    "news objective": lambda: work.news(D, replace(NEWS, event="extension_granted", objective=True)),
    "news request closed": lambda: work.news(D, replace(NEWS, event="cancel", reason="thừa", closed_until=TODAY)),
    "news proposal": lambda: work.news(D, replace(NEWS, event="report", proposal="bố trí <kinh phí>")),
    "obstacles list": lambda: obstacles.listing(RaisedPage((RAISED, RAISED_ANSWERED), 1, 2, 6, 1), "Toàn cơ quan"),
    "obstacles none": lambda: obstacles.listing(RaisedPage(), "Toàn cơ quan"),
    "obstacles ask_answer": lambda: obstacles.ask_answer(RAISED),
    "obstacles answered": lambda: obstacles.answered(12, "Phòng <X>"),
    **{f"obstacles solved {k}": lambda k=k: obstacles.solved(12, k) for k in Brought},  # type: ignore[misc]
    "offers ask": lambda: obstacles.ask_offer(12, date(2024, 3, 20), date(2024, 3, 14)),
    "offers made": lambda: obstacles.offered(12, date(2024, 3, 15), "Phòng <X>"),
    "offers accepted": lambda: obstacles.accepted(12, date(2024, 3, 15)),
    "offers declined": lambda: obstacles.declined(12, date(2024, 3, 14)),
    "offers objective": lambda: obstacles.objective(12),
    "offers kept": lambda: obstacles.kept_as_report("Việc <b>#12</b> không gia hạn."),
    "stranger": general.stranger,
    **{
        f"{name} {role}": lambda name=name, role=role: (  # type: ignore[misc]
            general.welcome("Nam", "Chuyên viên", "UBND huyện", role, 2)
            if name == "welcome"
            else general.help_("UBND huyện", role)
            if name == "help"
            else general.not_understood(role)
        )
        for name in ("welcome", "help", "not_understood")
        for role in ("leader", "clerk", "head", "officer", "admin")
    },
    "unsupported": lambda: general.unsupported("voice"),
    "command_unknown": lambda: general.command_unknown("/abc"),
    "command_unknown, misspelt": lambda: general.command_unknown("/staus"),
    "trouble": lambda: general.trouble("1F-A2"),
    "gave_up": lambda: general.gave_up("1F-A2", NOW),
    "invite_who": general.invite_who,
    "invite_choose": general.invite_choose,
    "invite_nobody": lambda: general.invite_nobody("<x>"),
    "invite_code": lambda: general.invite_code("Nam", "Phòng Nội vụ", "x" * 27, "https://t.me/b?start=x", NOW),
    "group greeting": group_chats.greeting,
    "group linked": lambda: group_chats.linked("Phòng <X>", instead=False),
    "group linked instead": lambda: group_chats.linked("Phòng <X>", instead=True),
    "group unlinked": lambda: group_chats.unlinked("Phòng <X>"),
    "group is_linked": lambda: group_chats.is_linked("Phòng <X>"),
    "group not_linked": group_chats.not_linked,
    "group which_unit": group_chats.which_unit,
    "group unit_unclear": lambda: group_chats.unit_unclear("<tài>", ["Phòng <X>", "Phòng Y"]),
    "group unit_unclear nothing": lambda: group_chats.unit_unclear("<tài>", []),
    "group withdrawn": lambda: group_chats.withdrawn("Phòng <X>", [12]),
    "group undone": lambda: group_chats.undone([12, 15]),
    **{
        f"group happened {e}": lambda e=e, u=u: group_chats.happened(e, 12, "Rà soát <x>", "Phòng <X>", u, TODAY)  # type: ignore[misc]
        for e, u in (
            ("extension_granted", TODAY),
            ("extension_given", TODAY),
            ("reassign", None),
            ("difficulty_answered", None),
            ("suspend", None),
            ("resume", None),
            ("cancel", None),
            ("reopen", None),
        )
    },
    "group only_in_groups": group_chats.only_in_groups,
    "group lost": lambda: group_chats.lost("Phòng <X>"),
    "group posted": lambda: group_chats.posted("Phòng <X>", "issued", [D], 0, None),
    "group posted many": lambda: group_chats.posted("Phòng <X>", "issued", [D, BARE], 3, None),
    "group posted acknowledged": lambda: group_chats.posted("Phòng <X>", "issued", [D], 0, "Phạm <Nam>"),
    "group posted amended": lambda: group_chats.posted("Phòng <X>", "amended", [D], 0, None),
    **{
        f"group noted {kind} {percent} {raised}": lambda k=kind, p=percent, r=raised: group_chats.noted(  # type: ignore[misc]
            "Phạm <Nam>", 12, k, p, has_difficulty=r
        )
        for kind, percent, raised in (
            ("acknowledge", None, False),
            ("done", 100, False),
            ("extension", None, False),
            ("decline", None, False),
            ("progress", 50, True),
            ("progress", 50, False),
            ("difficulty", None, True),
        )
    },
    "group stranger": lambda: group_chats.stranger("<Lạ>"),
    "group other_unit": lambda: group_chats.other_unit("Vũ <Tài>", "Phòng <X>"),
    "group answered_privately": lambda: group_chats.answered_privately("Phạm <Nam>"),
    "files rest_kept": files.rest_kept,
    "files caption": lambda: files.caption(12, "Phòng <X>", "Phạm Văn <Nam>", NOW),
    "files more": lambda: files.more(12, 11, 14, 14),
    "files none": lambda: files.none(12),
    "files missing": lambda: files.missing(12, ["<a>.pdf", "b.jpg"]),
    "files full": lambda: files.full(20_000, 20_000),
    **{
        f"comparison {kind} {source}": lambda kind=kind, source=source: amending.comparison(  # type: ignore[misc]
            amending.Comparison(kind, "15/<TB>", source, {"new": 1, "deadline": 2, "same": 0}, 3, 1, source)
        )
        for kind in ("replaces", "amends", "corrects")
        for source in ("Thông báo 15/TB-UBND", None)
    },
    "change": lambda: amending.card(CHANGE),
    "change of words": lambda: amending.card(
        replace(CHANGE, deadline=(None, date(2024, 3, 1)), words="Rà soát <lại>", lead=("A", "B"), helpers=("", "C"))
    ),
    **{
        f"change held {held}": lambda held=held: amending.card(replace(CHANGE, held=held))  # type: ignore[misc]
        for held in ("completed", "submitted", "suspended")
    },
    "change of exceptions": lambda: amending.card(replace(CHANGE, left_out=["UBND xã <A>"], added=["UBND xã B"])),
    "comparison of several": lambda: amending.comparison(
        amending.Comparison("replaces", "15/<TB>", "<TB>", more=[("amends", "<16>")], missing=[("replaces", "17")])
    ),
    "change asked": lambda: amending.card(replace(CHANGE, asked=True, lead=("A", "B"))),
    "change dropped": lambda: amending.card(replace(CHANGE, dropped=True, deadline=None, unissued=True)),
    "applied": lambda: amending.applied(3, 1),
    "applied none": lambda: amending.applied(0, 0),
    "told": lambda: amending.told(
        "Thông báo 31",
        "Phòng Nội vụ",
        [
            amending.ChangedLine(12, "Rà soát <x>", has_deadline=True, before=None, after=date(2024, 3, 1)),
            amending.ChangedLine(13, "Báo cáo", "A", "B", words="Báo cáo lại", helpers="", closed_request=True),
            amending.ChangedLine(14, "Báo cáo", cancelled=True),
        ],
    ),
    "digest hours": lambda: digests.hours(digests.Hours(time(7, 30), True, None)),
    "digest hours chosen": lambda: digests.hours(digests.Hours(time(7), False, time(16, 30))),
    "digest nothing": digests.nothing,
    "digest not_for_you": digests.not_for_you,
    "explaining asked": lambda: explaining.asked(12, "Phòng <X>", date(2024, 2, 6)),
    "explaining asked in vain": lambda: explaining.asked(12, "Phòng <X>", date(2024, 2, 6), nobody_hears=True),
    "explaining request": lambda: explaining.request(LATE, ASKED),
    "explaining reminded": lambda: explaining.reminded([(LATE, ASKED)]),
    "explaining reminded many": lambda: explaining.reminded([(LATE, ASKED), (BARE, ASKED)]),
    "explaining ask_words": lambda: explaining.ask_words(12, date(2024, 2, 6)),
    "explaining which": lambda: explaining.which([12, 13]),
    "explaining kept": lambda: explaining.kept(12, "Phó Chủ tịch <Phúc>", 1),
    "explaining answered": lambda: explaining.answered(
        LATE, explaining.Answer("Nam", NOW, "chờ <số liệu>", ("a.pdf",), is_late=True)
    ),
    "explaining answered by paper": lambda: explaining.answered(
        BARE, explaining.Answer("Nam", NOW, "", ("a.pdf",), is_late=False)
    ),
    **{
        f"explaining ended {state}": lambda state=state: explaining.ended(replace(D, state=state), "Thanh <tra>")  # type: ignore[misc]
        for state in (State.COMPLETED, State.CANCELLED, State.ISSUED)
    },
    "directive to explain": lambda: cards.directive(replace(LATE, explain_by=date(2024, 2, 6))),
    "status": lambda: leaders.status(STANDING),
    "status against first deadlines": lambda: leaders.status(replace(STANDING, first=Figures(4, 3, 2, 1))),
    "status of nothing": lambda: leaders.status(Standing(StatusFacts(TODAY, "Phòng <X>", Figures(), (), 3))),
    "status by leader": lambda: leaders.groups(
        leaders.as_of("Phòng <X>", TODAY), "theo lãnh đạo", [Group(1, "Trần <Nội>", STANDING.facts.figures)], 1, 2
    ),
    "status period": lambda: leaders.period("Phòng <X>", MONTH, Movement(9, 5, 2, 1, 3, 1, 12, 9), MONTH, Movement()),
    "status happened": lambda: leaders.happened(
        Happened.REPORTED, "Phòng <X>", MONTH, Page((Item(D, act=ItemAct(TODAY, 40, "chờ <sở>")),), 1, 1, 1, 1)
    ),
    "status happened more time": lambda: leaders.happened(
        Happened.EXTENDED, "Phòng <X>", MONTH, Page((Item(D, act=ItemAct(TODAY, until=TODAY)),), 1, 1, 1, 1)
    ),
    "status happened button": lambda: leaders.happened_button(Happened.NEWLY_OVERDUE, 3),
    "status late title": lambda: leaders.late_title(MONTH),
    "status period of nothing": lambda: leaders.period("Phòng <X>", MONTH, Movement(), MONTH, Movement()),
    "status not_yet": lambda: leaders.not_yet(TODAY),
    "status which_chart": lambda: leaders.which_chart("Phòng <X>"),
    "status trend": lambda: leaders.trend_caption("Phòng <X>"),
    "status month": lambda: leaders.month_caption("Phòng <X>", TODAY),
    "feeds overview": lambda: feeds.overview("Phòng <X>", [("Trần <Nội>", NOW, None), ("Nam", NOW, NOW)], is_open=True),
    "feeds overview none": lambda: feeds.overview("Phòng <X>", [], is_open=True),
    "feeds overview closed": lambda: feeds.overview("Phòng <X>", [], is_open=False),
    "feeds made": lambda: feeds.made("Phòng <X>", "https://dondoc.example.vn/lich/abc.ics"),
    "feeds not_shown": lambda: feeds.not_shown("Phòng <X>"),
    "feeds revoked": lambda: feeds.revoked("Phòng <X>"),
    "feeds which_unit": feeds.which_unit,
    "feeds file": lambda: feeds.file_caption("Phòng <X>", 1284),
    "not_reached": lambda: reaching.not_reached(reaching.NotReached({"Phòng <X>": ["Nam"]}, {})),
    "not_reached many": lambda: reaching.not_reached(
        reaching.NotReached({"Phòng <X>": ["Nam"] * 44, "Thanh tra": ["Bắc"] * 44}, {"Thanh tra": ["Nam", "Bắc"]})
    ),
    "not_reached uncertain": lambda: reaching.not_reached(reaching.NotReached({}, {"Phòng <X>": ["Nam"]})),
    "unreached": lambda: reaching.listing(date(2024, 2, 5), SILENCE, SILENCE.people, 1, 2, may_invite=True),
    "unreached nobody": lambda: reaching.listing(date(2024, 2, 5), Silence(), (), 1, 1, may_invite=True),
    "unreached not_for_you": reaching.not_for_you,
    "vitals late": lambda: vitals.late(NOW, 2, 10_001),
    "vitals late due": lambda: vitals.late(NOW, 2, 0),
    "vitals late bare": lambda: vitals.late(NOW, 0, 0),
    "vitals on_time": lambda: vitals.on_time(NOW, NOW + timedelta(minutes=50)),
    "vitals on_time next day": lambda: vitals.on_time(NOW, NOW + timedelta(days=1)),
    "vitals outage": lambda: vitals.outage(NOW, NOW + timedelta(days=2), timedelta(days=1)),
    "vitals clock": lambda: vitals.clock(NOW + timedelta(days=365), NOW),
    "vitals record": lambda: vitals.record(NOW + timedelta(days=365)),
    "vitals restored": lambda: vitals.restored(NOW, NOW + timedelta(hours=8)),
    "vitals corrupt": vitals.corrupt,
}

# somebody else of each role, and the reader; with a deputy and without; now, later, for a day
ABSENCES = {
    "other": away.Absent("Phạm <Văn> Nam", "officer", TODAY, date(2024, 3, 25), "Trần <Văn> Nội", TODAY, "Phòng <X>"),
    "own": away.Absent(None, "leader", date(2024, 2, 5), date(2024, 3, 25), None, TODAY),
    "clerk": away.Absent("Vân", "clerk", TODAY, TODAY, "Hạnh", TODAY, "VP", deputy_away_until=date(2024, 2, 9)),
    "day": away.Absent(None, "head", date(2024, 2, 5), date(2024, 2, 5), None, TODAY),
}
for _name, _a in ABSENCES.items():
    MESSAGES |= {
        f"away {_name} ask_deputy": lambda a=_a: away.ask_deputy(a),  # type: ignore[misc]
        f"away {_name} ask_deputy again": lambda a=_a: away.ask_deputy(a, unknown=True),  # type: ignore[misc]
        f"away {_name} confirm": lambda a=_a: away.confirm(a),  # type: ignore[misc]
        f"away {_name} entered": lambda a=_a: away.entered(a),  # type: ignore[misc]
        f"away {_name} shown": lambda a=_a: away.shown(a),  # type: ignore[misc]
        f"away {_name} ended": lambda a=_a: away.ended(a),  # type: ignore[misc]
        f"away {_name} to_deputy": lambda a=_a: away.to_deputy(  # type: ignore[misc]
            replace(a, name="Hoàng <Văn> Lâm", where="Phòng X"), "Đỗ <Thị> Vân"
        ),
        f"away {_name} to_others": lambda a=_a: away.to_others(a, "Đỗ <Thị> Vân"),  # type: ignore[misc]
        f"away {_name} nobody": lambda a=_a: away.nobody(a, "Trần <Văn> Nội"),  # type: ignore[misc]
        **{
            f"away {_name} over {what} {is_deputy}": lambda a=_a, what=what, is_deputy=is_deputy: away.over(  # type: ignore[misc]
                a, what, is_deputy
            )
            for what in ("back", "off", "changed")
            for is_deputy in (True, False)
        },
    }
MESSAGES |= {
    "away which_person": lambda: away.which_person("<Nam>", 2),
    "away which_person nobody": lambda: away.which_person("<Nam>", 0),
    "away ask_until": lambda: away.ask_until(None, for_others=True),
    "away ask_until other": lambda: away.ask_until("Phạm <Văn> Nam"),
    "away standing_in": lambda: away.standing_in([("Phạm <Văn> Nam", TODAY), ("Ngô Thị Hòa", TODAY)]),
    "away overview": lambda: away.overview([ABSENCES["other"], ABSENCES["clerk"]], 3),
    "away declined": lambda: away.declined("Phạm <Văn> Nam"),
    "away in_place": lambda: away.in_place("Phạm <Văn> Nam", TODAY),
    "away of_both": lambda: away.of_both(["Phạm <Văn> Nam", "Ngô Thị Hòa"]),
    "calendar month": lambda: calendar.month(
        month_of(2025, 9, OfficeCalendar(frozenset({date(2025, 9, 25)}), frozenset({date(2025, 9, 13)}))),
        HOURS,
        "Phòng <X>",
        [calendar.DueDay(date(2025, 9, 5), (12, 13), 2), calendar.DueDay(date(2025, 9, 8), (), 4)],
    ),
    "calendar month bare": lambda: calendar.month(month_of(2025, 3, OfficeCalendar()), HOURS, None, []),
    "calendar month nothing due": lambda: calendar.month(
        month_of(2025, 1, OfficeCalendar()), HOURS, "toàn cơ quan", []
    ),
    "calendar not_understood": lambda: calendar.not_understood("<x>"),
}

STAFFED = staff.Card(
    "Phạm <Văn> Nam",
    "Chuyên viên",
    [("Phòng <Nội vụ>", "officer"), ("Phòng Tài chính", "head")],
    [staff.AccountLine("telegram", NOW), staff.AccountLine("web", NOW)],
    [*range(1, 15)],
)
NOBODY_MUCH = replace(STAFFED, position="", units=STAFFED.units[:1], accounts=[], duties=[])
AHEAD = reorganising.Ahead(12, 3, 14, ["Trần <Văn> Nội", "Cao Văn Minh"], [(3, 7), (4, 9)])
MESSAGES |= {
    "in turn": general.in_turn,
    "staff ask_name": staff.ask_name,
    **{f"staff which {found}": lambda found=found: staff.which("<Nam>", found) for found in (True, False)},  # type: ignore[misc]
    "staff card": lambda: staff.card(STAFFED),
    "staff card bare": lambda: staff.card(NOBODY_MUCH),
    **{f"staff ask_unit {what}": lambda what=what: staff.ask_unit("<Nam>", what) for what in ("move", "add")},  # type: ignore[misc]
    "staff ask_which_unit": lambda: staff.ask_which_unit("<Nam>"),
    "staff ask_role": lambda: staff.ask_role("<Nam>"),
    "staff ask_role in a unit": lambda: staff.ask_role("<Nam>", "Phòng <X>"),
    **{
        f"staff {say.__name__} {what}": lambda say=say, what=what, card=card: say(what, card, "Phòng <X>")  # type: ignore[misc]
        for what in ("move", "add", "drop", "role", "leave", "revoke")
        for say, card in ((staff.confirm, STAFFED), (staff.done, "<Nam>"))
    },
    "staff done with duties": lambda: staff.done("leave", "<Nam>", left=[1, 2]),
    "staff done accounts": lambda: staff.done("revoke", "<Nam>", count=2),
    "staff done accounts with duties": lambda: staff.done("revoke", "<Nam>", left=[1, 2], count=2),
    **{
        f"staff told {what} {own}": lambda what=what, own=own: staff.told(  # type: ignore[misc]
            what,
            "Phạm <Văn> Nam",
            {"old_unit": "A", "new_unit": "B <X>", "unit": "B", "handed": "Phòng <X>", "role": "head"},
            [] if own else [1, 2],
            own,
        )
        for what in ("person_moved", "unit_added", "unit_dropped", "role_changed")
        for own in (True, False)
    },
    "staff told left": lambda: staff.told("person_left", "Nam", {"handed": "A"}, [], own=False),
    "staff own_accounts": lambda: staff.own_accounts(STAFFED.accounts, 1),
    "staff own_accounts one": lambda: staff.own_accounts(STAFFED.accounts[:1], 0),
    **{f"staff own_revoked {n}": lambda n=n: staff.own_revoked(n) for n in (0, 1)},  # type: ignore[misc]
    "reorganising choose": lambda: reorganising.choose("Phòng <X>"),
    **{
        f"reorganising ask {what}": lambda what=what: reorganising.ask(what, "Phòng <X>")  # type: ignore[misc]
        for what in ("rename", "merge", "name", "split", "place", "lead")
    },
    "reorganising pick": lambda: reorganising.pick("Phòng <X>", "Phòng Y", 3, 0, 1, has_parts=False),
    "reorganising pick parts": lambda: reorganising.pick("Phòng <X>", "Phòng Y", 3, 2, 1, has_parts=True),
    "reorganising confirm_rename": lambda: reorganising.confirm_rename("Phòng <X>", "Phòng Y"),
    "reorganising confirm_merge": lambda: reorganising.confirm_merge(["UBND xã <A>", "UBND xã B"], "UBND xã C", AHEAD),
    "reorganising confirm_place": lambda: reorganising.confirm_place("Phòng <X>", "Sở Y"),
    "reorganising confirm_lead": lambda: reorganising.confirm_lead("Phòng <X>", "Hoàng <Văn> Lâm"),
    "reorganising confirm_lead above": lambda: reorganising.confirm_lead("Phòng <X>", None),
    **{
        f"reorganising done {what} {new}": lambda what=what, new=new: reorganising.done(  # type: ignore[misc]
            what,
            {"old": "A", "new": new, "unit": "Phòng <X>", "count": 3, "people": 1, "helped": 2, "has_group": True},
        )
        for what in ("rename", "merge", "split", "place", "lead")
        for new in ("B <X>", "")
    },
    **{
        f"reorganising told {what} {count}": lambda what=what, count=count: reorganising.told(  # type: ignore[misc]
            what, ["UBND xã <A>", "UBND xã B"], "" if what == "unit_led" and not count else "UBND xã C", count
        )
        for what in ("unit_renamed", "unit_merged", "unit_split", "unit_placed", "unit_led")
        for count in (0, 3)
    },
    "reorganising told of a split": lambda: reorganising.told(
        "unit_split", ["Phòng <X>"], "Phòng Y", 3, helped=2, has_group=True
    ),
    "own_data overview": lambda: own_data.overview(
        own_data.Stored("Phạm <Văn> Nam", "", STAFFED.units, STAFFED.accounts, NOW, 12, 40, 55, 13, 4)
    ),
    "own_data coming": own_data.coming,
    "own_data file": lambda: own_data.file("Phạm <Văn> Nam"),
}

HELPED = replace(
    D,
    parts=(
        PartView("Phòng <Tài chính>", TODAY, TODAY),
        PartView("Thanh tra", TODAY),
        PartView("UBND xã A"),
        PartView("Sở <X>", is_known=False),
    ),
)
MESSAGES |= {
    "directive with parts": lambda: cards.directive(HELPED),
    "directive with many parts": lambda: cards.directive(replace(HELPED, parts=HELPED.parts * 2)),
    "directive done with parts": lambda: cards.directive(replace(DONE, parts=HELPED.parts)),
    "parts listing": lambda: parts.listing(HELPED),
    "parts acknowledged": lambda: parts.acknowledged(12, "Phòng <X>"),
    "parts acknowledged_all": lambda: parts.acknowledged_all(3),
    "parts ask_answer": lambda: parts.ask_answer(12, "Phòng <X>"),
    **{
        f"parts said_back {kind}": lambda kind=kind, why=why: parts.said_back(12, "A", kind, "B <X>", why, 2)  # type: ignore[misc]
        for kind, why in (("done", None), ("progress", None), ("difficulty", "chờ <số liệu>"))
    },
    "parts correct": lambda: parts.correct(12),
    "parts withdrawn": lambda: parts.withdrawn(12),
    "parts no_extension": lambda: parts.no_extension(12, "Phòng <X>", None, None),
    "parts no_extension dated": lambda: parts.no_extension(12, "Phòng <X>", "Nam", TODAY),
    "parts ask_decline": lambda: parts.ask_decline(12),
    "parts confirm_decline": lambda: parts.confirm_decline(12, "Phòng <X>", "không <có> số liệu"),
    "parts declined": lambda: parts.declined(12),
    "parts nudged": lambda: parts.nudged(12, ["Phòng <X>", "Thanh tra"]),
    "parts nudge": lambda: parts.nudge(D, "Phòng <X>", "Phạm Văn Nam, Chuyên viên"),
    **{
        f"parts told {event}": lambda event=event: parts.told(  # type: ignore[misc]
            D, parts.PartNews(event, "Phòng <X>", "Nam, Chuyên viên", "nhất <trí>", ("a.pdf",))
        )
        for event in ("part_answered", "part_reported", "part_declined", "part_removed", "part_kept")
    },
    "parts decided removed": lambda: parts.decided(12, "Phòng <X>", is_removed=True),
    "parts decided kept": lambda: parts.decided(12, "Phòng <X>", is_removed=False),
    "delegating ask": lambda: delegating.ask(12, "Phòng <X>"),
    "delegating nobody": lambda: delegating.nobody(12, "Phòng <X>"),
    "delegating confirm": lambda: delegating.confirm(12, "Rà soát <quỹ đất>", "Phạm Văn Nam"),
    "delegating done": lambda: delegating.done(12, "Phạm <Văn> Nam", is_away=False),
    "delegating done away": lambda: delegating.done(12, "Phạm <Văn> Nam", is_away=True),
    "delegating told": lambda: delegating.told(URGENT, "Trần <Văn> Nội"),
    "delegating passed_on": lambda: delegating.passed_on(D, "Phạm <Văn> Nam"),
    "unit table": lambda: unit_table.table(
        "Phòng <X>",
        Counts(9, 1, 2, 3, 4, 1),
        [
            TableLine(D, is_extending=True),
            TableLine(LATE),
            TableLine(replace(BARE, state=State.SUBMITTED)),
            TableLine(replace(HELPED, state=State.SUSPENDED, explain_by=TODAY)),
        ],
        [HelpedLine(URGENT, is_acknowledged=False), HelpedLine(BARE, is_acknowledged=True)],
        2,
        1,
        2,
    ),
    "unit table empty": lambda: unit_table.table("Phòng <X>", Counts(0, 0, 0, 0, 0, 0), [], [], 0, 1, 1),
    "unit helped of two": lambda: unit_table.helped([HelpedLine(LATE, is_acknowledged=False, unit="Phòng <X>")], 1),
    "unit helped": lambda: unit_table.helped([HelpedLine(LATE, is_acknowledged=False)], 1),
    "parts missing": lambda: parts.missing(["Phòng <X>", "Thanh tra"]),
    "parts missing many": lambda: parts.missing(["Phòng <X>"] * 5),
}

ENGLISH = re.compile(r"\b(the|and|not|please|error|none|true|false|null|directive|deadline)\b", re.IGNORECASE)


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_reads_well(name: str) -> None:
    text = MESSAGES[name]()
    seen = visible(text)
    assert seen.strip() == seen
    assert "\n\n\n" not in seen
    assert "{{" not in seen
    assert not ENGLISH.search(re.sub(r"/\w+", "", seen)), seen
    assert _closes(text), text
    assert "<" not in TAG.sub("", text), "a character of markup from outside got through"


def _closes(markup: str) -> bool:
    open_tags: list[str] = []
    for tag in TAG.findall(markup):
        name = re.split("[ <>/]", tag.strip("<>/"))[0]
        if not tag.startswith("</"):
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return False
    return not open_tags


def test_every_template_belongs_to_a_message_here_or_elsewhere() -> None:
    used = "".join(path.read_text() for path in Path(labels.__file__).parent.glob("*.py"))
    orphans = [
        name for name in ENVIRONMENT.list_templates() if not name.startswith("_") and f'"{name[:-3]}"' not in used
    ]
    assert orphans == []


SAMPLES: dict[type[Refusal], Refusal] = {
    errors.UrgedToday: errors.UrgedToday((12, 13), NOW),
    errors.ChangedMeanwhile: errors.ChangedMeanwhile((12,)),
    errors.NotLate: errors.NotLate(12),
    errors.ExcusedAlready: errors.ExcusedAlready(12, "Lý <Phúc>", NOW),
    errors.ConclusionsFiled: errors.ConclusionsFiled("abc"),
    errors.NoSuchConclusion: errors.NoSuchConclusion(9, 3),
    errors.ConclusionTooLong: errors.ConclusionTooLong(2000, 1000),
    errors.NotAllowed: errors.NotAllowed("decide"),
    errors.MoveNotAllowed: errors.MoveNotAllowed(State.COMPLETED, Event.SUBMIT),
    errors.NoSuchDirective: errors.NoSuchDirective(12),
    errors.ReasonMissing: errors.ReasonMissing(Event.RETURN),
    errors.NotYourself: errors.NotYourself(),
    errors.WorksThere: errors.WorksThere("Phòng <X>"),
    errors.UnitBelowItself: errors.UnitBelowItself("Phòng <X>", "Tổ <Y>"),
    errors.NameTaken: errors.NameTaken("Phòng <X>"),
    errors.AlreadyThere: errors.AlreadyThere("Phòng Nội vụ"),
    errors.ExceptedUnknown: errors.ExceptedUnknown((12,), ("An <Lâm>",)),
    errors.AliasNotUsable: errors.AliasNotUsable("P. TNMT", "Phòng Nội vụ"),
    errors.LeadMissing: errors.LeadMissing((12, 13)),
    errors.DateNotUnderstood: errors.DateNotUnderstood("<hôm nào>"),
    errors.CycleNotUnderstood: errors.CycleNotUnderstood("<mỗi>", has_deadline=True),
    errors.DateDoesNotExist: errors.DateDoesNotExist("31/02"),
    errors.DeadlineInPast: errors.DeadlineInPast(date(2024, 1, 1), date(2024, 1, 31)),
    errors.ExtensionNotLater: errors.ExtensionNotLater(date(2024, 2, 1), date(2024, 2, 6)),
    errors.ExtensionPending: errors.ExtensionPending(12, date(2024, 2, 6)),
    errors.ExtensionsUsedUp: errors.ExtensionsUsedUp(12, 2, 30, "Lý Thị <Phúc>"),
    errors.ExtensionTooFar: errors.ExtensionTooFar(date(2024, 9, 2), date(2024, 3, 7), 30),
    errors.OfferNotEarlier: errors.OfferNotEarlier(date(2024, 3, 20), date(2024, 3, 15)),
    errors.ObstacleClosed: errors.ObstacleClosed(12, "solved"),
    errors.AskedToday: errors.AskedToday(12),
    errors.HourNotUsable: errors.HourNotUsable(time(22), time(6, 30), time(20)),
    errors.NotOverdue: errors.NotOverdue(12),
    errors.ExplanationAsked: errors.ExplanationAsked(12, "Lý Thị <Phúc>", NOW, date(2024, 2, 6)),
    errors.AskedToday: errors.AskedToday(12),
    errors.AbsenceBackwards: errors.AbsenceBackwards(date(2024, 3, 25), date(2024, 3, 20)),
    errors.AbsenceTooLong: errors.AbsenceTooLong(date(2024, 9, 2), 90),
    errors.CannotStandIn: errors.CannotStandIn("Trần <Văn> Nội"),
    errors.StandsInCircle: errors.StandsInCircle(("Trần <Văn> Nội", "Ngô Thị Hòa")),
    errors.DocumentRefused: errors.DocumentRefused("MẬT"),
    errors.DocumentUnusable: errors.DocumentUnusable("too_large", 20),
    errors.SameNotice: errors.SameNotice("abc", "15/TB-UBND"),
    errors.GroupOfOthers: errors.GroupOfOthers("Phòng <X>"),
    errors.FileRefused: errors.FileRefused("<báo cáo>.docm", "macros"),
    errors.AwaitsHead: errors.AwaitsHead(12, "Trưởng phòng Trần <Văn> Nội"),
    errors.LeaderDecides: errors.LeaderDecides(12, "Phó Chủ tịch Lý Thị <Phúc>"),
    errors.CannotUndo: errors.CannotUndo("late", Event.APPROVE, 12, 60),
    errors.Replaced: errors.Replaced(15, (16, 17), merged=False),
    errors.ComesAgain: errors.ComesAgain(12),
    errors.PartsOutOfRange: errors.PartsOutOfRange(1, 2, 20),
    errors.PartTooLate: errors.PartTooLate(date(2024, 3, 1), date(2024, 2, 1)),
    errors.PartUnitUnclear: errors.PartUnitUnclear(2, "Phòng <X>", ("Phòng <A>", "Phòng B")),
    errors.MergeIntoItself: errors.MergeIntoItself(12),
    errors.MergeIntoEnded: errors.MergeIntoEnded(12, "completed"),
    errors.HelpsAlready: errors.HelpsAlready("Phòng <X>"),
    errors.SnoozeNotToday: errors.SnoozeNotToday(time(14, 0)),
    errors.SnoozePastDeadline: errors.SnoozePastDeadline(NOW, NOW, date(2024, 1, 31)),
    errors.StandsForChange: errors.StandsForChange((12, 13)),
    errors.PaperNotYours: errors.PaperNotYours("period"),
    errors.NothingToUrge: errors.NothingToUrge("Phòng <X>"),
    errors.NothingIssued: errors.NothingIssued("15/<TB>"),
    errors.TooManyFeeds: errors.TooManyFeeds(10),
    errors.AlreadyWorkedOn: errors.AlreadyWorkedOn("abc", "15/<TB>"),
}
REFUSALS = [
    kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Refusal) and kind is not Refusal
]


@pytest.mark.parametrize("kind", REFUSALS)
def test_every_refusal_has_one_sentence_that_says_what_to_do(kind: type[Refusal]) -> None:
    text = refusals.refusal(SAMPLES.get(kind) or kind())
    assert visible(text).rstrip().endswith(".")
    assert not ENGLISH.search(visible(text))
    assert "<" not in TAG.sub("", text)


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_names_its_directive_once_wherever_it_is_said(kind: type[Refusal]) -> None:
    refused = SAMPLES.get(kind) or kind()
    number = getattr(refused, "number", None)
    number = number if isinstance(number, int) else (getattr(refused, "numbers", None) or (12,))[0]
    text = refusals.refusal(refused)
    assert visible(text).count(f"#{number}") <= 1
    assert visible(refusals.about(number, refused)).count(f"#{number}") == 1
    assert visible(leading.approved_some([], [(number, text)])).count(f"#{number}") == 1


@pytest.mark.parametrize(
    "problem",
    [
        "unreadable",
        "password",
        "no_text",
        "unsupported",
        "too_slow",
        "empty",
        "too_large",
        "too_many_pages",
        "too_many_scanned_pages",
        "page_too_large",
        "nothing_recognised",
        "no_tesseract",
        "no_vie",
    ],
)
def test_every_trouble_with_a_file_has_its_sentence(problem: str) -> None:
    assert refusals.refusal(errors.DocumentUnusable(problem, 20)).endswith(".")
