"""Hold schemes beside ours with their state, from neighbours.json.

`found` says what could not be read of one, and `next_step` is what an owner can do about it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.files import (
    DAY,
    NOTE,
    TEXT,
    Reader,
    Shape,
    faults_of_rows,
    matching,
    one_of,
    read_json,
    some,
    source_in,
)

FILE = "neighbours.json"
STATES = ("running", "announced", "ended", "unclear")
"""Open, to begin on an unconfirmed day, closed, or not found out."""

_ID = matching(r"[a-z][a-z0-9-]*", "small letters, digits and hyphens")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Hold a scheme beside ours.

    `entry` is the answer of the FAQ about it, empty where there is none.
    """

    id: str
    name: str
    state: str
    found: str
    next_step: str
    entry: str
    sources: tuple[str, ...]
    checked_on: str


def load(reader: Reader = read_json) -> tuple[Neighbour, ...]:
    """Return every scheme in the order of a file without faults."""
    return tuple(Neighbour(**{**row, "sources": tuple(row["sources"])}) for row in reader(FILE))


def problems(reader: Reader = read_json) -> Iterator[str]:
    """Tell every fault of the file, each a sentence."""
    yield from faults_of_rows(FILE, "scheme", reader(FILE), _shape(reader))


def _shape(reader: Reader) -> Shape:
    words = dict.fromkeys(("name", "found", "next_step"), TEXT)
    known = {"id": _ID, "state": one_of(*STATES), "entry": NOTE, "checked_on": DAY}
    return {**known, **words, "sources": some(source_in(reader))}
