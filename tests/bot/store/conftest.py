"""A fresh store for each test. A new kind of store joins here."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.store import Store
from bot.store.opening import open_store

Scenario = Callable[[Store], Awaitable[None]]


KEY = bytes(range(32))


@pytest.fixture(params=[(), (KEY,)], ids=["plain", "sealed"])
def play(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[Scenario], None]:
    """Run a scenario against a fresh store, within one event loop."""

    async def with_store(scenario: Scenario) -> None:
        store = open_store(f"sqlite:///{tmp_path}/navi.db", request.param, up_to_date=True)
        try:
            await scenario(store)
        finally:
            await store.close()

    return lambda scenario: asyncio.run(with_store(scenario))
