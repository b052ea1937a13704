"""What stands in a Word document as its reader sees it: numbers, changes, boxes, tables, stamps."""

from datetime import date

import pytest

from notices.documents import document_text
from notices.numbering import formatted
from notices.reading import read_notice
from tests.wordmade import (
    a_list,
    cell,
    deleted,
    inserted,
    level,
    lists,
    number,
    numbering,
    para,
    row,
    run,
    table,
    word,
)


def shown(*blocks, **parts):
    return [p.text for p in document_text("a.docx", word(*blocks, **parts)).paragraphs]


def tasks(*blocks):
    head = (para("Số: 12/KH-UBND"), para("An Lâm, ngày 02 tháng 3 năm 2027"))
    return read_notice(document_text("a.docx", word(*head, *blocks)).paragraphs).directives


def numbered(*levels, numbers):
    return shown(*(para("Việc", number(*at) if isinstance(at, tuple) else at) for at in levels), numbers=numbers)


LEGAL = (("upperRoman", "%1."), ("decimal", "%1.%2."), ("decimalZero", "%1.%2.%3."))


def test_numbers_are_written_in_the_format_of_each_level():
    found = numbered((0,), (1,), (1,), (2,), (0,), (1,), numbers=lists(a_list(LEGAL)))
    assert found == ["I. Việc", "I.1. Việc", "I.2. Việc", "I.2.01. Việc", "II. Việc", "II.1. Việc"]


def test_a_legal_level_shows_the_levels_above_in_digits():
    made = lists(("", ""), a_list(LEGAL)).replace('w:ilvl="1">', 'w:ilvl="1"><w:isLgl/>')
    assert numbered((0,), (1,), numbers=made) == ["I. Việc", "1.1. Việc"]


def test_a_level_that_never_restarts_counts_on():
    levels = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)", '<w:lvlRestart w:val="0"/>')
    made = numbering(
        f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert numbered((0,), (1,), (0,), (1,), numbers=made) == ["1. Việc", "a) Việc", "2. Việc", "b) Việc"]


def test_two_lists_of_one_kind_go_on_until_one_starts_over():
    shape, first = a_list()
    second = '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    over = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    third = f'<w:num w:numId="3"><w:abstractNumId w:val="1"/>{over}</w:num>'
    made = numbering(shape + first + second + third)
    found = numbered((0, "1"), (0, "2"), (0, "3"), (0, "3"), numbers=made)
    assert found == ["I. Việc", "II. Việc", "I. Việc", "II. Việc"]


def test_numbers_by_style_and_switched_off():
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/></w:style>'
    )
    levels = level(0, "upperRoman", "%1.", '<w:pStyle w:val="H1"/>') + level(
        1, "decimal", "%2.", '<w:pStyle w:val="H2"/>'
    )
    made = numbering(
        f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    blocks = [
        para("Một", '<w:pStyle w:val="H1"/>'),
        para("Hai", '<w:pStyle w:val="H2"/>'),
        para("Ba", f'<w:pStyle w:val="H2"/>{number(0, "0")}'),
        para("Bốn", '<w:pStyle w:val="H2"/>'),
    ]
    assert shown(*blocks, numbers=made, styles=styles) == ["I. Một", "1. Hai", "Ba", "2. Bốn"]


def test_a_list_defined_by_a_list_style():
    shape, one = a_list()
    linked = '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="L"/></w:abstractNum>'
    two = '<w:num w:numId="9"><w:abstractNumId w:val="9"/></w:num>'
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert shown(para("Việc", number(0, "9")), numbers=numbering(shape + linked + one + two), styles=styles) == [
        "I. Việc"
    ]


def test_bullets_of_symbol_fonts_and_under_bullets():
    made = lists(a_list((("decimal", "%1."), ("bullet", "\uf0b7"), ("bullet", "o"))))
    assert numbered((0,), (1,), (2,), numbers=made) == ["1. Việc", "- Việc", "+ Việc"]


def test_an_empty_numbered_paragraph_counts_as_word_counts_it():
    assert shown(para("", number(1)), para("Việc", number(1)), numbers=lists(a_list())) == ["2. Việc"]


@pytest.mark.parametrize(
    ("value", "fmt", "written"),
    [(49, "upperRoman", "XLIX"), (28, "lowerLetter", "bb"), (5000, "upperRoman", "5000"), (7, "none", "")],
)
def test_formats_of_numbers(value, fmt, written):
    assert formatted(value, fmt) == written


def test_a_deleted_paragraph_end_joins_two_paragraphs():
    gone = "<w:rPr><w:del w:id='1' w:author='a'/></w:rPr>"
    assert shown(para(run("Giao Phòng Nội vụ "), gone), para(run("rà soát."))) == ["Giao Phòng Nội vụ rà soát."]
    assert shown(para(deleted("Bỏ."), number(1) + gone), para("Còn.", number(1)), numbers=lists(a_list())) == [
        "1. Còn."
    ]


def test_moved_hidden_and_deleted_words_are_gone():
    moved = f'<w:moveFrom w:id="3" w:author="a">{run("cũ ")}</w:moveFrom><w:moveTo w:id="4">{run("mới ")}</w:moveTo>'
    assert shown(para(run("A ") + moved + run("ẩn ", "<w:vanish/>") + deleted("x") + inserted("B"))) == ["A mới B"]


def test_deleted_rows_and_cells_of_a_table_are_gone():
    kept = row("1", cell("bỏ", properties="<w:cellDel/>"), "Lập danh sách", "Phòng Nội vụ", "15/4/2027")
    found = tasks(
        table(
            row("TT", "Nội dung", "Chủ trì", "Hạn hoàn thành"),
            kept,
            row("2", "Bỏ việc", "Phòng Y tế", "1/4/2027", properties="<w:del w:id='1'/>"),
        )
    )
    assert [(d.text, d.deadline.date) for d in found] == [("Lập danh sách", date(2027, 4, 15))]


def test_fields_give_their_result():
    field = "".join(f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin",))
    field += "<w:r><w:instrText> REF x </w:instrText></w:r>" + run("lệnh ")
    field += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("Sở Y tế")
    field += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    simple = f'<w:fldSimple w:instr="DATE">{run(" ngày 5/3")}</w:fldSimple>'
    assert shown(para(field + simple)) == ["Sở Y tế ngày 5/3"]


def test_a_damaged_field_swallows_no_more_than_its_paragraph():
    opened = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    assert shown(para(opened + run("mất")), para("Còn lại.")) == ["Còn lại."]


def test_links_signs_and_hyphens():
    link = f'<w:hyperlink r:id="x">{run("cổng thông tin")}</w:hyperlink>'
    signs = "<w:r><w:t>giải</w:t><w:softHyphen/><w:t>pháp</w:t><w:noBreakHyphen/><w:t>2027</w:t></w:r>"
    bullet = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    assert shown(para(bullet + run("Rà soát ") + link + signs)) == ["- Rà soát cổng thông tingiảipháp-2027"]


def test_the_mark_of_a_note_leaves_no_digit():
    raised = run("1", '<w:vertAlign w:val="superscript"/>')
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    assert shown(para(run("huyện") + raised + run(" và xã") + note + run("."))) == ["huyện và xã."]
    assert shown(para(run("100 m") + run("2", '<w:vertAlign w:val="superscript"/>'))) == ["100 m2"]


BOX = "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent>"
BOX += "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent>"
BOX += "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"


def test_a_text_box_is_read_once_and_beside_its_sentence():
    inside = BOX.format(para("HỎA TỐC"))
    assert shown(para(run("Giao Phòng Y tế ") + inside + run("rà soát."))) == ["Giao Phòng Y tế rà soát.", "HỎA TỐC"]


SECRET = run("M") + run("Ậ", "<w:b/>") + run("T")


@pytest.mark.parametrize(
    "made",
    [
        lambda: word(para("Giao"), header=para(SECRET)),
        lambda: word(para("Giao"), header=table(row(cell(para(run("TUYỆT"))), cell("x")), row("MẬT", "y"))),
        lambda: word(para(BOX.format(para(SECRET)))),
        lambda: word(table(row(cell("UBND", para(SECRET)), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))),
        lambda: word(para('<w:r><w:pict><v:textpath string="TỐI MẬT"/></w:pict></w:r>')),
        lambda: word(para(run("mật", "<w:caps/>"))),
        lambda: word(para(SECRET, "<w:numPr/>"), strict=True),
    ],
)
def test_a_stamp_is_seen_wherever_it_stands(made):
    assert read_notice(document_text("a.docx", made()).paragraphs).refused.startswith("secret: ")


def test_a_header_without_a_stamp_is_not_read_into_the_text():
    assert shown(para("Giao"), header=para("Văn phòng HĐND và UBND huyện; bảo mật thông tin")) == ["Giao"]


@pytest.mark.parametrize("odd", [{"strict": True}, {"main": "word/document2.xml"}, {"main": "wps/main.xml"}])
def test_documents_of_other_programs(odd):
    assert shown(para("Việc", number(0)), numbers=lists(a_list()), **odd) == ["I. Việc"]


HEAD = row("TT", "Nội dung", "Đơn vị chủ trì", "Phối hợp", "Thời gian hoàn thành")
SPAN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_a_cell_over_several_rows_holds_for_all_of_them():
    lead, due = cell("Phòng Y tế", properties=SPAN), cell("Trước ngày 15/4", properties=SPAN)
    on = cell("", properties=ON)
    rows = [row("1", "Kiểm tra trạm y tế", lead, "", due), row("2", "Lập danh sách hộ", on, "Công an xã", on)]
    first, second = tasks(table(HEAD, *rows))
    assert first.lead == second.lead == ("Phòng Y tế",)
    assert second.deadline.date == date(2027, 4, 15)
    assert second.coordinating == ("Công an xã",)


def test_a_heading_row_and_a_repeated_head_are_no_tasks():
    across = row("I", cell("Lĩnh vực kinh tế", properties='<w:gridSpan w:val="4"/>'))
    one = row("1", "Lập danh sách hộ", "Phòng Y tế", "", "Quý II/2027")
    found = tasks(table(HEAD, row("(1)", "(2)", "(3)", "(4)", "(5)"), across, one, HEAD, one))
    assert [d.text for d in found] == ["Lập danh sách hộ"] * 2


def test_a_head_in_two_rows():
    first = row("TT", "Nhiệm vụ", cell("Đơn vị thực hiện", properties='<w:gridSpan w:val="2"/>'), "Thời hạn")
    second = row("", "", "Chủ trì", "Phối hợp", "")
    (found,) = tasks(table(first, second, row("1", "Lập danh sách", "Sở Y tế", "Sở Nội vụ", "30/6/2027")))
    assert (found.lead, found.coordinating) == (("Sở Y tế",), ("Sở Nội vụ",))


@pytest.mark.parametrize(
    ("names", "lead"),
    [
        (("STT", "Công việc", "Cơ quan thực hiện", "Hạn hoàn thành"), ("Sở Y tế",)),
        (("TT", "Nội dung nhiệm vụ", "Đầu mối tham mưu", "Tiến độ"), ("Sở Y tế",)),
        (("Số TT", "Ý kiến chỉ đạo", "Đơn vị", "Thời hạn thực hiện"), ("Sở Y tế",)),
        (("TT", "Nhiệm vụ", "Trách nhiệm", "Thời gian"), ("Sở Y tế",)),
    ],
)
def test_columns_by_other_names(names, lead):
    (found,) = tasks(table(row(*names), row("1", "Lập danh sách", "Sở Y tế", "Quý II/2027")))
    assert (found.lead, found.deadline.date) == (lead, date(2027, 6, 30))


def test_one_column_for_who_leads_and_who_helps():
    names = row("TT", "Nội dung", "Chủ trì, phối hợp", "Hạn hoàn thành")
    (found,) = tasks(table(names, row("1", "Lập danh sách", "Sở Y tế; phối hợp: Sở Nội vụ, Sở Xây dựng", "30/6/2027")))
    assert (found.lead, found.coordinating) == (("Sở Y tế",), ("Sở Nội vụ", "Sở Xây dựng"))


def test_bullets_in_a_cell_are_tasks_of_their_own():
    several = cell("- Rà soát hồ sơ;", "- Lập danh sách.")
    found = tasks(table(HEAD, row("1", several, "Sở Y tế", "", cell("15/4/2027", "30/4/2027"))))
    assert [(d.ref, d.text, d.deadline.date.day) for d in found] == [
        ("bảng.1-1", "Rà soát hồ sơ;", 15),
        ("bảng.1-2", "Lập danh sách.", 30),
    ]


def test_the_programme_of_a_meeting_gives_no_tasks():
    assert (
        tasks(table(row("Thời gian", "Nội dung", "Người thực hiện"), row("8h00", "Đón tiếp đại biểu", "Văn phòng")))
        == ()
    )
    assert (
        tasks(table(row("TT", "Nội dung", "Đơn vị", "Địa điểm"), row("1", "Khai mạc hội nghị", "Sở Y tế", "P.1"))) == ()
    )


def test_header_and_closing_are_read_column_by_column():
    head = table(
        row("UBND HUYỆN AN LÂM", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        row("Số: 5/TB-UBND", "", cell("Độc lập - Tự do - Hạnh phúc", "An Lâm, ngày 02 tháng 3 năm 2027")),
    )
    closing = table(row(cell("Nơi nhận:", "- Lưu: VT."), cell("CHỦ TỊCH", "", "Lê Văn Cảnh")))
    body = para("1. Giao Phòng Nội vụ rà soát hồ sơ tồn đọng, báo cáo trước ngày 20/3/2027.")
    read = read_notice(document_text("a.docx", word(head, body, closing)).paragraphs)
    assert (read.header.issuer, read.header.number, read.header.signer) == (
        "UBND HUYỆN AN LÂM",
        "5/TB-UBND",
        "Lê Văn Cảnh",
    )
    assert read.header.date == date(2027, 3, 2)


def test_a_table_of_tasks_inside_a_frame_is_found():
    inner = table(HEAD, row("1", "Lập danh sách", "Sở Y tế", "", "30/6/2027"))
    (found,) = tasks(table(row(cell(para("Phụ trách:"), inner, para("")))))
    assert found.lead == ("Sở Y tế",)


def test_columns_by_tabs_are_kept_apart():
    tab = "<w:r><w:tab/></w:r>"
    line = run("UBND HUYỆN AN LÂM") + tab + run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert shown(para(line)) == ["UBND HUYỆN AN LÂM   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert shown(para(run("1.") + tab + run("Giao Phòng Nội vụ"))) == ["1. Giao Phòng Nội vụ"]


def test_pages_are_counted_where_word_has_laid_them_out():
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    made = word(para("Một"), para(turn + run("Hai")), para(run("Ba") + turn + run(" ba")))
    assert [(p.text, p.page) for p in document_text("a.docx", made).paragraphs] == [
        ("Một", 1),
        ("Hai", 2),
        ("Ba ba", 2),
    ]
