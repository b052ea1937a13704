"""What one clause says, before the clauses of a message are weighed together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from domain.replies import reports, requests
from domain.replies.amounts import Amount, amount_in
from domain.replies.clauses import Clause
from domain.replies.words import Said, stands_before


class Sign(Enum):
    """A thing a clause can say of its directive."""

    DECLINED = auto()  # it belongs to another unit
    MORE_TIME = auto()  # a later deadline is asked for
    ASKED = auto()  # an answer is wanted
    FINISHED = auto()  # all of it is done
    HANDED_IN = auto()  # its product has left the house: done, most likely
    AWAITED = auto()  # others have until a day to answer it
    PARTLY = auto()  # a part is done, or it will be done
    AMOUNT = auto()  # a share is done
    NOT_YET = auto()  # it is not done, without saying why
    HINDERED = auto()  # something stands in the way
    UNHINDERED = auto()  # nothing stands in the way
    UNDER_WAY = auto()  # it is being worked on
    TOUCHED = auto()  # something was done ("đã họp"), which may be a step of it or all of it
    PLANNED = auto()  # it will be worked on, or words of work without a tense
    RECEIVED = auto()  # it was heard
    SMALL_TALK = auto()  # a greeting, thanks, nothing to do with work


@dataclass(frozen=True)
class ClauseSigns:
    """The signs of one clause, and its amount if it states one."""

    signs: frozenset[Sign]
    amount: Amount | None = None


def signs_of(clause: Clause) -> ClauseSigns:
    """The signs a clause carries. Requests outweigh reports: "xin lùi, mai xong" does not report anything done."""
    on = clause.on
    request = _request(clause)
    if request in (Sign.DECLINED, Sign.ASKED):
        return ClauseSigns(frozenset({request}))
    amount = amount_in(on)
    signs: set[Sign] = {request} if request else set()
    done, hindered = _done(on, amount), _hindered(on)
    if Sign.FINISHED in done and _overcome(on):
        hindered -= {Sign.HINDERED}
    signs |= done | hindered | _talk(on)
    if request is None and reports.AWAITED.search(on):
        signs.add(Sign.AWAITED)
    if not signs - {Sign.SMALL_TALK, Sign.RECEIVED} and not reports.THANKS.match(on):
        signs |= _going(on, signs)
    if amount is not None and not (amount.percent == 100 and Sign.FINISHED in signs):
        signs = (signs - {Sign.FINISHED, Sign.NOT_YET}) | {Sign.AMOUNT}
    return ClauseSigns(frozenset(signs), amount)


def _request(clause: Clause) -> Sign | None:
    on = clause.on
    asks = _asks(clause)
    polite = asks and requests.POLITE.search(on) is not None
    more_time = requests.EXTENSION.search(on) and not requests.EXTENSION_NOT.search(on)
    if more_time and (polite or not asks):
        return Sign.MORE_TIME
    if asks and not polite:
        return Sign.ASKED
    handed_over = requests.HANDED_OVER.search(on)
    if handed_over or (requests.DECLINE.search(on) and not requests.DECLINE_NOT.search(on)):
        return Sign.DECLINED
    return Sign.ASKED if asks else None


def _asks(clause: Clause) -> bool:
    on = clause.on
    if requests.ASKING_NOT.search(on) or (reports.NO_DIFFICULTY.search(on) and not clause.asked):
        return False
    if requests.ASKING.search(on) or requests.WONDERED.search(on.low):
        return True
    return clause.asked and _reads_as_question(on)


def _reads_as_question(on: Said) -> bool:
    if requests.ASKED_YES_NO.search(on) or requests.ASKED_OPENING.match(on) or requests.ASKED_CLOSE.search(on):
        return True
    return not requests.STATED.search(on)


def _done(on: Said, amount: Amount | None) -> set[Sign]:
    found = {_finish(on, m.start(), m.end()) for m in reports.FINISHED.all(on)}
    if amount is not None and amount.percent == 100 and not found:
        return {Sign.PARTLY if stands_before(reports.NEAR_WHOLE, on, amount.start) else Sign.FINISHED}
    if Sign.NOT_YET in found:
        return {Sign.NOT_YET}
    if Sign.PARTLY in found:
        return {Sign.PARTLY}
    if Sign.FINISHED in found:
        return {Sign.FINISHED}
    return {Sign.HANDED_IN} if _handed_in(on) else set()


def _finish(on: Said, start: int, end: int) -> Sign:
    """What one word of finishing means where it stands."""
    if stands_before(reports.NOT_FINISHED, on, start) or reports.UNFINISHED_AFTER.match(on, _skip(on, end)):
        return Sign.NOT_YET
    if stands_before(reports.FUTURE, on, start) or stands_before(reports.PARTLY_BEFORE, on, start):
        return Sign.PARTLY
    if reports.PARTLY_AFTER.match(on, end) or reports.PARTLY_END.search(on, end):
        return Sign.PARTLY
    said_done = reports.SURELY_DONE.search(on) or reports.DAY_BEHIND.search(on)
    return Sign.FINISHED if said_done or not reports.DAY_AHEAD.search(on) else Sign.PARTLY


def _skip(on: Said, at: int) -> int:
    while at < len(on.low) and on.low[at].isspace():
        at += 1
    return at


def _handed_in(on: Said) -> bool:
    m = reports.HANDED_IN.search(on)
    if m is None or reports.SOME_OF_IT.search(on) or reports.PARTLY_AFTER.match(on, m.end()):
        return False
    return not stands_before(reports.NOT_FINISHED, on, m.end())


def _hindered(on: Said) -> set[Sign]:
    if reports.NO_DIFFICULTY.search(on):
        return {Sign.UNHINDERED}
    return {Sign.HINDERED} if reports.DIFFICULTY.search(_without_compounds(on)) else set()


_NOT_STUCK = re.compile(r"\b(?:(?:cong|hop|thao|quy|doi|nguyen)\s+tac|(?:quy|nguyên)\s+tắc)\b")


def _without_compounds(on: Said) -> Said:
    """Without its mark "công tác" would be read as "tắc"."""
    return replace(on, low=_NOT_STUCK.sub(lambda m: "_" * len(m[0]), on.low))


def _overcome(on: Said) -> bool:
    """Whether what hinders is what was finished: "đã giải quyết xong tranh chấp"."""
    finished, hindrance = reports.FINISHED.search(on), reports.DIFFICULTY.search(on)
    return finished is not None and hindrance is not None and finished.start() < hindrance.start()


def _talk(on: Said) -> set[Sign]:
    signs: set[Sign] = set()
    if _heard(on) and not reports.NOT_YET.search(on):
        signs.add(Sign.RECEIVED)
    if reports.SMALL_TALK.search(on):
        signs.add(Sign.SMALL_TALK)
    return signs


def _heard(on: Said) -> bool:
    m = reports.ACKNOWLEDGED.search(on)
    if m is not None:
        return not stands_before(reports.NOT_HEARD, on, m.start())
    return any(t in on.text for t in reports.THUMBS)


def _going(on: Said, signs: set[Sign]) -> set[Sign]:
    if reports.NOT_YET.search(on):
        return {Sign.NOT_YET}
    if not reports.UNDER_WAY.search(on):
        return set()
    if reports.GOING_ON.search(on):
        return {Sign.UNDER_WAY}
    return {Sign.TOUCHED if reports.SURELY_GOING.search(on) else Sign.PLANNED}
