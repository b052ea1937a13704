"""The tables.

Times are UTC and aware (``UtcDateTime``). People see integer ids (``#12``), buttons carry ``code``.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index, Integer, String, Text, Time, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from db.types import Exact, UtcDateTime
from domain.lifecycle import State
from domain.rights import Role


def new_code() -> str:
    """A random id for buttons: 72 bits, 12 characters of ``[A-Za-z0-9_-]``."""
    return secrets.token_urlsafe(9)


class Base(DeclarativeBase):
    """The registry of all tables."""

    type_annotation_map: ClassVar = {
        datetime: UtcDateTime,
        Decimal: Exact,
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[int]: JSON,
    }


# --- the office ---


class Unit(Base):
    """A node of the organisation tree."""

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)  # the name in the organisation file
    name: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(20))  # office | department | sector | commune | body
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    leader_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", use_alter=True)
    )  # supervising; else the parent's
    aliases: Mapped[list[str]] = mapped_column(default=list)
    place: Mapped[int] = mapped_column(Integer, default=0)  # order in lists
    field: Mapped[str | None] = mapped_column(String(100))  # lĩnh vực of what it leads; else the parent's
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("units.id")
    )  # of one that is no more: the unit that took over its directives


class UnitName(Base):
    """A name a unit had until a day: what was said of it then is shown under it."""

    __tablename__ = "unit_names"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    until: Mapped[datetime]  # from here on it has another one


class Person(Base):
    """Somebody of the office. Identity is an account; a name proves nothing."""

    __tablename__ = "people"
    __table_args__ = (
        Index(  # the few whom each sweep asks for, of tens of thousands
            "ix_people_office", "role", sqlite_where=text("role = 'clerk' OR role = 'leader' OR role = 'admin'")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[str] = mapped_column(String(200), default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    role: Mapped[Role] = mapped_column(String(20))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    digest_time: Mapped[time | None] = mapped_column(Time)  # local; else the office's
    evening_time: Mapped[time | None] = mapped_column(Time)  # local; of a second digest, for who wants one

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id], lazy="joined", innerjoin=True)


class Membership(Base):
    """A further unit somebody works for, beside ``Person.unit_id``. Kept when it is over."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index(
            "ix_memberships_open",
            "person_id",
            "unit_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    role: Mapped[Role] = mapped_column(String(20))  # head or officer, in that unit
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Account(Base):
    """A person's account on a platform."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("channel", "external_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    external_id: Mapped[str] = mapped_column(String(100))  # the platform's id of the person
    chat: Mapped[str] = mapped_column(String(100))  # where to write to them
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    linked_at: Mapped[datetime]
    seen_at: Mapped[datetime]  # last heard from: the newest account is written to
    revoked_at: Mapped[datetime | None]
    unreachable_since: Mapped[datetime | None]  # blocked or never started; ended by their next message

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class Invite(Base):
    """A one-time code that links an account to a person. Only its hash is kept."""

    __tablename__ = "invites"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: the command line
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class InviteTry(Base):
    """A wrong code, so that guessing can be stopped."""

    __tablename__ = "invite_tries"

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    external_id: Mapped[str] = mapped_column(String(100), index=True)
    at: Mapped[datetime]


class Absence(Base):
    """Somebody is away, and who stands in for them. ``last_day`` is the last day away; kept when it is over."""

    __tablename__ = "absences"
    __table_args__ = (Index("ix_absences_open", "last_day", sqlite_where=text("ended_at IS NULL")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True, default=new_code)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    deputy_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"), index=True
    )  # None: nobody, or the one who was named has declined
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # came back earlier, or named somebody else


class GroupChat(Base):
    """A unit's group on a platform, where its directives are posted. Kept when it is unlinked."""

    __tablename__ = "group_chats"
    __table_args__ = (UniqueConstraint("channel", "chat"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    chat: Mapped[str] = mapped_column(String(100))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    linked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    linked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    hinted: Mapped[dict[str, Any]] = mapped_column(
        default=dict, server_default="{}"
    )  # whom of those not linked a hint was given: platform id -> moment


# --- the work ---


class Notice(Base):
    """A document that gives tasks."""

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True, default=new_code)
    number: Mapped[str | None] = mapped_column(String(100))
    date: Mapped[date | None] = mapped_column(Date)  # of issue, as the document says
    issuer: Mapped[str | None] = mapped_column(String(300))
    signer: Mapped[str | None] = mapped_column(String(200))
    title: Mapped[str | None] = mapped_column(Text)
    doc_type: Mapped[str | None] = mapped_column(String(100))
    file_sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    file_name: Mapped[str | None] = mapped_column(String(300))
    text: Mapped[str | None] = mapped_column(Text)  # its words, a paragraph to a line
    left_out: Mapped[list[str]] = mapped_column(default=list)  # sentences with a giving verb that are in no directive
    giving: Mapped[int] = mapped_column(Integer, default=0, server_default="0")  # sentences with a giving verb
    amendment: Mapped[str | None] = mapped_column(
        String(20)
    )  # replaces | amends | corrects: what it does to an earlier notice; a corrected copy has the same number
    amends_number: Mapped[str | None] = mapped_column(String(100))  # the earlier one's number, as written
    amends_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"))  # the earlier one, where it is here
    doubtful: Mapped[list[str]] = mapped_column(
        default=list, server_default="[]"
    )  # words of a scan that were hard to read
    attested_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # who vouched that a scan is no secret
    pasted: Mapped[list[int]] = mapped_column(
        default=list, server_default="[]"
    )  # the inbox rows it was pasted in, in order; none for a file
    urgency: Mapped[str | None] = mapped_column(String(20))  # a word of domain.urgency.Urgency
    source: Mapped[str | None] = mapped_column(String(20))  # a word of domain.sources.Source
    sent_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    received_at: Mapped[datetime]

    directives: Mapped[list[Directive]] = relationship(back_populates="notice", order_by="Directive.id")


class Directive(Base):
    """One task of one lead unit."""

    __tablename__ = "directives"
    __table_args__ = (
        Index("ix_directives_due", "next_reminder_at", sqlite_where=text("next_reminder_at IS NOT NULL")),
        Index(  # covers the counting of figures: without it a page of /status reads every row
            "ix_directives_figures",
            "lead_unit_id",
            "state",
            "completed_at",
            "last_day",
            "issued_at",
            "submitted_at",
            "acknowledged_at",
            "first_last_day",
            "clause_id",
            "notice_id",
            "field",
            "source",
        ),
        Index("ix_directives_clause", "clause_id"),
        Index("ix_directives_contact", "contact_id", sqlite_where=text("contact_id IS NOT NULL")),
        Index("ix_directives_replaced_by", "replaced_by_id", sqlite_where=text("replaced_by_id IS NOT NULL")),
        Index("ix_directives_series", "series_id", "occurrence", unique=True),  # each period is opened once
        Index("ix_directives_next", "next_occurrence_at", sqlite_where=text("next_occurrence_at IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True, default=new_code)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"), index=True)
    clause_id: Mapped[str | None] = mapped_column(String(20))  # ties the directives of one clause to many units
    ref: Mapped[str] = mapped_column(String(40), default="")  # where in the notice: "II.2.4"
    text: Mapped[str] = mapped_column(Text)
    quote: Mapped[str | None] = mapped_column(Text)
    quote_page: Mapped[int | None]
    lead_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    lead_written: Mapped[str | None] = mapped_column(String(300))  # the name as the notice has it
    lead_group: Mapped[str | None] = mapped_column(String(20))  # a clause for many: all | communes | departments
    state: Mapped[State] = mapped_column(String(20), default=State.DRAFT)

    deadline_date: Mapped[date | None] = mapped_column(Date)  # as written: "trước ngày 07/02" is 07/02
    deadline_inclusive: Mapped[bool] = mapped_column(Boolean, default=True)
    deadline_time: Mapped[time | None] = mapped_column(Time)
    deadline_text: Mapped[str | None] = mapped_column(Text)
    deadline_rule: Mapped[str | None] = mapped_column(Text)
    last_day: Mapped[date | None] = mapped_column(Date)  # the last day that is on time
    first_last_day: Mapped[date | None] = mapped_column(Date)  # before any extension; kept for ever
    recurring: Mapped[str | None] = mapped_column(String(200))
    series_id: Mapped[int | None] = mapped_column(ForeignKey("directives.id"))  # the first one of a recurring task
    occurrence: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    cycle: Mapped[str | None] = mapped_column(
        String(120)
    )  # a domain.cycles.Cycle: when it comes again; None where that is not known, was ended, or is the next one's
    next_occurrence_at: Mapped[datetime | None]  # when the next one is opened; None once it is, or without one
    urgency: Mapped[str | None] = mapped_column(String(20))  # a word of domain.urgency.Urgency
    product: Mapped[str | None] = mapped_column(Text)  # what is to come of it: "Kế hoạch", "báo cáo"
    receiver: Mapped[str | None] = mapped_column(String(300))  # who gets that, as written
    excepted: Mapped[list[str]] = mapped_column(
        default=list, server_default="[]"
    )  # "trừ …": units of the group, as written
    as_read: Mapped[dict[str, Any] | None]  # what the reader made of the clause, before anyone corrected it
    replaced_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("directives.id")
    )  # the directive that stands in its place: of a draft not issued, or of one merged into another
    split_from_id: Mapped[int | None] = mapped_column(
        ForeignKey("directives.id"), index=True
    )  # the one this is a part of
    warnings: Mapped[list[str]] = mapped_column(default=list)
    field: Mapped[str | None] = mapped_column(String(100))  # lĩnh vực; set on issue, the lead unit's unless corrected
    source: Mapped[str | None] = mapped_column(String(20))  # a word of domain.sources.Source; set on issue

    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    issued_at: Mapped[datetime | None]
    assigned_at: Mapped[
        datetime | None
    ]  # when the present lead unit got it: the reminders to acknowledge count from here
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # who acknowledged: reminded first
    acknowledged_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]  # when the evidence came; the moment of completion once approved
    important: Mapped[bool] = mapped_column(Boolean, default=False, server_default="0")  # decided on more strictly
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    checked_at: Mapped[datetime | None]  # when the unit's head agreed, where two levels decide
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    completed_at: Mapped[datetime | None]  # = submitted_at, set by the approval
    excused_at: Mapped[datetime | None]  # an objective reason for its lateness was confirmed (Decree 335/2025)
    excused_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    excused_for: Mapped[str | None] = mapped_column(Text)
    waits_since: Mapped[datetime | None]  # a decision is owed: on what was handed in, declined, or more time asked for
    percent: Mapped[int | None]
    next_reminder_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(Integer, default=0)  # "lần nhắc thứ n"

    notice: Mapped[Notice | None] = relationship(back_populates="directives", lazy="joined")
    lead_unit: Mapped[Unit | None] = relationship(lazy="joined")
    coordinations: Mapped[list[Coordination]] = relationship(
        lazy="selectin",
        cascade="all, delete-orphan",
        order_by="Coordination.id",
        primaryjoin="and_(Directive.id == Coordination.directive_id, Coordination.removed_at.is_(None))",
    )


class Change(Base):
    """What a notice changes in a directive of an earlier one. Nothing is changed before a person confirms it.

    ``draft`` is the clause of the newer notice; None where that has no such clause any more.
    """

    __tablename__ = "changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True, default=new_code)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), index=True)  # the newer one
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"), index=True)  # of the earlier one
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("directives.id"), index=True)
    part: Mapped[str] = mapped_column(String(10))  # clause | deadline | drop: how much of it the newer notice speaks of
    state: Mapped[str] = mapped_column(String(10), default="open")  # open | applied | kept | skipped
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]


class Coordination(Base):
    """A unit that helps, with its own part. ``unit_id`` is None where the directory does not have the one named."""

    __tablename__ = "coordinations"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True, default=new_code)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    written: Mapped[str] = mapped_column(String(300))
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]  # its part is done: "đã gửi ý kiến"
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    removed_at: Mapped[datetime | None]  # helps no more; kept where it has said something

    unit: Mapped[Unit | None] = relationship(lazy="joined")


class Alias(Base):
    """A way to write a unit that a clerk's correction has taught. Kept when it is undone."""

    __tablename__ = "aliases"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True, default=new_code)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    written: Mapped[str] = mapped_column(String(300))
    directive_id: Mapped[int | None] = mapped_column(ForeignKey("directives.id"))  # the draft that was corrected
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    undone_at: Mapped[datetime | None]


class Report(Base):
    """What a unit says of its directive."""

    __tablename__ = "reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True, default=new_code)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    at: Mapped[datetime] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(20))  # a word of domain.replies.Kind
    percent: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text, default="")
    difficulty: Mapped[str | None] = mapped_column(Text)
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"), index=True)
    withdrawn_at: Mapped[datetime | None]  # taken back by its author with "Sửa", or replaced by a newer version; kept
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("reports.id"), index=True
    )  # the version before, of a message that was edited
    coordination_id: Mapped[int | None] = mapped_column(
        ForeignKey("coordinations.id"), index=True
    )  # what a helping unit says of its part
    album: Mapped[str | None] = mapped_column(String(120), index=True)  # pictures that were sent together

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    attachments: Mapped[list[Attachment]] = relationship(lazy="selectin", order_by="Attachment.id")


class Attachment(Base):
    """A file of evidence, kept by its hash under the data folder."""

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("reports.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str] = mapped_column(String(300))
    mime: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    channel: Mapped[str | None] = mapped_column(String(20))
    file_ref: Mapped[str | None] = mapped_column(String(300))  # the platform's own id, by which it is sent again there


class Extension(Base):
    """A request for a later deadline."""

    __tablename__ = "extensions"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True, default=new_code)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"), index=True)
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    until: Mapped[date] = mapped_column(Date)  # the last day asked for
    reason: Mapped[str] = mapped_column(Text)
    last_day_before: Mapped[date] = mapped_column(Date)
    # pending | offered: another date, the unit's turn | granted | refused | closed
    state: Mapped[str] = mapped_column(String(20), default="pending")
    offered_until: Mapped[date | None] = mapped_column(Date)  # the last day the assigner's side would agree to
    offered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    offered_at: Mapped[datetime | None]
    objective: Mapped[bool | None]  # whether the decider confirmed an objective reason (Decree 335/2025)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(Text)

    directive: Mapped[Directive] = relationship(lazy="joined", innerjoin=True)


class Obstacle(Base):
    """A difficulty or a proposal that waits for an answer, with days open."""

    __tablename__ = "obstacles"
    __table_args__ = (
        Index("ix_obstacles_open", "directive_id", sqlite_where=text("closed_at IS NULL")),
        Index("ix_obstacles_mention", "mention_at", sqlite_where=text("mention_at IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"), index=True)
    code: Mapped[str] = mapped_column(String(20), unique=True, default=new_code)
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))
    kind: Mapped[str] = mapped_column(String(20), default="difficulty", server_default="difficulty")  # or proposal
    text: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(Text)  # the newest; all are in the history
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    outcome: Mapped[str | None] = mapped_column(String(20))  # solved | replaced | withdrawn | ended
    mention_at: Mapped[datetime | None]  # when the office is reminded that it owes an answer; None where it does not


class Explanation(Base):
    """What a leader has asked a unit to explain in writing, and what it said."""

    __tablename__ = "explanations"
    __table_args__ = (Index("ix_explanations_open", "directive_id", sqlite_where=text("closed_at IS NULL")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True, default=new_code)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    due_day: Mapped[date] = mapped_column(Date)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]  # answered, or no longer needed
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"))  # the answer, with its files
    reminded_at: Mapped[datetime | None]  # when the unit was reminded, once, that its day has passed


class Snooze(Base):
    """A person wants to hear of a directive again at a moment of their own."""

    __tablename__ = "snoozes"
    __table_args__ = (
        UniqueConstraint("directive_id", "person_id", "until"),
        Index("ix_snoozes_due", "until", sqlite_where=text("said_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    until: Mapped[datetime]
    made_at: Mapped[datetime]
    said_at: Mapped[datetime | None]  # when it was queued again, or fell away


class Undo(Base):
    """What a press changed, so that whoever pressed may take it back within a minute."""

    __tablename__ = "undos"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True, default=new_code)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"), index=True)
    transition_id: Mapped[int] = mapped_column(ForeignKey("transitions.id"))  # the audit row of the act
    made_at: Mapped[datetime]
    until: Mapped[datetime]
    before: Mapped[dict[str, Any]]  # what stood in the rows the act changed
    used_at: Mapped[datetime | None]


class Transition(Base):
    """One audit row: who did what to which directive, when and why. Chained by hashes, sealed by triggers."""

    __tablename__ = "transitions"
    __table_args__ = (Index("ix_transitions_event", "event", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    directive_id: Mapped[int | None] = mapped_column(
        ForeignKey("directives.id"), index=True
    )  # None: of the office itself
    event: Mapped[str] = mapped_column(String(40))
    before: Mapped[str | None] = mapped_column(String(20))
    after: Mapped[str | None] = mapped_column(String(20))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: the program
    at: Mapped[datetime]
    reason: Mapped[str | None] = mapped_column(Text)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    inbox_id: Mapped[int | None]  # the message it came from
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class Passage(Base):
    """Words by which a directive is found: its own with its source, or those of one report on it.

    Kept by ``db.passages`` in the transaction in which the words change. ``passages_fts`` is the index of SQLite over
    these rows, fed by triggers; PostgreSQL has its own kind of index.
    """

    __tablename__ = "passages"

    id: Mapped[int] = mapped_column(primary_key=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"), index=True)
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"), unique=True)  # None: the directive's own
    exact: Mapped[str] = mapped_column(Text)  # in lower case, each tone in one agreed place
    bare: Mapped[str] = mapped_column(Text)  # without diacritics
    number: Mapped[str] = mapped_column(Text, default="")  # of the notice, without diacritics
    units: Mapped[str] = mapped_column(Text, default="")  # "u3 u7,u8": who leads, who helps; kept by SQLite


class Phase(Base):
    """A stretch of time in which nothing changed of what figures count of a directive. Never changed once it has ended.

    Kept by ``db.phases`` in the transaction of the change. A figure as of a moment reads the phases of that moment, so
    it comes out the same whenever it is asked.
    """

    __tablename__ = "phases"
    __table_args__ = (
        Index("ix_phases_directive", "directive_id", "since"),
        Index(  # covers the counting of what has changed since a moment
            "ix_phases_figures",
            "until",
            "since",
            "unit_id",
            "state",
            "last_day",
            "first_last_day",
            "submitted_at",
            "state_since",
            "issued_at",
            "blocked_since",
            "directive_id",
            "notice_id",
            "field",
            "source",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"))
    since: Mapped[datetime]  # this moment is in it
    until: Mapped[datetime | None]  # this one is not; None while it lasts
    state: Mapped[State] = mapped_column(String(20))
    state_since: Mapped[datetime]  # when it came into this state, as recorded: of a completed one its approval
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))  # who led
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"))
    clause_id: Mapped[str | None] = mapped_column(String(20))
    field: Mapped[str | None] = mapped_column(String(100))
    source: Mapped[str | None] = mapped_column(String(20))
    issued_at: Mapped[datetime]
    last_day: Mapped[date | None] = mapped_column(Date)
    first_last_day: Mapped[date | None] = mapped_column(Date)
    acknowledged_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]  # of a completed one the moment of completion
    blocked_since: Mapped[datetime | None]  # the oldest difficulty that waited for an answer then


class Kept(Base):
    """What was counted up to a row of the audit, so that a start need not count it. It can be counted anew."""

    __tablename__ = "kept"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)  # a domain.figures.Dimension
    form: Mapped[int]  # of what is packed; another version's is not read
    row: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))  # of that row: after a backup was put back it may be another one
    packed: Mapped[bytes]


class UnitPhase(Base):
    """A stretch of time in which a unit's kind and supervising leader were the same; the first one has no beginning."""

    __tablename__ = "unit_phases"
    __table_args__ = (Index("ix_unit_phases_unit", "unit_id", "until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    since: Mapped[datetime | None]  # this moment is in it; None: as far back as anybody asks
    until: Mapped[datetime | None]  # this one is not; None while it lasts
    kind: Mapped[str] = mapped_column(String(20))
    leader_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # the nearest one upwards who was there


# --- what is measured ---


class Measure(Base):
    """What a directive is measured by: an indicator of a plan, an amount to recover, a shortcoming to be put right."""

    __tablename__ = "measures"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True, default=new_code)
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(20))  # a word of domain.measures.Kind
    name: Mapped[str] = mapped_column(String(300))
    measured_in: Mapped[str] = mapped_column(String(60), default="")  # "tỷ đồng", "%", "ha"
    plan_written: Mapped[str] = mapped_column(String(120), default="")  # as typed: "7-8", ">48", "giảm 3 tiêu chí"
    plan: Mapped[Decimal | None]  # to be reached, or to be recovered; of a range its lower end
    plan_to: Mapped[Decimal | None]  # the upper end of a range
    bound: Mapped[str] = mapped_column(String(10), default="")  # of domain.measures.Bound; "" for the number itself
    less_is_better: Mapped[bool] = mapped_column(Boolean, default=False)
    is_part: Mapped[bool] = mapped_column(Boolean, default=False)  # of the one above it: shown, not counted
    place: Mapped[int] = mapped_column(Integer, default=0)  # order in its table
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]


class Measurement(Base):
    """What a measure has come to: as its unit says, or as the assigner's side finds. Kept when it is taken back.

    It stands while neither it nor the report it came with is taken back.
    """

    __tablename__ = "measurements"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True, default=new_code)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id"), index=True)
    report_id: Mapped[int | None] = mapped_column(ForeignKey("reports.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    value: Mapped[Decimal | None]
    bound: Mapped[str] = mapped_column(String(10), default="")  # of what is only said to be over or under a number
    level: Mapped[str | None] = mapped_column(String(20))  # a word of domain.measures.Level or Verdict
    assessed: Mapped[bool] = mapped_column(Boolean, default=False)  # by the assigner's side, not said by the unit
    text: Mapped[str] = mapped_column(Text, default="")
    withdrawn_at: Mapped[datetime | None]


# --- meetings and other systems ---


class Meeting(Base):
    """A meeting whose conclusions are written down line by line."""

    __tablename__ = "meetings"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True, default=new_code)
    day: Mapped[date] = mapped_column(Date)
    opened_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"))  # what its conclusions became


class Conclusion(Base):
    """One line of a meeting's conclusions."""

    __tablename__ = "conclusions"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True, default=new_code)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), index=True)
    place: Mapped[int]  # its number in the list, from 1
    text: Mapped[str] = mapped_column(Text)
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    dropped_at: Mapped[datetime | None]


class Import(Base):
    """A table of another program that was sent in, with what its columns were taken for."""

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True, default=new_code)
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    file_name: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str] = mapped_column(String(64))
    system: Mapped[str | None] = mapped_column(String(60))  # the program it comes from, by the name the office gives it
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)  # our column -> the number of theirs, from 0
    state: Mapped[str] = mapped_column(String(10), default="asked")  # asked | done | dropped
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"))  # what its rows stand under
    finished_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)  # new, known, changed, left out ...


class OutsideRow(Base):
    """A row of another program, by its id there. Its status is theirs and ours ours: neither writes over the other."""

    __tablename__ = "outside_rows"
    __table_args__ = (UniqueConstraint("system", "external_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    system: Mapped[str] = mapped_column(String(60))
    external_id: Mapped[str] = mapped_column(String(120))
    directive_id: Mapped[int] = mapped_column(ForeignKey("directives.id"), index=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"))  # the newest that had it
    status: Mapped[str | None] = mapped_column(String(300))  # as that program says
    cells: Mapped[dict[str, Any]] = mapped_column(default=dict)  # as they came
    seen_at: Mapped[datetime]


class Feed(Base):
    """A private link to a unit's deadlines. Only the hash of its secret is kept."""

    __tablename__ = "feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True, default=new_code)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]  # when it was last fetched


# --- what is heard and said ---


class Inbox(Base):
    """What came in, committed before the platform is told it was received."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        Index("ix_inbox_waiting", "state", "id"),
        Index("ix_inbox_message", "channel", "chat", "message_id", sqlite_where=text("message_id IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    external_id: Mapped[str] = mapped_column(String(200))
    chat: Mapped[str] = mapped_column(String(100), index=True)
    message_id: Mapped[str | None] = mapped_column(String(100))  # the platform's: an edited message has the same one
    message: Mapped[dict[str, Any]]  # IncomingMessage.to_json
    received_at: Mapped[datetime]
    # new | asked: a scan, until somebody says that it is no secret | scan: until it is recognised | done | dead
    state: Mapped[str] = mapped_column(String(10), default="new")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    retry_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(40))  # the reference the person got


class Outbox(Base):
    """What is to be said. ``body`` is a ready answer; other kinds are put into words at the moment of sending."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_waiting", "state", "priority", "id"),
        Index("ix_outbox_urgent", "state", "priority", "id", sqlite_where=text("urgent = 1")),
        Index("ix_outbox_tried", "chat", sqlite_where=text("attempts > 0 AND state = 'queued'")),
        Index("ix_outbox_queued_person", "person_id", "state", sqlite_where=text("state = 'queued'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))  # "answer" or a name in handlers.outgoing
    key: Mapped[str | None] = mapped_column(String(120), unique=True)  # what must be said once: person, kind, day
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"), index=True
    )  # resolved to a chat at the moment of sending
    channel: Mapped[str | None] = mapped_column(String(20))  # an answer goes back to where it was asked
    chat: Mapped[str | None] = mapped_column(String(100), index=True)
    body: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    directives: Mapped[list[int]] = mapped_column(default=list)  # which ones it speaks of, so that a reply finds them
    priority: Mapped[int] = mapped_column(Integer, default=1)  # 0 answers, 1 news for one person, 2 bulk
    urgent: Mapped[bool] = mapped_column(Boolean, default=False, server_default="0")  # goes out in quiet hours too
    state: Mapped[str] = mapped_column(
        String(10), default="queued"
    )  # queued | sending | sent | uncertain | failed | moot
    created_at: Mapped[datetime]
    not_before: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    repeats: Mapped[int] = mapped_column(Integer, default=0)  # marked "(gửi lại)"; at most 1
    parts_done: Mapped[int] = mapped_column(Integer, default=0)  # of a message that needs several sends
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))


class Delivery(Base):
    """A message the platform took, so that a reply to it finds its directives."""

    __tablename__ = "deliveries"
    __table_args__ = (UniqueConstraint("channel", "chat", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    chat: Mapped[str] = mapped_column(String(100))
    message_id: Mapped[str] = mapped_column(String(100))
    directives: Mapped[list[int]] = mapped_column(default=list)
    at: Mapped[datetime]


class Mention(Base):
    """Which messages to people speak of a directive. A trigger fills it when a row leaves the queue, sent or failed."""

    __tablename__ = "mentions"
    __table_args__ = ({"sqlite_with_rowid": False},)

    directive_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id"), primary_key=True, autoincrement=False)


class Receipt(Base):
    """The first time a person reacted to a message, in each way: pressed a button under it, or answered it."""

    __tablename__ = "receipts"
    __table_args__ = (UniqueConstraint("outbox_id", "person_id", "how"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    how: Mapped[str] = mapped_column(String(20))  # acknowledged | pressed | answered
    at: Mapped[datetime]
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id"))


class Heartbeat(Base):
    """The last sign of life of a part of the program."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)  # "tick", "poll:telegram", ...
    at: Mapped[datetime]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")


class Conversation(Base):
    """Where a person is in a conversation: a row, not memory."""

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("channel", "chat", "external_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    chat: Mapped[str] = mapped_column(String(100))
    external_id: Mapped[str] = mapped_column(String(100))  # who, in a group
    step: Mapped[str | None] = mapped_column(String(40))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    updated_at: Mapped[datetime]
