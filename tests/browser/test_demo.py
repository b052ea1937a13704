"""The demo as a visitor sees it, in a real browser: a notice becomes work, is taken on, reminded of and reported."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.chrome import CHROMIUM, chromium, opened

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine: apt-get install chromium"),
    pytest.mark.timeout(180),
]


async def _be(page: Page, name: str, chat: str) -> None:
    await page.get_by_test_id("search").fill(name)
    await page.get_by_test_id(f"person-{chat}").first.click()
    await page.get_by_test_id("search").fill("")


async def test_a_visitor_sees_the_main_job_in_five_minutes(address: str) -> None:
    async with chromium() as browser, opened(browser, address) as page:
        phone = page.get_by_test_id("phone-left")
        await _be(page, "Mạc Khánh Thư", "van-thu-1")
        await phone.get_by_test_id("sample").click()
        await expect(phone.get_by_text("14 nhiệm vụ")).to_be_visible()
        await phone.get_by_role("button", name="Phát hành tất cả (13)").click()
        await expect(phone.get_by_text("Còn 1 thẻ chưa rõ đơn vị chủ trì")).to_be_visible()

        await _be(page, "Thạch Ngân Khuê", "cv-noi-vu")
        await expect(phone.get_by_text("Phòng Nội vụ có 3 nhiệm vụ mới")).to_be_visible()
        await phone.get_by_role("button", name="Đã nhận tất cả").click()
        await expect(phone.get_by_text("Đã nhận 3 nhiệm vụ")).to_be_visible()
        await phone.get_by_test_id("composer-text").fill("#5 duoc 60%, con cho so lieu")
        await phone.get_by_test_id("send").click()
        await expect(phone.get_by_text("đang thực hiện, đạt 60%")).to_be_visible()

        await page.get_by_test_id("btn-morning").click()
        await expect(page.get_by_test_id("clock")).to_contain_text("01/02/2024")
        await _be(page, "Nghiêm Bách Điền", "chu-tich")
        await expect(phone.get_by_text("Bản tin sáng")).to_be_visible()
        await expect(phone.locator("img").first).to_be_visible()
