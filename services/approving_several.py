"""Several directives approved with one press, each by its own right and as it stands at that moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db import Session
from db.models import Directive
from domain.errors import Refusal
from services import deciding
from services.life import By


@dataclass(frozen=True)
class Approved:
    """What became of them: the ones done, and the others with the reason of each."""

    done: tuple[Directive, ...]
    left: tuple[tuple[Directive, Refusal], ...]


async def approve_all(session: Session, directives: Sequence[Directive], by: By) -> Approved:
    """Approve each that may be approved by this person now; the others stay as they are.

    A refusal comes before anything of a directive has changed, so that nothing is to be put back.

    Args:
        session: a write transaction.
        directives: in any order.
        by: who decides.

    Raises:
        Refusal: not one could be approved; that of the first.
    """
    done: list[Directive] = []
    left: list[tuple[Directive, Refusal]] = []
    for directive in directives:
        try:
            await deciding.approve(session, directive, by)
            done.append(directive)
        except Refusal as why:
            left.append((directive, why))
    if left and not done:
        raise left[0][1]
    return Approved(tuple(done), tuple(left))
