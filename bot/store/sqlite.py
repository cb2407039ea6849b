"""The default store: one SQLite file, every turn on disk before it counts.

Turns of one loop tick share a commit (a commit waits for the disk, a turn does not). A step that
fails takes no neighbour with it; a database that fails takes the whole tick back, and whoever
waits for it is told, so that the platform delivers again.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson

from bot.conversation import Conversation, from_dict, to_dict
from bot.store import (
    Delivery,
    Incoming,
    OutboxState,
    Outgoing,
    SchemaError,
    Step,
    StoreError,
    Work,
)

MIGRATIONS = tuple(sorted(Path(__file__).with_name("migrations").glob("*.sql")))
LINGER = 0.05
"""Seconds that a delivery made may stay in the outbox, to share a commit with the next turn."""

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # nothing acknowledged is lost to a power cut
    "secure_delete=ON",  # what is deleted is overwritten
    "busy_timeout=5000",
    "foreign_keys=ON",
)


def connect(path: str) -> sqlite3.Connection:
    """Open the file, made with its folder when it is not there. Raises StoreError."""
    try:
        if path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(path, isolation_level=None)
        for pragma in _PRAGMAS:
            database.execute(f"PRAGMA {pragma}")
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"The database {path} cannot be used ({error}). Check DATABASE_URL and that the "
            "folder can be written to."
        ) from error
    return database


def version(database: sqlite3.Connection) -> int:
    """The number of migrations this database has had."""
    found: int = database.execute("PRAGMA user_version").fetchone()[0]
    return found


def migrate(database: sqlite3.Connection) -> int:
    """Run the migrations that are missing, each in a transaction; their number.

    Raises SchemaError when the database is of a later version than this program.
    """
    done = version(database)
    _refuse_later(done)
    for number, script in enumerate(MIGRATIONS[done:], start=done + 1):
        steps = (
            f"BEGIN IMMEDIATE;\n{script.read_text('utf-8')}\nPRAGMA user_version={number};\nCOMMIT;"
        )
        database.executescript(steps)
    return len(MIGRATIONS) - done


def _refuse_later(done: int) -> None:
    if done > len(MIGRATIONS):
        raise SchemaError(
            f"The database has schema {done}, this program knows {len(MIGRATIONS)}. "
            "Install the newer kaizen-navi that made it, or restore the matching backup."
        )


def check_version(database: sqlite3.Connection) -> None:
    """Raise SchemaError unless the database has exactly the schema of this program."""
    done = version(database)
    _refuse_later(done)
    if done < len(MIGRATIONS):
        raise SchemaError(
            f"The database has schema {done} of {len(MIGRATIONS)}. "
            "Run `python -m bot migrate` first (it keeps what is stored)."
        )


class SQLiteStore:
    """A `Store` in one file; used by one process and one event loop at a time."""

    def __init__(self, database: sqlite3.Connection) -> None:
        check_version(database)
        self._database = database
        self._commit: asyncio.Future[None] | None = None
        self._broken: sqlite3.Error | None = None
        self._made: list[tuple[int]] = []
        self._linger: asyncio.TimerHandle | None = None

    async def turn(
        self, incoming: Incoming, step: Step, now: datetime
    ) -> tuple[Delivery, ...] | None:
        """Answer an event exactly once, durably; None when it was seen before or unsent."""
        deliveries, forgotten = self._turn(incoming, step, now)
        await self._committed()
        if forgotten:
            self._run("PRAGMA wal_checkpoint(TRUNCATE)")
        return deliveries

    def _turn(
        self, incoming: Incoming, step: Step, now: datetime
    ) -> tuple[tuple[Delivery, ...] | None, bool]:
        """The deliveries, None for an event seen before; and whether a person was forgotten."""
        self._begin()
        if not self._is_new(incoming, now):
            return None, False
        try:
            work = step(self._load(incoming.key))
        except BaseException:
            # Nothing else has been written for this event; its neighbours' work stays.
            self._run("DELETE FROM seen WHERE event_id = ?", (incoming.event_id,))
            raise
        self._keep(work, incoming, now)
        put = tuple(self._put(incoming.key, each, now) for each in work.outgoing)
        return put, work.forget

    def _is_new(self, incoming: Incoming, now: datetime) -> bool:
        fresh = self._run(
            "INSERT INTO seen VALUES (?, ?) ON CONFLICT DO NOTHING",
            (incoming.event_id, now.isoformat()),
        ).rowcount
        if not fresh or not incoming.message_id:
            return bool(fresh)
        taken_back = "SELECT 1 FROM unsent WHERE message_id = ?"
        return self._run(taken_back, (incoming.message_id,)).fetchone() is None

    def _keep(self, work: Work, incoming: Incoming, now: datetime) -> None:
        key = incoming.key
        if work.forget:
            self._forget(key)
        else:
            self._save(work.conversation)
        if work.silence:
            self._run("DELETE FROM outbox WHERE key = ?", (key,))
        for question in work.unanswered:
            self._run(
                "INSERT INTO unanswered (key, message_id, question, asked_at) VALUES (?, ?, ?, ?)",
                (key, incoming.message_id, question, now.isoformat()),
            )

    def _put(self, key: str, outgoing: Outgoing, now: datetime) -> Delivery:
        retry_key = str(uuid4())
        number = self._run(
            "INSERT INTO outbox (key, outgoing, retry_key, created, due) VALUES (?, ?, ?, ?, ?)",
            (key, _dump(outgoing), retry_key, now.isoformat(), now.isoformat()),
        ).lastrowid
        return Delivery(number or 0, key, outgoing, retry_key, due=now)

    async def conversation(self, key: str) -> Conversation:
        """The conversation of this key; a new one when there is none."""
        return self._load(key)

    def _load(self, key: str) -> Conversation:
        row = self._run("SELECT state FROM conversations WHERE key = ?", (key,)).fetchone()
        return from_dict(orjson.loads(row[0])) if row else Conversation(key)

    def _save(self, conversation: Conversation) -> None:
        state = to_dict(conversation)
        self._run(
            "INSERT INTO conversations VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE "
            "SET state = excluded.state, last_seen = excluded.last_seen",
            (conversation.key, orjson.dumps(state).decode(), state["last_seen"]),
        )

    async def unsend(self, message_id: str, now: datetime) -> None:
        """Delete what was kept of a message, and remember that it must not come back."""
        self._begin()
        self._run(
            "INSERT INTO unsent VALUES (?, ?) ON CONFLICT DO NOTHING", (message_id, now.isoformat())
        )
        self._run("DELETE FROM unanswered WHERE message_id = ?", (message_id,))
        await self._committed()

    async def forget(self, key: str) -> bool:
        """Delete everything about this key; the write-ahead log is emptied of it too."""
        self._begin()
        there_was = self._forget(key)
        await self._committed()
        self._run("PRAGMA wal_checkpoint(TRUNCATE)")
        return there_was

    def _forget(self, key: str) -> bool:
        tables = ("conversations", "outbox", "unanswered")
        deleted = [
            self._run(f"DELETE FROM {table} WHERE key = ?", (key,)).rowcount  # noqa: S608 - our own table names
            for table in tables
        ]
        return any(deleted)

    async def undelivered(self) -> tuple[Delivery, ...]:
        """Every delivery still to be made, oldest first."""
        rows = self._run(
            "SELECT id, key, outgoing, retry_key, attempts, due, error FROM outbox "
            "WHERE due IS NOT NULL ORDER BY id"
        )
        return tuple(_delivery(row) for row in rows)

    async def delivered(self, ids: Sequence[int]) -> None:
        """These deliveries were made; their words are deleted with the next commit.

        That commit comes within `LINGER` seconds: should the process end before it, the platform
        is asked once more and says that it has the message.
        """
        self._made += [(each,) for each in ids]
        if self._commit is None and self._linger is None:
            self._linger = asyncio.get_running_loop().call_later(LINGER, self._begin)

    async def postpone(self, delivery: Delivery) -> None:
        """Keep the attempts, due time and error of a delivery that failed."""
        due = delivery.due.isoformat() if delivery.due else None
        self._begin()
        self._run(
            "UPDATE outbox SET attempts = ?, due = ?, error = ? WHERE id = ?",
            (delivery.attempts, due, delivery.error, delivery.id),
        )
        await self._committed()

    async def outbox(self) -> OutboxState:
        """How much waits to be sent."""
        waiting, oldest, given_up = self._run(
            "SELECT count(due), min(CASE WHEN due IS NOT NULL THEN created END), "
            "count(*) - count(due) FROM outbox"
        ).fetchone()
        return OutboxState(waiting, datetime.fromisoformat(oldest) if oldest else None, given_up)

    async def unanswered(self) -> tuple[str, ...]:
        """The questions nobody could answer, oldest first."""
        return tuple(row[0] for row in self._run("SELECT question FROM unanswered ORDER BY id"))

    async def tidy(self, idle_before: datetime, seen_before: datetime) -> int:
        """Delete conversations idle since, and events seen before; the number of conversations."""
        self._begin()
        idle = [
            row[0]
            for row in self._run(
                "SELECT key FROM conversations WHERE last_seen < ?", (idle_before.isoformat(),)
            )
        ]
        for key in idle:
            self._forget(key)
        self._run("DELETE FROM seen WHERE seen_at < ?", (seen_before.isoformat(),))
        self._run("DELETE FROM unsent WHERE unsent_at < ?", (seen_before.isoformat(),))
        await self._committed()
        return len(idle)

    async def close(self) -> None:
        """Make everything durable and close the file."""
        if self._made:
            self._begin()
        if self._linger:
            self._linger.cancel()
        await self._committed()
        self._database.close()

    # --- one commit for all that happens within one tick of the loop ------------------------------

    def _begin(self) -> None:
        """Be in the transaction of this tick; its commit is due when the tick has ended."""
        if self._commit is not None:
            return
        self._run("BEGIN IMMEDIATE")
        loop = asyncio.get_running_loop()
        self._commit = loop.create_future()
        loop.call_soon(self._finish, self._commit)
        if self._linger:
            self._linger.cancel()
            self._linger = None

    async def _committed(self) -> None:
        """Wait for the commit that this tick's work shares; on disk when this returns."""
        if self._commit is not None:
            await asyncio.shield(self._commit)

    def _finish(self, waiting: asyncio.Future[None]) -> None:
        self._commit, broken, self._broken = None, self._broken, None
        try:
            if broken:
                raise broken
            made, self._made = self._made, []
            self._database.executemany("DELETE FROM outbox WHERE id = ?", made)
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            self._roll_back()
            waiting.set_exception(StoreError(f"The database did not take a commit ({error})."))
            waiting.exception()  # whoever waits gets it; if nobody does, it was not asked for
        else:
            waiting.set_result(None)

    def _roll_back(self) -> None:
        if self._database.in_transaction:
            self._run("ROLLBACK")

    def _run(self, statement: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        """Run one statement; an error spoils the transaction of this tick."""
        try:
            return self._database.execute(statement, values)
        except sqlite3.Error as error:
            self._broken = error
            raise StoreError(f"The database did not take a statement ({error}).") from error


def _dump(outgoing: Outgoing) -> str:
    return orjson.dumps(
        {
            "channel": outgoing.channel,
            "messages": list(outgoing.messages),
            "reply_token": outgoing.reply_token,
            "reply_until": outgoing.reply_until,
        }
    ).decode()


def _delivery(row: tuple[Any, ...]) -> Delivery:
    number, key, outgoing, retry_key, attempts, due, error = row
    data = orjson.loads(outgoing)
    until = data["reply_until"]
    return Delivery(
        number,
        key,
        Outgoing(
            data["channel"],
            data["messages"],
            data["reply_token"],
            datetime.fromisoformat(until) if until else None,
        ),
        retry_key,
        attempts,
        datetime.fromisoformat(due) if due else None,
        error,
    )
