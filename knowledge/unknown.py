"""Hold facts nobody could confirm, and how to, from unknown.json.

Nothing of it is shown to owners as known. `python -m bot check` lists it, so that a colleague with
the official page open knows where it goes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from knowledge.files import (
    DAY,
    TEXT,
    Reader,
    Shape,
    faults_of_rows,
    matching,
    read_json,
    some,
    source_in,
)

FILE = "unknown.json"

_ID = matching(r"[a-z][a-z0-9-]*", "small letters, digits and hyphens")


@dataclass(frozen=True, slots=True)
class Unknown:
    """Hold an unconfirmed fact.

    `what` names it, `where` is its place in the files, and `next_step` is how to find it.
    """

    id: str
    what: str
    where: str
    next_step: str
    sources: tuple[str, ...]
    checked_on: str


def load(reader: Reader = read_json) -> tuple[Unknown, ...]:
    """Return every unknown fact in the order of a file without faults."""
    return tuple(Unknown(**{**row, "sources": tuple(row["sources"])}) for row in reader(FILE))


def problems(reader: Reader = read_json) -> Iterator[str]:
    """Tell every fault of the file, each a sentence."""
    yield from faults_of_rows(FILE, "fact", reader(FILE), _shape(reader))


def in_words(fact: Unknown) -> str:
    """Say an unknown fact, its place, and the next step."""
    return f"{fact.id} (since {fact.checked_on}): {fact.what} → {fact.next_step} [{fact.where}]"


def _shape(reader: Reader) -> Shape:
    words: dict[str, Any] = dict.fromkeys(("what", "where", "next_step"), TEXT)
    return {"id": _ID, **words, "sources": some(source_in(reader)), "checked_on": DAY}
