"""Who a sentence speaks of: units recognised by their form.

A name begins with a kind of body ("Sở", "Phòng", "Ủy ban nhân dân") or an office ("Chủ tịch") and ends where
a verb or a small word stands in
small letters. "Các Sở: A, B" is several names; "các cơ quan, đơn vị liên quan" is a group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.patterns import grouped
from notices import lexicon as lex
from notices.model import Group
from notices.plain import LOWER, UPPER, compiled

MAX_WORDS = 16  # of a name; a longer one is a sentence that was misread


@dataclass(frozen=True)
class Unit:
    """A unit or a group as written.

    Args:
        name: as written; parts of a shared list with their shared beginning ("UBND phường An Hải").
        group: whether it is named by its kind only.
        excepted: units of the group that are not meant, as written.
    """

    name: str
    group: bool = False
    excepted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Units:
    """Units that stand together: where they begin and end in the text."""

    names: tuple[Unit, ...]
    start: int
    end: int


_KINDS = rf"(?:{grouped(lex.KIND)})(?!\w)"
_PLURAL = rf"(?:{lex.PLURAL}) "
_BODY = rf"(?:(?!(?:{grouped(lex.NOT_BODY)})(?!\w))(?:{grouped(lex.BODY)})(?!\w))"
_PERSON = rf"(?:{grouped(lex.PERSON)})(?!\w)"
_SEP = r"(?:\s*,\s*(?:và )?|\s*;\s*|\s+và |\s*/\s*| cùng | và )"
_OVER = (
    r"(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|công an|đảng ủy|ủy ban mttq|mttq|quân sự|trường|"
    r"ban chỉ huy quân sự|hội|đoàn|thanh tra)"
)

_COMMUNE = r"(?:xã|phường|thị trấn|đặc khu|huyện|thị xã|thành phố|quận|tỉnh|cấp|địa phương)(?!\w)"
GROUP = compiled(
    rf"(?:{_PERSON} )?(?:"
    rf"(?:{_OVER}|văn phòng) (?P<plural>{_PLURAL}|(?=cấp )){_COMMUNE}(?P<more>(?:(?:\s*,\s*| và |\s*-\s*|"
    rf"\s*/\s*){_COMMUNE})*)"
    rf"|(?P<plural2>{_PLURAL})?{_KINDS}(?P<more2>(?:(?:\s*,\s*| và |\s*-\s*|\s*/\s*)(?:các )?{_KINDS})*))"
)
SHARED = compiled(
    rf"(?P<person>{_PERSON} )?(?P<over>{_OVER} )?(?:các|hai|ba|02|03|04|"
    rf"05) (?P<kind>{_KINDS})(?: (?P<named>huyện|xã|phường|thị trấn|thành phố))?"
    rf"(?P<colon>(?: (?:{lex.WHICH})(?!\w)(?: \w+){{0,3}})?\s*:)?\s+"
)
NAMED = compiled(rf"(?:(?:{_PERSON}) )*{_BODY}")
PERSON = compiled(rf"{_PERSON}")
QUALIFIED = compiled(
    rf"\s+(?:(?:{lex.QUALIFIER})(?!\w))(?: (?:ubnd|ủy ban nhân dân|sở|bộ|chính phủ|tỉnh|huyện|thành phố|xã|"
    rf"phường|địa bàn|quản lý))*(?: (?:tỉnh|huyện|thành phố|xã|phường|thị xã|đặc khu)(?!\w))?"
    rf"(?:\s*,\s*(?:xã|phường|thị trấn|đặc khu)(?=[\s,.;:(]|$)(?!\s+[a-z]*[A-Z]))*"
)
OFFICE_OF = compiled(
    r"văn phòng(?: (?:đoàn đbqh|hđnd|hội đồng nhân dân|ubnd|ủy ban nhân dân|huyện ủy|tỉnh ủy|"
    r"đảng ủy)(?:\s*(?:và|&|,|-)\s*(?=đoàn|hđnd|hội đồng|ubnd|ủy ban))?)+"
)
VERB = compiled(grouped(rf"(?:{lex.VERB}|{lex.STOP})(?!\w)"))
KEEPS = compiled(
    r"(?:công trình|chương trình|công lập|dân lập|tư lập|đầu tư xây dựng|quản lý dự án|quản lý (?:đô thị|"
    r"chợ|rừng|bảo vệ|cụm|khu|đất|quỹ|thị trường|chất lượng|các|di|bến|vận|khai thác|môi trường)|"
    r"phát triển (?:quỹ đất|nông thôn|đô thị|kinh tế|công nghiệp|khoa học)|"
    r"đầu tư (?:phát triển|công|nước ngoài|và|xây)|xây dựng (?:nông thôn|công trình|và|cơ bản|đảng)|"
    r"bầu cử|điều tra cơ bản|"
    r"kiểm tra (?:đảng|đảng ủy)|việc làm|công lập|hỗ trợ (?:nông dân|phát triển|doanh nghiệp)|"
    r"xúc tiến (?:đầu tư|thương mại)|khai thác (?:công trình|thủy lợi|hạ tầng)|ứng dụng (?:tiến bộ|"
    r"công nghệ)|kết nối cung|giới thiệu việc|đào tạo (?:nghề|và)|"
    r"bồi dưỡng chính trị|bảo vệ (?:thực vật|rừng|môi trường|chăm)|giải phóng mặt bằng|chuyển đổi số|"
    r"cải cách|an toàn|kiểm soát bệnh|giám sát và|thi công|tư vấn)(?!\w)"
)
WORD = re.compile(r"\w+|[^\w\s]")
PORTFOLIO = compiled(rf"(?:{lex.PORTFOLIOS})(?!\w)")


def read_units(text: str, low: str, at: int) -> Units | None:
    """The units that stand at a place, in a list; None where none stands.

    Args:
        text: the text.
        low: ``plain`` of it.
        at: where to look.
    """
    names: list[Unit] = []
    end = at
    place = at
    while (found := _one(text, low, place)) is not None:
        names.extend(found.names)
        end = found.end
        separator = _SEPARATOR.match(low, end)
        if separator is None or len(names) > 80:
            break
        place = separator.end()
    return Units(tuple(names), at, end) if names else None


_SEPARATOR = compiled(_SEP)


def _one(text: str, low: str, at: int) -> Units | None:
    """One unit, one group or one shared list."""
    return _shared(text, low, at) or _group(text, low, at) or _named(text, low, at)


def _shared(text: str, low: str, at: int) -> Units | None:
    """ "Các Sở: Tài chính, Xây dựng", "UBND các xã An Hải, An Phú": the beginning is shared."""
    match = SHARED.match(low, at)
    if match is None or not (text[match.end() : match.end() + 1].isupper() or NUMBERED.match(low, match.end())):
        return None
    if _BODY_AT.match(low, match.end()):
        return None  # "các phòng Phòng …": each has its own beginning
    over = text[match.start("over") : match.end("over")] if match["over"] else ""
    person = text[match.start("person") : match.end("person")] if match["person"] else ""
    kind = text[match.start("kind") : match.end("kind")]
    beginning = person + over + (kind if over else kind[:1].upper() + kind[1:])
    names, place, end = [], match.end(), match.end()
    while (name := _proper(text, low, place)) is not None:
        names.append(Unit(f"{beginning} {text[name[0] : name[1]]}"))
        end = name[1]
        separator = _SEPARATOR.match(low, end)
        if (
            separator is None
            or not (text[separator.end() : separator.end() + 1].isupper() or NUMBERED.match(low, separator.end()))
            or _starts_unit(text, low, separator.end())
        ):
            break
        if not match["colon"] and not separator[0].strip().startswith((",", "và")):
            break
        place = separator.end()
    return Units(tuple(names), at, end) if names else None


NUMBERED = compiled(r"số \d{1,3}(?!\w)")
_BODY_AT = compiled(rf"(?:{_BODY}|{_PERSON})")


def _proper(text: str, low: str, at: int) -> tuple[int, int] | None:
    """A proper name without its kind: a portfolio, or words with capitals."""
    whole = PORTFOLIO.match(low, at) or NUMBERED.match(low, at)
    if whole:
        return whole.span()
    end = at
    for word in WORD.finditer(text, at):
        if word.start() > end and not text[end : word.start()].isspace():
            break
        first = word[0][0]
        if word[0] == "-" and text[word.end() : word.end() + 2].strip()[:1].isupper():
            continue
        if not (
            first.isupper() or first.isdigit() or (end > at and first.isalpha() and _inside_name(low, word.start()))
        ):
            break
        if _starts_unit(text, low, word.start()) and end > at:
            break
        end = word.end()
    return (at, end) if end > at else None


def _inside_name(low: str, at: int) -> bool:
    """A small letter in a proper name: not a verb, not a small word, not a conjunction."""
    return not VERB.match(low, at) and not re.match(r"(?:và|cùng|hoặc|có|các|những)\b", low[at : at + 8])


def _starts_unit(text: str, low: str, at: int) -> bool:
    """Whether a unit begins here: "vụ" in small letters is a word, "Vụ" or "vụ Pháp chế" is a body."""
    named = NAMED.match(low, at)
    if named and (text[at].isupper() or text[named.end() :].lstrip()[:1].isupper()):
        return True
    return _GROUP_START.match(low, at) is not None


_GROUP_START = compiled(
    rf"(?:(?:{_PERSON}) )?(?:{_PLURAL})(?:{_OVER} )?{_KINDS}|(?:{_PERSON}) (?:{_PLURAL})?{_KINDS}|"
    rf"(?:{_OVER}) (?:các|cấp) |(?:cơ quan|đơn vị|địa phương|chính quyền|chủ đầu tư)(?!\w)"
)


def _group(text: str, low: str, at: int) -> Units | None:
    """ "Các cơ quan, đơn vị liên quan", "UBND các xã, phường", "chủ đầu tư"."""
    match = GROUP.match(low, at)
    if match is None:
        return None
    end = match.end()
    plural = match["plural"] or match["plural2"] or (" các " in match[0] and match[0])
    if text[end:].lstrip()[:1].isupper():
        end = _without_last(match, low, end)
    following = text[end:].lstrip()
    if following[:1].isupper() and not plural:
        return None
    over = match["plural"] is not None
    if not (over or plural or match["more2"] or QUALIFIED.match(low, end) or _ALONE.match(low, at)):
        return None
    end = _qualified_end(text, low, end)
    relative = RELATIVE.match(low, end) if plural else None
    end = relative.end() if relative else _complement_end(low, end) if not GENERAL.match(low[at:end]) else end
    excepted, close = _excepted(text, low, end)
    return Units((Unit(text[at:end].strip(" ,"), group=True, excepted=excepted),), at, close)


EXCEPT = compiled(r"\s*[,(]?\s*(?:trừ|ngoại trừ|không kể|không bao gồm|không gồm) ")


def _excepted(text: str, low: str, end: int) -> tuple[tuple[str, ...], int]:
    """The units after "trừ", and where that ends."""
    match = EXCEPT.match(low, end)
    if match is None:
        return (), end
    bracket = "(" in match[0]
    close = text.find(")", match.end()) if bracket else -1
    found = read_units(text, low, match.end())
    if found and not any(unit.group for unit in found.names):
        return tuple(unit.name for unit in found.names), close + 1 if close > 0 else found.end
    stop = close if close > 0 else re.compile(r"[,.;:)]|$").search(text, match.end()).start()  # type: ignore[union-attr]
    names = [name.strip() for name in re.split(r",| và ", text[match.end() : stop])]
    return tuple(name for name in names if name), close + 1 if close > 0 else stop


def _without_last(match: re.Match[str], low: str, end: int) -> int:
    """Before the last of several kinds, which begins a name of its own: "các sở, ngành, các Ban Quản lý …"."""
    for part in ("more", "more2"):
        if match[part]:
            parts = list(_SEPARATOR.finditer(low, match.start(part), end))
            return parts[-1].start() if parts else end
    return end


COMPLEMENT = compiled(
    rf"(?: (?!(?:{lex.VERB}|{lex.STOP}|và|các|những|hoặc|cùng|có)(?!\w))\w+){{1,5}}(?=\s*[,;.:()]|\s*$|"
    rf" (?:(?:{lex.VERB}|{lex.STOP}|và|hoặc|cùng)(?!\w)))"
)


def _complement_end(low: str, end: int) -> int:
    """Past a few words that say which ones: "các chủ đầu tư hạ tầng cụm công nghiệp"; only where a verb or the
    end follows soon."""
    match = COMPLEMENT.match(low, end)
    return match.end() if match else end


_ALONE = compiled(
    r"(?:cơ sở đào tạo|giáo viên chủ nhiệm|giáo viên|chủ đầu tư|chính quyền|nhà đầu tư|nhà thầu|cơ quan chuyên môn|cơ "
    r"quan chức năng|cơ quan|đơn vị|"
    r"địa phương)(?!\w)"
)


def _qualified_end(text: str, low: str, end: int) -> int:
    """Past "liên quan", "thuộc UBND tỉnh", "trên địa bàn huyện", "chưa thực hiện báo cáo"."""
    for _ in range(8):
        match = QUALIFIED.match(low, end)
        if match is None:
            break
        end = match.end()
        name = re.match(r"\s+", text[end:])
        if name and text[end + name.end() : end + name.end() + 1].isupper():
            proper = _proper(text, low, end + name.end())
            end = proper[1] if proper else end
    return end


def _named(text: str, low: str, at: int) -> Units | None:
    """A unit by its own name, or a person by the office held."""
    office = OFFICE_OF.match(low, at)
    match = office or NAMED.match(low, at)
    if match is None:
        return _person(text, low, at)
    end = _name_end(text, low, at, match.end())
    name = text[at:end].strip(" ,-")
    lower = not office and text[at : at + 1].islower()
    if lower and (end == match.end() or not _LOWER_NAME.match(text, match.end())):
        return None  # in small letters only "phòng Nội vụ", "chi cục thuế huyện"
    return Units((Unit(name),), at, at + len(text[at:end].rstrip(" ,-")))


_LOWER_NAME = re.compile(
    r"\s+(?:[^\Wa-zà-ỹđ]|(?:\w+\s+){0,4}(?:huyện|tỉnh|xã|phường|thành phố|thị trấn|thị xã|trung ương)\b)"
)


def _person(text: str, low: str, at: int) -> Units | None:
    match = PERSON.match(low, at)
    if match is None:
        return None
    end = match.end()
    if _SAID_OF_ACTS.fullmatch(match[0]) and not re.match(
        r"\s+(?:các|ubnd|ủy|sở|phòng|ban|huyện|tỉnh|đơn|cơ)", low[end : end + 8]
    ):
        return None  # "Lãnh đạo, chỉ đạo thực hiện": a verb here
    while (more := re.compile(r"\s+(?:phụ trách\s+)?").match(text, end)) and (again := PERSON.match(low, more.end())):
        end = again.end()
    rest = re.compile(r"\s+").match(text, end)
    proper = _proper(text, low, rest.end()) if rest and text[rest.end() : rest.end() + 1].isupper() else None
    end = proper[1] if proper else _name_end(text, low, at, end)
    while proper and (title := re.compile(r"\s*[,-]\s*").match(low, end)) and PERSON.match(low, title.end()):
        office = _named(text, low, title.end()) or _person(text, low, title.end())
        if office is None:
            break
        end = office.end
    return Units((Unit(text[at:end].strip()),), at, end)


def _name_end(text: str, low: str, start: int, end: int) -> int:
    """Where a name ends that has begun with a kind of body."""
    words = 0
    while words < MAX_WORDS:
        space = re.compile(r"\s*").match(text, end)
        place = space.end() if space else end
        portfolio = PORTFOLIO.match(low, place)
        if portfolio and words == 0:
            end, words = portfolio.end(), words + 2
            continue
        step = _name_step(text, low, start, end, place, words)
        if step is None:
            return end
        end, words = step, words + 1
    return end


ROLES = ("(chủ trì)", "(phối hợp)")


def _name_step(text: str, low: str, start: int, end: int, place: int, words: int) -> int | None:
    """One word further, or None where the name has ended."""
    word = WORD.match(text, place)
    if word is None:
        return None
    written = word[0]
    if written in "-&/":
        after = text[word.end() :].lstrip()
        return word.end() if after[:1].isupper() else None
    if written == "(":
        close = text.find(")", place)
        goes_on = 0 < close < place + 60 and re.match(r"\s*(?:,|và|;|chủ|phối|tham|có)", low[close + 1 : close + 12])
        return close + 1 if goes_on or low[place : close + 1] in ROLES else None
    if written == ",":
        return _over_comma(text, low, word.end())
    if not written[0].isalnum():
        return None
    if low[place : word.end()] == "và":
        begin = word.end() + len(text[word.end() :]) - len(text[word.end() :].lstrip())
        another = not text[begin : begin + 1].isupper() or _starts_unit(text, low, begin)
        return None if another or not words else word.end()
    return _over_word(text, low, start, place, word.end(), words)


def _over_comma(text: str, low: str, after: int) -> int | None:
    """A comma inside a name: "Hội Khoa học, Kỹ thuật và …"; only when "và" and another capital follow."""
    rest = re.match(r"\s+([^\s,;:.()]+(?:\s+[^\s,;:.()]+){0,3}?)\s+và\s+(\S)", text[after:])
    if rest is None or not rest[1][0].isupper() or not rest[2].isupper():
        return None
    begin = after + rest.start(1)
    return (
        None
        if _starts_unit(text, low, begin) or _starts_unit(text, low, after + rest.start(2))
        else after + rest.end(1)
    )


def _over_word(text: str, low: str, at: int, place: int, word_end: int, words: int) -> int | None:
    keeps = KEEPS.match(low, place)
    if keeps and (
        words == 0
        or text[place].isupper()
        or keeps[0].startswith(
            (
                "công trình",
                "chương trình",
                "dân lập",
                "tư lập",
                "đầu tư",
                "việc",
                "công lập",
                "quỹ",
                "phát triển",
                "xây dựng",
                "bồi dưỡng",
                "giải phóng",
            )
        )
    ):
        return keeps.end()
    if text[place].isupper() or PARTY.search(low, at, word_end):
        return word_end
    if VERB.match(low, place) and not (words == 0 and keeps):
        return None
    if PLACED.search(text, at, place) or (PORTFOLIO_END.search(low, at, place) and not PLACE.match(low, place)):
        return None  # after "huyện", "xã An Hòa" or a whole portfolio no name goes on in small letters
    if re.match(r"(?:các|những|có|cùng|hoặc|đồng chí)\b", low[place : place + 10]):
        manages = low[at:place].rstrip().endswith(("quản lý", "dự án", "khai thác"))
        return word_end if (words == 0 or manages) and low[place:].startswith("các") else None
    return word_end


_PLACE = "huyện|tỉnh|xã|phường|thị trấn|thị xã|thành phố|quận|đặc khu|trung ương|cấp"
PLACE = compiled(rf"(?:{_PLACE}|khu vực|liên|số|trực thuộc|thuộc|của)(?!\w)")
PLACED = re.compile(
    r"(?:^|\s)(?:[Hh]uyện|[Tt]ỉnh|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Tt]hị xã|[Tt]hành phố|[Qq]uận|[Tt]rung ương|"
    r"(?:[Hh]uyện|[Tt]ỉnh|[Tt]hành|[Tt]hị|[Qq]uận) ủy)"
    rf"(?:\s+[{UPPER}][{LOWER}]*|\s+\d+)*\s*$"
)
PARTY = compiled(r"\b(?:huyện|tỉnh|thành|thị|quận|đảng|xã|phường) ủy$")
PORTFOLIO_END = compiled(rf"(?:^|\s)(?:{lex.PORTFOLIOS})\s*$")


_SAID_OF_ACTS = compiled(r"lãnh đạo|ông|bà")
RELATIVE = compiled(
    r"\s+(?:hoạt động|sản xuất|kinh doanh|được|chưa|đã|đang|không|sử dụng|vận hành|có (?!kế hoạch|"
    r"trách nhiệm|giải pháp|biện pháp|ý kiến|văn bản))(?!\w)[^.;:]{0,200}?"
    r"(?=\s+(?:khẩn trương|nghiêm túc|tập trung|chủ động|tiếp tục|rà soát|phối hợp|chủ trì|báo cáo|gửi|"
    r"triển khai|hoàn thành|tổ chức|tăng cường|có trách nhiệm|chịu trách nhiệm|phải|cần)(?!\w))"
)
GENERAL = compiled(
    r"(?:(?:thủ trưởng|người đứng đầu|lãnh đạo) )?(?:tất cả |toàn thể )?(?:các |mỗi )?(?:cơ quan|đơn vị|"
    r"địa phương)(?:(?:\s*,\s*| và )(?:các )?(?:cơ quan|đơn vị|địa phương|tổ chức|xã|thị trấn|phường|"
    r"đoàn thể))*$|"
    r"(?:(?:thủ trưởng|lãnh đạo) )?các (?:bộ|sở|phòng|ban|khoa|ngành)(?:\s*,\s*(?:bộ|sở|phòng|ban|khoa|ngành|cơ "
    r"quan))*"
    r"(?:\s*,\s*| và )(?:đơn vị|địa phương)(?:(?:\s*,\s*| và )(?:đơn vị|địa phương))*$"
)
COMMUNES = compiled(
    r"(?:(?:thủ trưởng|lãnh đạo) )?(?:ubnd |ủy ban nhân dân |hđnd |chủ tịch ubnd |"
    r"chủ tịch ủy ban nhân dân |đảng ủy |công an |chính quyền )?(?:các |cấp )(?:xã|phường|thị trấn|đặc khu)"
)
DEPARTMENTS = compiled(
    r"(?:(?:thủ trưởng|giám đốc|trưởng|lãnh đạo) )?(?:các )?(?:sở|phòng|ban|ngành|cơ quan chuyên môn|"
    r"phòng chuyên môn)(?:(?:\s*,\s*| và )(?:các )?(?:sở|phòng|ban|ngành|đơn vị|đoàn thể|địa phương|"
    r"hội))*(?: (?:liên quan|có liên quan))?(?: (?:tỉnh|huyện|thuộc .*))?$"
)


OFFICES = compiled(
    r"(?:(?:thủ trưởng|giám đốc|trưởng|lãnh đạo|người đứng đầu) )?(?:các )?(?:sở|phòng|ban|ngành|bộ|"
    r"cơ quan|đơn vị)(?!\w)"
)


def is_everyone(groups: list[str]) -> bool:
    """Whether the groups together are everyone: all general, or the offices and the communes side by side.

    Args:
        groups: their names, as ``plain`` text.
    """
    if all(GENERAL.match(low) for low in groups):
        return True
    return len(groups) > 1 and any(OFFICES.match(g) for g in groups) and any(COMMUNES.match(g) for g in groups)


def group_of(low: str) -> Group | None:
    """The part of the directory a group's name addresses."""
    if GENERAL.match(low):
        return "all"
    if COMMUNES.match(low):
        return "communes"
    return "departments" if DEPARTMENTS.match(low) else None
