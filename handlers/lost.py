"""A message that belongs to no directive: help once, then a short line at most."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.replies import Kind, understand
from handlers.turn import Turn
from texts import asking, general, replies

HELP_LASTS = timedelta(hours=4)  # within which the help is not said again


def not_understood(turn: Turn) -> None:
    """Say how to be understood, once in a while; after that a short line, and to small talk nothing."""
    helped = turn.conversation.data.get("helped_at")
    if helped is None or turn.now - datetime.fromisoformat(helped) >= HELP_LASTS:
        turn.conversation.data = {**turn.conversation.data, "helped_at": turn.now.isoformat()}
        role = turn.person.role
        turn.say(f"{general.not_understood(role)}\n\n{asking.examples(role)}")
    elif not is_small_talk(turn):
        turn.say(replies.not_understood_again())


def is_small_talk(turn: Turn) -> bool:
    """Whether a message surely says nothing of any work: thanks, a greeting."""
    reading = understand(turn.message.text, now=turn.now)
    return not reading.doubt and all(act.kind is Kind.NONE for act in reading.acts)
