"""Strangers learn little from the endpoints, and callers with the token learn more."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
import pytest

from bot.app import create_app
from bot.door.connections import Limits
from bot.door.watched import OFF
from bot.settings import Settings
from bot.store.opening import migrate_store
from tests.bot.channels.line.serving import Place, play
from tests.bot.channels.serving import METRICS_TOKEN, WATCHING, listening, write


async def asked(url: str, path: str, **headers: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{url}/{path}", headers=headers) as response,
    ):
        return response.status, await response.text()


@pytest.mark.parametrize(
    "given",
    ["", "Bearer", "Bearer ", "Bearer x", f"Basic {METRICS_TOKEN}", f"Bearer {METRICS_TOKEN}x"],
)
def test_strangers_learn_that_it_is_ready_and_no_more(tmp_path: Path, given: str) -> None:
    async def scenario(place: Place) -> None:
        assert await asked(place.url, "readyz", Authorization=given) == (200, '{"status":"ready"}')
        status, said = await asked(place.url, "metrics", Authorization=given)
        assert status == 401
        assert "kaizen" not in said
        assert await asked(place.url, "healthz") == (200, '{"status":"ok"}')

    play(tmp_path, scenario)


@pytest.mark.parametrize("kind", ["Bearer", "bearer"])
def test_who_has_the_token_learns_the_rest(tmp_path: Path, kind: str) -> None:
    async def scenario(place: Place) -> None:
        await place.line.send_text("花子", "返済がきつい")
        knows = {"Authorization": f"{kind} {METRICS_TOKEN}"}
        status, said = await asked(place.url, "readyz", **knows)
        assert status == 200
        assert '"channels":["line"]' in said
        status, said = await asked(place.url, "metrics", **knows)
        assert status == 200
        assert 'kaizen_navi_events_total{channel="line",kind="text",outcome="new"}' in said
        assert "返済" not in said

    play(tmp_path, scenario)


def test_without_a_token_set_the_metrics_are_off_and_say_so(tmp_path: Path) -> None:
    async def scenario() -> None:
        url = f"sqlite:///{tmp_path}/navi.db"
        migrate_store(url)
        async with listening(create_app(Settings(url)), Limits()) as at:
            for headers in ({}, {"Authorization": "Bearer "}, WATCHING):
                assert await asked(at, "metrics", **headers) == (404, OFF)
                assert await asked(at, "readyz", **headers) == (200, '{"status":"ready"}')

    asyncio.run(scenario())


def test_a_store_in_trouble_is_told_to_those_with_the_token_alone(tmp_path: Path) -> None:
    async def scenario(place: Place) -> None:
        await write(place.database_url, "ALTER TABLE outbox RENAME TO elsewhere")
        assert await asked(place.url, "readyz") == (503, '{"status":"not ready"}')
        status, said = await asked(place.url, "readyz", **WATCHING)
        assert status == 503
        assert "The database did not take a statement" in said
        assert (await asked(place.url, "metrics", **WATCHING))[0] == 503
        await write(place.database_url, "ALTER TABLE elsewhere RENAME TO outbox")

    play(tmp_path, scenario)
