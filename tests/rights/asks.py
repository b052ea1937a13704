"""Every service that a person can ask to change something, with its action and the way it is asked.

A new service is one line in ``ASKED``; one that asks no right of its own stands in ``ELSEWHERE`` with the reason.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from db import Session
from db.models import (
    Absence,
    Alias,
    Conclusion,
    Explanation,
    Extension,
    Feed,
    GroupChat,
    Import,
    Meeting,
    Notice,
    Obstacle,
    Report,
)
from domain.errors import AlreadyWorkedOn, NoSuchThing, NothingToIssue
from domain.import_heads import Heads
from domain.lifecycle import Event, State
from domain.measure_lines import read_line, read_list
from domain.measure_words import Heard
from domain.measures import Level
from domain.rights import Action as A
from domain.rights import Role
from domain.snoozing import Later
from domain.sources import Source
from domain.tables import Sheet
from notices.model import ReadNotice
from services import (
    aliases,
    applying,
    approving_several,
    coordinating,
    correcting,
    deciding,
    delegating,
    excusing,
    explaining,
    extensions,
    extracts,
    feeds,
    fields,
    filing,
    giving_time,
    group_chats,
    helping,
    import_taking,
    importing,
    instructing,
    issuing,
    leave,
    levels,
    measures,
    measuring,
    meetings,
    members,
    merging,
    notices,
    obstacles,
    offers,
    recurring,
    reorganising,
    reporting,
    revising,
    snoozes,
    splitting,
    steering,
    urging,
)
from services.life import By
from services.reporting import Said
from tests.rights.scene import LAST_DAY, NOW, Asked, Call, acting, directive, part, person, unit

UNTIL = date(2024, 3, 29)
SAID = Said("progress", "đang làm")


def on(act: Any, *more: Any, last: bool = False, **options: Any) -> Call:
    """A service of #1: ``act(session, directive, [more,] by[, more])``."""

    async def call(s: Session, by: By) -> Any:
        return await act(s, await directive(s), *(more if last else ()), by, *(() if last else more), **options)

    return call


# --- what must be there before ---


async def request(s: Session, state: str = "pending") -> None:
    nam = await person(s, "ai")
    s.add(
        Extension(
            code="hạn", directive_id=1, asked_by=nam.id, asked_at=NOW, until=UNTIL, reason="chờ", state=state,
            last_day_before=LAST_DAY, offered_until=date(2024, 3, 20) if state == "offered" else None,
        )
    )  # fmt: skip


async def offered(s: Session) -> None:
    await request(s, "offered")


async def granted(s: Session) -> None:
    await request(s, "granted")


async def the_request(s: Session) -> Extension:
    return await extensions.by_code(s, "hạn")


async def difficulty(s: Session) -> None:
    s.add(Obstacle(code="khó", directive_id=1, text="chưa có mặt bằng", opened_at=NOW))


async def explanation(s: Session) -> None:
    who = await person(s, "phuc")
    lead = await unit(s, "noi-vu")
    s.add(Explanation(code="gt", directive_id=1, unit_id=lead.id, asked_by=who.id, asked_at=NOW, due_day=UNTIL))


async def overdue(s: Session) -> None:
    (await directive(s)).last_day = date(2024, 1, 15)


async def important(s: Session) -> None:
    one = await directive(s)
    one.important, one.submitted_by = True, (await person(s, "ai")).id


async def notice(s: Session) -> None:
    s.add(
        Notice(code="tb", left_out=["Giao Phòng Nội vụ báo cáo"], sent_by=(await person(s, "van")).id, received_at=NOW)
    )


async def table(s: Session) -> None:
    """A table that is asked about, and by which a deadline was moved in another program."""
    kept = {"fields": {}, "names": [], "below": 0, "title": "", "source": "own", "with_done": False}
    s.add(
        Import(
            code="bảng", made_by=(await person(s, "van")).id, made_at=NOW, file_name="a.xlsx", sha256="0" * 64,
            columns={**kept, "with_twins": False, "lines": []}, counts={"moved": {"1": "2024-03-29"}},
        )
    )  # fmt: skip


async def taught(s: Session) -> None:
    van = await person(s, "van")
    s.add(Alias(code="tên", unit_id=(await unit(s, "noi-vu")).id, written="P Nội", made_by=van.id, made_at=NOW))


async def again(s: Session) -> None:
    one = await directive(s)
    one.cycle, one.recurring, one.next_occurrence_at = "month/1 25", "ngày 25 hằng tháng", NOW


async def the_notice(s: Session) -> Notice:
    return (await s.scalars(select(Notice).where(Notice.code == "tb"))).one()


async def absence(s: Session, by: By) -> Any:
    return await leave.begin(s, leave.Plan(await person(s, "ai"), date(2024, 2, 5), date(2024, 2, 6), None), by)


async def helper(s: Session, by: By) -> Any:
    return await correcting.change_helper(s, await directive(s), await part(s), await unit(s, "an-hoa"), by)


async def into_second(s: Session, by: By) -> Any:
    return await merging.merge(s, await directive(s), await directive(s, 2), by)


async def in_two(s: Session, by: By) -> Any:
    return await splitting.split(s, await directive(s), [splitting.Part("một"), splitting.Part("hai")], by)


async def two_units_into_one(s: Session, by: By) -> Any:
    both = [await unit(s, "an-hoa"), await unit(s, "binh-minh")]
    return await reorganising.merge(s, both, both[0], by)


async def one_unit_into_two(s: Session, by: By) -> Any:
    return await reorganising.split(s, await unit(s, "noi-vu"), await unit(s, "an-hoa"), [await directive(s)], [], by)


def to_unit(act: Any, key: str = "an-hoa") -> Call:
    """``act(session, directive, unit, by)``."""

    async def call(s: Session, by: By) -> Any:
        return await act(s, await directive(s), await unit(s, key), by)

    return call


def units(act: Any, key: str = "an-hoa") -> Call:
    """``act(session, directive, [unit], by)``."""

    async def call(s: Session, by: By) -> Any:
        return await act(s, await directive(s), [await unit(s, key)], by)

    return call


def of_part(act: Any, *more: Any) -> Call:
    """``act(session, directive, part, [more,] by)``."""

    async def call(s: Session, by: By) -> Any:
        return await act(s, await directive(s), await part(s), *more, by)

    return call


def of_request(act: Any, *more: Any) -> Call:
    """``act(session, request, [more,] by)``."""

    async def call(s: Session, by: By) -> Any:
        return await act(s, await the_request(s), *more, by)

    return call


def of_difficulty(act: Any, *more: Any) -> Call:
    """``act(session, obstacle, [more,] by)``."""

    async def call(s: Session, by: By) -> Any:
        return await act(s, await obstacles.by_code(s, "khó"), *more, by)

    return call


def of_explanation(act: Any, *more: Any) -> Call:
    """``act(session, explanation, [more,] by)``."""

    async def call(s: Session, by: By) -> Any:
        row = (await s.scalars(select(Explanation).where(Explanation.code == "gt"))).one()
        return await act(s, row, *more, by)

    return call


def of_ai(act: Any, *keys: str, more: tuple[Any, ...] = ()) -> Call:
    """``act(session, person, [units,] [more,] by)`` of somebody whom nobody of the table is."""

    async def call(s: Session, by: By) -> Any:
        return await act(s, await person(s, "ai"), *[await unit(s, key) for key in keys], *more, by)

    return call


def of_unit(act: Any, *more: Any, key: str = "an-hoa") -> Call:
    """``act(session, unit, [more,] by)``."""

    async def call(s: Session, by: By) -> Any:
        return await act(s, await unit(s, key), *more, by)

    return call


def of_notice(act: Any, *more: Any) -> Call:
    """``act(session, notice, [more,] by)``."""

    async def call(s: Session, by: By) -> Any:
        return await act(s, await the_notice(s), *more, by)

    return call


async def works_besides(s: Session) -> None:
    van = await acting(s, "van")
    await members.add(s, await person(s, "ai"), await unit(s, "an-hoa"), Role.OFFICER, van)


async def placed(s: Session, by: By) -> Any:
    return await reorganising.place(s, await unit(s, "an-hoa"), await unit(s, "tai-chinh"), by)


async def named(s: Session, by: By) -> Any:
    return await aliases.learn(s, "Phòng Tổ chức", await unit(s, "noi-vu"), by)


async def added_name(s: Session, by: By) -> Any:
    return await aliases.add(s, "Phòng Tổ chức", await unit(s, "noi-vu"), by)


async def taught_name(s: Session, by: By) -> Any:
    one = await directive(s)
    one.lead_written = "Phòng Tổ chức"
    return await aliases.confirm(s, one, "Phòng Tổ chức", await unit(s, "noi-vu"), by)


async def drafted(s: Session, by: By) -> Any:
    return await notices.draft_directly(s, "Báo cáo", await unit(s, "noi-vu"), None, (), by)


async def _take_table(s: Session, by: By) -> Any:
    return await importing.take(s, "a.xlsx", "0" * 64, Sheet("", ()), Heads(0, 1, (), {}), by)


async def _carry_out_table(s: Session, by: By) -> Any:
    made = await s.scalar(select(Import))
    assert made is not None
    return await import_taking.carry_out(s, made, by)


async def _suspend(s: Session, by: By) -> Any:
    return await steering.steer(s, await directive(s), Event.SUSPEND, by, "chờ kinh phí")


# --- asked in a way of their own ---


async def _delegate(s: Session, by: By) -> Any:
    officer = await person(s, "nam" if by.person.key != "nam" else "noi")
    return await delegating.delegate(s, await directive(s), officer.id, by)


async def reported(s: Session) -> None:
    who = await person(s, "nam")
    s.add(Report(code="bc", directive_id=1, person_id=who.id, unit_id=who.unit_id, at=NOW, kind="done", text="xong"))


async def part_reported(s: Session) -> None:
    who, row = await person(s, "tai"), await part(s)
    s.add(
        Report(
            code="ph", directive_id=1, person_id=who.id, unit_id=who.unit_id, at=NOW, kind="progress", text="đang làm",
            coordination_id=row.id,
        )
    )  # fmt: skip


async def _report(s: Session, code: str) -> Report:
    return (await s.scalars(select(Report).where(Report.code == code))).one()


def of_report(act: Any) -> Call:
    """``act(session, report, directive, words, by)``."""

    async def call(s: Session, by: By) -> Any:
        return await act(s, await _report(s, "bc"), await directive(s), "đã xong", by)

    return call


async def _decline_part(s: Session, by: By) -> Any:
    return await coordinating.decline(s, await directive(s), await part(s), await _report(s, "ph"), by)


async def _take_back_part(s: Session, by: By) -> Any:
    return await coordinating.withdraw(s, await _report(s, "ph"), by)


async def _another_meaning(s: Session, by: By) -> Any:
    return await coordinating.reinterpret(s, await _report(s, "ph"), SAID, by)


async def _check_into(s: Session, by: By) -> Any:
    return await merging.check_into(s, await directive(s), await directive(s, 2), by)


async def away(s: Session) -> None:
    ai = await person(s, "ai")
    days = {"first_day": date(2024, 2, 5), "last_day": date(2024, 2, 6)}
    s.add(Absence(code="vắng", person_id=ai.id, made_by=ai.id, made_at=NOW, **days))


async def _back(s: Session, by: By) -> Any:
    return await leave.end(s, await leave.by_code(s, "vắng", date(2024, 2, 1)), by)


async def _plan(s: Session, by: By) -> Any:
    return await leave.check(s, leave.Plan(await person(s, "ai"), date(2024, 2, 5), date(2024, 2, 6), None), by)


async def linked_group(s: Session) -> None:
    van, lead = await person(s, "van"), await unit(s, "noi-vu")
    s.add(GroupChat(channel="web", chat="nhóm", unit_id=lead.id, linked_by=van.id, linked_at=NOW))


async def _link_group(s: Session, by: By) -> Any:
    return await group_chats.link(s, "web", "nhóm", await unit(s, "noi-vu"), by)


async def a_feed(s: Session) -> None:
    van, lead = await person(s, "van"), await unit(s, "noi-vu")
    s.add(Feed(code="lịch", unit_id=lead.id, secret_hash="0" * 64, made_by=van.id, made_at=NOW))


async def _make_feed(s: Session, by: By) -> Any:
    return await feeds.make(s, await unit(s, "noi-vu"), by)


async def _unlink_group(s: Session, by: By) -> Any:
    return await group_chats.unlink(s, (await s.scalars(select(GroupChat))).one(), by)


async def _urge(s: Session, by: By) -> Any:
    one = await directive(s)
    shown = urging.Shown(one.lead_unit_id or 0, {1: one.last_day})
    return await urging.urge(s, [one], "", by, shown)


async def _approve_all(s: Session, by: By) -> Any:
    return await approving_several.approve_all(s, [await directive(s)], by)


async def excused(s: Session) -> None:
    one, phuc = await directive(s), await person(s, "phuc")
    one.excused_at, one.excused_by, one.excused_for = NOW, phuc.id, "mưa lũ"


async def a_measure(s: Session) -> None:
    await measuring.follow(s, await directive(s), read_line("Khắc phục lấn chiếm"), await acting(s, "van"))


async def reported_measure(s: Session) -> None:
    await a_measure(s)
    await reported(s)


def of_measure(act: Any, *more: Any) -> Call:
    """``act(session, measure, [words,] by[, shown])``."""

    async def call(s: Session, by: By) -> Any:
        measure = await measures.of_directive(s, 1)
        return await act(s, measure, *more[:1], by, *more[1:])

    return call


async def _record(s: Session, by: By) -> Any:
    row, measure = await _report(s, "bc"), await measures.of_directive(s, 1)
    row.person_id = by.person.id
    return await measuring.record(s, measure, row, Heard(level=Level.DONE), by, "xong")  # type: ignore[arg-type]


async def _say_anew(s: Session, by: By) -> Any:
    row = await _report(s, "bc")
    row.person_id = by.person.id
    return await measuring.say_anew(s, row, "đã khắc phục", by)


async def _measured_list(s: Session, by: By) -> Any:
    return await measuring.draft_list(s, read_list("Chỉ tiêu\nThu; tỷ đồng; 5"), [await unit(s, "noi-vu")], None, by)


async def meeting(s: Session) -> None:
    van = await person(s, "van")
    row = Meeting(code="họp", day=date(2024, 1, 31), opened_by=van.id, opened_at=NOW)
    s.add(row)
    await s.flush()
    s.add_all(
        Conclusion(code=f"kl{n}", meeting_id=row.id, place=n, text="Phòng Nội vụ báo cáo", made_by=van.id, made_at=NOW)
        for n in (1, 2)
    )


def of_meeting(act: Any, *more: Any) -> Call:
    """``act(session, meeting, [more,] by)``."""

    async def call(s: Session, by: By) -> Any:
        return await act(s, (await s.scalars(select(Meeting))).one(), *more, by)

    return call


def of_conclusion(act: Any, *more: Any) -> Call:
    """``act(session, conclusion, [more,] by)``."""

    async def call(s: Session, by: By) -> Any:
        return await act(s, (await s.scalars(select(Conclusion).where(Conclusion.code == "kl1"))).one(), *more, by)

    return call


_NOTHING_READ = ReadNotice()

SUBMITTED, DECLINED, DRAFT = State.SUBMITTED, State.DECLINED, State.DRAFT

ASKED: dict[str, tuple[A | tuple[A, ...], Asked]] = {
    # the unit that leads
    "reporting.acknowledge": (A.ACKNOWLEDGE, Asked(on(reporting.acknowledge), state=State.ISSUED)),
    "reporting.report": (A.REPORT, Asked(on(reporting.report, SAID, last=True))),
    "reporting.note": (A.REPORT, Asked(on(reporting.note, SAID, last=True))),
    "reporting.submit": (A.SUBMIT, Asked(on(reporting.submit))),
    "reporting.decline": (A.DECLINE, Asked(on(reporting.decline, "nhầm"))),
    "extensions.may_ask": (A.ASK_EXTENSION, Asked(on(extensions.may_ask))),
    "extensions.ask": (A.ASK_EXTENSION, Asked(on(extensions.ask, UNTIL, "chờ", last=True))),
    "offers.accept": (A.ASK_EXTENSION, Asked(of_request(offers.accept, date(2024, 3, 20)), offered)),
    "offers.decline": (A.ASK_EXTENSION, Asked(of_request(offers.decline, date(2024, 3, 20)), offered)),
    "explaining.may_answer": (A.REPORT, Asked(of_explanation(explaining.may_answer), explanation)),
    "explaining.answer": (A.REPORT, Asked(of_explanation(explaining.answer, "do mưa"), explanation)),
    "delegating.check": (A.DELEGATE, Asked(on(delegating.check))),
    "delegating.candidates": (A.DELEGATE, Asked(on(delegating.candidates))),
    "levels.require_check": (A.CHECK, Asked(on(levels.require_check), important, SUBMITTED)),
    "deciding.check": (A.CHECK, Asked(on(deciding.check), important, SUBMITTED)),
    "delegating.delegate": (A.DELEGATE, Asked(_delegate)),
    "revising.change_handed_in": (A.REPORT, Asked(of_report(revising.change_handed_in), reported, SUBMITTED)),
    # a unit that helps
    "coordinating.decline": (A.HELP, Asked(_decline_part, part_reported)),
    "coordinating.withdraw": (A.HELP, Asked(_take_back_part, part_reported)),
    "coordinating.reinterpret": (A.HELP, Asked(_another_meaning, part_reported)),
    "coordinating.nudge": ((A.REPORT, A.STEER), Asked(on(coordinating.nudge))),
    "coordinating.acknowledge": (A.HELP, Asked(of_part(coordinating.acknowledge))),
    "coordinating.report": (A.HELP, Asked(of_part(coordinating.report, SAID))),
    "coordinating.answer": (A.HELP, Asked(of_part(coordinating.answer, SAID))),
    "coordinating.note": (A.HELP, Asked(of_part(coordinating.note, SAID))),
    # whoever sees it
    "snoozes.snooze": (A.SEE, Asked(on(snoozes.snooze, Later.TOMORROW, last=True))),
    "extracts.ask": (A.SEE, Asked(on(extracts.ask))),
    "extracts.material": (A.SEE, Asked(on(extracts.material))),
    # the assigner's side
    "deciding.approve": (A.DECIDE, Asked(on(deciding.approve), state=SUBMITTED)),
    "deciding.send_back": (A.DECIDE, Asked(on(deciding.send_back, "thiếu"), state=SUBMITTED)),
    "levels.require_approval": (A.DECIDE, Asked(on(levels.require_approval), state=SUBMITTED)),
    "levels.require_return": (A.DECIDE, Asked(on(levels.require_return), state=SUBMITTED)),
    "extensions.check_decider": (A.DECIDE, Asked(of_request(extensions.check_decider), request)),
    "extensions.grant": (A.DECIDE, Asked(of_request(extensions.grant), request)),
    "extensions.refuse": (A.DECIDE, Asked(of_request(extensions.refuse, "gấp"), request)),
    "offers.may_offer": (A.DECIDE, Asked(of_request(offers.may_offer), request)),
    "offers.offer": (A.DECIDE, Asked(of_request(offers.offer, date(2024, 3, 20), "gấp"), request)),
    "offers.confirm_objective": (A.DECIDE, Asked(of_request(offers.confirm_objective), granted)),
    "obstacles.may_answer": (A.DECIDE, Asked(of_difficulty(obstacles.may_answer), difficulty)),
    "obstacles.answer": (A.DECIDE, Asked(of_difficulty(obstacles.answer, "đã chỉ đạo"), difficulty)),
    "obstacles.solve": ((A.DECIDE, A.REPORT), Asked(of_difficulty(obstacles.solve), difficulty)),
    "explaining.ask": (A.ASK_EXPLANATION, Asked(on(explaining.ask), overdue)),
    "urging.check": (A.URGE, Asked(on(urging.check))),
    "urging.urge": (A.URGE, Asked(_urge)),
    "instructing.check": (A.INSTRUCT, Asked(on(instructing.check))),
    "instructing.instruct": (A.INSTRUCT, Asked(on(instructing.instruct, "làm ngay", last=True))),
    "giving_time.check": (A.DECIDE, Asked(on(giving_time.check))),
    "giving_time.give": (A.DECIDE, Asked(on(giving_time.give, UNTIL, "", last=True))),
    "excusing.check": (A.DECIDE, Asked(on(excusing.check), overdue)),
    "excusing.excuse": (A.DECIDE, Asked(on(excusing.excuse, "mưa lũ", last=True), overdue)),
    "excusing.take_back": (A.DECIDE, Asked(on(excusing.take_back), excused)),
    "approving_several.approve_all": (A.DECIDE, Asked(_approve_all, state=SUBMITTED)),
    "deciding.mark_important": (A.STEER, Asked(on(deciding.mark_important, important=True))),
    "steering.insist": (A.STEER, Asked(on(steering.insist), state=DECLINED)),
    "steering.steer": (A.STEER, Asked(_suspend)),
    "steering.reassign": (A.STEER, Asked(to_unit(steering.reassign))),
    "steering.hand_over": (A.STEER, Asked(to_unit(steering.hand_over))),
    "splitting.check": (A.STEER, Asked(on(splitting.check))),
    "splitting.split": (A.STEER, Asked(in_two)),
    "merging.check": (A.STEER, Asked(on(merging.check))),
    "merging.merge": (A.STEER, Asked(into_second)),
    "helping.check": (A.STEER, Asked(on(helping.check))),
    "helping.add": (A.STEER, Asked(units(helping.add))),
    "coordinating.remove": (A.STEER, Asked(of_part(coordinating.remove))),
    "coordinating.keep": (A.STEER, Asked(of_part(coordinating.keep))),
    "merging.check_into": (A.STEER, Asked(_check_into)),
    "recurring.end_series": (A.STEER, Asked(on(recurring.end_series), again)),
    "group_chats.link": ((A.MANAGE_UNITS, A.CHECK), Asked(_link_group)),
    "feeds.make": ((A.READ_NOTICES, A.REPORT), Asked(_make_feed)),
    "feeds.revoke": ((A.READ_NOTICES, A.REPORT), Asked(lambda s, by: feeds.revoke(s, "lịch", by), a_feed)),
    "group_chats.unlink": ((A.MANAGE_UNITS, A.CHECK), Asked(_unlink_group, linked_group)),
    # drafts and documents
    "measuring.follow": (A.READ_NOTICES, Asked(on(measuring.follow, read_line("Khắc phục lấn chiếm"), last=True))),
    "measuring.draft_list": (A.READ_NOTICES, Asked(_measured_list)),
    "measuring.record": (A.REPORT, Asked(_record, reported_measure)),
    "measuring.say_anew": (A.REPORT, Asked(_say_anew, reported_measure)),
    "measuring.may_assess": (A.DECIDE, Asked(of_measure(measuring.may_assess), a_measure)),
    "measuring.assess": (A.DECIDE, Asked(of_measure(measuring.assess, "mostly", "Cơ bản"), a_measure)),
    "issuing.issue": (A.ISSUE, Asked(lambda s, by: _issue(s, by), state=DRAFT)),
    "issuing.drop": (A.ISSUE, Asked(on(issuing.drop), state=DRAFT)),
    "notices.draft_directly": (A.ISSUE, Asked(drafted)),
    "fields.set_source": (A.READ_NOTICES, Asked(of_notice(fields.set_source, Source.ABOVE), notice)),
    "fields.change_field": (A.READ_NOTICES, Asked(on(fields.change_field, "Nội vụ", last=True))),
    "notices.check_draft": (A.READ_NOTICES, Asked(on(notices.check_draft), state=DRAFT)),
    "correcting.change_lead": (A.READ_NOTICES, Asked(to_unit(correcting.change_lead), state=DRAFT)),
    "correcting.change_excepted": (A.READ_NOTICES, Asked(on(correcting.change_excepted, [], last=True), state=DRAFT)),
    "correcting.change_deadline": (A.READ_NOTICES, Asked(on(correcting.change_deadline, None, last=True), state=DRAFT)),
    "correcting.change_text": (A.READ_NOTICES, Asked(on(correcting.change_text, "khác", last=True), state=DRAFT)),
    "correcting.change_urgency": (A.READ_NOTICES, Asked(on(correcting.change_urgency, None, last=True), state=DRAFT)),
    "correcting.change_recurring": (
        A.READ_NOTICES,
        Asked(on(correcting.change_recurring, None, last=True), state=DRAFT),
    ),
    "correcting.change_coordinating": (A.READ_NOTICES, Asked(units(correcting.change_coordinating), state=DRAFT)),
    "correcting.change_helper": (A.READ_NOTICES, Asked(helper, state=DRAFT)),
    "notices.take_in": (A.READ_NOTICES, Asked(of_notice(notices.take_in, "Giao Phòng Nội vụ báo cáo"), notice)),
    "notices.add_by_hand": (A.READ_NOTICES, Asked(of_notice(notices.add_by_hand, "Báo cáo", None, None, None), notice)),
    "filing.go_on": (
        A.READ_NOTICES,
        Asked(of_notice(filing.go_on, _NOTHING_READ, ()), notice, past=(AlreadyWorkedOn,)),
    ),
    "meetings.begin": (A.READ_NOTICES, Asked(lambda s, by: meetings.begin(s, by))),
    "meetings.newest": (A.READ_NOTICES, Asked(lambda s, by: meetings.newest(s, by))),
    "meetings.by_code": (A.READ_NOTICES, Asked(lambda s, by: meetings.by_code(s, "họp", by), meeting)),
    "meetings.check_open": (A.READ_NOTICES, Asked(of_meeting(meetings.check_open), meeting)),
    "meetings.add": (A.READ_NOTICES, Asked(of_meeting(meetings.add, ["Báo cáo"]), meeting)),
    "meetings.one": (A.READ_NOTICES, Asked(lambda s, by: meetings.one(s, "kl1", by), meeting)),
    "meetings.typed": (A.READ_NOTICES, Asked(of_meeting(meetings.typed, ["Báo cáo"]), meeting)),
    "meetings.change": (A.READ_NOTICES, Asked(of_conclusion(meetings.change, "Khác"), meeting)),
    "meetings.drop": (A.READ_NOTICES, Asked(of_conclusion(meetings.drop), meeting)),
    "meetings.move": (A.READ_NOTICES, Asked(of_conclusion(meetings.move, 2), meeting)),
    "meetings.close": (A.READ_NOTICES, Asked(of_meeting(meetings.close), meeting)),
    "meetings.file": (A.READ_NOTICES, Asked(of_meeting(meetings.file), meeting)),
    "filing.file": (A.READ_NOTICES, Asked(lambda s, by: filing.file(s, _NOTHING_READ, by))),
    "notices.file_notice": (A.READ_NOTICES, Asked(lambda s, by: notices.file_notice(s, _NOTHING_READ, by))),
    "applying.by_code": (A.READ_NOTICES, Asked(lambda s, by: applying.by_code(s, "?", by), past=(NoSuchThing,))),
    "applying.apply_all": (A.READ_NOTICES, Asked(of_notice(applying.apply_all), notice)),
    "importing.take": (A.READ_NOTICES, Asked(_take_table)),
    "importing.by_code": (A.READ_NOTICES, Asked(lambda s, by: importing.by_code(s, "bảng", by), table)),
    "import_taking.carry_out": (A.READ_NOTICES, Asked(_carry_out_table, table, past=(NothingToIssue,))),
    "import_taking.follow": (A.STEER, Asked(lambda s, by: import_taking.follow(s, "bảng", 1, by), table)),
    # the office
    "aliases.confirm": (A.TEACH, Asked(taught_name)),
    "leave.end": (A.ENTER_ABSENCE, Asked(_back, away)),
    "leave.check": (A.ENTER_ABSENCE, Asked(lambda s, by: _plan(s, by))),
    "aliases.learn": (A.TEACH, Asked(named)),
    "aliases.add": (A.TEACH, Asked(added_name)),
    "aliases.undo": (A.TEACH, Asked(lambda s, by: aliases.undo(s, "tên", by), taught)),
    "leave.begin": (A.ENTER_ABSENCE, Asked(absence)),
    "members.move": (A.MANAGE_PEOPLE, Asked(of_ai(members.move, "an-hoa"))),
    "members.add": (A.MANAGE_PEOPLE, Asked(of_ai(members.add, "an-hoa", more=(Role.OFFICER,)))),
    "members.drop": (A.MANAGE_PEOPLE, Asked(of_ai(members.drop, "an-hoa"), works_besides)),
    "members.change_role": (A.MANAGE_PEOPLE, Asked(of_ai(members.change_role, more=(Role.HEAD,)))),
    "members.leave": (A.MANAGE_PEOPLE, Asked(of_ai(members.leave))),
    "members.invite": (A.MANAGE_PEOPLE, Asked(of_ai(members.invite))),
    "members.revoke": (A.MANAGE_PEOPLE, Asked(of_ai(members.revoke))),
    "reorganising.make": (A.MANAGE_UNITS, Asked(lambda s, by: _make(s, by))),
    "reorganising.rename": (A.MANAGE_UNITS, Asked(of_unit(reorganising.rename, "UBND xã An Bình"))),
    "reorganising.merge": (A.MANAGE_UNITS, Asked(two_units_into_one)),
    "reorganising.split": (A.MANAGE_UNITS, Asked(one_unit_into_two)),
    "reorganising.place": (A.MANAGE_UNITS, Asked(placed)),
    "reorganising.put_in_charge": (A.MANAGE_UNITS, Asked(of_unit(reorganising.put_in_charge, None))),
}


async def _issue(s: Session, by: By) -> Any:
    return await issuing.issue(s, [await directive(s)], by)


async def _make(s: Session, by: By) -> Any:
    return await reorganising.make(s, "Trung tâm Hành chính công", await unit(s, "an-hoa"), by)


IN_CALLER = "part of an act whose right the service that calls it has asked"
READS = "reads; what it gives is narrowed to what the person may see"
OWN = "only what is the person's own; anybody else's is no such thing"
FOUND = "acts on a change that applying.by_code has found for the same person, and asked for"

ELSEWHERE: dict[str, str] = {
    "aliases.teach": "learns by the way, and does nothing where the person may not teach",
    "amending.compare": IN_CALLER,
    "amending.difference": READS,
    "amending.differences": READS,
    "applying.apply": FOUND,
    "applying.give_anew": FOUND,
    "applying.skip": FOUND,
    "attachments.of_directive": READS,
    "coordinating.may_nudge": READS,
    "coordinating.put_helpers": IN_CALLER,
    "digests.set_hour": OWN,
    "ending.close_open_ends": IN_CALLER,
    "explanations.end_open": IN_CALLER,
    "extensions.close_requests": IN_CALLER,
    "extensions.note": IN_CALLER,
    "extensions.waiting_for": READS,
    "filing.forget": IN_CALLER,
    "finding.find": READS,
    "leave.decline": OWN,
    "levels.first_told": READS,
    "import_plan.plan": READS,
    "imported.finish": IN_CALLER,
    "levels.of_one": READS,
    "levels.waiting": READS,
    "finding.numbers": READS,
    "questions.asking_of": "the question of rights itself, narrowed to the units of a question",
    "life.by_number": READS,
    "life.move": IN_CALLER,
    "life.tell_news": IN_CALLER,
    "meetings.lines": READS,
    "notices.drafts_of": IN_CALLER,
    "obstacles.end_open": IN_CALLER,
    "obstacles.field_of": READS,
    "obstacles.from_report": IN_CALLER,
    "obstacles.withdrawn": IN_CALLER,
    "own_data.ask": OWN,
    "paperwork.ask": "who takes which paper stands in domain.paperwork.TAKERS; asked in tests/dialogs/test_papers.py",
    "paperwork.asking_of": "the question of rights itself, of papers",
    "paperwork.material": READS,
    "people.check": "the question of rights itself",
    "packs.ask": "the pack is of what the person may see; leaders and clerks alone get one",
    "people.standing": "the question of rights itself",
    "people.standings": "the question of rights itself",
    "receipts.check_may_see": "the question of rights itself, as the page does not divide it",
    "register.ask": READS,
    "missed.say_above": IN_CALLER,
    "additions.joined": IN_CALLER,
    "additions.told": IN_CALLER,
    "additions.taken_back": IN_CALLER,
    "reporting.join_files": OWN,
    "reporting.reinterpret": OWN,
    "reporting.withdraw": OWN,
    "reporting.make_way": OWN,
    "revising.settle": IN_CALLER,
    "revising.stands": READS,
    "revising.take_back": OWN,
    "giving_time.beyond": READS,
    "undoing.remember": IN_CALLER,
    "undoing.undo": OWN,
    "urging.answered": IN_CALLER,
    "urging.of_unit": READS,
    "urging.urged_today": READS,
}
