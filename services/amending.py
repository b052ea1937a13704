"""A notice that replaces, amends or corrects an earlier one: which of its directives it speaks of, and how.

The comparison is of what the two documents say: a deadline that was extended meanwhile is not changed by a notice
that repeats the old one. Nothing is changed here; that is ``services.applying``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from db import Session
from db.models import Change, Directive, Notice, Unit
from domain.comparing import ALIKE, Clause, by_place, contained, pairs, same_words
from domain.deadlines import Deadline
from domain.groups import spread
from domain.lifecycle import OPEN, State
from domain.organisation import UnitEntry, fold
from notices.amending import PointChange, amendments_of, number_key, numbers_in, point_changes
from notices.model import Amendment
from services.groups import of_clause
from services.life import By
from services.notices import cards, put_deadline
from services.office import directory
from services.series import PERIOD, newest_of_series

SEVERAL = "; "  # between the numbers of earlier notices, where there are several
MOST_NUMBERS = 100  # characters
REPLACES, AMENDS, CORRECTS = "replaces", "amends", "corrects"
CLAUSE, DEADLINE, DROP = "clause", "deadline", "drop"  # how much of a directive a newer notice speaks of
NOT_FOUND = "không rõ là nhiệm vụ nào của văn bản trước"
BUSY = frozenset({State.SUBMITTED, State.SUSPENDED})  # these cannot be handed to another unit
_GIVING = re.compile(r"^\s*(?:Giao|Đề nghị|Yêu cầu|Phân công)\s")
_POINT_WORDS = re.compile(r"(?i)\b(?:tại|ở|của) (?:Thông báo|Kết luận|Công văn|văn bản)\b.*$|\b(?:đến|sang|thành)\b.*$")


# --- the earlier notice ---


def named_in(notice: Notice, read: Amendment | None = None) -> tuple[Amendment, ...]:
    """The earlier notices that a notice says it replaces or amends; none for a corrected copy.

    Args:
        read: the first of them, where that is known already.
    """
    if notice.amendment in (None, CORRECTS):
        return ()
    return amendments_of((notice.text or "").split("\n"), notice.number) or ((read,) if read else ())


async def bases(session: Session, notice: Notice) -> list[tuple[Notice, str]]:
    """The earlier notices that are here, and what each of them meets: replaces, amends or corrects."""
    first = await session.get(Notice, notice.amends_id) if notice.amends_id else None
    found = {first.id: (first, str(notice.amendment))} if first is not None else {}
    for amendment in named_in(notice):
        base = await earlier(session, amendment, notice)
        if base is not None:
            found[base.id] = (base, amendment.kind)
    return list(found.values())


async def earlier(session: Session, amendment: Amendment, newer: Notice) -> Notice | None:
    """The notice that is amended, by its number and, where that is said, its date; of several, this office's newest."""
    query = select(Notice).where(Notice.number.is_not(None), Notice.id != newer.id)
    if amendment.date:
        query = query.where(Notice.date == amendment.date)
    found = [n for n in await session.scalars(query.order_by(Notice.id.desc())) if _is_number(amendment, n)]
    originals = [n for n in found if n.amendment != CORRECTS] or found
    own = [n for n in originals if fold(n.issuer or "") == fold(newer.issuer or "")]
    return next(iter(own or originals), None)


def _is_number(amendment: Amendment, notice: Notice) -> bool:
    named, own = number_key(amendment.number), number_key(notice.number or "")
    return named == own or (named.isdecimal() and re.split(r"[-/]", own)[0] == named)


async def newer_than(session: Session, notice: Notice) -> Notice | None:
    """A notice, sent in before this one, that replaces or amends it: the older document came in later."""
    if notice.number is None:
        return None
    key = number_key(notice.number)
    found = await session.scalars(
        select(Notice).where(Notice.amends_number.is_not(None), Notice.id != notice.id).order_by(Notice.id)
    )
    for newer in found:
        named = [number_key(number) for number in (newer.amends_number or "").split(SEVERAL)]
        if key in named and (newer.amends_id is None or (len(named) > 1 and await _is_missing(session, newer, key))):
            return newer
    return None


async def _is_missing(session: Session, newer: Notice, key: str) -> bool:
    """Whether a notice that names several was read before the one of this number came in."""
    compared = select(Directive.notice_id).join(Change, Change.directive_id == Directive.id)
    known = await session.scalars(
        select(Notice.number).where(
            Notice.id.in_(compared.where(Change.notice_id == newer.id)) | (Notice.id == newer.amends_id)
        )
    )
    return key not in {number_key(number or "") for number in known}


async def standing(session: Session, notice: Notice) -> list[Directive]:
    """The directives that a notice has given up to now, with what later notices added; one card each.

    A clause of it that was merged into a directive of a still earlier notice stands as that one.
    """
    changing = select(Change.notice_id).join(Directive, Change.directive_id == Directive.id)
    amenders = await session.scalars(
        select(Notice)
        .where((Notice.amends_id == notice.id) | Notice.id.in_(changing.where(Directive.notice_id == notice.id)))
        .order_by(Notice.id)
    )
    found: dict[int, Directive] = {}
    for one in (notice, *amenders):
        for card in await cards(session, one):
            stands = await session.get(Directive, card.replaced_by_id) if card.replaced_by_id else card
            for first in await members(session, stands) if stands else []:
                member = await newest_of_series(session, first)
                if member.state != State.CANCELLED:
                    found[member.id] = member
                    break
    return [found[i] for i in sorted(found)]


async def members(session: Session, directive: Directive) -> list[Directive]:
    """The directives of one clause for many units, in order; else the one alone; the newest of a series."""
    clause = (directive.clause_id or "").partition(PERIOD)[0]
    first = await session.scalar(select(Directive).where(Directive.code == clause)) if clause else None
    if first is None:
        return [directive]
    return [await newest_of_series(session, one) for one in await of_clause(session, clause)]


# --- comparing ---


async def compare(session: Session, notice: Notice, by: By) -> None:
    """Keep what a notice changes in the one it amends, as changes to be confirmed."""
    found = await bases(session, notice)
    if not found:
        return
    drafts = [d for d in await cards(session, notice) if d.state == State.DRAFT]
    own = {d.id for d in drafts}
    of: dict[int, tuple[Notice, str]] = {}
    olds: list[Directive] = []
    for base, kind in found:
        fresh = [d for d in await standing(session, base) if d.id not in own and d.id not in of]
        of |= {d.id: (base, kind) for d in fresh}
        olds += fresh
    spoken = await _points(session, notice, olds, drafts, by, {i: base for i, (base, _) in of.items()})
    olds = [d for d in olds if d.id not in {c.directive_id for c in spoken}]
    news = [d for d in drafts if d.id not in {c.draft_id for c in spoken}]
    matched = pairs([_as_said(d) for d in olds], [_as_said(d) for d in news])
    session.add_all(_change(notice, olds[i], news[j], CLAUSE) for i, j in matched)
    rest = {i for i, _ in matched}
    dropped = [old for i, old in enumerate(olds) if i not in rest and of[old.id][1] != AMENDS]
    session.add_all(_change(notice, old, None, DROP) for old in dropped)
    await session.flush()


def _change(notice: Notice, old: Directive, draft: Directive | None, part: str) -> Change:
    return Change(
        notice_id=notice.id, directive_id=old.id, draft_id=draft.id if draft else None, part=part, state="open"
    )


def _as_said(directive: Directive) -> Clause:
    """A directive as its document has it: the words that were read, without their deadline."""
    read = directive.as_read or {}
    due = (read.get("deadline") or {}).get("text") or directive.deadline_text
    lead = read.get("lead") or directive.lead_written or (directive.lead_unit.name if directive.lead_unit else "")
    return said(str(read.get("text") or directive.text), str(lead), due, directive.ref)


def said(words: str, lead: str, due: str | None, ref: str) -> Clause:
    """A clause to be compared: its task, without who leads and without its deadline."""
    for part in filter(None, (due, lead)):
        words = words.replace(part, " ")
    return Clause(_GIVING.sub("", words), lead, ref)


async def _points(
    session: Session,
    notice: Notice,
    olds: Sequence[Directive],
    drafts: Sequence[Directive],
    by: By,
    of: Mapping[int, Notice],
) -> list[Change]:
    """What the notice says of single points: the draft that was read of such a sentence is no task of its own."""
    found: list[Change] = []
    for point in point_changes(notice.text or "", notice.date, by.office.calendar):
        draft = next((d for d in drafts if _says(d, point.sentence)), None)
        old = _pointed_at(point, _of_named(point, olds, of))
        if old is None or old.id in {c.directive_id for c in found}:
            if draft is not None:
                draft.warnings = [*draft.warnings, NOT_FOUND]
            continue
        draft = draft or await _new_draft(session, notice, point, by)
        put_deadline(draft, point.deadline, by)
        found.append(_change(notice, old, draft, DROP if point.drops else DEADLINE))
    session.add_all(found)
    await session.flush()
    return found


def _says(draft: Directive, sentence: str) -> bool:
    return fold(sentence) in fold(draft.quote or draft.text)


def _of_named(point: PointChange, olds: Sequence[Directive], of: Mapping[int, Notice]) -> Sequence[Directive]:
    """The directives of the notice that a sentence about a point names; all of them where it names none."""
    keys = {number_key(number) for number in numbers_in(point.sentence)}
    named = [d for d in olds if number_key(of[d.id].number or "") in keys]
    return named or olds


def _pointed_at(point: PointChange, olds: Sequence[Directive]) -> Directive | None:
    """The directive a point names, by its place; else by its words, where these fit one and no other."""
    if point.ref:
        place = by_place(point.ref, [d.ref for d in olds])
        return None if place is None else olds[place]
    named = Clause(_POINT_WORDS.sub("", point.sentence))
    near = sorted(((contained(_as_said(d), named), d.id, d) for d in olds), key=lambda n: (-n[0], n[1]))
    if not near or near[0][0] < ALIKE or (len(near) > 1 and near[1][0] >= ALIKE):
        return None
    return near[0][2]


async def _new_draft(session: Session, notice: Notice, point: PointChange, by: By) -> Directive:
    draft = Directive(
        notice=notice,
        ref=point.ref or "",
        text=point.sentence,
        quote=point.sentence,
        made_by=by.person.id,
        made_at=by.now,
        state=State.DRAFT,
        warnings=[],
    )
    session.add(draft)
    await session.flush()
    await session.refresh(draft, ["lead_unit", "coordinations", "notice"])
    return draft


# --- what is different ---


@dataclass(frozen=True)
class Difference:
    """One change, looked at as things stand now.

    Attributes:
        change: its row.
        old: the directive of the earlier notice; of a clause for many, the first that was not cancelled.
        draft: the newer notice's clause; None where it has none.
        lead: another unit is to lead.
        deadline: the deadline is another, or is taken away.
        helpers: other units are to help.
        words: the task has other words.
        dropped: it is to end.
        left_out: of a clause for many, the units that have it and are excepted now.
        added: of a clause for many, the names of units that were excepted and are meant now.
        held: the state of ``old`` in which this cannot be done now; None where it can.
        asked: the new lead unit is not known yet.
    """

    change: Change
    old: Directive
    draft: Directive | None
    lead: bool = False
    deadline: bool = False
    helpers: bool = False
    words: bool = False
    dropped: bool = False
    left_out: tuple[UnitEntry, ...] = ()
    added: tuple[str, ...] = ()
    held: State | None = None
    asked: bool = False

    @property
    def same(self) -> bool:
        """Whether nothing is different."""
        return not (
            self.lead or self.deadline or self.helpers or self.words or self.dropped or self.left_out or self.added
        )

    @property
    def kind(self) -> str:
        """The weightiest thing in it: same, dropped, lead, deadline, words."""
        if self.dropped:
            return "dropped"
        return "lead" if self.lead else "deadline" if self.deadline else "same" if self.same else "words"


async def differences(session: Session, notice: Notice, by: By) -> list[Difference]:
    """Every change of a notice that waits for a decision, as things stand now, in the order of the earlier notice."""
    rows = await session.scalars(
        select(Change).where(Change.notice_id == notice.id, Change.state == "open").order_by(Change.directive_id)
    )
    spared = await spared_by(session, notice)
    return [await difference(session, row, by, notice, spared) for row in rows]


async def spared_by(session: Session, notice: Notice) -> frozenset[int]:
    """The earlier notices that a notice amends only in part; their ids."""
    return frozenset(base.id for base, kind in await bases(session, notice) if kind == AMENDS)


async def difference(session: Session, change: Change, by: By, notice: Notice, spared: frozenset[int]) -> Difference:
    """One change that a notice makes.

    Args:
        spared: the earlier notices that it amends only in part. Of any other, a clause that is repeated without its
            deadline has none any more.
    """
    old = await session.get_one(Directive, change.directive_id)
    draft = await session.get(Directive, change.draft_id) if change.draft_id else None
    states = {State(d.state) for d in await members(session, old)} - {State.CANCELLED}
    if draft is None or change.part == DROP:
        return Difference(change, old, draft, dropped=True, held=_held(states, dropped=True))
    if change.part == DEADLINE:
        return Difference(change, old, draft, deadline=draft.last_day != old.last_day, held=_held(states))
    lead = _lead_differs(old, draft)
    left_out, added = await _excepted_anew(session, old, draft)
    takes_away = notice.amendment != AMENDS and old.notice_id not in spared
    return Difference(
        change,
        old,
        draft,
        lead=lead,
        deadline=_deadline_differs(old, draft, by, takes_away=takes_away),
        helpers=_helpers_differ(old, draft),
        words=not same_words(_as_said(old), _as_said(draft)) and not same_words(Clause(old.text), Clause(draft.text)),
        left_out=left_out,
        added=added,
        held=_held(states, lead=lead),
        asked=lead and draft.lead_unit_id is None,
    )


async def _excepted_anew(
    session: Session, old: Directive, draft: Directive
) -> tuple[tuple[UnitEntry, ...], tuple[str, ...]]:
    """Of a clause for many: the units that have it and are excepted now, and the names of those that are no more."""
    if old.lead_group is None or old.lead_group != draft.lead_group or _names(old.excepted) == _names(draft.excepted):
        return (), ()
    known = await directory(session)
    reached = spread(known, draft.lead_group, draft.excepted)
    given = await members(session, old)
    having = {d.lead_unit_id for d in given if d.state in OPEN}
    left_out = tuple(unit for unit in reached.excepted if unit.id in having)
    meant = {unit.id for unit in reached.units}
    before = spread(known, old.lead_group, old.excepted).excepted
    had = {d.lead_unit_id for d in given if d.state != State.CANCELLED}
    return left_out, tuple(unit.name for unit in before if unit.id in meant and unit.id not in had)


def _held(states: Set[State], *, dropped: bool = False, lead: bool = False) -> State | None:
    """A finished directive is never touched, and the unit's word that it is done is answered first.

    A clause for many is held only where that is so in all its units.
    """
    untouched = {State.COMPLETED} | ({State.SUBMITTED} if dropped else set()) | (BUSY if lead else set())
    return min(states, key=[*State].index, default=None) if states <= untouched else None


def _lead_differs(old: Directive, draft: Directive) -> bool:
    if old.lead_group or draft.lead_group:
        return False  # a clause for many is taken as it is; a change of its units is made by hand
    if draft.lead_unit_id is not None and draft.lead_unit_id == old.lead_unit_id:
        return False
    return fold(_as_said(old).lead) != fold(_as_said(draft).lead) or _was_chosen(draft)


def _was_chosen(draft: Directive) -> bool:
    """Whether a clerk has given the draft another unit than the one that was read."""
    unit: Unit | None = draft.lead_unit
    return unit is not None and fold(draft.lead_written or "") not in {fold(unit.name), *map(fold, unit.aliases)}


def _deadline_differs(old: Directive, draft: Directive, by: By, *, takes_away: bool) -> bool:
    if draft.last_day is None and (not takes_away or draft.deadline_text):
        return False
    if draft.cycle is not None and draft.cycle == old.cycle:
        return False  # the same days, whichever of them comes next
    return draft.last_day not in {old.last_day, _said_last_day(old, by)}


def _said_last_day(directive: Directive, by: By) -> date | None:
    """The last day by the document's own words, whatever was granted since."""
    read = (directive.as_read or {}).get("deadline")
    if directive.as_read is None:
        return directive.first_last_day or directive.last_day
    if not read or not read.get("date"):
        return None
    said = Deadline(date.fromisoformat(read["date"]), inclusive=read["inclusive"])
    return said.last_day(by.office.rhythm.before_means)


def _helpers_differ(old: Directive, draft: Directive) -> bool:
    said = (old.as_read or {}).get("coordinating")
    before = _names(said if said is not None else [c.written for c in old.coordinations])
    now, new = _names(c.written for c in old.coordinations), _names(c.written for c in draft.coordinations)
    units = {c.unit_id for c in old.coordinations} == {c.unit_id for c in draft.coordinations}
    return new not in (before, now) and not (units and None not in {c.unit_id for c in draft.coordinations})


def _names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold, names))


async def held_back(session: Session, drafts: Iterable[Directive]) -> set[int]:
    """The drafts that stand for a change of an earlier directive, and so are not issued; their ids."""
    found = await session.scalars(
        select(Change.draft_id).where(Change.draft_id.in_([d.id for d in drafts]), Change.state == "open")
    )
    return {i for i in found if i is not None}
