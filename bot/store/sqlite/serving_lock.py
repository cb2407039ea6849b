"""Lock a file for one server.

The lock ends with its process, even after a `kill -9`.
"""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from bot.store import StoreError

LOCKED = "-serving"
"""End of the name of the locked file. The database's own locks are SQLite's business."""

PATIENCE = 2.0
"""Seconds to wait for a server that is just ending. Its child outlives a `kill -9` by moments."""


def hold_alone(database: Path) -> int:
    """Lock this file for this process and return the lock's descriptor.

    Forks share the descriptor. Raises StoreError when another process serves the file, or the lock
    cannot be had.
    """
    path = database.resolve()  # by whatever name a server knows the file
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(path.with_name(path.name + LOCKED), os.O_RDWR | os.O_CREAT, 0o600)
        if not _is_mine(lock):
            os.close(lock)
            raise StoreError(
                f"Another process serves {database} already, and a file has room for one. Stop that "
                "one first, or give this one a DATABASE_URL of its own."
            )
    except OSError as error:
        raise StoreError(
            f"The database {database} cannot be locked ({error}). Check that its folder can be "
            "written to and is on a disk of this machine."
        ) from error
    return lock


def _is_mine(lock: int) -> bool:
    """Take the lock, or return False when another process keeps it."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(0.05)
        else:
            return True
