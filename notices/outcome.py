"""What is to come of a task and who gets it: "ban hành Kế hoạch", "báo cáo UBND tỉnh qua Sở Tài chính"."""

from __future__ import annotations

import re

from domain.patterns import at_word_start, grouped
from notices.plain import compiled
from notices.units import read_units

MAKES = (
    "ban hành|xây dựng|lập|trình|tham mưu|hoàn thiện|soạn thảo|đề xuất|gửi|nộp|phê duyệt|công bố|hoàn thành|"
    "tổng hợp|có|điều chỉnh|sửa đổi|rà soát"
)
PAPERS = (
    "kế hoạch|quyết định|nghị quyết|đề án|tờ trình|phương án|chương trình|quy chế|quy định|quy trình|văn bản|công văn|"
    "thông tư|nghị định|dự thảo|danh sách|danh mục|hồ sơ|biên bản|bản đồ|bảng giá|đề cương|chỉ thị|dự toán|quy hoạch|"
    "tài liệu|báo cáo (?:tổng hợp|tổng kết|sơ kết|đánh giá|chuyên đề|kết quả|giải trình)"
)
PRODUCT = compiled(
    rf"{at_word_start(MAKES)}(?!\w)(?: (?!(?:{grouped(MAKES)})(?!\w))[^\s,.;:()]+){{0,7}}? "
    rf"(?P<paper>(?:{grouped(PAPERS)})(?!\w)"
    r"(?: (?!(?:gửi|trình|trước|trong|cho|để|theo|tại|về phía|báo cáo|làm|chậm|và|đến|kèm|đã|được|của|do|từ)(?!\w))"
    r"[^\s,.;:()]+){0,8})"
)
REPORTS = compiled(r"\bbáo cáo(?: nhanh)?(?! của)(?!\w)")
SENDS = compiled(rf"{at_word_start('báo cáo|gửi|nộp|trình|tham mưu')}(?!\w)")
STOP = re.compile(r"[.;:]")
TOWARDS = compiled(r" (?:về|cho|tới|đến|gửi|trình) ")
THROUGH = compiled(r"\s*[,(]?\s*(?:qua|thông qua) ")
MAX_AWAY = 90  # characters between the verb and who gets it


def product_of(text: str, low: str) -> str | None:
    """What is to come of a task, as written: a paper with its name, else "báo cáo"; None where nothing is said.

    Args:
        text: the task.
        low: ``plain`` of it.
    """
    if match := PRODUCT.search(low):
        return re.sub(r"\s+", " ", text[match.start("paper") : match.end("paper")]).strip()
    match = REPORTS.search(low)
    return match[0] if match else None


def receiver_of(text: str, low: str) -> str | None:
    """Who gets it, as written, with the unit it goes through; None where nobody is named."""
    sends = sorted(
        SENDS.finditer(low), key=lambda m: m[0] == "tham mưu"
    )  # who is advised only where nobody gets a paper
    for verb in sends:
        if found := _towards(text, low, verb.end()):
            return found
    return None


def _towards(text: str, low: str, at: int) -> str | None:
    stop = STOP.search(low, at)
    end = min(stop.start() if stop else len(low), at + MAX_AWAY)
    places = [at + 1, *(m.end() for m in TOWARDS.finditer(low, at, end))]
    for place in places:
        units = read_units(text, low, place)
        if units is None:
            continue
        close = units.end
        through = THROUGH.match(low, close)
        office = read_units(text, low, through.end()) if through else None
        return text[place : office.end if office else close].replace("(", "").strip(" ,;")
    return None
