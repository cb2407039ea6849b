"""Hours in which a desk can be reached."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.business_hours import JAPAN, is_open, next_opening, within_hours
from bot.presentation.times import say_moment


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("when", "open_now", "opens"),
    [
        ("2026-11-24T10:00", True, "11月25日（水）9時"),
        ("2026-11-24T08:59", False, "11月24日（火）9時"),
        ("2026-11-24T17:00", False, "11月25日（水）9時"),
        ("2026-11-23T10:00", False, "11月24日（火）9時"),  # 勤労感謝の日
        ("2026-11-20T18:00", False, "11月24日（火）9時"),  # a long weekend
        ("2026-12-28T18:00", False, "1月4日（月）9時"),  # the year's end
        ("2026-05-02T12:00", False, "5月7日（木）9時"),  # 大型連休 with 振替休日
    ],
)
def test_weekdays_nine_to_five(when: str, *, open_now: bool, opens: str) -> None:
    assert is_open(at(when)) is open_now
    assert say_moment(next_opening(at(when))) == opens


def test_the_hour_is_japan_s_wherever_the_server_stands() -> None:
    assert is_open(datetime(2026, 11, 24, 1, 0, tzinfo=UTC))
    assert not is_open(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("when", "minutes", "then"),
    [
        ("2026-11-25T10:07", 60, "2026-11-25T11:07"),
        ("2026-11-25T16:00", 60, "2026-11-25T17:00"),
        ("2026-11-25T16:30", 60, "2026-11-26T09:30"),
        ("2026-11-25T16:30:20", 60, "2026-11-26T09:30:20"),
        ("2026-11-25T03:00", 60, "2026-11-25T10:00"),
        ("2026-11-20T16:59", 60, "2026-11-24T09:59"),  # a long weekend
        ("2026-12-30T15:00", 60, "2027-01-04T10:00"),  # the year's end
        ("2026-11-25T10:00", 480 * 2, "2026-11-27T10:00"),
        ("2026-11-25T10:00", 0, "2026-11-25T10:00"),
        ("2026-11-21T10:00", 0, "2026-11-24T09:00"),
    ],
)
def test_working_minutes_pass_only_while_desks_are_open(when: str, minutes: int, then: str) -> None:
    assert within_hours(at(when), minutes) == at(then)
    assert within_hours(at(when).astimezone(UTC), minutes) == at(then)


@given(
    when=st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(JAPAN)),  # noqa: DTZ001
    minutes=st.integers(1, 2000),
)
def test_a_working_moment_later_is_never_earlier(when: datetime, minutes: int) -> None:
    then = within_hours(when, minutes)
    assert then - when >= timedelta(minutes=minutes)
    assert is_open(then - timedelta(microseconds=1))
    assert within_hours(within_hours(when, minutes // 2), minutes - minutes // 2) in {
        then,
        within_hours(then, 0),
    }
