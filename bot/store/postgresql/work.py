"""Write the result of one event within its transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.model.conversation import Conversation
from bot.store import Delivery, Incoming, TurnResult
from bot.store.columns import seal_conversation
from bot.store.postgresql.database import Connection, did
from bot.store.postgresql.outbox import PostgreSQLOutbox
from bot.store.postgresql.record_writer import RecordWriter
from bot.store.sealing import Seal


def person_lock(key: str) -> str:
    """Name the lock of a person, under which their conversation and deliveries change."""
    return f"person {key}"


def message_lock(message_id: str) -> str:
    """Name the lock of a message.

    A message is heard or unsent, never both at once.
    """
    return f"message {message_id}"


class Work:
    """Write everything of one transaction, under the caller's locks."""

    def __init__(self, connection: Connection, seal: Seal, owner: str | None) -> None:
        self._connection, self._seal = connection, seal
        self.writer = RecordWriter(connection, seal)
        self.outbox = PostgreSQLOutbox(connection, seal, owner)

    async def keep(
        self, result: TurnResult, incoming: Incoming, now: datetime
    ) -> tuple[Delivery, ...]:
        """Keep the result of a turn and return our deliveries."""
        await self._keep_conversation(result, incoming.key, now)
        # Only their own deliveries: receipts for staff about them still go.
        if result.silence:
            await self.outbox.delete_to(incoming.key)
        for question in result.unanswered:
            await self._ask(question, result.open_question, incoming, now)
        deliveries = await self.outbox.put_all(result.outgoing, incoming, now)
        await self.writer.keep_all(result.records, incoming.key, now)
        return deliveries

    async def _keep_conversation(self, result: TurnResult, key: str, now: datetime) -> None:
        if result.forget:
            await self.forget(key)
        elif result.conversation and result.conversation.last_seen:
            await self._save(result.conversation)
        elif result.conversation:
            # Without a time it would never be idle, and stay for ever.
            await self._save(replace(result.conversation, last_seen=now))

    async def _save(self, conversation: Conversation) -> None:
        await self._connection.execute(
            "INSERT INTO conversations (key, state, last_seen) "
            "VALUES ($1, $2, $3) ON CONFLICT (key) DO UPDATE "
            "SET state = excluded.state, last_seen = excluded.last_seen",
            conversation.key,
            seal_conversation(self._seal, conversation),
            conversation.idle_since,
        )

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
