"""Acting as the people who use the bot."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.botapi.queue import UpdateQueue
from tests.botapi.world import Json, SentMessage, World


class People:
    """What people do in their chats; each deed becomes an update. All return the number of that update.

    ``user`` is a Telegram user id; ``chat`` is the group they write in, their own chat when not given.
    """

    queue: UpdateQueue
    world: World
    changed: asyncio.Condition

    def person(self, user: int, name: str) -> int:
        """Make someone known by name; they have not pressed Start."""
        self.world.people[user] = name
        return user

    def group(self, chat: int, title: str) -> int:
        """A group (a negative id) with the bot in it."""
        self.world.groups[chat] = title
        return chat

    def blocks(self, user: int) -> None:
        """The person blocks the bot; saying something unblocks it."""
        self.world.blocked.add(user)

    def vanishes(self, user: int) -> None:
        """The person deletes the account; their chat is not found any more."""
        self.world.gone.add(user)

    async def becomes_supergroup(self, chat: int, new: int) -> None:
        """A group gets a new id; Telegram says so in both, under nobody's name."""
        self.world.groups[new] = self.world.groups.pop(chat)
        self.world.migrated[chat] = new
        nobody = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
        await self.push(message=self.world.message(chat, nobody, {"migrate_to_chat_id": new}))
        await self.push(message=self.world.message(new, nobody, {"migrate_from_chat_id": chat}))

    async def push(self, **content: Any) -> int:
        """Queue any update as it is: ``push(poll={...})``."""
        async with self.changed:
            update_id = self.queue.add(content)
            self.changed.notify_all()
        return update_id

    async def user_says(
        self, user: int | str, text: str, *, chat: int | str | None = None, reply_to: int | None = None
    ) -> int:
        """Someone writes."""
        content: Json = {"text": text}
        if text.startswith("/"):
            length = len(text.split()[0])
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return await self._say(user, chat, content, reply_to)

    async def user_edits(self, user: int | str, message_id: int, text: str, *, chat: int | None = None) -> int:
        """Someone changes what they wrote."""
        message = self.world.messages[int(chat or user), message_id]
        message |= {"text": text, "edit_date": message["date"] + 1}
        return await self.push(edited_message=dict(message))

    async def user_sends_document(
        self,
        user: int | str,
        name: str,
        content: bytes,
        caption: str = "",
        *,
        mime: str = "application/octet-stream",
        chat: int | str | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Someone sends a file."""
        file_id = self.world.store(name, content)
        document = {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "mime_type": mime}
        said: Json = {"document": {**document, "file_size": len(content)}}
        return await self._say(user, chat, said | ({"caption": caption} if caption else {}), reply_to)

    async def user_sends_photo(
        self,
        user: int | str,
        content: bytes,
        caption: str = "",
        *,
        chat: int | str | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Someone sends a picture; Telegram offers it in two sizes."""
        small, large = self.world.store("small.jpg", content[:100]), self.world.store("large.jpg", content)
        sizes = [
            {"file_id": small, "file_unique_id": small, "file_size": 100, "width": 90, "height": 60},
            {
                "file_id": large,
                "file_unique_id": large,
                "file_size": len(content),
                "width": 900,
                "height": 600,
            },
        ]
        return await self._say(user, chat, {"photo": sizes} | ({"caption": caption} if caption else {}), reply_to)

    async def user_presses(
        self, user: int | str, message_id: int, label_or_data: str, *, chat: int | str | None = None
    ) -> str:
        """Someone presses a button under a message of the bot. Returns the id of the press."""
        where = int(chat or user)
        message = self.world.sent_message(where, message_id)
        assert message is not None, f"the bot has no message {message_id} in {where}"
        return await self._press(int(user), message, message.data(label_or_data))

    async def user_forges_press(self, user: int | str, message_id: int, data: str) -> str:
        """Someone sends a press with data that stands on no button there."""
        message = self.world.sent_message(int(user), message_id)
        assert message is not None, f"the bot has no message {message_id}"
        return await self._press(int(user), message, data)

    def toast(self, press: str) -> str | None:
        """What the bot answered to a press; None while it has not."""
        return self.world.presses[press]

    async def _press(self, user: int, message: SentMessage, data: str) -> str:
        query = f"{4_000_000_000_000 + self.world.new_id()}"
        self.world.presses[query] = None
        await self.push(
            callback_query={
                "id": query,
                "from": self.world.user(user),
                "message": self.world.messages[message.chat, message.message_id],
                "chat_instance": "1",
                "data": data,
            }
        )
        return query

    async def _say(self, user: int | str, chat: int | str | None, content: Json, reply_to: int | None) -> int:
        user = int(user)
        self.world.people.setdefault(user, f"Người {user}")
        if chat is None:
            self.world.started.add(user)
            self.world.blocked.discard(user)
            self.world.gone.discard(user)
        message = self.world.message(int(chat or user), self.world.user(user), content, reply_to)
        return await self.push(message=message)
