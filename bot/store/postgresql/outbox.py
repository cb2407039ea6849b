"""Keep the outbox as a table of waiting and given-up deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

import asyncpg

from bot.store import Delivery, Incoming, OutboxState, Outgoing
from bot.store.delivery_json import dump_outgoing, load_outgoing
from bot.store.postgresql.database import Connection, did, lock, person_lock
from bot.store.sealing import Seal

COLUMNS = "id, key, outgoing, retry_key, attempts, due, error, held, token_gone, about, created"

WAKE = "kaizen_navi_free"
"""Channel of NOTIFY that tells other processes of a delivery to take."""

Beside = tuple[str, bytes | None, datetime | None, date | None, Sequence[str], Sequence[str]]
"""Key, state and last time of a conversation, no state if it stays; a day, names and values counted."""

NOTHING: Beside = ("", None, None, None, (), ())

LIST_WAITING = f"SELECT {COLUMNS} FROM outbox WHERE due IS NOT NULL ORDER BY id"  # noqa: S608 - our own columns

# All that nearly every turn writes, since each statement is a way to the server and back: the
# conversation if it changed, its counts, its deliveries. These are ours, unless another process makes
# what waits for the same person: then it makes them too, in order.
_PUT = """
WITH saved AS (
    INSERT INTO conversations (key, state, last_seen)
    SELECT $1, $2, $3 WHERE $2::bytea IS NOT NULL
    ON CONFLICT (key) DO UPDATE SET state = excluded.state, last_seen = excluded.last_seen
), counted AS (
    INSERT INTO tallies (day, name, value, count)
    SELECT $4, name, value, 1 FROM unnest($5::text[], $6::text[]) AS one (name, value)
)
INSERT INTO outbox (key, outgoing, retry_key, about, message_id, created, due, owner)
SELECT key, outgoing, retry_key, about, message_id, $12, $12, CASE WHEN NOT EXISTS (
    SELECT FROM outbox WHERE key = put.key AND due IS NOT NULL AND owner IS DISTINCT FROM $13
) THEN $13 END
FROM unnest($7::text[], $8::bytea[], $9::text[], $10::text[], $11::text[])
    WITH ORDINALITY AS put (key, outgoing, retry_key, about, message_id, place)
ORDER BY place
RETURNING id, retry_key, owner
"""

_COUNT = (
    "SELECT count(due), min(created) FILTER (WHERE due IS NOT NULL), count(*) - count(due) "
    "FROM outbox"
)


class PostgreSQLOutbox:
    """Read and write deliveries within the caller's transaction.

    `owner` is the process that delivers, None for one that does not, such as a command.
    """

    def __init__(self, connection: Connection, seal: Seal, owner: str | None) -> None:
        self._connection, self._seal, self._owner = connection, seal, owner

    async def put_all(
        self,
        outgoing: Sequence[Outgoing],
        incoming: Incoming,
        now: datetime,
        beside: Beside = NOTHING,
    ) -> tuple[Delivery, ...]:
        """Add an event's deliveries, due at once, and return ours to make.

        Under the lock of the event's person. `beside` is written in the same statement.
        """
        if not outgoing and beside == NOTHING:
            return ()
        # One transaction at a time for each recipient, so that numbers are in the order of commits.
        others = {each.key for each in outgoing} - {"", incoming.key}
        if others:
            await lock(self._connection, *map(person_lock, others))
        put = tuple(_prepare(each, incoming, now) for each in outgoing)
        rows = await self._connection.fetch(
            _PUT, *beside, *self._write_columns(put, incoming), now, self._owner
        )
        numbers = {row["retry_key"]: row["id"] for row in rows if row["owner"]}
        if len(numbers) < len(put):
            await wake_others(self._connection)
        # The number is the order in which a person's deliveries go.
        return tuple(
            replace(each, id=numbers[each.retry_key]) for each in put if each.retry_key in numbers
        )

    def _write_columns(
        self, put: Sequence[Delivery], incoming: Incoming
    ) -> tuple[list[str | bytes], ...]:
        """Write deliveries as the columns key, outgoing, retry key, about and message id."""
        return (
            [each.key for each in put],
            [self._seal.seal(dump_outgoing(each.outgoing)) for each in put],
            [each.retry_key for each in put],
            [each.about for each in put],
            [incoming.message_id if each.about else "" for each in put],
        )

    async def put_after(
        self, delivery: Delivery, following: Sequence[Outgoing], now: datetime
    ) -> tuple[Delivery, ...]:
        """Add the deliveries that follow one, forgotten with the same person.

        Under the lock of that person.
        """
        origin = Incoming("", delivery.about or delivery.key)
        return await self.put_all(following, origin, now)

    async def count(self) -> OutboxState:
        """Count the waiting and the given-up deliveries."""
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
        """Make a given-up delivery due now, as if new, or return None."""
        row = await self._connection.fetchrow(
            "UPDATE outbox SET due = $2, created = $2, attempts = 0, owner = $3 "  # noqa: S608 - our own columns
            f"WHERE id = $1 AND due IS NULL RETURNING {COLUMNS}",
            number,
            now,
            self._owner,
        )
        return read(self._seal, row) if row else None

    async def delete(self, number: int) -> bool:
        """Delete one delivery and tell whether it was still there."""
        return await did(self._connection, "DELETE FROM outbox WHERE id = $1", number)

    async def delete_to(self, key: str) -> bool:
        """Delete deliveries to this person.

        Those to staff about them stay.
        """
        return await did(self._connection, "DELETE FROM outbox WHERE key = $1", key)

    async def delete_about(self, key: str) -> bool:
        """Delete deliveries to others that came from this person's turns."""
        return await did(self._connection, "DELETE FROM outbox WHERE about = $1", key)

    async def delete_repeating(self, message_id: str) -> None:
        """Delete deliveries that bring this message's words to others."""
        await self._connection.execute("DELETE FROM outbox WHERE message_id = $1", message_id)

    async def delete_given_up(self, before: datetime) -> None:
        """Delete given-up deliveries older than this."""
        given_up = "DELETE FROM outbox WHERE due IS NULL AND created < $1"
        await self._connection.execute(given_up, before)


def _prepare(outgoing: Outgoing, incoming: Incoming, now: datetime) -> Delivery:
    """Make a delivery that has no number yet."""
    key = outgoing.key or incoming.key
    about = incoming.key if key != incoming.key else ""
    sent = replace(outgoing, key="") if outgoing.key else outgoing  # the delivery has it now
    return Delivery(0, key, sent, str(uuid4()), due=now, about=about, made=now)


async def wake_others(connection: Connection) -> None:
    """Wake every process to take deliveries, once this is committed."""
    await connection.execute("SELECT pg_notify($1, '')", WAKE)


def read(seal: Seal, row: asyncpg.Record) -> Delivery:
    """Read a delivery from its row, columns in the order of `COLUMNS`."""
    number, key, outgoing, retry_key, attempts, due, error, held, token_gone, about, made = row
    sent = load_outgoing(seal.unseal(outgoing))
    return Delivery(
        number, key, sent, retry_key, attempts, due, error, held, token_gone, about=about, made=made
    )
