"""Where a notice's directives come from, and of which field a directive is: said with a button."""

from __future__ import annotations

from db.models import Directive, Notice
from domain.errors import NoSuchThing
from domain.lifecycle import State
from domain.rights import Action, Role, Standing, require
from domain.sources import SOURCES, Source
from handlers import cards
from handlers.buttons import Rows, button
from handlers.common import by, view
from handlers.drafts import draft_of, show_draft, show_summary
from handlers.status_scope import field_key
from handlers.turn import Args, ButtonHandler, Turn
from services import fields, life, notices
from services.show import source_of
from texts import labels
from texts import origins as say
from texts.engine import shorten

NONE = "none"


# --- where a notice comes from ---


async def ask_source(turn: Turn, args: Args) -> None:
    """``nsr:notice``: from where?"""
    notice = await _notice(turn, args[0])
    now = await fields.source_of(turn.session, notice)
    issued = sum(d.source is not None and d.issued_at is not None for d in await notices.cards(turn.session, notice))
    rows: Rows = [
        [button(_marked(name, is_chosen=source is now), "nsrs", notice.code, source)]
        for source, name in SOURCES.items()
    ]
    turn.say(
        say.ask_source(source_of(notice), issued),
        [*rows, [button(labels.SUMMARY, "ns", notice.code)]],
        edit=True,
    )


async def choose_source(turn: Turn, args: Args) -> None:
    """``nsrs:notice:source``: from there."""
    notice = await _notice(turn, args[0])
    if args[1] not in SOURCES:
        raise NoSuchThing
    await fields.set_source(turn.session, notice, Source(args[1]), by(turn))
    await show_summary(turn, notice, edit=True)


async def _notice(turn: Turn, code: str) -> Notice:
    require(Action.READ_NOTICES, Standing(Role(turn.person.role)))
    return await notices.by_code(turn.session, code)


# --- of which field a directive is ---


async def ask_field(turn: Turn, args: Args) -> None:
    """``fld:code``: of which?"""
    directive = await _directive(turn, args[0])
    known, is_draft = await fields.known(turn.session), directive.state == State.DRAFT
    choices = [
        button(_marked(shorten(name, 40), is_chosen=name == directive.field), "flds", directive.code, field_key(name))
        for name in known
    ]
    rows: Rows = [choices[i : i + 2] for i in range(0, len(choices), 2)]
    if known:
        rows.append([button(say.AS_ITS_UNIT if is_draft else say.NO_FIELD, "flds", directive.code, NONE)])
    back = button(labels.BACK, "dv" if is_draft else "more", directive.code)
    text = say.ask_field(await view(turn, directive), draft=is_draft, known=bool(known))
    turn.say(text, [*rows, [back]], directives=[directive.id], edit=True)


async def choose_field(turn: Turn, args: Args) -> None:
    """``flds:code:field``: of this one, or of none."""
    directive = await _directive(turn, args[0])
    names = {field_key(name): name for name in await fields.known(turn.session)}
    if args[1] not in {*names, NONE}:
        raise NoSuchThing
    await fields.change_field(turn.session, directive, names.get(args[1]), by(turn))
    if directive.state == State.DRAFT:
        await show_draft(turn, directive, edit=True)
    else:
        await cards.open_more(turn, Args([directive.code]))


async def _directive(turn: Turn, code: str) -> Directive:
    require(Action.READ_NOTICES, Standing(Role(turn.person.role)))
    directive = await life.by_code(turn.session, code)
    return await draft_of(turn, code) if directive.state == State.DRAFT else await cards.visible(turn, code)


def _marked(name: str, *, is_chosen: bool) -> str:
    return f"{say.CHOSEN}{name}" if is_chosen else name


BUTTONS: dict[str, ButtonHandler] = {
    "nsr": ask_source,
    "nsrs": choose_source,
    "fld": ask_field,
    "flds": choose_field,
}
