"""Read and write the values of figures' buttons.

They are `name:value`, several with `;` between them. A value is yen (`3000000`), a band
(`1000000..3000000`, an end may be open), `none`, `unknown`, `skip`, or payments:
`2026-12-31,1200000,消費税` with `/` between them. A button of years ago may hold anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from bot.figures.figures import NAMES, Figures, Given, How, Payment
from bot.presentation.figure_words import PAYMENTS

_YEN = re.compile(r"-?\d{1,14}")
"""A sum in yen."""

_BAND = re.compile(r"(-?\d{1,14})?\.\.(-?\d{1,14})?")
"""A range in yen, open at either end."""

_PAYMENT = re.compile(r"(\d{4}-\d{2}-\d{2}),(\d{1,14}),([^,/;]{0,12})")
"""A payment with its day, its yen and its name."""

_WITHOUT = {"unknown": How.UNKNOWN, "skip": How.SKIPPED}


def write_values(values: Mapping[str, int]) -> str:
    """Write figures as the value of a button."""
    return ";".join(f"{name}:{value}" for name, value in values.items())


def write_payments(payments: Iterable[Payment]) -> str:
    """Write payments as the value of a button."""
    return f"{PAYMENTS}:" + "/".join(
        f"{each.due.isoformat()},{each.yen},{each.what}" for each in payments
    )


def take_values(figures: Figures, text: str, today: date) -> tuple[Figures, list[str]] | None:
    """Take the figures of a button, with their names.

    Returns None for another button.
    """
    names = []
    for entry in text.split(";"):
        name, _, value = entry.partition(":")
        taken = _take(figures, name, value, today) if name in NAMES else None
        if taken is None:
            return None
        figures = taken
        names.append(name)
    return figures, names


def _take(figures: Figures, name: str, value: str, today: date) -> Figures | None:
    if how := _WITHOUT.get(value):
        return figures.with_figure(name, None, Given(how, today))
    if name == PAYMENTS:
        return _take_payments(figures, value, today)
    if value == "none":
        return figures.with_figure(name, 0, Given(How.TYPED, today))
    if _YEN.fullmatch(value):
        return figures.with_figure(name, int(value), Given(How.TYPED, today))
    if band := _BAND.fullmatch(value):
        low, high = (int(end) if end else None for end in band.groups())
        return _take_band(figures, name, low, high, today)
    return None


def _take_band(
    figures: Figures, name: str, low: int | None, high: int | None, today: date
) -> Figures | None:
    ends = [end for end in (low, high) if end is not None]
    if not ends:
        return None
    return figures.with_figure(name, sum(ends) // len(ends), Given(How.BAND, today, low, high))


def _take_payments(figures: Figures, value: str, today: date) -> Figures | None:
    given = Given(How.TYPED, today)
    if value == "none":
        return figures.with_payments((), given)
    found = [_PAYMENT.fullmatch(each) for each in value.split("/")]
    try:
        more = tuple(
            Payment(date.fromisoformat(each[1]), int(each[2]), each[3]) for each in found if each
        )
    except ValueError:
        return None
    if not more or not all(found):
        return None
    return figures.with_payments((*(figures.payments or ()), *more), given)
