"""Tell when an office can be reached.

That is on weekdays 9–17, except for Japanese national holidays and the turn of the year. The hours
are those the leaflet of 2015 prints for its help desk, and that the one council whose page states
any prints today (S26): a guide, not a promise. The desk sets its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

JAPAN = ZoneInfo("Asia/Tokyo")

WEEKDAYS = frozenset(range(5))
"""Monday to Friday, in the numbers of `date.weekday`."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Say when an office or the desk is open, in Japanese time.

    `days` are weekdays in the numbers of `date.weekday`, `closed` further days on which it is
    closed.
    """

    opens: time = time(9)
    closes: time = time(17)
    days: frozenset[int] = WEEKDAYS
    closed: frozenset[date] = frozenset()


OFFICES = Hours()


@cache
def _national_holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("JP")


def is_working_day(day: datetime, hours: Hours = OFFICES) -> bool:
    """Tell whether somebody works on this day.

    Nobody does on a national holiday and from 29 December to 3 January.
    """
    year_end = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    apart = year_end or day.date() in _national_holidays() or day.date() in hours.closed
    return day.weekday() in hours.days and not apart


def is_open(now: datetime, hours: Hours = OFFICES) -> bool:
    """Tell whether somebody is likely to answer at `now` (an aware time)."""
    local = now.astimezone(JAPAN)
    return is_working_day(local, hours) and hours.opens <= local.time() < hours.closes


def next_opening(now: datetime, hours: Hours = OFFICES) -> datetime:
    """Find the next opening, in Japanese time.

    From a time already open that is the next morning's.
    """
    local = now.astimezone(JAPAN)
    day = local if local.time() < hours.opens else local + timedelta(days=1)
    while not is_working_day(day, hours):
        day += timedelta(days=1)
    return _at(day, hours.opens)


def within_hours(now: datetime, minutes: int, hours: Hours = OFFICES) -> datetime:
    """Add minutes of working hours to a time, in Japanese time."""
    local, left = now.astimezone(JAPAN), timedelta(minutes=minutes)
    begins = local if is_open(local, hours) else next_opening(local, hours)
    while begins + left > (ends := _at(begins, hours.closes)):
        left -= ends - begins
        begins = next_opening(ends, hours)
    return begins + left


def _at(day: datetime, clock: time) -> datetime:
    return day.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
