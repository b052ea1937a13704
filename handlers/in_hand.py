"""``/viec``: what a person's unit has in hand and what it helps with; ``/viec đơn vị``: the unit's table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from db.models import Unit
from domain.lifecycle import State
from domain.organisation import fold
from domain.rights import Role
from domain.unit_table import HelpedLine
from domain.views import DirectiveView
from handlers import buttons
from handlers.buttons import Rows, button
from handlers.common import PAGE, by, page_of, views
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import life, posts, reporting, successors, unit_table
from texts import cards as say
from texts import general, labels
from texts import unit_table as say_table
from texts import work as say_work

_UNIT = re.compile(
    r"(?:bang |xem |cho (?:xem |em )?|danh sach )*(?:cac )?(?:viec|nhiem vu)?\s*(?:cua )?(?:ca )?"
    r"(?:don vi|phong|co quan|ban|xa|phuong|thi tran|so)(?: (?:minh|toi|em|ta|nay))?"
)


async def my_work(turn: Turn) -> None:
    """``/viec``: what the person's unit has in hand; ``/viec đơn vị``: its table."""
    words = "".join(turn.message.text.split(maxsplit=1)[1:])
    if words and _UNIT.fullmatch(fold(words).strip()):
        await _table(turn, turn.person.unit_id, 1)
        return
    await _work_page(turn, 1, edit=False)


async def listen(turn: Turn) -> bool:
    """ "việc của phòng", "việc đơn vị": the table; gives whether it was that."""
    words = fold(turn.message.text).strip()
    if turn.files or turn.spoken_of or "viec" not in words.split() or not _UNIT.fullmatch(words):
        return False
    if turn.person.role in {Role.LEADER, Role.ADMIN}:
        return False
    await _table(turn, turn.person.unit_id, 1)
    return True


async def work_page(turn: Turn, args: Args) -> None:
    """``vl:page``: another page of it, in place."""
    await _work_page(turn, args.number(0), edit=True)


async def _work_page(turn: Turn, page: int, *, edit: bool) -> None:
    if turn.person.role in {Role.LEADER, Role.ADMIN}:
        turn.say(general.not_understood(turn.person.role))
        return
    units = await posts.units_of(turn.session, turn.person)
    mine = sorted(await life.in_hand(turn.session, units), key=lambda row: units.index(row.unit_id))
    helped = await unit_table.helped_by(turn.session, units)
    page, pages = page_of(len(mine) + len(helped), page)
    here = [row.id for row in mine[(page - 1) * PAGE : page * PAGE]]
    some = await views(turn, await life.in_order(turn.session, here))
    lines = await _helped(turn, units, _of_page(len(mine), helped, page))
    text = await _listing(turn, mine, units, some, page, pages) if some or not lines else ""
    rows = buttons.to_directives((d.id, d.code) for d in [*some, *(line.d for line in lines)])
    if any(row.state is State.ISSUED for row in mine):
        rows.append([button(labels.ACKNOWLEDGE_ALL, "acka")])
    if turn.person.role in {Role.HEAD, Role.CLERK}:
        rows.append([button(labels.UNIT_TABLE, "ut", turn.person.unit_id, 1)])
    rows.append(buttons.paging(page, pages, "vl"))
    _say(turn, "\n\n".join(filter(None, (text, say_table.helped(lines, len(helped))))), rows, some, lines, edit=edit)


async def _listing(
    turn: Turn, mine: Sequence[life.InHand], units: Sequence[int], some: Sequence[DirectiveView], page: int, pages: int
) -> str:
    """What is in hand; of several units unit by unit, each under its name."""
    if len(units) == 1:
        return say.listing(f"{turn.person.unit.name}: {len(mine)} việc cần thực hiện", some, page, pages)
    counts = Counter(row.unit_id for row in mine)
    names = (await successors.names_of(turn.session, units)).current
    whose = f"{len(mine)} việc cần thực hiện ở {len(units)} đơn vị"
    return say.listing(whose, some, page, pages, {names[unit]: counts[unit] for unit in units})


def _of_page(own: int, helped: Sequence[int], page: int) -> Sequence[int]:
    """What one helps with follows what one has, on the same pages."""
    start = (page - 1) * PAGE - own
    return helped[max(0, start) : max(0, start + PAGE)]


async def _helped(turn: Turn, units: Sequence[int], ids: Sequence[int]) -> list[HelpedLine]:
    return await unit_table.helped(turn.session, ids, units, turn.today, turn.office.calendar) if ids else []


def _say(
    turn: Turn, text: str, rows: Rows, own: Sequence[DirectiveView], helped: Sequence[HelpedLine], *,
    edit: bool,
) -> None:  # fmt: skip
    spoken_of = [*(d.id for d in own), *(line.d.id for line in helped)]
    turn.say(text, [row for row in rows if row], directives=spoken_of, edit=edit)


async def acknowledge_all(turn: Turn, args: Args) -> None:
    """``acka``: everything of the unit that is new."""
    new = [d for d in await life.open_of(turn.session, turn.person) if d.state == State.ISSUED]
    for directive in new:
        await reporting.acknowledge(turn.session, directive, by(turn))
    turn.toast = labels.ACKNOWLEDGE
    turn.say(say_work.acknowledged_all(len(new), turn.person.name), directives=[d.id for d in new])


# --- the table ---


async def open_table(turn: Turn, args: Args) -> None:
    """``ut:unit:page``: the table of one of the person's units."""
    await _table(turn, args.number(0), args.number(1))


async def turn_table(turn: Turn, args: Args) -> None:
    """``utp:unit:page``: another page of it, in place."""
    await _table(turn, args.number(0), args.number(1), edit=True)


async def _table(turn: Turn, unit_id: int, page: int, *, edit: bool = False) -> None:
    if turn.person.role in {Role.LEADER, Role.ADMIN}:
        turn.say(general.not_understood(turn.person.role))
        return
    found = await unit_table.rows(turn.session, turn.person, unit_id, turn.today, turn.office)
    page, pages = page_of(len(found.own) + len(found.helped), page)
    ids = found.own[(page - 1) * PAGE : page * PAGE]
    own = await unit_table.lines(turn.session, ids, turn.today, turn.office.calendar)
    lines = await _helped(turn, [unit_id], _of_page(len(found.own), found.helped, page))
    unit = await turn.session.get_one(Unit, unit_id)
    text = say_table.table(unit.name, found.counts, own, lines, len(found.helped), page, pages)
    rows = buttons.to_directives((d.id, d.code) for d in [*(one.d for one in own), *(line.d for line in lines)])
    rows.append(buttons.paging(page, pages, "utp", unit_id))
    rows += await _other_units(turn, unit_id)
    _say(turn, text, rows, [one.d for one in own], lines, edit=edit)


async def _other_units(turn: Turn, unit_id: int) -> Rows:
    others = [number for number in await posts.units_of(turn.session, turn.person) if number != unit_id]
    return [[button((await turn.session.get_one(Unit, number)).name, "utp", number, 1)] for number in others]


COMMANDS: dict[str, Handler] = {"viec": my_work}
BUTTONS: dict[str, ButtonHandler] = {
    "vl": work_page,
    "acka": acknowledge_all,
    "ut": open_table,
    "utp": turn_table,
}
