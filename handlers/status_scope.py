"""Of what a screen of ``/status`` is, as buttons carry it.

``0`` is all, ``12`` a unit, ``l5`` a leader's units, ``f3a9c01`` a field by the hash of its name, ``12@240315`` a unit
as of a past day.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from db import Session
from db.models import Person
from domain.errors import NoSuchThing, NotAllowed
from domain.figures import Asking, Dimension, narrowed
from domain.office import Office
from domain.rights import Action
from services import figures

_WORD = re.compile(r"(\d{1,9}|l\d{1,9}|f[0-9a-f]{6})(?:@(\d{6}))?")
ALL = "0"


class Who(Protocol):
    """Who asks, and when."""

    @property
    def session(self) -> Session:
        """An open transaction."""

    @property
    def person(self) -> Person:
        """Who asks."""

    @property
    def office(self) -> Office:
        """Whose rhythm counts."""

    @property
    def today(self) -> date:
        """The local day."""


@dataclass(frozen=True)
class Scope:
    """What is asked of, and of which past day; None for today."""

    what: str = ALL
    day: date | None = None

    def __str__(self) -> str:
        return self.what + (f"@{self.day:%y%m%d}" if self.day else "")

    @property
    def home(self) -> Scope:
        """Everything, of the same day."""
        return replace(self, what=ALL)

    @classmethod
    def of(cls, word: str) -> Scope:
        """Read what a button carries.

        Raises:
            NoSuchThing: no button of ours does.
        """
        found = _WORD.fullmatch(word)
        if found is None:
            raise NoSuchThing
        try:
            return cls(found[1], day_of(found[2]) if found[2] else None)
        except ValueError:
            raise NoSuchThing from None


def day_of(word: str) -> date:
    """A day as buttons carry it: ``240315``.

    Raises:
        ValueError: it is none.
    """
    return datetime.strptime(word, "%y%m%d").date()  # noqa: DTZ007  (a local day, no moment)


def field_key(name: str) -> str:
    """A field as buttons carry it."""
    return "f" + hashlib.sha256(name.encode()).hexdigest()[:6]


@dataclass(frozen=True)
class Asked:
    """The question of a scope, and its name."""

    asking: Asking
    whose: str


async def asked(who: Who, scope: Scope) -> Asked:
    """What a scope asks, narrowed to what the person may see today.

    Raises:
        NotAllowed: nothing of it is in the person's scope.
        NoSuchThing: there is no such unit, leader or field, or the day is still to come.
    """
    if scope.day is not None and scope.day > who.today:
        raise NoSuchThing
    asking = await figures.asking_of(who.session, who.person, who.today, who.office)
    if scope.day is not None and scope.day != who.today:
        asking = replace(asking, as_of=scope.day)
    found = await _narrowed(who, asking, scope.what)
    _check(found.asking)
    return found


def _check(asking: Asking) -> None:
    if asking.units is not None and not asking.units:
        raise NotAllowed(Action.SEE)


async def _narrowed(who: Who, asking: Asking, what: str) -> Asked:
    if what == ALL:
        return Asked(asking, figures.whose(who.person, asking))
    if what.startswith("f"):
        return await _group(who, asking, Dimension.FIELD, what)
    if what.startswith("l"):
        return await _group(who, asking, Dimension.LEADER, what)
    within = await figures.within(who.session, asking, int(what))
    _check(within)  # before anything is told of whether there is such a unit
    return Asked(within, (await figures.unit(who.session, int(what))).name)


async def _group(who: Who, asking: Asking, dimension: Dimension, what: str) -> Asked:
    for group in await figures.groups(who.session, asking, dimension):
        if key_of(dimension, group.key) == what:
            return Asked(narrowed(asking, dimension, group.key), group.name)
    raise NoSuchThing


def key_of(dimension: Dimension, key: int | str | None) -> str:
    """One of the things figures are laid out by, as buttons carry it."""
    if dimension is Dimension.FIELD:
        return field_key(str(key))
    return f"l{key}" if dimension is Dimension.LEADER else str(key)
