"""What databases and networks do to a process that serves: it says why, keeps nothing by half, recovers."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from bot.store import Incoming, Store, StoreError
from bot.store.opening import migrate_store, open_store
from bot.store.postgresql import database as connections
from tests.bot.database_proxy import DatabaseProxy
from tests.bot.store.test_postgresql import NOW, add

Scenario = Callable[[Store, DatabaseProxy], Awaitable[None]]
NAME = "database.example"

_TURN_READ_ONLY = """
ALTER ROLE CURRENT_USER SET default_transaction_read_only = on;
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE application_name = 'kaizen-navi' AND pid <> pg_backend_pid();
"""
"""As a server does that became a standby: it cuts who is there, and takes no writes of who comes."""


@contextlib.asynccontextmanager
async def opened(address: str) -> AsyncIterator[Store]:
    # In a thread: it waits for the database, and the way there is of this loop.
    store = await asyncio.to_thread(open_store, address)
    try:
        yield store
    finally:
        with contextlib.suppress(StoreError):
            await store.close()


def behind_proxy(address: str, scenario: Scenario) -> None:
    async def run() -> None:
        migrate_store(address)
        proxy = DatabaseProxy(address)
        async with (
            proxy.listening() as port,
            opened(proxy.address("127.0.0.1", port)) as store,
        ):
            await store.claim(frozenset, 1)
            await say(store, "e0")
            await scenario(store, proxy)

    asyncio.run(run())


async def say(store: Store, event: str, person: str = "line:U1") -> int:
    """How many deliveries an event led to now; 0 when it was seen before."""
    return len(await store.turn(Incoming(event, person), add(event), NOW) or ())


async def say_until_heard(store: Store, event: str) -> int:
    """As a platform does: again and again; how often it was refused."""
    for refused in range(50):
        with contextlib.suppress(StoreError):
            await say(store, event)
            return refused
        await asyncio.sleep(0.1)
    raise AssertionError("never heard")


async def say_until_refused(store: Store) -> None:
    """Until the connections that were cut are opened again."""
    for number in range(50):
        try:
            await say(store, f"lost{number}", "line:U2")
        except StoreError as error:
            if error.reason.startswith("25006"):
                return
    raise AssertionError("never refused")


async def heard(store: Store) -> tuple[str, ...]:
    return (await store.load_conversation("line:U1")).answers["costs"]


def test_a_connection_that_is_cut_is_opened_again(database: str) -> None:
    async def scenario(store: Store, proxy: DatabaseProxy) -> None:
        before = proxy.opened
        proxy.cut()
        await say_until_heard(store, "e1")
        assert proxy.opened > before
        assert await heard(store) == ("e0", "e1")

    behind_proxy(database, scenario)


def test_a_database_that_does_not_answer_is_given_up_and_asked_again(database: str) -> None:
    async def scenario(store: Store, proxy: DatabaseProxy) -> None:
        proxy.is_hung = True
        async with asyncio.timeout(6 * connections.PATIENCE):
            with pytest.raises(StoreError, match="cannot be used") as told:
                await say(store, "e1")
        assert told.value.reason
        proxy.is_hung = False
        # Nobody knew whether it was kept: it comes again, and is one turn.
        await say_until_heard(store, "e1")
        assert await heard(store) == ("e0", "e1")

    behind_proxy(database, scenario)


def test_a_slow_database_delays_and_loses_nothing(database: str) -> None:
    async def scenario(store: Store, proxy: DatabaseProxy) -> None:
        proxy.delay = 0.05
        made = await asyncio.gather(*(say(store, f"e{number}") for number in range(1, 5)))
        assert made == [1, 1, 1, 1]
        assert await heard(store) == ("e0", "e1", "e2", "e3", "e4")

    behind_proxy(database, scenario)


def test_a_database_that_moved_is_found_by_its_name(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failed over: the name leads to another address, and the old one is dead."""
    at, look_up = ["127.0.0.1"], socket.getaddrinfo

    def resolve(host: Any, *rest: Any, **more: Any) -> Any:
        return look_up(at[0] if host == NAME else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    async def scenario() -> None:
        migrate_store(database)
        proxy, other = DatabaseProxy(database), DatabaseProxy(database)
        async with contextlib.AsyncExitStack() as old:
            port = await old.enter_async_context(proxy.listening("127.0.0.1"))
            async with (
                other.listening("127.0.0.2", port),
                opened(proxy.address(NAME, port)) as store,
            ):
                await say(store, "e0")
                assert await store.leads()
                await old.aclose()
                with pytest.raises(StoreError):
                    await say(store, "e1")
                at[0] = "127.0.0.2"
                await say_until_heard(store, "e1")
                assert other.opened
                assert await heard(store) == ("e0", "e1")
                assert await store.leads()

    asyncio.run(scenario())


def test_a_database_that_takes_no_writes_says_why_and_is_used_when_it_does(database: str) -> None:
    async def scenario() -> None:
        migrate_store(database)
        admin = await asyncpg.connect(database)
        try:
            async with opened(database) as store:
                await store.claim(frozenset, 1)
                await say(store, "e0")
                await admin.execute(_TURN_READ_ONLY)
                await say_until_refused(store)
                with pytest.raises(StoreError) as told:
                    await say(store, "e1")
                assert told.value.reason.startswith("25006")
                with pytest.raises(StoreError):
                    await store.check_writable()
                await admin.execute("SET default_transaction_read_only = off")
                await admin.execute("ALTER ROLE CURRENT_USER RESET default_transaction_read_only")
                # No connection that knows only how it was is used on.
                await say_until_heard(store, "e1")
                await store.check_writable()
                assert await heard(store) == ("e0", "e1")
        finally:
            await admin.execute("SET default_transaction_read_only = off")
            await admin.execute("ALTER ROLE CURRENT_USER RESET default_transaction_read_only")
            await admin.close()

    asyncio.run(scenario())


def test_too_few_connections_are_waited_for(database: str) -> None:
    async def scenario() -> None:
        migrate_store(database)
        admin = await asyncpg.connect(database)
        schema = await admin.fetchval("SELECT current_schema()")
        try:
            await admin.execute(
                "CREATE ROLE few LOGIN CONNECTION LIMIT 2;"
                f"GRANT ALL ON SCHEMA {schema} TO few;"
                f"GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO few;"
            )
            async with opened(database.replace("postgres@", "few@")) as store:
                await store.claim(frozenset, 1)
                people = [f"line:U{number}" for number in range(12)]
                made = await asyncio.gather(*(say(store, each, each) for each in people))
                assert made == [1] * len(people)
        finally:
            await admin.execute("DROP OWNED BY few; DROP ROLE few;")
            await admin.close()

    asyncio.run(scenario())
