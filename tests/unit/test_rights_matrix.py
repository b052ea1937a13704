"""Who may do what: the page, the rules and every service agree, for everybody; and a check that is missing is found."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import services
from db import Database
from domain import rights
from domain.rights import Action
from services import coordinating, people
from tests.rights.asks import ASKED, ELSEWHERE
from tests.rights.scene import WHO, furnish, who_may
from tests.rights.table import COLUMNS, ROWS, by_the_rules, drawn, on_the_page

ACTS = {"By", "Acting", "Who"}  # how a service names who acts


def test_the_page_shows_every_action_for_everybody_as_the_rules_have_it() -> None:
    assert set(ROWS) == set(Action)
    assert on_the_page() == by_the_rules(), f"run: python -m tests.rights.table\n{drawn()}"


def test_everybody_of_the_table_stands_in_the_scene() -> None:
    assert set(WHO) == set(COLUMNS)


def test_every_service_that_somebody_acts_through_is_asked() -> None:
    found = set(_acting())
    assert found - set(ASKED) - set(ELSEWHERE) == set(), "new services: a line in tests/rights/asks.py each"
    assert (set(ASKED) | set(ELSEWHERE)) - found == set(), "gone: take their lines out of tests/rights/asks.py"
    assert set(ASKED) & set(ELSEWHERE) == set()


async def test_every_service_lets_through_whom_the_page_names_and_nobody_else(office: Database) -> None:
    assert await _differences(office) == {}


async def test_a_service_without_its_check_is_found(office: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async def let_pass(*_: Any) -> None:
        return

    monkeypatch.setattr(people, "check", let_pass)
    monkeypatch.setattr(people, "may_decide", lambda _: True)
    monkeypatch.setattr(coordinating, "_check", let_pass)  # asks besides whether the part is the person's unit's
    for module in (rights, *_modules()):
        if hasattr(module, "may"):
            monkeypatch.setattr(module, "may", lambda *_: True)
    assert set(await _differences(office, only="ended")) == set(ASKED)


@pytest.fixture
async def office(data_folder: Path) -> Any:
    database = Database(f"sqlite:///{data_folder / 'dondoc.sqlite'}")
    await furnish(database)
    yield database
    await database.close()


async def _differences(office: Database, only: str | None = None) -> dict[str, tuple[set[str], set[str]]]:
    """The services that do not do as the page says: (let through though they may not, refused though they may)."""
    page = on_the_page()
    found = {}
    for name, (action, asked) in ASKED.items():
        wanted = tuple(who for who in WHO if only in {None, who})
        let = await who_may(office, asked, wanted)
        either = action if isinstance(action, tuple) else (action,)
        expected = {who for who in wanted if any(page[one, who] for one in either)}
        if let != expected:
            found[name] = (let - expected, expected - let)
    return found


def _acting() -> dict[str, Callable[..., Any]]:
    """All public services that take a session and who acts."""
    found: dict[str, Callable[..., Any]] = {}
    for module in _modules():
        for name, each in vars(module).items():
            if inspect.iscoroutinefunction(each) and each.__module__ == module.__name__ and not name.startswith("_"):
                hints = {str(p.annotation).rsplit(".", 1)[-1] for p in inspect.signature(each).parameters.values()}
                if hints & ACTS:
                    found[f"{module.__name__.removeprefix('services.')}.{name}"] = each
    return found


def _modules() -> list[ModuleType]:
    return [importlib.import_module(f"services.{module.name}") for module in pkgutil.iter_modules(services.__path__)]
