"""The changes a newer notice makes: browsed one by one, applied or left out; nothing changes by itself."""

from __future__ import annotations

from db.models import Directive
from domain.lifecycle import State
from domain.rights import Action, Role, Standing, require
from handlers import buttons
from handlers.buttons import Rows, button
from handlers.common import by
from handlers.drafts import show_summary
from handlers.turn import Args, ButtonHandler, Turn
from services import amending, applying, extensions, notices
from services.amending import Difference
from services.show import source_of
from texts import amending as say
from texts import labels


async def browse(turn: Turn, args: Args) -> None:
    """``chx:notice:place``: a change by its place, in place of the message."""
    require(Action.READ_NOTICES, Standing(Role(turn.person.role)))
    notice = await notices.by_code(turn.session, args[0])
    waiting = [d for d in await amending.differences(turn.session, notice, by(turn)) if not d.same]
    if not waiting:
        await show_summary(turn, notice, edit=True)
        return
    place = min(max(1, args.number(1)), len(waiting))
    await _show(turn, waiting[place - 1], place, len(waiting), notice.code)


async def _show(turn: Turn, one: Difference, place: int, total: int, notice: str) -> None:
    code = one.change.code
    ways = [] if one.held or one.asked else [button(labels.APPLY, "chy", code, style="success")]
    rows: Rows = [[*ways, button(labels.SKIP, "chn", code)]]
    if one.draft is not None and not one.dropped:
        rows.append([button(labels.EDIT, "de", one.draft.code), button(labels.GIVE_ANEW, "chw", code)])
    rows.append(buttons.paging(place, total, "chx", notice))
    rows.append([button(labels.SUMMARY, "ns", notice), button(f"#{one.old.id}", "d", one.old.code)])
    text = say.card(await _facts(turn, one, place, total))
    turn.say(text, [row for row in rows if row], directives=[one.old.id], edit=True)


async def _facts(turn: Turn, one: Difference, place: int, total: int) -> say.ChangeCard:
    old, draft = one.old, one.draft
    new_day = draft.last_day if draft else None
    units = sum(d.state != State.CANCELLED for d in await amending.members(turn.session, old))
    return say.ChangeCard(
        place=place,
        total=total,
        id=old.id,
        state=old.state,
        text=old.text,
        source=source_of(old.notice),
        units=units,
        dropped=one.dropped,
        deadline=(old.last_day, new_day) if one.deadline else None,
        lead=(_lead(old), _lead(draft)) if one.lead and draft else None,
        helpers=(_helpers(old), _helpers(draft)) if one.helpers and draft else None,
        words=draft.text if one.words and draft else None,
        left_out=[unit.name for unit in one.left_out],
        added=one.added,
        quote=draft.quote if draft else None,
        pending=await extensions.pending_until(turn.session, old) if one.deadline or one.dropped or one.lead else None,
        is_past=one.deadline and new_day is not None and new_day < turn.today,
        held=one.held,
        asked=one.asked,
        unissued=old.state == State.DRAFT,
    )


def _lead(directive: Directive) -> str:
    return directive.lead_unit.name if directive.lead_unit else directive.lead_written or ""


def _helpers(directive: Directive) -> str:
    return "; ".join(c.unit.name if c.unit else c.written for c in directive.coordinations)


async def _go_on(turn: Turn, one: Difference) -> None:
    notice = await applying.notice_of(turn.session, one.change)
    await browse(turn, Args([notice.code, "1"]))


async def apply_one(turn: Turn, args: Args) -> None:
    """``chy:change``: make it so, and go on to the next."""
    one = await applying.by_code(turn.session, args[0], by(turn))
    await applying.apply(turn.session, one, by(turn))
    turn.toast = labels.APPLY
    await _go_on(turn, one)


async def skip_one(turn: Turn, args: Args) -> None:
    """``chn:change``: leave the earlier directive as it is, and go on."""
    one = await applying.by_code(turn.session, args[0], by(turn))
    await applying.skip(turn.session, one, by(turn))
    turn.toast = labels.SKIP
    await _go_on(turn, one)


async def give_one_anew(turn: Turn, args: Args) -> None:
    """``chw:change``: both stand; the newer clause waits to be issued."""
    one = await applying.by_code(turn.session, args[0], by(turn))
    await applying.give_anew(turn.session, one, by(turn))
    turn.toast = labels.GIVE_ANEW
    await _go_on(turn, one)


async def apply_all(turn: Turn, args: Args) -> None:
    """``chl:notice``: make everything so that can be; the rest is said."""
    require(Action.READ_NOTICES, Standing(Role(turn.person.role)))
    notice = await notices.by_code(turn.session, args[0])
    made, left = await applying.apply_all(turn.session, notice, by(turn))
    turn.toast = labels.APPLY
    await show_summary(turn, notice, edit=True)
    turn.say(say.applied(made, left))


BUTTONS: dict[str, ButtonHandler] = {
    "chx": browse,
    "chy": apply_one,
    "chn": skip_one,
    "chw": give_one_anew,
    "chl": apply_all,
}
