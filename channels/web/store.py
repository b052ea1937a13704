"""What the platform keeps: chats, messages, files, and what people did that the program has not confirmed.

A platform's history survives a restart of the program that talks on it, so this is a database of its own and
not the program's.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from channels.base import Button, Buttons, IncomingMessage, visible

SCHEMA = """
CREATE TABLE IF NOT EXISTS origin (token TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS chats (id TEXT PRIMARY KEY, name TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, chat TEXT NOT NULL REFERENCES chats,
    from_bot INTEGER NOT NULL, text TEXT NOT NULL, buttons TEXT NOT NULL DEFAULT '[]', reply_to INTEGER,
    edited INTEGER NOT NULL DEFAULT 0, at TEXT NOT NULL, read INTEGER NOT NULL, version INTEGER NOT NULL,
    author TEXT);
CREATE INDEX IF NOT EXISTS messages_of_chat ON messages (chat, id);
CREATE INDEX IF NOT EXISTS messages_changed ON messages (version);
CREATE TABLE IF NOT EXISTS files (
    id TEXT PRIMARY KEY, message INTEGER NOT NULL REFERENCES messages, position INTEGER NOT NULL,
    name TEXT NOT NULL, mime TEXT NOT NULL, size INTEGER NOT NULL, content BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS files_of_message ON files (message);
CREATE TABLE IF NOT EXISTS updates (
    id INTEGER PRIMARY KEY AUTOINCREMENT, message INTEGER REFERENCES messages, chat TEXT NOT NULL,
    payload TEXT NOT NULL, confirmed INTEGER NOT NULL DEFAULT 0, toast TEXT,
    version INTEGER NOT NULL DEFAULT 0);
CREATE INDEX IF NOT EXISTS updates_open ON updates (confirmed, id);
CREATE INDEX IF NOT EXISTS updates_of_message ON updates (message);
CREATE VIEW IF NOT EXISTS shown AS
    SELECT m.*, NOT EXISTS (SELECT 1 FROM updates u WHERE u.message = m.id AND NOT u.confirmed) AS confirmed
    FROM messages m;
"""

ONE = "SELECT * FROM shown WHERE id = ?"
CHANGED = "SELECT * FROM shown WHERE version > ? ORDER BY id"
OF_CHAT = "SELECT * FROM shown WHERE chat = ? AND (? IS NULL OR id < ?) ORDER BY id DESC LIMIT ?"
UNREAD = "SELECT chat, count(*) AS n FROM messages WHERE NOT read GROUP BY chat"
VERSION = """
SELECT max((SELECT coalesce(max(version), 0) FROM messages), (SELECT coalesce(max(version), 0) FROM updates))
"""
ADD = """
INSERT INTO messages (chat, from_bot, text, buttons, reply_to, at, read, author, version)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
TOAST = "UPDATE updates SET toast = ?, version = ? WHERE id = ? AND message IS NULL"
CONFIRMED = "UPDATE messages SET version = ? WHERE id = (SELECT message FROM updates WHERE id = ?)"


@dataclass(frozen=True)
class KeptFile:
    """A file in a chat, without its bytes."""

    id: str
    name: str
    mime: str
    size: int  # bytes


@dataclass(frozen=True)
class Message:
    """A message as it stands in a chat now."""

    id: str
    chat: str
    from_bot: bool
    text: str  # markup when the bot wrote it, plain text when a person did
    buttons: Buttons
    files: tuple[KeptFile, ...]
    reply_to: str | None
    edited: bool
    at: datetime
    read: bool  # by the person; what a person wrote is read
    confirmed: bool  # the program has it; always true of what the bot wrote
    version: int
    author: str | None = None  # in a group: the account of the person who wrote it

    @property
    def plain(self) -> str:
        """The text as a person sees it."""
        return visible(self.text) if self.from_bot else self.text

    @property
    def labels(self) -> list[str]:
        """The words on its buttons, row after row."""
        return [button.label for row in self.buttons for button in row]


@dataclass(frozen=True)
class Toast:
    """A passing word on a pressed button."""

    press: str
    chat: str
    text: str
    version: int


class Store:
    """Chats in one SQLite file. Every change carries a version, so that whoever looks on can ask what is new.

    Args:
        path: the database file, or ``:memory:``.
    """

    def __init__(self, path: str | Path = ":memory:") -> None:
        # One thread at a time uses it, the event loop's, which need not be the one that opened it.
        self._db = sqlite3.connect(path, check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.executescript(SCHEMA)
        self._add_authors()
        self.origin = self._origin()
        self.version = self._last_version()

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    def introduce(self, chat: str, name: str) -> None:
        """Set the name the person of a chat goes by."""
        with self.changing():
            self._db.execute(
                "INSERT INTO chats VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name",
                (chat, name),
            )

    def name(self, chat: str) -> str:
        """The name of a chat's person; empty when they never said."""
        row = self._db.execute("SELECT name FROM chats WHERE id = ?", (chat,)).fetchone()
        return str(row["name"]) if row else ""

    def add(
        self,
        chat: str,
        text: str,
        *,
        at: datetime,
        from_bot: bool,
        buttons: Buttons = (),
        reply_to: str | None = None,
        files: Iterable[tuple[str, bytes, str]] = (),
        author: str | None = None,
    ) -> Message:
        """Put a message into a chat, in the caller's ``changing`` or by itself.

        Args:
            chat: whose chat; it is opened when it is new.
            text: markup from the bot, plain text from a person.
            at: when it was said; aware.
            from_bot: who said it.
            buttons: rows under it.
            reply_to: the message it answers.
            files: name, content and media type of each.
            author: in a group: the account of the person who said it.

        Raises:
            ValueError: ``at`` is naive.
        """
        if at.tzinfo is None:
            raise ValueError(f"naive moment: {at!r}")
        with self.changing():
            self._db.execute("INSERT OR IGNORE INTO chats (id) VALUES (?)", (chat,))
            said = (chat, from_bot, text, _written(buttons), reply_to, at.isoformat(), not from_bot, author)
            message = str(self._db.execute(ADD, (*said, self._next())).lastrowid)
            for position, (name, content, mime) in enumerate(files):
                self._db.execute(
                    "INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (secrets.token_urlsafe(16), message, position, name, mime, len(content), content),
                )
        return self.message(message)

    def edit(self, message: str, text: str, buttons: Buttons) -> None:
        """Change the words and buttons of a message in place."""
        with self.changing():
            self._db.execute(
                "UPDATE messages SET text = ?, buttons = ?, edited = 1, version = ? WHERE id = ?",
                (text, _written(buttons), self._next(), message),
            )

    def message(self, message: str) -> Message:
        """One message.

        Raises:
            LookupError: there is none.
        """
        row = self._db.execute(ONE, (message,)).fetchone()
        if row is None:
            raise LookupError(f"no message {message!r}")
        return self._read(row)

    def messages(self, chat: str, *, before: str | None = None, limit: int = -1) -> list[Message]:
        """The messages of a chat, oldest first; the last ``limit`` of them, or of those before a message."""
        rows = self._db.execute(OF_CHAT, (chat, before, before, limit)).fetchall()
        return [self._read(row) for row in reversed(rows)]

    def since(self, version: int) -> list[Message]:
        """Messages of all chats that came or changed after a version, oldest first."""
        rows = self._db.execute(CHANGED, (version,)).fetchall()
        return [self._read(row) for row in rows]

    def unread(self) -> dict[str, int]:
        """How many messages of the bot each person has not looked at; chats with none are left out."""
        rows = self._db.execute(UNREAD).fetchall()
        return {row["chat"]: row["n"] for row in rows}

    def mark_read(self, chat: str) -> bool:
        """The person has looked at everything in their chat. Says whether that was news."""
        with self.changing():
            news = self._db.execute("UPDATE messages SET read = 1 WHERE chat = ? AND NOT read", (chat,))
            if news.rowcount:
                self._next()
        return news.rowcount > 0

    def file(self, file: str) -> KeptFile:
        """A file without its bytes.

        Raises:
            LookupError: there is none.
        """
        row = self._db.execute("SELECT id, name, mime, size FROM files WHERE id = ?", (file,)).fetchone()
        if row is None:
            raise LookupError(f"no file {file!r}")
        return KeptFile(*row)

    def content(self, file: str) -> bytes:
        """The bytes of a file that ``file`` found."""
        row = self._db.execute("SELECT content FROM files WHERE id = ?", (file,)).fetchone()
        return bytes(row["content"])

    def next_update(self) -> str:
        """The id the next update will carry. Only within ``changing``, where no other can take it."""
        row = self._db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'updates'").fetchone()
        return str((row["seq"] if row else 0) + 1)

    def put_update(self, update: IncomingMessage, message: str | None) -> None:
        """Keep what a person did until the program confirms it.

        Args:
            update: what the program will hear.
            message: the message that carries it, where it is one; a press is not.
        """
        payload = json.dumps(update.to_json(), ensure_ascii=False)
        with self.changing():
            self._db.execute(
                "INSERT INTO updates (message, chat, payload) VALUES (?, ?, ?)",
                (message, update.chat, payload),
            )

    def unconfirmed(self) -> list[tuple[int, IncomingMessage]]:
        """What the program has not confirmed yet, in the order it was done."""
        rows = self._db.execute("SELECT id, payload FROM updates WHERE NOT confirmed ORDER BY id").fetchall()
        return [(row["id"], IncomingMessage.from_json(json.loads(row["payload"]))) for row in rows]

    def confirm(self, update: int) -> None:
        """The program has it."""
        with self.changing():
            self._db.execute("UPDATE updates SET confirmed = 1 WHERE id = ?", (update,))
            self._db.execute(CONFIRMED, (self._next(), update))

    def put_toast(self, press: str, text: str) -> bool:
        """Keep the last word on a press. Says whether there is such a press."""
        with self.changing():
            changed = self._db.execute(TOAST, (text, self._next(), press))
        return changed.rowcount > 0

    def toast(self, press: str) -> str | None:
        """The last word on a press."""
        row = self._db.execute("SELECT toast FROM updates WHERE id = ?", (press,)).fetchone()
        return row["toast"] if row else None

    def toasts(self, version: int) -> list[Toast]:
        """Words on presses said after a version."""
        rows = self._db.execute(
            "SELECT id, chat, toast, version FROM updates WHERE version > ? ORDER BY version", (version,)
        ).fetchall()
        return [Toast(str(row["id"]), row["chat"], row["toast"], row["version"]) for row in rows]

    def pass_by(self) -> int:
        """A new version for something that is shown and not kept."""
        return self._next()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """One transaction; a call within a call joins it."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN IMMEDIATE")
        with self._db:
            yield

    def _next(self) -> int:
        self.version += 1
        return self.version

    def _add_authors(self) -> None:
        """A history kept before there were groups has no room for who wrote a message."""
        columns = self._db.execute("PRAGMA table_info(messages)").fetchall()
        if all(column["name"] != "author" for column in columns):
            self._db.execute("ALTER TABLE messages ADD COLUMN author TEXT")

    def _last_version(self) -> int:
        return int(self._db.execute(VERSION).fetchone()[0])

    def _origin(self) -> str:
        """A mark of this store, so that a fresh one never gives out an external id that an older one gave."""
        with self.changing():
            if self._db.execute("SELECT 1 FROM origin").fetchone() is None:
                self._db.execute("INSERT INTO origin VALUES (?)", (secrets.token_hex(6),))
        return str(self._db.execute("SELECT token FROM origin").fetchone()[0])

    def _read(self, row: sqlite3.Row) -> Message:
        files = self._db.execute(
            "SELECT id, name, mime, size FROM files WHERE message = ? ORDER BY position", (row["id"],)
        ).fetchall()
        return Message(
            id=str(row["id"]),
            chat=row["chat"],
            from_bot=bool(row["from_bot"]),
            text=row["text"],
            buttons=tuple(tuple(Button(**b) for b in line) for line in json.loads(row["buttons"])),
            files=tuple(KeptFile(*f) for f in files),
            reply_to=None if row["reply_to"] is None else str(row["reply_to"]),
            edited=bool(row["edited"]),
            at=datetime.fromisoformat(row["at"]),
            read=bool(row["read"]),
            confirmed=bool(row["confirmed"]),
            version=row["version"],
            author=row["author"],
        )


def _written(buttons: Buttons) -> str:
    return json.dumps([[asdict(button) for button in row] for row in buttons], ensure_ascii=False)
