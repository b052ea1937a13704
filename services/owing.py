"""Since when a decision on a directive is owed, and whose report it is about: kept in step with every move."""

from __future__ import annotations

from datetime import datetime

from db.models import Directive
from domain.lifecycle import Event
from domain.office import Office
from services.reminders import set_next_mention


def follow(directive: Directive, event: Event, person_id: int, now: datetime) -> None:
    """After a move, before the next reminder is worked out: who handed in, who agreed, since when it waits.

    Args:
        directive: with its new state.
        event: what has happened to it.
        person_id: who did it.
        now: aware.
    """
    match event:
        case Event.SUBMIT:
            directive.submitted_by, directive.waits_since = person_id, now
            directive.checked_at = directive.checked_by = None
        case Event.CHECK:
            directive.checked_by, directive.checked_at, directive.waits_since = person_id, now, now
        case Event.DECLINE:
            directive.waits_since = now
        case Event.RETURN | Event.REASSIGN | Event.REOPEN:
            directive.submitted_by = directive.checked_at = directive.checked_by = directive.waits_since = None
        case Event.APPROVE | Event.INSIST | Event.CANCEL | Event.SPLIT | Event.MERGE:
            directive.waits_since = None


def begin(directive: Directive, now: datetime, office: Office) -> None:
    """A decision is owed from now on, without a move: more time is asked for."""
    directive.waits_since = now
    set_next_mention(directive, now, office)


def end(directive: Directive, now: datetime, office: Office) -> None:
    """It was taken, or is not needed any more."""
    directive.waits_since = None
    set_next_mention(directive, now, office)
