"""Connect to PostgreSQL by a pool, with transactions and locks."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator, Sequence
from hashlib import blake2b
from typing import Any, TypeAlias

import asyncpg

from bot.store import StoreError

Connection: TypeAlias = (
    "asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"
)
"""Runs statements, inside or outside of a transaction."""

Pooled: TypeAlias = "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"

POOL_SIZE = 8
"""Connections of one process. More would only queue for the same disk."""

PATIENCE = 5.0
"""Seconds to wait for a connection or a statement. Then the platform delivers again."""

FULL_PAUSE = 0.05
"""Seconds until a server that gives no more connections is asked again."""

SETTINGS = {
    "application_name": "kaizen-navi",
    # A machine that vanished holds its locks no longer than this.
    "tcp_keepalives_idle": "3",
    "tcp_keepalives_interval": "1",
    "tcp_keepalives_count": "2",
    "idle_in_transaction_session_timeout": "10s",
}

WRITE = (
    "INSERT INTO secrets (name, value) VALUES ('written', '1') "
    "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
"""Changes nothing that is read, and shows whether this server accepts writes."""

# A timeout is an OSError; the third is raised on a connection that the server is just ending.
_TROUBLE = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
)


class Database:
    """Hold the database at an address, with a pool opened on first use.

    The pool belongs to the event loop of its first caller.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None
        self._opening = asyncio.Lock()
        self.troubles = 0
        """How often nobody knows whether what was done has been committed."""

    @contextlib.asynccontextmanager
    async def transaction(self, *names: str) -> AsyncIterator[Connection]:
        """Do everything within or nothing, under the locks of these names (`lock`).

        Raises StoreError when the database does not.
        """
        is_done = False
        try:
            with told_in_words():
                async with self._acquire() as connection, _within(connection, names):
                    yield connection
                    is_done = True
        except BaseException:
            # Until here nothing was kept; from the commit on only the database knows.
            self.troubles += is_done
            raise

    async def fetch(self, statement: str, *values: object) -> list[asyncpg.Record]:
        """Fetch all rows of one statement on its own."""
        with told_in_words():
            async with self._acquire() as connection:
                return await connection.fetch(statement, *values)

    async def fetch_one(self, statement: str, *values: object) -> asyncpg.Record | None:
        """Fetch the first row of one statement on its own."""
        with told_in_words():
            async with self._acquire() as connection:
                return await connection.fetchrow(statement, *values)

    async def close(self) -> None:
        """Close every connection after its running work."""
        if self._pool:
            with told_in_words():
                await self._pool.close()

    @contextlib.asynccontextmanager
    async def _acquire(self) -> AsyncIterator[Connection]:
        """Lend a connection of the pool.

        Those that know only a server without writes are expired.
        """
        pool = await self._open()
        connection = await _take(pool)
        try:
            yield connection
        except asyncpg.ReadOnlySQLTransactionError:
            # Another server may be the one that writes by now, or this one again.
            await pool.expire_connections()
            raise
        finally:
            await pool.release(connection)

    async def _open(self) -> asyncpg.Pool[asyncpg.Record]:
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._url,
                    min_size=1,
                    max_size=POOL_SIZE,
                    timeout=PATIENCE,
                    command_timeout=PATIENCE,
                    server_settings=SETTINGS,
                    reset=_change_nothing,
                )
        return self._pool


async def _change_nothing(_: asyncpg.Connection[asyncpg.Record]) -> None:
    """Reset nothing of a connection that is given back, except a transaction, which the pool ends.

    All locks and settings of ours end with their transaction. To ask for a reset all the same would
    be another way to the server and back after each piece of work.
    """


async def _take(pool: asyncpg.Pool[asyncpg.Record]) -> Pooled:
    """Take a connection, or wait for one where the server gives no more."""
    until = asyncio.get_running_loop().time() + PATIENCE
    while True:
        try:
            return await pool.acquire(timeout=PATIENCE)
        except asyncpg.TooManyConnectionsError:
            if asyncio.get_running_loop().time() > until:
                raise
            await asyncio.sleep(FULL_PAUSE)


@contextlib.asynccontextmanager
async def _within(connection: Connection, names: Sequence[str]) -> AsyncIterator[None]:
    """Begin with these locks in one way to the server, and commit or take back at the end."""
    # As text, since only so several statements go together; they are numbers of our own.
    locks = (f"SELECT pg_advisory_xact_lock('{number}'::bigint)" for number in _in_order(names))
    try:
        await connection.execute("; ".join(("BEGIN", *locks)))
        yield
    except BaseException:
        # On a connection that is lost the server takes back by itself; the first error tells why.
        with contextlib.suppress(*_TROUBLE):
            await connection.execute("ROLLBACK")
        raise
    await connection.execute("COMMIT")


@contextlib.asynccontextmanager
async def connect(url: str) -> AsyncIterator[Connection]:
    """Open one connection before there is a pool. Raises StoreError."""
    with told_in_words():
        connection = await asyncpg.connect(url, timeout=PATIENCE)
        try:
            yield connection
        finally:
            await connection.close()


def person_lock(key: str) -> str:
    """Name the lock of a person, under which their conversation and deliveries change."""
    return f"person {key}"


def message_lock(message_id: str) -> str:
    """Name the lock of a message.

    A message is heard or unsent, never both at once.
    """
    return f"message {message_id}"


async def lock(connection: Connection, *names: str) -> None:
    """Take the locks of these names until the transaction ends.

    A name needs no row, so that also somebody not yet known is locked. Two names may share a lock:
    they then wait for each other without need.
    """
    await connection.execute(
        "SELECT pg_advisory_xact_lock(number) FROM unnest($1::bigint[]) AS number",
        _in_order(names),
    )


async def did(connection: Connection, statement: str, *values: object) -> bool:
    """Run a writing statement and tell whether it touched any row."""
    status = await connection.execute(statement, *values)
    return not status.endswith(" 0")


@contextlib.contextmanager
def told_in_words() -> Iterator[None]:
    """Raise StoreError, with the reason, for whatever a database or its network can do."""
    try:
        yield
    except _TROUBLE as error:
        said, kind = str(error) or type(error).__name__, type(error).__name__
        raise StoreError(
            f"The database cannot be used ({said}). Check DATABASE_URL and that PostgreSQL runs.",
            reason=f"{getattr(error, 'sqlstate', None) or ''} {kind}".strip(),
        ) from error


def _in_order(names: Sequence[str]) -> list[int]:
    """List the numbers of locks, in one order everywhere.

    So nobody holds one that another waits for, while waiting for theirs.
    """
    return sorted(map(_number, names))


def _number(name: str) -> int:
    digest: Any = blake2b(name.encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
