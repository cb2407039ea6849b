"""債務償還年数 by hand in each form, and properties of any figures."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.figures.debt import (
    MARK,
    cash_flow_of,
    change_costs,
    debt_years,
    repayment_load,
    working_capital_of,
    yearly_costs_of,
)
from bot.figures.figures import Figures
from tests.bot.figures.owners_figures import MAN, any_figures, figures

WHOLE = figures(
    debt=10_000,
    ordinary_profit=3_000,
    depreciation=1_000,
    income_tax=500,
    receivables=2_500,
    stock=1_000,
    payables=1_500,
)
"""(1億 − 2,000万) ÷ (3,000万 + 1,000万 − 500万) = 8,000 ÷ 3,500."""


def test_whole_form_takes_working_capital_off() -> None:
    found = debt_years(WHOLE)
    assert found is not None
    assert (found.debt, found.working_capital) == (8_000 * MAN, 2_000 * MAN)
    assert found.cash_flow.yen == 3_500 * MAN
    assert found.years == pytest.approx(80 / 35)
    assert found.is_within_mark


def test_simple_form_leaves_working_capital_in() -> None:
    found = debt_years(WHOLE.without("stock"))
    assert found is not None
    assert (found.debt, found.working_capital) == (10_000 * MAN, None)
    assert found.years == pytest.approx(100 / 35)


def test_mark_is_ten_years_or_less() -> None:
    within, beyond = (debt_years(figures(debt=each, ordinary_profit=100)) for each in (1000, 1001))
    assert within is not None
    assert beyond is not None
    assert (within.is_within_mark, beyond.is_within_mark) == (True, False)


@pytest.mark.parametrize("profit", [0, -300])
def test_without_positive_cash_flow_there_is_no_number(profit: int) -> None:
    found = debt_years(figures(debt=4_800, ordinary_profit=profit))
    assert found is not None
    assert found.years is None
    assert not found.is_within_mark


def test_figures_nobody_gave_are_named_as_left_out() -> None:
    found = debt_years(figures(debt=4_800, ordinary_profit=300))
    assert found is not None
    assert found.cash_flow.left_out == ("depreciation", "income_tax")


def test_larger_payables_add_no_debt() -> None:
    assert working_capital_of(figures(receivables=100, stock=0, payables=300)) == 0


def test_repayment_beside_cash_flow_says_what_is_missing() -> None:
    load = repayment_load(figures(monthly_repayment=62, ordinary_profit=300, depreciation=200))
    assert load is not None
    assert (load.repayment, load.cash_flow.yen, load.left) == (744 * MAN, 500 * MAN, -244 * MAN)


def test_ten_per_cent_less_costs_are_more_profit() -> None:
    now = figures(debt=4_800, ordinary_profit=-100, monthly_costs=250)
    after = change_costs(now, -10)
    assert after is not None
    assert (after.ordinary_profit, after.monthly_costs) == (200 * MAN, 225 * MAN)
    found = debt_years(after)
    assert found is not None
    assert found.years == 24


def test_yearly_costs_are_found_from_sales_and_operating_profit() -> None:
    assert yearly_costs_of(figures(yearly_sales=3_000, operating_profit=-200)) == 3_200 * MAN
    assert yearly_costs_of(figures(yearly_sales=3_000)) is None


def test_nothing_given_gives_nothing() -> None:
    none = Figures()
    assert (debt_years(none), repayment_load(none), cash_flow_of(none)) == (None, None, None)
    assert change_costs(none, -10) is None


@settings(max_examples=40)
@given(any_figures())
def test_debt_years_are_never_negative(kept: Figures) -> None:
    found = debt_years(kept)
    if found is None:
        assert kept.debt is None or kept.ordinary_profit is None
    elif found.years is None:
        assert found.cash_flow.yen <= 0
    else:
        assert found.years >= 0
        assert found.is_within_mark == (found.debt <= MARK * found.cash_flow.yen)


@settings(max_examples=40)
@given(any_figures(), st.integers(1, 50))
def test_lower_costs_never_take_longer(kept: Figures, percent: int) -> None:
    now, lower = debt_years(kept), change_costs(kept, -percent)
    then = debt_years(lower) if lower else None
    costs = yearly_costs_of(kept)
    if now and then and now.years is not None and costs is not None and costs >= 0:
        assert then.years is not None
        assert then.years <= now.years
