"""What markup a strict platform takes: the tags of ``channels.base`` only, each closed in its turn."""

from __future__ import annotations

import re

from channels.base import TAG

ANY_TAG = re.compile(r"<[^>]*>?")
LINK = re.compile(r'<a href="[^"<>]+">')


def fault(markup: str) -> str | None:
    """Why a platform would refuse this markup, or None when it is sound.

    Telegram answers "can't parse entities" to the same things: an unescaped ``<``, an unknown tag, a tag left
    open (https://core.telegram.org/bots/api#html-style).
    """
    opened: list[str] = []
    for tag in ANY_TAG.findall(markup):
        if not TAG.fullmatch(tag):
            return f"unsupported tag or unescaped '<': {tag!r}"
        name = re.split(r"[ <>/]+", tag)[1]
        if name == "a" and not tag.startswith("</") and not LINK.fullmatch(tag):
            return f"a link without an address: {tag!r}"
        if not tag.startswith("</"):
            opened.append(name)
        elif not opened or opened.pop() != name:
            return f"{tag!r} closes nothing"
    return f"<{opened[-1]}> is never closed" if opened else None
