"""Carry the write-ahead log into the file beside the turns.

SQLite would do so within a commit, every thousand pages, and nobody would be answered until the disk
has taken them: a third of a second on a busy machine. A thread does it instead, on a connection of its
own, while commits go on.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3

PAUSE = 1.0
"""Least seconds between two times."""

LONGEST = 10_000
"""Pages (40 MB) from which a commit carries the log over after all, if the thread cannot keep up."""


class WriteAheadLog:
    """Hold the log of a database, if it has a file."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._path: str = database.execute("PRAGMA database_list").fetchone()[2]
        database.execute(f"PRAGMA wal_autocheckpoint={LONGEST}")
        self._carrying: asyncio.Task[None] | None = None
        self._is_in_thread = self._must_empty = False

    def carry_over_soon(self) -> None:
        """Carry over what is committed, soon and in a thread."""
        if self._path and self._carrying is None:
            self._carrying = asyncio.create_task(self._carry_over())

    async def _carry_over(self) -> None:
        await asyncio.sleep(PAUSE)
        self._is_in_thread = True
        await asyncio.to_thread(_carry_over, self._path)
        self._is_in_thread, self._carrying = False, None
        if self._must_empty:
            self._must_empty = False
            await self.empty()

    def empty_now(self, database: sqlite3.Connection) -> None:
        """Empty the log, where deleted words would stay readable.

        While the thread is at it, that follows at once. Only a reader or another process can be in the
        way; the next tidying then does it.
        """
        if self._is_in_thread:
            self._must_empty = True
            return
        with contextlib.suppress(sqlite3.Error):
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    async def empty(self) -> None:
        """Empty the log beside the turns.

        Where a reader is in the way, as a backup, it stays until the next time.
        """
        if self._path:
            await asyncio.to_thread(_empty, self._path)

    def close(self) -> None:
        """Begin nothing more. What runs ends by itself, and harms nobody."""
        if self._carrying:
            self._carrying.cancel()


def _carry_over(path: str) -> None:
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def _empty(path: str) -> None:
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(path)) as database:
        # The first does nearly all and keeps nobody waiting, the second then keeps turns waiting only
        # for a moment. It does not wait for readers, as turns would wait with it.
        database.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        database.execute("PRAGMA busy_timeout=0")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
