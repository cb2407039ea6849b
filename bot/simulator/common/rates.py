"""Limit calls by a bucket for every name."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """Allow a number of calls in a number of seconds.

    As many may come at once.
    """

    calls: int
    seconds: int


class Buckets:
    """A bucket of calls for every name, filled again as time passes."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, name: str, rate: Rate) -> int:
        """Take one call out of a bucket.

        Returns 0, or the seconds to wait when the bucket is empty.
        """
        now = self._clock()
        a_second = rate.calls / rate.seconds
        left, since = self._left.get(name, (float(rate.calls), now))
        left = min(rate.calls, left + (now - since) * a_second)
        if left < 1:
            return math.ceil((1 - left) / a_second)
        self._left[name] = (left - 1, now)
        return 0
