"""A table of another program, sent by a clerk: what was understood is shown, corrected by buttons, then taken in.

Buttons: ``imgo:code`` take it in, ``imc:code`` columns, ``imf:code:place`` one column, ``ims:code:place:field`` what it
is, ``imo:code:what`` switch a choice, ``imy:code[:n]`` which program, ``imx:code`` drop, ``imb:code`` back,
``imd:code:directive`` follow its deadline.
"""

from __future__ import annotations

from datetime import date

from channels.base import OutgoingMessage
from db import Session
from db.models import Directive, Import, Outbox, Person
from domain.calendar import OFFICE_ZONE
from domain.errors import NoSuchThing
from domain.import_heads import Field, find_heads
from domain.importing import Row
from domain.sources import SOURCES, Source
from domain.tables import Sheet, Table
from handlers.buttons import Rows, button, stop
from handlers.common import by
from handlers.drafts import show_summary
from handlers.intake import ReadTable
from handlers.rendering import Moment, message_of
from handlers.turn import Args, ButtonHandler, Handler, Turn
from services import import_taking, importing, people
from services.import_plan import Plan, plan
from services.import_taking import DEADLINE_MOVED, Taken
from services.imported import outside_of
from texts import importing as say
from texts.engine import shorten

SAMPLES = 2


async def begin(turn: Turn, read: ReadTable) -> None:
    """Show what was understood of a table that came in."""
    found = [(sheet, heads) for sheet in read.table.sheets if (heads := find_heads(sheet.lines))]
    if not found:
        turn.say(say.no_table(read.name))
        return
    sheet, heads = max(found, key=lambda one: (len(one[1].fields), len(one[0].lines)))
    made = await importing.take(turn.session, read.name, read.sha256, sheet, heads, by(turn))
    importing.choose(made, hidden=[*_others(read.table, sheet), *read.table.hidden])
    await show(turn, made)


def _others(table: Table, taken: Sheet) -> list[str]:
    return [sheet.name for sheet in table.sheets if sheet is not taken and len(sheet.lines) > 1]


async def show(turn: Turn, made: Import, *, edit: bool = False) -> None:
    """What would happen, and the ways to change it."""
    planned = await plan(turn.session, made, by(turn))
    turn.say(say.preview(_preview(made, planned)), _rows(made, planned), edit=edit)


def _preview(made: Import, planned: Plan) -> say.Preview:
    return say.Preview(
        file=made.file_name,
        title=made.columns["title"],
        system=made.system,
        source=Source(made.columns["source"]),
        columns=_columns(made),
        samples=[_sample(row) for row in (planned.new or planned.rows)[:SAMPLES]],
        rows=len(planned.rows),
        new=len(planned.new),
        known=len(planned.known),
        status_changes=planned.status_changes,
        moved=[one.directive_id for one in planned.moved],
        reworded=planned.reworded,
        twins=sorted(set(planned.twins.values())),
        takes_twins=made.columns["with_twins"],
        finished=planned.finished,
        unknown=planned.unknown,
        warnings=planned.warnings,
        hidden=made.columns.get("hidden", ()),
    )


def _sample(row: Row) -> say.Sample:
    due = row.deadline
    return say.Sample(row.number, row.text, row.lead, due.date if due else None, due.text if due else None, row.status)


def _columns(made: Import) -> list[say.Column]:
    fields = importing.heads_of(made).fields
    return [say.Column(_letter(i), head, fields.get(i)) for i, head in enumerate(made.columns["names"])]


def _letter(place: int) -> str:
    """The name of a column as spreadsheets have it: A, B … Z, AA."""
    first, last = divmod(place, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)


def _rows(made: Import, planned: Plan) -> Rows:
    code, kept = made.code, made.columns
    rows: Rows = []
    if planned.new or planned.known:
        rows.append([button(f"{say.TAKE} ({len(planned.new)})", "imgo", code, style="success")])
    rows.append(
        [button(say.COLUMNS, "imc", code), button(f"Nguồn: {SOURCES[Source(kept['source'])]}", "imo", code, "source")]
    )
    if planned.finished or kept["with_done"]:
        label = say.OPEN_ONLY if kept["with_done"] else say.WITH_DONE
        rows.append([button(label, "imo", code, "with_done")])
    if planned.twins:
        rows.append([button(say.SKIP_TWINS if kept["with_twins"] else say.TAKE_TWINS, "imo", code, "with_twins")])
    last = [button(say.DROP, "imx", code)]
    if _has_ids(made):
        last.insert(0, button(shorten(f"{say.SYSTEM}: {made.system or 'chưa rõ'}", 40), "imy", code))
    return [*rows, last]


def _has_ids(made: Import) -> bool:
    return importing.heads_of(made).column(Field.ID) is not None


# --- corrections ---


async def back(turn: Turn, args: Args) -> None:
    """``imb:code``."""
    turn.finish()
    await show(turn, await importing.by_code(turn.session, args[0], by(turn)), edit=True)


async def columns(turn: Turn, args: Args) -> None:
    """``imc:code``: which column is to be corrected."""
    made = await importing.by_code(turn.session, args[0], by(turn))
    found = _columns(made)
    offered = [button(say.column_label(column), "imf", made.code, i) for i, column in enumerate(found)]
    rows = [offered[i : i + 2] for i in range(0, len(offered), 2)]
    turn.say(say.which_column(found), [*rows, [button(say.BACK, "imb", made.code)]], edit=True)


async def one_column(turn: Turn, args: Args) -> None:
    """``imf:code:place``: what a column is."""
    made = await importing.by_code(turn.session, args[0], by(turn))
    found, place = _columns(made), args.number(1)
    if place >= len(found):
        raise NoSuchThing
    offered = [button(name, "ims", made.code, place, field) for field, name in say.FIELDS.items()]
    offered.append(button(say.NO_FIELD, "ims", made.code, place, "none"))
    rows = [offered[i : i + 2] for i in range(0, len(offered), 2)]
    turn.say(
        say.which_field(found[place], _examples(made, place)), [*rows, [button(say.BACK, "imb", made.code)]], edit=True
    )


def _examples(made: Import, place: int) -> list[str]:
    lines = made.columns["lines"][made.columns["below"] :]
    return [str(line[place]) for line in lines if line[place] is not None][:SAMPLES]


async def set_column(turn: Turn, args: Args) -> None:
    """``ims:code:place:field``."""
    made = await importing.by_code(turn.session, args[0], by(turn))
    try:
        field = None if args[2] == "none" else Field(args[2])
    except ValueError:
        raise NoSuchThing from None
    importing.set_field(made, args.number(1), field)
    await show(turn, made, edit=True)


async def switch(turn: Turn, args: Args) -> None:
    """``imo:code:what``: the source, whether what is done is taken, whether what is here already is."""
    made = await importing.by_code(turn.session, args[0], by(turn))
    if args[1] == "source":
        order = list(Source)
        following = order[(order.index(Source(made.columns["source"])) + 1) % len(order)]
        importing.choose(made, source=str(following))
    elif args[1] in {"with_done", "with_twins"}:
        importing.choose(made, **{args[1]: not made.columns[args[1]]})
    else:
        raise NoSuchThing
    await show(turn, made, edit=True)


async def ask_system(turn: Turn, args: Args) -> None:
    """``imy:code``: ask which program it is; ``imy:code:n``: one of those that tables came from before."""
    made = await importing.by_code(turn.session, args[0], by(turn))
    known = await importing.systems(turn.session)
    if len(args) > 1:
        if args.number(1) >= len(known):
            raise NoSuchThing
        made.system = known[args.number(1)]
        turn.finish()
        await show(turn, made, edit=True)
        return
    turn.expect("import_system", code=made.code)
    rows = [[button(shorten(name, 40), "imy", made.code, i)] for i, name in enumerate(known)]
    turn.say(say.ask_system(), [*rows, *stop()])


async def take_system(turn: Turn) -> None:
    """The name of the program, typed."""
    made = await importing.by_code(turn.session, turn.conversation.data["code"], by(turn))
    words = " ".join(turn.message.text.split())[:60]
    if words:
        made.system = words
        turn.finish()
    await show(turn, made)


async def drop(turn: Turn, args: Args) -> None:
    """``imx:code``."""
    importing.drop(await importing.by_code(turn.session, args[0], by(turn)))
    turn.finish()
    turn.say(say.dropped(), edit=True)


# --- it is taken in ---


async def take(turn: Turn, args: Args) -> None:
    """``imgo:code``: drafts of what is new; where rows have ids, the program is asked first."""
    made = await importing.by_code(turn.session, args[0], by(turn))
    if _has_ids(made) and made.system is None:
        await ask_system(turn, args)
        return
    taken = await import_taking.carry_out(turn.session, made, by(turn))
    turn.say(say.taken(taken.new, taken.known, taken.status_changes, taken.left_out), edit=True)
    if taken.moved:
        turn.say(*_moved(made, taken))
    if taken.notice is not None:
        await show_summary(turn, taken.notice)


def _moved(made: Import, taken: Taken) -> tuple[str, Rows]:
    lines = [(one.directive_id, one.here, one.there) for one in taken.moved]
    offered = [button(f"{say.FOLLOW} #{number}", "imd", made.code, number) for number, _, _ in lines[:40]]
    return say.moved(lines[:40], made.system or ""), [offered[i : i + 2] for i in range(0, len(offered), 2)]


async def follow(turn: Turn, args: Args) -> None:
    """``imd:code:directive``: the deadline of the other program holds here, too."""
    until = await import_taking.follow(turn.session, args[0], args.number(1), by(turn))
    turn.say(say.followed(args.number(1), until), directives=[args.number(1)])


# --- what is said elsewhere ---


async def lines_of(session: Session, directive: Directive) -> str:
    """What other programs say, to stand at the end of a card; empty where none knows it."""
    found = await outside_of(session, directive)
    lines = [say.outside(o.system, o.status, o.external_id, o.seen_at.astimezone(OFFICE_ZONE).date()) for o in found]
    return "".join(f"\n{line}" for line in lines)


async def told(session: Session, row: Outbox, person: Person, at: Moment) -> OutgoingMessage | None:
    """To a unit: its deadline follows another program."""
    directive = await session.get(Directive, row.directives[0])
    if directive is None or not people.may_see(await people.standing(session, person, directive), directive):
        return None
    before, until = row.payload["from"], date.fromisoformat(row.payload["until"])
    words = say.deadline_told(
        directive.id, directive.text, date.fromisoformat(before) if before else None, until, row.payload["system"]
    )
    return message_of(words, [[button(f"#{directive.id}", "d", directive.code)]])


BUTTONS: dict[str, ButtonHandler] = {
    "imgo": take,
    "imc": columns,
    "imf": one_column,
    "ims": set_column,
    "imo": switch,
    "imy": ask_system,
    "imx": drop,
    "imb": back,
    "imd": follow,
}
STEPS: dict[str, Handler] = {"import_system": take_system}
RENDERERS = {DEADLINE_MOVED: told}
