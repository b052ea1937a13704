"""What the words before a point make of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from domain.deadlines import context as c
from domain.deadlines.model import CITED, VAGUE, ImpossibleDate
from domain.deadlines.resolve import day_of
from domain.deadlines.sight import Sight

DAY_GRAINS = frozenset({"day", "loose", "day_of_month", "weekday", "relative", "workday"})


@dataclass(frozen=True)
class Marked:
    """A point that is a deadline.

    Args:
        at: where its words begin in the folded text.
        inclusive: whether the day itself still counts.
    """

    at: int
    inclusive: bool = True


def marked(seen: Sight, issued: date | None, *, recurring: bool) -> Marked | None:
    """What the words around a point make of it; None where it is no deadline.

    Args:
        seen: the point in its sentence.
        issued: the document's date.
        recurring: a recurrence stands beside it.
    """
    cued = seen.ends(c.CUE) or (("truoc" if seen.bare else "trước") in seen.left and seen.ends(c.BEFORE_EVENT))
    opens = not seen.left.strip() and seen.point.grain in ("month", "quarter")
    if not recurring and not cued and not opens and not seen.goes_on(c.THEN_FINISH_NOW):
        found = _at_the_end(seen) or _handed_in(seen, issued)
        return None if found is None or _is_history(seen, found, issued) else found
    for rule in RULES:
        found = rule(seen)
        if found is not None:
            return None if found is NOT_DUE or _is_history(seen, found, issued) else found
    if _is_report_day(seen, issued):
        return Marked(_plain_start(seen))
    if handed := _handed_in(seen, issued):
        return handed
    if recurring and seen.ordered and (seen.goes_on(c.CLOSED) or seen.ends(c.WITHIN)) and not seen.ends(c.NOT_DUE):
        return Marked(_plain_start(seen))
    if recurring and (seen.left_has(c.DOING) or _opens(seen) or seen.goes_on(c.THEN_TASK)):
        return Marked(_plain_start(seen))
    return None


NOT_DUE = Marked(-1)


def _opens(seen: Sight) -> bool:
    """Whether the point begins its sentence, or only its recurrence stands before it."""
    return not c.ONLY_EVERY.pick(seen.bare).sub("", seen.left, count=1).strip(" ,(-")


def _is_report_day(seen: Sight, issued: date | None) -> bool:
    last = seen.point.last
    ahead = issued is not None and last is not None and last > issued
    return ahead and seen.point.grain in ("day", "loose") and seen.ends(c.REPORT_DAY) is not None


def _handed_in(seen: Sight, issued: date | None) -> Marked | None:
    """ "… trình Chủ tịch ngày 12/6", "… báo cáo tại giao ban ngày 08/6": in a task, and still to come."""
    last = seen.point.last
    if not seen.ordered or issued is None or last is None or last <= issued or not seen.goes_on(c.CLOSED):
        return None
    handed = seen.point.grain in ("day", "loose") and (seen.ends(c.HANDED_IN) or seen.ends(c.AT_MEETING))
    return Marked(_plain_start(seen)) if handed else None


def _mark(seen: Sight, match: re.Match[str], *, inclusive: bool = True) -> Marked:
    return Marked(seen.left_at + match.start(), inclusive)


def _before(seen: Sight) -> Marked | None:
    match = seen.ends(c.BEFORE) or (seen.ends(c.BEFORE_EVENT) if seen.point.grain in ("day", "loose") else None)
    if match is None:
        return None
    if _tells_a_state(seen, match.start()) or _is_part(seen, match):
        return NOT_DUE
    if seen.hour:
        return _mark(seen, match)
    is_day = seen.point.grain in DAY_GRAINS or (
        seen.point.grain == "feast" and c.NAMED_DAY.pick(seen.bare).search(match[0])
    )
    if (
        is_day
        or seen.left_has(c.TASKED)
        or seen.left_has(c.DOING)
        or seen.alone(match.start())
        or c.DOING.pick(seen.bare).search(seen.right)
    ):
        return _mark(seen, match, inclusive=False)
    return NOT_DUE


def _tells_a_state(seen: Sight, marker_start: int) -> bool:
    """ "Cán bộ nghỉ hưu trước ngày …", "… trước ngày … được hưởng ưu đãi", "không được … trước ngày …"."""
    left = seen.left[:marker_start]
    return (
        seen.goes_on(c.THEN_STATE)
        or c.STATE_BEFORE.pick(seen.bare).search(left) is not None
        or c.FORBIDDEN.pick(seen.bare).search(left) is not None
    )


def doubts(seen: Sight, found: Marked) -> tuple[str, ...]:
    """What else is doubtful: counted back from the point, under a condition, or told of an earlier order."""
    left = seen.left[: max(0, found.at - seen.left_at)]
    vague = c.CONDITION.pick(seen.bare).search(left) is not None
    vague = vague or (not found.inclusive and seen.goes_on(c.COUNTED_BACK))
    vague = vague or (seen.ends(c.BEFORE_EVENT) is not None and c.COUNTED_UP.pick(seen.bare).search(left) is not None)
    if not found.inclusive and seen.point.grain not in DAY_GRAINS and seen.ends(c.BEFORE_END):
        vague = True  # "trước hết tháng 4": before it ends, or first of all
    within = seen.ends(c.WITHIN)
    bare_day = seen.point.grain == "relative" and seen.point.end - seen.point.start == len("ngày")
    # "Xử lý trong ngày" may be today, or the day on which each thing comes in.
    vague = vague or bool(bare_day and within and not within["now"] and left.strip())
    cited = c.CITED_ORDER.pick(seen.bare).search(left)
    return (*((VAGUE,) if vague else ()), *((CITED,) if cited else ()))


def _latest(seen: Sight) -> Marked | None:
    match = seen.ends(c.LATEST)
    if match is None:
        return None
    if _is_part(seen, match):
        return NOT_DUE
    return _mark(seen, match)


def _is_part(seen: Sight, match: re.Match[str]) -> bool:
    """ "Không quá 1/3 số thành viên", "trước 2/3 số hộ"."""
    if seen.point.grain != "loose" or seen.hour or c.NAMED_DAY.pick(seen.bare).search(match[0]):
        return False
    return seen.goes_on(c.PART_OF) or c.AT_MOST.pick(seen.bare).match(match[0]) is not None


def _range(seen: Sight) -> Marked | None:
    """ "Từ ngày … đến ngày …": due at its end only where it is the time given for the task."""
    match = seen.ends(c.PERIOD_LEFT) or seen.ends(c.RANGE_LEFT)
    if match is None:
        return None
    before = seen.left[: match.start()]
    if c.PLANNED.pick(seen.bare).search(before):
        return NOT_DUE
    if _recurring_task(seen):
        return _mark(seen, match)
    labelled = c.RANGE_LABEL.pick(seen.bare).search(before)
    tasked = c.CAMPAIGN.pick(seen.bare).search(before) is not None
    if not (
        labelled
        or tasked
        or seen.alone(match.start())
        or _finished_within(seen, match.start())
        or _step(seen, match)
        or _ahead(seen, match[0], before)
    ):
        return NOT_DUE
    label = c.RANGE_LABEL.pick(seen.bare).search(before)
    return Marked(seen.left_at + (label.start() if label else match.start()))


def _ahead(seen: Sight, words: str, before: str) -> bool:
    """ "Nhập dữ liệu từ ngày 16 đến 20/3": a task whose days are still to come; those of figures to report are over."""
    first = range_start(seen, seen.issued)
    if seen.issued is None or first is None or first <= seen.issued or not words.startswith(("từ", "tu")):
        return False
    if before.endswith("(") or c.IDLE.pick(seen.bare).search(before) or c.LASTS.pick(seen.bare).search(before):
        return False
    tasked = c.TASKED.pick(seen.bare).search(before) or c.ORDERED.pick(seen.bare).search(before)
    tasked = tasked or c.OPENS_DRIVE.pick(seen.bare).search(before)
    return tasked is not None and seen.goes_on(c.CLOSED)


def _step(seen: Sight, match: re.Match[str]) -> bool:
    """ "Từ ngày 03 đến ngày 14/11: tự kiểm tra …": a step of a plan, and its time before it."""
    return not re.search(r"\w", seen.left[: match.start()]) and seen.goes_on(c.THEN_STEP)


def _recurring_task(seen: Sight) -> bool:
    """ "Sinh hoạt định kỳ từ ngày 01 đến ngày 05 hằng tháng": the days of a task that comes again."""
    return seen.ordered and c.EVERY_AFTER.pick(seen.bare).match(seen.right) is not None


def _finished_within(seen: Sight, marker_start: int) -> bool:
    left = seen.left[:marker_start]
    found = c.FINISHED_WITHIN.pick(seen.bare).search(left)
    return found is not None and c.DONE_ALREADY.pick(seen.bare).search(left[: found.start()]) is None


def _labelled(seen: Sight) -> Marked | None:
    match = seen.ends(c.LABEL)
    if match is None:
        return None
    # "Thời gian: 14h00 ngày 12/3" invites to a meeting.
    if seen.goes_on(c.THEN_FIGURE) or (seen.hour and seen.ends(c.MEETING_TIME)):
        return NOT_DUE
    return _mark(seen, match)


def _adjacent(seen: Sight) -> Marked | None:
    match = seen.ends(c.ADJACENT)
    if match is None or (seen.point.grain == "loose" and not match["day"]):
        return None
    if c.DONE_BEFORE.pick(seen.bare).search(seen.left[: match.start()]) or seen.goes_on(c.THEN_FIGURE):
        return NOT_DUE
    return _mark(seen, match)


def _until(seen: Sight) -> Marked | None:
    match = seen.ends(c.UNTIL)
    if match is None:
        return None
    left = seen.left[: match.start()]
    if (
        seen.ends(c.NOT_DUE)
        or seen.ends(c.AS_OF)
        or (c.COUNTED.pick(seen.bare).search(left) and not match["now"])
        or c.FROM_HOUR.pick(seen.bare).search(left)
    ):
        return NOT_DUE
    if match["moved"] and c.DONE_BEFORE.pick(seen.bare).search(left):
        return NOT_DUE
    if seen.alone(match.start()):
        return _mark(seen, match)
    if seen.point.grain in DAY_GRAINS:
        named = (
            seen.hour
            or seen.point.grain != "loose"
            or c.NAMED_DAY.pick(seen.bare).search(match[0])
            or match["moved"]
            or seen.goes_on(c.THEN_FINISH_NOW)
        )
        due = (
            match["moved"]
            or (
                (match["whole"] or match["whole2"])
                and (c.ASKED_FOR.pick(seen.bare).search(left) or _tasked_until(seen))
            )
            or seen.left_has(c.DOING)
            or seen.goes_on(c.THEN_FINISH)
            or seen.goes_on(c.THEN_FINISH_NOW)
            or (match["now"] and seen.goes_on(c.NOW_MUST))
        )
        return _mark(seen, match) if named and due else NOT_DUE
    whole = seen.point.grain != "year" or seen.point.first is None or (match["whole"] or match["whole2"])
    then = seen.goes_on(c.THEN_FINISH) or seen.goes_on(c.THEN_FINISH_NOW)
    task = seen.left_has(c.DOING) or seen.left_has(c.DRIVE) or seen.goes_on(c.NOW_TASK)
    then = then or bool(match["now"] and task)
    due = _finishes(seen, match.start()) or then or match["moved"]
    return _mark(seen, match) if whole and due else NOT_DUE


def _tasked_until(seen: Sight) -> bool:
    """ "Thông báo đến hết ngày 30/3"; what is counted or paid until a day is only cut off there."""
    return seen.left_has(c.TASKED) and not seen.left_has(c.COUNTS)


def _within(seen: Sight) -> Marked | None:
    match = seen.ends(c.WITHIN)
    if match is None or seen.ends(c.NOT_DUE):
        return None
    if c.PLANNED.pick(seen.bare).search(seen.left[: match.start()]):
        return NOT_DUE
    if _within_named_days(seen, match.start()):
        return _mark(seen, match)
    if seen.alone(match.start()) or seen.goes_on(c.THEN_FINISH) or seen.ends(c.REPORTING):
        return _mark(seen, match)
    if _acts_then(seen, match.start()) or _brought(seen, match.start()):
        return _mark(seen, match)
    unclear = seen.point.grain == "days" and seen.point.last is None
    told = seen.ordered or seen.left_has(c.ORDERED)
    spans = seen.point.grain in ("month", "quarter", "days", "week") or _half_to_come(seen)
    ordered = spans and told and seen.goes_on(c.CLOSED)
    if ordered and not c.HAPPENING.pick(seen.bare).search(seen.left[: match.start()]):
        return _mark(seen, match)
    at_once = match["now"] or unclear or seen.point.grain == "relative"
    if (at_once and seen.left_has(c.DOING)) or _finishes(seen, match.start()):
        return _mark(seen, match)
    return None


def _half_to_come(seen: Sight) -> bool:
    """ "Khám sức khỏe trong 6 tháng đầu năm", written before these are over."""
    last = seen.point.last
    return seen.point.grain == "half" and seen.issued is not None and last is not None and last > seen.issued


def _acts_then(seen: Sight, marker_start: int) -> bool:
    """ "Phát động vào 29/5", "đạt 99% vào cuối năm": the clause is the task, and ends with its time."""
    if not seen.ordered or not seen.goes_on(c.CLOSED) or c.IDLE.pick(seen.bare).search(seen.left):
        return False
    if seen.point.grain not in ("day", "loose", "year") or (seen.point.grain == "year" and not seen.starts(c.LATE)):
        return False
    return c.ACTS_THEN.pick(seen.bare).search(seen.left[:marker_start]) is not None


def _brought(seen: Sight, marker_start: int) -> bool:
    """ "…, báo cáo tôi vào sáng thứ Năm tuần này": to whom it goes, and on which day of the week."""
    day = seen.point.last
    over = seen.issued is not None and day is not None and day < seen.issued
    if seen.point.grain != "weekday" or over or not seen.goes_on(c.CLOSED):
        return False
    return c.BROUGHT.pick(seen.bare).search(seen.left[:marker_start]) is not None


def _within_named_days(seen: Sight, marker_start: int) -> bool:
    """ "Trả lời công dân trong ngày 07/8": the task begins its sentence, and the day is written out."""
    told = seen.left_has(c.TASKED) or (seen.ordered and seen.left_has(c.DOING))
    if seen.point.grain not in ("day", "loose") or not told or seen.left_has(c.IDLE):
        return False
    named = c.NAMED_DAY.pick(seen.bare).search(seen.left, marker_start)
    return bool(named) and not c.HAPPENING.pick(seen.bare).search(seen.left[:marker_start])


def _occasion(seen: Sight) -> Marked | None:
    """ "Khánh thành vào dịp Quốc khánh 2/9": the day itself, where something is to be finished then."""
    match = seen.ends(c.OCCASION)
    if match is None or (seen.point.grain == "feast" and seen.point.first is None):
        return None
    planned = c.STATE_BEFORE.pick(seen.bare).search(seen.left[: match.start()]) is not None
    return _mark(seen, match) if _finishes(seen, match.start()) and not planned else NOT_DUE


def _past_which(seen: Sight) -> Marked | None:
    """ "Quá ngày 25/9, đơn vị nào không gửi ý kiến …": by then it has to be there."""
    match = seen.ends(c.PAST_WHICH) if seen.point.grain in DAY_GRAINS else None
    return _mark(seen, match) if match and seen.goes_on(c.THEN_LATE) else None


def _parenthesised(seen: Sight) -> Marked | None:
    """ "(xong quý II)", "; cuối tháng 3 hoàn thành": a point beside its word of finishing."""
    if seen.point.grain in ("month", "quarter") and not seen.left.strip() and seen.goes_on(c.THEN_ONE_MUST):
        return Marked(seen.point.start)
    if seen.point.grain == "day_of_month" or not seen.goes_on(c.THEN_FINISH_NOW):
        return None
    plain = seen.ends(c.PLAIN)
    opens = plain is not None and plain["day"] and not seen.left[: plain.start()].strip(" ,;(")
    return Marked(_plain_start(seen)) if plain and (opens or seen.point.grain != "loose") else None


def _at_the_end(seen: Sight) -> Marked | None:
    """ "Bàn giao mặt bằng cuối quý IV", "trình ký sáng thứ Hai tuần sau": a task, and when, without a word between."""
    part = seen.point.grain in ("month", "quarter", "week") and seen.starts(c.PART_OF_PERIOD)
    near = seen.point.grain in ("weekday", "relative") or (seen.point.grain == "day" and seen.starts(c.WEEKDAY))
    near = near or (seen.ordered and seen.point.grain == "week" and seen.left_has(c.SENT))
    draft = seen.ordered and part and seen.point.grain == "week" and seen.goes_on(c.THEN_SENT)
    closed = seen.goes_on(c.CLOSED) or draft
    if not (part or near) or not closed or not seen.ends(c.PLAIN):
        return None
    left = seen.left
    if part and seen.ordered and seen.ends(c.REPORTED):
        return Marked(_plain_start(seen))
    if c.MEETING.pick(seen.bare).search(left) or c.HAPPENING.pick(seen.bare).search(left):
        return None
    return Marked(_plain_start(seen)) if draft or _finishes(seen, len(left)) else None


def _finishes(seen: Sight, marker_start: int) -> bool:
    """Whether a word of finishing governs the marker: not told of the past, and with no period of its own between."""
    left = seen.left[:marker_start]
    words = list(c.STRICT.pick(seen.bare).finditer(left))
    last = words[-1] if words else None
    if last is None or c.DONE_ALREADY.pick(seen.bare).search(left[: last.start()]):
        return False
    strong = c.STRONGEST.pick(seen.bare).match(last[0])
    return bool(strong) or not c.HAPPENING.pick(seen.bare).search(left)


def _plain_start(seen: Sight) -> int:
    match = seen.ends(c.PLAIN)
    return seen.left_at + match.start("day") if match and match["day"] else seen.point.start


def _is_history(seen: Sight, found: Marked, issued: date | None) -> bool:
    """A past day of which the sentence tells what had been done: "các dự án đã được duyệt trước ngày…"."""
    last = seen.point.last
    if last is None or (issued is not None and last >= issued):
        return False
    told = c.PASSIVE.pick(seen.bare).search(seen.left[: max(0, found.at - seen.left_at)]) is not None
    return told or seen.goes_on(c.REACHED)


def range_start(seen: Sight, issued: date | None) -> date | None:
    """The first day of "từ ngày A đến ngày B"; what A leaves out is taken from B."""
    match, last = seen.ends(c.RANGE_LEFT), seen.point.last
    if match is None or last is None or seen.point.grain not in DAY_GRAINS:
        return None
    try:
        return day_of(int(match["y"] or last.year), int(match["m"] or last.month), int(match["d"]))
    except ImpossibleDate:
        return None


RULES = (
    _before,
    _latest,
    _range,
    _labelled,
    _adjacent,
    _until,
    _within,
    _occasion,
    _past_which,
    _parenthesised,
    _at_the_end,
)
