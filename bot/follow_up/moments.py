"""Find the hours in which the bot may write first.

That is in the middle of an office day, with people spread over it.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.model.business_hours import JAPAN, is_open, is_working_day, next_opening

EARLIEST = time(10)
"""Time of the first reminders, after shops have opened."""

MINUTES = 300
"""Minutes from `EARLIEST` over which people are spread, so that nothing comes at once."""

GRACE_DAYS = 2
"""Office days in which an unsent reminder may still go, 48 hours without closures."""


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


_LATER, _EARLIER = (0, -1, -2, 1), (0, -1, -2)


def even_out(due: datetime, name: str, *, before: bool) -> datetime:
    """Move a moment by up to two office days, each person by their own.

    Business years and months end on the same days: what would come at once is spread over four days, and
    a day of `GRACE_DAYS` is left. With `before` never later.
    """
    ways = _EARLIER if before else _LATER
    days = ways[int(name[8:] or "0", 16) % len(ways)]
    moment, step = due, timedelta(days=1 if days > 0 else -1)
    while days:
        moment += step
        days -= step.days * is_working_day(moment)
    return moment


def grace_end(due: datetime) -> datetime:
    """Find until when a reminder is in time.

    Two office days later, at the same minute.
    """
    moment, left = due, GRACE_DAYS
    while left:
        moment += timedelta(days=1)
        left -= is_working_day(moment)
    return moment


def earliest_from(moment: datetime) -> datetime:
    """Return the moment if offices are open, else their next opening."""
    return moment if is_open(moment) else next_opening(moment)
