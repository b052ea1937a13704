"""The token is in no log line, no traceback, no repr."""

from __future__ import annotations

import io
import logging

import pytest

from channels.base import ChannelError, OutgoingMessage
from channels.telegram import TelegramChannel
from channels.telegram.redact import HIDDEN, RedactTokens, redact
from tests.botapi import TOKEN, BotApi
from tests.channels.conftest import NAM, Inbox, MakeChannel

URL = f"https://api.telegram.org/bot{TOKEN}/sendMessage"


@pytest.fixture
def log() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def logger(log: io.StringIO) -> logging.Logger:
    handler = logging.StreamHandler(log)
    handler.addFilter(RedactTokens())
    logger = logging.Logger("of this test")
    logger.addHandler(handler)
    return logger


@pytest.mark.parametrize("text", [URL, TOKEN, f"/bot{TOKEN}/getMe", TOKEN.replace(":", "%3A")])
def test_a_token_is_hidden_wherever_it_stands(text: str) -> None:
    assert HIDDEN in redact(text)
    assert TOKEN.partition(":")[2] not in redact(text)


@pytest.mark.parametrize("text", ["Việc #12: hạn 08:30", "12:34:56", "1234567:ngắn"])
def test_other_text_is_left_alone(text: str) -> None:
    assert redact(text) == text


def test_a_record_is_redacted_in_message_and_arguments(logger: logging.Logger, log: io.StringIO) -> None:
    logger.info('HTTP Request: POST %s "%d OK"', URL, 200)
    assert log.getvalue() == f'HTTP Request: POST https://api.telegram.org/bot{HIDDEN}/sendMessage "200 OK"\n'


def test_a_traceback_is_redacted_with_its_causes(logger: logging.Logger, log: io.StringIO) -> None:
    try:
        try:
            raise ValueError(URL)
        except ValueError as exc:
            raise RuntimeError("failed") from exc
    except RuntimeError:
        logger.exception("Not sent")
    assert "RuntimeError: failed" in log.getvalue()
    assert HIDDEN in log.getvalue()
    assert TOKEN not in log.getvalue()


def test_a_record_with_wrong_arguments_is_written_all_the_same(logger: logging.Logger, log: io.StringIO) -> None:
    logger.info("two %s %s", TOKEN)
    assert HIDDEN in log.getvalue()


def test_formatters_that_render_the_exception_themselves_find_none(logger: logging.Logger) -> None:
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "m", (), (ValueError, ValueError(TOKEN), None))
    assert RedactTokens().filter(record)
    assert record.exc_info is None


async def test_a_day_of_work_prints_no_token(
    api: BotApi, make_channel: MakeChannel, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("httpx", "httpcore", "telegram"):
        assert not logging.getLogger(name).isEnabledFor(logging.INFO)
    channel = make_channel()
    await channel.start(inbox)
    await api.wait_confirmed(await api.user_says(NAM, "một"))
    await channel.send(str(NAM), OutgoingMessage("hai"))
    await api.go_down()
    with pytest.raises(ChannelError) as caught:
        await channel.send(str(NAM), OutgoingMessage("ba"))
    assert TOKEN not in caplog.text + repr(channel) + repr(caught.value) + repr(caught.value.__context__)


def test_repr_shows_no_token() -> None:
    assert repr(TelegramChannel(TOKEN)) == "TelegramChannel(@?)"
