"""On a phone: a leader's morning, from what is late to the answer, and a clerk's Thursday before the meeting."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.async_api import expect

from bot.demo import Demo
from domain.calendar import OFFICE_ZONE
from tests.browser.chrome import CHROMIUM, chromium, opened
from tests.browser.test_whole_life import CLERK, OFFICER
from tests.browser.test_whole_life import Visitor as Stranger


class Visitor(Stranger):
    async def sees(self, *texts: str) -> None:
        """Here people scroll: a digest is longer than a phone, and another message may come below it."""
        for text in texts:
            await expect(self.chat.get_by_text(text).last).to_be_visible()


pytestmark = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine: apt-get install chromium"),
    pytest.mark.timeout(180),
]
CHAIRMAN = ("Nghiêm Bách Điền", "chu-tich")


def february(day: int, hour: int) -> datetime:
    return datetime(2024, 2, day, hour, tzinfo=OFFICE_ZONE)


async def test_a_leaders_morning(address: str, demo: Demo) -> None:
    async with chromium() as browser, opened(browser, address, phone=True) as page:
        visitor = Visitor(page)
        await _is_given(visitor)
        await visitor.be(OFFICER)
        await visitor.presses("Đã nhận")
        await visitor.sees("đang thực hiện")
        demo.clock.forward_to(february(6, 6))
        await demo.move_to(february(6, 8))
        await _asks_for_an_explanation(visitor)
        await visitor.be(OFFICER)
        await visitor.sees("Yêu cầu giải trình #1", "Chủ tịch UBND huyện Nghiêm Bách Điền")
        await visitor.says("#1 giải trình: chờ các xã gửi số liệu, thứ Tư xong")
        await visitor.sees("Đã ghi giải trình #1")
        await visitor.be(CHAIRMAN)
        await visitor.sees("Phòng Nội vụ giải trình #1", "“chờ các xã gửi số liệu, thứ Tư xong”")
        await _asks_in_words(visitor)


async def _is_given(visitor: Visitor) -> None:
    await visitor.be(CLERK)
    await visitor.says("/giaoviec Phòng Nội vụ: báo cáo biên chế trước 5/2")
    await visitor.presses("Phát hành")
    await visitor.sees("Đã phát hành #1")


async def _asks_for_an_explanation(visitor: Visitor) -> None:
    await visitor.be(CHAIRMAN)
    await expect(visitor.chat.locator("img").first).to_be_visible()
    await visitor.sees("1 chưa xong (1 quá hạn)")
    await visitor.presses("Đôn đốc theo đơn vị")
    await visitor.sees("Đơn vị có việc quá hạn")
    await visitor.presses("Phòng Nội vụ (1)")
    await visitor.presses("#1")
    await visitor.sees("#1 · đang thực hiện · quá hạn")
    await visitor.presses("Yêu cầu giải trình")
    await visitor.sees("Đã yêu cầu Phòng Nội vụ giải trình")


async def _asks_in_words(visitor: Visitor) -> None:
    await visitor.presses("phòng nào trễ nhiều nhất")
    await visitor.sees("1. Phòng Nội vụ: 1")
    await visitor.presses("tuan nay co gi den han")
    await visitor.sees("Việc đến hạn của toàn cơ quan")


async def test_a_clerks_thursday(address: str, demo: Demo) -> None:
    async with chromium() as browser, opened(browser, address, phone=True) as page:
        visitor = Visitor(page)
        await _is_given(visitor)
        demo.clock.forward_to(february(22, 15))
        await demo.move_to(february(22, 16))
        for words in ("giao-ban-2024-02-23.docx", "giao-ban-2024-02-23.xlsx", "Tài liệu giao ban thứ Sáu, 23/02/2024"):
            await expect(visitor.chat.get_by_text(words).last).to_be_visible()
        await _writes_conclusions(visitor)


async def _writes_conclusions(visitor: Visitor) -> None:
    await visitor.presses("/ketluan")
    await visitor.sees("mỗi dòng một kết luận")
    await visitor.says("Giao Phòng Nội vụ hoàn thành báo cáo biên chế trước 15/3")
    await visitor.sees("1. Phòng Nội vụ · hạn 14/03/2024")
    await visitor.says("Thống nhất chủ trương tổ chức lễ hội")
    await visitor.sees("2. chưa thấy giao việc cho đơn vị nào")
    await visitor.presses("Xong")
    await visitor.presses("Lập thông báo")
    await visitor.presses("Phát hành tất cả (1)")
    await visitor.sees("Đã phát hành")
