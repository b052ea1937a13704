"""Who was told what of a directive, and who has reacted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.hearing import NOT_SENT, Fate, Heard, Hearer, Hearing, How
from texts.cards import EVENT_WORDS
from texts.engine import render

KINDS = {
    "issued": "Giao việc",
    "helping": "Giao phối hợp",
    "delegated": "Giao chuyên viên",
    "amended": "Điều chỉnh theo văn bản mới",
    "reminder": "Nhắc việc",
    "pressing": "Nhắc gấp",
    "urge": "Đôn đốc",
    "urge_answered": "Báo cáo sau đôn đốc",
    "snoozed": "Nhắc lại theo hẹn",
    "escalated": "Báo văn phòng quá hạn",
    "unheard": "Báo văn phòng không có người nhận",
    "helped": "Nhắc phối hợp",
}
ANYTHING = "Tin báo"

WHY_NOT = {
    Fate.UNLINKED: "chưa kết nối tài khoản",
    Fate.REVOKED: "tài khoản đã bị ngắt",
    Fate.BLOCKED: "đã chặn bot",
    Fate.BROKEN: "lỗi khi gửi",
}

REACTIONS = {How.PRESSED: "đã bấm", How.ANSWERED: "đã trả lời", How.ACKNOWLEDGED: "đã nhận"}


def what(message: Heard) -> str:
    """A message in a word or two: "Giao việc", "Nhắc lần 2", "Gia hạn"."""
    if message.kind == "reminder" and message.time:
        return f"Nhắc lần {message.time}"
    if message.event:
        return EVENT_WORDS.get(message.event, ANYTHING)
    return KINDS.get(message.kind, ANYTHING)


def listing(number: int, text: str, hearing: Hearing, some: Sequence[Heard], page: int, pages: int) -> str:
    """A page of the messages about a directive, the newest first, and who is still to be heard from.

    Args:
        number: the directive's.
        text: its words.
        hearing: everything.
        some: the messages on this page.
        page: from 1.
        pages: how many there are.
    """
    return render(
        "receipts_list", id=number, text=text, hearing=hearing, some=[(m, what(m)) for m in some], page=page,
        pages=pages, silent=by_unit(hearing.silent), why_not=WHY_NOT, not_sent=NOT_SENT, reactions=REACTIONS,
    )  # fmt: skip


def by_unit(people: Iterable[Hearer]) -> list[tuple[str, str]]:
    """The people of each unit in one string, "A, B, C", units in the order they first come in."""
    names: dict[str, list[str]] = {}
    for who in people:
        names.setdefault(who.unit, []).append(who.name)
    return [(unit, ", ".join(of_unit)) for unit, of_unit in names.items()]


def how() -> str:
    """Which directive is meant."""
    return render("receipts_how")
