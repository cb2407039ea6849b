"""Conclude figures from answers, and answers from figures.

Each is then asked only once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from flows.flow import Has, has
from flows.keiei.questions import WORDS
from flows.vocabulary import Band

IMPLIED: tuple[tuple[Has, str, int], ...] = (
    (has("lenders", "none"), "debt", 0),
    (has("lenders", "none"), "monthly_repayment", 0),
)
"""Answers that imply a figure, in yen. The owner is not asked for it."""

_BEYOND = 10_000.0
"""Years from which a debt counts as never paid back."""

MONTHS_LEFT, YEARS_OF_DEBT = "months_left", "years_of_debt"

CONCLUDED: Mapping[str, tuple[str, tuple[Band, ...]]] = {
    MONTHS_LEFT: ("cash", WORDS["cash"].numbers.bands if WORDS["cash"].numbers else ()),
    YEARS_OF_DEBT: (
        "debt_years",
        (
            Band("none", _BEYOND, math.inf),
            Band("over_10", 10.000001, _BEYOND),
            Band("within_10", 0, 10),
        ),
    ),
}
"""Value computed from figures → its question, and the bands of its options.

The gravest comes first. Years are without end where nothing is left to repay with. The mark of ten
years: sources S66, S68, S69; the councils' plans: S04.
"""
