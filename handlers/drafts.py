"""The clerk's table: a notice's drafts, one card each, browsed, corrected, issued or dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from channels.base import Button
from db.models import Directive, Notice, Unit
from domain.deadlines import Deadline, ImpossibleDate, find_deadlines, read_deadline
from domain.errors import DateDoesNotExist, DateNotUnderstood, NoSuchThing, NothingToIssue
from domain.lifecycle import State
from domain.organisation import GROUPS, UnitEntry
from domain.rights import Action, Role, Standing, require
from handlers import buttons
from handlers.buttons import Rows, button
from handlers.common import PAGE, by, page_of, typed_deadline, typed_unit, view, without_assumptions
from handlers.intake import refuse_secret
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import accounts, life, notices, office, people
from services.show import source_of
from texts import labels
from texts import notices as say
from texts import work as say_work


def _is_asked(draft: Directive) -> bool:
    return draft.lead_unit_id is None and draft.lead_group is None


# --- the whole notice ---


async def show_summary(turn: Turn, notice: Notice, *, edit: bool = False) -> None:
    """What was read, in figures, and the two ways on."""
    drafts = await notices.cards(turn.session, notice)
    waiting = [d for d in drafts if d.state == State.DRAFT]
    facts = _summary(notice, drafts, len(waiting))
    rows: Rows = [[button(labels.ONE_BY_ONE, "nc", notice.code, 1)]]
    asked = [i for i, d in enumerate(drafts, 1) if d in waiting and _is_asked(d)]
    if asked:
        rows.append([button(f"{labels.UNCLEAR} ({len(asked)})", "nc", notice.code, asked[0])])
    if ready := len(waiting) - len(asked):
        rows.append([button(f"{labels.ISSUE_ALL} ({ready})", "nall", notice.code, style="success")])
    if notice.left_out:
        rows.append([button(f"{labels.LEFT_OUT} ({len(notice.left_out)})", "nlo", notice.code)])
    turn.say(say.summary(facts), rows, edit=edit)


def _summary(notice: Notice, drafts: list[Directive], waiting: int) -> say.Summary:
    clauses = {d.clause_id or d.code: d for d in drafts}
    return say.Summary(
        title=notice.title,
        number=notice.number,
        date=notice.date,
        issuer=notice.issuer,
        tasks=len(clauses),
        dated=sum(d.last_day is not None for d in clauses.values()),
        shared=sum(d.lead_group is not None or d.clause_id == d.code for d in clauses.values()),
        cards=len(drafts),
        asked=sum(_is_asked(d) and d.state == State.DRAFT for d in drafts),
        warned=sum(bool(d.warnings) for d in drafts),
        left_out=len(notice.left_out),
        open=waiting,
        issued=sum(d.state not in {State.DRAFT, State.CANCELLED} for d in drafts),
        dropped=sum(d.state == State.CANCELLED and d.issued_at is None for d in drafts),
    )


async def open_summary(turn: Turn, args: Args) -> None:
    """``ns:notice``: back to the figures, in place."""
    await show_summary(turn, await _notice(turn, args[0]), edit=True)


async def reopen_summary(turn: Turn, args: Args) -> None:
    """``nso:notice``: the figures as a new message."""
    await show_summary(turn, await _notice(turn, args[0]))


async def open_left_out(turn: Turn, args: Args) -> None:
    """``nlo:notice``: the sentences that became no draft."""
    notice = await _notice(turn, args[0])
    turn.say(say.left_out(notice.left_out), [[button(labels.SUMMARY, "nso", notice.code)]])


async def _notice(turn: Turn, code: str) -> Notice:
    require(Action.READ_NOTICES, Standing(Role(turn.person.role)))
    return await notices.by_code(turn.session, code)


async def list_notices(turn: Turn) -> None:
    """``/vanban``: what was sent in."""
    await _notices_page(turn, 1, edit=False)


async def notices_page(turn: Turn, args: Args) -> None:
    """``nl:page``: another page of it."""
    await _notices_page(turn, args.number(0), edit=True)


async def _notices_page(turn: Turn, page: int, *, edit: bool) -> None:
    require(Action.READ_NOTICES, Standing(Role(turn.person.role)))
    _, total = await notices.recent(turn.session, 0, 1)
    page, pages = page_of(total, page)
    some, _ = await notices.recent(turn.session, (page - 1) * PAGE, PAGE)
    lines, rows = [], []
    for notice in some:
        drafts = await notices.cards(turn.session, notice)
        waiting = sum(d.state == State.DRAFT for d in drafts)
        lines.append(say.NoticeLine(source_of(notice), notice.received_at, len(drafts), waiting))
        rows.append([button(notice.number or source_of(notice)[:30], "nso", notice.code)])
    turn.say(say.listing(lines, page, pages), [*rows, buttons.paging(page, pages, "nl")] if rows else [], edit=edit)


# --- one draft ---


async def open_card(turn: Turn, args: Args) -> None:
    """``nc:notice:place``: a draft by its place, in place of the message."""
    notice = await _notice(turn, args[0])
    drafts = await notices.cards(turn.session, notice)
    if not drafts:
        raise NoSuchThing
    place = min(max(1, args.number(1)), len(drafts))
    await show_draft(turn, drafts[place - 1], edit=True)


async def show_draft(turn: Turn, draft: Directive, *, edit: bool = False) -> None:
    """One draft's card with its buttons."""
    drafts = await notices.cards(turn.session, draft.notice) if draft.notice else [draft]
    place = [d.id for d in drafts].index(draft.id) + 1
    asked = _is_asked(draft)
    text = say.draft(
        await view(turn, draft),
        place=place,
        total=len(drafts),
        group=draft.lead_group,
        asked=asked,
        warnings=draft.warnings,
        quote=draft.quote,
    )
    rows: Rows = []
    if draft.state == State.DRAFT:
        if asked:
            rows += await _candidates(turn, draft)
        rows.append(
            [
                button(labels.ISSUE, "di", draft.code, style="success"),
                button(labels.EDIT, "de", draft.code),
                button(labels.DROP, "dd", draft.code, style="danger"),
            ]
        )
    if draft.notice:
        rows.append(buttons.paging(place, len(drafts), "nc", draft.notice.code))
        rows.append([button(labels.SUMMARY, "ns", draft.notice.code)])
    turn.say(text, [row for row in rows if row], directives=[draft.id], edit=edit)


async def _candidates(turn: Turn, draft: Directive) -> Rows:
    known = await office.directory(turn.session)
    found = known.match(draft.lead_written or "").candidates[:4]
    rows = [[button(unit.name, "dl", draft.code, unit.id)] for unit in found]
    return [*rows, *_groups(draft.code)]


def _groups(code: str) -> Rows:
    return [
        [button(labels.TO_ALL, "dl", code, "all")],
        [button(labels.TO_DEPARTMENTS, "dl", code, "departments"), button(labels.TO_COMMUNES, "dl", code, "communes")],
    ]


async def _draft(turn: Turn, code: str) -> Directive:
    draft = await life.by_code(turn.session, code)
    stands = await people.standing(turn.session, turn.person, draft)
    if draft.made_by != turn.person.id and not people.may_see(stands, draft):
        raise NoSuchThing
    return draft


async def _waiting_draft(turn: Turn, code: str) -> Directive:
    draft = await _draft(turn, code)
    if draft.state != State.DRAFT:
        raise NothingToIssue
    return draft


async def issue_one(turn: Turn, args: Args) -> None:
    """``di:draft``: give it to its unit, and go on to the next that waits."""
    draft = await _draft(turn, args[0])
    issued = await life.issue(turn.session, [draft], by(turn))
    turn.toast = labels.ISSUE
    await _say_issued(turn, issued, kept=0)
    await _go_on(turn, draft)


async def drop_one(turn: Turn, args: Args) -> None:
    """``dd:draft``: leave it out, and go on."""
    draft = await _draft(turn, args[0])
    await life.drop(turn.session, draft, by(turn))
    turn.toast = labels.DROP
    await _go_on(turn, draft)


async def _go_on(turn: Turn, done: Directive) -> None:
    """The next draft of the notice that waits, in place; the figures when none does."""
    if done.notice is None:
        await show_draft(turn, done, edit=True)
        return
    waiting = [d for d in await notices.cards(turn.session, done.notice) if d.state == State.DRAFT]
    after = [d for d in waiting if d.id > done.id] or waiting
    if after:
        await show_draft(turn, after[0], edit=True)
    else:
        await show_summary(turn, done.notice, edit=True)


async def issue_all(turn: Turn, args: Args) -> None:
    """``nall:notice``: give everything that has a lead unit; the rest stays, and is said."""
    notice = await _notice(turn, args[0])
    waiting = [d for d in await notices.cards(turn.session, notice) if d.state == State.DRAFT]
    ready = [d for d in waiting if not _is_asked(d)]
    issued = await life.issue(turn.session, ready or waiting, by(turn))
    turn.toast = labels.ISSUE
    await show_summary(turn, notice, edit=True)
    await _say_issued(turn, issued, kept=len(waiting) - len(ready))


async def _say_issued(turn: Turn, issued: list[Directive], kept: int) -> None:
    units = {d.lead_unit.id: d.lead_unit.name for d in issued if d.lead_unit}
    heard = await accounts.units_with_account(turn.session)
    silent = [name for unit_id, name in units.items() if unit_id not in heard]
    text = say.issued(len(issued), issued[0].id, list(units.values()), kept, silent)
    turn.say(text, directives=[d.id for d in issued[:1]])


# --- correcting ---


async def edit_one(turn: Turn, args: Args) -> None:
    """``de:draft``: which part."""
    draft = await _waiting_draft(turn, args[0])
    code = draft.code
    turn.say(
        say.edit(draft.id),
        [
            [button(labels.EDIT_LEAD, "dw", "lead", code), button(labels.EDIT_DEADLINE, "dw", "deadline", code)],
            [button(labels.EDIT_TEXT, "dw", "text", code), button(labels.EDIT_COORDINATING, "dw", "helpers", code)],
            [button(labels.BACK, "dv", code)],
        ],
        edit=True,
    )


async def view_draft(turn: Turn, args: Args) -> None:
    """``dv:draft``: back to the card, in place; what was being asked is left."""
    turn.finish()
    await show_draft(turn, await _draft(turn, args[0]), edit=True)


async def ask_part(turn: Turn, args: Args) -> None:
    """``dw:part:draft``: ask for the new value in words."""
    part, code = args[0], args[1]
    draft = await _waiting_draft(turn, code)
    back = [button(labels.BACK, "dv", code)]
    match part:
        case "lead":
            text, more = say.ask_lead(draft.id, await _example_unit(turn)), _groups(code)
        case "deadline":
            text, more = say.ask_deadline(draft.id), [[button(labels.NO_DEADLINE, "dn", "deadline", code)]]
        case "text":
            text, more = say.ask_text(draft.id), []
        case _:
            text, more = say.ask_coordinating(draft.id), [[button(labels.NO_COORDINATING, "dn", "helpers", code)]]
    turn.expect(f"draft_{part}", about=draft.id, draft=code)
    turn.say(text, [*more, back], directives=[draft.id], edit=True)


async def _example_unit(turn: Turn) -> str:
    entries = (await office.directory(turn.session)).group("departments")
    return entries[0].name if entries else turn.person.unit.name


async def take_lead(turn: Turn) -> None:
    """The lead unit as typed: taken when certain, else asked with buttons."""
    draft = await _draft(turn, turn.conversation.data["draft"])
    words = turn.message.text
    unit, choices = await typed_unit(turn, words)
    if unit is None:
        rows: list[list[Button]] = [[button(c.name, "dl", draft.code, c.id)] for c in choices]
        turn.say(say.unit_unclear(words, [c.name for c in choices]), [*rows, [button(labels.STOP, "dv", draft.code)]])
        return
    await _set_lead(turn, draft, await office.unit(turn.session, unit.id))


async def choose_lead(turn: Turn, args: Args) -> None:
    """``dl:draft:unit``: one of the units offered, or a group of them."""
    draft = await _draft(turn, args[0])
    if args[1] in GROUPS:
        await _set_lead(turn, draft, None, group=args[1], edit=True)
    else:
        await _set_lead(turn, draft, await office.unit(turn.session, args.number(1)), edit=True)


async def _set_lead(turn: Turn, draft: Directive, unit: Unit | None, *, group: str = "all", edit: bool = False) -> None:
    await notices.change_lead(turn.session, draft, unit, by(turn), group)
    turn.finish()
    await show_draft(turn, draft, edit=edit)


async def take_deadline(turn: Turn) -> None:
    """A deadline in words."""
    draft = await _draft(turn, turn.conversation.data["draft"])
    deadline = typed_deadline(turn, turn.message.text)
    await notices.change_deadline(turn.session, draft, deadline, by(turn))
    turn.finish()
    await show_draft(turn, draft)


async def take_text(turn: Turn) -> None:
    """The task in other words."""
    draft = await _draft(turn, turn.conversation.data["draft"])
    await notices.change_text(turn.session, draft, turn.message.text.strip(), by(turn))
    turn.finish()
    await show_draft(turn, draft)


async def take_helpers(turn: Turn) -> None:
    """Coordinating units, all of them or none: one that is not known is asked again."""
    draft = await _draft(turn, turn.conversation.data["draft"])
    units: list[Unit] = []
    for words in filter(None, (w.strip() for w in turn.message.text.replace("\n", ";").split(";"))):
        unit, _ = await typed_unit(turn, words)
        if unit is None:
            turn.say(say.unit_unclear(words, []), [[button(labels.STOP, "dv", draft.code)]])
            return
        units.append(await office.unit(turn.session, unit.id))
    await notices.change_coordinating(turn.session, draft, units, by(turn))
    turn.finish()
    await show_draft(turn, draft)


async def clear_part(turn: Turn, args: Args) -> None:
    """``dn:part:draft``: no deadline, or no coordinating units."""
    draft = await _draft(turn, args[1])
    if args[0] == "deadline":
        await notices.change_deadline(turn.session, draft, None, by(turn))
    else:
        await notices.change_coordinating(turn.session, draft, [], by(turn))
    turn.finish()
    await show_draft(turn, draft, edit=True)


# --- giving one directive in words ---


async def give(turn: Turn) -> None:
    """``/giaoviec Đơn vị: việc trước ngày``: a draft from one sentence; alone, how to send a notice in."""
    words = "".join(turn.message.text.split(maxsplit=1)[1:]).strip()
    if not words:
        turn.say(say.how())
        return
    name, colon, task = words.partition(":")
    if not colon or not task.strip():
        turn.say(say.how())
        return
    refuse_secret(task.strip())
    unit, choices = await typed_unit(turn, name)
    if unit is None:
        turn.expect("give_unit", task=task.strip())
        turn.say(say.unit_unclear(name.strip(), [c.name for c in choices]), _unit_choices(choices))
        return
    await _give(turn, unit.id, task.strip())


def _unit_choices(choices: list[UnitEntry]) -> Rows:
    return [*([button(c.name, "gu", c.id)] for c in choices), [button(labels.STOP, "stop")]]


async def give_to(turn: Turn, args: Args) -> None:
    """``gu:unit``: one of the units offered."""
    if turn.conversation.step != "give_unit":
        raise NoSuchThing
    await _give(turn, args.number(0), turn.conversation.data["task"])


async def take_give_unit(turn: Turn) -> None:
    """The unit's name, typed again."""
    unit, choices = await typed_unit(turn, turn.message.text)
    if unit is None:
        turn.say(say.unit_unclear(turn.message.text, [c.name for c in choices]), _unit_choices(choices))
        return
    await _give(turn, unit.id, turn.conversation.data["task"])


async def _give(turn: Turn, unit_id: int, task: str) -> None:
    unit = await office.unit(turn.session, unit_id)
    dated = _deadline_in(turn, task)
    text = _without(task, dated)
    draft = await notices.draft_directly(turn.session, text, unit, dated, (), by(turn))
    turn.finish()
    await show_draft(turn, draft)


_OPENS_ENDING = ("trong", "cuối", "đầu", "giữa", "ngày", "hết", "đến", "thứ", "hạn", "sáng", "chiều", "tuần")
_ENDING = 8  # words


def _deadline_in(turn: Turn, task: str) -> Deadline | None:
    """The deadline of a task typed in one sentence: a full phrase anywhere, or a shorter one at its end.

    Raises:
        DateDoesNotExist: such as 31/02.
        DateNotUnderstood: a deadline is named that has no date, such as one that counts from an event.
    """
    calendar = turn.office.calendar
    try:
        found = find_deadlines(task, turn.today, calendar)
        if dated := next((d for d in found if d.date), None):
            return without_assumptions(dated)
        for ending in _endings(task):
            deadline = read_deadline(ending, turn.today, calendar)
            if deadline and _is_all_of(ending, deadline, turn.today):
                return replace(without_assumptions(deadline), span=(len(task) - len(ending), len(task)))
        for phrase in found:
            read_deadline(phrase.text, turn.today, calendar)
    except ImpossibleDate as error:
        raise DateDoesNotExist(error.given) from error
    if found:
        raise DateNotUnderstood(found[0].text)
    return None


def _is_all_of(ending: str, deadline: Deadline, today: date) -> bool:
    """Whether an ending is a deadline and nothing else; a day that has passed is the date of something else."""
    start, end = deadline.span
    is_ahead = deadline.date is not None and deadline.date >= today
    return (
        is_ahead
        and end == len(ending)
        and ending[:start].strip().lower() in {"", "ngày", "hạn", "hạn ngày", "đến ngày"}
    )


def _endings(task: str) -> Iterator[str]:
    """The last words of a sentence that may be a date, the longest first."""
    starts = [m.start() for m in re.finditer(r"\S+", task)][-_ENDING:]
    for start in starts:
        if task[start:].lower().startswith(_OPENS_ENDING):
            yield task[start:]


def _without(task: str, deadline: Deadline | None) -> str:
    """The task in its own words; its deadline stands beside it, and may be changed there."""
    if deadline is not None:
        start, end = deadline.span
        task = task[:start].rstrip(" ,;:-–(") + task[end:].lstrip(" ,;)")
    task = task.strip().rstrip(".")
    return task[:1].upper() + task[1:]


async def stop(turn: Turn, args: Args) -> None:
    """``stop``: leave the conversation."""
    turn.finish()
    turn.say(say_work.stopped(), edit=True)


COMMANDS: dict[str, Handler] = {"giaoviec": give, "vanban": list_notices}
STEPS: dict[str, Handler] = {
    "draft_lead": take_lead,
    "draft_deadline": take_deadline,
    "draft_text": take_text,
    "draft_helpers": take_helpers,
    "give_unit": take_give_unit,
}
BUTTONS: dict[str, ButtonHandler] = {
    "ns": open_summary,
    "nso": reopen_summary,
    "nlo": open_left_out,
    "nl": notices_page,
    "nc": open_card,
    "nall": issue_all,
    "di": issue_one,
    "dd": drop_one,
    "de": edit_one,
    "dv": view_draft,
    "dw": ask_part,
    "dl": choose_lead,
    "dn": clear_part,
    "gu": give_to,
    "stop": stop,
}
