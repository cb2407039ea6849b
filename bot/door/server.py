"""Run uvicorn with the door in front of it.

uvicorn has no deadline for a request, and its limit of connections does not help. Tried, with 1,200
half-open connections (docs/decisions/0017-door.md): `limit_concurrency` answers 503 to everybody
while they last, `timeout_keep_alive` begins only behind the first answer.
"""

from __future__ import annotations

import contextlib
import logging
from functools import partial
from http import HTTPStatus
from typing import Any, cast

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.door.connections import RESERVED_FILES, Door, Limits

DRAIN_SECONDS = 3

LONGEST_HEADER = 32_000
"""Bytes around the body. LINE's and Slack's headers have one thousand, proxies add little."""

MOST_FILES = 16_384
"""Descriptors asked of the system. No limit of ours needs more."""


class Visit(HttpToolsProtocol):
    """A connection that reports to the door."""

    def __init__(self, door: Door, **given: Any) -> None:
        super().__init__(**given)
        self._door = door
        self._is_coming = False  # a request has begun and is not whole yet
        self._framing = 0  # bytes of it that are no body

    def connection_made(self, transport: Any) -> None:
        """Let the connection in, or turn it away at once."""
        super().connection_made(transport)
        self._door.enter(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the door that the connection has ended."""
        self._door.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read data, and refuse an endless header."""
        if self.transport.is_closing():
            return
        self._framing += len(data)
        super().data_received(data)
        if self._framing > LONGEST_HEADER and not self.transport.is_closing():
            self._door.refuse(self, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_message_begin(self) -> None:
        """Note that a request begins."""
        self._is_coming = True
        super().on_message_begin()

    def on_body(self, body: bytes) -> None:
        """Leave the body uncounted here, since its reader counts it."""
        self._framing -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Let a whole request be served, however long that takes."""
        self._is_coming, self._framing = False, 0
        super().on_message_complete()
        if not self.cycle.response_complete:
            self._door.serve(self)

    def on_response_complete(self) -> None:
        """Wait for the next request, unless it has come already."""
        is_next_here = bool(self.pipeline)
        super().on_response_complete()
        if not is_next_here and not self.transport.is_closing():
            self._door.ask(self)

    def send_400_response(self, msg: str) -> None:
        """Refuse a request that is not HTTP, logged once for many."""
        del msg
        self._door.refuse(self, HTTPStatus.BAD_REQUEST)

    def turn_away(self, status: HTTPStatus) -> None:
        """Say why, if anything was asked and nothing answered yet, and close."""
        if self.transport.is_closing():
            return
        if self._is_waiting_for_an_answer():
            self.transport.write(_sentence(status))
        self.transport.close()

    def _is_waiting_for_an_answer(self) -> bool:
        """Tell whether the caller waits for an answer.

        Not so between two requests: a proxy would take it for the answer to its next.
        """
        if self.cycle is None:
            return True
        if self.cycle.response_complete:
            return self._is_coming
        return not self.cycle.response_started


def _sentence(status: HTTPStatus) -> bytes:
    body = f"{status.phrase}\n".encode()
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: text/plain\r\n"
        f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
    )
    return head.encode() + body


def build(app: ASGIApp, limits: Limits) -> uvicorn.Server:
    """Build the server of this app, behind a door of its own."""
    # uvicorn logs a line for every request that is not HTTP. The door counts them instead.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    config = uvicorn.Config(
        app,
        # uvicorn makes one for each connection, with the arguments of its own class.
        http=cast("Any", partial(Visit, Door(limits))),
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        proxy_headers=False,  # nobody asks who called
        server_header=False,
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )
    return uvicorn.Server(config)


def room(wanted: int) -> int:
    """Limit the wanted connections to this process's descriptors.

    First the limit of descriptors is raised as far as the system allows.
    """
    files = _files()
    return min(wanted, max(files // 2, files - RESERVED_FILES))


def _files() -> int:
    try:
        import resource  # noqa: PLC0415 - not on Windows, which has no such limit
    except ImportError:
        return MOST_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST_FILES if soft == resource.RLIM_INFINITY else soft
