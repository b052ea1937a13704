"""The stamp of urgency is known in every way it is written, and no sentence is taken for it."""

from __future__ import annotations

import unicodedata

import pytest

from domain.urgency import Urgency, opening, urgency_of
from notices.reading import read_notice
from notices.recognition import recognised
from notices.urgency import stamp_in, urgency_in_scan
from tests.scans import NOTICE, file_of, needs_tesseract, page, stamped
from tests.wordmade import cell, para, row, run, table, word

K, T, H = Urgency.URGENT, Urgency.VERY_URGENT, Urgency.EXPRESS

STAMPS = [
    ("KHẨN", K), ("Khẩn", K), ("(KHẨN)", K), ("**KHẨN**", K), ("K H Ẩ N", K), ("KHẨN!", K), ("[ KHẨN ]", K),
    (unicodedata.normalize("NFD", "KHẨN"), K), ("Độ khẩn: Khẩn", K), ("Mức độ khẩn: khẩn", K), ("KH\u200bẨN", K),
    ("THƯỢNG KHẨN", T), ("Thượng khẩn", T), ("T H Ư Ợ N G   K H Ẩ N", T), ("ĐỘ KHẨN: THƯỢNG KHẨN", T),
    (unicodedata.normalize("NFD", "THƯỢNG KHẨN"), T), ("THƯỢNG\u00a0KHẨN", T),
    ("HỎA TỐC", H), ("HOẢ TỐC", H), ("Hoả tốc", H), ("H Ỏ A T Ố C", H), ("“HỎA TỐC”", H),
    ("HỎA TỐC HẸN GIỜ", H), ("HOẢ TỐC HẸN GIỜ: 16 giờ 30 ngày 12/3/2027", H), ("Mức độ khẩn: Hỏa tốc", H),
    (unicodedata.normalize("NFD", "HOẢ TỐC"), H), ("Số: 12/CĐ-UBND        HỎA TỐC", H), ("UBND HUYỆN\tKHẨN", K),
    ("HỎA TỐC | An Lâm, ngày 02 tháng 3 năm 2027", H), ("- KHẨN -", K),
]  # fmt: skip
NO_STAMPS = [
    "khẩn", "Khẩn trương", "KHẨN TRƯƠNG", "KHẨN CẤP", "Khẩn cấp", "TÌNH TRẠNG KHẨN CẤP", "trường hợp khẩn",
    "CÔNG ĐIỆN KHẨN", "Công điện hỏa tốc", "VĂN BẢN KHẨN", "HỌP KHẨN", "Khẩn trương rà soát, báo cáo.", "KHÁN",
    "V/v xử lý khẩn cấp sạt lở bờ sông", "V/v tổ chức họp khẩn", "Khẩn hoang", "KHẨN CẦU", "Khẩn thiết", "KHAN",
    "về việc triển khai các biện pháp khẩn", "hỏa tốc", "chuyển phát hỏa tốc", "HỎA TỐC ĐỘ CAO", "TỐC HỎA", "HỎA",
    "Đề nghị các đơn vị thực hiện khẩn.", "Độ khẩn: không", "Độ khẩn: bình thường", "Độ khẩn:", "THƯỢNG", "TỐC",
    "Giao thông hỏa tốc: không", "KHẨN, THƯỢNG KHẨN, HỎA TỐC", "Xã Khẩn Hòa", "ẤP KHẨN LỢI", "Trần Văn Khẩn", "KHẨN 2",
    "Các mức độ khẩn gồm: khẩn, thượng khẩn, hỏa tốc", "- Khẩn trương khắc phục;", "",
]  # fmt: skip


@pytest.mark.parametrize(("line", "degree"), STAMPS)
def test_a_stamp_is_known(line: str, degree: Urgency) -> None:
    assert stamp_in(["UBND HUYỆN AN LÂM", line]) is degree


@pytest.mark.parametrize("line", NO_STAMPS)
def test_other_words_are_no_stamp(line: str) -> None:
    assert stamp_in([line]) is None


LETTER = """UBND HUYỆN TÙNG LĨNH
Số: 27/TB-UBND
{stamp}
Tùng Lĩnh, ngày 30 tháng 01 năm 2024

THÔNG BÁO
Kết luận của Chủ tịch UBND huyện tại cuộc họp giao ban tháng 01

1. Giao Phòng Nội vụ rà soát hồ sơ biên chế trước ngày 07/02/2024.
2. Giao Phòng Y tế kiểm tra các cơ sở trên địa bàn, xử lý trường hợp khẩn
{end}"""


@pytest.mark.parametrize("stamp", ["KHẨN", "(K H Ẩ N)", "Độ khẩn: Khẩn"])
def test_a_notice_with_the_stamp_in_its_head_is_urgent(stamp: str) -> None:
    read = read_notice(LETTER.format(stamp=stamp, end=""))
    assert read.urgency is K
    assert len(read.directives) == 2
    assert read.header.number == "27/TB-UBND"


@pytest.mark.parametrize("end", ["KHẨN", "HỎA TỐC", "Khẩn trương báo cáo.", "Nơi nhận:\nHỎA TỐC"])
def test_what_stands_below_the_head_is_no_stamp(end: str) -> None:
    assert read_notice(LETTER.format(stamp="", end=end)).urgency is None


def test_a_letter_with_the_stamp_above_its_addressees_is_urgent() -> None:
    text = "UBND TỈNH\nSố: 9/UBND-VP\nHỎA TỐC\nKính gửi: Các sở, ban, ngành.\nYêu cầu Sở Y tế báo cáo trước 12/3/2027."
    assert read_notice(text).urgency is H


def test_the_stamp_in_a_cell_of_the_head_of_a_word_document_is_found() -> None:
    from notices.documents import document_text

    head = table(
        row(cell(para("UBND HUYỆN AN LÂM"), para("Số: 12/KH-UBND"), para(run("THƯỢNG KHẨN", "<w:b/>"))),
            cell(para("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), para("An Lâm, ngày 02 tháng 3 năm 2027"))),
    )  # fmt: skip
    blocks = (head, para("KẾ HOẠCH"), para("1. Giao Phòng Nội vụ rà soát biên chế trước ngày 12/4/2027."))
    read = read_notice(document_text("a.docx", word(*blocks)).paragraphs)
    assert read.urgency is T
    assert len(read.directives) == 1


@pytest.mark.parametrize(
    ("piece", "degree"), [("KHAN", K), ("KHẦN", K), ("THUONG KHAN", T), ("HOA TÓC", H), ("HOA TOC.", H)]
)
def test_a_badly_printed_stamp_is_known_in_a_scan(piece: str, degree: Urgency) -> None:
    assert urgency_in_scan(["UBND HUYỆN", piece]) is degree


@pytest.mark.parametrize("piece", ["khan", "Khan", "KHAN HIEM", "KHẨN TRƯƠNG", "HOA", "TOC"])
def test_other_words_of_a_scan_are_no_stamp(piece: str) -> None:
    assert urgency_in_scan([piece]) is None


@needs_tesseract
@pytest.mark.parametrize(("mark", "degree"), [("HỎA TỐC", H), ("KHẨN", K)])
def test_a_framed_stamp_on_a_photo_is_read(mark: str, degree: Urgency) -> None:
    content = file_of(stamped(page(NOTICE), mark))
    assert recognised([("anh.jpg", content)], lambda page, pages: None).urgency is degree


@needs_tesseract
def test_a_photo_without_a_stamp_has_none() -> None:
    assert recognised([("anh.jpg", file_of(page(NOTICE)))], lambda page, pages: None).urgency is None


@pytest.mark.parametrize(
    ("typed", "degree", "rest"),
    [
        ("khẩn: rà soát quỹ đất", K, "rà soát quỹ đất"),
        ("Hỏa tốc: Phòng Nội vụ: báo cáo", H, "Phòng Nội vụ: báo cáo"),
        ("hoả tốc : báo cáo", H, "báo cáo"),
        ("thuong khan: bao cao", T, "bao cao"),
        ("KHAN: bao cao", K, "bao cao"),
        ("khẩn trương: báo cáo", None, "khẩn trương: báo cáo"),
        ("khẩn trương rà soát: báo cáo", None, "khẩn trương rà soát: báo cáo"),
        ("Phòng Nội vụ: báo cáo khẩn", None, "Phòng Nội vụ: báo cáo khẩn"),
        ("khẩn:", None, "khẩn:"),
        ("", None, ""),
    ],
)
def test_a_person_types_the_degree_before_a_colon(typed: str, degree: Urgency | None, rest: str) -> None:
    assert opening(typed) == (degree, rest)


def test_the_whole_words_have_to_be_a_degree() -> None:
    assert urgency_of("khẩn") is K
    assert urgency_of("khẩn cấp") is None
