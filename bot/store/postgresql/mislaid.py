"""Find this process's own deliveries that it does not know of.

A commit whose answer never came may have kept some. Until they are found, nothing may be sent,
since it could overtake them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import Enum

import asyncpg

from bot.store.postgresql.database import Connection, Database
from bot.store.postgresql.outbox import COLUMNS

LOOK_ANYWAY = 30
"""Claims between looks without a reason. A commit may end long after we gave it up."""

InHand = Callable[[], Collection[int]]

_TAKE = (
    "UPDATE outbox SET attempts = greatest(attempts, 1) WHERE owner = $1 AND id = ANY($2::bigint[]) "  # noqa: S608 - our own columns
    f"RETURNING {COLUMNS}"
)


class _Search(Enum):
    """Say how far the search is. Each claim takes one step."""

    NONE = "none"
    LOOKED_ONCE = "looked once"
    HANDED_OVER = "handed over"


class Mislaid:
    """Search for mislaid deliveries in two looks, a claim apart.

    A delivery kept just now is not mislaid, only still on its way to us.
    """

    def __init__(self, database: Database) -> None:
        self._database, self._troubles = database, 0
        self._search, self._has_reason, self._claims = _Search.NONE, False, 0
        self._suspected: frozenset[int] = frozenset()

    @property
    def is_in_doubt(self) -> bool:
        """Whether trouble may have left mislaid deliveries.

        Without trouble they are still looked for now and then, without stopping anything.
        """
        return self._has_reason or self._troubles != self._database.troubles

    async def find(
        self, connection: Connection, owner: str, in_hand: InHand
    ) -> list[asyncpg.Record]:
        """Take one step of the search and return deliveries found.

        They count as perhaps tried.
        """
        self._claims += 1
        if self._search is _Search.LOOKED_ONCE:
            found = self._suspected & await _list_unknown(connection, owner, in_hand)
            # In doubt until the next claim, since only then the found deliveries are surely in hand.
            self._search = _Search.HANDED_OVER
            return await connection.fetch(_TAKE, owner, list(found)) if found else []
        self._search, self._has_reason = _Search.NONE, self._troubles != self._database.troubles
        if self._has_reason or self._claims % LOOK_ANYWAY == 0:
            self._troubles = self._database.troubles
            self._suspected = await _list_unknown(connection, owner, in_hand)
            self._search = _Search.LOOKED_ONCE
        return []


async def _list_unknown(connection: Connection, owner: str, in_hand: InHand) -> frozenset[int]:
    ours = "SELECT id FROM outbox WHERE owner = $1 AND due IS NOT NULL"
    kept = frozenset(row["id"] for row in await connection.fetch(ours, owner))
    return kept - frozenset(in_hand())
