"""Serve the app in the process that `serve` watches."""

from __future__ import annotations

import gc
import socket
import sys
from pathlib import Path

from bot.app import create_app
from bot.clock import clock_ahead, utc_now
from bot.door import server
from bot.door.connections import Limits
from bot.settings import Settings

NOT_STARTED = 3
"""Exit code when the app could not start. The log says why."""


def serve_app(settings: Settings, listening: socket.socket) -> int:
    """Serve until the end, and return 0 after an orderly one."""
    gc.disable()  # until all is loaded (`settle_memory`): what is made by then stays
    clock = clock_ahead(Path(settings.clock_file)) if settings.clock_file else utc_now
    app = create_app(settings, clock)
    _announce(settings, listening)
    serving = server.build(app, Limits(server.room(settings.max_connections)))
    with listening:
        serving.run(sockets=[listening])
    return 0 if serving.started else NOT_STARTED


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
