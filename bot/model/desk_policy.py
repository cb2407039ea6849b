"""Hold the desk's own settings.

These are its hours, the time in which it answers, and the staff it calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from bot.model.business_hours import OFFICES, Hours

PROMISES = (30, 60, 120, 240, 480)
"""Working minutes an answer may be promised in. The last is a day of the usual hours."""


@dataclass(frozen=True, slots=True)
class DeskPolicy:
    """The desk's rules for itself.

    `promise_minutes` are working minutes in which an answer is promised. `called` are the ids of
    whom to call when a promise passes or despair is heard, and nobody has the case. `regions` are the
    channels that answer owners of a prefecture, by its code; the others go to the desk's own.
    """

    hours: Hours = OFFICES
    promise_minutes: int = 60
    called: tuple[str, ...] = ()
    regions: Mapping[str, str] = field(default_factory=dict)

    def find_desk(self, prefecture: str) -> str:
        """Find the channel that answers a prefecture, or "" for the desk's own."""
        return self.regions.get(prefecture, "")

    def list_prefectures(self, channel: str) -> tuple[str, ...]:
        """List the prefectures that a channel answers."""
        return tuple(sorted(code for code, each in self.regions.items() if each == channel))


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
        "regions": dict(sorted(policy.regions.items())),
    }


def from_dict(data: Mapping[str, Any]) -> DeskPolicy:
    """Read a policy from `to_dict`."""
    hours = Hours(
        time.fromisoformat(data["opens"]),
        time.fromisoformat(data["closes"]),
        frozenset(map(int, data["days"])),
        frozenset(map(date.fromisoformat, data["closed"])),
    )
    regions = {str(code): str(channel) for code, channel in data.get("regions", {}).items()}
    return DeskPolicy(hours, int(data["promise"]), tuple(data["called"]), regions)
