"""A directive's life: the states, the events, and the one table that joins them.

``docs/states.md`` draws this table; a test holds the two against each other.
"""

from __future__ import annotations

from enum import StrEnum

from domain.errors import MoveNotAllowed


class State(StrEnum):
    """Where a directive stands. Timeliness ("quá hạn") is derived, never stored: see ``domain.timeliness``."""

    DRAFT = "draft"  # read from a notice or typed, not issued: nobody outside the office knows of it
    ISSUED = "issued"  # đã giao: the lead unit has been told
    IN_PROGRESS = "in_progress"  # đang thực hiện: the lead unit has acknowledged it
    SUBMITTED = "submitted"  # chờ duyệt: the unit says it is done
    COMPLETED = "completed"  # hoàn thành: the assigner's side agrees
    DECLINED = "declined"  # đề nghị chuyển: the unit says it is not theirs
    SUSPENDED = "suspended"  # tạm dừng: by the office or a leader, with a reason
    CANCELLED = "cancelled"  # huỷ: soft, with a reason; also a dropped draft, and one split into parts or merged


class Event(StrEnum):
    """What can happen to a directive."""

    ISSUE = "issue"  # phát hành
    DROP = "drop"  # bỏ a draft
    ACKNOWLEDGE = "acknowledge"  # đã nhận
    REPORT = "report"  # báo cáo tiến độ
    SUBMIT = "submit"  # báo cáo hoàn thành
    CHECK = "check"  # thủ trưởng đơn vị đồng ý: where two levels decide
    APPROVE = "approve"  # duyệt
    RETURN = "return"  # trả lại
    DECLINE = "decline"  # không đúng đơn vị
    REASSIGN = "reassign"  # chuyển đơn vị
    INSIST = "insist"  # giữ nguyên đơn vị
    EXTEND = "extend"  # gia hạn: an extension was granted
    SUSPEND = "suspend"  # tạm dừng
    RESUME = "resume"  # tiếp tục
    CANCEL = "cancel"  # huỷ
    REOPEN = "reopen"  # mở lại
    SPLIT = "split"  # tách việc: its parts go on as directives of their own
    MERGE = "merge"  # gộp việc trùng: another directive stands in its place


_S, _E = State, Event

TRANSITIONS: dict[tuple[State, Event], State] = {
    (_S.DRAFT, _E.ISSUE): _S.ISSUED,
    (_S.DRAFT, _E.DROP): _S.CANCELLED,
    (_S.ISSUED, _E.ACKNOWLEDGE): _S.IN_PROGRESS,
    (_S.ISSUED, _E.REPORT): _S.IN_PROGRESS,
    (_S.IN_PROGRESS, _E.REPORT): _S.IN_PROGRESS,
    (_S.ISSUED, _E.SUBMIT): _S.SUBMITTED,
    (_S.IN_PROGRESS, _E.SUBMIT): _S.SUBMITTED,
    (_S.SUBMITTED, _E.REPORT): _S.SUBMITTED,
    (_S.SUBMITTED, _E.CHECK): _S.SUBMITTED,
    (_S.SUBMITTED, _E.APPROVE): _S.COMPLETED,
    (_S.SUBMITTED, _E.RETURN): _S.IN_PROGRESS,
    (_S.ISSUED, _E.DECLINE): _S.DECLINED,
    (_S.IN_PROGRESS, _E.DECLINE): _S.DECLINED,
    (_S.DECLINED, _E.REASSIGN): _S.ISSUED,
    (_S.DECLINED, _E.INSIST): _S.ISSUED,
    (_S.ISSUED, _E.REASSIGN): _S.ISSUED,
    (_S.IN_PROGRESS, _E.REASSIGN): _S.ISSUED,
    (_S.ISSUED, _E.EXTEND): _S.ISSUED,
    (_S.IN_PROGRESS, _E.EXTEND): _S.IN_PROGRESS,
    (_S.ISSUED, _E.SUSPEND): _S.SUSPENDED,
    (_S.IN_PROGRESS, _E.SUSPEND): _S.SUSPENDED,
    (_S.SUSPENDED, _E.RESUME): _S.IN_PROGRESS,
    (_S.ISSUED, _E.CANCEL): _S.CANCELLED,
    (_S.IN_PROGRESS, _E.CANCEL): _S.CANCELLED,
    (_S.SUBMITTED, _E.CANCEL): _S.CANCELLED,
    (_S.DECLINED, _E.CANCEL): _S.CANCELLED,
    (_S.SUSPENDED, _E.CANCEL): _S.CANCELLED,
    (_S.COMPLETED, _E.REOPEN): _S.IN_PROGRESS,
    (_S.ISSUED, _E.SPLIT): _S.CANCELLED,
    (_S.IN_PROGRESS, _E.SPLIT): _S.CANCELLED,
    (_S.DECLINED, _E.SPLIT): _S.CANCELLED,
    (_S.ISSUED, _E.MERGE): _S.CANCELLED,
    (_S.IN_PROGRESS, _E.MERGE): _S.CANCELLED,
    (_S.DECLINED, _E.MERGE): _S.CANCELLED,
    (_S.SUSPENDED, _E.MERGE): _S.CANCELLED,
}

UNTAKEN: dict[tuple[State, Event], State] = {(_S.SUSPENDED, _E.RESUME): _S.ISSUED}
"""Where an arrow leads instead while nobody of the lead unit has acknowledged the directive."""

WITH_UNIT = frozenset({_S.ISSUED, _S.IN_PROGRESS})
"""The lead unit has it in hand: reminders run."""

OPEN = WITH_UNIT | {_S.SUBMITTED, _S.DECLINED, _S.SUSPENDED}
"""Issued and not ended."""

NEEDS_REASON = frozenset({_E.RETURN, _E.DECLINE, _E.SUSPEND, _E.RESUME, _E.CANCEL, _E.REOPEN})
"""Events that are refused without a reason in words."""


def after(state: State, event: Event, *, is_taken: bool = True) -> State:
    """The state that follows.

    Args:
        state: the present one.
        event: what happens.
        is_taken: whether the lead unit has acknowledged the directive.

    Raises:
        MoveNotAllowed: the table has no such arrow.
    """
    try:
        return TRANSITIONS[state, event] if is_taken else UNTAKEN.get((state, event), TRANSITIONS[state, event])
    except KeyError:
        raise MoveNotAllowed(state, event) from None


def allowed(state: State, event: Event) -> bool:
    """Whether the table has this arrow."""
    return (state, event) in TRANSITIONS
