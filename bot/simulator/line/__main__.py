"""Run the fake LINE as a process, by `python -m bot.simulator.line`.

It prints one line, `LINE simulator on http://…`, once it can be reached, and runs until it is
interrupted or terminated.
"""

from __future__ import annotations

import argparse
import asyncio

from bot.simulator.common.serving import add_server_arguments, print_addresses, watch_signals
from bot.simulator.line.server import FakeLine


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bot.simulator.line", description=__doc__)
    add_server_arguments(parser)
    parser.add_argument("--webhook-url", default="", help="where the bot takes webhooks")
    parser.add_argument("--secret", required=True, help="the channel secret the bot knows")
    parser.add_argument("--token", required=True, help="the access token the bot uses")
    return parser.parse_args(given)


async def run(asked: argparse.Namespace) -> None:
    """Serve until a signal says stop."""
    stop = watch_signals()
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
        print_addresses("LINE", line.base_url, line.control_token)
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(run(arguments()))
