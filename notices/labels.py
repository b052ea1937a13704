"""A task of a plan whose facts stand in lines of their own below it: who leads, who helps, by when."""

from __future__ import annotations

from dataclasses import dataclass

from notices.outline import Node
from notices.plain import compiled, plain
from notices.units import Unit, read_units

LABEL = compiled(
    r"(?:(?P<leads>(?:(?:đơn vị|cơ quan|bộ phận|người) )?(?:chủ trì|thực hiện|đầu mối|phụ trách)"
    r"(?: thực hiện| tham mưu| chính)?)|"
    r"(?P<helps>(?:(?:đơn vị|cơ quan) )?phối hợp(?: thực hiện)?)|"
    r"(?P<term>(?:thời gian|thời hạn|hạn|tiến độ)(?: (?:hoàn thành|thực hiện|trình|báo cáo))*)|"
    r"sản phẩm|kết quả|kinh phí|hình thức|địa điểm|ghi chú)\s*:\s*"
)


@dataclass(frozen=True)
class Labelled:
    """What the lines below a task say of it.

    Args:
        leads: who leads.
        helps: who helps.
        term: the line with the deadline; empty where none has one.
    """

    leads: tuple[Unit, ...]
    helps: tuple[Unit, ...]
    term: str


def labelled(node: Node) -> Labelled | None:
    """The facts of a task below which every line has a label ("- Đơn vị chủ trì: Thanh tra Sở."); None for any other
    paragraph, and where no line says who leads."""
    leads: tuple[Unit, ...] = ()
    helps: tuple[Unit, ...] = ()
    term = ""
    for child in node.children:
        low = plain(child.body)
        label = LABEL.match(low)
        if label is None or child.children:
            return None
        units = read_units(child.body, low, label.end()) if label["leads"] or label["helps"] else None
        names = units.names if units else ()
        leads = leads or names if label["leads"] else leads
        helps = helps or names if label["helps"] else helps
        term = child.body if label["term"] else term
    return Labelled(leads, helps, term) if leads else None
