"""The SQLite store has schemas and files, and deleted words are really gone."""

import asyncio
import contextlib
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import orjson
import pytest
import uvloop

from bot.model.case import Case, Reason
from bot.model.conversation import Conversation, to_dict
from bot.store import Incoming, Outgoing, SchemaError, Step, Store, StoreError, TurnResult
from bot.store.opening import find_damage, migrate_store, open_store
from bot.store.postgresql import schema as shared_schema
from bot.store.records import CaseCounts
from bot.store.sqlite import schema
from bot.store.sqlite.log import WriteAheadLog
from bot.store.sqlite.schema import MIGRATIONS, SERVING_WAIT, connect, migrate
from bot.store.sqlite.store import SQLiteStore
from tests.bot.channels.serving import LONGEST, until

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def url(folder: Path) -> str:
    return f"sqlite:///{folder}/navi.db"


def test_migrations_of_each_store_have_numbers_of_their_own() -> None:
    for migrations in (MIGRATIONS, shared_schema.MIGRATIONS):
        numbers = [int(each.name[:4]) for each in migrations]
        assert numbers == list(range(1, len(migrations) + 1)), migrations


def test_an_older_schema_is_refused_with_what_to_run(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "navi.db").close()
    with pytest.raises(SchemaError, match="python -m bot migrate"):
        open_store(url(tmp_path))
    assert migrate_store(url(tmp_path)) == len(MIGRATIONS)
    assert migrate_store(url(tmp_path)) == 0
    asyncio.run(open_store(url(tmp_path)).close())


def test_the_promises_of_cases_from_before_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    waits = Case("c1", Reason.ASKED, now, now.astimezone(timezone(timedelta(hours=9))))
    cases = (waits, replace(waits, id="c2", first_reply_at=now))
    monkeypatch.setattr(schema, "MIGRATIONS", MIGRATIONS[:4])
    database = connect(str(tmp_path / "navi.db"))
    migrate(database)
    for case in cases:
        state = to_dict(Conversation(case.id, case=case))
        database.execute("INSERT INTO cases VALUES (?, ?, 1)", (case.id, case.id))
        database.execute(
            "INSERT INTO conversations VALUES (?, ?, '')", (case.id, orjson.dumps(state).decode())
        )
    database.close()
    monkeypatch.setattr(schema, "MIGRATIONS", MIGRATIONS)
    migrate_store(url(tmp_path))

    async def counted() -> list[CaseCounts]:
        store = open_store(url(tmp_path))
        found = [await store.records.count_cases(now + timedelta(seconds=away)) for away in (-9, 9)]
        await store.close()
        return found

    assert asyncio.run(counted()) == [CaseCounts(2, 0), CaseCounts(2, 1)]


def test_a_later_schema_is_refused(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "navi.db")
    database.execute("PRAGMA user_version=999")
    database.close()
    with pytest.raises(SchemaError, match="newer"):
        open_store(url(tmp_path), up_to_date=True)


def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "navi.db").write_text("not a database at all" * 100)
    with pytest.raises(StoreError, match="DATABASE_URL"):
        open_store(url(tmp_path))


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="DATABASE_URL"):
        open_store(f"sqlite:///{tmp_path}/file/navi.db")


def open_files() -> set[str]:
    found = set()
    for each in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            found.add(str(each.readlink()))
    return found


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are told by /proc")
def test_words_are_in_no_file_but_the_database(tmp_path: Path) -> None:
    seen: set[str] = set()

    def step(_: Conversation) -> TurnResult:
        seen.update(open_files())
        return TurnResult(None, (Outgoing("line", [{"text": "言葉" * 5000}]),))

    async def scenario() -> None:
        store = open_store(url(tmp_path), up_to_date=True)
        turns = (store.turn(Incoming(f"e{each}", f"line:U{each}"), step, NOW) for each in range(20))
        sent = await asyncio.gather(*turns)
        await store.delete_delivered([each.id for deliveries in sent for each in deliveries or ()])
        await asyncio.gather(
            *(store.turn(Incoming(f"f{each}", f"line:U{each}"), step, NOW) for each in range(20))
        )
        await store.close()

    before = open_files()
    asyncio.run(scenario())
    assert {Path(each).name for each in seen - before if each.startswith("/")} <= {
        "navi.db",
        "navi.db-wal",
        "navi.db-shm",
    }


def test_forgotten_words_are_gone_from_the_files(tmp_path: Path) -> None:
    words = "見つかってはいけない言葉"

    async def scenario() -> None:
        store = open_store(url(tmp_path), up_to_date=True)
        work = TurnResult(Conversation("line:U1", place_hint=("28", words)), unanswered=(words,))
        await store.turn(Incoming("e1", "line:U1"), lambda _: work, NOW)
        assert words.encode() in _all_bytes(tmp_path)
        await store.forget("line:U1")
        assert words.encode() not in _all_bytes(tmp_path)
        await store.close()

    asyncio.run(scenario())


def _all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def sends(conversation: Conversation) -> TurnResult:
    """A step that sends one message."""
    return TurnResult(conversation, (Outgoing("line", [{"type": "text", "text": "はい"}]),))


def test_forgetting_under_load_fails_no_turn(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = open_store(url(tmp_path), up_to_date=True)
        tasks = []
        for number in range(60):
            for person in range(4):
                incoming = Incoming(f"e{number}-{person}", f"line:U{person}")
                tasks.append(asyncio.create_task(store.turn(incoming, sends, NOW)))
                await asyncio.sleep(0)
            forgotten = Incoming(f"f{number}", "line:F")
            step = lambda conversation: TurnResult(conversation, forget=True)  # noqa: E731 - one step
            tasks.append(asyncio.create_task(store.turn(forgotten, step, NOW)))
            await asyncio.sleep(0)
        await asyncio.gather(*tasks)
        await store.close()

    asyncio.run(scenario())


def test_a_reader_in_the_way_of_the_checkpoint_fails_nothing(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = open_store(url(tmp_path), up_to_date=True)
        await store.turn(Incoming("e1", "line:U1"), sends, NOW)
        reader = sqlite3.connect(tmp_path / "navi.db", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM conversations").fetchall()
        assert await store.forget("line:U1") is True
        reader.close()
        await store.close()

    asyncio.run(scenario())


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Another process has the database for itself."""
    other = sqlite3.connect(folder / "navi.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


def test_a_locked_database_is_an_error_of_its_own_tick_only(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = open_store(url(tmp_path), up_to_date=True)
        with held(tmp_path):
            done = await asyncio.gather(
                *(store.turn(Incoming(f"e{n}", "line:U1"), sends, NOW) for n in range(50)),
                return_exceptions=True,
            )
            assert all(isinstance(each, StoreError) for each in done)
        assert await store.turn(Incoming("e1", "line:U1"), sends, NOW) is not None
        await store.close()

    asyncio.run(scenario())


def test_a_read_that_fails_spoils_no_later_tick(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = open_store(url(tmp_path), up_to_date=True)
        other = sqlite3.connect(tmp_path / "navi.db")
        other.execute("ALTER TABLE unanswered RENAME TO gone")
        with pytest.raises(StoreError):
            await store.records.list_unanswered()
        assert await store.turn(Incoming("e1", "line:U1"), sends, NOW) is not None
        other.close()
        await store.close()

    asyncio.run(scenario())


def test_a_server_waits_for_a_lock_only_a_moment_and_a_command_longer(tmp_path: Path) -> None:
    def waits(*, patient: bool) -> int:
        store = open_store(url(tmp_path), up_to_date=True, patient=patient)
        assert isinstance(store, SQLiteStore)
        found: int = store._database.execute("PRAGMA busy_timeout").fetchone()[0]  # noqa: SLF001 - nothing else tells
        asyncio.run(store.close())
        return found

    assert (waits(patient=False), waits(patient=True)) == (SERVING_WAIT, 5000)


def test_what_was_delivered_while_the_database_was_locked_goes_afterwards(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = open_store(url(tmp_path), up_to_date=True)
        (delivery,) = await store.turn(Incoming("e1", "line:U1"), sends, NOW) or ()
        with held(tmp_path):
            await store.delete_delivered([delivery.id])
            await asyncio.sleep(0.3)  # longer than a delivery made lingers
            assert await store.list_undelivered() == (delivery,)
        async with asyncio.timeout(LONGEST):
            while await store.list_undelivered():
                await asyncio.sleep(0.01)
        await store.close()

    asyncio.run(scenario())


def test_what_was_delivered_during_a_slow_tick_goes_without_another_turn(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = open_store(url(tmp_path), up_to_date=True)
        (delivery,) = await store.turn(Incoming("e1", "line:U1"), sends, NOW) or ()
        nothing = asyncio.create_task(
            store.commit(Incoming("e2", "line:U1"), TurnResult(None), NOW)
        )
        await asyncio.sleep(0)  # its tick has begun
        await store.delete_delivered([delivery.id])
        time.sleep(0.2)
        await nothing
        async with asyncio.timeout(LONGEST):
            while await store.list_undelivered():
                await asyncio.sleep(0.01)
        await store.close()

    # The loop that serves: timers go off in it before what was to be called soon.
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(scenario())


def test_file_checked_while_it_is_served_keeps_what_comes_after_a_command(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = open_store(url(tmp_path), up_to_date=True)
        assert find_damage(url(tmp_path)) == ""
        # As long as the file is served, its log is no business of a command that closes the file.
        for number in (1, 2):
            await store.turn(Incoming(f"e{number}", "line:U1"), sends, NOW)
            assert _count_events_by_command(tmp_path / "navi.db") == number
        await store.close()

    asyncio.run(scenario())


def _count_events_by_command(file: Path) -> int:
    """Open the file in another process, and close it."""
    script = (
        "import sqlite3, sys; database = sqlite3.connect(sys.argv[1]); "
        "print(*database.execute('SELECT count(*) FROM seen').fetchone()); database.close()"
    )
    command = [sys.executable, "-c", script, str(file)]
    return int(subprocess.run(command, check=True, capture_output=True).stdout)


def test_file_that_may_not_grow_refuses_and_recovers_without_a_restart(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = open_store(url(tmp_path), up_to_date=True)
        (made,) = await store.turn(Incoming("e1", "line:U1"), sends, NOW) or ()
        with _no_file_grows_beyond((tmp_path / "navi.db-wal").stat().st_size):
            await store.delete_delivered([made.id])
            for _ in range(3):
                with pytest.raises(StoreError) as refused:
                    await store.turn(Incoming("e2", "line:U1"), sends, NOW)
                assert refused.value.reason == "SQLITE_IOERR_WRITE"
            with pytest.raises(StoreError):
                await store.check_writable()
        (kept,) = await store.turn(Incoming("e2", "line:U1"), sends, NOW) or ()
        # What was delivered meanwhile is known: a restart would not say it twice.
        assert await store.list_undelivered() == (kept,)
        await store.close()

    asyncio.run(scenario())


@contextlib.contextmanager
def _no_file_grows_beyond(size: int) -> Iterator[None]:
    """Limit the files of this process, as a quota does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_what_was_delivered_survives_a_commit_that_fails(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = open_store(url(tmp_path), up_to_date=True)
        (delivery,) = await store.turn(Incoming("e1", "line:U1"), sends, NOW) or ()
        failing = asyncio.create_task(store.turn(Incoming("e2", "line:U1"), _spoils(store), NOW))
        await store.delete_delivered([delivery.id])
        with pytest.raises(StoreError):
            await failing
        async with asyncio.timeout(LONGEST):
            while await store.list_undelivered():
                await asyncio.sleep(0.01)
        await store.close()

    asyncio.run(scenario())


def _spoils(store: Store) -> Step:
    def step(conversation: Conversation) -> TurnResult:
        assert isinstance(store, SQLiteStore)
        store._run("no SQL at all")  # noqa: SLF001 - as a disk error would
        return TurnResult(conversation)

    return step


def test_closing_while_locked_still_lets_go_of_the_file(tmp_path: Path) -> None:
    async def scenario() -> None:
        store = open_store(url(tmp_path), up_to_date=True)
        (delivery,) = await store.turn(Incoming("e1", "line:U1"), sends, NOW) or ()
        await store.delete_delivered([delivery.id])
        with held(tmp_path), pytest.raises(StoreError):
            await store.close()
        with pytest.raises(StoreError, match="closed"):
            await store.records.list_unanswered()

    asyncio.run(scenario())


def test_a_migration_that_another_process_ran_meanwhile_is_not_run_again(tmp_path: Path) -> None:
    path = str(tmp_path / "navi.db")
    slow, quick = connect(path), connect(path)
    slow.set_trace_callback(lambda statement: migrate(quick) if "BEGIN" in statement else None)
    assert migrate(slow) == 0
    slow.close()
    quick.close()


def test_six_migrations_at_once_all_end_well(tmp_path: Path) -> None:
    code = (
        "import sys; from bot.store.opening import migrate_store; print(migrate_store(sys.argv[1]))"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", code, url(tmp_path)], stdout=subprocess.PIPE)
        for _ in range(6)
    ]
    printed = [process.communicate(timeout=60)[0] for process in processes]
    # Each migration is made once, by the first that comes.
    assert sum(map(int, printed)) == len(MIGRATIONS)


def test_a_migration_that_fails_is_a_sentence_and_changes_nothing(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "navi.db")
    database.execute("CREATE TABLE unanswered (key)")
    with pytest.raises(StoreError, match="python -m bot migrate"):
        migrate_store(url(tmp_path))
    assert [row[0] for row in database.execute("SELECT name FROM sqlite_master")] == ["unanswered"]
    database.close()


WRITER = """
import asyncio, sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from bot.store import Incoming, TurnResult
from bot.store.opening import open_store

async def main():
    store = open_store(sys.argv[1], up_to_date=True)
    for number in range(100_000):
        key = f"line:{number % 7}"
        step = lambda conversation: TurnResult(conversation.answered("costs", (str(number),)))
        await store.turn(Incoming(f"e{number}", key), step, datetime.now(UTC))
        print(number, flush=True)

asyncio.run(main())
"""


def test_nothing_acknowledged_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, url(tmp_path)], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout
            acknowledged = -1
            for line in process.stdout:
                acknowledged = int(line)
                if acknowledged >= 150:
                    os.kill(process.pid, signal.SIGKILL)
        database = sqlite3.connect(tmp_path / "navi.db")
        seen = {row[0] for row in database.execute("SELECT event_id FROM seen")}
        database.execute("DELETE FROM seen")
        database.commit()
        database.close()
        assert {f"e{number}" for number in range(acknowledged + 1)} <= seen


def test_what_is_committed_soon_stands_in_the_file_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.sqlite.log.PAUSE", 0.01)
    file = tmp_path / "navi.db"

    async def scenario() -> None:
        store = open_store(url(tmp_path), up_to_date=True)
        await store.turn(Incoming("e", "line:U"), TurnResult, NOW)
        await until(lambda: b"line:U" in file.read_bytes())
        await store.close()

    asyncio.run(scenario())


def test_words_deleted_while_the_log_is_carried_over_are_gone_right_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def carry_over_slowly(_: str) -> None:
        begun.set()
        may_end.wait(20)

    monkeypatch.setattr("bot.store.sqlite.log.PAUSE", 0.0)
    monkeypatch.setattr("bot.store.sqlite.log._carry_over", carry_over_slowly)
    log = tmp_path / "navi.db-wal"

    async def scenario() -> None:
        store = open_store(url(tmp_path), up_to_date=True)
        await store.turn(Incoming("e", "line:U"), TurnResult, NOW)
        await until(begun.is_set)
        await store.forget("line:U")
        assert log.stat().st_size
        may_end.set()
        await until(lambda: not log.stat().st_size)
        await store.close()

    asyncio.run(scenario())


def test_the_log_is_emptied_after_the_commit_that_is_to_come(tmp_path: Path) -> None:
    migrate_store(url(tmp_path))
    database = connect(str(tmp_path / "navi.db"))
    log, file = WriteAheadLog(database), tmp_path / "navi.db-wal"
    database.execute("BEGIN IMMEDIATE")
    database.execute("INSERT INTO secrets VALUES ('a', 'b')")
    log.empty_now()
    database.execute("COMMIT")
    assert file.stat().st_size

    async def commit_is_done() -> None:
        log.carry_over_soon()
        log.close()

    asyncio.run(commit_is_done())
    assert not file.stat().st_size
    database.close()
