"""Callers who open sockets and send any bytes."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@contextlib.asynccontextmanager
async def strangers(url: str) -> AsyncIterator[Callable[..., Awaitable[Streams]]]:
    """Yield a function that opens connections with their first words.

    All connections are closed in the end.
    """
    host, _, port = url.removeprefix("http://").partition(":")
    writers: list[asyncio.StreamWriter] = []

    async def connect(first: bytes = b"") -> Streams:
        reader, writer = await asyncio.open_connection(host, int(port))
        writers.append(writer)
        with contextlib.suppress(ConnectionError):
            writer.write(first)
            await writer.drain()
        return reader, writer

    try:
        yield connect
    finally:
        for each in writers:
            each.close()
        await asyncio.gather(*(each.wait_closed() for each in writers), return_exceptions=True)


async def answer(reader: asyncio.StreamReader) -> bytes:
    """Read until the server closes, which may be without a word."""
    with contextlib.suppress(ConnectionError):
        return await reader.read()
    return b""


def status(said: bytes) -> int:
    return int(said.split()[1]) if said else 0
