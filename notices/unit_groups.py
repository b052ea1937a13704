"""Units named by their kind: "các cơ quan, đơn vị liên quan", and lists with a shared beginning: "các Sở: A, B"."""

from __future__ import annotations

import re

from notices import lexicon as lex
from notices.name_words import SYLLABLES
from notices.plain import LOWER, UPPER, compiled, plain
from notices.unit_names import (
    BODY_AT,
    KINDS,
    NUMBERED,
    OVER,
    PERSONS,
    PLURAL,
    PORTFOLIO,
    VERB,
    Unit,
    Units,
    named,
    proper,
    starts_unit,
)
from notices.unit_scope import GENERAL

_SEP = r"(?: \((?:sau đây|gọi|viết) [^()]{1,80}\))?(?:\s*,\s*(?:và )?|\s*;\s*|\s+và |\s*/\s*| và )"
_COMMUNE = r"(?:xã|phường|thị trấn|đặc khu|huyện|thị xã|thành phố|quận|tỉnh|cấp|địa phương)(?!\w)"
GROUP = compiled(
    rf"(?P<plural3>các (?:đồng chí )?){PERSONS} (?:{OVER}|văn phòng) {_COMMUNE}(?:(?:\s*,\s*| và ){_COMMUNE})*|"
    rf"(?:{PERSONS} )?(?:"
    rf"(?:{OVER}|văn phòng) (?P<plural>{PLURAL}|(?=cấp )){_COMMUNE}(?P<more>(?:(?:\s*,\s*| và |\s*-\s*|"
    rf"\s*/\s*){_COMMUNE})*)"
    rf"|(?P<plural2>{PLURAL})?{KINDS}(?P<more2>(?:(?:\s*,\s*| và |\s*-\s*|\s*/\s*)(?:các )?{KINDS})*))"
)
SHARED = compiled(
    rf"(?P<person>{PERSONS} )?(?P<over>{OVER} )?(?P<plural>các|hai|ba|02|03|04|"
    rf"05) (?P<kind>{KINDS}(?P<what>(?: (?!(?:{lex.WHICH}|{lex.STOP}|và|các|có|cùng)(?!\w))\w+){{1,3}}(?=\s*:))?)"
    rf"(?:(?:\s*,\s*(?:ban|ngành|đơn vị|phòng))+(?=\s*:))?"
    rf"(?: (?P<named>huyện|xã|phường|thị trấn|thành phố))?"
    rf"(?P<colon>(?: (?:{lex.WHICH})(?!\w)(?: \w+){{0,3}})?\s*:)?\s+"
)
QUALIFIED = compiled(
    rf"\s+(?:(?:{lex.QUALIFIER})(?!\w))(?: (?:ubnd|ủy ban nhân dân|sở|bộ|chính phủ|tỉnh|huyện|thành phố|xã|"
    rf"phường|địa bàn|quản lý))*(?: (?:tỉnh|huyện|thành phố|xã|phường|thị xã|đặc khu)(?!\w))?"
    rf"(?:\s*,\s*(?:xã|phường|thị trấn|đặc khu)(?=[\s,.;:(]|$)(?!\s+[a-z]*[A-Z]))*"
)
SEPARATOR = compiled(_SEP)
COMMUNE_AT = compiled(_COMMUNE)


def shared(text: str, low: str, at: int) -> Units | None:
    """ "Các Sở: Tài chính, Xây dựng", "UBND các xã An Hải, An Phú": the beginning is shared."""
    match = SHARED.match(low, at)
    if match is None:
        return None
    numbers = COUNTED.fullmatch(low, match.start("kind"), match.end("kind")) is not None
    if not (text[match.end() : match.end() + 1].isupper() or _is_number(low, match.end(), numbers)):
        return None
    if BODY_AT.match(low, match.end()) and not MINISTRIES.match(low, match.start("kind")):
        return None  # "các phòng Phòng …": each has its own beginning
    if match["colon"] and _orders(text, low, match.end()):
        return None
    over = text[match.start("over") : match.end("over")] if match["over"] else ""
    person = text[match.start("person") : match.end("person")] if match["person"] else ""
    kind = text[match.start("kind") : match.end("kind")]
    beginning = person + over + (kind if over else kind[:1].upper() + kind[1:])
    names, place, end = [], match.end(), match.end()
    while (name := proper(text, low, place)) is not None:
        names.append(Unit(f"{beginning} {text[name[0] : name[1]]}"))
        end = name[1]
        separator = SEPARATOR.match(low, end)
        if separator is None:
            break
        place = separator.end()
        if low.startswith(kind.lower() + " ", place):
            place += len(kind) + 1  # "các Quận 1, Quận 5"
        elif starts_unit(text, low, place) and not (COMMUNE_AT.match(kind.lower()) and TWO_WORDS.match(text, place)):
            break
        if not (text[place : place + 1].isupper() or _is_number(low, place, numbers)):
            break
        if not match["colon"] and not separator[0].strip().startswith((",", "và")):
            break
    if len(names) == 1 and not match["colon"] and not COMMUNE_AT.match(kind.lower()) and match["plural"] == "các":
        return Units((Unit(text[at:end], group=True),), at, end)  # "Giám đốc các Sở Y tế": one in each province
    return Units(tuple(names), at, end) if names else None


# "Các Bộ: Công an, Tài chính": the ministry, not the police of a place.
MINISTRIES = compiled(r"bộ\s*:?\s*công an\s*(?:,|và )")
COUNTED = compiled(r"quận|phường|xã|thôn|bản|ấp|tổ|tổ dân phố|khu phố|khối phố|khu|đội|nhóm|phân xưởng|xí nghiệp")
# "Trường Lộc" among provinces is a place, though it begins as a school does.
TWO_WORDS = re.compile(rf"[{UPPER}][{LOWER}]* [{UPPER}][{LOWER}]*(?=\s*(?:[,;.:)]|$)|\s+(?:và|{lex.VERB})(?!\w))")


def _is_number(low: str, at: int, counted: bool) -> bool:
    """Whether a name that is only a number stands here: "Xí nghiệp *số 2*", "thôn *7*"."""
    return NUMBERED.match(low, at) is not None or (counted and ONE_NUMBER.match(low, at) is not None)


ONE_NUMBER = compiled(r"\d{1,2}[a-z]?(?![\w/.%])(?! (?:thôn|bản|xã|phường|tổ|hộ|đơn vị|khu|ngày|tháng|giờ|lần))")


def _orders(text: str, low: str, at: int) -> bool:
    """ "Các thôn: Tuyên truyền …": what they are to do; "Các Cục: Quản lý đất đai, Chuyển đổi số": their names."""
    if not VERB.match(low, at) or PORTFOLIO.match(low, at):
        return False
    name = proper(text, low, at)
    separator = SEPARATOR.match(low, name[1]) if name else None
    return separator is None or not text[separator.end() : separator.end() + 1].isupper()


def group(text: str, low: str, at: int) -> Units | None:
    """ "Các cơ quan, đơn vị liên quan", "UBND các xã, phường", "chủ đầu tư"."""
    match = GROUP.match(low, at)
    if match is None:
        return None
    end = match.end()
    plural = match["plural"] or match["plural2"] or match["plural3"] or (" các " in match[0] and match[0])
    if text[end:].lstrip()[:1].isupper():
        end = _without_last(match, low, end)
    following = text[end:].lstrip()
    if following[:1].isupper() and not plural:
        return None
    over = match["plural"] is not None or match["plural3"] is not None
    alone = _ALONE.match(low, at) or (QUALIFIED.match(low, end) and not COMMUNE_AT.match(low, at))
    if not (over or plural or match["more2"] or alone):
        return None
    schools = SCHOOLS.match(low, end)
    end = _qualified_end(text, low, schools.end() if schools else end)
    relative = RELATIVE.match(low, end) if plural else None
    end = relative.end() if relative else _complement_end(text, low, end) if not GENERAL.match(low[at:end]) else end
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
    if found := _listed(text, low, match.end()):
        return tuple(unit.name for unit in found.names), close + 1 if close > 0 else found.end
    stop = close if close > 0 else re.compile(r"[,.;:)]|$").search(text, match.end()).start()  # type: ignore[union-attr]
    names = [name.strip() for name in re.split(r",| và ", text[match.end() : stop])]
    return tuple(name for name in names if name), close + 1 if close > 0 else stop


def _listed(text: str, low: str, at: int) -> Units | None:
    """Units by their own names, in a list that no group stands in."""
    names: list[Unit] = []
    end = place = at
    while (found := shared(text, low, place) or named(text, low, place)) is not None:
        names.extend(found.names)
        end = found.end
        separator = SEPARATOR.match(low, end)
        if separator is None:
            break
        place = separator.end()
    return Units(tuple(names), at, end) if names else None


def _without_last(match: re.Match[str], low: str, end: int) -> int:
    """Before the last of several kinds, which begins a name of its own: "các sở, ngành, các Ban Quản lý …"."""
    for part in ("more", "more2"):
        if match[part]:
            parts = list(SEPARATOR.finditer(low, match.start(part), end))
            return parts[-1].start() if parts else end
    return end


COMPLEMENT = compiled(
    rf"(?: (?!(?:{lex.VERB}|{lex.STOP}|và|các|những|hoặc|cùng|có)(?!\w))\w+){{1,5}}(?=\s*[,;.:()]|\s*$|"
    rf" (?:(?:{lex.VERB}|phải|cần|không|chưa|được|nên|hãy|theo|căn cứ|và|hoặc|cùng)(?!\w)))"
)


def _complement_end(text: str, low: str, end: int) -> int:
    """Past a few words that say which ones: "các chủ đầu tư hạ tầng cụm công nghiệp"; only where a verb or the
    end follows soon."""
    match = COMPLEMENT.match(low, end)
    words = text[end : match.end()].split() if match else []
    fields = all(word[0].isupper() or word[0].isdigit() or plain(word) in SYLLABLES for word in words)
    return match.end() if match and fields else end


_ALONE = compiled(
    r"(?:cơ sở đào tạo|giáo viên chủ nhiệm|giáo viên|chủ đầu tư|chính quyền|nhà đầu tư|nhà thầu|cơ quan chuyên môn|cơ "
    r"quan chức năng|cơ quan|đơn vị|"
    r"địa phương)(?!\w)"
)


# "Các trường mầm non, tiểu học, THCS": kinds of schools in a list.
_LEVEL = r"(?:mầm non|mẫu giáo|tiểu học|trung học cơ sở|trung học phổ thông|thcs|thpt|phổ thông)"
SCHOOLS = compiled(rf" {_LEVEL}(?:(?:\s*,\s*| và ){_LEVEL})+(?!\w)")


def _qualified_end(text: str, low: str, end: int) -> int:
    """Past "liên quan", "thuộc UBND tỉnh", "trên địa bàn huyện", "chưa thực hiện báo cáo"."""
    for _ in range(8):
        match = QUALIFIED.match(low, end)
        if match is None:
            break
        end = match.end()
        name = re.match(r"\s+", text[end:])
        if name and text[end + name.end() : end + name.end() + 1].isupper():
            rest = proper(text, low, end + name.end())
            end = rest[1] if rest else end
    return end


RELATIVE = compiled(
    r"\s+(?:có tên |được )?(?:nêu |quy định |liệt kê )?(?:tại|trong|ở|theo) (?:các )?"
    r"(?:điểm|khoản|mục|phụ lục|danh sách|danh mục|biểu|bảng)"
    r"(?: (?:kèm theo|số|nêu trên|trên)| \d{1,2}[a-zđ]?(?!\w)| [ivx]{1,4}(?!\w)| [a-zđ](?!\w))*|"
    r"\s+(?:(?:hoạt động|sản xuất|kinh doanh|được giao (?:nhiệm vụ|chủ trì|phối hợp|thực hiện|quản lý)|được|chưa|"
    r"không|nêu|sử dụng|vận hành|có(?= (?!kế hoạch|trách nhiệm|giải pháp|biện pháp|ý kiến|văn bản|tên|"
    r"liên quan)))(?!\w)[^.;:]{0,200}?|"
    r"(?:đã|đang)(?!\w)[^.,;:]{0,120}?)"
    r"(?=\s+(?:khẩn trương|nghiêm túc|tập trung|chủ động|tiếp tục|rà soát|phối hợp|chủ trì|báo cáo|gửi|"
    r"triển khai|hoàn thành|tổ chức|tăng cường|có trách nhiệm|chịu trách nhiệm|phải|cần|"
    r"theo (?:chức năng|thẩm quyền|nhiệm vụ)|căn cứ)(?!\w))"
)
