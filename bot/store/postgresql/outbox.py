"""The outbox as a table: what is still to be sent, by whom, and what was given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import asyncpg

from bot.store import Delivery, Incoming, OutboxState, Outgoing
from bot.store.delivery_json import dump_outgoing, load_outgoing
from bot.store.postgresql.database import Connection, did
from bot.store.sealing import Seal

LEASE = timedelta(seconds=4)
"""How long a delivery is its process's own; one that lives renews it well before."""

COLUMNS = "id, key, outgoing, retry_key, attempts, due, error, held, token_gone, about"

LIST_WAITING = f"SELECT {COLUMNS} FROM outbox WHERE due IS NOT NULL ORDER BY id"  # noqa: S608 - our own columns

IS_WAITING = "SELECT 1 FROM outbox WHERE id = $1 AND due IS NOT NULL"

_PUT = """
INSERT INTO outbox (key, outgoing, retry_key, created, due, about, message_id, owner, leased_until)
VALUES ($1, $2, $3, $4, $4, $5, $6, $7, clock_timestamp() + $8)
RETURNING id
"""

# Of each person all or none: one process makes what waits for them, in order. Times are those of
# the database: two machines need not agree on one.
_CLAIM = f"""
UPDATE outbox SET owner = $1, leased_until = clock_timestamp() + $2
WHERE id IN (
    SELECT id FROM outbox free WHERE due IS NOT NULL AND leased_until < clock_timestamp()
        AND NOT EXISTS (
            SELECT FROM outbox other WHERE other.key = free.key
                AND other.due IS NOT NULL AND other.leased_until >= clock_timestamp()
        )
    ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED
)
RETURNING {COLUMNS}
"""  # noqa: S608 - our own columns

_RENEW = (
    "UPDATE outbox SET leased_until = clock_timestamp() + $2 "
    "WHERE owner = $1 AND due IS NOT NULL AND leased_until >= clock_timestamp()"
)

_COUNT = (
    "SELECT count(due), min(created) FILTER (WHERE due IS NOT NULL), count(*) - count(due) "
    "FROM outbox"
)


class PostgreSQLOutbox:
    """Reads and writes deliveries of one process; the caller sees to the transaction."""

    def __init__(self, connection: Connection, seal: Seal, owner: str) -> None:
        self._connection, self._seal, self._owner = connection, seal, owner

    async def put(self, outgoing: Outgoing, incoming: Incoming, now: datetime) -> Delivery:
        """Add a delivery, due at once, that an event leads to; this process makes it."""
        retry_key, key = str(uuid4()), outgoing.key or incoming.key
        about, repeats = (incoming.key, incoming.message_id) if key != incoming.key else ("", "")
        kept = self._seal.seal(dump_outgoing(outgoing))
        number = await self._connection.fetchval(
            _PUT, key, kept, retry_key, now, about, repeats, self._owner, LEASE
        )
        sent = replace(outgoing, key="") if outgoing.key else outgoing  # the delivery has it now
        # The number is the order in which a person's deliveries go.
        return Delivery(number, key, sent, retry_key, due=now, about=about)

    async def put_after(
        self, delivery: Delivery, following: Sequence[Outgoing], now: datetime
    ) -> tuple[Delivery, ...]:
        """Add what a delivery leads to; it is forgotten with the same person."""
        origin = Incoming("", delivery.about or delivery.key)
        return tuple([await self.put(each, origin, now) for each in following])

    async def claim(self, most: int) -> tuple[Delivery, ...]:
        """Take deliveries that no living process makes, oldest first, for this one."""
        rows = await self._connection.fetch(_CLAIM, self._owner, LEASE, most)
        return tuple(sorted((read(self._seal, row) for row in rows), key=lambda each: each.id))

    async def renew(self) -> None:
        """Keep what this process still makes its own."""
        await self._connection.execute(_RENEW, self._owner, LEASE)

    async def count(self) -> OutboxState:
        """Count what waits and what was given up."""
        row = await self._connection.fetchrow(_COUNT)
        return OutboxState(*row) if row else OutboxState(0, None, 0)

    async def update(self, delivery: Delivery) -> None:
        """Write how a delivery stands after an attempt that failed."""
        await self._connection.execute(
            "UPDATE outbox SET attempts = $2, due = $3, error = $4, held = $5, token_gone = $6 "
            "WHERE id = $1",
            delivery.id,
            delivery.attempts,
            delivery.due,
            delivery.error,
            delivery.held,
            delivery.token_gone,
        )

    async def revive(self, number: int, now: datetime) -> Delivery | None:
        """Make a delivery that was given up due now, as if new; None when none was."""
        row = await self._connection.fetchrow(
            "UPDATE outbox SET due = $2, created = $2, attempts = 0, owner = $3, "  # noqa: S608 - our own columns
            f"leased_until = clock_timestamp() + $4 WHERE id = $1 AND due IS NULL RETURNING {COLUMNS}",
            number,
            now,
            self._owner,
            LEASE,
        )
        return read(self._seal, row) if row else None

    async def delete(self, number: int) -> bool:
        """Delete one delivery; False when it is not there any more."""
        return await did(self._connection, "DELETE FROM outbox WHERE id = $1", number)

    async def delete_to(self, key: str) -> bool:
        """Delete what goes to this person; what goes to staff about them stays."""
        return await did(self._connection, "DELETE FROM outbox WHERE key = $1", key)

    async def delete_about(self, key: str) -> bool:
        """Delete what goes to others and came from a turn of this person."""
        return await did(self._connection, "DELETE FROM outbox WHERE about = $1", key)

    async def delete_repeating(self, message_id: str) -> None:
        """Delete what brings the words of this message to others."""
        await self._connection.execute("DELETE FROM outbox WHERE message_id = $1", message_id)

    async def delete_given_up(self, before: datetime) -> None:
        """Delete what was given up and is older than this."""
        given_up = "DELETE FROM outbox WHERE due IS NULL AND created < $1"
        await self._connection.execute(given_up, before)


def read(seal: Seal, row: asyncpg.Record) -> Delivery:
    """Read a delivery from its row, columns in the order of `COLUMNS`."""
    number, key, outgoing, retry_key, attempts, due, error, held, token_gone, about = row
    sent = load_outgoing(seal.unseal(outgoing))
    return Delivery(
        number, key, sent, retry_key, attempts, due, error, held, token_gone, about=about
    )
