"""What happened in a period opens into lists as long as the counts: a line for each report, each time given."""

from __future__ import annotations

from datetime import datetime

from domain.calendar import OFFICE_ZONE
from tests.talk import Talk


async def test_extensions_and_reports_of_a_month_are_read_one_by_one(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 7/2")
    await talk.presses("van", "Phát hành")
    await talk.says("nam", "#1 được 40%, đang chờ số liệu của các xã")
    await talk.says("nam", "#1 xin gia hạn đến 20/2 vì chờ các xã gửi số liệu")
    await talk.presses("nam", "Đúng")
    await talk.presses("van", "Đồng ý")
    talk.clock.forward_to(datetime(2024, 2, 22, 8, 0, tzinfo=OFFICE_ZONE))
    await talk.says("lam", "/status tháng 1")
    talk.hears("lam", "Được gia hạn: 1 (0)", "Báo cáo đã gửi: 2 (0)")
    await talk.presses("lam", "Được gia hạn (1)")
    talk.hears("lam", "Lần gia hạn 01/01–31/01/2024: 1", "Gia hạn ngày 31/01: từ 06/02/2024 đến 20/02/2024")
    await talk.presses("lam", "Số liệu trong kỳ")
    await talk.presses("lam", "Báo cáo đã gửi (2)")
    talk.hears("lam", "Báo cáo đã gửi 01/01–31/01/2024: 2", "Báo cáo ngày 31/01: 40% “", "chờ số liệu của các xã")
    await talk.says("lam", "/status tháng 2")
    talk.hears("lam", "Mới quá hạn: 1 (0)")
    await talk.presses("lam", "Mới quá hạn (1)")
    talk.hears("lam", "Việc mới quá hạn 01/02–29/02/2024: 1", "#1 Phòng Nội vụ: Báo cáo biên chế")
