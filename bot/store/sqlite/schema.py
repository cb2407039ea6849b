"""Open the file of the default store and migrate its schema.

Migrations go forward only.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from bot.store import StoreError
from bot.store.versions import refuse_later, refuse_other

MIGRATIONS = tuple(sorted(Path(__file__).with_name("migrations").glob("*.sql")))

COMMAND_WAIT, SERVING_WAIT = 5000, 200
"""Milliseconds to wait for another process's lock.

A server's whole loop waits, so it soon says 503 and the platform delivers again; a command has the
time.
"""

DEFAULT_FOLDER = Path("var")
OTHERS = 0o077
"""Rights of other users of the machine, which our files never give."""

RESULT = 0xFF
"""The part of SQLite's extended codes that holds the kind of error."""

_PRAGMAS = (
    f"busy_timeout={COMMAND_WAIT}",
    "synchronous=FULL",  # nothing acknowledged is lost to a power cut
    "secure_delete=ON",  # what is deleted is overwritten
    "temp_store=MEMORY",  # else what a savepoint may take back is written to a file, words and all
    "foreign_keys=ON",
)


def connect(path: str) -> sqlite3.Connection:
    """Open the file, making it and its folder if missing.

    Raises StoreError.
    """
    try:
        if path != ":memory:":
            _keep_to_ourselves(Path(path))
        database = sqlite3.connect(path, isolation_level=None)
        for pragma in _PRAGMAS:
            database.execute(f"PRAGMA {pragma}")
        _turn_on_log(database)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(
            f"The database {path} cannot be used ({error}). Check DATABASE_URL and that the "
            "folder can be written to."
        ) from error
    return database


def _turn_on_log(database: sqlite3.Connection) -> None:
    """Have commits written to a log beside the file, so that readers and a writer do not wait.

    Several processes may open a new file at once. SQLite does not wait for them by itself where two
    could wait for each other. Source: https://www.sqlite.org/c3ref/busy_handler.html.
    """
    until = time.monotonic() + COMMAND_WAIT / 1000
    while True:
        try:
            database.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & RESULT != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _keep_to_ourselves(path: Path) -> None:
    """Make folder and file readable for this user only.

    Files of an earlier version lose the rights of others, and so does the folder that is ours by
    default; any other folder is somebody's business. SQLite gives -wal and -shm the file's mode.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Only where it is missing. To open and close a file ends all locks of this process on it, also
    # those of another connection; a command would then take away the log that this process writes to.
    # Source: https://www.sqlite.org/howtocorrupt.html, section 2.2.
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    if path.parent == DEFAULT_FOLDER:
        _close_to_others(path.parent)
    for ending in ("", "-wal", "-shm"):
        _close_to_others(path.with_name(path.name + ending))


def _close_to_others(path: Path) -> None:
    with contextlib.suppress(
        FileNotFoundError, PermissionError
    ):  # of another user: not ours to change
        mode = path.stat().st_mode & 0o777
        if mode & OTHERS:
            path.chmod(mode & ~OTHERS)


def find_fault(database: sqlite3.Connection) -> str:
    """Find the first fault of a file's pages, or ""."""
    try:
        found: str = database.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if found == "ok" else found


def version(database: sqlite3.Connection) -> int:
    """Read how many migrations this database has had."""
    found: int = database.execute("PRAGMA user_version").fetchone()[0]
    return found


def migrate(database: sqlite3.Connection) -> int:
    """Run the missing migrations and return their number.

    Each has its own transaction. Several processes may do this at once. Raises SchemaError when the
    database is of a later version than this program, StoreError when it cannot be changed.
    """
    try:
        done = version(database)
        refuse_later(done, len(MIGRATIONS))
        return sum(
            _run_migration(database, number) for number in range(done + 1, len(MIGRATIONS) + 1)
        )
    except sqlite3.Error as error:
        raise StoreError(
            f"The database could not be brought up to date ({error}). "
            "Stop what else uses it and run `python -m bot migrate` again."
        ) from error


def _run_migration(database: sqlite3.Connection, number: int) -> bool:
    """Run one migration, or return False when another process was quicker."""
    database.execute("BEGIN IMMEDIATE")
    try:
        missing = version(database) < number
        if missing:
            for statement in _split_statements(MIGRATIONS[number - 1].read_text("utf-8")):
                database.execute(statement)
            database.execute(f"PRAGMA user_version={number}")
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
    return missing


def _split_statements(script: str) -> Iterator[str]:
    """Split a script into statements.

    `executescript` would end their transaction.
    """
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def check_version(database: sqlite3.Connection) -> None:
    """Raise SchemaError unless the database has exactly the schema of this program."""
    refuse_other(version(database), len(MIGRATIONS))
