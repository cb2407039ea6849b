"""Weigh the labels of a text by a linear model from a file."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from bot.understand.learned.runs import Runs
from bot.understand.learned.trained import Trained, read

SCALE = 1000
"""Weights are kept as whole thousandths."""

TWO_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Logistic regression over runs of letters.

    `places` tell which rows of `worths` belong to the runs of `runs`, counted from 1; 0 is for a
    run of other models. A row is the square of a run's worth, then its worth times its weight for
    each label, so that a text needs sums only.
    """

    labels: tuple[str, ...]
    bias: tuple[int, ...]
    runs: Runs
    places: array[int]
    worths: array[int]
    rows: str

    def familiarity(self, text: str) -> float:
        """Tell the share of a text's pairs of letters seen before, 0 to 1."""
        seen, places = self.runs.find(text), self.places
        known = sum(places[number] > 0 for number in seen.pairs)
        return known / seen.pairs_typed if seen.pairs_typed else 0.0

    def probabilities(self, text: str, marks: Iterable[str] = ()) -> dict[str, float]:
        """Compute the probability of each label. They add up to 1.

        `marks` say how the text is built, which letters do not. They must be made as in training.
        """
        totals = self._totals(text, marks)
        highest = max(totals)
        shares = [math.exp((total - highest) / SCALE) for total in totals]
        whole = sum(shares)
        return {label: share / whole for label, share in zip(self.labels, shares, strict=True)}

    def _totals(self, text: str, marks: Iterable[str]) -> list[float]:
        size, places, worths = len(self.labels) + 1, self.places, self.worths
        seen = (*self.runs.find(text).runs, *self.runs.number_marks(marks))
        known = [worths[end - size : end] for number in seen if (end := places[number] * size)]
        if not known:
            return [*self.bias]
        squares, *sums = map(sum, zip(*known, strict=True))
        length = math.sqrt(squares) or 1.0
        return [bias + total / length for bias, total in zip(self.bias, sums, strict=True)]


def load(file: Traversable) -> dict[str, LinearModel]:
    """Read the models of a file, by name."""
    return make_ready(read(file))


def make_ready(trained: Mapping[str, Trained]) -> dict[str, LinearModel]:
    """Make models that share what is found in a text."""
    known = {run for each in trained.values() for run in each.runs}
    numbers = {run: number for number, run in enumerate(sorted(known))}
    runs = Runs([*numbers])
    return {
        name: LinearModel(
            each.labels, each.bias, runs, _places(each, numbers), _worths(each), each.rows
        )
        for name, each in trained.items()
    }


def _worths(trained: Trained) -> array[int]:
    """Multiply every row by the worth of its run."""
    size = len(trained.labels) + 1
    made = array("i", trained.weights)
    worths = trained.weights[::size]
    for column in range(size):
        made[column::size] = array("i", map(int.__mul__, worths, trained.weights[column::size]))
    return made


def _places(trained: Trained, numbers: Mapping[str, int]) -> array[int]:
    # Every model has a place for the runs of all, so they take two bytes where that is enough.
    places = array("H" if len(trained.runs) < TWO_BYTES else "I", [0]) * len(numbers)
    for row, run in enumerate(trained.runs, start=1):
        places[numbers[run]] = row
    return places
