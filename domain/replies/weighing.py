"""The clauses about one directive, weighed together into its acts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from domain.replies import reports, requests
from domain.replies.acts import Act, Kind
from domain.replies.clauses import Clause
from domain.replies.dates import reason_of, until_of
from domain.replies.signs import ClauseSigns, Sign
from domain.replies.units import unit_in

AT_WORK = frozenset(
    {
        Sign.AWAITED,
        Sign.PARTLY,
        Sign.NOT_YET,
        Sign.UNDER_WAY,
        Sign.TOUCHED,
        Sign.PLANNED,
        Sign.UNHINDERED,
        Sign.HANDED_IN,
        Sign.FINISHED,
    }
)
OPEN_YET = frozenset({Sign.AWAITED, Sign.PARTLY, Sign.NOT_YET, Sign.UNDER_WAY})
Read = Sequence[tuple[Clause, ClauseSigns]]


def weigh(read: Read, today: date, last_day: date | None = None) -> tuple[list[Act], bool]:
    """The acts of one directive's clauses, and whether they are beyond doubt. What asks for a decision comes first.

    Args:
        read: the clauses with their signs, in order.
        today: the sender's day, from which dates count.
        last_day: the directive's present last day, from which "thêm 10 ngày" counts.

    Returns:
        acts without their directive, at least one; and False where they must be confirmed.
    """
    read = _before_closing(read)
    signs = _signs(read)
    if Sign.DECLINED in signs:
        return [_decline(read)], False
    if Sign.MORE_TIME in signs:
        return _more_time(read, today, last_day), False
    acts, sure = _report(read, signs)
    if Sign.ASKED in signs:
        if any(requests.WHY.search(c.on) for c, _ in read):
            acts = [a for a in acts if a.percent is not None]
        acts = [a for a in acts if not _only_courtesy(a, read)] + [Act(None, Kind.QUESTION)]
        sure = sure and not any(_may_ask_more_time(c) for c, r in read if Sign.ASKED in r.signs)
    return acts, sure


def _before_closing(read: Read) -> Read:
    """Without the polite end of a message that says it is done: "xong rồi, mong anh xem xét"."""
    others = [pair for pair in read if not reports.CLOSED_BY_OTHERS.search(pair[0].on)]
    if any(Sign.FINISHED in r.signs for _, r in others):
        read = others
    done = next((i for i, (_, r) in enumerate(read) if {Sign.FINISHED, Sign.HANDED_IN} & r.signs), len(read))
    return [pair for i, pair in enumerate(read) if i <= done or not reports.CLOSING.search(pair[0].on)]


def _signs(read: Read) -> set[Sign]:
    """All signs, but "chưa xong" before a later "xong rồi" tells of an earlier day."""
    signs = {s for _, r in read for s in r.signs}
    told = [s for c, r in read for s in (Sign.NOT_YET, Sign.FINISHED) if s in r.signs and not reports.LATE.search(c.on)]
    return signs - {Sign.NOT_YET} if told[-1:] == [Sign.FINISHED] else signs


def _may_ask_more_time(clause: Clause) -> bool:
    return requests.EXTENSION.search(clause.on) is not None


def _only_courtesy(act: Act, read: Read) -> bool:
    """Whether an act before a question says nothing: "dạ, hạn ngày nào ạ" acknowledges nothing."""
    heard = [c for c, r in read if Sign.RECEIVED in r.signs]
    courteous = all(reports.COURTESY.search(c.on) for c in heard)
    return act.kind is Kind.NONE or (act.kind is Kind.ACKNOWLEDGE and courteous)


def _decline(read: Read) -> Act:
    clauses = [c for c, r in read if Sign.DECLINED in r.signs]
    clauses += [c for c, r in read if not r.signs - {Sign.UNDER_WAY, Sign.TOUCHED, Sign.PLANNED}]
    units = (unit_in(c.on, _past_denial(c)) for c in clauses)
    return Act(None, Kind.DECLINE, unit=next((u for u in units if u), None))


def _past_denial(clause: Clause) -> int:
    """Past "không thuộc Phòng A": what is denied is not the right unit."""
    denied = requests.DENIED_UNIT.search(clause.on)
    return denied.end() if denied else 0


def _more_time(read: Read, today: date, last_day: date | None) -> list[Act]:
    at = next(i for i, (_, r) in enumerate(read) if Sign.MORE_TIME in r.signs)
    clauses = [c for c, _ in read]
    until = until_of(clauses[at:], today, last_day)
    given = (reason_of(c.on) for c in [clauses[at], *clauses[:at], *clauses[at + 1 :]])
    reason = next((r for r in given if r), None) or _difficulty(read)
    asked = Act(None, Kind.EXTENSION, until=until.date, reason=reason)
    percent = _percent(read)
    return [asked] if percent is None else [Act(None, Kind.PROGRESS, percent=percent), asked]


def _report(read: Read, signs: set[Sign]) -> tuple[list[Act], bool]:
    """Progress, difficulty, done or received: a stated share first, then what hinders, then what is finished."""
    percent = _percent(read)
    finished = signs & {Sign.FINISHED, Sign.HANDED_IN}
    if Sign.AWAITED in signs:  # what went out was a question to others
        finished -= {Sign.HANDED_IN}
    if percent is not None and not (percent == 100 and finished):
        sure = not finished and _amounts_agree(read)
        return [Act(None, Kind.PROGRESS, percent=percent, difficulty=_difficulty(read))], sure
    if Sign.HINDERED in signs:
        return _hindered(read, signs, bool(finished))
    if finished and not signs & {Sign.PARTLY, Sign.NOT_YET} and not _left_over(read):
        return [Act(None, Kind.DONE, percent=100)], False
    if signs & AT_WORK:
        return _under_way(signs)
    if Sign.RECEIVED in signs:
        return [Act(None, Kind.ACKNOWLEDGE)], True
    return [Act(None, Kind.NONE)], Sign.SMALL_TALK in signs or Sign.ASKED in signs or not read


def _under_way(signs: set[Sign]) -> tuple[list[Act], bool]:
    if Sign.RECEIVED in signs and not signs & {
        Sign.NOT_YET,
        Sign.UNDER_WAY,
        Sign.TOUCHED,
        Sign.HANDED_IN,
        Sign.FINISHED,
    }:
        return [Act(None, Kind.ACKNOWLEDGE)], True
    perhaps_done = signs & {Sign.FINISHED, Sign.HANDED_IN, Sign.TOUCHED}
    return [Act(None, Kind.PROGRESS)], not perhaps_done or bool(signs & OPEN_YET)


def _hindered(read: Read, signs: set[Sign], finished: bool) -> tuple[list[Act], bool]:
    words = _difficulty(read)
    going = signs & {Sign.UNDER_WAY, Sign.TOUCHED, Sign.PARTLY} or finished
    if going and not _hindrance_first(read):
        return [Act(None, Kind.PROGRESS, difficulty=words)], not finished
    return [Act(None, Kind.DIFFICULTY, difficulty=words)], not finished and Sign.UNHINDERED not in signs


def _hindrance_first(read: Read) -> bool:
    return Sign.HINDERED in read[0][1].signs


def _left_over(read: Read) -> bool:
    """Whether something still remains after a clause of finishing: "xong rồi, còn trình ký"."""
    after = False
    for clause, r in read:
        turned = clause.after_turn and not r.signs & {Sign.UNHINDERED, Sign.FINISHED}
        if after and (turned or (r.signs & {Sign.UNDER_WAY, Sign.TOUCHED} and reports.REMAINING.search(clause.on))):
            return True
        after |= bool(r.signs & {Sign.FINISHED, Sign.HANDED_IN})
    return False


def _percent(read: Read) -> int | None:
    """The last share stated, since earlier ones tell of earlier days."""
    amounts = [r.amount for _, r in read if r.amount is not None and Sign.AMOUNT in r.signs]
    return amounts[-1].percent if amounts else None


def _amounts_agree(read: Read) -> bool:
    amounts = [r.amount for _, r in read if r.amount is not None]
    return all(a.sure for a in amounts) and len({a.percent for a in amounts}) <= 1


def _difficulty(read: Read) -> str | None:
    """The clauses that hinder, as written."""
    hindering = [c for c, r in read if Sign.HINDERED in r.signs]
    if not hindering:
        return None
    return "; ".join(dict.fromkeys(c.on.text.strip() for c in hindering))
