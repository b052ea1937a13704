"""Who may do what. Services ask ``require`` inside the transaction that acts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import NotAllowed


class Role(StrEnum):
    """What a person is in the office."""

    LEADER = "leader"  # lãnh đạo: assigns, approves, sees the units in their charge
    CLERK = "clerk"  # văn phòng: feeds notices in, keeps the table
    HEAD = "head"  # thủ trưởng đơn vị: answers for one unit
    OFFICER = "officer"  # chuyên viên: reports for one unit
    ADMIN = "admin"  # quản trị: people and invites, nothing of the directives


class Action(StrEnum):
    """What can be done to, or with, a directive."""

    SEE = "see"
    READ_NOTICES = "read_notices"  # send documents in, see and edit drafts
    ISSUE = "issue"
    ACKNOWLEDGE = "acknowledge"
    REPORT = "report"
    SUBMIT = "submit"
    DECLINE = "decline"
    ASK_EXTENSION = "ask_extension"
    HELP = "help"  # say something of the part of a unit that helps
    DELEGATE = "delegate"  # name the officer of the unit who does it
    CHECK = "check"  # agree, for the unit, that it is done: where two levels decide
    DECIDE = "decide"  # approve, return, answer an extension, insist
    STEER = "steer"  # reassign, suspend, resume, cancel, reopen
    ASK_EXPLANATION = "ask_explanation"  # in writing, of what is overdue
    URGE = "urge"  # remind a unit in one's own name
    INSTRUCT = "instruct"  # write an instruction on a directive, which the unit and the office get
    INVITE = "invite"
    SEE_UNITS = "see_units"  # how the bot knows the units
    ENTER_ABSENCE = "enter_absence"  # say for somebody else that they are away, or back
    TEACH = "teach"  # give a unit another name, or take it back
    MANAGE_PEOPLE = "manage_people"  # who works where, as what, and with which accounts
    MANAGE_UNITS = "manage_units"  # rename, merge, split, and put under another unit or leader


@dataclass(frozen=True)
class Standing:
    """How a person stands to one directive, worked out from the database by the service.

    Attributes:
        role: the person's role; of who heads one unit and works in another, the role in the lead unit.
        own_unit: the person works for the directive's lead unit.
        helps: the person works for a coordinating unit.
        in_charge: the lead unit stands under this leader.
        unit_role: what the person is in that unit, where it is a further one of theirs; None where it is their own.
    """

    role: Role
    own_unit: bool = False
    helps: bool = False
    in_charge: bool = False
    unit_role: Role | None = None
    for_head: bool = False  # stands in for the lead unit's head today
    submitted: bool = False  # has handed in, in person, what waits for approval
    led_before: bool = False  # it was moved away from the person's unit, which may still read it

    @property
    def answers_as(self) -> Role:
        """As what the person speaks for the unit."""
        return self.unit_role or self.role


_FOR_A_UNIT = frozenset({Role.HEAD, Role.OFFICER, Role.CLERK})  # roles that answer for one
_UNIT_ACTIONS = frozenset({Action.ACKNOWLEDGE, Action.REPORT, Action.SUBMIT, Action.DECLINE, Action.ASK_EXTENSION})
_PRESSING = frozenset({Action.ASK_EXPLANATION, Action.URGE, Action.INSTRUCT})
_LEADER_ACTIONS = frozenset({Action.ISSUE, Action.DECIDE, Action.STEER}) | _PRESSING
_OFFICE_ACTIONS = _LEADER_ACTIONS | {Action.READ_NOTICES}
_LEFT_TO_LEADERS = frozenset({Action.DECIDE}) | _PRESSING  # where the clerk's own unit is concerned


def may(action: Action, standing: Standing) -> bool:
    """Whether a person who stands so may act.

    A unit head who reports does not thereby approve: only the assigner's side decides. A clerk's own unit (the office)
    reports like any other; deciding on it is then left to leaders. So it is with a leader who heads a unit besides:
    another leader, or the office, decides on what that unit reports.
    """
    if action in {Action.INVITE, Action.TEACH, Action.MANAGE_PEOPLE, Action.MANAGE_UNITS}:
        return standing.role in {Role.ADMIN, Role.CLERK}
    if action is Action.ENTER_ABSENCE:
        return standing.role is Role.CLERK
    if action is Action.SEE_UNITS:
        return standing.role in {Role.ADMIN, Role.CLERK, Role.LEADER}
    if action is Action.SEE:
        return _sees(standing)
    if action in _UNIT_ACTIONS:
        return standing.own_unit and standing.answers_as in _FOR_A_UNIT
    if action is Action.HELP:
        return standing.helps and standing.answers_as in _FOR_A_UNIT
    if action is Action.DELEGATE:  # the office has no head of its own but its clerks
        return standing.own_unit and standing.answers_as in {Role.HEAD, Role.CLERK}
    if action is Action.CHECK:
        return standing.own_unit and (standing.answers_as is Role.HEAD or standing.for_head) and not standing.submitted
    if action is Action.DECIDE and standing.submitted:  # whatever else they are
        return False
    if action in _LEFT_TO_LEADERS and standing.own_unit and standing.answers_as in _FOR_A_UNIT:
        return False
    if standing.role is Role.CLERK:
        return action in _OFFICE_ACTIONS
    return standing.role is Role.LEADER and standing.in_charge and action in _LEADER_ACTIONS


def _sees(standing: Standing) -> bool:
    if standing.role is Role.CLERK:
        return True
    if standing.role is Role.LEADER and standing.in_charge:
        return True
    return standing.answers_as in {Role.HEAD, Role.OFFICER} and (
        standing.own_unit or standing.helps or standing.led_before
    )


def require(action: Action, standing: Standing) -> None:
    """Let pass or refuse.

    Raises:
        NotAllowed: the person may not.
    """
    if not may(action, standing):
        raise NotAllowed(action)
