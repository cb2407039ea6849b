"""Hold the figures of one owner, each with how it was given.

They are kept in the conversation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any


class How(StrEnum):
    """Say how a figure came to us. The last two are answers without a figure."""

    TYPED = "typed"
    ABOUT = "about"
    """Typed as a range, or with 「くらい」."""
    BAND = "band"
    """A button with a range, whose middle is the figure."""
    INFERRED = "inferred"
    """Follows from an answer, as one without loans repays nothing."""
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Given:
    """Say how and on which day a figure was given, with its range.

    `low` and `high` are the ends of a band or range, None where it has no end; both are None for a
    single figure.
    """

    how: How
    on: date
    low: int | None = None
    high: int | None = None

    @property
    def is_range(self) -> bool:
        """Tell whether the figure stands for a range."""
        return self.low is not None or self.high is not None


@dataclass(frozen=True, slots=True)
class Payment:
    """Hold one payment to come, with its day, yen, and purpose or ""."""

    due: date
    yen: int
    what: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Hold all figures of one owner in yen, None where not given.

    `monthly_costs` are all costs except repayment. `payments` are larger ones besides those of
    every month; () when there are none. Profit, depreciation and tax are a year's;
    `ordinary_profit` is 経常利益. Receivables and payables include notes. `given` says of every figure
    how it came, in the order they were given; a figure that is unknown or skipped stands there
    without a value.
    """

    cash: int | None = None
    monthly_sales: int | None = None
    monthly_costs: int | None = None
    monthly_repayment: int | None = None
    payments: tuple[Payment, ...] | None = None
    debt: int | None = None
    ordinary_profit: int | None = None
    depreciation: int | None = None
    income_tax: int | None = None
    receivables: int | None = None
    stock: int | None = None
    payables: int | None = None
    yearly_sales: int | None = None
    sales_before: int | None = None
    operating_profit: int | None = None
    headcount: int | None = None
    net_worth: int | None = None
    total_assets: int | None = None
    given: Mapping[str, Given] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Tell whether anything was said of any figure."""
        return bool(self.given)

    def value(self, name: str) -> int | None:
        """Return the figure of this name in yen (or heads), or None."""
        found = getattr(self, name)
        return found if isinstance(found, int) else None

    def with_figure(self, name: str, value: int | None, given: Given) -> Figures:
        """Take a figure in place of any earlier one, as the last given."""
        changes: dict[str, Any] = {name: value}
        return replace(self, given=self._note_last(name, given), **changes)

    def with_payments(self, payments: tuple[Payment, ...], given: Given) -> Figures:
        """Take the payments to come, the next first."""
        ordered = tuple(sorted(payments, key=lambda each: each.due))
        return replace(self, payments=ordered, given=self._note_last("payments", given))

    def without(self, name: str) -> Figures:
        """Take a figure back, with the record of giving it."""
        kept = {key: each for key, each in self.given.items() if key != name}
        changes: dict[str, Any] = {name: None}
        return replace(self, given=kept, **changes)

    def _note_last(self, name: str, given: Given) -> dict[str, Given]:
        return {**{key: each for key, each in self.given.items() if key != name}, name: given}


NAMES = tuple(each.name for each in fields(Figures) if each.name != "given")
"""Names of all figures, with `payments`."""

MAY_BE_NEGATIVE = frozenset({"ordinary_profit", "operating_profit", "net_worth"})
"""Figures of a loss or of excess debts. `cash` below zero would be an overdraft, a debt."""


def to_dict(figures: Figures) -> dict[str, Any]:
    """Write the given figures as JSON-able data."""
    data = {name: found for name in NAMES if (found := figures.value(name)) is not None}
    given = {
        name: [each.how.value, each.on.isoformat(), each.low, each.high]
        for name, each in figures.given.items()
    }
    if figures.payments is not None:
        payments = [[each.due.isoformat(), each.yen, each.what] for each in figures.payments]
        return {**data, "payments": payments, "given": given}
    return {**data, "given": given}


def from_dict(data: Mapping[str, Any]) -> Figures:
    """Read figures from `to_dict`, ignoring those of another version."""
    values: dict[str, Any] = {name: data[name] for name in NAMES if name in data}
    if "payments" in data:
        values["payments"] = tuple(
            Payment(date.fromisoformat(due), yen, what) for due, yen, what in data["payments"]
        )
    given = {
        name: Given(How(how), date.fromisoformat(on), low, high)
        for name, (how, on, low, high) in data["given"].items()
        if name in NAMES
    }
    return Figures(**values, given=given)
