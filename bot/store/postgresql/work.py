"""Write the result of one event within its transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.model.business_hours import JAPAN
from bot.store import Delivery, Incoming, TurnResult
from bot.store.columns import seal_conversation
from bot.store.postgresql.database import Connection, did
from bot.store.postgresql.outbox import NOTHING, Beside, PostgreSQLOutbox
from bot.store.postgresql.record_writer import RecordWriter
from bot.store.records import CountOne
from bot.store.sealing import Seal


class Work:
    """Write everything of one transaction, under the caller's locks."""

    def __init__(self, connection: Connection, seal: Seal, owner: str | None) -> None:
        self._connection, self._seal = connection, seal
        self.writer = RecordWriter(connection, seal)
        self.outbox = PostgreSQLOutbox(connection, seal, owner)

    async def keep(
        self, result: TurnResult, incoming: Incoming, now: datetime
    ) -> tuple[Delivery, ...]:
        """Keep the result of a turn and return our deliveries.

        Under the lock of the event's person.
        """
        if result.forget:
            await self.forget(incoming.key)
        # Only their own deliveries: receipts for staff about them still go.
        if result.silence:
            await self.outbox.delete_to(incoming.key)
        for question in result.unanswered:
            await self._ask(question, result.open_question, incoming, now)
        beside = self._write_beside(result, now)
        deliveries = await self.outbox.put_all(result.outgoing, incoming, now, beside)
        await self.writer.keep_all(result.records, incoming.key, now)
        return deliveries

    def _write_beside(self, result: TurnResult, now: datetime) -> Beside:
        """Write the columns of the conversation, unless it goes or stays, and of what is counted."""
        counted = [each for each in result.records if isinstance(each, CountOne)]
        names, values = [each.name for each in counted], [each.value for each in counted]
        day, saved = now.astimezone(JAPAN).date(), result.conversation
        if result.forget or saved is None:
            return ("", None, None, day, names, values) if counted else NOTHING
        # Without a time it would never be idle, and stay for ever.
        saved = saved if saved.last_seen else replace(saved, last_seen=now)
        state = seal_conversation(self._seal, saved)
        return (saved.key, state, saved.idle_since, day, names, values)

    async def _ask(
        self, question: str, open_question: str, incoming: Incoming, now: datetime
    ) -> None:
        await self._connection.execute(
            "INSERT INTO unanswered (key, message_id, question, asked_at, open_question) "
            "VALUES ($1, $2, $3, $4, $5)",
            incoming.key,
            incoming.message_id,
            self._seal.seal(question.encode()),
            now,
            open_question,
        )

    async def forget(self, key: str) -> bool:
        """Delete everything about this person, and tell whether there was anything."""
        # A tuple, so that every one is deleted: `a or b` would stop at the first that found something.
        found = (
            await self.writer.delete_questions("key", key),
            await did(self._connection, "DELETE FROM conversations WHERE key = $1", key),
            await self.outbox.delete_to(key),
            await self.outbox.delete_about(key),
            await self.writer.forget(key),
        )
        return any(found)
