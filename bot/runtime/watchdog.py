"""The server as a child that is ended when one turn holds it up, and started again.

A pattern that backtracks holds Python's lock, so no thread of the same process could end it, and
other code in C does not even let a signal through. A parent can: it looks at the journal of events
ten times a second. It also keeps the listening socket, so that callers wait while a new child
starts, and sees to it that a stop is a stop, whatever the child is doing.
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

STOP_SECONDS = 10.0
"""From a stop to the end of the child, whatever it does; as long as `docker stop` waits."""

NOT_ORDERLY = 1
"""The exit code when a stop had to be forced."""

_STOPS = (signal.SIGTERM, signal.SIGINT)
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, of Linux' <sys/prctl.h>
_LOG = structlog.get_logger("watchdog")


@dataclass(slots=True)
class Stopwatch:
    """Measure how long one piece of work has run, in seconds; name its kind."""

    number: int = 0
    kind: str = ""
    seconds: float = 0.0

    def see(self, running: Running | None, elapsed: float) -> None:
        """Take one look; time in which nobody could look, as in a paused machine, does not count."""
        now = running or Running(0, "")
        same = now.number != 0 and now.number == self.number
        self.seconds = self.seconds + min(elapsed, 2 * LOOK_SECONDS) if same else 0.0
        self.number, self.kind = now.number, now.kind


class Watchdog:
    """Runs `serve` in a child. `look` tells what it is working on, for at most `turn_seconds`."""

    def __init__(
        self, serve: Callable[[], int], look: Callable[[], Running | None], turn_seconds: float
    ) -> None:
        self._serve, self._look, self._turn_seconds = serve, look, turn_seconds
        self._stopped_at: float | None = None

    def run(self) -> int:
        """Serve until the end; the exit code. In the child it returns what `serve` returns."""
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
        """Wait for the child; its exit code, or None when it had to be ended."""
        stopwatch, looked, told = Stopwatch(), time.monotonic(), False
        while True:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return _exit_code(status)
            if self._stopped_at is not None and not told:
                os.kill(child, signal.SIGTERM)
                told = True
            now = time.monotonic()
            stopwatch.see(self._look(), now - looked)
            looked = now
            if self._is_over(stopwatch, now):
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return None
            time.sleep(LOOK_SECONDS)

    def _is_over(self, stopwatch: Stopwatch, now: float) -> bool:
        """Tell whether the child has had all the time it may have; says so."""
        if stopwatch.seconds > self._turn_seconds:
            _LOG.error("a turn took too long", kind=stopwatch.kind, limit=self._turn_seconds)
            return True
        if self._stopped_at is not None and now - self._stopped_at > STOP_SECONDS:
            _LOG.error("the stop took too long", limit=STOP_SECONDS)
            return True
        return False


def _exit_code(status: int) -> int:
    """Read the code a child ended with; of one that a signal ended, what a shell says."""
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


def _fork_child() -> int:
    """Fork: 0 in the child, its id in the parent. A stop waits until the child hears it."""
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
    """Leave the parent's stop behind, and Ctrl-C to it; end when it does, even by `kill -9`."""
    for each in _STOPS:
        signal.signal(each, _leave)
    os.setpgid(0, 0)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:
            raise SystemExit(NOT_ORDERLY)


def _leave(_number: int, _frame: FrameType | None) -> None:
    """End on a stop before the server listens for one, or raised again by it at its end."""
    raise SystemExit(0)
