"""Serve the web app until SIGTERM or Ctrl-C."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from functools import partial
from pathlib import Path

from starlette.routing import Router

from bot import logs
from bot.app import create_app
from bot.clock import clock_ahead, utc_now
from bot.door import server
from bot.door.connections import Limits
from bot.runtime.event_journal import read_running
from bot.runtime.watchdog import Watchdog
from bot.settings import Settings, SettingsError, from_environment
from bot.store import StoreError
from bot.store.opening import IN_MEMORY, journal_file, reserve_for_serving

BACKLOG = 2048
"""Connections that may wait to be accepted, as in uvicorn."""

NOT_STARTED = 3
"""Exit code when the app could not start. The log says why."""


def add_arguments(_: argparse.ArgumentParser) -> None:
    """Declare no arguments, since everything is in the environment."""


def run(_: argparse.Namespace) -> int:
    """Serve, and return 0 after an orderly stop.

    Raises StoreError for a store that cannot serve, SettingsError for settings that are wrong.
    """
    settings = from_environment()
    logs.configure(settings.log_level, settings.log_format)
    if settings.database_url == IN_MEMORY:
        raise StoreError(
            "DATABASE_URL: serving needs a file (sqlite:///PATH) or a database (postgresql://…); "
            "nothing may be lost"
        )
    listening = _listening(settings.host, settings.port)
    # Here and not in the child: between two children nobody else may come in.
    reserve_for_serving(settings.database_url)
    journal = journal_file(settings.database_url, settings.port)
    look = partial(read_running, journal) if journal else lambda: None
    return Watchdog(partial(_serve, settings, listening), look, settings.turn_seconds).run()


def _serve(settings: Settings, listening: socket.socket) -> int:
    """Serve in this process."""
    clock = clock_ahead(Path(settings.clock_file)) if settings.clock_file else utc_now
    app = create_app(settings, clock)
    _announce(settings, listening)
    return _served(app, listening, server.room(settings.max_connections))


def _announce(settings: Settings, listening: socket.socket) -> None:
    for name, on, variables in (
        ("LINE", settings.line, "LINE_CHANNEL_SECRET and LINE_CHANNEL_ACCESS_TOKEN are"),
        ("Slack", settings.slack, "SLACK_BOT_TOKEN is"),
        ("/metrics", settings.metrics_token, "METRICS_TOKEN is"),
    ):
        if not on:
            print(f"{name} is off: {variables} not set.", file=sys.stderr)
    at = f"[{settings.host}]" if ":" in settings.host else settings.host
    print(f"Listening at http://{at}:{listening.getsockname()[1]}", file=sys.stderr)


def _listening(host: str, port: int) -> socket.socket:
    """Open the socket to serve at, or raise SettingsError when taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else "no such address"
        raise SettingsError(
            [f"HOST, PORT: cannot listen at {host}, port {port} ({why})"]
        ) from error


def _served(app: Router, listening: socket.socket, connections: int) -> int:
    """Serve until the end, and return 0 after an orderly one."""
    serving = server.build(app, Limits(connections))
    with listening:
        serving.run(sockets=[listening])
    return 0 if serving.started else NOT_STARTED
