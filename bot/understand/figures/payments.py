"""Read single payments to come, as in 「12月25日に消費税120万、1月に賞与200万」."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.understand.dates import Sense, list_dates
from bot.understand.reading.numbers.yen import Sum

_SENSE = Sense(by_month=True, by_part=True)
"""For money to come an approximate day is enough. A month is its end."""


@dataclass(frozen=True, slots=True)
class FoundPayment:
    """Hold a told payment with its amount, purpose and day.

    The day is None where none was told. `unread_day` is a day that does not exist, as it was
    written.
    """

    sum: Sum
    what: str = ""
    due: date | None = None
    unread_day: str = ""


def payments_in(
    sums: Sequence[Sum], purposes: re.Pattern[str], today: date
) -> tuple[FoundPayment, ...]:
    """Read each amount as a payment.

    A day told once counts for the payments listed behind it.
    """
    return tuple(_read(sums, purposes, today))


def _read(sums: Sequence[Sum], purposes: re.Pattern[str], today: date) -> Iterator[FoundPayment]:
    last: date | None = None
    for number, each in enumerate(sums):
        ends = number + 1 == len(sums)
        behind = each.after if ends else re.split("[、。,\n]", each.after)[0]
        dates = list_dates(each.before, today, _SENSE)[-1:] or list_dates(behind, today, _SENSE)[:1]
        what = _last(purposes, each.before) or _first(purposes, behind)
        wrong = next((date.words for date in dates if date.day is None), "")
        last = next((date.day for date in dates if date.day), last)
        yield FoundPayment(each, what, None if wrong else last, wrong)


def _last(pattern: re.Pattern[str], text: str) -> str:
    found = [each[0] for each in pattern.finditer(text)]
    return found[-1] if found else ""


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0] if found else ""
