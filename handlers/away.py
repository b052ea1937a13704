"""``/vangmat``: who is away until when, and who stands in. Said back and confirmed before it is kept.

Buttons of the way there carry the whole proposal, ``person:first:last:deputy`` with days as ``20240325`` and 0 for
nobody, so that each works whatever is said meanwhile; the service looks at all of it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from channels.base import Button
from db.models import Absence, Person
from domain.away_words import SaidAway, bearers, begins_with_name, name_first, name_of, read_away
from domain.errors import DateNotUnderstood, NeedsNoDeputy, NoSuchThing
from domain.rights import Role
from handlers.away_today import say_duties
from handlers.buttons import Rows, button, stop
from handlers.common import by, typed_deadline
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import leave, office
from services.leave import Plan
from texts import away as say
from texts import labels
from texts.away import Absent

SHOWN = 8  # people to choose from
SUNDAY = 6


# --- how it is shown ---


async def absent(turn: Turn, plan: Plan) -> Absent:
    """A proposal or an absence as texts speak of it; the reader is not called by name."""
    person, deputy = plan.person, plan.deputy
    busy = await leave.away_until(turn.session, deputy, plan.first_day, plan.last_day) if deputy else None
    return Absent(
        name=None if person.id == turn.person.id else person.name,
        role=person.role,
        first_day=plan.first_day,
        last_day=plan.last_day,
        deputy=deputy.name if deputy else None,
        today=turn.today,
        deputy_away_until=busy,
    )


async def _plan_of(turn: Turn, row: Absence) -> Plan:
    person = await turn.session.get_one(Person, row.person_id)
    deputy = await turn.session.get(Person, row.deputy_id) if row.deputy_id else None
    return Plan(person, row.first_day, row.last_day, deputy)


def _data(plan: Plan) -> tuple[object, ...]:
    days = f"{plan.first_day:%Y%m%d}", f"{plan.last_day:%Y%m%d}"
    return (plan.person.id, *days, plan.deputy.id if plan.deputy else 0)


async def _proposed(turn: Turn, args: Args) -> Plan:
    """The proposal of a button."""
    person = await _person(turn, args.number(0))
    number = args.number(3) if len(args) > 3 else 0
    return Plan(person, _day(args[1]), _day(args[2]), await _person(turn, number) if number else None)


async def _person(turn: Turn, number: int) -> Person:
    found = await turn.session.get(Person, number)
    if found is None or not found.active:
        raise NoSuchThing
    return found


def _day(digits: str) -> date:
    try:
        return date.fromisoformat(digits)
    except ValueError:
        raise NoSuchThing from None


# --- the command ---


async def going_away(turn: Turn) -> None:
    """``/vangmat``, ``/vangmat từ 20/3 đến 25/3 Nguyễn An thay``, and the office's ``/vangmat Nguyễn An đến 25/3``."""
    words = turn.message.text.partition(" ")[2].strip()
    person, words = await _whose(turn, words)
    if person is None:
        return
    if words:
        await propose(turn, person, words)
        return
    await _show_or_ask(turn, person)


async def _whose(turn: Turn, words: str) -> tuple[Person | None, str]:
    """Whose absence the line is about. None where that has been asked, or everything has been said."""
    if turn.person.role != Role.CLERK or not words:
        if turn.person.role == Role.ADMIN:
            raise NeedsNoDeputy
        return turn.person, words
    everyone = [p for p in await office.active_people(turn.session) if p.role != Role.ADMIN]
    found, rest = name_first(words, [p.name for p in everyone])
    if len(found) > 1:
        _choose_person(turn, words.removesuffix(rest).strip(), [everyone[i] for i in found])
        return None, ""
    if not found and begins_with_name(words):
        turn.say(say.which_person(name_of(words), 0))
        return None, ""
    return (everyone[found[0]], rest) if found else (turn.person, words)


def _choose_person(turn: Turn, words: str, found: Sequence[Person]) -> None:
    rows = [[button(f"{p.name}, {p.unit.name}"[:60], "aww", p.id)] for p in found[:SHOWN]]
    turn.say(say.which_person(words, len(found)), [*rows, *stop()])


async def _show_or_ask(turn: Turn, person: Person) -> None:
    """The absence there is, or the question until when."""
    row = await leave.open_of(turn.session, person, turn.today)
    if person.id == turn.person.id:
        await say_duties(turn)
    if row is None:
        await _ask_until(turn, person)
        return
    end = say.END_EARLY if row.first_day <= turn.today else say.CALL_OFF
    text = say.shown(await absent(turn, await _plan_of(turn, row)))
    turn.say(text, [[button(end, "awe", row.code), button(say.CHANGE, "aww", person.id, "new")]])


async def press_who(turn: Turn, args: Args) -> None:
    """``aww:person``: one of the people of that name. ``aww:person:new``: other days or another deputy."""
    person = await _person(turn, args.number(0))
    leave.may_enter(person, by(turn))
    if len(args) > 1:
        await _ask_until(turn, person)
        return
    await _show_or_ask(turn, person)


# --- from when to when ---


async def _ask_until(turn: Turn, person: Person) -> None:
    leave.may_enter(person, by(turn))
    turn.expect("away_until", who=person.id)
    sunday = turn.today + timedelta(days=SUNDAY - turn.today.weekday())
    quick = [(say.TODAY, turn.today), (say.THIS_WEEK, sunday)]
    row = [button(label, "awu", *_data(Plan(person, turn.today, last, None))[:3]) for label, last in quick]
    is_own = person.id == turn.person.id
    text = say.ask_until(None if is_own else person.name, is_own and turn.person.role == Role.CLERK)
    turn.say(text, [row, *stop()])


async def take_until(turn: Turn) -> None:
    """The days, in words; who stands in may be said with them."""
    await propose(turn, await _person(turn, turn.conversation.data["who"]), turn.message.text, is_end=True)


async def press_until(turn: Turn, args: Args) -> None:
    """``awu:person:first:last``: one of the days offered."""
    await _ask_deputy(turn, await _proposed(turn, args), edit=True)


async def propose(turn: Turn, person: Person, words: str, *, is_end: bool = False) -> None:
    """Everything a line says; what it leaves open is asked."""
    leave.may_enter(person, by(turn))
    fit = await leave.eligible(turn.session, person)
    said = read_away(words, [p.name for p in fit])
    if not said.first and not said.last:
        raise DateNotUnderstood(words[:60])
    first, last = _days(turn, said, is_end=is_end)
    if last is None:
        turn.expect("away_until", who=person.id)
        raise DateNotUnderstood(words[:60])
    leave.check_days(first, last, turn.today)
    if len(said.deputies) == 1:
        await _confirm(turn, Plan(person, first, last, fit[said.deputies[0]]))
        return
    choices = [fit[i] for i in said.deputies]
    await _ask_deputy(turn, Plan(person, first, last, None), choices, unknown=said.names_deputy and not choices)


def _days(turn: Turn, said: SaidAway, *, is_end: bool) -> tuple[date, date | None]:
    """The first and the last day; an end alone begins today, and a first day that has passed becomes today."""
    if not said.last:
        return _typed(turn, said.first), None
    last = _typed(turn, said.last)
    if said.first:
        first = _typed(turn, said.first)
        return (turn.today, last) if first > last and _has_passed(turn, said.first, last) else (first, last)
    if said.is_one_day and not is_end:
        return (_monday(turn, last) if "tuần" in said.last.lower().split() else last), last
    return turn.today, last


def _monday(turn: Turn, last: date) -> date:
    """Of "tuần sau", which is a week and not a day."""
    return max(turn.today, last - timedelta(days=last.weekday()))


def _has_passed(turn: Turn, words: str, last: date) -> bool:
    """Whether a date without a year, read as the next such day, was meant as one of the days just past."""
    before = _typed(turn, words).replace(year=turn.today.year)
    return turn.today - timedelta(days=leave.MOST_DAYS) < before < turn.today <= last


def _typed(turn: Turn, words: str) -> date:
    last_day = typed_deadline(turn, words).last_day(turn.office.rhythm.before_means)
    assert last_day is not None  # noqa: S101  (typed_deadline has seen to it)
    return last_day


# --- who stands in ---


async def _ask_deputy(
    turn: Turn, plan: Plan, choices: Sequence[Person] = (), *, unknown: bool = False, edit: bool = False
) -> None:
    await leave.check(turn.session, plan, by(turn))
    fit = choices or await leave.free(turn.session, plan.person, plan.first_day, plan.last_day)
    if not fit and not unknown:
        await _confirm(turn, plan, edit=edit)
        return
    days = plan.first_day.isoformat(), plan.last_day.isoformat()
    turn.expect("away_deputy", who=plan.person.id, first=days[0], last=days[1])
    rows: Rows = [[_to_deputy(plan, p)] for p in fit[:SHOWN]]
    rows.append([button(say.NOBODY, "awd", *_data(plan))])
    turn.say(say.ask_deputy(await absent(turn, plan), unknown), [*rows, *stop()], edit=edit)


def _to_deputy(plan: Plan, deputy: Person) -> Button:
    label = f"{deputy.name}, {deputy.position}" if deputy.position else deputy.name
    return button(label[:60], "awd", *_data(Plan(plan.person, plan.first_day, plan.last_day, deputy)))


async def take_deputy(turn: Turn) -> None:
    """The deputy's name, typed."""
    data = turn.conversation.data
    person = await _person(turn, data["who"])
    plan = Plan(person, _day(data["first"]), _day(data["last"]), None)
    fit = await leave.eligible(turn.session, person)
    found = bearers(turn.message.text, [p.name for p in fit])
    if len(found) == 1:
        await _confirm(turn, Plan(person, plan.first_day, plan.last_day, fit[found[0]]))
        return
    await _ask_deputy(turn, plan, [fit[i] for i in found], unknown=not found)


async def press_deputy(turn: Turn, args: Args) -> None:
    """``awd:person:first:last:deputy``: one of those offered, or nobody."""
    await _confirm(turn, await _proposed(turn, args), edit=True)


async def _confirm(turn: Turn, plan: Plan, *, edit: bool = False) -> None:
    await leave.check(turn.session, plan, by(turn))
    turn.finish()
    rows = [[button(labels.RIGHT, "aws", *_data(plan), style="success"), button(labels.STOP, "stop")]]
    turn.say(say.confirm(await absent(turn, plan)), rows, edit=edit)


# --- kept, ended, declined ---


async def press_right(turn: Turn, args: Args) -> None:
    """``aws:person:first:last:deputy``: so it is."""
    plan = await _proposed(turn, args)
    row = await leave.begin(turn.session, plan, by(turn))
    turn.toast = labels.RIGHT
    end = say.END_EARLY if row.first_day <= turn.today else say.CALL_OFF
    turn.say(say.entered(await absent(turn, plan)), [[button(end, "awe", row.code)]], edit=True)


async def press_end(turn: Turn, args: Args) -> None:
    """``awe:absence``: back already, or not away after all."""
    row = await leave.by_code(turn.session, args[0], turn.today)
    await leave.end(turn.session, row, by(turn))
    turn.say(say.ended(await absent(turn, await _plan_of(turn, row))), edit=True)


async def press_decline(turn: Turn, args: Args) -> None:
    """``awn:absence``: the deputy cannot."""
    row = await leave.by_code(turn.session, args[0], turn.today)
    await leave.decline(turn.session, row, by(turn))
    person = await turn.session.get_one(Person, row.person_id)
    turn.toast = say.NOT_ME
    turn.say(say.declined(person.name), edit=True)


COMMANDS: dict[str, Handler] = {"vangmat": going_away}
STEPS: dict[str, Handler] = {"away_until": take_until, "away_deputy": take_deputy}
BUTTONS: dict[str, ButtonHandler] = {
    "aww": press_who,
    "awu": press_until,
    "awd": press_deputy,
    "aws": press_right,
    "awe": press_end,
    "awn": press_decline,
}
