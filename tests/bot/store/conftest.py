"""A fresh store of each kind for each test. A new kind joins in `url`."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from bot.store import Store
from bot.store.opening import open_store
from tests.bot.postgresql import empty_database, server

Scenario = Callable[[Store], Awaitable[None]]


KEY = bytes(range(32))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server."""
    with server() as found:
        yield found.address


@pytest.fixture
def database(postgresql: str) -> Iterator[str]:
    """The address of an empty database, gone with the test."""
    with empty_database(postgresql) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def url(tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of a store of each kind that is not there yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/navi.db"
    address: str = request.getfixturevalue("database")
    return address


@pytest.fixture(params=[(), (KEY,)], ids=["plain", "sealed"])
def play(url: str, request: pytest.FixtureRequest) -> Callable[[Scenario], None]:
    """Run a scenario against a fresh store, within one event loop."""

    async def with_store(scenario: Scenario) -> None:
        store = open_store(url, request.param, up_to_date=True)
        try:
            await store.claim(frozenset, 1)  # as every process that delivers does first
            await scenario(store)
        finally:
            await store.close()

    return lambda scenario: asyncio.run(with_store(scenario))
