"""Tune the thresholds of the FAQ matcher on the labelled questions (`make tune`).

Thresholds are chosen on four fifths of the entries and judged on the fifth they have not seen, five
times. They must hold for our FAQ and for a thinner one (the question and four phrasings), and
without the list of other topics, which cannot name everything. The file is then written from all
questions.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.faq.answers import Entry, load
from knowledge.faq.matching.decide import Decision, Thresholds
from knowledge.faq.matching.index import build
from knowledge.faq.matching.search import Search

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests/cases/faq_questions.csv"
THRESHOLDS = ROOT / "knowledge/thresholds.toml"

FOLDS = 5
THIN = 4
# Stricter than what we promise (wrong 3 %, out of scope answered 4 %), to leave room for the unseen.
MOST_WRONG = 0.0125
MOST_OUTSIDE = 0.025
# What an offer that does not help costs, counted in offers that do.
USELESS_OFFER = 0.5

ANSWERS = [n / 100 for n in range(30, 61)]
MARGINS = [n / 100 for n in range(2, 16)]
SUGGESTS = [n / 100 for n in range(10, 31)]


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled question; no expected ids means out of scope."""

    text: str
    expected: frozenset[str]
    kind: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the matcher made of a case: the three best scores, and which of them are right."""

    case: Case
    scores: tuple[float, ...]
    ids: tuple[str, ...]

    @property
    def right(self) -> tuple[bool, ...]:
        """Return for each of the three whether it was expected."""
        return tuple(id_ in self.case.expected for id_ in self.ids)


def cases() -> list[Case]:
    """Read the labelled questions."""
    with CASES.open(encoding="utf-8", newline="") as file:
        return [
            Case(row["text"], frozenset(filter(None, row["expected"].split("|"))), row["kind"])
            for row in csv.DictReader(file)
        ]


def thin(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries as another hand might have written them: with few phrasings."""
    return tuple(replace(entry, phrasings=entry.phrasings[:THIN]) for entry in entries)


def look(entries: Sequence[Entry], questions: Iterable[Case]) -> list[Seen]:
    """Rank every case, without the list of other topics."""
    search = Search(build(entries))
    seen = []
    for case in questions:
        best = search.rank(case.text)[:3]
        ids = tuple(entries[number].id for number, _ in best)
        seen.append(Seen(case, tuple(score for _, score in best), ids))
    return seen


def outcomes(seen: Iterable[Seen], thresholds: Thresholds) -> Counter[str]:
    """Count what the thresholds make of the cases."""
    return Counter(_outcome(one, thresholds) for one in seen)


def _outcome(one: Seen, thresholds: Thresholds) -> str:
    decision = thresholds.decide(one.scores)
    if not one.case.expected:
        return f"outside_{decision.value}"
    if decision is Decision.ANSWER:
        return "right" if one.right[0] else "wrong"
    if decision is Decision.SUGGEST:
        return "offered" if any(one.right) else "useless"
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


def tune(seen: Sequence[Seen]) -> Thresholds:
    """Choose the thresholds: most right answers within the limits, then most useful offers."""
    answering = max(
        (Thresholds(answer, margin, 0.0) for answer in ANSWERS for margin in MARGINS),
        key=_by(seen, _worth_answering),
    )
    offering = (replace(answering, suggest=suggest) for suggest in SUGGESTS)
    return max(offering, key=_by(seen, _worth_offering))


def _by(
    seen: Sequence[Seen], worth: Callable[[Counter[str]], tuple[float, ...]]
) -> Callable[[Thresholds], tuple[float, ...]]:
    return lambda thresholds: worth(outcomes(seen, thresholds))


def _worth_answering(counts: Counter[str]) -> tuple[float, ...]:
    share = shares(counts)
    excess = max(share["wrong"] - MOST_WRONG, 0) + max(share["outside_answer"] - MOST_OUTSIDE, 0)
    return -excess, share["right"]


def _worth_offering(counts: Counter[str]) -> tuple[float, ...]:
    return (counts["offered"] - USELESS_OFFER * (counts["useless"] + counts["outside_suggest"]),)


def cross_validate(seen: Sequence[Seen]) -> Counter[str]:
    """Judge each fifth of the entries by the thresholds chosen on the others."""
    total: Counter[str] = Counter()
    for fold in range(FOLDS):
        kept = [one for one in seen if _fold(one.case) != fold]
        held_out = [one for one in seen if _fold(one.case) == fold]
        total += outcomes(held_out, tune(kept))
    return total


def _fold(case: Case) -> int:
    # All questions for one entry go to the same fold. (`hash` would differ from run to run.)
    return sum(map(ord, min(case.expected, default=case.text))) % FOLDS


def auroc(inside: Iterable[float], outside: Iterable[float]) -> float:
    """Return how often a question in scope scores above one outside; a tie counts half."""
    below = list(outside)
    wins = [(score > other) + (score == other) / 2 for score in inside for other in below]
    return sum(wins) / len(wins)


def main() -> None:
    """Print the curve and the held-out figures, and write the thresholds."""
    entries, questions = load().entries, cases()
    versions = {"our FAQ": entries, f"with {THIN} phrasings": thin(entries)}
    seen = {name: look(version, questions) for name, version in versions.items()}
    everything = [one for version in seen.values() for one in version]
    thresholds = tune(everything)
    for name, version in seen.items():
        _print_curve(name, version, thresholds)
    print("\nheld out, five folds, both versions:")
    print(_line(shares(cross_validate(everything))))
    _write(thresholds)
    print(f"\nwritten to {THRESHOLDS.relative_to(ROOT)}: {thresholds}")


def _print_curve(name: str, seen: Sequence[Seen], chosen: Thresholds) -> None:
    print(f"\n{name}, margin {chosen.margin:.2f}, offering from {chosen.suggest:.2f}:")
    for answer in ANSWERS[::3]:
        mark = "→" if abs(answer - chosen.answer) < 0.02 else " "  # noqa: PLR2004 - half a step
        figures = _line(shares(outcomes(seen, replace(chosen, answer=answer))))
        print(f"{mark} {answer:.2f}  {figures}")


def _line(share: dict[str, float]) -> str:
    return "  ".join(f"{name} {value:.3f}" for name, value in share.items())


def _write(thresholds: Thresholds) -> None:
    THRESHOLDS.write_text(
        "# Written by `make tune`; edit tests/cases/faq_questions.csv, not this file.\n"
        f"answer = {thresholds.answer:.2f}\n"
        f"margin = {thresholds.margin:.2f}\n"
        f"suggest = {thresholds.suggest:.2f}\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
