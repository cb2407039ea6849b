"""Ask the database once for all who want to know the same kind of thing at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar

Found = TypeVar("Found")


class Together(Generic[Found]):
    """Gather the numbers asked for while a statement runs, for one next statement.

    `ask_all` runs it and returns what it found by number. Who asks alone waits for nobody.
    """

    def __init__(self, ask_all: Callable[[Sequence[int]], Awaitable[Mapping[int, Found]]]) -> None:
        self._ask_all = ask_all
        self._waiting: list[tuple[int, asyncio.Future[Found | None]]] = []
        self._asking: asyncio.Task[None] | None = None

    async def ask(self, number: int) -> Found | None:
        """Find what there is of a number now, by a statement that begins after this call."""
        # A future for each: a caller who gives up waiting takes no other's answer with it.
        mine: asyncio.Future[Found | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((number, mine))
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask_for_all())
        return await mine

    async def _ask_for_all(self) -> None:
        try:
            while self._waiting:
                asked, self._waiting = self._waiting, []
                await self._answer(asked)
        finally:
            self._asking = None

    async def _answer(self, asked: list[tuple[int, asyncio.Future[Found | None]]]) -> None:
        try:
            found = await self._ask_all([number for number, _ in asked])
        except Exception as error:  # noqa: BLE001 - it belongs to those who asked
            for _, waiting in asked:
                if not waiting.done():
                    waiting.set_exception(error)
            return
        for number, waiting in asked:
            if not waiting.done():  # as when its caller was cancelled meanwhile
                waiting.set_result(found.get(number))
