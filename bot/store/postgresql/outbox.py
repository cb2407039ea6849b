"""The outbox as a table: what is still to be sent, by whom, and what was given up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import asyncpg

from bot.store import Delivery, Incoming, OutboxState, Outgoing
from bot.store.delivery_json import dump_outgoing, load_outgoing
from bot.store.postgresql.database import Connection, did, lock
from bot.store.sealing import Seal

COLUMNS = "id, key, outgoing, retry_key, attempts, due, error, held, token_gone, about"

WAKE = "kaizen_navi_free"
"""The channel of NOTIFY by which a process tells the others that something waits for its maker."""

LIST_WAITING = f"SELECT {COLUMNS} FROM outbox WHERE due IS NOT NULL ORDER BY id"  # noqa: S608 - our own columns

# Ours, unless another process makes what waits for the same person: then it makes this too, in order.
_PUT = """
INSERT INTO outbox (key, outgoing, retry_key, created, due, about, message_id, owner)
VALUES ($1, $2, $3, $4, $4, $5, $6, CASE WHEN NOT EXISTS (
    SELECT FROM outbox WHERE key = $1 AND due IS NOT NULL AND owner IS DISTINCT FROM $7
) THEN $7 END)
RETURNING id, owner
"""

_COUNT = (
    "SELECT count(due), min(created) FILTER (WHERE due IS NOT NULL), count(*) - count(due) "
    "FROM outbox"
)


class PostgreSQLOutbox:
    """Reads and writes deliveries; the caller sees to the transaction.

    `owner` is the process that delivers, None for one that does not, such as a command.
    """

    def __init__(self, connection: Connection, seal: Seal, owner: str | None) -> None:
        self._connection, self._seal, self._owner = connection, seal, owner

    async def put_all(
        self, outgoing: Sequence[Outgoing], incoming: Incoming, now: datetime
    ) -> tuple[Delivery, ...]:
        """Add deliveries, due at once, that an event leads to; returns those that are ours to make."""
        if not outgoing:
            return ()
        # One transaction at a time for each who gets something: numbers are the order of commits.
        people = {each.key or incoming.key for each in outgoing}
        await lock(self._connection, *(f"outbox {each}" for each in people))
        put = [await self._put(each, incoming, now) for each in outgoing]
        ours = tuple(each for each in put if each)
        if len(ours) < len(put):
            await wake_others(self._connection)
        return ours

    async def _put(self, outgoing: Outgoing, incoming: Incoming, now: datetime) -> Delivery | None:
        retry_key, key = str(uuid4()), outgoing.key or incoming.key
        about, repeats = (incoming.key, incoming.message_id) if key != incoming.key else ("", "")
        kept = self._seal.seal(dump_outgoing(outgoing))
        row = await self._connection.fetchrow(
            _PUT, key, kept, retry_key, now, about, repeats, self._owner
        )
        if row is None or row["owner"] is None:
            return None
        sent = replace(outgoing, key="") if outgoing.key else outgoing  # the delivery has it now
        # The number is the order in which a person's deliveries go.
        return Delivery(row["id"], key, sent, retry_key, due=now, about=about)

    async def put_after(
        self, delivery: Delivery, following: Sequence[Outgoing], now: datetime
    ) -> tuple[Delivery, ...]:
        """Add what a delivery leads to; it is forgotten with the same person."""
        origin = Incoming("", delivery.about or delivery.key)
        return await self.put_all(following, origin, now)

    async def count(self) -> OutboxState:
        """Count what waits and what was given up."""
        row = await self._connection.fetchrow(_COUNT)
        return OutboxState(*row) if row else OutboxState(0, None, 0)

    async def update(self, delivery: Delivery) -> None:
        """Write how a delivery stands after an attempt that failed."""
        await self._connection.execute(
            "UPDATE outbox SET attempts = $2, due = $3, error = $4, held = $5, token_gone = $6 "
            "WHERE id = $1 AND owner = $7",
            delivery.id,
            delivery.attempts,
            delivery.due,
            delivery.error,
            delivery.held,
            delivery.token_gone,
            self._owner,
        )

    async def revive(self, number: int, now: datetime) -> Delivery | None:
        """Make a delivery that was given up due now, as if new; None when none was."""
        row = await self._connection.fetchrow(
            "UPDATE outbox SET due = $2, created = $2, attempts = 0, owner = $3 "  # noqa: S608 - our own columns
            f"WHERE id = $1 AND due IS NULL RETURNING {COLUMNS}",
            number,
            now,
            self._owner,
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


async def wake_others(connection: Connection) -> None:
    """Let every process look for what it may take, once this is committed."""
    await connection.execute("SELECT pg_notify($1, '')", WAKE)


def read(seal: Seal, row: asyncpg.Record) -> Delivery:
    """Read a delivery from its row, columns in the order of `COLUMNS`."""
    number, key, outgoing, retry_key, attempts, due, error, held, token_gone, about = row
    sent = load_outgoing(seal.unseal(outgoing))
    return Delivery(
        number, key, sent, retry_key, attempts, due, error, held, token_gone, about=about
    )
