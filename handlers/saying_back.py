"""A report said back in one line, with ``Đúng`` and ``Sửa``; what is final is only understood so far."""

from __future__ import annotations

from collections.abc import Iterable

from channels.base import Button
from db.models import Directive, Report
from domain.lifecycle import WITH_UNIT, State
from handlers import parts
from handlers.buttons import Rows, button
from handlers.turn import Args, ButtonHandler, Turn
from services import life, reporting
from texts import labels, replies
from texts import work as say

JOINED = "joined"  # marks an answer that only counts the files that have joined a report
Rowed = Iterable[Iterable[Button]]


def kept(turn: Turn, directive: Directive, row: Report, files: int, *, edit: bool = False) -> None:
    """A report that stands: what was understood."""
    _say(turn, _words(directive, row, files), [_right_or_not("right", row)], directive, edit=edit)


def final(turn: Turn, directive: Directive, row: Report, files: int, *, edit: bool = False) -> None:
    """Understood as done; nothing moves before it is confirmed."""
    text = parts.with_awaited(say.confirm_done(directive.id, directive.text, files), directive)
    _say(turn, text, [_right_or_not("sub", row)], directive, edit=edit)


def files_only(turn: Turn, directive: Directive, row: Report, files: int) -> None:
    """Files without words: what do they say?"""
    _say(turn, say.files_only(directive.id, files), meanings(row), directive)


def unsure(turn: Turn, directive: Directive, row: Report, files: int) -> None:
    """Words that may mean this or that: kept, and asked about."""
    _say(turn, replies.unsure(directive.id, files), meanings(row), directive)


def again(turn: Turn, directive: Directive, row: Report) -> bool:
    """The whole report once more, after further files have joined it; False where that says nothing new."""
    files = len(row.attachments)
    if directive.state not in WITH_UNIT or row.coordination_id is not None:
        return False
    if row.kind == "done":
        final(turn, directive, row, files)
    elif row.kind in {"progress", "difficulty"}:
        (kept if row.text else files_only)(turn, directive, row, files)
    return row.kind in {"done", "progress", "difficulty"}


def joined(turn: Turn, directive: Directive, files: int, row: Report | None = None) -> None:
    """Files that have joined a report; ``row``: what they were kept as, where that can be taken back alone."""
    is_awaited = directive.state == State.SUBMITTED
    rows = [[button(labels.EDIT, "fix", row.code)]] if row else []
    _say(turn, say.files_added(directive.id, files, is_awaited=is_awaited), rows, directive)
    turn.answers[-1].payload[JOINED] = True


def _words(directive: Directive, row: Report, files: int) -> str:
    return say.said_back(directive.id, directive.text, row.kind, row.percent, row.difficulty, files)


def _right_or_not(action: str, row: Report) -> list[Button]:
    return [button(labels.RIGHT, action, row.code, style="success"), button(labels.EDIT, "fix", row.code)]


def _say(turn: Turn, text: str, rows: Rowed, directive: Directive, *, edit: bool = False) -> None:
    turn.say(text, rows, directives=[directive.id], edit=edit)


def meanings(row: Report) -> Rows:
    """How a report may have been meant."""
    return [
        [button(labels.MEANT_PROGRESS, "as", "progress", row.code), button(labels.MEANT_DONE, "as", "done", row.code)],
        [
            button(labels.MEANT_DIFFICULTY, "as", "difficulty", row.code),
            button(labels.MEANT_NOTHING, "as", "x", row.code),
        ],
    ]


async def press_right(turn: Turn, args: Args) -> None:
    """``right:report``: it was understood rightly; nothing is left to press."""
    row = await reporting.report_by_code(turn.session, args[0], turn.person)
    directive = await life.by_number(turn.session, row.directive_id, turn)
    turn.toast = labels.RIGHT
    _say(turn, _words(directive, row, len(row.attachments)), [], directive, edit=True)


BUTTONS: dict[str, ButtonHandler] = {"right": press_right}
