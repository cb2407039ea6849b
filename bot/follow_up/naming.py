"""Take the date an owner named, and ask once about an odd one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.model.business_hours import JAPAN
from bot.model.follow_up import FollowUp
from bot.understand.dates import DateProblem, read_date
from flows.follow_up import DateKind

FARTHEST = timedelta(days=5 * 366)
"""Distance from which a date is asked about. A plan and its three years are over by then."""


class Doubt(StrEnum):
    """Why a day that exists may not be meant."""

    PASSED = "passed"
    AHEAD = "ahead"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class Named:
    """Hold a date that was taken, and `before` for the one it replaces."""

    follow_up: FollowUp
    day: date
    before: date | None


@dataclass(frozen=True, slots=True)
class Questioned:
    """Hold a date that is asked about once more, with `why`.

    `day` is the odd day, if there is one.
    """

    follow_up: FollowUp
    why: Doubt | DateProblem
    day: date | None = None


def take_date(
    kind: DateKind, text: str, follow_up: FollowUp, now: datetime
) -> Named | Questioned | None:
    """Take the date of a message for `kind`, or None without one.

    A day that was asked about and is given again is meant. A text that is no day at all is not
    asked about a second time: then the result is None.
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
    """Keep a date, so that its reminders move along."""
    before = follow_up.dates.get(kind.id)
    return Named(follow_up.named(kind.id, day, now), day, before.day if before else None)


def doubt_day(kind: DateKind, day: date, today: date) -> Doubt | None:
    """Say why a day seems odd, or return None.

    It may lie on the wrong side of today, or far away.
    """
    if kind.passed and day > today:
        return Doubt.AHEAD
    if not kind.passed and day < today:
        return Doubt.PASSED
    return Doubt.FAR if abs(day - today) > FARTHEST else None
