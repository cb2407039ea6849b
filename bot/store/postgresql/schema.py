"""Keep the schema of the database by forward-only migrations."""

from __future__ import annotations

from pathlib import Path

from bot.store.postgresql.database import Connection, lock
from bot.store.versions import refuse_later, refuse_other

MIGRATIONS = tuple(sorted(Path(__file__).with_name("migrations").glob("*.sql")))


async def read_version(connection: Connection) -> int:
    """Read how many migrations this database has had."""
    if await connection.fetchval("SELECT to_regclass('migrations')") is None:
        return 0
    done: int = await connection.fetchval("SELECT count(*) FROM migrations")
    return done


async def migrate(connection: Connection) -> int:
    """Run the missing migrations, all or none, and return their number.

    Several processes may do this at once: the second finds it done. Raises SchemaError when the
    database is of a later version than this program.
    """
    async with connection.transaction():
        await lock(connection, "migrations")
        done = await read_version(connection)
        refuse_later(done, len(MIGRATIONS))
        for script in MIGRATIONS[done:]:
            await connection.execute(script.read_text("utf-8"))
        await _note_done(connection, done)
    return len(MIGRATIONS) - done


async def _note_done(connection: Connection, before: int) -> None:
    await connection.execute(
        "CREATE TABLE IF NOT EXISTS migrations "
        "(number integer PRIMARY KEY, made timestamptz NOT NULL DEFAULT now())"
    )
    numbers = [(number + 1,) for number in range(before, len(MIGRATIONS))]
    await connection.executemany("INSERT INTO migrations (number) VALUES ($1)", numbers)


async def check_version(connection: Connection) -> None:
    """Raise SchemaError unless the database has exactly the schema of this program."""
    refuse_other(await read_version(connection), len(MIGRATIONS))
