"""Sentences of the home that depend on figures."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.slack.ui.wording import format_duration


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (timedelta(seconds=-5), "0分"),
        (timedelta(minutes=59, seconds=59), "59分"),
        (timedelta(hours=2), "2時間"),
        (timedelta(hours=23, minutes=1), "23時間1分"),
        (timedelta(days=3, hours=23), "3日"),
    ],
)
def test_format_duration_of_any_length_is_spoken(time: timedelta, said: str) -> None:
    assert format_duration(time) == said
