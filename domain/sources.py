"""Where a directive comes from, as yearly reports count it."""

from __future__ import annotations

from enum import StrEnum


class Source(StrEnum):
    """Nguồn gốc of a directive."""

    PROGRAMME = "programme"  # chương trình công tác
    ABOVE = "above"  # cấp trên giao
    OWN = "own"  # cơ quan tự giao: conclusions, meetings, its own documents


SOURCES: dict[Source, str] = {
    Source.PROGRAMME: "Chương trình công tác",
    Source.ABOVE: "Cấp trên giao",
    Source.OWN: "Cơ quan giao",
}
"""As reports write them."""
