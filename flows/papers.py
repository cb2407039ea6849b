"""The papers of an application: which, by whom, and for whom; the shape and its file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources.abc import Traversable
from typing import Any

from flows.advice import Rows, read_rows, read_where
from flows.flow import Answers


class Maker(StrEnum):
    """Who sees to a paper, in the order in which they are listed."""

    OWN = "own"
    TOGETHER = "together"
    EXPERT = "expert"
    BANK = "bank"


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of an application: its name, which is also its button, and who sees to it.

    `paths` are the paths whose application wants it, `when` the answers with which it does. `note`
    says what is special about it, "" for nothing. `sources` are ids of sources.json.
    """

    id: str
    name: str
    who: Maker
    note: str
    sources: tuple[str, ...]
    paths: frozenset[str]
    when: Rows

    def is_wanted(self, answers: Answers, path: str) -> bool:
        """Whether the application of this path wants it of an owner with these answers."""
        return path in self.paths and any(
            all(has.holds(answers) for has in row) for row in self.when
        )


def load_papers(file: Traversable) -> dict[str, Paper]:
    """Read every paper of a file, by id, in its order."""
    return {row["id"]: _paper(row) for row in read_rows(file, "paper")}


def _paper(row: Mapping[str, Any]) -> Paper:
    return Paper(
        row["id"],
        row["name"],
        Maker(row["who"]),
        row.get("note", ""),
        tuple(row["sources"]),
        *read_where(row),
    )


def papers_for(papers: Iterable[Paper], answers: Answers, path: str) -> tuple[Paper, ...]:
    """List what the application of this path wants of this owner, by who sees to it."""
    wanted = [each for each in papers if each.is_wanted(answers, path)]
    order = list(Maker)
    return tuple(sorted(wanted, key=lambda each: order.index(each.who)))
