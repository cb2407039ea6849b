"""When a desk can be reached."""

from datetime import UTC, datetime

import pytest

from bot.hours import JAPAN, is_open, next_opening, spoken


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
def test_weekdays_nine_to_five(when: str, open_now: bool, opens: str) -> None:  # noqa: FBT001
    assert is_open(at(when)) is open_now
    assert spoken(next_opening(at(when))) == opens


def test_the_hour_is_japan_s_wherever_the_server_stands() -> None:
    assert is_open(datetime(2026, 11, 24, 1, 0, tzinfo=UTC))
    assert not is_open(datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
