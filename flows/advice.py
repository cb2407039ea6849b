"""Read the remarks and guides that go with a verdict.

Both are data that staff can read: a remark is one sentence said wherever its conditions hold, a
guide a card of steps that an owner may open. A condition is written 「lenders=jfc|bank」 or
「repayment!=easy」; all conditions of a row must hold, and of several rows any one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

from flows.flow import Answers, Has, has, lacks

Rows = tuple[tuple[Has, ...], ...]
"""Rows of conditions, met when all of any one row hold."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Hold a sentence that must be said on its paths.

    On all paths if it names none, and where a row of `when` holds. With `against` only where a rule
    speaks against the plan. `sources` are ids of sources.json.
    """

    id: str
    text: str
    sources: tuple[str, ...]
    paths: frozenset[str]
    when: Rows
    against: bool

    def applies(self, answers: Answers, paths: Iterable[str], *, is_barred: bool) -> bool:
        """Tell whether the remark must be said for these answers and paths."""
        fits = not self.paths or not self.paths.isdisjoint(paths)
        return fits and (is_barred or not self.against) and _hold(self.when, answers)


@dataclass(frozen=True, slots=True)
class Guide:
    """Steps on one subject, to be opened from the result.

    `title` is also its button, `paths` and `when` say whom it is offered. `lines` are a sentence
    each, with the conditions under which it is said to somebody.
    """

    id: str
    title: str
    lines: tuple[tuple[str, Rows], ...]
    sources: tuple[str, ...]
    paths: frozenset[str]
    when: Rows

    def is_offered(self, answers: Answers, paths: Iterable[str]) -> bool:
        """Tell whether the guide is worth reading for these answers and paths."""
        return (not self.paths or not self.paths.isdisjoint(paths)) and _hold(self.when, answers)

    def lines_for(self, answers: Answers) -> tuple[str, ...]:
        """List the sentences that concern an owner with these answers."""
        return tuple(text for text, when in self.lines if _hold(when, answers))


def load_remarks(file: Traversable) -> dict[str, Remark]:
    """Read every remark of a file, by id, in its order."""
    return {row["id"]: _remark(row) for row in read_rows(file, "remark")}


def load_guides(file: Traversable) -> dict[str, Guide]:
    """Read every guide of a file, by id, in its order."""
    return {row["id"]: _guide(row) for row in read_rows(file, "guide")}


def condition(written: str) -> Has:
    """Read 「question=option|option」, or with != its opposite. Raises ValueError otherwise."""
    question, sign, options = written.partition("=")
    if not sign or not options:
        raise ValueError(f"{written!r} is no condition; write question=option|option")
    make = lacks if question.endswith("!") else has
    return make(question.removesuffix("!"), *options.split("|"))


def read_rows(file: Traversable, kind: str) -> list[dict[str, Any]]:
    """Read the rows of one kind of a TOML file."""
    rows: list[dict[str, Any]] = tomllib.loads(file.read_text("utf-8"))[kind]
    return rows


def _remark(row: Mapping[str, Any]) -> Remark:
    return Remark(
        row["id"], row["text"], tuple(row["sources"]), *read_where(row), row.get("against", False)
    )


def _guide(row: Mapping[str, Any]) -> Guide:
    lines = tuple(map(_line, row["lines"]))
    return Guide(row["id"], row["title"], lines, tuple(row["sources"]), *read_where(row))


def _line(row: str | Mapping[str, Any]) -> tuple[str, Rows]:
    """Read a sentence, or `{ text = "…", when = ["…"] }` with conditions."""
    return (row, ((),)) if isinstance(row, str) else (row["text"], _when(row))


def read_where(row: Mapping[str, Any]) -> tuple[frozenset[str], Rows]:
    """Read on which paths, and with which answers, a row holds."""
    return frozenset(row.get("paths", ())), _when(row)


def _when(row: Mapping[str, Any]) -> Rows:
    """Read one row of conditions, or a list of rows.

    No rows always hold.
    """
    written = row.get("when", [])
    rows = written if written and isinstance(written[0], list) else [written]
    return tuple(tuple(map(condition, each)) for each in rows)


def _hold(rows: Rows, answers: Answers) -> bool:
    return any(all(each.holds(answers) for each in row) for row in rows)
