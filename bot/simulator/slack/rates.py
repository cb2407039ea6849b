"""How often a method may be called.

Source: https://docs.slack.dev/apis/web-api/rate-limits
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from bot.simulator.slack.answers import limited


@dataclass(frozen=True, slots=True)
class Rate:
    """So many calls in so many seconds; as many may come at once."""

    calls: int
    seconds: int


TIER_2 = Rate(20, 60)
TIER_3 = Rate(50, 60)
TIER_4 = Rate(100, 60)
SPECIAL = Rate(600, 60)
"""Methods with hundreds of calls a minute to spare."""
POSTING = Rate(4, 4)
"""One message a second to a channel, and short bursts; Slack does not say how short."""


class Rates:
    """A bucket of calls for every method, or method and channel, filled again as time passes."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}

    def count(self, name: str, rate: Rate) -> None:
        """Count one call; refused when the bucket is empty."""
        now = self._clock()
        a_second = rate.calls / rate.seconds
        left, since = self._left.get(name, (float(rate.calls), now))
        left = min(rate.calls, left + (now - since) * a_second)
        if left < 1:
            raise limited(math.ceil((1 - left) / a_second))
        self._left[name] = (left - 1, now)
