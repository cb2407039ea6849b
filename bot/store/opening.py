"""The store that the settings name."""

from __future__ import annotations

from bot.store import Store
from bot.store.sqlite import SQLiteStore, connect, migrate

PREFIX = "sqlite:///"


def open_store(database_url: str, *, up_to_date: bool = False) -> Store:
    """Open the store; with `up_to_date` its schema is brought up to date first.

    Raises StoreError, or SchemaError when the schema is older and was not to be changed.
    """
    database = connect(database_url.removeprefix(PREFIX))
    if up_to_date:
        migrate(database)
    return SQLiteStore(database)


def migrate_store(database_url: str) -> int:
    """Run the migrations that are missing; their number."""
    database = connect(database_url.removeprefix(PREFIX))
    try:
        return migrate(database)
    finally:
        database.close()
