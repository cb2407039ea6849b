"""Run the whole bot in a browser, with no account."""

from __future__ import annotations

import argparse
import asyncio
import errno
import os
import signal
import sys
import webbrowser
from contextlib import AsyncExitStack

from aiohttp import web

from bot.channels.line.account.administration import SetupError
from bot.demo.served_bot import BotDiedError
from bot.demo.stage import Stage
from bot.demo.web import create_page
from bot.settings import LARGEST_PORT

PORT = 8080
PORTS_TRIED = 50
HOST = "127.0.0.1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of `demo`."""
    parser.add_argument(
        "--port",
        type=a_port,
        default=PORT,
        help=f"port of the page (default: {PORT}); the next free one if taken; 0 for any",
    )
    parser.add_argument("--no-browser", action="store_true", help="only print the address")


def a_port(given: str) -> int:
    """Read a port, or raise ArgumentTypeError."""
    if not (given.isascii() and given.isdecimal()) or int(given) > LARGEST_PORT:
        raise argparse.ArgumentTypeError(
            f"a port is a number from 0 to {LARGEST_PORT}, not {given!r}"
        )
    return int(given)


def run(arguments: argparse.Namespace) -> int:
    """Run until Ctrl-C, and return 0, or 1 when it cannot start."""
    print("Starting the bot, the simulated LINE and the simulated Slack ...", flush=True)
    try:
        asyncio.run(_run(arguments))
    except (BotDiedError, SetupError, OSError) as error:
        print(f"The demo cannot start: {error}", file=sys.stderr)
        return 1
    print("The demo has ended; nothing of it is kept.")
    return 0


async def _run(arguments: argparse.Namespace) -> None:
    stop = asyncio.Event()
    _stop_on_signals(stop)
    async with AsyncExitStack() as open_:
        starting = asyncio.create_task(open_.enter_async_context(Stage()))
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({starting, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not starting.done():
            starting.cancel()
            await asyncio.gather(starting, return_exceptions=True)
            return
        stage = await starting
        port = await _serve_page(open_, stage, arguments.port)
        _say(stage, port, arguments.port)
        if not arguments.no_browser and _has_browser():
            webbrowser.open(f"http://{HOST}:{port}/")
        await stopped


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)


async def _serve_page(open_: AsyncExitStack, stage: Stage, wanted: int) -> int:
    """Serve the page, and return its port.

    It is the wanted port, or the next that is free.
    """
    runner = web.AppRunner(create_page(stage), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    open_.push_async_callback(runner.cleanup)
    last = min(wanted + PORTS_TRIED - 1, LARGEST_PORT)
    for port in range(wanted, last + 1):
        try:
            await web.TCPSite(runner, HOST, port).start()
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
        else:
            return int(runner.addresses[-1][1])
    raise OSError(f"every port from {wanted} to {last} is taken; try --port")


def _say(stage: Stage, port: int, wanted: int) -> None:
    if port != wanted and wanted:
        print(f"Port {wanted} is taken; the page is at {port} instead.")
    print(f"  the bot          {stage.bot.url} (process {stage.bot.process_id})")
    print(f"  simulated LINE   {stage.line.base_url}")
    print(f"  simulated Slack  {stage.slack.origin}")
    print(
        f"\nOpen http://{HOST}:{port}/ in a browser. Ctrl-C ends it; nothing is kept.", flush=True
    )


def _has_browser() -> bool:
    """Tell whether a window may be opened.

    Somebody must sit at a terminal with a screen.
    """
    screen = (
        sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    return sys.stdout.isatty() and bool(screen)
