"""The real server in this event loop or as a process of its own, and waiting for what it does."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import uvicorn

from bot.app import create_app
from bot.clock import Clock, utc_now
from bot.settings import Settings

Scenario = Callable[[str], Coroutine[Any, Any, None]]
"""What happens with the store at this address."""

UNHURRIED = {"MESSAGES_PER_MINUTE": "0"}
"""Tests write faster than people do."""


class Watch:
    """A clock that goes on from whatever it is set to."""

    def __init__(self, shows: datetime | None = None) -> None:
        self._ahead = timedelta()
        if shows:
            self.set(shows)

    def __call__(self) -> datetime:
        return utc_now() + self._ahead

    def set(self, shows: datetime) -> None:
        """Let it be this time (with its zone)."""
        self._ahead = shows - utc_now()

    def advance(self, **span: float) -> None:
        """Let time pass: `hours=2` and the like."""
        self._ahead += timedelta(**span)


@contextlib.asynccontextmanager
async def running(settings: Settings, clock: Clock = utc_now) -> AsyncIterator[str]:
    """The bot's server in this event loop; its address, when it is ready."""
    app = create_app(settings, clock)
    config = uvicorn.Config(app, port=0, log_level="warning", lifespan="on", access_log=False)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        assert not task.done(), "the server ended by itself"
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task


@contextlib.asynccontextmanager
async def process(
    port: int, environment: Mapping[str, str], module: str = "bot", log: int | None = None
) -> AsyncIterator[subprocess.Popen[bytes]]:
    """`python -m bot serve` as a process of its own, ready when this enters.

    `module` is what is run in place of `bot`; `log` is a file to write its log to. How fast a
    person may write is not limited unless `environment` says so.
    """
    known = {**os.environ, **UNHURRIED, "PORT": str(port), "LOG_LEVEL": "ERROR", **environment}
    started = subprocess.Popen([sys.executable, "-m", module, "serve"], env=known, stderr=log)
    try:
        await _ready(port, started)
        yield started
    finally:
        started.kill()
        started.wait()


async def _ready(port: int, started: subprocess.Popen[bytes]) -> None:
    async with asyncio.timeout(60), aiohttp.ClientSession() as session:
        while True:
            assert started.poll() is None, "the server ended by itself"
            with contextlib.suppress(aiohttp.ClientError):
                async with session.get(f"http://127.0.0.1:{port}/readyz") as response:
                    if response.ok:
                        return
            await asyncio.sleep(0.05)


async def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait for something that happens elsewhere; fails when it does not."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def count(database_url: str, query: str) -> int:
    """The one number that a query of the store gives."""
    connection = sqlite3.connect(database_url.removeprefix("sqlite:///"))
    try:
        found: int = connection.execute(query).fetchone()[0]
    finally:
        connection.close()
    return found


async def idle(database_url: str) -> None:
    """Wait until everything was delivered."""
    await until(lambda: count(database_url, "SELECT count(*) FROM outbox") == 0, 60)


def listener(port: int) -> socket.socket:
    """A socket that listens there; OSError while somebody else does."""
    return socket.create_server(("127.0.0.1", port))
