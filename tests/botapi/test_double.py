"""The double refuses what Telegram refuses, and keeps its queue as Telegram does."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.botapi import TOKEN, BotApi
from tests.botapi.faults import Rates
from tests.botapi.markup import Unparsable, plain
from tests.patience import WITHIN_S

NAM = 5001


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as double:
        yield double


@pytest.fixture
async def http(api: BotApi) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=api.url, timeout=10) as client:
        yield client


async def ask(http: httpx.AsyncClient, method: str, **fields: Any) -> dict[str, Any]:
    answer: dict[str, Any] = (await http.post(f"/bot{TOKEN}/{method}", data=fields)).json()
    return answer


async def updates(http: httpx.AsyncClient, **fields: Any) -> list[int]:
    return [u["update_id"] for u in (await ask(http, "getUpdates", **fields))["result"]]


async def test_updates_come_again_until_a_later_offset_confirms_them(api: BotApi, http: httpx.AsyncClient) -> None:
    first, second = await api.user_says(NAM, "một"), await api.user_says(NAM, "hai")
    assert await updates(http) == await updates(http, offset=first) == [first, second]
    assert await updates(http, offset=second) == [second]
    assert await updates(http, offset=second + 1) == []
    assert api.queue.confirmed == [first, second]


async def test_an_offset_from_the_future_confirms_nothing(api: BotApi, http: httpx.AsyncClient) -> None:
    update = await api.user_says(NAM, "một")
    assert await updates(http, offset=update + 1_000_000) == [update]


async def test_a_long_poll_ends_when_something_comes(api: BotApi, http: httpx.AsyncClient) -> None:
    polling = asyncio.create_task(updates(http, timeout=30))
    await api.wait_for(lambda: api.queue._poll == 1)
    update = await api.user_says(NAM, "một")
    assert await polling == [update]


async def test_a_long_poll_ends_empty_after_its_time(http: httpx.AsyncClient) -> None:
    assert await updates(http, timeout=0.05) == []


async def test_a_second_poll_ends_the_first_with_a_conflict(api: BotApi, http: httpx.AsyncClient) -> None:
    first = asyncio.create_task(ask(http, "getUpdates", timeout=30))
    await api.wait_for(lambda: api.queue._poll == 1)
    second = asyncio.create_task(updates(http, timeout=30))
    assert (await first)["error_code"] == 409
    update = await api.user_says(NAM, "một")
    assert await second == [update]


REFUSED = [
    ({"chat_id": NAM, "text": "x" * 4097}, 400, "message is too long"),
    ({"chat_id": NAM, "text": " "}, 400, "message text is empty"),
    ({"chat_id": NAM, "text": "<b>x", "parse_mode": "HTML"}, 400, "can't parse entities"),
    ({"chat_id": 404, "text": "x"}, 400, "chat not found"),
    ({"chat_id": "@nobody", "text": "x"}, 400, "chat not found"),
    ({"chat_id": 6001, "text": "x"}, 403, "can't initiate conversation"),
    ({"chat_id": 6002, "text": "x"}, 403, "blocked by the user"),
    ({"chat_id": 6003, "text": "x"}, 400, "Bad Request: chat not found"),
    ({"chat_id": -60, "text": "x"}, 403, "kicked from the group chat"),
    (
        {"chat_id": NAM, "text": "x", "reply_parameters": '{"message_id": 9999}'},
        400,
        "message to be replied not found",
    ),
    (
        {
            "chat_id": NAM,
            "text": "x",
            "reply_markup": json.dumps({"inline_keyboard": [[{"text": "b", "callback_data": "đ" * 33}]]}),
        },
        400,
        "BUTTON_DATA_INVALID",
    ),
]


@pytest.mark.parametrize(("fields", "code", "words"), REFUSED, ids=[case[2] for case in REFUSED])
async def test_what_telegram_refuses(
    api: BotApi, http: httpx.AsyncClient, fields: dict[str, Any], code: int, words: str
) -> None:
    await api.user_says(NAM, "/start")
    api.person(6001, "Chưa bấm Start")
    await api.user_says(6002, "/start")
    api.blocks(6002)
    api.vanishes(api.person(6003, "Đã xoá tài khoản"))
    api.world.started.add(6003)
    api.blocks(api.group(-60, "Nhóm cũ"))
    answer = await ask(http, "sendMessage", **fields)
    assert (answer["ok"], answer["error_code"]) == (False, code)
    assert words in answer["description"]
    assert api.sent_to(NAM) == []


async def test_4096_visible_characters_are_allowed_whatever_the_markup(api: BotApi, http: httpx.AsyncClient) -> None:
    await api.user_says(NAM, "/start")
    text = "<b>" + "&lt;" * 4096 + "</b>"
    assert (await ask(http, "sendMessage", chat_id=NAM, text=text, parse_mode="HTML"))["ok"]


@pytest.mark.parametrize(("path", "code"), [("/bot1:wrong/getMe", 401), ("/botnonsense/getMe", 404)])
async def test_a_wrong_token_is_rejected(http: httpx.AsyncClient, path: str, code: int) -> None:
    assert (await http.post(path)).status_code == code


async def test_a_method_telegram_does_not_have(http: httpx.AsyncClient) -> None:
    assert (await ask(http, "sendTelepathy"))["error_code"] == 404


async def test_calls_during_the_silence_are_refused_and_remembered(api: BotApi, http: httpx.AsyncClient) -> None:
    await api.user_says(NAM, "/start")
    api.fault("429", retry_after=60)
    answers = [await ask(http, "sendMessage", chat_id=NAM, text="x") for _ in range(2)]
    assert [a["parameters"]["retry_after"] for a in answers] == [60, 60]
    assert len(api.too_early) == 1


async def test_who_calls_during_the_silence_waits_from_the_beginning(api: BotApi, http: httpx.AsyncClient) -> None:
    await api.user_says(NAM, "/start")
    api.fault("429", retry_after=0.3)
    await ask(http, "sendMessage", chat_id=NAM, text="x")
    ends = api._silent_until
    await ask(http, "sendChatAction", chat_id=NAM, action="typing")
    assert api._silent_until > ends


async def test_what_nobody_fetched_for_a_day_is_gone(api: BotApi, http: httpx.AsyncClient) -> None:
    old = await api.user_says(NAM, "hôm kia")
    await api.hours_pass(25)
    new = await api.user_says(NAM, "hôm nay")
    assert await updates(http) == [new]
    assert api.queue.expired == [old]


async def test_a_network_that_swallows_everything_answers_nobody(api: BotApi, http: httpx.AsyncClient) -> None:
    polling = asyncio.create_task(updates(http, timeout=30))
    await api.wait_for(lambda: api.queue._poll == 1)
    await api.swallow()
    update = await api.user_says(NAM, "một")
    with pytest.raises(httpx.ReadTimeout):
        await http.post(f"/bot{TOKEN}/getMe", timeout=0.1)
    assert not polling.done()
    await api.answer_again()
    assert await updates(http) == [update]
    polling.cancel()


async def test_a_group_that_becomes_a_supergroup_names_its_new_address(api: BotApi, http: httpx.AsyncClient) -> None:
    api.group(-77, "Tổ đôn đốc")
    await api.becomes_supergroup(-77, -10077)
    answer = await ask(http, "sendMessage", chat_id=-77, text="x")
    assert answer["parameters"] == {"migrate_to_chat_id": -10077}
    assert (await ask(http, "sendMessage", chat_id=-10077, text="x"))["ok"]
    assert len(await updates(http)) == 2


async def test_into_one_chat_one_a_second_in_the_long_run() -> None:
    rates = Rates()
    taken = sum(not rates.passed_by(NAM) for _ in range(50))
    assert taken == Rates.CHAT_BURST
    assert not rates.passed_by(NAM + 1)


async def test_into_a_group_twenty_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("tests.botapi.faults.time.monotonic", lambda: now)
    rates, taken = Rates(), 0
    while now < 1059:
        taken += not rates.passed_by(-5)
        now += 1.5
    assert taken == Rates.GROUP_PER_MINUTE


async def test_strict_rates_refuse_a_flood() -> None:
    async with BotApi(strict_rates=True) as api, httpx.AsyncClient(base_url=api.url) as http:
        await api.user_says(NAM, "/start")
        answers = [await ask(http, "sendMessage", chat_id=NAM, text=str(n)) for n in range(8)]
    assert [a["ok"] for a in answers] == [True] * 5 + [False] * 3
    assert api.floods == 3


async def test_delivered_though_the_connection_was_reset(api: BotApi, http: httpx.AsyncClient) -> None:
    await api.user_says(NAM, "/start")
    api.fault("reset_delivered")
    with pytest.raises(httpx.TransportError):
        await ask(http, "sendMessage", chat_id=NAM, text="x")
    assert [m.text for m in api.sent_to(NAM)] == ["x"]


def test_a_fault_that_does_not_exist_is_a_mistake_of_the_test(api: BotApi) -> None:
    with pytest.raises(ValueError, match="no such fault"):
        api.fault("gremlins")


async def test_a_button_that_is_not_there_cannot_be_pressed(api: BotApi, http: httpx.AsyncClient) -> None:
    await api.user_says(NAM, "/start")
    await ask(http, "sendMessage", chat_id=NAM, text="không có nút")
    with pytest.raises(AssertionError, match="no button"):
        await api.user_presses(NAM, api.sent_to(NAM)[0].message_id, "Duyệt")


@pytest.mark.parametrize(
    ("html", "error"),
    [
        ("<b>x", "Can't find end tag"),
        ("x</b>", "Unexpected end tag"),
        ("<b><i>x</b></i>", "Unmatched end tag"),
        ("<table>x</table>", "Unsupported start tag"),
        ("a < b", "Unclosed start tag"),
        ("<b", "Unclosed start tag"),
    ],
)
def test_markup_telegram_refuses(html: str, error: str) -> None:
    with pytest.raises(Unparsable, match=error):
        plain(html)


@pytest.mark.parametrize(
    ("html", "shown"),
    [("<b>x</b> &amp; &#39;", "x & '"), ("R&D > x", "R&D > x"), ("&nbsp;", "&nbsp;"), ("", "")],
)
def test_markup_telegram_takes(html: str, shown: str) -> None:
    assert plain(html) == shown


async def test_the_same_hands_over_http(api: BotApi, http: httpx.AsyncClient) -> None:
    async def do(deed: str, **given: Any) -> Any:
        response = await http.post(f"/control/{deed}", json=given)
        assert response.status_code == 200, response.text
        return response.json()

    said = await do("say", user=NAM, text="/start")
    content = base64.b64encode(b"PK").decode()
    sent = await do("document", user=NAM, name="a.docx", content=content, caption="kèm")
    assert await updates(http) == [said["id"], sent["id"]]
    keys = json.dumps({"inline_keyboard": [[{"text": "Đã nhận", "callback_data": "ack"}]]})
    await ask(http, "sendMessage", chat_id=NAM, text="Việc mới", reply_markup=keys)
    (message,) = await do("sent", chat=NAM, count=1)
    press = await do("press", user=NAM, message_id=message["message_id"], label_or_data="Đã nhận")
    await ask(http, "answerCallbackQuery", callback_query_id=press["id"], text="Vâng")
    assert (await do("toast", press=press["id"]))["text"] == "Vâng"
    await do("fault", kind="403")
    assert (await ask(http, "sendMessage", chat_id=NAM, text="x"))["error_code"] == 403
    assert len((await do("state"))["pending"]) == 3


async def test_a_wrong_control_call_says_what_is_wrong(http: httpx.AsyncClient) -> None:
    for deed, given in (("say", {"text": "ai nói?"}), ("fault", {"kind": "gremlins"}), ("dance", {})):
        response = await http.post(f"/control/{deed}", json=given)
        assert response.status_code == 400
        assert "error" in response.json()


async def test_as_a_process_of_its_own_with_a_log(tmp_path: Path) -> None:
    log = tmp_path / "calls.jsonl"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.botapi", "--log", str(log), stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        url = (await asyncio.wait_for(process.stdout.readline(), WITHIN_S)).decode().strip()
        async with httpx.AsyncClient(base_url=url) as http:
            assert (await ask(http, "getMe"))["result"]["is_bot"]
    finally:
        process.terminate()
        await process.wait()
    assert [json.loads(line)["method"] for line in log.read_text().splitlines()] == ["getMe"]
