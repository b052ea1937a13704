"""One turn of a conversation: a message that came, who said it, and what is answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from channels.base import Button, Buttons, IncomingMessage, OutgoingFile, OutgoingMessage
from db import Session
from db.models import Conversation, Person
from domain.calendar import OFFICE_ZONE
from domain.errors import NoSuchThing
from domain.office import Office
from services.evidence import Store

LASTING = frozenset({"helped_at", "meeting", "meeting_seen", "meeting_day"})  # what stays of a conversation that ends


LONGEST_NUMBER = 15  # digits in a button's data


@dataclass(frozen=True)
class KeptFile:
    """A file of this message, already kept under the data folder by its hash."""

    sha256: str
    name: str
    mime: str
    size: int  # bytes
    channel: str | None = None  # the platform it came by
    ref: str | None = None  # what that one calls it


@dataclass
class Answer:
    """Something to say back, and the directives it speaks of."""

    message: OutgoingMessage
    directives: tuple[int, ...] = ()
    payload: dict[str, Any] = field(default_factory=dict)  # what later presses under it need to know, as JSON
    here: bool = False  # in a group: said there; all else goes to the person alone


def lasting(conversation: Conversation) -> dict[str, Any]:
    """What outlives a conversation."""
    return {name: value for name, value in (conversation.data or {}).items() if name in LASTING}


@dataclass
class Turn:
    """What a handler gets. It speaks by ``say``; the router stores the answers in the same transaction."""

    session: Session
    office: Office
    person: Person
    message: IncomingMessage
    conversation: Conversation
    now: datetime  # aware
    inbox_id: int
    store: Store
    spoken_of: tuple[int, ...] = ()  # the directives of the message this one answers
    files: tuple[KeptFile, ...] = ()
    prepared: Any = None  # what was read or fetched before the transaction began
    invite_link: Callable[[str], str | None] = lambda code: None
    answers: list[Answer] = field(default_factory=list)
    toast: str | None = None
    leaves: str = "done"  # the state of the inbox row after this turn
    leaves_no_trace: bool = False  # something was taken out of the database that must not linger in it

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.astimezone(OFFICE_ZONE).date()

    def say(
        self,
        text: str,
        buttons: Buttons | Iterable[Iterable[Button]] = (),
        *,
        directives: Iterable[int] = (),
        files: Iterable[OutgoingFile] = (),
        edit: bool = False,
    ) -> None:
        """Answer. With ``edit`` the message whose button was pressed is replaced in place."""
        rows = tuple(row for row in map(tuple, buttons) if row)
        replaces = self.message.pressed_on if edit else None
        outgoing = OutgoingMessage(text, rows, tuple(files), replaces=replaces)
        self.answers.append(Answer(outgoing, tuple(directives)))

    def expect(self, step: str, **data: Any) -> None:
        """Hand the person's next words to the handler of ``step``, with ``data`` kept for it.

        ``about`` is the id of the directive in question: a reply about another one leaves the step.
        """
        self.conversation.step = step
        self.conversation.data = {**self._lasting(), **data}

    def finish(self) -> None:
        """End the conversation: the next words stand for themselves."""
        self.conversation.step = None
        self.conversation.data = self._lasting()

    def _lasting(self) -> dict[str, Any]:
        return lasting(self.conversation)


Handler = Callable[[Turn], Awaitable[None]]
"""A command or a step: reads ``turn.message``."""


class Args(list[str]):
    """What stands behind a button's action. Data that no button of ours has ever had is a thing that is gone."""

    def __getitem__(self, place: Any) -> Any:
        """One of them.

        Raises:
            NoSuchThing: there are fewer.
        """
        try:
            return super().__getitem__(place)
        except IndexError:
            raise NoSuchThing from None

    def number(self, place: int) -> int:
        """One of them as a number.

        Raises:
            NoSuchThing: it is none, or one that no database has ever given.
        """
        word = str(self[place])
        if not word.isdecimal() or len(word) > LONGEST_NUMBER:
            raise NoSuchThing
        return int(word)


ButtonHandler = Callable[[Turn, Args], Awaitable[None]]
"""A pressed button ``action:arg:arg``: gets the args."""
