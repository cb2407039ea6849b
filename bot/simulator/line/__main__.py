"""`python -m bot.simulator.line`: the fake LINE as a process of its own.

It prints one line, `LINE simulator on http://…`, once it can be reached, and runs until it is
interrupted or terminated.
"""

from __future__ import annotations

import argparse
import asyncio
import signal

from bot.simulator.line.server import FakeLine


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bot.simulator.line", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0, the default: any free port")
    parser.add_argument("--webhook-url", default="", help="where the bot takes webhooks")
    parser.add_argument("--secret", required=True, help="the channel secret the bot knows")
    parser.add_argument("--token", required=True, help="the access token the bot uses")
    parser.add_argument(
        "--control-token", default="", help="of /_control; one is made if not given"
    )
    parser.add_argument(
        "--no-rate-limits", action="store_true", help="take calls as fast as they come"
    )
    return parser.parse_args(given)


async def run(asked: argparse.Namespace) -> None:
    """Serve until a signal says stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    line = FakeLine(
        secret=asked.secret,
        token=asked.token,
        webhook_url=asked.webhook_url,
        host=asked.host,
        port=asked.port,
        limit_rates=not asked.no_rate_limits,
    )
    line.control_token = asked.control_token or line.control_token
    async with line:
        print(f"LINE simulator on {line.base_url}", flush=True)  # noqa: T201 (its one output)
        print(f"Control token: {line.control_token}", flush=True)  # noqa: T201
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(run(arguments()))
