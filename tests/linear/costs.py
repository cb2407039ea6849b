"""Cost of a text, and whether the cost grows faster than the text."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

SMALL = (12, 16, 20, 24, 30, 40, 60, 90, 130, 180, 260, 380)
"""Lengths at which what grows exponentially is caught before it takes for ever."""

TOO_DEAR = 0.02
"""Seconds no text as short as those may cost."""

CHEAP = 0.004
"""Seconds under which a cost is too small to measure on a busy machine."""

STEEP = 2.5
TRIES = 4


def text_of(begin: str, part: str, tail: str, length: int) -> str:
    """Make a text of this length from a beginning, a repeated part, and an end."""
    room = max(length - len(begin) - len(tail), 0)
    return begin + (part * (room // len(part) + 1))[:room] + tail


def cost(run: Callable[[str], object], text: str, tries: int = 1) -> float:
    """Seconds of this thread's processor time, the best of several."""
    return min(_once(run, text) for _ in range(tries))


def _once(run: Callable[[str], object], text: str) -> float:
    # What was made by others is no cost of this text: the collector would look through all of it.
    gc.disable()
    try:
        begun = time.thread_time()
        run(text)
        return time.thread_time() - begun
    finally:
        gc.enable()


def growth(
    run: Callable[[str], object],
    make: Callable[[int], str],
    longest: int,
    dear: float = TOO_DEAR,
) -> float:
    """Divide the cost of the longest text by that of half of it.

    About 2 for what is linear. 0 for what is too cheap to tell, infinite where a short text costs
    more than `dear` seconds.
    """
    for length in SMALL:
        if cost(run, make(length)) > dear and cost(run, make(length), TRIES) > dear:
            return float("inf")
    if cost(run, make(longest)) < CHEAP:
        return 0.0
    ratio = 0.0
    for tries in (1, 2, TRIES, TRIES):
        ratio = cost(run, make(longest), tries) / cost(run, make(longest // 2), tries)
        if ratio <= STEEP:
            break
    return ratio
