"""Hold the one connection that a serving process keeps open.

Other processes wake it through this connection, and it leads by a lock of it.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import asyncpg

from bot.store.postgresql.database import PATIENCE, SETTINGS, told_in_words
from bot.store.postgresql.outbox import WAKE

# Of this schema: several installations may share a database. To take it again, once held, is free.
_LEAD = "SELECT pg_try_advisory_lock(hashtextextended('lead ' || current_schema(), 0))"

GATHERED = 0.05
"""Seconds from being woken to the claim.

Under load others wake it a hundred times a second: one claim then serves many of them.
"""


class Presence:
    """Open the connection on first use, and again after it broke.

    The lock ends with the connection.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: asyncpg.Connection[asyncpg.Record] | None = None
        self._one_at_a_time, self._woken = asyncio.Lock(), asyncio.Event()

    async def leads(self) -> bool:
        """Tell whether this process leads, becoming the leader if there is none."""
        async with self._one_at_a_time:
            connection = await self._open()
            with told_in_words():
                return bool(await connection.fetchval(_LEAD))

    async def wait(self, seconds: float) -> None:
        """Wait until a moment after another process wakes this one, at most so long."""
        async with self._one_at_a_time:
            await self._open()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), seconds)
            await asyncio.sleep(GATHERED)
        self._woken.clear()

    async def close(self) -> None:
        """Let go of the connection and of the lock."""
        if self._connection:
            with told_in_words():
                await self._connection.close()

    async def _open(self) -> asyncpg.Connection[asyncpg.Record]:
        if self._connection is None or self._connection.is_closed():
            with told_in_words():
                self._connection = await asyncpg.connect(
                    self._url,
                    timeout=PATIENCE,
                    command_timeout=PATIENCE,
                    server_settings=SETTINGS,
                )
                await self._connection.add_listener(WAKE, self._wake)
        return self._connection

    def _wake(self, *_: Any) -> None:
        self._woken.set()
