"""What one clause says, before the clauses of a message are weighed together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from domain.replies import cues
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
    PARTLY = auto()  # a part is done, or it will be done
    AMOUNT = auto()  # a share is done
    NOT_YET = auto()  # it is not done, without saying why
    HINDERED = auto()  # something stands in the way
    UNHINDERED = auto()  # nothing stands in the way
    UNDER_WAY = auto()  # it is being worked on
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
    signs = {request} if request else set()
    signs |= _done(on, amount) | _hindered(on) | _talk(on)
    if not signs - {Sign.SMALL_TALK, Sign.RECEIVED}:
        signs |= _going(on, signs)
    if amount is not None and not (amount.percent == 100 and Sign.FINISHED in signs):
        signs = (signs - {Sign.FINISHED, Sign.NOT_YET}) | {Sign.AMOUNT}
    return ClauseSigns(frozenset(signs), amount)


def _request(clause: Clause) -> Sign | None:
    on = clause.on
    more_time = cues.EXTENSION.search(on) and not cues.EXTENSION_NOT.search(on)
    if more_time and (not _asks(clause) or cues.POLITE.search(on)):
        return Sign.MORE_TIME
    if _asks(clause) and not cues.POLITE.search(on):
        return Sign.ASKED
    if cues.DECLINE.search(on) and not cues.DECLINE_NOT.search(on):
        return Sign.DECLINED
    return Sign.ASKED if _asks(clause) else None


def _asks(clause: Clause) -> bool:
    on = clause.on
    if cues.ASKING_NOT.search(on):
        return False
    if cues.ASKING.search(on):
        return True
    return clause.asked and _reads_as_question(on)


def _reads_as_question(on: Said) -> bool:
    if cues.ASKED_YES_NO.search(on) or cues.ASKED_OPENING.match(on) or cues.ASKED_CLOSE.search(on):
        return True
    return not cues.STATED.search(on)


def _done(on: Said, amount: Amount | None) -> set[Sign]:
    found = {_finish(on, m.start(), m.end()) for m in cues.FINISHED.all(on)}
    if amount is not None and amount.percent == 100 and not found:
        return {Sign.PARTLY if stands_before(cues.NEAR_WHOLE, on, amount.start) else Sign.FINISHED}
    if Sign.NOT_YET in found:
        return {Sign.NOT_YET}
    if Sign.PARTLY in found:
        return {Sign.PARTLY}
    if Sign.FINISHED in found:
        return {Sign.FINISHED}
    return {Sign.HANDED_IN} if _handed_in(on) else set()


def _finish(on: Said, start: int, end: int) -> Sign:
    """What one word of finishing means where it stands."""
    if stands_before(cues.NOT_FINISHED, on, start) or cues.UNFINISHED_AFTER.match(on, _skip(on, end)):
        return Sign.NOT_YET
    if stands_before(cues.FUTURE, on, start) or cues.PARTLY_AFTER.match(on, end) or cues.PARTLY_END.search(on, end):
        return Sign.PARTLY
    if stands_before(cues.PARTLY_BEFORE, on, start):
        return Sign.PARTLY
    said_done = cues.SURELY_DONE.search(on) or cues.DAY_BEHIND.search(on)
    return Sign.FINISHED if said_done or not cues.DAY_AHEAD.search(on) else Sign.PARTLY


def _skip(on: Said, at: int) -> int:
    while at < len(on.low) and on.low[at].isspace():
        at += 1
    return at


def _handed_in(on: Said) -> bool:
    m = cues.HANDED_IN.search(on)
    return m is not None and not cues.SOME_OF_IT.search(on) and not stands_before(cues.NOT_FINISHED, on, m.end()) and not cues.PARTLY_AFTER.match(on, m.end())


def _hindered(on: Said) -> set[Sign]:
    if cues.NO_DIFFICULTY.search(on):
        return {Sign.UNHINDERED}
    return {Sign.HINDERED} if cues.DIFFICULTY.search(on) else set()


def _talk(on: Said) -> set[Sign]:
    signs = set()
    if _heard(on) and not cues.NOT_YET.search(on):
        signs.add(Sign.RECEIVED)
    if cues.SMALL_TALK.search(on):
        signs.add(Sign.SMALL_TALK)
    return signs


def _heard(on: Said) -> bool:
    m = cues.ACKNOWLEDGED.search(on)
    if m is not None:
        return not stands_before(cues.NOT_HEARD, on, m.start())
    return any(t in on.text for t in cues.THUMBS)


def _going(on: Said, signs: set[Sign]) -> set[Sign]:
    if cues.NOT_YET.search(on):
        return {Sign.NOT_YET}
    if not cues.UNDER_WAY.search(on):
        return set()
    return {Sign.UNDER_WAY if cues.SURELY_GOING.search(on) else Sign.PLANNED}
