"""Whether words ask about directives: the form of a question, of a command, of a report."""

from __future__ import annotations

import re

from domain.questions.vocabulary import cue, is_known, unknown
from domain.questions.weighing import RANK

MOST_STRANGE = 2  # words none of the rules knows, of a heading

QUESTION = cue(
    r"nao",
    r"gi",
    r"ai",
    r"bao nhieu",
    r"may(?! (?:gio|hom|ngay|bua|T))",
    r"dau",
    r"sao",
    r"the nao",
    r"ra sao",
    r"chua \?",
    r"\?",
    r"khong \?",
    r"nhi",
    r"ha",
    r"bao gio",
    r"khi nao",
    r"dau roi",
    r"hay",
)
ENDS_ASKING = re.compile(
    r"(?<!\S)(?:khong|chua|chu|ha|vay|(?<!cu )(?<!tap )(?<!co )the)"
    r"(?: (?:em|a|anh|chi|oi|nhi|nhe|vay|the|ban|e|c|ha|nua|day|do|roi)){0,4}\Z"
)
_ADDRESS = (
    r"(?:(?:em|anh|chi|a|e|c|bot|sep|ban|oi|ok|oke|vang|thua|cac|van phong|nho|lam on|vui long|hay|dong chi"
    r"|gio|hien|nay"
    r"|minh|toi|muon|can|U|xin|hoi|cho|thu)(?: |\Z))*"
)
_SHOW = (
    r"(?:xem|liet ke|danh sach(?! (?:da|vua|moi) (?!xong|hoan thanh))|ds"
    r"|kiem tra(?! xong)|thong ke|so sanh|doi chieu|dat canh|xep hang|bang"
    r"|tong hop(?! (?:xong|duoc|du))|tong quan|ra soat(?! xong)|tra cuu|loc"
    r"|bao cao (?:nhanh |giup |cho \w+ |anh |chi |toi )?(?:tinh hinh|tien do|ket qua|so lieu)|tong so"
    r"|so luong|top|dem|xep"
    r"|diem (?:lai|danh|qua)|biet|danh gia|hien)"
)
REQUEST = re.compile(
    rf"\A{_ADDRESS}(?:giup (?:\w+ )?)?{_SHOW}(?!\S)"
    r"|(?<!\S)de nghi (?:\w+ ){0,2}(?:cho (?:\w+ )?biet|cung cap|liet ke|thong ke)(?!\S)"
    r"|(?<!\S)(?:(?:cho|giup)(?: \w+){0,2}|gui(?: cho)? (?:anh|chi|toi|minh|sep)) (?:xem|biet|hoi|danh sach"
    r"|ds|so lieu|bang|coi|tong hop)(?!\S)"
)
STRONG_TASK = cue(r"(?<!lam )viec", r"viec (?:gi|nao)", r"nhiem vu", r"chi dao", r"cong viec", r"dau viec")
COMMAND = re.compile(
    r"\A(?:(?:em|anh|bot|a|e|ban|ok|oke|vang|hay|vui long|lam on|nho|thoi|the thi|van phong|U|phai|gio) ){0,3}"
    r"(?:nhac(?! lai)|don doc|yeu cau|de nghi|giao|chuyen|huy|HUY|xoa|XOA|duyet|gia han|tra lai"
    r"|dong y|phan cong|chi dao|in|dat(?! canh)"
    r"|thong bao|goi|bao(?! cao| nhieu| gio)|tu choi|cap nhat|sua|them|bo|dung|tam dung|gop|tach|ket thuc|dong|mo lai"
    r"|phat hanh|khan truong|tap trung|trien khai|lam (?:ngay|gap|di)|ky|nop|trinh|soan|viet|gui cho|to chuc)(?!\S)"
)
ASKS_TO_KNOW = cue(r"cho (?:\w+ )?(?:biet|xem|hoi)", r"bao cao (?:tinh hinh|tien do)")
STRONG_QUESTION = cue(
    r"nao",
    r"gi",
    r"ai",
    r"bao nhieu",
    r"may(?! (?:gio|hom|ngay|bua|T))",
    r"(?:toi|den|o) dau",
    r"sao",
    r"the nao",
    r"\?",
)
REPORT = re.compile(
    r"\A(?:(?:da|thua|kinh|bao cao|bc|em|vang|dear|a|anh|chi|sep) )*(?:bao cao|bc|kinh gui"
    r"|kinh chuyen|em|chung em|xin|da|dang|du kien|xong|hoan thanh|lam duoc|gan xong|sap xong|moi"
    r"|tat ca (?:da|deu|xong))(?!\S)"
)
FIRST_PERSON = cue(
    r"(?:phong|xa|don vi|ben|so|chung|ubnd|co quan|U|nha|truong|tram) (?:em|minh|toi|chung toi)",
    r"em (?:se|da|dang|xin|nop|xong|lam|gui|hoan thanh|bao cao|vua|moi|chua|nghi|day|di|dinh|cung)",
    r"chung (?:em|toi)",
    r"toi (?:se|da|xin|vua|moi|nghi|di)",
    r"xin(?! (?:hoi|cho|so|danh|bao cao tinh hinh))",
    r"(?:gia han|lui)(?: \w+)? (?:cho|den|toi|them)",
    r"duoc khong",
    r"du kien",
    r"dinh kem",
    r"gui kem",
    r"kinh gui",
    r"kinh trinh",
)
MINE = cue(
    r"(?:toi|em|minh)(?: \w+)? (?:co|con|dang|bi|phai|tre|can)(?: \w+){0,3} (?:viec|gi|nao|han|nhiem vu)",
    r"(?:viec|nhiem vu|han)(?: \w+){0,3} cua (?:toi|em|minh|phong em|phong minh|phong toi|don vi em|don vi minh)",
    r"(?:phong|don vi|xa|co quan) (?:em|minh|toi|ta)",
    r"(?:toi|em|minh) (?:con|co) gi",
)
STATEMENT = re.compile(
    r"(?<!\S)(?:U|D|N|P|T|em|(?:viec|cai|noi dung|van ban)(?: nay| do| tren)?) (?:(?:cung|thi|moi|vua"
    r"|deu|co ban|ve co ban) )*"
    r"(?:da|vua|moi|duoc|dang|se|chua|thuoc|khong thuoc|xong|hoan thanh|dat|con)(?!\S)"
)
_PLURAL = (
    r"(?:cac|nhung|tat ca(?: cac)?|toan bo(?: cac)?|mot so|danh sach(?: cac)?|ds|so|may|con"
    r"|cho \w+ xem(?: cac)?)"
)
_TASKS = r"(?:viec|nhiem vu|cong viec|(?:dau|DAU) viec|chi dao)"
NOMINAL = re.compile(
    rf"\A{_ADDRESS}(?:{_PLURAL} |xem )*"
    rf"(?:{_TASKS}|danh sach|tinh hinh|tien do|ket qua|so (?:luong|viec|nhiem vu|lieu)|kho khan|vuong mac"
    rf"|lich|ty le|ti le|tong|bang)"
    r"(?! (?:nay|do|kia|ay|tren|em|minh|nha|DO)(?!\S))(?!\S)"
)
TOLD = re.compile(  # a task, and what has become of it: a report, unless it is narrowed as only a list would be
    rf"{_TASKS}(?: (?:thi|cung|deu|nay|D))* (?:da|xong|hoan thanh|ket thuc|dang|moi|vua|coi|thuoc"
    rf"|chua (?:lam|bat)|gap)(?!\S)"
    r"|(?:tinh hinh|tien do|ket qua)(?: U)? (?:(?:van|rat|kha|dang|co ban|deu) )*"
    r"(?:tot|binh thuong|on(?: dinh)?|dat|cham|dam bao|kha|thuan loi)(?!\S)"
    r"|danh sach (?:da|vua|moi) (?!xong|hoan thanh)\w+(?!\S)"
)
_REASON = re.compile(r"(?<!\S)(?:do|vi) (?P<first>[a-z]+)")
NARROWED = re.compile(
    rf"(?<!\S)(?:cua [UPN]|[TWN]|U)(?!\S)|\A{_ADDRESS}(?:nhung|danh sach|ds|may|cac (?!.* (?:da|deu|xong)(?!\S))) "
)
_BARE_CUE = (
    r"(?:qua (?:thoi )?han|tre han|cham han|tre|sap (?:den |het |toi |qua )?(?:han|tre)|(?:den|toi|het) han|han|do"
    r"|(?:dang )?cho (?:phe )?duyet|chua (?:phe )?duyet|chua (?:tiep )?nhan(?: viec)?|vuong mac|kho khan"
    r"|dang vuong(?: mac)?"
    r"|tinh hinh|tien do|viec|nhiem vu|lich|con lai|ton dong)"
)
_BESIDE = (
    r"(?:[UNPTW]|cua|va|voi|ve|o|tai|trong|lien quan|hien nay|hien tai|nay|cac|don vi|phong|xa|so"
    r"|viec|nhiem vu|dang|bi)"
)
BARE = re.compile(rf"\A{_ADDRESS}(?:{_BESIDE} )*(?:{_BARE_CUE}|[UNT]|D)(?: {_BESIDE}| {_BARE_CUE})*\Z")
WILL = cue(
    r"se",
    r"de nghi(?! (?:\w+ ){0,2}(?:cho (?:\w+ )?biet|cung cap|liet ke|thong ke))",
    r"(?:D|U|\d+|thi|kia) chua(?=\Z)",
    r"nua dau",
    r"(?:viec|cai|nhiem vu) nay (?:\w+ ){1,6}chu(?: (?:a|anh|chi|nhi|em))?(?=\Z)",
)
_SIDE_BY_SIDE = re.compile(rf"\A{_ADDRESS}(?:xep hang|so sanh|dat canh|liet ke)(?!\S)(?!.* (?:xong|roi)\Z)")
_LEFT_BY_OTHERS = re.compile(r"(?<!\S)[UD] chua\Z")  # "phòng em xong, Phòng Kinh tế chưa"
POLITE_END = re.compile(
    r"(?: (?:nhe|nhi|a|em|anh|chi|oi|nha|e|c|di|voi|giup(?: (?:anh|em|toi|minh|chi))?|ho(?: (?:anh|toi"
    r"|minh))?|cai|ban))+\Z"
)
NOT_ASKING = cue(  # question words that ask nothing
    r"chua lam (?:duoc |dc )?gi",
    r"chua (?:(?:co|thay|gap|bi|phat sinh) )*(?:vuong(?: mac)?|kho khan|tro ngai)(?: \w+)?(?: gi)?",
    r"(?:(?:xong|lam|duoc) )?(?:den|toi) dau(?: \w+){0,2} (?:bao|nop|gui|bao cao)(?: \w+){0,2} (?:den|toi) (?:do|day)",
    r"khong(?! biet)(?: \w+){0,3}? (?:gi|nao|sao|ai|dau)(?: nua| ca| het)?",
    r"tu (?:doi|DOI) nao",
    r"dau vao day",
    r"(?:xong|duoc|co|phai) dau",
    r"the nao duoc(?: ma)?",
    r"sao noi",
    r"dau roi ma",
    r"(?:khi nao|bao gio|luc nao)(?: \w+){0,4} (?:em|se|thi|bao|nhan)",
    r"nao ca",
    r"lam gi co",
    r"nao cung",
    r"gi ca",
    r"gi cung",
    r"ai cung",
    r"dau do",
    r"may chuc",
    r"co gi(?= (?:em|se|bao))",
)
OF_THIS = cue(r"(?:viec|cai|nhiem vu|noi dung|vu) (?:nay|do|kia)", r"no")
OFF_TOPIC = cue(
    r"(?:hop|giao ban|hoi nghi)(?: \w+)? (?:may gio|o dau|luc nao|khi nao|ngay nao|phong nao)",
    r"may gio",
    r"dien thoai",
    r"so dt",
    r"email",
    r"mat khau",
    r"(?<!so )luong",
    r"(?:an|nau|uong) (?:com|gi|trua|sang|toi)",
    r"com",
    r"thoi tiet",
    r"thu may",
    r"ngay may",
    r"bong da",
    r"DA bong",
    r"da bong",
    r"gia vang",
    r"sinh nhat",
    r"ban la ai",
    r"em la ai",
    r"bot",
    r"(?:em|ban|may) ten",
    r"bam (?:vao )?(?:dau|nut)",
    r"cach (?:dung|lam|su dung|gui|nop)",
    r"huong dan",
    r"chu tich(?: tinh| huyen| xa| U)? la",
    r"(?:ai|nguoi nao) (?:la|lam) (?:\w+ ){0,2}(?:chu tich|bi thu)",
    r"lam sao (?:de|ma)?",
    r"(?:dung|su dung) (?:the nao|sao)",
    r"(?:di|o) dau(?: vay| the| roi)?(?= \?|\Z)",
    r"bao gio thi",
    r"nghi le",
    r"T (?:\w+ )?lam viec(?: (?:khong|chua|binh thuong|hay nghi|\?))*(?=\Z)",
    r"chao(?: \w+)?",
    r"cam on(?: \w+)?",
    r"tai sao bot",
    r"file scan",
    r"(?:tin nhan|nhan tin)",
    r"sao (?:lau|lai|im|khong)(?: the| vay)?(?=\Z)",
)


def without_idioms(line: str) -> str:
    """A line without the question words that ask nothing: "không vướng gì", "từ đời nào"."""
    return " ".join(NOT_ASKING.sub("deu", line).split())


def is_asking(line: str) -> bool:
    """Whether the form asks for something: a question word, its end, or a request to show."""
    return bool(QUESTION.search(line) or ENDS_ASKING.search(line) or REQUEST.search(line))


def is_strong(line: str) -> bool:
    """Whether a word stands in it that nobody uses who tells something."""
    return bool(STRONG_QUESTION.search(line))


def is_command(line: str) -> bool:
    """Whether something is to be done: "nhắc phòng Nội vụ đi"."""
    return bool(COMMAND.match(line)) and not is_strong(line) and not ASKS_TO_KNOW.search(line)


def is_report(line: str) -> bool:
    """Whether the words tell something: what was done, what will be, what hinders."""
    if FIRST_PERSON.search(line) or WILL.search(line) or re.search(r"\d+ ?%|% |phan tram", line):
        return True
    if OF_THIS.search(line) and not is_asking(line):
        return True
    if NOMINAL.match(line):
        return _is_told(line)
    if ENDS_ASKING.search(line) and not REPORT.match(line):
        return False
    if _SIDE_BY_SIDE.match(line):
        return False
    return bool(STATEMENT.search(line) or (REPORT.match(line) and not REQUEST.search(line)))


def _is_told(line: str) -> bool:
    told = TOLD.search(line)
    return bool(told) and not NARROWED.search(line) and not is_asking(line)


def is_heading(line: str) -> bool:
    """Without any word that asks: "việc quá hạn của phòng Nội vụ", "quá hạn", "#12"."""
    core = POLITE_END.sub("", line)
    if core.endswith(" roi") or any(not is_known(found["first"]) for found in _REASON.finditer(core)):
        return False
    if BARE.match(core):
        return True
    strange = unknown(core)
    if RANK.search(core):
        return strange == 0
    if not NOMINAL.match(core) or any(word.isdigit() for word in core.split()):
        return False
    if core.startswith(("vuong", "kho khan")):  # "vướng mắc đã báo cáo tỉnh"
        return strange == 0 and not re.search(r"(?<!\S)(?:da|chua|chinh|nhung|cung)(?!\S)", core)
    is_of_tasks = bool(re.search(_TASKS, core))
    return strange <= MOST_STRANGE if is_of_tasks else strange != 1  # "tiến độ ổn"; "tình hình giải phóng mặt bằng"


def is_mine(line: str) -> bool:
    """Whether the asker's own directives are meant, and asked for: "tôi có việc nào quá hạn không"."""
    if _LEFT_BY_OTHERS.search(line) or not MINE.search(line):
        return False
    return is_strong(line) or bool(ENDS_ASKING.search(line))
