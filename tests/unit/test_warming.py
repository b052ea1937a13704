"""What makes the first messages fast: patterns compiled soon after the start, beside the work, ended between two."""

from __future__ import annotations

import asyncio
import re
import threading

import pytest

from bot import app
from domain.replies import words
from domain.replies.words import Cue, said


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "WARM_AFTER_S", 0)


@pytest.fixture
def cues(monkeypatch: pytest.MonkeyPatch) -> list[Cue]:
    """Cues that nobody has needed yet."""
    monkeypatch.setattr(words, "ALL_CUES", [])
    return [Cue("đã xong"), Cue("xin thêm"), Cue("chưa rõ")]


@pytest.fixture
def compiling(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The thread of each compiling from now on."""
    threads: list[int] = []
    compiled = Cue._compiled

    def noted(cue: Cue, *, bare: bool) -> re.Pattern[str]:
        threads.append(threading.get_ident())
        return compiled(cue, bare=bare)

    monkeypatch.setattr(Cue, "_compiled", noted)
    return threads


async def test_both_spellings_of_all_cues_are_compiled_in_a_thread(cues: list[Cue], compiling: list[int]) -> None:
    await app._warm_later()
    assert len(compiling) == 2 * len(cues)
    assert threading.get_ident() not in compiling


async def test_a_message_read_afterwards_compiles_nothing(cues: list[Cue], compiling: list[int]) -> None:
    await app._warm_later()
    compiling.clear()
    assert cues[0].search(said("em đã xong ạ"))
    assert cues[0].search(said("em da xong a"))
    assert compiling == []


async def test_ending_the_program_waits_for_one_step_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    loop, begun, done = asyncio.get_running_loop(), asyncio.Event(), threading.Event()
    later: list[str] = []

    def first() -> None:
        loop.call_soon_threadsafe(begun.set)
        done.wait()

    monkeypatch.setattr(app, "warming", lambda: [first, lambda: later.append("second")])
    warming = asyncio.create_task(app._warm_later())
    await begun.wait()
    warming.cancel()
    await asyncio.gather(warming, return_exceptions=True)
    done.set()
    await loop.shutdown_default_executor()
    assert later == []


def test_all_cues_that_replies_are_read_with_are_among_the_steps() -> None:
    from domain.replies import reports, requests

    steps = words.warming()
    there = [cue for module in (reports, requests) for cue in vars(module).values() if isinstance(cue, Cue)]
    assert there
    assert all(cue.warm in steps for cue in there)
