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
        self._database = database
        self._path: str = database.execute("PRAGMA database_list").fetchone()[2]
        database.execute(f"PRAGMA wal_autocheckpoint={LONGEST}")
        self._carrying: asyncio.Task[None] | None = None
        self._is_in_thread = self._must_empty = False

    def carry_over_soon(self) -> None:
        """Carry over what was just committed, soon and in a thread."""
        if self._must_empty:
            self.empty_now()
        if self._path and self._carrying is None:
            self._carrying = asyncio.create_task(self._carry_over())

    async def _carry_over(self) -> None:
        await asyncio.sleep(PAUSE)
        self._is_in_thread = True
        await asyncio.to_thread(_carry_over, self._path)
        self._is_in_thread, self._carrying = False, None
        if self._must_empty:
            self.empty_now()

    def empty_now(self) -> None:
        """Empty the log, where deleted words would stay readable.

        While the thread is at it, or a commit is to come, right after that. Only a reader or another
        process can be in the way; the next tidying then does it.
        """
        self._must_empty = self._is_in_thread or self._database.in_transaction
        if self._must_empty:
            return
        # Not in the thread: it would hold turns off for as long as the disk takes, and they give up soon.
        with contextlib.suppress(sqlite3.Error):
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    async def empty(self) -> None:
        """Empty the log after the thread has done nearly all of it."""
        if self._path:
            await asyncio.to_thread(_carry_over, self._path)
        self.empty_now()

    def close(self) -> None:
        """Begin nothing more. What runs ends by itself, and harms nobody."""
        if self._carrying:
            self._carrying.cancel()


def _carry_over(path: str) -> None:
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
