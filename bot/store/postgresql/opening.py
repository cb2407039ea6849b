"""Open, migrate and reseal the database, from within a loop or without one."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from bot.store.postgresql import copying, schema, sealed
from bot.store.postgresql.database import WRITE, Database, connect
from bot.store.postgresql.presence import Presence
from bot.store.postgresql.store import PostgreSQLStore
from bot.store.sealing import Seal
from bot.store.sqlite import schema as sqlite

T = TypeVar("T")


def open_database(url: str, seal: Seal, *, up_to_date: bool) -> PostgreSQLStore:
    """Open and check the store of this address.

    Raises StoreError, or SchemaError when the schema is older and was not to be changed.
    """
    _run_apart(_check(url, seal, up_to_date=up_to_date))
    return PostgreSQLStore(Database(url), Presence(url), seal)


def migrate_database(url: str) -> int:
    """Run the missing migrations and return their number."""
    return _run_apart(_migrate(url))


def reseal_database(url: str, seal: Seal) -> int:
    """Seal all words by the first key.

    Returns how many other keys fell out of use.
    """
    return _run_apart(_reseal(url, seal))


def copy_to_database(file: Path, url: str) -> Mapping[str, int]:
    """Copy a file into the empty database of this address.

    Returns the number of rows by table.
    """
    return _run_apart(_copy(file, url))


async def _copy(file: Path, url: str) -> Mapping[str, int]:
    async with connect(url) as connection:
        await schema.migrate(connection)
        with contextlib.closing(sqlite.connect(str(file))) as database:
            sqlite.check_version(database)
            return await copying.copy_all(database, connection)


async def _check(url: str, seal: Seal, *, up_to_date: bool) -> None:
    async with connect(url) as connection:
        if up_to_date:
            await schema.migrate(connection)
        await schema.check_version(connection)
        await sealed.settle(connection, seal)
        await connection.execute(WRITE)


async def _migrate(url: str) -> int:
    async with connect(url) as connection:
        return await schema.migrate(connection)


async def _reseal(url: str, seal: Seal) -> int:
    async with connect(url) as connection:
        return await sealed.reseal_all(connection, seal)


def _run_apart(work: Coroutine[Any, Any, T]) -> T:
    """Run work to its end in a thread with its own loop.

    The caller's loop may be running, and cannot run another.
    """
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, work).result()
