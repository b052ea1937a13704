"""Messages on their way out: what is seen, how they are split; and messages kept as JSON."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.base import (
    Button,
    Capabilities,
    IncomingFile,
    IncomingMessage,
    OutgoingFile,
    OutgoingMessage,
    Sender,
    parts,
    split_markup,
    visible,
)
from tests.botapi.markup import plain

BUTTONS = ((Button("Đã nhận", "ack"), Button("Báo cáo", "report")),)
PDF = OutgoingFile("a.pdf", "application/pdf", path="/kept/a")
PNG = OutgoingFile("b.png", "image/png", path="/kept/b")


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("<b>Việc #12</b> quá hạn", "Việc #12 quá hạn"),
        ("a &lt; b &amp; c &quot;d&quot; &#39;e&#39;", "a < b & c \"d\" 'e'"),
        ('<a href="https://vi.du/?a=1&amp;b=2">xem</a>', "xem"),
        ("<blockquote expandable>dài</blockquote>", "dài"),
        ("&lt;b&gt;không phải thẻ&lt;/b&gt;", "<b>không phải thẻ</b>"),
        ("", ""),
    ],
)
def test_what_a_person_sees(markup: str, seen: str) -> None:
    assert visible(markup) == seen


def test_a_text_within_the_limit_is_left_alone() -> None:
    assert split_markup("<b>" + "x" * 100 + "</b>", 100) == ["<b>" + "x" * 100 + "</b>"]


def test_a_long_text_is_cut_between_lines() -> None:
    lines = [f"{n}. " + "việc " * 10 for n in range(50)]
    pieces = split_markup("\n".join(lines), 300)
    assert "\n".join(pieces).split("\n") == lines


def test_open_tags_are_closed_at_a_cut_and_opened_again() -> None:
    first, second = split_markup("<b><i>" + "a" * 80 + "\n" + "b" * 80 + "</i></b>", 100)
    assert first == "<b><i>" + "a" * 80 + "</i></b>"
    assert second == "<b><i>" + "b" * 80 + "</i></b>"


def test_a_link_keeps_its_address_after_a_cut() -> None:
    link = '<a href="https://vi.du">'
    assert split_markup(f"{link}{'a' * 80}\n{'b' * 80}</a>", 100)[1] == f"{link}{'b' * 80}</a>"


def test_a_long_line_is_cut_between_words_without_new_line_breaks() -> None:
    line = "từng chữ một " * 50
    pieces = split_markup(line + "\nhết", 200)
    assert "".join(pieces) == line + "\nhết"
    assert all(piece.endswith((" ", "hết")) for piece in pieces)


@pytest.mark.parametrize("escape", ["&lt;", "&amp;", "&#39;", "&#x27;", "&quot;"])
@pytest.mark.parametrize("offset", range(8))
def test_an_escape_is_never_cut(escape: str, offset: int) -> None:
    pieces = split_markup("x" * offset + escape * 200, 70)
    assert "".join(map(visible, pieces)) == visible("x" * offset + escape * 200)


def test_ten_thousand_emoji() -> None:
    pieces = split_markup("🙂" * 10_000, 4096)
    assert "".join(pieces) == "🙂" * 10_000
    assert max(map(len, pieces)) <= 4096


@pytest.mark.parametrize("tail", ["\n</b>", "\n\n\n</b>", "</b>\n \n\n"])
def test_no_piece_is_empty_to_the_eye(tail: str) -> None:
    assert split_markup("<b>" + "x" * 100 + tail, 100) == ["<b>" + "x" * 100 + "</b>"]


WORDS = st.text(st.sampled_from("aăâ đê<>&\"'\n #12🙂"), max_size=30)
TAGS = st.sampled_from([("<b>", "</b>"), ("<i>", "</i>"), ('<a href="x">', "</a>"), ("<code>", "</code>")])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("'", "&#39;")


MARKUP = st.recursive(
    WORDS.map(_escaped),
    lambda inner: st.one_of(
        st.tuples(TAGS, inner).map(lambda t: t[0][0] + t[1] + t[0][1]),
        st.lists(inner, min_size=2, max_size=5).map("".join),
    ),
    max_leaves=40,
)


@given(MARKUP, st.integers(5, 120))
def test_every_piece_fits_can_be_parsed_and_nothing_is_lost(markup: str, limit: int) -> None:
    pieces = split_markup(markup, limit)
    assert all(len(plain(piece)) <= limit for piece in pieces)
    assert _ink("".join(map(plain, pieces))) == _ink(plain(markup))


def _ink(text: str) -> str:
    """The characters that leave ink: line breaks at a cut and empty ends may go."""
    return "".join(text.split())


def test_a_short_message_is_one_part() -> None:
    message = OutgoingMessage("chào", BUTTONS, reply_to="1", replaces="2")
    assert parts(message, Capabilities()) == [message]


def test_a_long_message_answers_with_its_first_and_asks_with_its_last_part() -> None:
    first, *_, last = parts(OutgoingMessage("dòng\n" * 3000, BUTTONS, reply_to="1"), Capabilities())
    assert (first.reply_to, first.buttons) == ("1", ())
    assert (last.reply_to, last.buttons) == (None, BUTTONS)


def test_a_short_text_stands_under_the_file() -> None:
    message = OutgoingMessage("kèm theo", BUTTONS, (PDF,), reply_to="1")
    assert parts(message, Capabilities()) == [message]


def test_each_file_is_a_send_of_its_own_and_the_buttons_come_last() -> None:
    first, second = parts(OutgoingMessage("kèm theo", BUTTONS, (PDF, PNG), reply_to="1"), Capabilities())
    assert (first.text, first.files, first.buttons, first.reply_to) == ("kèm theo", (PDF,), (), "1")
    assert (second.text, second.files, second.buttons) == ("", (PNG,), BUTTONS)


def test_a_text_too_long_for_a_caption_follows_the_files() -> None:
    message = OutgoingMessage("x" * 1025, BUTTONS, (PDF, PNG), reply_to="1")
    pdf, png, text = parts(message, Capabilities())
    assert (pdf.files, png.files, text.files) == ((PDF,), (PNG,), ())
    assert (text.text, text.buttons, text.reply_to) == (message.text, BUTTONS, "1")


def test_where_no_files_are_taken_the_words_go_alone() -> None:
    (only,) = parts(OutgoingMessage("kèm theo", files=(PDF,)), Capabilities(files=False))
    assert (only.text, only.files) == ("kèm theo", ())


def test_button_data_is_counted_in_bytes() -> None:
    Button("được", "đ" * 32)
    with pytest.raises(ValueError, match="64 bytes"):
        Button("không", "đ" * 33)


def test_what_came_survives_storage() -> None:
    message = IncomingMessage(
        channel="telegram",
        external_id="u1:2:3",
        chat="2",
        sender=Sender("2", "Trần Thị Hương"),
        at=datetime(2024, 2, 1, 1, 30, tzinfo=UTC),
        text="xong",
        files=(IncomingFile("ref", "a.pdf", 12, "application/pdf"),),
        reply_to="9",
    )
    assert IncomingMessage.from_json(message.to_json()) == message


def test_what_goes_out_survives_storage() -> None:
    message = OutgoingMessage("<b>x</b>", BUTTONS, (PDF,), reply_to="1", replaces="2")
    assert OutgoingMessage.from_json(message.to_json()) == message


def test_bytes_are_not_stored_in_a_message() -> None:
    with pytest.raises(ValueError, match="path"):
        OutgoingMessage("", files=(OutgoingFile("a", "text/plain", content=b"a"),)).to_json()
