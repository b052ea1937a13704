"""Several approvals with one press: a list whose marks are set in place, then ``Duyệt 5 việc``.

The buttons carry the list and its marks, so that nothing is to be remembered between two presses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db.models import Directive
from domain.approvals import Level
from domain.lifecycle import State
from domain.rights import Action, Role, Standing, may
from handlers import buttons, listed
from handlers.buttons import Rows, button
from handlers.common import by, views
from handlers.turn import Args, ButtonHandler, Turn
from services import approving_several, levels, life, people, reporting
from services.levels import Awaited
from texts import leading as say
from texts import refusals


async def press_open(turn: Turn, args: Args) -> None:
    """``dnm:numbers``: those of a list that wait for this person; nothing is chosen yet."""
    await _show(turn, [d.id for d in await _waiting(turn, args)], 0, edit=False)


async def _waiting(turn: Turn, args: Args) -> list[Directive]:
    found = await life.in_order(turn.session, listed.unpacked(str(args[0])))
    turns = await levels.awaited(turn.session, found, turn.now, turn.office)
    stands = await people.standings(turn.session, turn, found)
    return [d for d, one in zip(found, stands, strict=True) if may_approve(d, turns[d.id], one)]


async def to_choose(turn: Turn, directives: Sequence[Directive], turns: Mapping[int, Awaited]) -> Rows:
    """Under a list of what waits: opens the choice, where there is one.

    Args:
        turn: whose list it is.
        directives: those on the page.
        turns: whose turn each of them is, by number.
    """
    stands = await people.standings(turn.session, turn, directives)
    mine = [d.id for d, one in zip(directives, stands, strict=True) if may_approve(d, turns[d.id], one)]
    return [[button(say.CHOOSE, "dnm", listed.packed(mine[: listed.MOST]))]] if len(mine) > 1 else []


def may_approve(directive: Directive, turn: Awaited, stands: Standing) -> bool:
    """Whether it is this person's turn to approve a directive."""
    if directive.state != State.SUBMITTED or turn.level is Level.HEAD or not may(Action.DECIDE, stands):
        return False
    return turn.level is not Level.LEADER or stands.role is Role.LEADER


async def _show(turn: Turn, numbers: Sequence[int], marks: int, *, edit: bool = True) -> None:
    """``marks``: a bit for each of the numbers, the first one's the lowest."""
    if not numbers:
        turn.say(say.nothing_to_choose(), edit=edit)
        return
    found = await life.in_order(turn.session, numbers)
    files = await reporting.count_evidence(turn.session, numbers)
    lines = [
        say.Choice(v, _is_chosen(marks, i), levels.days_waited(d, turn.now, turn.office), files.get(d.id, 0))
        for i, (v, d) in enumerate(zip(await views(turn, found), found, strict=True))
    ]
    turn.say(say.choosing(lines), _rows(found, marks), directives=numbers, edit=edit)


def _is_chosen(marks: int, place: int) -> bool:
    return bool(marks >> place & 1)


def _rows(found: Sequence[Directive], marks: int) -> Rows:
    few, every = listed.packed(d.id for d in found), (1 << len(found)) - 1
    one = [
        button(say.mark(d.id, is_chosen=_is_chosen(marks, i)), "dnt", few, marks ^ 1 << i) for i, d in enumerate(found)
    ]
    rows: Rows = [one[i : i + 4] for i in range(0, len(one), 4)]
    if count := marks.bit_count():
        rows.append([button(say.approve_some(count), "dny", few, marks, style="success")])
    label, other = (say.CHOOSE_NONE, 0) if marks == every else (say.CHOOSE_ALL, every)
    return [*rows, [button(label, "dnt", few, other), *buttons.stop()[0]]]


async def press_mark(turn: Turn, args: Args) -> None:
    """``dnt:numbers:marks``: the same list with other marks, in place."""
    numbers = listed.unpacked(str(args[0]))
    seen = {d.id for d in await _waiting(turn, args)}
    marks = args.number(1)
    chosen = [n for i, n in enumerate(numbers) if _is_chosen(marks, i) and n in seen]
    left = [n for n in numbers if n in seen]
    await _show(turn, left, sum(1 << i for i, n in enumerate(left) if n in chosen))


async def press_approve(turn: Turn, args: Args) -> None:
    """``dny:numbers:marks``: approve what is chosen; what has changed meanwhile stays, and is said."""
    numbers = listed.unpacked(str(args[0]))
    marks = args.number(1)
    chosen = [n for i, n in enumerate(numbers) if _is_chosen(marks, i)]
    found = [await life.by_number(turn.session, n, turn) for n in chosen]
    if not found:
        turn.say(say.nothing_to_choose(), edit=True)
        return
    approved = await approving_several.approve_all(turn.session, found, by(turn))
    turn.toast = say.approve_some(len(approved.done))
    left = [(d.id, refusals.refusal(why)) for d, why in approved.left]
    rows = buttons.to_directives((d.id, d.code) for d in [*approved.done, *(d for d, _ in approved.left)])
    done = [d.id for d in approved.done]
    turn.say(say.approved_some(done, left), rows, directives=done, edit=True)


BUTTONS: dict[str, ButtonHandler] = {"dnm": press_open, "dnt": press_mark, "dny": press_approve}
