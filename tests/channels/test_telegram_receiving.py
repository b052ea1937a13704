"""What each kind of update says, from payloads shaped like Telegram's."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Update

from channels.base import IncomingMessage
from channels.telegram.polling import mended
from channels.telegram.receive import ALLOWED_UPDATES, incoming

NOW = datetime(2024, 3, 5, 2, 0, tzinfo=UTC)
SENT_AT = datetime(2024, 3, 5, 1, 0, tzinfo=UTC)
US = "dondoc_bot"

NAM = {"id": 5001, "is_bot": False, "first_name": "Nam", "last_name": "Nguyễn Văn"}
ADMIN_BOT = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
PRIVATE = {"id": 5001, "type": "private", "first_name": "Nam"}
GROUP = {"id": -1004001, "type": "supergroup", "title": "Tổ công tác"}
DOCUMENT = {"file_id": "D1", "file_unique_id": "u1", "file_name": "Báo cáo.docx", "file_size": 2048}
PHOTO = [
    {"file_id": "L", "file_unique_id": "ul", "width": 1280, "height": 960, "file_size": 90_000},
    {"file_id": "S", "file_unique_id": "us", "width": 90, "height": 67, "file_size": 1_000},
]
VIDEO = {"file_id": "V", "file_unique_id": "uv", "width": 1, "height": 1, "duration": 3}
VOICE = {"file_id": "V", "file_unique_id": "uv", "duration": 3}


def said(chat: dict[str, Any] = PRIVATE, sender: dict[str, Any] = NAM, **content: Any) -> dict[str, Any]:
    return {
        "message_id": 77,
        "date": int(SENT_AT.timestamp()),
        "chat": chat,
        "from": sender,
        **content,
    }


def read(*, username: str | None = US, **update: Any) -> IncomingMessage | None:
    return incoming(Update.de_json({"update_id": 900, **update}), username, NOW)


def heard(chat: dict[str, Any] = PRIVATE, **content: Any) -> IncomingMessage:
    message = read(message=said(chat, **content))
    assert message is not None
    return message


def test_a_text() -> None:
    message = heard(text="Đã xong #12")
    assert (message.channel, message.chat, message.text) == ("telegram", "5001", "Đã xong #12")
    assert (message.sender.id, message.sender.name) == ("5001", "Nam Nguyễn Văn")
    assert (message.at, message.message_id, message.private) == (SENT_AT, "77", True)


def test_the_key_holds_chat_and_message_beside_the_number_of_the_update() -> None:
    assert heard(text="x").external_id == "u900:5001:77"


STICKER = VIDEO | {"is_animated": False, "is_video": False, "type": "regular"}


@pytest.mark.parametrize("emoji", ["👍", "👍🏻"])
def test_a_thumb_drawn_as_a_sticker_says_what_a_typed_one_says(emoji: str) -> None:
    message = heard(sticker=STICKER | {"emoji": emoji})
    assert (message.text, message.unsupported) == ("👍", None)


def test_another_sticker_has_no_words() -> None:
    assert heard(sticker=STICKER | {"emoji": "😂"}).unsupported == "sticker"


def reacted(*emojis: str, before: tuple[str, ...] = (), chat: dict[str, Any] = PRIVATE) -> IncomingMessage | None:
    old, new = ([{"type": "emoji", "emoji": one} for one in group] for group in (before, emojis))
    return read(
        message_reaction={
            "chat": chat, "message_id": 55, "user": NAM, "date": int(SENT_AT.timestamp()), "old_reaction": old,
            "new_reaction": new,
        }
    )  # fmt: skip


def test_a_thumb_under_a_message_is_told_with_the_message_it_stands_under() -> None:
    liked = reacted("👍")
    assert liked is not None
    assert (liked.event, liked.reply_to, liked.private, liked.text) == ("liked", "55", True, "")
    assert (liked.chat, liked.sender.id, liked.at) == ("5001", "5001", SENT_AT)


def test_other_reactions_a_thumb_taken_back_and_thumbs_in_groups_say_nothing() -> None:
    assert reacted("😢") is None
    assert reacted(before=("👍",)) is None
    assert reacted("👍", "🔥", before=("👍",)) is None
    assert reacted("👍", chat=GROUP) is None


def test_reactions_are_asked_for() -> None:
    assert "message_reaction" in ALLOWED_UPDATES


def test_a_document_with_a_caption() -> None:
    message = heard(document=DOCUMENT, caption="báo cáo quý I")
    (file,) = message.files
    assert (message.text, file.ref, file.name, file.size) == ("báo cáo quý I", "D1", "Báo cáo.docx", 2048)


def test_a_document_without_a_name_gets_one() -> None:
    nameless = {k: v for k, v in DOCUMENT.items() if k != "file_name"}
    assert heard(document=nameless).files[0].name == "document_u1"


def test_of_a_photo_the_largest_size() -> None:
    (file,) = heard(photo=PHOTO).files
    assert (file.ref, file.name, file.mime) == ("L", "photo_ul.jpg", "image/jpeg")


def test_each_part_of_an_album_is_a_message_of_its_own() -> None:
    message = heard(photo=PHOTO, media_group_id="13", caption="hiện trường")
    assert (message.text, len(message.files), message.album) == ("hiện trường", 1, "13")


def test_an_answer_names_the_message_it_answers() -> None:
    assert heard(text="xong", reply_to_message=said(text="nhắc việc") | {"message_id": 70}).reply_to == "70"


def test_in_a_forum_topic_only_a_real_answer_counts() -> None:
    opening = said(GROUP, forum_topic_created={"name": "Việc", "icon_color": 1}) | {"message_id": 3}
    message = heard(GROUP, text="xong", reply_to_message=opening, is_topic_message=True)
    assert message.reply_to is None


def test_an_edit_is_marked_and_dated_when_it_was_made() -> None:
    edited = said(text="90 %", edit_date=int(NOW.timestamp()))
    message = read(edited_message=edited)
    assert message is not None
    assert (message.edited, message.at, message.text) == (True, NOW, "90 %")


def test_a_pressed_button() -> None:
    query = {"id": "Q1", "from": NAM, "chat_instance": "1", "data": "ack:1", "message": said(text="?")}
    message = read(callback_query=query)
    assert message is not None
    assert (message.button, message.press, message.pressed_on, message.chat) == ("ack:1", "Q1", "77", "5001")
    assert (message.external_id, message.at, message.sender.id) == ("u900:Q1", NOW, "5001")


def test_a_button_under_a_message_too_old_to_read() -> None:
    inaccessible = {"message_id": 77, "date": 0, "chat": GROUP}
    query = {"id": "Q1", "from": NAM, "chat_instance": "1", "data": "ack:1", "message": inaccessible}
    message = read(callback_query=query)
    assert message is not None
    assert (message.pressed_on, message.private) == ("77", False)


@pytest.mark.parametrize(
    "query",
    [{"data": "x", "inline_message_id": "I"}, {"game_short_name": "g", "message": said(text="?")}],
    ids=["inline", "game"],
)
def test_a_press_that_is_not_on_one_of_our_buttons_says_nothing(query: dict[str, Any]) -> None:
    assert read(callback_query={"id": "Q1", "from": NAM, "chat_instance": "1", **query}) is None


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"voice": VOICE}, "voice"),
        ({"video": VIDEO}, "video"),
        ({"video_note": VOICE | {"length": 1}}, "video_note"),
        ({"audio": VOICE}, "audio"),
        ({"animation": VIDEO, "document": DOCUMENT}, "animation"),
        (
            {"sticker": VIDEO | {"is_animated": False, "is_video": False, "type": "regular"}},
            "sticker",
        ),
        ({"contact": {"phone_number": "0", "first_name": "A"}}, "contact"),
        ({"location": {"latitude": 1.0, "longitude": 2.0}}, "location"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "dice"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_what_has_no_words_or_file_for_us_is_named(content: dict[str, Any], kind: str) -> None:
    message = heard(**content)
    assert (message.unsupported, message.files, message.text) == (kind, (), "")


def test_the_words_under_a_video_are_heard() -> None:
    message = heard(video=VIDEO, caption="đã sửa xong đường")
    assert (message.text, message.unsupported) == ("đã sửa xong đường", "video")


def test_a_forwarded_message_is_said_by_who_forwards_it() -> None:
    origin = {"type": "hidden_user", "sender_user_name": "Giám đốc Sở", "date": 1}
    message = heard(text="Duyệt #12", forward_origin=origin)
    assert (message.sender.id, message.text) == ("5001", "Duyệt #12")


def test_an_anonymous_admin_is_nobody_we_know() -> None:
    message = heard(GROUP, sender=ADMIN_BOT, sender_chat=GROUP, text="Duyệt")
    assert (message.sender.id, message.sender.name) == ("anon:-1004001", "Tổ công tác")


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("/status@dondoc_bot quá hạn", "/status quá hạn"),
        ("/status@DonDoc_Bot", "/status"),
        ("/status tuần", "/status tuần"),
        ("@dondoc_bot, việc nào quá hạn?", "việc nào quá hạn?"),
        ("@dondoc_bot xong #12", "xong #12"),
        ("hỏi @dondoc_bot thử", "hỏi @dondoc_bot thử"),
        ("@dondoc_bot2 xong", "@dondoc_bot2 xong"),
    ],
)
def test_in_a_group_the_bots_name_is_taken_off(given: str, text: str) -> None:
    message = heard(GROUP, text=given)
    assert (message.text, message.private) == (text, False)


def test_a_command_to_another_bot_of_the_group_is_not_for_us() -> None:
    assert read(message=said(GROUP, text="/status@other_bot")) is None


@pytest.mark.parametrize(
    ("given", "is_called"),
    [("@dondoc_bot xong", True), ("hỏi @DonDoc_Bot xem", True), ("@dondoc_bot2 xong", False), ("a@dondoc_bot", False)],
)
def test_in_a_group_it_is_known_whether_the_bot_is_called(given: str, is_called: bool) -> None:
    assert heard(GROUP, text=given).mentioned is is_called


def test_in_private_nobody_needs_to_call_it() -> None:
    assert heard(text="@dondoc_bot xong").mentioned is False


def _member(was: str, now: str, chat: dict[str, Any] = GROUP) -> IncomingMessage | None:
    def stands(status: str) -> dict[str, Any]:
        return {"status": status, "user": {"id": 1, "is_bot": True, "first_name": "Bot"}, "until_date": 0}

    change = {"chat": chat, "from": NAM, "date": 1, "old_chat_member": stands(was), "new_chat_member": stands(now)}
    return read(my_chat_member=change)


@pytest.mark.parametrize(
    ("was", "now", "event"),
    [("left", "member", "added"), ("member", "kicked", "removed"), ("member", "left", "removed")],
)
def test_the_bot_is_put_into_a_group_and_out_of_it(was: str, now: str, event: str) -> None:
    message = _member(was, now)
    assert message is not None
    assert (message.event, message.chat, message.private, message.text) == (event, "-1004001", False, "")


def test_a_bot_blocked_in_private_or_given_other_rights_is_no_event() -> None:
    assert _member("member", "kicked", PRIVATE) is None
    assert _member("left", "member", GROUP | {"type": "channel"}) is None


def test_a_group_that_becomes_a_supergroup_says_where_it_is() -> None:
    message = read(message=said(GROUP, sender=ADMIN_BOT, migrate_to_chat_id=-1005))
    assert message is not None
    assert (message.event, message.chat, message.moved_to) == ("moved", "-1004001", "-1005")


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"message": said(GROUP, new_chat_members=[NAM])},
        {"message": said(GROUP, migrate_from_chat_id=-1005)},
        {"message": said(GROUP, group_chat_created=True)},
        {"message": said(pinned_message=said(text="x"))},
        {"message": said(GROUP, sender={**ADMIN_BOT, "id": 7}, text="một con bot khác")},
        {"channel_post": {k: v for k, v in said(text="x").items() if k != "from"}},
        {"message": said(text="@dondoc_bot", chat=GROUP)},
    ],
    ids=["empty", "joined", "migrated here", "created", "pinned", "a bot", "channel", "only our name"],
)
def test_what_is_no_person_speaking_is_passed_over(update: dict[str, Any]) -> None:
    assert read(**update) is None


def test_what_no_database_takes_is_left_out() -> None:
    assert heard(text="a\x00b\ud83dc").text == "abc"


def test_a_name_of_markup_stays_a_name() -> None:
    message = heard(sender=NAM | {"first_name": "<b>Nam</b>", "last_name": "\u202e&"}, text="x")
    assert message.sender.name == "<b>Nam</b> \u202e&"


def test_every_kind_survives_the_inbox() -> None:
    message = heard(GROUP, document=DOCUMENT, caption="x", reply_to_message=said(text="y"))
    assert IncomingMessage.from_json(message.to_json()) == message


@pytest.mark.parametrize("number", ["12", None, [1]])
def test_an_update_without_a_number_cannot_be_confirmed_and_is_dropped(number: object) -> None:
    payload = {"ok": True, "result": [{"update_id": number}, {"update_id": 7}]}
    assert json.loads(mended(json.dumps(payload).encode()))["result"] == [{"update_id": 7}]


@pytest.mark.parametrize("payload", [b"", b"<html>", b"[]", b'{"ok":true,"result":[]}', b'{"result":{"id":1}}'])
def test_an_answer_without_unreadable_updates_is_left_alone(payload: bytes) -> None:
    assert mended(payload) is payload
