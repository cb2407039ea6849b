"""Figures for tests, made by hand or drawn by hypothesis."""

from datetime import date

from hypothesis import strategies as st

from bot.figures.figures import MAY_BE_NEGATIVE, NAMES, Figures, Given, How, Payment

TODAY = date(2026, 11, 30)
TYPED = Given(How.TYPED, TODAY)
MAN = 10_000


def figures(**values: int) -> Figures:
    """Make figures from values in 万円, except the number of heads."""
    found = Figures()
    for name, value in values.items():
        found = found.with_figure(name, value * (1 if name == "headcount" else MAN), TYPED)
    return found


YEN = st.integers(0, 10**12)
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
PAYMENTS = st.lists(st.builds(Payment, DAYS, YEN, st.text(max_size=8)), max_size=4).map(tuple)
GIVEN = st.one_of(
    st.builds(Given, st.sampled_from(How), DAYS),
    st.builds(Given, st.just(How.BAND), DAYS, st.none() | YEN, st.none() | YEN),
)


@st.composite
def any_figures(draw: st.DrawFn) -> Figures:
    """Draw possible figures, with some given, some unknown, most not mentioned."""
    found = Figures()
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True)):
        given = draw(GIVEN)
        if name == "payments":
            found = found.with_payments(draw(PAYMENTS), given)
        else:
            lowest = -(10**12) if name in MAY_BE_NEGATIVE else 0
            value = draw(st.none() | st.integers(lowest, 10**12))
            found = found.with_figure(name, value, given)
    return found
