"""Run the fake Slack as a process of its own (`python -m bot.simulator.slack`).

It prints one line, `Slack simulator on http://…`, once it can be reached, and runs until it is
interrupted or terminated. The Web API is under `/api/`, the controls are under `/_control/`.
"""

from __future__ import annotations

import argparse
import asyncio

from bot.simulator.common.serving import add_server_arguments, print_addresses, watch_signals
from bot.simulator.slack.server import FakeSlack


def parse_arguments(given: list[str] | None = None) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="python -m bot.simulator.slack", description=__doc__)
    add_server_arguments(parser)
    parser.add_argument("--request-url", default="", help="where the bot takes events")
    parser.add_argument("--signing-secret", required=True, help="the secret the bot knows")
    parser.add_argument("--bot-token", required=True, help="the token the bot uses, xoxb-…")
    parser.add_argument("--app-token", default="", help="for Socket Mode, xapp-…")
    return parser.parse_args(given)


async def run(asked: argparse.Namespace) -> None:
    """Serve until a signal says stop."""
    stop = watch_signals()
    slack = FakeSlack(
        signing_secret=asked.signing_secret,
        bot_token=asked.bot_token,
        app_token=asked.app_token,
        request_url=asked.request_url,
        host=asked.host,
        port=asked.port,
        limit_rates=not asked.no_rate_limits,
    )
    slack.control_token = asked.control_token or slack.control_token
    async with slack:
        print_addresses("Slack", slack.origin, slack.control_token)
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(run(parse_arguments()))
