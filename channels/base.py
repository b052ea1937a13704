"""What every channel takes in and gives out, whatever the platform behind it.

Text that goes out is a small, safe markup: the tags ``b``, ``i``, ``u``, ``s``, ``code``, ``blockquote`` and
``a``, with ``&lt; &gt; &amp; &quot;`` for the characters themselves, and plain line breaks. A channel turns
it into what its platform shows.
"""

from __future__ import annotations

import html
import re
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

TAG = re.compile(r"</?(?:b|i|u|s|code|blockquote|a)(?: [^>]*)?>")


@dataclass(frozen=True)
class Sender:
    """Who wrote, in the platform's own terms. Only ``id`` is an identity; the name is for showing."""

    id: str
    name: str = ""


@dataclass(frozen=True)
class IncomingFile:
    """A file that came with a message; its bytes stay with the platform until ``Channel.fetch``."""

    ref: str  # what the platform wants to hear to hand the bytes out
    name: str
    size: int | None = None  # bytes, where the platform says it
    mime: str | None = None


@dataclass(frozen=True)
class IncomingMessage:
    """One thing a person did in a chat: wrote, pressed a button, sent a file."""

    channel: str
    external_id: str  # unique within the channel; the same update delivered twice carries the same one
    chat: str
    sender: Sender
    at: datetime  # aware
    text: str = ""
    files: tuple[IncomingFile, ...] = ()
    button: str | None = None  # the data of the pressed button
    press: str | None = None  # the platform's id of the press, for a toast
    pressed_on: str | None = None  # the message the button stands under
    reply_to: str | None = None  # the message this one answers
    message_id: str | None = None
    private: bool = True  # False in a group
    edited: bool = False  # a new version of a message said before
    unsupported: str | None = None  # "voice", "sticker", ...: something without words or file for us
    album: str | None = None  # what was sent together with others carries the same one
    mentioned: bool = False  # in a group: the bot was called by its name
    # Nothing was said: the bot was "added" to a group or "removed", the group "moved", somebody "liked" ``reply_to``.
    event: str | None = None
    moved_to: str | None = None  # the chat's address from now on

    def to_json(self) -> dict[str, Any]:
        """A plain dictionary that ``from_json`` reads back without loss."""
        return {**asdict(self), "at": self.at.isoformat()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> IncomingMessage:
        """Read what ``to_json`` wrote."""
        return cls(
            **{
                **data,
                "sender": Sender(**data["sender"]),
                "files": tuple(IncomingFile(**f) for f in data["files"]),
                "at": datetime.fromisoformat(data["at"]),
            }
        )


@dataclass(frozen=True)
class Button:
    """A button under a message. ``data`` (at most 64 bytes) comes back as ``IncomingMessage.button``."""

    label: str
    data: str
    style: str | None = None  # "success" | "danger", where a platform colours buttons

    def __post_init__(self) -> None:
        if len(self.data.encode()) > 64:
            raise ValueError(f"button data over 64 bytes: {self.data!r}")


@dataclass(frozen=True)
class OutgoingFile:
    """A file to send: ``path`` of a kept file or its ``content``; exactly one of the two.

    ``ref`` is what the platform ``ref_channel`` itself calls the file: there it is sent again without its bytes. With
    it there may be no path; then other platforms cannot send it.
    """

    name: str
    mime: str
    path: str | None = None
    content: bytes | None = None
    ref: str | None = None
    ref_channel: str | None = None

    @property
    def is_photo(self) -> bool:
        """Whether it is best shown as a picture."""
        return self.mime in {"image/png", "image/jpeg"}


Buttons = tuple[tuple[Button, ...], ...]  # rows of buttons


@dataclass(frozen=True)
class OutgoingMessage:
    """What is to be said in a chat: markup, rows of buttons, files."""

    text: str
    buttons: Buttons = ()
    files: tuple[OutgoingFile, ...] = ()
    reply_to: str | None = None  # the message this answers; shown as a quote where the platform can
    replaces: str | None = None  # the message to edit in place; a new one where that cannot be done

    def to_json(self) -> dict[str, Any]:
        """A plain dictionary for storage; file contents cannot be stored, only paths.

        Raises:
            ValueError: a file carries bytes instead of a path.
        """
        if any(f.content is not None for f in self.files):
            raise ValueError("a message with bytes in it cannot be stored: keep the file and give its path")
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> OutgoingMessage:
        """Read what ``to_json`` wrote."""
        return cls(
            text=data["text"],
            buttons=tuple(tuple(Button(**b) for b in row) for row in data.get("buttons", ())),
            files=tuple(OutgoingFile(**f) for f in data.get("files", ())),
            reply_to=data.get("reply_to"),
            replaces=data.get("replaces"),
        )


@dataclass(frozen=True)
class Capabilities:
    """What a platform can do. What it cannot, the layers above do another way."""

    buttons: bool = True
    edits: bool = True
    files: bool = True
    reply_to: bool = True
    max_chars: int = 4096  # of visible text in one message
    max_caption: int = 1024  # of visible text beside a file
    max_download: int = 20 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class Sent:
    """The platform's word that a message was taken."""

    message_id: str


class ChannelError(Exception):
    """A send or fetch that did not succeed, with what to do next.

    Args:
        message: for the log; never shown to people, never holds a secret.
        permanent: trying again will not help (blocked, chat gone, bad request).
        unreachable: the person cannot be written to (blocked, never started, chat gone); goes with ``permanent``.
        retry_after: seconds to wait before anything is sent again on this channel.
        new_address: the chat has moved here; send there from now on.
        outcome_unknown: it may have been delivered (a timeout or reset after the request went out).
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool = False,
        unreachable: bool = False,
        retry_after: float | None = None,
        new_address: str | None = None,
        outcome_unknown: bool = False,
    ) -> None:
        super().__init__(message)
        self.permanent = permanent or unreachable
        self.unreachable = unreachable
        self.retry_after = retry_after
        self.new_address = new_address
        self.outcome_unknown = outcome_unknown


class FileTooLarge(ChannelError):
    """The platform does not hand out files of this size. ``limit`` is in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"file over {limit} bytes", permanent=True)
        self.limit = limit


Keep = Callable[[IncomingMessage], Awaitable[None]]
"""Stores what came; returns once it is committed, raises when it could not be stored.

Storing the same one twice is harmless."""


class Channel(Protocol):
    """A platform. ``bot/app.py`` hands it its settings and a ``Keep``; it knows nothing else of ours."""

    name: str
    capabilities: Capabilities

    async def start(self, keep: Keep) -> None:
        """Begin to hear. What comes is confirmed to the platform only after ``keep`` has returned."""

    async def stop(self) -> None:
        """Stop hearing; a send under way may finish."""

    async def send(self, chat: str, message: OutgoingMessage) -> Sent:
        """Say one thing that fits the platform's limits (see ``parts``).

        Raises:
            ChannelError: with what to do next.
        """

    async def fetch(self, file: IncomingFile) -> bytes:
        """The bytes of a file that came.

        Raises:
            FileTooLarge: over what the platform hands out.
            ChannelError: otherwise.
        """

    async def toast(self, press: str, text: str) -> None:
        """A passing word on a pressed button. Worthless later, so it may fail in silence."""

    async def typing(self, chat: str) -> None:
        """Show that an answer is being prepared. May fail in silence."""

    def invite_link(self, code: str) -> str | None:
        """A link that opens the chat and says ``/start CODE``, where the platform has such a thing."""


@runtime_checkable
class Paced(Protocol):
    """A channel whose platform limits how fast it is written to. Others need not have these."""

    def ready_in(self, *, is_answer: bool) -> float:
        """Seconds until a message may go out at all; 0 now.

        Args:
            is_answer: somebody waits for it. What nobody waits for is spread evenly, so that there is room
                for answers in between.
        """

    def chat_ready_in(self, chat: str) -> float:
        """Seconds until a message into this chat may go out, as far as the chat's own limits go; 0 now."""

    def hush(self, seconds: float) -> None:
        """Call nothing for so long, not even in passing: an earlier process was asked for silence."""


def visible(markup: str) -> str:
    """The characters a person sees: the markup without its tags and escapes."""
    return html.unescape(TAG.sub("", markup))


def parts(message: OutgoingMessage, can: Capabilities) -> list[OutgoingMessage]:
    """Split a message into sends that fit the platform, at line borders; nothing is cut away.

    Files go first, the text as the caption of the first where it fits, else as messages after it. Buttons
    stand under the last part. Where a platform takes no files, the words go alone.

    Args:
        message: what is to be said.
        can: the limits of the platform.
    """
    files = message.files if can.files else ()
    if not files:
        return _text_parts(replace(message, files=()), can.max_chars)
    if len(visible(message.text)) > can.max_caption:
        shown = [OutgoingMessage("", files=(f,)) for f in files]
        return [*shown, *_text_parts(replace(message, files=(), replaces=None), can.max_chars)]
    shown = [OutgoingMessage("", files=(f,)) for f in files]
    shown[0] = replace(shown[0], text=message.text, reply_to=message.reply_to)
    shown[-1] = replace(shown[-1], buttons=message.buttons)
    return shown


def _text_parts(message: OutgoingMessage, limit: int) -> list[OutgoingMessage]:
    texts = split_markup(message.text, limit)
    if len(texts) == 1:
        return [replace(message, text=texts[0])]
    body = [OutgoingMessage(t) for t in texts]
    body[0] = replace(body[0], reply_to=message.reply_to)
    body[-1] = replace(body[-1], buttons=message.buttons)
    return body


@dataclass
class _Piece:
    lines: list[str] = field(default_factory=list)
    length: int = 0


def split_markup(text: str, limit: int) -> list[str]:
    """Cut markup into pieces of at most ``limit`` visible characters, between lines where possible.

    Tags that are open at a cut are closed before it and opened again after it. A piece in which nothing is
    to be seen is left out: platforms refuse it.
    """
    if len(visible(text)) <= limit:
        return [text]
    pieces: list[_Piece] = [_Piece()]
    for line, is_cut in _short_lines(text, limit):
        length = len(visible(line)) + 1
        if pieces[-1].lines and pieces[-1].length + length > limit:
            pieces.append(_Piece())
        pieces[-1].lines.append(line)
        # What follows a cut within a line starts a piece: joined here it would get a line break it never had.
        pieces[-1].length = limit if is_cut else pieces[-1].length + length
    return _balanced(["\n".join(p.lines) for p in pieces])


def _short_lines(text: str, limit: int) -> list[tuple[str, bool]]:
    """Lines of at most ``limit`` visible characters, and whether the line goes on in the next one.

    A longer line is cut between words, outside tags and escapes.
    """
    lines: list[tuple[str, bool]] = []
    for line in text.split("\n"):
        if len(visible(line)) <= limit:
            lines.append((line, False))
            continue
        chunks = _chunks(line, limit)
        lines += [(chunk, True) for chunk in chunks[:-1]] + [(chunks[-1], False)]
    return lines


def _chunks(line: str, limit: int) -> list[str]:
    token = rf"</?\w+[^>]*>|&#?\w+;|[^\s<&]{{1,{min(64, limit)}}}|\s|[<&]"
    chunks, length = [""], 0
    for part in re.findall(token, line):
        width = 0 if TAG.fullmatch(part) else len(visible(part))
        if length + width > limit:
            chunks.append("")
            length = 0
        chunks[-1] += part
        length += width
    return chunks


def _balanced(pieces: list[str]) -> list[str]:
    open_tags: list[str] = []
    done = []
    for piece in pieces:
        start = "".join(open_tags)
        for tag in TAG.findall(piece):
            if tag.startswith("</"):
                if open_tags:
                    open_tags.pop()
            else:
                open_tags.append(tag)
        end = "".join(f"</{re.split('[ <>]', t)[1]}>" for t in reversed(open_tags))
        if visible(piece).strip():
            done.append(start + piece + end)
    return done or [""]
