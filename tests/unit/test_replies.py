"""The reading of officers' messages: the corpus with its floors, what each rule promises, and any text at all."""

import json
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.understanding import answers, run
from domain.replies import Act, Kind, Reading, understand
from domain.replies.words import warm_up

CORPUS = Path(__file__).parent.parent / "corpus" / "replies"
NOW = datetime(2024, 3, 5, 2, 0, tzinfo=UTC)  # 09:00 in the office
DESTRUCTIVE = {"done", "extension", "decline"}


@pytest.fixture(scope="module", autouse=True)
def compiled_cues() -> None:
    """Compiling them takes seconds, which Hypothesis would count as the time of its first example."""
    warm_up()
    understand("xin lùi đến 20/3, còn 3/5 hộ chưa xong", now=NOW, open=[1, 2])


def lines(part: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / f"{part}.jsonl").read_text("utf-8").splitlines()]


def answer(line: dict[str, Any]) -> dict[str, Any]:
    asked = json.dumps({k: line[k] for k in ("text", "now", "open", "reply_to")})
    return json.loads(next(answers([asked])))  # type: ignore[no-any-return]


def kinds(act: dict[str, Any]) -> set[str]:
    return {act["kind"], *act.get("also", [])}


def hits(wanted: list[dict[str, Any]], got: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Each expected act with the act read for it, if there is one of its directive and kind."""
    left, pairs = list(got), []
    for act in wanted:
        hit = next((g for g in left if g["directive"] == act["directive"] and g["kind"] in kinds(act)), None)
        if hit is not None:
            left.remove(hit)
        pairs.append((act, hit))
    return pairs


def shares(part: str) -> dict[str, float]:
    """Over the expected acts: kind with its directive, directive alone, and each stated value, as shares right."""
    right: dict[str, list[bool]] = {"kind": [], "directive": [], "percent": [], "until": []}
    for line in lines(part):
        got, wanted = answer(line)["acts"], line["expected"]["acts"]
        right["directive"].append({a["directive"] for a in got} == {a["directive"] for a in wanted})
        for act, hit in hits(wanted, got):
            right["kind"].append(hit is not None)
            for value in ("percent", "until"):
                if act[value] is not None and (hit is None or hit["kind"] == act["kind"]):
                    right[value].append(hit is not None and hit[value] == act[value])
    return {what: sum(found) / len(found) for what, found in right.items()}


def one(text: str, *, open_: tuple[int, ...] = (12,), reply_to: int | None = 12, files: int = 0) -> Act:
    reading = understand(text, now=NOW, open=open_, reply_to=reply_to, files=files)
    assert len(reading.acts) == 1
    return reading.acts[0]


def named(text: str, *open_: int, reply_to: int | None = None) -> list[tuple[int | None, str]]:
    return [(a.directive, a.kind.value) for a in understand(text, now=NOW, open=open_, reply_to=reply_to).acts]


def test_the_corpus_is_large_and_a_third_was_kept_unseen() -> None:
    seen, unseen = len(lines("seen")), len(lines("unseen"))
    assert seen + unseen >= 400
    assert unseen >= 0.3 * (seen + unseen)


def test_the_two_parts_share_no_message() -> None:
    assert not {x["text"] for x in lines("seen")} & {x["text"] for x in lines("unseen")}


@pytest.mark.parametrize(("part", "floor"), [("seen", 0.99), ("unseen", 0.95)])
def test_kinds_stay_above_their_floor(part: str, floor: float) -> None:
    assert shares(part)["kind"] >= floor


@pytest.mark.parametrize(
    ("what", "part", "floor"),
    [("directive", "seen", 0.99), ("directive", "unseen", 0.98), ("until", "seen", 0.99), ("until", "unseen", 0.96)],
)
def test_directives_and_dates_stay_above_their_floor(what: str, part: str, floor: float) -> None:
    assert shares(part)[what] >= floor


@pytest.mark.parametrize("part", ["seen", "unseen"])
def test_nothing_destructive_is_read_where_nothing_destructive_was_said_without_doubt(part: str) -> None:
    for line in lines(part):
        got = answer(line)
        allowed = {k for a in line["expected"]["acts"] for k in kinds(a)}
        wrong = {a["kind"] for a in got["acts"]} & DESTRUCTIVE - allowed
        assert not wrong or got["doubt"], line["text"]


@pytest.mark.parametrize("part", ["seen", "unseen"])
def test_done_more_time_and_another_unit_are_always_confirmed(part: str) -> None:
    for line in lines(part):
        got = answer(line)
        assert got["doubt"] or not DESTRUCTIVE & {a["kind"] for a in got["acts"]}, line["text"]


@given(
    st.text(max_size=300), st.lists(st.integers(1, 99), max_size=4), st.none() | st.integers(1, 99), st.integers(0, 2)
)
def test_any_text_is_read(text: str, open_: list[int], reply_to: int | None, files: int) -> None:
    reading = understand(text, now=NOW, open=open_, reply_to=reply_to, files=files)
    assert reading.acts
    assert all(a.percent is None or 0 <= a.percent <= 100 for a in reading.acts)


WORDS = """
    #12 việc 15 xong chưa rồi đã đang xin lùi gia hạn đến 31/2 20/3 80% 3/5 0/0 hộ vướng không còn nhưng và , . ? của
    Phòng bên cả hai còn lại một nửa thêm mười ngày 99999 - : trừ ok nhận 100% cuối tháng vì nên chờ
"""


@given(st.lists(st.sampled_from(WORDS.split()), max_size=25).map(" ".join))
def test_any_mixture_of_the_words_of_work_is_read_and_confirmed_where_it_must_be(text: str) -> None:
    reading = understand(text, now=NOW, open=(12, 15))
    assert reading.acts
    assert reading.doubt or not any(a.kind.value in DESTRUCTIVE for a in reading.acts)


@given(st.sampled_from(lines("seen")))
def test_typing_in_capitals_changes_no_kind(line: dict[str, Any]) -> None:
    shouted = answer({**line, "text": line["text"].upper()})
    assert [a["kind"] for a in shouted["acts"]] == [a["kind"] for a in answer(line)["acts"]]


def test_decomposed_letters_are_the_same_letters() -> None:
    assert (
        one("chu\u031ba xong, mo\u031b\u0301i \u0111\u01b0\u01a1\u0323c mo\u0323\u0302t nu\u031b\u0309a").percent == 50
    )


@pytest.mark.parametrize(
    "text", ["chưa xong", "gần xong", "sắp xong", "mai xong", "xong phần khảo sát", "chua hoan thanh"]
)
def test_unfinished_is_not_done(text: str) -> None:
    assert one(text).kind is Kind.PROGRESS


@pytest.mark.parametrize(
    ("text", "percent"),
    [("bảy phần mười", 70), ("dat chin muoi phan tram", 90), ("làm được tám phần mười", 80), ("hai phần ba rồi", 67)],
)
def test_shares_are_read_in_words(text: str, percent: int) -> None:
    assert (one(text).kind, one(text).percent) == (Kind.PROGRESS, percent)


@pytest.mark.parametrize(
    "text",
    [
        "Đã trình và được Chủ tịch ký ban hành",
        "viec da xong, de nghi dong nhiem vu",
        "đề nghị kết thúc nhiệm vụ, đã hoàn thành",
    ],
)
def test_what_is_signed_or_asked_to_be_closed_is_done(text: str) -> None:
    assert one(text).kind is Kind.DONE


@pytest.mark.parametrize(
    "text", ["đã gửi công văn đôn đốc, hạn báo cáo 18/3", "chưa được Chủ tịch ký ban hành", "sap xong roi a"]
)
def test_what_others_still_have_to_answer_or_sign_is_not_done(text: str) -> None:
    assert one(text).kind is Kind.PROGRESS


@pytest.mark.parametrize(
    "text",
    [
        "chuyen cho phong Noi vu giup em",
        "cái này bên Công an làm chứ",
        "việc này phải bên Tài chính làm chứ ạ",
        "chuyen viec nay cho phong Tai chinh",
    ],
)
def test_handing_it_to_another_unit_is_declining(text: str) -> None:
    assert one(text).kind is Kind.DECLINE


def test_numbers_in_a_row_are_directives_where_all_are_open() -> None:
    assert named("các việc 21,22 đều đạt 70%", 21, 22) == [(21, "progress"), (22, "progress")]


def test_signs_that_disagree_are_asked_about() -> None:
    assert understand("vướng mặt bằng, đã xong rồi", now=NOW, open=(12,), reply_to=12).doubt


def test_no_difficulty_is_no_difficulty() -> None:
    act = one("được 30%, không vướng gì")
    assert (act.kind, act.percent, act.difficulty) == (Kind.PROGRESS, 30, None)


def test_a_difficulty_beside_a_share_is_kept_as_written() -> None:
    act = one("Xong 80%, còn vướng 2 hộ ở Bản Mù")
    assert (act.kind, act.percent, act.difficulty) == (Kind.PROGRESS, 80, "còn vướng 2 hộ ở Bản Mù")


def test_what_is_left_is_taken_from_the_whole() -> None:
    assert one("còn 20% nữa thôi").percent == 80


def test_more_time_carries_its_date_and_reason() -> None:
    act = one("do mưa nhiều nên xin lùi đến 20/3")
    assert (act.kind, act.until, act.reason) == (Kind.EXTENSION, date(2024, 3, 20), "mưa nhiều")


def test_days_are_counted_from_the_office_s_today() -> None:
    late = datetime(2024, 3, 5, 18, 0, tzinfo=UTC)  # already 6 March in the office
    assert understand("xin thêm 10 ngày", now=late, open=(12,)).acts[0].until == date(2024, 3, 16)


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("xin lùi 5 ngày", date(2024, 3, 25)),
        ("xin 2 tuần nữa", date(2024, 4, 3)),
        ("xin them nua thang", date(2024, 4, 4)),
        ("xin gia hạn thêm 10 ngày tính từ hôm nay", date(2024, 3, 15)),
        ("xin lùi đến thứ 6 tuần sau", date(2024, 3, 15)),
        ("xin lùi đến 22/3", date(2024, 3, 22)),
        ("xin thêm một tháng rưỡi", None),
    ],
)
def test_a_span_counts_from_the_deadline_where_it_is_known(words: str, until: date | None) -> None:
    reading = understand(words, now=NOW, open=(12,), last_days={12: date(2024, 3, 20)})
    assert [(a.kind, a.until) for a in reading.acts] == [(Kind.EXTENSION, until)]


def test_a_span_counts_from_today_once_the_deadline_has_passed() -> None:
    reading = understand("xin lùi 5 ngày", now=NOW, open=(12,), last_days={12: date(2024, 3, 4)})
    assert reading.acts[0].until == date(2024, 3, 10)


def test_each_directive_has_its_own_deadline_to_count_from() -> None:
    days = {12: date(2024, 3, 20), 15: date(2024, 3, 25)}
    reading = understand("#12 và #15 xin thêm 1 tuần", now=NOW, open=(12, 15), last_days=days)
    assert [a.until for a in reading.acts] == [date(2024, 3, 27), date(2024, 4, 1)]


def test_an_impossible_date_is_asked() -> None:
    reading = understand("xin lùi đến 31/02", now=NOW, open=(12,))
    assert reading == Reading((Act(12, Kind.EXTENSION, text="xin lùi đến 31/02"),), doubt=True)


def test_the_right_unit_is_named_as_written() -> None:
    assert one("việc này của bên Phòng Nội vụ chứ ạ").unit == "Phòng Nội vụ"


def test_a_denied_unit_is_not_the_right_one() -> None:
    assert one("không thuộc Phòng Nội vụ, đề nghị giao Phòng Tư pháp").unit == "Phòng Tư pháp"


def test_a_stated_number_outweighs_the_message_replied_to() -> None:
    assert named("#15 đang làm", 12, 15, reply_to=12) == [(15, "progress")]


def test_the_only_open_directive_is_meant() -> None:
    assert named("đang làm", 12) == [(12, "progress")]


def test_among_several_open_directives_one_is_asked_for() -> None:
    reading = understand("đang làm", now=NOW, open=(12, 15))
    assert (reading.acts[0].directive, reading.doubt) == (None, True)


@pytest.mark.parametrize(
    "text", ["văn bản số 15 đã ban hành", "đã vận động 15 hộ", "ngày 15 em trình", "tổ 15 đang làm"]
)
def test_numbers_of_other_things_name_no_directive(text: str) -> None:
    assert named(text, 12, 15)[0][0] is None


def test_a_directive_that_is_not_open_is_doubtful() -> None:
    reading = understand("#99 đang làm", now=NOW, open=(12, 15))
    assert (reading.acts[0].directive, reading.doubt) == (99, True)


def test_several_directives_each_get_their_act() -> None:
    text = "#12 xong, #15 được 50%, #18 xin lùi đến 20/3"
    assert named(text, 12, 15, 18) == [(12, "done"), (15, "progress"), (18, "extension")]


def test_both_means_both_only_where_two_are_open() -> None:
    assert named("cả hai xong", 12, 15) == [(12, "done"), (15, "done")]
    assert named("cả hai xong", 12, 15, 18) == [(None, "done")]


def test_the_rest_are_the_open_ones_not_named() -> None:
    assert named("#12 xong, các việc còn lại đang làm", 12, 15, 18)[1:] == [(15, "progress"), (18, "progress")]


def test_except_one_means_the_others() -> None:
    assert named("xong hết trừ #12", 12, 15) == [(15, "done")]


def test_a_file_without_words_is_evidence_to_be_asked_about() -> None:
    reading = understand("", now=NOW, open=(12,), files=2)
    assert reading == Reading((Act(12, Kind.PROGRESS),), doubt=True)


def test_nothing_at_all_is_nothing() -> None:
    assert understand("", now=NOW, open=(12,)) == Reading((Act(None, Kind.NONE),), doubt=False)


def test_a_reply_that_is_not_understood_is_doubtful() -> None:
    assert understand("abc xyz", now=NOW, open=(12,), reply_to=12).doubt


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        understand("xong", now=NOW.replace(tzinfo=None))


def test_a_message_is_read_within_two_milliseconds() -> None:
    asked = [json.dumps(line) for line in lines("seen")]
    list(answers(asked))
    began = time.process_time()
    list(answers(asked))
    assert (time.process_time() - began) / len(asked) < 0.002  # measured: 0.55 ms


def test_a_very_long_message_is_read_in_a_blink() -> None:
    began = time.process_time()
    understand("xin " * 1000 + "12, " * 500, now=NOW, open=(12, 15))
    assert time.process_time() - began < 1


def test_a_broken_line_is_named_and_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", iter(['{"text": "xong"}\n']))
    assert run(["--jsonl"]) == 2
    assert "line 1" in capsys.readouterr().err


def test_answers_have_the_agreed_form(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked = {"text": "xin lùi đến 20/3 vì chờ vốn", "now": "2024-03-05T09:00", "open": [12], "reply_to": None}
    monkeypatch.setattr("sys.stdin", iter([json.dumps(asked)]))
    assert run(["--jsonl"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "acts": [
            {
                "directive": 12,
                "kind": "extension",
                "percent": None,
                "until": "2024-03-20",
                "difficulty": None,
                "reason": "chờ vốn",
                "unit": None,
            }
        ],
        "doubt": True,
    }


@pytest.mark.parametrize(
    "text",
    [
        "đã hỗ trợ 20 hộ: 12 xong, còn lại đang làm",
        "tổng 20 hộ (12 đã nhận tiền)",
        "cả 12 đang chờ duyệt",
        "tất cả 12 đã ký",
    ],
)
def test_how_many_of_them_is_no_directive(text: str) -> None:
    assert all(act.directive is None for act in understand(text, now=NOW, open=[12, 15]).acts)


@pytest.mark.parametrize("text", ["thứ hai em nộp bù rồi", "20/2 xã gửi bù xong rồi ạ"])
def test_what_has_been_handed_in_afterwards_asks_for_no_time(text: str) -> None:
    assert [act.kind for act in understand(text, now=NOW, open=[12]).acts] == [Kind.DONE]


@pytest.mark.parametrize("text", ["cong tac ra soat dang lam", "hop tac voi xa dang lam", "theo nguyên tắc đang làm"])
def test_a_word_that_only_ends_like_stuck_is_no_difficulty(text: str) -> None:
    (act,) = understand(text, now=datetime(2024, 2, 1, 9, tzinfo=UTC), open=[1], reply_to=1).acts
    assert act.kind is Kind.PROGRESS
    assert act.difficulty is None
