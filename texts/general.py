"""Greetings, help, and what is said when nothing else fits."""

from __future__ import annotations

from datetime import datetime
from difflib import get_close_matches

from texts.engine import render
from texts.labels import COMMANDS

UNSUPPORTED = {
    "voice": "tin nhắn thoại",
    "sticker": "nhãn dán",
    "video": "video",
    "location": "vị trí",
    "contact": "danh thiếp",
}


def stranger() -> str:
    """To an account that is nobody's: one polite sentence and nothing else."""
    return render("general_stranger")


def welcome(name: str, position: str, office: str, role: str, open_count: int) -> str:
    """To an account just linked."""
    return render("general_welcome", name=name, position=position, office=office, role=role, open=open_count)


def help_(office: str, role: str) -> str:
    """What this person can do here."""
    return render("general_help", office=office, role=role)


def not_understood(role: str) -> str:
    """Help, once, not a lecture."""
    return render("general_not_understood", role=role)


def in_turn() -> str:
    """To who has sent more in a minute than is answered at once."""
    return render("general_in_turn")


def unsupported(what: str) -> str:
    """Something without words or file for us. ``what`` is the channel's word for it."""
    return render("general_unsupported", what=UNSUPPORTED.get(what, "nội dung này"))


def command_unknown(command: str) -> str:
    """A command that does not exist: the one that was probably meant, else all of them."""
    commands = [f"/{name}" for name, _ in COMMANDS]
    meant = get_close_matches(command, commands, 1, 0.7)
    return render("general_command_unknown", command=command, commands=commands, meant=meant)


def trouble(reference: str) -> str:
    """The unexpected: an apology with a reference."""
    return render("general_trouble", reference=reference)


def gave_up(reference: str, at: datetime) -> str:
    """A message that could not be worked on after several tries."""
    return render("general_gave_up", reference=reference, at=at)


def invite_who() -> str:
    """Ask who is to be invited."""
    return render("general_invite_who")


def invite_choose() -> str:
    """Several people fit."""
    return render("general_invite_choose")


def invite_nobody(words: str) -> str:
    """Nobody fits."""
    return render("general_invite_nobody", words=words)


def invite_code(name: str, unit: str, code: str, link: str | None, until: datetime) -> str:
    """A one-time code, to be handed on."""
    return render("general_invite_code", name=name, unit=unit, code=code, link=link, until=until)
