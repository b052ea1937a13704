"""Who is told what, where the verb is one that no list of verbs holds: where names end and who acts."""

from datetime import date

import pytest

from notices.name_words import goes_on
from notices.reading import read_notice

OPENING = "Chủ tịch UBND tỉnh kết luận như sau:\n"


def tasks(*lines):
    return read_notice(OPENING + "\n".join(lines), date(2027, 3, 5)).directives


@pytest.mark.parametrize(
    ("sentence", "lead"),
    [
        ("Phòng Quản trị mạng siết lại quyền truy cập.", "Phòng Quản trị mạng"),
        ("Công ty Cổ phần Cấp nước Hà Sơn súc rửa bể chứa.", "Công ty Cổ phần Cấp nước Hà Sơn"),
        ("Văn phòng Sở dự toán kinh phí mua sắm.", "Văn phòng Sở"),
        ("Chi cục Thủy lợi cảnh giới 24/24 giờ tại các cống.", "Chi cục Thủy lợi"),
        ("Tổ công tác 1022 gỡ từng vướng mắc.", "Tổ công tác 1022"),
        ("Viễn thông Hà Sơn kéo cáp quang đến 15 thôn.", "Viễn thông Hà Sơn"),
        (
            "Trung tâm Kỹ thuật tài nguyên và môi trường quan trắc nước ngầm.",
            "Trung tâm Kỹ thuật tài nguyên và môi trường",
        ),
        (
            "Trung tâm Xúc tiến đầu tư, thương mại và du lịch gửi danh mục.",
            "Trung tâm Xúc tiến đầu tư, thương mại và du lịch",
        ),
        ("Chi nhánh Văn phòng đăng ký đất đai huyện trích lục bản đồ.", "Chi nhánh Văn phòng đăng ký đất đai huyện"),
        ("Ban Quản lý dự án đầu tư xây dựng số 3 thuê tư vấn.", "Ban Quản lý dự án đầu tư xây dựng số 3"),
        ("Phòng Cảnh sát giao thông (Công an tỉnh) phân luồng từ xa.", "Phòng Cảnh sát giao thông"),
        ("Phòng LĐ-TB&XH - cơ quan thường trực - soạn kịch bản lễ.", "Phòng LĐ-TB&XH"),
        ("Sở Tài chính cấp bổ sung hai tỷ đồng cho huyện An Lung.", "Sở Tài chính"),
        ("Các chủ đầu tư cam kết tiến độ từng tháng.", "Các chủ đầu tư"),
        ("Các đơn vị có tên tại Phụ lục II giải trình bằng văn bản.", "Các đơn vị có tên tại Phụ lục II"),
        ("Kính đề nghị Thường trực HĐND tỉnh cho ý kiến.", "Thường trực HĐND tỉnh"),
        ("Giám đốc các Sở Giáo dục và Đào tạo ký duyệt hồ sơ.", "Giám đốc các Sở Giáo dục và Đào tạo"),
        ("Việc kiểm tra kho xăng do Sở Công Thương chủ trì.", "Sở Công Thương"),
        ("Đến ngày 30/3/2027, Sở Y tế phải mua xong thuốc.", "Sở Y tế"),
        ("Trưởng Ban Quản lý Khu kinh tế đích thân kiểm tra.", "Trưởng Ban Quản lý Khu kinh tế"),
        ("Trưởng Công an các xã gọi hỏi, răn đe đối tượng.", "Trưởng Công an các xã"),
        ("Hiệu trưởng các trường THPT quán xuyến việc ôn thi.", "Hiệu trưởng các trường THPT"),
        ("Các doanh nghiệp kinh doanh xăng dầu niêm yết giá.", "Các doanh nghiệp kinh doanh xăng dầu"),
        ("Để khắc phục tình trạng trên, Sở Nội vụ thanh lọc danh sách.", "Sở Nội vụ"),
        ("Phòng Phổ biến, giáo dục pháp luật in tờ gấp.", "Phòng Phổ biến, giáo dục pháp luật"),
        ("Phòng Phổ biến, giáo dục pháp luật là đầu mối.", "Phòng Phổ biến, giáo dục pháp luật"),
        (
            "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông thành phố nạo vét cửa xả.",
            "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông thành phố",
        ),
        ("Báo và Phát thanh, Truyền hình Hà Sơn mở chuyên mục.", "Báo và Phát thanh, Truyền hình Hà Sơn"),
        ("XN Nước Hà Sơn vận hành hồ lắng.", "XN Nước Hà Sơn"),
        ("XN Quản lý mạng lưới thay ống.", "XN Quản lý mạng lưới"),
        ("Các cơ quan thông tấn, báo chí tuyên truyền về dự án.", "Các cơ quan thông tấn, báo chí"),
    ],
)
def test_a_name_ends_where_its_field_of_work_ends(sentence, lead):
    assert [d.lead for d in tasks(f"1. {sentence}")] == [(lead,)]


@pytest.mark.parametrize(
    ("sentence", "leads"),
    [
        ("UBND các Quận 1, Quận 5, Quận 10 chấn chỉnh lề đường.", ("UBND Quận 1", "UBND Quận 5", "UBND Quận 10")),
        ("Các thôn 2, 7 và 15 dọn bãi rác.", ("Thôn 2", "Thôn 7", "Thôn 15")),
        ("UBND các tỉnh Nam Sơn, Trường Vân rà soát tàu cá.", ("UBND tỉnh Nam Sơn", "UBND tỉnh Trường Vân")),
        ("Các Bộ: Ngoại giao, Công Thương trao đổi với các nước.", ("Bộ Ngoại giao", "Bộ Công Thương")),
        ("Các chủ hồ: Nà Pan, Nà Lon hạ mực nước.", ("Chủ hồ Nà Pan", "Chủ hồ Nà Lon")),
        (
            "Văn phòng Đảng ủy, Ủy ban Kiểm tra Đảng ủy: kiểm tra việc thực hiện.",
            ("Văn phòng Đảng ủy", "Ủy ban Kiểm tra Đảng ủy"),
        ),
        ("Giao Công an tỉnh, Sở Xây dựng, mỗi đơn vị cử hai cán bộ.", ("Công an tỉnh", "Sở Xây dựng")),
        ("Công an tỉnh, Sở Xây dựng, mỗi đơn vị cử hai cán bộ.", ("Công an tỉnh", "Sở Xây dựng")),
        ("Các Bộ: Công an, Tài chính báo cáo.", ("Bộ Công an", "Bộ Tài chính")),
        ("Giao đồng chí Chánh Văn phòng Tỉnh ủy bố trí lịch.", ("đồng chí Chánh Văn phòng Tỉnh ủy",)),
        ("Phòng Nông nghiệp và PTNT huyện làm việc với tỉnh.", ("Phòng Nông nghiệp và PTNT huyện",)),
        ("Các xã nộp báo cáo.", ("Các xã",)),
    ],
)
def test_numbers_and_places_that_begin_like_a_body_are_named_one_by_one(sentence, leads):
    assert [d.lead for d in tasks(f"1. {sentence}")] == [leads]


@pytest.mark.parametrize(
    ("sentence", "helpers"),
    [
        ("Đội Trật tự đô thị cùng Công an phường giải tán chợ cóc.", ("Công an phường",)),
        ("Sở Ngoại vụ cùng với Công an tỉnh quản lý đoàn ra.", ("Công an tỉnh",)),
        ("Sở Xây dựng chủ trì với UBND các xã kiểm đếm nhà cửa.", ("UBND các xã",)),
        ("Sở Xây dựng mời Viện Quy hoạch cùng phối hợp khảo sát.", ("Viện Quy hoạch",)),
        ("Phòng Công tác sinh viên đầu mối, các khoa cùng thực hiện đối thoại.", ("các khoa",)),
        ("Sở Xây dựng khởi công cùng lúc ba dự án.", ()),
    ],
)
def test_who_stands_beside_the_lead_helps(sentence, helpers):
    assert [d.coordinating for d in tasks(f"1. {sentence}")] == [helpers]


def test_a_task_of_a_plan_has_its_facts_in_labelled_lines():
    found = tasks(
        "1. Biên soạn tờ gấp về đất đai",
        "- Đơn vị chủ trì: Thanh tra Sở.",
        "- Đơn vị phối hợp: Văn phòng Sở; các xã.",
        "- Thời gian hoàn thành: trước ngày 15/5/2027.",
        "2. Kiện toàn tổ hòa giải",
        "- Cơ quan chủ trì: UBND các xã, phường.",
        "- Kinh phí: ngân sách xã.",
    )
    assert [(d.ref, d.lead, d.coordinating, d.deadline and d.deadline.date) for d in found] == [
        ("1", ("Thanh tra Sở",), ("Văn phòng Sở", "các xã"), date(2027, 5, 15)),
        ("2", ("UBND các xã, phường",), (), None),
    ]


def test_beside_a_day_to_come_a_past_one_says_what_the_task_is_about():
    (found,) = tasks("1. Quyết toán 06 công trình hoàn thành trong năm 2026, nộp Sở Tài chính trước ngày 30/10/2027.")
    assert found.deadline.date == date(2027, 10, 30)


def test_what_an_opening_lists_is_a_task_whatever_its_verb():
    read = read_notice(
        "Kính gửi:\n- Các xã, phường;\n- Ban Quản lý di tích.\nSở Văn hóa đề nghị các đơn vị:\n"
        "1. Siết chặt việc bày bán hàng rong.\n2. Gỡ bỏ biển quảng cáo.\n3. Đường dây nóng đã hoạt động.\n"
        "4. Lễ hội: thứ Năm, ngày 10/4/2027.\n",
        date(2027, 3, 9),
    )
    assert [d.ref for d in read.directives] == ["1", "2"]


def test_the_partners_of_a_heading_help_with_all_below_it():
    found = tasks(
        "1. Sở Nông nghiệp và Môi trường chủ trì, phối hợp với Công an tỉnh và UBND các xã:",
        "a) Làm sạch dữ liệu tàu cá trước ngày 30/4/2027.",
        "b) Lập báo cáo gửi UBND tỉnh.",
        "2. Sở Y tế lập báo cáo.",
    )
    assert [d.coordinating for d in found] == [("Công an tỉnh", "UBND các xã")] * 2 + [()]


def test_this_unit_is_the_one_named_above():
    found = tasks(
        "1. Trung tâm Kiểm soát bệnh tật tỉnh:",
        "- Lập hồ sơ sức khỏe.",
        "- Đơn vị này đồng thời chịu trách nhiệm thẩm định danh mục thiết bị.",
    )
    assert {d.lead for d in found} == {("Trung tâm Kiểm soát bệnh tật tỉnh",)}


def test_a_party_body_leads_others():
    found = tasks("1. Đảng ủy UBND tỉnh:", "- Lãnh đạo UBND tỉnh bố trí trang thiết bị.")
    assert [d.lead for d in found] == [("Đảng ủy UBND tỉnh",)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Về kiến nghị của xã An Lung xin gia hạn đến 30/9/2027: thống nhất chủ trương.",
        "Biểu dương các xã; một số việc giao trước (thời hạn trước ngày 30/6/2026) chưa hoàn thành.",
        "Phòng họp phục vụ hội nghị từ thứ Hai.",
        "Thủ tướng nhìn nhận việc in sách còn chậm.",
        "Các ý kiến của đại biểu là xác đáng, cần được tiếp thu.",
        "Trong quý III, Sở Xây dựng dẫn đầu khối sở về cải cách hành chính.",
        "Đến nay, Sở Xây dựng giải quyết 1.200 hồ sơ đất.",
        "Qua rà soát, Thanh tra tỉnh chỉ ra 5 nhóm sai phạm.",
        "Cuối năm, UBND xã An Lung nhận cờ thi đua.",
        "Công tác tổ chức lễ hội do UBND xã An Lung chủ trì, được nhân dân đánh giá cao.",
        "Trân trọng kính mời Sở Nội vụ, Sở Tư pháp cùng tham gia lễ khai mạc.",
    ],
)
def test_what_is_agreed_or_told_is_no_task(sentence):
    assert tasks(f"1. {sentence}", "2. Giao Sở Y tế lập báo cáo.")[0].lead == ("Sở Y tế",)


def test_a_party_notice_with_a_star_beside_its_date_has_its_date_and_number():
    read = read_notice(
        "TỈNH ỦY HÀ SƠN      ĐẢNG CỘNG SẢN VIỆT NAM\n*      Hà Sơn, ngày 19 tháng 01 năm 2027\nSố 208-TB/TU\n"
        "THÔNG BÁO\nKẾT LUẬN CỦA BAN THƯỜNG VỤ TỈNH ỦY\nBan Thường vụ Tỉnh ủy kết luận:\n1- Giao Sở Y tế báo cáo.\n"
    )
    assert (read.header.number, read.header.date) == ("208-TB/TU", date(2027, 1, 19))


@pytest.mark.parametrize(
    ("name", "word", "words", "belongs"),
    [
        ("Trung tâm Kỹ thuật", "tài", 2, True),
        ("Phòng Quản trị mạng", "siết", 3, False),
        ("Công ty Cấp", "nước", 1, True),
        ("Công ty Hà Sơn", "súc", 2, False),
        ("Văn phòng Sở", "toán", 0, True),
        ("Sở", "siết", 0, False),
        ("Chủ hồ Nà Lốc", "hạ mực nước", 3, False),
        ("Phòng Kinh tế", "hạ tầng", 2, True),
        ("Trung tâm Kỹ thuật giao", "thông vận tải", 3, True),
    ],
)
def test_a_small_word_in_a_name(name, word, words, belongs):
    assert goes_on(name, word, words) is belongs
