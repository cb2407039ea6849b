"""By which keys the words of a file are sealed.

The store knows the names of the keys in use, so that a key that is wrong or missing is a sentence
at the start, and never a conversation that cannot be read.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from bot.store import StoreError
from bot.store.sealing import COLUMNS, KEY, NoSeal, Seal, refuse_missing


def settle(database: sqlite3.Connection, seal: Seal) -> None:
    """Check that these keys fit the kept words, and use a first key.

    The first key ever given seals everything there is. Raises StoreError when a key is missing.
    """
    refuse_missing(_in_use(database), seal)
    if not seal.names or seal.names[0] in _in_use(database):
        return
    with _writing(database):
        in_use = _in_use(database)  # another process may have been quicker
        refuse_missing(in_use, seal)
        if not in_use:
            _seal_all(database, NoSeal(), seal)
        _use(database, seal.names[0])
    if not in_use:
        # Else the words from before the key would stay in the log, readable.
        _truncate_wal(database)


def reseal_all(database: sqlite3.Connection, seal: Seal) -> int:
    """Seal everything by the first key.

    Returns how many other keys fell out of use.
    """
    settle(database, seal)
    others = _in_use(database) - {*seal.names[:1]}
    if not others:
        return 0
    with _writing(database):
        _seal_all(database, seal, seal)
        database.executemany(
            "DELETE FROM secrets WHERE name = ?", [(KEY + each,) for each in others]
        )
    _truncate_wal(database)
    return len(others)


def _in_use(database: sqlite3.Connection) -> set[str]:
    named = "SELECT substr(name, ?) FROM secrets WHERE substr(name, 1, ?) = ?"
    return {row[0] for row in database.execute(named, (len(KEY) + 1, len(KEY), KEY))}


def _use(database: sqlite3.Connection, name: str) -> None:
    database.execute(
        "INSERT INTO secrets (name, value) VALUES (?, '') ON CONFLICT DO NOTHING", (KEY + name,)
    )


def _seal_all(database: sqlite3.Connection, before: Seal, after: Seal) -> None:
    for table, key, column in COLUMNS:
        keys = database.execute(f"SELECT {key} FROM {table}").fetchall()  # noqa: S608 - our own names
        for at in keys:
            read = f"SELECT CAST({column} AS BLOB) FROM {table} WHERE {key} = ?"  # noqa: S608 - our own names
            (kept,) = database.execute(read, at).fetchone()
            write = f"UPDATE {table} SET {column} = CAST(? AS TEXT) WHERE {key} = ?"  # noqa: S608 - our own names
            database.execute(write, (after.seal(before.unseal(kept)), *at))


@contextlib.contextmanager
def _writing(database: sqlite3.Connection) -> Iterator[None]:
    try:
        database.execute("BEGIN IMMEDIATE")
        yield
        database.execute("COMMIT")
    except sqlite3.Error as error:
        raise StoreError(
            f"The words in the database could not be encrypted ({error}). Stop what else uses it "
            "and try again."
        ) from error
    finally:
        if database.in_transaction:
            database.execute("ROLLBACK")


def _truncate_wal(database: sqlite3.Connection) -> None:
    """Truncate the write-ahead log, where replaced words would stay readable."""
    with contextlib.suppress(sqlite3.Error):
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
