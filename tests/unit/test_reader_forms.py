"""Forms of other bodies, one rule at a time: products, receivers, exceptions, coverage, markup, the press."""

from datetime import date

import pytest

from notices.markdown import without_markup
from notices.outcome import product_of, receiver_of
from notices.plain import plain
from notices.reading import read_notice

OPENING = "Chủ tịch UBND huyện kết luận như sau:\n"


def tasks(*lines):
    return read_notice(OPENING + "\n".join(lines), date(2027, 3, 1)).directives


@pytest.mark.parametrize(
    ("text", "product", "receiver"),
    [
        ("Tham mưu UBND huyện ban hành Kế hoạch phòng chống hạn.", "Kế hoạch phòng chống hạn", "UBND huyện"),
        ("Rà soát, báo cáo UBND tỉnh qua Sở Tài chính trước ngày 20/4.", "báo cáo", "UBND tỉnh qua Sở Tài chính"),
        ("Lập danh sách hộ nghèo, gửi về Phòng Nội vụ trước ngày 20/4.", "danh sách hộ nghèo", "Phòng Nội vụ"),
        ("Tăng cường tuần tra ban đêm.", None, None),
    ],
)
def test_what_comes_of_a_task_and_who_gets_it(text, product, receiver):
    assert (product_of(text, plain(text)), receiver_of(text, plain(text))) == (product, receiver)


def test_a_group_keeps_its_exceptions():
    (found,) = tasks("1. UBND các xã (trừ xã An Lung, xã Bình Lung) rà soát hộ nghèo.")
    assert (found.lead, found.group, found.excepted) == (("UBND các xã",), "communes", ("xã An Lung", "xã Bình Lung"))


def test_every_giving_sentence_is_counted_and_the_rest_is_listed():
    read = read_notice(
        OPENING
        + "1. Giao Phòng Nội vụ chủ trì, phối hợp với Phòng Y tế rà soát biên chế.\n"
        + "2. Trường hợp chậm, đơn vị chịu trách nhiệm và sẽ bị phê bình.\n",
        date(2027, 3, 1),
    )
    assert (len(read.directives), read.giving) == (1, 2)
    assert read.left_out == ("Trường hợp chậm, đơn vị chịu trách nhiệm và sẽ bị phê bình.",)


def test_a_later_paragraph_dates_only_the_items_it_names():
    found = tasks(
        "1. Phòng Nội vụ rà soát biên chế.",
        "2. Phòng Y tế rà soát nhân lực.",
        "Báo cáo kết quả thực hiện mục 2 gửi về Văn phòng trước ngày 20/4/2027.",
    )
    assert [d.deadline and d.deadline.date for d in found] == [None, date(2027, 4, 20)]


def test_a_month_at_the_end_of_a_task_is_its_deadline():
    (found,) = tasks("1. Giao Phòng Tài chính nghiên cứu, đề xuất phương án trong tháng 9 năm 2027.")
    assert found.deadline.date == date(2027, 9, 30)


def test_praise_and_the_issuers_own_voice_are_no_tasks():
    found = tasks(
        "1. Đánh giá cao sự nỗ lực của Phòng Nội vụ trong thời gian qua đã khẩn trương hoàn thành đề án.",
        "2. Chủ tịch UBND huyện thống nhất với đề xuất của Phòng Y tế.",
        "3. Giao Phòng Y tế tổ chức thực hiện đề án.",
    )
    assert [d.lead for d in found] == [("Phòng Y tế",)]


def test_what_a_unit_asks_of_others_stays_its_own():
    found = tasks("1. Bộ Công Thương vận hành an toàn hồ chứa; chỉ đạo các đơn vị điện lực khôi phục lưới điện.")
    assert {d.lead for d in found} == {("Bộ Công Thương",)}


def test_names_that_are_cut_off_are_those_named_before():
    found = tasks(
        "1. Viện Nghiên cứu nông nghiệp vùng cao lập đề cương trước ngày 5/4/2027.",
        "2. Viện cũng phải lập dự toán trước ngày 20/4/2027.",
    )
    assert {d.lead for d in found} == {("Viện Nghiên cứu nông nghiệp vùng cao",)}


def test_the_press_tells_orders_in_running_text():
    read = read_notice(
        "Tại cuộc họp chiều 2/3, Phó Thủ tướng Nguyễn Văn Mẫu yêu cầu Bộ Xây dựng rà soát quy hoạch, báo cáo "
        "trước ngày 20/3/2027.\n\nPhó Thủ tướng cũng đề nghị Bộ Công an bảo đảm trật tự khu vực dự án.",
        date(2027, 3, 2),
    )
    assert [d.lead for d in read.directives] == [("Bộ Xây dựng",), ("Bộ Công an",)]


def test_party_numbers_and_roman_numbers_said_again():
    found = tasks("1- Ban Tuyên giáo Huyện ủy rà soát tài liệu.", "2- Huyện đoàn tổ chức ra quân.")
    assert [(d.ref, d.lead[0]) for d in found] == [("1", "Ban Tuyên giáo Huyện ủy"), ("2", "Huyện đoàn")]


def test_a_table_written_with_bars_is_read_row_by_row():
    read = read_notice(
        "UBND phường phân công như sau:\n\n"
        "| TT | Nội dung | Đơn vị chủ trì | Thời gian hoàn thành |\n|---|---|---|---|\n"
        "| 1 | Lắp đặt 15 điểm phát sóng | Phòng Kinh tế | Trước ngày 30/4/2027 |\n",
        date(2027, 3, 1),
    )
    assert [(d.lead, d.deadline.date) for d in read.directives] == [(("Phòng Kinh tế",), date(2027, 4, 30))]


def test_copied_markup_reads_as_plain_lines():
    text = "## 1. Việc chung\n> Ghi chú\n| SỞ Y TẾ <br> Số: 12/SYT-VP | Nam Lung, ngày 5/3/2027 |\n|:---|---|"
    assert [line for line in without_markup(text).split("\n") if line] == [
        "1. Việc chung",
        "Ghi chú",
        "SỞ Y TẾ",
        "Số: 12/SYT-VP",
        "Nam Lung, ngày 5/3/2027",
    ]
    assert without_markup("tỷ lệ 5|3 > 1") == "tỷ lệ 5|3 > 1"


def test_a_long_run_of_closing_words_takes_no_time():
    read_notice("Đề nghị các đơn vị " + "phối hợp với " * 400 + "thực hiện./.", date(2027, 3, 1))


def test_a_long_run_of_units_that_act_takes_no_time():
    read_notice(OPENING + "1. " + "ngày 5, Sở Y tế rà soát " * 20_000, date(2027, 3, 1))


def test_roles_in_brackets_say_who_leads_and_who_helps():
    (found,) = tasks("1. Vụ Kế hoạch (chủ trì), Viện Chiến lược (phối hợp) rà soát định mức trước ngày 30/6/2027.")
    assert (found.lead, found.coordinating) == (("Vụ Kế hoạch",), ("Viện Chiến lược",))


@pytest.mark.parametrize(
    ("clause", "leads"),
    [
        ("P.TNMT rà soát quỹ đất công.", ("P.TNMT",)),
        ("TTYT huyện phun hóa chất.", ("TTYT huyện",)),
        ("CA xã An Lung tuần tra ban đêm.", ("CA xã An Lung",)),
        ("Giao xã Bình Lung chuyển đổi 20 ha lúa.", ("xã Bình Lung",)),
        ("Bà Lò Thị Mận: nộp hồ sơ hoàn công.", ("Bà Lò Thị Mận",)),
        ("Tổ Cơ điện (anh Tám phụ trách): sửa máy bơm.", ("Tổ Cơ điện",)),
        ("Các xí nghiệp nước: số 1, số 2 thay đồng hồ.", ("Xí nghiệp nước số 1", "Xí nghiệp nước số 2")),
        (
            "Các phân xưởng: Lò đốt, Cơ - Nhiệt, Bao gói lập lịch bảo dưỡng.",
            ("Phân xưởng Lò đốt", "Phân xưởng Cơ - Nhiệt", "Phân xưởng Bao gói"),
        ),
        ("Trạm Y tế các xã, thị trấn tiêm phòng đợt hai.", ("Trạm Y tế các xã, thị trấn",)),
        ("Trưởng các thôn, trừ thôn Đồi, thu xong quỹ.", ("Trưởng các thôn",)),
        ("Các đơn vị có hồ sơ quá hạn khẩn trương báo cáo.", ("Các đơn vị có hồ sơ quá hạn",)),
        ("Đối với Phòng Nội vụ: rà soát biên chế.", ("Phòng Nội vụ",)),
        ("Với dự án kè suối, giai đoạn hai, Phòng Kinh tế được giao lập dự toán.", ("Phòng Kinh tế",)),
        ("Toàn thể nhân viên đeo thẻ trong giờ làm việc.", ("Toàn thể nhân viên",)),
    ],
)
def test_who_leads_in_the_forms_of_letters_minutes_and_companies(clause, leads):
    (found,) = tasks(f"1. {clause}")
    assert found.lead == leads


@pytest.mark.parametrize(
    ("clause", "partners"),
    [
        ("Công an xã chủ trì, Ban Chỉ huy Quân sự xã phối hợp tuần tra ban đêm.", ("Ban Chỉ huy Quân sự xã",)),
        ("Phòng Y tế chủ trì cùng Phòng Nội vụ rà soát nhân lực.", ("Phòng Nội vụ",)),
        ("Phòng Y tế lập phương án, có sự tham gia của Công an huyện.", ("Công an huyện",)),
        (
            "Phòng Y tế phối hợp với Phòng Nội vụ cùng các cơ quan liên quan rà soát.",
            ("Phòng Nội vụ", "các cơ quan liên quan"),
        ),
        ("Hạt Kiểm lâm phối hợp với lực lượng công an tuần tra rừng.", ("lực lượng công an",)),
    ],
)
def test_who_helps_however_it_is_said(clause, partners):
    (found,) = tasks(f"1. {clause}")
    assert found.coordinating == partners


@pytest.mark.parametrize(
    ("bullet", "days"),
    [
        ("Phòng Vật tư thay van; lập dự toán mua ống gửi Phòng Kế toán chậm nhất ngày 20/4.", [None, (2027, 4, 20)]),
        ("Phòng Vật tư lập dự toán trước ngày 20/4; phối hợp với Phòng Kế toán kiểm kê kho.", [(2027, 4, 20), None]),
        ("Phòng Vật tư kiểm tra van; thông đường ống xong trước ngày 20/4.", [(2027, 4, 20)]),
        ("Phòng Vật tư nâng cấp trạm bơm. Đưa vào vận hành chậm nhất ngày 20/4.", [(2027, 4, 20)]),
        ("Phòng Vật tư lập dự toán trước ngày 20/4; công khai kết quả.", [(2027, 4, 20)]),
    ],
)
def test_an_undated_task_beside_a_dated_one(bullet, days):
    found = tasks(f"1. {bullet}")
    assert [d.deadline and d.deadline.date for d in found] == [date(*day) if day else None for day in days]


def test_what_only_says_who_answers_belongs_to_the_task_before():
    found = tasks("1. Khoa Nội và Khoa Nhi lập quy trình cấp cứu; Khoa Nội làm đầu mối.")
    assert [d.lead for d in found] == [("Khoa Nội", "Khoa Nhi")]


def test_a_deadline_of_named_items_holds_for_each_of_them():
    found = tasks(
        "1. Phòng Nội vụ:",
        "a) Rà soát biên chế.",
        "b) Lập danh sách hợp đồng.",
        "c) Trực tiếp công dân.",
        "Nội dung tại điểm a và điểm b khoản này hoàn thành trước ngày 30/4/2027.",
    )
    assert [d.deadline and d.deadline.date for d in found] == [date(2027, 4, 30), date(2027, 4, 30), None]


def test_a_deadline_told_of_an_earlier_notice_is_not_handed_on():
    read = read_notice(
        "Thực hiện Thông báo số 4/TB-UBND, trong đó giao Phòng Nội vụ báo cáo UBND huyện trước ngày 31/3/2027. "
        "Phòng Nội vụ đề nghị các đơn vị thực hiện các nội dung sau:\n1. Rà soát hồ sơ cán bộ.\n",
        date(2027, 3, 1),
    )
    assert [d.deadline for d in read.directives] == [None]


def test_a_section_that_looks_back_and_a_closing_item_give_no_task():
    found = tasks(
        "1. Nhận xét",
        "Khoa Nội xử trí tốt các ca nặng.",
        "2. Tồn tại: Khoa Nhi trả hồ sơ chậm.",
        "3. Giao Khoa Dược kiểm kê thuốc.",
        "4. Các khoa, phòng nghiêm túc thực hiện.",
    )
    assert [d.lead for d in found] == [("Khoa Dược",)]


def test_what_a_unit_proposes_to_others_stays_its_own_task():
    (found,) = tasks("1. Giao Phòng Nội vụ", "- Tham mưu Thường trực HĐND đề nghị UBND huyện sớm thống nhất biên chế.")
    assert found.lead == ("Phòng Nội vụ",)


def test_a_slip_with_labels_gives_each_unit_its_task_partners_and_day():
    found = tasks(
        "1) Phòng Kinh tế",
        "Việc: Thống kê các lò gạch trong khu dân cư.",
        "Phối hợp: Công an phường, các tổ dân phố.",
        "Thời hạn: 18/4/2027.",
        "2) Công an phường",
        "Việc: Kiểm tra phòng cháy tại các lò gạch.",
        "Thời hạn: trước 20/4/2027.",
    )
    assert [(d.lead, d.coordinating, d.deadline.date) for d in found] == [
        (("Phòng Kinh tế",), ("Công an phường", "các tổ dân phố"), date(2027, 4, 18)),
        (("Công an phường",), (), date(2027, 4, 20)),
    ]


def test_a_month_and_then_its_last_day_is_one_deadline():
    (found,) = tasks("1. Phòng Nội vụ cấp xong thẻ, hoàn thành trong tháng 5/2027, chậm nhất là ngày 25/5/2027.")
    assert (found.deadline.date, found.warnings) == (date(2027, 5, 25), ())


def test_who_is_taken_out_of_a_group_gets_a_task_of_its_own():
    found = tasks("1. UBND các xã, phường: nâng tỷ lệ hồ sơ trực tuyến; riêng xã An Lung báo cáo giải trình.")
    assert [d.lead for d in found] == [("UBND các xã, phường",), ("xã An Lung",)]


def test_a_notice_that_tells_what_its_issuer_does_gives_no_task():
    read = read_notice(
        "TRUNG TÂM THƯ VIỆN HUYỆN\nSố: 9/TB-TTTV\nLung Nà, ngày 20 tháng 4 năm 2027\nTHÔNG BÁO\nVề việc chuyển trụ sở\n"
        "Trong thời gian chuyển sách, từ ngày 22/4, Trung tâm tạm ngừng phục vụ bạn đọc tại phòng đọc cũ ở tầng 2.\n"
    )
    assert read.directives == ()


def test_minutes_are_dated_by_their_meeting():
    head = "TỔ ĐIỆN NƯỚC\nBIÊN BẢN\nHọp giao ban tuần 16\nThời gian: 07 giờ 30, thứ Hai ngày 19/4/2027\n"
    read = read_notice(head + "III. Kết luận\n1. Tổ Cơ điện: sửa máy bơm xong trước ngày 05/5.\n")
    assert (read.header.date, read.directives[0].deadline.date) == (date(2027, 4, 19), date(2027, 5, 5))


def test_what_to_do_in_case_of_trouble_is_no_task():
    found = tasks(
        "1. Giao Phòng Nội vụ rà soát biên chế. Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị báo "
        "cáo về Văn phòng để tổng hợp."
    )
    assert [d.lead for d in found] == [("Phòng Nội vụ",)]


@pytest.mark.parametrize(
    ("sentence", "leads"),
    [
        (
            "Sở Y tế phải tiêm xong trước ngày 5/4, trong khi Sở Tài chính bố trí kinh phí.",
            [("Sở Y tế",), ("Sở Tài chính",)],
        ),
        ("Giao Sở Y tế lập kế hoạch, giao Sở Nội vụ thẩm định biên chế.", [("Sở Y tế",), ("Sở Nội vụ",)]),
        ("Phòng Nội vụ rà soát biên chế, giao chỉ tiêu cho từng xã.", [("Phòng Nội vụ",)]),
        ("Thủ trưởng các sở, ngành: Nội vụ, Tài chính báo cáo.", [("Thủ trưởng Sở Nội vụ", "Thủ trưởng Sở Tài chính")]),
        ("UBND TP. Sông Mơ rà soát nhà trên kênh.", [("UBND TP. Sông Mơ",)]),
        ("Về giao thông: quý 3/2027 đưa cầu Bến Đá vào sử dụng.", [("all units",)]),
    ],
)
def test_several_tasks_in_one_sentence_and_names_with_points(sentence, leads):
    assert [d.lead for d in tasks(f"1. {sentence}")] == leads


def test_numbers_in_brackets_are_items():
    found = tasks(
        "(1) Phòng Y tế:",
        "(1.1) Phun hóa chất.",
        "(1.2) Lập đội cơ động.",
        "(2) Phòng Nội vụ rà soát biên chế.",
    )
    assert [(d.ref, d.lead) for d in found] == [
        ("1.1", ("Phòng Y tế",)),
        ("1.2", ("Phòng Y tế",)),
        ("2", ("Phòng Nội vụ",)),
    ]


def test_who_leads_and_who_helps_may_stand_in_brackets_after_the_task():
    (found,) = tasks("1. Dọn bãi rác sau chợ (Phòng Kinh tế chủ trì; Công an phường, Tổ dân phố 4 phối hợp).")
    assert (found.lead, found.coordinating) == (("Phòng Kinh tế",), ("Công an phường", "Tổ dân phố 4"))


@pytest.mark.parametrize(
    ("line", "leads"),
    [
        ("Sở Y tế các tỉnh, thành phố báo cáo ca bệnh.", [("Sở Y tế các tỉnh, thành phố",)]),
        ("Báo cáo khai giảng: trước ngày 5/9, các cơ sở giáo dục gửi về Sở.", [("các cơ sở giáo dục",)]),
        (
            "Phòng Nội vụ gửi báo cáo trước ngày 10/6/2027, Văn phòng tổng hợp trình Chủ tịch.",
            [("Phòng Nội vụ",), ("Văn phòng",)],
        ),
        ("Cơ quan Ủy ban MTTQ Việt Nam xã vận động nhân dân.", [("Cơ quan Ủy ban MTTQ Việt Nam xã",)]),
        ("Các Viện: Sông Mơ, Núi Lung cử cán bộ; mỗi Viện lập hai đoàn.", [("Viện Sông Mơ", "Viện Núi Lung")]),
    ],
)
def test_leads_of_letters_from_ministries_and_wards(line, leads):
    assert [d.lead for d in tasks(f"1. {line}")] == leads
