"""In a group: short lines that everybody may read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.views import DirectiveView
from texts.engine import render

OTHERS_BUTTON = "Nút này của người đã báo cáo, hoặc đã cũ."
NOT_LINKED = "Chưa kết nối tài khoản: xin mã mời ở Văn phòng rồi nhắn riêng cho tôi."
IN_PRIVATE = "Đã trả lời ở tin nhắn riêng."


def greeting() -> str:
    """The bot has come into a group."""
    return render("group_greeting")


def linked(unit: str, *, instead: bool) -> str:
    """The group is a unit's now. ``instead``: of another group of the same unit."""
    return render("group_linked", unit=unit, instead=instead)


def unlinked(unit: str) -> str:
    """It is no unit's any more."""
    return render("group_unlinked", unit=unit)


def is_linked(unit: str) -> str:
    """Whose group this is, to who asks without being able to change it."""
    return render("group_is_linked", unit=unit)


def not_linked() -> str:
    """There is nothing to unlink."""
    return render("group_not_linked")


def which_unit() -> str:
    """The office has to say whose group it is."""
    return render("group_which_unit")


def unit_unclear(words: str, names: Sequence[str]) -> str:
    """The unit named is not known, or several are like it."""
    return render("group_unit_unclear", words=words, names=names)


def only_in_groups() -> str:
    """Asked for in private."""
    return render("group_only_there")


def lost(unit: str) -> str:
    """To the unit's head: the bot is not in the group any more."""
    return render("group_lost", unit=unit)


def posted(unit: str, what: str, items: Sequence[DirectiveView], more: int, acknowledged_by: str | None) -> str:
    """What is new for the unit. ``what`` is "issued" or "amended"; ``more`` are not shown."""
    return render("group_posted", unit=unit, what=what, items=items, more=more, by=acknowledged_by)


def withdrawn(unit: str, numbers: Sequence[int]) -> str:
    """What was posted as the unit's was taken back."""
    return render("group_withdrawn", unit=unit, numbers=numbers)


def happened(
    event: str,
    number: int,
    text: str,
    unit: str,
    until: date | None,
    last_day: date | None,
    *,
    is_proposal: bool = False,
) -> str:
    """One thing that happened to a directive of the unit.

    Args:
        event: the audit's word.
        number: the directive's.
        text: its words.
        unit: whose group it is.
        until: the new last day, where it was moved.
        last_day: the present one.
        is_proposal: what was answered asked for something.
    """
    return render(
        "group_happened", event=event, number=number, text=text, unit=unit, until=until, last_day=last_day,
        is_proposal=is_proposal,
    )  # fmt: skip


def undone(numbers: Sequence[int]) -> str:
    """What was told of these directives holds no more."""
    return render("group_undone", numbers=numbers)


def noted(person: str, number: int, kind: str, percent: int | None, *, has_difficulty: bool) -> str:
    """What was understood, in one line. ``kind`` is a report's, or "acknowledge"."""
    return render(
        "group_noted", person=person, number=number, kind=kind, percent=percent, difficulty=has_difficulty
    )  # fmt: skip


def stranger(name: str) -> str:
    """To somebody nobody has linked: once, quietly."""
    return render("group_stranger", name=name)


def other_unit(name: str, unit: str) -> str:
    """To somebody of another unit: once, quietly."""
    return render("group_other_unit", name=name, unit=unit)


def answered_privately(name: str) -> str:
    """What others are not to read was said elsewhere."""
    return render("group_answered_privately", name=name)
