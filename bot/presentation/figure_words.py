"""Write figures in words, with name and origin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bot.figures.cash import Outflow
from bot.figures.figures import Figures, Given, How, Payment
from bot.presentation.money import say_band, say_yen
from bot.presentation.wording import join_words, say, say_of_kind

HEADS = "headcount"
PAYMENTS = "payments"


def name_figure(name: str) -> str:
    """Name a figure for owners."""
    return say_of_kind("figure_names", name)


def name_figures(names: Iterable[str]) -> str:
    """Enumerate figures by their names."""
    return join_words(map(name_figure, names))


def say_value(name: str, value: int, given: Given | None = None) -> str:
    """Say a figure as heads, a range, 「約」, or exactly."""
    if name == HEADS:
        return say("figures.heads", count=value)
    if given is not None and given.is_range:
        return say_band(given.low, given.high)
    about = given is not None and given.how is How.ABOUT
    return say("figures.about", amount=say_yen(value)) if about else say_yen(value)


def say_given(name: str, figures: Figures) -> str:
    """Say the given value of a figure, or a dash."""
    if name == PAYMENTS and figures.payments is not None:
        return say_payments(figures.payments)
    value = figures.value(name)
    if value is None:
        return say("figures.no_amount")
    return say_value(name, value, figures.given.get(name))


def say_payments(payments: Iterable[Payment]) -> str:
    """Enumerate single payments, or say 「なし」."""
    return join_words(map(say_payment, payments)) or say("figures.no_payments")


def say_payment(payment: Payment) -> str:
    """Say a payment with its day."""
    what = payment.what or say("figures.payment_nameless")
    return say(
        "figures.payment_due", day=say_date(payment.due), what=what, amount=say_yen(payment.yen)
    )


def say_outflow(outflow: Outflow) -> str:
    """Say a single payment, or the figure paid every month."""
    if outflow.payment is not None:
        return say_payment(outflow.payment)
    return say("figures.outflow", name=name_figure(outflow.figure), amount=say_yen(outflow.yen))


def say_understood(names: Iterable[str], figures: Figures) -> str:
    """Say back the understood figures in one line."""
    told = (
        say("figures.of_name", name=name_figure(name), amount=say_given(name, figures))
        for name in names
    )
    return say("figures.understood", figures=join_words(told))


def origin_lines(figures: Figures) -> Iterator[str]:
    """Tell the origin of every figure, in the order given."""
    for name, given in figures.given.items():
        yield say(
            "figures.origin",
            name=name_figure(name),
            amount=say_given(name, figures),
            day=say_date(given.on),
            how=say_of_kind("figure_origins", given.how),
        )


def say_date(day: date) -> str:
    """Say a day, as 12月25日."""
    return say("figures.date", month=day.month, day=day.day)


def say_month(month: date) -> str:
    """Say a month with its year."""
    return say("figures.year_month", year=month.year, month=month.month)
