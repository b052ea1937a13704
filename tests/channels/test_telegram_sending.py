"""Speaking: what arrives in a chat, and what each refusal or failure means."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from channels.base import (
    Button,
    ChannelError,
    FileTooLarge,
    IncomingFile,
    OutgoingFile,
    OutgoingMessage,
)
from channels.telegram import TelegramChannel
from channels.telegram.calls import MAX_PHOTO, MAX_UPLOAD
from tests.botapi import BotApi
from tests.channels.conftest import HUONG, NAM, Inbox, MakeChannel
from tests.patience import WITHIN_S

CHAT = str(NAM)
GROUP = -4_001
HELLO = OutgoingMessage("Chào anh <b>Nam</b>")


@pytest.fixture
def channel(make_channel: MakeChannel) -> TelegramChannel:
    """Sends need no polling."""
    return make_channel()


async def test_markup_arrives_as_formatted_text(api: BotApi, channel: TelegramChannel) -> None:
    sent = await channel.send(CHAT, HELLO)
    (message,) = api.sent_to(NAM)
    assert (str(message.message_id), message.text) == (sent.message_id, "Chào anh Nam")


async def test_buttons_arrive_with_data_and_style(api: BotApi, channel: TelegramChannel) -> None:
    row = (Button("Đã nhận", "ack:1", "success"), Button("Từ chối", "no:1", "danger"))
    await channel.send(CHAT, OutgoingMessage("Việc mới", buttons=(row,)))
    assert api.sent_to(NAM)[0].buttons == [
        [
            {"text": "Đã nhận", "callback_data": "ack:1", "style": "success"},
            {"text": "Từ chối", "callback_data": "no:1", "style": "danger"},
        ]
    ]


async def test_links_get_no_preview(api: BotApi, channel: TelegramChannel) -> None:
    await channel.send(CHAT, HELLO)
    assert '"is_disabled": true' in api.called("sendMessage")[0].fields["link_preview_options"]


async def test_an_answer_hangs_under_the_message_it_answers(api: BotApi, channel: TelegramChannel) -> None:
    first = await channel.send(CHAT, HELLO)
    await channel.send(CHAT, OutgoingMessage("tiếp", reply_to=first.message_id))
    assert str(api.sent_to(NAM)[1].reply_to) == first.message_id


async def test_an_answer_to_a_deleted_message_still_arrives(api: BotApi, channel: TelegramChannel) -> None:
    await channel.send(CHAT, OutgoingMessage("tiếp", reply_to="999999"))
    assert api.sent_to(NAM)[0].reply_to is None


async def test_markup_telegram_cannot_read_goes_as_plain_text(api: BotApi, channel: TelegramChannel) -> None:
    await channel.send(CHAT, OutgoingMessage("5 < 6 &amp; <b>đậm</b>"))
    assert api.sent_to(NAM)[0].text == "5 < 6 & đậm"


async def test_an_edit_changes_the_message_in_place(api: BotApi, channel: TelegramChannel) -> None:
    first = await channel.send(CHAT, OutgoingMessage("Duyệt?", buttons=((Button("Duyệt", "ok"),),)))
    again = await channel.send(CHAT, OutgoingMessage("Đã duyệt", replaces=first.message_id))
    (message,) = api.sent_to(NAM)
    assert (again, message.text, message.buttons) == (first, "Đã duyệt", [])


async def test_an_edit_that_changes_nothing_counts_as_sent(api: BotApi, channel: TelegramChannel) -> None:
    first = await channel.send(CHAT, HELLO)
    assert await channel.send(CHAT, OutgoingMessage(HELLO.text, replaces=first.message_id)) == first


async def test_an_edit_of_a_vanished_message_becomes_a_new_one(api: BotApi, channel: TelegramChannel) -> None:
    sent = await channel.send(CHAT, OutgoingMessage("mới", replaces="999999"))
    assert [str(m.message_id) for m in api.sent_to(NAM)] == [sent.message_id]


async def test_an_edit_of_a_picture_changes_its_caption(api: BotApi, channel: TelegramChannel) -> None:
    picture = OutgoingFile("bieu_do.png", "image/png", content=b"png")
    first = await channel.send(CHAT, OutgoingMessage("Biểu đồ", files=(picture,)))
    await channel.send(CHAT, OutgoingMessage("<i>Biểu đồ</i> mới", replaces=first.message_id))
    (message,) = api.sent_to(NAM)
    assert (message.text, message.edits) == ("Biểu đồ mới", 1)


async def test_a_long_text_in_the_place_of_a_picture_becomes_a_new_message(
    api: BotApi, channel: TelegramChannel
) -> None:
    picture = OutgoingFile("bieu_do.png", "image/png", content=b"png")
    first = await channel.send(CHAT, OutgoingMessage("Biểu đồ", files=(picture,)))
    await channel.send(CHAT, OutgoingMessage("d" * 2000, replaces=first.message_id))
    assert [len(m.text) for m in api.sent_to(NAM)] == [7, 2000]


@pytest.mark.parametrize(
    ("name", "mime", "size", "kind"),
    [
        ("bieu_do.png", "image/png", 10, "photo"),
        ("anh_lon.jpg", "image/jpeg", MAX_PHOTO + 1, "document"),
        ("Báo cáo tuần.docx", "application/vnd.openxmlformats", 10, "document"),
    ],
)
async def test_files_arrive_with_name_and_bytes(
    api: BotApi, channel: TelegramChannel, name: str, mime: str, size: int, kind: str
) -> None:
    content = b"x" * size
    await channel.send(CHAT, OutgoingMessage("Kèm", files=(OutgoingFile(name, mime, content=content),)))
    (file,) = api.sent_to(NAM)[0].files
    assert (file.kind, file.name, file.content == content) == (kind, name, True)


async def test_a_picture_of_odd_shape_goes_as_a_document(api: BotApi, channel: TelegramChannel) -> None:
    api.fault("400", methods={"sendPhoto"}, text="Bad Request: PHOTO_INVALID_DIMENSIONS")
    await channel.send(CHAT, OutgoingMessage("", files=(OutgoingFile("dai.png", "image/png", content=b"p"),)))
    assert api.sent_to(NAM)[0].files[0].kind == "document"


async def test_a_kept_file_is_sent_from_its_path(api: BotApi, channel: TelegramChannel, tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(b"bytes")
    file = OutgoingFile("a.docx", "application/msword", path=str(tmp_path / "kept"))
    await channel.send(CHAT, OutgoingMessage("", files=(file,)))
    assert api.sent_to(NAM)[0].files[0].content == b"bytes"


@pytest.mark.parametrize(("mime", "method"), [("image/jpeg", "sendPhoto"), ("application/pdf", "sendDocument")])
async def test_a_file_telegram_has_is_sent_again_without_its_bytes(
    api: BotApi, channel: TelegramChannel, mime: str, method: str
) -> None:
    ref = api.world.store("bien-ban", b"noi dung")
    file = OutgoingFile("bien-ban", mime, path="/khong/con", ref=ref, ref_channel="telegram")
    await channel.send(CHAT, OutgoingMessage("<b>#1</b>", files=(file,)))
    (call,) = [c for c in api.calls if c.method.startswith("send")]
    assert (call.method, call.fields[method.removeprefix("send").lower()]) == (method, ref)
    assert api.sent_to(NAM)[0].files[0].content == b"noi dung"


async def test_a_file_telegram_does_not_know_any_more_goes_from_the_disk(
    api: BotApi, channel: TelegramChannel, tmp_path: Path
) -> None:
    (tmp_path / "kept").write_bytes(b"tu dia")
    file = OutgoingFile("anh.jpg", "image/jpeg", path=str(tmp_path / "kept"), ref="cu-roi", ref_channel="telegram")
    await channel.send(CHAT, OutgoingMessage("", files=(file,)))
    assert [c.method for c in api.calls if c.method.startswith("send")] == ["sendPhoto", "sendDocument", "sendPhoto"]
    assert api.sent_to(NAM)[0].files[0].content == b"tu dia"


async def test_what_came_by_another_platform_goes_from_the_disk(
    api: BotApi, channel: TelegramChannel, tmp_path: Path
) -> None:
    (tmp_path / "kept").write_bytes(b"tu dia")
    file = OutgoingFile("a.pdf", "application/pdf", path=str(tmp_path / "kept"), ref="7", ref_channel="web")
    await channel.send(CHAT, OutgoingMessage("", files=(file,)))
    assert [c.method for c in api.calls if c.method.startswith("send")] == ["sendDocument"]


async def test_a_file_that_is_nowhere_any_more_is_refused_for_good(api: BotApi, channel: TelegramChannel) -> None:
    file = OutgoingFile("a.pdf", "application/pdf", ref="cu-roi", ref_channel="telegram")
    assert (await _refusal(channel, CHAT, OutgoingMessage("", files=(file,)))).permanent


@pytest.mark.parametrize(
    "file",
    [
        OutgoingFile("a.docx", "application/msword", path="/nowhere/at/all"),
        OutgoingFile("a.zip", "application/zip", content=bytes(MAX_UPLOAD + 1)),
    ],
    ids=["missing", "too large"],
)
async def test_a_file_that_cannot_be_sent_is_refused_for_good(channel: TelegramChannel, file: OutgoingFile) -> None:
    error = await _refusal(channel, CHAT, OutgoingMessage("", files=(file,)))
    assert error.permanent


async def test_two_files_in_one_send_are_a_mistake_of_ours(channel: TelegramChannel) -> None:
    file = OutgoingFile("a", "text/plain", content=b"a")
    with pytest.raises(ValueError, match="parts"):
        await channel.send(CHAT, OutgoingMessage("", files=(file, file)))


MEANINGS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("429", {"retry_after": 7}, {"retry_after": 7.0}),
    ("403", {}, {"permanent": True}),
    ("400", {"text": "Bad Request: chat not found"}, {"permanent": True}),
    ("400", {"text": "Bad Request: PEER_ID_INVALID"}, {"permanent": True}),
    ("401", {}, {}),
    ("500", {}, {"outcome_unknown": True}),
    ("502", {}, {"outcome_unknown": True}),
    ("500_delivered", {}, {"outcome_unknown": True}),
    ("timeout_delivered", {}, {"outcome_unknown": True}),
    ("timeout", {}, {"outcome_unknown": True}),
    ("reset_delivered", {}, {"outcome_unknown": True}),
    ("reset", {}, {"outcome_unknown": True}),
]


@pytest.mark.parametrize(("kind", "details", "meaning"), MEANINGS, ids=lambda case: str(case)[:30])
async def test_what_each_refusal_means(
    api: BotApi,
    make_channel: MakeChannel,
    kind: str,
    details: dict[str, Any],
    meaning: dict[str, Any],
) -> None:
    api.fault(kind, **details)
    patience = 0.3 if kind.startswith("timeout") else WITHIN_S
    error = await _refusal(make_channel(read_timeout=patience), CHAT, HELLO)
    assert _meaning(error) == UNREMARKABLE | meaning


async def test_an_answer_the_library_cannot_read_leaves_the_outcome_unknown(
    api: BotApi, channel: TelegramChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api._methods, "sendMessage", lambda fields, files: {"of": "next year"})
    assert (await _refusal(channel, CHAT, HELLO)).outcome_unknown


async def test_a_migrated_group_tells_its_new_address(api: BotApi, channel: TelegramChannel) -> None:
    api.group(GROUP, "Tổ công tác")
    api.fault("migrate", new_chat=-100_777)
    error = await _refusal(channel, str(GROUP), HELLO)
    assert _meaning(error) == UNREMARKABLE | {"new_address": "-100777"}
    await channel.send("-100777", HELLO)
    assert len(api.sent_to(-100_777)) == 1


async def test_a_request_that_never_left_may_simply_be_repeated(api: BotApi, channel: TelegramChannel) -> None:
    await api.go_down()
    assert _meaning(await _refusal(channel, CHAT, HELLO)) == UNREMARKABLE


async def test_an_edit_with_unknown_outcome_may_simply_be_repeated(api: BotApi, channel: TelegramChannel) -> None:
    first = await channel.send(CHAT, HELLO)
    api.fault("reset_delivered")
    edit = OutgoingMessage("khác", replaces=first.message_id)
    assert _meaning(await _refusal(channel, CHAT, edit)) == UNREMARKABLE
    assert await channel.send(CHAT, edit) == first


async def test_someone_who_never_pressed_start_cannot_be_reached(api: BotApi, channel: TelegramChannel) -> None:
    api.person(6_000, "Lê Thị Lan")
    assert (await _refusal(channel, "6000", HELLO)).permanent


async def test_a_rejected_token_fails_the_channel(api: BotApi, channel: TelegramChannel) -> None:
    api.fault("401")
    await _refusal(channel, CHAT, HELLO)
    assert channel.failed.is_set()


async def test_nothing_is_called_while_telegram_asks_for_silence(api: BotApi, channel: TelegramChannel) -> None:
    api.fault("429", retry_after=3000)
    await _refusal(channel, CHAT, HELLO)
    again = await _refusal(channel, "5002", HELLO)
    await channel.typing(CHAT)
    await channel.toast("1", "Đã nhận")
    assert again.retry_after is not None
    assert 3000 - WITHIN_S < again.retry_after <= 3000
    assert [c.method for c in api.calls] == ["sendMessage"]


async def test_nothing_is_called_in_a_silence_that_an_earlier_process_was_asked_for(
    api: BotApi, channel: TelegramChannel
) -> None:
    channel.hush(30.0)
    await channel.toast("1", "Đã nhận")
    await channel.typing(CHAT)
    refused = await _refusal(channel, CHAT, HELLO)
    assert refused.retry_after is not None
    assert api.calls == []


async def test_sends_waiting_their_turn_learn_of_the_silence(api: BotApi, channel: TelegramChannel) -> None:
    api.fault("429", retry_after=30)
    answers = await asyncio.gather(*[channel.send(CHAT, HELLO) for _ in range(5)], return_exceptions=True)
    assert all(isinstance(a, ChannelError) and a.retry_after for a in answers)
    assert len(api.calls) == 1


async def test_a_send_asleep_in_its_turn_is_woken_by_the_silence(api: BotApi, channel: TelegramChannel) -> None:
    await api.user_says(HUONG, "/start")
    for _ in range(3):
        await channel.send(CHAT, HELLO)
    waiting = asyncio.create_task(_refusal(channel, CHAT, HELLO))
    await asyncio.sleep(0)
    api.fault("429", retry_after=30)
    await _refusal(channel, str(HUONG), HELLO)
    error = await asyncio.wait_for(waiting, WITHIN_S)
    assert error.retry_after is not None
    assert len(api.called("sendMessage")) == 4


async def test_messages_of_a_chat_keep_their_order(api: BotApi, channel: TelegramChannel) -> None:
    await asyncio.gather(*[channel.send(CHAT, OutgoingMessage(str(n))) for n in range(4)])
    assert [m.text for m in api.sent_to(NAM)] == ["0", "1", "2", "3"]


async def test_a_burst_to_many_people_stays_within_the_limits(make_channel: MakeChannel) -> None:
    async with BotApi(strict_rates=True) as strict:
        channel = make_channel(base_url=strict.url)
        for user in range(1, 41):
            strict.person(user, "Một người")
            strict.world.started.add(user)
        await asyncio.gather(*[channel.send(str(user), HELLO) for user in range(1, 41)])
        assert (strict.floods, len(strict.world.sent)) == (0, 40)


async def test_stop_lets_a_send_under_way_finish(api: BotApi, channel: TelegramChannel) -> None:
    sending = asyncio.create_task(channel.send(CHAT, HELLO))
    await asyncio.sleep(0)
    await channel.stop()
    assert (await sending).message_id
    assert not (await _refusal(channel, CHAT, HELLO)).permanent


async def test_a_toast_answers_the_press(api: BotApi, make_channel: MakeChannel, inbox: Inbox) -> None:
    channel = make_channel()
    await channel.start(inbox)
    sent = await channel.send(CHAT, OutgoingMessage("?", buttons=((Button("Duyệt", "ok:9"),),)))
    press = await api.user_presses(NAM, int(sent.message_id), "Duyệt")
    await api.wait_for(lambda: any(c.method == "getUpdates" for c in api.calls) and inbox.messages)
    (message,) = inbox.messages
    assert (message.button, message.press, message.pressed_on) == ("ok:9", press, sent.message_id)
    await channel.toast(press, "Đã ghi nhận. " * 30)
    assert len(api.toast(press) or "") == 200


async def test_a_late_toast_and_typing_to_nobody_fail_in_silence(channel: TelegramChannel) -> None:
    await channel.toast("không còn", "Đã nhận")
    await channel.typing("424242")


async def test_a_file_that_came_is_fetched(api: BotApi, make_channel: MakeChannel, inbox: Inbox) -> None:
    channel = make_channel()
    await channel.start(inbox)
    await api.wait_confirmed(await api.user_sends_document(NAM, "Báo cáo.docx", b"PK...", "Gửi văn phòng"))
    (message,) = inbox.messages
    assert (message.text, message.files[0].name) == ("Gửi văn phòng", "Báo cáo.docx")
    assert await channel.fetch(message.files[0]) == b"PK..."


async def test_a_file_said_to_be_too_large_is_not_asked_for(api: BotApi, channel: TelegramChannel) -> None:
    with pytest.raises(FileTooLarge):
        await channel.fetch(IncomingFile("ref", "a.pdf", size=20 * 2**20 + 1))
    assert api.calls == []


async def test_a_file_telegram_finds_too_large(api: BotApi, channel: TelegramChannel) -> None:
    ref = api.world.store("a.pdf", bytes(20 * 2**20 + 1))
    with pytest.raises(FileTooLarge):
        await channel.fetch(IncomingFile(ref, "a.pdf"))


async def test_an_expired_file_address_does_not_look_like_a_bad_token(
    api: BotApi, channel: TelegramChannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = api.world.store("a.pdf", b"x")
    monkeypatch.setattr(api, "_file", lambda path: _not_found())
    with pytest.raises(ChannelError) as caught:
        await channel.fetch(IncomingFile(ref, "a.pdf"))
    assert (caught.value.permanent, channel.failed.is_set()) == (False, False)


def _not_found() -> Any:
    from tests.botapi.http import Response

    return Response(404, b'{"ok":false,"error_code":404,"description":"Not Found"}')


UNREMARKABLE = {"permanent": False, "retry_after": None, "new_address": None, "outcome_unknown": False}


def _meaning(error: ChannelError) -> dict[str, Any]:
    return {name: getattr(error, name) for name in UNREMARKABLE}


async def _refusal(channel: TelegramChannel, chat: str, message: OutgoingMessage) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        await channel.send(chat, message)
    return caught.value
