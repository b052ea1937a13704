"""Refusals: each a class with its data. The sentence a person gets is in ``texts/refusals``."""

from __future__ import annotations

from datetime import date, datetime, time


class Refusal(Exception):
    """Something a person asked for that is not done. Expected, answered politely, never logged as an error."""


class NotAllowed(Refusal):
    """The person has not the right. ``action`` is a word of ``domain.rights.Action``."""

    def __init__(self, action: str) -> None:
        super().__init__(action)
        self.action = action


class MoveNotAllowed(Refusal):
    """The directive's state has no such move, usually because someone was faster."""

    def __init__(self, state: str, event: str) -> None:
        super().__init__(f"{event} in {state}")
        self.state = state
        self.event = event


class NoSuchDirective(Refusal):
    """No directive of that number that this person may see; the two are not told apart."""

    def __init__(self, number: int | None) -> None:
        super().__init__(str(number))
        self.number = number


class NoSuchThing(Refusal):
    """A button's target is gone."""


class ReasonMissing(Refusal):
    """The event wants a reason in words."""

    def __init__(self, event: str) -> None:
        super().__init__(event)
        self.event = event


class LeadMissing(Refusal):
    """A draft cannot be issued before it has a lead unit in the directory."""

    def __init__(self, numbers: tuple[int, ...]) -> None:
        super().__init__(str(numbers))
        self.numbers = numbers


class ExceptedUnknown(Refusal):
    """A clause for a group excepts a unit that the directory does not know. ``names`` are as written."""

    def __init__(self, numbers: tuple[int, ...], names: tuple[str, ...]) -> None:
        super().__init__(f"{numbers} {names}")
        self.numbers = numbers
        self.names = names


class AliasNotUsable(Refusal):
    """Words that cannot be a unit's other name: they name no one unit, or are ``unit``'s name already."""

    def __init__(self, written: str, unit: str | None = None) -> None:
        super().__init__(written)
        self.written = written
        self.unit = unit


class GroupEmpty(Refusal):
    """A clause for a group of units cannot be issued: the directory has no unit of that kind."""


class NothingToIssue(Refusal):
    """Every draft of the notice is issued or dropped already."""


class DateNotUnderstood(Refusal):
    """What was typed as a deadline holds no date that can be read without guessing."""

    def __init__(self, given: str) -> None:
        super().__init__(given)
        self.given = given


class CycleNotUnderstood(Refusal):
    """Words from which nobody can tell when a task comes again. ``has_deadline``: its first deadline is known."""

    def __init__(self, given: str, *, has_deadline: bool) -> None:
        super().__init__(given)
        self.given = given
        self.has_deadline = has_deadline


class DateDoesNotExist(Refusal):
    """A date such as 31/02."""

    def __init__(self, given: str) -> None:
        super().__init__(given)
        self.given = given


class DeadlineInPast(Refusal):
    """The date asked for has passed."""

    def __init__(self, given: date, earliest: date) -> None:
        super().__init__(f"{given} < {earliest}")
        self.given = given
        self.earliest = earliest


class ExtensionNotLater(Refusal):
    """The date asked for is not after the present deadline."""

    def __init__(self, given: date, deadline: date) -> None:
        super().__init__(f"{given} <= {deadline}")
        self.given = given
        self.deadline = deadline


class ExtensionPending(Refusal):
    """One request at a time: another one waits for its answer; with ``offered``, for the unit's own."""

    def __init__(self, number: int, offered: date | None = None) -> None:
        super().__init__(str(number))
        self.number = number
        self.offered = offered


class ExtensionsUsedUp(Refusal):
    """No further request: so many were granted, or (``granted`` is None) the deadline has passed by too many days."""

    def __init__(self, number: int, granted: int | None, most_days: int, leader: str | None) -> None:
        super().__init__(f"{number}: {granted}")
        self.number = number
        self.granted = granted
        self.most_days = most_days
        self.leader = leader


class ExtensionTooFar(Refusal):
    """The date asked for, or offered, is later than a deadline may be moved at once."""

    def __init__(self, given: date, latest: date, most_days: int) -> None:
        super().__init__(f"{given} > {latest}")
        self.given = given
        self.latest = latest
        self.most_days = most_days


class OfferNotEarlier(Refusal):
    """The date offered instead is not earlier than the one asked for."""

    def __init__(self, given: date, asked: date) -> None:
        super().__init__(f"{given} >= {asked}")
        self.given = given
        self.asked = asked


class ObstacleClosed(Refusal):
    """A difficulty or proposal that does not wait any more. ``outcome`` is a word of ``domain.obstacles.Outcome``."""

    def __init__(self, number: int, outcome: str) -> None:
        super().__init__(f"{number}: {outcome}")
        self.number = number
        self.outcome = outcome


class AskedToday(Refusal):
    """The units that help were asked for their part today already. ``number`` is the directive's."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class AbsenceBackwards(Refusal):
    """An absence that ends before it begins."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(f"{last} < {first}")
        self.first = first
        self.last = last


class AbsenceTooLong(Refusal):
    """An absence until ``last`` is longer than ``most`` days."""

    def __init__(self, last: date, most: int) -> None:
        super().__init__(str(last))
        self.last = last
        self.most = most


class CannotStandIn(Refusal):
    """Not the person's deputy: of another unit or role, or nobody can write to them. ``name`` is theirs."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class StandsInCircle(Refusal):
    """The deputy is away as well and has named the person, perhaps by way of others. ``names``: the chain back."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(str(names))
        self.names = names


class NeedsNoDeputy(Refusal):
    """An administrator gets no reminders and decides nothing: there is nothing to stand in for."""


class NoDeadlineToExtend(Refusal):
    """A directive without a deadline needs no extension."""


class AlreadyThere(Refusal):
    """A directive is moved to the unit that has it. ``unit`` is its name."""

    def __init__(self, unit: str) -> None:
        super().__init__(unit)
        self.unit = unit


class NotYourself(Refusal):
    """Nobody changes their own role or ends themselves: somebody else of the office does."""


class WorksThere(Refusal):
    """The person works for that unit already. ``unit`` is its name."""

    def __init__(self, unit: str) -> None:
        super().__init__(unit)
        self.unit = unit


class UnitBelowItself(Refusal):
    """A unit cannot be put under itself, or under one that stands under it. The names of both."""

    def __init__(self, unit: str, below: str) -> None:
        super().__init__(f"{unit} under {below}")
        self.unit = unit
        self.below = below


class NameTaken(Refusal):
    """Another unit that takes part has this name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class CodeNotValid(Refusal):
    """An invite code that is unknown, used or expired; the three are not told apart."""


class TooManyTries(Refusal):
    """Too many wrong invite codes from one account within the hour."""


class AccountTaken(Refusal):
    """This account is linked to a person already."""


class DocumentRefused(Refusal):
    """A document or text carries a secrecy mark; nothing of it may be kept. ``mark`` is e.g. "MẬT"; ``seen``: in a
    picture, where another word may look like it; ``before``: in what was refused just before, and this may go on it."""

    def __init__(self, mark: str, seen: bool = False, before: bool = False) -> None:
        super().__init__(mark)
        self.mark = mark
        self.seen = seen
        self.before = before


class DocumentUnusable(Refusal):
    """A file cannot be read. ``problem`` is one of the words of ``notices.errors``; ``limit`` where one was passed."""

    def __init__(self, problem: str, limit: int | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.limit = limit


class FileRefused(Refusal):
    """A file is not kept as evidence. ``problem`` is one of the words of ``domain.files``; ``limit`` is in MB."""

    def __init__(self, name: str, problem: str, limit: int | None = None) -> None:
        super().__init__(f"{problem}: {name}")
        self.name = name
        self.problem = problem
        self.limit = limit


class GroupOfOthers(Refusal):
    """A group that receives another unit's work already. ``unit`` is that one's name."""

    def __init__(self, unit: str) -> None:
        super().__init__(unit)
        self.unit = unit


class TooManyFeeds(Refusal):
    """A unit has as many calendar links as may hold at a time. ``most`` is how many."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class AlreadyDecided(Refusal):
    """A change that a newer notice makes was applied or left out before."""


class StandsForChange(Refusal):
    """A draft is not issued, because it changes a directive that is there already. ``numbers`` are the drafts'."""

    def __init__(self, numbers: tuple[int, ...]) -> None:
        super().__init__(str(numbers))
        self.numbers = numbers


class AlreadyWorkedOn(Refusal):
    """A pasted notice takes no further page: its drafts were corrected, issued or dropped. ``code`` is the notice's."""

    def __init__(self, code: str, number: str | None) -> None:
        super().__init__(code)
        self.code = code
        self.number = number


class SameNotice(Refusal):
    """The same file was sent in before. ``code`` is that notice's."""

    def __init__(self, code: str, number: str | None) -> None:
        super().__init__(code)
        self.code = code
        self.number = number


class SnoozeNotToday(Refusal):
    """This afternoon is over, or nobody works today. ``afternoon`` is its hour, local."""

    def __init__(self, afternoon: time) -> None:
        super().__init__(afternoon.isoformat())
        self.afternoon = afternoon


class SnoozePastDeadline(Refusal):
    """The deadline would pass before a person is reminded again. ``hour`` is None where the whole last day counts."""

    def __init__(self, until: datetime, hour: datetime | None, last_day: date) -> None:
        super().__init__(f"{until} after {last_day}")
        self.until = until
        self.hour = hour
        self.last_day = last_day


class SnoozeOverdue(Refusal):
    """What is overdue is not put off to another day."""


class HourNotUsable(Refusal):
    """No digest is sent at that hour, local: unasked messages go out between ``first`` and ``last``."""

    def __init__(self, given: time, first: time, last: time) -> None:
        super().__init__(given.isoformat())
        self.given = given
        self.first = first
        self.last = last


class NotOverdue(Refusal):
    """What is not late, or not in its unit's hands, needs no explanation. ``number`` is the directive's."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class ExplanationAsked(Refusal):
    """One request at a time: another one waits for its answer. ``at`` is aware, ``due_day`` the last day to answer."""

    def __init__(self, number: int, by: str, at: datetime, due_day: date) -> None:
        super().__init__(str(number))
        self.number = number
        self.by = by
        self.at = at
        self.due_day = due_day


class AwaitsHead(Refusal):
    """Two levels decide, and the head of the unit has not agreed yet. ``names``: who is awaited, as shown."""

    def __init__(self, number: int, names: str) -> None:
        super().__init__(str(number))
        self.number = number
        self.names = names


class LeaderDecides(Refusal):
    """The last word on an important directive is the leader's. ``names``: whose, as shown."""

    def __init__(self, number: int, names: str) -> None:
        super().__init__(str(number))
        self.number = number
        self.names = names


class CannotUndo(Refusal):
    """An act is not taken back. ``why``: late | used | moved | others; ``event`` is the audit's word for the act."""

    def __init__(self, why: str, event: str, number: int, seconds: int) -> None:
        super().__init__(f"{why}: {event} of {number}")
        self.why = why
        self.event = event
        self.number = number
        self.seconds = seconds


class Replaced(Refusal):
    """The directive was merged into another one, or split: its work goes on under other numbers."""

    def __init__(self, number: int, by: tuple[int, ...], *, merged: bool) -> None:
        super().__init__(f"{number} -> {by}")
        self.number = number
        self.by = by
        self.merged = merged


class ComesAgain(Refusal):
    """What comes again is neither split nor merged. ``number`` is the directive's."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class PartsOutOfRange(Refusal):
    """A directive is split into ``fewest`` to ``most`` parts."""

    def __init__(self, given: int, fewest: int, most: int) -> None:
        super().__init__(str(given))
        self.given = given
        self.fewest = fewest
        self.most = most


class PartTooLate(Refusal):
    """A part's own deadline is later than the one of what is split."""

    def __init__(self, given: date, latest: date) -> None:
        super().__init__(f"{given} > {latest}")
        self.given = given
        self.latest = latest


class PartUnitUnclear(Refusal):
    """A line names a unit that is not clear. ``line`` counts from 1; ``choices`` are names that may be meant."""

    def __init__(self, line: int, written: str, choices: tuple[str, ...]) -> None:
        super().__init__(f"{line}: {written}")
        self.line = line
        self.written = written
        self.choices = choices


class MergeIntoItself(Refusal):
    """A directive is not merged into itself. ``number`` is its own."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class MergeIntoEnded(Refusal):
    """The one that was to stay is a draft, or has ended. ``number`` and ``state`` are its own."""

    def __init__(self, number: int, state: str) -> None:
        super().__init__(f"{number} {state}")
        self.number = number
        self.state = state


class HelpsAlready(Refusal):
    """The unit helps already."""

    def __init__(self, unit: str) -> None:
        super().__init__(unit)
        self.unit = unit


class UrgedToday(Refusal):
    """The same person has urged the same directives on the same day. ``at``: when last, aware."""

    def __init__(self, numbers: tuple[int, ...], at: datetime) -> None:
        super().__init__(str(numbers))
        self.numbers = numbers
        self.at = at


class ChangedMeanwhile(Refusal):
    """What was shown before it was to be sent does not hold any more. ``numbers`` are the directives'."""

    def __init__(self, numbers: tuple[int, ...]) -> None:
        super().__init__(str(numbers))
        self.numbers = numbers


class NotLate(Refusal):
    """There is no lateness to be excused. ``number`` is the directive's."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


class ExcusedAlready(Refusal):
    """An objective reason was confirmed before. ``at`` is aware."""

    def __init__(self, number: int, by: str, at: datetime) -> None:
        super().__init__(str(number))
        self.number = number
        self.by = by
        self.at = at


class ConclusionsFiled(Refusal):
    """The conclusions of a meeting are a notice already. ``code`` is the notice's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NoSuchConclusion(Refusal):
    """The list has no conclusion of that number. ``most``: the last one's."""

    def __init__(self, given: int, most: int) -> None:
        super().__init__(str(given))
        self.given = given
        self.most = most


class ConclusionTooLong(Refusal):
    """A conclusion is a sentence or two. ``given`` and ``most`` are in characters."""

    def __init__(self, given: int, most: int) -> None:
        super().__init__(str(given))
        self.given = given
        self.most = most


class NothingConcluded(Refusal):
    """A meeting without conclusions makes no notice."""


class PaperNotYours(Refusal):
    """A paper that others take. ``kind`` is a word of ``domain.paperwork.PaperKind``."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class NothingToUrge(Refusal):
    """Nothing is overdue or soon due; ``unit`` is its name, None for all units."""

    def __init__(self, unit: str | None) -> None:
        super().__init__(unit or "")
        self.unit = unit


class NothingIssued(Refusal):
    """A notice of which nothing is with a unit of the asker's. ``number``: the notice's."""

    def __init__(self, number: str | None) -> None:
        super().__init__(number or "")
        self.number = number
