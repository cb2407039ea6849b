"""Run the bot's own server as a child process, killed and started at will.

The command is `python -m bot serve`.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import aiohttp

import bot
from bot.settings import VARIABLES

READY_SECONDS = 60.0
"""Seconds in which the bot has to be ready."""

STOP_SECONDS = 5.0
"""Seconds in which the bot ends before it is killed."""

LOOK_SECONDS = 0.4
"""Seconds between two looks at the bot's health."""

LOG_LINES = 200
"""Latest lines of the log that are kept."""


class BotDiedError(Exception):
    """Tell that the bot's server did not come up.

    The message holds the last lines of its log.
    """


@dataclass(frozen=True, slots=True)
class Health:
    """Hold the last answer of /readyz, and the waiting deliveries."""

    up: bool = False
    undelivered: int = 0


def free_port() -> int:
    """Find a port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(own: Mapping[str, str]) -> dict[str, str]:
    """Make the child's environment from `own`, without the bot's settings of ours.

    A newcomer's real secrets, set for another purpose, must not get into the demo.
    """
    kept = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    home = str(Path(bot.__file__).parents[1])
    path = os.pathsep.join(filter(None, (home, kept.get("PYTHONPATH", ""))))
    return {**kept, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1", **own}


class ServedBot:
    """The server, one process after the other at the same address.

    `starts` counts the processes, `health` is renewed all the time, `log` holds the last lines.
    """

    def __init__(self, settings: Mapping[str, str]) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.starts = 0
        self.health = Health()
        self.log: deque[str] = deque(maxlen=LOG_LINES)
        token = secrets.token_urlsafe()
        self._watching = {"Authorization": f"Bearer {token}"}
        own = {**settings, "PORT": str(self.port), "METRICS_TOKEN": token, "PUBLIC_URL": self.url}
        self._environment = environment(own)
        self._process: Process | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._changing = asyncio.Lock()

    @property
    def process_id(self) -> int | None:
        """The id of the running process, or None."""
        running = self._process is not None and self._process.returncode is None
        return self._process.pid if self._process and running else None

    async def start(self) -> None:
        """Start a process, if none runs, and wait until it is ready.

        Raises BotDiedError.
        """
        async with self._changing:
            if self.process_id is not None:
                return
            await self._end_tasks()
            # A session of its own: Ctrl-C is for the demo, which then ends the child.
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "serve"),
                env=self._environment,
                stdout=DEVNULL,
                stderr=PIPE,
                start_new_session=True,
            )
            self.starts += 1
            self._tasks = [asyncio.create_task(self._read_log(self._process))]
            await self._until_ready(self._process)
            self._tasks.append(asyncio.create_task(self._keep_looking(self._process)))

    async def kill(self) -> None:
        """Kill the process by `kill -9`, with nothing finished."""
        async with self._changing:
            if self._process and self._process.returncode is None:
                self._process.kill()
                await self._process.wait()
            await self._end_tasks()
            self.health = Health(undelivered=self.health.undelivered)

    async def stop(self) -> None:
        """Ask the process to end, and make sure that it does."""
        if self._process and self._process.returncode is None:
            self._process.terminate()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), STOP_SECONDS)
        await self.kill()

    async def _end_tasks(self) -> None:
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _read_log(self, process: Process) -> None:
        assert process.stderr is not None  # noqa: S101 - it was made with a pipe
        async for line in process.stderr:
            self.log.append(line.decode("utf-8", "replace").rstrip())

    async def _until_ready(self, process: Process) -> None:
        async with aiohttp.ClientSession() as session:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(READY_SECONDS):
                    while process.returncode is None:
                        self.health = await self._look(session)
                        if self.health.up:
                            return
                        await asyncio.sleep(0.05)
        last = "\n".join(list(self.log)[-20:])
        raise BotDiedError(f"The bot's server did not come up. Its last words:\n{last}")

    async def _keep_looking(self, process: Process) -> None:
        async with aiohttp.ClientSession() as session:
            while process.returncode is None:
                self.health = await self._look(session)
                await asyncio.sleep(LOOK_SECONDS)
        self.health = Health(undelivered=self.health.undelivered)

    async def _look(self, session: aiohttp.ClientSession) -> Health:
        try:
            async with session.get(f"{self.url}/readyz", headers=self._watching) as response:
                body = await response.json()
                return Health(response.ok, int(body.get("undelivered", 0)))
        except (aiohttp.ClientError, ValueError, TimeoutError):
            return Health(undelivered=self.health.undelivered)
