"""`knowledge list|export`: what staff amended, and the same written into the files for review."""

from __future__ import annotations

import argparse
import asyncio
import difflib
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import knowledge
from bot.settings import Settings, from_environment
from bot.store.opening import exists, open_store
from knowledge.amendments import (
    FILES,
    Amendment,
    Applied,
    apply,
    described,
    export,
    from_dict,
    withdrawals,
)
from knowledge.faq import answers
from knowledge.library import load

PACKAGED = Path(knowledge.__file__).parent
INSTALLED = {"site-packages", "dist-packages"}
"""Folders whose files the next installation replaces: nothing is written there."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with the knowledge."""
    doing = parser.add_subparsers(dest="doing", required=True, metavar="ACTION")
    doing.add_parser("list", help="print what staff amended, in order, and what no longer fits")
    exporting = doing.add_parser(
        "export", help="write the amendments into faq.md, centers.json and sources.json"
    )
    exporting.add_argument(
        "--check",
        action="store_true",
        help="write nothing: print the difference; exit code 1 when there is one",
    )
    exporting.add_argument(
        "--into", type=Path, metavar="FOLDER", help="write copies of the files into this folder"
    )


def run(arguments: argparse.Namespace) -> int:
    """List or export; returns 0, or 1 when something differs or cannot be written.

    Raises StoreError when the store cannot be read.
    """
    amendments = asyncio.run(_amendments(from_environment()))
    applied = apply(load(), amendments)
    _tell(amendments, applied)
    if arguments.doing == "list":
        return 0
    before = {name: (PACKAGED / name).read_bytes().decode() for name in FILES}
    after = export(before, load(), applied.library)
    if arguments.check:
        return _compare(before, after)
    if arguments.into:
        return _write(arguments.into, before, after, everything=True)
    if INSTALLED.intersection(PACKAGED.parts):
        print(
            f"{PACKAGED} belongs to an installed package: name a folder with --into",
            file=sys.stderr,
        )
        return 1
    return _write(PACKAGED, before, after, everything=False)


async def _amendments(settings: Settings) -> tuple[Amendment, ...]:
    if not exists(settings.database_url):
        return ()
    store = open_store(settings.database_url, settings.data_keys, patient=True)
    try:
        return tuple(map(from_dict, await store.records.amendments()))
    finally:
        await store.close()


def _tell(amendments: tuple[Amendment, ...], applied: Applied) -> None:
    whys = {id(each.amendment): each.why for each in applied.aside}
    withdrawn = withdrawals(amendments)
    for place, amendment in enumerate(amendments):
        if place in withdrawn:
            how = amendments[withdrawn[place]]
            print(f"－ {described(amendment)}: 取り消し（{how.on} {how.by}）")
        elif why := whys.get(id(amendment)):
            print(f"✗ {described(amendment)}: {why}")
        else:
            print(f"✓ {described(amendment)}")
    if not amendments:
        print("nothing was amended")


def _compare(before: Mapping[str, str], after: Mapping[str, str]) -> int:
    changed = _changed(before, after)
    for name in changed:
        old, new = before[name].splitlines(), after[name].splitlines()
        print(*difflib.unified_diff(old, new, name, name, lineterm=""), sep="\n")
    return 1 if changed else 0


def _write(
    folder: Path, before: Mapping[str, str], after: Mapping[str, str], *, everything: bool
) -> int:
    """Write what changed, or all of the files; every file whole or not at all."""
    names = FILES if everything else _changed(before, after)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            new = folder / f".{name}.new"
            new.write_bytes(after[name].encode())
            if (folder / name).exists():  # they belong to the repository, for everybody to read
                shutil.copymode(folder / name, new)
            new.replace(folder / name)
            print(f"written: {folder / name}")
    except OSError as error:
        print(
            f"{folder} cannot be written ({error.strerror}): name a folder with --into",
            file=sys.stderr,
        )
        return 1
    if not names:
        print("the files hold all of it already")
    for problem in answers.problems(answers.load(folder / FILES[0])):
        print(f"to do: {problem}")
    return 0


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in FILES if before[name] != after[name])
