"""Read the open cases of a store from their conversations."""

from __future__ import annotations

from bot.model.conversation import Conversation
from bot.store import Store


async def list_open_conversations(store: Store) -> tuple[Conversation, ...]:
    """List every conversation with an open case. Raises StoreError when the store cannot be read."""
    keys = await store.records.list_open_case_keys()
    found = [await store.load_conversation(key) for key in keys]
    return tuple(each for each in found if each.case and each.case.is_open)
