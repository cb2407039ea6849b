"""Serve the default store, one SQLite file.

Every turn is on disk before it counts. Turns of one loop tick share a commit (`group_commit`). A
step that fails takes no neighbour with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.model.conversation import Conversation
from bot.store import (
    Delivery,
    Incoming,
    OutboxState,
    Outgoing,
    Standing,
    Step,
    StoreError,
    TurnResult,
    suspect_attempt,
)
from bot.store.columns import seal_conversation, unseal_conversation
from bot.store.records import CountOne, Post
from bot.store.sealing import NoSeal, Seal
from bot.store.sqlite import tidying
from bot.store.sqlite.group_commit import GroupCommit
from bot.store.sqlite.log import WriteAheadLog
from bot.store.sqlite.outbox import SQLiteOutbox
from bot.store.sqlite.record_writer import RecordWriter
from bot.store.sqlite.records import SQLiteRecords
from bot.store.sqlite.schema import check_version
from bot.store.sqlite.sealed import settle
from bot.store.sqlite.written_file import WrittenFile
from bot.store.unexpected_posts import judge_unexpected

SECRET_BYTES = 32


class SQLiteStore:
    """Serve a `Store` in one file to one process and event loop."""

    def __init__(self, database: sqlite3.Connection, seal: Seal | None = None) -> None:
        check_version(database)
        self._database, self._seal = database, seal or NoSeal()
        settle(database, self._seal)
        self._log = WriteAheadLog(database)
        self._group_commit = GroupCommit(database, self._log)
        self._run = self._group_commit.run
        self._writer = RecordWriter(self._run, self._group_commit.count, self._seal)
        self._records = SQLiteRecords(self._run, self._seal)
        self._outbox = SQLiteOutbox(self._run, self._seal)
        self._file, self._has_claimed = WrittenFile(database), False

    @property
    def records(self) -> SQLiteRecords:
        """Read the records that turns left behind."""
        return self._records

    async def turn(
        self, incoming: Incoming, step: Step, now: datetime
    ) -> tuple[Delivery, ...] | None:
        """Answer an event exactly once and durably.

        Returns None when it was seen before or unsent.
        """
        return await self._do_once(incoming, lambda: step(self._load(incoming.key)), now)

    async def commit(
        self, incoming: Incoming, result: TurnResult, now: datetime
    ) -> tuple[Delivery, ...] | None:
        """Keep the result of an event without reading a conversation."""
        return await self._do_once(incoming, lambda: result, now)

    async def _do_once(
        self, incoming: Incoming, make: Callable[[], TurnResult], now: datetime
    ) -> tuple[Delivery, ...] | None:
        self._group_commit.begin()
        # A savepoint, not a transaction: that one is shared by all turns of the tick.
        self._run("SAVEPOINT event")
        try:
            deliveries = self._write_once(incoming, make, now)
            self._run("RELEASE event")
        except BaseException:
            # Nothing of this event stays; its neighbours' work does.
            with contextlib.suppress(StoreError):
                self._run("ROLLBACK TO event")
                self._run("RELEASE event")
            raise
        await self._group_commit.committed()
        return deliveries

    def _write_once(
        self, incoming: Incoming, make: Callable[[], TurnResult], now: datetime
    ) -> tuple[Delivery, ...] | None:
        # Seen first, in the same transaction: of two copies that come together one finds the other.
        if not self._is_new(incoming, now):
            return None
        work = make()
        self._keep(work, incoming, now)
        deliveries = tuple(self._outbox.put(each, incoming, now) for each in work.outgoing)
        self._record(work, incoming.key, now)
        if work.forget:
            self._group_commit.truncate_wal_after_delivery(each.id for each in deliveries)
        return deliveries

    def _is_new(self, incoming: Incoming, now: datetime) -> bool:
        fresh = self._run(
            "INSERT INTO seen (event_id, seen_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (incoming.event_id, max(now, incoming.at or now).isoformat()),
        ).rowcount
        if not fresh or not incoming.message_id:
            return bool(fresh)
        # Unsent before it was heard: LINE does not promise an order of events.
        taken_back = "SELECT 1 FROM unsent WHERE message_id = ?"
        return self._run(taken_back, (incoming.message_id,)).fetchone() is None

    def _keep(self, work: TurnResult, incoming: Incoming, now: datetime) -> None:
        key = incoming.key
        if work.forget:
            self._forget(key)
        elif work.conversation and work.conversation.last_seen:
            self._save(work.conversation)
        elif work.conversation:
            # Without a time it would never be idle, and stay for ever.
            self._save(replace(work.conversation, last_seen=now))
        # Only their own deliveries: receipts for staff about them still go.
        if work.silence:
            self._outbox.delete_to(key)
        for question in work.unanswered:
            self._run(
                "INSERT INTO unanswered (key, message_id, question, asked_at, open_question) "
                "VALUES (?, ?, CAST(? AS TEXT), ?, ?)",
                (
                    key,
                    incoming.message_id,
                    self._seal.seal(question.encode()),
                    now.isoformat(),
                    work.open_question,
                ),
            )

    def _record(self, work: TurnResult, key: str, now: datetime) -> None:
        # Counts are kept outside of the savepoint, so they come once nothing can fail any more.
        for record in sorted(work.records, key=lambda each: isinstance(each, CountOne)):
            self._writer.keep(record, key, now)

    async def load_conversation(self, key: str) -> Conversation:
        """Load the conversation of this key, or a new one."""
        return self._load(key)

    def _load(self, key: str) -> Conversation:
        # As bytes, as orjson wants them: Python's text would be made and taken apart again.
        state = "SELECT CAST(state AS BLOB) FROM conversations WHERE key = ?"
        row = self._run(state, (key,)).fetchone()
        return unseal_conversation(self._seal, key, row[0] if row else None)

    def _save(self, conversation: Conversation) -> None:
        idle_since = conversation.idle_since.isoformat() if conversation.idle_since else None
        self._run(
            "INSERT INTO conversations (key, state, last_seen) "
            "VALUES (?, CAST(? AS TEXT), ?) ON CONFLICT (key) DO UPDATE "
            "SET state = excluded.state, last_seen = excluded.last_seen",
            (conversation.key, seal_conversation(self._seal, conversation), idle_since),
        )

    async def unsend(self, message_id: str, now: datetime, reference: str = "") -> None:
        """Delete everything kept of a message, now and for the future."""
        self._group_commit.begin()
        self._run(
            "INSERT INTO unsent (message_id, unsent_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (message_id, now.isoformat()),
        )
        self._writer.delete_questions("message_id", message_id)
        self._outbox.delete_repeating(message_id)
        self._writer.unsend(reference)
        self._group_commit.truncate_wal_after_commit()
        await self._group_commit.committed()

    async def load_secret(self) -> bytes:
        """Load the secret of this store, made by the first process that asks."""
        query = "SELECT value FROM secrets WHERE name = 'people'"
        if not (row := self._run(query).fetchone()):
            self._group_commit.begin()
            made = "INSERT INTO secrets (name, value) VALUES ('people', ?) ON CONFLICT DO NOTHING"
            self._run(made, (secrets.token_hex(SECRET_BYTES),))
            row = self._run(query).fetchone()
            await self._group_commit.committed()
        return bytes.fromhex(row[0])

    async def forget(self, key: str) -> bool:
        """Delete everything about this key, in the write-ahead log too."""
        self._group_commit.begin()
        named = self._writer.delete_staff_name(key)
        there_was = self._forget(key)
        await self._group_commit.committed()
        return there_was or named

    def _forget(self, key: str) -> bool:
        self._group_commit.truncate_wal_after_commit()
        return self._forget_all(key)

    def _forget_all(self, key: str) -> bool:
        # A tuple, so that every one is deleted: `a() or b()` would stop at the first that found something.
        found = (
            self._writer.delete_questions("key", key),
            bool(self._run("DELETE FROM conversations WHERE key = ?", (key,)).rowcount),
            self._outbox.delete_to(key),
            self._outbox.delete_about(key),
            self._writer.forget(key),
        )
        return any(found)

    async def list_undelivered(self) -> tuple[Delivery, ...]:
        """List every delivery still to be made, oldest first."""
        return self._outbox.list_waiting()

    async def claim(self, _: Callable[[], Collection[int]], most: int) -> tuple[Delivery, ...]:
        """Take over everything an earlier process left, at the first call."""
        if self._has_claimed or not most:
            return ()
        self._has_claimed = True
        return tuple(map(suspect_attempt, self._outbox.list_waiting()))

    async def wait_for_free(self) -> None:
        """Wait for ever, since no other process delivers from this file."""
        await asyncio.Event().wait()

    async def find_standing(self, number: int) -> Standing:
        """Find whether this delivery is still to be made."""
        return Standing.OURS if self._outbox.is_waiting(number) else Standing.GONE

    def may_deliver(self) -> bool:
        """Return True, since no other process delivers from this file."""
        return True

    async def leads(self) -> bool:
        """Return True, since this process is the only one."""
        return True

    async def delete_delivered(self, ids: Sequence[int]) -> None:
        """Delete deliveries that were made, words and all, with the next commit.

        That commit comes soon: should the process end before it, the platform
        is asked once more and says that it has the message.
        """
        self._group_commit.delete_later(ids)

    async def delete_needless(self, number: int) -> None:
        """Delete a delivery that need not be made, with the next commit."""
        self._group_commit.delete_later([number])

    async def settle(
        self, delivery: Delivery, following: Sequence[Outgoing], post: Post | None, now: datetime
    ) -> tuple[Delivery, ...]:
        """Keep the place of a made delivery and its followers in one commit."""
        self._group_commit.begin()
        # No row means that its person was forgotten while it was on its way.
        known = self._outbox.delete(delivery.id)
        if post and known:
            self._writer.remember(post)
        elif post:
            self._keep_unexpected(delivery, post)
        put = self._outbox.put_after(delivery, following, now) if known else ()
        await self._group_commit.committed()
        return put

    def _keep_unexpected(self, delivery: Delivery, post: Post) -> None:
        """Keep the place of a post whose delivery is gone, mostly to delete it."""
        place = self._writer.find_place(post.reference)
        if place != (post.channel, post.ts):
            self._writer.remember(judge_unexpected(delivery, post, has_other=place is not None))

    async def revive(self, number: int, now: datetime) -> Delivery | None:
        """Make a delivery that was given up once more."""
        self._group_commit.begin()
        revived = self._outbox.revive(number, now)
        found = self._outbox.find(number) if revived else None
        await self._group_commit.committed()
        return found

    async def delete_post(self, post: Post) -> None:
        """Forget a post that has lost its words."""
        self._group_commit.begin()
        self._writer.drop(post.reference)
        await self._group_commit.committed()

    async def postpone(
        self, delivery: Delivery, following: Sequence[Outgoing], now: datetime
    ) -> tuple[Delivery, ...]:
        """Keep a failed delivery's attempts, due time and error, and its followers."""
        self._group_commit.begin()
        self._outbox.update(delivery)
        put = self._outbox.put_after(delivery, following, now)
        await self._group_commit.committed()
        return put

    async def load_outbox_state(self) -> OutboxState:
        """Count how much waits to be sent."""
        return self._outbox.count()

    async def tidy(self, idle_before: datetime, seen_before: datetime, now: datetime) -> int:
        """Delete idle conversations and everything expired.

        Returns the number of conversations.
        """
        commit, seen = self._group_commit, seen_before.isoformat()
        commit.begin()
        self._writer.expire(now)
        self._outbox.delete_given_up(idle_before)
        await commit.committed()
        idle = await tidying.delete_old(
            commit, tidying.CONVERSATIONS, idle_before.isoformat(), self._forget_all
        )
        await tidying.delete_old(commit, tidying.SEEN, seen)
        await tidying.delete_old(commit, tidying.UNSENT, seen)
        await self._log.empty()  # also of what an earlier checkpoint could not reach
        return idle

    async def check_writable(self) -> None:
        """Write, durably, into the file that has its name."""
        await self._file.check_writable(self._group_commit)

    async def close(self) -> None:
        """Make everything durable and close the file."""
        try:
            await self._group_commit.close()
        finally:
            self._log.close()
            self._database.close()
