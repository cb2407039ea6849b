"""Compute the six indicators of ローカルベンチマーク, without grades.

Names: METI, 2016-03-04. The borders of the grades stand on no public page we know, so none is
given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.figures.figures import Figures

_PER_CENT, _THOUSAND, _MONTHS = 100, 1000, 12


class Unit(StrEnum):
    """Name the unit of an indicator."""

    PER_CENT = "per_cent"
    THOUSAND_YEN_A_HEAD = "thousand_yen_a_head"
    TIMES = "times"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Indicator:
    """Hold one indicator with its value, or the figures it lacks.

    Without a value and lacking nothing it cannot be computed: its divisor is not above zero.
    """

    id: str
    unit: Unit
    value: float | None
    missing: tuple[str, ...] = ()


def _growth(sales: int, before: int) -> tuple[int, int]:
    return _PER_CENT * (sales - before), before


def _margin(profit: int, sales: int) -> tuple[int, int]:
    return _PER_CENT * profit, sales


def _productivity(profit: int, heads: int) -> tuple[int, int]:
    return profit, _THOUSAND * heads


def _debt_to_ebitda(debt: int, cash: int, profit: int, depreciation: int) -> tuple[int, int]:
    return debt - cash, profit + depreciation


def _turnover(receivables: int, stock: int, payables: int, sales: int) -> tuple[int, int]:
    return _MONTHS * (receivables + stock - payables), sales


def _equity(net_worth: int, assets: int) -> tuple[int, int]:
    return _PER_CENT * net_worth, assets


@dataclass(frozen=True, slots=True)
class _Formula:
    """Hold the figures of an indicator, and the division they go into.

    `divide` makes counter and divisor.
    """

    id: str
    unit: Unit
    needs: tuple[str, ...]
    divide: Callable[..., tuple[int, int]]


_FORMULAS = (
    _Formula("growth", Unit.PER_CENT, ("yearly_sales", "sales_before"), _growth),
    _Formula("margin", Unit.PER_CENT, ("operating_profit", "yearly_sales"), _margin),
    _Formula(
        "productivity", Unit.THOUSAND_YEN_A_HEAD, ("operating_profit", "headcount"), _productivity
    ),
    _Formula(
        "debt_to_ebitda",
        Unit.TIMES,
        ("debt", "cash", "operating_profit", "depreciation"),
        _debt_to_ebitda,
    ),
    _Formula(
        "turnover", Unit.MONTHS, ("receivables", "stock", "payables", "yearly_sales"), _turnover
    ),
    _Formula("equity", Unit.PER_CENT, ("net_worth", "total_assets"), _equity),
)


def six_indicators(figures: Figures) -> tuple[Indicator, ...]:
    """Compute all six indicators, in METI's order.

    One that lacks figures has no value.
    """
    return tuple(_reckon(each, figures) for each in _FORMULAS)


def _reckon(formula: _Formula, figures: Figures) -> Indicator:
    known = {name: figures.value(name) for name in formula.needs}
    missing = tuple(name for name, value in known.items() if value is None)
    if missing:
        return Indicator(formula.id, formula.unit, None, missing)
    counter, divisor = formula.divide(*known.values())
    value = counter / divisor if divisor > 0 else None
    return Indicator(formula.id, formula.unit, value)
