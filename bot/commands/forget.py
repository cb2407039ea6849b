"""`forget CHANNEL PERSON`: delete everything stored about a person, now."""

from __future__ import annotations

import argparse
import asyncio

from bot.settings import from_environment
from bot.store.opening import open_store

CHANNELS = ("line", "slack", "console")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `forget`."""
    parser.add_argument("channel", choices=CHANNELS, help="where the person talks with the bot")
    parser.add_argument("person", help="the person's id there (for a terminal: the name)")


def run(arguments: argparse.Namespace) -> int:
    """Delete; returns 0, also when there was nothing to delete."""
    key = f"{arguments.channel}:{arguments.person}"
    there_was = asyncio.run(_forget(from_environment().database_url, key))
    print("deleted" if there_was else "nothing was stored about this person")
    return 0


async def _forget(database_url: str, key: str) -> bool:
    store = open_store(database_url, up_to_date=True)
    try:
        return await store.forget(key)
    finally:
        await store.close()
