"""Hold facts with a term, to be checked again on its day.

Something ends, or begins, on that day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
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

FILE = "terms.json"
AHEAD_DAYS = 60
"""Days before a term from which it is listed."""

_ID = matching(r"[a-z][a-z0-9-]*", "small letters, digits and hyphens")


@dataclass(frozen=True, slots=True)
class Term:
    """Hold a fact that holds until a day.

    `what` names it, and `where` is the place in the files.
    """

    id: str
    what: str
    until: str
    where: str
    sources: tuple[str, ...]
    checked_on: str

    def days_left(self, today: date) -> int:
        """Count the days from `today` to the term, below zero when passed."""
        return (date.fromisoformat(self.until) - today).days


def load(reader: Reader = read_json) -> tuple[Term, ...]:
    """Return every term in the order of a file without faults."""
    return tuple(Term(**{**row, "sources": tuple(row["sources"])}) for row in reader(FILE))


def problems(reader: Reader = read_json) -> Iterator[str]:
    """Tell every fault of the file, each a sentence."""
    yield from faults_of_rows(FILE, "term", reader(FILE), _shape(reader))


def due(today: date, terms: tuple[Term, ...] | None = None) -> tuple[Term, ...]:
    """List terms that have passed or end within `AHEAD_DAYS`, earliest first."""
    near = [each for each in terms or load() if each.days_left(today) <= AHEAD_DAYS]
    return tuple(sorted(near, key=lambda each: each.until))


def in_words(term: Term, today: date) -> str:
    """Say what a term is, when it ends, and where it stands."""
    left = term.days_left(today)
    when = f"passed on {term.until}" if left < 0 else f"{term.until}, in {left} days"
    return f"{term.id} ({when}): {term.what} [{', '.join(term.sources)}; see {term.where}]"


def _shape(reader: Reader) -> Shape:
    fields: dict[str, Any] = {"id": _ID, "what": TEXT, "until": DAY, "where": TEXT}
    return {**fields, "sources": some(source_in(reader)), "checked_on": DAY}
