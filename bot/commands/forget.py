"""`forget CHANNEL PERSON`: delete everything stored about a person, now."""

from __future__ import annotations

import argparse

from bot.settings import from_environment
from bot.store import open_store

CHANNELS = ("line", "slack", "console")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of `forget`."""
    parser.add_argument("channel", choices=CHANNELS, help="where the person talks with the bot")
    parser.add_argument("person", help="the person's id there (for a terminal: the name)")


def run(arguments: argparse.Namespace) -> int:
    """Delete; returns 0, also when there was nothing to delete."""
    store = open_store(from_environment())
    try:
        there_was = store.forget(f"{arguments.channel}:{arguments.person}")
    finally:
        store.close()
    print("deleted" if there_was else "nothing was stored about this person")
    return 0
