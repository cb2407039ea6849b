"""`python -m bot.simulator.slack`: the fake Slack as a process of its own.

It prints one line, `Slack simulator on http://…`, once it can be reached, and runs until it is
interrupted or terminated. The Web API is under `/api/`, the controls are under `/_control/`.
"""

from __future__ import annotations

import argparse
import asyncio
import signal

from bot.simulator.slack.server import FakeSlack


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m bot.simulator.slack", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0, the default: any free port")
    parser.add_argument("--request-url", default="", help="where the bot takes events")
    parser.add_argument("--signing-secret", required=True, help="the secret the bot knows")
    parser.add_argument("--bot-token", required=True, help="the token the bot uses, xoxb-…")
    parser.add_argument("--app-token", default="", help="for Socket Mode, xapp-…")
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
        print(f"Slack simulator on {slack.origin}", flush=True)  # noqa: T201 (its one output)
        print(f"Control token: {slack.control_token}", flush=True)  # noqa: T201
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(run(arguments()))
