"""The PostgreSQL store shares a database, keeps leases, and survives a lost server."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.model.conversation import Conversation
from bot.store import Incoming, Outgoing, SchemaError, StoreError, TurnResult
from bot.store.opening import migrate_store, open_store
from bot.store.postgresql.schema import MIGRATIONS
from bot.store.postgresql.store import PostgreSQLStore
from bot.store.records import CountOne
from tests.bot.store.conftest import KEY

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
Scenario = Callable[[PostgreSQLStore, PostgreSQLStore], Awaitable[None]]


def share(address: str, scenario: Scenario) -> None:
    """Run a scenario with two stores that share only the database."""

    async def with_both() -> None:
        both = [open_store(address, up_to_date=True) for _ in range(2)]
        try:
            one, other = both
            assert isinstance(one, PostgreSQLStore)
            assert isinstance(other, PostgreSQLStore)
            for each in both:
                await each.claim(frozenset, 1)
            await scenario(one, other)
        finally:
            for each in both:
                await each.close()

    asyncio.run(with_both())


def add(answer: str) -> Callable[[Conversation], TurnResult]:
    def step(conversation: Conversation) -> TurnResult:
        kept = (*conversation.answers.get("costs", ()), answer)
        after = replace(conversation.answered("costs", kept), last_seen=NOW)
        said = Outgoing("line", [{"type": "text", "text": answer}])
        return TurnResult(after, (said,), records=(CountOne("talked"),))

    return step


def test_messages_of_somebody_unknown_at_two_stores_are_all_kept(database: str) -> None:
    async def scenario(one: PostgreSQLStore, other: PostgreSQLStore) -> None:
        turns = [
            store.turn(Incoming(f"{name}{number}", "line:U1"), add(f"{name}{number}"), NOW)
            for number in range(20)
            for name, store in (("a", one), ("b", other))
        ]
        await asyncio.gather(*turns)
        costs = (await one.load_conversation("line:U1")).answers["costs"]
        assert len(costs) == len(set(costs)) == 40
        for name in "ab":
            of_one = [each for each in costs if each.startswith(name)]
            assert of_one == [f"{name}{number}" for number in range(20)]
        (talked,) = await other.records.list_counts(date(2026, 11, 24), date(2026, 11, 24))
        assert talked.count == 40

    share(database, scenario)


def test_one_event_at_two_stores_is_one_turn(database: str) -> None:
    async def scenario(one: PostgreSQLStore, other: PostgreSQLStore) -> None:
        turns = [
            store.turn(Incoming("e1", "line:U1"), add("rent"), NOW)
            for _ in range(20)
            for store in (one, other)
        ]
        done = await asyncio.gather(*turns)
        assert sum(each is not None for each in done) == 1
        assert len(await other.list_undelivered()) == 1

    share(database, scenario)


def test_tallies_that_are_added_up_count_the_same(database: str) -> None:
    async def scenario(one: PostgreSQLStore, other: PostgreSQLStore) -> None:
        day = NOW.date()
        for number in range(5):
            await one.turn(Incoming(f"e{number}", "line:U1"), add("rent"), NOW)
        before = await one.records.list_counts(day, day)
        long_ago = NOW - timedelta(days=9)
        await asyncio.gather(*(each.tidy(long_ago, long_ago, NOW) for each in (one, other)))
        assert await other.records.list_counts(day, day) == before
        assert before[0].count == 5

    share(database, scenario)


def test_migrations_of_processes_at_once_run_once(database: str) -> None:
    async def scenario() -> None:
        done = await asyncio.gather(*(asyncio.to_thread(migrate_store, database) for _ in range(4)))
        assert sorted(done) == [0, 0, 0, len(MIGRATIONS)]

    with pytest.raises(SchemaError, match="python -m bot migrate"):
        open_store(database)
    asyncio.run(scenario())


def test_a_key_that_is_missing_is_a_sentence(database: str) -> None:
    asyncio.run(open_store(database, (KEY,), up_to_date=True).close())
    with pytest.raises(StoreError, match="set DATA_KEY"):
        open_store(database)


def test_a_server_that_is_away_is_a_sentence_without_the_password() -> None:
    with pytest.raises(StoreError, match="Check DATABASE_URL") as raised:
        open_store("postgresql://navi:himitsu@127.0.0.1:9/navi")
    assert "himitsu" not in str(raised.value)
