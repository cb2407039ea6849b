"""A result of ranges is sure between the worst and the best they allow."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.figures.cash import NEEDED, look_ahead
from bot.figures.figures import Figures, Given, How
from bot.figures.ranges import worst_and_best
from tests.bot.figures.owners_figures import MAN, TODAY, figures


def band(low: int, high: int | None) -> Given:
    return Given(How.BAND, TODAY, low * MAN, high and high * MAN)


def test_worst_is_little_money_and_high_costs() -> None:
    kept = figures(cash=200, monthly_sales=100, monthly_costs=150)
    kept = kept.with_figure("cash", 200 * MAN, band(100, 300))
    kept = kept.with_figure("monthly_costs", 150 * MAN, band(100, 200))
    found = worst_and_best(kept, NEEDED)
    assert found is not None
    worst, best = found
    assert (worst.cash, worst.monthly_costs) == (100 * MAN, 200 * MAN)
    assert (best.cash, best.monthly_costs) == (300 * MAN, 100 * MAN)


def test_range_without_an_end_makes_nothing_sure() -> None:
    kept = figures(cash=3000).with_figure("cash", 3000 * MAN, band(3000, None))
    assert worst_and_best(kept, NEEDED) is None
    assert worst_and_best(kept, ("debt",)) == (kept, kept)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 9999)), min_size=4, max_size=4))
def test_middle_lies_between_worst_and_best(ends: list[tuple[int, int]]) -> None:
    names, kept = (*NEEDED, "monthly_repayment"), Figures()
    for name, pair in zip(names, ends, strict=True):
        low, high = min(pair), max(pair)
        kept = kept.with_figure(name, (low + high) * MAN // 2, band(low, high))
    found = worst_and_best(kept, names)
    assert found is not None
    worst, now, best = (look_ahead(each, TODAY) for each in (found[0], kept, found[1]))
    assert worst is not None
    assert now is not None
    assert best is not None
    for bad, each, good in zip(worst.months, now.months, best.months, strict=True):
        assert bad.end <= each.end <= good.end
