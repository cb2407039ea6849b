"""The store that the settings name."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

from bot.store import Store, StoreError
from bot.store.sealing import make_seal
from bot.store.sqlite.schema import DEFAULT_FOLDER, SERVING_WAIT, connect, find_fault, migrate
from bot.store.sqlite.sealed import reseal_all
from bot.store.sqlite.serving_lock import hold_alone
from bot.store.sqlite.store import SQLiteStore
from bot.store.sqlite.written_file import refuse_read_only

PREFIX = "sqlite:///"
SHARED = "postgresql://"
"""Start of the address of a shared database. Its driver is loaded only then."""

IN_MEMORY = "sqlite:///:memory:"
"""A store that is gone with its process."""


def open_store(
    database_url: str,
    keys: Sequence[bytes] = (),
    *,
    up_to_date: bool = False,
    patient: bool = False,
) -> Store:
    """Open the store, bringing its schema up to date if `up_to_date`.

    `patient` waits seconds for another process that holds it: for commands, not for a server, whose
    whole loop would wait. `keys` are those of DATA_KEY. Raises StoreError, or SchemaError when the
    schema is older and was not to be changed.
    """
    if is_shared(database_url):
        store: Store = _load_shared().open_database(
            database_url, make_seal(keys), up_to_date=up_to_date
        )
        return store
    database = connect(database_url.removeprefix(PREFIX))
    try:
        if up_to_date:
            migrate(database)
        store = SQLiteStore(database, make_seal(keys))
        if not patient:
            refuse_read_only(database)
            database.execute(f"PRAGMA busy_timeout={SERVING_WAIT}")
    except BaseException:
        database.close()
        raise
    return store


def migrate_store(database_url: str) -> int:
    """Run the missing migrations and return their number."""
    if is_shared(database_url):
        done: int = _load_shared().migrate_database(database_url)
        return done
    database = connect(database_url.removeprefix(PREFIX))
    try:
        return migrate(database)
    finally:
        database.close()


def reseal_store(database_url: str, keys: Sequence[bytes]) -> int:
    """Seal all words by the first key.

    Returns how many other keys fell out of use.
    """
    if is_shared(database_url):
        gone: int = _load_shared().reseal_database(database_url, make_seal(keys))
        return gone
    database = connect(database_url.removeprefix(PREFIX))
    try:
        return reseal_all(database, make_seal(keys))
    finally:
        database.close()


def copy_store(source: str, target: str) -> Mapping[str, int]:
    """Copy an unserved file into an empty database.

    Returns the number of rows by table. Raises StoreError, and then copies nothing.
    """
    file = store_file(source) if source.startswith(PREFIX) else None
    if file is None or not file.exists() or not is_shared(target):
        raise StoreError("Copy from a file that is there (sqlite:///PATH) to postgresql://…")
    # Nobody may serve it meanwhile: messages during the copy would be lost.
    lock = hold_alone(file)
    try:
        copied: Mapping[str, int] = _load_shared().copy_to_database(file, target)
    finally:
        os.close(lock)
    return copied


def find_damage(database_url: str) -> str:
    """Check a whole file, and describe its first fault or return "".

    Raises StoreError.
    """
    file = store_file(database_url)
    if file is None:
        return ""
    with contextlib.closing(connect(str(file))) as database:
        return find_fault(database)


def is_shared(database_url: str) -> bool:
    """Tell whether the address is a shared database and not a file."""
    return database_url.startswith(SHARED)


def reserve_for_serving(database_url: str) -> None:
    """Lock the file so that only this process serves it.

    The lock lasts as long as the process. Raises StoreError when another one has it.
    """
    if file := store_file(database_url):
        hold_alone(file)


def store_file(database_url: str) -> Path | None:
    """Name the store's file, or None for memory or a database."""
    if database_url == IN_MEMORY or is_shared(database_url):
        return None
    return Path(database_url.removeprefix(PREFIX))


def journal_file(database_url: str, port: int) -> Path | None:
    """Name the file of the event journal, or None for a store in memory.

    Of processes that share a database each has its own, by the port it serves.
    """
    if is_shared(database_url):
        return DEFAULT_FOLDER / f"serving-{port}-begun"
    file = store_file(database_url)
    return file.with_name(f"{file.name}-begun") if file else None


def exists(database_url: str) -> bool:
    """Tell whether the store exists, without making its file."""
    file = store_file(database_url)
    return file is None or file.exists()


def _load_shared() -> ModuleType:
    """Load the module that opens a database, whose driver is an extra."""
    try:
        from bot.store.postgresql import opening  # noqa: PLC0415 - see SHARED
    except ModuleNotFoundError as error:
        raise StoreError(
            "DATABASE_URL: a PostgreSQL database needs its driver; run "
            "`pip install 'kaizen-navi[postgresql]'`"
        ) from error
    return opening
