"""From the tree of a document to its tasks: what is a heading, what is told of the past, what is given to whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from notices import lexicon as lex
from notices.clauses import Given, between, coordinating, given, guided, helpers, only_units, sentences, turns
from notices.labels import labelled
from notices.outline import Node
from notices.plain import compiled, plain
from notices.units import Unit, is_everyone

VERB_FIRST = compiled(
    rf"(?:(?:và|cùng với đó|đồng thời|tiếp đến|trước mắt|nhất là|trong đó)\s*,?\s*)?"
    rf"(?:(?:tuyệt đối )?không )?(?:{lex.VERB})(?!\w)"
)
TOPIC = compiled(
    r"(?:về|đối với|công tác|lĩnh vực|trong|tại|nhóm|riêng|từ|đến|trước|ngay|sau|để|trên|căn cứ|thực hiện|"
    r"theo)(?!\w)[^.;]{0,220}?[:,;]\s*"
)
OBLIGES = compiled(
    r"\b(?:phải|cần|yêu cầu|đảm bảo|bảo đảm|không để|tuyệt đối không|nghiêm cấm|trước ngày|chậm nhất|muộn nhất|"
    r"(?<!đã\s)(?<!chưa\s)hoàn thành)\b"
)
NOT_A_TASK = compiled(
    r"(?:nội dung (?:báo cáo|gồm|cụ thể|cuộc họp|làm việc)|thành phần|địa điểm|kinh phí|hình thức|"
    r"nguồn vốn|quy mô|mục tiêu|mục đích|đối tượng|phạm vi|tuần không|lý do|thông tin liên hệ|"
    r"mọi vướng mắc|nơi nhận|gửi kèm|\(gửi kèm|ghi chú|lưu ý:|phụ lục|trên đây|nay thông báo|thừa lệnh|"
    r"ban hành kèm theo|(?:thông báo|quyết định|chỉ thị|kế hoạch|nghị quyết) này có hiệu lực|chi tiết|kèm theo|"
    r"[^.;]{0,80}trân trọng c[áả]m ơn|giao ban (?:tuần|tháng|quý|đầu|cuối|định kỳ|ngày|sáng|chiều|"
    r"lần|tiếp)|[^.]{0,120}\.{6})(?!\w)"
)
PAST = compiled(
    r"(?:(?:về|một số|những) )?(?:đánh giá|nhận định|kết quả đạt được|kết quả thực hiện|kết quả(?! và)|ưu điểm|hạn "
    r"chế|tồn tại|"
    r"nguyên nhân|tình hình|thực trạng|bối cảnh|khái quát|những kết quả|khuyết điểm|"
    r"thuận lợi|khó khăn|căn cứ pháp lý|cơ sở pháp lý|thành phần|mục đích|ghi nhận|biểu dương|"
    r"ý kiến (?:phát biểu|thảo luận|các|của)|ghi chú|chú thích|sự cần thiết|nhận xét|điểm lại|"
    r"kiểm điểm (?:việc|công việc|tình hình|công tác))(?!\w)"
)
PURPOSE = compiled(r"(?:mục đích|mục tiêu|quan điểm)(?!\w)[^.:]{0,60}:?$")
TASKS_TOO = compiled(r"\b(?:nhiệm vụ|giải pháp|chỉ đạo)\b")
AHEAD = compiled(
    r"\b(?:nhiệm vụ|giải pháp|yêu cầu|chỉ đạo|giao|thời gian tới|phương hướng|trọng tâm|kết luận|khắc phục)\b"
)
PREAMBLE = compiled(
    r"(?:thực hiện|căn cứ|xét|tiếp theo|theo|trên cơ sở|sau khi|ngày \d|để |nhằm|liên quan|qua |vừa qua|"
    r"trong thời gian|thời gian qua|hiện nay|phúc đáp|về việc|chiều ngày|sáng ngày|tại )"
)
CLOSING = compiled(
    r"(?<!\w)(?:triển khai(?: thực hiện)?|thực hiện|chấp hành|phối hợp|biết|"
    r"chịu trách nhiệm thi hành(?= [^.;]{3,20} này))(?:[\s,]+(?:nghiêm túc|đầy đủ|kịp thời|"
    r"hiệu quả|đúng quy định|theo quy định|theo nội dung trên|các nội dung trên|các nội dung nêu trên|"
    r"thông báo này|chỉ thị này|quyết định này|kế hoạch này|công điện này|kết luận này|văn bản này|nội dung này|"
    r"có hiệu quả|"
    r"và))*[\s./]*$"
)
SAYS_MORE = compiled(
    rf"(?<!\w)(?!(?:nghiêm túc|khẩn trương|tổ chức|quan tâm|phối hợp|chủ động|kịp thời|tập trung|triển khai)(?!\w))"
    rf"(?:{lex.VERB})(?!\w)"
)
MAX_LAST_ITEM = 90  # of a closing formula that has a number of its own
MAX_CLOSING = 420  # characters of a closing formula; a longer sentence says more than that
ANNOUNCES = compiled(
    r"(?:trên đây là|nay thông báo|văn phòng(?: [^.,]{0,60})? thông báo(?! (?:này|số|kết luận số))|thừa lệnh|thông "
    r"báo này|thừa ủy quyền|"
    r"đề nghị các [^.]{0,60} biết|[^.]{0,140}\bthông báo (?:để|đến|ý kiến|kết luận)[^.]{0,160}(?:biết|"
    r"thực hiện))"
)
STATES = compiled(
    r"^(?:tuy nhiên|nhìn chung|cơ bản|về cơ bản|đánh giá cao|"
    r"ghi nhận|biểu dương|hoan nghênh|đồng tình|chia sẻ|"
    r"về nguyên tắc,? thống nhất|thống nhất (?:với|về|đánh giá|nội dung|chủ trương)|cơ bản thống nhất|[^.;]{0,80}trân "
    r"trọng c[áả]m ơn|(?:trân trọng )?kính mời|"
    r"phấn đấu đến |mục tiêu)(?!\w)|^[^,;:]{0,120} là (?:nhiệm vụ|xác đáng|"
    r"cần thiết|phù hợp|hợp lý|đúng|một|yêu cầu|khâu|giải pháp|vấn đề|động lực|cơ sở|"
    r"yếu tố|nền tảng|"
    r"căn cứ)(?!\w)"
)
CONDITION = compiled(r"(?:quá \d|nếu |trường hợp )[^.]{0,400}\bsẽ\b")
SHARED_TERM = compiled(
    r"(?:(?:báo cáo|kết quả|ý kiến|văn bản|hồ sơ|danh sách|nội dung|số liệu|thông tin|đề xuất|dự thảo|"
    r"sản phẩm|tài liệu|phương án)(?=[ ,])[^.;:]{0,140}? (?:đề nghị |được |xin )?(?:gửi|nộp|báo cáo|"
    r"trình)(?!\w)|(?:các )?nội dung (?:nêu )?(?:tại|ở|trên)[^.;:]{0,80} (?:hoàn thành|xong)(?!\w)"
    r"|(?:thời gian|thời hạn|hạn|tiến độ)(?: (?:hoàn thành|thực hiện|gửi|nộp|báo cáo|trình|triển khai|cuối|"
    r"chót))*(?!\w))"
)
VERB_REPORT = compiled(
    r"báo cáo (?!của|gửi|đề nghị|bằng văn bản gửi|được)"
    r"(?![^.;:]{0,120}?(?<!,) (?:đề nghị |được )?(?:gửi|nộp) (?:về|đến|cho))"
)
# "Báo cáo nêu tại mục 2 gửi về …": the items it speaks of; without them all that stand before it.
_ITEM = r"(?:(?:[ivx]+\.)?\d{1,2}(?:\.\d{1,2})*[a-zđ]?|[a-zđ])(?![\w/])"
ITEMS = compiled(
    rf"(?:mục|điểm|khoản|nội dung) (?P<n>{_ITEM}(?:(?:\s*,\s*| và |;\s*)(?:(?:mục|điểm|khoản) )?{_ITEM})*)"
)
ITEM = compiled(_ITEM)


MAX_LEAD_IN = 300  # characters before the giving verb that still belong to the task
LEADS_IN = compiled(r"(?:căn cứ|trên cơ sở|để|nhằm|theo|đối với|trong|khi|sau khi|về|tại|từ)(?!\w)")


@dataclass(frozen=True)
class Context:
    """What a paragraph inherits.

    Args:
        leads: who the heading or the opening sentence addresses; None where nobody has been named.
        tasks: tasks are being given; before an opening sentence only explicit ones count.
        past: under a heading that looks back.
        named: the leads come from a heading that names a unit.
        term: the text of a heading that may hold a deadline.
        listed: an opening sentence has told somebody to do what is listed below it.
        helps: who helps with all that stands below ("Bộ A chủ trì, phối hợp với Bộ B:").
    """

    leads: tuple[Unit, ...] | None = None
    tasks: bool = False
    past: bool = False
    named: bool = False
    term: str = ""
    helps: tuple[Unit, ...] = ()
    listed: bool = False


@dataclass
class Task:
    """A task as found: its text, who it is given to, and where it stands."""

    ref: str
    text: str
    leads: tuple[Unit, ...] | None
    node: Node
    term: str = ""
    explicit: bool = False
    helps: tuple[Unit, ...] = ()


@dataclass
class Found:
    """All tasks, and the headings and opening sentences under which they stand."""

    tasks: list[Task] = field(default_factory=list)
    handed_on: list[str] = field(default_factory=list)


def find_tasks(root: Node) -> Found:
    """Walk the tree in the order of the text."""
    found = Found()
    opened = any(_opens(node.body) for node in root.walk())
    _children(root, Context(), found, opened)
    return found


def _opens(body: str) -> bool:
    return body.rstrip().endswith(":")


def _children(parent: Node, context: Context, found: Found, opened: bool) -> None:
    for child in parent.children:
        context = _visit(child, context, found, opened)


def _visit(node: Node, context: Context, found: Found, opened: bool) -> Context:
    """Take in one paragraph and what stands under it; the answer is what its following siblings inherit."""
    if node.children:
        _heading(node, context, found, opened)
        return context
    low = plain(node.body)
    if _opens(node.body) and not node.marked:
        found.handed_on.append(node.body)
        return _opening(node, low, context)
    if _is_title(node.body) and not given(node.body, low, 0, len(node.body)):
        units = only_units(node.body)
        return Context(units, True, False, True) if units and node.marked is False else context
    if _is_closing(node, low):
        return context
    if (helps := helpers(node.body, low)) and found.tasks and found.tasks[-1].node.parent is node.parent:
        found.tasks[-1].helps += helps
        return context
    own = context.named and node.marked and not OF_ITEMS.match(low)
    if SHARED_TERM.match(low) and not VERB_REPORT.match(low) and not own:
        _share(node, found)
    elif _leaf(node, low, context, found, opened) and node.marked and found.tasks[-1].explicit and not context.past:
        return replace(context, tasks=True)  # among orders an item that names nobody is one too
    return context


# Under a unit's heading only these speak of the other items; "Dự thảo văn bản gửi …" is a task there.
OF_ITEMS = compiled(r"(?:báo cáo|kết quả|thời gian|thời hạn|hạn|tiến độ)(?!\w)")


def _is_title(body: str) -> bool:
    return len(body) < 120 and not body.endswith((".", ";", "/", "!", ",")) and not VERB_FIRST.match(plain(body))


def _heading(node: Node, context: Context, found: Found, opened: bool) -> None:
    before = len(found.tasks)
    if (facts := labelled(node)) and not context.past:
        found.tasks.append(Task(node.ref, node.body, facts.leads, node, facts.term, True, facts.helps))
        return
    _under(node, context, found, opened)
    if len(found.tasks) > before:
        found.handed_on.append(node.body)


def _under(node: Node, context: Context, found: Found, opened: bool) -> None:
    """What stands under a heading."""
    low = plain(node.body)
    if (PURPOSE.match(low) and not TASKS_TOO.search(low)) or (PAST.match(low) and not AHEAD.search(low)):
        _children(node, Context(past=True), found, opened)
        return
    units = only_units(node.body)
    if units and not _is_about(units, low, context):
        _children(node, Context(units, True, False, True, node.body), found, opened)
        return
    if node.body.rstrip().endswith((".", ";")) and _leaf(node, low, context, found, opened):
        _children(node, replace(context, leads=found.tasks[-1].leads), found, opened)
        return
    _children(node, _opening(node, low, context), found, opened)


def _is_about(units: tuple[Unit, ...], low: str, context: Context) -> bool:
    """ "Đối với nhà thầu:" among the tasks of one unit: what they are about, not who does them."""
    own = context.named and context.leads is not None and not any(unit.group for unit in context.leads)
    return own and low.startswith("đối với ") and all(unit.group for unit in units)


def _opening(node: Node, low: str, context: Context) -> Context:
    """What "… yêu cầu các đơn vị thực hiện các nội dung sau:" hands on."""
    named = None
    for start, end in sentences(node.body):
        named = given(node.body, low, start, end) or named
    ahead = context.tasks or named is not None or _opens(node.body) or AHEAD.search(low) is not None
    leads = named.units.names if named else guided(node.body, low) or context.leads
    term = node.body[slice(*sentences(node.body)[-1])] if node.body else ""
    own = named is not None and node.marked and all(child.marked and not child.children for child in node.children)
    kept = (context.named and named is None) or (own and _opens(node.body))
    helps = _helping(node.body, low, leads) if named and _opens(node.body) else ()
    listed = context.listed or (named is not None and _opens(node.body) and not context.past)
    return Context(leads, ahead and not context.past, context.past, kept, term, helps or context.helps, listed)


def _helping(text: str, low: str, leads: tuple[Unit, ...] | None) -> tuple[Unit, ...]:
    return tuple(Unit(name) for name in coordinating(text, low, [unit.name for unit in leads or ()]))


def _is_closing(node: Node, low: str) -> bool:
    """ "… yêu cầu các đơn vị nghiêm túc thực hiện./.": the end, with no task of its own."""
    if ANNOUNCES.match(low):
        return True
    last = _is_last(node)
    first = low[slice(*sentences(node.body)[0])] if node.body else low
    ends = (low.endswith("./.") or last) and (not node.marked or (last and len(low) < MAX_LAST_ITEM))
    if not ends or len(first) > MAX_CLOSING or re.search(r"[\d;]", first) or not CLOSING.search(first):
        return False
    giving = given(node.body, low, 0, len(first))
    formula = CLOSING.search(first)
    return giving is None or formula is None or not SAYS_MORE.search(low, giving.units.end, formula.start())


def _is_last(node: Node) -> bool:
    """Whether no paragraph follows."""
    while node.parent is not None:
        if node.parent.children[-1] is not node:
            return False
        node = node.parent
    return True


def _share(node: Node, found: Found) -> None:
    """A later paragraph with the deadline of the items before it."""
    parent = node.parent
    items = {item[0] for match in ITEMS.finditer(plain(node.body)) for item in ITEM.finditer(match["n"])}
    if items:
        for task in found.tasks:
            ref = plain(task.ref.partition("-")[0])
            near = task.node.parent is found.tasks[-1].node.parent
            if any(ref == n or (ref.endswith(f".{n}") and (near or not n.isalpha())) for n in items):
                task.term = node.body
        return
    for task in reversed(found.tasks):
        beside = task.node.parent is parent or (not node.marked and parent in (*task.node.ancestors(),))
        if not beside:
            break
        task.term = task.term + "\n" + node.body if node.marked or not task.term else node.body


@dataclass(frozen=True)
class Part:
    """A sentence of a paragraph, with the task it gives."""

    start: int
    end: int
    given: Given | None


def _leaf(node: Node, low: str, context: Context, found: Found, opened: bool) -> bool:
    """The tasks of one paragraph; False where it gives none."""
    if node.body.isupper() or LOOKS_BACK.match(low):
        return False
    parts = [
        Part(a, b, given(node.body, low, a, b, inside=context.named))
        for sentence in sentences(node.body)
        for a, b in turns(node.body, low, *sentence)
        if not NOT_A_TASK.match(low, a) and not CONDITION.match(low, a) and not IF_HARD.match(low, a, b)
    ]
    if _is_last(node):
        parts = [part for part in parts if not _is_formula(low, part)]
    if not node.marked and opened and PREAMBLE.match(low) and not context.tasks:
        return False
    groups = _groups(parts, node, low, context)
    if not groups:
        return False
    for index, (start, end, giving) in enumerate(groups, 1):
        ref = node.ref if len(groups) == 1 else f"{node.ref}-{index}"
        text = node.body[start:end].strip(" ;")
        named = _named(giving, _with_last(context, found)) if giving else between(node.body[start:end], low[start:end])
        helps = () if giving else context.helps
        found.tasks.append(Task(ref, text, named or context.leads, node, context.term, giving is not None, helps))
    return True


# "… trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị báo cáo về …"
IF_HARD = compiled(
    r"(?:(?:trong )?quá trình (?:triển khai|thực hiện)|nếu|trường hợp|khi|mọi)(?!\w)[^.;]{0,60}\b(?:khó khăn|vướng mắc)"
    r"[^.;]{0,160}\b(?:báo cáo|phản ánh|liên hệ|trao đổi|phản hồi|kiến nghị)(?!\w)"
)


def _is_formula(low: str, part: Part) -> bool:
    """ "… yêu cầu các đơn vị nghiêm túc thực hiện.": what a document closes with."""
    formula = CLOSING.search(low, part.start, len(low[: part.end].rstrip(" ;")))
    if formula is None or part.end - part.start > MAX_CLOSING:
        return False
    begin = part.given.units.end if part.given else part.start
    return not SAYS_MORE.search(low, begin, formula.start()) and (part.given is not None)


# "Đánh giá: phương án đạt yêu cầu …", "Các ý kiến thảo luận: …".
LOOKS_BACK = compiled(
    r"(?:các )?(?:đánh giá(?: chung)?|nhận xét|ưu điểm|hạn chế|tồn tại|kết quả|ý kiến (?:thảo luận|phát biểu)|"
    r"thành phần|"
    r"thư ký|chủ trì|chủ tọa|địa điểm|vắng)\s*:"
)


def _named(giving: Given, context: Context) -> tuple[Unit, ...]:
    """The units named; "chủ đầu tư" under "các chủ đầu tư" are the same ones."""
    above = context.leads or ()
    if above and len(giving.units.names) == 1 and THIS_ONE.fullmatch(plain(giving.units.names[0].name)):
        return above
    if len(above) == 1 and len(giving.units.names) == 1 and above[0].group and not giving.explicit:
        name = giving.units.names[0]
        if name.group and plain(above[0].name).endswith(plain(name.name)):
            return above
    return giving.units.names


THIS_ONE = compiled(
    r"(?:đơn vị|cơ quan|sở|phòng|ban|tập đoàn|công ty|trung tâm|bệnh viện|trường|bộ|địa phương)(?: này| trên)"
)


def _with_last(context: Context, found: Found) -> Context:
    """What a paragraph inherits, with those who were named last where nothing above it names anybody."""
    return context if context.leads or not found.tasks else replace(context, leads=found.tasks[-1].leads)


def _groups(parts: list[Part], node: Node, low: str, context: Context) -> list[tuple[int, int, Given | None]]:
    """Which sentences belong together: a new task begins where another unit is given one."""
    groups: list[tuple[int, int, Given | None]] = []
    opening: int | None = None
    for part in parts:
        giving = part.given if _counts(part.given, groups, context) else None
        if giving and groups and not giving.explicit and _goes_on(giving, low, part):
            giving = None
        if giving and groups and _names(giving) != _names(groups[-1][2]):
            groups.append((part.start, part.end, giving))
        elif len(groups) > 1 and UNFORESEEN.match(low, part.start, part.end):
            groups.append((part.start, part.end, None))
        elif groups:
            groups[-1] = (groups[-1][0], part.end, groups[-1][2])
        elif giving:
            start = giving.start if giving.start > part.start + MAX_LEAD_IN else part.start
            groups.append((start if opening is None else opening, part.end, giving))
        elif _inherits(low[part.start : part.end], node, context, first=part.start == 0):
            groups.append((part.start if opening is None else opening, part.end, None))
        else:
            led_in = LEADS_IN.match(low, part.start) and not AGREES.match(low, part.start)
            opening = part.start if led_in else None
    return groups


# After the tasks of several: "Khi xảy ra sự cố phải báo cáo ngay …" is told to none of them alone.
UNFORESEEN = compiled(r"khi (?:xảy ra|phát sinh|phát hiện)(?!\w)[^.;]{0,120}?,? phải (?!\w+ trách nhiệm)")


# "Khoa Nội làm đầu mối.", "Thủ trưởng đơn vị chịu trách nhiệm trước Giám đốc.": it belongs to the task before.
ANSWERS = compiled(
    r"\s*(?:chịu trách nhiệm(?: toàn diện)?(?: trước| về)?|làm đầu mối|là đầu mối)(?!\w)[^,;]{0,120}[.;]?\s*$"
)


def _goes_on(giving: Given, low: str, part: Part) -> bool:
    """ "…; mỗi Viện cử 02 đoàn": those named before, each of them."""
    return low.startswith("mỗi ", giving.units.start) or ANSWERS.match(low, giving.units.end, part.end) is not None


def _counts(giving: Given | None, groups: list[tuple[int, int, Given | None]], context: Context) -> bool:
    """Whether naming a unit gives it the task: inside a list of one unit's tasks only a giving verb takes it away
    from that unit."""
    if giving is None:
        return False
    if context.past:
        return giving.explicit
    if context.named and _is_urged(giving, context):
        return False
    return giving.explicit or not (context.named and groups) or giving.apart


def _is_urged(giving: Given, context: Context) -> bool:
    """ "Đảng ủy UBND tỉnh:" then "- Lãnh đạo UBND tỉnh bố trí …": a party body leads others."""
    party = any(PARTY.match(plain(unit.name)) for unit in context.leads or ())
    return party and plain(giving.units.names[0].name).startswith("lãnh đạo ")


PARTY = compiled(r"(?:các )?(?:đảng ủy|đảng bộ|chi bộ|cấp ủy|ban thường vụ|huyện ủy|thị ủy|thành ủy)(?!\w)")


def _names(giving: Given | None) -> tuple[str, ...]:
    return tuple(plain(u.name) for u in giving.units.names) if giving else ()


def _inherits(low: str, node: Node, context: Context, *, first: bool) -> bool:
    """Whether a sentence that names nobody is a task for whoever the heading names."""
    if context.past or not context.tasks:
        return False
    if STATES.search(low) or AGREES.match(low) or " gửi lời " in low:
        return False
    if context.named and (node.marked or (node.parent is not None and node.parent.marked)):
        return True
    if first and context.listed and node.marked and not LEADS_IN.match(low) and not TELLS.search(low):
        return True
    return _is_told(low)


# In a list of orders any item is one, unless it says what is or was.
TELLS = compiled(r"\b(?:là|đã|đang|đạt|còn|chưa|vẫn|bị|được|có|gồm|sẽ)\b|:\s*(?:$|\d|thứ |ngày |từ |sáng |chiều )")


# "Về kiến nghị của xã An Lung: thống nhất chủ trương".
AGREES = compiled(
    r"(?:về|đối với) (?:việc |nội dung |các )?(?:kiến nghị|đề nghị|đề xuất|ý kiến|tờ trình|nội dung)(?!\w)"
    r"[^.;]{0,200}?: (?:cơ bản )?(?:thống nhất|đồng ý|nhất trí|chấp thuận|ghi nhận)(?!\w)(?! giao)"
)
# "Quý 3/2027 đưa công trình vào sử dụng": when, then what.
AT_A_TIME = compiled(
    r"^(?:(?:trong|hết|đến|cuối|đầu|giữa|ngay) )?(?:tháng|quý|ngày|năm|"
    r"tuần) [\w/]{1,10}(?:,? năm \d{4})?,? (?:phải |cần )?"
)


def _is_told(low: str) -> bool:
    """Whether it begins as orders do: with a verb, or a topic and then a verb."""
    text = AT_A_TIME.sub("", low.strip(' -+"'))
    for _ in range(3):
        if VERB_FIRST.match(text):
            return True
        topic = TOPIC.match(text)
        if topic is None:
            break
        text = AT_A_TIME.sub("", text[topic.end() :])
    return OBLIGES.search(BRACKETS.sub(" ", low)) is not None


BRACKETS = re.compile(r"\([^()]*\)")


def names_everyone(leads: tuple[Unit, ...]) -> bool:
    """Whether all that is named is everyone."""
    return all(unit.group for unit in leads) and is_everyone([plain(unit.name) for unit in leads])
