"""Run the server as a child, ended and restarted when a turn blocks it.

A pattern that backtracks holds Python's lock, so no thread of the same process could end it, and
other code in C does not even let a signal through. A parent can: it looks at the journal of events
ten times a second. It also keeps the listening socket, so that callers wait while a new child
starts, and ends the child after a stop, whatever the child is doing.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

import structlog

from bot.runtime.event_journal import Running

LOOK_SECONDS = 0.1
"""Seconds between two looks at the journal."""

STOP_SECONDS = 10.0
"""From a stop to the end of the child, whatever it does. `docker stop` waits as long."""

NOT_ORDERLY = 1
"""The exit code when a stop had to be forced."""

_STOPS = (signal.SIGTERM, signal.SIGINT)
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, of Linux' <sys/prctl.h>
_LOG = structlog.get_logger("watchdog")


@dataclass(slots=True)
class Stopwatch:
    """Measure the seconds of one piece of work, with its kind."""

    number: int = 0
    kind: str = ""
    seconds: float = 0.0

    def observe(self, running: Running | None, elapsed: float) -> None:
        """Take one look at the running work.

        Time in which nobody could look, as in a paused machine, does not count.
        """
        now = running or Running(0, "")
        same = now.number != 0 and now.number == self.number
        self.seconds = self.seconds + min(elapsed, 2 * LOOK_SECONDS) if same else 0.0
        self.number, self.kind = now.number, now.kind


class Watchdog:
    """Run `serve` in a child.

    `look` tells the child's running work, which may take at most `turn_seconds`.
    """

    def __init__(
        self, serve: Callable[[], int], look: Callable[[], Running | None], turn_seconds: float
    ) -> None:
        self._serve, self._look, self._turn_seconds = serve, look, turn_seconds
        self._stopped_at: float | None = None

    def run(self) -> int:
        """Serve until the end and return the exit code.

        In the child it returns the result of `serve`.
        """
        for each in _STOPS:
            signal.signal(each, self._stop)
        while True:
            child = _fork_child()
            if child == 0:
                return self._serve()
            code = self._await_end(child)
            if code is not None or self._stopped_at is not None:
                return NOT_ORDERLY if code is None else code

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopped_at = self._stopped_at or time.monotonic()

    def _await_end(self, child: int) -> int | None:
        """Wait for the child's exit code, or None when it had to be ended."""
        stopwatch, looked, told = Stopwatch(), time.monotonic(), False
        while True:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return _exit_code(status)
            if self._stopped_at is not None and not told:
                os.kill(child, signal.SIGTERM)
                told = True
            now = time.monotonic()
            stopwatch.observe(self._look(), now - looked)
            looked = now
            if self._is_over(stopwatch, now):
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return None
            time.sleep(LOOK_SECONDS)

    def _is_over(self, stopwatch: Stopwatch, now: float) -> bool:
        """Tell whether the child's time is over, and log why."""
        if stopwatch.seconds > self._turn_seconds:
            _LOG.error("a turn took too long", kind=stopwatch.kind, limit=self._turn_seconds)
            return True
        if self._stopped_at is not None and now - self._stopped_at > STOP_SECONDS:
            _LOG.error("the stop took too long", limit=STOP_SECONDS)
            return True
        return False


def _exit_code(status: int) -> int:
    """Read the exit code of a child, as a shell would show it.

    A child ended by a signal has 128 and the signal's number.
    """
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


def _fork_child() -> int:
    """Fork, returning 0 in the child and its id in the parent.

    A stop waits until the child can hear it.
    """
    parent = os.getpid()
    sys.stdout.flush()
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
    try:
        child = os.fork()
        if child == 0:
            _become_child(parent)
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)
    return child


def _become_child(parent: int) -> None:
    """Make this process a child that ends with its parent.

    The parent's handler of stops goes, and Ctrl-C reaches the parent alone. On Linux the child ends
    even after a `kill -9` of the parent.
    """
    for each in _STOPS:
        signal.signal(each, _leave)
    os.setpgid(0, 0)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:
            raise SystemExit(NOT_ORDERLY)


def _leave(_number: int, _frame: FrameType | None) -> None:
    """Exit on a stop that comes before or after uvicorn handles stops."""
    raise SystemExit(0)
