"""Who a sentence speaks of: units recognised by their form.

A name begins with a kind of body ("Sở", "Phòng", "Ủy ban nhân dân") or an office ("Chủ tịch") and ends where
a verb or a small word stands in
small letters. "Các Sở: A, B" is several names; "các cơ quan, đơn vị liên quan" is a group.
"""

from __future__ import annotations

from notices.unit_groups import SEPARATOR, group, shared
from notices.unit_names import Unit, Units, named
from notices.unit_scope import group_of, is_everyone

__all__ = ["Unit", "Units", "group_of", "is_everyone", "read_units"]


def read_units(text: str, low: str, at: int) -> Units | None:
    """The units that stand at a place, in a list; None where none stands.

    Args:
        text: the text.
        low: ``plain`` of it.
        at: where to look.
    """
    names: list[Unit] = []
    end = at
    place = at
    while (found := _one(text, low, place)) is not None:
        names.extend(found.names)
        end = found.end
        separator = SEPARATOR.match(low, end)
        if separator is None or len(names) > 80:
            break
        place = separator.end()
        if low.startswith("mỗi ", place):
            break  # "Sở A, Sở B, mỗi đơn vị cử …": each of those named
    return Units(tuple(names), at, end) if names else None


def _one(text: str, low: str, at: int) -> Units | None:
    """One unit, one group or one shared list."""
    return shared(text, low, at) or group(text, low, at) or named(text, low, at)
