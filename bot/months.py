"""Count months of the calendar, with their first and last days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

MONTHS_OF_A_YEAR = 12


def number_month(day: date) -> int:
    """Count the months since the year 0, so that months can be added."""
    return day.year * MONTHS_OF_A_YEAR + day.month - 1


def day_of_month(number: int, day: int | None = None) -> date | None:
    """Return a day of a month, or None where the month lacks it.

    The last day for None.
    """
    last = last_of_month(number)
    if day is None:
        return last
    return last.replace(day=day) if 1 <= day <= last.day else None


def last_of_month(number: int) -> date:
    """Give the last day of a month by its number."""
    year, month = divmod(number, MONTHS_OF_A_YEAR)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def count_months_on(day: date, months: int, *, keep_last: bool = False) -> date:
    """Count months on from a day, at most to a month's last day.

    With `keep_last` the last day of a month leads to the last day of a month.
    """
    last = last_of_month(number_month(day) + months)
    is_last = day == last_of_month(number_month(day))
    return last if keep_last and is_last else last.replace(day=min(day.day, last.day))
