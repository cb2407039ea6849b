"""Tidying goes on beside turns, and a serving store must be writable."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.conversation import Conversation
from bot.store import Incoming, Store, StoreError, TurnResult
from bot.store.opening import migrate_store, open_store
from bot.store.records import CountOne, Timer
from bot.store.sqlite.written_file import refuse_read_only
from tests.bot.store.conftest import Scenario
from tests.bot.store.test_postgresql import NOW

Play = Callable[[Scenario], None]
LATER = NOW + timedelta(days=1)
MANY = 30


def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for store in ("sqlite", "postgresql"):
        monkeypatch.setattr(f"bot.store.{store}.tidying.LOOKED_AT", 4)


async def keep(store: Store, event: str, person: str) -> None:
    def step(conversation: Conversation) -> TurnResult:
        counted = CountOne("talked"), Timer(f"promise:{person}", LATER)
        return TurnResult(conversation, records=counted)

    await store.turn(Incoming(event, person), step, NOW)


def test_all_that_is_old_goes_though_few_are_looked_at_in_one_go(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    few_at_once(monkeypatch)

    async def scenario(store: Store) -> None:
        for number in range(MANY):
            await keep(store, f"e{number}", f"line:U{number}")
        assert await store.tidy(LATER, LATER, LATER) == MANY
        assert await store.records.list_due_timers(LATER) == ()
        (talked,) = await store.records.list_counts(NOW.date(), NOW.date())
        assert talked.count == MANY
        for number in range(MANY):
            again = await store.commit(Incoming(f"e{number}", "line:U1"), TurnResult(None), LATER)
            assert again == ()

    play(scenario)


def test_turns_are_answered_while_it_is_tidied(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    few_at_once(monkeypatch)

    async def scenario(store: Store) -> None:
        for number in range(MANY):
            await keep(store, f"e{number}", f"line:U{number}")
        tidying = asyncio.create_task(store.tidy(LATER, LATER, LATER))
        await asyncio.sleep(0)
        await keep(store, "new", "line:NEW")
        assert not tidying.done()
        await tidying

    play(scenario)


def test_a_store_that_can_be_written_says_nothing(play: Play) -> None:
    async def scenario(store: Store) -> None:
        await store.check_writable()
        await store.check_writable()

    play(scenario)


@pytest.mark.parametrize("what", ["deleted", "replaced"])
def test_a_file_that_is_not_there_any_more_is_told(tmp_path: Path, what: str) -> None:
    async def scenario() -> None:
        file = tmp_path / "navi.db"
        store = open_store(f"sqlite:///{file}", up_to_date=True)
        await store.check_writable()
        file.rename(tmp_path / "elsewhere.db")
        if what == "replaced":
            file.touch()
        with pytest.raises(StoreError, match="replaced") as raised:
            await store.check_writable()
        assert raised.value.reason == "file replaced"
        await store.close()

    asyncio.run(scenario())


def test_what_cannot_be_written_is_told_with_its_name(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = open_store(f"sqlite:///{tmp_path}/navi.db", up_to_date=True)
        with contextlib.closing(sqlite3.connect(tmp_path / "navi.db")) as other:
            other.execute("DROP TABLE secrets")
        with pytest.raises(StoreError) as raised:
            await store.check_writable()
        assert raised.value.reason == "SQLITE_ERROR"
        await asyncio.sleep(0)  # the tick, taken back, ends
        await store.close()

    asyncio.run(scenario())


def test_a_server_refuses_a_file_it_may_not_write(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/navi.db"
    migrate_store(url)
    read_only = sqlite3.connect(f"file:{tmp_path}/navi.db?mode=ro", uri=True, isolation_level=None)
    with contextlib.closing(read_only), pytest.raises(StoreError, match="cannot be written"):
        refuse_read_only(read_only)


def test_tidying_empties_the_log_of_deleted_words(tmp_path: Path) -> None:
    address, log = f"sqlite:///{tmp_path}/navi.db", tmp_path / "navi.db-wal"
    migrate_store(address)

    async def scenario() -> None:
        store = open_store(address)
        await keep(store, "e", "line:U")
        assert log.stat().st_size
        with contextlib.closing(sqlite3.connect(tmp_path / "navi.db")) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM conversations").fetchone()
            await store.tidy(LATER, LATER, LATER)
            assert log.stat().st_size  # a reader still needs it
        await store.tidy(LATER, LATER, LATER)
        assert not log.stat().st_size
        await store.close()

    asyncio.run(scenario())
