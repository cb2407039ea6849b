"""The memory of a server once everything is loaded."""

from __future__ import annotations

import ctypes
import gc
import sys

YOUNG_OBJECTS = 20_000
"""Objects made between two rounds of the garbage collector, as many turns make.

At Python's 700 nearly all still live when it comes, so that it walks them for nothing.
"""


def settle_memory() -> None:
    """Keep what was loaded for good, and give back what loading needed besides."""
    gc.collect()
    # The garbage collector need not walk what stays again and again.
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)
    gc.enable()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of glibc alone
        if trim:
            trim(0)
