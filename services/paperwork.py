"""A paper is asked for and drawn when it is sent: who may take which, and whose directives it tells of."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from db import Session
from db.models import Person
from domain.errors import PaperNotYours
from domain.figures import Asking
from domain.paperwork import TAKERS, Letter, NoticeResult, PaperKind, PeriodReport, ScoreSheet
from domain.periods import ReportPeriod, from_key
from domain.rights import Role
from services import audit, figures, letters, notice_results, notices, period_reports, posts, scores
from services.life import By
from services.outbox import tell
from services.show import local_day

PAPER = "paper"  # an outbox row, and the audit's word
FIRST = 0  # priority of an answer
_FOR_ALL = frozenset({Role.LEADER, Role.CLERK})


@dataclass(frozen=True)
class Wanted:
    """Which paper. ``period`` is a key of a ``ReportPeriod``, ``notice`` a notice's code, ``unit`` an id or 0."""

    kind: PaperKind
    period: str = ""
    unit: int = 0
    notice: str = ""

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Wanted:
        """As an outbox row keeps it."""
        return cls(PaperKind(payload["kind"]), payload["period"], payload["unit"], payload["notice"])

    @property
    def of_period(self) -> ReportPeriod:
        """The period.

        Raises:
            ValueError: the paper has none.
        """
        found = from_key(self.period)
        if found is None:
            raise ValueError(self.period)
        return found


Paper = PeriodReport | Letter | NoticeResult | ScoreSheet


async def ask(session: Session, wanted: Wanted, by: By) -> None:
    """Queue a paper for who asks; that it leaves the system is recorded.

    Raises:
        PaperNotYours: the person may not take it.
        NothingToUrge, NothingIssued: there is nothing to say in it.
    """
    asking = await asking_of(session, wanted.kind, by)
    if wanted.kind in {PaperKind.LETTER, PaperKind.RESULT}:
        await _paper(session, wanted, asking, by)
    payload = asdict(wanted)
    await audit.record(session, PAPER, now=by.now, actor=by.person, inbox_id=by.inbox_id, details=payload)
    await tell(session, [by.person.id], PAPER, now=by.now, payload=payload, priority=FIRST)


async def material(session: Session, wanted: Wanted, by: By) -> Paper:
    """What the paper says, as it is now; of a past period as it was at its end.

    Raises:
        PaperNotYours: the person may not take it.
        NothingToUrge, NothingIssued, NoSuchThing: there is nothing to say in it.
    """
    return await _paper(session, wanted, await asking_of(session, wanted.kind, by), by)


async def _paper(session: Session, wanted: Wanted, asking: Asking, by: By) -> Paper:
    calendar = by.office.calendar
    match wanted.kind:
        case PaperKind.PERIOD:
            period = wanted.of_period
            then = replace(asking, as_of=min(period.last, asking.as_of))
            return await period_reports.report(session, then, period, figures.whose(by.person, then), calendar)
        case PaperKind.LETTER:
            return await letters.letter(session, asking, wanted.unit, calendar)
        case PaperKind.RESULT:
            return await notice_results.result(session, await notices.by_code(session, wanted.notice), asking)
        case PaperKind.SCORES:
            own = None if await _answers_for_units(session, by.person) else by.person.id
            name = f"Cá nhân {by.person.name}" if own else figures.whose(by.person, asking)
            return await scores.sheet(session, asking.units, wanted.of_period, name, by.now, own)


async def asking_of(session: Session, kind: PaperKind, by: By) -> Asking:
    """Whose directives a person's paper tells of: all, the field of a leader, the units that the person heads.

    Of an officer's score sheet the own units: only what the person has in hand is taken from them.

    Raises:
        PaperNotYours: none.
    """
    today = local_day(by.now)
    assert today is not None  # noqa: S101  (``now`` is given)
    asking = await figures.asking_of(session, by.person, today, by.office)
    if not by.person.active or not await _roles(session, by.person) & TAKERS[kind]:
        raise PaperNotYours(kind)
    if by.person.role in _FOR_ALL:
        return asking
    own = await posts.of_person(session, by.person)
    headed = frozenset(post.unit_id for post in own if post.role == Role.HEAD)
    return replace(asking, units=headed) if headed else asking


async def _roles(session: Session, person: Person) -> set[Role]:
    return {Role(person.role), *(post.role for post in await posts.of_person(session, person))}


async def _answers_for_units(session: Session, person: Person) -> bool:
    """Whether a score sheet tells of everybody of the units, and not of the person alone."""
    return bool(await _roles(session, person) & (_FOR_ALL | {Role.HEAD}))
