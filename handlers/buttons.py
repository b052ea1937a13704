"""Rows of buttons. Data is ``action:arg:arg``; things are named by their random codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from channels.base import Button
from db.models import Directive
from domain.lifecycle import OPEN, WITH_UNIT, State
from domain.rights import Action, Role, Standing, may
from services.recurring import comes_again
from texts import labels

Rows = list[list[Button]]


def button(label: str, action: str, *args: object, style: str | None = None) -> Button:
    """One button."""
    return Button(label, ":".join((action, *(str(a) for a in args))), style)


def stop() -> Rows:
    """The way out of a question."""
    return [[button(labels.STOP, "stop")]]


def paging(page: int, pages: int, action: str, *args: object) -> list[Button]:
    """Back and forth; pages count from 1. The page number comes last in the data."""
    row = []
    if page > 1:
        row.append(button(labels.PREVIOUS, action, *args, page - 1))
    if page < pages:
        row.append(button(labels.NEXT, action, *args, page + 1))
    return row


def to_directives(directives: Iterable[tuple[int, str]], per_row: int = 4, action: str = "d") -> Rows:
    """A button per directive, ``#12`` opening it. Takes (number, code) pairs."""
    row = [button(f"#{number}", action, code) for number, code in directives]
    return [row[i : i + per_row] for i in range(0, len(row), per_row)]


def of_directive(directive: Directive, stands: Standing, decide: Sequence[list[Button]] = ()) -> Rows:
    """What this person can do with an issued directive now.

    Args:
        directive: issued.
        stands: how the person stands to it.
        decide: the buttons of ``handlers.deciders``, where it waits for this person.
    """
    code, state = directive.code, State(directive.state)
    rows: Rows = []
    if may(Action.REPORT, stands) and state in WITH_UNIT:
        rows += _for_unit(code, state, has_deadline=directive.last_day is not None)
    if may(Action.DELEGATE, stands) and state in WITH_UNIT:
        rows.append([button(labels.DELEGATE, "dg", code)])
    rows += decide
    if may(Action.STEER, stands) and state is State.DECLINED:
        rows.append([button(labels.REASSIGN, "mv", code), button(labels.INSIST, "keep", code)])
    if stands.role in {Role.CLERK, Role.LEADER} and may(Action.SEE, stands):
        rows.append([button(labels.WHO_HEARD, "nn", code)])
    last = [button(labels.HISTORY, "dh", code, 1)]
    if may(Action.STEER, stands) and _steering(state):
        last.append(button(labels.MORE, "more", code))
    return [*rows, last]


def _for_unit(code: str, state: State, *, has_deadline: bool) -> Rows:
    first = (
        button(labels.ACKNOWLEDGE, "ack", code, style="success")
        if state is State.ISSUED
        else button(labels.DONE, "done", code, style="success")
    )
    second = [button(labels.EXTEND, "ext", code)] if has_deadline else []
    return [[first, button(labels.REPORT, "rep", code)], [*second, button(labels.NOT_OURS, "no", code)]]


_REASSIGN, _HELPERS = (labels.REASSIGN, "mv"), (labels.HELPERS, "hlp")
_SPLIT, _MERGE = (labels.SPLIT, "spl"), (labels.MERGE, "mrg")
_CANCEL = (labels.CANCEL, "st8:cancel")


def _steering(state: State) -> Sequence[tuple[str, str]]:
    match state:
        case State.ISSUED | State.IN_PROGRESS:
            return (_REASSIGN, _HELPERS, _SPLIT, _MERGE, (labels.SUSPEND, "st8:suspend"), _CANCEL)
        case State.SUSPENDED:
            return ((labels.RESUME, "st8:resume"), _MERGE, _CANCEL)
        case State.DECLINED:
            return (_SPLIT, _MERGE, _CANCEL)
        case State.SUBMITTED:
            return (_HELPERS, _CANCEL)
        case State.COMPLETED:
            return ((labels.REOPEN, "st8:reopen"),)
        case _:
            return ()


def steering(directive: Directive) -> Rows:
    """What the assigner's side can do besides deciding."""
    row = [button(label, *what.split(":"), directive.code) for label, what in _steering(State(directive.state))]
    rows: Rows = [row[i : i + 2] for i in range(0, len(row), 2)]
    if directive.state in OPEN:
        label, mark = (labels.NOT_IMPORTANT, 0) if directive.important else (labels.IMPORTANT, 1)
        rows.append([button(label, "imp", directive.code, mark)])
    if comes_again(directive):
        rows.append([button(labels.END_SERIES, "ser", directive.code)])
    return [*rows, [button(labels.BACK, "d", directive.code)]]
