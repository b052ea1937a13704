"""The limits of speed, with the time told."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import chain, islice

import pytest

from channels.telegram.pace import Pace


def moments(pace: Pace, chats: Iterator[str], count: int, step: float = 0.01) -> list[float]:
    """When a sender that is always ready gets to send ``count`` messages."""
    now, sent = 0.0, []
    for _ in range(count):
        chat = next(chats)
        while (wait := pace.wait(chat, now)) > 0:
            now += max(wait, step)
        pace.begin(chat, now)
        pace.end(chat, now)
        sent.append(round(now, 2))
    return sent


def one(chat: str) -> Iterator[str]:
    while True:
        yield chat


def many(name: Callable[[int], str] = str) -> Iterator[str]:
    return (name(n) for n in range(10_000_000))


def test_one_person_gets_three_at_once_and_then_one_a_second() -> None:
    assert moments(Pace(), one("5"), 6) == [0, 0, 0, 1, 2, 3]


def test_a_pause_gives_the_burst_back() -> None:
    pace = Pace()
    moments(pace, one("5"), 3)
    assert [pace.wait("5", now) for now in (0.0, 0.5, 1.0, 10.0)] == [1.0, 0.5, 0.0, 0.0]
    for _ in range(3):
        assert pace.wait("5", 10.0) == 0
        pace.begin("5", 10.0)
    assert pace.wait("5", 10.0) == 1.0


def test_others_do_not_wait_for_one_persons_turn() -> None:
    pace = Pace()
    moments(pace, one("5"), 3)
    assert (pace.wait("5", 0.0), pace.wait("6", 0.0)) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("chats", "count", "period", "limit"),
    [
        (many, 200, 1.0, 30),
        (lambda: one("-100"), 60, 60.0, 20),
        (lambda: one("5"), 60, 10.0, 13),
        (lambda: many(lambda n: f"-{n % 3}"), 150, 60.0, 60),
    ],
    ids=["over all", "a group", "a person", "three groups"],
)
def test_no_window_holds_more_than_the_limit(
    chats: Callable[[], Iterator[str]], count: int, period: float, limit: int
) -> None:
    sent = moments(Pace(), chats(), count)
    fullest = max(sum(1 for t in sent if start <= t < start + period) for start in sent)
    assert fullest <= limit


def test_thirty_people_at_once_then_the_next_after_a_second() -> None:
    sent = moments(Pace(), many(), 31)
    assert (sent[29], sent[30]) == (0, 1)


def test_a_morning_of_six_hundred_messages_takes_about_twenty_seconds() -> None:
    assert moments(Pace(), many(), 600)[-1] == pytest.approx(19, abs=0.5)


def test_silence_stops_everything_till_it_ends() -> None:
    pace = Pace()
    pace.pause(7.0, now=100.0)
    assert [pace.wait("5", now) for now in (100.0, 106.0, 107.0)] == [7.0, 1.0, 0.0]


def test_a_shorter_silence_does_not_end_a_longer_one() -> None:
    pace = Pace()
    pace.pause(60.0, now=100.0)
    pace.pause(1.0, now=101.0)
    assert pace.paused(102.0) == 58.0


def test_quiet_chats_are_forgotten_and_busy_ones_are_not() -> None:
    pace = Pace(overall_per_s=1_000_000)
    for chat in range(10_000):
        pace.begin(str(chat), 0.0)
        pace.end(str(chat), 0.0)
    for _ in range(3):
        pace.begin("busy", 100.0)
        pace.end("busy", 100.0)
    assert set(pace._chats) == {"busy"}
    assert pace.wait("busy", 100.0) == 1.0


def test_the_server_counts_no_more_than_thirty_a_second_however_uneven_the_way() -> None:
    chance, pace = random.Random(7), Pace()
    now = 0.0
    taken: list[float] = []
    under_way: list[tuple[float, str]] = []
    for chat in map(str, range(400)):
        while (wait := pace.wait(chat, now)) > 0:
            now += min(wait, 0.01)
            for ending in [e for e in under_way if e[0] <= now]:
                under_way.remove(ending)
                pace.end(ending[1], ending[0])
        pace.begin(chat, now)
        on_the_way, back = chance.uniform(0, 2), chance.uniform(0, 0.2)
        taken.append(now + on_the_way)
        under_way.append((now + on_the_way + back, chat))
    assert max(sum(1 for t in taken if start <= t < start + 1) for start in taken) <= 30


Way = tuple[float, float]  # seconds there and back


def broadcast(pace: Pace, ways: Iterator[Way], count: int, side_by_side: int = 12) -> tuple[list[float], list[float]]:
    """When each of so many messages is sent and when the server takes it, several on their way at once."""
    now, sent, taken = 0.0, [], []
    under_way: list[tuple[float, str]] = []
    for chat in map(str, range(count)):
        while (wait := pace.ready_in(now, is_answer=False)) > 0 or len(under_way) >= side_by_side:
            now = min([now + max(wait, 0.001), *(back for back, _ in under_way if back > now)])
            for back, whose in sorted(way for way in under_way if way[0] <= now):
                pace.end(whose, back)
            under_way = [way for way in under_way if way[0] > now]
        there, back = next(ways)
        pace.begin(chat, now)
        sent.append(now)
        taken.append(now + there)
        under_way.append((now + there + back, chat))
    return sent, sorted(taken)


def fullest(taken: list[float]) -> int:
    """The most that lie in any second."""
    return max(last - bisect_left(taken, taken[last] - 1 + 1e-9) + 1 for last in range(len(taken)))


def shaken(way: float, by: float, share: float = 0.5) -> Iterator[Way]:
    """There and back in about so many seconds, of which each direction takes up to ``by`` more, as it comes."""
    chance = random.Random(f"{way} {by}")
    while True:
        yield way * share + chance.uniform(0, by / 2), way * (1 - share) + chance.uniform(0, by / 2)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
@pytest.mark.parametrize(("way", "by"), [(0.002, 0.0), (0.05, 0.0), (0.1, 0.0), (0.3, 0.0), (0.1, 0.02), (0.3, 0.03)])
def test_twenty_nine_a_second_over_any_way_and_never_more_than_thirty(way: float, by: float, share: float) -> None:
    sent, taken = broadcast(Pace(), shaken(way, by, share), 1500)
    assert (len(sent) - 301) / (sent[-1] - sent[300]) >= 29  # once it knows the way
    assert fullest(taken) <= 30


@pytest.mark.parametrize(("way", "by"), [(0.05, 0.1), (0.1, 0.2), (0.3, 0.3)])
def test_an_uneven_way_makes_it_slower_not_bolder(way: float, by: float) -> None:
    _, taken = broadcast(Pace(), shaken(way, by), 1500)
    assert fullest(taken) <= 30


def test_a_way_that_becomes_longer_is_nothing_to_it() -> None:
    ways = chain(islice(shaken(0.05, 0.01), 600), shaken(0.25, 0.01))
    _, taken = broadcast(Pace(), ways, 1500)
    assert fullest(taken) <= 30


def test_a_way_that_becomes_shorter_is_known_with_the_first_answer() -> None:
    ways = chain(islice(shaken(0.15, 0.0), 600), shaken(0.05, 0.0))
    _, taken = broadcast(Pace(), ways, 1500)
    late = [moment for moment in taken if moment > taken[600] + 1.2]
    assert fullest(late) <= 30


def test_while_every_place_is_under_way_it_is_asked_again_soon() -> None:
    pace = Pace(overall_per_s=2)
    pace.begin("5", 0.0)
    pace.begin("6", 0.0)
    assert 0 < pace.wait("7", 60.0) < 1
    pace.end("5", 60.0)
    assert pace.wait("7", 60.5) == 0.5


def moments_of_bulk(pace: Pace, count: int, way: float, late: float = 0.0) -> list[float]:
    """When what nobody waits for goes out, if each takes so long on the way and each wake-up is so late."""
    now, sent = 0.0, []
    for number in range(count):
        while (wait := pace.ready_in(now, is_answer=False)) > 0:
            now += wait + late
        pace.begin(str(number), now)
        sent.append(now)
        now += way
        pace.end(str(number), now)
    return sent


@pytest.mark.parametrize("late", [0.0, 0.004, 0.015])
def test_a_broadcast_goes_out_at_twenty_nine_a_second_or_more(late: float) -> None:
    sent = moments_of_bulk(Pace(), 600, way=0.004, late=late)
    assert (len(sent) - 1) / (sent[-1] - sent[0]) >= 29
    assert max(sum(1 for t in sent if start <= t < start + 1) for start in sent) <= 30


def test_a_broadcast_is_spread_over_the_second_so_that_an_answer_finds_a_place() -> None:
    pace = Pace()
    sent = moments_of_bulk(pace, 90, way=0.004)
    longest = 0.0
    for start in sent[30:60]:
        longest = max(longest, min(t for t in sent if t > start) - start)
    assert longest < 0.2
    assert pace.ready_in(sent[-1] + 0.005, is_answer=True) < 0.2


def test_an_answer_need_not_wait_for_what_is_spread() -> None:
    pace = Pace()
    for number in range(3):
        pace.begin(str(number), 0.0)
        pace.end(str(number), 0.0)
    assert pace.ready_in(0.0, is_answer=False) > 0
    assert pace.ready_in(0.0, is_answer=True) == 0


def test_a_chat_says_itself_when_it_may_be_written_to_again() -> None:
    pace = Pace()
    moments(pace, one("5"), 3)
    assert (pace.chat_ready_in("5", 0.0), pace.chat_ready_in("6", 0.0)) == (1.0, 0.0)


def test_silence_counts_for_answers_too() -> None:
    pace = Pace()
    pace.pause(7.0, now=100.0)
    assert pace.ready_in(101.0, is_answer=True) == 6.0
