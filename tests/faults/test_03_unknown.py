"""5xx, reset, timeout: nobody knows whether it was delivered. One repeat, marked, after a sign of life; never two."""

from __future__ import annotations

from datetime import timedelta

from tests.faults.scene import BEGINNING, REPEAT, Scene

PLAIN_AND_MARKED = {  # of an answer, by what happens to its first send
    "500": (0, 1),
    "502": (0, 1),
    "reset": (0, 1),
    "timeout": (0, 1),
    "500_delivered": (1, 1),
    "reset_delivered": (1, 1),
    "timeout_delivered": (1, 1),
}
WHO = dict(zip(PLAIN_AND_MARKED, ["nam", "noi", "tai", "moi", "hoa", "phuc", "lam"], strict=True))
TIMEOUT_S = 4.0  # nothing that arrives takes as long on a busy machine


def _answers(scene: Scene, who: str) -> tuple[int, int]:
    told = [m.text for m in scene.api.sent_to(scene.people[who])]
    marked = sum(bool(REPEAT.match(text)) for text in told)
    return len(told) - marked, marked


async def test_each_unknown_outcome_ends_in_one_marked_repeat(scene: Scene) -> None:
    scene.there.levers.set(read_timeout=TIMEOUT_S)
    async with scene.running(BEGINNING):
        await scene.settles()
        for kind, who in WHO.items():
            scene.api.fault(kind, chat=scene.people[who])
            await scene.says(who, "/trogiup")
        await scene.until(lambda: {k: _answers(scene, w) for k, w in WHO.items()} == PLAIN_AND_MARKED)
        await scene.settles()
        await scene.says("van", "/trogiup")  # more signs of life
        await scene.hears("van", "Đôn Đốc ·")
        await scene.settles()
    assert {kind: _answers(scene, who) for kind, who in WHO.items()} == PLAIN_AND_MARKED
    answers = f"from outbox where kind = 'answer' and chat != '{scene.people['van']}'"
    assert scene.ask(f"select state, repeats, count(*) {answers} group by 1, 2") == [("sent", 1, len(WHO))]


async def test_unknown_twice_is_given_up_and_the_office_is_told(scene: Scene) -> None:
    async with scene.running(BEGINNING):
        await scene.settles()
        scene.api.fault("500_delivered", times=2, chat=scene.people["tai"])
        await scene.given("tai-chinh", None, now=scene.there.levers.moment())
        await scene.until(lambda: _answers(scene, "tai") == (1, 1))
        await scene.says_the_database("select state from outbox where kind = 'issued'", [("failed",)])
        scene.there.levers.move_to(scene.there.levers.moment() + timedelta(minutes=5))
        await scene.hears("van", "Chưa rõ tin đã đến", "Vũ Thị Tài")
        await scene.settles()
    assert _answers(scene, "tai") == (1, 1)
    assert scene.ask("select unreachable_since from accounts where chat = '{}'".format(scene.people["tai"])) == [
        (None,)
    ]
