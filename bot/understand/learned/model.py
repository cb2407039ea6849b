"""A linear model with its weights in a file: text in, how likely each label is out."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

from bot.understand.learned.grams import grams

PAIR = 2
"""Letters of a pair."""

SCALE = 1000
"""Weights are kept as whole thousandths."""


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Logistic regression over runs of letters.

    `weights` give for each run how much it counts (`worth`, from how rare it is) and its weight for each
    of `labels`, in thousandths; `bias` likewise. `rows` names the content it was trained on.
    """

    labels: tuple[str, ...]
    bias: tuple[int, ...]
    weights: Mapping[str, tuple[int, ...]]
    rows: str

    def familiarity(self, text: str) -> float:
        """Tell how much of a text was seen before, by its pairs of letters: 0 to 1."""
        pairs = [gram for gram in grams(text) if len(gram) == PAIR]
        return sum(gram in self.weights for gram in pairs) / len(pairs) if pairs else 0.0

    def probabilities(self, text: str) -> dict[str, float]:
        """Tell how likely each label is; they add up to 1."""
        known = [self.weights[gram] for gram in grams(text) if gram in self.weights]
        length = math.sqrt(sum(worth * worth for worth, *_ in known)) or 1.0
        totals = [
            bias + sum(row[0] * row[place] for row in known) / length
            for place, bias in enumerate(self.bias, start=1)
        ]
        highest = max(totals)
        shares = [math.exp((total - highest) / SCALE) for total in totals]
        whole = sum(shares)
        return {label: share / whole for label, share in zip(self.labels, shares, strict=True)}


def load(file: Traversable) -> dict[str, LinearModel]:
    """Read the models of a file, by name."""
    data = json.loads(zlib.decompress(file.read_bytes()))
    return {name: _model(each) for name, each in data.items()}


def dump(models: Mapping[str, LinearModel]) -> bytes:
    """Write models as `load` reads them."""
    data = {
        name: {
            "labels": each.labels,
            "bias": each.bias,
            "grams": "\n".join(each.weights),
            "weights": [list(row) for row in each.weights.values()],
            "rows": each.rows,
        }
        for name, each in models.items()
    }
    return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), 9)


def _model(data: Mapping[str, Any]) -> LinearModel:
    runs = data["grams"].split("\n")
    return LinearModel(
        labels=tuple(data["labels"]),
        bias=tuple(data["bias"]),
        weights=dict(zip(runs, map(tuple, data["weights"]), strict=True)),
        rows=data["rows"],
    )
