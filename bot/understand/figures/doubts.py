"""Figures that cannot be: asked about in one sentence, with what was understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.figures.figures import MAY_BE_NEGATIVE, Figures
from bot.understand.figures.naming import HEADS, is_of_day
from bot.understand.reading.numbers.yen import Sum, Unit

TEN_THOUSAND = 10_000
SURELY_YEN = 100_000
"""A bare number from here on is yen: nobody writes a business's 10億 as 「100000」 in 万."""
MOST_HEADS = 10_000


class DoubtKind(StrEnum):
    """Why a figure cannot be as it was understood."""

    UNIT = "unit"
    """So few yen that 万 must be meant."""
    NEGATIVE = "negative"
    A_DAY = "a_day"
    """Of a day or week; how many a month has is not known."""
    LARGER = "larger"
    """A part that is larger than the whole."""
    HEADS = "heads"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is doubted: the kind, and the figures as understood, by name; `likely` are what is perhaps meant."""

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
    """Doubt all amounts of a message at once that lack their 万; None where there are none."""
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
    """Doubt one amount by itself: below zero, of a day, too many heads."""
    if name == HEADS:
        too_many = found.value > MOST_HEADS
        return Doubt(DoubtKind.HEADS, {name: found.value}, {}) if too_many else None
    if is_of_day(found):
        return Doubt(DoubtKind.A_DAY, {name: found.value}, {})
    if found.low < 0 and name not in MAY_BE_NEGATIVE:
        return Doubt(DoubtKind.NEGATIVE, {name: found.value}, {name: -found.value})
    return None


def doubt_together(figures: Figures, name: str) -> Doubt | None:
    """Doubt a figure just given that is larger than its whole, or smaller than its part."""
    for part, whole in _PART_AND_WHOLE:
        small, large = figures.value(part), figures.value(whole)
        if name in (part, whole) and small is not None and large and small > large:
            return Doubt(DoubtKind.LARGER, {part: small, whole: large}, {part: large, whole: small})
    return None
