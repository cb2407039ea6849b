"""`chat`: the conversation in a terminal; piped, one owner line per line."""

from __future__ import annotations

import argparse
import io
import logging
import sys
from datetime import UTC, datetime

from bot import wording
from bot.channels import console
from bot.conversation import Conversation
from bot.messages import Kind, Message, Reply, typed
from bot.prompt import state_of
from bot.respond import respond
from bot.settings import from_environment
from bot.store import Store, open_store
from bot.store.memory import MemoryStore
from bot.turn import Forget, Turn
from knowledge import library

_LOG = logging.getLogger(__name__)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `chat`."""
    parser.add_argument("--json", action="store_true", help="print one JSON object per line read")
    parser.add_argument(
        "--person",
        help="keep the conversation under this name and go on with it next time "
        "(default: kept as 'you' in a terminal, not kept in a pipe)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Talk until the input ends; returns 0."""
    interactive = sys.stdin.isatty() and sys.stdout.isatty() and not arguments.json
    person = arguments.person or ("you" if interactive else "")
    store: Store = open_store(from_environment()) if person else MemoryStore()
    talk = Talk(store, f"console:{person or 'pipe'}")
    try:
        return _in_terminal(talk) if interactive else _in_pipe(talk, as_json=arguments.json)
    finally:
        store.close()


class Talk:
    """One person's conversation, kept in a store after every message."""

    def __init__(self, store: Store, key: str) -> None:
        self._store, self._key, self._library = store, key, library.load()

    @property
    def conversation(self) -> Conversation:
        """The conversation as it is kept."""
        return self._store.load(self._key)

    def say(self, message: Message) -> Turn:
        """Answer a message and keep what follows; an unexpected fault becomes an apology."""
        before = self.conversation
        try:
            turn = respond(before, message, datetime.now(UTC), self._library)
        except Exception:  # noqa: BLE001 - an owner never sees a trace; it goes to the log
            _LOG.exception("a turn failed")
            return Turn(before, (Reply(wording.SOMETHING_BROKE),))
        if any(isinstance(effect, Forget) for effect in turn.effects):
            self._store.forget(self._key)
        else:
            self._store.save(turn.conversation)
        return turn


def _in_pipe(talk: Talk, *, as_json: bool) -> int:
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for line in sys.stdin:
        text = line.rstrip("\r\n")
        turn = talk.say(typed(text))
        if as_json:
            print(console.as_json(text, turn, state_of(turn.conversation)), flush=True)
        else:
            print(f"› {text}\n\n{console.as_plain(turn)}\n", flush=True)
    return 0


def _in_terminal(talk: Talk) -> int:
    terminal = console.Terminal()
    returning = bool(talk.conversation.answers)
    terminal.show(talk.say(typed("こんにちは") if returning else Message(Kind.FOLLOWED)))
    while message := terminal.read():
        terminal.show(talk.say(message))
    print("つづきはいつでも、もう一度起動すれば始められます。")
    return 0
