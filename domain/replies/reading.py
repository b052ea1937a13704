"""An officer's message, read into acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from domain.replies import cues
from domain.replies.clauses import Clause, Part, parts_of
from domain.replies.dates import reason_of, until_of
from domain.replies.mentions import find_mentions
from domain.replies.signs import ClauseSigns, Sign, signs_of
from domain.replies.units import unit_in
from domain.replies.words import said

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Kind(StrEnum):
    """What an officer's words do."""

    ACKNOWLEDGE = "acknowledge"  # đã nhận
    PROGRESS = "progress"  # đang làm, được 60%
    DONE = "done"  # xong
    DIFFICULTY = "difficulty"  # vướng
    EXTENSION = "extension"  # xin gia hạn
    DECLINE = "decline"  # không đúng đơn vị
    QUESTION = "question"  # hỏi lại
    NONE = "none"  # không liên quan đến việc nào


CONFIRMED = frozenset({Kind.DONE, Kind.EXTENSION, Kind.DECLINE})
NAMELESS = frozenset({Kind.QUESTION, Kind.NONE})


@dataclass(frozen=True)
class Act:
    """One thing said of one directive.

    Args:
        directive: its number; None where it must be asked.
        kind: what is said.
        percent: the share done, 0 to 100.
        until: the later deadline asked for.
        difficulty: what stands in the way, as written.
        reason: why more time is asked for, as written.
        unit: the unit named as the right one, as written.
        text: the words of this act, as written.
    """

    directive: int | None
    kind: Kind
    percent: int | None = None
    until: date | None = None
    difficulty: str | None = None
    reason: str | None = None
    unit: str | None = None
    text: str = ""


@dataclass(frozen=True)
class Reading:
    """A message's acts, and whether they must be confirmed before anything changes."""

    acts: tuple[Act, ...]
    doubt: bool


def understand(
    text: str, *, now: datetime, open: Sequence[int] = (), reply_to: int | None = None, files: int = 0
) -> Reading:
    """The acts of one message. Any text is read; what is not understood is ``Kind.NONE``.

    Args:
        text: what the officer wrote, possibly nothing.
        now: the moment of the message, aware; dates count from its day in the office's zone.
        open: the officer's open directives.
        reply_to: the directive of the message replied to.
        files: how many files came with it.

    Raises:
        ValueError: ``now`` has no zone.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    this = reply_to if reply_to is not None else (open[0] if len(open) == 1 else None)
    on = said(text)
    parts = parts_of(on, find_mentions(on, open, this))
    today = now.astimezone(OFFICE_ZONE).date()
    acts: list[Act] = []
    sure = True
    for part in parts:
        read, certain = _acts_of(part, this, today, text=on.text)
        acts += read
        sure &= certain
    return _whole(acts, sure, this, files, on.text)


def _whole(acts: list[Act], sure: bool, this: int | None, files: int, text: str) -> Reading:
    """The message's acts without what only accompanies them, and the doubt of the whole."""
    said_of_work = [a for a in acts if a.kind is not Kind.NONE]
    if not said_of_work and files:
        return Reading((Act(this, Kind.PROGRESS, text=text.strip()),), doubt=True)
    if not said_of_work:
        return Reading((Act(None, Kind.NONE, text=text.strip()),), doubt=not sure)
    named = {a.directive for a in said_of_work} - {None}
    if named and text:
        said_of_work = [a for a in said_of_work if a.directive is not None or a.kind is not Kind.ACKNOWLEDGE]
    doubt = not sure or any(_must_confirm(a) for a in said_of_work)
    return Reading(tuple(said_of_work), doubt)


def _must_confirm(act: Act) -> bool:
    return act.kind in CONFIRMED or (act.directive is None and act.kind not in NAMELESS)


def _acts_of(part: Part, this: int | None, today: date, *, text: str) -> tuple[list[Act], bool]:
    read = [(c, signs_of(c)) for c in part.clauses]
    acts, sure = _weigh(read, today)
    words = text[part.clauses[0].start : part.clauses[-1].end] if part.clauses else ""
    numbers = part.numbers or (this,)
    unsettled = part.numbers == ()
    acts = [replace(a, directive=n, text=words) for n in (None,) * unsettled or numbers for a in acts]
    return acts, sure and part.sure and not unsettled


Read = Sequence[tuple[Clause, ClauseSigns]]


def _weigh(read: Read, today: date) -> tuple[list[Act], bool]:
    """The acts of one directive's clauses, and whether they are beyond doubt. What asks for a decision comes first."""
    signs = _signs(read)
    if Sign.DECLINED in signs:
        return [_decline(read)], False
    if Sign.MORE_TIME in signs:
        return _more_time(read, today), False
    acts, sure = _report(read, signs)
    if Sign.ASKED in signs:
        acts = [a for a in acts if a.kind is not Kind.NONE] + [Act(None, Kind.QUESTION)]
    return acts, sure


def _signs(read: Read) -> set[Sign]:
    """All signs, but "chưa xong" before a later "xong rồi" tells of an earlier day."""
    signs = {s for _, r in read for s in r.signs}
    told = [s for _, r in read for s in (Sign.NOT_YET, Sign.FINISHED) if s in r.signs]
    return signs - {Sign.NOT_YET} if told[-1:] == [Sign.FINISHED] else signs


def _decline(read: Read) -> Act:
    clauses = [c for c, r in read if Sign.DECLINED in r.signs]
    clauses += [c for c, r in read if not r.signs - {Sign.UNDER_WAY, Sign.PLANNED}]
    units = (unit_in(c.on, _past_denial(c)) for c in clauses)
    return Act(None, Kind.DECLINE, unit=next((u for u in units if u), None))


def _past_denial(clause: Clause) -> int:
    """Past "không thuộc Phòng A": what is denied is not the right unit."""
    denied = cues.DENIED_UNIT.search(clause.on)
    return denied.end() if denied else 0


def _more_time(read: Read, today: date) -> list[Act]:
    at = next(i for i, (_, r) in enumerate(read) if Sign.MORE_TIME in r.signs)
    clauses = [c for c, _ in read]
    until = until_of(clauses[at:], today)
    given = (reason_of(c.on) for c in [clauses[at], *clauses[:at], *clauses[at + 1 :]])
    reason = next((r for r in given if r), None) or _difficulty(read)
    asked = Act(None, Kind.EXTENSION, until=until.date, reason=reason)
    percent = _percent(read)
    return [asked] if percent is None else [Act(None, Kind.PROGRESS, percent=percent), asked]


def _report(read: Read, signs: set[Sign]) -> tuple[list[Act], bool]:
    """Progress, difficulty, done or received: a stated share first, then what hinders, then what is finished."""
    percent = _percent(read)
    finished = signs & {Sign.FINISHED, Sign.HANDED_IN}
    if percent is not None and not (percent == 100 and finished):
        sure = not finished and _amounts_agree(read)
        return [Act(None, Kind.PROGRESS, percent=percent, difficulty=_difficulty(read))], sure
    if Sign.HINDERED in signs:
        return _hindered(read, signs, bool(finished))
    if finished and not signs & {Sign.PARTLY, Sign.NOT_YET} and not _left_over(read):
        return [Act(None, Kind.DONE, percent=100)], False
    if signs & {Sign.PARTLY, Sign.NOT_YET, Sign.UNDER_WAY, Sign.PLANNED, Sign.UNHINDERED, Sign.HANDED_IN, Sign.FINISHED}:
        return _under_way(signs)
    if Sign.RECEIVED in signs:
        return [Act(None, Kind.ACKNOWLEDGE)], True
    return [Act(None, Kind.NONE)], Sign.SMALL_TALK in signs or Sign.ASKED in signs or not read


def _under_way(signs: set[Sign]) -> tuple[list[Act], bool]:
    if Sign.RECEIVED in signs and not signs & {Sign.NOT_YET, Sign.UNDER_WAY, Sign.HANDED_IN, Sign.FINISHED}:
        return [Act(None, Kind.ACKNOWLEDGE)], True
    return [Act(None, Kind.PROGRESS)], Sign.FINISHED not in signs or Sign.PARTLY in signs


def _hindered(read: Read, signs: set[Sign], finished: bool) -> tuple[list[Act], bool]:
    words = _difficulty(read)
    going = signs & {Sign.UNDER_WAY, Sign.PARTLY} or finished
    if going and not _hindrance_first(read):
        return [Act(None, Kind.PROGRESS, difficulty=words)], not finished
    return [Act(None, Kind.DIFFICULTY, difficulty=words)], True


def _hindrance_first(read: Read) -> bool:
    return Sign.HINDERED in read[0][1].signs


def _left_over(read: Read) -> bool:
    """Whether something still remains after a clause of finishing: "xong rồi, còn trình ký"."""
    after = False
    for clause, r in read:
        if after and (Sign.UNDER_WAY in r.signs or (clause.after_turn and not r.signs & {Sign.UNHINDERED, Sign.FINISHED})):
            return bool(cues.REMAINING.search(clause.on)) or clause.after_turn
        after |= bool(r.signs & {Sign.FINISHED, Sign.HANDED_IN})
    return False


def _percent(read: Read) -> int | None:
    """The last share stated, since earlier ones tell of earlier days; what is left ("còn 20%") only where it stands alone."""
    amounts = [r.amount for _, r in read if r.amount is not None and Sign.AMOUNT in r.signs]
    return amounts[-1].percent if amounts else None


def _amounts_agree(read: Read) -> bool:
    amounts = [r.amount for _, r in read if r.amount is not None]
    return all(a.sure for a in amounts) and len({a.percent for a in amounts}) <= 1


def _difficulty(read: Read) -> str | None:
    """The clauses that hinder, as written, joined over what stands between them."""
    hindering = [c for c, r in read if Sign.HINDERED in r.signs]
    if not hindering:
        return None
    return "; ".join(dict.fromkeys(c.on.text.strip() for c in hindering))
