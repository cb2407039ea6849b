"""The real server beside the strict fake LINE, over real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import io
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp

from bot.clock import Clock, utc_now
from bot.settings import LineSettings, Settings
from bot.simulator.line.server import FakeLine
from bot.store.opening import migrate_store
from tests.bot.channels import serving
from tests.bot.channels.serving import PATIENCE, free_port, until

__all__ = ["SECRET", "TOKEN", "Place", "free_port", "play", "post", "process", "served", "until"]

SECRET = "a-channel-secret-of-the-tests"  # noqa: S105 - of the fake only
TOKEN = "a-token-of-the-tests"  # noqa: S105 - of the fake only


@dataclass(frozen=True)
class Place:
    """The fake LINE, and where the bot is."""

    line: FakeLine
    url: str
    database_url: str


def fake_line(clock: Clock = utc_now, patience: float = PATIENCE) -> FakeLine:
    """Make a LINE whose events happen by this clock, and that waits `patience` seconds."""
    return FakeLine(
        secret=SECRET,
        token=TOKEN,
        clock=lambda: clock().timestamp(),
        webhook_seconds=patience,
    )


@contextlib.asynccontextmanager
async def served(folder: Path, clock: Clock = utc_now, **own: Any) -> AsyncIterator[Place]:
    """Run the bot's server and a fake LINE in this event loop.

    `own` are settings that differ from the usual ones.
    """
    database_url = f"sqlite:///{folder}/navi.db"
    migrate_store(database_url)
    async with fake_line(clock) as line:
        settings = Settings(
            database_url, messages_per_minute=0, line=LineSettings(SECRET, TOKEN, line.base_url)
        )
        async with serving.running(replace(settings, **own), clock) as url:
            line.webhook_url = f"{url}/line/webhook"
            yield Place(line, url, database_url)


def play(folder: Path, scenario: Callable[[Place], Awaitable[None]]) -> None:
    """Run a scenario against a server of its own."""

    async def run() -> None:
        async with served(folder) as place:
            await scenario(place)

    asyncio.run(run())


async def post(url: str, body: bytes, **headers: str) -> int:
    """The status of a POST made by a stranger."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{url}/line/webhook", data=io.BytesIO(body), headers=headers) as response,
    ):
        return response.status


@contextlib.asynccontextmanager
async def process(
    database_url: str, api_base: str, port: int, few_files: int = 0, clock_file: str = ""
) -> AsyncIterator[subprocess.Popen[bytes]]:
    """`python -m bot serve` with LINE alone, as a process of its own."""
    environment = {
        "DATABASE_URL": database_url,
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": TOKEN,
        "LINE_API_BASE": api_base,
        **({"CLOCK_FILE": clock_file} if clock_file else {}),
    }
    async with serving.process(port, environment, few_files=few_files) as started:
        yield started
