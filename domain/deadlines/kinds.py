"""How points in time are spelt. A space in a pattern stands for any white space; every pattern also reads text
without diacritics."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from domain.deadlines import feasts, periods, resolve
from domain.deadlines.numbers import COUNT_WORDS, MONTH_WORDS, WEEKDAY_WORDS
from domain.deadlines.resolve import Parts, Span
from domain.deadlines.words import Pattern, pattern, without_diacritics
from domain.patterns import at_word_start

Resolver = Callable[[Parts, date | None], Span]


@dataclass(frozen=True)
class Kind:
    """One way to write a point.

    Args:
        grain: "day", "loose" (a day that may as well be a fraction), "day_of_month", "weekday",
            "relative", "week", "month", "days" (of a month), "quarter", "half", "year", "feast" or
            "past" (over, and dropped).
        pattern: its spelling.
        resolve: from its parts to days.
        needs: a text without any of these letters is not searched; the second tuple is for text without diacritics.
    """

    grain: str
    pattern: Pattern
    resolve: Resolver
    needs: tuple[tuple[str, ...], tuple[str, ...]]


EDGE = r"(?<![\w/.,])"  # not inside a document's number, a decimal or another date
DAY = r"(?P<d>\d{1,2})"
MONTH = rf"(?P<m>\d{{1,2}}|{MONTH_WORDS})"
NEXT = "này|tới nữa|sau nữa|tới|sau|kế tiếp|tiếp theo|hiện tại"
OTHER_YEAR = r"nay|sau|tới|kế tiếp|tiếp theo"
YEAR = rf"(?P<y>\d{{4}}(?!\d)|{OTHER_YEAR})"
OF_YEAR = rf"(?:(?:\s*[/.-]\s*|,?(?: của)? năm ){YEAR})?"
# "16/4 tới", "tháng 4 này": nothing but the next one there is; in "tháng 4 tới tháng 6" it is "until".
COMING = (
    r"(?: (?:sắp tới|tới đây|tới|này|đây)(?=\s*(?:$|[.,;:)!?]|\b(?:để|và|phải|cần|theo|làm|gửi|báo|nhé|ạ|nha|hoàn|xong|"
    r"các)\b)))?"
)
FIRST_DAY = r"(?:(?:mùng|mồng) )?"
# "Trong tuần", "hết quý": the present one, where nothing follows that makes it another ("trong năm học", "trong tháng
# cuối năm", "trong quý liền kề").
ALONE = (
    r"(?=\s*(?:$|[.,;:)(?!-]|(?:phải|để|cần|và|hoặc|các|mỗi|đơn|xã|phường|phòng|sở|ban|em|anh|chị|cô|chú|bác|bên|tôi|"
    r"mình|đồng|thì|là|nhé|nha|nhá|nghe|ạ|à|nữa|xong|hoàn|báo|gửi|trình|nộp|tổ chức|theo|rồi|nếu|nhưng|vì|do|mà|"
    r"được|không|ko|sẽ|chắc|có|cho|thôi|luôn|này|nay)\b))"
)
# "Tháng cuối của quý III", "tháng thứ hai quý sau".
NTH = r"(?P<nth>đầu|giữa|cuối|thứ (?:nhất|hai|ba|[123]))(?: tiên| cùng)?"
OF_QUARTER = (
    r"(?: của)? qu[ýí](?:(?: thứ)?\s*(?P<q>iv|i{{1,3}}|0?[1-4]|một|hai|ba|tư)(?!\w)"
    r"(?:(?:\s*[/.-]\s*|,?(?: của)? năm )(?P<y>\d{{4}}(?!\d)|nay|sau|tới))?| (?P<rel>{rel})\b)"
)
STEMS = "giáp|ất|bính|đinh|mậu|kỷ|kỉ|canh|tân|nhâm|quý"
BRANCHES = "tý|tí|sửu|dần|mão|thìn|tỵ|tị|ngọ|mùi|thân|dậu|tuất|hợi"


MARKS = ("/", "-", ".")
NEEDS = {
    "day": ("/", "-", ".", "tháng"), "loose": ("/", "-"), "half": ("tháng", "nửa", "quý", "quí"),
    "feast": (
        "rằm", "giêng", "chạp", "âm", "tết", "noel", "quốc", "giáng", "trung", "giỗ", "vu", "đoan", "nhà", "giải",
        "cách",
    ),
    "quarter": ("quý", "quí", "q1", "q2", "q3", "q4", "q.", "qi", "q "),
    "month": ("tháng",), "days": ("tháng",), "week": ("tuần",),
    "weekday": ("thứ", "nhật", "cn", "t2", "t3", "t4", "t5", "t6", "t7"), "past": ("trước", "vừa", "ngoái", "qua"),
    "relative": ("nay", "mai", "kia", "kìa", "mốt", "trong"), "year": ("năm",), "day_of_month": ("ngày",),
}  # fmt: skip
# A sentence with none of these, and no digit, holds no point in time; most sentences of a notice do not.
_PERIOD = "(?:tháng|qu[ýí]|năm|tuần|ngày)"
HINT = pattern(
    at_word_start(
        f"đầu {_PERIOD}|giữa {_PERIOD}|cuối {_PERIOD}|hết {_PERIOD}|trong {_PERIOD}|tuần|qu[ýí]|tết|rằm|noel|"
        "quốc khánh|giáng sinh|trung thu|giỗ tổ|vu lan|nhà giáo|quốc tế|giải phóng|cách mạng|nửa|chủ nhật|chúa nhật|"
        f"cn|tháng (?:{NEXT}|{MONTH_WORDS}|năm)|thứ (?:{WEEKDAY_WORDS})|nay|mai|kia|kìa|mốt|"
        "năm (?:nay|sau|tới|kế|tiếp)|cuối(?: cùng)?(?: của)? tháng"
    )
    + r"\b"
)
# "Kỳ họp thứ hai", "giai đoạn thứ 2": what is counted with "thứ", so that no Monday is read there.
_COUNTED = (
    "lần|kỳ họp|kì họp|phiên họp|đợt|giai đoạn|vòng|nhóm|khóa|khoá|điểm|mục|hạng|loại|phương án|tháng|năm|bước|cấp|"
    "nhiệm kỳ|phần"
)
COUNTED = "|".join(f"{what} thứ" for what in _COUNTED.split("|"))
# What every kind begins with, at the start of a word: each is tried at these places only.
DIGITS = re.compile(r"\d+")
OPENERS = pattern(
    at_word_start(
        rf"thứ|chủ|chúa|cn|t\.?\s?[0-9]|tuần|tháng|quý|quí|q\.?\s?(?:[1-4]|i)|{COUNTED}|ngày|hôm|bữa|năm|nửa|đầu|giữa|cuối|thượng|trung|hạ|"
        "sáng|trưa|chiều|tối|đêm|mai|mốt|kia|mùng|mồng|rằm|lễ|tết|quốc|giáng|noel|nhà|giải|cách|giỗ|vu|đoan|"
        "một|hai|ba|bốn|sáu|bảy|tám|chín|mười"
    )
)


def _kind(grain: str, source: str, resolver: Resolver, needs: tuple[str, ...] = ()) -> Kind:
    needs = needs or NEEDS[grain]
    return Kind(grain, pattern(source), resolver, (needs, tuple(without_diacritics(w) for w in needs)))


PAST = (
    _kind(
        "past",
        rf"\b(?:{COUNTED}) (?:[2-7]|{WEEKDAY_WORDS})\b(?! (?:tuần|tới|này|hằng|hàng))(?!,? ngày)",
        periods.gone,
        ("thứ",),
    ),
    _kind(
        "past",
        rf"\b(?:(?:thứ (?:[2-7]|{WEEKDAY_WORDS})|chủ nhật|chúa nhật|cn|t[2-7])(?: của)?(?: tuần)?|tuần|tháng|qu[ýí])"
        r" (?:trước(?! (?:ngày|khi|mắt|\d|thứ))|vừa (?:rồi|qua)|qua\b)",
        periods.gone,
    ),
    _kind(
        "past",
        rf"(?:{EDGE}\d{{1,2}}\s*[/-]\s*|\b(?:\d{{1,2}} )?tháng |\bqu[ýí] )(?:\d{{1,2}}|{MONTH_WORDS}|iv|"
        rf"i{{1,3}}),?(?: của)?"
        r" năm ngoái",
        periods.gone,
        ("ngoái",),
    ),
    _kind(
        "past",
        rf"(?:{EDGE}\d{{1,2}}\s*[/-]\s*|\b(?:\d{{1,2}} )?tháng |\bqu[ýí] )(?:\d{{1,2}}|{MONTH_WORDS}|iv|"
        rf"i{{1,3}}),?(?: của)?"
        r" năm trước(?! (?:ngày|khi))",
        periods.gone,
        ("năm trước", "năm  trước", "năm\ntrước"),
    ),
)
MONTH_OF = ("tháng đầu", "tháng giữa", "tháng cuối", "tháng thứ")
# Before the days: "tháng 3-4/2027" is no third of April.
TOGETHER = (
    _kind(
        "day",
        rf"{EDGE}{FIRST_DAY}{DAY}(?:,| của)? tháng {NTH}{OF_QUARTER.format(rel='này|hiện tại')}",
        periods.day_of_quarter,
        MONTH_OF,
    ),
    _kind(
        "month",
        rf"(?<!\d\s)(?<!của\s)\btháng {NTH}{OF_QUARTER.format(rel=NEXT + '|tiếp')}",
        periods.month_of_quarter,
        MONTH_OF,
    ),
    _kind(
        "workday",
        r"\bngày làm việc (?P<end>đầu|cuối)(?: tiên| cùng)?(?: của)? tháng"
        rf"(?: (?P<rel>{NEXT})|\s*{MONTH})(?!\w){OF_YEAR}",
        periods.workdays,
        ("tháng",),
    ),
    _kind(
        "days",
        rf"\btuần (?P<end>đầu|cuối)(?: tiên| cùng)?(?: của)? tháng(?: (?P<rel>{NEXT})|\s*{MONTH})(?!\w){OF_YEAR}",
        periods.week_of_month,
        ("tháng",),
    ),
    _kind(
        "days",
        rf"\btuần (?:(?:lễ )?thứ )?(?P<nth>[1-4]|i{{1,3}}|iv|một|hai|ba|tư|nhất)(?: của|,)? tháng"
        rf"(?: (?P<rel>{NEXT})|\s*{MONTH})(?!\w){OF_YEAR}",
        periods.week_of_month,
        ("tuần",),
    ),
    _kind(
        "days",
        r"\b(?:ngày (?:đầu|cuối)(?: tiên| cùng)?(?: của)? tháng (?:đầu|cuối)(?: tiên| cùng)?(?: của)? qu[ýí]\b"
        r"(?: (?:này|sau|tới|tiếp theo))?|(?:tuần|ngày làm việc) (?:đầu|cuối|thứ \w+)(?: tiên|"
        r" cùng)?(?: của)? (?:mỗi |hằng |hàng )?tháng"
        rf"(?:(?: (?:{NEXT})|\s*(?:\d{{1,2}}|{MONTH_WORDS}))(?!\w)(?:(?:\s*[/.-]\s*| năm )\d{{4}})?)?)",
        periods.unclear,
        ("tháng",),
    ),
    _kind(
        "days",
        rf"\btuần (?:(?:lễ )?thứ )?(?:[1-5]|i{{1,3}}|iv|một|hai|ba|tư|nhất)(?:(?: của|,)? (?:mỗi |hằng |hàng )?tháng"
        rf"(?:(?: (?:{NEXT})|\s*(?:\d{{1,2}}|{MONTH_WORDS}))(?!\w)(?:(?:\s*[/.-]\s*| năm )\d{{4}})?)?)"
        r"|\btuần (?:thứ )?\d{1,2}(?:\s*/\s*|,?(?: của)? năm )(?:\d{4}|nay)\b",
        periods.unclear,
        ("tuần",),
    ),
    _kind(
        "feast",
        r"(?<=lễ\s)(?:ngày )?(?P<d>\d{1,2})/(?P<m>\d{1,2})\s*(?:-|,|và|&)\s*(?:ngày )?(?P<until>\d{1,2})/"
        r"(?P<month>\d{1,2})(?:\s*(?:/|năm )\s*(?P<y>\d{4}))?(?![\w/])",
        feasts.days_off,
        ("lễ",),
    ),
    _kind("month", r"\bt\.?\s?(?P<m>0?[1-9]|1[0-2])\s?[/-]\s?(?P<y>20\d\d)(?![\d/])", periods.month, MARKS),
    _kind(
        "month",
        rf"(?<!\d\s)\b(?:(?:hai|ba|0?[23]) )?tháng (?P<m>\d{{1,2}})(?:\s*,\s*(?:tháng )?\d{{1,2}})*(?:(?:\s*-\s*|"
        rf" và )(?:tháng )?(?P<until>\d{{1,2}})"
        rf"{OF_YEAR}(?![\w/])|\s*,\s*(?:tháng )?(?P<until2>\d{{1,2}})(?:\s*/\s*| năm )(?P<y2>\d{{4}})(?!\d))",
        periods.month_list,
    ),
)
DAYS = (
    _kind("day", r"(?<![\w/.-])(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?![\w/-])", resolve.full_day, MARKS),
    _kind(
        "day", rf"{EDGE}{DAY}\s*([/.-])\s*(?P<m>\d{{1,2}})\s*[/.-]\s*(?P<y>\d{{4}})(?![\d/])", resolve.full_day, MARKS
    ),
    _kind(
        "day",
        rf"{EDGE}{FIRST_DAY}{DAY}(?:,| của)? tháng {MONTH}(?:\s*[/.-]\s*|,? năm |, )(?P<y>\d{{4}})(?!\d)",
        resolve.full_day,
        ("tháng",),
    ),
    _kind(
        "day",
        rf"(?:(?<=ngày\s)|(?:mùng|mồng) )(?P<d>{COUNT_WORDS}),? tháng {MONTH}(?:\s*[/.-]\s*|,? năm |, )"
        r"(?P<y>\d{4})(?!\d)",
        resolve.full_day,
        ("tháng",),
    ),
    _kind("day", rf"{EDGE}{DAY}\s*[/.-]\s*(?P<m>\d{{1,2}}),? năm (?P<y>\d{{4}})(?!\d)", resolve.full_day, MARKS),
    _kind("day", rf"{EDGE}{DAY}([/.-])(?P<m>\d{{1,2}})\2(?P<y>\d{{2}})(?!\d|[/.-]\d)", resolve.full_day, MARKS),
    _kind(
        "feast",
        rf"\b(?:(?P<full>rằm)|{FIRST_DAY}{DAY})(?: tháng |/)(?P<m>giêng|chạp)(?:\s*\(?(?:âm lịch|"
        rf"âl)\)?)?(?:,? (?:năm )?(?P<stem>{STEMS}) (?P<branch>{BRANCHES})\b)?{OF_YEAR}(?!\w)",
        feasts.lunar_day,
        ("giêng", "chạp"),
    ),
    _kind(
        "feast",
        rf"\b(?P<full>rằm) tháng {MONTH}(?:\s*\(?(?:âm lịch|âl)\)?)?{OF_YEAR}(?!\w)",
        feasts.lunar_day,
        ("rằm",),
    ),
    _kind(
        "feast",
        rf"\b{FIRST_DAY}{DAY}(?:(?: tháng |/){MONTH})?\s*\(?(?:âm lịch|âl|âm)\b\)?{OF_YEAR}(?!\w)",
        feasts.lunar_day,
        ("âm", "âl"),
    ),
    _kind(
        "day",
        rf"{EDGE}{FIRST_DAY}{DAY}(?:\s*[/-]\s*|,? tháng ){MONTH},?(?: của)? năm (?P<y>{OTHER_YEAR})\b",
        resolve.day_and_month,
        ("nay", "sau", "tới", "kế", "tiếp"),
    ),
    _kind(
        "day",
        rf"{EDGE}{FIRST_DAY}{DAY}(?: của)? tháng (?P<rel>{NEXT})\b(?! (?:khi|ngày|đó|lúc|thời))",
        resolve.day_of_relative_month,
        ("tháng",),
    ),
    _kind(
        "day",
        rf"{EDGE}{FIRST_DAY}{DAY}(?:,| của)? tháng {MONTH}(?!\w)(?!\s*[/.-]?\d){COMING}",
        resolve.day_and_month,
        ("tháng",),
    ),
    _kind(
        "day",
        rf"(?:(?<=ngày\s)|(?:mùng|mồng) )(?P<d>{COUNT_WORDS}),? tháng {MONTH}(?!\w)(?!\s*[/.-]?\d){COMING}",
        resolve.day_and_month,
        ("tháng",),
    ),
    _kind(
        "loose",
        rf"{EDGE}{DAY}\s?[/-]\s?(?P<m>\d{{1,2}})(?![\w/%])(?!\s?[,/-]\s?\d)(?!\.\d)"
        rf"(?! (?:ngày|tuần|tháng|giờ|lần|người|phút)\b){COMING}",
        resolve.day_and_month,
    ),
)
FEASTS = (
    _kind(
        "feast",
        r"\b(?:lễ )?(?P<name>quốc khánh|tết dương lịch|tết tây|giáng sinh|noel|nhà giáo việt nam|quốc tế lao động|"
        r"giải phóng miền nam|cách mạng tháng tám)(?:,?(?: ngày)? \(?\d{1,2}\s?[/.-]\s?\d{1,2}(?![\w/.-])\)?)?"
        rf"(?: (?P<y2>20\d\d)|{OF_YEAR})(?!\w)",
        feasts.feast,
    ),
    _kind(
        "feast",
        r"\b(?:tết |lễ )?(?P<name>trung thu|giỗ tổ|vu lan|đoan ngọ)(?: hùng vương)?" + OF_YEAR + r"(?!\w)",
        feasts.feast,
    ),
    _kind(
        "feast",
        rf"\b(?:(?:mùng|mồng|ngày) )?{DAY} tết(?! (?:dương|tây))(?: nguyên đán)?{OF_YEAR}(?!\w)",
        feasts.day_of_tet,
    ),
    _kind(
        "feast",
        r"\btết(?! (?:trồng|thiếu|trung|dương|tây|đoan))(?: (?:nguyên đán|âm lịch|cổ truyền|ta))?"
        rf"(?:,? (?:xuân )?(?:{STEMS}) (?:{BRANCHES}))?(?:(?:,? năm |\s*-\s*|,? )(?P<y>\d{{4}}))?(?!\w)",
        feasts.tet,
        ("tết",),
    ),
)
PERIODS = (
    _kind(
        "half",
        rf"(?<![\w/.,-])(?P<n>0?[1-9]|1[01]|ba|sáu|chín) tháng (?P<end>đầu|"
        rf"cuối)(?: của)? năm(?:\s*{YEAR})?\b",
        periods.months_of_year,
    ),
    _kind(
        "half",
        rf"\b(?P<n>0?[123]|một|hai|ba) (?P<unit>qu[ýí]) (?P<end>đầu|cuối)(?: của)? năm(?:\s*{YEAR})?\b",
        periods.months_of_year,
    ),
    _kind("half", rf"\bnửa (?P<end>đầu|cuối)(?: của)? năm(?:\s*{YEAR})?\b", periods.months_of_year),
    _kind(
        "quarter",
        r"\b(?:(?P<part>nửa đầu|nửa cuối|nửa sau|đầu|giữa|(?<!hạn\s)cuối) )?"
        r"qu[ýí]\s*(?:thứ )?(?P<q>iv|i{1,3}|0?[1-4]|một|hai|ba|tư)(?!\w)"
        r"(?:(?:\s*,\s*| và |\s*-\s*)(?:qu[ýí] )?(?P<until>iv|i{1,3}|[1-4](?=\s*(?:$|[.;)/]|năm\b)))(?!\w))?" + OF_YEAR,
        periods.quarter,
    ),
    _kind("quarter", r"\bq\.?\s?(?P<q>iv|i{1,3}|[1-4])\s?[/.-]\s?(?P<y>\d{4})(?!\d)", periods.quarter),
    _kind(
        "quarter",
        rf"\b(?P<part>nửa đầu|nửa cuối|nửa sau|đầu|giữa|cuối) qu[ýí](?: (?P<rel>{NEXT}))?(?! \d)\b|"
        rf"\bqu[ýí] (?P<rel2>{NEXT}|tiếp)\b|"
        rf"(?:(?<=hết\s)|(?<=trong\s))qu[ýí]\b{ALONE}",
        periods.quarter,
    ),
    _kind(
        "days",
        rf"\b(?:(?P<n>\d{{1,2}}|{COUNT_WORDS}) ngày (?P<end>đầu|cuối)(?: tiên| cùng)?|"
        rf"(?<!những\s)(?<!các\s)ngày (?P<end2>đầu(?= tiên)|cuối)(?: tiên|"
        rf" cùng)?)(?: của)? tháng(?:(?: (?P<rel>{NEXT})|\s*{MONTH})(?!\w){OF_YEAR})?",
        periods.days_of_month,
        ("cuối", "đầu"),
    ),
    _kind("month", r"\btháng năm(?:(?=\s*(?:[.,;)]|$))|\s*/?\s*(?:năm )?(?P<y>\d{4}))", periods.may),
    _kind(
        "month",
        r"\b(?:(?P<part>đầu|giữa|cuối|nửa đầu|nửa cuối|nửa sau|thượng tuần|trung tuần|hạ tuần) )?"
        rf"tháng(?: (?P<rel>{NEXT})|\s*{MONTH})(?!\w){OF_YEAR}{COMING}",
        periods.month,
    ),
    _kind(
        "month",
        r"\b(?P<part>đầu|giữa|cuối|nửa đầu|nửa cuối|nửa sau) tháng\b(?! (?:\d|năm\b))"
        rf"|(?:(?<=hết\s)|(?<=trong\s))tháng\b{ALONE}",
        periods.month,
    ),
    _kind(
        "weekday",
        rf"\b(?:thứ (?P<w>[2-7]|{WEEKDAY_WORDS})|chủ nhật|chúa nhật|t(?P<w2>[2-7])(?!\s?[/.-]\s?\d{{4}})|"
        rf"cn)\b(?:(?: của)? tuần (?P<rel>{NEXT})\b| (?P<rel2>này)\b| tới\b)?",
        resolve.day_of_week,
    ),
    _kind(
        "week",
        rf"\b(?P<part>đầu|giữa|cuối) tuần(?: (?P<rel>{NEXT}))?\b|\btuần (?P<rel2>{NEXT})\b|(?:(?<=hết\s)|"
        rf"(?<=trong\s))tuần\b{ALONE}",
        resolve.week,
    ),
    _kind(
        "relative",
        r"\b(?:ngày |sáng |chiều |tối |trưa |đêm )?(?:hôm|bữa) (?P<r>nay)\b|\b(?:sáng|trưa|chiều|tối|"
        r"đêm) (?P<r3>nay)\b|\b(?:ngày|sáng|chiều|tối|"
        r"trưa) (?P<r2>mai|kia|mốt|kìa)\b"
        rf"|(?<=trong\s)ngày\b(?! \d| (?:nghỉ|lễ|làm|tết|hội|mùng|mồng|rằm|thứ|chủ|đầu|cuối|giữa|quốc|giỗ|nhà|họp|"
        rf"khai|diễn|tổ chức|ra|có|{COUNT_WORDS})\b)",
        resolve.relative_day,
    ),
    _kind("year", rf"\b(?:(?P<part>đầu|giữa|cuối) )?năm {YEAR}(?!\w)(?!\s*-\s*\d)", periods.whole_year),
    _kind("year", rf"\b(?P<part>cuối|giữa|đầu) năm\b|(?:(?<=hết\s)|(?<=trong\s))năm\b{ALONE}", periods.whole_year),
    _kind(
        "days",
        r"(?:(?<=hết\s)|(?<=trong\s))(?:tuần(?! (?:lễ|từ|\())|tháng|qu[ýí]|năm)\b(?!\s*\d| năm\b)",
        periods.unclear,
        ("tuần", "tháng", "quý", "quí", "năm"),
    ),
)
DAY_OF_MONTH = _kind(
    "day_of_month", rf"\bngày {FIRST_DAY}{DAY}(?![\w/%])(?!\s*[/.-]\s*\d)(?! (?:làm|ngày))", resolve.day_of_month
)

KINDS: tuple[Kind, ...] = (*PAST, *FEASTS, *TOGETHER, *DAYS, *PERIODS, DAY_OF_MONTH)

# Only where a date was asked for, and before the others: "hai mươi tháng này", "mười lăm tháng tư".
TYPED_FIRST: tuple[Kind, ...] = (
    _kind("day", rf"\b(?P<d>{COUNT_WORDS}) tháng (?P<rel>này|tới)\b", resolve.day_of_relative_month, ("tháng",)),
    _kind("day", rf"\b(?P<d>{COUNT_WORDS}) tháng (?P<m>{MONTH_WORDS})\b", resolve.day_and_month, ("tháng",)),
)
# Only where a date was asked for: in a sentence these are numbers and verbs.
TYPED: tuple[Kind, ...] = (
    _kind("feast", r"\b(?P<full>rằm)\b(?! tháng)", feasts.lunar_day),
    _kind("loose", rf"{EDGE}{DAY}\.(?P<m>\d{{1,2}})(?![\w/%.]*\d)", resolve.day_and_month, (".",)),
    _kind(
        "day_of_month",
        rf"(?<!giờ\s)(?<!gio\s)\b{FIRST_DAY}{DAY}(?:(?: ngày)? (?:tây|dương lịch|dương|này|tới))?(?!\s?[\w/.%:-])",
        resolve.day_of_month,
        ("",),
    ),
    _kind("relative", r"(?<!hôm\s)(?<!bữa\s)\b(?P<r>mai|mốt|kia)\b", resolve.relative_day),
)
