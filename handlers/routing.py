"""Which handler a message goes to, decided on plain facts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from channels.base import IncomingMessage
from domain.organisation import fold
from domain.rights import Role
from handlers import (
    amending,
    answering,
    approving,
    approving_several,
    attesting,
    away,
    bulletin,
    calendar,
    cards,
    coordinating,
    correcting,
    decisions,
    delegating,
    drafts,
    evidence,
    excepting,
    excusing,
    explaining,
    exporting,
    extracting,
    feeds,
    finding,
    following,
    giving,
    giving_time,
    group_chats,
    helping,
    history,
    importing,
    in_hand,
    instructing,
    marking,
    measure_lists,
    measuring,
    meetings,
    merging,
    morning,
    offers,
    origins,
    own_data,
    pack,
    papers,
    pasting,
    questions,
    reaching,
    receipts,
    reorganising,
    reports,
    requests,
    saying_back,
    series,
    snoozing,
    splitting,
    staff,
    start,
    status,
    steering,
    teaching,
    undoing,
    units,
    urging,
    which,
)
from handlers.intake import READABLE
from handlers.turn import Args, ButtonHandler, Handler
from notices.grids import is_table

COMMANDS: dict[str, Handler] = {}
BUTTONS: dict[str, ButtonHandler] = {}
STEPS: dict[str, Handler] = {}
for _module in (
    start,
    bulletin,
    cards,
    in_hand,
    coordinating,
    delegating,
    history,
    importing,
    exporting,
    extracting,
    feeds,
    drafts,
    evidence,
    attesting,
    correcting,
    marking,
    origins,
    excepting,
    explaining,
    teaching,
    amending,
    pasting,
    giving,
    meetings,
    reaching,
    morning,
    snoozing,
    receipts,
    reports,
    saying_back,
    which,
    requests,
    approving,
    undoing,
    decisions,
    steering,
    splitting,
    merging,
    helping,
    offers,
    answering,
    urging,
    instructing,
    giving_time,
    excusing,
    approving_several,
    measuring,
    following,
    measure_lists,
    series,
    status,
    papers,
    finding,
    questions,
    units,
    away,
    staff,
    reorganising,
    own_data,
    pack,
    calendar,
    group_chats,
):
    for _all, _own in (
        (COMMANDS, getattr(_module, "COMMANDS", {})),
        (BUTTONS, getattr(_module, "BUTTONS", {})),
        (STEPS, getattr(_module, "STEPS", {})),
    ):
        if clash := _all.keys() & _own.keys():
            raise RuntimeError(f"two handlers for {sorted(clash)}")
        _all.update(_own)

COMMAND = re.compile(r"/([^\W\d][\w\u0300-\u036f]*)")  # accents may come apart from their letters
NAMES_DIRECTIVE = re.compile(r"\s*#(\d{1,9})")
# steps that wait for a report, or for a table; elsewhere a file is a matter of its own
TAKES_FILES = {"report", "which", "explain", "measures"}
TAKES_TABLES = {"measures"}  # of these the ones that take a table only
LONG_ANSWERS = {"draft_text", "explain", "split", "measures", meetings.STEP}  # answers may be as long as a document
ASKS_NUMBER = {"merge"}  # steps whose answer is the number of another directive
LONGEST_COMMAND = 30  # characters as typed, accents apart
NOTICE_CHARS = 400  # a clerk's message of this length is a document, not a remark
NOTICE_LINES = 4


@dataclass(frozen=True)
class Route:
    """Where a message goes.

    ``kind``: button, command, step, notice, report, unsupported, unknown_command, event, silence.
    """

    kind: str
    name: str = ""
    args: Args = field(default_factory=Args)


def route(
    message: IncomingMessage, role: Role, step: str | None, spoken_of: tuple[int, ...], about: int | None = None
) -> Route:
    """Where a known person's message goes.

    A reply to a message about directives, or words that begin with ``#12``, leave a conversation that waits for
    something else.
    """
    if message.button is not None:
        name, *args = message.button.split(":")
        return Route("button", name, Args(args)) if name in BUTTONS else Route("stale")
    if command := COMMAND.match(message.text):
        return _command(_plain(command[1]), private=message.private)
    if not message.private and not is_addressed(message, spoken_of):
        return Route("silence")
    if message.unsupported and not message.files and not message.text:
        return Route("unsupported", message.unsupported)
    may_answer = step in STEPS and (not message.edited or step == meetings.STEP)
    if may_answer and _answers(message, role, step or "", spoken_of, about):
        return Route("step", step or "")
    is_clerks_own = role is Role.CLERK and not spoken_of and not NAMES_DIRECTIVE.match(message.text)
    if is_clerks_own and message.private and _is_document(message):
        return Route("notice")
    if (bare := _plain(message.text.strip())) in COMMANDS and message.private and not (spoken_of or message.files):
        return Route("command", bare)
    if message.private and not spoken_of and not message.files and finding.asks(message.text):
        return Route("command", "tim")
    return Route("report")


def is_addressed(message: IncomingMessage, spoken_of: tuple[int, ...]) -> bool:
    """Whether something in a group is said to us, and not among its members."""
    is_press_or_command = message.button is not None or COMMAND.match(message.text) is not None
    return is_press_or_command or message.mentioned or bool(spoken_of or NAMES_DIRECTIVE.match(message.text))


def _answers(message: IncomingMessage, role: Role, step: str, spoken_of: tuple[int, ...], about: int | None) -> bool:
    """Whether a message answers what was asked, or is a matter of its own."""
    named = NAMES_DIRECTIVE.match(message.text)
    if step == "which":
        return not spoken_of
    if (spoken_of and about not in spoken_of) or (named and int(named[1]) != about and step not in ASKS_NUMBER):
        return False
    if message.files and (not message.text.strip() or (role is Role.CLERK and _is_readable(message))):
        return step in TAKES_FILES and (step not in TAKES_TABLES or all(is_table(f.name) for f in message.files))
    return not (role is Role.CLERK and step not in LONG_ANSWERS and _is_document(message))


def _plain(name: str) -> str:
    """A command as it is called: typed with its accents, in capitals, or by its bare word it is the same one."""
    return fold(name) if len(name) <= LONGEST_COMMAND else name


def _is_readable(message: IncomingMessage) -> bool:
    return any(Path(file.name).suffix.lower() in READABLE for file in message.files)


def _command(name: str, *, private: bool) -> Route:
    if name not in COMMANDS:  # in a group it may be meant for another bot
        return Route("unknown_command", name) if private else Route("silence")
    return Route("command", name)


def _is_document(message: IncomingMessage) -> bool:
    if message.files:
        return True
    text = message.text.strip()
    return len(text) >= NOTICE_CHARS or text.count("\n") >= NOTICE_LINES
