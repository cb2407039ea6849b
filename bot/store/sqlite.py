"""Conversations in one SQLite file: write-ahead log, every write on disk before it counts."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from bot.conversation import Conversation, from_dict, to_dict
from bot.store import StoreError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    key       TEXT PRIMARY KEY,
    state     TEXT NOT NULL,
    last_seen TEXT
) STRICT
"""


class SQLiteStore:
    """A store in the file at `path`, made with its folder when it is not there.

    Raises StoreError when the file cannot be opened or is no database.
    """

    def __init__(self, path: str) -> None:
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(path, isolation_level=None)
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=FULL")
            self._database.execute("PRAGMA secure_delete=ON")
            self._database.execute(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"The database {path} cannot be used ({error}). Check DATABASE_URL and that the "
                "folder can be written to."
            ) from error

    def load(self, key: str) -> Conversation:
        """The conversation of this key; a new one when there is none."""
        row = self._database.execute(
            "SELECT state FROM conversations WHERE key = ?", (key,)
        ).fetchone()
        return from_dict(json.loads(row[0])) if row else Conversation(key)

    def save(self, conversation: Conversation) -> None:
        """Keep the conversation; it is on disk when this returns."""
        state = to_dict(conversation)
        self._database.execute(
            "INSERT INTO conversations (key, state, last_seen) VALUES (?, ?, ?) "
            "ON CONFLICT (key) DO UPDATE SET state = excluded.state, last_seen = excluded.last_seen",
            (conversation.key, json.dumps(state, ensure_ascii=False), state["last_seen"]),
        )

    def forget(self, key: str) -> bool:
        """Delete everything about this key; whether there was anything.

        The write-ahead log is emptied too, so that the words do not linger in it.
        """
        deleted = self._database.execute("DELETE FROM conversations WHERE key = ?", (key,)).rowcount
        self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return deleted > 0

    def close(self) -> None:
        """Close the file."""
        self._database.close()
