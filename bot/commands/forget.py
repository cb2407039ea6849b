"""Delete everything stored about a person, now.

`forget CHANNEL PERSON`.
"""

from __future__ import annotations

import argparse
import asyncio

from bot.settings import Settings, from_environment
from bot.store.opening import exists, open_store

CHANNELS = ("line", "slack", "console")


def person(given: str) -> str:
    """Read a person's id or name. Raises ArgumentTypeError for no text."""
    try:
        given.encode()
    except UnicodeEncodeError:  # bytes of another encoding, as Python hands them on
        raise argparse.ArgumentTypeError("expected a name in UTF-8") from None
    return given


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `forget`."""
    parser.add_argument("channel", choices=CHANNELS, help="where the person talks with the bot")
    parser.add_argument(
        "person", type=person, help="the person's id there (for a terminal: the name)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Delete the person, and return 0 even when nothing was stored.

    Raises SchemaError for a store of an older version: only `migrate` changes one.
    """
    key = f"{arguments.channel}:{arguments.person}"
    there_was = asyncio.run(_forget(from_environment(), key))
    print("deleted" if there_was else "nothing was stored about this person")
    return 0


async def _forget(settings: Settings, key: str) -> bool:
    url = settings.database_url
    store = open_store(url, settings.data_keys, up_to_date=not exists(url), patient=True)
    try:
        return await store.forget(key)
    finally:
        await store.close()
