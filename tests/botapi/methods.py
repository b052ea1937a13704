"""The methods of the Bot API the bot uses, with Telegram's refusals in Telegram's words."""

from __future__ import annotations

import json
import time
from typing import Any

from tests.botapi.http import Upload
from tests.botapi.markup import Unparsable, plain
from tests.botapi.world import Json, SentFile, SentMessage, World

MAX_TEXT, MAX_CAPTION, MAX_DATA, MAX_BUTTONS, MAX_TOAST = 4096, 1024, 64, 100, 200
MAX_PHOTO, MAX_UPLOAD, MAX_DOWNLOAD = 10 * 2**20, 50 * 2**20, 20 * 2**20


class Refused(Exception):
    """The error Telegram answers with."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.answer: Json = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.answer["parameters"] = parameters


class Methods:
    """Each public method is one of the Bot API, with its name."""

    def __init__(self, world: World) -> None:
        self._world = world

    def getMe(self, fields: Json, files: dict[str, Upload]) -> Json:
        return {**self._world.bot(), "can_join_groups": True, "can_read_all_group_messages": False}

    def deleteWebhook(self, fields: Json, files: dict[str, Upload]) -> bool:
        return True

    def setMyCommands(self, fields: Json, files: dict[str, Upload]) -> bool:
        commands = json.loads(fields["commands"])
        for command in commands:
            name = command["command"]
            if not (name.isascii() and name.replace("_", "a").isalnum() and name == name.lower()):
                raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        self._world.commands = commands
        return True

    def sendMessage(self, fields: Json, files: dict[str, Upload]) -> Json:
        text = _shown(fields, "text", MAX_TEXT, "message is too long")
        if not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        return self._send(fields, {"text": text}, text, fields["text"])

    def sendPhoto(self, fields: Json, files: dict[str, Upload]) -> Json:
        return self._send_file("photo", MAX_PHOTO, fields, files)

    def sendDocument(self, fields: Json, files: dict[str, Upload]) -> Json:
        return self._send_file("document", MAX_UPLOAD, fields, files)

    def editMessageText(self, fields: Json, files: dict[str, Upload]) -> Json:
        text = _shown(fields, "text", MAX_TEXT, "MESSAGE_TOO_LONG")
        if not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        return self._edit("text", text, fields)

    def editMessageCaption(self, fields: Json, files: dict[str, Upload]) -> Json:
        return self._edit("caption", _shown(fields, "caption", MAX_CAPTION, "MEDIA_CAPTION_TOO_LONG"), fields)

    def sendChatAction(self, fields: Json, files: dict[str, Upload]) -> bool:
        self._writable(fields)
        return True

    def answerCallbackQuery(self, fields: Json, files: dict[str, Upload]) -> bool:
        query, text = fields["callback_query_id"], fields.get("text", "")
        if query not in self._world.presses:
            words = "query is too old and response timeout expired or query ID is invalid"
            raise Refused(400, f"Bad Request: {words}")
        if len(text) > MAX_TOAST:
            raise Refused(400, "Bad Request: MESSAGE_TOO_LONG")
        self._world.presses[query] = text
        return True

    def getFile(self, fields: Json, files: dict[str, Upload]) -> Json:
        file_id = fields["file_id"]
        if file_id not in self._world.files:
            raise Refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        size = len(self._world.files[file_id][1])
        if size > MAX_DOWNLOAD:
            raise Refused(400, "Bad Request: file is too big")
        return {
            "file_id": file_id,
            "file_unique_id": file_id,
            "file_size": size,
            "file_path": f"documents/{file_id}.bin",
        }

    def _send_file(self, kind: str, limit: int, fields: Json, files: dict[str, Upload]) -> Json:
        known = self._world.files.get(fields.get(kind, ""))
        upload = Upload(*known) if known else _uploaded(fields.get(kind, ""), kind, files)
        if len(upload.content) > limit:
            raise Refused(413 if kind == "document" else 400, "Request Entity Too Large")
        caption = _shown(fields, "caption", MAX_CAPTION, "message caption is too long")
        file_id = fields[kind] if known else self._world.store(upload.name, upload.content)
        sent = SentFile(kind, upload.name, upload.content, file_id)
        return self._send(fields, {**_file_json(sent), "caption": caption}, caption, fields.get("caption", ""), sent)

    def _send(self, fields: Json, content: Json, shown: str, html: str, file: SentFile | None = None) -> Json:
        chat = self._writable(fields)
        buttons = _buttons(fields)
        reply_to = self._reply_to(fields, chat)
        message = self._world.message(chat, self._world.bot(), content, reply_to)
        if buttons:
            message["reply_markup"] = {"inline_keyboard": buttons}
        files = [file] if file else []
        sent = SentMessage(message["message_id"], chat, shown, html, buttons, files, reply_to)
        self._world.sent.append(sent)
        return message

    def _edit(self, part: str, text: str, fields: Json) -> Json:
        chat = self._writable(fields)
        sent = self._world.sent_message(chat, int(fields["message_id"]))
        if sent is None:
            raise Refused(400, "Bad Request: message to edit not found")
        if part == "text" and sent.files:
            raise Refused(400, "Bad Request: there is no text in the message to edit")
        buttons = _buttons(fields)
        if (sent.html, sent.buttons) == (fields[part], buttons):
            raise Refused(
                400,
                "Bad Request: message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message",
            )
        sent.text, sent.html, sent.buttons, sent.edits = text, fields[part], buttons, sent.edits + 1
        message = self._world.messages[chat, sent.message_id]
        message |= {part: text, "edit_date": int(time.time())}
        message.pop("reply_markup", None)
        if buttons:
            message["reply_markup"] = {"inline_keyboard": buttons}
        return message

    def _writable(self, fields: Json) -> int:
        """The chat, if the bot may write there."""
        chat, world = _number(fields.get("chat_id", "")), self._world
        if chat in world.migrated:
            new = {"migrate_to_chat_id": world.migrated[chat]}
            raise Refused(400, "Bad Request: group chat was upgraded to a supergroup chat", new)
        if chat in world.blocked:
            how = "kicked from the group chat" if chat < 0 else "blocked by the user"
            raise Refused(403, f"Forbidden: bot was {how}")
        if chat in world.gone:
            raise Refused(400, "Bad Request: chat not found")
        if chat in world.people and chat not in world.started:
            raise Refused(403, "Forbidden: bot can't initiate conversation with a user")
        if chat not in world.people and chat not in world.groups:
            raise Refused(400, "Bad Request: chat not found")
        return chat

    def _reply_to(self, fields: Json, chat: int) -> int | None:
        given = json.loads(fields.get("reply_parameters", "{}"))
        if not given:
            return None
        if (chat, given["message_id"]) in self._world.messages:
            return int(given["message_id"])
        if not given.get("allow_sending_without_reply"):
            raise Refused(400, "Bad Request: message to be replied not found")
        return None


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Refused(400, "Bad Request: chat not found") from None


def _shown(fields: Json, part: str, limit: int, too_long: str) -> str:
    given = fields.get(part, "")
    try:
        text = plain(given) if fields.get("parse_mode") == "HTML" else given
    except Unparsable as exc:
        raise Refused(400, f"Bad Request: can't parse entities: {exc}") from exc
    if len(text) > limit:
        raise Refused(400, f"Bad Request: {too_long}")
    return text


def _buttons(fields: Json) -> list[list[Json]]:
    rows: list[list[Json]] = json.loads(fields.get("reply_markup", "{}")).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    for button in buttons:
        if len(button.get("callback_data", "").encode()) > MAX_DATA:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
        if not button["text"] or not any(button.get(k) for k in ("callback_data", "url", "copy_text")):
            raise Refused(400, "Bad Request: Text buttons are unallowed in the inline keyboard")
        if button.get("style", "primary") not in ("primary", "success", "danger"):
            raise Refused(400, "Bad Request: invalid button style specified")
    if len(buttons) > MAX_BUTTONS:
        raise Refused(400, "Bad Request: reply markup is too long")
    return rows


def _uploaded(value: str, kind: str, files: dict[str, Upload]) -> Upload:
    if value.startswith("attach://"):
        return files[value.removeprefix("attach://")]
    if value and kind not in files:
        raise Refused(400, "Bad Request: wrong file identifier/HTTP URL specified")
    if kind not in files:
        raise Refused(400, f"Bad Request: there is no {kind} in the request")
    return files[kind]


def _file_json(file: SentFile) -> dict[str, Any]:
    base: Json = {"file_id": file.file_id, "file_unique_id": file.file_id, "file_size": len(file.content)}
    if file.kind == "photo":
        return {"photo": [{**base, "width": 800, "height": 600}]}
    return {"document": {**base, "file_name": file.name}}
