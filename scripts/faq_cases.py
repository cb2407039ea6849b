"""Read the labelled questions of the FAQ, and score them by the matcher."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.faq.answers import Entry
from knowledge.faq.matching.decide import OFFERED, Decision, Thresholds
from knowledge.faq.matching.finder import Finder
from knowledge.faq.matching.meaning import Encoder
from knowledge.faq.matching.scorers import Weights
from knowledge.faq.matching.search import Sides

CASES = Path(__file__).parent.parent / "tests/cases/faq_questions.csv"
THIN = 4
# Entries further down have next to no chance.
MOST_RANKED = 8


@dataclass(frozen=True, slots=True)
class Case:
    """Hold a labelled question.

    No expected ids means out of scope.
    """

    text: str
    expected: frozenset[str]
    kind: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Hold the matcher's scores of a case, for each entry and for other topics.

    `scores`, best first, and `ids` are made of the sides by weights; `likeness` is that to
    questions that are not ours.
    """

    case: Case
    sides: tuple[tuple[str, Sides], ...]
    elsewhere: tuple[Sides, ...]
    scores: tuple[float, ...] = ()
    ids: tuple[str, ...] = ()
    likeness: float = 0.0

    @property
    def right(self) -> tuple[bool, ...]:
        """Return for each entry whether it was expected."""
        return tuple(id_ in self.case.expected for id_ in self.ids)


def cases() -> list[Case]:
    """Read the labelled questions."""
    with CASES.open(encoding="utf-8", newline="") as file:
        return [
            Case(row["text"], frozenset(filter(None, row["expected"].split("|"))), row["kind"])
            for row in csv.DictReader(file)
        ]


def thin(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries with few phrasings, as another hand might write them."""
    return tuple(replace(entry, phrasings=entry.phrasings[:THIN]) for entry in entries)


def look(
    entries: Sequence[Entry], questions: Iterable[Case], encode: Encoder | None = None
) -> list[Seen]:
    """Look at every case with our weights, without the list of other topics."""
    finder = Finder.of(entries)
    finder = finder.with_meaning(encode) if encode else finder
    seen = [
        Seen(
            case,
            tuple((entries[n].id, sides) for n, sides in finder.search.sides(case.text).items()),
            finder.elsewhere.sides(case.text),
        )
        for case in questions
    ]
    return weighed(seen, Weights.shipped(with_meaning=encode is not None))


def weighed(seen: Iterable[Seen], weights: Weights) -> list[Seen]:
    """Score the cases with these weights."""
    return [_scored(one, weights) for one in seen]


def _scored(one: Seen, weights: Weights) -> Seen:
    pairs = sorted((-weights.blend(*sides), id_) for id_, sides in one.sides)[:MOST_RANKED]
    return replace(
        one,
        scores=tuple(-score for score, _ in pairs),
        ids=tuple(id_ for _, id_ in pairs),
        likeness=max((weights.blend(*sides) for sides in one.elsewhere), default=0.0),
    )


def outcomes(seen: Iterable[Seen], thresholds: Thresholds) -> Counter[str]:
    """Count the outcomes of the cases under the thresholds."""
    return Counter(_outcome(one, thresholds) for one in seen)


def _outcome(one: Seen, thresholds: Thresholds) -> str:
    decision = thresholds.decide(one.scores, one.likeness)
    if not one.case.expected:
        return f"outside_{decision.value}"
    if decision is Decision.ANSWER:
        return "right" if one.right[0] else "wrong"
    if decision is Decision.SUGGEST:
        return "offered" if any(one.right[:OFFERED]) else "useless"
    return "nothing"


def shares(counts: Counter[str]) -> dict[str, float]:
    """Turn counts into shares of the questions in scope, and of those outside."""
    inside = sum(counts[name] for name in ("right", "wrong", "offered", "useless", "nothing"))
    outside = sum(count for name, count in counts.items() if name.startswith("outside"))
    names = ("right", "wrong", "offered", "useless", "nothing", "outside_answer", "outside_suggest")
    return {
        name: counts[name] / max(outside if name.startswith("outside") else inside, 1)
        for name in names
    }


def auroc(inside: Iterable[float], outside: Iterable[float]) -> float:
    """Return how often a question in scope scores above one outside.

    A tie counts half.
    """
    below = list(outside)
    wins = [(score > other) + (score == other) / 2 for score in inside for other in below]
    return sum(wins) / len(wins)
