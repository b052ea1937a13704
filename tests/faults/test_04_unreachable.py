"""403 and "chat not found": the office knows, the duty goes to the next, and the person's own word ends it."""

from __future__ import annotations

from tests.faults.scene import Scene, at


def _unreachable(scene: Scene) -> set[str]:
    rows = scene.ask(
        "select p.key from accounts a join people p on p.id = a.person_id where unreachable_since not null"
    )
    return {key for (key,) in rows}


async def test_the_duty_goes_on_to_whoever_can_be_told(scene: Scene) -> None:
    due = at("01/02").date()
    numbers = {unit: await scene.given(unit, due) for unit in ("noi-vu", "tai-chinh", "an-hoa")}
    async with scene.running(at("31/01", "08:00")):
        await scene.settles()
        await scene.presses("nam", await scene.hears("nam", "#1"), "Đã nhận")  # he is the contact from now on
        await scene.settles()
        scene.api.blocks(scene.people["nam"])
        scene.api.vanishes(scene.people["tai"])
        scene.api.world.started.discard(scene.people["hoa"])
        before = len(scene.api.world.sent)
        await scene.moves_to(at("01/02", "07:30"))
        await scene.moves_to(at("01/02", "07:34"))  # the office is told of all of them at once
        assert _unreachable(scene) == {"nam", "tai", "hoa"}
        new = scene.api.world.sent[before:]
        mine = f"#{numbers['noi-vu']}"
        assert [mine in m.text for m in new if m.chat == scene.people["noi"]] == [True], "the head, once"
        office = "\n".join(m.text for m in new if m.chat == scene.people["van"])
        assert all(name in office for name in ("Phạm Văn Nam", "Vũ Thị Tài", "Ngô Thị Hòa"))
        assert all(f"#{numbers[unit]}" in office for unit in ("tai-chinh", "an-hoa")), "nobody of the unit is left"
        assert scene.ask("select count(*) from directives where state not in ('issued', 'in_progress')") == [(0,)]
        await _comes_back(scene)


async def _comes_back(scene: Scene) -> None:
    await scene.says("nam", "/viec")
    await scene.hears("nam", "Phòng Nội vụ: 1 việc")
    assert _unreachable(scene) == {"tai", "hoa"}
    before = len(scene.heard("nam"))
    await scene.given("noi-vu", at("05/02").date(), now=scene.there.levers.moment(), task="Rà soát thủ tục")
    await scene.until(lambda: len(scene.heard("nam")) > before)
    assert "Rà soát thủ tục" in scene.heard("nam")[-1].text
