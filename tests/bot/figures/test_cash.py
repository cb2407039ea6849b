"""The next months computed by hand, and properties of any figures."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.figures.cash import FEWEST, MOST, CashOutlook, look_ahead, pause_repayment
from bot.figures.figures import NAMES, Figures, Payment
from bot.months import count_months_on
from tests.bot.figures.owners_figures import DAYS, MAN, TODAY, TYPED, any_figures, figures


def outlook(kept: Figures, today: date = TODAY, months: int = 6) -> CashOutlook:
    found = look_ahead(kept, today, months)
    assert found is not None
    return found


NOODLES = figures(cash=300, monthly_sales=250, monthly_costs=230, monthly_repayment=62)
"""42 万円 less every month."""


def test_cash_of_a_shrinking_business_falls_below_zero_in_the_eighth_month() -> None:
    found = outlook(NOODLES, months=12)
    ends = [each.end // MAN for each in found.months]
    assert ends == [258, 216, 174, 132, 90, 48, 6, -36, -78, -120, -162, -204]
    assert found.first_below is found.months[7]
    assert found.first_below.month == date(2027, 7, 1)
    assert found.months_left == pytest.approx(7 + 6 / 42)


def test_rows_of_a_column_are_those_of_the_frame() -> None:
    tax = Payment(date(2026, 12, 25), 120 * MAN, "消費税")
    month = outlook(NOODLES.with_payments((tax,), TYPED)).months[0]
    assert month.start == 300 * MAN
    assert (month.income, month.costs, month.paid_besides) == (250 * MAN, 230 * MAN, 120 * MAN)
    assert (month.business, month.repayment, month.end) == (-100 * MAN, 62 * MAN, 138 * MAN)


def test_what_breaks_a_month_is_the_first_payment_not_reached() -> None:
    bonus = Payment(date(2026, 12, 10), 200 * MAN, "賞与")
    tax = Payment(date(2026, 12, 25), 150 * MAN, "消費税")
    month = outlook(NOODLES.with_payments((tax, bonus), TYPED)).first_below
    assert month is not None
    assert month.breaking is not None
    assert month.breaking.payment == tax
    without = outlook(NOODLES.with_payments((bonus,), TYPED), months=3).first_below
    assert without is not None
    assert without.breaking is not None
    assert (without.month, without.breaking.figure) == (date(2027, 2, 1), "monthly_repayment")


def test_pause_of_repayment_keeps_the_money_above_zero() -> None:
    assert outlook(pause_repayment(NOODLES), months=12).first_below is None


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 10), date(2026, 11, 1)),
        (date(2026, 11, 11), date(2026, 12, 1)),
        (date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_first_column_is_the_month_that_lies_ahead(today: date, first: date) -> None:
    assert outlook(NOODLES, today).months[0].month == first


def test_payment_due_before_the_first_column_counts_in_it() -> None:
    tax = Payment(date(2026, 11, 30), 10 * MAN, "税")
    assert outlook(NOODLES.with_payments((tax,), TYPED)).months[0].payments == (tax,)


def test_payment_that_was_due_before_today_is_paid() -> None:
    tax = Payment(date(2026, 11, 29), 10 * MAN, "税")
    assert outlook(NOODLES.with_payments((tax,), TYPED)).months[0].payments == ()


def test_repayment_nobody_gave_is_named_as_left_out() -> None:
    known = figures(cash=100, monthly_sales=80, monthly_costs=90)
    assert outlook(known).left_out == ("monthly_repayment", "payments")


@pytest.mark.parametrize("name", ["cash", "monthly_sales", "monthly_costs"])
def test_missing_figure_gives_no_outlook(name: str) -> None:
    assert look_ahead(NOODLES.without(name), TODAY) is None


def test_nothing_given_gives_no_outlook() -> None:
    assert look_ahead(Figures(), TODAY) is None


@settings(max_examples=40)
@given(any_figures(), DAYS, st.integers(-5, 50))
def test_outlook_adds_up_for_any_figures(kept: Figures, today: date, months: int) -> None:
    found = look_ahead(kept, today, months)
    if found is None:
        return
    assert FEWEST <= len(found.months) <= MOST
    assert found.months[0].start == kept.cash
    for this, after in zip(found.months, found.months[1:], strict=False):
        assert (after.start, after.month) == (this.end, count_months_on(this.month, 1))
    for each in found.months:
        assert each.end == each.start + each.income - sum(out.yen for out in each.outflows)
        assert (each.breaking is not None) or each.end >= 0
    assert (found.first_below is None) == (found.months_left is None)
    if found.first_below and found.months_left is not None:
        at = found.months.index(found.first_below)
        assert at <= found.months_left <= at + 1


@settings(max_examples=40)
@given(any_figures(), DAYS)
def test_pause_never_leaves_less(kept: Figures, today: date) -> None:
    now, paused = look_ahead(kept, today), look_ahead(pause_repayment(kept), today)
    if now and paused:
        pairs = zip(now.months, paused.months, strict=True)
        assert all(later.end >= each.end for each, later in pairs)


@settings(max_examples=40)
@given(any_figures(), DAYS, st.integers(1, 1000))
def test_units_do_not_matter(kept: Figures, today: date, times: int) -> None:
    """A business a thousand times as large runs out of money at the same time."""
    now = look_ahead(kept, today)
    larger = Figures()
    for name in NAMES[:4]:
        value = kept.value(name)
        larger = larger.with_figure(name, None if value is None else value * times, TYPED)
    payments = tuple(replace(each, yen=each.yen * times) for each in kept.payments or ())
    then = look_ahead(replace(larger, payments=payments), today)
    if now and then:
        assert [each.end * times for each in now.months] == [each.end for each in then.months]
        assert now.months_left == pytest.approx(then.months_left)
