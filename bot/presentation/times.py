"""Say days and hours as people do, in Japanese time."""

from __future__ import annotations

from datetime import date, datetime

from bot.model.business_hours import JAPAN
from bot.presentation.wording import say


def say_moment(moment: datetime) -> str:
    """Say a day and time, as 11月24日（火）9時, 11月24日（火）9時40分."""
    return say_day(moment) + _say_time(moment.astimezone(JAPAN))


def say_day(moment: datetime) -> str:
    """Say the day of a moment, as 11月24日（火）."""
    return say_date(moment.astimezone(JAPAN).date())


def say_date(day: date) -> str:
    """Say a day of the calendar, as 11月24日（火）."""
    weekday = say("times.weekdays")[day.weekday()]
    return say("times.day", month=day.month, day=day.day, weekday=weekday)


def say_full_date(day: date) -> str:
    """Say a day of any year, as 2027年3月31日."""
    return say("times.date", year=day.year, month=day.month, day=day.day)


def say_moment_from(moment: datetime, now: datetime) -> str:
    """Say a day and time, or 今日の11時 on the day of `now`."""
    local = moment.astimezone(JAPAN)
    same_day = local.date() == now.astimezone(JAPAN).date()
    return say("times.today_at", time=_say_time(local)) if same_day else say_moment(moment)


def say_span(minutes: int) -> str:
    """Say a length of time, as 30分, 1時間, 1時間30分."""
    hours, rest = divmod(minutes, 60)
    whole = say("times.hours", count=hours) if hours else ""
    return whole + (say("times.minutes", count=rest) if rest or not hours else "")


def _say_time(local: datetime) -> str:
    if local.minute:
        return say("times.hour_and_minute", hour=local.hour, minute=local.minute)
    return say("times.hour", hour=local.hour)
