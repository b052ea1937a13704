"""How a directive hangs together with others, as lines of its card."""

from __future__ import annotations

from db import Session
from db.models import Directive
from services import replaced, traces
from texts import steering as say


async def lines_of(session: Session, directive: Directive) -> str:
    """What it was merged into or split into, what it includes, where it was moved; empty where nothing of that was."""
    kin, moved = await replaced.kin(session, directive), await traces.last_move(session, directive)
    lines = say.ties(
        say.Ties(
            kin.merged_into, kin.includes, kin.split_into, kin.split_from,
            moved_from=moved.old_unit if moved else None,
            moved_to=moved.new_unit if moved else None,
            moved_on=moved.on if moved else None,
        )
    )  # fmt: skip
    return f"\n{lines}" if lines else ""
