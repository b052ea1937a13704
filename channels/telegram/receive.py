"""From a Telegram update to what our house understands. Pure: the moment and the bot's own name are told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from telegram import (
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberUpdated,
    Message,
    MessageReactionUpdated,
    ReactionType,
    ReactionTypeEmoji,
    Update,
    User,
)

from channels.base import IncomingFile, IncomingMessage, Sender

CHANNEL = "telegram"
ALLOWED_UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
    Update.MESSAGE_REACTION,
)
THUMB = "👍"
_IN_CHAT = {ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER, ChatMember.RESTRICTED}

# Telegram repeats an animation as a document and a venue as a location: the more telling name stands first.
_WORDLESS = (
    "animation",
    "sticker",
    "voice",
    "video_note",
    "video",
    "audio",
    "contact",
    "venue",
    "location",
    "poll",
    "dice",
    "story",
    "game",
    "paid_media",
    "checklist",
    "invoice",
)

_COMMAND = re.compile(r"(/\w+)@(\w+)")
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")  # NUL and lone surrogates: no database stores them


def incoming(update: Update, username: str | None, now: datetime) -> IncomingMessage | None:
    """What the update says, or None for everything that is not a person speaking to us.

    Args:
        update: as the library read it.
        username: the bot's own, without "@"; it is taken off commands and leading mentions in groups.
        now: aware; the moment of a button press, which Telegram does not tell.
    """
    if update.callback_query is not None:
        return _pressed(update.update_id, update.callback_query, now)
    if update.message is not None:
        return _said(update.update_id, update.message, username)
    if update.edited_message is not None:
        return _said(update.update_id, update.edited_message, username, edited=True)
    if update.my_chat_member is not None:
        return _came_or_went(update.update_id, update.my_chat_member)
    if update.message_reaction is not None:
        return _reacted(update.update_id, update.message_reaction)
    return None


def _reacted(update_id: int, reaction: MessageReactionUpdated) -> IncomingMessage | None:
    """A thumb put under a message of a private chat; other feelings, and a thumb taken back, say nothing."""
    is_private = reaction.chat.type == Chat.PRIVATE
    if reaction.user is None or not is_private or _thumbs(reaction.old_reaction) or not _thumbs(reaction.new_reaction):
        return None
    liked = _event("liked", update_id, reaction.chat, reaction.date, _person(reaction.user))
    return replace(liked, reply_to=str(reaction.message_id), private=True)


def _thumbs(reactions: Sequence[ReactionType]) -> bool:
    return any(isinstance(one, ReactionTypeEmoji) and one.emoji.startswith(THUMB) for one in reactions)


def _came_or_went(update_id: int, change: ChatMemberUpdated) -> IncomingMessage | None:
    """The bot was put into a group or out of it. What a person does with their own chat shows when we write there."""
    was, is_in = (member.status in _IN_CHAT for member in (change.old_chat_member, change.new_chat_member))
    if change.chat.type not in {Chat.GROUP, Chat.SUPERGROUP} or was == is_in:
        return None
    return _event("added" if is_in else "removed", update_id, change.chat, change.date, _person(change.from_user))


def _event(
    what: str, update_id: int, chat: Chat, at: datetime, sender: Sender, moved_to: str | None = None
) -> IncomingMessage:
    return IncomingMessage(
        channel=CHANNEL,
        external_id=f"u{update_id}:{chat.id}:{what}",
        chat=str(chat.id),
        sender=sender,
        at=at,
        private=False,
        event=what,
        moved_to=moved_to,
    )


def _said(update_id: int, message: Message, username: str | None, *, edited: bool = False) -> IncomingMessage | None:
    if message.migrate_to_chat_id is not None:
        nobody = Sender(f"chat:{message.chat.id}")
        return _event("moved", update_id, message.chat, message.date, nobody, str(message.migrate_to_chat_id))
    sender = _sender(message)
    files, unsupported = _files(message), _unsupported(message)
    private = message.chat.type == Chat.PRIVATE
    words = clean(message.text or message.caption or _thumb(message))
    text = _addressed(words, username, private)
    if sender is None or text is None or not (text or files or unsupported):
        return None
    return IncomingMessage(
        channel=CHANNEL,
        # The numbers of updates start anywhere after an idle week: alone they are no key.
        external_id=f"u{update_id}:{message.chat.id}:{message.message_id}",
        chat=str(message.chat.id),
        sender=sender,
        at=(message.edit_date if edited else None) or message.date,
        text=text,
        files=() if unsupported else files,
        reply_to=_reply_to(message),
        message_id=str(message.message_id),
        private=private,
        edited=edited,
        unsupported=unsupported,
        album=message.media_group_id,
        mentioned=not private and _calls(words, username),
    )


def _pressed(update_id: int, query: CallbackQuery, now: datetime) -> IncomingMessage | None:
    if query.message is None or query.data is None:
        return None
    chat = query.message.chat
    return IncomingMessage(
        channel=CHANNEL,
        external_id=f"u{update_id}:{query.id}",
        chat=str(chat.id),
        sender=_person(query.from_user),
        at=now,
        button=clean(query.data),
        press=query.id,
        pressed_on=str(query.message.message_id),
        private=chat.type == Chat.PRIVATE,
    )


def clean(text: str) -> str:
    """The text without the code points that no database takes."""
    return _UNKEEPABLE.sub("", text)


def _person(user: User) -> Sender:
    return Sender(str(user.id), clean(user.full_name))


def _sender(message: Message) -> Sender | None:
    """The person; an anonymous admin or a channel writes under a chat's name and is nobody we know."""
    if message.sender_chat is not None:
        return Sender(f"anon:{message.sender_chat.id}", clean(message.sender_chat.title or ""))
    user = message.from_user
    return None if user is None or user.is_bot else _person(user)


def _thumb(message: Message) -> str:
    """A thumb drawn as a sticker says what the typed one says, in any colour."""
    return THUMB if message.sticker is not None and (message.sticker.emoji or "").startswith(THUMB) else ""


def _unsupported(message: Message) -> str | None:
    if _thumb(message):
        return None
    return next((kind for kind in _WORDLESS if getattr(message, kind)), None)


def _files(message: Message) -> tuple[IncomingFile, ...]:
    if message.document is not None:
        doc = message.document
        name = clean(doc.file_name or "") or f"document_{doc.file_unique_id}"
        return (IncomingFile(doc.file_id, name, doc.file_size, doc.mime_type),)
    if message.photo:
        best = max(message.photo, key=lambda size: size.width * size.height)
        name = f"photo_{best.file_unique_id}.jpg"
        return (IncomingFile(best.file_id, name, best.file_size, "image/jpeg"),)
    return ()


def _reply_to(message: Message) -> str | None:
    replied = message.reply_to_message
    # In a forum topic every message "answers" the one that opened the topic.
    if replied is None or replied.forum_topic_created is not None:
        return None
    return str(replied.message_id)


def _calls(text: str, username: str | None) -> bool:
    return username is not None and re.search(rf"(?<!\w)@{re.escape(username)}\b", text, re.IGNORECASE) is not None


def _addressed(text: str, username: str | None, private: bool) -> str | None:
    """The words without the bot's name; None for a command to another bot of the group."""
    command = _COMMAND.match(text)
    if command is not None:
        is_ours = username is not None and command[2].lower() == username.lower()
        return command[1] + text[command.end() :] if is_ours or private else None
    if username is None or private:
        return text
    return re.sub(rf"^\s*@{re.escape(username)}\b[\s,:;.-]*", "", text, flags=re.IGNORECASE)
