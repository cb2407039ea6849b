"""Round lengths of time to steps for counting.

No single case can then be recognised.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import accumulate

STEPS = (15, 30, 60, 120, 240, 480, 1440, 4320)
"""Minutes. A length of time counts under the first step it is within."""

LONGER = "more"
"""Stands for a time beyond the last step."""

ORDER = (*map(str, STEPS), LONGER)


def find_step(span: timedelta) -> str:
    """Find the step a length of time is counted under."""
    minutes = span / timedelta(minutes=1)
    return next((str(each) for each in STEPS if minutes <= each), LONGER)


def find_median(counts: Mapping[str, int]) -> str:
    """Find the step within which half of the counts are, or ""."""
    in_order = [counts.get(each, 0) for each in ORDER]
    total = sum(in_order)
    reached = zip(ORDER, accumulate(in_order), strict=True)
    return next((step for step, so_far in reached if so_far and 2 * so_far >= total), "")
