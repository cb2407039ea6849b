"""List the pictures and the figures each asks for, seven at most."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.figures.figures import Figures


class Picture(StrEnum):
    """Name a picture. The values stand in buttons."""

    CASH = "cash"
    DEBT = "debt"
    SIX = "six"


ASKS: Mapping[Picture, tuple[str, ...]] = {
    Picture.CASH: ("cash", "monthly_sales", "monthly_costs", "monthly_repayment", "payments"),
    Picture.DEBT: (
        "debt",
        "ordinary_profit",
        "depreciation",
        "income_tax",
        "receivables",
        "stock",
        "payables",
    ),
    Picture.SIX: (
        "yearly_sales",
        "sales_before",
        "operating_profit",
        "headcount",
        "net_worth",
        "total_assets",
        "depreciation",
    ),
}
"""In this order. The other figures of the six indicators are those of the other two pictures."""

_ENDS = {
    "a_month": (0, 30, 60, 100, 200, 500, 1_000),
    "a_year": (0, 100, 300, 500, 1_000, 3_000, 10_000),
    "in_hand": (0, 50, 100, 300, 500, 1_000, 3_000),
    "in_all": (0, 500, 1_000, 3_000, 5_000, 10_000, 30_000),
    "of_loss": (-1_000, -300, 0, 300, 1_000),
}
"""Ends of bands, in 万円. The last band is open."""

_BANDS: Mapping[str, str] = {
    "cash": "in_hand",
    "monthly_sales": "a_month",
    "monthly_costs": "a_month",
    "monthly_repayment": "a_month",
    "debt": "in_all",
    "ordinary_profit": "of_loss",
    "operating_profit": "of_loss",
    "net_worth": "of_loss",
    "depreciation": "in_hand",
    "income_tax": "in_hand",
    "receivables": "in_hand",
    "stock": "in_hand",
    "payables": "in_hand",
    "yearly_sales": "in_all",
    "sales_before": "in_all",
    "total_assets": "in_all",
}
_MAN = 10_000

Band = tuple[int | None, int | None]
"""Both ends in yen, each None if open."""


def bands_of(name: str) -> tuple[Band, ...]:
    """List the bands of a figure, or none for heads and payments."""
    if name not in _BANDS:
        return ()
    ends: list[int | None] = [end * _MAN for end in _ENDS[_BANDS[name]]]
    if ends[0] != 0:
        ends.insert(0, None)
    return tuple(zip(ends, [*ends[1:], None], strict=True))


def open_figure(picture: Picture, figures: Figures) -> str:
    """Find the figure to ask for next, or "".

    Skipped and unknown figures are not asked for again.
    """
    return next((name for name in ASKS[picture] if name not in figures.given), "")


def last_given(picture: Picture, figures: Figures) -> str:
    """Find the figure of this picture that was given last, or ""."""
    return next((name for name in reversed([*figures.given]) if name in ASKS[picture]), "")


def is_complete(picture: Picture, figures: Figures) -> bool:
    """Tell whether nothing is left to ask for this picture."""
    return not open_figure(picture, figures)
