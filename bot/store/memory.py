"""Conversations in memory, for a pipe and for tests."""

from __future__ import annotations

from bot.conversation import Conversation


class MemoryStore:
    """A store that ends with its process."""

    def __init__(self) -> None:
        self._conversations: dict[str, Conversation] = {}

    def load(self, key: str) -> Conversation:
        """The conversation of this key; a new one when there is none."""
        return self._conversations.get(key) or Conversation(key)

    def save(self, conversation: Conversation) -> None:
        """Keep the conversation."""
        self._conversations[conversation.key] = conversation

    def forget(self, key: str) -> bool:
        """Delete everything about this key; whether there was anything."""
        return self._conversations.pop(key, None) is not None

    def close(self) -> None:
        """Nothing to let go of."""
