"""Models as training makes them and as a file keeps them."""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class Trained:
    """The runs of letters of a model, with their numbers in `weights`.

    The numbers stand one run after the other. The first number of a run is its worth (from how rare
    it is), then follows its weight for each of `labels`; all numbers, `bias` too, are in
    thousandths. `rows` names the content it was trained on.
    """

    labels: tuple[str, ...]
    bias: tuple[int, ...]
    runs: tuple[str, ...]
    weights: array[int]
    rows: str


def make(
    labels: Sequence[str], bias: Sequence[int], weights: Mapping[str, Sequence[int]], rows: str
) -> Trained:
    """Make a model from each run's worth and its weights by label."""
    numbers = array("h", (number for each in weights.values() for number in each))
    return Trained(tuple(labels), tuple(bias), tuple(weights), numbers, rows)


def read(file: Traversable) -> dict[str, Trained]:
    """Read the models of a file, by name."""
    head, _, numbers = zlib.decompress(file.read_bytes()).partition(b"\n")
    weights = array("h", numbers)
    if sys.byteorder == "big":
        weights.byteswap()
    models, begin = {}, 0
    for name, data in json.loads(head).items():
        runs, size = tuple(data["grams"].split("\n")), len(data["labels"]) + 1
        end = begin + size * len(runs)
        models[name] = Trained(
            tuple(data["labels"]), tuple(data["bias"]), runs, weights[begin:end], data["rows"]
        )
        begin = end
    return models


def dump(models: Mapping[str, Trained]) -> bytes:
    """Write models for `read`, a line of JSON and all weights.

    Each weight takes two bytes, and the whole is compressed.
    """
    head = {
        name: {
            "labels": each.labels,
            "bias": each.bias,
            "grams": "\n".join(each.runs),
            "rows": each.rows,
        }
        for name, each in models.items()
    }
    weights = array("h", (number for each in models.values() for number in each.weights))
    if sys.byteorder == "big":
        weights.byteswap()
    line = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    return zlib.compress(line + b"\n" + weights.tobytes(), 9)
