"""Write times and words for columns of text."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime

from bot.store.sealing import Seal

Run = Callable[..., sqlite3.Cursor]
"""Runs one statement within the transaction of the tick."""


def to_utc(moment: datetime) -> str:
    """Write a time in the one zone in which times are compared."""
    return moment.astimezone(UTC).isoformat()


def unseal_text(seal: Seal, kept: str) -> str:
    """Read the words of a sealed text column. Raises StoreError when no key fits."""
    return seal.unseal(kept.encode()).decode()
