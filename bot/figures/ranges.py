"""Compute with ranges of figures by their worst and best ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.figures.figures import Figures

_THE_MORE_THE_BETTER = frozenset(
    {
        "cash",
        "monthly_sales",
        "ordinary_profit",
        "depreciation",
        "receivables",
        "stock",
        "yearly_sales",
        "operating_profit",
        "net_worth",
    }
)


def worst_and_best(figures: Figures, names: Iterable[str]) -> tuple[Figures, Figures] | None:
    """Replace every range by its worse end, and by its better end.

    Only `names` matter. None where one of them is a range without an end: then nothing is sure.
    """
    worst, best = figures, figures
    for name in names:
        given = figures.given.get(name)
        if given is None or not given.is_range:
            continue
        if given.low is None or given.high is None:
            return None
        low, high = given.low, given.high
        if name not in _THE_MORE_THE_BETTER:
            low, high = high, low
        bad: dict[str, Any] = {name: low}
        good: dict[str, Any] = {name: high}
        worst, best = replace(worst, **bad), replace(best, **good)
    return worst, best
