"""The clerk's table: a notice's drafts, one card each, browsed, issued or dropped."""

from __future__ import annotations

import hashlib

from db.models import Directive, Notice
from domain.errors import NoSuchThing, NothingToIssue
from domain.lifecycle import State
from domain.rights import Action, Role, Standing, require
from domain.urgency import Urgency
from handlers import buttons
from handlers.buttons import Rows, button
from handlers.choosing import choices, many_of, strangers
from handlers.common import PAGE, by, page_of, view
from handlers.comparing import comparison
from handlers.counted_by import source_row
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import accounts, amending, groups, issuing, life, notices, people
from services.series import next_deadline
from services.show import source_of
from texts import labels
from texts import notices as say
from texts import papers as say_papers
from texts import scans as say_scans

# --- the whole notice ---


async def show_summary(turn: Turn, notice: Notice, *, edit: bool = False) -> None:
    """What was read, in figures, and the two ways on."""
    drafts = await notices.cards(turn.session, notice)
    beside = await comparison(turn, notice, drafts)
    waiting = [d for d in drafts if d.state == State.DRAFT and d.id not in beside.held]
    unclear = await groups.unclear(turn.session, drafts)
    facts = _summary(notice, drafts, len(waiting), len(unclear))
    rows: Rows = [[button(labels.ONE_BY_ONE, "nc", notice.code, 1)]] if drafts else []
    asked = [i for i, d in enumerate(drafts, 1) if d in waiting and d.id in unclear]
    if asked:
        rows.append([button(f"{labels.UNCLEAR} ({len(asked)})", "nc", notice.code, asked[0])])
    if ready := len(waiting) - len(asked):
        rows.append([button(f"{labels.ISSUE_ALL} ({ready})", "nall", notice.code, style="success")])
    left = [button(f"{labels.LEFT_OUT} ({len(notice.left_out)})", "nlo", notice.code)] if notice.left_out else []
    rows.append([*left, button(labels.ADD_TASK, "nadd", notice.code)])
    if drafts:
        rows.append(await source_row(turn, notice))
    if facts.issued:
        rows.append([button(say_papers.RESULT, "kqt", notice.code)])
    text = say.summary(facts) if drafts else say.none(notice.file_name or "", notice.number, notice.left_out)
    if notice.attested_by is not None:
        text = f"{text}\n\n{say_scans.quality(notice.doubtful)}"
    if beside.text:
        text, rows = f"{text}\n\n{beside.text}", [*beside.rows, *rows]
    turn.say(text, rows, edit=edit)


def _summary(notice: Notice, drafts: list[Directive], waiting: int, unclear: int) -> say.Summary:
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
        asked=unclear,
        warned=sum(bool(d.warnings) and d.state == State.DRAFT for d in drafts),
        left_out=len(notice.left_out),
        open=waiting,
        issued=sum(d.state not in {State.DRAFT, State.CANCELLED} for d in drafts),
        dropped=sum(d.state == State.CANCELLED and d.issued_at is None and d.replaced_by_id is None for d in drafts),
        giving=notice.giving,
        urgency=Urgency(notice.urgency) if notice.urgency else None,
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
    take = [button(f"{labels.TAKE_IN} {n}", "nti", notice.code, _mark(s)) for n, s in enumerate(notice.left_out, 1)]
    rows = [take[i : i + 4] for i in range(0, len(take), 4)]
    turn.say(say.left_out(notice.left_out), [*rows, [button(labels.SUMMARY, "nso", notice.code)]])


async def take_in(turn: Turn, args: Args) -> None:
    """``nti:notice:mark``: make a draft of one of these sentences."""
    notice = await _notice(turn, args[0])
    sentence = next((s for s in notice.left_out if _mark(s) == args[1]), None)
    if sentence is None:
        raise NoSuchThing
    await show_draft(turn, await notices.take_in(turn.session, notice, sentence, by(turn)), edit=True)


def _mark(sentence: str) -> str:
    """A sentence's name in a button: its place changes when others are taken in."""
    return hashlib.sha256(sentence.encode()).hexdigest()[:8]


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
        held = await amending.held_back(turn.session, drafts)
        waiting = sum(d.state == State.DRAFT and d.id not in held for d in drafts)
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
    drafts = await notices.cards(turn.session, draft.notice) if draft.notice and draft.occurrence == 1 else [draft]
    place = [d.id for d in drafts].index(draft.id) + 1
    asked = draft.id in await groups.unclear(turn.session, [draft])
    following = next_deadline(draft, turn.office)
    text = say.draft(
        await view(turn, draft),
        place=place,
        total=len(drafts),
        many=await many_of(turn, draft),
        asked=asked,
        warnings=draft.warnings,
        quote=draft.quote,
        strangers=list((await strangers(turn, draft)).values()),
        following=following.last_day(turn.office.rhythm.before_means) if following else None,
    )
    rows: Rows = []
    if draft.notice and draft.state == State.DRAFT and await amending.held_back(turn.session, [draft]):
        rows.append([button(labels.SEE_CHANGES, "chx", draft.notice.code, 1), button(labels.EDIT, "de", draft.code)])
    elif draft.state == State.DRAFT:
        if asked:
            rows += await choices(turn, draft)
        rows.append(
            [
                button(labels.ISSUE, "di", draft.code, style="success"),
                button(labels.EDIT, "de", draft.code),
                button(labels.DROP, "dd", draft.code, style="danger"),
            ]
        )
    if draft.notice and draft.occurrence == 1:
        rows.append(buttons.paging(place, len(drafts), "nc", draft.notice.code))
        rows.append([button(labels.SUMMARY, "ns", draft.notice.code)])
    turn.say(text, [row for row in rows if row], directives=[draft.id], edit=edit)


async def draft_of(turn: Turn, code: str) -> Directive:
    """The draft of a button, whatever has become of it.

    Raises:
        NoSuchThing: there is none for this person.
    """
    draft = await life.by_code(turn.session, code)
    stands = await people.standing(turn.session, turn, draft)
    if draft.made_by != turn.person.id and not people.may_see(stands, draft):
        raise NoSuchThing
    return draft


async def waiting_draft(turn: Turn, code: str) -> Directive:
    """The draft of a button while it waits to be issued.

    Raises:
        NoSuchThing: there is none for this person.
        NothingToIssue: it was issued or dropped.
    """
    draft = await draft_of(turn, code)
    if draft.state != State.DRAFT:
        raise NothingToIssue
    return draft


async def issue_one(turn: Turn, args: Args) -> None:
    """``di:draft``: give it to its unit, and go on to the next that waits."""
    draft = await draft_of(turn, args[0])
    issued = await issuing.issue(turn.session, [draft], by(turn))
    turn.toast = labels.ISSUE
    await _say_issued(turn, issued, kept=0)
    await _go_on(turn, draft)


async def drop_one(turn: Turn, args: Args) -> None:
    """``dd:draft``: leave it out, and go on."""
    draft = await draft_of(turn, args[0])
    await issuing.drop(turn.session, draft, by(turn))
    turn.toast = labels.DROP
    await _go_on(turn, draft)


async def _go_on(turn: Turn, done: Directive) -> None:
    """The next draft of the notice that waits, in place; the figures when none does."""
    if done.notice is None or done.occurrence > 1:
        await show_draft(turn, done, edit=True)
        return
    drafts = await notices.cards(turn.session, done.notice)
    held = await amending.held_back(turn.session, drafts)
    waiting = [d for d in drafts if d.state == State.DRAFT and d.id not in held]
    after = [d for d in waiting if d.id > done.id] or waiting
    if after:
        await show_draft(turn, after[0], edit=True)
    else:
        await show_summary(turn, done.notice, edit=True)


async def issue_all(turn: Turn, args: Args) -> None:
    """``nall:notice``: give everything that has a lead unit; the rest stays, and is said."""
    notice = await _notice(turn, args[0])
    drafts = await notices.cards(turn.session, notice)
    held = await amending.held_back(turn.session, drafts)
    waiting = [d for d in drafts if d.state == State.DRAFT and d.id not in held]
    unclear = await groups.unclear(turn.session, waiting)
    ready = [d for d in waiting if d.id not in unclear]
    issued = await issuing.issue(turn.session, ready or waiting, by(turn))
    turn.toast = labels.ISSUE
    await show_summary(turn, notice, edit=True)
    await _say_issued(turn, issued, kept=len(waiting) - len(ready))


async def _say_issued(turn: Turn, issued: list[Directive], kept: int) -> None:
    units = {d.lead_unit.id: d.lead_unit.name for d in issued if d.lead_unit}
    heard = await accounts.units_with_account(turn.session)
    silent = [name for unit_id, name in units.items() if unit_id not in heard]
    text = say.issued(len(issued), issued[0].id, list(units.values()), kept, silent)
    turn.say(text, directives=[d.id for d in issued[:1]])


COMMANDS: dict[str, Handler] = {"vanban": list_notices}
BUTTONS: dict[str, ButtonHandler] = {
    "ns": open_summary,
    "nso": reopen_summary,
    "nlo": open_left_out,
    "nti": take_in,
    "nl": notices_page,
    "nc": open_card,
    "nall": issue_all,
    "di": issue_one,
    "dd": drop_one,
}
