"""Fit the numbers that turn scores into chances, to the labels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from knowledge.faq.matching.decide import Thresholds
from scripts.faq_cases import Seen

START = Thresholds(sharpness=27.0, nothing=5.0, elsewhere=23.0, answer=1.0, least=0.0, offer=1.0)
STEPS = (("sharpness", 4.0), ("nothing", 1.0), ("elsewhere", 3.0))
SMALLEST_STEP = 0.05
# The case is lost: a label that no candidate bears is surprising, but not without end.
LEAST_CHANCE = 1e-4


def fit_chances(seen: Sequence[Seen]) -> Thresholds:
    """Move each number up and down while that helps, in ever smaller steps."""
    best, lowest, scale = START, surprise(seen, START), 1.0
    while scale > SMALLEST_STEP:
        before = lowest
        for name, step in STEPS:
            for change in (step * scale, -step * scale):
                tried = replace(best, **{name: getattr(best, name) + change})
                if (value := surprise(seen, tried)) < lowest:
                    best, lowest = tried, value
        if lowest == before:
            scale /= 2
    return best


def surprise(seen: Sequence[Seen], thresholds: Thresholds) -> float:
    """Return the mean surprise at the labels, in nats.

    Outside and inside weigh the same.
    """
    total = {True: 0.0, False: 0.0}
    count = {True: 0, False: 0}
    for one in seen:
        chances = thresholds.chances(one.scores, one.likeness)
        is_inside = bool(one.case.expected)
        right = [chance for chance, good in zip(chances, one.right, strict=True) if good]
        chance = sum(right) if is_inside else 1 - sum(chances)
        total[is_inside] -= math.log(max(chance, LEAST_CHANCE))
        count[is_inside] += 1
    return sum(total[side] / max(count[side], 1) for side in (True, False))
