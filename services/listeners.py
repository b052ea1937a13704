"""Who of a unit, or instead of it, can be told of a directive today, in working order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from db import Session
from db.queries import reminders as queries
from db.queries.reminders import Due, Hearer
from domain.ladder import Mention
from domain.rights import Role
from services.absences import replaced, there


@dataclass(frozen=True)
class Wanted:
    """Mentions that are said together, and whom they are for; there is at least one."""

    mentions: Sequence[Mention]
    officer: bool
    head: bool
    office: bool

    @classmethod
    def of(cls, mentions: Sequence[Mention]) -> Wanted | None:
        """None without any."""
        if not mentions:
            return None
        officer, head = any(m.officer for m in mentions), any(m.head for m in mentions)
        return cls(mentions, officer, head, any(m.office for m in mentions))


@dataclass(frozen=True)
class Listeners:
    """Who can be told what, today."""

    units: Mapping[int, Sequence[Hearer]]
    clerks: tuple[int, ...]
    deputies: Mapping[int, int]
    _hearing: dict[tuple[object, ...], list[int]] = field(default_factory=dict)

    @classmethod
    async def of(cls, session: Session, units: Collection[int | None], today: date) -> Listeners:
        """Those of these lead units, and the clerks; None where a directive has no unit yet."""
        people = await queries.hearers(session, {unit for unit in units if unit is not None})
        clerks = await queries.clerks(session)
        instead = await replaced(session, today)
        gone = {person for person, deputy in instead.items() if deputy is None}
        deputies = {person: deputy for person, deputy in instead.items() if deputy is not None}
        present = [clerk for clerk in clerks if clerk not in gone] or clerks
        return cls(there(people, instead), tuple(dict.fromkeys(deputies.get(c, c) for c in present)), deputies)

    def hearing(self, directive: Due, wanted: Wanted) -> list[int]:
        """Who acknowledged, else the officers, else the head; the head too where the ladder says so."""
        facts = directive.unit_id, directive.contact_id, wanted.officer, wanted.head, wanted.office
        if (found := self._hearing.get(facts)) is None:
            found = self._hearing[facts] = self._found(directive, wanted)
        return found

    def heads(self, unit_id: int | None) -> list[int]:
        """The heads of a unit, or who hears instead of them; nobody where it has none."""
        heads = [p.id for p in self.units.get(unit_id or 0, ()) if p.role is Role.HEAD]
        return list(dict.fromkeys(self.deputies.get(person, person) for person in heads))

    def _found(self, directive: Due, wanted: Wanted) -> list[int]:
        unit = self.units.get(directive.unit_id or 0, ())
        heads = [p.id for p in unit if p.role is Role.HEAD]
        contact = [p.id for p in unit if p.id == directive.contact_id]
        officers = [p.id for p in unit if p.role is not Role.HEAD]
        first = contact or officers or heads
        found = [*(first if wanted.officer else ()), *(heads if wanted.head else ())]
        if not found and not wanted.office:
            found = first  # a unit without a head
        return list(dict.fromkeys([self.deputies.get(person, person) for person in found]))
