"""The real server beside the strict fake LINE, over real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import uvicorn

from bot.app import create_app
from bot.settings import LineSettings, Settings
from bot.simulator.line.server import FakeLine
from bot.store.opening import migrate_store

SECRET = "a-channel-secret-of-the-tests"  # noqa: S105 - of the fake only
TOKEN = "a-token-of-the-tests"  # noqa: S105 - of the fake only


@dataclass(frozen=True)
class Place:
    """The fake LINE, and where the bot is."""

    line: FakeLine
    url: str
    database_url: str


@contextlib.asynccontextmanager
async def served(folder: Path) -> AsyncIterator[Place]:
    """The bot's server and a fake LINE, in this event loop."""
    url = f"sqlite:///{folder}/navi.db"
    migrate_store(url)
    async with FakeLine(secret=SECRET, token=TOKEN) as line:
        settings = Settings(url, line=LineSettings(SECRET, TOKEN, line.base_url))
        config = uvicorn.Config(
            create_app(settings), port=0, log_level="warning", lifespan="on", access_log=False
        )
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        line.webhook_url = f"http://127.0.0.1:{port}/line/webhook"
        try:
            yield Place(line, f"http://127.0.0.1:{port}", url)
        finally:
            server.should_exit = True
            await task


def play(folder: Path, scenario: Callable[[Place], Awaitable[None]]) -> None:
    """Run a scenario against a server of its own."""

    async def run() -> None:
        async with served(folder) as place:
            await scenario(place)

    asyncio.run(run())


async def until(condition: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait for something that happens elsewhere; fails when it does not."""
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


async def post(url: str, body: bytes, **headers: str) -> int:
    """The status of a POST made by a stranger."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{url}/line/webhook", data=io.BytesIO(body), headers=headers) as response,
    ):
        return response.status


def free_port() -> int:
    """A port nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.asynccontextmanager
async def process(
    database_url: str, api_base: str, port: int
) -> AsyncIterator[subprocess.Popen[bytes]]:
    """`python -m bot serve` as a process of its own, ready when this enters."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
        "LINE_API_BASE": api_base,
        "LOG_LEVEL": "ERROR",
    }
    running = subprocess.Popen([sys.executable, "-m", "bot", "serve"], env=environment)
    try:
        await _ready(port, running)
        yield running
    finally:
        running.kill()
        running.wait()


async def _ready(port: int, running: subprocess.Popen[bytes]) -> None:
    async with asyncio.timeout(60), aiohttp.ClientSession() as session:
        while True:
            assert running.poll() is None, "the server ended by itself"
            with contextlib.suppress(aiohttp.ClientError):
                async with session.get(f"http://127.0.0.1:{port}/readyz") as response:
                    if response.ok:
                        return
            await asyncio.sleep(0.05)
