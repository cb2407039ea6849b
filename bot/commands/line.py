"""Set LINE up by `line setup`.

It puts the rich menus up at LINE, and looks at the webhook and the quota.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping

from bot.channels.line.account import rich_menu
from bot.channels.line.account.administration import DryLine, Line, SetupError
from bot.channels.line.account.setup import NoteKind, set_up
from bot.proxies import proxy_problems
from bot.settings import COPIED_BADLY, SettingsError, is_address, is_token


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions of `line`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    said = "create the rich menus, their aliases and the default; check webhook and quota"
    setup = actions.add_parser("setup", help=said, description=said)
    setup.add_argument("--dry-run", action="store_true", help="only print what would be done")


def run(arguments: argparse.Namespace) -> int:
    """Set LINE up, and return 1 when something is wrong.

    Raises SettingsError for the environment.
    """
    token, base = credentials(os.environ)
    line = (DryLine if arguments.dry_run else Line)(token, base)
    wrong = False
    try:
        for note in set_up(line, rich_menu.read_pictures()):
            print(note, flush=True)
            wrong = wrong or note.kind is NoteKind.WRONG
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return int(wrong)


def credentials(environment: Mapping[str, str]) -> tuple[str, str]:
    """Read the token and the base address, empty for LINE's own.

    Raises SettingsError.
    """
    token = environment.get("LINE_CHANNEL_ACCESS_TOKEN", "").strip()
    base = environment.get("LINE_API_BASE", "").strip()
    problems = list(proxy_problems(environment))
    if not token:
        problems.append(
            "LINE_CHANNEL_ACCESS_TOKEN: missing; issue one in the LINE Developers Console "
            "(your channel, tab Messaging API)"
        )
    elif not is_token(token):
        problems.append(f"LINE_CHANNEL_ACCESS_TOKEN: {COPIED_BADLY}")
    if base and not is_address(base):
        problems.append("LINE_API_BASE: expected an address that begins with https:// or http://")
    if problems:
        raise SettingsError(problems)
    return token, base
