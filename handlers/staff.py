"""``/nhansu``: the office's staff, one card per person. ``/thuhoi``: a phone is lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from channels.base import OutgoingMessage
from db import Session
from db.models import Account, Outbox, Person, Unit
from domain.errors import NoSuchThing
from domain.rights import Role
from handlers.buttons import Rows, button, to_directives
from handlers.common import by, typed_unit
from handlers.rendering import Moment, directives_of, message_of
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import accounts, members, office
from services.handing_over import STAFF, duties
from texts import general, labels, units
from texts import staff as say

SHOWN = 8  # people, or units, to choose from
IN_UNIT = (Role.HEAD, Role.OFFICER)


async def staff(turn: Turn) -> None:
    """``/nhansu [tên]``."""
    members.check(by(turn))
    words = _words(turn)
    if not words:
        turn.expect("staff")
        turn.say(say.ask_name())
        return
    await _find(turn, words, "hc")


async def take_name(turn: Turn) -> None:
    """The name, typed."""
    members.check(by(turn))
    await _find(turn, turn.message.text.strip(), turn.conversation.data.get("then", "hc"))


def _words(turn: Turn) -> str:
    return "".join(turn.message.text.split(maxsplit=1)[1:]).strip()


async def _find(turn: Turn, words: str, then: str) -> None:
    found = await members.find(turn.session, words)
    if len(found) == 1:
        turn.finish()
        await BUTTONS[then](turn, Args([str(found[0].id)]))
        return
    turn.expect("staff", then=then)
    rows = [[button(f"{p.name}, {p.unit.name}"[:60], then, p.id)] for p in found[:SHOWN]]
    turn.say(say.which(words[:60], bool(found)), [*rows, [button(labels.STOP, "stop")]] if rows else ())


# --- the card ---


async def _card(turn: Turn, person: Person) -> say.Card:
    found = await members.card(turn.session, person)
    units = [(person.unit.name, str(person.role)), *((unit.name, str(role)) for unit, role in found.further)]
    lines = [_line(account) for account in found.accounts]
    return say.Card(person.name, person.position, units, lines, [d.id for d in found.duties])


def _line(account: Account) -> say.AccountLine:
    return say.AccountLine(account.channel, account.seen_at)


async def show(turn: Turn, args: Args) -> None:
    """``hc:person``: the card, in place."""
    members.check(by(turn))
    turn.finish()
    person = await members.by_id(turn.session, args.number(0))
    known = await members.card(turn.session, person)
    rows: Rows = [
        [button(labels.MOVE_PERSON, "hm", person.id), button(labels.ADD_UNIT, "ha", person.id)],
        [button(labels.CHANGE_ROLE, "hr", person.id), button(labels.LEAVES, "h?", "leave", person.id)],
        [button(labels.INVITE_AGAIN, "hi", person.id)],
    ]
    if known.accounts:
        rows[2].append(button(labels.REVOKE, "h?", "revoke", person.id))
    if known.further:
        rows[0].append(button(labels.DROP_UNIT, "hd", person.id))
    turn.say(say.card(await _card(turn, person)), rows, directives=[d.id for d in known.duties], edit=True)


async def ask_move(turn: Turn, args: Args) -> None:
    """``hm:person``: ask for the unit."""
    await _ask_unit(turn, args.number(0), "move")


async def ask_add(turn: Turn, args: Args) -> None:
    """``ha:person``: ask for the further unit."""
    await _ask_unit(turn, args.number(0), "add")


async def _ask_unit(turn: Turn, number: int, what: str) -> None:
    members.check(by(turn))
    person = await members.by_id(turn.session, number)
    turn.expect("staff_unit", person=person.id, what=what)
    turn.say(say.ask_unit(person.name, what), [[button(labels.BACK, "hc", person.id)]], edit=True)


async def take_unit(turn: Turn) -> None:
    """The unit, typed."""
    data = turn.conversation.data
    unit, choices = await typed_unit(turn, turn.message.text)
    if unit is not None:
        await _unit_known(turn, data["what"], data["person"], unit.id)
        return
    rows = [[button(u.name, "hu", data["what"], data["person"], u.id)] for u in choices[:SHOWN]]
    turn.say(units.which(turn.message.text[:60], bool(rows)), [*rows, [button(labels.BACK, "hc", data["person"])]])


async def press_unit(turn: Turn, args: Args) -> None:
    """``hu:what:person:unit``: one of those it may be."""
    await _unit_known(turn, args[0], args.number(1), args.number(2), edit=True)


async def _unit_known(turn: Turn, what: str, number: int, unit_id: int, *, edit: bool = False) -> None:
    if what == "move":
        await _confirm(turn, Args(["move", str(number), str(unit_id)]), edit=edit)
        return
    members.check(by(turn))
    person, unit = await members.by_id(turn.session, number), await office.unit(turn.session, unit_id)
    rows = [[button(say.ROLES[role].capitalize(), "h?", "add", person.id, unit.id, role)] for role in IN_UNIT]
    turn.finish()
    turn.say(say.ask_role(person.name, unit.name), [*rows, [button(labels.BACK, "hc", person.id)]], edit=edit)


async def ask_drop(turn: Turn, args: Args) -> None:
    """``hd:person``: ask which further unit goes."""
    members.check(by(turn))
    person = await members.by_id(turn.session, args.number(0))
    further = (await members.card(turn.session, person)).further
    rows = [[button(unit.name, "h?", "drop", person.id, unit.id)] for unit, _ in further]
    turn.say(say.ask_which_unit(person.name), [*rows, [button(labels.BACK, "hc", person.id)]], edit=True)


async def ask_role(turn: Turn, args: Args) -> None:
    """``hr:person``: ask for the role."""
    members.check(by(turn))
    person = await members.by_id(turn.session, args.number(0))
    roles = [r for r in Role if r != person.role and (r is not Role.ADMIN or turn.person.role == Role.ADMIN)]
    rows = [[button(say.ROLES[role].capitalize(), "h?", "role", person.id, role)] for role in roles]
    turn.say(say.ask_role(person.name), [*rows, [button(labels.BACK, "hc", person.id)]], edit=True)


# --- said first, done then ---


async def ask_confirm(turn: Turn, args: Args) -> None:
    """``h?:what:person[:…]``: say what would follow."""
    await _confirm(turn, args, edit=True)


async def _confirm(turn: Turn, args: Args, *, edit: bool) -> None:
    members.check(by(turn))
    turn.finish()
    person = await members.by_id(turn.session, args.number(1))
    text = say.confirm(args[0], await _card(turn, person), await _to(turn, args))
    yes = button(labels.CONFIRM, "h!", *args, style="danger" if args[0] in {"leave", "revoke"} else "success")
    turn.say(text, [[yes, button(labels.BACK, "hc", person.id)]], edit=edit)


async def _to(turn: Turn, args: Args) -> str:
    if args[0] in {"move", "add", "drop"}:
        return (await office.unit(turn.session, args.number(2))).name
    return str(args[2]) if args[0] == "role" else ""


async def carry_out(turn: Turn, args: Args) -> None:
    """``h!:what:person[:…]``: do what was confirmed."""
    if args[0] not in _DOES:
        raise NoSuchThing
    person = await members.by_id(turn.session, args.number(1))
    to = await _to(turn, args)
    text = await _DOES[args[0]](turn, person, args, to)
    turn.say(text, [[button(labels.SEE_PERSON, "hc", person.id)]] if person.active else (), edit=True)
    if args[0] == "revoke":
        await _give_code(turn, person)


async def _unit(turn: Turn, args: Args) -> Unit:
    return await office.unit(turn.session, args.number(2))


def _role(args: Args, place: int) -> Role:
    try:
        return Role(args[place])
    except ValueError:
        raise NoSuchThing from None


async def _move(turn: Turn, person: Person, args: Args, to: str) -> str:
    left = await members.move(turn.session, person, await _unit(turn, args), by(turn))
    return say.done("move", person.name, to, [d.id for d in left])


async def _add(turn: Turn, person: Person, args: Args, to: str) -> str:
    await members.add(turn.session, person, await _unit(turn, args), _role(args, 3), by(turn))
    return say.done("add", person.name, to)


async def _drop(turn: Turn, person: Person, args: Args, to: str) -> str:
    left = await members.drop(turn.session, person, await _unit(turn, args), by(turn))
    return say.done("drop", person.name, to, [d.id for d in left])


async def _change_role(turn: Turn, person: Person, args: Args, to: str) -> str:
    await members.change_role(turn.session, person, _role(args, 2), by(turn))
    return say.done("role", person.name, to)


async def _leave(turn: Turn, person: Person, args: Args, to: str) -> str:
    left = await members.leave(turn.session, person, by(turn))
    return say.done("leave", person.name, to, [d.id for d in left])


async def _revoke(turn: Turn, person: Person, args: Args, to: str) -> str:
    count = await members.revoke(turn.session, person, by(turn))
    left = await duties(turn.session, person) if count else ()
    return say.done("revoke", person.name, to, [d.id for d in left], count)


_DOES: dict[str, Callable[[Turn, Person, Args, str], Awaitable[str]]] = {
    "move": _move,
    "add": _add,
    "drop": _drop,
    "role": _change_role,
    "leave": _leave,
    "revoke": _revoke,
}


async def invite_again(turn: Turn, args: Args) -> None:
    """``hi:person``: a code for a first or a further account."""
    members.check(by(turn))
    await _give_code(turn, await members.by_id(turn.session, args.number(0)))


async def _give_code(turn: Turn, person: Person) -> None:
    code = await members.invite(turn.session, person, by(turn))
    until = turn.now + accounts.VALID_FOR
    turn.say(general.invite_code(person.name, person.unit.name, code, turn.invite_link(code), until))


# --- a lost phone ---


async def lost(turn: Turn) -> None:
    """``/thuhoi``: end one's own account on another phone. ``/thuhoi tên``: the office ends somebody's."""
    if words := _words(turn):
        members.check(by(turn))
        await _find(turn, words, "hv")
        return
    own = await members.linked(turn.session, turn.person)
    here = [a for a in own if (a.channel, a.external_id) == (turn.message.channel, turn.message.sender.id)]
    others = [a for a in own if a not in here]
    rows = [[button(f"{labels.REVOKE}: {_line(a).label} {i}", "ho", a.id)] for i, a in enumerate(others, 2)]
    turn.say(say.own_accounts([_line(a) for a in (*here, *others)], len(others)), rows)


async def ask_revoke(turn: Turn, args: Args) -> None:
    """``hv:person``: the office ends all accounts of somebody, once that is confirmed."""
    await _confirm(turn, Args(["revoke", args[0]]), edit=False)


async def revoke_own(turn: Turn, args: Args) -> None:
    """``ho:account``: one's own account on another phone ends."""
    own = await members.linked(turn.session, turn.person)
    account = next((a for a in own if a.id == args.number(0)), None)
    if account is None:
        turn.say(say.own_revoked(0), edit=True)
        return
    count = await members.revoke(turn.session, turn.person, by(turn), account)
    turn.say(say.own_revoked(count), edit=True)
    await _give_code(turn, turn.person)


# --- told ---


async def told(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """To a person whose place has changed, or to the head who takes over what they were doing."""
    who = await session.get(Person, row.payload["person"])
    if who is None:
        return None
    facts = {k: v for k, v in row.payload.items() if isinstance(v, str)}
    left = [d for d in await directives_of(session, row) if d.contact_id == person.id]
    text = say.told(row.payload["why"], who.name, facts, [d.id for d in left], own=who.id == person.id)
    return message_of(text, to_directives((d.id, d.code) for d in left))


COMMANDS: dict[str, Handler] = {"nhansu": staff, "thuhoi": lost}
STEPS: dict[str, Handler] = {"staff": take_name, "staff_unit": take_unit}
BUTTONS: dict[str, ButtonHandler] = {
    "hc": show,
    "hm": ask_move,
    "ha": ask_add,
    "hu": press_unit,
    "hd": ask_drop,
    "hr": ask_role,
    "h?": ask_confirm,
    "h!": carry_out,
    "hi": invite_again,
    "hv": ask_revoke,
    "ho": revoke_own,
}
RENDERERS = {STAFF: told}
