"""Headings, numbered paragraphs and bullets as a tree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from notices import lexicon as lex
from notices.plain import compiled, plain

if TYPE_CHECKING:
    from notices.paragraphs import Paragraph

MARKER = re.compile(
    r"^\s*(?:(?:(?:Phần|PHẦN|Mục|MỤC)\s+)?(?P<roman>[IVX]{1,5})(?:[.)/]|\s*[-–:])(?=\s|[A-ZĐÀ-Ỹ])"
    r"|(?P<mixed>[IVX]{1,5}(?:\.\d{1,2}){1,3})\.?(?=\s)"
    r"|(?P<upper>[A-HĐ])[.)](?=\s)"
    r"|(?P<decimal>\d{1,2}(?:\.\d{1,2}){0,3})(?:[.)](?![\d])|[-–/](?=\s+[^\W\d])|(?<=\.\d)(?=\s)|(?<=\.\d\d)(?=\s)|\.(?=\s))\s*"
    r"|\((?P<bracket>\d{1,2}(?:\.\d{1,2}){0,2})\)(?=\s)"
    r"|\(?(?P<letter>[a-zđ])(?:\.?\d{1,2})?(?:[.)](?=\s|[A-ZĐÀ-Ỹ])|[-/](?=\s+[A-ZĐÀ-Ỹ]))"
    r"|(?P<dash>[-–—−•●○▪◦*])\s*(?=[^\s\d-])"
    r"|(?P<plus>\+)\s*(?=\S))\s*"
)
LEVELS = {"upper": 1, "roman": 2, "letter": 10, "dash": 11, "plus": 12}


# A second paragraph under a heading goes on with its unit's tasks when it begins like this; otherwise the
# section's own voice speaks again.
GOES_ON_UNDER = compiled(
    rf"(?:đồng thời|đối với|riêng|ngoài ra|bên cạnh đó|trong đó|mặt khác|cùng với|theo chức năng|định kỳ|"
    rf"hằng|hàng|thường xuyên|{lex.VERB}|(?:thời hạn|thời gian|hạn|việc|nội dung|sản phẩm|yêu cầu)"
    rf"(?: hoàn thành| thực hiện| công việc)?(?=\s*:))(?!\w)"
)


@dataclass(frozen=True)
class Marker:
    """What stands before a paragraph: its kind, its own name ("II", "2.1", "a") and its level, lower is higher up."""

    kind: str
    name: str
    level: int
    end: int


def marker_of(text: str) -> Marker | None:
    """The marker at the start of a paragraph."""
    match = MARKER.match(text)
    if match is None:
        return None
    kind = match.lastgroup or "dash"
    name = match[kind]
    if kind == "mixed":  # "II.2.1.": the section's own number is said again
        kind, name = "decimal", name.partition(".")[2]
    numbers = {"decimal": 3, "bracket": 7}  # "(1)" stands under "1."
    level = numbers[kind] + name.count(".") if kind in numbers else LEVELS[kind]
    return Marker(kind, name, level, match.end())


@dataclass
class Node:
    """A paragraph with those that stand under it.

    Args:
        ref: its place: "II.2.5.a".
        level: 0 for the root, 50 for a paragraph without a marker.
        body: its text without the marker.
        paragraph: where it comes from.
    """

    ref: str
    level: int
    body: str
    paragraph: Paragraph | None = None
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    marked: bool = True
    bullets: int = 0  # of its children with a marker

    def add(self, child: Node) -> None:
        """Put a paragraph under this one."""
        self.children.append(child)
        self.bullets += child.marked

    def walk(self) -> Iterator[Node]:
        """This node and all under it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self) -> Iterator[Node]:
        """Those above, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


def outline(paragraphs: Sequence[Paragraph]) -> Node:
    """The paragraphs of a body as a tree; the root holds those at the top."""
    root = Node("", 0, "")
    last = root
    for paragraph in paragraphs:
        marker = marker_of(paragraph.text)
        if marker is None:
            last = _add_unmarked(root, last, paragraph)
            continue
        parent = last if last.marked or last is root else _holder(last)
        while parent.parent is not None and parent.level >= marker.level:
            parent = parent.parent
        name = marker.name if marker.kind not in ("dash", "plus") else letter(parent.bullets)
        ref = _ref(parent, name)
        last = Node(ref, marker.level, paragraph.text[marker.end :].strip(), paragraph, parent)
        parent.add(last)
    return root


def _ref(parent: Node, name: str) -> str:
    above = parent.ref
    if "." in name and above.split(".")[-1:] and name.startswith(above.split(".")[-1] + "."):
        above = above.rpartition(".")[0]
    return f"{above}.{name}".strip(".")


def letter(index: int) -> str:
    """a, b, … z, aa, ab, … for bullets that have no name of their own."""
    head, tail = divmod(index, 26)
    return (letter(head - 1) if head else "") + chr(ord("a") + tail)


def _holder(node: Node) -> Node:
    """Where a numbered paragraph goes that follows an unmarked one: beside its list, under the unmarked one's
    parent."""
    return node.parent if node.parent is not None else node


def _add_unmarked(root: Node, last: Node, paragraph: Paragraph) -> Node:
    """A paragraph without a marker: the body of a heading, or a paragraph of its own in the section."""
    body = paragraph.text.strip()
    parent = last
    if not (last.marked and last is not root and not last.children and _is_title(last.body)):
        if last.marked and last is not root and _goes_on(last.body, body):
            last.body = f"{last.body} {body}"
            return last
        beside = not last.marked and last.parent is not None and last.parent.marked and _is_title(last.parent.body)
        if beside and last.parent is not None and GOES_ON_UNDER.match(plain(body)):
            parent = last.parent
        else:
            while parent.parent is not None and (not parent.marked or parent.level > 2):
                parent = parent.parent
    count = len(parent.children) - parent.bullets + 1
    node = Node(_ref(parent, f"đ{count}"), 50, body, paragraph, parent, marked=False)
    parent.add(node)
    return node


def _is_title(body: str) -> bool:
    return body.endswith(":") or (len(body) < 150 and not body.endswith((".", ";", "!", "/")))


def _goes_on(before: str, text: str) -> bool:
    """A sentence cut by a stray line end."""
    return text[:1].islower() and not before.endswith((".", ":", "!", "./."))
