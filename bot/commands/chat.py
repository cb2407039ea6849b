"""`chat`: the conversation in a terminal; piped, one owner line per line."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from bot.channels.console import as_json, as_plain
from bot.conversation import Conversation
from bot.messages import typed
from bot.prompt import state_of
from bot.respond import respond
from knowledge import library

KEY = "console:you"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `chat`."""
    parser.add_argument("--json", action="store_true", help="print one JSON object per line read")


def run(arguments: argparse.Namespace) -> int:
    """Talk until the input ends; returns 0."""
    known = library.load()
    conversation = Conversation(KEY)
    for line in sys.stdin:
        text = line.rstrip("\r\n")
        turn = respond(conversation, typed(text), datetime.now(UTC), known)
        conversation = turn.conversation
        print(
            as_json(text, turn, state_of(conversation)) if arguments.json else as_plain(turn),
            flush=True,
        )
    return 0
