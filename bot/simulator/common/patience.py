"""Keep callers waiting, or without an answer, until the fake stops."""

from __future__ import annotations

import asyncio
import contextlib

from aiohttp import web


class Patience:
    """Keep callers waiting until `end` lets all of them go."""

    def __init__(self) -> None:
        self._ended = asyncio.Event()

    def end(self) -> None:
        """Keep nobody waiting any longer."""
        self._ended.set()

    async def wait(self, seconds: float | None) -> None:
        """Wait these seconds, or to the end for None."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._ended.wait(), seconds)

    async def hang_up(self, request: web.Request) -> web.Response:
        """Drop the connection, so that the response is never sent."""
        if request.transport:
            request.transport.abort()
        return web.Response()
