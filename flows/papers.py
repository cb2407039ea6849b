"""Read the papers of an application, with their makers and conditions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources.abc import Traversable
from typing import Any

from flows.advice import Rows, read_rows, read_where
from flows.flow import Answers


class Maker(StrEnum):
    """Name the maker of a paper, in the order of listing."""

    OWN = "own"
    TOGETHER = "together"
    EXPERT = "expert"
    BANK = "bank"


@dataclass(frozen=True, slots=True)
class Paper:
    """Hold one paper of an application, whose name is also its button.

    `who` makes it. `paths` are the paths whose application wants it, `when` the answers with which
    it does. `note` says what is special about it, "" for nothing. `sources` are ids of
    sources.json.
    """

    id: str
    name: str
    who: Maker
    note: str
    sources: tuple[str, ...]
    paths: frozenset[str]
    when: Rows

    def is_wanted(self, answers: Answers, path: str) -> bool:
        """Tell whether this path's application wants the paper for these answers."""
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
    """List the papers of this path's application for this owner, by maker."""
    wanted = [each for each in papers if each.is_wanted(answers, path)]
    order = list(Maker)
    return tuple(sorted(wanted, key=lambda each: order.index(each.who)))
