"""Weigh the labels of a text by a linear model from a file."""

from __future__ import annotations

import json
import math
import sys
import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from bot.understand.learned.grams import grams

PAIR = 2
"""Letters of a pair."""

SCALE = 1000
"""Weights are kept as whole thousandths."""


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Logistic regression over runs of letters.

    `places` say where the numbers of a run begin in `weights`: how much it counts (from how rare it
    is), and its weight for each of `labels`, in thousandths; `bias` likewise. `rows` names the content
    it was trained on.
    """

    labels: tuple[str, ...]
    bias: tuple[int, ...]
    places: Mapping[str, int]
    weights: array[int]
    rows: str

    def familiarity(self, text: str) -> float:
        """Tell the share of a text's pairs of letters seen before, 0 to 1."""
        pairs = [gram for gram in grams(text) if len(gram) == PAIR]
        return sum(gram in self.places for gram in pairs) / len(pairs) if pairs else 0.0

    def probabilities(self, text: str) -> dict[str, float]:
        """Compute the probability of each label. They add up to 1."""
        size, places = len(self.labels) + 1, self.places
        begins = [places[gram] for gram in grams(text) if gram in places]
        known = [self.weights[begin : begin + size] for begin in begins]
        length = math.sqrt(sum(worth * worth for worth, *_ in known)) or 1.0
        totals = [
            bias + sum(row[0] * row[place] for row in known) / length
            for place, bias in enumerate(self.bias, start=1)
        ]
        highest = max(totals)
        shares = [math.exp((total - highest) / SCALE) for total in totals]
        whole = sum(shares)
        return {label: share / whole for label, share in zip(self.labels, shares, strict=True)}


def make(
    labels: Sequence[str], bias: Sequence[int], weights: Mapping[str, Sequence[int]], rows: str
) -> LinearModel:
    """Make a model from each run's worth and its weights by label."""
    size = len(labels) + 1
    places = {gram: place * size for place, gram in enumerate(weights)}
    numbers = array("h", (number for each in weights.values() for number in each))
    return LinearModel(tuple(labels), tuple(bias), places, numbers, rows)


def load(file: Traversable) -> dict[str, LinearModel]:
    """Read the models of a file, by name."""
    head, _, numbers = zlib.decompress(file.read_bytes()).partition(b"\n")
    weights = array("h", numbers)
    if sys.byteorder == "big":
        weights.byteswap()
    models, begin = {}, 0
    for name, data in json.loads(head).items():
        runs, size = data["grams"].split("\n"), len(data["labels"]) + 1
        end = begin + size * len(runs)
        places = {gram: place * size for place, gram in enumerate(runs)}
        models[name] = LinearModel(
            tuple(data["labels"]), tuple(data["bias"]), places, weights[begin:end], data["rows"]
        )
        begin = end
    return models


def dump(models: Mapping[str, LinearModel]) -> bytes:
    """Write models for `load`, a line of JSON and all weights.

    Each weight takes two bytes, and the whole is compressed.
    """
    head = {
        name: {
            "labels": each.labels,
            "bias": each.bias,
            "grams": "\n".join(each.places),
            "rows": each.rows,
        }
        for name, each in models.items()
    }
    weights = array("h", (number for each in models.values() for number in each.weights))
    if sys.byteorder == "big":
        weights.byteswap()
    line = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(line + b"\n" + weights.tobytes(), 9)
