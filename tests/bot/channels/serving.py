"""The real server, in this event loop or as a process, and waiting for its work."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import socket
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from starlette.types import ASGIApp

from bot.app import create_app
from bot.clock import Clock, utc_now
from bot.door import server
from bot.door.connections import Limits
from bot.settings import Settings
from flows.keiei.programme import KEIEI
from flows.programme import Programme

Scenario = Callable[[str], Coroutine[Any, Any, None]]
"""A story that is played with the store at this address."""

UNHURRIED = {"MESSAGES_PER_MINUTE": "0", "TURN_SECONDS": "20"}
"""Settings without the limits on speed.

Tests write faster than people do, and on busy machines a first turn may take seconds.
"""

METRICS_TOKEN = "a-token-of-those-who-watch"  # noqa: S105 - of the tests only
WATCHING = {"Authorization": f"Bearer {METRICS_TOKEN}"}
"""Header of callers who may see the metrics."""


class Watch:
    """A clock that goes on from the time it is set to."""

    def __init__(self, shows: datetime | None = None) -> None:
        self._ahead = timedelta()
        if shows:
            self.set(shows)

    def __call__(self) -> datetime:
        return utc_now() + self._ahead

    def set(self, shows: datetime) -> None:
        """Set the clock to this time (with its zone)."""
        self._ahead = shows - utc_now()

    def advance(self, **span: float) -> None:
        """Let time pass, given as for `timedelta` (`hours=2`)."""
        self._ahead += timedelta(**span)


@contextlib.asynccontextmanager
async def running(
    settings: Settings,
    clock: Clock = utc_now,
    limits: Limits | None = None,
    programme: Programme = KEIEI,
) -> AsyncIterator[str]:
    """Run the bot's server in this event loop, and yield its address when ready."""
    app = create_app(replace(settings, metrics_token=METRICS_TOKEN), clock, programme)
    async with listening(app, limits or Limits()) as url:
        yield url


@contextlib.asynccontextmanager
async def listening(app: ASGIApp, limits: Limits) -> AsyncIterator[str]:
    """Run an app behind our door in this event loop, and yield its address."""
    served = server.build(app, limits)
    listening = socket.create_server(("127.0.0.1", 0), backlog=2048)
    task = asyncio.create_task(served.serve(sockets=[listening]))
    while not served.started:
        assert not task.done(), "the server ended by itself"
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        served.should_exit = True
        await task
        listening.close()


@contextlib.asynccontextmanager
async def process(
    port: int,
    environment: Mapping[str, str],
    module: str = "bot",
    log: int | None = None,
    few_files: int = 0,
    folder: Path | None = None,
) -> AsyncIterator[subprocess.Popen[bytes]]:
    """Run `python -m bot serve` as a process in `folder`, ready when this enters.

    `module` is what is run in place of `bot`; `log` is a file to write its log to. How fast a
    person may write is not limited unless `environment` says so. With `few_files` it may have no
    more descriptors than that.
    """
    ours = {
        "PORT": str(port),
        "LOG_LEVEL": "ERROR",
        "METRICS_TOKEN": METRICS_TOKEN,
        "TURN_SECONDS": str(int(PATIENCE)),
    }
    command = [sys.executable, "-m", module, "serve"]
    if few_files:
        command = ["sh", "-c", f'ulimit -n {few_files}; exec "$@"', "sh", *command]
    known = {**os.environ, "PYTHONPATH": str(Path.cwd()), **UNHURRIED, **ours, **environment}
    started = subprocess.Popen(command, env=known, stderr=log, cwd=folder)
    try:
        await _ready(port, started)
        yield started
    finally:
        started.kill()
        started.wait()


async def _ready(port: int, started: subprocess.Popen[bytes]) -> None:
    async with asyncio.timeout(LONGEST), aiohttp.ClientSession() as session:
        while True:
            assert started.poll() is None, "the server ended by itself"
            with contextlib.suppress(aiohttp.ClientError):
                async with session.get(f"http://127.0.0.1:{port}/readyz") as response:
                    if response.ok:
                        return
            await asyncio.sleep(0.05)


PATIENCE = 20.0
"""Seconds that a fake waits for the bot, long enough for a busy machine.

What is tested is the answer. LINE's own two seconds and Slack's three are tested with the fakes.
"""


LONGEST = 120.0
"""Seconds to wait for a state. One that comes costs nothing, however long it may take."""


async def until(condition: Callable[[], bool]) -> None:
    """Wait until the condition holds, or fail after a time that no busy machine needs."""
    async with asyncio.timeout(LONGEST):
        while not condition():
            await asyncio.sleep(0.01)


def free_port() -> int:
    """Find a port that nobody listens on.

    Below those the system hands out by itself (32768 and up on Linux), and apart for each worker of
    xdist, so that nobody takes it between now and the start of the server.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for port in random.sample(range(10_000 + worker * 1_000, 11_000 + worker * 1_000), 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("a hundred ports are all taken")


def count(database_url: str, query: str) -> int:
    """The one number that a query of the store gives."""
    connection = sqlite3.connect(database_url.removeprefix("sqlite:///"))
    try:
        found: int = connection.execute(query).fetchone()[0]
    finally:
        connection.close()
    return found


async def write(database_url: str, statement: str, *values: Any) -> int:
    """Change the store's file over another connection, and return the number of rows changed.

    A thread waits for the lock: the server may hold it, and its loop is the one of the test.
    """
    return await asyncio.to_thread(_write, database_url, statement, values)


def _write(database_url: str, statement: str, values: tuple[Any, ...]) -> int:
    path = database_url.removeprefix("sqlite:///")
    with contextlib.closing(sqlite3.connect(path, timeout=60)) as database, database:
        return database.execute(statement, values).rowcount


async def idle(database_url: str) -> None:
    """Wait until everything was delivered."""
    await until(lambda: count(database_url, "SELECT count(*) FROM outbox") == 0)


def listener(port: int) -> socket.socket:
    """Open a socket that listens on this port.

    Raises OSError while another process listens there.
    """
    return socket.create_server(("127.0.0.1", port))
