"""The watchdog ends real children, and exits with the right code."""

import contextlib
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from bot.runtime.event_journal import Running
from bot.runtime.watchdog import LOOK_SECONDS, NOT_ORDERLY, Stopwatch

TURN = Running(7, "line text")


def test_stopwatch_adds_up_looks_at_the_same_work() -> None:
    watch = Stopwatch()
    for _ in range(11):
        watch.observe(TURN, LOOK_SECONDS)
    assert watch.seconds == pytest.approx(10 * LOOK_SECONDS)
    assert watch.kind == "line text"


@pytest.mark.parametrize("other", [None, Running(8, "line text")])
def test_stopwatch_begins_again_with_other_work(other: Running | None) -> None:
    watch = Stopwatch()
    watch.observe(TURN, LOOK_SECONDS)
    watch.observe(TURN, LOOK_SECONDS)
    watch.observe(other, LOOK_SECONDS)
    assert watch.seconds == 0


def test_stopwatch_counts_no_time_in_which_nobody_looked() -> None:
    """A machine that was paused for an hour."""
    watch = Stopwatch()
    watch.observe(TURN, LOOK_SECONDS)
    watch.observe(TURN, 3600.0)
    assert watch.seconds == 2 * LOOK_SECONDS


CHILD = """
import os, signal, sys, time
from bot.runtime.watchdog import Watchdog

def serve():
    {serve}

sys.exit(Watchdog(serve, lambda: None, 2).run())
"""


@contextlib.contextmanager
def started(serve: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a watchdog over a child that runs this code.

    Enters when the child has printed a line.
    """
    script = CHILD.format(serve=serve)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.readline()
        yield running


@pytest.mark.parametrize(
    ("serve", "code"),
    [
        ("return 0", 0),
        ("return 3", 3),
        ("os.kill(os.getpid(), signal.SIGSEGV)", 128 + signal.SIGSEGV),
        ("raise ValueError", 1),
    ],
)
def test_watchdog_ends_as_a_child_it_did_not_end(serve: str, code: int) -> None:
    with started(serve) as running:
        assert running.wait(30) == code


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_watchdog_stop_before_the_server_listens_is_orderly(stop: signal.Signals) -> None:
    with started("print('up', flush=True); time.sleep(60)") as running:
        running.send_signal(stop)
        assert running.wait(30) == 0


def test_watchdog_forces_the_stop_of_a_child_that_does_not_hear() -> None:
    deaf = "signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    with started(f"{deaf}; print('up', flush=True); time.sleep(60)") as running:
        running.terminate()
        assert running.wait(40) == NOT_ORDERLY
