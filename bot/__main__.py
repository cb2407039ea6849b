"""Run a command of `python -m bot …`, also installed as `kaizen-navi`."""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import os
import sys
from collections.abc import Sequence

from bot.commands.terminal.streams import print_what_can_be_shown
from bot.settings import SettingsError
from bot.store import StoreError

COMMANDS = {
    "serve": "the web app: LINE, Slack, health and metrics",
    "demo": "the whole thing in a browser, with no account",
    "chat": "talk with the bot in this terminal",
    "ask": "look a question up in the FAQ",
    "locate": "find the prefecture and the office of a place",
    "check": "list every fault of flows, knowledge and wording",
    "explain": "explain a verdict rule by rule, from answers",
    "draw": "draw the flows and the modes as Mermaid diagrams",
    "line": "set a LINE channel up",
    "migrate": "bring the database's schema up to date",
    "doctor": "check everything a server depends on, and say how to mend it",
    "copy": "copy a store from an SQLite file to a PostgreSQL database",
    "knowledge": "list the amendments of staff, and export them into the files",
    "report": "print the monthly counts as CSV",
    "forget": "delete everything stored about a person",
}
"""Summary of every command, a file of `bot/commands/` imported on use."""


OURS_ALONE = 0o077
"""Keeps everything a command writes from other users of this machine."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    2 for arguments that are not understood.
    """
    os.umask(OURS_ALONE)  # whatever a command writes: owners' words, staff's names, secrets
    print_what_can_be_shown()
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given)
    except (SettingsError, StoreError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader went away (`… | head`); the interpreter must not try to flush into nothing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _version() -> str:
    """Return the installed version, or "unknown" when not installed."""
    try:
        return importlib.metadata.version("kaizen-navi")
    except importlib.metadata.PackageNotFoundError:
        return "unknown"


def _run(given: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="kaizen-navi", description="経営改善ナビ (kaizen-navi)")
    parser.add_argument("--version", action="version", version=f"%(prog)s {_version()}")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, help_text in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=help_text, description=help_text)
        if given[:1] == [name]:
            module = importlib.import_module(f"bot.commands.{name}")
            module.add_arguments(subparser)
            subparser.set_defaults(run=module.run)
    if not given:
        parser.print_help()
        return 0
    parsed = parser.parse_args(given)
    exit_code: int = parsed.run(parsed)
    return exit_code


if __name__ == "__main__":
    sys.exit(main())
