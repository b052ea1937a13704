"""Words about oneself are told from words about the work."""

import pytest

from domain.asides import absence_in, asks_again
from domain.snoozing import Later


@pytest.mark.parametrize(
    ("said", "later"),
    [
        ("Nhắc lại chiều nay", Later.AFTERNOON),
        ("nhac lai em chieu nay nhe", Later.AFTERNOON),
        ("chiều nhắc lại nhé", Later.AFTERNOON),
        ("mai nhắc lại", Later.TOMORROW),
        ("Vâng, mai nhắc lại giúp em ạ.", Later.TOMORROW),
        ("nhắc em sáng mai", Later.TOMORROW),
    ],
)
def test_being_reminded_again_is_asked_for(said: str, later: Later) -> None:
    assert asks_again(said) is later


@pytest.mark.parametrize(
    "said", ["mai em nhắc lại các xã", "đã nhắc lại chiều nay", "mai", "nhắc lại", "chiều nay xong", "mai nhắc lại #3"]
)
def test_other_words_of_tomorrow_ask_for_nothing(said: str) -> None:
    assert asks_again(said) is None


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("tôi nghỉ phép từ mai đến thứ 6", "từ mai đến thứ 6"),
        ("toi nghi phep tu mai den thu 6", "tu mai den thu 6"),
        ("Báo cáo anh, em đi công tác 5/3 đến 8/3, anh Nội thay", "5/3 đến 8/3, anh Nội thay"),
        ("em vắng mặt hôm nay", "hôm nay"),
    ],
)
def test_an_absence_is_heard(said: str, days: str) -> None:
    assert absence_in(said) == days


@pytest.mark.parametrize(
    "said",
    [
        "em nghỉ ốm",
        "anh Nam nghỉ phép từ mai",
        "chủ hộ đi vắng từ hôm qua",
        "em đi công tác đến thứ 6 nên xin lùi đến 20/3",
        "em đi công tác ngày mai mới báo cáo được",
        "tôi đã nghỉ phép từ hôm qua",
        "em nghỉ phép từ mai được không?",
        "mai em nghi",
        "mai anh Nam nghỉ phép",
        "mai em đi công tác kiểm tra hiện trường",
        "từ mai em nghỉ phép, việc 1 đã xong",
        "nghi phep xong roi, viec 12 dang lam",
    ],
)
def test_what_speaks_of_the_work_or_of_others_is_no_absence(said: str) -> None:
    assert absence_in(said) is None


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("từ mai em nghỉ phép", "từ mai"),
        ("mai em nghi phep a", "mai"),
        ("Dạ tuần sau tôi đi công tác", "tuần sau"),
        ("thứ 5 tuần sau em xin vắng mặt", "thứ 5 tuần sau"),
    ],
)
def test_the_day_may_come_first(said: str, days: str) -> None:
    assert absence_in(said) == days
