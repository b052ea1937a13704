"""What every paper of the office carries (Decree 30/2020, Annex I), and what may be wrong with an office's template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.office import Office

OPEN = "………"  # what the office writes in by hand
KEPT = "Lưu: VT"

Facts = dict[str, object]
"""What a template is filled with: names to words, yes or no, or a sequence of rows, each a ``Facts`` or words."""


class Trouble(StrEnum):
    """What is wrong with an office's own template."""

    NO_FOLDER = "no_folder"
    STRAY = "stray"  # no paper has a template of this name
    UNREADABLE = "unreadable"  # no .docx
    SYNTAX = "syntax"  # a command that cannot be read
    UNKNOWN = "unknown"  # a variable that the paper does not have
    MISSING = "missing"  # a variable without which the paper says too little
    FAILED = "failed"  # it cannot be filled in


@dataclass(frozen=True)
class Problem:
    """What is wrong with one template.

    Attributes:
        trouble: what kind of fault.
        file: the template, or the folder.
        name: of the variable, where it is about one.
        near: the words in the template at which it was noticed.
        instead: the name that was probably meant.
    """

    trouble: Trouble
    file: str
    name: str = ""
    near: str = ""
    instead: str = ""


def written_day(day: date) -> str:
    """``ngày 05 tháng 02 năm 2024``: days under ten and the months January and February with a zero before them."""
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def recipients(names: Sequence[str], kept: str = KEPT) -> list[str]:
    """The lines of *Nơi nhận*: each with a dash and a semicolon, the last one, what is kept, with a full stop."""
    others = [name.strip().rstrip(";.,") for name in names]
    last = next((name for name in others if name.casefold().startswith("lưu")), kept)
    before = [name for name in others if name and name != last]
    return [*(f"- {name};" for name in before or [OPEN]), f"- {last}."]


def heading(office: Office, kind: str, day: date, *, to: Sequence[str] = ()) -> Facts:
    """What stands at the head and the foot of a paper, as the settings have it; what they leave empty stays open.

    Args:
        office: whose paper it is.
        kind: the abbreviation of its kind ("BC", "TL"); empty for a letter, whose symbol is the office's alone.
        day: the local day it is dated.
        to: who gets it before the office's usual recipients.
    """
    papers = office.papers
    symbol = "-".join(filter(None, (kind, papers.symbol)))
    return {
        "co_quan_chu_quan": papers.parent.upper(),
        "co_quan": office.name.upper(),
        "so_ky_hieu": f"Số: ……/{symbol}",
        "noi_va_ngay": f"{papers.place or OPEN}, {written_day(day)}",
        "tham_quyen": papers.authority.upper(),
        "chuc_vu": papers.post.upper(),
        "nguoi_ky": papers.signer,
        "noi_nhan": recipients([*to, *papers.recipients]),
    }
