"""Serve a store that any number of processes share, one transaction a message.

Within it the person is locked, known or not, so that their messages are answered one after the
other, whichever processes they reach.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from weakref import WeakValueDictionary

from bot.model.conversation import Conversation
from bot.store import (
    Delivery,
    Incoming,
    OutboxState,
    Outgoing,
    Standing,
    Step,
    StoreError,
    TurnResult,
    suspect_attempt,
)
from bot.store.columns import unseal_conversation
from bot.store.postgresql import outbox, tidying
from bot.store.postgresql.claiming import Claims
from bot.store.postgresql.database import (
    WRITE,
    Connection,
    Database,
    message_lock,
    person_lock,
)
from bot.store.postgresql.presence import Presence
from bot.store.postgresql.records import PostgreSQLRecords
from bot.store.postgresql.work import Work
from bot.store.records import Post
from bot.store.sealing import NoSeal, Seal
from bot.store.unexpected_posts import judge_unexpected

SECRET_BYTES = 32

CLAIM_SECONDS = 1.0
"""Time between claims. A process silent for three times as long is taken for dead."""

# No row when the event was seen before. One statement: each is a way to the server and back.
_TAKE = """
WITH fresh AS (
    INSERT INTO seen (event_id, seen_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING event_id
)
SELECT (SELECT state FROM conversations WHERE key = $3) AS state,
    EXISTS (SELECT FROM unsent WHERE message_id = $4) AS taken_back
FROM fresh
"""


class PostgreSQLStore:
    """Serve a `Store` in a database to one process and event loop."""

    def __init__(self, database: Database, presence: Presence, seal: Seal | None = None) -> None:
        self._database, self._presence, self._seal = database, presence, seal or NoSeal()
        self._claims = Claims(database)
        self._records = PostgreSQLRecords(database, self._seal)
        self._queues: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def records(self) -> PostgreSQLRecords:
        """Read the records that turns left behind."""
        return self._records

    async def turn(
        self, incoming: Incoming, step: Step, now: datetime
    ) -> tuple[Delivery, ...] | None:
        """Answer an event exactly once and durably.

        Returns None when it was seen before or unsent.
        """

        def answer(kept: bytes | None) -> TurnResult:
            return step(unseal_conversation(self._seal, incoming.key, kept))

        return await self._do_once(incoming, answer, now)

    async def commit(
        self, incoming: Incoming, result: TurnResult, now: datetime
    ) -> tuple[Delivery, ...] | None:
        """Keep the result of an event without reading a conversation."""
        return await self._do_once(incoming, lambda _: result, now)

    async def _do_once(
        self, incoming: Incoming, make: Callable[[bytes | None], TurnResult], now: datetime
    ) -> tuple[Delivery, ...] | None:
        # In line here before the database: connections that wait for one person are nobody else's,
        # and two of them would come in any order.
        queue = self._queues.setdefault(incoming.key, asyncio.Lock())
        async with queue, self._database.transaction(*_locks(incoming)) as connection:
            heard_at = max(now, incoming.at or now)
            message = (incoming.event_id, heard_at, incoming.key, incoming.message_id)
            taken = await connection.fetchrow(_TAKE, *message)
            if taken is None or (incoming.message_id and taken["taken_back"]):
                return None
            return await self._work(connection).keep(make(taken["state"]), incoming, now)

    def _work(self, connection: Connection) -> Work:
        return Work(connection, self._seal, self._claims.owner)

    async def load_conversation(self, key: str) -> Conversation:
        """Load the conversation of this key, or a new one."""
        row = await self._database.fetch_one("SELECT state FROM conversations WHERE key = $1", key)
        return unseal_conversation(self._seal, key, row["state"] if row else None)

    async def unsend(self, message_id: str, now: datetime, reference: str = "") -> None:
        """Delete everything kept of a message, now and for the future."""
        # A turn of this message in another process ends first, and is then found whole.
        async with self._database.transaction(message_lock(message_id)) as connection:
            note = (
                "INSERT INTO unsent (message_id, unsent_at) VALUES ($1, $2) ON CONFLICT DO NOTHING"
            )
            await connection.execute(note, message_id, now)
            work = self._work(connection)
            await work.writer.delete_questions("message_id", message_id)
            await work.outbox.delete_repeating(message_id)
            await work.writer.unsend(reference)

    async def load_secret(self) -> bytes:
        """Load the secret of this store, made by the first process that asks."""
        async with self._database.transaction() as connection:
            made = "INSERT INTO secrets (name, value) VALUES ('people', $1) ON CONFLICT DO NOTHING"
            await connection.execute(made, secrets.token_hex(SECRET_BYTES))
            kept = await connection.fetchval("SELECT value FROM secrets WHERE name = 'people'")
        return bytes.fromhex(kept)

    async def forget(self, key: str) -> bool:
        """Delete everything about this key, and tell whether there was anything.

        A staff member's name goes too.
        """
        async with self._database.transaction(person_lock(key)) as connection:
            work = self._work(connection)
            named = await work.writer.delete_staff_name(key)
            return await work.forget(key) or named

    async def list_undelivered(self) -> tuple[Delivery, ...]:
        """List every delivery still to be made, oldest first."""
        rows = await self._database.fetch(outbox.LIST_WAITING)
        return tuple(outbox.read(self._seal, row) for row in rows)

    async def claim(
        self, in_hand: Callable[[], Collection[int]], most: int
    ) -> tuple[Delivery, ...]:
        """Take over deliveries that no living process makes.

        The claim also tells the others that this process lives.
        """
        rows = await self._claims.claim(in_hand, most)
        taken = sorted((outbox.read(self._seal, row) for row in rows), key=lambda each: each.id)
        return tuple(suspect_attempt(each) if each.attempts else each for each in taken)

    async def wait_for_free(self) -> None:
        """Wait until another process wakes this one, at most a second."""
        await self._presence.wait(CLAIM_SECONDS)

    async def find_standing(self, number: int) -> Standing:
        """Find whether this process is to make this delivery now."""
        return await self._claims.find_standing(number)

    def may_deliver(self) -> bool:
        """Tell whether the last claim is fresh, so that nobody takes over."""
        return self._claims.is_alive()

    async def leads(self) -> bool:
        """Tell whether this process leads, by a lock that ends with it."""
        return await self._presence.leads()

    async def delete_delivered(self, ids: Sequence[int]) -> None:
        """Delete made deliveries with their words.

        When that fails, they are deleted with the next claim.
        """
        try:
            await self._claims.delete(ids)
        except StoreError:
            # Not raised: the delivery was made, and making it again would double it.
            self._claims.delete_later(ids)

    async def delete_needless(self, number: int) -> None:
        """Delete a delivery that need not be made, unless another process took it over."""
        try:
            await self._claims.delete_own(number)
        except StoreError:
            self._claims.delete_own_later(number)

    async def settle(
        self, delivery: Delivery, following: Sequence[Outgoing], post: Post | None, now: datetime
    ) -> tuple[Delivery, ...]:
        """Keep the place of a made delivery and its followers in one commit."""
        # Under the person's lock, so that forgetting comes before all of this or after it.
        async with self._database.transaction(_origin_lock(delivery)) as connection:
            work = self._work(connection)
            # No row means that its person was forgotten while it was on its way; or that this was kept
            # before, by a commit whose answer never came or by the process that took it over.
            known = await work.outbox.delete(delivery.id)
            if post and known:
                await work.writer.remember(post)
            elif post:
                await self._keep_unexpected(work, delivery, post)
            return await work.outbox.put_after(delivery, following, now) if known else ()

    async def _keep_unexpected(self, work: Work, delivery: Delivery, post: Post) -> None:
        """Keep the place of a post whose delivery is gone, mostly to delete it."""
        place = await work.writer.find_place(post.reference)
        if place != (post.channel, post.ts):
            await work.writer.remember(
                judge_unexpected(delivery, post, has_other=place is not None)
            )

    async def revive(self, number: int, now: datetime) -> Delivery | None:
        """Make a delivery that was given up once more."""
        async with self._database.transaction() as connection:
            return await self._work(connection).outbox.revive(number, now)

    async def delete_post(self, post: Post) -> None:
        """Forget a post that has lost its words."""
        async with self._database.transaction() as connection:
            await self._work(connection).writer.drop(post.reference)

    async def postpone(
        self, delivery: Delivery, following: Sequence[Outgoing], now: datetime
    ) -> tuple[Delivery, ...]:
        """Keep a failed delivery's attempts, due time and error, and its followers."""
        async with self._database.transaction(_origin_lock(delivery)) as connection:
            work = self._work(connection)
            await work.outbox.update(delivery)
            return await work.outbox.put_after(delivery, following, now)

    async def load_outbox_state(self) -> OutboxState:
        """Count how much waits to be sent."""
        async with self._database.transaction() as connection:
            return await self._work(connection).outbox.count()

    async def tidy(self, idle_before: datetime, seen_before: datetime, now: datetime) -> int:
        """Delete idle conversations and everything expired.

        Returns the number of conversations.
        """
        async with self._database.transaction() as connection:
            work = self._work(connection)
            await work.writer.expire(now)
            await work.outbox.delete_given_up(idle_before)
        await tidying.delete_seen(self._database, seen_before)
        await tidying.add_up_tallies(self._database, now)
        gone = 0
        async for key in tidying.find_idle(self._database, idle_before):
            gone += await self._forget_idle(key, idle_before)
        return gone

    async def _forget_idle(self, key: str, idle_before: datetime) -> bool:
        # Each in a transaction of its own: nobody waits for all of them.
        async with self._database.transaction(person_lock(key)) as connection:
            # The owner may have come back while others were deleted.
            if idle := await tidying.is_idle(connection, key, idle_before):
                await self._work(connection).forget(key)
            return idle

    async def check_writable(self) -> None:
        """Write, durably."""
        async with self._database.transaction() as connection:
            await connection.execute(WRITE)

    async def close(self) -> None:
        """Leave the undelivered rest to others and close the connections."""
        try:
            await self._claims.leave()
        finally:
            await self._presence.close()
            await self._database.close()


def _locks(incoming: Incoming) -> tuple[str, ...]:
    """Name the locks of a turn: of its person, and of its message if it has one."""
    person = person_lock(incoming.key)
    return (person, message_lock(incoming.message_id)) if incoming.message_id else (person,)


def _origin_lock(delivery: Delivery) -> str:
    """Name the lock of the person whom a delivery comes from, as those that follow it do."""
    return person_lock(delivery.about or delivery.key)
