"""The open cases of a store, read from the conversations they live in."""

from __future__ import annotations

from bot.model.case import Case
from bot.store import Store


async def open_cases(store: Store) -> tuple[Case, ...]:
    """List every open case. Raises StoreError when the store cannot be read."""
    keys = await store.records.list_open_case_keys()
    cases = [(await store.load_conversation(key)).case for key in keys]
    return tuple(case for case in cases if case and case.is_open)
