"""Who was told what of a directive, and who has reacted: kept as it happens, shown when asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from db import Session
from db.models import Directive, Outbox, Person
from db.queries import receipts as queries
from db.queries.receipts import Address, Message
from domain.errors import NotAllowed
from domain.hearing import NOT_SENT, Fate, Heard, Hearer, Hearing, How, Reaction
from domain.lifecycle import Event
from domain.rights import Role
from services import people
from services.folding import ESCALATED, HELPED, REMINDER, UNHEARD
from services.outbox import local_day

RECEIPTS = "receipts"  # the right to see who has heard of a directive


# --- as it happens ---


async def reacted(
    session: Session, channel: str, chat: str, message_id: str, how: How, person: Person, now: datetime, inbox_id: int
) -> None:
    """Somebody pressed a button under a message of ours, or answered it. The first time of each kind is kept.

    Args:
        session: a write transaction.
        channel: where.
        chat: the chat, which may be a group.
        message_id: the platform's id of the message.
        how: what they did.
        person: who.
        now: aware.
        inbox_id: what they sent.
    """
    place = queries.Place(channel, chat, message_id)
    await queries.keep_under(session, place, person.id, how, now, inbox_id)


async def acknowledged(
    session: Session, person: Person, directives: Collection[int], now: datetime, inbox_id: int | None
) -> None:
    """Somebody has acknowledged directives: that counts for all messages about them that they got.

    Args:
        session: a write transaction.
        person: who.
        directives: ids.
        now: aware.
        inbox_id: what they sent.
    """
    rows = await queries.told_of(session, person.id, directives)
    await queries.keep(session, rows, person.id, How.ACKNOWLEDGED, now, inbox_id)


async def message_to(session: Session, row_id: int, person_id: int) -> Outbox | None:
    """A message to this very person; None where there is none of that number."""
    row = await session.get(Outbox, row_id)
    return row if row is not None and row.person_id == person_id else None


# --- when asked for ---


async def check_may_see(session: Session, who: people.Acting, directive: Directive) -> None:
    """Let pass the office, the leader in charge and the lead unit's own people.

    Raises:
        NotAllowed: somebody else, such as a unit that helps.
    """
    stands = await people.standing(session, who, directive)
    if not people.may_see(stands, directive) or not (stands.own_unit or who.person.role in {Role.CLERK, Role.LEADER}):
        raise NotAllowed(RECEIPTS)


async def hearing(session: Session, directive: Directive) -> Hearing:
    """Who was told what of a directive, when, and what they did then.

    A message that became pointless before it was sent is left out: it told nobody anything.

    Args:
        session: any transaction.
        directive: which.
    """
    messages = await queries.about(session, directive)
    ids = {m.person_id for m in messages}
    known = await queries.names(session, ids)
    facts = _Facts(
        directive.id,
        acts=await queries.acts(session, directive.id),
        reactions=await queries.reactions(session, directive.id),
        addresses=await queries.addresses(session, ids),
        messages=messages,
    )
    heard = tuple(facts.heard(m, Hearer(m.person_id, *known[m.person_id][:2])) for m in messages)
    active = {person for person, (_, _, is_active) in known.items() if is_active}
    return Hearing(heard, facts.silent(heard, active), _unreached(heard, active))


@dataclass
class _Facts:
    """What the database has about a directive's messages."""

    directive: int
    acts: Sequence[tuple[int, str, int | None, datetime]]
    reactions: Sequence[tuple[int, int, str, datetime]]
    addresses: Mapping[int, Sequence[Address]]
    messages: Sequence[Message]

    def __post_init__(self) -> None:
        self._events = {number: event for number, event, _, _ in self.acts}
        self._times = self._reminded()
        self._reactions: dict[tuple[int, int], list[Reaction]] = defaultdict(list)
        for row, person, how, at in self.reactions:
            self._reactions[row, person].append(Reaction(How(how), at))

    def heard(self, message: Message, who: Hearer) -> Heard:
        """A message with what became of it."""
        return Heard(
            number=message.id,
            who=who,
            kind=self._part(message),
            event=self._events.get(message.payload.get("transition", 0)),
            time=self._times.get(message.id),
            fate=_fate(message, self.addresses[message.person_id]),
            at=message.sent_at or message.created_at,
            reactions=tuple(self._reactions[message.id, message.person_id]),
        )

    def _part(self, message: Message) -> str:
        """Its kind; of a message of the morning the part that speaks of the directive, if that is the office's."""
        parts = (part for part in (ESCALATED, UNHEARD, HELPED) if self.directive in message.payload.get(part, ()))
        return next(parts, message.kind)

    def _reminded(self) -> dict[int, int]:
        """Of each reminder, which one it is: those of a day are one, and another unit is reminded from one on."""
        turns = [at for _, event, _, at in self.acts if event == Event.REASSIGN]
        days: dict[int, list[date]] = defaultdict(list)
        times = {}
        for message in reversed(self.messages):
            if message.kind != REMINDER or message.state == "failed" or self._part(message) == HELPED:
                continue
            seen = days[sum(at <= message.created_at for at in turns)]
            day = local_day(message.created_at)
            if day not in seen:
                seen.append(day)
            times[message.id] = seen.index(day) + 1
        return times

    def silent(self, heard: Iterable[Heard], active: Collection[int]) -> tuple[Hearer, ...]:
        """Who was told, and has not been heard from."""
        told: dict[Hearer, datetime] = {}
        for one in heard:  # the newest first: the first message to each remains
            if one.fate in {Fate.SENT, Fate.DOUBTFUL} and one.who.id in active:
                told[one.who] = one.at
        reacted = {person for _, person, _, _ in self.reactions}
        acted = {who.id for who, at in told.items() if any(by == who.id and at <= when for _, _, by, when in self.acts)}
        return tuple(sorted((w for w in told if w.id not in reacted | acted), key=_by_unit))


def _fate(message: Message, addresses: Sequence[Address]) -> Fate:
    if message.state in {"queued", "sending"}:
        return Fate.WAITS
    if message.state == "sent":
        return Fate.SENT
    if message.state == "uncertain" or message.repeats:
        return Fate.DOUBTFUL
    if not any(a.linked_at <= message.created_at for a in addresses):
        return Fate.UNLINKED
    if all(a.is_revoked for a in addresses):
        return Fate.REVOKED
    return Fate.BLOCKED if any(a.is_unreachable for a in addresses) else Fate.BROKEN


def _unreached(heard: Iterable[Heard], active: Collection[int]) -> tuple[tuple[Hearer, Fate], ...]:
    """Whom no message reached, with the newest reason."""
    why: dict[Hearer, Fate] = {}
    reached: set[Hearer] = set()
    for one in heard:
        if one.fate in NOT_SENT and one.who.id in active:
            why.setdefault(one.who, one.fate)
        elif one.fate in {Fate.SENT, Fate.DOUBTFUL}:
            reached.add(one.who)
    return tuple((who, why[who]) for who in sorted(why.keys() - reached, key=_by_unit))


def _by_unit(who: Hearer) -> tuple[str, str, int]:
    return who.unit, who.name, who.id
