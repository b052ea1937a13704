"""The clerk gives work: a sentence, a document, corrections, and only then issue."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.talk import Talk

EXAMPLES = Path(__file__).parents[2] / "examples"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

NOTICE = """UBND HUYỆN TÙNG LĨNH
Số: 27/TB-UBND
Tùng Lĩnh, ngày 30 tháng 01 năm 2024

THÔNG BÁO
Kết luận của Chủ tịch UBND huyện tại cuộc họp giao ban tháng 01

I. Đánh giá chung
Trong tháng qua các đơn vị đã có nhiều cố gắng.

II. Nhiệm vụ
1. Giao Phòng Nội vụ chủ trì, phối hợp với Phòng Tài chính - Kế hoạch rà soát biên chế trước ngày 07/02/2024.
2. Phòng Tài nguyên và Môi trường: kiểm tra các điểm khai thác cát trên địa bàn; hoàn thành trong tháng 02/2024.
3. Giao Ban Quản lý chợ trung tâm sắp xếp lại các quầy hàng.
4. Yêu cầu các cơ quan, đơn vị, địa phương nâng cao kỷ luật, kỷ cương hành chính.
"""


async def test_one_sentence_becomes_a_directive_after_the_clerk_confirms(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    talk.hears("van", "Báo cáo biên chế", "Chủ trì: Phòng Nội vụ", "14/03/2024")
    assert talk.from_bot("nam") == [], "nothing is sent before Phát hành"
    await talk.presses("van", "Phát hành")
    talk.hears("van", "Đã phát hành #1 cho Phòng Nội vụ")
    message = talk.hears("nam", "Nhiệm vụ mới #1", "Báo cáo biên chế")
    assert message.labels == ["Đã nhận", "Báo cáo", "Xin gia hạn", "Không đúng đơn vị"]
    talk.hears("noi", "Nhiệm vụ mới #1")


async def test_the_clerk_corrects_deadline_unit_words_and_helpers(talk: Talk) -> None:
    await talk.says("van", "/giaoviec P. Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Thời hạn")
    await talk.says("van", "cuối tháng 3")
    talk.hears("van", "Thời hạn: 31/03/2024", "Cách tính: cuối tháng 3")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Đơn vị chủ trì")
    await talk.says("van", "phong tai chinh ke hoach")
    talk.hears("van", "Chủ trì: Phòng Tài chính - Kế hoạch")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Nội dung")
    await talk.says("van", "Báo cáo số biên chế hiện có")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Đơn vị phối hợp")
    await talk.says("van", "Phòng Nội vụ; UBND xã An Hòa")
    talk.hears("van", "Báo cáo số biên chế hiện có", "Phối hợp: Phòng Nội vụ; UBND xã An Hòa")
    await talk.presses("van", "Phát hành")
    talk.hears("tai", "Nhiệm vụ mới #1", "Báo cáo số biên chế hiện có", "Phối hợp: Phòng Nội vụ; UBND xã An Hòa")
    talk.hears("nam", "phối hợp thực hiện #1")


async def test_a_date_that_does_not_exist_is_said_and_asked_again(talk: Talk) -> None:
    await talk.says("van", "/giaoviec P. Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Thời hạn")
    await talk.says("van", "31/02")
    talk.hears("van", "Không có ngày “31/02”")
    await talk.says("van", "hôm nào rảnh")
    talk.hears("van", "Chưa rõ “hôm nào rảnh” là ngày nào")
    await talk.says("van", "20/3")
    talk.hears("van", "Thời hạn: 20/03/2024")


async def test_a_unit_that_is_not_certain_is_asked_never_guessed(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Tài: lập dự toán")
    message = talk.hears("van", "có thể là đơn vị nào")
    assert {"Phòng Tài chính - Kế hoạch", "Phòng Tài nguyên và Môi trường"} <= set(message.labels)
    await talk.presses("van", "Phòng Tài chính - Kế hoạch")
    talk.hears("van", "Lập dự toán", "Chủ trì: Phòng Tài chính - Kế hoạch", "không đặt hạn")


async def test_the_only_unit_that_may_be_meant_is_asked_for_by_name(talk: Talk) -> None:
    await talk.says("van", "/giaoviec phòng môi trường: kiểm tra bãi cát")
    assert talk.hears("van", "là Phòng Tài nguyên và Môi trường phải không?").labels[0] == (
        "Phòng Tài nguyên và Môi trường"
    )


async def test_a_pasted_notice_becomes_cards(talk: Talk) -> None:
    await talk.says("van", NOTICE)
    talk.hears("van", "27/TB-UBND", "4 nhiệm vụ, 2 có thời hạn, 1 giao chung", "1 nhiệm vụ chưa rõ đơn vị chủ trì")
    await talk.presses("van", "Xem từng nhiệm vụ")
    talk.hears(
        "van", "Thẻ 1/4", "Chủ trì: Phòng Nội vụ", "Phối hợp: Phòng Tài chính - Kế hoạch", "Thời hạn: 06/02/2024"
    )
    await talk.presses("van", "Sau ›")
    talk.hears("van", "Thẻ 2/4", "Phòng Tài nguyên và Môi trường", "29/02/2024")
    await talk.presses("van", "Sau ›")
    talk.hears("van", "Thẻ 3/4", "Ban Quản lý chợ trung tâm", "chưa có trong danh bạ")
    await talk.presses("van", "Bỏ")
    talk.hears("van", "Thẻ 4/4", "tất cả cơ quan, đơn vị, địa phương")
    assert all(talk.from_bot(who) == [] for who in ("nam", "moi", "tai", "hoa"))


async def test_what_was_issued_has_nothing_to_look_at_again(talk: Talk) -> None:
    await talk.says("van", NOTICE.replace("07/02/2024", "05/02/2024"))
    talk.hears("van", "1 nhiệm vụ có lưu ý cần xem lại")
    await talk.presses("van", "Phát hành tất cả (3)")
    assert not any("có lưu ý" in message.plain for message in talk.from_bot("van"))


async def test_issuing_all_tells_each_unit_once_and_keeps_what_is_unclear(talk: Talk) -> None:
    await talk.says("van", NOTICE)
    await talk.presses("van", "Phát hành tất cả (3)")
    talk.has_heard("van", "Đã phát hành 8 nhiệm vụ cho 6 đơn vị", "Còn 1 thẻ chưa rõ đơn vị", "UBND xã Bình Minh")
    assert len(talk.from_bot("moi")) == 1
    talk.hears("moi", "Phòng Tài nguyên và Môi trường có 2 nhiệm vụ mới", "khai thác cát", "kỷ cương")
    talk.hears("hoa", "Nhiệm vụ mới", "kỷ cương")
    await talk.presses("moi", "Đã nhận tất cả")
    talk.hears("moi", "Đã nhận 2 nhiệm vụ")


async def test_the_same_notice_again_opens_the_first(talk: Talk) -> None:
    await talk.says("van", NOTICE)
    await talk.says("van", NOTICE)
    talk.hears("van", "số 27/TB-UBND đã được gửi trước đây")
    await talk.presses("van", "Mở văn bản đã gửi")
    talk.hears("van", "4 nhiệm vụ")


async def test_the_sample_notice_as_a_word_file(talk: Talk) -> None:
    content = (EXAMPLES / "thong-bao-mau.docx").read_bytes()
    await talk.says("van", "", files=[("thong-bao-mau.docx", content, DOCX)])
    talk.hears("van", "15/TB-UBND", "nhiệm vụ", "có thời hạn")
    await talk.says("van", "/vanban")
    talk.hears("van", "Văn bản đã gửi", "15/TB-UBND")


async def test_a_document_sent_while_something_else_is_asked_is_not_lost(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước 15/3")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Đơn vị chủ trì")
    await talk.says("van", "", files=[("kl.txt", NOTICE.encode(), "text/plain")])
    talk.hears("van", "27/TB-UBND", "4 nhiệm vụ")


IDLE = "THÔNG BÁO\n" + "Đoàn công tác đã làm việc tại cơ sở và ghi nhận nhiều kết quả tích cực.\n" * 8


async def test_a_document_without_tasks_is_filed_as_such(talk: Talk) -> None:
    await talk.says("van", IDLE)
    talk.hears("van", "Đã đọc và lưu", "không giao nhiệm vụ nào")
    await talk.says("van", "/vanban")
    talk.hears("van", "không có nhiệm vụ")
    await talk.says("van", "", files=[("bao-cao.txt", IDLE.encode(), "text/plain")])
    talk.hears("van", "đã được gửi trước đây")


@pytest.mark.parametrize(
    ("words", "lead", "deadline"),
    [
        ("Phòng Nội vụ: báo cáo biên chế trước 15/3", "Chủ trì: Phòng Nội vụ", "Thời hạn: 14/03/2024"),
        ("báo cáo biên chế trước 15/3", "Ai chủ trì?", "Thời hạn: 14/03/2024"),
        ("Phòng Tài: báo cáo biên chế", "Phòng Tài (chưa có trong danh bạ)", "không đặt hạn"),
    ],
)
async def test_a_task_can_be_added_by_hand(talk: Talk, words: str, lead: str, deadline: str) -> None:
    await talk.says("van", IDLE)
    await talk.presses("van", "Thêm nhiệm vụ")
    talk.hears("van", "Nhắn nhiệm vụ cần thêm vào Thông báo")
    await talk.says("van", words)
    talk.hears("van", "Thẻ 1/1", "Báo cáo biên chế", lead, deadline)
    await talk.says("van", "/vanban")
    talk.hears("van", "1 nhiệm vụ, 1 chưa phát hành")


async def test_what_was_added_by_hand_is_issued_with_the_rest(talk: Talk) -> None:
    await talk.says("van", NOTICE)
    await talk.presses("van", "Thêm nhiệm vụ")
    await talk.says("van", "UBND xã An Hòa: dọn kênh mương trước 15/3")
    await talk.presses("van", "Về bảng tổng hợp")
    await talk.presses("van", "Phát hành tất cả (4)")
    talk.hears("hoa", "Dọn kênh mương")


async def test_only_the_office_adds_to_a_notice(talk: Talk) -> None:
    await talk.says("van", IDLE)
    data = next(b.data for row in talk.last("van").buttons for b in row if b.label == "Thêm nhiệm vụ")
    await talk.forges("nam", data)
    talk.hears("nam", "Chỉ Văn phòng")


async def test_only_the_office_sends_notices_in(talk: Talk) -> None:
    await talk.says("nam", "/vanban")
    talk.hears("nam", "Chỉ Văn phòng")
    await talk.says("nam", "/giaoviec Phòng Nội vụ: nghỉ hết")
    talk.hears("nam", "Chỉ Văn phòng")


async def test_a_leader_gives_work_to_the_own_field_only(talk: Talk) -> None:
    await talk.says("phuc", "/giaoviec Phòng Nội vụ: rà soát biên chế trước 15/3")
    await talk.presses("phuc", "Phát hành")
    talk.hears("nam", "Nhiệm vụ mới #1")
    await talk.says("phuc", "/giaoviec Phòng Tài chính - Kế hoạch: rà soát thu chi trước 15/3")
    talk.hears("phuc", "lãnh đạo phụ trách")
    assert talk.from_bot("tai") == []


@pytest.mark.parametrize(
    ("task", "text", "deadline"),
    [
        ("kiểm tra bãi cát trong tháng 2", "Kiểm tra bãi cát", "29/02/2024"),
        ("báo cáo biên chế cuối tháng 3", "Báo cáo biên chế", "31/03/2024"),
        ("nộp báo cáo ngày 20/2", "Nộp báo cáo", "20/02/2024"),
        ("rà soát thủ tục, xong trong tuần này", "Rà soát thủ tục", "04/02/2024"),
        ("rà soát thủ tục, phải xong trước 9/2", "Rà soát thủ tục", "08/02/2024"),
        ("sắp xếp lại kho lưu trữ", "Sắp xếp lại kho lưu trữ", "không đặt hạn"),
        ("trả lời công văn số 12 ngày 15/1/2024", "Trả lời công văn số 12 ngày 15/1/2024", "không đặt hạn"),
    ],
)
async def test_a_deadline_at_the_end_of_a_typed_task(talk: Talk, task: str, text: str, deadline: str) -> None:
    await talk.says("van", f"/giaoviec Phòng Nội vụ: {task}")
    talk.hears("van", f"\n\n{text}\n\n", f"Thời hạn: {deadline}")


async def test_an_impossible_date_in_a_typed_task(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: báo cáo biên chế trước ngày 31/02")
    talk.hears("van", "Không có ngày")


async def test_a_card_can_be_given_to_a_group(talk: Talk) -> None:
    await talk.says("van", "/giaoviec Phòng Nội vụ: rà soát hộ nghèo")
    await talk.presses("van", "Sửa")
    await talk.presses("van", "Đơn vị chủ trì")
    await talk.presses("van", "Giao các xã, thị trấn")
    talk.hears("van", "Chủ trì: UBND các xã, thị trấn")
    await talk.presses("van", "Phát hành")
    talk.has_heard("van", "Đã phát hành 2 nhiệm vụ cho 2 đơn vị")
    talk.hears("hoa", "Nhiệm vụ mới")
    assert talk.from_bot("nam") == []


async def test_a_notice_without_a_number_is_known_again_by_its_words(talk: Talk) -> None:
    text = "\n".join(line for line in NOTICE.splitlines() if not line.startswith(("Số:", "Tùng Lĩnh,")))
    await talk.says("van", text)
    await talk.says("van", "  " + text.replace("\n", "\n\n"))
    talk.hears("van", "đã được gửi trước đây")


async def test_the_same_number_of_another_body_is_another_notice(talk: Talk) -> None:
    await talk.says("van", NOTICE)
    await talk.says("van", NOTICE.replace("UBND HUYỆN TÙNG LĨNH", "UBND TỈNH LAM KIỀU"))
    talk.hears("van", "4 nhiệm vụ", "UBND tỉnh Lam Kiều")
