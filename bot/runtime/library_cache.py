"""Hold the current library, swapped while serving.

It is the packaged one with staff's amendments.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import structlog

from knowledge.amendments import Amendment, Applied, Aside, Unreadable, apply, from_dict
from knowledge.faq.matching.meaning import Encoder
from knowledge.library import Library

_LOG = structlog.get_logger("library")

ReadAmendments = Callable[[], Awaitable[tuple[Mapping[str, Any], ...]]]
"""Reads every amendment in order, as the store keeps them (`Records.amendments`)."""


class LibraryCache:
    """Hold the current library. Take `library` once per turn.

    A library never changes, the cache does.
    """

    def __init__(self, load: Callable[[], Library], read: ReadAmendments) -> None:
        self._packaged = load()
        self._read = read
        self._amendments: tuple[Amendment, ...] = ()
        self._applied = Applied(self._packaged, ())
        self._one_at_a_time = asyncio.Lock()

    @property
    def library(self) -> Library:
        """The library with all amendments that were there at the last refresh."""
        return self._applied.library

    @property
    def rejected(self) -> tuple[Aside, ...]:
        """The amendments that do not fit the packaged files any more, and why."""
        return self._applied.aside

    def preview(self, *amendments: Amendment) -> Applied:
        """Apply these amendments for a look, without keeping them."""
        return apply(self._packaged, (*self._amendments, *amendments))

    async def refresh(self) -> bool:
        """Take up new amendments of staff, and tell whether there were any.

        They may come from this or another process. Called after an amendment was kept, and every
        few seconds. The work is done in a thread; questions are answered from the old library
        meanwhile. An error of reading is raised on, and leaves the library as it is.
        """
        async with self._one_at_a_time:
            amendments = tuple(map(from_dict, await self._read()))
            if amendments == self._amendments:
                return False
            applied = await asyncio.to_thread(self._warmed, amendments)
            self._applied, self._amendments = applied, amendments
        aside = Counter(_kind(each.amendment) for each in applied.aside)
        _LOG.info("knowledge amended", amendments=len(amendments), aside=dict(aside) or "none")
        return True

    async def find_by_meaning(self, encode: Encoder) -> None:
        """Find the entries of the FAQ by meaning too, now and after every amendment.

        The work is done in a thread; questions are answered by spelling meanwhile.
        """
        async with self._one_at_a_time:
            faq = await asyncio.to_thread(self._packaged.faq.with_meaning, encode)
            self._packaged = replace(self._packaged, faq=faq)
            self._applied = await asyncio.to_thread(self._warmed, self._amendments)

    def _warmed(self, amendments: tuple[Amendment, ...]) -> Applied:
        """Apply amendments, keeping the FAQ's index where it still fits."""
        applied, now = apply(self._packaged, amendments), self.library.faq
        if applied.library.faq.is_like(now):
            return replace(applied, library=replace(applied.library, faq=now))
        applied.library.faq.rank("")
        return applied


def _kind(amendment: Amendment) -> str:
    """Name an amendment's kind for the log.

    A row of another version may hold anything, so its own word is not logged.
    """
    return "unreadable" if isinstance(amendment, Unreadable) else amendment.kind
