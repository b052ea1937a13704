"""What a question asks for, told by its words, once names and days have been taken out of it.

The marks of ``words.Rest`` stand where they were: ``U`` a unit, ``P`` a person, ``N`` a notice, ``D`` a directive,
``T`` days, ``W`` words to be found.
"""

from __future__ import annotations

import re

from domain.figures import Filter
from domain.questions.model import Measure
from domain.questions.vocabulary import cue

# --- which directives ---

_FILTERS: tuple[tuple[Filter, re.Pattern[str]], ...] = (
    (
        Filter.UNACKNOWLEDGED,
        cue(
            r"(?:chua|khong)(?: (?:co|ai|don|vi|nao|chiu|bam|thay|duoc|dau|U|P)){0,4}(?: xac)? (?:tiep )?nhan",
            r"chua(?: \w+)? xac nhan(?! (?:da )?(?:hoan thanh|xong|ket qua))",
            r"nhan (?:\w+ )?(?:viec )?chua",
            r"chua (?:da )?tiep nhan",
            r"cho (?:tiep )?nhan",
        ),
    ),
    (
        Filter.WAITING,
        cue(
            r"(?:cho|doi|can|chua|cho toi|cho anh)(?: \w+){0,3} duyet",
            r"duyet chua",
            r"(?:cho|doi|chua)(?: \w+){0,2} xac nhan (?:da )?(?:hoan thanh|xong|ket qua)",
            r"(?:cho|doi) (?:duoc )?xac nhan(?! (?:da )?(?:tiep )?nhan)",
            r"da (?:trinh|nop) (?:len|roi)?",
            r"trinh (?:len )?(?:chua|cho)",
            r"dang trinh",
        ),
    ),
    (
        Filter.SOON,
        cue(
            r"sap",
            r"gan (?:den|toi|het|sat|han|qua|tre)(?: han)?",
            r"sat (?:han|ngay|gio)",
            r"nguy co(?: \w+)?",
            r"(?:co )?(?:kha nang|the) (?:bi |se )?(?:tre|cham|qua han)",
            r"gap(?: nhat)?",
            r"can gap",
            r"de bi tre",
        ),
    ),
    (
        Filter.DIFFICULTY,
        cue(
            r"vuong(?: mac)?",
            r"kho khan",
            r"kien nghi",
            r"diem nghen",
            r"(?:bi|dang) (?:tac|ket|MAC|KET)",
            r"ach tac",
            r"keu(?: kho)?",
            r"gap kho",
            r"tro ngai",
            r"(?:can|chua)(?: duoc)? (?:thao )?go(?: kho)?",
            r"ton tai",
        ),
    ),
    (
        Filter.OVERDUE,
        cue(
            r"qua (?:thoi )?han",
            r"qua thoi gian",
            r"tre(?: (?:han|hen|nai))?",
            r"cham(?: (?:tre|han|tien do))?",
            r"lo han",
            r"no(?: viec)?",
            r"le ra",
            r"(?:het|qua) han (?:ma|nhung)",
            r"khong (?:kip|dung han)",
        ),
    ),
    (
        Filter.OPEN,
        cue(
            r"chua(?: (?:duoc|lam|co|ai|thuc hien|trien khai|giai quyet|xu ly))* (?:xong|hoan thanh|hoan tat|ket thuc)",
            r"chua (?:lam|thuc hien|trien khai|dut diem|bat dau|dong)",
            r"do dang",
            r"dang do",
            r"lam do",
            r"con do",
            r"ton dong",
            r"con ton",
        ),
    ),
    (
        Filter.DUE,
        cue(
            r"(?:den|toi|het|dung|cung) han",
            r"han",
            r"phai (?:nop|xong|hoan thanh|bao cao|lam|trinh|tra|ra)(?: \w+)?",
            r"can (?:nop|hoan thanh|xong|lam)",
            r"deadline",
            r"lich(?: han)?",
        ),
    ),
    (Filter.DONE, cue(r"xong", r"hoan thanh", r"hoan tat", r"ket thuc", r"lam duoc(?! gi)")),
    (
        Filter.OPEN,
        cue(
            r"dang (?:lam|thuc hien|trien khai|giu|om|phu trach|xu ly|giai quyet|theo doi|tien hanh|co)(?: do)?",
            r"con lai",
            r"con (?:\w+ ){0,3}(?:viec|nhiem vu|cong viec)(?: \w+)?",
            r"con (?:gi|nhung gi|may|bao nhieu)",
            r"om",
            r"qua TAI",
            r"qua tai",
            r"giu",
        ),
    ),
    (Filter.ALL, cue(r"giao", r"tat ca", r"toan bo", r"tong (?:so|cong)", r"ban hanh", r"phan cong")),
)
OPENLY_OPEN = _FILTERS[5][1]


def filters_of(line: str) -> list[Filter]:
    """The filters whose words stand in a question, the likeliest first."""
    return list(dict.fromkeys(wanted for wanted, cue in _FILTERS if cue.search(line)))


# --- what is wanted of them ---

_UNIT_WORD = (
    r"(?:phong|so|xa|phuong|don vi|dia phuong|ai|ben|nganh|co quan|huyen|thi tran|(?:dau|DAU) moi|can bo|nguoi)"
)
COMPARE = cue(r"so sanh", r"doi chieu", r"so(?= U)", r"so voi", r"vs", r"dat canh")
BETWEEN = cue(r"\AU (?:voi|vs|so voi|va) U\Z", r"hon", r"ben nao", r"giua")
RANK = cue(
    r"(?:xep|sap) (?:hang|thu tu)",
    r"xep theo",
    r"bang xep",
    r"top(?: \d+)?",
    r"top\d+",
    r"qua tai",
    r"qua TAI",
    rf"{_UNIT_WORD}\b(?: \S+){{0,12}} nhat",
    rf"nhat(?: \S+){{0,4}} (?:la )?{_UNIT_WORD}",
    rf"(?:theo|tung|moi) (?:tung )?{_UNIT_WORD}",
    r"\d+ (?:don vi|phong|so|xa|U)(?: \S+){0,6} nhat",
    r"dung (?:dau|DAU|cuoi|chot)",
    rf"(?:bao nhieu|may) {_UNIT_WORD}",
)
OF_TASKS_MOST = cue(r"(?:viec|cai|nhiem vu)(?: nao| gi)?(?: \S+){0,6} (?:lau|gap|moi|cu|quan trong|nang|kho|som) nhat")
COUNT = cue(
    r"bao nhieu",
    r"may(?! (?:gio|hom|khi|nay|chuc|bua|thang nay|ngay nay))",
    r"so luong",
    r"so (?:viec|nhiem vu|(?:dau|DAU) viec)",
    r"dem(?: \w+)?",
    r"tong (?:so|cong)",
    r"con so",
)
PLURAL = re.compile(r"\A(?:cho \w+ (?:xem|biet) )?may (?:cai|viec|nhiem vu)\b(?!.*\bmay\b.*\bmay\b)")
PROGRESS = cue(
    r"(?:toi|den) dau",
    r"(?:nhu )?the nao",
    r"ra sao",
    r"sao(?: roi)?",
    r"tien do(?! \w*cham)",
    r"tinh hinh",
    r"lam an",
    r"ket qua(?: thuc hien)?",
    r"(?:ty|ti) le",
    r"tong quan",
    r"tong (?:hop|the)",
    r"xong (?:het )?chua",
    r"hoan thanh chua",
    r"T tinh hinh",
    r"tinh hinh T",
    r"den (?:muc|giai doan) nao",
    r"dien bien",
    r"thuc trang",
    r"xong roi chua",
    r"nhu nao",
    r"bao nhieu phan tram",
    r"may %",
    r"(?:bao gio|khi nao|chung nao|luc nao)(?: \w+){0,3} (?:xong|hoan thanh|ket thuc)",
    r"(?:xong|hoan thanh|ket thuc) (?:bao gio|khi nao|chung nao)",
)
GOOD = cue(
    r"tot(?: nhat)?",
    r"gioi",
    r"nhanh(?: nhat)?",
    r"som nhat",
    r"ve nhat",
    r"dan (?:dau|DAU)",
    r"dung (?:dau|DAU)",
    r"hieu qua",
    r"xuat sac",
)
BAD = cue(r"kem", r"te", r"yeu", r"LE", r"bet", r"dung (?:cuoi|chot)", r"do")
BUSY = cue(r"nhieu (?:viec|nhiem vu|cong viec)", r"om", r"qua tai", r"qua TAI", r"ban(?: ron)?", r"dang (?:lam|giu|om)")
STILL_MANY = cue(r"con nhieu (?:viec|nhiem vu)", r"nhieu (?:viec|nhiem vu) (?:chua xong|dang lam)")
NOT_REPORTED = cue(r"chua(?: \w+){0,2} (?:bao cao|nop|tra loi|phan hoi|bao)")


def rank_filter(line: str, found: list[Filter]) -> tuple[Filter, bool]:
    """By what units are ranked, and whether that is a guess."""
    named = [wanted for wanted in found if wanted not in {Filter.OPEN, Filter.ALL}]
    if named:
        return named[0], False
    if GOOD.search(line):
        return Filter.DONE, False
    if BAD.search(line):
        return Filter.OVERDUE, False
    if OPENLY_OPEN.search(line) or Filter.OPEN in found or (BUSY.search(line) and Filter.ALL not in found):
        return Filter.OPEN, False
    return (Filter.ALL, False) if Filter.ALL in found else (Filter.OVERDUE, True)


def measure_of(line: str, units: int, wanted: Filter | None) -> Measure:
    """What is wanted, where it is no single directive."""
    if COMPARE.search(line) or (units > 1 and BETWEEN.search(line)):
        return Measure.COMPARE
    if RANK.search(line) and not OF_TASKS_MOST.search(line) and units < 2:
        return Measure.RANK
    if PROGRESS.search(line) and wanted in {None, Filter.ALL, Filter.OPEN, Filter.DONE}:
        return Measure.PROGRESS
    if COUNT.search(line) and not PLURAL.match(line):
        return Measure.COUNT
    return Measure.LIST
