"""Somebody loses the telephone: from that moment the account can do nothing and is told nothing."""

from __future__ import annotations

from tests.faults.scene import Scene, at


async def test_a_revoked_account_is_out_at_once(scene: Scene) -> None:
    number = await scene.given("noi-vu", at("02/02").date())
    async with scene.running(at("31/01", "08:00")):
        card = await scene.hears("nam", f"#{number}")
        await scene.settles()
        await scene.presses("nam", card, "Đã nhận")
        await scene.says_the_database("select contact_id is not null from directives", [(1,)])
        await scene.settles()
        printed = await scene.there.does("revoke", "nam")
        assert "1 accounts ended" in printed
        assert f"  #{number} 2024-02-02 " in printed, "what is to be handed over"
        before = len(scene.heard("nam"))
        await scene.presses("nam", card, "Hoàn thành")
        await scene.says("nam", f"#{number} đã xong")
        await scene.hears("nam", "mã mời")
        await scene.moves_to(at("01/02", "07:30"))
        told = scene.heard("nam")[before:]
    assert all("mã mời" in m.text for m in told), "nothing but how to come in again"
    assert scene.ask("select state from directives") == [("in_progress",)]
    assert scene.ask("select count(*) from reports") == [(0,)]
    assert [f"#{number}" in m.text for m in scene.heard("noi")][-1:] == [True], "the duty is somebody else's now"
