"""What stands under a notice's figures where it amends another, and which of its drafts wait for that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from db.models import Directive, Notice
from domain.lifecycle import State
from handlers.buttons import Rows, button
from handlers.common import by
from handlers.turn import Turn
from notices.amending import number_key
from services import amending, applying
from services.show import source_of
from texts import amending as say
from texts import labels


@dataclass(frozen=True)
class Comparison:
    """Words and buttons for the summary. ``held`` are the drafts that change a directive, and are not issued."""

    text: str = ""
    rows: Rows = field(default_factory=list)
    held: frozenset[int] = frozenset()


async def comparison(turn: Turn, notice: Notice, drafts: Sequence[Directive]) -> Comparison:
    """A notice beside the one it amends, as things stand now."""
    newer = await amending.newer_than(turn.session, notice)
    if notice.amendment is None and newer is None:
        return Comparison()
    open_ones = await amending.differences(turn.session, notice, by(turn))
    held = frozenset(d.draft.id for d in open_ones if d.draft)
    counts = Counter(d.kind for d in open_ones)
    if notice.amends_id is not None:
        counts["new"] = sum(d.state == State.DRAFT and d.id not in held for d in drafts)
    before = await turn.session.get(Notice, notice.amends_id) if notice.amends_id else None
    kind, more, missing = await _others(turn, notice, before)
    facts = say.Comparison(
        kind,
        number=(notice.amends_number or "").split(amending.SEVERAL)[0],
        source=source_of(before) if before else None,
        counts=dict(counts),
        applied=await applying.count_applied(turn.session, notice),
        held=sum(d.held is not None and not d.same for d in open_ones),
        newer=source_of(newer) if newer else None,
        more=more,
        missing=missing,
    )
    rows: Rows = []
    if notice.amendment == amending.CORRECTS and before is not None:
        rows.append([button(labels.OPEN_EARLIER, "nso", before.code)])
    if to_see := sum(not d.same for d in open_ones):
        rows.append([button(f"{labels.SEE_CHANGES} ({to_see})", "chx", notice.code, 1)])
    if ready := sum(not d.same and d.held is None and not d.asked for d in open_ones):
        rows.append([button(f"{labels.APPLY_ALL} ({ready})", "chl", notice.code, style="success")])
    return Comparison(say.comparison(facts), rows, held)


Named = list[tuple[str, str]]


async def _others(turn: Turn, notice: Notice, first: Notice | None) -> tuple[str | None, Named, Named]:
    """What becomes of the first earlier notice, and of further ones that are here, and that are not."""
    here = await amending.bases(turn.session, notice)
    kind = next((kind for base, kind in here if first is not None and base.id == first.id), notice.amendment)
    more = [(k, source_of(base)) for base, k in here if first is not None and base.id != first.id]
    named = amending.named_in(notice)
    keys = {number_key(base.number or "") for base, _ in here}
    absent = [(one.kind, one.number) for one in named if number_key(one.number) not in keys]
    return kind, more, [(str(k), number) for k, number in absent[0 if first is not None else 1 :]]
