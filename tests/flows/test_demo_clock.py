"""The demo's clock, put forward: what falls due between two stops is said when it is due."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.demo import BEGINNING, open_demo


async def test_the_head_is_told_in_time_when_a_day_is_skipped(tmp_path: Path) -> None:
    demo = await open_demo(tmp_path)
    await demo.app.start()
    try:
        await demo.channel.say("van-thu-1", "/giaoviec Phòng Y tế: kiểm tra các chợ trước 15/3", at=demo.now())
        await demo.app.settle()
        card = demo.channel.messages("van-thu-1")[-1]
        await demo.channel.press("van-thu-1", card.id, "Phát hành", at=demo.now())
        await demo.app.settle()
        await demo.move_to(BEGINNING + timedelta(days=1, hours=6))
        heard = [message.plain for message in demo.channel.messages("truong-y-te") if message.from_bot]
    finally:
        await demo.app.stop()
        demo.channel.close()
    assert "Chưa xác nhận đã nhận" in heard[-1]
    assert "nhắc trễ" not in heard[-1]
