"""What is said around reports, approvals and requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.lifecycle import Event
from domain.obstacles import Kind as Brought
from domain.obstacles import kind_of
from domain.views import DirectiveView
from texts.engine import render

STEERING = {Event.SUSPEND: "tạm dừng", Event.RESUME: "tiếp tục", Event.CANCEL: "huỷ", Event.REOPEN: "mở lại"}


@dataclass(frozen=True)
class ExtensionLine:
    """A pending request in a list."""

    id: int  # the directive's
    lead: str
    until: date
    reason: str
    times: int = 0  # which request of the directive it is, where that is said


def ask_report(number: int) -> str:
    """Ask how far it is."""
    return render("work_ask_report", id=number)


def said_back(number: int, task: str, kind: str, percent: int | None, difficulty: str | None, files: int) -> str:
    """What was understood and kept."""
    is_proposal = difficulty is not None and kind_of(difficulty) is Brought.PROPOSAL
    return render(
        "work_said_back", id=number, task=task, kind=kind, percent=percent, difficulty=difficulty, files=files,
        is_proposal=is_proposal,
    )  # fmt: skip


def confirm_done(number: int, task: str, files: int) -> str:
    """Understood as done; nothing has changed yet."""
    return render("work_confirm_done", id=number, task=task, files=files)


def submitted(number: int, at: datetime, closed_request: bool = False) -> str:
    """Handed to the assigner's side; a request for more time that waited has ended with it."""
    return render("work_submitted", id=number, at=at, closed_request=closed_request)


def acknowledged(number: int, last_day: date | None, contact: str) -> str:
    """One directive acknowledged."""
    return render("work_acknowledged", id=number, last_day=last_day, contact=contact)


def acknowledged_all(count: int, contact: str) -> str:
    """Several acknowledged at once."""
    return render("work_acknowledged_all", count=count, contact=contact)


def which(files: int = 0) -> str:
    """Ask which directive a report and its files are about."""
    return render("work_which", files=files)


def no_open() -> str:
    """Nothing in hand to report on."""
    return render("work_no_open")


def files_only(number: int, count: int) -> str:
    """Files came without words."""
    return render("work_files_only", id=number, count=count)


def files_added(number: int, count: int, *, is_awaited: bool = False) -> str:
    """Further files joined a report. ``is_awaited``: it waits for approval."""
    return render("work_files_added", id=number, count=count, is_awaited=is_awaited)


def correct(number: int) -> str:
    """Ask how a report was meant."""
    return render("work_correct", id=number)


def withdrawn(number: int) -> str:
    """A report was taken back."""
    return render("work_withdrawn", id=number)


def ask_until(number: int, last_day: date) -> str:
    """Until when more time is asked for."""
    return render("work_ask_until", id=number, last_day=last_day)


def ask_extension_reason(number: int, until: date) -> str:
    """Why more time is asked for."""
    return render("work_ask_extension_reason", id=number, until=until)


def confirm_extension(number: int, last_day: date, until: date, reason: str) -> str:
    """A request as understood; nothing has been sent yet."""
    return render("work_confirm_extension", id=number, last_day=last_day, until=until, reason=reason)


def extension_sent(number: int, until: date) -> str:
    """The request is with the assigner's side."""
    return render("work_extension_sent", id=number, until=until)


def ask_decline(number: int) -> str:
    """Why it is not theirs, and whose it is."""
    return render("work_ask_decline", id=number)


def confirm_decline(number: int, unit: str | None, reason: str) -> str:
    """A refusal of duty as understood; nothing has been sent yet."""
    return render("work_confirm_decline", id=number, unit=unit, reason=reason)


def declined(number: int) -> str:
    """The office will decide."""
    return render("work_declined", id=number)


def ask_return(number: int) -> str:
    """Why it goes back."""
    return render("work_ask_return", id=number)


def ask_refuse(number: int) -> str:
    """Why no more time is given."""
    return render("work_ask_refuse", id=number)


def ask_reason(number: int, event: Event) -> str:
    """Why a leader or the office steers so."""
    return render("work_ask_reason", id=number, what=STEERING[event])


def ask_new_unit(number: int) -> str:
    """To whom it is moved."""
    return render("work_ask_new_unit", id=number)


def decided(d: DirectiveView, event: str) -> str:
    """To who decided: what is now the case."""
    return render("work_decided", d=d, event=event)


def waiting(
    directives: Sequence[DirectiveView], extensions: Sequence[ExtensionLine], total: int, page: int, pages: int
) -> str:
    """What waits for a decision."""
    return render("work_waiting", directives=directives, extensions=extensions, total=total, page=page, pages=pages)


def stopped() -> str:
    """A conversation was left."""
    return render("work_stopped")


@dataclass(frozen=True)
class News:
    """One audit row, told to those concerned. ``times`` is which request for more time it is, where that is said."""

    event: str
    actor: str
    reason: str | None = None
    said: str | None = None
    files: tuple[str, ...] = ()
    on_time: bool | None = None
    until: date | None = None
    before: date | None = None
    asked: date | None = None  # of an offer: the last day that was asked for
    objective: bool = False  # the reason of a request was confirmed to be objective
    closed_until: date | None = None  # a request up to this day has ended with it
    difficulty: str | None = None  # what a report brings up
    proposal: str | None = None
    times: int = 0
    is_revised: bool = False  # what was added stands in the place of what was added before
    is_void: bool = False  # an explanation that was asked for is not needed any more
    details: dict[str, str | None] | None = None


_DETAILS = ("unit", "old_unit", "new_unit", "kind", "brought_up", "closed_difficulties", "merged", "cleared")


def news(d: DirectiveView, n: News) -> str:
    """What happened to a directive."""
    return render("news", d=d, **{**vars(n), "details": {**dict.fromkeys(_DETAILS), **(n.details or {})}})
