"""The websockets of the app in Socket Mode.

Source: https://docs.slack.dev/apis/events-api/using-socket-mode
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import secrets
import time
from collections.abc import Callable

import aiohttp
from aiohttp import web

from bot.simulator.common.answers import Json
from bot.simulator.slack.state import APP
from bot.simulator.slack.wire.postman import ACK_SECONDS, Attempt, Dispatch, Kind, Outcome

CONNECTIONS = 10
CONNECTION_SECONDS = 3600
_TYPES = {
    Kind.EVENT: "events_api",
    Kind.COMMAND: "slash_commands",
    Kind.INTERACTIVE: "interactive",
}


class Connection:
    """One websocket of the app.

    It gets no more envelopes once it was told to go.
    """

    def __init__(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        self.socket = socket
        self._request = request
        self.leaving = False
        self.acks: dict[str, asyncio.Future[str]] = {}

    async def read(self) -> None:
        """Take acknowledgements until the app goes away."""
        async for message in self.socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                self._take(message.data)

    def _take(self, text: str) -> None:
        try:
            body = json.loads(text)
            waiting = self.acks.get(body["envelope_id"])
        except (ValueError, KeyError, TypeError):
            return
        if waiting is not None and not waiting.done():
            payload = body.get("payload")
            # An empty acknowledgement may come as no payload, `{}` or an empty text.
            waiting.set_result(json.dumps(payload) if payload else "")

    def cut(self) -> None:
        """Break the connection without a word."""
        self.lost()
        if self._request.transport is not None:
            self._request.transport.abort()

    def lost(self) -> None:
        """Give up unacknowledged envelopes."""
        self.leaving = True
        for waiting in self.acks.values():
            if not waiting.done():
                waiting.set_exception(ConnectionError("the socket is closed"))


class Sockets:
    """The app's connections."""

    def __init__(self, ack_seconds: float = ACK_SECONDS) -> None:
        self.ack_seconds = ack_seconds
        self.connections: list[Connection] = []
        self.link_disabled = False
        self.on_open: Callable[[], None] = lambda: None
        self._tickets: set[str] = set()
        self._turns = itertools.count()

    @property
    def open(self) -> list[Connection]:
        """The connections that take envelopes."""
        return [each for each in self.connections if not each.leaving and not each.socket.closed]

    def ticket(self) -> str:
        """Make a ticket for one more connection."""
        ticket = secrets.token_hex(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Take a connection, with its ticket, until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=401)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(timeout=1.0)
        await socket.prepare(request)
        if len(self.open) >= CONNECTIONS:
            await _say(socket, _disconnect("too_many_websockets"))
            await socket.close()
            return socket
        connection = Connection(request, socket)
        self.connections.append(connection)
        try:
            await _say(socket, self._hello())
            self.on_open()
            await connection.read()
        finally:
            self.connections.remove(connection)
            connection.lost()
        return socket

    async def carry(self, sent: Dispatch, retry: int = 0, reason: str = "") -> Attempt:
        """Send one envelope over any connection and wait for its acknowledgement."""
        started = time.perf_counter()
        connections = self.open
        connection = connections[next(self._turns) % len(connections)]
        key = f"{secrets.token_hex(4)}-{secrets.token_hex(6)}"
        connection.acks[key] = asyncio.get_running_loop().create_future()
        status, said = 0, ""
        try:
            async with asyncio.timeout(self.ack_seconds):
                await _say(connection.socket, _envelope(key, sent, retry, reason))
                said = await connection.acks[key]
            outcome, status = Outcome.OK, 200
        except TimeoutError:
            outcome = Outcome.TIMEOUT
        except ConnectionError:
            outcome = Outcome.CONNECTION
        finally:
            del connection.acks[key]
        return Attempt(outcome, status, time.perf_counter() - started, said, retry)

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to go.

        `reason` is `warning`, `refresh_requested` or `link_disabled`. After a warning, a connection
        still gets envelopes.
        """
        self.link_disabled |= reason == "link_disabled"
        for connection in self.open:
            connection.leaving = reason != "warning"
            with contextlib.suppress(ConnectionError):
                await _say(connection.socket, _disconnect(reason))

    def cut(self) -> None:
        """Break every connection without a word, as a network does."""
        for connection in self.connections:
            connection.cut()

    async def close(self) -> None:
        """Close every connection."""
        for connection in list(self.connections):
            await connection.socket.close()

    def _hello(self) -> Json:
        debug = {"host": "simulator", "approximate_connection_time": CONNECTION_SECONDS}
        count = len(self.open)
        return {
            "type": "hello",
            "num_connections": count,
            "connection_info": {"app_id": APP},
            "debug_info": debug,
        }


def _envelope(key: str, sent: Dispatch, retry: int, reason: str) -> Json:
    made: Json = {
        "envelope_id": key,
        "type": _TYPES[sent.kind],
        "payload": sent.payload,
        "accepts_response_payload": sent.kind is not Kind.EVENT,
    }
    if sent.kind is Kind.EVENT:
        made |= {"retry_attempt": retry, "retry_reason": reason}
    return made


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "simulator"}}


async def _say(socket: web.WebSocketResponse, body: Json) -> None:
    await socket.send_str(json.dumps(body))
