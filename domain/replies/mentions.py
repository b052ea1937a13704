"""Which directives a message names: "#12", "việc 12 và 15", "cả hai việc", "các việc còn lại"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.replies.words import Cue, Said, before, one_of

# After a number, what makes it a quantity: "việc 12 hộ dân chưa nhận tiền" names no directive.
COUNTED = (
    "hộ|người|dân|ngày|tuần|tháng|năm|quý|giờ|h|phút|lần|buổi|thôn|bản|khu|trường|lớp|nhà|km|m|m2|ha|héc|tấn"
    "|triệu|tr|tỷ|tỉ|đồng|nghìn|hồ sơ|hs|bộ|văn bản|công văn|báo cáo|trường hợp|công trình|dự án|dự thảo|cái|đơn|thửa"
    "|điểm|tuyến|cầu|vụ|nội dung|nhóm|đợt|bước|khâu|phần|mục|cán bộ|đồng chí|đ/c"
    "|doanh nghiệp|hạng mục|gói|vị trí|cơ sở|chỉ tiêu|kiến nghị|phần trăm|cháu|học sinh|cây|con|sào|mét"
)
_NOT_COUNTED = rf"(?!\s*(?:[%/]|[.,:]\d|-\s*\d|(?:{COUNTED})(?!\w)))"
_NUMBER = rf"\d{{1,6}}(?!\d){_NOT_COUNTED}"
_WORD = r"(?:đầu việc|nhiệm vụ|việc|nv|n/v|directive)"
_NAMED = rf"(?:{_WORD}\s*(?:số|thứ)?\s*[#№]?\s*{_NUMBER}|(?<![\w#])[#№]\s*\d{{1,6}}(?!\d))"
_DIGITS = re.compile(r"\d+")

NAMED = Cue(rf"(?:các |cả |mấy )?{_NAMED}")
_GLUED = re.compile(r"(?<![\w#])[#№]\s*\d{1,6}(?=[^\W\d_])")  # "#12xong"
_BARE_NUMBER = Cue(_NUMBER)
_TASKS = r"(?:(?:các |mọi |những )?(?:đầu việc|nhiệm vụ|việc|cái|mục))"
_TASK_WORDS = Cue(_TASKS)
EVERY = one_of(
    rf"(?:tất cả|toàn bộ)(?: {_TASKS}|(?= đều| đã| xong))|hết (?:các|mọi|những) (?:đầu việc|nhiệm vụ|việc)",
    r"(?:mọi|các|những) (?:đầu việc|nhiệm vụ|việc)(?= đều| trên| đã| đang)",
)
_COUNT = "hai|ba|bốn|năm|[2-9]"
BOTH = Cue(
    rf"cả (?P<count>{_COUNT})(?: {_TASKS})?(?= đều| đã| xong| rồi| đang| ok| em| bên| chưa| xin| vướng"
    rf"| thì|\s*[,.!:]|\s*$| ạ| nhé| a\b)"
    rf"|(?P<tasks>{_COUNT}) {_TASKS}(?! này| kia)"
)
REST = Cue(
    r"(?:(?:các|những|mấy) (?:đầu việc|nhiệm vụ|việc|cái) (?:còn lại|khác|kia)|(?:đầu việc|nhiệm vụ|việc"
    r"|cái) (?:còn lại|kia))"
)
# "còn lại" alone may also be the rest of one task, so it is never sure, and never follows a share of one.
REST_ALONE = Cue(r"còn lại(?= đang| chưa| đều| thì| sắp| xong| vẫn)")
THIS = Cue(r"(?:việc|nhiệm vụ|cái) này")
_COUNTS = {"hai": 2, "ba": 3, "bốn": 4, "bon": 4, "năm": 5, "nam": 5}


@dataclass(frozen=True)
class Mention:
    """Words that name directives.

    Args:
        start: where they begin in the message.
        end: where they end.
        numbers: the directives named; empty for a reference that cannot be settled.
        sure: whether the words can mean nothing else.
    """

    start: int
    end: int
    numbers: tuple[int, ...]
    sure: bool = True


def find_mentions(on: Said, open_: Sequence[int], this: int | None) -> list[Mention]:
    """The places of a message that name directives, in order, neighbours joined ("#12, #15").

    Args:
        on: the message.
        open_: the open directives of the sender.
        this: the directive replied to, which "việc này" means.
    """
    rows = _in_row(on, open_)
    apart = [m for m in _numbered(on, open_) if not any(r.start < m.end and m.start < r.end for r in rows)]
    found = rows + apart
    found += _counted(on, open_, found)
    found.sort(key=lambda m: m.start)
    found = [_excepted(on, m, open_) for m in _joined(on, found)]
    return sorted(found + _relative(on, open_, this, found), key=lambda m: m.start)


_TIGHT = re.compile(r"(?<![\w.,/#])#?\d{1,6}(?:,#?\d{1,6})+(?![\d.,/%]|\s*%)")


def _in_row(on: Said, open_: Sequence[int]) -> list[Mention]:
    """ "21,22" without a blank is two directives where both are open, else a decimal number."""
    rows = ((m, tuple(map(int, _DIGITS.findall(m[0])))) for m in _TIGHT.finditer(on.low))
    return [Mention(m.start(), m.end(), numbers) for m, numbers in rows if set(numbers) <= set(open_)]


def _numbered(on: Said, open_: Sequence[int]) -> list[Mention]:
    marked = [_explicit(m, open_) for m in (*NAMED.all(on), *_GLUED.finditer(on.low))]
    taken = {place for m in marked for place in range(m.start, m.end)}
    bare = []
    for m in _BARE_NUMBER.all(on):
        known = int(m[0]) in open_ and m.start() not in taken
        if known and _stands_as_a_name(on, m.start(), m.end(), taken):
            taken.update(range(m.start(), m.end()))
            bare.append(Mention(m.start(), m.end(), (int(m[0]),)))
    return marked + bare


def _explicit(m: re.Match[str], open_: Sequence[int]) -> Mention:
    digits = _DIGITS.search(m[0])
    number = int(digits[0]) if digits else 0
    return Mention(m.start(), m.end(), (number,), sure=not open_ or number in open_)


_LISTED = re.compile(r"\s*(?:,|và|va|&|\+|với|voi|cùng|cung|lẫn|lan)\s*\d+")
_BEFORE_NAME = re.compile(
    r"(?:^(?:(?:số|so)\s)?|[\n;.!,]\s*(?:số|so)\s|[\n;.!:(]|,|[-–•+]\s|(?<!\w)(?:còn|con|và|va|với|voi|cùng|cung|thì"
    r"|thi|là|la"
    r"|việc|viec|rồi|roi|cả|ca|cáo|cao"
    r"|xong|nhận|nhan|ok|ạ|nhé|nhe|chưa|chua|làm|lam|ký|ky|rõ|ro)|%)\s*$"
)
_AFTER_NAME = Cue(
    r"\s*[:=)]|\s*-\s|\s+\d{1,3}\s*%|\s*(?:đã|thì|xong|chưa|đang|rồi|ok|hoàn thành|đạt|được|xin|vướng|còn|mới|sắp|gần"
    r"|cũng|đều|là|khoảng|cơ bản|hoàn tất|không|hỏi)"
)
# "20 hộ: 12 xong, 8 chưa", "cả 12 đều xong": how many of them.
_OF_A_COUNT = re.compile(
    r"(?<![\w/.,#])\d+ (?!xong|ch[uư]a|v[uư][oơớ]ng|[dđ]ang|c[oò]n|[dđ][aã]|r[oồ]i)[^\W\d][^\n.;:(#\d]{0,24}[:(]\s*$"
)
_ALL = re.compile(r"(?<!\w)(?:cả|ca)\s+$")
_RECEIVED = re.compile(r"(?<!\w)(?:đã|da|em|xin|ok|dạ) nh[aậ]n\s+$")
_ENDS = re.compile(r"\s*(?:$|[,;!?\n]|\.(?!\d)|(?:ạ|a|nhé|nhe|anh|chị|chi|rồi|roi)(?!\w))")


def _stands_as_a_name(on: Said, start: int, end: int, taken: set[int]) -> bool:
    """A bare number is a directive's where one would stand: in a list of them, or before a verb at a clause's start."""
    last = next((place for place in range(start - 1, start - 9, -1) if place in taken), None)
    if last is not None and _only_joint(on.low[last + 1 : start]):
        return True
    listed = _LISTED.match(on.low, end)
    if _OF_A_COUNT.search(on.low, max(0, start - 40), start) or (
        not listed and _ALL.search(on.low, max(0, start - 8), start)
    ):
        return False
    opens = _BEFORE_NAME.search(on.low, max(0, start - 12), start)
    received = _RECEIVED.search(on.low, max(0, start - 12), start)
    return bool((opens and (listed or _AFTER_NAME.match(on, end))) or (received and _ENDS.match(on.low, end)))


def _only_joint(between: str) -> bool:
    return (
        bool(re.fullmatch(r"\s*(?:[,;&+]|,?\s*(?:và|va|với|voi|cùng|cung|lẫn|lan))?\s*", between))
        and "\n" not in between
    )


def _joined(on: Said, found: list[Mention]) -> list[Mention]:
    joined: list[Mention] = []
    for m in found:
        last = joined[-1] if joined else None
        if last and _only_joint(on.low[last.end : m.start]):
            joined[-1] = Mention(last.start, m.end, (*last.numbers, *m.numbers), last.sure and m.sure)
        else:
            joined.append(m)
    return joined


_EXCEPT = before(r"(?:ngoại )?trừ(?: ra)?")


def _excepted(on: Said, m: Mention, open_: Sequence[int]) -> Mention:
    """The others, in "trừ #12 thì xong hết"."""
    found = _EXCEPT.search(on, max(0, m.start - 12), m.start)
    if found is None:
        return m
    return Mention(found.start(), m.end, tuple(n for n in open_ if n not in m.numbers), sure=False)


def _counted(on: Said, open_: Sequence[int], named: list[Mention]) -> list[Mention]:
    found = []
    for m in BOTH.all(on):
        written = m["count"] or m["tasks"]
        count = _COUNTS.get(written) or int(written)
        if m["tasks"] and count != len(open_):
            continue
        if not any(n.start < m.end() and m.start() < n.end for n in named):
            found.append(Mention(m.start(), m.end(), tuple(open_) if count == len(open_) else ()))
    return found


def _relative(on: Said, open_: Sequence[int], this: int | None, named: list[Mention]) -> list[Mention]:
    """References: "việc còn lại" and "việc này" count as names only beside other names; "tất cả các việc" always."""
    found = [] if named else _every(on, open_, this)
    rests = list(REST.all(on))
    used = {n for m in named for n in m.numbers}
    here = [m for m in THIS.all(on) if this is not None and (named or rests)]
    if here or not named:
        used |= {this} if this is not None else set()
    for m in rests:
        left = tuple(n for n in open_ if n not in used)
        if used and left:
            found.append(Mention(m.start(), m.end(), left, sure=len(left) == 1 or "các" in m[0]))
    if used and not rests and not re.search(r"[%/]|phần|phan", on.low):
        left = tuple(n for n in open_ if n not in used)
        found += [Mention(m.start(), m.end(), left, sure=False) for m in REST_ALONE.all(on) if left and named]
    return found + [Mention(m.start(), m.end(), (this,)) for m in here if this is not None]


def _every(on: Said, open_: Sequence[int], this: int | None) -> list[Mention]:
    m = EVERY.search(on)
    if m is None or len(open_) < 2 or (this is not None and not _TASK_WORDS.search(on)):
        return []
    return [Mention(m.start(), m.end(), tuple(open_))]
