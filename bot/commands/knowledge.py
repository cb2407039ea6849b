"""List, export and withdraw staff's amendments, and import lists of offices.

`knowledge list|export|withdraw|import`.
"""

from __future__ import annotations

import argparse
import asyncio
import difflib
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import knowledge
from bot.clock import utc_now
from bot.commands.files import examples, offices
from bot.model.business_hours import JAPAN
from bot.settings import Settings, from_environment
from bot.store import Incoming, TurnResult
from bot.store.opening import exists, open_store
from bot.store.records import SaveAmendment
from flows.keiei.programme import KEIEI
from knowledge.amendments import (
    FILES,
    Amendment,
    Applied,
    Withdrawn,
    apply,
    as_dict,
    described,
    export,
    from_dict,
    mark,
    waiting,
    withdrawals,
)
from knowledge.faq import answers
from knowledge.library import load

PACKAGED = Path(knowledge.__file__).parent
_PLACES = {
    **{name: PACKAGED / name for name in FILES},
    examples.FILE: examples.FOLDER / examples.FILE,
    examples.TROUBLE_FILE: examples.FOLDER / examples.TROUBLE_FILE,
}
"""Places of the files that amendments are written into."""
INSTALLED = {"site-packages", "dist-packages"}
"""Folders that the next installation replaces. Nothing is written there."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the actions on the knowledge."""
    doing = parser.add_subparsers(dest="doing", required=True, metavar="ACTION")
    doing.add_parser(
        "list", help="print the amendments of staff in order, and those that no longer fit"
    )
    withdrawing = doing.add_parser(
        "withdraw", help="take back an amendment, by the ID that `list` prints"
    )
    withdrawing.add_argument("id", metavar="ID")
    withdrawing.add_argument(
        "--by", default="運用担当", metavar="NAME", help="your name, shown to colleagues"
    )
    exporting = doing.add_parser(
        "export",
        help="write the amendments into faq.md, centers.json, sources.json, answers.csv and trouble.csv",
    )
    exporting.add_argument(
        "--check",
        action="store_true",
        help="only print the difference; exit code 1 when there is one",
    )
    importing = doing.add_parser(
        "import", help="write a list of offices (CSV) into the files, to review and commit"
    )
    importing.add_argument("file", nargs="?", type=Path, metavar="FILE.csv")
    importing.add_argument(
        "--template", action="store_true", help="print a list of every office to fill in"
    )
    importing.add_argument("--check", action="store_true", help="only print the difference")
    exporting.add_argument(
        "--into", type=Path, metavar="FOLDER", help="write copies of the files into this folder"
    )


def run(arguments: argparse.Namespace) -> int:
    """List, export or withdraw amendments, or import offices.

    Returns 0, or 1 when something differs or cannot be done. Raises StoreError when the store
    cannot be used.
    """
    if arguments.doing == "import":
        return offices.run(arguments)
    settings = from_environment()
    amendments = asyncio.run(_amendments(settings))
    if arguments.doing == "withdraw":
        return _withdraw(settings, amendments, arguments.id, arguments.by)
    applied = apply(load(), amendments)
    _tell(amendments, applied, with_ids=arguments.doing == "list")
    if arguments.doing == "list":
        return 0
    return _export(arguments, amendments, applied)


def _export(
    arguments: argparse.Namespace, amendments: tuple[Amendment, ...], applied: Applied
) -> int:
    """Write the amendments into the files or copies, or print the difference."""
    library = load()
    before = {name: path.read_bytes().decode() for name, path in _PLACES.items()}
    new = examples.find_examples(amendments, library.absorbed, KEIEI.questions)
    taught = examples.add_examples(before[examples.FILE], new)
    trouble = examples.add_trouble(
        before[examples.TROUBLE_FILE],
        examples.find_trouble(amendments, library.absorbed, KEIEI),
    )
    after = {
        **export(before, library, applied.library),
        examples.FILE: taught,
        examples.TROUBLE_FILE: trouble,
    }
    if arguments.check:
        return _compare(before, after)
    if arguments.into:
        into = {name: arguments.into / name for name in _PLACES}
        return _write(into, before, after, everything=True)
    if INSTALLED.intersection(PACKAGED.parts):
        print(
            f"{PACKAGED} belongs to an installed package: name a folder with --into",
            file=sys.stderr,
        )
        return 1
    return _write(_PLACES, before, after, everything=False)


async def _amendments(settings: Settings) -> tuple[Amendment, ...]:
    if not exists(settings.database_url):
        return ()
    store = open_store(settings.database_url, settings.data_keys, patient=True)
    try:
        return tuple(map(from_dict, await store.records.list_amendments()))
    finally:
        await store.close()


def _withdraw(settings: Settings, amendments: tuple[Amendment, ...], known_by: str, by: str) -> int:
    """Take back the one amendment that still stands and whose ID begins like this."""
    gone = withdrawals(amendments)
    standing = {
        mark(each): each
        for place, each in enumerate(amendments)
        if place not in gone and not isinstance(each, Withdrawn)
    }
    found = [each for each in standing if known_by and each.startswith(known_by)]
    if len(found) != 1:
        how_many = "no amendment" if not found else f"{len(found)} amendments"
        print(f"{how_many} with the ID {known_by}: see `knowledge list`", file=sys.stderr)
        return 1
    today = utc_now().astimezone(JAPAN).date().isoformat()
    withdrawn = Withdrawn(of=found[0], by=by, on=today)
    tried = apply(load(), (*amendments, withdrawn))
    if why := next((each.why for each in tried.aside if each.amendment is withdrawn), ""):
        print(why, file=sys.stderr)
        return 1
    asyncio.run(_keep(settings, withdrawn))
    print(f"withdrawn: {described(standing[found[0]])}")
    return 0


async def _keep(settings: Settings, amendment: Amendment) -> None:
    """Add an amendment to the store.

    A running server takes it up within seconds.
    """
    store = open_store(settings.database_url, settings.data_keys, patient=True)
    try:
        work = TurnResult(None, records=(SaveAmendment(as_dict(amendment)),))
        await store.commit(Incoming(f"command:{uuid4()}", "command"), work, utc_now())
    finally:
        await store.close()


def _tell(amendments: tuple[Amendment, ...], applied: Applied, *, with_ids: bool) -> None:
    whys = {id(each.amendment): each.why for each in applied.aside}
    withdrawn, unapproved = withdrawals(amendments), waiting(amendments)
    for place, amendment in enumerate(amendments):
        what = f"{mark(amendment)} {described(amendment)}" if with_ids else described(amendment)
        if place in withdrawn:
            how = amendments[withdrawn[place]]
            print(f"－ {what}: 取り消し（{how.on} {how.by}）")
        elif place in unapproved:
            print(f"… {what}: もう一人の確認を待っています")
        elif why := whys.get(id(amendment)):
            print(f"✗ {what}: {why}")
        else:
            print(f"✓ {what}")
    if not amendments:
        print("nothing was amended")


def _compare(before: Mapping[str, str], after: Mapping[str, str]) -> int:
    changed = _list_changes(before, after)
    for name in changed:
        old, new = before[name].splitlines(), after[name].splitlines()
        print(*difflib.unified_diff(old, new, name, name, lineterm=""), sep="\n")
    return 1 if changed else 0


def _write(
    places: Mapping[str, Path],
    before: Mapping[str, str],
    after: Mapping[str, str],
    *,
    everything: bool,
) -> int:
    """Write the changed files, or all of them.

    Each file is written whole or not at all.
    """
    changed = _list_changes(before, after)
    names = tuple(places) if everything else changed
    for name in names:
        try:
            _write_file(places[name], after[name])
        except OSError as error:
            folder = places[name].parent
            print(
                f"{folder} cannot be written ({error.strerror}): name a folder with --into",
                file=sys.stderr,
            )
            return 1
    if not names:
        print("the files hold all of it already")
    if examples.FILE in changed:
        print(f"to do: {examples.LEARN}")
    for problem in answers.problems(answers.load(places[FILES[0]])):
        print(f"to do: {problem}")
    return 0


def _write_file(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(text.encode())
    if path.exists():  # they belong to the repository, for everybody to read
        shutil.copymode(path, new)
    new.replace(path)
    print(f"written: {path}")


def _list_changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in _PLACES if before[name] != after[name])
