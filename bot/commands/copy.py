"""Copy a store from an SQLite file to a PostgreSQL database."""

from __future__ import annotations

import argparse

from bot.settings import from_environment
from bot.store.opening import copy_store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where from and where to."""
    parser.add_argument(
        "--from", dest="source", required=True, help="sqlite:///PATH, with no running server"
    )
    parser.add_argument(
        "--to",
        dest="target",
        default="",
        help="postgresql://…, an empty database (default: DATABASE_URL)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Copy, compare row by row, and return 0.

    Raises StoreError, and then copies nothing.
    """
    target = arguments.target or from_environment().database_url
    for table, rows in copy_store(arguments.source, target).items():
        print(f"{table}: {rows}")
    print("copied, and every row compared; now start with DATABASE_URL set to the database")
    return 0
