"""Take the date an owner named; one that cannot be meant is asked about, once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.model.business_hours import JAPAN
from bot.model.follow_up import FollowUp
from bot.understand.dates import DateProblem, read_date
from flows.follow_up import DateKind

FARTHEST = timedelta(days=5 * 366)
"""A date farther away is asked about: a plan and its three years are over by then."""


class Doubt(StrEnum):
    """Why a day that exists may not be meant."""

    PASSED = "passed"
    AHEAD = "ahead"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class Named:
    """A date was taken; `before` is the one it replaces, None for the first."""

    follow_up: FollowUp
    day: date
    before: date | None


@dataclass(frozen=True, slots=True)
class Questioned:
    """What was written cannot be meant: `why`, and the day there would be; it is asked for once more."""

    follow_up: FollowUp
    why: Doubt | DateProblem
    day: date | None = None


def take_date(
    kind: DateKind, text: str, follow_up: FollowUp, now: datetime
) -> Named | Questioned | None:
    """Take the date of a message for `kind`; None where there is none in it.

    A day that was asked about and is given again is meant. What is no day at all is not asked about a
    second time: then there is None.
    """
    today = now.astimezone(JAPAN).date()
    read = read_date(text, today, passed=kind.passed, by_month=kind.by_month)
    if read is None:
        return None
    asked_before = follow_up.doubted
    if read.problem or read.day is None:
        problem = read.problem or DateProblem.IMPOSSIBLE
        questioned = replace(follow_up, asking=kind.id, doubted=problem.value)
        return None if asked_before in set(DateProblem) else Questioned(questioned, problem)
    doubt = doubt_day(kind, read.day, today)
    if doubt and asked_before != read.day.isoformat():
        questioned = replace(follow_up, asking=kind.id, doubted=read.day.isoformat())
        return Questioned(questioned, doubt, read.day)
    return keep_date(kind, read.day, follow_up, now)


def keep_date(kind: DateKind, day: date, follow_up: FollowUp, now: datetime) -> Named:
    """Keep a date; what depends on an earlier one moves with it."""
    before = follow_up.dates.get(kind.id)
    return Named(follow_up.named(kind.id, day, now), day, before.day if before else None)


def doubt_day(kind: DateKind, day: date, today: date) -> Doubt | None:
    """Tell why a day may not be meant: it lies on the wrong side of today, or far away."""
    if kind.passed and day > today:
        return Doubt.AHEAD
    if not kind.passed and day < today:
        return Doubt.PASSED
    return Doubt.FAR if abs(day - today) > FARTHEST else None
