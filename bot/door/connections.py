"""Limit the number of connections and the time of a request.

A stranger who opens connections and says nothing must not keep owners' webhooks out. So a caller
who is being served stays; one who has not finished asking after `request_seconds` goes; and where
there is no room left, the one who has been asking longest makes some.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol

import structlog

from bot import metrics

MOST_CONNECTIONS = 1000
"""Far more than LINE and Slack ever open. Each costs some kilobytes."""

REQUEST_SECONDS = 10.0
"""Seconds for a whole request. A webhook needs far fewer, even on a bad line."""

RESERVED_FILES = 256
"""Descriptors kept for the database, and for calls to LINE and Slack (100 each)."""

QUIET_SECONDS = 10.0
"""Between two log lines of one kind. An attack must not fill the disk."""

_LOG = structlog.get_logger("door")


@dataclass(frozen=True, slots=True)
class Limits:
    """Limit the connections at once, and the seconds for a whole request."""

    connections: int = MOST_CONNECTIONS
    request_seconds: float = REQUEST_SECONDS


class Visitor(Protocol):
    """One connection."""

    def turn_away(self, status: HTTPStatus) -> None:
        """Answer with this status and close."""


class Door:
    """Know every connection, those still asking and those being served.

    Those asking are in order, the longest first.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._asking: dict[Visitor, float] = {}  # since when, by the loop's clock; oldest first
        self._served: set[Visitor] = set()
        self._alarm: asyncio.TimerHandle | None = None
        self._told: dict[str, float] = {}
        self._untold: dict[str, int] = {}

    def enter(self, visitor: Visitor) -> None:
        """Let a connection in. Without room the one asking longest must go."""
        self.ask(visitor)
        if len(self._asking) + len(self._served) > self._limits.connections:
            self._turn_away(next(iter(self._asking)), HTTPStatus.SERVICE_UNAVAILABLE)

    def ask(self, visitor: Visitor) -> None:
        """Wait for the request of a new connection, or the next one."""
        self.leave(visitor)
        now = asyncio.get_running_loop().time()
        # A dict keeps its order, so the first visitor has been asking longest. No search is needed.
        self._asking[visitor] = now
        if self._alarm is None:
            self._set_alarm(now)

    def serve(self, visitor: Visitor) -> None:
        """Serve a request that has come whole."""
        if self._asking.pop(visitor, None) is not None:
            self._served.add(visitor)

    def leave(self, visitor: Visitor) -> None:
        """Forget a connection that has ended."""
        self._asking.pop(visitor, None)
        self._served.discard(visitor)

    def refuse(self, visitor: Visitor, status: HTTPStatus) -> None:
        """Turn away a caller with a request nobody needs, such as an endless header."""
        self._turn_away(visitor, status)

    def _set_alarm(self, oldest: float) -> None:
        loop = asyncio.get_running_loop()
        self._alarm = loop.call_at(oldest + self._limits.request_seconds, self._end_the_late)

    def _end_the_late(self) -> None:
        # One alarm for all, not a timer for each connection.
        self._alarm = None
        since = asyncio.get_running_loop().time() - self._limits.request_seconds
        while self._asking:
            visitor, began = next(iter(self._asking.items()))
            if began > since:
                self._set_alarm(began)
                return
            self._turn_away(visitor, HTTPStatus.REQUEST_TIMEOUT)

    def _turn_away(self, visitor: Visitor, status: HTTPStatus) -> None:
        self.leave(visitor)
        with contextlib.suppress(OSError):
            visitor.turn_away(status)
        metrics.turned_away.labels(status.value).inc()
        self._tell(status)

    def _tell(self, status: HTTPStatus) -> None:
        """Log a refusal, with the number since the last line.

        One line for many, as there may be thousands.
        """
        why, now = status.phrase.lower(), asyncio.get_running_loop().time()
        self._untold[why] = self._untold.get(why, 0) + 1
        if now - self._told.get(why, -QUIET_SECONDS) >= QUIET_SECONDS:
            self._told[why] = now
            _LOG.warning(
                "connections turned away",
                why=why,
                connections=self._untold.pop(why),
                open=len(self._asking) + len(self._served),
            )
