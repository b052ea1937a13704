"""A question in plain Vietnamese, read by rules.

Taken out one after the other are the directive, the notice, the words to be found, the person, the units and the
days; what is left tells what is wanted of which directives. Every condition is said back in the answer's first line,
so that a misreading is seen; and a question only ever shows, so that none can do harm.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from domain.figures import Filter, Period
from domain.organisation import Directory
from domain.questions import naming, periods, persons
from domain.questions import sentences as ask
from domain.questions import weighing as by
from domain.questions.model import NONE, Measure, Question
from domain.questions.vocabulary import MARKS, is_known, unknown
from domain.questions.words import Rest, written_out

LONGEST = 250  # characters; what is longer tells or gives something
MOST_LINES = 3
HALF_A_YEAR = 180  # days
SHORTEST_TERM = 31  # days between the first and the last of what people report about


def read_question(text: str, today: date, directory: Directory, people: Collection[str] = ()) -> Question:
    """Read what a leader, a clerk or a unit's head asks.

    Args:
        text: as typed.
        today: the local day that "tháng này" is counted from.
        directory: the units.
        people: the words that names in the directory are made of, folded; empty where nobody is known.
    """
    if not text.strip() or len(text) > LONGEST or text.strip().count("\n") >= MOST_LINES:
        return NONE
    rest = Rest(written_out(text))
    if not re.search(r"[a-z#]", rest.plain):
        return NONE
    directives = naming.take_directives(rest)
    notice = naming.take_notice(rest)
    topic = naming.take_topic(rest)
    person = persons.take_person(rest, people)
    named = naming.take_units(rest, directory)
    days = periods.read_days(rest.plain.lower(), today)
    if days:
        rest.take(*days[1], "T")
    bare = Question(
        units=named.units,
        person=person,
        notice=notice,
        directive=directives[0] if directives else None,
        words=topic,
        period=days[0] if days else None,
        kind=named.kind,
        unknown_unit=named.unknown,
        doubt=bool(named.unknown) or not named.is_sure or len(directives) > 1,
    )
    return _weighed(bare, rest, today)


def _weighed(bare: Question, rest: Rest, today: date) -> Question:
    line = ask.without_idioms(rest.line)
    if not _asks(bare, line):
        return _done_in(bare, line, today)
    bare, line = _with_topic_between(bare, rest, line)
    found = by.filters_of(line)
    read = _of_one(bare, line, found) or _measured(bare, line, found)
    read = replace(
        read,
        is_mine=ask.is_mine(line),
        of_this=bool(ask.OF_THIS.search(line)) and not bare.directive,
    )
    if unknown(line) > 1 or (unknown(line) and not ask.is_asking(line)):
        read = replace(read, doubt=True)
    return _with_coming_days(read, today)


def _done_in(bare: Question, line: str, today: date) -> Question:
    """ "Hoàn thành trong 9 tháng đầu năm": a heading, or how a report begins; of a single day it is a report."""
    days = bare.period
    is_heading = re.fullmatch(r"(?:da )?(?:xong|hoan thanh)(?: trong)? T(?:(?: cua)? U)?", line)
    if not is_heading or days is None or days.last > today or (days.last - days.first).days < SHORTEST_TERM:
        return NONE
    return replace(bare, measure=Measure.LIST, filter=Filter.DONE, doubt=True)


# --- whether it is a question about directives ---


_WHAT_THEN = re.compile(
    r"T|(?:T (?:thi |minh )?co (?:nhung )?gi|co (?:nhung )?gi (?:trong )?T)(?: khong| vay| the| nhi| a)*"
)


def _asks(bare: Question, line: str) -> bool:
    if ask.OFF_TOPIC.search(line) or not _is_about_directives(bare, line):
        return False
    if ask.is_command(line):
        return False
    if ask.is_asking(line):
        return (
            not ask.is_report(line) or (ask.is_strong(line) and not ask.FIRST_PERSON.search(line)) or ask.is_mine(line)
        )
    return not ask.is_report(line) and ask.is_heading(line)


def _is_about_directives(bare: Question, line: str) -> bool:
    if bare.directive is not None or bare.notice:
        return True
    if by.filters_of(line) or by.COMPARE.search(line) or by.NOT_REPORTED.search(line):
        return True
    named = bool(bare.units or bare.person or bare.words)
    if by.PROGRESS.search(line):
        return named or bool(
            ask.STRONG_TASK.search(line) or re.search(r"tinh hinh|tien do|ty le|ti le|tong|ket qua|dau", line)
        )
    if ask.STRONG_TASK.search(line) or by.RANK.search(line):
        return True
    if bare.period is not None and _WHAT_THEN.fullmatch(line):
        return True
    return named and (ask.is_asking(line) or unknown(line) == 0)


# --- what it asks for ---


def _of_one(bare: Question, line: str, found: list[Filter]) -> Question | None:
    """Of one directive: how it stands, or what hinders it."""
    if bare.directive is None:
        return None
    if Filter.DIFFICULTY in found[:1]:
        return replace(bare, measure=Measure.LIST, filter=Filter.DIFFICULTY)
    return replace(bare, measure=Measure.PROGRESS, filter=Filter.ALL)


def _measured(bare: Question, line: str, found: list[Filter]) -> Question:
    first = found[0] if found else None
    measure = by.measure_of(line, len(bare.units), first)
    match measure:
        case Measure.COMPARE:
            return _compared(bare, line, found)
        case Measure.RANK:
            wanted, is_guess = by.rank_filter(line, found)
            counts_units = bool(re.search(r"(?:bao nhieu|may) (?:phong|so|xa|don vi)", line))
            return replace(bare, measure=measure, filter=wanted, doubt=bare.doubt or is_guess or counts_units)
        case Measure.PROGRESS:
            return replace(bare, measure=measure, filter=Filter.ALL)
        case _:
            is_plural = measure is Measure.LIST and bool(by.PLURAL.match(line)) and not ask.REQUEST.search(line)
            return _chosen(replace(bare, doubt=bare.doubt or is_plural), line, first, measure)


def _compared(bare: Question, line: str, found: list[Filter]) -> Question:
    wanted = next((each for each in found if each not in {Filter.OPEN, Filter.ALL}), Filter.ALL)
    if wanted is Filter.ALL and by.STILL_MANY.search(line):
        wanted = Filter.OPEN
    if wanted is Filter.ALL and by.GOOD.search(line):
        bare = replace(bare, doubt=True)
    return replace(bare, measure=Measure.COMPARE, filter=wanted, doubt=bare.doubt or len(bare.units) < 2)


def _chosen(bare: Question, line: str, wanted: Filter | None, measure: Measure) -> Question:
    """A list or a count, where the words name the directives; else what is likeliest meant."""
    if by.NOT_REPORTED.search(line) and wanted in {None, Filter.OPEN, Filter.DONE}:
        return replace(bare, measure=measure, filter=Filter.OPEN, doubt=True)
    if wanted is None:
        return _guessed(bare, line, measure)
    if wanted is Filter.OPEN and bare.period and not by.OPENLY_OPEN.search(line) and measure is Measure.LIST:
        wanted = Filter.DUE
    is_vague = wanted is Filter.DUE and bare.period is None and not bare.notice
    return replace(bare, measure=measure, filter=wanted, doubt=bare.doubt or is_vague)


def _guessed(bare: Question, line: str, measure: Measure) -> Question:
    asks_what = bool(re.search(r"\b(?:gi|nao|viec|nhiem vu)\b", line))
    if measure is Measure.COUNT:
        return replace(bare, measure=measure, filter=Filter.ALL)
    if bare.person:
        return replace(bare, measure=Measure.LIST, filter=Filter.OPEN, doubt=bare.doubt or not asks_what)
    if bare.period:
        return replace(bare, measure=Measure.LIST, filter=Filter.DUE, doubt=bare.doubt or not asks_what)
    if bare.words:
        return replace(bare, measure=Measure.LIST, filter=Filter.ALL)
    if bare.notice and not asks_what:
        return replace(bare, measure=Measure.PROGRESS, filter=Filter.ALL)
    if bare.units and not asks_what:
        return replace(bare, measure=Measure.PROGRESS, filter=Filter.ALL, doubt=True)
    known = bool(bare.units or bare.notice) and ask.STRONG_TASK.search(line)
    return replace(bare, measure=Measure.LIST, filter=Filter.OPEN if not bare.notice else Filter.ALL, doubt=not known)


# --- what is seen only in the whole ---


def _with_topic_between(bare: Question, rest: Rest, line: str) -> tuple[Question, str]:
    """Words that are no one's cue, side by side: "tiến độ giải phóng mặt bằng tới đâu rồi"."""
    if bare.words or unknown(line) == 0:
        return bare, line
    place = naming.topic_between(rest)
    if place is None and unknown(line) > 1:
        place = _longest_strange(rest, line)
    if place is None:
        return bare, line
    words = " ".join(rest.plain[slice(*place)].split())
    return replace(bare, words=rest.text[slice(*place)].strip()), line.replace(words, "W", 1)


def _longest_strange(rest: Rest, line: str) -> tuple[int, int] | None:
    """The longest stretch of words none of the rules knows, two at least."""
    stretches = re.findall(r"[^\W\d_]+(?: [^\W\d_]+)*", _unknown_kept(line))
    longest = max(stretches, key=lambda words: len(words.split()), default="")
    if len(longest.split()) < 2:
        return None
    place = re.search(r"\s+".join(map(re.escape, longest.split())), rest.plain)
    return place.span() if place else None


def _unknown_kept(line: str) -> str:
    """The line with a bar for each word that is known; a known word between two unknown ones belongs to them."""
    words = line.split()
    strange = [not is_known(word) for word in words]
    inner = [
        is_strange or (0 < i < len(words) - 1 and strange[i - 1] and strange[i + 1] and words[i] not in MARKS)
        for i, is_strange in enumerate(strange)
    ]
    return " ".join(word if kept else "|" for word, kept in zip(words, inner, strict=True))


def _with_coming_days(read: Question, today: date) -> Question:
    """Days without a year: what is asked to be done by then lies ahead, what was done lies behind."""
    days = read.period
    if days is None:
        return read
    if read.filter is Filter.DUE and (today - days.last).days > HALF_A_YEAR:
        return replace(read, period=_moved(days, 1))
    if (
        read.filter in {Filter.DONE, Filter.ALL, Filter.OVERDUE}
        and read.measure is not Measure.PROGRESS
        and days.first > today
    ):
        return replace(read, period=_moved(days, -1))
    return read


def _moved(days: Period, years: int) -> Period:
    try:
        return Period(*(day.replace(year=day.year + years) for day in (days.first, days.last)))
    except ValueError:  # 29 February
        return days
