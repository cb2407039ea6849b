"""When an office can be reached: weekdays 9–17, Japanese national holidays and the year's end apart.

The hours are those the leaflet of 2015 prints for its help desk and that the one council whose page
states any prints today (S26): a guide, not a promise.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

JAPAN = ZoneInfo("Asia/Tokyo")
OPENS, CLOSES = time(9), time(17)
_FRIDAY = 4


@cache
def _national_holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("JP")


def is_working_day(day: datetime) -> bool:
    """Tell whether offices work on this day: no weekend, national holiday, nor 29 December – 3 January."""
    year_end = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return day.weekday() <= _FRIDAY and not year_end and day.date() not in _national_holidays()


def is_open(now: datetime) -> bool:
    """Tell whether an office is likely to answer the telephone at `now` (an aware time)."""
    local = now.astimezone(JAPAN)
    return is_working_day(local) and OPENS <= local.time() < CLOSES


def next_opening(now: datetime) -> datetime:
    """Find when offices open next, in Japanese time; a time already open counts from the next morning."""
    local = now.astimezone(JAPAN)
    day = local if local.time() < OPENS else local + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day.replace(hour=OPENS.hour, minute=0, second=0, microsecond=0)


def within_hours(now: datetime, minutes: int) -> datetime:
    """Add minutes of office hours to a time, in Japanese time."""
    local, left = now.astimezone(JAPAN), timedelta(minutes=minutes)
    begins = local if is_open(local) else next_opening(local)
    while begins + left > (
        ends := begins.replace(hour=CLOSES.hour, minute=0, second=0, microsecond=0)
    ):
        left -= ends - begins
        begins = next_opening(ends)
    return begins + left
