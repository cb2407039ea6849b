"""Serve the web app until SIGTERM or Ctrl-C."""

from __future__ import annotations

import argparse
import os
import socket
from functools import partial

from bot import logs
from bot.runtime.event_journal import read_running
from bot.runtime.watchdog import Watchdog
from bot.settings import Settings, SettingsError, from_environment
from bot.store import StoreError
from bot.store.opening import IN_MEMORY, journal_file, reserve_for_serving

BACKLOG = 2048
"""Connections that may wait to be accepted, as in uvicorn."""


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
    listening = _open_socket(settings.host, settings.port)
    # The parent holds the lock: between two children no other server may take the file.
    reserve_for_serving(settings.database_url)
    journal = journal_file(settings.database_url, settings.port)
    look = partial(read_running, journal) if journal else lambda: None
    return Watchdog(partial(_serve, settings, listening), look, settings.turn_seconds).run()


def _serve(settings: Settings, listening: socket.socket) -> int:
    """Serve in this child process.

    The parent only waits, and never loads the app.
    """
    from bot.commands.served import serve_app  # noqa: PLC0415 - see above

    return serve_app(settings, listening)


def _open_socket(host: str, port: int) -> socket.socket:
    """Open the socket to serve at, or raise SettingsError when taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno and error.errno > 0 else "no such address"
        raise SettingsError(
            [f"HOST, PORT: cannot listen at {host}, port {port} ({why})"]
        ) from error
