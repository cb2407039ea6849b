"""The six indicators by hand, and where the figures do not suffice."""

import math

import pytest
from hypothesis import given, settings

from bot.figures.figures import Figures
from bot.figures.indicators import Unit, six_indicators
from tests.bot.figures.owners_figures import any_figures, figures

WHOLE = figures(
    yearly_sales=3_600,
    sales_before=4_000,
    operating_profit=180,
    headcount=4,
    debt=2_000,
    cash=500,
    depreciation=120,
    receivables=400,
    stock=200,
    payables=300,
    net_worth=-100,
    total_assets=2_500,
)


def test_six_indicators_by_hand() -> None:
    assert [(each.id, each.unit, each.value) for each in six_indicators(WHOLE)] == [
        ("growth", Unit.PER_CENT, -10),
        ("margin", Unit.PER_CENT, 5),
        ("productivity", Unit.THOUSAND_YEN_A_HEAD, 450),
        ("debt_to_ebitda", Unit.TIMES, 5),
        ("turnover", Unit.MONTHS, 1),
        ("equity", Unit.PER_CENT, -4),
    ]


def test_nothing_given_names_what_is_missing() -> None:
    found = six_indicators(Figures())
    assert all(each.value is None and each.missing for each in found)


@pytest.mark.parametrize(
    ("id_", "zero"),
    [
        ("growth", {"sales_before": 0}),
        ("margin", {"yearly_sales": 0}),
        ("productivity", {"headcount": 0}),
        ("debt_to_ebitda", {"operating_profit": -120}),
        ("turnover", {"yearly_sales": 0}),
        ("equity", {"total_assets": 0}),
    ],
)
def test_divisor_that_is_not_positive_gives_no_value(id_: str, zero: dict[str, int]) -> None:
    kept = WHOLE
    for name, value in figures(**zero).given.items():
        kept = kept.with_figure(name, figures(**zero).value(name), value)
    (found,) = (each for each in six_indicators(kept) if each.id == id_)
    assert (found.value, found.missing) == (None, ())


@settings(max_examples=40)
@given(any_figures())
def test_indicators_are_numbers_or_nothing(kept: Figures) -> None:
    for each in six_indicators(kept):
        assert each.value is None or math.isfinite(each.value)
        assert not (each.missing and each.value is not None)
