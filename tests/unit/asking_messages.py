"""What is said in answer to questions: one of each for the test that reads every message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from domain.figures import Figures, Filter, Item, Movement, Page, Period
from domain.organisation import UnitEntry
from domain.questions import Measure, Question, alternatives
from domain.questions.facts import Asked, Ranked, Side
from domain.views import DirectiveView
from texts import asking

DAY = date(2024, 3, 5)
UNITS = (UnitEntry(1, "Phòng Nội vụ", "department"), UnitEntry(2, "Phòng Tài chính - Kế hoạch", "department"))
OVERDUE = Question(Measure.LIST, Filter.OVERDUE)
OFFICE = Asked(OVERDUE, DAY, "Toàn cơ quan")
FEBRUARY = Period(date(2024, 2, 1), date(2024, 2, 29))
FIGURES = Figures(3, 1, 1, 4, 2, 1, soon=1, waiting_approval=1, waiting_acknowledgement=1, blocked=1)
MOVED = Movement(given=4, done_in_time=3, done_late=1, done_no_deadline=1, newly_overdue=2, extended=1)
ROWS = [Ranked(number, f"Phòng <{number}>", 9 - number, 12 - number) for number in range(1, 8)]


def _asked(measure: Measure, wanted: Filter, **more: object) -> Asked:
    return replace(OFFICE, question=replace(OVERDUE, measure=measure, filter=wanted, **more))  # type: ignore[arg-type]


def messages(directive: DirectiveView) -> dict[str, Callable[[], str]]:
    """Each by a name, around one directive."""
    page = Page((Item(directive), Item(directive, 3)), 1, 2, 9, 11)
    person = replace(OFFICE, person="Phạm <Văn> Nam (Phòng Nội vụ)", notice="Thông báo 15/TB-UBND")
    done = _asked(Measure.COUNT, Filter.DONE, period=FEBRUARY)
    progress = _asked(Measure.PROGRESS, Filter.ALL, units=UNITS[:1], period=FEBRUARY)
    compared = _asked(Measure.COMPARE, Filter.ALL, units=UNITS, period=Period(DAY, DAY), doubt=True)
    sides = [Side(unit.name, FIGURES, MOVED) for unit in UNITS]
    about = _asked(Measure.LIST, Filter.DIFFICULTY, words="kè <Bắc> sông", kind="commune", doubt=True)
    return {
        "asked list": lambda: asking.listing(replace(OFFICE, unknown="phòng <xây> dựng"), page),
        "asked list without a unit": lambda: asking.listing(replace(OFFICE, hidden=("Phòng <A>", "Phòng B")), page),
        "asked list of a person": lambda: asking.listing(person, page),
        "asked list with words": lambda: asking.listing(replace(about, is_near=True), replace(page, items=())),
        "asked count": lambda: asking.counted(OFFICE, 0, None),
        "asked count of done": lambda: asking.counted(done, 5, MOVED),
        "asked rank": lambda: asking.ranked(_asked(Measure.RANK, Filter.OVERDUE), ROWS),
        "asked rank of none": lambda: asking.ranked(_asked(Measure.RANK, Filter.DUE, period=FEBRUARY), []),
        "asked comparison": lambda: asking.compared(compared, sides),
        "asked comparison of now": lambda: asking.compared(
            _asked(Measure.COMPARE, Filter.ALL), [replace(side, movement=None) for side in sides]
        ),
        "asked progress": lambda: asking.progress(progress, FIGURES, MOVED),
        "asked progress of nothing": lambda: asking.progress(OFFICE, Figures(), None),
        "asked which person": lambda: asking.which_person("<Nam>"),
        "asked nobody": lambda: asking.nobody_called("<Nam>", is_elsewhere=False),
        "asked nobody here": lambda: asking.nobody_called("<Nam>", is_elsewhere=True),
        "asked outside": lambda: asking.outside(["Phòng <A>", "Phòng B"]),
        "asked which notice": lambda: asking.which_notice("<317>"),
        "asked no notice": lambda: asking.no_notice("<317>"),
        "asked examples of a leader": lambda: asking.examples("leader"),
        "asked examples of a clerk": lambda: asking.examples("clerk"),
        "asked examples of a head": lambda: asking.examples("head"),
        "asked labels": lambda: ". ".join(
            asking.label(other, one.question)
            for one in (OFFICE, compared, progress, done)
            for other in alternatives(one.question)
        ),
    }
