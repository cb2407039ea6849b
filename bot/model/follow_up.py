"""Hold the reminders an owner agreed to, and the dates they named.

They live in the owner's conversation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any

_ID_LENGTH = 12
"""Hexadecimal digits of a follow-up's id."""

TIMER = "follow:"
"""Begins the name of the timer of a next reminder."""


@dataclass(frozen=True, slots=True)
class NamedDate:
    """Hold a date that the owner or staff named, and when they did."""

    day: date
    named_at: datetime


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Hold the option tapped for each question of a check-in."""

    on: date
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Hold a follow-up of an owner.

    `id` tells nothing of the person; it names the timer and spreads the hours. `agreed_at` is when
    they agreed to be followed up, `paused_at` when they wished to be asked once to go on; without
    either nothing is sent. `dates` are the named dates by kind. `called` says that they have
    called, `half_years` that they want a reminder each half year too. `papers_left` counts the
    missing papers of the application, `papers_at` is when they were first listed. `done` names the
    reminders that were said or have passed, `silent` is how many were sent since they last wrote,
    `said_at` when the last one was, `next_at` when the timer of the next is set. `asking` is the
    kind of date being asked for, `doubted` a date (ISO) that was asked about and may be given
    again. `resumed` says that they want their reminders although they have written of despair.
    `checking` are the options tapped in a running check-in, `check_ins` the finished ones,
    oldest first.
    """

    id: str
    agreed_at: datetime | None = None
    paused_at: datetime | None = None
    dates: Mapping[str, NamedDate] = field(default_factory=dict)
    called: bool = False
    half_years: bool = False
    papers_left: int = 0
    papers_at: datetime | None = None
    done: tuple[str, ...] = ()
    silent: int = 0
    said_at: datetime | None = None
    next_at: datetime | None = None
    asking: str = ""
    doubted: str = ""
    resumed: bool = False
    checking: Mapping[str, str] = field(default_factory=dict)
    check_ins: tuple[CheckIn, ...] = ()

    @property
    def timer(self) -> str:
        """The name of the timer of the next reminder."""
        return f"{TIMER}{self.id}"

    def named(self, kind: str, day: date, at: datetime) -> FollowUp:
        """Keep a date in place of an earlier one.

        No date is being asked for any more.
        """
        dates = {**self.dates, kind: NamedDate(day, at)}
        return replace(self, dates=dates, asking="", doubted="")

    def without(self, kind: str) -> FollowUp:
        """Drop a date, and with it its reminders."""
        return replace(self, dates={name: day for name, day in self.dates.items() if name != kind})


def follow_up_id(key: str, at: datetime) -> str:
    """Make an id from the person and the moment, revealing neither."""
    known = f"follow-up {key} {at.isoformat()}".encode()
    return hashlib.sha256(known).hexdigest()[:_ID_LENGTH]


_FIELDS = tuple(each.name for each in fields(FollowUp))
_MOMENTS = ("agreed_at", "paused_at", "papers_at", "said_at", "next_at")


def to_dict(follow_up: FollowUp) -> dict[str, Any]:
    """Write the set fields as JSON-able data."""
    data = {name: value for name in _FIELDS if (value := getattr(follow_up, name))}
    for name in data.keys() & _MOMENTS:
        data[name] = data[name].isoformat()
    if follow_up.dates:
        named = follow_up.dates.items()
        data["dates"] = {
            kind: [each.day.isoformat(), each.named_at.isoformat()] for kind, each in named
        }
    if follow_up.check_ins:
        data["check_ins"] = [
            [each.on.isoformat(), dict(each.options)] for each in follow_up.check_ins
        ]
    return data


def from_dict(data: Mapping[str, Any]) -> FollowUp:
    """Read a follow-up from `to_dict`, ignoring fields of another version."""
    kept = {name: value for name, value in data.items() if name in _FIELDS}
    for name in kept.keys() & _MOMENTS:
        kept[name] = datetime.fromisoformat(kept[name])
    kept["done"] = tuple(kept.get("done", ()))
    kept["dates"] = {
        kind: NamedDate(date.fromisoformat(day), datetime.fromisoformat(at))
        for kind, (day, at) in kept.get("dates", {}).items()
    }
    kept["check_ins"] = tuple(
        CheckIn(date.fromisoformat(on), options) for on, options in kept.get("check_ins", ())
    )
    return FollowUp(**kept)
