"""Tell the time as the composition root wants it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]
"""Tells the time, with its zone."""


def utc_now() -> datetime:
    """Read the time of the machine."""
    return datetime.now(UTC)


def clock_ahead(file: Path) -> Clock:
    """Make a clock that goes ahead by a file's number of seconds.

    A rehearsal can thereby let months pass.
    """
    return lambda: utc_now() + read_ahead(file)


def read_ahead(file: Path) -> timedelta:
    """Read the seconds by which the clock goes ahead, or 0."""
    try:
        return timedelta(seconds=float(file.read_text("ascii")))
    except (OSError, ValueError):
        return timedelta()
