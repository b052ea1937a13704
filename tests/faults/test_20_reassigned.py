"""Reassigned between queueing and sending: who hears of it is decided at the moment of sending."""

from __future__ import annotations

from db import Database, sqlite_url
from domain.office import Office
from services import life, office, steering
from services.life import By
from tests.faults.scene import Scene, _person, at


async def _reassign(scene: Scene, number: int, unit_key: str) -> None:
    database = Database(sqlite_url(scene.there.database))
    async with database.write() as session:
        by = By(await _person(session, "van"), scene.there.levers.moment(), Office())
        directive = await life.by_number(session, number, by)
        unit = (await _person(session, unit_key)).unit
        await steering.reassign(session, directive, await office.unit(session, unit.id), by)
    await database.close()


async def test_the_card_goes_to_the_unit_that_has_it_when_it_is_sent(scene: Scene) -> None:
    number = await scene.given("noi-vu", at("05/02").date(), now=at("30/01", "21:00"))
    async with scene.running(at("30/01", "21:05")):  # quiet hours: queued
        await scene.settles()
        assert scene.states("issued")["queued"] >= 1
        await _reassign(scene, number, "tai")
        await scene.moves_to(at("31/01", "08:00"))
    assert scene.heard("nam", "Nhiệm vụ mới") == []
    assert len(scene.heard("tai", f"Nhiệm vụ mới #{number}")) == 1


async def test_a_reminder_that_waits_is_not_for_who_had_it_yesterday(scene: Scene) -> None:
    number = await scene.given("noi-vu", at("02/02").date())
    async with scene.running(at("31/01", "08:00")):
        await scene.settles()
        await scene.api.go_down()
        scene.there.levers.move_to(at("01/02", "07:30"))
        await scene.says_the_database("select count(*) > 0 from outbox where kind = 'reminder'", [(1,)])
        await _reassign(scene, number, "tai")
        before = len(scene.heard("nam"))
        await scene.api.come_up()
        await scene.hears("tai", f"#{number}")
        await scene.settles()
        reminded = [m for m in scene.heard("nam")[before:] if "Đã nhận" in m.labels or "cần chú ý" in m.text]
    assert reminded == []
    assert "sending" not in scene.states()
    assert scene.ask("select count(*) from transitions where event = 'reassign'") == [(1,)]
