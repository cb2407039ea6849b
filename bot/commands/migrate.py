"""`migrate`: bring the database's schema up to date."""

from __future__ import annotations

import argparse

from bot.settings import from_environment
from bot.store.opening import migrate_store


def add_arguments(_: argparse.ArgumentParser) -> None:
    """`migrate` has no arguments; the database is that of DATABASE_URL."""


def run(_: argparse.Namespace) -> int:
    """Run the migrations that are missing; returns 0. Raises StoreError when it cannot."""
    done = migrate_store(from_environment().database_url)
    print(f"{done} migrations run" if done else "the schema is up to date")
    return 0
