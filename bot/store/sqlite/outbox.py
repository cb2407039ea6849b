"""Keep the outbox as a table of waiting and given-up deliveries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from bot.store import Delivery, Incoming, OutboxState, Outgoing
from bot.store.delivery_json import dump_outgoing, load_outgoing
from bot.store.sealing import Seal
from bot.store.sqlite.columns import Run

_COLUMNS = (
    "id, key, CAST(outgoing AS BLOB), retry_key, attempts, due, error, held, token_gone, about, "
    "created"
)


class SQLiteOutbox:
    """Read and write deliveries within the caller's commit.

    A `due` of NULL means that a delivery was given up.
    """

    def __init__(self, run: Run, seal: Seal) -> None:
        self._run, self._seal = run, seal

    def put(self, outgoing: Outgoing, incoming: Incoming, now: datetime) -> Delivery:
        """Add a delivery, due at once, that an event leads to."""
        retry_key, key, moment = str(uuid4()), outgoing.key or incoming.key, now.isoformat()
        about, repeats = (incoming.key, incoming.message_id) if key != incoming.key else ("", "")
        number = self._run(
            "INSERT INTO outbox (key, outgoing, retry_key, created, due, about, message_id) "
            "VALUES (?, CAST(? AS TEXT), ?, ?, ?, ?, ?)",  # bytes: SQLite keeps text as UTF-8 anyway
            (
                key,
                self._seal.seal(dump_outgoing(outgoing)),
                retry_key,
                moment,
                moment,
                about,
                repeats,
            ),
        ).lastrowid
        sent = replace(outgoing, key="") if outgoing.key else outgoing  # the delivery has it now
        # The number is the order in which a person's deliveries go.
        return Delivery(number or 0, key, sent, retry_key, due=now, about=about, made=now)

    def put_after(
        self, delivery: Delivery, following: Sequence[Outgoing], now: datetime
    ) -> tuple[Delivery, ...]:
        """Add the deliveries that follow one, forgotten with the same person."""
        origin = Incoming("", delivery.about or delivery.key)
        return tuple(self.put(each, origin, now) for each in following)

    def find(self, number: int) -> Delivery | None:
        """Find a delivery by its number, given up or not."""
        row = self._run(f"SELECT {_COLUMNS} FROM outbox WHERE id = ?", (number,)).fetchone()  # noqa: S608 - our own columns
        return self._read(row) if row else None

    def list_waiting(self) -> tuple[Delivery, ...]:
        """List every delivery still to be made, oldest first."""
        rows = self._run(f"SELECT {_COLUMNS} FROM outbox WHERE due IS NOT NULL ORDER BY id")  # noqa: S608 - our own columns
        return tuple(map(self._read, rows))

    def is_waiting(self, number: int) -> bool:
        """Tell whether this delivery is still to be made."""
        found = self._run("SELECT 1 FROM outbox WHERE id = ? AND due IS NOT NULL", (number,))
        return found.fetchone() is not None

    def count(self) -> OutboxState:
        """Count the waiting and the given-up deliveries."""
        waiting, oldest, given_up = self._run(
            "SELECT count(due), min(CASE WHEN due IS NOT NULL THEN created END), "
            "count(*) - count(due) FROM outbox"
        ).fetchone()
        return OutboxState(waiting, datetime.fromisoformat(oldest) if oldest else None, given_up)

    def update(self, delivery: Delivery) -> None:
        """Write how a delivery stands after an attempt that failed."""
        due = delivery.due.isoformat() if delivery.due else None
        state = (delivery.attempts, due, delivery.error, delivery.held, delivery.token_gone)
        self._run(
            "UPDATE outbox SET attempts = ?, due = ?, error = ?, held = ?, token_gone = ? "
            "WHERE id = ?",
            (*state, delivery.id),
        )

    def revive(self, number: int, now: datetime) -> bool:
        """Make a given-up delivery due now, as if new.

        Returns False when there was none.
        """
        revived = self._run(
            "UPDATE outbox SET due = ?, created = ?, attempts = 0 WHERE id = ? AND due IS NULL",
            (now.isoformat(), now.isoformat(), number),
        )
        return bool(revived.rowcount)

    def delete(self, number: int) -> bool:
        """Delete one delivery and tell whether it was still there."""
        return bool(self._run("DELETE FROM outbox WHERE id = ?", (number,)).rowcount)

    def delete_to(self, key: str) -> bool:
        """Delete deliveries to this person.

        Those to staff about them stay.
        """
        return bool(self._run("DELETE FROM outbox WHERE key = ?", (key,)).rowcount)

    def delete_about(self, key: str) -> bool:
        """Delete deliveries to others that came from this person's turns."""
        return bool(self._run("DELETE FROM outbox WHERE about = ?", (key,)).rowcount)

    def delete_repeating(self, message_id: str) -> None:
        """Delete deliveries that bring this message's words to others."""
        self._run("DELETE FROM outbox WHERE message_id = ?", (message_id,))

    def delete_given_up(self, before: datetime) -> None:
        """Delete given-up deliveries older than this."""
        self._run("DELETE FROM outbox WHERE due IS NULL AND created < ?", (before.isoformat(),))

    def _read(self, row: tuple[Any, ...]) -> Delivery:
        number, key, outgoing, retry_key, attempts, due, error, held, token_gone, about, made = row
        return Delivery(
            number,
            key,
            load_outgoing(self._seal.unseal(outgoing)),
            retry_key,
            attempts,
            datetime.fromisoformat(due) if due else None,
            error,
            held=bool(held),
            token_gone=bool(token_gone),
            about=about,
            made=datetime.fromisoformat(made),
        )
