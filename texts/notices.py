"""What a clerk reads while a notice becomes directives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.recurrence import is_periodic
from domain.urgency import Urgency
from domain.views import DirectiveView
from texts.engine import render

GROUPS = {
    "all": "tất cả cơ quan, đơn vị, địa phương",
    "communes": "UBND các xã, thị trấn",
    "departments": "các phòng, ban",
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
    giving: int = 0  # sentences with a giving verb, those left out among them
    urgency: Urgency | None = None


@dataclass(frozen=True)
class Many:
    """A clause for many units.

    Attributes:
        group: a word of ``GROUPS``.
        noun: what the units are: "xã, thị trấn".
        total: units of the group, the excepted among them; of an issued clause, those that have it.
        excepted: names of those left out.
        unknown: names of exceptions that the directory does not know.
        issued: names of the units that have it; empty for a draft.
        acknowledged: how many of these have acknowledged it.
        done: how many of these are done.
    """

    group: str
    noun: str
    total: int
    excepted: Sequence[str] = ()
    unknown: Sequence[str] = ()
    issued: Sequence[str] = ()
    acknowledged: int = 0
    done: int = 0


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
    many: Many | None,
    asked: bool,
    warnings: Sequence[str],
    quote: str | None,
    strangers: Sequence[str] = (),
    following: date | None = None,
) -> str:
    """One draft's card.

    Args:
        d: the draft.
        place: among the cards of its notice, from 1.
        total: how many cards that are.
        many: where the clause is for a group of units.
        asked: the lead unit is not in the directory, or nobody is named.
        warnings: what a person should look at.
        quote: the clause as the document has it.
        strangers: coordinating units that are not in the directory.
        following: the last day after the first one of a recurring task, where that is known.
    """
    return render(
        "notices_draft",
        d=d,
        place=place,
        total=total,
        many=many,
        groups=GROUPS,
        asked=asked,
        strangers=strangers,
        following=following,
        is_periodic=d.recurring is not None and is_periodic(d.recurring),
        warnings=warnings,
        quote=quote,
        show_quote=quote is not None and " ".join(quote.split()) != " ".join(d.text.split()),
    )


def none(name: str, number: str | None, left_out: Sequence[str]) -> str:
    """A notice that gives no task: a normal result."""
    return render("notices_none", name=name, number=number, left_out=left_out)


def ask_task(source: str) -> str:
    """Ask for a task of a notice in a person's own words."""
    return render("notices_ask_task", source=source)


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


def ask_recurring(d: DirectiveView) -> str:
    """Ask how a task comes again."""
    return render("notices_ask_recurring", d=d)


def ask_urgency(number: int, *, at_any_hour: bool) -> str:
    """Ask how urgent a task is; ``at_any_hour``: what is urgent is said in quiet hours too."""
    return render("notices_ask_urgency", id=number, at_any_hour=at_any_hour)


def ask_coordinating(number: int) -> str:
    """Ask for the coordinating units' names."""
    return render("notices_ask_coordinating", id=number)


def ask_excepted(number: int, excepted: Sequence[str]) -> str:
    """Ask for the units that a clause for many does not mean; ``excepted`` are those left out now."""
    return render("notices_ask_excepted", id=number, excepted=excepted)


def excepted_unclear(written: str, candidates: Sequence[str]) -> str:
    """A unit to be excepted that is not one of the group for certain."""
    return render("notices_excepted_unclear", written=written, candidates=candidates)


def ask_helper(number: int, written: str) -> str:
    """Ask which unit a coordinating one is."""
    return render("notices_ask_helper", id=number, written=written)


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
    """Sentences with a giving verb that are in no draft; each can be taken in by its number."""
    return render("notices_left_out", sentences=sentences)


def how() -> str:
    """How to send a notice in or give one directive."""
    return render("notices_how")
