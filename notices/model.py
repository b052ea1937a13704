"""What is read from a notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.deadlines import Deadline
from domain.urgency import Urgency

ALL_UNITS = "all units"
Group = Literal["all", "communes", "departments"]

# What a person should look at before confirming a directive; shown as it stands.
NO_UNIT = "không nêu đơn vị"
CHECK_DATE = "cần kiểm tra lại ngày với bản gốc"


@dataclass(frozen=True)
class Quote:
    """The clause as it stands in the document.

    Args:
        text: its words.
        page: counted from 1, where the format has pages.
        paragraph: counted from 1.
    """

    text: str
    page: int | None = None
    paragraph: int | None = None


@dataclass(frozen=True)
class ReadDirective:
    """One task as read.

    Args:
        ref: where it stands: "II.2.5.a".
        text: the task.
        quote: the clause it comes from.
        lead: who is to do it, as written, or ("all units",).
        coordinating: who helps, as written.
        deadline: by when.
        recurring: how often, in its own words.
        warnings: what a person should look at, in Vietnamese.
        group: the part of the directory that a general clause addresses.
        product: what is to come of it, as written: "Kế hoạch", "báo cáo".
        receiver: who gets that, as written: "UBND tỉnh qua Sở Tài chính".
        excepted: units of the group that are not meant ("trừ …"), as written.
    """

    ref: str
    text: str
    quote: Quote
    lead: tuple[str, ...] = (ALL_UNITS,)
    coordinating: tuple[str, ...] = ()
    deadline: Deadline | None = None
    recurring: str | None = None
    warnings: tuple[str, ...] = ()
    group: Group | None = None
    product: str | None = None
    receiver: str | None = None
    excepted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Header:
    """What the document says of itself; None where it says nothing."""

    number: str | None = None
    date: date | None = None
    issuer: str | None = None
    signer: str | None = None
    title: str | None = None
    doc_type: str | None = None


@dataclass(frozen=True)
class Amendment:
    """What a notice does to an earlier one.

    Args:
        kind: "replaces" puts itself in its place ("thay thế"), "amends" changes parts ("sửa đổi, bổ sung",
            "điều chỉnh").
        number: the earlier one's, as written ("12/TB-UBND").
        date: of the earlier one, where it is said.
    """

    kind: Literal["replaces", "amends"]
    number: str
    date: date | None = None


@dataclass(frozen=True)
class ReadNotice:
    """A document as read.

    Args:
        header: its number, date, issuer, signer, title and type.
        directives: its tasks in order; empty for a document that gives none.
        left_out: sentences with a giving verb that are in no directive.
        giving: how many sentences with a giving verb the body has; those not in ``left_out`` are in directives.
        amendment: the earlier notice it replaces or amends.
        text: the document's words, a paragraph to a line.
        urgency: the stamp it carries.
        doubtful: words of a scan that were hard to read.
        scanned: whether it is a scan or a photo, recognised.
        refused: why it was not read, as a short code ("secret: MẬT"); None when it was.
    """

    header: Header = Header()
    directives: tuple[ReadDirective, ...] = ()
    left_out: tuple[str, ...] = ()
    giving: int = 0
    amendment: Amendment | None = None
    text: str = ""
    urgency: Urgency | None = None
    doubtful: tuple[str, ...] = ()
    scanned: bool = False
    refused: str | None = None
