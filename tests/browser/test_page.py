"""The chat page in a real browser: what a visitor sees and does, with a small office behind it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, Locator, expect

from channels.base import Button, IncomingMessage, OutgoingFile, OutgoingMessage
from channels.web.channel import WebChannel
from channels.web.server import page_app
from channels.web.stream import page_server
from tests.browser.chrome import CHROMIUM, chromium, opened
from tests.channels.test_web_page import CLERK, HEAD, SmallDesk
from tests.patience import WITHIN_S

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine")

DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c49444154789c63f8cfc00000030101 00c9fe92ef0000000049454e44ae426082".replace(" ", "")
)
CARD = OutgoingMessage(
    "<b>Nhiệm vụ 1</b>\n<blockquote>Giao &lt;Phòng Kinh tế&gt;</blockquote>\nGõ /viec để xem.",
    ((Button("Phát hành", "issue:1", "success"), Button("Bỏ", "drop:1", "danger")),),
)


@dataclass
class Stage:
    """A page being served, and what the program heard through it."""

    url: str
    web: WebChannel
    heard: asyncio.Queue[IncomingMessage]
    browser: Browser


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    desk, heard = SmallDesk(), asyncio.Queue[IncomingMessage]()
    web = WebChannel(clock=desk.now)
    await web.start(heard.put)
    server = page_server(page_app(web, desk), port=0)
    running = asyncio.create_task(server.serve())
    await asyncio.wait_for(server.ready.wait(), WITHIN_S)
    async with chromium() as browser:
        yield Stage(server.url, web, heard, browser)
    server.should_exit = True
    await asyncio.wait_for(running, WITHIN_S)
    await web.stop()
    web.close()


async def sent(stage: Stage, message: OutgoingMessage, chat: str = CLERK) -> str:
    return (await stage.web.send(chat, message)).message_id


def bubble(phone: Locator, message_id: str) -> Locator:
    return phone.get_by_test_id(f"message-{message_id}")


async def test_a_conversation(stage: Stage) -> None:
    card = await sent(stage, CARD)
    async with opened(stage.browser, stage.url) as page:
        left = page.get_by_test_id("phone-left")
        shown = bubble(left, card)
        await expect(shown.locator("blockquote")).to_have_text("Giao <Phòng Kinh tế>")
        await shown.get_by_role("button", name="Phát hành").click()
        press = await asyncio.wait_for(stage.heard.get(), WITHIN_S)
        assert (press.button, press.pressed_on, press.press is not None) == ("issue:1", card, True)
        await stage.web.toast(press.press or "", "Đã phát hành")
        await expect(left.locator(".toast")).to_have_text("Đã phát hành")
        await sent(stage, OutgoingMessage("<b>Nhiệm vụ 1</b> đã phát hành", replaces=card))
        await expect(shown.locator(".text")).to_have_text("Nhiệm vụ 1 đã phát hành")
        await expect(shown.get_by_role("button", name="Phát hành")).to_have_count(0)


async def test_writing_replying_and_attaching(stage: Stage) -> None:
    card = await sent(stage, CARD)
    async with opened(stage.browser, stage.url) as page:
        left = page.get_by_test_id("phone-left")
        await bubble(left, card).hover()
        await bubble(left, card).get_by_role("button", name="Trả lời tin này").click()
        file = {"name": "Ảnh.png", "mimeType": "image/png", "buffer": DOT}
        await left.get_by_test_id("file").set_input_files([file])
        await left.get_by_test_id("composer-text").fill("dòng một\ndòng hai")
        await left.get_by_test_id("composer-text").press("Enter")
        came = await asyncio.wait_for(stage.heard.get(), WITHIN_S)
        assert (came.text, came.reply_to, came.files[0].name) == ("dòng một\ndòng hai", card, "Ảnh.png")
        await expect(left.locator(".message.person .quote")).to_contain_text("Nhiệm vụ 1")
        await expect(left.get_by_test_id("composer-text")).to_have_value("")
        await left.get_by_role("button", name="Xem ảnh Ảnh.png").click()
        await expect(page.get_by_role("dialog")).to_be_visible()


async def test_nothing_said_becomes_part_of_the_page(stage: Stage) -> None:
    hostile = "<img src=x onerror=document.title='hacked'><b>đậm</b>"
    said = await stage.web.say(CLERK, hostile, at=SmallDesk().at)
    link = OutgoingMessage('<a href="javascript:document.title=1">một</a> <a href="https://example.vn/">hai</a>')
    linked = await sent(stage, link)
    named = await sent(stage, OutgoingMessage("", files=(OutgoingFile("<b>.pdf", "x/y", content=b"x"),)))
    async with opened(stage.browser, stage.url) as page:
        left = page.get_by_test_id("phone-left")
        await expect(bubble(left, said).locator(".text")).to_have_text(hostile)
        assert await bubble(left, linked).locator("a").count() == 1
        await expect(bubble(left, named).locator(".file-words strong")).to_have_text("<b>.pdf")
        assert await page.title() == "Đôn Đốc"


async def test_odd_markup_is_shown_as_text(stage: Stage) -> None:
    async with opened(stage.browser, stage.url) as page:
        await expect(page.get_by_test_id("phone-left").locator("h2")).to_have_text("Nông Thuý Hạnh")
        html = await page.evaluate(
            """async () => {
              const { rendered } = await import("/static/markup.js");
              const shown = (markup) => {
                const place = document.createElement("div");
                place.append(rendered(markup));
                return place.innerHTML;
              };
              return ["<b>a<i>b</b>", "<script>x</script>", "5 < 6 &amp;&lt;b&gt;", "</b>a", "&#x41;&#65;&nope;",
                "Tháng 2\\n<code>T2  T3\\n 1   2</code>\\n<i>hết</i>", "<code>một dòng</code>"].map(shown);
            }"""
        )
    assert html == [
        "<b>a<i>b&lt;/b&gt;</i></b>",
        "&lt;script&gt;x&lt;/script&gt;",
        "5 &lt; 6 &amp;&lt;b&gt;",
        "&lt;/b&gt;a",
        "AA&amp;nope;",
        'Tháng 2<code class="table">T2  T3\n 1   2</code><i>hết</i>',
        "<code>một dòng</code>",
    ]


async def test_people_are_found_and_opened(stage: Stage) -> None:
    await sent(stage, OutgoingMessage("nhắc"), HEAD)
    async with opened(stage.browser, stage.url) as page:
        head, clerk = page.get_by_test_id(f"person-{HEAD}"), page.get_by_test_id(f"person-{CLERK}")
        await expect(page.get_by_test_id("phone-right").locator("h2")).to_have_text("Phàn Văn Quý")
        await page.get_by_test_id("search").fill("phan quy kinh te")
        await expect(head).to_be_visible()
        await expect(clerk).to_be_hidden()
        await page.get_by_test_id("search").fill("hạnh")
        await expect(clerk).to_be_visible()
        await page.get_by_test_id("search").fill("")
        await head.hover()
        await page.get_by_test_id(f"aside-{CLERK}").click()
        await expect(page.get_by_test_id("phone-right").locator("h2")).to_have_text("Nông Thuý Hạnh")
        await expect(page.get_by_test_id("phone-left").locator("h2")).to_have_text("Phàn Văn Quý")


async def test_the_clock_and_the_sample_are_one_click_away(stage: Stage) -> None:
    async with opened(stage.browser, stage.url) as page:
        await expect(page.get_by_test_id("clock")).to_contain_text("08:15")
        await expect(page.get_by_test_id("clock")).to_contain_text("Thứ Ba, 30/01/2024")
        await page.get_by_test_id("btn-plus-hour").click()
        await expect(page.get_by_test_id("clock")).to_contain_text("09:15")
        await page.get_by_test_id("phone-left").get_by_test_id("sample").click()
        assert (await asyncio.wait_for(stage.heard.get(), WITHIN_S)).files[0].name == "TB 21.docx"


async def test_on_a_phone_one_chat_fills_the_screen(stage: Stage) -> None:
    await sent(stage, OutgoingMessage("nhắc"), HEAD)
    async with opened(stage.browser, stage.url, phone=True) as page:
        row = page.get_by_test_id(f"person-{HEAD}")
        await expect(row.locator(".badge")).to_have_text("1")
        await expect(page.get_by_test_id("phone-left")).to_be_hidden()
        await row.tap()
        left = page.get_by_test_id("phone-left")
        await expect(left.locator("h2")).to_have_text("Phàn Văn Quý")
        assert await page.evaluate("document.documentElement.scrollWidth") == 390
        await left.get_by_test_id("composer-text").fill("xong rồi")
        await left.get_by_test_id("send").tap()
        assert (await asyncio.wait_for(stage.heard.get(), WITHIN_S)).text == "xong rồi"
        await left.get_by_test_id("back").tap()
        await expect(row.locator(".badge")).to_be_hidden()
