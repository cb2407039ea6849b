"""Check that writes reach the file that is served.

Its disk may be full, or the file replaced.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from bot.store import StoreError
from bot.store.sqlite.group_commit import GroupCommit
from bot.store.sqlite.schema import RESULT

WRITE = (
    "INSERT INTO secrets (name, value) VALUES ('written', '1') "
    "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
"""Changes nothing that is read, and needs all that any commit needs."""


class WrittenFile:
    """Remember the file behind a connection from its opening."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._path = database.execute("PRAGMA database_list").fetchone()[2]
        self._is = _identify(self._path)

    async def check_writable(self, commit: GroupCommit) -> None:
        """Write something. Raises StoreError, too, when another file has this one's name by now."""
        if _identify(self._path) != self._is:
            raise StoreError(
                f"The database {self._path} was moved, deleted or replaced while it is served: what is "
                "written now will be gone after a restart. Stop, put the file in its place, start again.",
                reason="file replaced",
            )
        commit.begin()
        commit.run(WRITE)
        await commit.committed()


def refuse_read_only(database: sqlite3.Connection) -> None:
    """Raise StoreError when nothing can be written.

    Another process's lock is no such reason.
    """
    try:
        database.execute(WRITE)
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & RESULT == sqlite3.SQLITE_BUSY:
            return
        raise StoreError(
            f"The database cannot be written to ({error}). Check the rights of the file and its "
            "folder, and the room on the disk.",
            reason=getattr(error, "sqlite_errorname", ""),
        ) from error


def _identify(path: str) -> tuple[int, int] | None:
    """Identify a file, or return None without one, as in memory."""
    if not path or not Path(path).exists():
        return None
    found = os.stat(path)  # noqa: PTH116 - beside device and inode
    return found.st_dev, found.st_ino
