"""A way to a database that can be cut, hung, slowed and led elsewhere, as networks and failovers do."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlsplit

CHUNK = 65_536


class DatabaseProxy:
    """Passes on what comes over TCP to the database at `address`, on a socket of its own or over TCP.

    `delay` are seconds that everything takes in each direction; while `is_hung` nothing gets through and
    nobody is told.
    """

    def __init__(self, address: str) -> None:
        self._parts = urlsplit(address)
        self.delay, self.is_hung = 0.0, False
        self.opened = 0
        self._open: set[asyncio.StreamWriter] = set()

    @contextlib.asynccontextmanager
    async def listening(self, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[int]:
        """Listen; yields the port. What is open is cut at the end."""
        server = await asyncio.start_server(self._serve, host, port)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            self.cut()

    def address(self, host: str, port: int) -> str:
        """Return the address of the same database by this way."""
        user = self._parts.username or "postgres"
        kept = "&".join(
            each for each in self._parts.query.split("&") if not each.startswith("host=")
        )
        return f"postgresql://{user}@{host}:{port}{self._parts.path}?{kept}"

    def cut(self) -> None:
        """Cut every connection that is open."""
        for each in tuple(self._open):
            each.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.opened += 1
        there, back = await self._connect()
        self._open |= {writer, back}
        try:
            await asyncio.gather(self._pass_on(reader, back), self._pass_on(there, writer))
        except asyncio.CancelledError:
            pass  # the test ends
        finally:
            self._open -= {writer, back}

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if folder := parse_qs(self._parts.query).get("host"):
            return await asyncio.open_unix_connection(f"{folder[0]}/.s.PGSQL.5432")
        return await asyncio.open_connection(self._parts.hostname, self._parts.port or 5432)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while chunk := await reader.read(CHUNK):
                await asyncio.sleep(self.delay)
                while self.is_hung:
                    await asyncio.sleep(0.01)
                writer.write(chunk)
                await writer.drain()
        writer.close()
