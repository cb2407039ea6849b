"""Days and hours are written as people say them."""

from datetime import datetime

from bot.model.business_hours import JAPAN
from bot.presentation.times import say_moment, say_moment_from


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAPAN)


def test_say_moment_with_minutes_says_them_and_today_as_today() -> None:
    moment = at("2026-11-25T11:07")
    assert say_moment(moment) == "11月25日（水）11時7分"
    assert say_moment_from(moment, at("2026-11-25T00:10")) == "今日の11時7分"
    assert say_moment_from(moment, at("2026-11-24T23:50")) == "11月25日（水）11時7分"
