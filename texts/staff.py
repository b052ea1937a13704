"""What is said of the office's staff: who works where, what they have to hand over, and their accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from texts.engine import render

ROLES = {
    "leader": "lãnh đạo",
    "clerk": "văn phòng",
    "head": "trưởng đơn vị",
    "officer": "chuyên viên",
    "admin": "quản trị",
}
CHANNELS = {"telegram": "Telegram", "zalo": "Zalo", "web": "trang web"}


@dataclass(frozen=True)
class AccountLine:
    """An account: on which platform (a channel's name), and when it was heard from last."""

    channel: str
    seen_at: datetime

    @property
    def label(self) -> str:
        """The platform in words."""
        return CHANNELS.get(self.channel, self.channel)


@dataclass(frozen=True)
class Card:
    """A person as the office sees them.

    Attributes:
        name: theirs.
        position: as in the directory.
        units: (name, role) of each unit they work for, their own first.
        accounts: those that work.
        duties: the numbers of the open directives they are the contact of.
    """

    name: str
    position: str
    units: Sequence[tuple[str, str]]
    accounts: Sequence[AccountLine]
    duties: Sequence[int]


def ask_name() -> str:
    """Ask whose card is wanted."""
    return render("staff_ask_name")


def which(words: str, found: bool) -> str:
    """Several people may be meant, or nobody."""
    return render("staff_which", words=words, found=found)


def card(person: Card) -> str:
    """Somebody, at a glance."""
    return render("staff_card", p=person, roles=ROLES)


def ask_unit(name: str, what: str) -> str:
    """Ask for the unit: ``what`` is move or add."""
    return render("staff_ask_unit", name=name, what=what)


def ask_which_unit(name: str) -> str:
    """Ask which of the further units goes."""
    return render("staff_ask_which_unit", name=name)


def ask_role(name: str, unit: str | None = None) -> str:
    """Ask as what somebody works, in the office or in a further unit."""
    return render("staff_ask_role", name=name, unit=unit)


def confirm(what: str, person: Card, to: str = "") -> str:
    """Say what would follow: ``what`` is move, add, drop, role, leave or revoke; ``to`` a unit's name or a role."""
    return render("staff_confirm", what=what, p=person, to=ROLES.get(to, to))


def done(what: str, name: str, to: str = "", left: Sequence[int] = (), count: int = 0) -> str:
    """It is done. ``left`` are directives handed over, or without a contact for now; ``count`` accounts that ended."""
    return render("staff_done", what=what, name=name, to=ROLES.get(to, to), left=left, count=count)


def told(what: str, name: str, facts: dict[str, str], left: Sequence[int], own: bool) -> str:
    """To the person (``own``), or to the head who takes over."""
    role = ROLES.get(facts.get("role", ""), "")
    return render("staff_told", what=what, name=name, facts=facts, left=left, own=own, role=role)


def own_accounts(accounts: Sequence[AccountLine], others: int) -> str:
    """One's own accounts, to end those on a lost phone; the first is the one that is used now."""
    return render("staff_own_accounts", accounts=accounts, others=others)


def own_revoked(count: int) -> str:
    """One's own other accounts have ended."""
    return render("staff_own_revoked", count=count)
