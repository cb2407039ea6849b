"""Owners' words with a key are unreadable in every file without it.

The key may change.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.case import Case, Reason
from bot.model.conversation import Conversation
from bot.store import Incoming, Outgoing, StoreError, TurnResult
from bot.store.opening import migrate_store, open_store, reseal_store
from bot.store.records import TransferCode
from bot.store.sealing import COLUMNS, make_seal
from tests.bot.channels.line.serving import served
from tests.bot.channels.serving import count, until

NOW = datetime(2026, 11, 30, tzinfo=UTC)
OLD, NEW, OTHER = (bytes([number]) * 32 for number in (1, 2, 3))
WORDS = ("kotae-wa-himitsu", "hanako-no-soudan", "yuuyaku-wa", "mouikite", "denwa-no-kotae")
"""An answer, a case, a question, a reply, an answer under a code."""


def url(folder: Path) -> str:
    return f"sqlite:///{folder}/navi.db"


def say(folder: Path, keys: Sequence[bytes], name: str = "1") -> None:
    """Keep words of every kind."""

    def step(conversation: Conversation) -> TurnResult:
        case = Case(f"c{name}", Reason.ASKED, NOW, NOW, holder_name=WORDS[1])
        after = replace(conversation, answers={"q": (WORDS[0],)}, case=case, last_seen=NOW)
        code = TransferCode(f"code{name}", "f", {"q": (WORDS[4],)}, NOW + timedelta(days=1))
        sent = Outgoing("line", [{"type": "text", "text": WORDS[3]}])
        return TurnResult(after, (sent,), (WORDS[2],), records=(code,))

    async def scenario() -> None:
        store = open_store(url(folder), keys, up_to_date=True)
        await store.turn(Incoming(name, f"line:U{name}"), step, NOW)
        await store.close()

    asyncio.run(scenario())


def heard(folder: Path, keys: Sequence[bytes], name: str = "1") -> tuple[str, ...]:
    """The words that were kept, read from a store that is opened for it."""

    async def scenario() -> tuple[str, ...]:
        store = open_store(url(folder), keys)
        try:
            known = await store.load_conversation(f"line:U{name}")
            at = int(name) - 1
            sent = (await store.list_undelivered())[at].outgoing.messages[0]["text"]
            asked = (await store.records.list_unanswered())[at].text
            code = await store.records.find_transfer(f"code{name}", NOW)
            assert known.case
            assert code
            return (
                known.answers["q"][0],
                known.case.holder_name,
                asked,
                sent,
                code.answers["q"][0],
            )
        finally:
            await store.close()

    return asyncio.run(scenario())


def readable(folder: Path) -> set[str]:
    """The words that stand in some file of the store."""
    files = b"".join(each.read_bytes() for each in folder.glob("navi.db*"))
    return {each for each in WORDS if each.encode() in files}


def test_without_a_key_words_are_kept_as_they_were(tmp_path: Path) -> None:
    say(tmp_path, ())
    assert readable(tmp_path) == set(WORDS)
    assert heard(tmp_path, ()) == WORDS


def test_with_a_key_no_file_has_words(tmp_path: Path) -> None:
    say(tmp_path, (NEW,))
    assert readable(tmp_path) == set()
    assert heard(tmp_path, (NEW,)) == WORDS


def test_the_first_key_seals_what_was_there_before(tmp_path: Path) -> None:
    say(tmp_path, ())
    with contextlib.closing(sqlite3.connect(tmp_path / "navi.db")) as other:
        # Another process has the store open: the write-ahead log is not removed by itself.
        other.execute("SELECT count(*) FROM conversations").fetchone()
        assert heard(tmp_path, (NEW,)) == WORDS
        assert readable(tmp_path) == set()


@pytest.mark.parametrize(
    ("keys", "said"),
    [((), "set DATA_KEY"), ((OTHER,), "DATA_KEY lacks a key"), ((OTHER, NEW), "lacks a key")],
)
def test_a_key_that_is_missing_is_a_sentence(
    tmp_path: Path, keys: Sequence[bytes], said: str
) -> None:
    say(tmp_path, (OLD,))
    with pytest.raises(StoreError, match=said):
        open_store(url(tmp_path), keys)
    with pytest.raises(StoreError, match=said):
        reseal_store(url(tmp_path), keys)
    assert heard(tmp_path, (OLD,)) == WORDS


def test_a_key_is_changed_in_two_steps_and_nothing_is_unreadable_in_between(tmp_path: Path) -> None:
    say(tmp_path, (OLD,), "1")
    say(tmp_path, (NEW, OLD), "2")
    for name in "12":
        assert heard(tmp_path, (NEW, OLD), name) == WORDS
    for alone in (OLD, NEW):
        with pytest.raises(StoreError, match="lacks a key"):
            open_store(url(tmp_path), (alone,))
    assert reseal_store(url(tmp_path), (NEW, OLD)) == 1
    assert reseal_store(url(tmp_path), (NEW, OLD)) == 0
    for name in "12":
        assert heard(tmp_path, (NEW,), name) == WORDS
    with pytest.raises(StoreError, match="lacks a key"):
        open_store(url(tmp_path), (OLD,))
    assert readable(tmp_path) == set()


def test_every_column_is_sealed_or_known_to_hold_no_words_of_owners(tmp_path: Path) -> None:
    """Every new column must be put into this list or into `COLUMNS`."""
    wordless = {
        "conversations": "key last_seen",
        "seen": "event_id seen_at",
        "unsent": "message_id unsent_at",
        "outbox": "id key retry_key attempts created due error held token_gone about message_id",
        "unanswered": "id key message_id asked_at open_question",
        "posts": "reference key channel ts thread wiped",
        "cases": "id key open promised",
        "timers": "name key due",
        "tallies": "day name value count",
        "codes": "code flow until",
        "sheets": "hash key until",
        "amendments": "id content",
        "staff": "id name icon_url",
        "desk_entries": "kind name content staff",
        "lists": "reference channel groups more done",
        "secrets": "name value",
    }
    migrate_store(url(tmp_path))
    with contextlib.closing(sqlite3.connect(tmp_path / "navi.db")) as database:
        found = set(
            database.execute(
                "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c "
                "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
            )
        )
    known = {(table, column) for table, columns in wordless.items() for column in columns.split()}
    assert found == known | {(table, column) for table, _, column in COLUMNS}


def test_what_somebody_changed_in_the_file_is_not_taken_for_words(tmp_path: Path) -> None:
    say(tmp_path, (NEW,))
    count(url(tmp_path), "SELECT count(*) FROM conversations")

    async def scenario() -> None:
        store = open_store(url(tmp_path), (NEW,))
        try:
            with pytest.raises(StoreError, match="cannot be opened"):
                await store.load_conversation("line:U1")
        finally:
            await store.close()

    forged = (
        "UPDATE conversations SET state = substr(state, 1, 60) "
        "|| iif(substr(state, 61, 1) = 'A', 'B', 'A') || substr(state, 62)"
    )
    subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute({forged!r}); c.commit()",
            str(tmp_path / "navi.db"),
        ],
        check=True,
    )
    asyncio.run(scenario())


@given(st.binary(max_size=300), st.sampled_from([(OLD,), (NEW, OLD), ()]))
def test_what_is_sealed_is_opened_again(words: bytes, keys: tuple[bytes, ...]) -> None:
    seal = make_seal(keys)
    assert seal.unseal(seal.seal(words)) == words


OPENED = """
import asyncio, sys
from bot.store.opening import open_store
async def opened():
    store = open_store(sys.argv[1], (bytes([2]) * 32,), patient=True)
    assert (await store.load_conversation("line:U1")).case
    await store.close()
asyncio.run(opened())
"""


def test_processes_that_bring_the_first_key_together_seal_once(tmp_path: Path) -> None:
    for name in "123456789":
        say(tmp_path, (), name)
    command = [sys.executable, "-c", OPENED, url(tmp_path)]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(4)]
    for each in started:
        assert each.communicate(timeout=60)[1] == b""
        assert each.returncode == 0
    assert heard(tmp_path, (NEW,), "9") == WORDS


def command(folder: Path, *arguments: str, key: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env={**os.environ, "DATABASE_URL": url(folder), "DATA_KEY": key},
        input="返済がきつい\n",
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def in_base64(*keys: bytes) -> str:
    return ",".join(base64.b64encode(each).decode() for each in keys)


def test_every_command_asks_for_the_key_in_one_sentence(tmp_path: Path) -> None:
    say(tmp_path, (OLD,))
    for arguments in (
        ("serve",),
        ("migrate",),
        ("chat", "--person", "花子"),
        ("forget", "line", "U1"),
        ("knowledge", "list"),
    ):
        for key, said in (("", "set DATA_KEY"), (in_base64(OTHER), "DATA_KEY lacks a key")):
            done = command(tmp_path, *arguments, key=key)
            assert done.returncode == 2, (arguments, done)
            assert said in done.stderr
            assert "Traceback" not in done.stderr
    assert command(tmp_path, "forget", "line", "U1", key=in_base64(OLD)).stdout == "deleted\n"


def test_migrate_changes_the_key_and_says_so(tmp_path: Path) -> None:
    say(tmp_path, (OLD,))
    done = command(tmp_path, "migrate", key=in_base64(NEW, OLD))
    assert "keys not needed any more: 1" in done.stdout
    assert heard(tmp_path, (NEW,)) == WORDS


def test_an_owner_s_whole_way_leaves_no_words_in_the_files(tmp_path: Path) -> None:
    said = ("返済がきつい", "3割くらい落ちた", "釉薬は？")

    async def scenario() -> None:
        async with served(tmp_path, data_keys=(NEW,)) as place:
            for text in said:
                assert (await place.line.send_text("花子", text)).ok
            await until(lambda: len(place.line.calls) >= len(said))
            assert count(place.database_url, "SELECT count(*) FROM unanswered") == 1

    migrate_store(url(tmp_path))
    asyncio.run(scenario())
    files = b"".join(each.read_bytes() for each in tmp_path.glob("navi.db*"))
    assert not any(text.encode() in files for text in said)
    assert b'"answers"' not in files
