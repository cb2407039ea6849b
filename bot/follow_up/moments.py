"""The hours in which one may write first: an office day, in the middle of it, people spread over it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.model.business_hours import JAPAN, is_open, is_working_day, next_opening

EARLIEST = time(10)
"""Nobody is reminded while they open their shop."""

MINUTES = 300
"""Minutes from `EARLIEST` over which people are spread, so that nothing comes at once."""

GRACE_DAYS = 2
"""Office days for which a reminder that could not be sent may still be: 48 hours, closures apart."""


def moment_on(day: date, name: str, *, before: bool) -> datetime:
    """Find the minute of `day` for this person, in Japanese time.

    A closed day gives way to the office day before or after it. `name` spreads people: the same
    person is written to at the same minute on any day.
    """
    step = timedelta(days=-1 if before else 1)
    local = datetime.combine(day, EARLIEST, JAPAN)
    while not is_working_day(local):
        local += step
    return local + timedelta(minutes=int(name[:8] or "0", 16) % MINUTES)


def grace_end(due: datetime) -> datetime:
    """Find until when a reminder is in time: two office days later, at the same minute."""
    moment, left = due, GRACE_DAYS
    while left:
        moment += timedelta(days=1)
        left -= is_working_day(moment)
    return moment


def earliest_from(moment: datetime) -> datetime:
    """Give the moment itself while offices are open, else when they open next."""
    return moment if is_open(moment) else next_opening(moment)
