"""Who acts is the numeric account alone: others' buttons, stale and forged ones, forwarded words, names alike."""

from __future__ import annotations

from tests.faults.scene import BEGINNING, Scene

GROUP, STRANGER = -77, 9999


async def test_nobody_acts_for_somebody_else(scene: Scene) -> None:
    number = await scene.given("noi-vu", None)
    before = scene.ask("select count(*) from transitions where directive_id is not null")
    async with scene.running(BEGINNING):
        card = await scene.hears("nam", f"#{number}")
        await _presses_what_is_not_theirs(scene, card.data("Đã nhận"))
        await _speaks_under_another_name(scene, number)
        await scene.settles()
    assert scene.ask("select state, contact_id from directives") == [("issued", None)]
    assert scene.ask("select count(*) from transitions where directive_id is not null") == before
    assert scene.ask("select count(*) from reports") == [(0,)]
    assert scene.ask("select count(*) from inbox where state != 'done'") == [(0,)]


async def _presses_what_is_not_theirs(scene: Scene, acknowledge: str) -> None:
    await scene.says("hoa", "/trogiup")
    own = await scene.hears("hoa", "Đôn Đốc")
    for data in (acknowledge, "ok:xxxxxxxxxxxx", "nope:1", "ack:'; DROP TABLE directives;--", "d", ""):
        before = len(scene.heard("hoa"))
        press = await scene.api.user_forges_press(scene.people["hoa"], own.message_id, data)
        if data:
            await scene.until(lambda press=press: scene.api.toast(press) is not None)  # type: ignore[misc]
        if data == acknowledge:
            await scene.until(lambda before=before: len(scene.heard("hoa")) > before)  # type: ignore[misc]
            assert "Việc này" in scene.heard("hoa")[-1].text


async def _speaks_under_another_name(scene: Scene, number: int) -> None:
    words = f"#{number} đã xong"
    nam = scene.api.world.user(scene.people["nam"])
    await scene.api._say(scene.people["hoa"], None, {"text": words, "forward_origin": _forwarded(nam)}, None)
    await scene.hears("hoa", f"Không có việc #{number}")
    scene.api.person(STRANGER, "Phạm Văn Nam")
    await scene.api.user_says(STRANGER, words)
    await scene.until(lambda: scene.heard(STRANGER, "mã mời"))
    scene.api.group(GROUP, "Tổ đôn đốc")
    anonymous = {"id": 1_087_968_824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    hidden = {"text": words, "sender_chat": scene.api.world.chat(GROUP)}
    update = await scene.api.push(message=scene.api.world.message(GROUP, anonymous, hidden))
    await scene.until(lambda: update in scene.api.queue.confirmed)
    assert scene.heard(GROUP) == []


def _forwarded(user: dict[str, object]) -> dict[str, object]:
    return {"type": "user", "date": 1_700_000_000, "sender_user": user}


async def test_a_button_of_yesterday_is_answered_politely(scene: Scene) -> None:
    number = await scene.given("noi-vu", None)
    async with scene.running(BEGINNING):
        card = await scene.hears("nam", f"#{number}")
        pressed = card.data("Đã nhận")
        await scene.presses("nam", card, "Đã nhận")
        await scene.says_the_database("select state from directives", [("in_progress",)])
        await scene.settles()
        press = await scene.api.user_forges_press(scene.people["nam"], card.message_id, pressed)
        await scene.until(lambda: scene.api.toast(press) is not None)
        await scene.settles()
    acknowledged = "select count(*) from transitions where event = 'acknowledge'"
    assert scene.ask(acknowledged) == [(1,)]
    assert scene.ask("select count(*) from inbox where state != 'done'") == [(0,)]
