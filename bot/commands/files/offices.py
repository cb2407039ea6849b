"""Import a list of offices into the knowledge files.

`knowledge import` prints the difference for review.
"""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import knowledge
from bot.clock import utc_now
from bot.commands.terminal.streams import speak_utf8
from bot.model.business_hours import JAPAN
from knowledge.directory import centers, office_import, office_list
from knowledge.directory.office_import import FILES
from knowledge.directory.office_list import OfficeRow
from knowledge.files import read_json

PACKAGED = Path(knowledge.__file__).parent
INSTALLED = {"site-packages", "dist-packages"}
"""Folders that the next installation replaces. Nothing is written there."""


def run(arguments: argparse.Namespace) -> int:
    """Print a template or write a list, and return 1 for faults."""
    speak_utf8()
    if arguments.template:
        print(office_list.write_template(centers.load()), end="")
        return 0
    if arguments.file is None:
        return _refuse(["name a file, or print one to fill in with --template"])
    if INSTALLED.intersection(PACKAGED.parts) and not arguments.check:
        return _refuse([f"{PACKAGED} belongs to an installed package: run this in the repository"])
    try:
        rows = office_list.read_rows(office_list.decode(arguments.file.read_bytes()))
    except (OSError, ValueError) as error:
        return _refuse([f"{arguments.file}: {_why(error)}"])
    return _merge(arguments.file, rows, is_check=arguments.check)


def _why(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "neither UTF-8 nor Shift_JIS; save it as CSV UTF-8"
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def _refuse(faults: list[str]) -> int:
    print("\n".join(faults), file=sys.stderr)
    return 1


def _merge(file: Path, rows: list[OfficeRow], *, is_check: bool) -> int:
    """Write the rows into the files, unless rows or result have a fault."""
    today = utc_now().astimezone(JAPAN).date()
    names = office_list.names_of(centers.load())
    if faults := list(office_list.faults_of(rows, names, today)):
        return _refuse([f"{file}: {fault}" for fault in faults])
    before = {name: read_json(name) for name in FILES}
    after = office_import.merge_offices(rows, before)
    if faults := office_import.problems(after):
        return _refuse(faults)
    _show(before, after)
    if not is_check:
        _write(before, after)
    print(f"{len(rows)} lines read; review the difference and commit it", file=sys.stderr)
    return 0


def _show(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    for name in _list_changes(before, after):
        old, new = (office_import.as_text(each[name]).splitlines() for each in (before, after))
        print(*difflib.unified_diff(old, new, name, name, lineterm=""), sep="\n")


def _write(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    for name in _list_changes(before, after):
        new = PACKAGED / f".{name}.new"
        new.write_text(office_import.as_text(after[name]), encoding="utf-8")
        new.replace(PACKAGED / name)
        print(f"written: {PACKAGED / name}", file=sys.stderr)


def _list_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [name for name in FILES if before[name] != after[name]]
