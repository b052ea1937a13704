"""One directive's whole life on the demo page, at a desk and on a phone: given, taken on, reported, given more time,
done, approved, read back."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.chrome import CHROMIUM, chromium, opened

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine: apt-get install chromium"),
    pytest.mark.timeout(180),
]
CLERK = ("Mạc Khánh Thư", "van-thu-1")
HEAD = ("Kiều Tùng Lâm", "truong-noi-vu")
OFFICER = ("Thạch Ngân Khuê", "cv-noi-vu")


@dataclass
class Visitor:
    """Somebody at the page who uses only what it shows: people, chips, buttons, the line to write in."""

    page: Page

    @property
    def chat(self) -> Locator:
        return self.page.get_by_test_id("phone-left")

    async def be(self, person: tuple[str, str]) -> None:
        name, key = person
        back = self.page.get_by_test_id("back").first
        if await back.is_visible():
            await back.click()
        await self.page.get_by_test_id("search").fill(name)
        await self.page.get_by_test_id(f"person-{key}").first.click()
        await expect(self.chat.get_by_text(name).first).to_be_visible()

    async def says(self, text: str) -> None:
        await self.chat.get_by_test_id("composer-text").fill(text)
        await self.chat.get_by_test_id("send").click()

    async def presses(self, label: str) -> None:
        await self.chat.get_by_role("button", name=label, exact=True).last.click()

    async def sees(self, *texts: str) -> None:
        for text in texts:
            await expect(self.chat.get_by_text(text).last).to_be_in_viewport()


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
async def test_a_directive_is_carried_through_its_whole_life(address: str, phone: bool) -> None:
    async with chromium() as browser, opened(browser, address, phone=phone) as page:
        visitor = Visitor(page)
        await _is_given(visitor)
        await _is_taken_on_and_reported(visitor)
        await _gets_more_time(visitor)
        await _is_done_and_approved(visitor)
        await _is_read_back(visitor)


async def _is_given(visitor: Visitor) -> None:
    await visitor.be(CLERK)
    await visitor.presses("/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await visitor.sees("Thời hạn: 14/03/2024")
    await visitor.presses("Phát hành")
    await visitor.sees("Đã phát hành #1")
    await visitor.be(HEAD)
    await visitor.sees("Nhiệm vụ mới #1")
    await visitor.presses("Giao chuyên viên")
    await visitor.presses("Thạch Ngân Khuê (0 việc)")
    await visitor.sees("Đã giao #1 cho Thạch Ngân Khuê.")


async def _is_taken_on_and_reported(visitor: Visitor) -> None:
    await visitor.be(OFFICER)
    await visitor.sees("Kiều Tùng Lâm giao anh/chị #1")
    await visitor.presses("Đã nhận")
    await visitor.sees("đang thực hiện · còn 43 ngày")
    await visitor.presses("dang lam, duoc 50%")
    await visitor.sees("đã ghi đang thực hiện, đạt 50%")


async def _gets_more_time(visitor: Visitor) -> None:
    await visitor.says("xin lui den 22/3 vi cho tham dinh")
    await visitor.sees("22/03/2024 (thứ Sáu)")
    await visitor.presses("Đúng")
    await visitor.sees("Đã gửi đề nghị gia hạn #1 đến 22/03/2024.")
    await visitor.be(CLERK)
    await visitor.sees("Phòng Nội vụ xin gia hạn #1", "Lý do: cho tham dinh")
    await visitor.presses("Đồng ý")
    await visitor.sees("Đã đồng ý gia hạn #1 đến 22/03/2024.")
    await visitor.be(OFFICER)
    await visitor.sees("#1 được gia hạn đến 22/03/2024")


async def _is_done_and_approved(visitor: Visitor) -> None:
    await visitor.presses("đã xong")
    await visitor.sees("hiểu là đã hoàn thành")
    await visitor.presses("Đúng")
    await visitor.sees("Đã gửi duyệt #1")
    await visitor.be(CLERK)
    await visitor.sees("Phòng Nội vụ báo hoàn thành #1", "“đã xong”")
    await visitor.presses("Duyệt")
    await visitor.sees("Đã duyệt #1: hoàn thành ngày 31/01/2024.")
    await visitor.be(OFFICER)
    await visitor.sees("#1 đã được duyệt hoàn thành · đúng hạn")


async def _is_read_back(visitor: Visitor) -> None:
    await visitor.says("/status #1")
    history = visitor.chat.locator(".message").last
    await expect(history).to_contain_text("Quá trình thực hiện #1")
    await expect(history).to_contain_text("hạn đầu 14/03/2024")
    for step in ("Phát hành", "Giao chuyên viên", "Đã nhận", "Báo cáo 50%", "Xin gia hạn, đến 22/03/2024"):
        await expect(history).to_contain_text(step)
    await expect(history.get_by_role("button", name="Trích lục (.docx)")).to_be_visible()
