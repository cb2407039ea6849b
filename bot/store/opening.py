"""The store that the settings name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.store import Store
from bot.store.sealing import make_seal
from bot.store.sqlite.schema import SERVING_WAIT, connect, migrate
from bot.store.sqlite.sealed import reseal_all
from bot.store.sqlite.serving_lock import hold_alone
from bot.store.sqlite.store import SQLiteStore

PREFIX = "sqlite:///"
SHARED = "postgresql://"
"""Begins the address of a database that processes share; its driver is loaded only then."""

IN_MEMORY = "sqlite:///:memory:"
"""A store that is gone with its process."""


def open_store(
    database_url: str,
    keys: Sequence[bytes] = (),
    *,
    up_to_date: bool = False,
    patient: bool = False,
) -> Store:
    """Open the store; with `up_to_date` its schema is brought up to date first.

    `patient` waits seconds for another process that holds it: for commands, not for a server,
    whose whole loop would wait. `keys` are those of DATA_KEY.
    Raises StoreError, or SchemaError when the schema is older and was not to be changed.
    """
    if is_shared(database_url):
        from bot.store.postgresql.opening import open_database  # noqa: PLC0415 - see SHARED

        return open_database(database_url, make_seal(keys), up_to_date=up_to_date)
    database = connect(database_url.removeprefix(PREFIX))
    try:
        if up_to_date:
            migrate(database)
        store = SQLiteStore(database, make_seal(keys))
        if not patient:
            database.execute(f"PRAGMA busy_timeout={SERVING_WAIT}")
    except BaseException:
        database.close()
        raise
    return store


def migrate_store(database_url: str) -> int:
    """Run the migrations that are missing; returns their number."""
    if is_shared(database_url):
        from bot.store.postgresql.opening import migrate_database  # noqa: PLC0415 - see SHARED

        return migrate_database(database_url)
    database = connect(database_url.removeprefix(PREFIX))
    try:
        return migrate(database)
    finally:
        database.close()


def reseal_store(database_url: str, keys: Sequence[bytes]) -> int:
    """Seal all words by the first key; returns how many other keys fell out of use."""
    if is_shared(database_url):
        from bot.store.postgresql.opening import reseal_database  # noqa: PLC0415 - see SHARED

        return reseal_database(database_url, make_seal(keys))
    database = connect(database_url.removeprefix(PREFIX))
    try:
        return reseal_all(database, make_seal(keys))
    finally:
        database.close()


def is_shared(database_url: str) -> bool:
    """Tell whether this is a database that several processes may use, and not a file."""
    return database_url.startswith(SHARED)


def reserve_for_serving(database_url: str) -> None:
    """See to it that no other process serves this file, as long as this one lives.

    Raises StoreError when one does.
    """
    if not is_shared(database_url):
        hold_alone(Path(database_url.removeprefix(PREFIX)))


def journal_file(database_url: str) -> Path | None:
    """Name the file of the event journal; None for a store in memory."""
    return None if database_url == IN_MEMORY else Path(f"{database_url.removeprefix(PREFIX)}-begun")


def exists(database_url: str) -> bool:
    """Tell whether there is a store at all; opening it would make one."""
    return Path(database_url.removeprefix(PREFIX)).exists()
