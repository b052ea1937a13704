"""Reading notices: the invented ones of tests/corpus/notices with their gold, and one rule at a time."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notices.clauses import coordinating, only_units
from notices.model import ALL_UNITS, NO_UNIT
from notices.paragraphs import paragraphs_of
from notices.plain import plain
from notices.reading import SEVERAL_DEADLINES, read_notice
from notices.units import group_of, read_units

ROOT = Path(__file__).resolve().parents[2]
NOTICES = ROOT / "tests" / "corpus" / "notices"
SHARED = ROOT.parent / "shared"
INTRO = "Chủ tịch UBND huyện kết luận như sau:\n"


def tasks(*lines, issued=date(2027, 3, 1)):
    return read_notice(INTRO + "\n".join(lines), issued).directives


@pytest.mark.parametrize("name", [e["file"] for e in json.loads((NOTICES / "index.json").read_text("utf-8"))])
def test_annotated_notice(name):
    gold = json.loads((NOTICES / name.replace(".txt", ".gold.json")).read_text("utf-8"))
    notice = read_notice((NOTICES / name).read_text("utf-8"))
    head = notice.header
    assert {"number": head.number, "date": str(head.date), "signer": head.signer, "doc_type": head.doc_type} == gold[
        "document"
    ]
    assert len(notice.directives) == len(gold["directives"])
    for got, want in zip(notice.directives, gold["directives"], strict=True):
        due = want["deadline"]
        assert (got.ref, got.text[:80]) == (want["ref"], want["text"])
        assert (list(got.lead), list(got.coordinating)) == (want["lead"], want["coordinating"])
        assert (got.deadline is None) == (due is None)
        if got.deadline and due:
            assert (got.deadline.text, got.deadline.inclusive) == (due["text"], due["inclusive"])
            assert (str(got.deadline.date) if got.deadline.date else None) == due["date"]
        assert got.recurring == want["recurring"]


NAMES = {
    "Phòng Lao động, Thương binh và Xã hội chủ trì": ["Phòng Lao động, Thương binh và Xã hội"],
    "Phòng Kinh tế và Hạ tầng, Phòng Y tế phối hợp": ["Phòng Kinh tế và Hạ tầng", "Phòng Y tế"],
    "Các Sở: Tài chính, Văn hóa, Thể thao và Du lịch": ["Sở Tài chính", "Sở Văn hóa, Thể thao và Du lịch"],
    "UBND các xã An Lâm, Bình Lâm hoàn thành": ["UBND xã An Lâm", "UBND xã Bình Lâm"],
    "UBND các xã, thị trấn và các đơn vị liên quan rà soát": ["UBND các xã, thị trấn", "các đơn vị liên quan"],
    "Ban Quản lý dự án đầu tư xây dựng huyện khẩn trương": ["Ban Quản lý dự án đầu tư xây dựng huyện"],
    "đồng chí Lê Hoài Vân, Phó Chủ tịch UBND huyện chỉ đạo": ["đồng chí Lê Hoài Vân, Phó Chủ tịch UBND huyện"],
    "Văn phòng HĐND và UBND huyện theo dõi": ["Văn phòng HĐND và UBND huyện"],
    "UBND phường Tân Mỹ kiểm kê nhà, đất": ["UBND phường Tân Mỹ"],
    "các chủ đầu tư hạ tầng cụm công nghiệp, Công an huyện rà soát": [
        "các chủ đầu tư hạ tầng cụm công nghiệp",
        "Công an huyện",
    ],
}


@pytest.mark.parametrize(("text", "names"), NAMES.items())
def test_a_name_ends_where_a_verb_begins(text, names):
    found = read_units(text, plain(text), 0)
    assert found is not None
    assert [unit.name for unit in found.names] == names


@pytest.mark.parametrize(
    "text",
    ["Báo cáo UBND huyện", "Tổ chức ký cam kết", "Ban hành kế hoạch", "Phòng, chống thiên tai", "Lãnh đạo, chỉ đạo"],
)
def test_words_that_only_begin_like_a_unit(text):
    assert read_units(text, plain(text), 0) is None


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("các cơ quan, đơn vị, địa phương", "all"),
        ("UBND các xã, phường, thị trấn", "communes"),
        ("các sở, ban, ngành", "departments"),
        ("các phòng, ban", "departments"),
        ("Phòng Nội vụ", None),
    ],
)
def test_groups_are_told_apart(name, group):
    assert group_of(plain(name)) == group


def test_bullets_inherit_the_unit_of_their_heading():
    first, second = tasks("1. Phòng Nội vụ:", "- Rà soát biên chế.", "- Tham mưu kế hoạch tuyển dụng.")
    assert first.lead == second.lead == ("Phòng Nội vụ",)
    assert (first.ref, second.ref) == ("1.a", "1.b")


def test_two_units_in_one_paragraph_are_two_tasks():
    found = tasks("1. Giao Phòng Nội vụ lập danh sách; giao Phòng Y tế khám sức khỏe.")
    assert [d.lead for d in found] == [("Phòng Nội vụ",), ("Phòng Y tế",)]
    assert [d.ref for d in found] == ["1-1", "1-2"]


def test_two_deadlines_in_one_paragraph_are_two_tasks():
    found = tasks("1. Giao Phòng Nội vụ lập danh sách trước ngày 05/4/2027; báo cáo UBND huyện trước ngày 20/4/2027.")
    assert [d.deadline.date.day for d in found] == [5, 20]


def test_tasks_with_deadlines_of_their_own_in_one_sentence_are_parted():
    found = tasks("1. Giao Phòng Nội vụ lập danh sách trước ngày 05/4/2027, báo cáo trước ngày 20/4/2027.")
    assert [(d.lead, d.deadline.date.day, d.warnings) for d in found] == [
        (("Phòng Nội vụ",), 5, ()),
        (("Phòng Nội vụ",), 20, ()),
    ]


def test_two_deadlines_of_one_task_are_shown_as_a_doubt():
    (found,) = tasks("1. Giao Phòng Nội vụ gửi báo cáo tháng trước ngày 05/4/2027 và trước ngày 05/5/2027.")
    assert SEVERAL_DEADLINES in found.warnings


def test_a_later_paragraph_gives_the_items_their_deadline():
    found = tasks(
        "1. Phòng Nội vụ báo cáo biên chế.",
        "2. Phòng Y tế báo cáo nhân lực.",
        "Báo cáo của các đơn vị gửi về Văn phòng trước ngày 20/4/2027.",
    )
    assert [d.deadline.date for d in found] == [date(2027, 4, 20)] * 2


def test_a_task_for_nobody_is_for_everyone_and_says_so():
    (found,) = tasks("1. Khẩn trương rà soát hồ sơ tồn đọng.")
    assert (found.lead, found.group, found.warnings) == ((ALL_UNITS,), "all", (NO_UNIT,))


def test_assessments_give_no_task():
    found = tasks(
        "I. Đánh giá chung",
        "1. Các đơn vị đã tích cực triển khai, hoàn thành kế hoạch.",
        "II. Nhiệm vụ",
        "1. Rà soát hồ sơ.",
    )
    assert [d.ref for d in found] == ["II.1"]


def test_a_sentence_left_out_is_named():
    notice = read_notice(INTRO + "1. Giao Phòng Nội vụ rà soát biên chế.\nYêu cầu các đơn vị nghiêm túc thực hiện./.")
    assert notice.left_out == ("Yêu cầu các đơn vị nghiêm túc thực hiện./.",)


def test_partners_of_others_are_not_the_leads_partners():
    text = "Giao Sở Xây dựng đôn đốc các chủ đầu tư phối hợp với chính quyền địa phương"
    assert coordinating(text, plain(text), ("Sở Xây dựng",)) == ()
    text = "Giao Sở Xây dựng chủ trì, phối hợp chặt chẽ với Công an tỉnh và các cơ quan liên quan rà soát"
    assert coordinating(text, plain(text), ("Sở Xây dựng",)) == ("Công an tỉnh", "các cơ quan liên quan")


@pytest.mark.parametrize(
    "heading", ["Phòng Nội vụ huyện:", "Giao Phòng Nội vụ", "Đối với UBND các xã", "Trách nhiệm của Công an huyện"]
)
def test_headings_that_name_units(heading):
    assert only_units(heading)


@pytest.mark.parametrize("heading", ["Nhiệm vụ chung:", "Tổ chức thực hiện", "Công tác cải cách hành chính"])
def test_headings_that_name_none(heading):
    assert only_units(heading) == ()


def test_the_letters_addressees_stand_for_everyone():
    addressees = "Kính gửi:\n- Phòng Nội vụ;\n- Phòng Y tế.\n\n"
    letter = addressees + "Để tổng hợp, đề nghị các cơ quan, đơn vị thực hiện như sau:\n1. Rà soát số liệu."
    (found,) = read_notice(letter).directives
    assert found.lead == ("Phòng Nội vụ", "Phòng Y tế")


def test_hard_line_ends_page_numbers_and_footnotes_go():
    text = (
        "     1. Giao Phòng Tài chính - Kế hoạch chủ trì rà soát các nguồn thu của huyện theo\n"
        "quy định1 và báo cáo Ủy ban nhân dân huyện về kết quả thực hiện trong thời gian\n"
        "\n   1 Nghị quyết về dự toán ngân sách năm nay của Hội đồng nhân dân huyện\n"
        "                                        2\n\n"
        "sớm nhất; kịp thời đề xuất các giải pháp tháo gỡ những khó khăn, vướng mắc phát\n"
        "sinh tại cơ sở.\n"
    )
    (found,) = paragraphs_of(text)
    assert "trong thời gian sớm nhất; kịp thời" in found.text
    assert found.text.endswith("vướng mắc phát sinh tại cơ sở.")
    assert "quy định và" in found.text


def test_a_notice_without_tasks_is_read_calmly():
    notice = read_notice(
        "THÔNG BÁO\nVề lịch nghỉ lễ\n\nVăn phòng thông báo lịch nghỉ lễ năm 2027 đến toàn thể cán bộ./."
    )
    assert (notice.directives, notice.refused) == ((), None)


def test_an_empty_text_is_read_calmly():
    assert read_notice("").directives == ()


def test_a_secret_notice_is_refused():
    notice = read_notice("TỐI MẬT\n" + INTRO + "1. Giao Công an huyện chủ trì.")
    assert (notice.refused, notice.directives) == ("secret: TỐI MẬT", ())


LINES = [
    "I. Nhiệm vụ",
    "1. Giao Phòng Nội vụ",
    "- Rà soát trước ngày 15/3;",
    "Kính gửi:",
    "Nơi nhận:",
    "yêu cầu các đơn vị:",
    "2",
    "",
    "1.1.",
    "Các Sở: A, B",
]


@settings(max_examples=50, deadline=None)
@given(st.one_of(st.text(max_size=400), st.lists(st.sampled_from(LINES), max_size=25).map("\n".join)))
def test_whatever_is_written_is_read(text):
    notice = read_notice(text, date(2027, 3, 1))
    for directive in notice.directives:
        assert directive.text
        assert directive.lead


FLOORS = {"directives": 0.97, "lead": 0.97, "coordinating": 0.93, "deadline": 0.98, "recurring": 0.95, "header": 0.98}


@pytest.mark.skipif(not (SHARED / "tools" / "score_notices.py").exists(), reason="the annotated notices are not here")
def test_annotated_notices_stay_above_their_floors():
    command = [sys.executable, str(SHARED / "tools" / "score_notices.py"), "--json"]
    score = json.loads(
        subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout.splitlines()[-1]
    )
    assert score["false"] == score["failed"] == 0
    assert {name: score[name] for name, floor in FLOORS.items() if score[name] < floor} == {}
