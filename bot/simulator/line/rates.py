"""How often an endpoint may be called.

Source: https://developers.line.biz/en/reference/messaging-api/#rate-limits
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.simulator.line.state import rate_limit


@dataclass(frozen=True, slots=True)
class Rate:
    """So many calls in so many seconds."""

    calls: int
    seconds: int


USUAL = Rate(2000, 1)
LOADING = Rate(100, 1)
WEBHOOK_SETTINGS = Rate(1000, 60)
WEBHOOK_TEST = Rate(60, 3600)
RICH_MENUS = Rate(100, 3600)


class Rates:
    """A bucket of calls for every endpoint, filled again as time passes."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}

    def count(self, endpoint: str, rate: Rate) -> None:
        """Count one call; refused when the bucket is empty."""
        now = self._clock()
        left, since = self._left.get(endpoint, (float(rate.calls), now))
        left = min(rate.calls, left + (now - since) * rate.calls / rate.seconds)
        if left < 1:
            raise rate_limit()
        self._left[endpoint] = (left - 1, now)
