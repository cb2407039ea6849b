"""Call the bot, as a platform with unlimited connections."""

from __future__ import annotations

from types import TracebackType
from typing import Self

import aiohttp


class Caller:
    """Hold the session of a fake's calls.

    `async with` opens and closes it.
    """

    def __init__(self, seconds: float | None = None) -> None:
        self._seconds = seconds
        self._open_session: aiohttp.ClientSession | None = None

    @property
    def _session(self) -> aiohttp.ClientSession:
        if self._open_session is None:
            raise RuntimeError("the simulator is not running; use it with `async with`")
        return self._open_session

    async def __aenter__(self) -> Self:
        self._open_session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),
            timeout=aiohttp.ClientTimeout(total=self._seconds),
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._open_session is not None:
            await self._open_session.close()
