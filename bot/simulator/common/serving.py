"""Serve a fake over HTTP until it is closed or its process stopped."""

from __future__ import annotations

import asyncio
import signal
from argparse import ArgumentParser
from contextlib import AsyncExitStack

from aiohttp import web


async def serve_app(stack: AsyncExitStack, app: web.Application, host: str, port: int) -> str:
    """Serve until the stack is closed, and return the address.

    Such as http://127.0.0.1:1234.
    """
    # No access log: a log must not hold what users write.
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, host, port).start()
    host, port = runner.addresses[0][:2]
    return f"http://{host}:{port}"


def add_server_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of every fake as a process."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0, the default: any free port")
    parser.add_argument(
        "--control-token", default="", help="of /_control; one is made if not given"
    )
    parser.add_argument(
        "--no-rate-limits", action="store_true", help="take calls as fast as they come"
    )


def watch_signals() -> asyncio.Event:
    """Make an event that is set when the process is interrupted or terminated."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop


def print_addresses(name: str, address: str, control_token: str) -> None:
    """Print the fake's address and its control token in two lines."""
    print(f"{name} simulator on {address}", flush=True)  # noqa: T201 (its one output)
    print(f"Control token: {control_token}", flush=True)  # noqa: T201
