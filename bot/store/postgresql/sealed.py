"""Keep track of the keys that seal the words of a database.

As in a file, but for processes that share it.
"""

from __future__ import annotations

from bot.store.postgresql.database import Connection, lock
from bot.store.sealing import COLUMNS, KEY, NoSeal, Seal, refuse_missing


async def settle(connection: Connection, seal: Seal) -> None:
    """Check that these keys fit the kept words, and use a first key.

    The first key ever given seals everything there is. Raises StoreError when a key is missing.
    """
    async with connection.transaction():
        await lock(connection, "keys")
        in_use = await _in_use(connection)
        refuse_missing(in_use, seal)
        if not seal.names or seal.names[0] in in_use:
            return
        if not in_use:
            await _seal_all(connection, NoSeal(), seal)
        await connection.execute(
            "INSERT INTO secrets (name, value) VALUES ($1, '')", KEY + seal.names[0]
        )


async def reseal_all(connection: Connection, seal: Seal) -> int:
    """Seal everything by the first key.

    Returns how many other keys fell out of use.
    """
    await settle(connection, seal)
    async with connection.transaction():
        await lock(connection, "keys")
        others = await _in_use(connection) - {*seal.names[:1]}
        if others:
            await _seal_all(connection, seal, seal)
            gone = [KEY + each for each in others]
            await connection.execute("DELETE FROM secrets WHERE name = ANY($1::text[])", gone)
    return len(others)


async def _in_use(connection: Connection) -> set[str]:
    rows = await connection.fetch("SELECT name FROM secrets WHERE starts_with(name, $1)", KEY)
    return {row["name"].removeprefix(KEY) for row in rows}


async def _seal_all(connection: Connection, before: Seal, after: Seal) -> None:
    for table, key, column in COLUMNS:
        # The lock is held until the end: words written by the old key meanwhile would stay so.
        await connection.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
        write = f"UPDATE {table} SET {column} = $1 WHERE {key} = $2"  # noqa: S608 - our own names
        rows = await connection.fetch(f"SELECT {key}, {column} FROM {table}")  # noqa: S608 - our own names
        await connection.executemany(
            write, [(after.seal(before.unseal(kept)), at) for at, kept in rows]
        )
