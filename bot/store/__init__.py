"""Where conversations are kept: the protocol every store implements, and the one to use."""

from __future__ import annotations

from typing import Protocol

from bot.conversation import Conversation
from bot.settings import Settings


class StoreError(Exception):
    """The store cannot be used; the message says what to do."""


class Store(Protocol):
    """Keeps conversations by their key ("line:U1")."""

    def load(self, key: str) -> Conversation:
        """The conversation of this key; a new one when there is none."""

    def save(self, conversation: Conversation) -> None:
        """Keep the conversation, durably, before returning."""

    def forget(self, key: str) -> bool:
        """Delete everything about this key; whether there was anything."""

    def close(self) -> None:
        """Let go of files and connections."""


def open_store(settings: Settings) -> Store:
    """The store the settings name. Raises StoreError when it cannot be opened."""
    from bot.store.sqlite import SQLiteStore  # noqa: PLC0415 - the memory store needs no SQLite

    return SQLiteStore(settings.database_url.removeprefix("sqlite:///"))
