"""A backup by docs/operate.md, taken in use, restores everything."""

import asyncio
import contextlib
import sqlite3
import subprocess
from pathlib import Path

from bot.model.conversation import Conversation
from bot.store import Incoming, Store, TurnResult
from bot.store.opening import open_store
from tests.bot.postgresql import find_binaries
from tests.bot.store.conftest import KEY
from tests.bot.store.test_postgresql import NOW


async def talk(store: Store, event: str) -> None:
    kept = Conversation("line:U1", place_hint=("28", event), last_seen=NOW)
    await store.turn(Incoming(event, "line:U1"), lambda _: TurnResult(kept), NOW)


async def check(store: Store) -> None:
    """Check that all from before the backup is there, and nothing from after it."""
    assert (await store.load_conversation("line:U1")).place_hint == ("28", "before")
    assert await store.commit(Incoming("before", "line:U1"), TurnResult(None), NOW) is None
    assert await store.commit(Incoming("after", "line:U1"), TurnResult(None), NOW) == ()


def test_a_file_that_is_used_is_backed_up_and_restored(tmp_path: Path) -> None:
    async def scenario() -> None:
        served = open_store(f"sqlite:///{tmp_path}/navi.db", (KEY,), up_to_date=True)
        await talk(served, "before")
        with (
            contextlib.closing(sqlite3.connect(tmp_path / "navi.db")) as file,
            contextlib.closing(sqlite3.connect(tmp_path / "copy.db")) as copy,
        ):
            file.backup(copy)  # what `.backup` of the sqlite3 program does
        await talk(served, "after")
        await served.close()
        restored = open_store(f"sqlite:///{tmp_path}/copy.db", (KEY,))
        await check(restored)
        await restored.close()

    asyncio.run(scenario())


def test_a_database_that_is_used_is_dumped_and_restored(tmp_path: Path, postgresql: str) -> None:
    binaries, names = find_binaries()[0], ("navi_served", "navi_restored")
    served_at, restored_at = (postgresql.replace("/postgres?", f"/{name}?") for name in names)
    dump = tmp_path / "copy.dump"

    def run(program: str, *arguments: str) -> None:
        subprocess.run([str(binaries / program), *arguments], check=True)

    for name in names:
        run("psql", "-q", "-d", postgresql, "-c", f"CREATE DATABASE {name}")

    async def scenario() -> None:
        served = open_store(served_at, (KEY,), up_to_date=True)
        await talk(served, "before")
        run("pg_dump", "-Fc", "-f", str(dump), served_at)
        await talk(served, "after")
        await served.close()
        run("pg_restore", "--no-owner", "-d", restored_at, str(dump))
        restored = open_store(restored_at, (KEY,))
        await check(restored)
        await restored.close()

    asyncio.run(scenario())
    for name in names:
        run("psql", "-q", "-d", postgresql, "-c", f"DROP DATABASE {name}")
