"""``/lich``: the office's month, with its days off and, for who asks in private, what falls due."""

from __future__ import annotations

from datetime import date

from channels.base import Button
from domain.errors import NoSuchThing
from domain.months import Month, beside, is_shown, month_of, read_month
from domain.rights import Role
from handlers.buttons import button
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import posts
from services.dues import Dues, dues
from texts import calendar as say
from texts import labels
from texts.engine import shorten

FIELD, OFFICE = "các đơn vị phụ trách", "toàn cơ quan"


async def month(turn: Turn) -> None:
    """``/lich``, ``/lich 2``, ``/lich 2/2025``, ``/lich tháng sau``."""
    words = turn.message.text.partition(" ")[2].strip()
    found = read_month(words, turn.today, turn.office.calendar)
    if found is None:
        turn.say(say.not_understood(shorten(words, 40)))
        return
    await _show(turn, *found, edit=False)


async def turn_to(turn: Turn, args: Args) -> None:
    """``lc:202502``: another month, in place."""
    year, number = divmod(args.number(0), 100)
    if not 1 <= number <= 12 or not is_shown(year, turn.today):
        raise NoSuchThing
    await _show(turn, year, number, edit=True)


async def _show(turn: Turn, year: int, number: int, *, edit: bool) -> None:
    shown = month_of(year, number, turn.office.calendar, turn.today)
    whose, due = await _dues(turn, shown)
    rhythm = turn.office.rhythm
    hours = say.Hours(rhythm.work_hours, rhythm.quiet_from, rhythm.quiet_until)
    text = say.month(shown, hours, whose, list(say.due_days(due.counts, due.numbers)))
    numbers = [number for some in due.numbers.values() for number in some]
    turn.say(text, [_paging(turn.today, year, number)], directives=numbers, edit=edit)


async def _dues(turn: Turn, shown: Month) -> tuple[str | None, Dues]:
    """Whose due days are shown, and they; none in a group, where others read along, nor to an administrator."""
    role = turn.person.role
    if not turn.message.private or role == Role.ADMIN:
        return None, Dues()
    days = [day.date for day in shown.days]
    found = await dues(turn.session, turn.person, days[0], days[-1], turn.today)
    if role in {Role.HEAD, Role.OFFICER}:
        return await posts.named(turn.session, turn.person), found
    return (OFFICE if found.everything else FIELD), found


def _paging(today: date, year: int, number: int) -> list[Button]:
    now = (today.year, today.month)
    there = [(labels.PREVIOUS, beside(year, number, -1)), (labels.NEXT, beside(year, number, 1))]
    if (year, number) != now:
        there.insert(1, (say.THIS_MONTH, now))
    return [button(label, "lc", f"{y}{m:02}") for label, (y, m) in there if is_shown(y, today)]


COMMANDS: dict[str, Handler] = {"lich": month}
BUTTONS: dict[str, ButtonHandler] = {"lc": turn_to}
