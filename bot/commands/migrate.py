"""Bring the database's schema and the key of its words up to date."""

from __future__ import annotations

import argparse

from bot.settings import from_environment
from bot.store.opening import migrate_store, reseal_store


def add_arguments(_: argparse.ArgumentParser) -> None:
    """Declare no arguments, since DATABASE_URL names the database."""


def run(_: argparse.Namespace) -> int:
    """Run the missing migrations, and return 0.

    Raises StoreError when it cannot.
    """
    settings = from_environment()
    done = migrate_store(settings.database_url)
    print(f"{done} migrations run" if done else "the schema is up to date")
    if gone := reseal_store(settings.database_url, settings.data_keys):
        print(f"all words are encrypted with the first key; keys not needed any more: {gone}")
    return 0
