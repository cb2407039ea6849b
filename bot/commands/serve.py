"""`serve`: the web app, until SIGTERM or Ctrl-C."""

from __future__ import annotations

import argparse
import sys

import uvicorn

from bot import logs
from bot.app import create_app
from bot.settings import from_environment
from bot.store import StoreError
from bot.store.opening import IN_MEMORY

DRAIN_SECONDS = 15


def add_arguments(_: argparse.ArgumentParser) -> None:
    """`serve` has no arguments; everything is in the environment."""


def run(_: argparse.Namespace) -> int:
    """Serve; returns 0 after an orderly stop. Raises StoreError for a store that cannot serve."""
    settings = from_environment()
    logs.configure(settings.log_level, settings.log_format)
    if settings.database_url == IN_MEMORY:
        raise StoreError("DATABASE_URL: serving needs a file (sqlite:///PATH); nothing may be lost")
    app = create_app(settings)
    for name, on, variables in (
        ("LINE", settings.line, "LINE_CHANNEL_SECRET and LINE_CHANNEL_ACCESS_TOKEN are"),
        ("Slack", settings.slack, "SLACK_BOT_TOKEN is"),
    ):
        if not on:
            print(f"{name} is off: {variables} not set.", file=sys.stderr)
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        proxy_headers=False,  # nobody asks who called
        server_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    return 0
