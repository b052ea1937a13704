"""Which unit a message names as the right one."""

from __future__ import annotations

import re

from domain.replies.words import Cue, Said

# What a unit's name begins with. "Bên" is what people say before any of them.
HEAD = (
    "phòng|sở|ban|chi cục|cục|công an|ubnd|hđnd|ủy ban|trung tâm|văn phòng|hạt|đội|thanh tra|bộ"
    "|mặt trận|hội|xã|phường|thị trấn|huyện|tỉnh|thành phố|kho bạc|chi nhánh|tổ|trạm|viện|quỹ|trường"
    "|bảo hiểm|bhxh|mttq|đoàn|liên đoàn|công ty|điện lực|cơ quan|nhà thầu"
)
# After a head, what makes it the speaker's own or no name at all: "phòng em", "của xã", "bên mình".
_OWN = (
    r"(?:em|mình|tôi|tui|chúng|ta|ạ|a|anh|chị|này|đó|khác|nào|đã|không|là|thì|và|rồi|xong|nhé|nữa|mà|chứ"
    r"|phối hợp|làm|gửi|nên|đang|phụ trách"
    r"|chủ trì|thực hiện|đề nghị)(?!\w)"
)
_ACRONYM = (
    r"(?:tnmt|tn&mt|nnptnt|nn&ptnt|nnmt|tckh|tc-kh|kt-ht|ktht|qldađt|qlda|lđtbxh|ldtbxh|gdđt|gd&đt|gdđt"
    r"|vhtt|vhxh|tttt|khcn|ubnd|vpđk|khđt|gtvt|ca)"
)
# Heads that are names by themselves: "việc của Công an".
_ALONE = "công an|thanh tra|văn phòng|kho bạc|điện lực|mặt trận|bhxh|mttq"
NAME = (
    rf"(?:(?:bên |phía |các )?(?:{HEAD})(?!\s+{_OWN})\s+\w+|(?:bên|phía) (?!(?:{HEAD})\s)(?!{_OWN})\w+"
    rf"|(?:bên |phía )?(?:{_ALONE})(?!\w)|{_ACRONYM}(?!\w))"
)
_WORD = re.compile(r"\S+")
_START = Cue(rf"(?P<side>(?:bên|phía) )?(?P<name>(?:{HEAD})(?!\s+{_OWN})\s+\S.*|(?:{_ALONE})(?!\w)|{_ACRONYM}(?!\w).*)")
_SIDE = Cue(rf"(?:bên|phía) (?!{_OWN})(?P<name>\S.*)")
_END = Cue(
    r"(?:chứ|mà|cơ(?= |$)|mới|ạ|a|anh|chị|nhé|nhe|nha|rồi|không|phụ trách|chủ trì|thực hiện|làm|đảm nhận"
    r"|tham mưu|quản lý|theo dõi|xử lý|giải quyết|đề nghị"
    r"|từ (?:tháng|năm|ngày|đầu|cuối|hôm|khi)|lo (?:việc|cái|vụ|mảng)|vì|do|thì|là|nên|để|theo|em|chúng tôi|bên"
    r"|phòng em|giúp|cho|đã|đang|phải|hợp lý|sang|và không"
    r"|thẩm định|tổng hợp|triển khai|với|đi(?= anh| ạ| nhé|\s*$))"
)


def unit_in(on: Said, start: int = 0) -> str | None:
    """The first unit named from ``start`` on, as written; None if there is none.

    "Bên" before the name and what follows the name are left out: "bên Phòng Nội vụ chứ" names "Phòng Nội vụ".
    """
    m = _START.search(on, start)
    side = _SIDE.search(on, start)
    if side is not None and (m is None or side.start() < m.start()):
        m = side
    if m is None:
        return None
    name = on.text[m.start("name") : m.end("name")]
    end = _END.search(on, _first_word_end(on, m.start("name")), m.end("name"))
    if end is not None:
        name = on.text[m.start("name") : end.start()]
    return name.strip(" \t\n.,:;!?()-") or None


def _first_word_end(on: Said, start: int) -> int:
    m = _WORD.match(on.low, start)
    return m.end() if m else start
