"""Who and what Telegram knows: people, groups, messages, files."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

BOT_ID = 100_200_300


@dataclass(frozen=True)
class SentFile:
    kind: str  # "photo" | "document"
    name: str
    content: bytes
    file_id: str


@dataclass
class SentMessage:
    """A message of the bot as it stands in a chat now."""

    message_id: int
    chat: int
    text: str  # as shown: without tags
    html: str  # as given by the bot
    buttons: list[list[Json]] = field(default_factory=list)
    files: list[SentFile] = field(default_factory=list)
    reply_to: int | None = None
    edits: int = 0
    at: float = field(default_factory=time.time)

    @property
    def labels(self) -> list[str]:
        """What stands on its buttons, row by row."""
        return [button["text"] for row in self.buttons for button in row]

    def data(self, label_or_data: str) -> str:
        """The data of a button, found by its label or its data."""
        for button in itertools.chain.from_iterable(self.buttons):
            if label_or_data in (button["text"], button.get("callback_data")):
                return str(button["callback_data"])
        raise AssertionError(f"no button {label_or_data!r} under {self.text!r}: {self.labels}")

    def to_json(self) -> Json:
        files = [{"kind": f.kind, "name": f.name, "size": len(f.content)} for f in self.files]
        return {**self.__dict__, "files": files, "labels": self.labels}


@dataclass
class World:
    """Everything but the queue of updates."""

    username: str = "dondoc_test_bot"
    people: dict[int, str] = field(default_factory=dict)
    groups: dict[int, str] = field(default_factory=dict)
    started: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)  # accounts that were deleted
    migrated: dict[int, int] = field(default_factory=dict)
    messages: dict[tuple[int, int], Json] = field(default_factory=dict)  # of people and of the bot
    sent: list[SentMessage] = field(default_factory=list)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # file_id -> (name, content)
    presses: dict[str, str | None] = field(default_factory=dict)  # query id -> toast, None unanswered
    commands: list[Json] = field(default_factory=list)
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def new_id(self) -> int:
        return next(self._ids)

    def bot(self) -> Json:
        return {"id": BOT_ID, "is_bot": True, "first_name": "Đôn Đốc", "username": self.username}

    def user(self, user: int) -> Json:
        return {"id": user, "is_bot": False, "first_name": self.people.get(user, f"Người {user}")}

    def chat(self, chat: int) -> Json:
        if chat < 0:
            kind = "supergroup" if str(chat).startswith("-100") else "group"
            return {"id": chat, "type": kind, "title": self.groups.get(chat, "Nhóm")}
        return {"id": chat, "type": "private", "first_name": self.people.get(chat, f"Người {chat}")}

    def message(self, chat: int, sender: Json, content: Json, reply_to: int | None = None) -> Json:
        """A new message in a chat, remembered."""
        message: Json = {
            "message_id": self.new_id(),
            "date": int(time.time()),
            "chat": self.chat(chat),
            "from": sender,
            **content,
        }
        if (chat, reply_to or 0) in self.messages:
            replied = self.messages[chat, reply_to or 0]
            message["reply_to_message"] = {k: v for k, v in replied.items() if k != "reply_to_message"}
        self.messages[chat, message["message_id"]] = message
        return message

    def store(self, name: str, content: bytes) -> str:
        """Keep a file; returns its file_id."""
        file_id = f"file{self.new_id():06d}-{len(content)}"
        self.files[file_id] = (name, content)
        return file_id

    def sent_message(self, chat: int, message_id: int) -> SentMessage | None:
        found = (m for m in self.sent if (m.chat, m.message_id) == (chat, message_id))
        return next(found, None)
