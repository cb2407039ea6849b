"""The money of the next months, in the frame of a 資金繰り表.

Carried over → income → costs → balance of business → repayment → carried over. Each payment of a month is taken in one
order, so that it can be said which of them the money does not reach: what comes in first, then the
costs of every month, the payments with a date by their dates, and repayment last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.figures.figures import Figures, Payment
from bot.months import count_months_on

FEWEST, MOST = 3, 12
"""Columns. Three months ahead are the least (S76), a public check asks for twelve (S73)."""

NEEDED = ("cash", "monthly_sales", "monthly_costs")
"""Figures without which there is nothing to draw.

Repayment and single payments count where they are known.
"""

_EARLY_IN_A_MONTH = 10
"""Last day on which the running month is still the first column."""


@dataclass(frozen=True, slots=True)
class Outflow:
    """Hold a sum to be paid in yen, with its figure.

    `payment` is the single payment, if it is one.
    """

    figure: str
    yen: int
    payment: Payment | None = None


@dataclass(frozen=True, slots=True)
class CashMonth:
    """Hold one column, the money of a month in yen.

    `month` is its first day; `start` is carried over from the month before.
    """

    month: date
    start: int
    income: int
    costs: int
    repayment: int
    payments: tuple[Payment, ...] = ()

    @property
    def paid_besides(self) -> int:
        """Add up the payments that have a date of their own."""
        return sum(each.yen for each in self.payments)

    @property
    def business(self) -> int:
        """Balance income against all costs except repayment (経常収支)."""
        return self.income - self.costs - self.paid_besides

    @property
    def end(self) -> int:
        """Carry over to the next month."""
        return self.start + self.business - self.repayment

    @property
    def outflows(self) -> Iterator[Outflow]:
        """List the sums to pay, in the order of paying."""
        yield Outflow("monthly_costs", self.costs)
        for each in self.payments:
            yield Outflow("payments", each.yen, each)
        yield Outflow("monthly_repayment", self.repayment)

    @property
    def breaking(self) -> Outflow | None:
        """Find the first sum that the money does not reach, or None."""
        left = self.start + self.income
        for each in self.outflows:
            left -= each.yen
            if left < 0 and each.yen > 0:
                return each
        return None


@dataclass(frozen=True, slots=True)
class CashOutlook:
    """Hold the next months.

    `left_out` are figures nobody gave, which count as nothing in it.
    """

    months: tuple[CashMonth, ...]
    left_out: tuple[str, ...] = ()

    @property
    def first_below(self) -> CashMonth | None:
        """Find the first month that ends below zero."""
        return next((each for each in self.months if each.end < 0), None)

    @property
    def months_left(self) -> float | None:
        """Count the months until the money is gone.

        None when it lasts beyond the last column.
        """
        for passed, each in enumerate(self.months):
            if each.end < 0:
                return passed + max(each.start, 0) / (max(each.start, 0) - each.end)
        return None


def look_ahead(figures: Figures, today: date, months: int = 6) -> CashOutlook | None:
    """Compute the next `months` (cut to 3–12).

    None while a needed figure is missing.
    """
    if any(figures.value(name) is None for name in NEEDED):
        return None
    count = min(max(months, FEWEST), MOST)
    left_out = tuple(
        name for name in ("monthly_repayment", "payments") if getattr(figures, name) is None
    )
    return CashOutlook(tuple(_columns(figures, today, count)), left_out)


def pause_repayment(figures: Figures) -> Figures:
    """Leave repayment out, to see the effect of a pause.

    Interest would still be paid.
    """
    return replace(figures, monthly_repayment=0)


def _columns(figures: Figures, today: date, count: int) -> Iterator[CashMonth]:
    first = today.replace(day=1)
    if today.day > _EARLY_IN_A_MONTH:
        first = _next_month(first)
    carried, month, begun = figures.cash or 0, first, today
    for _ in range(count):
        after = _next_month(month)
        due = tuple(each for each in figures.payments or () if begun <= each.due < after)
        column = CashMonth(
            month,
            carried,
            figures.monthly_sales or 0,
            figures.monthly_costs or 0,
            figures.monthly_repayment or 0,
            due,
        )
        yield column
        carried, month, begun = column.end, after, after


def _next_month(first: date) -> date:
    return count_months_on(first, 1)
