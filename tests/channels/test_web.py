"""The web chat as a platform: what it takes, keeps, refuses and hands over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from channels.base import (
    Button,
    Capabilities,
    Channel,
    ChannelError,
    FileTooLarge,
    IncomingFile,
    IncomingMessage,
    OutgoingFile,
    OutgoingMessage,
)
from channels.web.channel import NoSuchButton, WebChannel
from channels.web.markup import fault

NOW = datetime(2024, 1, 30, 1, 15, tzinfo=UTC)
CHAT = "nguoi-1"
ACK = Button("Đã nhận", "ack:7f3a", "success")
MORE = Button("Xin gia hạn", "ext:7f3a")


class Inbox:
    """What the program kept; it can be told to fail."""

    def __init__(self) -> None:
        self.kept: list[IncomingMessage] = []
        self.broken_for: set[str] = set()

    async def keep(self, came: IncomingMessage) -> None:
        if came.chat in self.broken_for:
            raise OSError("disk full")
        self.kept.append(came)


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def web() -> Iterator[WebChannel]:
    channel = WebChannel(clock=lambda: NOW, retry_s=0)
    yield channel
    channel.close()


async def refusal(web: WebChannel, message: OutgoingMessage, chat: str = CHAT) -> str:
    with pytest.raises(ChannelError) as refused:
        await web.send(chat, message)
    assert refused.value.permanent
    return str(refused.value)


def test_is_a_channel(web: WebChannel) -> None:
    channel: Channel = web
    assert channel.name == "web"


# Saying


async def test_what_a_person_says_is_handed_over_whole(web: WebChannel, inbox: Inbox) -> None:
    web.introduce(CHAT, "Lò Thị Mận")
    await web.start(inbox.keep)
    said = await web.say(CHAT, "Đã xong <b>", at=NOW, files=[("anh.jpg", b"\xff\xd8", "image/jpeg")])
    [came] = inbox.kept
    assert (came.chat, came.sender.id, came.sender.name) == (CHAT, CHAT, "Lò Thị Mận")
    assert (came.text, came.at, came.message_id) == ("Đã xong <b>", NOW, said)
    assert [(f.name, f.size, f.mime) for f in came.files] == [("anh.jpg", 2, "image/jpeg")]
    assert await web.fetch(came.files[0]) == b"\xff\xd8"


async def test_what_a_person_says_stands_in_their_chat_only(web: WebChannel, inbox: Inbox) -> None:
    await web.start(inbox.keep)
    await web.say(CHAT, "tôi hỏi", at=NOW)
    [message] = web.messages(CHAT)
    assert (message.plain, message.from_bot, message.read, message.confirmed) == (
        "tôi hỏi",
        False,
        True,
        True,
    )
    assert web.messages("nguoi-2") == []


async def test_an_answer_points_at_a_message_of_its_own_chat(web: WebChannel, inbox: Inbox) -> None:
    await web.start(inbox.keep)
    sent = await web.send(CHAT, OutgoingMessage("#12 đến hạn"))
    elsewhere = await web.send("nguoi-2", OutgoingMessage("#13 đến hạn"))
    for target in (sent.message_id, elsewhere.message_id, "999"):
        await web.say(CHAT, "xong", at=NOW, reply_to=target)
    assert [came.reply_to for came in inbox.kept] == [sent.message_id, None, None]


async def test_something_without_words_says_what_it_was(web: WebChannel, inbox: Inbox) -> None:
    await web.start(inbox.keep)
    await web.say(CHAT, "", at=NOW, unsupported="voice")
    assert inbox.kept[0].unsupported == "voice"


async def test_what_comes_survives_the_inbox(web: WebChannel, inbox: Inbox) -> None:
    await web.start(inbox.keep)
    await web.say(CHAT, "báo cáo", at=NOW, files=[("a.pdf", b"%PDF", "application/pdf")])
    assert IncomingMessage.from_json(inbox.kept[0].to_json()) == inbox.kept[0]


async def test_a_naive_moment_is_refused(web: WebChannel) -> None:
    with pytest.raises(ValueError, match="naive"):
        await web.say(CHAT, "mấy giờ?", at=NOW.replace(tzinfo=None))
    assert web.messages(CHAT) == []


# Exactly once


async def test_external_ids_never_repeat(web: WebChannel, inbox: Inbox) -> None:
    await web.start(inbox.keep)
    sent = await web.send(CHAT, OutgoingMessage("?", buttons=((ACK,),)))
    for _ in range(3):
        await web.say(CHAT, "ừ", at=NOW)
        await web.press(CHAT, sent.message_id, ACK.data, at=NOW)
    assert len({came.external_id for came in inbox.kept}) == 6


async def test_two_fresh_histories_share_no_external_id(inbox: Inbox) -> None:
    for _ in range(2):
        channel = WebChannel()
        await channel.start(inbox.keep)
        await channel.say(CHAT, "ừ", at=NOW)
        channel.close()
    assert inbox.kept[0].external_id != inbox.kept[1].external_id


async def test_said_before_the_program_listens_is_handed_over_at_start(web: WebChannel, inbox: Inbox) -> None:
    await web.say(CHAT, "một", at=NOW)
    await web.say(CHAT, "hai", at=NOW)
    assert [m.confirmed for m in web.messages(CHAT)] == [False, False]
    await web.start(inbox.keep)
    assert [came.text for came in inbox.kept] == ["một", "hai"]
    assert all(m.confirmed for m in web.messages(CHAT))


async def test_what_could_not_be_kept_comes_again_the_same(inbox: Inbox) -> None:
    web = WebChannel(retry_s=3600)
    await web.start(inbox.keep)
    inbox.broken_for = {CHAT}
    await web.say(CHAT, "báo cáo", at=NOW)
    assert (inbox.kept, web.messages(CHAT)[0].confirmed) == ([], False)
    inbox.broken_for = set()
    await web.redeliver()
    await web.redeliver()
    assert [came.text for came in inbox.kept] == ["báo cáo"]
    await web.stop()
    web.close()


async def test_a_chat_keeps_its_order_and_holds_up_no_other(inbox: Inbox) -> None:
    web = WebChannel(retry_s=3600)
    await web.start(inbox.keep)
    inbox.broken_for = {CHAT}
    await web.say(CHAT, "một", at=NOW)
    await web.say(CHAT, "hai", at=NOW)
    await web.say("nguoi-2", "ba", at=NOW)
    inbox.broken_for = set()
    await web.redeliver()
    assert [came.text for came in inbox.kept] == ["ba", "một", "hai"]
    await web.stop()
    web.close()


async def test_it_tries_again_by_itself(web: WebChannel, inbox: Inbox) -> None:
    await web.start(inbox.keep)
    inbox.broken_for = {CHAT}
    await web.say(CHAT, "báo cáo", at=NOW)
    inbox.broken_for = set()
    while not web.messages(CHAT)[0].confirmed:
        await web.watch.wait(web.watch.version)
    assert [came.text for came in inbox.kept] == ["báo cáo"]


async def test_nothing_is_handed_over_after_stop(web: WebChannel, inbox: Inbox) -> None:
    await web.start(inbox.keep)
    await web.stop()
    await web.say(CHAT, "muộn", at=NOW)
    assert inbox.kept == []


async def test_history_and_what_is_open_survive_a_restart(tmp_path: Path, inbox: Inbox) -> None:
    before = WebChannel(tmp_path / "chat.sqlite", clock=lambda: NOW)
    await before.send(CHAT, OutgoingMessage("#12", buttons=((ACK,),)))
    await before.say(CHAT, "chưa ai nghe", at=NOW)
    seen, version = before.messages(CHAT), before.watch.version
    before.close()
    after = WebChannel(tmp_path / "chat.sqlite")
    assert (after.messages(CHAT), after.watch.version) == (seen, version)
    await after.start(inbox.keep)
    assert [came.text for came in inbox.kept] == ["chưa ai nghe"]
    after.close()


# Buttons


@pytest.mark.parametrize("wanted", ["ack:7f3a", "Đã nhận"])
async def test_a_press_carries_the_data(web: WebChannel, inbox: Inbox, wanted: str) -> None:
    await web.start(inbox.keep)
    sent = await web.send(CHAT, OutgoingMessage("#12", buttons=((MORE,), (ACK,))))
    press = await web.press(CHAT, sent.message_id, wanted, at=NOW)
    [came] = inbox.kept
    assert (came.button, came.press, came.pressed_on) == ("ack:7f3a", press, sent.message_id)
    assert (came.text, came.message_id, came.sender.id) == ("", None, CHAT)


async def test_only_shown_buttons_can_be_pressed(web: WebChannel) -> None:
    sent = await web.send(CHAT, OutgoingMessage("#12", buttons=((ACK,),)))
    with pytest.raises(NoSuchButton) as missing:
        await web.press(CHAT, sent.message_id, "Duyệt", at=NOW)
    assert missing.value.shown == ["Đã nhận"]
    for chat, message in (("nguoi-2", sent.message_id), (CHAT, "999")):
        with pytest.raises(NoSuchButton):
            await web.press(chat, message, ACK.data, at=NOW)


async def test_a_stale_or_forged_press_can_be_made_on_purpose(web: WebChannel, inbox: Inbox) -> None:
    await web.start(inbox.keep)
    sent = await web.send(CHAT, OutgoingMessage("#12", buttons=((ACK,),)))
    await web.press("nguoi-2", sent.message_id, "ack:7f3a", at=NOW, shown=False)
    assert (inbox.kept[0].chat, inbox.kept[0].button) == ("nguoi-2", "ack:7f3a")


async def test_the_last_toast_of_a_press_is_kept(web: WebChannel) -> None:
    sent = await web.send(CHAT, OutgoingMessage("#12", buttons=((ACK,),)))
    press = await web.press(CHAT, sent.message_id, "Đã nhận", at=NOW)
    seen = web.watch.version
    await web.toast(press, "Đang ghi…")
    await web.toast(press, "Đã ghi nhận")
    await web.toast("999", "không ai bấm")
    assert web.toast_of(press) == "Đã ghi nhận"
    assert [(t.press, t.chat, t.text) for t in web.watch.toasts(seen)] == [(press, CHAT, "Đã ghi nhận")]


async def test_a_message_said_takes_no_toast(web: WebChannel) -> None:
    await web.say(CHAT, "một", at=NOW)
    await web.toast("1", "lạc chỗ")
    assert web.toast_of("1") is None


# Sending


async def test_a_message_stands_as_it_was_sent(web: WebChannel) -> None:
    sent = await web.send(CHAT, OutgoingMessage("<b>#12</b> &lt;gấp&gt;", buttons=((ACK, MORE),)))
    [message] = web.messages(CHAT)
    assert (message.id, message.plain, message.at) == (sent.message_id, "#12 <gấp>", NOW)
    assert (message.buttons, message.labels) == (((ACK, MORE),), ["Đã nhận", "Xin gia hạn"])
    assert (message.from_bot, message.read, message.edited) == (True, False, False)


async def test_an_edit_changes_words_and_buttons_in_place(web: WebChannel) -> None:
    first = await web.send(CHAT, OutgoingMessage("#12", buttons=((ACK,),)))
    await web.send(CHAT, OutgoingMessage("khác"))
    edited = await web.send(CHAT, OutgoingMessage("#12 đã nhận", replaces=first.message_id))
    assert edited == first
    assert [(m.plain, m.edited, m.buttons) for m in web.messages(CHAT)] == [
        ("#12 đã nhận", True, ()),
        ("khác", False, ()),
    ]


async def test_an_edit_that_changes_nothing_shows_nothing(web: WebChannel) -> None:
    first = await web.send(CHAT, OutgoingMessage("#12", buttons=((ACK,),)))
    seen = web.watch.version
    await web.send(CHAT, OutgoingMessage("#12", buttons=((ACK,),), replaces=first.message_id))
    assert (web.watch.version, web.message(first.message_id).edited) == (seen, False)


async def test_only_the_bots_own_message_in_that_chat_can_be_edited(web: WebChannel) -> None:
    said = await web.say(CHAT, "của tôi", at=NOW)
    sent = await web.send(CHAT, OutgoingMessage("của máy"))
    assert "can't be edited" in await refusal(web, OutgoingMessage("x", replaces=said))
    assert "can't be edited" in await refusal(web, OutgoingMessage("x", replaces=sent.message_id), "nguoi-2")
    assert "not found" in await refusal(web, OutgoingMessage("x", replaces="999"))


async def test_a_file_goes_out_from_a_path_or_from_bytes(web: WebChannel, tmp_path: Path) -> None:
    (tmp_path / "bang.xlsx").write_bytes(b"PK")
    kept = OutgoingFile("Bảng.xlsx", "application/zip", path=str(tmp_path / "bang.xlsx"))
    drawn = OutgoingFile("Biểu đồ.png", "image/png", content=b"\x89PNG")
    for file in (kept, drawn):
        await web.send(CHAT, OutgoingMessage("", files=(file,)))
    shown = [m.files[0] for m in web.messages(CHAT)]
    assert [web.content(f.id) for f in shown] == [
        ("Bảng.xlsx", "application/zip", b"PK"),
        ("Biểu đồ.png", "image/png", b"\x89PNG"),
    ]


async def test_an_answer_of_the_bot_quotes_what_is_there(web: WebChannel) -> None:
    said = await web.say(CHAT, "xong", at=NOW)
    await web.send(CHAT, OutgoingMessage("Đã ghi", reply_to=said))
    await web.send(CHAT, OutgoingMessage("Đã ghi", reply_to="999"))
    assert [m.reply_to for m in web.messages(CHAT)[1:]] == [said, None]


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (OutgoingMessage(""), "empty"),
        (OutgoingMessage("<b> \n</b>"), "empty"),
        (OutgoingMessage("ô" * 4097), "too long"),
        (OutgoingMessage("ô" * 1025, files=(OutgoingFile("a", "image/png", content=b"x"),)), "too long"),
        (OutgoingMessage("5 < 7"), "can't parse"),
        (OutgoingMessage("<b>hở"), "can't parse"),
        (OutgoingMessage("?", buttons=((Button(" ", "x"),),)), "without words"),
        (OutgoingMessage("?", buttons=((Button("Sửa", ""),),)), "button data"),
        (OutgoingMessage("?", buttons=((ACK,),) * 101), "101 buttons"),
        (OutgoingMessage("", files=(OutgoingFile("a", "image/png", content=b"x"),) * 2), "one file"),
        (OutgoingMessage("", files=(OutgoingFile("a", "image/png"),)), "path or content"),
        (OutgoingMessage("", files=(OutgoingFile("a", "a/b", ref="x", ref_channel="web"),)), "wrong file"),
        (OutgoingMessage("", files=(OutgoingFile("a", "image/png", path="/khong/co"),)), "cannot be read"),
        (OutgoingMessage("", files=(OutgoingFile("a", "image/png", content=b""),)), "non-empty"),
    ],
)
async def test_refuses_what_telegram_refuses(web: WebChannel, message: OutgoingMessage, why: str) -> None:
    assert why in await refusal(web, message)
    assert web.messages(CHAT) == []


async def test_refuses_button_data_over_64_bytes_however_it_was_made(web: WebChannel) -> None:
    smuggled = Button("Sửa", "x")
    object.__setattr__(smuggled, "data", "ô" * 33)
    assert "66 bytes" in await refusal(web, OutgoingMessage("?", buttons=((smuggled,),)))


async def test_takes_what_just_fits(web: WebChannel) -> None:
    photo = OutgoingFile("a.png", "image/png", content=b"x")
    await web.send(CHAT, OutgoingMessage("<b>" + "&lt;" * 4096 + "</b>", buttons=((Button("Sửa", "x" * 64),),)))
    await web.send(CHAT, OutgoingMessage("ô" * 1024, files=(photo,)))
    assert len(web.messages(CHAT)) == 2


async def test_an_edited_caption_stays_a_caption(web: WebChannel) -> None:
    photo = OutgoingFile("a.png", "image/png", content=b"x")
    sent = await web.send(CHAT, OutgoingMessage("biểu đồ", files=(photo,)))
    assert "too long" in await refusal(web, OutgoingMessage("ô" * 1025, replaces=sent.message_id))
    await web.send(CHAT, OutgoingMessage("", replaces=sent.message_id))
    assert web.message(sent.message_id).plain == ""


async def test_a_chat_has_an_id(web: WebChannel) -> None:
    assert "chat not found" in await refusal(web, OutgoingMessage("ai đó"), chat="")


async def test_a_poorer_platform_refuses_what_it_cannot_do() -> None:
    poor = WebChannel(capabilities=Capabilities(buttons=False, edits=False, files=False, max_chars=2000))
    sent = await poor.send(CHAT, OutgoingMessage("ô" * 2000))
    assert "no buttons" in await refusal(poor, OutgoingMessage("?", buttons=((ACK,),)))
    assert "cannot edit" in await refusal(poor, OutgoingMessage("?", replaces=sent.message_id))
    assert "no files" in await refusal(poor, OutgoingMessage("", files=(OutgoingFile("a", "a/b", content=b"x"),)))
    assert "too long" in await refusal(poor, OutgoingMessage("ô" * 2001))
    poor.close()


@pytest.mark.parametrize(
    "markup",
    [
        "<b>a</b> <i>b</i> <u>c</u> <s>d</s> <code>e</code>",
        "<blockquote>trích <b>đậm</b></blockquote>",
        '<a href="https://example.vn/?a=1&amp;b=2">văn bản</a>',
        "1 &lt; 2 & 3",
    ],
)
def test_sound_markup(markup: str) -> None:
    assert fault(markup) is None


@pytest.mark.parametrize(
    "markup",
    [
        "<b>a",
        "a</b>",
        "<b><i>a</b></i>",
        "<script>a</script>",
        "<br>",
        "a <",
        "<a>x</a>",
        '<a href="x" onclick="y">x</a>',
    ],
)
def test_faulty_markup(markup: str) -> None:
    assert fault(markup) is not None


# Fetching


async def test_fetch_refuses_what_is_too_large_or_gone(inbox: Inbox) -> None:
    web = WebChannel(capabilities=Capabilities(max_download=10))
    await web.start(inbox.keep)
    await web.say(CHAT, "", at=NOW, files=[("to.pdf", b"x" * 11, "application/pdf")])
    with pytest.raises(FileTooLarge) as too_large:
        await web.fetch(inbox.kept[0].files[0])
    assert too_large.value.limit == 10
    with pytest.raises(ChannelError, match="no file"):
        await web.fetch(IncomingFile("không-có", "a"))
    web.close()


# Reading and looking on


async def test_unread_counts_what_the_bot_said_until_it_is_looked_at(web: WebChannel) -> None:
    for chat in (CHAT, CHAT, "nguoi-2"):
        await web.send(chat, OutgoingMessage("nhắc việc"))
    await web.say(CHAT, "ừ", at=NOW)
    assert web.unread() == {CHAT: 2, "nguoi-2": 1}
    web.mark_read(CHAT)
    assert web.unread() == {"nguoi-2": 1}


async def test_a_long_chat_is_read_in_pages_from_its_end(web: WebChannel) -> None:
    for n in range(12):
        await web.say(CHAT, str(n), at=NOW + timedelta(minutes=n))
    last = web.messages(CHAT, limit=3)
    assert [m.text for m in last] == ["9", "10", "11"]
    assert [m.text for m in web.messages(CHAT, before=last[0].id, limit=2)] == ["7", "8"]


async def test_who_looks_on_sees_each_change_once(web: WebChannel) -> None:
    seen = web.watch.version
    sent = await web.send(CHAT, OutgoingMessage("#12"))
    now = await web.watch.wait(seen)
    assert [m.id for m in web.watch.messages(seen)] == [sent.message_id]
    assert web.watch.messages(now) == []
    await web.send(CHAT, OutgoingMessage("#12 xong", replaces=sent.message_id))
    assert [m.plain for m in web.watch.messages(now)] == ["#12 xong"]


async def test_typing_is_seen_by_who_looks_on(web: WebChannel) -> None:
    seen = web.watch.version
    await web.typing(CHAT)
    now = await web.watch.wait(seen)
    assert web.watch.typing(seen) == [CHAT]
    assert web.watch.typing(now) == []


def test_an_invitation_opens_the_page() -> None:
    with_page = WebChannel(base_url="http://127.0.0.1:8080")
    without = WebChannel()
    assert with_page.invite_link("MA-moi_1") == "http://127.0.0.1:8080/?start=MA-moi_1"
    assert without.invite_link("MA-moi_1") is None
    with_page.close()
    without.close()
