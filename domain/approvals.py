"""Whose turn it is to say that something is done: the unit's head first where two levels decide, then the assigner."""

from __future__ import annotations

from enum import StrEnum

from domain.office import Approval


class Level(StrEnum):
    """Who is awaited."""

    HEAD = "head"  # the head of the lead unit, before anyone else
    ASSIGNER = "assigner"  # the office or the leader in charge, whoever comes first
    LEADER = "leader"  # of an important one: the leader in charge alone


def level(approval: Approval, *, is_important: bool, is_checked: bool, has_head: bool, has_leader: bool) -> Level:
    """Whose turn it is with a directive that was handed in.

    Args:
        approval: the office's settings.
        is_important: marked as such.
        is_checked: the head has agreed.
        has_head: there is a head (or who stands in for one) who can be asked and has not handed it in in person.
        has_leader: there is a leader in charge who can be asked and has not handed it in in person.
    """
    levels = approval.important_levels if is_important else approval.levels
    if levels > 1 and has_head and not is_checked:
        return Level.HEAD
    if is_important and approval.important_by_leader and has_leader:
        return Level.LEADER
    return Level.ASSIGNER
