"""What only the SQLite store does: schemas, files, and words that are really gone."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.conversation import Conversation
from bot.store import Incoming, SchemaError, StoreError, Work
from bot.store.opening import migrate_store, open_store
from bot.store.sqlite import MIGRATIONS

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def url(folder: Path) -> str:
    return f"sqlite:///{folder}/navi.db"


def test_an_older_schema_is_refused_with_what_to_run(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "navi.db").close()
    with pytest.raises(SchemaError, match="python -m bot migrate"):
        open_store(url(tmp_path))
    assert migrate_store(url(tmp_path)) == len(MIGRATIONS)
    assert migrate_store(url(tmp_path)) == 0
    asyncio.run(open_store(url(tmp_path)).close())


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


def test_forgotten_words_are_gone_from_the_files(tmp_path: Path) -> None:
    words = "見つかってはいけない言葉"

    async def scenario() -> None:
        store = open_store(url(tmp_path), up_to_date=True)
        work = Work(Conversation("line:U1", place_hint=("28", words)), unanswered=(words,))
        await store.turn(Incoming("e1", "line:U1"), lambda _: work, NOW)
        assert words.encode() in _all_bytes(tmp_path)
        await store.forget("line:U1")
        assert words.encode() not in _all_bytes(tmp_path)
        await store.close()

    asyncio.run(scenario())


def _all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


WRITER = """
import asyncio, sys
from datetime import UTC, datetime
from bot.store import Incoming, Work
from bot.store.opening import open_store

async def main():
    store = open_store(sys.argv[1], up_to_date=True)
    for number in range(100_000):
        key = f"line:{number % 7}"
        step = lambda conversation: Work(conversation.answered("costs", (str(number),)))
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
