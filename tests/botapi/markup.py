"""Telegram's own reading of HTML: which tags it knows, how it counts, what it refuses."""

from __future__ import annotations

import re
from html import unescape

TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a", "blockquote"} | {
    "span",
    "tg-spoiler",
    "tg-emoji",
    "tg-time",
}
_TOKEN = re.compile(r"<(/?)([A-Za-z0-9-]*)([^<>]*)(>?)|&(?:lt|gt|amp|quot|#\d+|#x[0-9A-Fa-f]+);|[^<&]+|&")


class Unparsable(Exception):
    """ "can't parse entities", in Telegram's words."""


def plain(html: str) -> str:
    """The text that is shown.

    Raises:
        Unparsable: as Telegram would refuse it.
    """
    shown: list[str] = []
    open_tags: list[str] = []
    for token in _TOKEN.finditer(html):
        if not token[0].startswith("<"):
            shown.append(unescape(token[0]) if len(token[0]) > 1 else token[0])
            continue
        _check_tag(token, open_tags, len(html[: token.start()].encode()))
    if open_tags:
        raise Unparsable(f'Can\'t find end tag corresponding to start tag "{open_tags[-1]}"')
    return "".join(shown)


def _check_tag(token: re.Match[str], open_tags: list[str], offset: int) -> None:
    closing, name, _, end = token.groups()
    if not end:
        raise Unparsable(f"Unclosed start tag at byte offset {offset}")
    if name.lower() not in TAGS:
        raise Unparsable(f'Unsupported start tag "{name}" at byte offset {offset}')
    if not closing:
        open_tags.append(name.lower())
    elif not open_tags:
        raise Unparsable(f"Unexpected end tag at byte offset {offset}")
    elif (expected := open_tags.pop()) != name.lower():
        raise Unparsable(f'Unmatched end tag at byte offset {offset}, expected "</{expected}>", found "</{name}>"')
