"""Share deliveries among processes, one living process a person.

A process shows that it lives by a time in the database, by the database's clock. The deliveries of
a silent process, and those left to nobody, are taken over person by person.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from uuid import uuid4

import asyncpg

from bot.store import Standing, StoreError
from bot.store.postgresql.database import Connection, Database
from bot.store.postgresql.mislaid import InHand, Mislaid
from bot.store.postgresql.outbox import COLUMNS, wake_others
from bot.store.postgresql.together import Together

LEASE = timedelta(seconds=3)
"""Time a process counts as alive after its last sign. It gives one every second."""

_FORGOTTEN_AFTER = timedelta(minutes=10)
"""Time after which the row of a dead process is deleted."""

_RENEW = """
UPDATE processes SET alive_until = clock_timestamp() + $2::interval
WHERE id = $1 AND alive_until >= clock_timestamp() RETURNING true
"""

_APPEAR = """
INSERT INTO processes (id, alive_until) VALUES ($1, clock_timestamp() + $2::interval)
ON CONFLICT (id) DO UPDATE SET alive_until = excluded.alive_until
"""

# All or none of a person's deliveries: one process makes them, in order. Those that nobody had
# were never tried; those of a dead process perhaps were.
_TAKE = f"""
WITH free AS (
    SELECT DISTINCT key FROM outbox WHERE due IS NOT NULL AND (
        owner IS NULL
        OR owner IN (SELECT id FROM processes WHERE alive_until < clock_timestamp())
    )
), mine AS (
    SELECT key FROM free WHERE NOT EXISTS (
        SELECT FROM outbox AS other JOIN processes ON processes.id = other.owner
        WHERE other.key = free.key AND other.due IS NOT NULL AND other.owner <> $1
            AND processes.alive_until >= clock_timestamp()
    ) LIMIT $2
)
UPDATE outbox SET owner = $1,
    attempts = CASE WHEN owner IS NULL THEN attempts ELSE greatest(attempts, 1) END
WHERE key IN (SELECT key FROM mine) AND due IS NOT NULL AND owner IS DISTINCT FROM $1
RETURNING {COLUMNS}
"""  # noqa: S608 - our own columns

# Whether this process lives, and of each delivery whether it is there, whose it is, and whether an
# earlier one of the same person is another's.
_STANDING = """
SELECT asked.id, EXISTS (SELECT FROM processes WHERE id = $2 AND alive_until >= clock_timestamp()) AS lives,
    this.id IS NOT NULL AS there,
    this.owner IS NOT DISTINCT FROM $2 AS ours,
    EXISTS (
        SELECT FROM outbox AS earlier WHERE earlier.key = this.key AND earlier.id < this.id
            AND earlier.due IS NOT NULL AND earlier.owner IS DISTINCT FROM $2
    ) AS behind
FROM unnest($1::bigint[]) AS asked (id)
LEFT JOIN outbox AS this ON this.id = asked.id AND this.due IS NOT NULL
"""

_CLEAN = """
DELETE FROM processes WHERE alive_until < clock_timestamp() - $1::interval
    AND NOT EXISTS (SELECT FROM outbox WHERE owner = processes.id AND due IS NOT NULL)
"""

_DELETE_OWN = "DELETE FROM outbox WHERE id = ANY($1::bigint[]) AND owner IS NOT DISTINCT FROM $2"

_DELETE = "DELETE FROM outbox WHERE id = ANY($1::bigint[])"


class Claims:
    """Hold this process's right to deliver. `owner` is None before the first claim."""

    def __init__(self, database: Database) -> None:
        self._database, self._id = database, str(uuid4())
        self.owner: str | None = None
        self._undeleted: set[int] = set()
        self._needless: set[int] = set()
        self._lost: set[int] = set()
        self._mislaid, self._alive_until = Mislaid(database), 0.0
        self._standing, self._deleted = Together(self._find_rows), Together(self._delete_all)

    async def claim(self, in_hand: InHand, most: int) -> list[asyncpg.Record]:
        """Renew this process's lease and take over deliveries of `most` people."""
        # From before the database heard it: its clock ends the lease later than ours.
        began = time.monotonic()
        # One process at a time, or two would share the deliveries of one person.
        async with self._database.transaction("claim") as connection:
            await self._renew(connection, in_hand)
            made, needless = tuple(self._undeleted), tuple(self._needless)
            if made:
                await connection.execute(_DELETE, list(made))
            if needless:
                await connection.execute(_DELETE_OWN, list(needless), self._id)
            taken = await self._mislaid.find(connection, self._id, in_hand) if most else []
            taken += await connection.fetch(_TAKE, self._id, most) if most else []
            await connection.execute(_CLEAN, _FORGOTTEN_AFTER)
        self._alive_until = began + LEASE.total_seconds()
        self._undeleted.difference_update(made)
        self._needless.difference_update(needless)
        self._lost.difference_update(each["id"] for each in taken)
        return taken

    async def delete(self, ids: Collection[int]) -> None:
        """Delete made deliveries, together with others made at the same time."""
        for each in ids:  # one, except where several went in one call
            await self._deleted.ask(each)

    async def _delete_all(self, ids: Sequence[int]) -> Mapping[int, None]:
        await self._database.fetch(_DELETE, list(ids))
        return {}

    async def delete_own(self, number: int) -> None:
        """Delete what need not be made, as long as nobody else has it."""
        await self._database.fetch(_DELETE_OWN, [number], self.owner)

    def delete_own_later(self, number: int) -> None:
        """Delete a delivery with the next claim, while the database is in trouble."""
        self._needless.add(number)

    def delete_later(self, ids: Collection[int]) -> None:
        """Delete made deliveries with the next claim, as the database is in trouble."""
        self._undeleted.update(ids)

    def is_alive(self) -> bool:
        """Tell whether the others know that this process lives."""
        return time.monotonic() < self._alive_until

    async def find_standing(self, number: int) -> Standing:
        """Find whether this process is to make this delivery now.

        Raises StoreError when others may think that this process is dead, or it may have mislaid
        what comes before.
        """
        if self._mislaid.is_in_doubt:
            raise StoreError("The database did not say what it kept.", reason="in doubt")
        row = await self._standing.ask(number)
        if row is None or not row["lives"]:
            raise StoreError(
                "The database was not told in time that this process lives.", reason="lease ended"
            )
        if not row["there"]:
            return Standing.GONE
        if number in self._lost:
            return Standing.ANOTHERS
        if row["ours"] and row["behind"]:
            await self._release(number)
            return Standing.ANOTHERS
        return Standing.OURS if row["ours"] else Standing.ANOTHERS

    async def _find_rows(self, numbers: Sequence[int]) -> Mapping[int, asyncpg.Record]:
        rows = await self._database.fetch(_STANDING, list(numbers), self._id)
        return {row["id"]: row for row in rows}

    async def leave(self) -> None:
        """Leave the undelivered rest to other processes at once."""
        if self.owner is None:
            return
        async with self._database.transaction() as connection:
            gone = "UPDATE processes SET alive_until = '-infinity' WHERE id = $1"
            await connection.execute(gone, self.owner)
            await wake_others(connection)
        self.owner = None

    async def _renew(self, connection: Connection, in_hand: InHand) -> None:
        if self.owner and await connection.fetchval(_RENEW, self.owner, LEASE):
            return
        if self.owner:
            # Others may have made the deliveries we still have in hand. They are not ours any more.
            ours = "SELECT id FROM outbox WHERE owner = $1"
            kept = {row["id"] for row in await connection.fetch(ours, self.owner)}
            self._lost.update(set(in_hand()) - kept)
        await connection.execute(_APPEAR, self._id, LEASE)
        self.owner = self._id

    async def _release(self, number: int) -> None:
        """Leave a delivery to the process that makes those before it."""
        async with self._database.transaction() as connection:
            # It may have been tried, by an attempt that could not be noted.
            release = (
                "UPDATE outbox SET owner = NULL, attempts = greatest(attempts, 1) "
                "WHERE id = $1 AND owner = $2"
            )
            await connection.execute(release, number, self.owner)
            await wake_others(connection)
