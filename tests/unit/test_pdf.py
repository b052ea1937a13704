"""What stands on the pages of a PDF file: lines, columns, tables, and what only frames them."""

import io

import pytest
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph as Flowable
from reportlab.platypus import SimpleDocTemplate, Table

from notices.documents import document_text
from notices.healing import healed, is_syllable
from notices.reading import read_notice
from tests.scans import FONT, TASKS, WIDTHS


def drawn(*pages, turned=0):
    """Pages of (x, y, size, text)."""
    pdfmetrics.registerFont(TTFont("Page", str(FONT)))
    kept = io.BytesIO()
    sheet = canvas.Canvas(kept)
    for lines in pages:
        if turned:
            sheet.rotate(turned)
            sheet.translate(0, -600)
        for x, y, size, text in lines:
            sheet.setFont("Page", size)
            sheet.drawString(x, y, text)
        sheet.showPage()
    sheet.save()
    return kept.getvalue()


def shown(content):
    return [p.text for p in document_text("a.pdf", content).paragraphs]


def test_two_columns_on_common_lines_are_read_one_after_the_other():
    page = [
        (60, 780, 12, "UBND TỈNH AN LÂM"), (320, 780, 12, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (60, 764, 12, "SỞ NỘI VỤ"), (350, 764, 12, "Độc lập - Tự do - Hạnh phúc"),
        (60, 740, 12, "Số: 12/SNV-CV"), (340, 740, 12, "An Lâm, ngày 02 tháng 3 năm 2027"),
        (60, 700, 12, "Giao Phòng Y tế rà soát hồ sơ, báo cáo trước ngày 20/3/2027 theo quy định hiện hành."),
    ]  # fmt: skip
    content = drawn(page)
    assert shown(content)[:3] == ["UBND TỈNH AN LÂM", "SỞ NỘI VỤ", "Số: 12/SNV-CV"]
    head = read_notice(document_text("a.pdf", content).paragraphs).header
    assert (head.issuer, head.number, str(head.date)) == ("SỞ NỘI VỤ", "12/SNV-CV", "2027-03-02")


BODY = "Giao Phòng Nội vụ chủ trì rà soát hồ sơ tồn đọng của các xã"


def test_a_sentence_goes_on_over_a_page_and_what_frames_it():
    pages = [
        [
            (290, 810, 9, "1"),
            (60, 790, 9, "Thông báo số 12"),
            (60, 120, 13, BODY),
            (60, 40, 9, "1 Theo báo cáo quý I."),
        ],
        [(290, 810, 9, "2"), (60, 790, 9, "Thông báo số 12"), (60, 760, 13, "và báo cáo trước ngày 20/3/2027.")],
        [(290, 810, 9, "3"), (60, 790, 9, "Thông báo số 12"), (60, 760, 13, "Giao Phòng Y tế kiểm tra trạm y tế.")],
    ]
    assert shown(drawn(*pages)) == [
        f"{BODY} và báo cáo trước ngày 20/3/2027.",
        "Giao Phòng Y tế kiểm tra trạm y tế.",
    ]


def test_a_raised_mark_of_a_note_is_no_digit():
    page = [(60, 700, 13, "Rà soát hồ sơ của các huyện"), (250.5, 705, 7, "1"), (260, 700, 13, "trong quý II/2027.")]
    (text,) = shown(drawn(page))
    assert "huyện1" not in text
    assert "quý II/2027" in text


@pytest.mark.parametrize("angle", [90, 270, 180])
def test_turned_pages(angle):
    pdfmetrics.registerFont(TTFont("Page", str(FONT)))
    kept = io.BytesIO()
    sheet = canvas.Canvas(kept)
    sheet.translate(300, 400)
    sheet.rotate(angle)
    sheet.setFont("Page", 12)
    sheet.drawString(-250, 20, "1. Giao Phòng Nội vụ rà soát hồ sơ.")
    sheet.drawString(-250, 0, "2. Giao Phòng Y tế kiểm tra trạm y tế.")
    sheet.save()
    assert shown(kept.getvalue()) == ["1. Giao Phòng Nội vụ rà soát hồ sơ.", "2. Giao Phòng Y tế kiểm tra trạm y tế."]


def test_words_and_signs_cut_at_a_lines_end():
    page = [
        (60, 700, 12, "Thực hiện Kế hoạch phát triển kinh tế xã hội giai đoạn 2026-"),
        (60, 684, 12, "2030 ban hành kèm theo Quyết định số 12/QĐ-"),
        (60, 668, 12, "UBND của Chủ tịch UBND huyện về đẩy mạnh phát triển kinh tế"),
        (60, 652, 12, "- xã hội, các xã rà soát chỉ tiêu."),
    ]
    (text,) = shown(drawn(page))
    assert "2026-2030" in text
    assert "12/QĐ-UBND" in text
    assert text.endswith("kinh tế - xã hội, các xã rà soát chỉ tiêu.")


def test_a_stamp_askew_or_in_a_running_head_refuses():
    pdfmetrics.registerFont(TTFont("Page", str(FONT)))
    kept = io.BytesIO()
    sheet = canvas.Canvas(kept)
    sheet.setFont("Page", 12)
    sheet.drawString(60, 700, "Giao Phòng Nội vụ rà soát hồ sơ tồn đọng trước ngày 20/3/2027.")
    sheet.rotate(30)
    sheet.drawString(300, 300, "TỐI MẬT")
    sheet.save()
    assert read_notice(document_text("a.pdf", kept.getvalue()).paragraphs).refused == "secret: TỐI MẬT"
    pages = [[(290, 800, 12, "MẬT"), (60, 700, 12, BODY + ".")]] * 4
    assert read_notice(document_text("a.pdf", drawn(*pages)).paragraphs).refused == "secret: MẬT"


NAMES = ["TT", "Nội dung", "Đơn vị chủ trì", "Phối hợp", "Thời gian hoàn thành"]


def tabled(count, spans=()):
    style = ParagraphStyle("c", fontName="Page", fontSize=11, leading=14)
    pdfmetrics.registerFont(TTFont("Page", str(FONT)))
    rows = [NAMES]
    for index in range(1, count + 1):
        lead = "Phòng Nội vụ" if index % 3 == 1 else ""
        task = f"Rà soát hồ sơ tồn đọng của nhóm {index}, tham mưu UBND huyện xử lý dứt điểm"
        rows.append([str(index), task, lead, "UBND các xã", f"Trước ngày {index % 28 + 1}/5/2027"])
    cells = [[Flowable(text, style) for text in row] for row in rows]
    ruled = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP"), *spans]
    kept = io.BytesIO()
    SimpleDocTemplate(kept).build(
        [
            Flowable("Số: 5/KH-UBND", style),
            Flowable("An Lâm, ngày 02 tháng 3 năm 2027", style),
            Table(cells, [30, 170, 90, 80, 90], repeatRows=1, style=ruled),
        ]
    )
    return kept.getvalue()


def test_a_ruled_table_over_pages_with_a_cell_over_rows():
    spans = [("SPAN", (2, start), (2, min(start + 2, 39))) for start in range(1, 40, 3)]
    found = read_notice(document_text("a.pdf", tabled(39, spans)).paragraphs).directives
    assert [d.ref for d in found] == [f"bảng.{i}" for i in range(1, 40)]
    assert {d.lead for d in found} == {("Phòng Nội vụ",)}
    assert [d.deadline.date.day for d in found] == [i % 28 + 1 for i in range(1, 40)]
    assert found[0].text == "Rà soát hồ sơ tồn đọng của nhóm 1, tham mưu UBND huyện xử lý dứt điểm"
    assert found[-1].quote.page > 1


def test_a_frame_around_the_page_is_no_table():
    pdfmetrics.registerFont(TTFont("Page", str(FONT)))
    kept = io.BytesIO()
    sheet = canvas.Canvas(kept)
    sheet.rect(40, 40, 500, 760)
    sheet.setFont("Page", 12)
    sheet.drawString(60, 700, "1. Giao Phòng Nội vụ rà soát hồ sơ.")
    sheet.save()
    assert shown(kept.getvalue()) == ["1. Giao Phòng Nội vụ rà soát hồ sơ."]


def test_a_marker_apart_from_its_words_belongs_to_them():
    assert shown(drawn([(60, 700, 12, "1."), (110, 700, 12, "Giao Phòng Nội vụ rà soát hồ sơ.")])) == [
        "1. Giao Phòng Nội vụ rà soát hồ sơ."
    ]


@pytest.mark.parametrize(
    "true",
    [
        "ý kiến của y tế xã ở đây", "ô tô của ủy ban", "xã ở vùng ấp An Hòa", "điểm a, điểm b khoản c",
        "khu B ở phía tây", "lúc 14 h ở hội trường", "bác sĩ y khoa", "uỷ ban ở ấp", "chủ ý của ông",
        "và ở đó có ao cá", "kỳ I năm 2027",
    ],
)  # fmt: skip
def test_true_words_are_never_joined(true):
    assert healed(true) == true


@pytest.mark.parametrize(
    ("split", "whole"),
    [
        ("S ở Nội vụ", "Sở Nội vụ"), ("ph ối h ợp", "phối hợp"), ("ngh i ệp", "nghiệp"), ("nhà n ước", "nhà nước"),
        ("Tha nh ở", "Thanh ở"), ("củ a ngà y 15", "của ngày 15"), ("TH ỰC HI ỆN", "THỰC HIỆN"), ("nướ c", "nước"),
        ("ti ến đ ộ", "tiến độ"), ("quy ết đ ịnh", "quyết định"),
    ],
)  # fmt: skip
def test_split_words_are_put_together(split, whole):
    assert healed(split) == whole


def test_what_a_syllable_is():
    assert all(map(is_syllable, ["nghiêng", "quyết", "giữa", "khuỷu", "oan", "ủy", "đường", "giếng"]))
    assert not any(map(is_syllable, ["điểma", "bn", "tổc", "nghx", "kngười"]))


WIDE_LINE = "1. Giao Phòng Nội vụ rà soát hồ sơ của các xã và báo cáo UBND huyện trước ngày 20/3."
CLOSING = "Yêu cầu các cơ quan nghiêm túc thực hiện nội dung Thông báo này./."


def set_lines(*lines, x=60, leading=16):
    return drawn([(x, 780 - leading * row, 12, text) for row, text in enumerate(lines)])


def test_after_a_full_line_the_last_sentence_of_a_letter_stands_alone():
    assert shown(set_lines(WIDE_LINE, CLOSING)) == [WIDE_LINE, CLOSING]


def test_after_a_full_line_another_sentence_of_a_numbered_paragraph_goes_on():
    assert shown(set_lines(WIDE_LINE, "Phòng Y tế kiểm tra.", "2. Giao Phòng Tư pháp."))[0].endswith("kiểm tra.")


def test_a_sentence_that_announces_a_list_ends_its_paragraph():
    opening = "Chủ tịch UBND huyện yêu cầu các cơ quan, đơn vị thực hiện tốt các nội dung sau:"
    task = "Phòng Nội vụ rà soát hồ sơ của các xã."
    assert shown(set_lines(opening, task)) == [opening, task]


def test_where_first_lines_stand_in_a_number_at_the_edge_is_none():
    going_on = [(60, "và của các đơn vị sự nghiệp, kịp thời báo cáo UBND huyện để xem xét,"), (60, "quyết định.")]
    lines = [
        line for n in range(1, 6) for line in ((90, f"{n}. Giao Phòng Nội vụ rà soát hồ sơ của các xã"), *going_on)
    ]
    lines += [
        (90, "6. Giao Ban Quản lý dự án khẩn trương bàn giao mặt bằng tuyến Đường"),
        (60, "9. Sở Xây dựng chủ trì."),
    ]
    page = [(x, 790 - 17 * row, 12, text) for row, (x, text) in enumerate(lines)]
    assert shown(drawn(page))[-1].endswith("tuyến Đường 9. Sở Xây dựng chủ trì.")


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Hoàn thành dứt điểm các nhiệm vụ quá hạn trong tháng", "6/2027; Thủ trưởng đơn vị chịu trách nhiệm."),
        ("Sở Công Thương có Văn bản số 3169/SCT-CN gửi các đơn vị", "(đính kèm theo) về hoạt động hóa chất."),
    ],
)
def test_a_lines_beginning_that_never_begins_a_paragraph(above, below):
    assert shown(set_lines(above, below)) == [f"{above} {below}"]


def unruled(*looks):
    pdfmetrics.registerFont(TTFont("Page", str(FONT)))
    style = ParagraphStyle("c", fontName="Page", fontSize=11, leading=14)
    cells = [[Flowable(text, style) for text in row] for row in TASKS]
    closing = "Các đơn vị nghiêm túc thực hiện, báo cáo kết quả về Văn phòng HĐND và UBND huyện để tổng hợp, theo dõi."
    kept = io.BytesIO()
    head = [Flowable(text, style) for text in ("Số: 5/KH-UBND", "An Lâm, ngày 30 tháng 01 năm 2024")]
    table = Table(cells, [450 * part for part in WIDTHS], style=[("VALIGN", (0, 0), (-1, -1), "TOP"), *looks])
    SimpleDocTemplate(kept).build([*head, table, Flowable(closing, style)])
    return kept.getvalue(), closing


@pytest.mark.parametrize(
    "looks",
    [
        [],
        [("VALIGN", (0, 0), (-1, -1), "MIDDLE")],
        [("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)],
    ],
    ids=["above", "centred", "close together"],
)
def test_a_table_without_rules_is_read_row_by_row(looks):
    content, closing = unruled(*looks)
    paragraphs = document_text("a.pdf", content).paragraphs
    assert [p.cells for p in paragraphs if p.cells] == list(TASKS)
    assert paragraphs[-1].text == closing
    found = [d for d in read_notice(paragraphs).directives if d.ref.startswith("bảng")]
    assert [(d.lead[0], str(d.deadline.date)) for d in found] == [
        ("Phòng Nội vụ", "2024-02-20"),
        ("Phòng Tài nguyên và Môi trường", "2024-03-31"),
        ("UBND xã An Hòa", "2024-02-25"),
        ("Phòng Tài chính - Kế hoạch", "2024-03-15"),
    ]


def test_sentences_below_words_that_name_columns_are_no_table():
    names = [(60, 700, 12, "Nội dung"), (260, 700, 12, "Chủ trì"), (430, 700, 12, "Thời gian")]
    page = [*names, (60, 684, 12, f"{BODY}."), (60, 668, 12, f"{BODY} và của các huyện.")]
    assert not any(p.cells for p in document_text("a.pdf", drawn(page)).paragraphs)
