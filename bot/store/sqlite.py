"""The default store: one SQLite file, every turn on disk before it counts.

Turns of one loop tick share a commit (a commit waits for the disk, a turn does not). A step that
fails takes no neighbour with it; a database that fails takes the whole tick back, and whoever
waits for it is told, so that the platform delivers again.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
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
from bot.store.records import FORGOTTEN, LIST, Post, Tally
from bot.store.sqlite_records import COUNT, SQLiteRecords

MIGRATIONS = tuple(sorted(Path(__file__).with_name("migrations").glob("*.sql")))
LINGER = 0.05
"""Seconds that a delivery made may stay in the outbox, to share a commit with the next turn."""

LINGER_AFTER_FAILURE = 1.0
"""The same after a commit that failed: a database in trouble is not asked all the time."""

COMMAND_WAIT, SERVING_WAIT = 5000, 200
"""Milliseconds to wait for another process's lock. A server's whole loop waits, so it soon says
503 and the platform delivers again; a command has the time."""

_PRAGMAS = (
    f"busy_timeout={COMMAND_WAIT}",
    "journal_mode=WAL",
    "synchronous=FULL",  # nothing acknowledged is lost to a power cut
    "secure_delete=ON",  # what is deleted is overwritten
    "temp_store=MEMORY",  # else what a savepoint may take back is written to a file, words and all
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

    Several processes may do this at once. Raises SchemaError when the database is of a later
    version than this program, StoreError when it cannot be changed.
    """
    try:
        done = version(database)
        _refuse_later(done)
        return sum(_migrated(database, number) for number in range(done + 1, len(MIGRATIONS) + 1))
    except sqlite3.Error as error:
        raise StoreError(
            f"The database could not be brought up to date ({error}). "
            "Stop what else uses it and run `python -m bot migrate` again."
        ) from error


def _migrated(database: sqlite3.Connection, number: int) -> bool:
    """Run one migration; False when another process was quicker."""
    database.execute("BEGIN IMMEDIATE")
    try:
        missing = version(database) < number
        if missing:
            for statement in _statements(MIGRATIONS[number - 1].read_text("utf-8")):
                database.execute(statement)
            database.execute(f"PRAGMA user_version={number}")
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
    return missing


def _statements(script: str) -> Iterator[str]:
    """The statements of a script; `executescript` would end the transaction they belong to."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


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
        self._waiting: list[asyncio.Future[None]] | None = None
        self._broken: sqlite3.Error | None = None
        self._made: list[tuple[int]] = []
        self._going: list[tuple[int]] = []
        self._linger: asyncio.TimerHandle | None = None
        self._locked: StoreError | None = None
        self._words_deleted = False
        self._farewells: set[tuple[int]] = set()
        self._records = SQLiteRecords(self._run)

    @property
    def records(self) -> SQLiteRecords:
        """The records of turns."""
        return self._records

    async def turn(
        self, incoming: Incoming, step: Step, now: datetime
    ) -> tuple[Delivery, ...] | None:
        """Answer an event exactly once, durably; None when it was seen before or unsent."""
        self._begin()
        self._run("SAVEPOINT event")
        try:
            deliveries = self._turn(incoming, step, now)
            self._run("RELEASE event")
        except BaseException:
            # Nothing of this event stays; its neighbours' work does.
            with contextlib.suppress(StoreError):
                self._run("ROLLBACK TO event")
                self._run("RELEASE event")
            raise
        await self._committed()
        return deliveries

    def _turn(self, incoming: Incoming, step: Step, now: datetime) -> tuple[Delivery, ...] | None:
        """The deliveries; None for an event seen before."""
        if not self._is_new(incoming, now):
            return None
        work = step(self._load(incoming.key))
        self._keep(work, incoming, now)
        deliveries = tuple(self._put(each, incoming, now) for each in work.outgoing)
        self._record(work, incoming.key, now)
        if work.forget:
            self._farewells.update((each.id,) for each in deliveries)
        return deliveries

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
        elif work.conversation and work.conversation.last_seen:
            self._save(work.conversation)
        elif work.conversation:
            # Without a time it would never be idle, and stay for ever.
            self._save(replace(work.conversation, last_seen=now))
        if work.silence:
            self._run("DELETE FROM outbox WHERE key = ?", (key,))
        for question in work.unanswered:
            self._run(
                "INSERT INTO unanswered (key, message_id, question, asked_at) VALUES (?, ?, ?, ?)",
                (key, incoming.message_id, question, now.isoformat()),
            )

    def _record(self, work: Work, key: str, now: datetime) -> None:
        # Counts are kept outside the savepoint, so they come when nothing can fail any more.
        for record in sorted(work.records, key=lambda each: isinstance(each, Tally)):
            self._records.keep(record, key, now)

    def _put(self, outgoing: Outgoing, incoming: Incoming, now: datetime) -> Delivery:
        retry_key, key, moment = str(uuid4()), outgoing.key or incoming.key, now.isoformat()
        about, repeats = (incoming.key, incoming.message_id) if key != incoming.key else ("", "")
        number = self._run(
            "INSERT INTO outbox (key, outgoing, retry_key, created, due, about, message_id) "
            "VALUES (?, CAST(? AS TEXT), ?, ?, ?, ?, ?)",  # bytes: SQLite keeps text as UTF-8 anyway
            (key, _dump(outgoing), retry_key, moment, moment, about, repeats),
        ).lastrowid
        sent = replace(outgoing, key="") if outgoing.key else outgoing  # the delivery has it now
        return Delivery(number or 0, key, sent, retry_key, due=now, about=about)

    async def conversation(self, key: str) -> Conversation:
        """The conversation of this key; a new one when there is none."""
        return self._load(key)

    def _load(self, key: str) -> Conversation:
        # As bytes, as orjson wants them: Python's text would be made and taken apart again.
        state = "SELECT CAST(state AS BLOB) FROM conversations WHERE key = ?"
        row = self._run(state, (key,)).fetchone()
        return from_dict(orjson.loads(row[0])) if row else Conversation(key)

    def _save(self, conversation: Conversation) -> None:
        state = to_dict(conversation)
        self._run(
            "INSERT INTO conversations VALUES (?, CAST(? AS TEXT), ?) ON CONFLICT (key) DO UPDATE "
            "SET state = excluded.state, last_seen = excluded.last_seen",
            (conversation.key, orjson.dumps(state), state["last_seen"]),
        )

    async def unsend(self, message_id: str, now: datetime, reference: str = "") -> None:
        """Delete what was kept of a message, and remember that it must not come back."""
        self._begin()
        self._run(
            "INSERT INTO unsent VALUES (?, ?) ON CONFLICT DO NOTHING", (message_id, now.isoformat())
        )
        self._records.unask("message_id", message_id)
        self._run("DELETE FROM outbox WHERE message_id = ?", (message_id,))
        self._records.unsend(reference)
        self._words_deleted = True
        await self._committed()

    async def forget(self, key: str) -> bool:
        """Delete everything about this key; the write-ahead log is emptied of it too."""
        self._begin()
        named = self._records.unname(key)
        there_was = self._forget(key)
        await self._committed()
        return there_was or named

    def _forget(self, key: str) -> bool:
        self._words_deleted = True
        asked = self._records.unask("key", key)
        tables = ("conversations", "outbox")
        deleted = [
            self._run(f"DELETE FROM {table} WHERE key = ?", (key,)).rowcount  # noqa: S608 - our own table names
            for table in tables
        ]
        deleted.append(self._run("DELETE FROM outbox WHERE about = ?", (key,)).rowcount)
        return self._records.forget(key) or asked or any(deleted)

    async def undelivered(self) -> tuple[Delivery, ...]:
        """Every delivery still to be made, oldest first."""
        rows = self._run(f"SELECT {_DELIVERY} FROM outbox WHERE due IS NOT NULL ORDER BY id")  # noqa: S608 - our own columns
        return tuple(_delivery(row) for row in rows)

    async def waits(self, number: int) -> bool:
        """Whether this delivery is still to be made."""
        found = self._run("SELECT 1 FROM outbox WHERE id = ? AND due IS NOT NULL", (number,))
        return found.fetchone() is not None

    async def delivered(self, ids: Sequence[int]) -> None:
        """These deliveries were made; their words are deleted with the next commit.

        That commit comes within `LINGER` seconds: should the process end before it, the platform
        is asked once more and says that it has the message.
        """
        self._made += [(each,) for each in ids]
        self._delete_made_in(LINGER)

    def _delete_made_in(self, seconds: float) -> None:
        if self._linger is None:
            self._linger = asyncio.get_running_loop().call_later(seconds, self._delete_made)

    def _delete_made(self) -> None:
        self._linger = None
        try:
            self._begin()
        except StoreError:
            self._delete_made_in(LINGER_AFTER_FAILURE)

    async def settle(
        self, delivery: Delivery, following: Sequence[Outgoing], post: Post | None, now: datetime
    ) -> tuple[Delivery, ...]:
        """A delivery was made: keep where, and what it leads to, in one commit."""
        self._begin()
        known = self._run("DELETE FROM outbox WHERE id = ?", (delivery.id,)).rowcount
        if post:
            # A list is drawn anew behind this; anything else has words that must go.
            stays = known or delivery.key.startswith(LIST)
            self._records.remember(post if stays else replace(post, key="", wiped=FORGOTTEN))
        put = self._put_after(delivery, following, now) if known else ()
        await self._committed()
        return put

    async def revive(self, number: int, now: datetime) -> Delivery | None:
        """Make a delivery that was given up once more."""
        self._begin()
        revived = self._run(
            "UPDATE outbox SET due = ?, created = ?, attempts = 0 WHERE id = ? AND due IS NULL",
            (now.isoformat(), now.isoformat(), number),
        ).rowcount
        row = self._run(f"SELECT {_DELIVERY} FROM outbox WHERE id = ?", (number,)).fetchone()  # noqa: S608 - our own columns
        await self._committed()
        return _delivery(row) if row and revived else None

    async def wiped(self, post: Post) -> None:
        """A post has lost its words; it is not known any more."""
        self._begin()
        self._records.drop(post.reference)
        await self._committed()

    async def postpone(
        self, delivery: Delivery, following: Sequence[Outgoing], now: datetime
    ) -> tuple[Delivery, ...]:
        """Keep the attempts, due time and error of a delivery that failed, and what follows."""
        due = delivery.due.isoformat() if delivery.due else None
        self._begin()
        self._run(
            "UPDATE outbox SET attempts = ?, due = ?, error = ?, held = ?, token_gone = ? "
            "WHERE id = ?",
            (
                delivery.attempts,
                due,
                delivery.error,
                delivery.held,
                delivery.token_gone,
                delivery.id,
            ),
        )
        put = self._put_after(delivery, following, now)
        await self._committed()
        return put

    def _put_after(
        self, delivery: Delivery, following: Sequence[Outgoing], now: datetime
    ) -> tuple[Delivery, ...]:
        origin = Incoming("", delivery.about or delivery.key)
        return tuple(self._put(each, origin, now) for each in following)

    async def outbox(self) -> OutboxState:
        """How much waits to be sent."""
        waiting, oldest, given_up = self._run(
            "SELECT count(due), min(CASE WHEN due IS NOT NULL THEN created END), "
            "count(*) - count(due) FROM outbox"
        ).fetchone()
        return OutboxState(waiting, datetime.fromisoformat(oldest) if oldest else None, given_up)

    async def tidy(self, idle_before: datetime, seen_before: datetime, now: datetime) -> int:
        """Delete conversations idle since, and what else has had its time; how many of the first."""
        self._begin()
        self._records.expire(now)
        idle = [
            row[0]
            for row in self._run(
                "SELECT key FROM conversations WHERE last_seen < ?", (idle_before.isoformat(),)
            )
        ]
        for key in idle:
            self._forget(key)
        given_up = "DELETE FROM outbox WHERE due IS NULL AND created < ?"
        self._run(given_up, (idle_before.isoformat(),))
        self._run("DELETE FROM seen WHERE seen_at < ?", (seen_before.isoformat(),))
        self._run("DELETE FROM unsent WHERE unsent_at < ?", (seen_before.isoformat(),))
        self._words_deleted = True  # also those that an earlier checkpoint could not reach
        await self._committed()
        return len(idle)

    async def close(self) -> None:
        """Make everything durable and close the file."""
        try:
            if self._made:
                self._begin()
            await self._committed()
        finally:
            if self._linger:
                self._linger.cancel()
            self._database.close()

    # --- one commit for all that happens within one tick of the loop ------------------------------

    def _begin(self) -> None:
        """Be in the transaction of this tick; its commit is due when the tick has ended.

        Raises StoreError when another process holds the database, at once for the rest of the tick.
        """
        if self._waiting is not None:
            return
        if self._locked:
            raise self._locked
        loop = asyncio.get_running_loop()
        try:
            self._run("BEGIN IMMEDIATE")
        except StoreError as error:
            self._locked = error
            loop.call_soon(self._unlock)
            raise
        self._waiting = []
        loop.call_soon(self._finish)
        self._let_go()

    def _let_go(self) -> None:
        """Delete what was delivered: first of all, so that new rows are written in its place."""
        if self._linger:
            self._linger.cancel()
            self._linger = None
        self._going, self._made = self._made, []
        if farewells := self._farewells.intersection(self._going):
            self._farewells -= farewells
            self._words_deleted = True  # whom they went to, the last that was known of her
        try:
            self._database.executemany("DELETE FROM outbox WHERE id = ?", self._going)
        except sqlite3.Error as error:
            self._broken = error

    def _unlock(self) -> None:
        self._locked = None

    async def _committed(self) -> None:
        """Wait for the commit that this tick's work shares; on disk when this returns."""
        if self._waiting is not None:
            # A future for each: whoever gives up waiting takes no other's commit with it.
            mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(mine)
            await mine

    def _finish(self) -> None:
        waiting, self._waiting, broken, self._broken = self._waiting, None, self._broken, None
        counted = self._records.take_counts()
        try:
            if broken:
                raise broken
            self._database.executemany(COUNT, counted)
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            self._take_back()
            for each in _still(waiting):
                each.set_exception(StoreError(f"The database did not take a commit ({error})."))
        else:
            self._empty_log()
            for each in _still(waiting):
                each.set_result(None)

    def _take_back(self) -> None:
        """Undo this tick; what was delivered before it is deleted a little later."""
        if self._database.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self._database.execute("ROLLBACK")
        self._made += self._going
        if self._going:
            self._delete_made_in(LINGER_AFTER_FAILURE)

    def _empty_log(self) -> None:
        """Empty the write-ahead log of deleted words.

        Only a reader or another process can be in the way; the next tidying then does it.
        """
        if self._words_deleted:
            self._words_deleted = False
            with contextlib.suppress(sqlite3.Error):
                self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _run(self, statement: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        """Run one statement; an error spoils the transaction of this tick, if there is one."""
        try:
            return self._database.execute(statement, values)
        except sqlite3.Error as error:
            if self._waiting is not None:
                self._broken = error
            raise StoreError(f"The database did not take a statement ({error}).") from error


def _still(waiting: list[asyncio.Future[None]] | None) -> list[asyncio.Future[None]]:
    """Those whose waiting was not cancelled meanwhile."""
    return [each for each in waiting or () if not each.done()]


def _dump(outgoing: Outgoing) -> bytes:
    return orjson.dumps(
        {
            "channel": outgoing.channel,
            **_what(outgoing),
            "reply_token": outgoing.reply_token,
            "reply_until": outgoing.reply_until,
            "receipt": outgoing.receipt,
        }
    )


def _what(outgoing: Outgoing) -> dict[str, Any]:
    if outgoing.kept:
        return {"kept": orjson.Fragment(outgoing.kept)}
    return {"messages": list(outgoing.messages)}


_DELIVERY = "id, key, outgoing, retry_key, attempts, due, error, held, token_gone, about"


def _delivery(row: tuple[Any, ...]) -> Delivery:
    number, key, outgoing, retry_key, attempts, due, error, held, token_gone, about = row
    data = orjson.loads(outgoing)
    until = data["reply_until"]
    return Delivery(
        number,
        key,
        Outgoing(
            data["channel"],
            data.get("messages", ()),
            data["reply_token"],
            datetime.fromisoformat(until) if until else None,
            receipt=data.get("receipt", ""),
            kept=orjson.dumps(data["kept"]) if "kept" in data else b"",
        ),
        retry_key,
        attempts,
        datetime.fromisoformat(due) if due else None,
        error,
        held=bool(held),
        token_gone=bool(token_gone),
        about=about,
    )
