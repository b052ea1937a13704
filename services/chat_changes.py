"""What people changed in the chat, beside what an organisation file says: the chat wins over a file that is older.

A file is older than a change where it still says what was before it. Where it says something else again, somebody has
edited it since, and it counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from db import Session
from db.models import Transition
from services import members, reorganising, successors
from services.handing_over import LEFT

NAME, PARENT, LEADER, UNIT, ROLE, GONE = "name", "parent", "leader", "unit", "role", "left"
_KEYS = {members.MOVED: (UNIT, "old_unit"), members.ROLE: (ROLE, "before")}


@dataclass(frozen=True)
class Kept:
    """Something of the file that was left alone.

    Attributes:
        what: ``NAME``, ``PARENT`` or ``LEADER`` of a unit; ``UNIT``, ``ROLE`` or ``GONE`` of a person.
        whose: the name of the unit or person.
        here: what stands, from the chat.
        there: what the file says.
    """

    what: str
    whose: str
    here: str
    there: str


@dataclass
class Changes:
    """What stood before each change that was made in the chat, by what it was and whose."""

    before: Mapping[tuple[str, str], Collection[str]]
    kept: list[Kept] = field(default_factory=list)

    def wins(self, what: str, key: str, whose: str, here: str, there: str, also: Collection[str] = ()) -> bool:
        """Whether a difference is left as the chat has it; it is noted then.

        Args:
            what: a word of ``Kept``.
            key: the person's key, or the unit's name as it is here.
            whose: as people read it.
            here: what stands.
            there: what the file says.
            also: other names of the same.
        """
        if here == there or not {there, *also} & set(self.before.get((what, key), ())):
            return False
        self.kept.append(Kept(what, whose, here, there))
        return True


async def read(session: Session) -> Changes:
    """All changes that people made in the chat."""
    events = (*_KEYS, LEFT, successors.SPLIT, successors.RENAMED, reorganising.PLACED, reorganising.LED)
    query = select(Transition).where(
        Transition.event.in_(events), Transition.actor_id.is_not(None), Transition.directive_id.is_(None)
    )
    before: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in await session.scalars(query.order_by(Transition.id)):
        for what, key, old in _of(row):
            before[what, key].add(old)
            if what == NAME:  # what was said of the unit under its old name holds under the new one
                new = row.details["new_unit"]
                for other in (NAME, PARENT, LEADER):
                    before[other, new] |= before[other, old]
    return Changes(before)


def _of(row: Transition) -> list[tuple[str, str, str]]:
    facts = row.details
    if row.event in _KEYS:
        what, old = _KEYS[row.event]
        return [(what, facts["person"], facts[old])]
    if row.event == LEFT:
        return [(GONE, facts["person"], "")]
    if row.event == successors.SPLIT:
        return [(UNIT, key, facts["unit"]) for key in facts.get("people", ())]
    if row.event == successors.RENAMED:
        return [(NAME, facts["new_unit"], facts["old_unit"])]
    what = PARENT if row.event == reorganising.PLACED else LEADER
    return [(what, facts["unit"], facts["before"])] if facts.get("before") is not None else []
