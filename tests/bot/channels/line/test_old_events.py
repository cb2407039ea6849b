"""Captured bodies are sent again with their signature, at once and much later."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import app, metrics
from bot.channels.line.signature import sign
from bot.simulator.line import events
from tests.bot.channels.line.serving import SECRET, Place, post, served
from tests.bot.channels.serving import Watch, count, until

WORDS = ("返済がきつい", "釉薬の補助金はありますか", "人と話したい", "はい", "消して")
WINDOW = timedelta(days=7)


def outcome(name: str) -> float:
    """Count the events of any kind that have had this outcome."""
    return sum(
        sample.value
        for family in metrics.events.collect()
        for sample in family.samples
        if sample.name.endswith("_total") and sample.labels["outcome"] == name
    )


def stored(place: Place) -> list[Any]:
    """All that there is of people, and of events seen."""
    tables = (
        "conversations",
        "outbox",
        "unanswered",
        "cases",
        "posts",
        "timers",
        "tallies",
        "unsent",
    )
    path = place.database_url.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path)) as database:
        return [database.execute(f"SELECT * FROM {table}").fetchall() for table in tables]  # noqa: S608 - our own tables


class Captured:
    """Sends events of an owner, and keeps the bodies as somebody in between could."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.bodies: list[bytes] = []

    async def send(self, event: Any) -> int:
        body = json.dumps({"destination": "U1", "events": [event]}).encode()
        self.bodies.append(body)
        return await self.again(body)

    async def again(self, body: bytes) -> int:
        return await post(self._place.url, body, **{"x-line-signature": sign(body, SECRET)})

    async def says(self, text: str) -> None:
        event = self._place.line.message("花子", events.text(text))
        self._place.line._happen(event)  # noqa: SLF001 - the fake issues its reply token
        before = len(self._place.line.calls)
        assert await self.send(event) == 200
        await until(lambda: len(self._place.line.calls) > before)


def shifted(event: Any, **by: float) -> Any:
    """Return the same event as if it had happened so much later."""
    ahead = int(timedelta(**by).total_seconds() * 1000)
    return {**event, "webhookEventId": f"moved{ahead}", "timestamp": event["timestamp"] + ahead}


@pytest.fixture(autouse=True)
def tidying(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "TIDY_SECONDS", 0.02)


def seen(place: Place) -> int:
    return count(place.database_url, "SELECT count(*) FROM seen")


def test_replayed_bodies_change_nothing_within_the_window_and_after_it(tmp_path: Path) -> None:
    async def scenario() -> None:
        watch = Watch()
        async with served(tmp_path, watch) as place:
            captured = Captured(place)
            for text in WORDS:
                await captured.says(text)
            await until(lambda: count(place.database_url, "SELECT count(*) FROM outbox") == 0)
            before, calls, old = stored(place), len(place.line.calls), outcome("too old")
            assert [await captured.again(each) for each in captured.bodies] == [200] * len(WORDS)
            assert seen(place) == len(WORDS)
            watch.advance(days=7, hours=2)
            await until(lambda: seen(place) == 0)
            assert [await captured.again(each) for each in captured.bodies] == [200] * len(WORDS)
            assert stored(place) == before
            assert seen(place) == 0
            assert outcome("too old") == old + len(WORDS)
            assert len(place.line.calls) == calls

    asyncio.run(scenario())


def test_a_message_taken_back_does_not_come_back_after_the_window(tmp_path: Path) -> None:
    async def scenario() -> None:
        watch = Watch()
        async with served(tmp_path, watch) as place:
            captured = Captured(place)
            said = place.line.message("花子", events.text("釉薬の補助金はありますか"))
            taken_back = {
                **{name: said[name] for name in ("mode", "timestamp", "source", "deliveryContext")},
                "type": "unsend",
                "webhookEventId": "unsent",
                "unsend": {"messageId": said["message"]["id"]},
            }
            assert await captured.send(taken_back) == 200
            assert await captured.send(said) == 200
            watch.advance(days=7, hours=2)
            await until(lambda: count(place.database_url, "SELECT count(*) FROM unsent") == 0)
            for body in captured.bodies:
                assert await captured.again(body) == 200
            assert count(place.database_url, "SELECT count(*) FROM conversations") == 0
            assert count(place.database_url, "SELECT count(*) FROM unsent") == 0

    asyncio.run(scenario())


@pytest.mark.parametrize(("ahead", "days"), [(60, 7), (3 * 86400, 7), (60, 2)])
def test_an_event_ahead_of_our_clock_is_heard_once_and_never_again(
    tmp_path: Path, ahead: int, days: int
) -> None:
    """An early event is remembered until it is too old by its own time.

    Forgotten sooner, it could act twice.
    """

    async def scenario() -> None:
        watch = Watch()
        async with served(tmp_path, watch, seen_days=days) as place:
            captured = Captured(place)
            event = shifted(place.line.message("花子", events.text("返済がきつい")), seconds=ahead)
            assert await captured.send(event) == 200
            assert count(place.database_url, "SELECT count(*) FROM conversations") == 1
            before = stored(place)[0]
            for hours in (1, days * 24 - 1, 1, ahead / 3600, 2):
                watch.advance(hours=hours)
                await asyncio.sleep(0.05)  # for the tidying
                assert await captured.again(captured.bodies[0]) == 200
                assert stored(place)[0] == before

    asyncio.run(scenario())


def test_the_edges_of_the_window_and_events_without_a_time(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with served(tmp_path) as place:
            captured = Captured(place)
            event = place.line.message("花子", events.text("返済がきつい"))
            old = outcome("too old")
            await captured.send(shifted(event, days=-7, minutes=-1))
            assert outcome("too old") == old + 1
            assert count(place.database_url, "SELECT count(*) FROM conversations") == 0
            await captured.send(shifted(event, days=-7, minutes=5))
            assert count(place.database_url, "SELECT count(*) FROM conversations") == 1
            for odd in (None, "soon", 10**17, -(10**17), True, 1.5):
                odd_event = {**event, "webhookEventId": f"odd {odd}", "timestamp": odd}
                assert await captured.send(odd_event) == 200
            assert outcome("too old") == old + 1

    asyncio.run(scenario())
