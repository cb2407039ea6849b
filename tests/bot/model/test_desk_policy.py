"""The desk's own settings are written and read, and decide its hours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.model.business_hours import JAPAN, Hours, is_open, next_opening, within_hours
from bot.model.desk_policy import PROMISES, USUAL, DeskPolicy, from_dict, to_dict

DAYS = st.frozensets(st.integers(0, 6), min_size=1)
CLOSED = st.frozensets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=9)
TIMES = st.times().map(lambda each: each.replace(second=0, microsecond=0, tzinfo=None))
HOURS = st.builds(
    lambda times, days, closed: Hours(min(times), max(times), days, closed),
    st.lists(TIMES, min_size=2, max_size=2, unique=True),
    DAYS,
    CLOSED,
)
POLICIES = st.builds(
    DeskPolicy,
    HOURS,
    st.sampled_from(PROMISES),
    st.lists(st.text("U0123", min_size=1, max_size=9), max_size=3).map(tuple),
)
MOMENTS = st.datetimes(datetime(2026, 2, 1), datetime(2027, 11, 1)).map(  # noqa: DTZ001 - given its zone here
    lambda each: each.replace(tzinfo=JAPAN)
)


@given(POLICIES)
def test_policy_written_and_read_is_the_same(policy: DeskPolicy) -> None:
    assert from_dict(to_dict(policy)) == policy


@given(MOMENTS, HOURS)
def test_next_opening_is_the_first_open_minute_to_come(now: datetime, hours: Hours) -> None:
    opens = next_opening(now, hours)
    assert opens > now
    assert is_open(opens, hours)
    assert opens.time() == hours.opens
    assert opens.date() not in hours.closed


@given(MOMENTS, HOURS, st.integers(1, 480))
def test_promise_ends_within_hours_and_never_before_its_minutes(
    now: datetime, hours: Hours, minutes: int
) -> None:
    due = within_hours(now, minutes, hours)
    assert due - now >= timedelta(minutes=minutes)
    assert due.weekday() in hours.days
    assert hours.opens <= due.time() <= hours.closes


def test_usual_policy_is_what_the_offices_keep() -> None:
    assert (USUAL.hours.opens, USUAL.hours.closes) == (time(9), time(17))
    assert USUAL.promise_minutes == 60
