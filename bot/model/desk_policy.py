"""Hold the desk's own settings.

These are its hours, the time in which it answers, and the staff it calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from bot.model.business_hours import OFFICES, Hours

PROMISES = (30, 60, 120, 240, 480)
"""Working minutes an answer may be promised in. The last is a day of the usual hours."""


@dataclass(frozen=True, slots=True)
class DeskPolicy:
    """The desk's rules for itself.

    `promise_minutes` are working minutes in which an answer is promised. `called` are the ids of
    whom to call when a promise passes or despair is heard, and nobody has the case.
    """

    hours: Hours = OFFICES
    promise_minutes: int = 60
    called: tuple[str, ...] = ()


USUAL = DeskPolicy()


def to_dict(policy: DeskPolicy) -> dict[str, Any]:
    """Write a policy as JSON-able data."""
    hours = policy.hours
    return {
        "opens": hours.opens.isoformat("minutes"),
        "closes": hours.closes.isoformat("minutes"),
        "days": sorted(hours.days),
        "closed": sorted(each.isoformat() for each in hours.closed),
        "promise": policy.promise_minutes,
        "called": list(policy.called),
    }


def from_dict(data: Mapping[str, Any]) -> DeskPolicy:
    """Read a policy from `to_dict`."""
    hours = Hours(
        time.fromisoformat(data["opens"]),
        time.fromisoformat(data["closes"]),
        frozenset(map(int, data["days"])),
        frozenset(map(date.fromisoformat, data["closed"])),
    )
    return DeskPolicy(hours, int(data["promise"]), tuple(data["called"]))
