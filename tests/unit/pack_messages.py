"""What is said around the pack of the weekly meeting and around templates, for ``test_texts``."""

from __future__ import annotations

from collections.abc import Callable

from domain.packs import Conclusion, Want
from domain.sheets import Problem, Trouble
from tests.pack_facts import pack
from texts import packs, sheets

DAY = pack(0).meeting
WHOM = "Phòng <X>"

MESSAGES: dict[str, Callable[[], str]] = {
    "packs.summary": lambda: packs.summary(pack(30)),
    "packs.summary nothing late": lambda: packs.summary(pack(0)),
    "packs.empty": lambda: packs.empty(pack(0)),
    "packs.which_week": packs.which_week,
    "packs.not_yet": packs.not_yet,
    "packs.no_files": packs.no_files,
    "sheets.own_template_not_used": lambda: sheets.own_template_not_used(Problem(Trouble.SYNTAX, "giao_ban.docx")),
}

SENTENCES: dict[str, Callable[[], str]] = {
    **{
        f"sheets {trouble}": lambda trouble=trouble: sheets.wrong_template(  # type: ignore[misc]
            Problem(trouble, "giao_ban.docx", "qua_hn", "gần đây", "qua_han")
        )
        for trouble in Trouble
    },
    **{
        f"packs {want}": lambda want=want: packs.sentence(  # type: ignore[misc]
            Conclusion(want, WHOM, (12, 15), DAY, more=3, days=4, explain=True, percent=20)
        )
        for want in Want
    },
}
"""Plain text, for terminals and papers: nothing is escaped."""
