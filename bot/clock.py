"""The time, as the composition root wants it told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Tells the time, with its zone."""


def utc_now() -> datetime:
    """Read the time of the machine."""
    return datetime.now(UTC)
