"""What a clerk reads while a notice becomes directives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.views import DirectiveView
from texts.engine import render

GROUPS = {
    "all": "tất cả cơ quan, đơn vị, địa phương (mỗi đơn vị một nhiệm vụ)",
    "communes": "UBND các xã, thị trấn (mỗi đơn vị một nhiệm vụ)",
    "departments": "các phòng, ban (mỗi đơn vị một nhiệm vụ)",
}


@dataclass(frozen=True)
class Summary:
    """A notice in figures. ``tasks`` are clauses, ``cards`` drafts: a clause with two leads is two cards."""

    title: str | None
    number: str | None
    date: date | None
    issuer: str | None
    tasks: int
    dated: int
    shared: int
    cards: int
    asked: int
    warned: int
    left_out: int
    open: int
    issued: int
    dropped: int


@dataclass(frozen=True)
class NoticeLine:
    """A notice in a list."""

    name: str
    received: datetime
    tasks: int
    drafts: int


def summary(facts: Summary) -> str:
    """What was read from a notice."""
    return render("notices_summary", **vars(facts))


def draft(
    d: DirectiveView,
    *,
    place: int,
    total: int,
    group: str | None,
    asked: bool,
    warnings: Sequence[str],
    quote: str | None,
) -> str:
    """One draft's card. ``group`` is a word of ``GROUPS``; ``asked`` when the lead unit is not in the directory."""
    return render(
        "notices_draft",
        d=d,
        place=place,
        total=total,
        group=GROUPS[group] if group else None,
        asked=asked,
        warnings=warnings,
        quote=quote,
        show_quote=quote is not None and " ".join(quote.split()) != " ".join(d.text.split()),
    )


def none(name: str, number: str | None, left_out: Sequence[str]) -> str:
    """A notice that gives no task: a normal result."""
    return render("notices_none", name=name, number=number, left_out=left_out)


def edit(number: int) -> str:
    """Which part of a draft is to be changed."""
    return render("notices_edit", id=number)


def ask_lead(number: int, example: str) -> str:
    """Ask for the lead unit's name."""
    return render("notices_ask_lead", id=number, example=example)


def ask_deadline(number: int) -> str:
    """Ask for a deadline in words."""
    return render("notices_ask_deadline", id=number)


def ask_text(number: int) -> str:
    """Ask for the task's words."""
    return render("notices_ask_text", id=number)


def ask_coordinating(number: int) -> str:
    """Ask for the coordinating units' names."""
    return render("notices_ask_coordinating", id=number)


def unit_unclear(written: str, candidates: Sequence[str]) -> str:
    """A unit's name that cannot be matched for certain."""
    return render("notices_unit_unclear", written=written, candidates=candidates)


def issued(directives: int, number: int, units: Sequence[str], kept: int, silent: Sequence[str]) -> str:
    """What was issued to whom; ``silent`` are the units without a linked account."""
    return render("notices_issued", directives=directives, number=number, units=units, kept=kept, silent=silent)


def listing(notices: Sequence[NoticeLine], page: int, pages: int) -> str:
    """The notices sent in, the newest first."""
    return render("notices_list", notices=notices, page=page, pages=pages)


def left_out(sentences: Sequence[str]) -> str:
    """Sentences with a giving verb that are in no draft."""
    return render("notices_left_out", sentences=sentences)


def how() -> str:
    """How to send a notice in or give one directive."""
    return render("notices_how")
