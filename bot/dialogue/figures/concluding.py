"""Conclude answers that figures surely give.

The conclusion must be the same at the worst and at the best the figures allow.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from bot.figures.cash import MOST, NEEDED, look_ahead
from bot.figures.debt import debt_years
from bot.figures.figures import Figures
from bot.figures.ranges import worst_and_best
from bot.model.business_hours import JAPAN
from bot.model.turn import Context
from flows.vocabulary import Band

_NEEDS: Mapping[str, tuple[str, ...]] = {
    "months_left": (*NEEDED, "monthly_repayment"),
    "years_of_debt": (
        "debt",
        "ordinary_profit",
        "depreciation",
        "income_tax",
        "receivables",
        "stock",
        "payables",
    ),
}
"""The figures behind each conclusion. Both ends of their ranges are tried."""


def conclude(figures: Figures, context: Context) -> dict[str, str]:
    """Name question → option for all that the figures decide."""
    today = context.now.astimezone(JAPAN).date()
    found = {}
    for name, (question, bands) in context.programme.concluded.items():
        ends = worst_and_best(figures, _NEEDS[name])
        options = {_option(_RECKON[name](each, today), bands) for each in ends or ()}
        if len(options) == 1 and (option := options.pop()):
            found[question] = option
    return found


def _option(value: float | None, bands: Sequence[Band]) -> str:
    if value is None:
        return ""
    return next((band.option for band in bands if band.low <= value <= band.high), "")


def _months_left(figures: Figures, today: date) -> float | None:
    """Count the months the money lasts, at most the last column and one."""
    outlook = look_ahead(figures, today, MOST)
    if outlook is None:
        return None
    return MOST + 1 if outlook.months_left is None else outlook.months_left


def _years_of_debt(figures: Figures, _: date) -> float | None:
    """Count the years of debt, or None without debt.

    They are infinite where nothing is left to repay with.
    """
    found = debt_years(figures)
    if found is None or not figures.debt:
        return None
    return math.inf if found.years is None else found.years


_RECKON: Mapping[str, Callable[[Figures, date], float | None]] = {
    "months_left": _months_left,
    "years_of_debt": _years_of_debt,
}
