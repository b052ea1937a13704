"""A meeting's conclusions: typed line by line by one clerk or several, then filed as the drafts of a new notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from db import Session
from db.models import Conclusion, Meeting, Notice, Person
from domain.errors import (
    ConclusionsFiled,
    ConclusionTooLong,
    DocumentRefused,
    NoSuchConclusion,
    NoSuchThing,
    NothingConcluded,
)
from domain.organisation import Directory
from domain.rights import Action, Role, Standing, require
from notices.conclusions import as_notice, lacks_unit, read_conclusion
from notices.model import ALL_UNITS, ReadDirective, ReadNotice
from services import notices
from services.life import By
from services.office import directory
from services.outbox import local_day

MOST_CHARS = 1000  # of one conclusion


@dataclass(frozen=True)
class Line:
    """A conclusion with how it is read so far.

    Attributes:
        number: its place in the list, from 1.
        code: of its buttons.
        text: as typed.
        writer: who typed it.
        units: who would lead, as the directory or else the line has it; empty where nobody is named.
        last_day: by when; None without a day.
        recurring: how often, in its own words.
        gives: whether it gives a task at all.
        is_unclear: it says by when, but not on a day that can be told: "31/02".
    """

    number: int
    code: str
    text: str
    writer: str
    units: tuple[str, ...]
    last_day: date | None
    recurring: str | None
    gives: bool
    is_unclear: bool = False


def _check(by: By) -> None:
    require(Action.READ_NOTICES, Standing(Role(by.person.role)))


def title_of(meeting: Meeting) -> str:
    """What its notice is called."""
    return f"Kết luận họp giao ban ngày {meeting.day:%d/%m/%Y}"


# --- the list ---


async def begin(session: Session, by: By) -> Meeting:
    """Open a list for today's meeting.

    Raises:
        NotAllowed: only the office.
    """
    _check(by)
    meeting = Meeting(day=local_day(by.now), opened_by=by.person.id, opened_at=by.now)
    session.add(meeting)
    await session.flush()
    return meeting


async def newest(session: Session, by: By) -> Meeting | None:
    """The list begun last that has become no notice yet.

    Raises:
        NotAllowed: only the office.
    """
    _check(by)
    query = select(Meeting).where(Meeting.notice_id.is_(None)).order_by(Meeting.id.desc()).limit(1)
    return await session.scalar(query)


async def by_code(session: Session, code: str, by: By) -> Meeting:
    """The list of a button, whatever has become of it.

    Raises:
        NoSuchThing: there is none.
        NotAllowed: only the office.
    """
    _check(by)
    found = await session.scalar(select(Meeting).where(Meeting.code == code).with_for_update())
    if found is None:
        raise NoSuchThing
    return found


async def conclusions(session: Session, meeting: Meeting) -> list[Conclusion]:
    """Those that stand, in their order."""
    query = select(Conclusion).where(Conclusion.meeting_id == meeting.id, Conclusion.dropped_at.is_(None))
    return list(await session.scalars(query.order_by(Conclusion.place, Conclusion.id)))


async def notice_of(session: Session, meeting: Meeting) -> Notice | None:
    """What the list has become."""
    return await session.get(Notice, meeting.notice_id) if meeting.notice_id else None


async def check_open(session: Session, meeting: Meeting, by: By) -> None:
    """Let pass or refuse a change.

    Raises:
        ConclusionsFiled: it is a notice already.
        NotAllowed: only the office.
    """
    _check(by)
    if notice := await notice_of(session, meeting):
        raise ConclusionsFiled(notice.code)


# --- its lines ---


async def add(session: Session, meeting: Meeting, texts: Sequence[str], by: By) -> list[Conclusion]:
    """Write conclusions down at the end, one for each text. A list that was closed is open again.

    Raises:
        ConclusionsFiled, NotAllowed: see ``check_open``.
        ConclusionTooLong: one is no sentence or two; then none is kept.
    """
    await check_open(session, meeting, by)
    for text in texts:
        _check_length(text)
    last = await session.scalar(
        select(func.max(Conclusion.place)).where(Conclusion.meeting_id == meeting.id, Conclusion.dropped_at.is_(None))
    )
    rows = [
        Conclusion(meeting_id=meeting.id, place=place, text=text, made_by=by.person.id, made_at=by.now)
        for place, text in enumerate(texts, (last or 0) + 1)
    ]
    session.add_all(rows)
    meeting.closed_at = None
    await session.flush()
    return rows


def _check_length(text: str) -> None:
    if len(text) > MOST_CHARS:
        raise ConclusionTooLong(len(text), MOST_CHARS)


async def one(session: Session, code: str, by: By) -> tuple[Meeting, Conclusion]:
    """The conclusion of a button, with its list, while both stand.

    Raises:
        NoSuchThing: it was dropped.
        ConclusionsFiled, NotAllowed: see ``check_open``.
    """
    _check(by)
    row = await session.scalar(select(Conclusion).where(Conclusion.code == code).with_for_update())
    if row is None or row.dropped_at is not None:
        raise NoSuchThing
    meeting = await session.get_one(Meeting, row.meeting_id)
    await check_open(session, meeting, by)
    return meeting, row


async def at_place(session: Session, meeting: Meeting, place: int) -> Conclusion:
    """The conclusion of a number that a person typed.

    Raises:
        NoSuchConclusion: the list has none.
    """
    rows = await conclusions(session, meeting)
    if not 1 <= place <= len(rows):
        raise NoSuchConclusion(place, len(rows))
    return rows[place - 1]


async def typed(session: Session, meeting: Meeting, texts: Sequence[str], by: By) -> list[Conclusion]:
    """The conclusions that a person wrote in these words and that stand so, one for each text that has one.

    Raises:
        ConclusionsFiled, NotAllowed: see ``check_open``.
    """
    await check_open(session, meeting, by)
    own = [row for row in await conclusions(session, meeting) if row.made_by == by.person.id]
    found = []
    for text in texts:
        row = next((one for one in reversed(own) if one.text == text and one not in found), None)
        found += [row] if row else []
    return found


async def change(session: Session, row: Conclusion, text: str, by: By) -> None:
    """Give a conclusion other words.

    Raises:
        ConclusionTooLong: more than a sentence or two.
        ConclusionsFiled, NotAllowed: see ``check_open``.
    """
    await check_open(session, await session.get_one(Meeting, row.meeting_id), by)
    _check_length(text)
    row.text = text


async def drop(session: Session, row: Conclusion, by: By) -> None:
    """Leave a conclusion out; those after it move up.

    Raises:
        ConclusionsFiled, NotAllowed: see ``check_open``.
    """
    meeting = await session.get_one(Meeting, row.meeting_id)
    await check_open(session, meeting, by)
    row.dropped_at = by.now
    await session.flush()
    await _number(session, await conclusions(session, meeting))


async def move(session: Session, row: Conclusion, place: int, by: By) -> None:
    """Put a conclusion at another place, from 1; those between make way.

    Raises:
        NoSuchConclusion: the list is shorter.
        ConclusionsFiled, NotAllowed: see ``check_open``.
    """
    meeting = await session.get_one(Meeting, row.meeting_id)
    await check_open(session, meeting, by)
    rows = await conclusions(session, meeting)
    if not 1 <= place <= len(rows):
        raise NoSuchConclusion(place, len(rows))
    rows.remove(row)
    rows.insert(place - 1, row)
    await _number(session, rows)


async def _number(session: Session, rows: Sequence[Conclusion]) -> None:
    for place, row in enumerate(rows, 1):
        row.place = place
    await session.flush()


async def close(session: Session, meeting: Meeting, by: By) -> None:
    """The meeting is over; more can still be written down until there is a notice.

    Raises:
        ConclusionsFiled, NotAllowed: see ``check_open``.
    """
    await check_open(session, meeting, by)
    meeting.closed_at = by.now


# --- how it is read ---


async def lines(session: Session, meeting: Meeting, rows: Sequence[Conclusion], by: By) -> list[Line]:
    """Conclusions of a list with how each is read so far."""
    known = await directory(session)
    writers = {i: (await session.get_one(Person, i)).name for i in {row.made_by for row in rows}}
    return [_line(row, writers[row.made_by], _read(row, meeting, known, by), known, by) for row in rows]


def _line(row: Conclusion, writer: str, read: ReadNotice, known: Directory, by: By) -> Line:
    units = [name for one in read.directives for name in _leads(one, known)]
    dated = [one.deadline for one in read.directives if one.deadline and one.deadline.date]
    last_day = dated[0].last_day(by.office.rhythm.before_means) if dated else None
    recurring = next((one.recurring for one in read.directives if one.recurring), None)
    is_unclear = last_day is None and any(one.deadline for one in read.directives)
    return Line(
        row.place, row.code, row.text, writer, tuple(dict.fromkeys(units)), last_day, recurring, bool(read.directives),
        is_unclear,
    )  # fmt: skip


def _leads(one: ReadDirective, known: Directory) -> Iterator[str]:
    for written in one.lead:
        if written != ALL_UNITS:
            match = known.match(written)
            yield match.unit.name if match.unit and match.certain else written


def _read(row: Conclusion, meeting: Meeting, known: Directory, by: By) -> ReadNotice:
    """What the reader makes of a conclusion.

    People type a unit in small letters, or without a word between it and its task. The directory knows it all the
    same: of the ways to spell the line, the first counts in which every unit is one of the directory's.
    """
    found = [read_conclusion(words, row.place, meeting.day, by.office.calendar) for words in _ways(row.text, known)]
    named = (one for one in found if not lacks_unit(one) and _are_known(one, known))
    return next(named, next((one for one in found if not lacks_unit(one)), found[0]))


def _are_known(read: ReadNotice, known: Directory) -> bool:
    leads = (written for one in read.directives for written in one.lead)
    return all(w == ALL_UNITS or known.group_of(w) is not None or known.match(w).certain for w in leads)


def _ways(text: str, known: Directory) -> Iterator[str]:
    yield text
    named = next((m for m in known.find_in(text) if m.match.unit and m.match.certain), None)
    if named is None or named.match.unit is None:
        return
    before, unit, rest = text[: named.start], named.match.unit.name, text[named.end :]
    yield f"{before[:1].upper()}{before[1:]}{unit}{rest}"
    if not before.strip():
        yield f"Giao {unit}{rest}"
        yield f"{unit}: {rest.lstrip(' ,:')}"


# --- its notice ---


async def file(session: Session, meeting: Meeting, by: By) -> Notice:
    """Make the list a notice whose directives are drafts, as any document's. Its number is open.

    Raises:
        NothingConcluded: the list is empty.
        DocumentRefused: a conclusion carries a secrecy mark.
        ConclusionsFiled, NotAllowed: see ``check_open``.
    """
    await check_open(session, meeting, by)
    rows = await conclusions(session, meeting)
    if not rows:
        raise NothingConcluded
    known = await directory(session)
    read = [(row.text, _read(row, meeting, known, by)) for row in rows]
    for _, found in read:
        if found.refused:
            raise DocumentRefused(found.refused.removeprefix("secret: "))
    whole = as_notice(title_of(meeting), by.office.name, meeting.day, read)
    notice = await notices.file_notice(session, whole, by)
    meeting.notice_id, meeting.closed_at = notice.id, meeting.closed_at or by.now
    await session.flush()
    return notice
