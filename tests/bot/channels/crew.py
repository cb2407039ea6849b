"""Several processes of the bot behind one address, of which some are killed or paused."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.store.postgresql.claiming import LEASE
from tests.bot.channels import serving
from tests.bot.channels.serving import free_port

Process = subprocess.Popen[bytes]


@dataclass(frozen=True)
class Version:
    """A program: the module that is run, and the folder it is found in."""

    module: str
    code: Path

    def locate(self, known: Mapping[str, str]) -> dict[str, str]:
        """Add to these settings where the program is."""
        return {**known, "PYTHONPATH": str(self.code)}

    async def migrate(self, known: Mapping[str, str]) -> None:
        """Bring the database to this version's schema, as a process of its own."""
        command = [sys.executable, "-m", self.module, "migrate"]
        running = await asyncio.create_subprocess_exec(
            *command, env={**os.environ, **self.locate(known)}, cwd=self.code
        )
        assert await running.wait() == 0


class Crew:
    """The processes behind a front. Others begin to take the places of those that were killed.

    A place is not waited for: starting takes seconds, and the rest go on meanwhile.
    """

    def __init__(
        self, front: Front, stack: contextlib.AsyncExitStack, known: Mapping[str, str]
    ) -> None:
        self._front, self._stack, self._known = front, stack, known
        self._starting: set[asyncio.Task[None]] = set()
        self.running: list[Process] = []

    def begin_one(self, version: Version) -> None:
        """Begin to start one more process of this version."""
        started = asyncio.create_task(self._start(self._front.process(self._known, version)))
        self._starting.add(started)
        started.add_done_callback(self._starting.discard)

    async def _start(self, starting: contextlib.AbstractAsyncContextManager[Process]) -> None:
        self.running.append(await self._stack.enter_async_context(starting))

    async def have(self, count: int) -> None:
        """Wait until so many run."""
        while len(self.running) < count:
            done, _ = await asyncio.wait(self._starting, return_when=asyncio.FIRST_COMPLETED)
            for each in done:
                each.result()

    async def settle(self) -> None:
        """Wait until nothing is starting any more."""
        while self._starting:
            await self.have(len(self.running) + 1)

    def kill(self, victim: Process) -> None:
        """Kill one of them with -9."""
        victim.kill()
        self.running.remove(victim)

    async def stop(self, one: Process) -> None:
        """Ask one of them to end, and wait for it."""
        one.terminate()
        self.running.remove(one)
        await asyncio.to_thread(one.wait, 60)


async def pause(process: Process) -> None:
    """Stop a process and its child for longer than others take them to live."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii").split()
    both = [process.pid, *map(int, children)]
    for each in both:
        os.kill(each, signal.SIGSTOP)
    await asyncio.sleep(2 * LEASE.total_seconds())
    for each in both:
        os.kill(each, signal.SIGCONT)


@dataclass
class Front:
    """A proxy before the processes that gives each request to the next that takes it."""

    folder: Path
    ports: list[int] = field(default_factory=list)

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """Where the platforms call."""
        async with aiohttp.ClientSession(auto_decompress=False) as session:
            self._turns: Iterator[int] = itertools.count()
            self._session = session
            app = web.Application()
            app.router.add_post("/{path:.*}", self._pass_on)
            runner = web.AppRunner(app)
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            try:
                yield f"http://127.0.0.1:{runner.addresses[0][1]}"
            finally:
                await runner.cleanup()

    @contextlib.asynccontextmanager
    async def process(self, known: Mapping[str, str], version: Version) -> AsyncIterator[Process]:
        """One more process behind it."""
        port, settings = free_port(), version.locate(known)
        with (self.folder / f"{port}.log").open("a") as log:
            serves = serving.process(
                port, settings, version.module, log.fileno(), folder=self.folder
            )
            async with serves as started:
                self.ports.append(port)
                yield started

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {
            name: value
            for name, value in request.headers.items()
            if name.lower() not in {"host", "content-length", "transfer-encoding"}
        }
        for _ in self.ports:
            port = self.ports[next(self._turns) % len(self.ports)]
            url = f"http://127.0.0.1:{port}{request.rel_url}"
            try:
                async with self._session.post(url, data=body, headers=headers) as answer:
                    return web.Response(
                        status=answer.status,
                        body=await answer.read(),
                        content_type=answer.content_type,
                    )
            except aiohttp.ClientConnectorError:
                continue  # nobody is there: the next
            except aiohttp.ClientError:
                break  # it died over it: nobody knows what it did
        return web.Response(status=502)
