"""The time, as the composition root wants it told."""

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
    """Make a clock that goes ahead by what a file says, so that a rehearsal can let months pass."""
    return lambda: utc_now() + read_ahead(file)


def read_ahead(file: Path) -> timedelta:
    """Read by how many seconds the clock goes ahead; nothing where the file says nothing."""
    try:
        return timedelta(seconds=float(file.read_text("ascii")))
    except (OSError, ValueError):
        return timedelta()
