"""Doubt impossible figures.

The owner is asked about them in one sentence that says how they were understood.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.figures.figures import MAY_BE_NEGATIVE, Figures
from bot.understand.figures.naming import HEADS, is_of_day
from bot.understand.reading.numbers.yen import Sum, Unit

TEN_THOUSAND = 10_000
SURELY_YEN = 100_000
"""From here on a bare number is yen. Nobody writes 10億 as 「100000」 in 万."""
MOST_HEADS = 10_000
"""More people than this are a sum that was typed in the wrong place."""


class DoubtKind(StrEnum):
    """Say why a figure cannot be right."""

    UNIT = "unit"
    """So few yen that 万 must be meant."""
    NEGATIVE = "negative"
    A_DAY = "a_day"
    """Of a day or week. Nobody knows how many of them a month has."""
    LARGER = "larger"
    """A part that is larger than the whole."""
    HEADS = "heads"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Hold the doubted figures by name, with the kind of doubt.

    `likely` are the figures perhaps meant.
    """

    kind: DoubtKind
    understood: Mapping[str, int]
    likely: Mapping[str, int]


_PART_AND_WHOLE = (
    ("monthly_repayment", "debt"),
    ("monthly_sales", "yearly_sales"),
    ("operating_profit", "yearly_sales"),
    ("net_worth", "total_assets"),
    ("cash", "total_assets"),
)
"""The first of each is never larger than the second."""


def doubt_units(sums: Mapping[str, Sum]) -> Doubt | None:
    """Doubt all amounts of a message that lack their 万, or return None."""
    small = {name: each.value for name, each in sums.items() if name != HEADS and _lacks_unit(each)}
    if not small:
        return None
    return Doubt(
        DoubtKind.UNIT, small, {name: value * TEN_THOUSAND for name, value in small.items()}
    )


def _lacks_unit(found: Sum) -> bool:
    most = {Unit.NONE: SURELY_YEN, Unit.YEN: TEN_THOUSAND, Unit.LARGE: 0}[found.unit]
    return 0 < abs(found.value) < most


def doubt_sum(name: str, found: Sum) -> Doubt | None:
    """Doubt one amount by itself.

    It may be below zero, of a day or a week, or too many heads.
    """
    if name == HEADS:
        too_many = found.value > MOST_HEADS
        return Doubt(DoubtKind.HEADS, {name: found.value}, {}) if too_many else None
    if is_of_day(found):
        return Doubt(DoubtKind.A_DAY, {name: found.value}, {})
    if found.low < 0 and name not in MAY_BE_NEGATIVE:
        return Doubt(DoubtKind.NEGATIVE, {name: found.value}, {name: -found.value})
    return None


def doubt_together(figures: Figures, name: str) -> Doubt | None:
    """Doubt a new figure larger than its whole or smaller than its part."""
    for part, whole in _PART_AND_WHOLE:
        small, large = figures.value(part), figures.value(whole)
        if name in (part, whole) and small is not None and large and small > large:
            return Doubt(DoubtKind.LARGER, {part: small, whole: large}, {part: large, whole: small})
    return None
