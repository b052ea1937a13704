"""The automatic numbers of a Word document, counted as Word counts them (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_LETTERED = 26 * 5  # beyond "eeeee" and MMMCMXCIX a number is written in digits
MAX_ROMAN = 3999
PLUS_BULLET, DASH_BULLET = "+", "-"
NO_LIST = "0"  # the list that switches numbering off
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(frozen=True)
class Level:
    """One level of a numbered list.

    Args:
        fmt: how its number is written: "decimal", "upperRoman", "bullet", …
        text: the number in its place: "%1.%2.".
        start: its first number.
        restart: it begins anew after a number of this level (counted from 1) or higher; 0 never; None after any
            higher one.
        legal: the levels above are shown in digits.
        joined: nothing stands between the number and the words.
        style: the paragraph style that is numbered with this level.
    """

    fmt: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    joined: bool = False
    style: str = ""


@dataclass(frozen=True)
class Asked:
    """What a paragraph or a style says of its number; None where it leaves that to what it is based on."""

    name: str | None = None
    level: int | None = None


@dataclass
class _List:
    """A list as paragraphs refer to it: its levels and where it starts over."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass
class Numbers:
    """The numbers of one document, handed out in its order.

    Args:
        numbering: the part that defines the lists; None where the document has none.
        styles: the part with the styles, some of which number their paragraphs.
    """

    numbering: Element | None
    styles: Element | None
    lists: dict[str, _List] = field(default_factory=dict)
    by_style: dict[str, Asked] = field(default_factory=dict)
    default_style: str = ""
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.styles is not None:
            self._add_styles(self.styles)
        if self.numbering is not None:
            self._add_lists(self.numbering)

    def label(self, properties: Element | None) -> str:
        """The number or bullet that Word shows before a paragraph, with the space after it; empty where it shows
        none."""
        asked, style = self._asked(properties)
        numbers = self.lists.get(asked.name or NO_LIST)
        if numbers is None:
            return ""
        level = asked.level if asked.level is not None else _styled(numbers, style)
        shape = numbers.levels.get(level)
        if shape is None:
            return ""
        if shape.fmt == "bullet":
            return _bullet(numbers.levels, level) + " "
        self._count(asked.name or "", numbers, level)
        shown = self._shown(numbers, level, shape)
        return shown if shape.joined or not shown else shown + " "

    def _asked(self, properties: Element | None) -> tuple[Asked, str]:
        """The paragraph's own word on its number comes first, then its style's."""
        named = properties.find(f"{W}pStyle") if properties is not None else None
        style = named.get(f"{W}val", "") if named is not None else self.default_style
        own = asked_of(properties)
        styled = self.by_style.get(style, Asked())
        name = own.name if own.name is not None else styled.name
        return Asked(name, own.level if own.level is not None else styled.level), style

    def _count(self, name: str, numbers: _List, level: int) -> None:
        counters = self.counters.setdefault(numbers.abstract, {})
        fresh = level in numbers.starts and (name, level) not in self.started
        self.started.add((name, level))
        start = numbers.starts.get(level, numbers.levels[level].start)
        counters[level] = start if fresh or level not in counters else counters[level] + 1
        for deeper in [k for k in counters if k > level]:
            if _restarts(numbers.levels.get(deeper, Level()), level):
                del counters[deeper]

    def _shown(self, numbers: _List, level: int, shape: Level) -> str:
        counters = self.counters[numbers.abstract]

        def number(match: re.Match[str]) -> str:
            above = int(match[1]) - 1
            other = numbers.levels.get(above, Level())
            value = counters.get(above, numbers.starts.get(above, other.start))
            return formatted(value, "decimal" if shape.legal else other.fmt)

        return re.sub(r"%([1-9])", number, shape.text).strip()

    def _add_styles(self, styles: Element) -> None:
        own: dict[str, Asked] = {}
        based: dict[str, str] = {}
        for style in styles.findall(f"{W}style"):
            name = style.get(f"{W}styleId", "")
            own[name] = asked_of(style.find(f"{W}pPr"))
            parent = style.find(f"{W}basedOn")
            based[name] = parent.get(f"{W}val", "") if parent is not None else ""
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on"):
                self.default_style = name
        self.by_style = {name: _inherited(name, own, based) for name in own}

    def _add_lists(self, numbering: Element) -> None:
        shapes: dict[str, dict[int, Level]] = {}
        links: dict[str, str] = {}
        for definition in numbering.findall(f"{W}abstractNum"):
            name = definition.get(f"{W}abstractNumId", "")
            shapes[name] = {_int(x.get(f"{W}ilvl"), 0): _level(x) for x in definition.findall(f"{W}lvl")}
            link = definition.find(f"{W}numStyleLink")
            if link is not None:
                links[name] = link.get(f"{W}val", "")
        numbers = numbering.findall(f"{W}num")
        of_list = {n.get(f"{W}numId", ""): _value(n.find(f"{W}abstractNumId")) for n in numbers}
        for number in numbers:
            abstract = of_list[number.get(f"{W}numId", "")]
            if abstract in links:  # the list is defined where the list style points to
                abstract = of_list.get(self.by_style.get(links[abstract], Asked()).name or "", abstract)
            self.lists[number.get(f"{W}numId", "")] = _overridden(number, abstract, shapes.get(abstract, {}))
        self.lists.pop(NO_LIST, None)


def asked_of(properties: Element | None) -> Asked:
    """What a paragraph's or a style's own properties say of its number."""
    numbered = properties.find(f"{W}numPr") if properties is not None else None
    if numbered is None:
        return Asked()
    name, level = numbered.find(f"{W}numId"), numbered.find(f"{W}ilvl")
    return Asked(
        name.get(f"{W}val", "") if name is not None else None,
        _int(level.get(f"{W}val"), 0) if level is not None else None,
    )


def _inherited(name: str, own: dict[str, Asked], based: dict[str, str]) -> Asked:
    found = Asked()
    seen: set[str] = set()
    while name in own and name not in seen and None in (found.name, found.level):
        seen.add(name)
        here = own[name]
        found = Asked(
            found.name if found.name is not None else here.name,
            found.level if found.level is not None else here.level,
        )
        name = based.get(name, "")
    return found


def _styled(numbers: _List, style: str) -> int:
    """The level that is bound to a style, for a style says only which list."""
    return next((i for i, level in numbers.levels.items() if style and level.style == style), 0)


def _overridden(number: Element, abstract: str, levels: dict[int, Level]) -> _List:
    levels = dict(levels)
    starts: dict[int, int] = {}
    for override in number.findall(f"{W}lvlOverride"):
        at = _int(override.get(f"{W}ilvl"), 0)
        whole, start = override.find(f"{W}lvl"), override.find(f"{W}startOverride")
        if whole is not None:
            levels[at] = _level(whole)
        if start is not None:
            starts[at] = _int(start.get(f"{W}val"), 1)
    return _List(abstract, levels, starts)


def _level(level: Element) -> Level:
    fmt = level.find(f"{W}numFmt")
    if fmt is None:  # a format of a later version stands beside one that all understand
        fmt = next(reversed(list(level.iter(f"{W}numFmt"))), None)
    restart = level.find(f"{W}lvlRestart")
    legal = level.find(f"{W}isLgl")
    shape = Level(
        _value(fmt) or "decimal",
        _value(level.find(f"{W}lvlText")),
        _int(_value(level.find(f"{W}start")), 1),
        joined=_value(level.find(f"{W}suff")) == "nothing",
        style=_value(level.find(f"{W}pStyle")),
        legal=legal is not None and _value(legal) not in ("0", "false", "off"),
    )
    return replace(shape, restart=_int(_value(restart), 0)) if restart is not None else shape


def _restarts(deeper: Level, level: int) -> bool:
    return deeper.restart is None or level < deeper.restart


def _bullet(levels: dict[int, Level], level: int) -> str:
    """A dash, or a plus where the bullet is one or stands under other bullets: so offices type them."""
    under = any(shape.fmt == "bullet" for at, shape in levels.items() if at < level)
    return PLUS_BULLET if levels[level].text.strip() == "+" or (under and level > 0) else DASH_BULLET


def _value(element: Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def _int(written: str | None, default: int) -> int:
    return int(written) if written is not None and re.fullmatch(r"-?\d{1,6}", written) else default


def formatted(value: int, fmt: str) -> str:
    """A number as its format writes it; digits where the format is not one of letters or Roman numbers."""
    if fmt == "none":
        return ""
    if fmt in ("lowerLetter", "upperLetter") and 0 < value <= MAX_LETTERED:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if fmt == "upperLetter" else letter
    if fmt in ("lowerRoman", "upperRoman") and 0 < value <= MAX_ROMAN:
        roman = _roman(value)
        return roman if fmt == "upperRoman" else roman.lower()
    return f"{value:02}" if fmt == "decimalZero" else str(value)


def _roman(value: int) -> str:
    written = ""
    for worth, sign in ROMAN:
        written += sign * (value // worth)
        value %= worth
    return written
