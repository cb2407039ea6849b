"""One commit for all that happens within one tick of the loop.

A commit waits for the disk, a turn does not, so turns share it.
A database that fails takes the whole tick back, and all who wait for it are told, so that the platform delivers again.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from bot.store import StoreError
from bot.store.sqlite.log import WriteAheadLog

LINGER = 0.05
"""Seconds a made delivery may stay in the outbox, to share the next commit."""

LINGER_AFTER_FAILURE = 1.0
"""The same after a failed commit, to spare a database in trouble."""

_COUNT = (
    "INSERT INTO tallies (day, name, value, count) "
    "VALUES (?, ?, ?, ?) ON CONFLICT (day, name, value) "
    "DO UPDATE SET count = count + excluded.count"
)


class GroupCommit:
    """The transaction of this tick of the loop, and its commit."""

    def __init__(self, database: sqlite3.Connection, log: WriteAheadLog) -> None:
        self._database, self._log = database, log
        self._counted: Counter[tuple[str, str, str]] = Counter()
        self._waiting: list[asyncio.Future[None]] | None = None
        self._broken: sqlite3.Error | None = None
        self._made: list[tuple[int]] = []
        self._going: list[tuple[int]] = []
        self._linger: asyncio.TimerHandle | None = None
        self._locked: StoreError | None = None
        self._words_deleted = False
        self._last_words: set[tuple[int]] = set()

    def begin(self) -> None:
        """Join the transaction of this tick, committed when the tick ends.

        Raises StoreError when another process holds the database, at once for the rest of the tick.
        """
        if self._waiting is not None:
            return
        if self._locked:
            raise self._locked
        loop = asyncio.get_running_loop()
        try:
            # At once for writing: a lock asked for in the middle of a transaction would be refused with
            # the work half done.
            self.run("BEGIN IMMEDIATE")
        except StoreError as error:
            self._locked = error
            loop.call_soon(self._unlock)
            raise
        self._waiting = []
        # Behind everything that is ready now: all turns of this tick share the one wait for the disk.
        loop.call_soon(self._finish)
        self._delete_delivered()

    async def committed(self) -> None:
        """Wait until this tick's work is on disk."""
        if self._waiting is not None:
            # A future for each: a caller who gives up waiting takes no other's commit with it.
            mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(mine)
            await mine

    def run(self, statement: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        """Run one statement.

        An error spoils the whole transaction of this tick, if there is one.
        """
        try:
            return self._database.execute(statement, values)
        except sqlite3.Error as error:
            if self._waiting is not None:
                # SQLite may have rolled back on its own; a commit would then keep half of the tick.
                self._broken = error
            raise _in_words("a statement", error) from error

    def count(self, day: str, name: str, value: str) -> None:
        """Count one more of something on a day.

        The sums are written just before the commit, one row each.
        """
        self._counted[day, name, value] += 1

    def delete_later(self, ids: Sequence[int]) -> None:
        """Delete these deliveries, which were made, with the next commit, within `LINGER` seconds."""
        self._made += [(each,) for each in ids]
        self._delete_made_in(LINGER)

    def truncate_wal_after_commit(self) -> None:
        """Truncate the write-ahead log after this tick's commit.

        Otherwise deleted words would stay in it.
        """
        self._words_deleted = True

    def truncate_wal_after_delivery(self, ids: Iterable[int]) -> None:
        """Truncate the write-ahead log after these deliveries.

        Their rows are the last trace of a person.
        """
        self._last_words.update((each,) for each in ids)

    async def close(self) -> None:
        """Make everything durable, and begin nothing of its own any more."""
        try:
            if self._made:
                self.begin()
            await self.committed()
        finally:
            if self._linger:
                self._linger.cancel()

    def _delete_made_in(self, seconds: float) -> None:
        if self._linger is None:
            self._linger = asyncio.get_running_loop().call_later(seconds, self._delete_made)

    def _delete_made(self) -> None:
        self._linger = None
        if self._waiting is not None:
            # The tick began before they were made, and was so slow that it is still open.
            self._delete_made_in(LINGER)
            return
        try:
            self.begin()
        except StoreError:
            self._delete_made_in(LINGER_AFTER_FAILURE)

    def _delete_delivered(self) -> None:
        """Delete made deliveries first, so that new rows take their place."""
        if self._linger:
            self._linger.cancel()
            self._linger = None
        # They are kept apart until the commit: a tick that is taken back has deleted nothing.
        self._going, self._made = self._made, []
        if farewells := self._last_words.intersection(self._going):
            self._last_words -= farewells
            self._words_deleted = True
        try:
            self._database.executemany("DELETE FROM outbox WHERE id = ?", self._going)
        except sqlite3.Error as error:
            self._broken = error

    def _unlock(self) -> None:
        self._locked = None

    def _finish(self) -> None:
        waiting, self._waiting, broken, self._broken = self._waiting, None, self._broken, None
        counted, self._counted = self._counted, Counter()
        try:
            if broken:
                raise broken
            self._database.executemany(_COUNT, [(*what, times) for what, times in counted.items()])
            self._database.execute("COMMIT")
        except sqlite3.Error as error:
            self._take_back()
            # Nobody was answered 200 yet, so the platforms deliver all of it again.
            for each in _still(waiting):
                each.set_exception(_in_words("a commit", error))
        else:
            self._truncate_wal()
            self._log.carry_over_soon()
            for each in _still(waiting):
                each.set_result(None)

    def _take_back(self) -> None:
        """Undo this tick, and delete made deliveries a little later."""
        if self._database.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self._database.execute("ROLLBACK")
        self._made += self._going
        if self._going:
            self._delete_made_in(LINGER_AFTER_FAILURE)

    def _truncate_wal(self) -> None:
        if self._words_deleted:
            self._words_deleted = False
            self._log.empty_now()


def _in_words(what: str, error: sqlite3.Error) -> StoreError:
    name = getattr(error, "sqlite_errorname", "")  # missing where Python itself refused
    return StoreError(f"The database did not take {what} ({error}).", reason=name)


def _still(waiting: list[asyncio.Future[None]] | None) -> list[asyncio.Future[None]]:
    """List those whose waiting was not cancelled meanwhile."""
    return [each for each in waiting or () if not each.done()]
