"""Compute the years of a debt (債務償還年数), and the money after repayment.

All in exact yen: (debt − normal working capital) ÷ (ordinary profit + depreciation − tax on
income); normal working capital is receivables + stock − payables (sources S67, S68). Where those
are not known, the simpler form leaves them in (S66, S69).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.figures.figures import Figures

MARK = 10
"""Years. Ten or less is usual (S66, S68, S69), and the councils' plans ask for about ten (S04)."""

MARK_SOURCES = ("S66", "S68", "S69", "S04")

CHANGE = 10
"""Per cent by which costs are changed to show the effect."""

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class CashFlow:
    """Hold a year's money for repayment, in yen.

    `left_out` are figures nobody gave, which count as nothing.
    """

    yen: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DebtYears:
    """Hold the debt beside a year's cash flow.

    `debt` is the part to be repaid, `working_capital` was taken off before (None where it is not
    known).
    """

    debt: int
    cash_flow: CashFlow
    working_capital: int | None = None

    @property
    def years(self) -> float | None:
        """Count the years, or None where nothing is left to repay with.

        That is never a number.
        """
        if self.cash_flow.yen <= 0:
            return None
        return self.debt / self.cash_flow.yen

    @property
    def is_within_mark(self) -> bool:
        """Tell whether the debt is repaid within ten years."""
        return self.cash_flow.yen > 0 and self.debt <= MARK * self.cash_flow.yen


@dataclass(frozen=True, slots=True)
class RepaymentLoad:
    """Hold a year's repayment beside its cash flow, in yen."""

    repayment: int
    cash_flow: CashFlow

    @property
    def left(self) -> int:
        """Yen left after repayment, below zero if some are missing."""
        return self.cash_flow.yen - self.repayment


def cash_flow_of(figures: Figures) -> CashFlow | None:
    """Compute a year's cash flow, or None while the profit is unknown."""
    if figures.ordinary_profit is None:
        return None
    left_out = tuple(name for name in ("depreciation", "income_tax") if figures.value(name) is None)
    yen = figures.ordinary_profit + (figures.depreciation or 0) - (figures.income_tax or 0)
    return CashFlow(yen, left_out)


def working_capital_of(figures: Figures) -> int | None:
    """Compute the normal working capital, or None while a part is unknown.

    Where payables are the larger it is nothing: no debt is added that nobody has.
    """
    if figures.receivables is None or figures.stock is None or figures.payables is None:
        return None
    return max(figures.receivables + figures.stock - figures.payables, 0)


def debt_years(figures: Figures) -> DebtYears | None:
    """Compute the years of the debt, or None while debt or profit is unknown."""
    flow = cash_flow_of(figures)
    if flow is None or figures.debt is None:
        return None
    capital = working_capital_of(figures)
    return DebtYears(max(figures.debt - (capital or 0), 0), flow, capital)


def repayment_load(figures: Figures) -> RepaymentLoad | None:
    """Set a year's repayment beside the cash flow, or return None.

    Either may be unknown.
    """
    flow = cash_flow_of(figures)
    if flow is None or figures.monthly_repayment is None:
        return None
    return RepaymentLoad(figures.monthly_repayment * _MONTHS, flow)


def yearly_costs_of(figures: Figures) -> int | None:
    """Find a year's costs by the month, or by sales less operating profit."""
    if figures.monthly_costs is not None:
        return figures.monthly_costs * _MONTHS
    if figures.yearly_sales is None or figures.operating_profit is None:
        return None
    return figures.yearly_sales - figures.operating_profit


def change_costs(figures: Figures, percent: int) -> Figures | None:
    """Change the costs by so many per cent, or return None if unknown.

    Tax stays as it is: the tax on more profit depends on more than these figures.
    """
    costs = yearly_costs_of(figures)
    if costs is None or figures.ordinary_profit is None:
        return None
    saved = -costs * percent // 100
    monthly = figures.monthly_costs
    return replace(
        figures,
        ordinary_profit=figures.ordinary_profit + saved,
        monthly_costs=None if monthly is None else monthly + monthly * percent // 100,
    )
