"""A department's group on the demo page: work is posted there, its members answer, others get a quiet hint."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.chrome import CHROMIUM, chromium, opened
from tests.browser.test_whole_life import CLERK, HEAD, OFFICER, Visitor

pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine: apt-get install chromium"),
    pytest.mark.timeout(180),
]
GROUP = ("Nhóm Phòng Nội vụ", "nhom-noi-vu")
STRANGER = ("Người chưa kết nối", "nguoi-la")


class Member(Visitor):
    async def speaks_as(self, person: tuple[str, str]) -> None:
        """Choose who writes and presses in the group."""
        name, key = person
        await self.chat.get_by_test_id(f"speaker-{key}").click()
        await expect(self.chat.locator(".speakers strong")).to_contain_text(name)

    async def last_is_by(self, name: str, side: str) -> None:
        last = self.chat.locator(f".message.{side}").last
        await expect(last.locator(".author")).to_have_text(name)


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
async def test_a_group_takes_on_reports_and_takes_back(address: str, phone: bool) -> None:
    async with chromium() as browser, opened(browser, address, phone=phone) as page:
        member = Member(page)
        await member.be(CLERK)
        await member.says("/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
        await member.presses("Phát hành")
        await member.sees("Đã phát hành #1")
        await member.be(GROUP)
        await member.sees("Việc mới của Phòng Nội vụ")
        await _is_taken_on(member)
        await _is_reported(member)
        await _is_private(member)
        if phone:
            assert await page.evaluate("document.documentElement.scrollWidth") == 390


async def _is_taken_on(member: Member) -> None:
    await member.speaks_as(STRANGER)
    await member.presses("Đã nhận")
    await expect(member.chat.locator(".toast")).to_contain_text("Chưa kết nối tài khoản")
    await member.speaks_as(HEAD)
    await member.presses("Đã nhận")
    await member.sees("Đã nhận: Kiều Tùng Lâm")
    await member.speaks_as(OFFICER)
    await member.presses("Hoàn tác")
    await expect(member.chat.locator(".toast")).to_contain_text("Chỉ người vừa bấm mới hoàn tác được.")
    await member.speaks_as(HEAD)
    await member.presses("Hoàn tác")
    await expect(member.chat.get_by_role("button", name="Đã nhận")).to_be_visible()


async def _is_reported(member: Member) -> None:
    await member.speaks_as(OFFICER)
    await member.says("#1 được 60%, còn chờ số liệu")
    await member.sees("Đã ghi #1: 60% (Thạch Ngân Khuê)")
    await member.last_is_by("Thạch Ngân Khuê", "person")
    await member.speaks_as(HEAD)
    await expect(member.chat.locator(".message.person", has_text="#1 được 60%")).to_have_count(0)
    await expect(member.chat.locator(".author", has_text="Thạch Ngân Khuê")).to_be_visible()


async def _is_private(member: Member) -> None:
    await member.says("/viec")
    last = member.chat.locator(".message.bot .text").last
    await expect(last).to_have_text("Kiều Tùng Lâm: đã trả lời ở tin nhắn riêng.")
    await member.speaks_as(STRANGER)
    await member.says("#1 xong")
    await member.sees("tài khoản chưa kết nối nên chưa ghi được")
    await member.last_is_by("Người chưa kết nối", "person")
